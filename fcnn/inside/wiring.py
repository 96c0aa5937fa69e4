"""What a picture of the network shows: an image on its way to the answer, by the neurons that matter most for it.

A wide layer has more neurons than a picture can hold. Shown are those with the largest effects() on the score of the
answer to this image: others matter for another one. So that the picture stays calm while the network learns, a neuron
that was shown keeps its place until another matters STAY times as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fcnn.inside.neurons import has_exploded
from fcnn.inside.score import gradients
from fcnn.network import N_CLASSES, NetworkSpec, Trace, forward
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Array, Indices, Params

N_SHOWN = 12  # neurons of a layer that a picture has room for
STAY = 2.0  # see choose(): from one moment of learning to the next, half as many of the twelve change as without it


class ShownLayer(NamedTuple):
    """The n neurons of a hidden layer that are shown, in an order that stays the same while the network learns."""

    neurons: Indices  # (n,) their numbers in the layer
    a: Array  # (n,) what they pass on, as it is: a network that exploded passes on inf or nan
    lit: Array  # (n,) the same from -1 to 1, where 1 is the strongest of the whole layer; always finite
    n_more: int  # neurons of the layer that are not shown


@dataclass(frozen=True, eq=False)
class Wiring:
    """One image on its way through the network, as far as it is shown; what is to be drawn is always finite.

    Links are what one place adds to the z of another, from -1 to 1 for the strongest of its array.
    """

    image: Pixels  # (D,) as it was given
    hidden: tuple[ShownLayer, ...]  # first to last
    from_image: Array  # (n_1,) what the whole image adds to each neuron of the first layer, shown hidden or outputs
    links: tuple[Array, ...]  # (n_i, n_i+1) for each hidden layer: activation times weight to what is shown next
    probabilities: Array  # (K,) of the digits; all 0 without an answer
    answer: int | None  # the digit with the largest; None: the network exploded and has no answer
    exploded: bool  # whether some numbers are not finite, or beyond those of a network that learns


@np.errstate(over="ignore", invalid="ignore")
def wire(
    spec: NetworkSpec, params: Params, image: Pixels, *, n_shown: int = N_SHOWN,
    chosen: Sequence[Indices] | None = None, previous: Wiring | None = None, stay: float = STAY,
) -> Wiring:  # fmt: skip
    """Return what a picture of this network shows while it reads an image (D,).

    Args:
        spec: the network.
        params: its parameters.
        image: bytes from 0 to 255 or numbers from 0 to 1.
        n_shown: how many neurons of a layer may be shown.
        chosen: the neurons of each hidden layer that are shown, in this order, instead of those that matter most.
        previous: what was shown before, whose neurons stay if they still matter; ignored if of other widths.
        stay: how many times as much as a shown neuron another must matter to take its place; inf: it never does.

    Raises:
        ValueError: the image has not as many pixels as the network inputs.
    """
    trace = forward(spec, params, as_numbers(image)[None])
    probabilities = trace.a[-1][0]
    answer = int(probabilities.argmax()) if np.isfinite(probabilities).all() else None
    if chosen is None:
        before = _shown_before(previous, spec, n_shown)
        sizes = effects(spec, params, trace, answer)
        chosen = [choose(effect, n_shown, stood, stay) for effect, stood in zip(sizes, before, strict=True)]
    ends = [*chosen, np.arange(N_CLASSES)]
    pairs = zip(trace.a[1:-1], params[1:], pairwise(ends), strict=True)
    return Wiring(
        image=image,
        hidden=tuple(_show(a[0], neurons) for a, neurons in zip(trace.a[1:-1], chosen, strict=True)),
        from_image=scaled((trace.z[0][0] - params[0].b)[ends[0]]),
        links=tuple(scaled(a[0, here, None] * W[np.ix_(here, there)]) for a, (W, _), (here, there) in pairs),
        probabilities=np.zeros(N_CLASSES) if answer is None else probabilities,
        answer=answer,
        exploded=answer is None or any(has_exploded((layer,)) for layer in params),
    )


def effects(spec: NetworkSpec, params: Params, trace: Trace, answer: int | None) -> list[Array]:
    """Return what each neuron of each hidden layer adds to the score of the answer, of shape (n_i,), first to last.

    The score is the z of the answer less the mean z of all digits, since what raises all of them alike decides
    nothing. An effect is activation times gradient of the score by the activation: for the last hidden layer exactly
    what the score loses if the neuron is silent, for earlier ones what it would lose if all slopes stayed the same.
    Without an answer nothing has an effect.
    """
    if answer is None:
        return [np.zeros(width) for width in spec.hidden]
    direction = np.full(N_CLASSES, -1 / N_CLASSES, trace.z[-1].dtype)  # d score / dz
    direction[answer] += 1
    hidden = trace.a[-2:0:-1]  # as gradients() comes by them, the image left out
    found = [(a * gradient)[0] for a, gradient in zip(hidden, gradients(spec, params, trace, direction), strict=False)]
    return found[::-1]


def choose(effect: Array, n: int, before: Indices | None = None, stay: float = STAY) -> Indices:
    """Return the n neurons with the largest effects of either sign, by number; equal ones as stored.

    Those that were shown before keep their places, until another matters more than stay times as much: the one that
    then matters most takes the place of the one that matters least.
    """
    size = np.nan_to_num(np.abs(effect))
    if before is None:
        return np.sort(np.argsort(-size, kind="stable")[:n])
    others = np.setdiff1d(np.arange(len(size)), before)
    strongest = others[np.argsort(-size[others], kind="stable")][: len(before)]
    weakest = np.argsort(size[before], kind="stable")[: len(strongest)]  # places
    gives_way = size[strongest] / stay > size[before[weakest]]  # inf times 0 is not a number
    shown = before.copy()
    shown[weakest[gives_way]] = strongest[gives_way]
    return shown


def scaled(values: Array) -> Array:
    """Return numbers as shares of the largest size among them, from -1 to 1; nan is 0, infinite is an end."""
    numbers = values.astype(np.float64)
    largest = np.abs(numbers).max(where=np.isfinite(numbers), initial=0)
    shares: Array = np.nan_to_num(np.clip(numbers / (largest or 1), -1, 1))
    return shares


def _show(a: Array, neurons: Indices) -> ShownLayer:
    return ShownLayer(neurons, a[neurons], scaled(a)[neurons], len(a) - len(neurons))


def _shown_before(previous: Wiring | None, spec: NetworkSpec, n_shown: int) -> list[Indices | None]:
    """Return which neurons of each hidden layer were shown, None for all if that was another network."""
    stood = [(len(layer.neurons), layer.n_more) for layer in previous.hidden] if previous else []
    fitting = [(min(n_shown, width), max(width - n_shown, 0)) for width in spec.hidden]
    return [layer.neurons for layer in previous.hidden] if previous and stood == fitting else [None] * len(fitting)
