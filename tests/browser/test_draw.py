"""The Draw page as a person meets it: digits drawn with mouse and finger, Undo, Clear, samples, pictures."""

import io
import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import (
    NewPage,
    PageLog,
    click_button,
    exceptions,
    goto,
    log_of,
    main,
    press,
    select_page,
    wait_until,
)
from tests.browser.servers import Server
from ui.draw.strokes import SIDE

Stroke = Sequence[tuple[float, float]]

HEADLINE = ".st-key-answer h2"


def arc(x: float, y: float, width: float, height: float, start: float, end: float) -> Stroke:
    """Return a piece of an ellipse around (x, y), from one angle to another, in degrees clockwise from the right."""
    angles = [math.radians(start + (end - start) * i / 24) for i in range(25)]
    return [(x + width / 2 * math.cos(angle), y + height / 2 * math.sin(angle)) for angle in angles]


# As people draw them: with several strokes, not quite straight, not quite in the middle, of different sizes.
DIGITS: dict[int, list[Stroke]] = {
    1: [[(196, 61), (189, 130), (184, 210), (180, 287)], [(197, 60), (172, 84), (150, 104)]],
    0: [arc(160, 170, 130, 220, -80, -270), arc(158, 172, 136, 216, -95, 92)],
    7: [[(72, 92), (140, 88), (251, 79), (238, 104), (190, 190), (146, 292)], [(126, 190), (240, 181)]],
}
SEVEN_TOP, SEVEN_BAR = DIGITS[7]
SCRIBBLE: Stroke = [(60 + (i % 2) * 205 + 9 * (i % 3), 50 + 20 * i) for i in range(12)]

# Notes when the pointer left the board and when the answer changed next, as the browser drew it.
STOPWATCH = """() => {
    window.laps = [];
    let start = null;
    addEventListener("mouseup", () => (start = performance.now()), true);
    new MutationObserver(() => requestAnimationFrame(() => {
        if (start !== null) window.laps.push(performance.now() - start);
        start = null;
    })).observe(document.querySelector(".st-key-answer"), {subtree: true, childList: true, characterData: true});
}"""


def board(page: Page) -> Locator:
    return main(page).locator(".st-key-board .upper-canvas")


def headline(page: Page) -> Locator:
    return main(page).locator(HEADLINE)


def ink(page: Page) -> int:
    """Return how many pixels of the board are drawn upon; while a new one comes, of both. -1: there is none."""
    n: int = (
        main(page)
        .locator(".st-key-board .dc-canvas.lower-canvas")
        .evaluate_all(
            """boards => boards.length === 0 ? -1 : boards.map(board =>
                board.getContext("2d").getImageData(0, 0, board.width, board.height).data
                    .filter((value, i) => i % 4 === 3 && value > 0).length).reduce((one, other) => one + other)"""
        )
    )
    return n


def seen(page: Page) -> str:
    """Return the image that the page shows as what the network sees."""
    tile = main(page).locator(".st-key-seen .tile canvas")
    return str(tile.evaluate("canvas => canvas.toDataURL()"))


def corner(page: Page) -> tuple[float, float]:
    expect(board(page)).to_be_visible()
    board(page).scroll_into_view_if_needed()
    box = board(page).bounding_box()
    assert box is not None
    return box["x"], box["y"]


def draw(page: Page, strokes: Sequence[Stroke]) -> None:
    """Draw with the mouse, and after each stroke wait for the answer to it."""
    for stroke in strokes:
        x0, y0 = corner(page)
        log, n_asked = log_of(page), log_of(page).n_asked
        page.mouse.move(x0 + stroke[0][0], y0 + stroke[0][1])
        page.mouse.down()
        for x, y in stroke[1:]:
            page.mouse.move(x0 + x, y0 + y, steps=6)
        page.mouse.up()
        assert wait_until(page, lambda: log.n_asked > n_asked and not log.awaits_fragment), "the stroke was not sent"  # noqa: B023


def draw_with_finger(page: Page, stroke: Stroke) -> None:
    x0, y0 = corner(page)
    cdp = page.context.new_cdp_session(page)
    points = [{"x": x0 + x, "y": y0 + y} for x, y in stroke]
    cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        cdp.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(10)
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def drawing(page: Page, server: Server) -> Page:
    """The page with an empty board."""
    goto(page, f"{server.url}/draw")
    expect(headline(page)).to_have_text("Draw a digit")
    return page


