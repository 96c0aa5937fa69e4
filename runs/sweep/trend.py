"""What more of something brings, as a sentence: more neurons, more images."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fcnn.mnist import N_VALIDATION

HARDLY = 0.3  # points: what is less hardly helps
N_TRAIN = 60_000 - N_VALIDATION


class Point(NamedTuple):
    """What a tried value reaches, in percent of the validation digits."""

    words: str  # 'neurons 64': the setting and its value, as they stand inside of a sentence
    value: Any
    values: tuple[float, ...]  # one for each seed, one or more
    n_measured: int  # validation digits on which they were measured, all together
    exploded: bool  # whether all of these runs diverged

    @property
    def mean(self) -> float:
        """What it reaches on average."""
        return sum(self.values) / len(self.values)

    @property
    def percent(self) -> str:
        """That, as people read it."""
        return f"{self.mean:.2f} %"

    @property
    def title(self) -> str:
        """The words, as a sentence begins."""
        return self.words[:1].upper() + self.words[1:]


def of_widths(points: Sequence[Point], so_far: str) -> str:
    """Say from which width on more neurons hardly help; "" if these are not widths of a single layer.

    Args:
        points: two or more of different widths.
        so_far: what stands behind 'more neurons' as long as not all have ended.
    """
    if not all(len(point.value) == 1 for point in points):
        return ""
    rising = sorted(points, key=lambda point: point.value)
    for i, point in enumerate(rising[:-1]):
        best = max(rising[i + 1 :], key=lambda other: other.mean)
        gain, n = best.mean - point.mean, point.value[0]
        if gain < HARDLY:
            bring = f"bring {gain:.2f} points at best" if gain > 0 else "bring nothing"
            return (
                f"More than {_neurons(n)} {bring}{so_far}: {point.percent} of the validation digits are right with "
                f"{n:,}, and {best.percent} with {best.value[0]:,}."
            )
    before, last = rising[-2:]
    return (
        f"More neurons still help{so_far}: {before.percent} of the validation digits are right with "
        f"{before.value[0]:,}, and {last.percent} with {last.value[0]:,}."
    )


def of_images(points: Sequence[Point], so_far: str) -> str:
    """Say what ten times as many images bring.

    Args:
        points: two or more of different numbers of images.
        so_far: what stands behind the numbers as long as not all have ended.
    """
    by_n = {point.value or N_TRAIN: point for point in points}
    fewest, most = min(by_n), max(by_n)
    words = (
        f"With {fewest:,} images, {by_n[fewest].percent} of the validation digits are right{so_far}; with {most:,}, "
        f"{by_n[most].percent}."
    )
    tenfold = [(n, 10 * n) for n in sorted(by_n) if 10 * n in by_n]
    if not tenfold:
        return words
    ends = dict.fromkeys([tenfold[0], tenfold[-1]])
    changes = (f"{_points(by_n[b].mean - by_n[a].mean)} from {a:,} to {b:,}" for a, b in ends)
    return f"{words} Ten times as many make {', and '.join(changes)}."


def _points(change: float) -> str:
    return f"{abs(change):.1f} points {'less' if change < 0 else 'more'}"


def _neurons(n: int) -> str:
    return f"{n:,} neuron{'' if n == 1 else 's'}"
