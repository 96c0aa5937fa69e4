"""What is taken home from the Runs page: a report, all runs as one file, a link; and runs that are brought back."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from runs.kept import KeptRun
from store.store import Store
from ui import cached
from ui.keeping import keeping
from ui.runs import report_file, shelf_file
from ui.runs.bring_back import draw_bring_back
from ui.runs.run_link import draw_link
from ui.runs.taken_home_memory import TakenHomeMemory
from ui.visit import Visit, remembered

MAX_TITLE = 120  # letters
_TITLE = "report_title"


def draw_take_home(state: Visit, runs: Sequence[KeptRun], picked: Sequence[KeptRun]) -> None:
    """Draw what can be taken home, and the place to bring it back.

    Args:
        state: the visit.
        runs: all kept runs of the visitor.
        picked: those of them that are ticked.
    """
    store, memory = keeping().store, remembered(TakenHomeMemory)
    if memory.page_due:
        memory.page_due = False
        st.rerun()
    if store is None:
        return
    if runs:
        _offer_report(store, runs, picked)
        _offer_zip(store, runs)
    draw_bring_back(state)
    if runs:
        draw_link(picked)


def _offer_report(store: Store, runs: Sequence[KeptRun], picked: Sequence[KeptRun]) -> None:
    about = report_file.reported(runs, picked)
    with st.container(horizontal=True, vertical_alignment="bottom", key="report"):
        title = st.text_input(
            "Title of the report", placeholder="My runs", key=_TITLE, max_chars=MAX_TITLE, width=300,
            persist_state="session",
        )  # fmt: skip
        st.download_button(
            "Report (.html)",
            partial(
                report_file.make_report, about.runs, title or "", st.context.timezone_offset, store,
                cached.load_mnist().test,
            ),
            file_name=report_file.FILE_NAME, mime="text/html", on_click="ignore", icon=":material/description:",
            help="One file that opens without internet: to hand in, or to print.", key="report_download",
        )  # fmt: skip
    st.caption(f"Settings that differ, curves, weights and mistakes of {about.which}.")


def _offer_zip(store: Store, runs: Sequence[KeptRun]) -> None:
    choice = shelf_file.chosen(tuple(runs))
    st.download_button(
        "All my runs (.zip)", partial(shelf_file.make_zip, choice, store), file_name=shelf_file.FILE_NAME,
        mime="application/zip", on_click="ignore", icon=":material/folder_zip:",
        help="To keep them, or to go on with them on another server.", key="zip_download",
    )  # fmt: skip
    st.caption(f"The file holds {shelf_file.words(choice, len(runs))}.")
