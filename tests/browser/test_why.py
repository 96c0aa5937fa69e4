"""The Why page in a browser: from a mistake to its neurons and back, a brush, keys, and the same on a phone."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import NewPage, PageLog, click_button, exceptions, goto, main, press, wait_idle, wait_until
from tests.browser.servers import Server

MISTAKE = "1901"


def address(page: Page) -> dict[str, str]:
    return {name: words[0] for name, words in parse_qs(urlsplit(page.url).query).items()}


def headline(page: Page) -> Locator:
    return main(page).get_by_role("heading", name=re.compile("^It says"))


def neurons(page: Page) -> Locator:
    return main(page).locator(".st-key-why_network").get_by_role("button", name=re.compile("^Neuron"))


def opened(page: Page) -> Locator:
    return main(page).locator(".st-key-why_unit").get_by_role("heading")


def test_from_a_mistake_to_a_neuron_and_back(page: Page, server: Server, page_log: PageLog) -> None:
    goto(page, f"{server.url}/mistakes?true=9&said=4")
    press(page, main(page).locator(".st-key-mistakes_gallery button.tile").nth(2))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Number 1,901")
    expect(main(page).locator(".line .digit")).to_have_attribute("aria-label", "The digit in hand: a 9")
    press(page, dialog.get_by_role("link", name="Why?"))
    expect(headline(page)).to_contain_text("It says 4")
    assert address(page)["digit"] == MISTAKE
    press(page, neurons(page).first)
    expect(opened(page)).to_have_text(re.compile(r"Neuron \d+"))
    expect(main(page).locator(".st-key-why_section_sums")).to_contain_text(
        f"sums of {opened(page).inner_text().lower()}"
    )
    click_button(page, "Switch off")
    expect(main(page).get_by_text(re.compile(r"Without neuron \d+ it says"))).to_be_visible()
    click_button(page, "Close")
    expect(opened(page)).to_have_count(0)
    while "/why" in page.url:
        page.go_back()
        wait_idle(page)
    expect(page.get_by_role("dialog")).to_contain_text("Number 1,901")
    assert exceptions(page) == []
    assert [error for error in page_log.errors if "404" not in error] == []


def test_keys_go_from_digit_to_digit_and_from_neuron_to_neuron(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/why?digit={MISTAKE}")
    page.keyboard.press("n")
    assert wait_until(page, lambda: address(page)["digit"] == "1902")
    page.keyboard.press("p")
    assert wait_until(page, lambda: address(page)["digit"] == MISTAKE)
    wait_idle(page)
    neurons(page).first.focus()
    page.keyboard.press("ArrowDown")
    expect(neurons(page).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(opened(page)).to_be_visible()
    expect(neurons(page).nth(1)).to_have_attribute("aria-pressed", "true")
    expect(neurons(page).nth(1)).to_be_focused()


@pytest.mark.parametrize("touch", [False, True], ids=["laptop", "phone"])
def test_the_brush_changes_the_answer(new_page: NewPage, server: Server, *, touch: bool) -> None:
    page = new_page(width=390, height=664, touch=True) if touch else new_page()
    goto(page, f"{server.url}/why?digit=0")
    part = main(page).locator(".st-key-why_section_brush")
    expect(part).to_contain_text("This is the digit as it was.")
    canvas = part.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    part.get_by_role("button", name="Erase").click()
    for share in (0.3, 0.34, 0.38, 0.42, 0.46):
        page.mouse.move(box["x"] + 0.05 * box["width"], box["y"] + share * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + share * box["height"], steps=12)
        page.mouse.up()
    expect(part).to_contain_text("You have changed the digit.")
    wait_idle(page)
    press(page, part.get_by_role("button", name="Reset", exact=True))
    expect(part).to_contain_text("This is the digit as it was.")
    if touch:
        assert main(page).evaluate("main => main.scrollWidth - main.clientWidth") <= 0
