"""Worker processes, one a contender: all wait, and one at a time works."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Any, Self

from benchmarks import clock
from benchmarks.contenders import BEFORE, OURS

N_THREADS_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# They are set on some machines for old OpenBLAS builds, which mistook the processor, and slow current ones.
UNWANTED_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
PAUSE_S = 0.1  # OpenBLAS threads look for work for about 30 ms after the last product before they go to sleep


def environment(n_threads: int, clock_name: str = "wall") -> dict[str, str]:
    """Return the environment of a worker: libraries read their number of threads when they are imported."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED_VARIABLES}
    return kept | dict.fromkeys(N_THREADS_VARIABLES, str(n_threads)) | {clock.VARIABLE: clock_name}


class Worker:
    """A process that does epochs of one contender; a context, at whose end it ends."""

    def __init__(self, contender: str, n_threads: int, clock_name: str, before: Path | None = None) -> None:
        self.contender = contender
        before = before if contender == BEFORE else None
        self.idle_cpu_s = 0.0  # processor time used between two turns, most of it while the others pause
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", OURS if before else contender],
            cwd=before,
            env=environment(n_threads, clock_name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.threads: str = self._read()["threads"]

    def epoch(self, case: str) -> float:
        """Do one epoch of a case, and return its seconds."""
        sleep(PAUSE_S)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{case}\n")
        self._process.stdin.flush()
        answer = self._read()
        self.idle_cpu_s += answer["idle_cpu"]
        return float(answer["seconds"])

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"The worker of {self.contender} ended; is benchmarks/requirements.txt installed?")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._process.communicate()  # closes its input, which ends it, and waits


@contextmanager
def running(
    contenders: Sequence[str], n_threads: int, clock_name: str, before: Path | None = None
) -> Iterator[list[Worker]]:
    """Start one worker after another, BEFORE in the folder of another commit, and end them all."""
    with ExitStack() as stack:
        yield [stack.enter_context(Worker(name, n_threads, clock_name, before)) for name in contenders]


def take_turns(workers: Sequence[Worker], case: str, n_epochs: int) -> dict[str, list[float]]:
    """Let each worker in turn do one epoch of a case, and return the seconds of each but the first, a warm-up."""
    seconds: dict[str, list[float]] = {worker.contender: [] for worker in workers}
    for i in range(n_epochs + 1):
        for worker in workers:
            epoch_s = worker.epoch(case)
            if i > 0:
                seconds[worker.contender].append(epoch_s)
    return seconds
