"""What was deleted can be had back for a while; and what went for lack of room is said."""

import streamlit as st

from ui.keeping import keeping
from ui.runs.memory import RunsMemory
from ui.visit import Visit, remembered


def offer_undo(state: Visit) -> None:
    """Draw the way back after a run was deleted."""
    memory = remembered(RunsMemory)
    if memory.deleted:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("The run was deleted.", width="content")
            st.button("Undo", icon=":material/undo:", on_click=_undo, args=(state, memory.deleted))


def _undo(state: Visit, ids: tuple[str, ...]) -> None:
    if store := keeping().store:
        for run_id in ids:
            store.undelete(run_id, state.owner)
    remembered(RunsMemory).deleted = ()


def say_what_went(state: Visit) -> None:
    """Say how many runs went for lack of room, if any did."""
    store = keeping().store
    n_gone = store.gone(state.owner) if store else 0
    if n_gone:
        which = "Your oldest run has" if n_gone == 1 else f"Your {n_gone:,} oldest runs have"
        st.caption(f"{which} gone to make room for newer ones. Pinned runs stay longest.")
