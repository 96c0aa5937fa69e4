"""What a click on a neuron of the picture tells, and what the neurons are called."""

import numpy as np
import pytest

from fcnn.inside.wiring import wire
from fcnn.network import mnist_spec
from tests.networks import wide
from ui.components import live_plot, picture_buttons
from ui.components.picture_buttons import hear_buttons, sent_buttons

SPEC = mnist_spec((6, 4))
WIRING = wire(SPEC, wide(SPEC), np.ones(784), chosen=[np.array([5, 0]), np.array([3])])


def heard(monkeypatch: pytest.MonkeyPatch, message: object) -> list[tuple[int, int]]:
    opened: list[tuple[int, int]] = []
    monkeypatch.setattr(picture_buttons, "heard", lambda _: {"opened": message})
    hear_buttons("net", WIRING, lambda *unit: opened.append(unit))()
    return opened


def test_the_neurons_that_were_asked_for_are_shown_in_their_order() -> None:
    sent = sent_buttons(WIRING, (1, 3))
    assert sent["neurons"] == [[5, 0], [3], list(range(10))]
    assert sent["opened"] == (1, 3)
    assert sent["names"][1][0].startswith("Neuron 3 of hidden layer 2: ")
    assert sent["names"][2][9].startswith("Digit 9: ")
    assert WIRING.hidden[0].n_more == 4


@pytest.mark.parametrize("unit", [(0, 5), (1, 3), (2, 9)])
def test_a_click_opens_a_neuron_that_is_shown(monkeypatch: pytest.MonkeyPatch, unit: tuple[int, int]) -> None:
    assert heard(monkeypatch, list(unit)) == [unit]


NONSENSE: list[object] = [None, 5, "0-1", [], [0], [0, 1], [0, 5, 5], [3, 0], [-1, 3], [True, 3], [0.0, 5], [[0], 5]]


@pytest.mark.parametrize("sent", NONSENSE)
def test_a_browser_may_send_anything(monkeypatch: pytest.MonkeyPatch, sent: object) -> None:
    assert heard(monkeypatch, sent) == []


@pytest.mark.parametrize(("sent", "told"), [(2, [2]), (3, []), (-1, []), (True, []), ("1", []), (1.0, []), (None, [])])
def test_a_click_on_a_curve_tells_one_of_its_points(
    monkeypatch: pytest.MonkeyPatch, sent: object, told: list[int]
) -> None:
    clicked: list[int] = []
    monkeypatch.setattr(live_plot, "heard", lambda _: {"point": sent})
    live_plot._hear("curve", 3, clicked.append)()
    assert clicked == told
