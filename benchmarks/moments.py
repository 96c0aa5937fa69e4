"""What moments inside of the first epochs cost: the same run with and without them, in turns.

Run: python -m benchmarks.moments [repeats]. Ends with 1 if a preset is slowed by more than it may be. For one thread:
OPENBLAS_NUM_THREADS=1; then BENCHMARK_CLOCK=processor helps on a machine that has other work.
Beside the ratio of the runs, which is as uncertain as they vary, stands how much of a run's time its glances took.
"""

import sys
from dataclasses import replace
from statistics import median
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.clock import now
from benchmarks.targets import Cell, at_most, n_missed, table
from fcnn import Epoch, load, measuring, train_steps
from fcnn.mnist import Dataset
from fcnn.moments import moments_inside
from fcnn.presets import PRESETS, Preset

MOST_SLOWER = {"quick": 0.03, "accurate": 0.03}  # of the time of a run; of Accurate nothing should be measurable
N_EPOCHS = 10


class Cost(NamedTuple):
    """What a run took, in seconds."""

    whole: float
    glances: float


def nothing_inside(_epoch: int, _n_batches: int) -> frozenset[int]:
    """Stand in for moments_inside()."""
    return frozenset()


def cost(preset: Preset, data: Dataset, *, with_moments: bool) -> Cost:
    """Run a preset, with its moments or without."""
    config, glances = replace(preset.config, n_epochs=N_EPOCHS), 0.0

    def timed(*args: Any, **more: Any) -> Epoch:  # noqa: ANN401
        nonlocal glances
        start = now()
        seen = measuring.glance(*args, **more)
        glances += now() - start
        return seen

    moments = moments_inside if with_moments else nothing_inside
    with patch("fcnn.training.glance", timed), patch("fcnn.training.moments_inside", moments):
        start = now()
        for _ in train_steps(preset.spec, data, lambda: config):
            pass
        return Cost(now() - start, glances)


def row(name: str, data: Dataset, repeats: int) -> list[object]:
    """Run a preset both ways, who is first changing from pair to pair, and return what is printed of it."""
    runs: dict[bool, list[Cost]] = {True: [], False: []}
    for i in range(repeats):
        for with_moments in (i % 2 == 0, i % 2 == 1):
            runs[with_moments].append(cost(PRESETS[name], data, with_moments=with_moments))
    slower = median(after.whole / before.whole for after, before in zip(runs[True], runs[False], strict=True)) - 1
    share = median(run.glances / (run.whole - run.glances) for run in runs[True])
    seconds = [Cell(median(run.whole for run in runs[way])) for way in (False, True)]
    return [name, *seconds, Cell(slower, ".1%", at_most(MOST_SLOWER[name])), Cell(share, ".1%")]


def main(repeats: int) -> int:
    """Print the times and the ratio of each preset, and return what the shell is told."""
    data = load().split()
    rows = [row(name, data, repeats) for name in MOST_SLOWER]
    print(table([f"{N_EPOCHS} epochs", "without (s)", "with (s)", "slower by", "glances alone"], rows))
    return int(n_missed(rows) > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
