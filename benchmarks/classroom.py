"""A class on one server: 30 visitors, then 60, who train, watch, look around and draw, over real WebSockets.

Run: python -m benchmarks.classroom [--visitors 30 60] [--seconds 60] [--read Weights Mistakes Draw] [--kept 200]
[--no-farewell], and with --busy: two runs at full speed while one visitor clicks and draws. Ends with 1 if a target is
missed. The targets are for 2 cores, which the visitors share with the server. Memory is read from /proc: Linux only.
"""

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from benchmarks.lesson import READ, Pace, click_around, look_at_everything, run_at_full_speed, take_part
from benchmarks.made_store import MOST, fill
from benchmarks.visitor import PAGE, Log
from tests.browser.servers import Server, start

MOST_ERRORS = 20  # that are printed
TRACEBACK = re.compile(r"^Traceback.*\n(?:[ |+].*\n|\n)*(.+)", re.MULTILINE)  # its last line names what went wrong
ARRIVAL_S = 10.0  # within which a class comes
FULL_SPEED = "hidden=800&epochs=1000"
PAUSE_S = 5.0  # the longest that a running run may show no progress
CLICK_MS, STROKE_MS = 400, 600  # answers at the 95th percentile, while two runs go at full speed
ONE_VISITOR_MB, CLASS_MB, CLASS_N = 400, 700, 30  # memory of the server with one visitor, and with a class
EACH_MB = 8  # what each visitor of a class may add: a finished run of 'Quick', its owner's session and pages
GIVEN_BACK_S, GIVEN_BACK_MB, GIVEN_BACK_SHARE = 180, 40, 0.1  # after the last has left: near the level before


@dataclass
class Verdicts:
    """Targets, and whether each was met."""

    missed: list[str] = field(default_factory=list)

    def judge(self, what: str, figure: float, unit: str, target: float) -> None:
        """Print a figure beside the most that it may be."""
        met = figure <= target
        print(f"{'met' if met else 'MISSED':<7} {what}: {figure:,.1f} {unit} (at most {target:,g})", flush=True)
        if not met:
            self.missed.append(what)


def memory_mb(server: Server, what: str = "VmRSS") -> float:
    """Return the memory that a server holds; VmHWM is the most that it ever held."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{what}:"))


@contextmanager
def fresh_server(n_visitors: int = 1, n_kept: int = 0) -> Iterator[tuple[Server, Sequence[str]]]:
    """Serve the app to visitors who have kept so many runs each, of whom it gives the tokens; stop at the end."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "runs.sqlite3"
        tokens = fill(store, n_visitors, n_kept) if n_kept else [""] * n_visitors
        server = start("streamlit_app.py", {"DIGITS_STORE": str(store)}, Path(folder))
        try:
            yield server, tokens
        finally:
            server.stop()


