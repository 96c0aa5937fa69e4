"""Mistakes found as a visitor finds them: by a click, a tap or the arrow keys, one list after the other."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import (
    NewPage,
    PageLog,
    click_button,
    exceptions,
    goto,
    log_of,
    main,
    network,
    press,
    select_page,
    wait_idle,
    wait_until,
)
from tests.browser.servers import Server

FOUR_FOR_NINE = "4s taken for 9: 9"


def open_mistakes(page: Page, server: Server, query: str = "") -> None:
    goto(page, f"{server.url}/mistakes{query}")
    expect(cell(page, "All mistakes: ")).to_be_visible()


def cell(page: Page, label: str) -> Locator:
    return main(page).locator(f'.cells button[aria-label^="{label}"]')


def tiles(page: Page) -> Locator:
    return main(page).locator(".st-key-mistakes_frame .tile")


def filter_button(page: Page) -> Locator:
    return main(page).get_by_role("button", name="digits", exact=False).filter(has_text="taken for")


def address(page: Page) -> dict[str, str]:
    return {name: words[0] for name, words in parse_qs(urlsplit(page.url).query).items()}


def chosen(page: Page) -> str | None:
    return main(page).locator('.cells button[aria-pressed="true"]').get_attribute("aria-label")


@pytest.fixture
def mistakes(page: Page, server: Server) -> Page:
    open_mistakes(page, server)
    return page


def test_a_click_on_a_cell_lists_its_digits_and_another_one_lists_all(mistakes: Page, page_log: PageLog) -> None:
    press(mistakes, cell(mistakes, FOUR_FOR_NINE))
    expect(tiles(mistakes)).to_have_count(9)
    expect(filter_button(mistakes)).to_contain_text("4s taken for 9: 9 digits")
    assert address(mistakes) == {"true": "4", "said": "9"}
    assert chosen(mistakes) == FOUR_FOR_NINE
    press(mistakes, cell(mistakes, FOUR_FOR_NINE))
    expect(tiles(mistakes)).to_have_count(60)
    assert address(mistakes) == {}
    assert exceptions(mistakes) == []
    assert [error for error in page_log.errors if "404" not in error] == []


def test_matrix_button_and_select_boxes_agree(mistakes: Page) -> None:
    for _ in range(2):  # the same click means the same after the filter was removed elsewhere
        press(mistakes, cell(mistakes, FOUR_FOR_NINE))
        expect(tiles(mistakes)).to_have_count(9)
        expect(main(mistakes).get_by_role("combobox", name="True digit")).to_have_value("4")
        press(mistakes, filter_button(mistakes))
        expect(tiles(mistakes)).to_have_count(60)
        expect(main(mistakes).get_by_role("combobox", name="True digit")).to_have_value("any")
    main(mistakes).get_by_role("combobox", name="Answer").click()
    press(mistakes, mistakes.get_by_role("option", name="9", exact=True))
    expect(tiles(mistakes)).to_have_count(21)
    assert chosen(mistakes) == "Other digits taken for 9: 21"


# The pictures that the lower edge of their frame cuts through.
CUT = """tile => {
    const edge = document.querySelector(".st-key-mistakes_frame").getBoundingClientRect().bottom;
    const boxes = [...tile.parentElement.querySelectorAll("canvas")].map(canvas => canvas.getBoundingClientRect());
    return boxes.filter(box => box.top + 10 < edge && edge < box.bottom - 10).length;
}"""


@pytest.mark.parametrize("size", [(820, 1180), (1280, 800), (1920, 1080)])
def test_a_row_of_pictures_is_cut_through_where_they_go_on(
    new_page: NewPage, server: Server, size: tuple[int, int]
) -> None:
    page = new_page(width=size[0], height=size[1])
    open_mistakes(page, server)
    expect(tiles(page)).to_have_count(60)
    assert wait_until(page, lambda: tiles(page).first.evaluate(CUT) >= 5)


def test_the_arrow_keys_reach_a_cell(mistakes: Page) -> None:
    cell(mistakes, "All mistakes").focus()
    for key in ("ArrowDown",) * 5 + ("End", "ArrowRight", "Enter"):
        mistakes.keyboard.press(key)
    assert wait_until(mistakes, lambda: chosen(mistakes) == FOUR_FOR_NINE)
    assert cell(mistakes, FOUR_FOR_NINE).evaluate("button => button.matches(':focus')")


def test_a_tap_chooses_the_cell_under_the_finger(new_page: NewPage, server: Server) -> None:
    phone = new_page(width=390, height=844, touch=True)
    open_mistakes(phone, server)
    for label, n in ((FOUR_FOR_NINE, 9), ("5s taken for 3", 10)):
        wait_idle(phone)
        cell(phone, label).tap()
        expect(tiles(phone)).to_have_count(n)
    assert [error for error in log_of(phone).errors if "404" not in error] == []


def test_a_click_on_a_digit_shows_it_large_with_its_probabilities(mistakes: Page) -> None:
    press(mistakes, cell(mistakes, "9s taken for 4"))
    expect(tiles(mistakes)).to_have_count(9)
    press(mistakes, tiles(mistakes).nth(2))
    closer = mistakes.get_by_role("dialog")
    expect(closer).to_contain_text("Number 1,901 of the test set")
    expect(closer.locator(".live-plot .bars .point")).to_have_count(10)
    expect(closer).to_contain_text("93.10")
    assert address(mistakes)["image"] == "1901"
    press(mistakes, closer.get_by_role("button", name="Next"))
    expect(closer).to_contain_text("4 of 9")
    mistakes.keyboard.press("Escape")
    expect(closer).to_have_count(0)
    assert wait_until(mistakes, lambda: "image" not in address(mistakes))
    press(mistakes, tiles(mistakes).nth(3))
    expect(closer).to_contain_text("4 of 9")


def test_the_focus_is_back_on_the_tile_when_its_dialog_is_closed(mistakes: Page) -> None:
    tiles(mistakes).nth(4).focus()
    mistakes.keyboard.press("Enter")
    expect(mistakes.get_by_role("dialog")).to_be_visible()
    mistakes.keyboard.press("Escape")
    expect(mistakes.get_by_role("dialog")).to_have_count(0)
    expect(tiles(mistakes).nth(4)).to_be_focused()


def test_all_mistakes_are_reached_sheet_by_sheet(mistakes: Page) -> None:
    seen: list[str] = []
    for sheet in range(1, 5):
        if sheet > 1:
            press(mistakes, main(mistakes).get_by_role("button", name=f"Page {sheet}", exact=True))
        expect(tiles(mistakes)).to_have_count(60 if sheet < 4 else 5)
        seen += tiles(mistakes).evaluate_all("tiles => tiles.map(tile => tile.title)")
    assert len(set(seen)) == len(seen) == 185
    mistakes.reload()
    expect(tiles(mistakes)).to_have_count(5)


def test_a_choice_survives_another_page_and_the_way_back(page: Page, server: Server) -> None:
    open_mistakes(page, server, "?true=4&said=9&order=loss")
    select_page(page, "Home")
    select_page(page, "Mistakes")
    expect(tiles(page)).to_have_count(9)
    assert chosen(page) == FOUR_FOR_NINE
    expect(main(page).get_by_role("combobox", name="Sort")).to_have_value("Largest loss first")


def test_a_learning_network_stays_at_its_epoch_while_one_looks_around(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/train?hidden=8&epochs=500")
    click_button(page, "Start")
    page.wait_for_timeout(2000)
    select_page(page, "Mistakes")
    expect(network(page)).to_have_value("run")
    said = main(page).get_by_text("It is still learning: this is epoch")
    expect(said).to_be_visible()
    before = said.inner_text()
    page.wait_for_timeout(1500)
    press(page, tiles(page).nth(5))
    label = page.get_by_role("dialog").locator(".live-plot")
    expect(label).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert said.inner_text() == before
    click_button(page, "Show the newest epoch")
    assert wait_until(page, lambda: said.inner_text() != before)
    select_page(page, "Train")
    click_button(page, "Stop")


def test_on_a_phone_what_two_networks_disagree_on_is_filtered_and_opened(new_page: NewPage, server: Server) -> None:
    phone = new_page(width=390, height=664, touch=True)
    open_mistakes(phone, server)
    press(phone, main(phone).get_by_role("radio", name="Two networks disagree"))
    expect(main(phone)).to_contain_text("B is better: it reads")
    main(phone).get_by_role("combobox", name="Who is right?").click()
    press(phone, phone.get_by_role("option", name="A alone"))
    expect(tiles(phone)).to_have_count(33)
    assert address(phone) == {"show": "disagree", "who": "one"}
    press(phone, tiles(phone).first)
    expect(phone.get_by_role("dialog")).to_contain_text("That is what A says. B says")
    assert main(phone).evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    assert exceptions(phone) == []
