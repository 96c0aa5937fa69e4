"""What a component sends while its page is left comes when Streamlit has forgotten it: nothing happens."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from fcnn.inside.mistakes import ANY_KIND
from ui.components import confusion_grid, gallery, shown_line
from ui.components.shown_line import Line


@pytest.fixture
def callbacks(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What Streamlit is told to call, of each component that is drawn from now on."""
    told: list[Callable[[], None]] = []

    def mount(**given: Any) -> None:  # noqa: ANN401 - the arguments of any component
        told.extend(value for name, value in given.items() if name.startswith("on_"))

    for module in (confusion_grid, gallery, shown_line):
        monkeypatch.setattr(module, "_mount", mount)
    return told


def test_a_component_of_a_page_that_was_left_does_nothing(callbacks: list[Callable[[], None]]) -> None:
    done: list[object] = []
    gallery.gallery(np.zeros((1, 28, 28)), key="left", captions=[""], labels=["a 0"], on_click=done.append)
    confusion_grid.confusion_grid(np.zeros((10, 10), np.int64), ANY_KIND, key="left_too", on_click=done.append)
    line = Line([("ready", "Ready-made")], "ready", [0, 1], ["epoch 0", "epoch 1"], 1)
    shown_line.draw_line(line, on_network=done.append, on_epoch=lambda *sent: done.append(sent))
    assert len(callbacks) == 4
    for callback in callbacks:
        callback()
    assert done == []
