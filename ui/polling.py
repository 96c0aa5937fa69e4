"""How often a page that follows a run draws itself: as often as there can be something new to see, and no more.

Runs compute in turns. With 30 of them on 2 cores each has a turn of 0.1 s every 1.5 s, and less often where pages are
drawn, too: a page that asks more often draws the same again, in time that all visitors share.
"""

from runs.pace import LOOKS_PER_S
from runs.ticket import TURN_S
from runs.view import RunView
from ui.server import runs, scheduler

YOUNG_S = 10.0  # a run that has gone on for longer is drawn less often:
SLOW_POLL_S = 0.25  # in slow motion, where each update is to be seen: twice as often as there are updates, but
QUICKEST_POLL_S = 1 / LOOKS_PER_S  # no more often than the run looks at its network
YOUNG_POLL_S, OLD_POLL_S = 0.4, 1.0  # each drawing holds the interpreter for about 25 ms, in which a run has to wait
HEARTBEAT_S, YOUNG_HEARTBEAT_S = 5.0, 1.0  # of the menu, which says on every page how far the run is
SERIES_S = 1.0  # of a series, on its page and in the menu
CYCLES = 1.5  # of turns, from one drawing to the next where many runs share the cores, but
RAREST_POLL_S = 3.5  # no longer: who watches is to see within 5 s that something goes on
OUTDATED = 2.0  # so many times as long or as short: a new interval costs a run of the whole page


def interval_s(at_best: float) -> float:
    """Return the seconds from one drawing to the next; at_best where few runs share the cores."""
    crowding = scheduler().crowding(runs().n_running() - 1)
    return max(at_best, min(RAREST_POLL_S, CYCLES * TURN_S * crowding)) if crowding > 1 else at_best


def run_interval_s(view: RunView | None) -> float:
    """Return the seconds from one drawing of a run to the next."""
    if view is not None and view.pace is not None:
        return interval_s(min(SLOW_POLL_S, max(QUICKEST_POLL_S, 0.5 / view.pace)))
    return interval_s(OLD_POLL_S if _is_old(view) else YOUNG_POLL_S)


def heartbeat_s(view: RunView) -> float:
    """Return the seconds from one look of the menu at a run to the next."""
    return interval_s(YOUNG_HEARTBEAT_S if view.running and not _is_old(view) else HEARTBEAT_S)


def _is_old(view: RunView | None) -> bool:
    return view is not None and bool(view.records) and view.records[-1].seconds > YOUNG_S


def is_outdated(drawn: float | None, now: float | None) -> bool:
    """Return whether the polling that a page began with is no longer the one to go on with; None is no polling."""
    if drawn is None or now is None:
        return drawn is not now
    return not 1 / OUTDATED < now / drawn < OUTDATED
