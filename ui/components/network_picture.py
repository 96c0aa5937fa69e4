"""A picture of the network while it reads a digit: the image, the neurons that matter, the ten outputs, and the links.

It is built once and takes new numbers in place. All of them cross the wire as one string of 8-bit levels, some 2 kB;
what is shown beside them are words.
"""

import base64
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from charts.answers import sure
from charts.palette import INK, NEGATIVE, NOT_A_NUMBER, POSITIVE
from fcnn.inside.wiring import Wiring
from fcnn.types import Array
from ui.components.moments import MOMENTS
from ui.components.mount import component
from ui.components.picture_buttons import hear_buttons, sent_buttons
from ui.words import a_digit

NOTE = "Shown: the neurons that matter most for this answer."
EXPLODED = "This network exploded: its numbers grew far beyond any use."
PINK = "Pink marks what is no longer a number."
_LEAST = 0.01  # a smaller probability is not written out
_FAINT = 0.05  # a neuron that is less below zero than this looks silent
_HTML = """<div class="network">
        <div class="picture" role="img" translate="no">
            <canvas width="28" height="28" aria-hidden="true"></canvas>
            <svg class="links" aria-hidden="true"></svg><svg class="nodes" aria-hidden="true"></svg>
        </div>
        <p class="legend"><span class="active">active</span><span class="below">active, below zero</span
            ><span class="adds">adds</span><span class="subtracts">subtracts</span><span class="note"></span></p>
    </div>"""
_mount = component(__file__, "network_picture", html=_HTML, uses=MOMENTS)
_NONE: Mapping[int, Wiring] = MappingProxyType({})


def network_picture(
    wiring: Wiring, *, key: str, truth: int | None = None, height: int = 300, turn: int = 0,
    moments: Mapping[int, Wiring] = _NONE, opened: tuple[int, int] | None = None,
    on_open: Callable[[int, int], None] | None = None,
) -> None:  # fmt: skip
    """Draw the network; a place narrower than a phone held upright is long gets it from top to bottom.

    Args:
        wiring: What is shown, from fcnn.inside.wiring.
        key: Names the picture on its page.
        truth: The true digit, where it is known: it is marked, and the answer called right or wrong.
        height: In pixels of a laptop, with the legend; from top to bottom it takes what it needs.
        turn: A new number lets the digit run through the network once, layer by layer; 0 never does.
        moments: The same neurons of the same network at other moments, for a story that goes through them.
        opened: The layer and the neuron that is marked, (0, 17); a digit is a neuron of the last layer.
        on_open: Called, before the page is drawn anew, with the layer and the neuron that was clicked.
    """
    sent = _at_moment(wiring, truth) | {
        "hidden": [[len(layer.neurons), layer.n_more] for layer in wiring.hidden],
        "truth": truth,
        "height": height,
        "turn": turn,
        "colours": [POSITIVE, NEGATIVE, NOT_A_NUMBER],
        "ink": dict(INK),
        "moments": {str(place): _at_moment(then, truth) for place, then in moments.items()},
    }
    if on_open is None:
        _mount(data=sent, key=key)
        return
    sent |= sent_buttons(wiring, opened)
    _mount(data=sent, key=key, on_opened_change=hear_buttons(key, wiring, on_open))


def _at_moment(wiring: Wiring, truth: int | None) -> dict[str, Any]:
    return {
        "levels": base64.b64encode(_levels(wiring)).decode(),
        "percents": [sure(p) if p >= _LEAST else "" for p in wiring.probabilities],
        "answer": wiring.answer,
        "below": any((layer.lit < -_FAINT).any() for layer in wiring.hidden),
        "note": _note(wiring),
        "says": describe(wiring, truth),
    }


def describe(wiring: Wiring, truth: int | None = None) -> str:
    """Return in a sentence or two what the picture shows: its name for screen readers."""
    widths = [len(layer.neurons) + layer.n_more for layer in wiring.hidden]
    way = _hidden_words(widths) if widths else "no hidden layer"
    told = "" if truth is None else f" of {a_digit(truth)}"
    parts = f"{len(wiring.image)} pixels, {way}, ten digits"
    return f"The network reads a picture{told}: {parts}. {_answer_words(wiring, truth)}"


def _hidden_words(widths: list[int]) -> str:
    *first, last = [f"{width:,}" for width in widths]
    layers = f"{len(widths)} hidden layers" if first else "one hidden layer"
    numbers = f"{', '.join(first)} and {last}" if first else last
    return f"{layers} of {numbers} neuron{'' if widths == [1] else 's'}"


def _answer_words(wiring: Wiring, truth: int | None) -> str:
    if wiring.answer is None:
        return f"It has no answer. {EXPLODED}"
    verdict = "" if truth is None else ", which is right" if truth == wiring.answer else ", which is wrong"
    words = f"It answers {wiring.answer}{verdict}, {sure(wiring.probabilities[wiring.answer])} sure."
    return f"{words} {EXPLODED}" if wiring.exploded else words


def _note(wiring: Wiring) -> str:
    if wiring.exploded:
        countable = all(np.isfinite(layer.a).all() for layer in wiring.hidden)
        return EXPLODED if countable else f"{EXPLODED} {PINK}"
    return NOTE if any(layer.n_more for layer in wiring.hidden) else ""


def _levels(wiring: Wiring) -> bytes:
    """Return the image, the neurons of each layer, the links in their order, and the probabilities, a byte each."""
    image = wiring.image if wiring.image.dtype == np.uint8 else np.rint(255 * np.clip(wiring.image, 0, 1))
    neurons = [np.where(np.isfinite(layer.a), _signed(layer.lit), 0) for layer in wiring.hidden]
    links = [_signed(array).ravel() for array in (wiring.from_image, *wiring.links)]
    parts = [image, *neurons, *links, np.rint(255 * wiring.probabilities)]
    return np.concatenate(parts).astype(np.uint8).tobytes()


def _signed(shares: Array) -> npt.NDArray[Any]:
    """Return levels from 1 (-1) to 255 (1): 128 is exactly 0, and level 0 says 'not a number'."""
    return np.asarray(128 + np.rint(127 * shares))
