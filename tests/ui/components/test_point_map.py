"""What crosses the wire for a map of points, and what is made of the messages of a browser."""

import base64
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ui.components import digit_sheet, point_map
from ui.components.point_map import Points
from ui.map_digits import map_digits

PLACES = np.array([[0.5, -1.2], [-2.2, 0.1], [0, 0]], np.float32)
POINTS = Points("test", PLACES, np.array([7, 2, 9]), np.array([7, 3, -1]), in_hand=1)
Mounted = tuple[dict[str, Any], dict[str, Callable[[], None]]]


def mounted(monkeypatch: pytest.MonkeyPatch, points: Points = POINTS, **more: Any) -> Mounted:  # noqa: ANN401
    """Return what is sent, and the callbacks."""
    sent: list[Any] = []
    monkeypatch.setattr(point_map, "_mount", lambda *, data, **callbacks: sent.append((data, callbacks)))
    given: dict[str, Any] = {"key": "m", "height": 300, "alt": "", "on_take": lambda _: None} | more
    point_map.point_map(points, **given)
    data, callbacks = sent[-1]
    return data, callbacks


def hear(monkeypatch: pytest.MonkeyPatch, sent: dict[str, Any]) -> None:
    monkeypatch.setattr(point_map, "heard", lambda _: sent)


def test_a_point_is_five_bytes_and_the_browser_finds_its_place_digit_and_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, _ = mounted(monkeypatch)
    numbers = np.frombuffer(base64.b64decode(data["places"]), "<u2").reshape(3, 2)
    assert np.allclose((numbers / 65535 * 2 - 1) * data["limit"], PLACES, atol=1e-3)
    digits = np.frombuffer(base64.b64decode(data["digits"]), np.uint8)
    assert (digits >> 4).tolist() == [7, 2, 9]
    assert (digits & 15).tolist() == [7, 3, 15]
    assert numbers.nbytes + digits.nbytes == 5 * 3


def test_a_digit_beside_the_points_lies_where_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    data, _ = mounted(monkeypatch, POINTS._replace(in_hand=None, beside=np.array([1.25, 9.0])))
    assert data["beside"] == [1.25, 9.0]


def test_a_click_takes_a_point_and_nonsense_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    _, callbacks = mounted(monkeypatch, on_take=taken.append)
    for sent in (2, 3, -1, True, "1", None, [1], 1.0):
        hear(monkeypatch, {"taken": sent})
        callbacks["on_taken_change"]()
    assert taken == [2]


def test_the_lasso_holds_points_that_there_are_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picked: list[list[int]] = []
    _, callbacks = mounted(monkeypatch, on_pick=picked.append)
    for places in ([2, 0], [1, 1], [5, -1, True], [], [0] * 4, "012", None):
        hear(monkeypatch, {"picked": {"places": places, "number": 1}})
        callbacks["on_picked_change"]()
    hear(monkeypatch, {"picked": 5})
    callbacks["on_picked_change"]()
    assert picked == [[0, 2], [1], [], []]


def test_the_browser_is_told_what_the_lasso_holds_and_which_message_that_came_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hear(monkeypatch, {"picked": {"places": [0, 2], "number": 4}})
    data, _ = mounted(monkeypatch, picked=(0, 2), on_pick=lambda _: None)
    bits = np.unpackbits(np.frombuffer(base64.b64decode(data["picked"]), np.uint8), bitorder="little")
    assert np.flatnonzero(bits).tolist() == [0, 2]
    assert (data["heard"], data["lasso"]) == (4, True)
    hear(monkeypatch, {"picked": {"number": "4"}})
    assert mounted(monkeypatch)[0]["heard"] == 0
    assert mounted(monkeypatch)[0]["lasso"] is False


@pytest.mark.parametrize(("of", "most_kb"), [("test", 200), ("validation", 50)])
def test_the_pictures_of_all_digits_are_one_small_picture(of: Any, most_kb: int) -> None:  # noqa: ANN401
    content = base64.b64decode(digit_sheet._sheet(of))
    assert len(content) < most_kb * 1000
    sheet = np.asarray(Image.open(io.BytesIO(content)).convert("L"))
    images = map_digits(of).examples.X.reshape(-1, 28, 28)
    for place in (0, 49, 50, len(images) - 1):
        row, column = divmod(place, digit_sheet.COLUMNS)
        tile = sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
        assert np.abs(tile.astype(int) - images[place]).max() <= 9  # 16 levels
