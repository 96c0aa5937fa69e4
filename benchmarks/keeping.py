"""What it costs a run to be kept: the same run with and without a store that follows it, in turns.

Run: python -m benchmarks.keeping [repeats]. Ends with 1 if a case is slowed by more than it may be. For one thread:
OPENBLAS_NUM_THREADS=1; then BENCHMARK_CLOCK=processor counts what the writer's thread does, too, on a machine that has
other work. Epochs of the first case are as short as a student's first ones: there the noise is as large as the cost, so
the ratio of the quickest runs stands beside that of the medians, and how much time the thread took that writes.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import clock_gettime, process_time, pthread_getcpuclockid, sleep
from typing import NamedTuple

from benchmarks.clock import now
from benchmarks.targets import Cell, at_most, n_missed, table
from fcnn import TrainConfig, load, mnist_spec
from fcnn.metrics import answer
from fcnn.mnist import Dataset, Mnist
from fcnn.network import NetworkSpec
from runs.run import Run
from runs.status import Status
from runs.store_limits import StoreLimits
from runs.turns import Scheduler
from store.owners import new_token, owner_of
from store.store import Store

MOST_SLOWER = 0.03  # of the time of a run
N_EPOCHS = 10
OWNER = owner_of(new_token())
CASES = {
    "784 x 32 x 10, batches of 1,000": (mnist_spec((32,)), TrainConfig(0.002, 2 * N_EPOCHS, 1_000, optimizer="adam")),
    "784 x 100 x 10, batches of 128": (mnist_spec((100,)), TrainConfig(0.002, N_EPOCHS, 128, optimizer="adam")),
}


class Cost(NamedTuple):
    """What a run took."""

    seconds: float
    writing: float  # the processor's time in the thread that writes, as a share of all other


class Case:
    """One run, again and again."""

    def __init__(self, spec: NetworkSpec, config: TrainConfig, data: Dataset, store: Store) -> None:
        self._spec, self._config, self._data, self._store = spec, config, data, store
        self._n_runs = 0

    def cost(self, *, kept: bool) -> Cost:
        """Learn from the first epoch to the last one, and return what that took."""
        runs: list[Run] = []
        self._n_runs += 1
        run_id = f"{self._spec.hidden[0]}-{self._config.n_epochs}-{self._config.batch_size}-{self._n_runs}"
        look: Callable[[], object] = lambda: runs[0].view() if runs else None  # noqa: E731
        keep = self._store.follow(run_id, OWNER, look, created=0) if kept else None  # type: ignore[arg-type]
        runs.append(Run(self._spec, self._data, self._config, Scheduler(1), keep=keep))
        _wait_for(runs[0], Status.PAUSED)
        start, writer_start, all_start = now(), _writer_s(self._store), process_time()
        runs[0].resume()
        _wait_for(runs[0], Status.FINISHED)
        took, writer_s, all_s = now() - start, _writer_s(self._store) - writer_start, process_time() - all_start
        runs[0].close()
        self._store.flush()
        return Cost(took, writer_s / (all_s - writer_s))


def _wait_for(run: Run, status: Status) -> None:
    while run.view().status is not status:
        sleep(0.005)


def _writer_s(store: Store) -> float:
    """Return the processor's time that the thread has taken which writes."""
    return clock_gettime(pthread_getcpuclockid(store._writer._thread.ident or 0))


def row(name: str, case: Case, repeats: int) -> list[object]:
    """Run a case both ways, who is first changing from pair to pair, and return what is printed of it."""
    costs: dict[bool, list[Cost]] = {True: [], False: []}
    for i in range(repeats):
        for kept in (i % 2 == 0, i % 2 == 1):
            costs[kept].append(case.cost(kept=kept))
    times = {kept: [cost.seconds for cost in costs[kept]] for kept in costs}
    slower = median(after / before for after, before in zip(times[True], times[False], strict=True)) - 1
    at_best = min(times[True]) / min(times[False]) - 1
    writing = median(cost.writing for cost in costs[True])
    seconds = [Cell(median(times[kept])) for kept in (False, True)]
    return [name, *seconds, Cell(slower, ".1%", at_most(MOST_SLOWER)), Cell(at_best, ".1%"), Cell(writing, ".1%")]


def _opened(folder: str, mnist: Mnist) -> Store:
    return Store(
        str(Path(folder) / "runs.sqlite3"),
        StoreLimits(),
        lambda spec, params: answer(spec, params, mnist.test),
        mnist.test.labels,
    )


def main(repeats: int) -> int:
    """Print the times and the ratio of each case, and return what the shell is told."""
    mnist = load()
    with tempfile.TemporaryDirectory() as folder:
        store = _opened(folder, mnist)
        rows = [row(name, Case(*of_case, mnist.split(), store), repeats) for name, of_case in CASES.items()]
        store.close()
    print(table(["10 or 20 epochs", "alone (s)", "kept (s)", "slower by", "at best", "writing alone"], rows))
    return int(n_missed(rows) > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
