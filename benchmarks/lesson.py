"""What visitors do in a lesson: train, watch, look around, draw; and how far their runs get."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic

from benchmarks.screen import Screen
from benchmarks.visitor import Log, Stroke, Visitor
from ui.draw.strokes import SIDE
from ui.train.run_buttons import AGAIN

WATCH_S = (8.0, 16.0)  # how long a visitor stays on the Train page, at least and at most
STAY_S = (2.0, 5.0)  # on another page
THINK_S = (0.5, 1.5)  # between two clicks or strokes
FOLLOWED_S = 1.0  # a page that draws something anew more often than that follows a run
STATEMENT = re.compile(r"Epoch (\d+) of (\d+)")
READ = ("Weights", "Mistakes", "Draw")
TITLES = ("Home", "Train", *READ)


@dataclass
class Pace:
    """How a visitor's runs go on, as the Train page shows it."""

    epochs: float = 0.0  # of all runs
    longest_pause_s: float = 0.0  # that the visitor had to watch
    _epochs_before: float = 0.0  # of the runs that were replaced
    _shown: tuple[object, ...] = ()
    _since: float | None = None  # when the shown progress came; None while no run is being watched

    def look(self, screen: Screen) -> None:
        """Read the page: called after each answer, and when the visitor turns away."""
        bars = [bar for bar, _ in screen.elements("progress")]
        statement = STATEMENT.match(bars[0].text) if bars else None
        if screen.page_name != "train" or statement is None:
            self._since = None
            return
        shown = bars[0].value, bars[0].text.partition(" · sharing")[0]  # how many share says nothing of the own run
        self.epochs = self._epochs_before + bars[0].value / 100 * int(statement[2])
        if self._since is not None:
            self.longest_pause_s = max(self.longest_pause_s, monotonic() - self._since)
        if shown != self._shown or self._since is None:
            self._shown, self._since = shown, monotonic()
        if not any(interval < FOLLOWED_S for interval in screen.timers.values()):
            self._since = None  # the run is not running

    def begin_anew(self) -> None:
        """Note that the run is about to be replaced by a new one."""
        self._epochs_before, self._since = self.epochs, None


def stroke(rng: Random, n_points: int = 40) -> Stroke:
    """Return a curve across the board, of as many pieces as a hand makes."""
    x, y = rng.uniform(0.3, 0.7) * SIDE, 0.15 * SIDE
    path: Stroke = [["M", x, y]]
    for _ in range(n_points):
        dx, dy = rng.uniform(-5, 5), 0.7 * SIDE / n_points
        path.append(["Q", x, y, x + dx / 2, y + dy / 2])
        x, y = x + dx, y + dy
    return [*path, ["L", x, y]]


async def think(rng: Random, between: tuple[float, float] = THINK_S) -> None:
    """Wait as a person does who looks at what came."""
    await asyncio.sleep(rng.uniform(*between))


async def take_part(
    url: str, name: str, log: Log, pace: Pace, seconds: float, stay: asyncio.Event, read: Sequence[str], token: str
) -> None:
    """Come, train 'Quick' again and again, and read the other pages in between; leave at the event."""
    rng = Random(name)
    end = monotonic() + seconds
    async with Visitor(url, name, log, pace.look, token) as visitor:
        await visitor.open("")
        await think(rng)
        while monotonic() < end:
            await visitor.visit("Train")
            await _watch(visitor, pace, rng, min(end, monotonic() + rng.uniform(*WATCH_S)))
            for title in read if monotonic() < end else ():
                await visitor.visit(title)
                if title == "Draw":
                    await draw_digit(visitor, rng)
                await think(rng, STAY_S)
        await visitor.visit("Train")
        pace.look(visitor.screen)
        await stay.wait()


async def draw_digit(visitor: Visitor, rng: Random) -> None:
    """Draw two strokes, and wipe them away."""
    strokes: list[Stroke] = []
    for _ in range(2):
        strokes.append(stroke(rng))
        await visitor.draw(strokes)
        await think(rng)
    await visitor.press("Clear")


async def _watch(visitor: Visitor, pace: Pace, rng: Random, until: float) -> None:
    """Watch the run, and start one whenever none is on its way."""
    while monotonic() < until:
        for label in ("Start", AGAIN):
            if visitor.has_button(label):
                pace.begin_anew()
                await visitor.press(label, "start")
        await think(rng)
    pace.look(visitor.screen)


async def run_at_full_speed(url: str, name: str, log: Log, query: str, done: asyncio.Event) -> None:
    """Start a run with the settings of an address, and watch it until the event."""
    async with Visitor(url, name, log) as visitor:
        await visitor.open("train", query)
        await visitor.press("Start", "start")
        await done.wait()


async def click_around(url: str, log: Log, seconds: float, done: asyncio.Event) -> None:
    """Open all pages again and again, press buttons and draw; then set the event."""
    rng = Random(0)
    end = monotonic() + seconds
    async with Visitor(url, "the one who clicks", log) as visitor:
        await visitor.open("")
        while monotonic() < end:
            for title in TITLES:
                await visitor.visit(title)
                await think(rng)
                if title == "Home":
                    await visitor.press("Another digit")
                if title == "Train":
                    await visitor.press("One update")
                if title == "Draw":
                    await draw_digit(visitor, rng)
                await think(rng)
    done.set()


async def look_at_everything(url: str, log: Log, read: Sequence[str] = READ) -> None:
    """Visit all pages and train once, so that the server has loaded whatever it loads for its first visitor."""
    async with Visitor(url, "the first", log) as visitor:
        await visitor.open("")
        await visitor.visit("Train")
        await visitor.press("Start", "start")
        while not visitor.has_button(AGAIN):
            await asyncio.sleep(0.5)
        for title in dict.fromkeys((*read, "Draw")):
            await visitor.visit(title)
        await draw_digit(visitor, Random(0))