def errors(log: Log, server: Server) -> list[str]:
    """Return what went wrong, as the visitors saw it and as the server wrote it down."""
    return [*log.errors, *TRACEBACK.findall(server.log())]


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th percentile."""
    if len(values) < 2:
        return values[0], values[0]
    twentieths = statistics.quantiles(values, n=20, method="inclusive")
    return twentieths[9], twentieths[18]


def print_answers(log: Log) -> None:
    """Print how long answers took and how large they were, by kind of request."""
    print(f"{'answer to':<14} {'number':>7} {'p50 (ms)':>9} {'p95 (ms)':>9} {'most (ms)':>9} {'p50 (kB)':>9}")
    for kind in (*sorted({kind.split()[0] for kind in log.seconds}), *sorted(k for k in log.seconds if " " in k)):
        milliseconds = [1000 * s for s in log.of(kind)]
        p50, p95 = percentiles(milliseconds)
        size = f"{statistics.median(log.n_bytes[kind]) / 1000:9.1f}" if kind in log.n_bytes else ""
        print(f"{kind:<14} {len(milliseconds):>7} {p50:>9.0f} {p95:>9.0f} {max(milliseconds):>9.0f} {size}")


async def teach(
    log: Log, seconds: float, server: Server, read: Sequence[str], tokens: Sequence[str]
) -> tuple[list[Pace], float]:
    """Let a class come, stay and leave; return how their runs went, and the memory just before they leave."""
    leave = asyncio.Event()
    paces = [Pace() for _ in tokens]
    visits = []
    for i, (pace, token) in enumerate(zip(paces, tokens, strict=True)):
        visit = take_part(server.url, f"visitor {i}", log, pace, seconds, leave, read, token)
        visits.append(asyncio.create_task(visit))
        await asyncio.sleep(ARRIVAL_S / len(tokens))
    await asyncio.sleep(seconds)
    at_end = memory_mb(server)
    leave.set()
    for failure in await asyncio.gather(*visits, return_exceptions=True):
        if failure is not None:
            log.errors.append(f"a visitor broke off: {failure!r}")
    return paces, at_end


def say_farewell(server: Server, level: float) -> None:
    """Wait until the memory of those who left has been given back, or the time for it is over."""
    end = monotonic() + GIVEN_BACK_S
    while monotonic() < end and memory_mb(server) > level:
        asyncio.run(asyncio.sleep(1.0))
    print(f"memory {GIVEN_BACK_S - max(0.0, end - monotonic()):.0f} s after the last left: {memory_mb(server):.0f} MB")


def hold_class(
    n_visitors: int, seconds: float, verdicts: Verdicts, *, farewell: bool, read: Sequence[str], n_kept: int
) -> None:
    """Measure a class on a fresh server."""
    kept = f"{n_kept} kept runs and " if n_kept else ""
    print(f"\n{n_visitors} visitors, {kept}{seconds:g} s each; beside Train they read {', '.join(read)}")
    with fresh_server(n_visitors, n_kept) as (server, tokens):
        warm_up, log = Log(), Log()
        asyncio.run(look_at_everything(server.url, warm_up, read))
        before = memory_mb(server)
        verdicts.judge("memory with the data loaded and one visitor", before, "MB", ONE_VISITOR_MB)
        paces, at_end = asyncio.run(teach(log, seconds, server, read, tokens))
        most = memory_mb(server, "VmHWM")
        print_answers(log)
        epochs = sorted(pace.epochs for pace in paces)
        print(f"epochs per visitor: {epochs[0]:.1f} to {epochs[-1]:.1f}, median {statistics.median(epochs):.1f}")
        print(f"memory: {before:.0f} MB before, {at_end:.0f} MB at the end, at most {most:.0f} MB")
        went_wrong = errors(warm_up, server) + log.errors
        for error in went_wrong[:MOST_ERRORS]:
            print(f"  {error}")
        verdicts.judge("errors", len(went_wrong), "", 0)
        verdicts.judge("longest without progress", max(pace.longest_pause_s for pace in paces), "s", PAUSE_S)
        if n_visitors <= CLASS_N:
            verdicts.judge("most memory", most, "MB", CLASS_MB)
        verdicts.judge("memory for each visitor", (most - before) / n_visitors, "MB", EACH_MB)
        if farewell:
            level = before + max(GIVEN_BACK_MB, GIVEN_BACK_SHARE * before)
            say_farewell(server, level)
            verdicts.judge("memory after all have left", memory_mb(server), "MB", level)


async def click_while_busy(url: str, seconds: float, others: Log, log: Log) -> None:
    """Let one visitor click while two runs go at full speed."""
    done = asyncio.Event()
    owners = [asyncio.create_task(run_at_full_speed(url, f"owner {i}", others, FULL_SPEED, done)) for i in (1, 2)]
    await asyncio.sleep(3.0)  # until both compute
    await click_around(url, log, seconds, done)
    await asyncio.gather(*owners)


def be_busy(seconds: float, verdicts: Verdicts) -> None:
    """Measure the answers to one visitor while two runs go at full speed."""
    print(f"\none visitor, and two runs with {FULL_SPEED}, {seconds:g} s")
    with fresh_server() as (server, _):
        warm_up, others, log = Log(), Log(), Log()
        asyncio.run(look_at_everything(server.url, warm_up))
        asyncio.run(click_while_busy(server.url, seconds, others, log))
        print_answers(log)
        print(f"memory: at most {memory_mb(server, 'VmHWM'):.0f} MB")
        went_wrong = errors(warm_up, server) + others.errors + log.errors
        for error in went_wrong[:MOST_ERRORS]:
            print(f"  {error}")
        verdicts.judge("errors", len(went_wrong), "", 0)
        clicks, strokes = log.of("open", PAGE, "button"), log.of("stroke")
        verdicts.judge("95 of 100 clicks", 1000 * percentiles(clicks)[1], "ms", CLICK_MS)
        verdicts.judge("95 of 100 strokes", 1000 * percentiles(strokes)[1], "ms", STROKE_MS)


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, and return what the shell is told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, nargs="+", default=[30, 60], metavar="N")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each visitor stays")
    parser.add_argument("--read", nargs="+", default=READ, metavar="PAGE", help="the pages beside Train: Why Map")
    parser.add_argument("--kept", type=int, default=0, metavar="N", help=f"runs that each has kept, up to {MOST}")
    parser.add_argument("--no-farewell", action="store_true", help="do not wait for the memory to be given back")
    parser.add_argument("--busy", action="store_true", help="instead: one visitor and two runs at full speed")
    options = parser.parse_args(arguments)
    if not 0 <= options.kept <= MOST:
        parser.error(f"--kept must be 0 to {MOST}, got {options.kept}")
    verdicts = Verdicts()
    if options.busy:
        be_busy(options.seconds, verdicts)
    else:
        for n_visitors in options.visitors:
            farewell = not options.no_farewell
            hold_class(n_visitors, options.seconds, verdicts, farewell=farewell, read=options.read, n_kept=options.kept)
    return int(bool(verdicts.missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
