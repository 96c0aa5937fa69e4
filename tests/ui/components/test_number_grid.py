"""Numbers in cells: what the browser sends is believed only if it is the place of one of them."""

from typing import Any

import numpy as np
import pytest

from ui.components import number_grid as module


@pytest.mark.parametrize(("n", "columns"), [(784, 28), (10, 10), (128, 16), (1024, 32)])
def test_cells_stand_in_rows(n: int, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, Any] = {}
    monkeypatch.setattr(module, "_mount", lambda **given: sent.update(given))
    module.number_grid(np.zeros(n), key="k", label="Weights", from_pixels=n == 784, chosen=3, on_choose=lambda _: None)
    assert (sent["data"]["columns"], sent["data"]["chosen"]) == (columns, 3)


@pytest.mark.parametrize(
    ("chosen", "heard"), [(0, [0]), (9, [9]), (10, []), (-1, []), ("3", []), (True, []), (None, [])]
)
def test_a_cell_that_is_none_is_not_chosen(chosen: object, heard: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(module, "heard", lambda _: {"chosen": chosen})
    module._hear("k", 10, calls.append)()
    assert calls == heard
