"""The first line of every page: settings of the page, the state of the visit, the address, and the menu.

A page never depends on the entry point: with a folder named pages/, the first visitor of a fresh server may come
straight to any page. So each one calls open_page(), and all show the same menu.
"""

from pathlib import Path

import streamlit as st

from fcnn.mnist import DataError, Mnist
from runs.limits import LimitsError
from ui import cached
from ui.address_bar import save_address, state_from_address
from ui.components.mount import style
from ui.menu import HOME, MENU, draw_menu
from ui.notices import draw_notices, notice_lost_run
from ui.owner import recognize
from ui.server import limits, prepare_server
from ui.show_kept import restore_file
from ui.visit import Visit, get_state, put_state

SIDEBAR_PX = 220
ICON = Path(__file__).parents[1] / "static" / "icon.png"  # wherever the server was started


def open_page(title: str) -> Visit:
    """Begin a page: call it first. Returns what the app remembers of this visit."""
    # The icon of the browser's tab is a file: an icon by name would be fetched from another host.
    st.set_page_config(f"{title} - Digits", str(ICON), layout="wide", initial_sidebar_state=SIDEBAR_PX)
    style(__file__)
    _limits_or_stop()
    prepare_server()
    page = next((page.name for page in MENU if page.title == title), HOME)
    state = get_state() or put_state(state_from_address(page))
    recognize(state)
    restore_file(state)
    notice_lost_run(state)
    if state.page != page:
        state.page, state.playing = page, False
    save_address(state)
    draw_menu(state, title)
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
