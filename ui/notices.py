"""What a page has to tell before anything else: a run that is gone, a file that a reload lost, words of no sense."""

from functools import partial

import streamlit as st

from runs.endings import Why
from ui import kept
from ui.keeping import keeping
from ui.server import limits, runs
from ui.show_kept import show_kept
from ui.visit import Visit
from ui.your_run import current_run, is_watching, show_run

SETTINGS_REMAIN = "Its settings are still on the Train page."
UNKNOWN = (
    "This server does not know the run in your address: the server has been restarted, or the run ended long ago. "
    + SETTINGS_REMAIN
)
REPLACED = "The run that was shown here has been replaced by a new one of its owner."
WATCHING = "You are watching **somebody's run**. You can look at everything; its owner alone can pause or stop it."
GIVEN_UP = "The run that was shown here left the line before it began. That was done in another tab. " + SETTINGS_REMAIN
DONE = "The run that was shown here was one of a series, and has ended. Its figures are with those of the others."
ABANDONED = "Your run has ended: no page had looked at it for {minutes:.0f} minutes. " + SETTINGS_REMAIN
FORGOTTEN = "The run that was shown here was deleted by its owner."
WORDS = {Why.REPLACED: REPLACED, Why.GIVEN_UP: GIVEN_UP, Why.DONE: DONE, Why.FORGOTTEN: FORGOTTEN}
AGAIN = "Upload yours again, at the foot of the Home or Train page."
FILE_LOST = f"This server keeps no models, so a reload has forgotten the one that you had uploaded or made. {AGAIN}"


def notice_lost_run(state: Visit) -> None:
    """Let go of a run that is no longer there, and remember what to say about it."""
    if state.run_id is None or current_run(state) is not None:
        return
    if (found := kept.find(state.run_id)) is not None:
        if found.uploaded:  # the link to one says 'run', as all do
            state.run_id = None
            show_kept(state, found)
        return
    ending = runs().ending(state.run_id)
    state.lost, state.successor = _words(ending.why if ending else None), ending.successor if ending else None
    state.run_id = None
    if state.source == "run":
        state.source, state.epoch = "ready", None


def _words(why: Why | None) -> str:
    if why is Why.ABANDONED:
        return ABANDONED.format(minutes=max(2, limits().unwatched_s / 60))
    return WORDS.get(why, UNKNOWN) if why else UNKNOWN


def draw_notices(state: Visit) -> None:
    """Draw what there is to tell."""
    if is_watching(state):
        st.info(WATCHING, icon=":material/visibility:")
    if state.lost:
        st.info(state.lost, icon=":material/info:")
        if state.successor is not None and runs().get(state.successor) is not None:
            show = partial(show_run, state, state.successor)
            st.button("Show the new run", icon=":material/visibility:", on_click=show)
    if (problem := keeping().problem) and not state.told_problem:
        st.info(f"{problem} Runs go on all the same.", icon=":material/info:")
        state.told_problem = True
    if state.not_understood:
        words = ", ".join(state.not_understood)
        st.warning(f"Parts of this link made no sense and were left out: {words}.", icon=":material/link_off:")
        state.not_understood = []
