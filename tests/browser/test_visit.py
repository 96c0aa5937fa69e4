"""First visits: by a deep link to a fresh server, on a phone, in the dark, in a room without internet."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import NewPage, PageLog, exceptions, goto, log_of, main, says, select_page, sidebar
from tests.browser.servers import Server, StartServer
from ui.menu import MENU

PATHS = {page.title: page.file.removeprefix("pages/").removesuffix(".py") for page in MENU} | {"Home": ""}


def menu(page: Page) -> list[str]:
    return [link.split("\n")[-1] for link in sidebar(page).get_by_role("link").all_inner_texts()]


def test_a_deep_link_to_a_fresh_server_shows_the_page_and_the_whole_menu(page: Page, fresh_server: StartServer) -> None:
    goto(page, f"{fresh_server().url}/weights?epoch=3&hidden=8")
    expect(main(page).get_by_role("heading", name="Weights", exact=True)).to_be_visible()
    assert says(page) == "epoch 3"
    assert menu(page) == [entry.title for entry in MENU]
    select_page(page, "Train")
    expect(main(page).get_by_text("784 x 8 x 10").first).to_be_visible()
    assert exceptions(page) == []


def test_no_page_asks_another_host_for_anything(page: Page, page_log: PageLog, server: Server) -> None:
    for path in PATHS.values():
        goto(page, f"{server.url}/{path}")
        page.wait_for_timeout(500)
    assert len(page_log.requests) > 50
    assert any("favicon" in url or "icon" in url or "media" in url for url in page_log.requests)
    assert page_log.foreign_requests() == []


@pytest.mark.parametrize("title", PATHS)
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_a_page_fits_its_screen(new_page: NewPage, server: Server, title: str, look: str) -> None:
    phone = look == "phone"
    page = new_page(width=390 if phone else 1280, height=844 if phone else 800, dark=look == "dark", touch=phone)
    goto(page, f"{server.url}/{PATHS[title]}")
    page.wait_for_timeout(500)
    assert exceptions(page) == []
    overflow = main(page).evaluate("main => main.scrollWidth - main.clientWidth")
    assert overflow <= 0, f"{overflow} pixels stick out to the right"
    background = page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    brightness = sum(int(part) for part in background.strip("rgba()").split(",")[:3])
    assert (brightness < 200) == (look == "dark")
    assert [error for error in log_of(page).errors if "404" not in error] == []


def test_moving_between_all_pages_leaves_no_error(page: Page, page_log: PageLog, server: Server) -> None:
    goto(page, server.url)
    for title in ("Draw", "Mistakes", "Weights", "Train", "Home"):
        select_page(page, title)
        assert exceptions(page) == []
    assert page_log.errors == []


def test_the_menu_of_a_phone_makes_way_for_the_page_that_was_chosen(new_page: NewPage, server: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    goto(page, server.url)
    select_page(page, "Train")
    expect(sidebar(page)).to_have_attribute("data-collapsed", "true")
    main(page).get_by_role("button", name="One epoch").click(trial=True)
