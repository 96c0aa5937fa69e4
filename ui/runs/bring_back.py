"""Runs that come back from a file, into the list of whoever brings it: all of them, or none and a sentence why."""

from functools import partial

import streamlit as st

from exports import shelf_zip
from exports.shelf_zip import ZipError, ZippedRun
from fcnn import model_file
from fcnn.model_file import Model
from store.errors import NoRoomError
from store.store import Store
from store.taking_in import Brought
from ui.keeping import keeping
from ui.runs.shelf_file import LIMITS
from ui.runs.taken_home_memory import TakenHomeMemory
from ui.take_home import MAX_UPLOAD_MB
from ui.uploads import BusyError, counted, reading
from ui.visit import Visit, remembered, widget_value
from ui.words import plain, sentence

NOT_NOW = "The runs could not be kept just now. Please try again later; the file is as it was."


def draw_bring_back(state: Visit) -> None:
    """Draw the place to bring runs back, and what came of the last file."""
    memory = remembered(TakenHomeMemory)
    st.file_uploader(
        "Bring runs back (.zip)", type="zip", key=_key(memory), max_upload_size=MAX_UPLOAD_MB,
        help="A file of runs that was downloaded here, or on another server of this app.",
        on_change=_brought, args=(state, memory),
    )  # fmt: skip
    if memory.upload_error:
        st.error(memory.upload_error, icon=":material/error:")
    elif memory.came_back:
        st.success(memory.came_back, icon=":material/check:")


def _key(memory: TakenHomeMemory) -> str:
    return f"runs_zip_{memory.n_uploads}"


def _brought(state: Visit, memory: TakenHomeMemory) -> None:
    """Take the file that was chosen. Streamlit's own copy of it is let go."""
    file, store = widget_value(_key(memory)), keeping().store
    memory.upload_error = memory.came_back = ""
    if file is None or store is None:
        return
    memory.n_uploads += 1  # a new widget: the bytes of the old one are given back
    try:
        ids = bring_runs(store, state.owner, file.getvalue())
    except (ZipError, BusyError, NoRoomError) as error:
        memory.upload_error = f"{plain(file.name)}: {sentence(str(error))}"
    else:
        memory.came_back = _words(store, ids) if ids else ""
        memory.upload_error = "" if ids else store.problem or NOT_NOW
        memory.page_due = bool(ids)


def bring_runs(store: Store, owner: str, content: bytes) -> tuple[str, ...]:
    """Take the runs of a file into an owner's list, and return their new ids; none where they cannot be written.

    Raises:
        ZipError: the file does not hold runs, or more than is read.
        BusyError: the server cannot read it just now.
        NoRoomError: the owner would keep too much.
    """
    with reading(2 * shelf_zip.size_of(content, LIMITS)):  # its parts, and what the store makes of them
        most = shelf_zip.largest_networks(content, LIMITS)
        with counted("the networks of a file that is being read", 3 * most):
            runs = shelf_zip.read(content, LIMITS)
            return store.take_in(owner, (_as_it_comes(run) for run in runs))


def _as_it_comes(run: ZippedRun) -> Brought:
    return Brought(run.kept, run.curves, partial(_model, run.networks), run.answers)


def _model(networks: bytes | None) -> Model | None:
    return model_file.load(networks) if networks else None


def _words(store: Store, ids: tuple[str, ...]) -> str:
    numbers = [run.number for run in (store.find(ids[0]), store.find(ids[-1])) if run]
    if len(ids) == 1:
        return f"One run is back: it is number {numbers[0]:,} of your list."
    return f"{len(ids):,} runs are back: they are numbers {numbers[0]:,} to {numbers[-1]:,} of your list."
