"""A report opened as a file, without a network: hovered, by the keyboard, on a phone, in the dark and on paper."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from exports.report import ReportedRun, report
from fcnn.mnist import Mnist
from tests.browser import axe
from tests.browser.driver import NewPage, log_of
from tests.exports.made_runs import NAME, curves, kept, params, settings

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def address(mnist: Mnist, tmp_path_factory: pytest.TempPathFactory) -> str:
    answers = mnist.test.labels.astype(np.uint8)
    answers[::50] = (answers[::50] + 1) % 10
    runs = [
        ReportedRun(kept(i, name=name, settings=of, reached=None), curves(n_epochs), partial(params, of), answers)
        for i, (name, of, n_epochs) in enumerate([("", settings((32,)), 6), (NAME, settings((20, 9), seed=3), 4)], 1)
    ]
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(runs, NAME, mnist.test, now=datetime(2026, 11, 30, tzinfo=UTC)), "utf-8")
    return file.as_uri()


def opened(page: Page, address: str) -> Page:
    page.context.set_offline(True)
    page.goto(address)
    return page


def chart(page: Page, i: int) -> Locator:
    return page.locator(".chart").nth(i)


def cells(page: Page, i: int, run: int) -> list[str]:
    return chart(page, i).locator("tbody tr").nth(run).locator("td").all_inner_texts()


def test_a_curve_that_is_pointed_at_tells_its_numbers_and_the_other_chart_too(page: Page, address: str) -> None:
    opened(page, address)
    records = curves(6).records
    assert cells(page, 0, 0)[0] == "6"
    drawing = chart(page, 0).locator("svg[role=img]")
    box = drawing.bounding_box()
    assert box is not None
    drawing.hover(position={"x": box["width"] * (52 + (470 - 52) * 5 / 6) / 480, "y": 40})
    fifth = next(record for record in records if record.number == 5)
    assert fifth.validation is not None
    expect(chart(page, 0).locator("caption")).to_have_text("Accuracy (%) at epoch 5")
    expect(chart(page, 1).locator("caption")).to_have_text("Loss (nats) at epoch 5")
    accuracies = [f"{100 * figures.accuracy:.2f}{NBSP}%" for figures in (fifth.train, fifth.validation)]
    assert cells(page, 0, 0) == ["5", *accuracies]
    assert cells(page, 0, 1)[0] == "4"  # the last one of the shorter run
    assert cells(page, 1, 0)[1] == f"{fifth.train.loss:.4f}"
    assert chart(page, 0).locator(".pointed circle").count() == 4
    log = log_of(page)
    assert log.errors == []
    assert [url for url in log.requests if not url.startswith(("file:", "data:"))] == []


def test_the_keyboard_goes_through_the_epochs(page: Page, address: str) -> None:
    opened(page, address)
    slider = chart(page, 1).locator("input")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "epoch 5")
    page.keyboard.press("Home")
    expect(chart(page, 0).locator("caption")).to_have_text("Accuracy (%) at epoch 0")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_every_screen_and_shuts_nobody_out(new_page: NewPage, address: str, width: int, dark: bool) -> None:
    page = opened(new_page(width=width, dark=dark), address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe.findings(page, axe.script()) == []
    assert page.locator(".weights.dark").first.is_visible() is dark
    assert page.locator(".weights.light").first.is_visible() is not dark
    assert page.locator("script").count() == 1
    assert log_of(page).errors == []


def test_on_paper_it_is_light_and_without_what_is_for_a_screen(new_page: NewPage, address: str, tmp_path: Path) -> None:
    page = opened(new_page(dark=True), address)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".weights.light").first.is_visible()
    assert not page.locator(".weights.dark").first.is_visible()
    assert not page.locator("nav").is_visible()
    assert not chart(page, 0).locator("input").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    # Two pages for all, and one for each run, or two where letters are wider.
    assert 4 <= (tmp_path / "report.pdf").read_bytes().count(b"/Type /Page\n") <= 6


def test_without_its_script_it_still_says_how_the_runs_ended(address: str, new_page: NewPage) -> None:
    browser = new_page().context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not chart(page, 0).locator("input").is_visible()
    assert cells(page, 0, 0)[0] == "6"
    context.close()
