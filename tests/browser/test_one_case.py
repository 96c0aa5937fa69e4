"""One wrong digit, from a cell of the matrix to the microscope and back; and four pages at one moment."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import NewPage, exceptions, goto, main, press, says, select_page, wait_until
from tests.browser.servers import Server

CELL = re.compile("^9s taken for 4")


@pytest.fixture(params=[False, True], ids=["laptop", "phone"])
def screen(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    return new_page(width=390, height=664, touch=True) if request.param else new_page()


def test_from_a_cell_to_the_microscope_and_back_with_four_pages_at_one_moment(screen: Page, server: Server) -> None:
    goto(screen, f"{server.url}/mistakes")
    press(screen, main(screen).get_by_role("button", name=CELL))
    press(screen, main(screen).locator(".st-key-mistakes_gallery button.tile").nth(2))
    press(screen, screen.get_by_role("dialog").get_by_role("link", name="Why?"))
    expect(main(screen).get_by_role("heading", name=re.compile("^It says 4"))).to_be_visible()
    press(screen, main(screen).get_by_role("link", name="Under the microscope"))
    expect(main(screen).locator(".st-key-step_section_change")).to_contain_text("on this digit, a 9")
    press(screen, main(screen).get_by_role("link", name="Why?"))
    expect(main(screen).get_by_role("heading", name=re.compile("^It says 4"))).to_be_visible()

    newest, slider = says(screen), main(screen).locator(".line .slider")
    slider.focus()
    slider.press("Home")
    assert wait_until(screen, lambda: says(screen) != newest)
    first = says(screen)
    for title in ("One step", "Map", "Weights", "Mistakes"):
        select_page(screen, title)
        assert says(screen) == first, title
        assert main(screen).evaluate("main => main.scrollWidth - main.clientWidth") <= 0, title
    assert exceptions(screen) == []