@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_drawn_by_mouse_is_recognised(drawing: Page, page_log: PageLog, digit: int) -> None:
    draw(drawing, DIGITS[digit])
    expect(headline(drawing)).to_have_text(f"It says {digit}")
    expect(main(drawing).locator(".live-plot .yaxislayer-above")).to_contain_text(f"{digit}")
    assert exceptions(drawing) == []
    assert [error for error in page_log.errors if "404" not in error] == []


def test_a_scribble_gets_no_false_certainty(drawing: Page) -> None:
    draw(drawing, [SCRIBBLE])
    expect(headline(drawing)).to_have_text("Is this a digit?")
    expect(main(drawing)).to_contain_text("do not rely on it")


def test_undo_takes_away_stroke_by_stroke(drawing: Page) -> None:
    draw(drawing, [SEVEN_TOP])
    ink_of_one, seen_of_one = ink(drawing), seen(drawing)
    draw(drawing, [SEVEN_BAR])
    assert ink(drawing) > ink_of_one
    click_button(drawing, "Undo")
    assert wait_until(drawing, lambda: abs(ink(drawing) - ink_of_one) <= 0.01 * ink_of_one)
    assert wait_until(drawing, lambda: seen(drawing) == seen_of_one)
    draw(drawing, [SEVEN_BAR])  # the board that comes back can be drawn upon
    expect(headline(drawing)).to_have_text("It says 7")
    for _ in range(2):
        click_button(drawing, "Undo")
    expect(headline(drawing)).to_have_text("Draw a digit")
    assert wait_until(drawing, lambda: ink(drawing) == 0)
    expect(main(drawing).get_by_role("button", name="Undo")).to_be_disabled()


def test_clear_begins_a_clean_board(drawing: Page) -> None:
    draw(drawing, DIGITS[7])
    click_button(drawing, "Clear")
    expect(headline(drawing)).to_have_text("Draw a digit")
    assert wait_until(drawing, lambda: ink(drawing) == 0)
    draw(drawing, DIGITS[1])
    expect(headline(drawing)).to_have_text("It says 1")


def test_a_drawing_survives_a_visit_to_another_page(drawing: Page) -> None:
    draw(drawing, [SEVEN_TOP])
    before = ink(drawing)
    select_page(drawing, "Mistakes")
    select_page(drawing, "Draw")
    assert wait_until(drawing, lambda: abs(ink(drawing) - before) <= 0.01 * before), (ink(drawing), before)
    draw(drawing, [SEVEN_BAR])
    assert ink(drawing) > before
    expect(headline(drawing)).to_have_text("It says 7")
    select_page(drawing, "Home")
    select_page(drawing, "Draw")
    expect(headline(drawing)).to_have_text("It says 7")
    assert wait_until(drawing, lambda: ink(drawing) > before)


def test_a_drawing_survives_another_epoch_and_another_input(drawing: Page) -> None:
    draw(drawing, DIGITS[7])
    before = ink(drawing)
    press(drawing, main(drawing).get_by_text("Sample digits", exact=True))
    expect(headline(drawing)).to_have_text("Choose a digit")
    press(drawing, main(drawing).get_by_role("radio", name="Draw"))
    expect(headline(drawing)).to_have_text("It says 7")
    assert wait_until(drawing, lambda: abs(ink(drawing) - before) <= 0.01 * before)
    slider = main(drawing).get_by_role("slider")
    slider.focus()
    slider.press("ArrowLeft")
    expect(main(drawing).get_by_text("epoch 13")).to_be_visible()
    assert abs(ink(drawing) - before) <= 0.01 * before
    expect(headline(drawing)).to_have_text("It says 7")


