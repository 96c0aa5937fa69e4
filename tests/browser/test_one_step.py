"""The One step page in a browser: from the Why page, a weight by a click and by keys, and presses that answer."""

import re

from playwright.sync_api import expect

from tests.browser.driver import NewPage, exceptions, goto, main, press, wait_idle
from tests.browser.servers import Server

MISTAKE = "1901"


def test_from_why_to_the_microscope_and_back_with_a_weight_chosen_on_its_picture(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(width=390, height=664)
    goto(page, f"{server.url}/why?digit={MISTAKE}")
    press(page, main(page).get_by_role("link", name="Under the microscope"))
    expect(main(page).locator(".st-key-step_section_change")).to_contain_text("on this digit, a 9")
    press(page, main(page).get_by_role("button", name="10 updates"))
    expect(main(page).locator(".st-key-step_section_change")).to_contain_text(re.compile("The loss fell from 3.27 to"))
    weight, sheet = main(page).locator(".st-key-step_section_weight"), main(page).locator(".st-key-step_weights .sheet")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    sheet.click(position={"x": 10.5 / 28 * box["width"], "y": 20.5 / 28 * box["height"]})
    expect(weight).to_contain_text("row 21, column 11")
    wait_idle(page)
    sheet.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(weight).to_contain_text("row 21, column 12")
    wait_idle(page)
    assert main(page).evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    press(page, main(page).get_by_role("link", name="Why?"))
    expect(main(page).get_by_role("heading", name=re.compile("^It says 4"))).to_be_visible()
    assert exceptions(page) == []
