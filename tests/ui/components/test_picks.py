"""What a page believes of the picks that a browser sends."""

from typing import Any

import pytest

from ui.components import picks as module
from ui.components.picks import hear_picks, sent_picks


def heard(monkeypatch: pytest.MonkeyPatch, message: object) -> list[list[str]]:
    """Return what is passed on of a message, where the runs a, b and c are known."""
    calls: list[list[str]] = []
    monkeypatch.setattr(module, "heard", lambda _: {"picked": message})
    hear_picks("table", ["a", "b", "c"], calls.append)()
    return calls


def test_picks_are_passed_on_in_the_order_of_the_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch, {"ids": ["c", "a"], "number": 1}) == [["a", "c"]]
    assert heard(monkeypatch, {"ids": [], "number": 2}) == [[]]


@pytest.mark.parametrize("ids", [["d"], [1, None, ["a"]], [{"a": 1}]])
def test_ids_that_nobody_knows_are_no_picks(monkeypatch: pytest.MonkeyPatch, ids: object) -> None:
    assert heard(monkeypatch, {"ids": ids}) == [[]]


@pytest.mark.parametrize("message", [None, 1, "a", ["a"], {}, {"ids": "abc"}, {"ids": ["a"] * 4}, {"ids": {"a": 1}}])
def test_a_message_that_makes_no_sense_is_not_heard(monkeypatch: pytest.MonkeyPatch, message: object) -> None:
    assert heard(monkeypatch, message) == []


@pytest.mark.parametrize(("message", "number"), [({"ids": [], "number": 7}, 7), (None, 0), ({"number": "7"}, 0)])
def test_the_browser_is_told_which_message_was_heard(
    monkeypatch: pytest.MonkeyPatch, message: object, number: int
) -> None:
    monkeypatch.setattr(module, "heard", lambda _: {"picked": message})
    sent: dict[str, Any] = sent_picks("table", {"b", "a"})
    assert sent == {"picked": ["a", "b"], "heard": number}