def test_a_finger_draws_on_a_phone_and_the_answer_is_below(new_page: NewPage, server: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    goto(page, f"{server.url}/draw")
    top = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop")
    for stroke in DIGITS[7]:
        draw_with_finger(page, stroke)
        page.wait_for_timeout(600)
    expect(headline(page)).to_have_text("It says 7")
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop") - top < 100
    below, above = headline(page).bounding_box(), board(page).bounding_box()
    assert below is not None
    assert above is not None
    assert above["y"] + above["height"] < below["y"] < above["y"] + above["height"] + 120
    assert main(page).evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    assert exceptions(page) == []


def test_the_corner_of_the_board_takes_ink_from_a_finger(new_page: NewPage, server: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    goto(page, f"{server.url}/draw")
    box = board(page).bounding_box()
    assert box is not None
    share = box["width"] / SIDE
    corner = [(SIDE - 12, 12), (SIDE - 60, 14), (SIDE - 120, 60), (SIDE - 200, 250)]
    draw_with_finger(page, [(x * share, y * share) for x, y in corner])
    assert wait_until(page, lambda: ink(page) > 5_000)
    expect(headline(page)).not_to_have_text("Draw a digit")


def test_a_narrow_phone_has_the_whole_board(new_page: NewPage, server: Server) -> None:
    page = new_page(width=320, height=640, touch=True)
    goto(page, f"{server.url}/draw")
    box = board(page).bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320
    share = box["width"] / SIDE
    draw_with_finger(page, [(x * share, y * share) for x, y in SEVEN_TOP])
    expect(headline(page)).to_have_text("It says 7")


def test_a_network_that_is_learning_is_asked_again_and_leaves_the_drawing_alone(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/train?hidden=16&epochs=400")
    click_button(page, "Start")
    select_page(page, "Draw")
    note = main(page).get_by_text("It is still learning")
    expect(note).to_be_visible()
    draw(page, [SEVEN_TOP])
    before = ink(page)
    asked_at = note.inner_text()
    assert wait_until(page, lambda: note.inner_text() != asked_at)
    assert ink(page) == before
    draw(page, [SEVEN_BAR])
    assert ink(page) > before
    expect(headline(page)).to_have_text("It says 7")
    assert exceptions(page) == []
    select_page(page, "Train")
    click_button(page, "Stop")
    select_page(page, "Draw")
    expect(headline(page)).to_have_text("It says 7")
    expect(note).to_be_hidden()


def test_a_sample_digit_is_one_click_and_survives_a_reload(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/draw?input=sample")
    press(page, main(page).get_by_role("button", name="A 4 of the test set"))
    expect(headline(page)).to_have_text("It says 4")
    before = seen(page)
    click_button(page, "Another set")
    assert wait_until(page, lambda: seen(page) != before)
    shown = seen(page)
    goto(page, page.url)
    assert wait_until(page, lambda: seen(page) == shown)


def test_a_picture_is_read_and_a_bad_one_is_refused_with_a_sentence(page: Page, server: Server, tmp_path: Path) -> None:
    goto(page, f"{server.url}/draw?input=picture")
    expect(headline(page)).to_have_text("Bring a picture")
    picture = Image.new("L", (600, 400), 220)
    pen = ImageDraw.Draw(picture)
    pen.line([(220, 90), (390, 84), (330, 180), (300, 320)], fill=40, width=22, joint="curve")
    content = io.BytesIO()
    picture.save(content, "PNG")
    files = {"seven.png": content.getvalue(), "bad.png": b"\x89PNG\r\n\x1a\nrubbish"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    upload = main(page).locator("input[type=file]")
    upload.set_input_files(tmp_path / "seven.png")
    expect(headline(page)).to_have_text("It says 7")
    upload.set_input_files(tmp_path / "bad.png")
    expect(main(page).get_by_text("bad.png: this picture is damaged")).to_be_visible()
    expect(headline(page)).to_have_text("Bring a picture")
    upload.set_input_files(tmp_path / "seven.png")
    expect(headline(page)).to_have_text("It says 7")
    assert exceptions(page) == []


def test_the_answer_comes_soon_after_a_stroke(drawing: Page, capsys: pytest.CaptureFixture[str]) -> None:
    draw(drawing, [SEVEN_TOP])  # the first answer also loads what later ones have
    drawing.evaluate(STOPWATCH)
    for i in range(12):
        draw(drawing, [[(60 + 18 * i, 60), (80 + 18 * i, 150 + 9 * (i % 5))]])
        drawing.wait_for_timeout(300)
    laps: list[float] = drawing.evaluate("window.laps")
    assert len(laps) >= 10
    with capsys.disabled():
        print(f"\nfrom the end of a stroke to its answer: median {statistics.median(laps):.0f} ms of {len(laps)}")  # noqa: T201
    assert statistics.median(laps) < 2_000  # a machine under load; alone it takes about 300 ms
