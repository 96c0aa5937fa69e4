"""What moments inside of the first epochs cost: the same run with and without them, in turns.

Run: python -m benchmarks.moments [repeats]. Ends with 1 if 'Quick' is slowed by more than it may be.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter
from unittest.mock import patch

from fcnn import load, train_steps
from fcnn.mnist import Dataset
from fcnn.moments import moments_inside
from fcnn.presets import PRESETS, Preset

AT_MOST = {"quick": 0.03, "accurate": 0.03}  # of the time of a run
N_EPOCHS = 10


def nothing_inside(_epoch: int, _n_batches: int) -> frozenset[int]:
    """Stand in for moments_inside()."""
    return frozenset()


def seconds(preset: Preset, data: Dataset, moments: Callable[[int, int], frozenset[int]]) -> float:
    """Return how long a run takes that is looked at in these moments."""
    config = replace(preset.config, n_epochs=N_EPOCHS)
    with patch("fcnn.training.moments_inside", moments):
        since = perf_counter()
        for _ in train_steps(preset.spec, data, lambda: config):
            pass
        return perf_counter() - since


def main(repeats: int) -> int:
    """Print the times and the ratio of each preset, and return what the shell is told."""
    data, failed = load().split(), 0
    print("preset", "epochs", "without (s)", "with (s)", "with / without", "at most", sep="\t")
    for name, at_most in AT_MOST.items():
        preset = PRESETS[name]
        pairs = [
            [seconds(preset, data, moments) for moments in (nothing_inside, moments_inside)] for _ in range(repeats)
        ]
        without, with_them = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(after / before for before, after in pairs)
        print(name, N_EPOCHS, f"{without:.2f}", f"{with_them:.2f}", f"{ratio:.3f}", 1 + at_most, sep="\t", flush=True)
        failed |= ratio > 1 + at_most
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
