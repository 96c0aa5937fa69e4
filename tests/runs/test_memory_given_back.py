"""The memory of closed runs goes back to the computer."""

import gc
import sys
import weakref

import pytest

from runs import process
from tests.project import run_python

PROGRAM = """
import resource, time
import threading
import numpy as np
from fcnn import TrainConfig, mnist_spec
from runs.run import Run
from fcnn.mnist import Dataset
from runs.registry import Runs
from runs.turns import Scheduler
from fcnn.types import Examples
from runs import process

def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6

process.set_threads(1)
process.share_one_heap()
rng = np.random.default_rng(0)
few = Examples(rng.random((2_000, 784), dtype=np.float32), rng.integers(0, 10, 2_000))
scheduler = Scheduler(2)
runs = Runs(lease_s=3, tidy=process.trim)
before = resident_mb()
ids = []
for _ in range(12):
    run = Run(mnist_spec((400,)), Dataset(few, few, few), TrainConfig(0.001, 3, optimizer="adam"), scheduler)
    ids.append(runs.add(run))
    run.resume()
while any([runs.get(run_id).running for run_id in ids]):
    time.sleep(0.05)
del run
during = resident_mb()
end = time.monotonic() + 20
while resident_mb() - before > 0.1 * (during - before) and time.monotonic() < end:
    time.sleep(0.1)
n_threads = sum(thread.name.startswith("run ") for thread in threading.enumerate())
print(before, during, resident_mb(), len(runs), n_threads)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nine_tenths_of_the_memory_of_runs_is_given_back_when_nobody_looks_any_more() -> None:
    before, during, after, n_runs, n_threads = map(float, run_python(PROGRAM).split())
    assert during - before > 50
    assert after - before <= 0.1 * (during - before)
    assert n_runs == 0
    assert n_threads == 0


class Visit:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_frozen_at_the_start_is_collected_when_it_is_over() -> None:
    visit = Visit()
    gone = weakref.ref(visit)
    gc.freeze()
    try:
        del visit
        gc.collect()
        assert gone() is not None
        process.collect_frozen()
        assert gone() is None
        assert gc.get_freeze_count() > 0  # the rest is out of sight again
    finally:
        gc.unfreeze()
