"""What several commands say, and how: plain lines, each as soon as it is known."""

import sys

from fcnn.metrics import Answers, interval_95, summarize
from fcnn.types import Labels


def say(line: str) -> None:
    """Write a line for the person who waits for it, or the program that reads it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def percent(share: float) -> str:
    """Return a share as people read it: 97.71 %."""
    return f"{100 * share:.2f} %"


def on_the_test(answers: Answers, labels: Labels) -> str:
    """Say how many of the test digits were read, and how sure one may be of that."""
    n, accuracy = len(labels), summarize(answers, labels).accuracy
    low, high = interval_95(accuracy, n)
    wrong = int((answers.digits != labels).sum())
    return (
        f"Test accuracy {percent(accuracy)} (95 % interval {percent(low)} to {percent(high)}): {wrong:,} of {n:,} "
        "digits wrong."
    )
