"""Runs taken home from the Runs page in files, and brought back by another visitor; and all of it forgotten."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.driver import NewPage, exceptions, goto, log_of, main, press, select_page, wait_idle, wait_until
from tests.browser.servers import Server

COOKIE = "digits_visitor"


def train(page: Page, server: Server, **address: str) -> None:
    """Train a network to its end, and wait until it is in the list of runs."""
    words = {"epochs": "2", "images": "1000", "batch": "128"} | address
    goto(page, f"{server.url}/train?{'&'.join(f'{name}={word}' for name, word in words.items())}")
    press(page, main(page).get_by_role("button", name=re.compile("^Start")))
    expect(main(page).get_by_text("of the test digits are right")).to_be_visible(timeout=30_000)


def open_runs(page: Page, n: int) -> None:
    select_page(page, "Runs")
    expect(main(page).locator(".runs tbody tr")).to_have_count(n)
    unfold(page)


def unfold(page: Page) -> None:
    """Open what is taken home, once the charts above it have their height."""
    expect(main(page).locator(".st-key-runs_curves .main-svg").first).to_be_visible()
    if not main(page).locator(".st-key-take_home details[open]").count():
        main(page).locator(".st-key-take_home summary").click()


def download(page: Page, button: str, folder: Path) -> Path:
    wait_idle(page)
    with page.expect_download() as waiting:
        main(page).get_by_role("button", name=button).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def token(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)


@pytest.fixture
def author(new_page: NewPage, server: Server) -> Page:
    """A visitor with two runs, on the Runs page."""
    page = new_page()
    train(page, server, hidden="8")
    train(page, server, hidden="16", rate="0.2")
    open_runs(page, 2)
    return page


def test_a_report_and_all_runs_are_taken_home_and_come_back_to_another_visitor(
    author: Page, new_page: NewPage, server: Server, tmp_path: Path
) -> None:
    expect(main(author).get_by_text(re.compile("weights and mistakes of your 2 runs"))).to_be_visible()
    report = download(author, "Report (.html)", tmp_path)
    assert report.name == "my-runs.html"
    file = download(author, "All my runs (.zip)", tmp_path)
    assert exceptions(author) == []
    assert log_of(author).errors == []
    with zipfile.ZipFile(file) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"README.txt", "run-0001", "run-0002"}

    reader = new_page()
    reader.context.set_offline(True)
    reader.goto(report.as_uri())
    expect(reader.get_by_role("heading", name="Run 2", exact=True)).to_be_visible()
    expect(reader.get_by_text(re.compile("is the best of these by validation"))).to_be_visible()
    assert log_of(reader).errors == []

    other = new_page()
    goto(other, f"{server.url}/runs")
    main(other).locator("input[type=file]").set_input_files(file)
    expect(main(other).get_by_text("2 runs are back: they are numbers 1 to 2 of your list.")).to_be_visible()
    expect(main(other).locator(".runs tbody tr")).to_have_count(2)
    expect(main(other).locator(".runs tbody tr").first).to_contain_text("16")
    expect(main(other).get_by_text("Each network that you train is kept here")).to_have_count(0)
    assert token(other) != token(author)
    assert exceptions(other) == []


def test_all_is_forgotten_and_the_browser_begins_anew(author: Page, server: Server) -> None:
    goto(author, f"{server.url}/runs")
    unfold(author)
    before = token(author)
    opens = main(author).get_by_role("button", name="Forget everything of mine")
    opens.click()
    expect(author.get_by_text("2 runs, with networks, names and notes")).to_be_visible()
    opens.scroll_into_view_if_needed()  # what opened is beside it, wherever the page has moved
    press(author, author.get_by_role("button", name="Delete all of it for good"))
    expect(main(author).get_by_text("Everything of yours is deleted: 2 runs.")).to_be_visible()
    assert wait_until(author, lambda: token(author) != before)
    after = token(author)
    expect(main(author).get_by_text("Each network that you train is kept here")).to_be_visible()
    goto(author, f"{server.url}/runs")
    expect(main(author).get_by_text("Each network that you train is kept here")).to_be_visible()
    assert token(author) == after
    train(author, server, hidden="4")
    open_runs(author, 1)
    assert exceptions(author) == []


def test_nobody_is_shut_out(author: Page) -> None:
    assert axe.findings(author, axe.script()) == []


def test_a_link_leads_a_guest_to_the_run(author: Page, new_page: NewPage) -> None:
    main(author).locator(".runs tbody tr").last.get_by_role("checkbox").check()
    code = main(author).locator(".st-key-take_home code").filter(has_text="run=")
    expect(code).to_be_visible()
    guest = new_page(width=390, height=664, touch=True)
    goto(guest, code.inner_text())
    expect(main(guest).get_by_text("You are watching somebody's run")).to_be_visible()
    expect(main(guest).get_by_text("of the test digits are right")).to_be_visible()
