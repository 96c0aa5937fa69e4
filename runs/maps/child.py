"""The process that makes one map by t-SNE: values come in, points go out, then it ends, and its memory with it.

It is the only file that loads openTSNE (Poličar, Stražar and Zupan, 2019), which takes 105 MB with all that it brings.
t-SNE: van der Maaten and Hinton, 'Visualizing data using t-SNE', 2008.
"""

import os
import sys
from typing import BinaryIO

import numpy as np

from fcnn.types import Array
from runs.maps.messages import Moment, receive_values, send_moment

TOGETHER, APART = 250, 500  # rounds: neighbours pull four times and more as much at first, then as they are
EVERY = 10  # rounds there is a message
PERPLEXITY = 30  # about how many neighbours a point has
NICE = 10  # runs that learn and pages come first
WIDTH = 1e-4  # of the first map, which openTSNE wants so small


def make_map(values: Array, pipe: BinaryIO) -> None:
    """Make the map of values (N, D), the principal components first, and tell every few rounds how far it is."""
    from openTSNE import TSNE

    rounds = _Rounds(pipe)
    start = values[:, :2].astype(np.float64)
    tsne = TSNE(
        perplexity=min(PERPLEXITY, (len(values) - 1) / 3),
        early_exaggeration_iter=TOGETHER,
        n_iter=APART,
        callbacks=rounds.tell,
        callbacks_every_iters=EVERY,
        n_jobs=1,  # two threads wait for each other where others compute as well
        random_state=0,
    )
    points = tsne.fit(values.astype(np.float64), initialization=start / start.std(axis=0).max() * WIDTH)
    send_moment(pipe, Moment(TOGETHER + APART, TOGETHER + APART, np.asarray(points)))


class _Rounds:
    """Counts the rounds of both parts as one."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe, self._n_done, self._last = pipe, 0, 0

    def tell(self, i: int, _error: float, points: Array) -> bool:
        """Tell how far it is, after round i of a part; to stop it, the process is ended."""
        if i <= self._last:
            self._n_done += TOGETHER
        self._last = i
        if self._n_done + i < TOGETHER + APART:  # it comes before the change that it counts: the last one is no end
            send_moment(self._pipe, Moment(self._n_done + i, TOGETHER + APART, np.asarray(points)))
        return False


if __name__ == "__main__":
    if hasattr(os, "nice"):  # on Windows the server says so when it begins the process
        os.nice(NICE)
    # scikit-learn, which it brings, would load pandas where there is one: 65 MB for nothing.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        make_map(receive_values(sys.stdin.buffer), sys.stdout.buffer)
    except (EOFError, BrokenPipeError):  # the server is gone
        os._exit(1)  # without writing to the pipe once more
