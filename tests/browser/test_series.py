"""'Is it luck?', asked on a phone and on a desktop: begun, watched, found again after a reload, and answered."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings, script
from tests.browser.driver import (
    NewPage,
    exceptions,
    goto,
    log_of,
    main,
    press,
    select_page,
    sidebar,
    wait_idle,
    wait_until,
)
from tests.browser.servers import Server

FAST = "hidden=8&epochs=1&images=500"
FINISHED_MS = 60_000


def button(page: Page, name: str) -> Locator:
    return main(page).get_by_role("button", name=name)


def choose(page: Page, label: str, option: str, *, phone: bool) -> None:
    field, choice = main(page).get_by_role("combobox", name=label), page.get_by_role("option", name=option, exact=True)
    for _ in range(3):
        field.scroll_into_view_if_needed()
        page.wait_for_timeout(500)  # a list that is open closes when the page moves, as it does below what was opened
        (field.tap if phone else field.click)()  # a list opens at a finger, and on a phone at nothing else
        if wait_until(page, choice.is_visible, 3):
            break
    (choice.tap if phone else choice.click)()
    wait_idle(page)


def ask_for_luck(page: Page, server: Server, n_seeds: int, *, phone: bool) -> None:
    """Begin a series of small runs that differ in nothing but the seed."""
    goto(page, f"{server.url}/runs?{FAST}")
    main(page).get_by_text("A series of your own").click()
    choose(page, "Try", "Nothing but the seed", phone=phone)
    seeds = main(page).get_by_role("spinbutton", name="Seeds")
    seeds.fill(str(n_seeds))
    seeds.press("Enter")
    expect(main(page).get_by_text(re.compile(rf"{n_seeds} runs, about"))).to_be_visible()
    press(page, button(page, "Begin"))


@pytest.mark.parametrize(("width", "height", "phone"), [(390, 664, True), (1280, 800, False)])
def test_is_it_luck_is_answered_by_a_sentence_and_a_picture(
    new_page: NewPage, server: Server, width: int, height: int, phone: bool
) -> None:
    page = new_page(width=width, height=height, dark=phone, touch=phone)
    ask_for_luck(page, server, 4, phone=phone)
    expect(main(page).get_by_role("heading", name="Is it luck?")).to_be_in_viewport()
    expect(main(page).get_by_text("4 of 4")).to_be_visible(timeout=FINISHED_MS)
    answer = main(page).get_by_text("4 runs that differ in nothing but the seed")
    expect(answer).to_be_visible(timeout=FINISHED_MS)
    said = re.search(r"read ([\d.]+) to ([\d.]+) % of the test digits", answer.inner_text())
    assert said
    chart = main(page).locator('.live-plot[aria-label^="Test accuracy of each seed"]')
    expect(chart.locator(".point")).to_have_count(4)
    heights = chart.evaluate("chart => Array.from(chart._fullData[0].y)")
    assert [f"{100 * end:.2f}" for end in (min(heights) / 100, max(heights) / 100)] == [*said.groups()]
    expect(chart.locator(".shapelayer path, .layer-below path").first).to_be_attached()
    expect(page.locator(".runs tbody tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings(page, script()) == []
    page.reload()
    wait_idle(page)
    expect(answer).to_be_visible()
    assert exceptions(page) == []
    assert log_of(page).errors == []


def test_a_ready_made_race_goes_on_while_another_page_is_read_and_is_stopped(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/runs")
    main(page).get_by_text("Side by side, as a race").click()
    wait_idle(page)
    press(page, button(page, "How fast?"))
    race = main(page).locator('.live-plot[aria-label^="Validation accuracy of each run of the race"]')
    expect(race.locator(".scatterlayer .trace")).to_have_count(8, timeout=FINISHED_MS)
    select_page(page, "Weights")
    expect(sidebar(page).get_by_text(re.compile(r"Your series: \d of 8"))).to_be_visible()
    select_page(page, "Runs")
    press(page, button(page, "How wide?"))
    expect(main(page).get_by_text("Your series 'How fast?' still goes on")).to_be_visible()
    press(page, button(page, "Let it go on"))
    press(page, button(page, "Stop"))
    expect(button(page, "Put away")).to_be_visible(timeout=FINISHED_MS)
    expect(sidebar(page).get_by_text("stopped")).to_be_visible()
    assert exceptions(page) == []
