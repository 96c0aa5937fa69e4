"""Which time is measured: that of the wall, or that of the processor, which other work on the machine hardly changes.

The processor's time is for runs with one thread: with more, threads that wait for each other count twice.
"""

import os
from time import perf_counter, process_time

VARIABLE = "BENCHMARK_CLOCK"
CLOCKS = {"wall": perf_counter, "processor": process_time}

now = CLOCKS[os.environ.get(VARIABLE, "wall")]  # in seconds
