"""The line of what is shown on every page: where the network and its epoch are chosen, with the digit in hand."""

from collections.abc import Callable, Sequence
from typing import Any

from fcnn import published
from fcnn.model_file import Model
from fcnn.reading.text import visible
from runs.view import RunView
from ui import cached
from ui.components.shown_line import Line, draw_line
from ui.digit_in_hand import digit_in_hand
from ui.network_shown import NetworkShown, shown_network
from ui.visit import SHIPPED, Visit
from ui.your_run import is_watching, view_of_run

ABOUT_THE_EXPERT = f"{published.RECORD_STORY} Source: {published.RECORD_SOURCE}, {published.RECORD_LINK}."
SOURCES = {"run": "Your run", "file": "Your file", "ready": "Ready-made", "record": "Expert"}
_OF_THE_APP = "Your network"  # that was made on a page, or is called something else than its file by now
MAX_NAME = 30  # letters of a file's name in the line


def choose_network(
    state: Visit, *, then: Callable[[], None] = lambda: None,
    ends: tuple[str, str] = ("", ""), story: Sequence[int] = (), begins: bool = False,
) -> NetworkShown:  # fmt: skip
    """Draw the line that says which network, epoch and digit the page shows, and return network and epoch.

    Both are chosen there. then() is called after a choice, before anything is drawn
    anew. For ends, story and begins see Line.
    """
    shown = shown_network(state)
    final = shown.final  # what is called at a click is kept by Streamlit: not so the network
    sources = [source for source in SOURCES if _is_there(state, source)]

    def choose(source: str) -> None:
        state.source, state.epoch, state.playing = source, None, False
        then()

    def go_to(number: float, playing: bool) -> None:
        state.epoch, state.playing = (None if number == final else number), playing
        then()

    draw_line(
        Line(
            networks=[(source, _title(state, source)) for source in sources],
            network=shown.source,
            epochs=shown.numbers,
            names=shown.names,
            number=shown.number,
            following=shown.running and state.epoch is None,
            note=_note(state) if state.source == "run" != shown.source else "",
            help=ABOUT_THE_EXPERT if shown.source == "record" else "",
            **_in_hand(state),
            ends=ends,
            story=story,
            begins=begins,
        ),
        on_network=choose,
        on_epoch=go_to,
    )
    return shown


def _in_hand(state: Visit) -> dict[str, Any]:
    digit = digit_in_hand(state)
    return {"digit": digit.image.tobytes(), "digit_label": digit.in_words}


def _note(state: Visit) -> str:
    """Return why another network is shown in place of the run's: it has none yet, or none that was kept."""
    view = view_of_run(state)
    return "until your run begins" if view is None or view.under_way else "since the run's own was not kept"


def _is_there(state: Visit, source: str) -> bool:
    return {"run": view_of_run(state) is not None, "file": state.file is not None}.get(source, True)


def _title(state: Visit, source: str) -> str:
    """Return what to call a network: where it comes from, and its settings."""
    name = f" {visible(state.file_name, MAX_NAME)}" if source == "file" else ""
    network: RunView | Model | None = view_of_run(state) if source == "run" else state.file
    network = cached.shipped_model(source) if source in SHIPPED else network
    theirs = is_watching(state) if source == "run" else source == "file" and not state.file_is_mine
    title = _OF_THE_APP if source == "file" and not state.file_name.lower().endswith(".npz") else SOURCES[source]
    title = title.replace("Your", "Somebody's") if theirs else title
    return f"{title}{name}: {network.spec}" if network else title
