"""Seconds of training to 97, 98 and 98.5 % of the test digits, ours and those of neural-network-digits.

Run: python -m benchmarks.accuracy [--threads 2] [--seeds 5] [--rungs NAME ...] [--peer-seeds 5]
     [--clock processor].
Ends with 1 if a target is missed. Needs benchmarks/requirements.txt, and a machine with nothing else to do.

Settings are chosen on the validation set, and a run looks at the test set once, when it is over. So 'seconds to 98 %'
is a rung of a ladder: settings whose runs, each to its own end, have a median test accuracy of at least 98 %. The peer
is looked at after each epoch, in its favour, and stops at 98.5 % or after its 60 epochs.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.clock import add_clock_option, check_clock
from benchmarks.targets import NOTHING, Cell, Target, at_least, at_most, n_missed, table
from benchmarks.workers import environment
from fcnn import NetworkSpec, TrainConfig, mnist_spec
from fcnn.augmentation import Augmentation
from fcnn.presets import PRESETS


class Rung(NamedTuple):
    """Settings, and what a run with them has to reach."""

    spec: NetworkSpec
    config: TrainConfig
    accuracy: float  # of the test digits, 0 to 1
    seconds: float | None  # of training, on two cores; None: not a target


# Adam, its rate falling along a cosine to 0 at the end of the run.
_adam = partial(TrainConfig, optimizer="adam", schedule="cosine")

# Settings chosen by their validation accuracy.
LADDER: Mapping[str, Rung] = MappingProxyType(
    {
        "fast 97": Rung(
            mnist_spec((128,)),
            _adam(learning_rate=0.003, n_epochs=4, batch_size=128),
            accuracy=0.97,
            seconds=None,
        ),
        "fast 98": Rung(
            mnist_spec((256,)),
            _adam(
                learning_rate=0.004,
                n_epochs=6,
                batch_size=256,
                warmup_epochs=0.5,
                augmentation=Augmentation(shift_px=1),
            ),
            accuracy=0.98,
            seconds=6,
        ),
        "fast 98.5": Rung(
            PRESETS["accurate"].spec,
            PRESETS["accurate"].config,
            accuracy=0.985,
            seconds=25,
        ),
    }
)
ACCURACIES = (0.97, 0.98, 0.985)

Point = tuple[float, float]  # seconds of training until then, test accuracy
Run = Sequence[Point]


def learn(who: str, argument: str, seed: int, variables: Mapping[str, str]) -> Run:
    """Do one run in a process of its own, with these environment variables."""
    command = [sys.executable, "-m", f"benchmarks.learners.{who}", argument, str(seed)]
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"The run of {who} failed; is benchmarks/requirements.txt installed?")
    return [(seconds, accuracy) for seconds, accuracy in json.loads(done.stdout)]


def seconds_to(run: Run, accuracy: float) -> float | None:
    """Return when a run first had this accuracy, or None if it never had."""
    return next((seconds for seconds, reached in run if reached >= accuracy), None)


def spread(values: Sequence[float], form: str) -> str:
    """Return the least and the most of some values."""
    return f"{min(values):{form}}-{max(values):{form}}" if values else NOTHING


def _cells(values: Sequence[float], form: str, target: Target | None) -> list[object]:
    return [Cell(median(values) if values else None, form, target), spread(values, form)]


def our_row(name: str, runs: Sequence[Run]) -> list[object]:
    """Return the row of a rung: the end of each of its runs."""
    rung = LADDER[name]
    seconds, accuracies = [run[-1][0] for run in runs], [run[-1][1] for run in runs]
    limit = None if rung.seconds is None else at_most(rung.seconds)
    return [f"ours: {name}", *_cells(accuracies, ".2%", at_least(rung.accuracy)), *_cells(seconds, ".1f", limit)]


def peer_rows(runs: Sequence[Run]) -> list[list[object]]:
    """Return a row for each accuracy, with the seconds of the runs that reached it, and one for the best of each."""
    rows = []
    for accuracy in ACCURACIES:
        seconds = [s for run in runs if (s := seconds_to(run, accuracy)) is not None]
        name = f"digits: to {accuracy:.1%}, {len(seconds)} of {len(runs)} runs"
        rows.append([name, NOTHING, NOTHING, *_cells(seconds, ".1f", None)])
    best = [max(accuracy for _, accuracy in run) for run in runs]
    rows.append(["digits: best", *_cells(best, ".2%", None), *_cells([run[-1][0] for run in runs], ".1f", None)])
    return rows


def main() -> int:
    """Measure what the command line asks for, and return what the shell is told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=5, help="how many runs of ours for each rung")
    parser.add_argument("--rungs", nargs="*", choices=LADDER, default=list(LADDER), metavar="NAME")
    parser.add_argument("--peer-seeds", type=int, default=5, help="how many runs of the peer, minutes each; 0: none")
    add_clock_option(parser)
    args = parser.parse_args()
    check_clock(parser, args.clock, [args.threads])
    variables = environment(args.threads, args.clock)
    print(
        f"{args.threads} thread(s), {args.clock} time; load of the machine before: {os.getloadavg()[0]:.2f}", flush=True
    )
    rows = [our_row(n, [learn("ours", n, seed, variables) for seed in range(args.seeds)]) for n in args.rungs]
    peer_runs = [learn("digits", str(ACCURACIES[-1]), seed, variables) for seed in range(args.peer_seeds)]
    rows += peer_rows(peer_runs) if peer_runs else []
    print(table(["run", "test accuracy, median", "least-most", "seconds, median", "least-most"], rows))
    missed = n_missed(rows)
    print(f"{missed} target(s) missed" if missed else "all targets reached")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
