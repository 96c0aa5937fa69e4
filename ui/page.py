"""The first line of every page: settings of the page, the state of the visit, the address, and the menu.

A page never depends on the entry point: with a folder named pages/, the first visitor of a fresh server may come
straight to any page. So each one calls open_page(), and all show the same menu.
"""

import gc
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from fcnn.mnist import DataError, Mnist
from runs import blas, heap
from runs.limits import LimitsError
from ui import address, cached, polling
from ui.notices import FILE_LOST, draw_notices, notice_lost_run
from ui.state import SHIPPED, AppState, current_run, get_state, limits, put_state, runs
from ui.status import status_words

RUN, EPOCH, SOURCE = "run", "epoch", "net"  # words of the address that are not settings of a run
SIDEBAR_PX = 220
ICON = Path(__file__).parents[1] / "static" / "icon.png"  # wherever the server was started
MAX_CHOICES = 20  # what an address may ask the app to remember
MAX_EPOCH_DIGITS = 6


# What every page needs a script for: one element of the page, so that there is one gap at most.
_SCRIPTS = [Path(__file__).with_name(name).read_text("utf-8") for name in ("translated.js", "leave_menu.js")]
_leave_menu = st.components.v2.component("leave_menu", js="\n".join(_SCRIPTS))


class Page(NamedTuple):
    """One line of the menu."""

    file: str
    title: str
    icon: str


MENU = (
    Page("streamlit_app.py", "Home", ":material/home:"),
    Page("pages/train.py", "Train", ":material/model_training:"),
    Page("pages/weights.py", "Weights", ":material/grid_view:"),
    Page("pages/mistakes.py", "Mistakes", ":material/rule:"),
    Page("pages/draw.py", "Draw", ":material/draw:"),
)


def open_page(title: str) -> AppState:
    """Begin a page: call it first. Returns what the app remembers of this visit."""
    # The icon of the browser's tab is a file: an icon by name would be fetched from another host.
    st.set_page_config(f"{title} - Digits", str(ICON), layout="wide", initial_sidebar_state=SIDEBAR_PX)
    st.html(Path(__file__).with_suffix(".css"))
    _prepare_server()
    _limits_or_stop()
    state = get_state() or put_state(_state_from_address())
    notice_lost_run(state)
    if state.page != title:
        state.page, state.playing = title, False
    save_address(state)
    _draw_menu(state, title)
    st.title(title)
    draw_notices(state)
    return state


def digits_or_stop() -> Mnist:
    """Return the digits; if their files are not in order, say so and end the page."""
    try:
        return cached.load_mnist()
    except DataError as error:
        st.error(str(error), icon=":material/error:")
        st.stop()


def _limits_or_stop() -> None:
    try:
        limits()
    except LimitsError as error:
        st.error(f"The settings of this server are not in order. {error}", icon=":material/error:")
        st.stop()


def save_address(state: AppState) -> None:
    """Write settings and choices into the address, so that a reload finds them; again where a page has changed them.

    Each new address is a step of the browser's Back button, so epochs that play go by without one.
    """
    words = _words(state)
    if not state.playing and words != st.query_params.to_dict():
        st.query_params.from_dict(words)


@st.cache_resource(show_spinner=False)
def _prepare_server() -> bool:
    """Do once a server what keeps it quick for many visitors.

    Matrix products get one thread each; the scheduler gives more to a run that is alone. And everything imported so far
    is taken out of the garbage collector's sight: Streamlit collects after every script run, and going through a
    million objects of libraries would hold the interpreter for 70 to 90 ms each time. Frozen, a rerun takes 6 ms.
    """
    heap.share_one_heap()
    blas.set_threads(1)
    import pandas  # noqa: F401 - Streamlit looks with it through what components are sent

    gc.collect()
    gc.freeze()
    return True


def _state_from_address() -> AppState:
    given = st.query_params.to_dict()
    query = {name: word for name, word in given.items() if len(set(st.query_params.get_all(name))) == 1}
    settings, not_understood = address.read_settings(query)
    ours = (*address.WORDS, RUN, EPOCH, SOURCE)
    not_understood += [name for name in ours if name in given and name not in query]  # it says two things at once
    state = AppState(*settings, not_understood=not_understood)
    others = [(name, word) for name, word in query.items() if name not in ours]
    short = [(name, word) for name, word in others if max(len(name), len(word)) <= address.MAX_LETTERS]
    state.choices = dict(short[:MAX_CHOICES])
    run_id = query.get(RUN)
    if run_id is not None:
        state.run_id, state.source = run_id, "run"
    if query.get(SOURCE) in SHIPPED:
        state.source = query[SOURCE]
    if query.get(SOURCE) == "file":
        state.lost = FILE_LOST
    if EPOCH in query:
        state.epoch = _read_epoch(query[EPOCH])
        state.not_understood += [EPOCH] if state.epoch is None else []
    return state


def _read_epoch(text: str) -> int | None:
    try:
        return address.whole(text) if len(text) <= MAX_EPOCH_DIGITS else None
    except ValueError:
        return None


def _words(state: AppState) -> dict[str, str]:
    words = {**state.choices, **address.write_settings(address.Settings(state.spec, state.config))}
    if state.run_id:
        words[RUN] = state.run_id
    if state.source != ("run" if state.run_id else "ready"):
        words[SOURCE] = state.source
    if state.epoch is not None:
        words[EPOCH] = str(state.epoch)
    return words


def _draw_menu(state: AppState, title: str) -> None:
    words = _words(state)
    with st.sidebar:
        for page in MENU:
            # The address goes along: written by the next page, it would be a step of its own for the back button.
            st.page_link(page.file, label=page.title, icon=page.icon, query_params=words)
        _leave_menu(data={"page": title}, key="leave_menu")
        run = current_run(state)
        if run is not None:
            view = run.view()
            st.fragment(_show_run, run_every=polling.heartbeat_s(view))(state, view.waiting)


def _show_run(state: AppState, waited: bool) -> None:
    """Say what the visitor's run is doing; the heartbeat, too, that keeps it alive while another page is read."""
    run = current_run(state)
    view = run.view() if run else None
    if view is None or (waited and view.epochs):
        st.rerun()  # it is gone, and the page says why; or the page can show it now
    st.divider()
    number = runs().place_in_line(state.run_id)
    st.caption(f"Your run: {status_words(view)}" + (f", number {number}" if number else ""))
    st.progress(view.share_done)
