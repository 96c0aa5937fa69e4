"""The grid of images: it paints the right pixels, tells what was clicked, and changes in place."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from charts.palette import DIVERGING, INK, NOT_A_NUMBER
from tests.browser.driver import NewPage, PageLog, exceptions, goto, log_of, main, press, wait_until
from tests.browser.servers import Server, StartServer

N_UPDATES = 10


@pytest.fixture(scope="module")
def demo(start_server: StartServer) -> Server:
    return start_server("tests/browser/apps/gallery_app.py")


@pytest.fixture
def opened(page: Page, demo: Server) -> Page:
    """Return the page with both galleries on it."""
    return open_galleries(page, demo.url)


def open_galleries(page: Page, url: str) -> Page:
    goto(page, url)
    expect(tiles(page, "digits")).to_have_count(12)
    expect(tiles(page, "weights")).to_have_count(12)
    return page


def tiles(page: Page, key: str) -> Locator:
    return main(page).locator(f".st-key-{key} .tile")


def digit(page: Page, i: int) -> Locator:
    return main(page).get_by_role("button", name=f"Test image {i}:")


def pixel(page: Page, key: str, x: int, y: int) -> str:
    """Return the colour of a pixel of the first image, as #rrggbb."""
    data = (
        tiles(page, key)
        .first.locator("canvas")
        .evaluate("(canvas, [x, y]) => Array.from(canvas.getContext('2d').getImageData(x, y, 1, 1).data)", [x, y])
    )
    assert data[3] == 255
    return "#" + bytes(data[:3]).hex()


def colour_of_ring(tile: Locator) -> str:
    return str(tile.locator("canvas").evaluate("canvas => getComputedStyle(canvas).outlineColor"))


def n_ticks(page: Page) -> int:
    found = re.search(r"Tick (\d+)", main(page).inner_text())
    return int(found[1]) if found else 0


def wait_for_updates(page: Page) -> None:
    before = n_ticks(page)
    assert wait_until(page, lambda: n_ticks(page) >= before + N_UPDATES), "the page gets no new images"


def assert_colours(page: Page, ink: tuple[str, ...], diverging: tuple[str, ...]) -> None:
    assert (pixel(page, "digits", 5, 5), pixel(page, "digits", 20, 5)) == (ink[0], ink[-1])
    shown = [pixel(page, "weights", x, 0) for x in range(3)]  # -vmax, +vmax and a weight that is not a number
    assert shown == [diverging[0], diverging[-1], NOT_A_NUMBER]
    assert pixel(page, "weights", 20, 20) == diverging[2]  # 0
    half = pixel(page, "weights", 3, 0)  # of 255 levels, none is exactly half of vmax
    assert max(abs(a - b) for a, b in zip(rgb(half), rgb(diverging[3]), strict=True)) <= 2


def rgb(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


def test_the_pixels_have_the_colours_of_the_light_theme(opened: Page, page_log: PageLog) -> None:
    assert_colours(opened, INK["light"], DIVERGING["light"])
    assert page_log.errors == []
    assert page_log.foreign_requests() == []


def test_the_pixels_follow_the_theme_at_once(opened: Page) -> None:
    opened.emulate_media(color_scheme="dark")
    assert wait_until(opened, lambda: pixel(opened, "digits", 5, 5) == INK["dark"][0])
    assert_colours(opened, INK["dark"], DIVERGING["dark"])


def test_a_dark_page_has_dark_images(new_page: NewPage, demo: Server) -> None:
    assert_colours(open_galleries(new_page(dark=True), demo.url), INK["dark"], DIVERGING["dark"])


def test_a_click_returns_the_index_once(opened: Page) -> None:
    press(opened, digit(opened, 3))
    expect(main(opened).get_by_text("Clicks: [3]", exact=True)).to_be_visible()
    wait_for_updates(opened)
    expect(main(opened).get_by_text("Clicks: [3]", exact=True)).to_be_visible()
    press(opened, digit(opened, 11))
    expect(main(opened).get_by_text("Clicks: [3, 11]", exact=True)).to_be_visible()


def test_the_chosen_image_is_marked_for_eyes_and_ears(opened: Page) -> None:
    press(opened, digit(opened, 3))
    expect(digit(opened, 3)).to_have_attribute("aria-pressed", "true")
    expect(tiles(opened, "digits").and_(opened.locator("[data-selected]"))).to_have_count(1)
    assert colour_of_ring(digit(opened, 3)) == "rgb(47, 95, 208)"
    assert colour_of_ring(digit(opened, 4)) != "rgb(47, 95, 208)"


def test_the_keyboard_reaches_and_chooses_an_image_while_images_change(opened: Page) -> None:
    assert tiles(opened, "digits").evaluate_all("all => all.filter((tile) => tile.tabIndex === 0).length") == 1
    opened.keyboard.press("Tab")
    for _ in range(20):
        if digit(opened, 0).evaluate("tile => tile.matches(':focus')"):
            break
        opened.keyboard.press("Tab")
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowDown")
    columns = tiles(opened, "digits").evaluate_all("all => all.filter((t) => t.offsetTop === all[0].offsetTop).length")
    chosen = digit(opened, 1 + columns)
    expect(chosen).to_be_focused()
    assert chosen.locator("canvas").evaluate("canvas => getComputedStyle(canvas).outlineWidth") == "3px"
    wait_for_updates(opened)
    expect(chosen).to_be_focused()
    opened.keyboard.press("Enter")
    expect(main(opened).get_by_text(f"Clicks: [{1 + columns}]", exact=True)).to_be_visible()
    opened.keyboard.press("Tab")
    expect(chosen).not_to_be_focused()
    assert tiles(opened, "digits").evaluate_all("all => all.filter((tile) => tile.matches(':focus')).length") == 0


def test_new_images_are_painted_into_the_tiles_that_are_there(opened: Page, page_log: PageLog) -> None:
    for key in ("digits", "weights"):
        tiles(opened, key).evaluate_all("all => all.forEach((tile) => { tile.tag = tile.firstChild.tag = 1; })")
    before = pixel(opened, "digits", 0, 0), tiles(opened, "weights").nth(3).screenshot()
    wait_for_updates(opened)
    for key in ("digits", "weights"):
        tags = tiles(opened, key).evaluate_all("all => all.map((tile) => tile.tag + tile.firstChild.tag)")
        assert tags == [2] * 12
    assert pixel(opened, "digits", 0, 0) != before[0]
    assert tiles(opened, "weights").nth(3).screenshot() != before[1]
    assert page_log.errors == []
    assert exceptions(opened) == []


def test_images_that_cannot_be_clicked_are_pictures(opened: Page) -> None:
    expect(main(opened).locator(".st-key-weights").get_by_role("button")).to_have_count(0)
    expect(main(opened).get_by_role("img", name="Weights of hidden neuron 7", exact=True)).to_be_visible()
    expect(tiles(opened, "weights").nth(7)).to_have_text("neuron 7")


def test_pixels_are_squares_of_whole_screen_pixels(opened: Page) -> None:
    box = tiles(opened, "digits").first.locator("canvas").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (84, 84)


def test_a_phone_shows_all_columns_and_a_tap_chooses(new_page: NewPage, demo: Server) -> None:
    page = open_galleries(new_page(width=390, height=844, touch=True), demo.url)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    boxes = [tile.bounding_box() for tile in tiles(page, "digits").all()]
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    digit(page, 2).tap()
    expect(main(page).get_by_text("Clicks: [2]", exact=True)).to_be_visible()
    assert log_of(page).errors == []
