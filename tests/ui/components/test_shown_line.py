"""What the line of what is shown makes of the messages of a browser."""

import pytest

from ui.components import shown_line
from ui.components.shown_line import Line, draw_line

EPOCHS = (0, 1, 2, 4, 8)
NAMES = tuple(f"epoch {number}" for number in EPOCHS)
LINE = Line([("run", "Your run"), ("ready", "Ready-made")], "run", EPOCHS, NAMES, number=8, following=True)


def heard(monkeypatch: pytest.MonkeyPatch, name: str, message: object) -> list[object]:
    """Return what draw_line() passes on of a message of the browser."""
    passed_on: list[object] = []
    monkeypatch.setattr(shown_line, "heard", lambda _: {name: message})
    monkeypatch.setattr(shown_line, "_mount", lambda **sent: sent[f"on_{name}_change"]())
    draw_line(LINE, on_network=passed_on.append, on_epoch=lambda *choice: passed_on.append(choice))
    return passed_on


def test_an_epoch_that_was_let_go_under_the_hand_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch, "epoch", {"number": 3, "newest": False, "playing": False}) == [(3, False)]


def test_the_end_of_an_older_range_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch, "epoch", {"number": 4, "newest": True, "playing": False}) == [(8, False)]


def test_a_network_is_one_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch, "network", "ready") == ["ready"]


NONSENSE: list[object] = [None, 5, "5", [], {}, {"number": "5"}, {"number": True}, {"number": float("nan")}]
NONSENSE += [{"number": number} for number in (-1, 9, 10**30, -0.5, float("inf"), None, [5])]
NETWORKS: list[object] = [None, "", "file", "../../etc", 5]


@pytest.mark.parametrize(("name", "messages"), [("epoch", NONSENSE), ("network", NETWORKS)])
def test_a_browser_may_send_anything(monkeypatch: pytest.MonkeyPatch, name: str, messages: list[object]) -> None:
    for message in messages:
        assert heard(monkeypatch, name, message) == []
