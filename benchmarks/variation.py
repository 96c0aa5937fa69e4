"""What it costs that the images vary, beside the training itself: 784 x 800 x 10 in batches of 128.

Run: python -m benchmarks.variation [number of epochs that count]. Ends with 1 if varying takes longer than training.
Epochs with and without take turns; a figure is the median. For one thread: OPENBLAS_NUM_THREADS=1.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter

from benchmarks.targets import Cell, at_most
from fcnn import Epoch, TrainConfig, load, mnist_spec, train
from fcnn.presets import PRESETS

SPEC = mnist_spec((800,))
CONFIG = TrainConfig(n_epochs=100_000)
VARIED = replace(CONFIG, augmentation=PRESETS["record"].config.augmentation)
MOST = 1.0  # times the time of training


def seconds_of(epochs: Iterator[Epoch]) -> float:
    """Return how long the next epoch takes."""
    start = perf_counter()
    next(epochs)
    return perf_counter() - start


def main(n: int) -> int:
    """Measure n epochs of either kind, print the ratio, and return what the shell is told."""
    data = load().split()
    plain, varied = (train(SPEC, data, config) for config in (CONFIG, VARIED))
    for epochs in (plain, varied):
        next(epochs)  # epoch 0, the network before it learned anything
        next(epochs)
    pairs = [(seconds_of(plain), seconds_of(varied)) for _ in range(n)]
    training, with_variation = (median(times) for times in zip(*pairs, strict=True))
    ratio = Cell((with_variation - training) / training, ".2f", at_most(MOST))
    print(f"an epoch takes {training:.2f} s, and {with_variation:.2f} s with images that vary; more by {ratio}")
    return int(ratio.missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
