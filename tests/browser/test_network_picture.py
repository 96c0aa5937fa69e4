"""The picture of the network: complete, drawn in place, readable on a phone and in the dark."""

from playwright.sync_api import Locator, Page, expect

from charts.palette import INK
from tests.browser import axe
from tests.browser.driver import PageLog, click_button, exceptions, goto, main, wait_until
from tests.browser.servers import StartServer

TAG = "all => all.forEach((element) => { element.tag = 1; })"
TAGGED = "all => all.filter((element) => element.tag === 1).length"
SHOWN = "all => all.filter((element) => element.getAttribute('display') !== 'none').length"
FILLS = "all => all.map((element) => element.style.fill)"
RUNNING = "all => all.flatMap((group) => group.getAnimations()).length"
CORNER = "canvas => Array.from(canvas.getContext('2d').getImageData(0, 0, 1, 1).data)"
# Words that lie on each other, or stick out of the picture.
CLASHES = """svg => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent);
    const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
    const out = boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(([words]) => words);
    const over = boxes.flatMap(([words, a], i) => boxes.slice(i + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
        .map(([others]) => `${words} / ${others}`));
    return [...out, ...over];
}"""


def parts(page: Page, selector: str, key: str = "net") -> Locator:
    return main(page).locator(f".st-key-{key} .network {selector}")


def assert_fits(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(300)  # the sidebar folds, and what is sized by its place follows
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for key in ("net", "large"):
        svg = parts(page, "svg.nodes", key)
        assert svg.evaluate(CLASHES) == [], (width, key)
        box = svg.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_the_picture_of_a_network(page: Page, page_log: PageLog, start_server: StartServer) -> None:
    goto(page, start_server("tests/browser/apps/network_picture_app.py").url)
    expect(parts(page, "circle")).to_have_count(12 + 12 + 10)
    expect(parts(page, "path")).to_have_count(12 + 144 + 120)
    assert parts(page, "path").evaluate_all(SHOWN) > 50
    name = (
        "The network reads a picture of a 0: 784 pixels, 2 hidden layers of 40 and 20 neurons, ten digits. It answers"
    )
    expect(main(page).get_by_role("img", name=name)).to_have_count(1)
    expect(parts(page, "svg.nodes")).to_contain_text("+ 28 more")
    expect(parts(page, "circle.answer")).to_have_count(1)
    expect(parts(page, "circle.truth")).to_have_count(1)

    parts(page, "svg *, canvas").evaluate_all(TAG)
    assert parts(page, "g", "large").evaluate_all(RUNNING) == 0
    n, before = parts(page, "svg *, canvas").count(), parts(page, "circle").evaluate_all(FILLS)
    click_button(page, "Learn")
    assert parts(page, "g", "large").evaluate_all(RUNNING) > 0  # a new turn lets the digit run through, once
    assert parts(page, "g").evaluate_all(RUNNING) == 0
    assert parts(page, "circle").evaluate_all(FILLS) != before
    assert parts(page, "svg *, canvas").evaluate_all(TAGGED) == n == parts(page, "svg *, canvas").count()

    assert wait_until(page, lambda: parts(page, "g", "large").evaluate_all(RUNNING) == 0, 5)
    source = axe.script()
    assert axe.findings(page, source) == []
    page.emulate_media(color_scheme="dark")
    dark = [*bytes.fromhex(INK["dark"][0][1:]), 255]
    assert wait_until(page, lambda: parts(page, "canvas").evaluate(CORNER) == dark)
    assert parts(page, "svg *, canvas").evaluate_all(TAGGED) == n
    assert axe.findings(page, source) == []

    for width, height in ((390, 664), (820, 1180), (1920, 1080)):
        assert_fits(page, width, height)
    click_button(page, "Another network")
    expect(parts(page, "circle")).to_have_count(10)
    expect(parts(page, "path")).to_have_count(10)
    assert_fits(page, 1280, 800)
    click_button(page, "Another network")
    expect(parts(page, "circle")).to_have_count(5 * 12 + 10)
    for width, height in ((390, 664), (844, 390), (1280, 800)):
        assert_fits(page, width, height)
    assert exceptions(page) == []
    assert page_log.errors == []
    assert page_log.foreign_requests() == []
