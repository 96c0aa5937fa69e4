"""Who says whose runs these are, and the way to have all of it forgotten."""

from collections.abc import Sequence

import streamlit as st

from runs.kept import KeptRun
from runs.store_limits import StoreLimits
from ui import kept, sweeps
from ui.keeping import keeping
from ui.owner import become_another
from ui.press import act_once
from ui.runs.memory import RunsMemory
from ui.runs.taken_home_memory import TakenHomeMemory
from ui.server import runs
from ui.uploads import let_go_of_file
from ui.visit import Visit, remembered

ABOUT = (
    "Your runs are kept on this server until you delete them; of more than {runs:,}, or {mb:,} MB, the oldest that are "
    "not pinned go first. There is no account: a cookie of this browser, a random number that lasts for a year after "
    "your last visit, says that they are yours. In another browser, or without the cookie, nobody can tell."
)


def draw_forgetting(state: Visit) -> None:
    """Draw what the cookie is for, and the button that deletes all that is kept of this visitor."""
    keeps, memory = keeping(), remembered(TakenHomeMemory)
    if keeps.store is None:
        return
    if memory.forgotten:
        st.success(memory.forgotten, icon=":material/check:")
        memory.forgotten = ""
    st.caption(_about(keeps.limits))
    mine = kept.my_runs(state)
    with st.popover("Forget everything of mine", icon=":material/delete_forever:"):
        st.markdown(_what_goes(mine))
        st.button(
            "Delete all of it for good", key="forget", type="primary", icon=":material/delete_forever:",
            on_click=act_once(forget_everything), args=(state,),
        )  # fmt: skip


def _about(limits: StoreLimits) -> str:
    return ABOUT.format(runs=limits.visitor_runs, mb=limits.visitor_mb)


def _what_goes(mine: Sequence[KeptRun]) -> str:
    """Return what is deleted, before it is."""
    n_pinned, n_models = sum(run.pinned for run in mine), sum(run.uploaded for run in mine)
    parts = [f"**{len(mine):,} run{'' if len(mine) == 1 else 's'}**"] if mine else []
    parts += [f"{n_pinned:,} of them pinned"] if n_pinned else []
    parts += [f"{n_models:,} of them without history"] if n_models else []
    lost = f"{', '.join(parts)}, with networks, names and notes" if mine else "No run is kept, but what learns just now"
    return (
        f"{lost}: gone for good, also for those who have a link to them. What still learns ends. This browser gets a "
        "new cookie, so that nothing tells any more that you have been here."
    )


def forget_everything(state: Visit) -> None:
    """End what is under way, delete all that is kept of the visitor, and let the browser begin anew."""
    store = keeping().store
    sweeps.forget(state)  # first: it begins new runs
    runs().close_all_of(state.owner)
    n = store.forget_all(state.owner) if store else 0
    kept.let_go(state)
    let_go_of_file(state)
    state.run_id = state.live_id = state.watched = None
    state.source, state.epoch, state.lost, state.successor = "ready", None, "", None
    remembered(RunsMemory).picked = []
    remembered(RunsMemory).deleted = ()
    become_another(state)
    memory = remembered(TakenHomeMemory)
    memory.came_back, memory.upload_error, memory.page_due = "", "", True
    memory.forgotten = f"Everything of yours is deleted: {n:,} run{'' if n == 1 else 's'}. This browser begins anew."
