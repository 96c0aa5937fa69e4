"""Parts of pages that draw themselves again and again: how often, and what happens when that changes."""

from collections.abc import Callable
from typing import Any

import pytest

from ui import following
from ui.visit import Visit


class RerunError(Exception):
    """The whole page is drawn anew."""


class Fragments:
    """Stands in for st.fragment: notes what it is given, and can draw it again, as a browser's timer would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.every: list[float | None] = []
        self.names: list[str] = []
        self.again: Callable[[], Any] = lambda: None
        monkeypatch.setattr("streamlit.fragment", self.fragment)
        monkeypatch.setattr("streamlit.rerun", self.rerun)

    def rerun(self) -> None:
        raise RerunError

    def fragment(self, draw: Callable[..., Any], *, run_every: float | None) -> Callable[..., Any]:
        self.every.append(run_every)
        self.names.append(f"{draw.__module__}.{draw.__qualname__}")

        def begin(*args: Any) -> None:  # noqa: ANN401 - passed on
            self.again = lambda: draw(*args)
            self.again()

        return begin


def part(state: Visit) -> None:
    state.reveals += 1


@pytest.mark.parametrize("every_s", [None, 0.4, 2.0])
def test_a_part_is_drawn_at_once_and_again_at_its_pace(monkeypatch: pytest.MonkeyPatch, every_s: float | None) -> None:
    fragments, state = Fragments(monkeypatch), Visit()
    following.follow(part, state, lambda _: every_s)
    fragments.again()
    assert (fragments.every, state.reveals) == ([every_s], 2)


@pytest.mark.parametrize(("first", "then"), [(None, 1.0), (1.0, None), (1.0, 3.0)])
def test_the_page_is_drawn_anew_when_the_pace_has_become_another(
    monkeypatch: pytest.MonkeyPatch, first: float | None, then: float | None
) -> None:
    fragments, state, paces = Fragments(monkeypatch), Visit(), [first]
    following.follow(part, state, lambda _: paces[-1])
    paces.append(then)
    with pytest.raises(RerunError):
        fragments.again()
    assert state.reveals == 1


def test_each_part_goes_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    fragments = Fragments(monkeypatch)
    following.follow(part, Visit(), lambda _: None)
    assert fragments.names == [f"{part.__module__}.part"]
