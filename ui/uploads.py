"""Files that visitors bring: read one at a time, counted in the account of memory, shared where they are the same."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakValueDictionary, finalize

import streamlit as st

from fcnn import model_file
from fcnn.model_file import Model
from ui import kept
from ui.server import runs
from ui.visit import Visit

NO_MEMORY = "This server has no memory left for it just now. Please try again in a minute, or when others have left."
WAIT_S = 30.0  # for those whose files are being read


class BusyError(Exception):
    """The server cannot read a file just now; the message is for its owner."""


class Uploads:
    """The models that visitors have uploaded, by the hash of their files, as long as somebody has them."""

    def __init__(self) -> None:
        self.reading = Lock()
        self.models: WeakValueDictionary[str, Model] = WeakValueDictionary()


@st.cache_resource(show_spinner=False)
def uploads() -> Uploads:
    """Return the uploaded models of all visitors of this server."""
    return Uploads()


@contextmanager
def reading(n_bytes: int) -> Iterator[None]:
    """Wait until no other file is being read, and count the memory that reading this one takes.

    Raises:
        BusyError: others take too long, or the memory is not there.
    """
    if not uploads().reading.acquire(timeout=WAIT_S):
        raise BusyError("This server is busy with the files of others. Please try again in a minute.")
    try:
        with counted("a file that is being read", n_bytes):
            yield
    finally:
        uploads().reading.release()


@contextmanager
def counted(name: str, n_bytes: int) -> Iterator[None]:
    """Count memory that is taken for a moment; it may be more of what reading() has begun.

    Raises:
        BusyError: it is not there.
    """
    if not runs().hold(name, n_bytes):
        raise BusyError(_why_not(n_bytes))
    try:
        yield
    finally:
        runs().let_go(name)


def _why_not(n_bytes: int) -> str:
    whole = runs().budget.n_bytes
    if n_bytes <= whole:
        return NO_MEMORY
    return (
        f"Reading it takes {n_bytes / 1e6:,.0f} MB of memory, and this server has {whole / 1e6:,.0f} MB for all its "
        "visitors together. Please choose a smaller file."
    )


def key_of(content: bytes) -> str:
    """Return what names a file by its content."""
    return hashlib.sha256(content).hexdigest()[:16]


def bring_model(state: Visit, content: bytes, name: str) -> None:
    """Read a model and let the visitor have it, in place of the one before; it joins the list of kept runs.

    Raises:
        ModelFileError: the file is not a model that the app can use; all stays as it was.
        BusyError: the server cannot read it, or hold it, just now; likewise.
    """
    key = key_of(content)
    model = uploads().models.get(key)
    if model is None:
        with reading(3 * model_file.size_of(content)):  # what it becomes, and what it takes to get there
            model = uploads().models.setdefault(key, model_file.load(content))
    have_file(state, model, name, key)
    state.file_id, state.file_is_mine = kept.keep_model(state.owner, model, content, name), True
    state.source, state.epoch, state.lost = "file", None, ""


def have_file(state: Visit, model: Model, name: str, key: str) -> None:
    """Let the visitor have a model, in place of the one before; key names its content.

    Raises:
        BusyError: the server has no memory for it; all stays as it was.
    """
    _hold(state, model, key)
    state.file, state.file_name, state.file_key = model, name, key


def _hold(state: Visit, model: Model, key: str) -> None:
    """Count a model as long as the visit lasts, or until another one takes its place.

    Raises:
        BusyError: the memory is not there.
    """
    account, name = runs(), f"model {key}"
    if not account.hold(name, model.n_bytes):
        raise BusyError(NO_MEMORY)
    if state.let_go_of_file is not None:
        state.let_go_of_file()
    state.let_go_of_file = finalize(state, account.let_go, name)


def let_go_of_file(state: Visit) -> None:
    """Let go of the model that the visitor has brought, if there is one."""
    if state.let_go_of_file is not None:
        state.let_go_of_file()
    state.file, state.file_name, state.file_key, state.file_id, state.let_go_of_file = None, "", "", None, None
