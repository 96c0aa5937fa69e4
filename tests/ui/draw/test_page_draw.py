"""The Draw page, as far as it goes without a browser: strokes, samples, pictures, hostile input, what it says."""

import io
import json
import math
import sys
import zlib
from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from drawings.picture_file import KEPT_SIDE, MAX_MEGABYTES, PictureError, read_picture
from fcnn.model_file import one_epoch
from fcnn.network import mnist_spec
from fcnn.types import Layer
from tests.visits import checked, component, memory, prepare, words
from ui.draw import strokes
from ui.draw.memory import DrawMemory
from ui.draw.strokes import MAX_PIECES, MAX_STROKES, SIDE, paint, read_drawing
from ui.verdict import judge
from ui.visit import Visit

SEVEN = [[(80, 80), (250, 75), (190, 200), (150, 290)], [(130, 180), (235, 178)]]
SCRIBBLE = [[(60 + (i % 2) * 205, 50 + 20 * i) for i in range(12)]]
DOT = [[(100, 100), (100.05, 100)]]
RIGHT, BELOW = ("a", 0.99), ("b", 0.01)
SPEC = mnist_spec((4,))


def stroke(points: Sequence[tuple[float, float]], **more: object) -> dict[str, Any]:
    """Return a stroke as the canvas writes it, of lines."""
    path = [["M", *points[0]], *(["L", *point] for point in points[1:])]
    return {"type": "Path", "version": "7.4.0", "path": path, "strokeWidth": 24, **more}


def drawing(lines: Sequence[Sequence[tuple[float, float]]]) -> dict[str, Any]:
    return {"version": "7.4.0", "objects": [stroke(points) for points in lines]}


class Canvas:
    """Stands in for the canvas: keeps what it was given, and returns what somebody drew."""

    def __init__(self) -> None:
        self.drawn: Any = None  # on the board with the key that comes next; None: nothing since it began
        self.calls: list[dict[str, Any]] = []

    def __call__(self, **given: Any) -> SimpleNamespace:  # noqa: ANN401 - as st_canvas
        self.calls.append(given)
        drawn = self.drawn if self.drawn is not None else given["initial_drawing"] or {"objects": []}
        return SimpleNamespace(json_data=drawn)


@pytest.fixture
def canvas(monkeypatch: pytest.MonkeyPatch) -> Canvas:
    canvas = Canvas()
    monkeypatch.setitem(sys.modules, "streamlit_drawable_canvas", SimpleNamespace(st_canvas=canvas, out_of_shadow=None))
    return canvas


def page(state: Visit | None = None, **query: str) -> AppTest:
    return checked(prepare("pages/draw.py", query, state).run())


def headline(at: AppTest) -> str:
    return str(at.header[0].value)


def button(at: AppTest, label: str) -> Any:  # noqa: ANN401 - Streamlit exports no type for it
    return next(button for button in at.button if button.label == label)


def is_blank(at: AppTest) -> bool:
    """Tell whether the page shows no image as seen."""
    return set(component(at, "draw_seen")["levels"].rstrip("=")) == {"A"}


def file_state(bias: float) -> Visit:
    """Return a visit whose network adds this bias to every sum."""
    params = tuple(Layer(np.zeros((n_in, n_out)), np.full(n_out, bias)) for n_in, n_out in pairwise(SPEC.sizes))
    return Visit(source="file", file=one_epoch(SPEC, 1, params), file_name="a.npz", file_key=f"draw {bias}")


# The board


def test_an_empty_board_gets_an_invitation_and_no_answer(canvas: Canvas) -> None:
    at = page()
    assert headline(at) == "Draw a digit"
    assert is_blank(at)
    labels = component(at, "draw_bars")["figure"]["data"][0]["text"]
    assert len(set(labels)) == 1
    assert "%" not in labels[0]
    assert button(at, "Undo").disabled
    assert button(at, "Clear").disabled
    assert canvas.calls[0]["width"] == SIDE


