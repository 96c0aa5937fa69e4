"""Seconds per epoch: ours beside its matrix products alone (the floor) and beside other libraries, in one run.

Run: python -m benchmarks.throughput [--threads 1 2] [--cases gd-200-128 ...] [--repeats 5] [--peers pytorch ...]
     [--clock processor] [--before FOLDER].
Ends with 1 if a target is missed. Needs benchmarks/requirements.txt, and a machine with nothing else to do.

The contenders take turns, one epoch each, with equal numbers of threads; a figure is the median of the epochs. All
train the same network on the same 55,000 images in the same batches, in float32 (scikit-learn's Adam is partly
float64). Our epochs include measuring the network; the others measure nothing. --before is a folder in which another
commit is checked out ('git worktree add FOLDER COMMIT'): its epochs take their turns, too.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.cases import BEFORE_TARGET, CASES, EVALUATION_TARGET, PEER_TARGET
from benchmarks.clock import add_clock_option, check_clock
from benchmarks.contenders import BEFORE, EVALUATION, FLOOR, OURS, PEERS, can
from benchmarks.targets import NOTHING, Cell, n_missed, table
from benchmarks.workers import running, take_turns

Seconds = Mapping[str, list[float]]  # contender -> seconds of each epoch that counts


def ratios(name: str, epochs: Seconds, peers: Sequence[str], n_threads: int) -> list[Cell]:
    """Return what has targets: ours / floor, each peer / ours, the share of the evaluation in our epoch, ours / before.

    And each peer / floor: the most that peer / ours could be if nothing but the products took time.
    """
    seconds = {contender: median(times) for contender, times in epochs.items()}
    case, ours = CASES[name], seconds[OURS]
    return [
        Cell(ours / seconds[FLOOR], ".2f", case.floor_target(n_threads)),
        *(Cell(seconds[p] / ours if p in seconds else None, ".2f", PEER_TARGET) for p in peers),
        Cell(seconds[EVALUATION] / ours, ".1%", EVALUATION_TARGET),
        *([Cell(ours / seconds[BEFORE], ".2f", BEFORE_TARGET)] if BEFORE in seconds else []),
        *(Cell(seconds[p] / seconds[FLOOR] if p in seconds else None) for p in peers),
    ]


def median_and_least(times: Sequence[float]) -> str:
    """Return how seconds are written; a median far above the least tells of a machine that had other work."""
    return f"{median(times):.3f} ({min(times):.3f})" if times else NOTHING


def measure(
    n_threads: int, clock: str, cases: Sequence[str], n_epochs: int, peers: Sequence[str], before: Path | None
) -> int:
    """Print the tables for one number of threads, and return how many targets were missed."""
    seconds: dict[str, Seconds] = {}
    contenders = [FLOOR, OURS, EVALUATION, *([BEFORE] if before else []), *peers]
    with running(contenders, n_threads, clock, before) as workers:
        print(f"\n{n_threads} thread(s); load of the machine before: {os.getloadavg()[0]:.2f}")
        print("\n".join(f"  {worker.contender}: {worker.threads}" for worker in workers), flush=True)
        for name in cases:
            able = [worker for worker in workers if can(worker.contender, CASES[name])]
            seconds[name] = take_turns(able, name, n_epochs)
            done = ", ".join(f"{contender} {median_and_least(times)}" for contender, times in seconds[name].items())
            print(f"  {name}: {done}", file=sys.stderr, flush=True)
    rows = [[name, *ratios(name, seconds[name], peers, n_threads)] for name in cases]
    head = ["ours / floor", *(f"{peer} / ours" for peer in peers), "evaluation"]
    head += [*(["ours / before"] if before else []), *(f"{peer} / floor" for peer in peers)]
    print("\n" + table(["ratio of times", *head], rows))
    absolute = [[name, *(median_and_least(seconds[name].get(c, [])) for c in contenders)] for name in cases]
    print("\n" + table([f"{clock} seconds, median of {n_epochs} (least)", *contenders], absolute))
    print(
        "processor seconds between turns:", ", ".join(f"{w.contender} {w.idle_cpu_s:.2f}" for w in workers), flush=True
    )
    return n_missed(rows)


def main() -> int:
    """Measure what the command line asks for, and return what the shell is told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES), metavar="CASE", help=" ".join(CASES))
    parser.add_argument("--repeats", type=int, default=5, help="epochs that count, behind one that does not")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--before", type=Path, help="a folder with another commit")
    add_clock_option(parser)
    args = parser.parse_args()
    check_clock(parser, args.clock, args.threads)
    missed = sum(measure(n, args.clock, args.cases, args.repeats, args.peers, args.before) for n in args.threads)
    print(f"\n{missed} target(s) missed" if missed else "\nall targets reached")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
