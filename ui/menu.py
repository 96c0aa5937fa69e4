"""The menu, the same on every page: the pages, and what the visitor's run is doing."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from runs.status import Status
from ui import polling
from ui.address_bar import words_of
from ui.components.leave_menu import leave_menu
from ui.components.mount import style
from ui.components.said_first import say_first
from ui.components.translated import bear_translation
from ui.server import runs
from ui.status import WORDS, status_words
from ui.sweeps import my_series
from ui.visit import Visit
from ui.your_run import current_run, is_watching, live_run

HOME = "home"


class Page(NamedTuple):
    """One line of the menu."""

    file: str
    title: str
    icon: str

    @property
    def name(self) -> str:
        """What its address is called, but for the entry point, which is 'home'."""
        return HOME if self.file == "streamlit_app.py" else Path(self.file).stem


GROUPS = {
    "Watch": (
        Page("streamlit_app.py", "Home", ":material/home:"),
        Page("pages/train.py", "Train", ":material/model_training:"),
    ),
    "Look inside": (
        Page("pages/weights.py", "Weights", ":material/grid_view:"),
        Page("pages/why.py", "Why", ":material/help:"),
        Page("pages/one_step.py", "One step", ":material/biotech:"),
        Page("pages/map.py", "Map", ":material/scatter_plot:"),
    ),
    "Test it": (
        Page("pages/mistakes.py", "Mistakes", ":material/rule:"),
        Page("pages/draw.py", "Draw", ":material/draw:"),
        Page("pages/lab.py", "Lab", ":material/science:"),
    ),
    "Compare": (Page("pages/runs.py", "Runs", ":material/compare_arrows:"),),
}
MENU = tuple(page for pages in GROUPS.values() for page in pages)


def draw_menu(state: Visit, title: str) -> None:
    """Draw the menu into the sidebar."""
    style(__file__)
    with st.sidebar:
        for group, pages in GROUPS.items():
            st.html(f'<h2 class="menu-group">{group}</h2>')
            for page in pages:
                # The address goes along: written by the next page, it would be a step of its own for the back button.
                st.page_link(page.file, label=page.title, icon=page.icon, query_params=words_of(state, page.name))
        bear_translation()
        say_first()
        leave_menu(title)
        run = live_run(state) or current_run(state)
        if run is not None:
            view = run.view()
            st.fragment(_show_run, run_every=polling.heartbeat_s(view))(state, view.waiting)
        if series := my_series(state):
            goes_on = series.look().goes_on
            every_s = polling.interval_s(polling.SERIES_S) if goes_on else None
            st.fragment(_show_series, run_every=every_s)(state, goes_on)


def _show_run(state: Visit, waited: bool) -> None:
    """Say what a run is doing; the heartbeat, too, that keeps it alive while another page is read."""
    run = live_run(state) or current_run(state)
    view = run.view() if run else None
    if view is None or (waited and view.epochs):
        st.rerun()  # it is gone, and the page says why; or the page can show it now
    st.divider()
    whose = "The run that you watch" if live_run(state) is None and is_watching(state) else "Your run"
    number = runs().place_in_line(state.live_id or state.run_id)
    st.caption(f"{whose}: {status_words(view)}" + (f", number {number}" if number else ""))
    st.progress(view.share_done)


def _show_series(state: Visit, went_on: bool) -> None:
    """Say how far a series is; the heartbeat, too, that keeps it alive while another page is read."""
    series = my_series(state)
    view = series.look() if series else None
    if view is None or view.goes_on is not went_on:
        st.rerun()
    st.divider()
    how = "" if view.status is Status.RUNNING else f", {WORDS[view.status]}"
    st.caption(f"Your series: {len(view.results):,} of {len(view.settings):,}{how}")
    st.progress(min(1.0, view.share_done))
