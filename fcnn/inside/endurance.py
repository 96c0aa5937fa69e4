"""Accuracy over strength: of a network that is damaged more and more, or of digits that become worse."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from fcnn.inside.worse import worsen
from fcnn.metrics import Figures, answer, answer_rows, join, rows_in_pieces, summarize
from fcnn.mnist import spread
from fcnn.network import NetworkSpec
from fcnn.types import Examples, Params

# On 2,000 an accuracy of 95 % is within 1 point of that on all, one of 50 % within 2, and on 500 within 2 and 5 (in 95
# of 100 cases).
N_DIGITS = (10_000, 5_000, 2_000, 1_000, 500)
WORK_IN_A_SECOND = 30e9  # multiplications of a pass that a core does, with what is around it
WORK_OF_AN_IMAGE = 200_000  # as many take as long as to make an image worse


def digits_for(spec: NetworkSpec, n_strengths: int, test: Examples, *, worse: bool = False) -> Examples:
    """Return the digits on which so many strengths can be measured within a second: all, or some spread over them.

    Args:
        spec: the network.
        n_strengths: that are to be measured.
        test: the digits there are.
        worse: whether each digit has to be made worse at each strength.
    """
    of_a_digit = n_strengths * (spec.n_parameters + (WORK_OF_AN_IMAGE if worse else 0))
    n = next((n for n in N_DIGITS if n * of_a_digit <= WORK_IN_A_SECOND), N_DIGITS[-1])
    rows = spread(n, len(test.X))
    return Examples(test.X[rows], test.labels[rows])


def damaged(
    spec: NetworkSpec, damage: Callable[[float], Params], strengths: Sequence[float], digits: Examples
) -> Iterator[Figures]:
    """Yield how a network does at each strength of a damage, such as one of fcnn/inside/surgery.py."""
    for strength in strengths:
        yield summarize(answer(spec, damage(strength), digits), digits.labels)


def worsened(
    spec: NetworkSpec, params: Params, way: str, strengths: Sequence[float], digits: Examples, *, seed: int = 0
) -> Iterator[Figures]:
    """Yield how a network does on digits that become worse in one of WAYS; the random numbers are those of the seed.

    Raises:
        ValueError: there is no such way, or a strength is out of its range.
    """
    for strength in strengths:
        rng, pieces = np.random.default_rng(seed), []  # the same noise at each strength, only louder
        for rows in rows_in_pieces(len(digits.X)):  # as numbers all images would take 31 MB for each visitor
            X = worsen(way, digits.X[rows], strength, rng=rng)
            pieces.append(answer_rows(spec, params, Examples(X, digits.labels[rows])))
        yield summarize(join(pieces), digits.labels)
