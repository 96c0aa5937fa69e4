"""Pages left in a hurry: what was pressed just before a link, just after it, or by a finger that goes on typing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import NewPage, exceptions, goto, main, select_page, sidebar
from tests.browser.servers import Server
from tests.browser.test_one_case import CELL


def link_to(page: Page, title: str) -> Locator:
    return sidebar(page).get_by_role("link", name=title, exact=True)


def stands_whole(page: Page, title: str) -> None:
    expect(main(page).get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=15_000)
    page.wait_for_timeout(1000)  # what came too late would empty the page, or bring the last one back
    expect(main(page).get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(main(page).locator(".line")).to_be_visible()
    assert exceptions(page) == []


@pytest.mark.parametrize("presses", ["link.click(); neuron.click();", "neuron.click(); link.click();"])
def test_what_a_part_of_the_page_says_does_not_empty_the_next_page(page: Page, server: Server, presses: str) -> None:
    goto(page, f"{server.url}/weights")
    neuron = main(page).get_by_role("button", name=re.compile("^Neuron 9: its weights")).element_handle()
    link_to(page, "Mistakes").evaluate(f"(link, neuron) => {{ {presses} }}", neuron)
    stands_whole(page, "Mistakes")


def test_a_link_leads_on_whatever_was_pressed_just_before(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/mistakes")
    cell = main(page).get_by_role("button", name=CELL).element_handle()
    link_to(page, "Weights").evaluate("(link, cell) => { cell.click(); link.click(); }", cell)
    stands_whole(page, "Weights")


def test_the_back_button_leads_back_whatever_was_pressed_just_before(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/weights")
    select_page(page, "Mistakes")
    main(page).get_by_role("button", name=CELL).evaluate("""cell => {
        cell.click();
        window.history.replaceState(null, "", "/weights");
        window.dispatchEvent(new PopStateEvent("popstate"));
    }""")
    stands_whole(page, "Weights")


def test_a_tap_on_a_link_that_ends_a_word_leads_on(new_page: NewPage, server: Server) -> None:
    page = new_page(width=820, height=1180, touch=True)
    goto(page, f"{server.url}/train")
    main(page).get_by_role("spinbutton").first.fill("7")
    link_to(page, "Mistakes").tap()
    stands_whole(page, "Mistakes")
