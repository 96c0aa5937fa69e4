"""The Map page in a browser: points glide, tell what they are, are taken in hand and gathered; by a finger, too."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import NewPage, exceptions, goto, log_of, main, press, wait_idle, wait_until
from tests.browser.servers import Server

# A point far from all others, as [which it is, x, y], the latter on the screen.
LONELY = """host => {
    const box = host.canvas.getBoundingClientRect();
    const spots = [...Array(host.n).keys()].map((i) => spotOf(i));
    function spotOf(i) {
        const { clientWidth: w, clientHeight: h } = host.canvas;
        const scale = Math.min((w / 2 - 14 * host.growth) / host.view[2], (h / 2 - 14 * host.growth) / host.view[3]);
        return [w / 2 + (host.at[2 * i] - host.view[0]) * scale, h / 2 - (host.at[2 * i + 1] - host.view[1]) * scale];
    }
    const away = ([x, y], [a, b]) => Math.hypot(x - a, y - b) || 1e9;
    const lonely = (i) => Math.min(...spots.map((spot) => away(spot, spots[i])));
    const i = [...Array(200).keys()].sort((a, b) => lonely(b) - lonely(a))[0];
    return [i, box.x + spots[i][0], box.y + spots[i][1]];
}"""
SEEN = "host => Array.from(host.at)"


def the_map(page: Page) -> Locator:
    return main(page).locator(".st-key-map .map")


def lasso(page: Page) -> None:
    """Draw a line around a part of the map, clear of what a phone shows above the page."""
    canvas = the_map(page).locator("canvas").bounding_box()
    assert canvas is not None
    x, y, width, height = (canvas[name] for name in ("x", "y", "width", "height"))
    page.mouse.move(x + 0.1 * width, y + 0.3 * height)
    page.mouse.down()
    for right, down in ((0.6, 0.3), (0.6, 0.9), (0.1, 0.9)):
        page.mouse.move(x + right * width, y + down * height, steps=4)
    page.mouse.up()


def digit(page: Page) -> str | None:
    return parse_qs(urlsplit(page.url).query).get("digit", [None])[0]


def places(page: Page) -> Any:  # noqa: ANN401
    return the_map(page).evaluate(SEEN)


@pytest.mark.parametrize("touch", [False, True], ids=["laptop", "phone"])
def test_points_glide_tell_what_they_are_and_are_gathered(new_page: NewPage, server: Server, *, touch: bool) -> None:
    page = new_page(width=390, height=664, touch=True) if touch else new_page()
    goto(page, f"{server.url}/map")
    expect(the_map(page).get_by_role("button", name="7")).to_be_visible()
    the_map(page).locator("canvas").scroll_into_view_if_needed()
    wait_until(page, lambda: bool(the_map(page).evaluate("host => host.n > 0 && !host.moves")))

    place, x, y = the_map(page).evaluate(LONELY)
    (page.touchscreen.tap if touch else page.mouse.click)(x, y)
    expect(the_map(page).locator(".tip")).to_have_text(re.compile(r"^an? \d, it says \d$"))
    assert wait_until(page, lambda: digit(page) == str(5 * place))
    wait_idle(page)
    expect(main(page).get_by_text(re.compile(f"In hand: test digit {5 * place:,}"))).to_be_visible()

    before, canvas = places(page), the_map(page).locator("canvas").element_handle()
    main(page).locator(".line .slider").focus()
    page.keyboard.press("Home")
    expect(main(page).get_by_text("before it learned.")).to_be_visible()
    assert wait_until(page, lambda: places(page) != before and not the_map(page).evaluate("host => host.moves"))
    assert canvas.evaluate("canvas => canvas.isConnected")  # the very same one

    if touch:
        the_map(page).get_by_role("button", name="Lasso").click()
    the_map(page).locator("canvas").scroll_into_view_if_needed()
    lasso(page)
    expect(main(page).get_by_text(re.compile(r"[\d,]+ digits: .* it errs on \d+"))).to_be_visible()
    wait_idle(page)
    press(page, main(page).locator(".st-key-map_pictures button.tile").nth(3))
    assert digit(page) != str(5 * place)
    assert main(page).evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    if not touch:
        plane = the_map(page).get_by_role("application")
        plane.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(the_map(page).get_by_role("status")).to_have_text(re.compile(r"^an? \d, it says \d$"))
        now = digit(page)
        page.keyboard.press("Enter")
        assert wait_until(page, lambda: digit(page) != now)
        expect(plane).to_be_focused()
    assert exceptions(page) == []
    assert [error for error in log_of(page).errors if "404" not in error] == []
