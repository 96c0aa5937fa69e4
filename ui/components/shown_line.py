"""The line of what is shown, the same on every page: which network, named by its settings, and which epoch of it."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ui.components.moments import MOMENTS
from ui.components.mount import component
from ui.visit import heard

KEY = "shown_line"
_HTML = """<div class="line" role="group" aria-label="What is shown" translate="no">
  <select class="network" aria-label="Network"></select>
  <span class="note"></span>
  <button class="play" type="button" aria-label="Play">
    <svg class="start" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 2l10 6-10 6z"/></svg>
    <svg class="pause" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 2h4v12H3zM9 2h4v12H9z"/></svg>
  </button>
  <span class="before"></span>
  <input class="slider" type="range" min="0" max="1" step="1" aria-label="Epoch">
  <span class="after"></span>
  <span class="says"></span>
  <canvas class="digit" width="28" height="28" role="img"></canvas>
  <button class="help" type="button" popovertarget="more" aria-label="About this network">?</button>
  <div class="more" id="more" popover></div>
</div>"""
_mount = component(__file__, KEY, html=_HTML, uses=MOMENTS)


class Line(NamedTuple):
    """What the line says."""

    networks: Sequence[tuple[str, str]]  # (word, title) of each that can be chosen
    network: str  # the word of the chosen one
    epochs: Sequence[float]  # the numbers that can be chosen, rising
    names: Sequence[str]  # what each of them is called
    number: float  # the chosen one
    following: bool = False  # whether the newest is shown because nobody has chosen, and newer ones are coming
    note: str = ""  # a few words more, where there is room
    help: str = ""  # a sentence or two behind a question mark
    digit: bytes = b""  # 784 levels of ink: the digit that runs through the network; b"" for none
    digit_label: str = ""  # what it is, in words
    ends: tuple[str, str] = ("", "")  # what stands at the ends of the slider; then the epoch is not written out
    story: Sequence[int] = ()  # places on the slider whose moments the page shows without being drawn anew
    begins: bool = False  # whether the story tells itself, once, unless the visitor wants no motion


def draw_line(line: Line, *, on_network: Callable[[str], None], on_epoch: Callable[[float, bool], None]) -> None:
    """Draw the line.

    Args:
        line: what it says.
        on_network: called with the word of the network that a hand has chosen, before the page is drawn anew.
        on_epoch: called with the epoch that a hand, or the player that a hand has started, has come to; and whether
            it goes on playing.
    """

    def network_chosen() -> None:
        word = _sent("network")
        if word in dict(line.networks):
            on_network(str(word))

    def epoch_chosen() -> None:
        sent = _sent("epoch")
        if not isinstance(sent, Mapping):  # the browser may send anything
            return
        # The range under a hand may be older than the line: its end is the end, and what was let go has neighbours.
        number = line.epochs[-1] if sent.get("newest") is True else sent.get("number")
        if isinstance(number, int | float) and type(number) is not bool and 0 <= number <= line.epochs[-1]:
            on_epoch(number, sent.get("playing") is True)

    _mount(
        data=line._asdict()
        | {
            "networks": [{"id": word, "title": title} for word, title in line.networks],
            "digit": base64.b64encode(line.digit).decode(),
            "story": list(line.story),
            "at": list(line.epochs).index(line.number),
        },
        key=KEY,
        on_network_change=network_chosen,
        on_epoch_change=epoch_chosen,
    )


def _sent(name: str) -> object:
    return heard(KEY).get(name)
