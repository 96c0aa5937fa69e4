"""What the app costs a run that is alone: its speed with its page open and polling, beside train() in a bare loop.

Run: python -m benchmarks.alone [rounds]. Ends with 1 if the app is slower by more than the target.
The two take turns: the run is paused while the loop computes. The network is one for which the server uses a single
thread in each product, as the loop does; the medians of the rounds are compared.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import monotonic

from benchmarks.lesson import STATEMENT
from benchmarks.screen import Screen
from benchmarks.targets import Cell, at_most
from benchmarks.visitor import Log, Visitor
from benchmarks.workers import environment
from tests.browser.servers import start

HIDDEN, N_EPOCHS = 100, 10_000
WINDOW_S = 15.0
MOST_SLOWER = 0.05
QUERY = f"hidden={HIDDEN}&epochs={N_EPOCHS}"
BARE = f"""
from time import monotonic
from ui.address import read_settings
from fcnn import load, train
settings, _ = read_settings(dict(word.split("=") for word in {QUERY!r}.split("&")))
epochs = train(settings.spec, load().split(), settings.config)
next(epochs), next(epochs)
start, n = monotonic(), 0
while monotonic() < start + {WINDOW_S}:
    next(epochs)
    n += 1
print(n / (monotonic() - start))
"""


class EpochClock:
    """Notes when the Train page first shows a new epoch."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, int]] = []  # when, which epoch

    def look(self, screen: Screen) -> None:
        """Read the page: called after each answer."""
        bars = [bar for bar, _ in screen.elements("progress")]
        statement = STATEMENT.match(bars[0].text) if bars else None
        if statement and (not self.seen or int(statement[1]) != self.seen[-1][1]):
            self.seen.append((monotonic(), int(statement[1])))

    def epochs_per_s(self, since: float) -> float:
        """Return the speed from the first to the last sight of a new epoch."""
        (start, first), *_, (end, last) = [sight for sight in self.seen if sight[0] > since]
        return (last - first) / (end - start)


def bare_epochs_per_s(variables: Mapping[str, str]) -> float:
    """Return the speed of the loop, in a process of its own."""
    command = [sys.executable, "-c", BARE]
    return float(subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=True).stdout)


async def measure(url: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return the epochs a second of the loop and of the app, in each round."""
    bare, app, clock, log = [], [], EpochClock(), Log()
    async with Visitor(url, "the owner", log, clock.look) as visitor:
        await visitor.open("train", QUERY)
        await visitor.press("Start", "start")
        while not clock.seen or clock.seen[-1][1] < 2:  # before its first epoch is complete a run is not resumed
            await asyncio.sleep(0.1)
        for _ in range(rounds):
            await visitor.press("Pause")
            bare.append(await asyncio.to_thread(bare_epochs_per_s, environment(1)))
            await visitor.press("Resume")
            since = monotonic() + 1.0
            await asyncio.sleep(WINDOW_S + 1.0)
            app.append(clock.epochs_per_s(since))
            print(f"  loop {bare[-1]:.3f}, app {app[-1]:.3f} epochs a second", flush=True)
    if log.errors:
        raise RuntimeError(log.errors)
    return bare, app


def main(rounds: int) -> int:
    """Measure, print the ratio, and return what the shell is told."""
    with tempfile.TemporaryDirectory() as folder:
        server = start("streamlit_app.py", environment(1), Path(folder))
        try:
            bare, app = asyncio.run(measure(server.url, rounds))
        finally:
            server.stop()
    slower = Cell(median(bare) / median(app) - 1, ".1%", at_most(MOST_SLOWER))
    print(f"784 x {HIDDEN} x 10, alone: the app is slower than the loop by {slower}")
    return int(slower.missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
