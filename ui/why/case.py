"""What the page explains: one network, one digit, its answer, and the other digit that this is compared with."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from charts.answers import DIGITS, sure
from fcnn.inside.neurons import has_exploded
from fcnn.inside.score import Pair
from fcnn.network import Trace, forward
from fcnn.pixels import as_numbers
from fcnn.types import Array
from ui.choices import choice
from ui.digit_in_hand import Digit, digit_in_hand
from ui.network_shown import NetworkShown, shown_network
from ui.visit import Visit

OTHER, USUAL = "other", "usual"  # the word of the address, and its first option


class Case(NamedTuple):
    """A network while it reads a digit; not to be kept."""

    shown: NetworkShown
    digit: Digit
    trace: Trace  # of this digit alone

    @property
    def probabilities(self) -> Array:
        """The ten probabilities, of shape (K,)."""
        p: Array = self.trace.a[-1][0]
        return p

    @property
    def sound(self) -> bool:
        """Whether the network has an answer, and numbers that can be reckoned with."""
        finite = all(np.isfinite(z).all() for z in self.trace.z) and np.isfinite(self.probabilities).all()
        return bool(finite) and not any(has_exploded((layer,)) for layer in self.shown.params)

    @property
    def answer(self) -> int:
        """The digit that it answers; only of a sound network."""
        return int(self.probabilities.argmax())

    @property
    def runner_up(self) -> int:
        """The digit that comes second."""
        return int(self.probabilities.argsort()[-2])

    @property
    def usual_other(self) -> int:
        """The digit to compare with as long as nobody chooses: the truth, or the runner-up where that is the answer."""
        truth = self.digit.truth
        return self.runner_up if truth is None or truth == self.answer else truth


def case_of(state: Visit) -> Case:
    """Let the network that is shown read the digit in hand."""
    shown, digit = shown_network(state), digit_in_hand(state)
    with np.errstate(over="ignore", invalid="ignore"):
        return Case(shown, digit, forward(shown.spec, shown.params, as_numbers(digit.image)[None]))


def others(case: Case) -> Mapping[str, str]:
    """Return the digits that the answer can be compared with: the word for the address -> the words on the screen."""
    usual, p = case.usual_other, case.probabilities
    which = "the truth" if usual == case.digit.truth else "the runner-up"
    digits = {digit: f"{digit} ({sure(p[int(digit)])})" for digit in DIGITS if int(digit) != case.answer}
    return {USUAL: f"{usual}, {which}"} | digits


def pair_of(state: Visit, case: Case) -> Pair:
    """Return the answer, and the digit that it is compared with."""
    chosen = choice(state, OTHER, others(case))
    return Pair(case.answer, case.usual_other if chosen == USUAL else int(chosen))
