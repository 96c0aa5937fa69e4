"""A map by t-SNE takes some seconds: a button begins it, another one stops it, and the page says how far it is."""

import streamlit as st

from runs.maps.map_jobs import MapRefusedError
from runs.status import Status
from ui import polling
from ui.following import pace_s
from ui.map.jobs import begin, key_of, map_jobs
from ui.map.memory import MapMemory
from ui.map.view import TSNE, View, look
from ui.map_layers import PIXELS, number_of
from ui.network_shown import shown_network
from ui.press import act_once
from ui.visit import Visit, remembered

POLL_S = 0.4  # while a map is made
LEARNS = "t-SNE takes some seconds, and this network has moved on by then. Pause it, or choose a moment above."
OFFER = "t-SNE puts each digit beside its nearest neighbours in the layer. For 2,000 digits that takes some seconds."


def pace_of(state: Visit) -> float | None:
    """Return how often the page is to be drawn anew, in seconds; None if nothing moves."""
    live = pace_s(state)
    if live is not None or state.choices.get("method") != TSNE:
        return live
    job = look(state, shown_network(state)).job
    return polling.interval_s(POLL_S) if job is not None and job.status.under_way else None


def draw_tsne(state: Visit, view: View) -> None:
    """Draw how it stands with the map by t-SNE, where that is chosen."""
    if view.method != TSNE or (view.job and view.job.status is Status.FINISHED):
        return
    key = key_of(view.shown, number_of(view.shown.spec, view.layer))
    job, memory = view.job, remembered(MapMemory)
    with st.container(key="map_tsne"):
        if job is not None and job.status.under_way:
            st.progress(job.share_done, text=_progress(job.n_before, job.note, waits=job.status is Status.WAITING))
            st.button("Stop", icon=":material/stop:", on_click=act_once(map_jobs().stop), args=(key, state.owner))
        elif view.shown.running and state.epoch is None and view.layer != PIXELS:
            st.info(f"{LEARNS} {_until(view)}", icon=":material/hourglass_top:")
        elif memory.refused and memory.refused_of == key:
            st.warning(f"{memory.refused} {_until(view)}", icon=":material/info:")
            _button(state)
        else:
            failed = f"{job.note} " if job is not None and job.status is Status.FAILED else ""
            st.markdown(f"{failed}{OFFER} {_until(view)}")
            _button(state)


def _button(state: Visit) -> None:
    st.button("Make the map", icon=":material/scatter_plot:", type="primary", on_click=act_once(_begin), args=(state,))


def _begin(state: Visit) -> None:
    view, memory = look(state, shown_network(state)), remembered(MapMemory)
    layer = number_of(view.shown.spec, view.layer)
    memory.refused, memory.refused_of = "", key_of(view.shown, layer)
    try:
        begin(view.shown, layer, state.owner)
    except MapRefusedError as refused:
        memory.refused = str(refused)


def _until(view: View) -> str:
    return "" if view.by_tsne or view.pca is None else "Until then you see PCA."


def _progress(n_before: int, note: str, *, waits: bool) -> str:
    if not waits:
        return "The points find their neighbours."
    if n_before:
        return f"In line: {'one other map comes' if n_before == 1 else f'{n_before} other maps come'} first."
    return note or "It is about to begin."