def test_a_drawing_is_answered_with_words_bars_and_what_the_network_sees(canvas: Canvas) -> None:
    canvas.drawn = drawing(SEVEN)
    at = page()
    assert headline(at) == "It says 7"
    assert "sure" in words(at)
    assert not is_blank(at)
    assert "centre of mass" in words(at)
    assert component(at, "draw_bars")["alt"].startswith("The probabilities of the ten digits. It says 7.")


def test_a_scribble_gets_no_false_certainty(canvas: Canvas) -> None:
    canvas.drawn = drawing(SCRIBBLE)
    at = page()
    assert headline(at) == "Is this a digit?"
    assert "do not rely on it" in words(at)


def test_a_dot_is_no_digit(canvas: Canvas) -> None:
    canvas.drawn = drawing(DOT)
    at = page()
    assert headline(at) == "Draw a digit"
    assert not button(at, "Clear").disabled


def test_undo_takes_the_last_stroke_and_clear_all_of_them(canvas: Canvas) -> None:
    canvas.drawn = drawing(SEVEN)
    at = page()
    canvas.drawn = None  # the next board shows what it is given
    button(at, "Undo").click()
    checked(at.run())
    assert [piece["path"] for piece in canvas.calls[-1]["initial_drawing"]["objects"]] == [stroke(SEVEN[0])["path"]]
    assert canvas.calls[-1]["key"] != canvas.calls[0]["key"]
    canvas.drawn = drawing(SEVEN)
    checked(at.run())
    canvas.drawn = None
    button(at, "Clear").click()
    checked(at.run())
    assert not canvas.calls[-1]["initial_drawing"]
    assert headline(at) == "Draw a digit"


def test_a_drawing_survives_a_page_change(canvas: Canvas) -> None:
    canvas.drawn = drawing(SEVEN)
    at = page()
    checked(at.switch_page("pages/mistakes.py").run())
    canvas.drawn = None
    checked(at.switch_page("pages/draw.py").run())
    assert len(canvas.calls[-1]["initial_drawing"]["objects"]) == 2
    assert headline(at) == "It says 7"


def test_the_canvas_starts_with_the_same_strokes_in_every_run() -> None:
    at = page()  # with the real canvas, which resets itself when its initial drawing changes
    before = component(at, "board-0")["initialDrawing"]
    key = "board-0"
    at.session_state[key] = {"drawing": {"raw": drawing(SEVEN), "data": None}}
    checked(at.run())
    assert len((memory(at, DrawMemory).drawing or {})["objects"]) == 2
    assert headline(at) == "It says 7"
    assert component(at, "board-0")["initialDrawing"] == before


def test_a_full_board_says_so(canvas: Canvas) -> None:
    canvas.drawn = drawing([[(i, i), (i + 1, i + 9)] for i in range(MAX_STROKES + 1)])
    assert "The board is full" in page().warning[0].value  # a screen reader is told


HOSTILE: list[Any] = [
    None,
    [],
    "objects",
    {"objects": "x"},
    {"objects": {"0": {}}},
    {"objects": [None, 1, "x", [], {}]},
    {"objects": [{"path": "M 0 0"}, {"path": []}, {"path": [[]]}, {"path": [[["M"], 1, 2]]}, {"path": [[None, 1, 2]]}]},
    {
        "objects": [
            {"path": [["L", 1, 2]]},
            {"path": [["Q", 1, 2, 3, 4]]},
            {"path": [["M", 1]]},
            {"path": [["M", 1, "2"]]},
        ]
    },
    {"objects": [stroke([(math.nan, 1), (2, 2)]), stroke([(math.inf, 1)]), stroke([(10**400, 1)]), stroke([(1e9, 1)])]},
    {"objects": [stroke([(i % SIDE, 5) for i in range(MAX_PIECES + 1)])]},
]


