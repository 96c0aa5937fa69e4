"""Parts of pages that follow a run while it learns: each is a function that draws itself again and again.

Such a function lives in a module and asks for what it draws. Streamlit keeps it, with all that it was given and, were
it defined on a page, with all variables of that page, until the visit is over: a network among them would be kept, too.
"""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from ui import polling
from ui.network_shown import shown_network
from ui.visit import Visit

FOLLOW_S = 1.0


def pace_s(state: Visit) -> float | None:
    """Return how often a page is to be drawn anew, in seconds; None if nothing moves."""
    shown = shown_network(state)
    return polling.interval_s(FOLLOW_S) if shown.running and state.epoch is None else None


def follow(draw: Callable[[Visit], None], state: Visit, pace: Callable[[Visit], float | None] = pace_s) -> None:
    """Draw a part of the page, and again as often as pace(state) says; the whole page where it says something else."""
    begun = pace(state)

    @wraps(draw)  # Streamlit tells fragments apart by the names of their functions
    def draw_or_begin_anew(state: Visit) -> None:
        if polling.is_outdated(begun, pace(state)):
            st.rerun()
        draw(state)

    st.fragment(draw_or_begin_anew, run_every=begun)(state)
