"""What a visitor takes home and brings back: model, history, settings, a link."""

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from exports import script
from exports.onnx import to_onnx
from fcnn import model_file
from fcnn.config import Settings
from fcnn.reading.about import ModelFileError
from runs import export
from runs.kept import Curves
from runs.view import RunView
from ui import address
from ui.network_shown import NetworkShown
from ui.uploads import BusyError, bring_model
from ui.visit import Visit, widget_value
from ui.words import plain, sentence

MAX_UPLOAD_MB = 24  # the largest network of the app takes 20 as float32


def offer_downloads(shown: NetworkShown, view: RunView | None) -> None:
    """Draw the download buttons: the model at the shown epoch, and, if there is a run, what tells of it."""
    with st.container(horizontal=True, key="downloads"):
        _offer_model(shown)
        if view is not None:
            _offer_run(view)


def _offer_model(shown: NetworkShown) -> None:
    # Streamlit keeps what makes a file as long as the visitor stays, so it must not hold the networks of all epochs.
    spec, number, params = shown.spec, shown.number, shown.params
    name = f"digits-{'-'.join(map(str, spec.sizes))}-epoch-{number}"
    _offer(
        "Model (.npz)",
        lambda: model_file.save(model_file.one_epoch(spec, number, params)),
        f"{name}.npz",
        ":material/download:",
        "The network as the pages show it, for this app or for NumPy.",
    )
    _offer(
        "Model (.onnx)",
        lambda: to_onnx(spec, params),
        f"{name}.onnx",
        ":material/deployed_code:",
        "The same network in the format that other programs read: in a browser, on a phone, in PyTorch.",
    )


def _offer_run(view: RunView) -> None:
    settings, curves = Settings(view.spec, view.config), Curves(view.records, view.changes)
    _offer(
        "History (CSV)",
        lambda: export.history_csv(curves.records),
        "history.csv",
        ":material/table:",
        "A row for each epoch: loss, accuracy, learning rate, seconds. Opens in any spreadsheet.",
    )
    _offer(
        "Settings (JSON)",
        lambda: export.settings_json(*settings),
        "settings.json",
        ":material/tune:",
        "All that is needed to repeat the run.",
    )
    _offer(
        "Script (.py)",
        lambda: script.training_script(settings, curves),
        script.FILE_NAME,
        ":material/code:",
        _about_script(script.not_in_script(settings, curves)),
    )


def _about_script(missing: tuple[str, ...]) -> str:
    """Return what the script of a run is, and what it does otherwise than the run."""
    numbers = (
        f"It {' and '.join(missing)}." if missing else "It prints the same numbers, on the same kind of processor."
    )
    return f"This run as a short program that needs NumPy alone, to read and to change at home. {numbers}"


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
        stays = " It stays in your list of runs." if state.file_id and state.file_is_mine else ""
        st.success(f"{plain(state.file_name)} is loaded. Every page can show it.{stays}", icon=":material/check:")


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
