"""The app for everyone: without a mouse, a screen, colours or English. What axe-core can find it looks for here."""

import pytest
from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.driver import NewPage, click_button, goto, main, select_page
from tests.browser.servers import Server

PAGES = ("Home", "Train", "Weights", "Mistakes", "Draw")


@pytest.fixture(scope="session")
def axe_script() -> str:
    return axe.script()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_shuts_anybody_out(new_page: NewPage, server: Server, axe_script: str, *, dark: bool) -> None:
    page = new_page(dark=dark)
    found = {}
    for title in PAGES:
        goto(page, f"{server.url}/{'' if title == 'Home' else title.lower()}")
        found[f"{title}, fresh"] = look(page, axe_script)
    goto(page, f"{server.url}/train?hidden=16&epochs=400")
    click_button(page, "Start")
    for expander in main(page).get_by_test_id("stExpander").all():
        expander.locator("summary").click()
    found["Train, running"] = look(page, axe_script)
    click_button(page, "Stop")
    for title in PAGES:
        select_page(page, title)
        found[f"{title}, trained"] = look(page, axe_script)
    assert {where: what for where, what in found.items() if what} == {}


def look(page: Page, axe_script: str) -> list[str]:
    page.wait_for_timeout(500)  # what unfolds or fades in has its colours only then
    return axe.findings(page, axe_script)
