"""Every page at the sizes of phones, tablets, laptops and projectors: nothing is cut off, what matters is in view."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import NewPage, click_button, exceptions, goto, main, press, wait_idle, wait_until
from tests.browser.servers import Server
from tests.browser.test_visit import PATHS

SIZES = [(820, 1180), (1024, 768), (1280, 800), (1920, 1080)]
PHONES = [(390, 664), (844, 390)]

# Texts that are wider than the box that shows them, and neighbours in a row that lie on each other.
CUT_OFF = """() => {
    const page = document.querySelector('[data-testid=stMain]');
    const problems = [];
    const seen = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden';
    for (const e of page.querySelectorAll('button p, [role=radio] p, h1, h2, h3, label p, .stMarkdown p')) {
        if (seen(e) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth) problems.push('cut: ' + e.textContent);
    }
    for (const row of page.querySelectorAll('[data-testid=stHorizontalBlock], .stHorizontalBlock')) {
        const boxes = [...row.children].filter(seen).map((e) => [e, e.getBoundingClientRect()]);
        for (const [e, box] of boxes) {
            const inner = [...e.querySelectorAll('.gallery, .matrix, canvas')].filter(seen);
            for (const [other, next] of boxes) {
                if (e === other || next.left <= box.left || next.top >= box.bottom || next.bottom <= box.top) continue;
                const right = Math.max(box.right, ...inner.map((i) => i.getBoundingClientRect().right));
                if (right > next.left + 1) problems.push('overlap: ' + e.textContent.slice(0, 40));
            }
        }
    }
    return problems;
}"""


def in_view(page: Page, target: Locator) -> bool:
    box, size = target.bounding_box(), page.viewport_size
    assert size is not None
    return box is not None and box["x"] >= 0 and box["y"] >= 0 and (
        box["x"] + box["width"] <= size["width"] + 1 and box["y"] + box["height"] <= size["height"] + 1
    )  # fmt: skip


# How far the line sticks out of its place with them, to the right and below.
LINE_WITH_ITS_LONGEST_WORDS = """says => {
    says.textContent = "update 100,000, as it learns";
    const line = says.closest(".line");
    return [line.scrollWidth - line.clientWidth, line.scrollHeight - line.clientHeight];
}"""


def fits(page: Page) -> list[str]:
    page.wait_for_timeout(400)  # charts follow their place in a moment
    problems: list[str] = page.evaluate(CUT_OFF)
    sideways = main(page).evaluate("main => main.scrollWidth - main.clientWidth")
    return problems + ([f"{sideways} pixels stick out"] if sideways > 0 else [])


@pytest.mark.parametrize("title", PATHS)
def test_nothing_is_cut_off_or_lies_on_its_neighbour(new_page: NewPage, server: Server, title: str) -> None:
    page = new_page()
    goto(page, f"{server.url}/{PATHS[title]}?hidden=64-32-16-16-16")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert fits(page) == [], f"{width} x {height}"
        line = main(page).locator(".line").bounding_box()
        letters = page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)")
        assert line is not None
        assert line["height"] <= 2.5 * letters + 1
        assert main(page).locator(".line").evaluate("line => line.scrollWidth - line.clientWidth") == 0
        if title != "Home":  # where the story comes first, and the line that goes through it below
            assert line["y"] < 0.5 * height
        play = main(page).get_by_role("button", name=re.compile("^(Play|Pause)$"))  # Home's story plays by itself
        assert in_view(page, play)
    assert letters > 19  # letters grow on a projector
    assert exceptions(page) == []


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_a_phone_shows_what_matters_without_scrolling(
    new_page: NewPage, server: Server, width: int, height: int
) -> None:
    page = new_page(width=width, height=height, touch=True)
    goto(page, f"{server.url}/draw")
    canvas = main(page).locator(".st-key-board canvas").last
    expect(canvas).to_be_visible()
    wait_idle(page)
    assert in_view(page, canvas)
    assert in_view(page, main(page).get_by_role("heading", name="Draw a digit"))
    assert in_view(page, main(page).get_by_role("button", name="Clear"))
    assert fits(page) == []
    goto(page, f"{server.url}/train?hidden=8&epochs=400")
    assert in_view(page, main(page).get_by_role("button", name="Start", exact=True))
    click_button(page, "Start")
    progress = main(page).get_by_test_id("stProgress")
    expect(progress).to_be_visible()
    place = progress.bounding_box()
    assert place is not None
    assert place["y"] < height
    assert fits(page) == []
    assert main(page).locator(".line .says").evaluate(LINE_WITH_ITS_LONGEST_WORDS) == [0, 0]
    # The settings make way for the run, and come back when they are asked for.
    rate = main(page).get_by_role("slider", name="Learning rate")
    expect(rate).to_be_hidden()
    press(page, main(page).get_by_text("Show the settings"))
    expect(rate).to_be_visible()
    place, settings = progress.bounding_box(), main(page).locator(".st-key-settings").bounding_box()
    assert place is not None  # both anew: the press may have scrolled
    assert settings is not None
    assert place["y"] < settings["y"]
    click_button(page, "Stop")


def test_what_a_tap_opens_is_brought_into_view(new_page: NewPage, server: Server) -> None:
    page = new_page(width=390, height=664, touch=True)
    goto(page, f"{server.url}/weights")
    tile = main(page).locator(".st-key-neurons_frame button.tile").nth(3)
    name = (tile.get_attribute("aria-label") or "").split(":")[0]
    tile.tap()
    heading = main(page).get_by_role("heading", name=name, exact=True)
    assert wait_until(page, lambda: in_view(page, heading), 10)
    goto(page, f"{server.url}/mistakes")
    press(page, main(page).get_by_role("button", name="4s taken for 9"))
    assert wait_until(
        page,
        lambda: in_view(
            page, main(page).locator(".st-key-mistakes_filter").get_by_role("button", name="4s taken for 9")
        ),
        10,
    )


@pytest.mark.parametrize(("width", "height", "touch"), [(390, 664, True), (844, 390, True), (1920, 1080, False)])
def test_a_stroke_is_where_the_hand_was_at_every_size(
    new_page: NewPage, server: Server, width: int, height: int, touch: bool
) -> None:
    page = new_page(width=width, height=height, touch=touch)
    goto(page, f"{server.url}/draw")
    board = main(page).locator(".st-key-board canvas").last
    expect(board).to_be_visible()
    wait_idle(page)
    box = board.bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 4  # a 1 in the left half
    page.mouse.move(x, box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(x, box["y"] + 0.8 * box["height"], steps=10)
    page.mouse.up()
    expect(main(page).get_by_role("heading", name="It says 1")).to_be_visible()
    inked = page.locator(".st-key-board canvas").evaluate_all("""all => all.flatMap((canvas) => {
        const { width, height } = canvas;
        const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
        const blue = (i) => data[4 * i + 3] > 128 && data[4 * i + 2] > data[4 * i] + 60;
        return [...Array(width * height).keys()].filter(blue).map((i) => (i % width) / width);
    })""")
    assert len(inked) > 1000
    assert abs(np.mean(inked) - 0.25) < 0.04
