"""What a neuron does, in words: which digits make it fire, and which answers it then speaks for. No st function."""

from collections.abc import Sequence

import numpy as np

from fcnn.types import Array
from ui.words import a_digit

NBSP, ARROW = "\N{NO-BREAK SPACE}", "\N{RIGHTWARDS ARROW}"
SILENT = "No test digit makes it fire: it is silent, and has no say in any answer."

Kinds = Sequence[tuple[int, int]]  # (digit, how many of it) among those that excite a neuron most, the commonest first


def under_tile(neuron: int, kinds: Kinds, weights: Array) -> str:
    """Return both facts as a short line, '#3: 2s -> 9'.

    Args:
        neuron: its number.
        kinds: which digits make it fire.
        weights: what it adds to the score of each digit, of shape (K,).
    """
    if not kinds:
        return f"#{neuron}: silent"
    said = _side(weights)
    return f"#{neuron}:{NBSP}{kinds[0][0]}s" + (f" {ARROW}{NBSP}{said}" if said else "")


def what_it_does(kinds: Kinds, weights: Array, *, deep: bool) -> str:
    """Return both facts as sentences, so that they make sense together.

    Args:
        kinds: which digits make it fire.
        weights: what it adds to the score of each digit, of shape (K,).
        deep: whether more hidden layers come after it, so that the weights are a rough guide.
    """
    if not kinds:
        return SILENT
    fires = f"**It fires most for {kinds[0][0]}s**: {how_many(kinds)}"
    roughly = "roughly, " if deep else ""
    speaks = f"**It then speaks** {roughly}{_both_sides(weights)}."
    why = ""
    if weights.max() > 0 and weights.argmax() != kinds[0][0]:
        why = (
            f" That is no contradiction: it reports a stroke that {kinds[0][0]}s have, and other digits have it too. "
            "The answer is the sum of what all neurons say."
        )
    return f"{fires}  \n{speaks}{why}"


def how_many(kinds: Kinds, fits: str = "excite it most") -> str:
    """Return the count of the commonest two: 'of the 100 test digits that excite it most, 92 are 2s and 1 is an 8.'."""
    n = sum(count for _, count in kinds)
    if n == 1:
        return f"a single test digit lifts it above 0, {a_digit(kinds[0][0])}."
    return f"of the {n} test digits that {fits}, " + " and ".join(_are(*kind) for kind in kinds[:2]) + "."


def _are(digit: int, count: int) -> str:
    return f"1 is {a_digit(digit)}" if count == 1 else f"{count} are {digit}s"


def _side(weights: Array) -> str:
    if not np.isfinite(weights).all() or not weights.any():
        return ""
    return str(weights.argmax()) if weights.max() > 0 else f"not{NBSP}{weights.argmin()}"


def _both_sides(weights: Array) -> str:
    if not np.isfinite(weights).all():
        return "with weights beyond what a computer can hold"
    gains, loses = weights.max() > 0, weights.min() < 0
    if gains and loses:
        ratio = -float(weights.min()) / float(weights.max())
        strongly = " and, more strongly," if ratio >= 2 else " and, more weakly," if ratio <= 0.5 else " and"
        return f"for **{weights.argmax()}**{strongly} against **{weights.argmin()}**"
    if gains:
        return f"for all digits, most for **{weights.argmax()}**"
    return f"against all digits, most against **{weights.argmin()}**" if loses else "for none: it has no say"
