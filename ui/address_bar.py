"""The address of the page that is open: read when a visit begins, and written whenever something was chosen."""

import streamlit as st

from ui import address
from ui.digit import InHand
from ui.notices import FILE_LOST
from ui.visit import SHIPPED, Visit


def state_from_address(page: str) -> Visit:
    """Return the state of a visit that begins at the address of a page."""
    params = st.query_params
    link, not_understood = address.read({name: params.get_all(name) for name in params}, page)
    state = Visit(*link.settings, run_id=link.run_id, epoch=link.epoch, not_understood=not_understood)
    state.chosen = {page: dict(words) for page, words in link.chosen.items()}
    state.digit = None if link.digit is None else InHand("test", link.digit)
    if link.source in SHIPPED:
        state.source = link.source
    elif link.run_id is not None:
        state.source = "run"
    state.file_id = link.file_id
    if link.source == "file":
        state.source, state.lost = ("file", "") if link.file_id else (state.source, FILE_LOST)
    return state


def save_address(state: Visit) -> None:
    """Write settings and choices into the address, so that a reload finds them; again where a page has changed them.

    Each new address is a step of the browser's Back button, so epochs that play go by without one.
    """
    words = words_of(state, state.page)
    if not state.playing and words != st.query_params.to_dict():
        st.query_params.from_dict(words)


def words_of(state: Visit, page: str) -> dict[str, str]:
    """Return the words that the address of a page has when it shows this state."""
    source = None if state.source == ("run" if state.run_id else "ready") else state.source
    digit = state.digit.index if state.digit is not None and state.digit.of == "test" else None
    link = address.Link(state.settings, state.run_id, source, state.epoch, state.chosen, state.file_id, digit)
    return address.write(link, page)
