"""What a visitor takes home and brings back: model, history, settings, a link."""

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from fcnn import model_file
from fcnn.reading.about import ModelFileError
from runs import export
from runs.view import RunView
from ui import address
from ui.network_shown import NetworkShown
from ui.uploads import BusyError, bring_model
from ui.visit import Visit, widget_value
from ui.words import plain, sentence

MAX_UPLOAD_MB = 24  # the largest network of the app takes 20 as float32


def offer_downloads(shown: NetworkShown, view: RunView | None) -> None:
    """Draw the download buttons: the model at the shown epoch, and history and settings of the run, if there is one."""
    model, history, settings = st.columns(3)
    # Streamlit keeps what makes a file as long as the visitor stays, so it must not hold the networks of all epochs.
    spec, number, params = shown.spec, shown.number, shown.params
    with model:
        _offer(
            "Model (.npz)",
            lambda: model_file.save(model_file.one_epoch(spec, number, params)),
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


def offer_link(state: Visit) -> None:
    """Draw the link that carries the settings, and nothing that belongs to this visitor's run."""
    words = address.write_settings(state.settings)
    page = (st.context.url or "").split("?")[0]
    st.write("Anyone with this link gets your settings, and can start a run of their own:")
    st.code(f"{page}?{urlencode(words)}" if words else page, language=None, wrap_lines=True)


def offer_upload(state: Visit) -> None:
    """Draw the place to bring a model; a file that is not a model gets a sentence, and all stays as it was."""
    st.file_uploader(
        "A model from last time (.npz)", type="npz", key=_upload_key(state), max_upload_size=MAX_UPLOAD_MB,
        help="A file that was saved here.", on_change=_uploaded, args=(state,),
    )  # fmt: skip
    if state.upload_error:
        st.error(state.upload_error, icon=":material/error:")
    elif state.file is not None:
        st.success(f"{plain(state.file_name)} is loaded. Every page can show it.", icon=":material/check:")


def _upload_key(state: Visit) -> str:
    return f"upload_{state.n_uploads}"


def _uploaded(state: Visit) -> None:
    """Take the model that was chosen, or note what is wrong with it. Streamlit's own copy of the file is let go."""
    file = widget_value(_upload_key(state))
    state.upload_error = ""
    if file is None:
        return
    state.n_uploads += 1  # a new widget: the bytes of the old one are given back
    try:
        bring_model(state, file.getvalue(), file.name)
    except (ModelFileError, BusyError) as error:
        state.upload_error = f"{plain(file.name)}: {sentence(str(error))}"
