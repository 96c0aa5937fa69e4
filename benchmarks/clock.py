"""Which time is measured: that of the wall, or that of the processor, which other work on the machine hardly changes.

The processor's time is for runs with one thread: with more, threads that wait for each other count twice.
"""

import argparse
import os
from collections.abc import Sequence
from time import perf_counter, process_time

VARIABLE = "BENCHMARK_CLOCK"
CLOCKS = {"wall": perf_counter, "processor": process_time}

now = CLOCKS[os.environ.get(VARIABLE, "wall")]  # in seconds


def add_clock_option(parser: argparse.ArgumentParser) -> None:
    """Let the command line choose the clock."""
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="'processor': for a busy machine, one thread")


def check_clock(parser: argparse.ArgumentParser, name: str, n_threads: Sequence[int]) -> None:
    """End with an error if the clock would count waiting threads."""
    if name == "processor" and any(n > 1 for n in n_threads):
        parser.error("--clock processor needs --threads 1: threads that wait for each other count twice")