@pytest.mark.parametrize("sent", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_drawing_is_an_empty_board(canvas: Canvas, sent: object) -> None:
    canvas.drawn = sent
    assert read_drawing(sent) == {"objects": []}
    if sent is not None:
        assert headline(page()) == "Draw a digit"


def test_a_drawing_keeps_nothing_but_its_strokes() -> None:
    sent = {**drawing(SEVEN), "junk": "x" * 1_000}
    sent["objects"][0].update(junk="x" * 1_000, fill="url(http://example.com)", strokeWidth=10**9)
    kept = read_drawing(sent)
    assert len(kept["objects"]) == 2
    assert len(json.dumps(kept)) < 1_000
    assert read_drawing(kept) == kept


def test_a_drawing_is_bounded() -> None:
    many = {"objects": [stroke([(1, 1), (2, 2)])] * 10_000}
    assert len(read_drawing(many)["objects"]) == MAX_STROKES
    long = {"objects": [stroke([(i % SIDE, 5) for i in range(MAX_PIECES // 2)])] * 5}
    assert len(read_drawing(long)["objects"]) == 2


def test_strokes_are_painted_where_they_are() -> None:
    ink = paint(drawing([[(100, 50), (100, 250)]]))
    rows, columns = np.nonzero(ink)
    assert abs(rows.min() - (50 - 12)) <= 1
    assert abs(rows.max() - (250 + 12)) <= 1
    assert abs(columns.min() - (100 - 12)) <= 1
    assert abs(columns.max() - (100 + 12)) <= 1


def test_a_curve_bends_towards_its_middle_point() -> None:
    curve = {"objects": [{"path": [["M", 50, 250], ["Q", 150, 50, 250, 250]]}]}
    ink = paint(read_drawing(curve))
    assert ink[150, 150]  # half way to (150, 50)
    assert not ink[250, 150]
    assert not ink[100, 150]


# Words


@pytest.mark.parametrize(
    ("best", "second", "headline", "part"),
    [
        (0.999, 0.001, "It says 7", "very sure: > 99 %"),
        (0.93, 0.05, "It says 7", "quite sure: 93 %"),
        (0.6, 0.3, "It says 7", "not sure: 7 (60 %) or 1 (30 %)"),
        (0.6, 0.04, "It says 7", "not sure: 7 (60 %) or another"),
        (0.4, 0.3, "Hard to say", "between 7 (40 %), 1 (30 %)"),
    ],
)
def test_the_words_are_as_sure_as_the_network(best: float, second: float, headline: str, part: str) -> None:
    probabilities = np.full(10, (1 - best - second) / 8)
    probabilities[[7, 1]] = best, second
    verdict = judge(probabilities, truth=None, is_strange=False)
    assert verdict.headline == headline
    assert part in verdict.words.replace("\u00a0", " ")
    assert (verdict.digit == 7) == (best >= 0.5)


def test_the_words_tell_the_truth_where_it_is_known() -> None:
    sure, torn = np.eye(10)[7], np.full(10, 0.1)
    assert "it is right" in judge(sure, truth=7, is_strange=False).words
    assert "this is a **1**" in judge(sure, truth=1, is_strange=False).words
    assert "It is a **1**" in judge(torn, truth=1, is_strange=False).words


def test_a_network_that_diverged_is_explained() -> None:
    verdict = judge(np.full(10, np.nan), truth=3, is_strange=False)
    assert verdict.headline == "No answer"
    assert verdict.digit is None


@pytest.mark.parametrize(("bias", "expected"), [(np.nan, "No answer"), (np.inf, "No answer"), (0.0, "Hard to say")])
def test_the_page_bears_any_network(canvas: Canvas, bias: float, expected: str) -> None:
    canvas.drawn = drawing(SEVEN)
    at = page(file_state(bias))
    assert headline(at) == expected
    if expected == "No answer":
        assert "diverged" in words(at)


def test_the_answer_is_that_of_the_chosen_epoch(canvas: Canvas) -> None:
    canvas.drawn = drawing(SEVEN)
    answers = [component(page(epoch=epoch), "draw_bars")["figure"]["data"][0]["text"] for epoch in ("0", "20")]
    assert answers[0] != answers[1]


# Unlike a digit


# Samples


def test_sample_digits_wait_for_a_click(canvas: Canvas) -> None:
    at = page(input="sample")
    assert headline(at) == "Choose a digit"
    assert len(component(at, "sample_digits")["labels"]) == 10
    assert canvas.calls == []


def test_a_chosen_sample_is_shown_with_its_truth() -> None:
    at = page(input="sample", sample="4")
    assert headline(at) == "It says 4"
    assert "it is right" in words(at)
    assert component(at, "sample_digits")["selected"] == 4


def test_another_set_shows_other_digits() -> None:
    at = page(input="sample")
    before = component(at, "sample_digits")["levels"]
    button(at, "Another set").click()
    checked(at.run())
    assert component(at, "sample_digits")["levels"] != before
    assert component(page(input="sample", set="1"), "sample_digits") == component(at, "sample_digits")


@pytest.mark.parametrize("word", ["-1", "10", "x", "9" * 30, "1.5", "²", ""])
def test_a_sample_that_makes_no_sense_is_none(word: str) -> None:
    at = page(input="sample", sample=word, set=word)
    assert component(at, "sample_digits")["selected"] is None


def test_an_input_that_makes_no_sense_is_the_board(canvas: Canvas) -> None:
    page(input="nonsense")
    assert len(canvas.calls) == 1


# Pictures


def photo(mode: str = "L", kind: str = "PNG", size: tuple[int, int] = (600, 400), **save: Any) -> bytes:  # noqa: ANN401 - Pillow's
    """Return a picture of a 7, dark on light."""
    image = Image.new("L", (600, 400), 220)
    ImageDraw.Draw(image).line([(220, 90), (390, 84), (330, 180), (300, 320)], fill=40, width=22, joint="curve")
    content = io.BytesIO()
    image.resize(size).convert(mode).save(content, kind, **save)
    return content.getvalue()


def encoded(image: Image.Image, kind: str = "PNG", **save: Any) -> bytes:  # noqa: ANN401 - Pillow's
    content = io.BytesIO()
    image.save(content, kind, **save)
    return content.getvalue()


def upload(content: bytes, name: str = "seven.png") -> AppTest:
    at = page(input="picture")
    at.file_uploader[0].set_value((name, content, "image/png"))
    return checked(at.run())


def test_a_picture_is_answered(canvas: Canvas) -> None:
    assert headline(page(input="picture")) == "Bring a picture"
    at = upload(photo())
    assert headline(at) == "It says 7"
    assert not at.error
    checked(at.switch_page("streamlit_app.py").run())
    checked(at.switch_page("pages/draw.py").run())
    assert headline(at) == "It says 7"
    assert canvas.calls == []


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pictures_of_every_kind_are_read_alike(mode: str) -> None:
    grey = read_picture(photo(mode)).astype(float)
    dark = read_picture(photo()) < 130
    assert grey[dark].mean() < 60
    assert grey[~dark].mean() > 210


def test_sixteen_bits_are_read() -> None:
    levels = np.linspace(0, 65535, 100 * 100).reshape(100, 100).astype(np.uint16)
    grey = read_picture(encoded(Image.fromarray(levels)))
    assert np.abs(grey - levels / 257).max() <= 1.5


def test_a_photo_is_turned_as_the_phone_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90 degrees
    assert read_picture(photo("RGB", "JPEG", exif=exif)).shape == read_picture(photo("RGB", "JPEG")).shape[::-1]


@pytest.mark.parametrize(("ink", "ground"), [(0, 255), (255, 0)])
def test_ink_on_a_transparent_ground_can_be_seen(ink: int, ground: int) -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(50, 10), (50, 90)], fill=(ink, ink, ink, 255), width=8)
    grey = read_picture(encoded(image))
    assert (grey[50, 50], grey[5, 5]) == (ink, ground)


def test_a_large_photo_is_kept_small() -> None:
    assert max(read_picture(photo("RGB", "JPEG", (4000, 3000))).shape) == KEPT_SIDE


def claims(width: int, height: int) -> bytes:
    """Return a PNG of a hundred bytes that claims to be that large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"0" * 999)) + chunk(b"IEND", b"")


REFUSED = {
    "empty": (b"", "no PNG or JPEG"),
    "text": (b"seven", "no PNG or JPEG"),
    "a drawing of lines": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG or JPEG"),
    "a GIF": (photo("P", "GIF"), "no PNG or JPEG"),
    "rubbish": (b"\x89PNG\r\n\x1a\nrubbish", "damaged"),
    "cut": (photo()[:300], "damaged"),
    "a cut JPEG": (photo("RGB", "JPEG")[:900], "damaged"),
    "a bomb": (claims(60_000, 60_000), "3,600 megapixels"),
    "a larger bomb": (claims(2**31 - 1, 2**31 - 1), "megapixels"),
    "less than it claims": (claims(300, 300), "damaged"),
    "no width": (claims(0, 300), "damaged"),
    "tiny": (photo(size=(20, 20)), "too small"),
    "a thread": (photo(size=(4000, 30)), "too narrow"),
    "nothing on it": (encoded(Image.new("L", (200, 200), 128)), "no digit stands out"),
    "too many bytes": (photo() + bytes(1_000_000 * MAX_MEGABYTES), "too large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_picture_of_a_digit_gets_a_sentence(canvas: Canvas, name: str) -> None:
    content, part = REFUSED[name]
    if name == "too many bytes":
        with pytest.raises(PictureError, match=part):
            read_picture(content)
        return
    at = upload(content)
    assert len(at.error) == 1
    assert at.error[0].value.startswith("`seven.png`: ")
    assert part in at.error[0].value
    assert headline(at) == "Bring a picture"
    assert canvas.calls == []


def test_a_bad_file_does_not_touch_the_drawing(canvas: Canvas) -> None:
    kept = read_drawing(drawing(SEVEN))
    at = page(Visit(chosen={"draw": {"input": "picture"}}))
    memory(at, DrawMemory).drawing = kept
    at.file_uploader[0].set_value(("x.png", b"x", "image/png"))
    checked(at.run())
    assert memory(at, DrawMemory).drawing == kept
    assert canvas.calls == []


def test_the_pen_of_the_picture_is_that_of_the_canvas(canvas: Canvas) -> None:
    page()
    assert canvas.calls[0]["stroke_width"] == strokes.PEN
    assert canvas.calls[0]["stroke_color"] == strokes.COLOUR


# Doubt


def test_a_dot_gets_a_word(canvas: Canvas) -> None:
    canvas.drawn = drawing(DOT)
    assert "A dot is too little to read" in words(page())


def test_a_scribble_is_shown_beside_the_digits_that_are_nearest_to_it(canvas: Canvas) -> None:
    canvas.drawn = drawing(SCRIBBLE)
    at = page()
    assert "nothing like it among 10,000 digits" in words(at)
    assert len(component(at, "draw_nearest")["captions"]) == 5
    canvas.drawn = drawing(SEVEN)
    at.run()
    assert not [element for element in at.get("bidi_component") if element.proto.id.endswith("-draw_nearest")]


def test_two_digits_are_asked_for_one_by_one(canvas: Canvas) -> None:
    canvas.drawn = drawing([[(60, 60), (60, 280)], [(200, 70), (290, 70), (240, 280)]])
    at = page()
    assert headline(at) == "One digit at a time"
    assert "Do not rely on it" in words(at)
