"""A student's hour: runs are tried, kept, found again, compared and watched by others; and a server that dies."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.axe import findings, script
from tests.browser.driver import (
    NewPage,
    click_button,
    exceptions,
    goto,
    main,
    network,
    select_page,
    sidebar,
    wait_idle,
    wait_until,
    watch,
)
from tests.browser.servers import Server, StartServer

FAST = "images=1000&epochs=2"
LONG = "hidden=16&epochs=100000&rate=0.01"


def train(page: Page, server: Server, words: str) -> None:
    """Train a network with the settings that an address says, to its end."""
    n = listed(page).count() if "/train" in page.url else 0
    goto(page, f"{server.url}/train?{words}")
    click_button(page, "Start")
    expect(main(page).get_by_text("of the test digits are right")).to_be_visible(timeout=60_000)
    expect(listed(page).nth(n)).to_be_visible(timeout=30_000)


def listed(page: Page) -> Locator:
    return page.locator(".run-list li")


def rows(page: Page) -> Locator:
    return page.locator(".runs tbody tr")


def another_page(context: BrowserContext) -> Page:
    page = context.new_page()
    watch(page)
    return page


def test_a_student_tries_six_runs_and_learns_which_was_best_and_what_differed(page: Page, server: Server) -> None:
    rates = ("0.001", "0.005", "0.02")
    for i, rate in enumerate((*rates, *rates)):
        train(page, server, f"{FAST}&rate={rate}&hidden={8 if i < len(rates) else 32}")
    expect(listed(page)).to_have_count(6)
    expect(listed(page).first.locator(".differs")).to_have_text("learning rate 0.005 → 0.02")
    expect(listed(page).first.locator(".result")).to_have_text(re.compile(r"^\d+\.\d\d.% \("))
    expect(page.locator(".run-list .best:not(:empty)")).to_have_count(1)

    select_page(page, "Runs")
    expect(rows(page)).to_have_count(6)
    heads = page.locator(".runs thead").inner_text()
    assert "Neurons" in heads
    assert "Learning rate" in heads
    assert "Optimizer" not in heads
    best = page.locator(".runs tbody tr", has_text="best so far")
    expect(best).to_have_count(1)

    best.get_by_role("checkbox").check()
    others = page.locator(".runs tbody tr").filter(has_not_text="best so far")
    others.first.get_by_role("checkbox").check()
    expect(main(page).get_by_text(re.compile(r"is better: it reads|This is noise"))).to_be_visible(timeout=20_000)
    assert findings(page, script()) == []
    assert not exceptions(page)


def test_runs_are_found_again_after_a_reload_and_in_a_new_tab_and_not_by_others(
    page: Page, new_page: NewPage, server: Server
) -> None:
    train(page, server, FAST)
    page.reload()
    wait_idle(page)
    expect(listed(page)).to_have_count(1)
    tab = another_page(page.context)
    goto(tab, f"{server.url}/runs")
    expect(rows(tab)).to_have_count(1)
    stranger = new_page()
    goto(stranger, f"{server.url}/runs")
    expect(main(stranger).get_by_text("Each network that you train is kept here")).to_be_visible()
    expect(rows(stranger)).to_have_count(0)


def test_whoever_has_the_address_watches_and_cannot_act(page: Page, new_page: NewPage, server: Server) -> None:
    goto(page, f"{server.url}/train?{LONG}")
    click_button(page, "Start")
    expect(main(page).get_by_role("button", name="Pause")).to_be_visible()
    address = page.url
    assert "run=" in address
    guest = new_page()
    goto(guest, address)
    expect(main(guest).get_by_text("You are watching somebody's run")).to_be_visible()
    expect(main(guest).get_by_role("button", name="Start your own")).to_be_enabled()
    expect(main(guest).get_by_role("button", name="Pause")).to_have_count(0)
    for name in ("Stop", "Reset"):
        expect(main(guest).get_by_role("button", name=name, exact=True)).to_be_disabled()
    before = main(guest).get_by_test_id("stProgress").inner_text()
    assert wait_until(guest, lambda: main(guest).get_by_test_id("stProgress").inner_text() != before), "it stands still"
    click_button(page, "Stop")


def test_a_run_whose_server_was_killed_goes_on(page: Page, tmp_path: Path, fresh_server: StartServer) -> None:
    env = {"DIGITS_STORE": str(tmp_path / "runs.sqlite3")}
    first = fresh_server(env=env)
    goto(page, f"{first.url}/train?{LONG}")
    click_button(page, "Start")
    expect(listed(page).first).to_be_visible(timeout=30_000)
    first.process.kill()
    first.process.wait()
    second = fresh_server(env=env)
    goto(page, page.url.replace(first.url, second.url))
    expect(main(page).get_by_text("Then it was interrupted")).to_be_visible()
    click_button(page, "Continue")
    expect(main(page).get_by_role("button", name="Pause")).to_be_visible()
    expect(sidebar(page).get_by_text("Your run: running")).to_be_visible()
    assert network(page).input_value() == "run"
    click_button(page, "Stop")


def test_a_shown_run_is_that_of_all_pages(page: Page, server: Server) -> None:
    train(page, server, f"{FAST}&hidden=8")
    train(page, server, f"{FAST}&hidden=24")
    listed(page).nth(1).locator(".show").click()
    wait_idle(page)
    expect(network(page).locator("option:checked")).to_have_text("Your run: 784 x 8 x 10")
    select_page(page, "Weights")
    expect(network(page).locator("option:checked")).to_have_text("Your run: 784 x 8 x 10")
