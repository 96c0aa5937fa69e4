"""A link to a run: whoever has it may look, and its owner alone may act."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from runs.kept import KeptRun
from ui import address
from ui.words import plain

PAGE = "train"  # shows curves and the result, of a run that goes on as well


def draw_link(picked: Sequence[KeptRun]) -> None:
    """Draw the link that shows the run that is picked."""
    if len(picked) != 1:
        st.caption("Pick one run in the table, and a link that shows it appears here.")
        return
    run = picked[0]
    st.write(
        f"Anyone with this link can look at {plain(run.title)}, on all pages. Nobody but you, in this browser, can "
        "rename, continue or delete it:"
    )
    st.code(address_of(st.context.url or "", run.id), language=None, wrap_lines=True)


def address_of(url: str, run_id: str) -> str:
    """Return the address of the page that shows a run; url is that of another page beside it."""
    beside = url.split("?")[0].split("#")[0].rpartition("/")[0]
    return f"{beside}/{PAGE}?{urlencode({address.RUN: run_id})}"
