"""Pages that show the newest epoch of a run while it learns: how often they look."""

from ui import polling
from ui.network_shown import shown_network
from ui.visit import Visit

FOLLOW_S = 1.0


def pace_s(state: Visit) -> float | None:
    """Return how often a page is to be drawn anew, in seconds; None if nothing moves."""
    shown = shown_network(state)
    return polling.interval_s(FOLLOW_S) if shown.running and state.epoch is None else None
