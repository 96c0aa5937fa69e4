"""The copy: what was done to it, and what becomes of it."""

import streamlit as st

from ui.keep_copy import Made, keep_copy
from ui.lab.bench import Bench, throw_away, undo
from ui.lab.memory import LabMemory
from ui.lab.networks import Networks
from ui.lab.words import done
from ui.press import act_once
from ui.visit import Visit, remembered
from ui.words import sentence

ON_A_COPY = "All that you do here is done to a copy: the network itself stays as it is, on all pages."
THROWN_AWAY = "Your damaged copy was thrown away: it was one of another network, or of another moment."


def draw_bench(state: Visit, bench: Bench, networks: Networks) -> None:
    """Draw what was done to the copy, with the buttons that take it back, or keep it."""
    memory = remembered(LabMemory)
    if memory.thrown_away:
        st.info(THROWN_AWAY, icon=":material/delete:")
    if memory.kept:
        st.success(memory.kept, icon=":material/check:")
    memory.thrown_away, memory.kept = False, ""
    if not bench.steps:
        st.caption(ON_A_COPY)
        return
    spec = bench.shown.spec
    with st.container(border=True, key="lab_bench"):
        title = f"**Your copy** of {sentence(networks.title)}, {bench.shown.moment}:"
        steps = [f"{i}. {done(*step, spec)}" for i, step in enumerate(bench.steps, 1)]
        st.markdown("\n".join([title, "", *steps]))
        with st.container(horizontal=True):
            st.button("Undo", icon=":material/undo:", on_click=act_once(undo))
            st.button("Throw it away", icon=":material/delete:", on_click=act_once(throw_away))
            if st.button("Keep it as a run", icon=":material/save:"):
                _keep(state, bench, networks)
                st.rerun()


def _keep(state: Visit, bench: Bench, networks: Networks) -> None:
    what = ", ".join(done(*step, bench.shown.spec) for step in bench.steps)
    name = f"{networks.title}, damaged: {what}".replace("\N{NO-BREAK SPACE}", " ")
    made = Made(name, bench.shown.spec, bench.shown.number, bench.params)
    outcome = keep_copy(state, made)
    if outcome.shown:
        throw_away()
    remembered(LabMemory).kept = outcome.words
