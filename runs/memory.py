"""How much memory a run needs, and how the memory of a server is shared out among its runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import ceil
from typing import NamedTuple

from fcnn.config import TrainConfig
from fcnn.engine.batches import ROWS_AT_ONCE, n_parts
from fcnn.moments import MOST_INSIDE
from fcnn.network import NetworkSpec
from fcnn.optimizers import OPTIMIZERS

FLOAT_BYTES = 4
MIN_KEPT = 4  # epochs: the first, the best, the newest, and the one that is being made
OVERHEAD_BYTES = 1_000_000  # the order of the examples, the thread
RECORD_BYTES = 700  # of the figures of an epoch: 530 with one layer, 690 with six


class RunMemory(NamedTuple):
    """The memory of one run, in bytes."""

    learner: int  # as long as the run is there
    work: int  # on top of that, while it computes
    epoch: int  # for each epoch that is kept
    n_epochs: int  # that it would like to keep

    @property
    def least(self) -> int:
        """Without which it cannot be there at all."""
        return self.learner + MIN_KEPT * self.epoch


def memory_of(spec: NetworkSpec, config: TrainConfig) -> RunMemory:
    """Return what a run needs, never less than it takes and at most twice as much."""
    parameters = FLOAT_BYTES * spec.n_parameters
    # That are passed through the network at once.
    n_rows = min(config.batch_size or ROWS_AT_ONCE, config.n_train or ROWS_AT_ONCE, ROWS_AT_ONCE)
    batch = (1 + FLOAT_BYTES) * n_rows * spec.sizes[0]
    n_moments = config.n_epochs + 1 + MOST_INSIDE
    records = RECORD_BYTES * n_moments  # a hundred images make epochs so short that there may be many of them
    # The network is measured with more rows at once than a small batch has.
    rows = FLOAT_BYTES * ROWS_AT_ONCE
    values = rows * sum(spec.sizes[1:])  # of all neurons, for one piece of work
    widest = rows * max(spec.sizes[1:])
    parts = n_parts(spec.n_parameters, config.batch_size)
    return RunMemory(
        # Parameters, what the optimizer remembers of them, the gradient, and a batch, as bytes and as numbers.
        learner=(2 + OPTIMIZERS[config.optimizer].n_slots) * parameters + batch + records + OVERHEAD_BYTES,
        # Images as numbers while the network is measured, or as they vary, z and a of each layer (and with dropout who
        # is silent), two deltas on the way back, and a gradient more for each part.
        work=rows * spec.sizes[0] + (3 if config.dropout else 2) * values + 2 * widest + parts * parameters,
        epoch=parameters,
        n_epochs=n_moments,
    )


class RunRefusedError(Exception):
    """A run could never begin on this server; the message is for its owner."""

    def __init__(self, needed_bytes: int, available_bytes: int) -> None:
        # One is rounded up, the other down, so that what is needed never reads like what is there.
        super().__init__(
            f"To learn, this network needs {ceil(needed_bytes / 1e6):,} MB of memory, and all runs of this server "
            f"together may use {available_bytes // 1_000_000:,} MB. Please choose fewer neurons or layers."
        )


@dataclass(frozen=True)
class MemoryBudget:
    """The memory for all runs of a server."""

    n_bytes: int
    n_turns: int = 1  # how many runs compute at once
    kept_bytes: int = 64_000_000  # the most that one run keeps of its epochs

    def fits(self, needs: Sequence[RunMemory]) -> bool:
        """Return whether runs with these needs can be there together."""
        return self._free(needs) >= 0

    def shares(self, needs: Sequence[RunMemory]) -> list[int]:
        """Return how many bytes of epochs each run may keep: what it would like, or an equal share of the rest."""
        more = [min(need.n_epochs * need.epoch, self.kept_bytes) - MIN_KEPT * need.epoch for need in needs]
        free, shares = max(0, self._free(needs)), [0] * len(needs)
        for n_done, i in enumerate(sorted(range(len(needs)), key=more.__getitem__)):  # the modest ones first
            shares[i] = min(max(0, more[i]), free // (len(needs) - n_done))
            free -= shares[i]
        return [MIN_KEPT * need.epoch + share for need, share in zip(needs, shares, strict=True)]

    def check(self, need: RunMemory) -> None:
        """Make sure that a run with this need could begin some time.

        Raises:
            RunRefusedError: it could not, even if it were alone.
        """
        if not self.fits([need]):
            raise RunRefusedError(need.least + need.work, self.n_bytes)

    def _free(self, needs: Sequence[RunMemory]) -> int:
        at_work = sum(nlargest(self.n_turns, (need.work for need in needs)))
        return self.n_bytes - at_work - sum(need.least for need in needs)


UNLIMITED = MemoryBudget(n_bytes=2**62)
