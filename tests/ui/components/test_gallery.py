"""What a gallery makes of the messages of a browser."""

import numpy as np
import pytest

from ui.components import gallery as module
from ui.components.gallery import gallery


def heard(monkeypatch: pytest.MonkeyPatch, message: object) -> list[int]:
    """Return the clicks that a gallery of three images passes on of a message of the browser."""
    clicks: list[int] = []
    monkeypatch.setattr(module, "heard", lambda _: {"clicked": message})
    monkeypatch.setattr(module, "_mount", lambda on_clicked_change, **_: on_clicked_change())
    gallery(np.zeros((3, 28, 28)), key="digits", captions=[""] * 3, labels=["a digit"] * 3, on_click=clicks.append)
    return clicks


@pytest.mark.parametrize("i", [0, 1, 2])
def test_a_click_is_told(monkeypatch: pytest.MonkeyPatch, i: int) -> None:
    assert heard(monkeypatch, i) == [i]


@pytest.mark.parametrize("message", [-1, 3, "1", None, 1.5, True, [1], {"i": 1}])
def test_a_click_that_makes_no_sense_is_not_heard(monkeypatch: pytest.MonkeyPatch, message: object) -> None:
    assert heard(monkeypatch, message) == []


@pytest.mark.parametrize("clickable", [True, False])
def test_images_are_buttons_only_where_a_click_does_something(
    monkeypatch: pytest.MonkeyPatch, *, clickable: bool
) -> None:
    sent: list[bool] = []
    monkeypatch.setattr(module, "_mount", lambda data, **_: sent.append(data["clickable"]))
    on_click = (lambda _: None) if clickable else None
    gallery(np.zeros((1, 28, 28)), key="digits", captions=[""], labels=["a digit"], on_click=on_click)
    assert sent == [clickable]
