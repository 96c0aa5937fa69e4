"""What a visitor takes home and brings back: model, history, settings, a link."""

import hashlib
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from fcnn import checkpoint, export
from fcnn.view import View
from ui import address
from ui.shown import Shown
from ui.state import AppState


def offer_downloads(shown: Shown, view: View | None) -> None:
    """Draw the download buttons: the model at the shown epoch, and history and settings of the run, if there is one."""
    model, history, settings = st.columns(3)
    # Streamlit keeps what makes a file as long as the visitor stays, so it must not hold the networks of all epochs.
    spec, number, params = shown.spec, shown.number, shown.params
    with model:
        _offer(
            "Model (.npz)",
            lambda: checkpoint.save(checkpoint.one_epoch(spec, number, params)),
            f"digits-{'-'.join(map(str, spec.sizes))}-epoch-{number}.npz",
            ":material/download:",
            "The network as the pages show it, for this app or for NumPy.",
        )
    if view is None:
        return
    records, spec_of_run, config = view.records, view.spec, view.config
    with history:
        _offer(
            "History (CSV)",
            lambda: export.history_csv(records),
            "history.csv",
            ":material/table:",
            "A row for each epoch: loss, accuracy, learning rate, seconds. Opens in any spreadsheet.",
        )
    with settings:
        _offer(
            "Settings (JSON)",
            lambda: export.settings_json(spec_of_run, config),
            "settings.json",
            ":material/tune:",
            "All that is needed to repeat the run.",
        )


def _offer(label: str, make: Callable[[], str | bytes], file_name: str, icon: str, explanation: str) -> None:
    """Draw one download button; the file is made when somebody presses it, and the page is not drawn anew."""
    st.download_button(
        label, make, file_name=file_name, on_click="ignore", icon=icon, help=explanation, width="stretch"
    )


def offer_link(state: AppState) -> None:
    """Draw the link that carries the settings, and nothing that belongs to this visitor's run."""
    words = address.write_settings(address.Settings(state.spec, state.config))
    page = (st.context.url or "").split("?")[0]
    st.write("Who opens this link finds your settings, and starts a run of their own:")
    st.code(f"{page}?{urlencode(words)}" if words else page, language=None, wrap_lines=True)


def offer_upload(state: AppState) -> None:
    """Draw the place to bring a model; a file that is none gets a sentence, and all stays as it was."""
    file = st.file_uploader(
        "A model from last time (.npz)", type="npz", key="upload", help="A file that was saved here."
    )
    if file is None:
        return
    content = file.getvalue()
    key = hashlib.sha256(content).hexdigest()[:16]
    if key == state.file_key:
        st.success(f"{state.file_name} is loaded. Every page can show it.", icon=":material/check:")
        return
    try:
        model = checkpoint.load(content)
    except checkpoint.ModelFileError as error:
        st.error(f"{file.name}: {error}", icon=":material/error:")
        return
    state.file, state.file_name, state.file_key = model, file.name, key
    state.source, state.epoch = "file", None
    st.rerun()
