"""Which network, at which epoch, the pages show: one choice for all of them."""

from typing import NamedTuple

import streamlit as st

from fcnn import record
from fcnn.checkpoint import Model
from fcnn.network import NetworkSpec
from fcnn.types import Params
from fcnn.view import View
from ui import cached
from ui.state import SHIPPED, AppState, current_run, set_widget, widget_value
from ui.words import plain

SOURCES = {"run": "Your run", "file": "Your file", "ready": "The ready-made network", "record": "The record"}
_EPOCH_KEY, _SOURCE_KEY = "shown_epoch", "shown_source"


class Shown(NamedTuple):
    """A network at one epoch, and where it comes from."""

    title: str
    spec: NetworkSpec
    epochs: dict[int, Params]  # the epochs that can be chosen
    number: int  # the chosen one
    final: int  # the one shown as long as nobody chooses
    key: str  # names this network at this epoch, for caches
    running: bool  # whether newer epochs are being made

    @property
    def params(self) -> Params:
        """The parameters at the chosen epoch."""
        return self.epochs[self.number]


def shown_network(state: AppState) -> Shown:
    """Return what the pages show now, without drawing anything; a run shows from its first epoch on."""
    view = _view(state)
    if state.source == "run" and view is not None and view.final is not None:
        return _shown_run(state, view, view.final.number)
    if state.file is not None and state.source == "file":
        return _shown_model(state, state.file, f"{SOURCES['file']} {plain(state.file_name)}", f"file:{state.file_key}")
    name = state.source if state.source in SHIPPED else SHIPPED[0]
    begins = ", until your run begins" if state.source == "run" and view is not None else ""
    return _shown_model(state, cached.shipped_model(name), SOURCES[name] + begins, name)


def choose_network(state: AppState) -> Shown:
    """Draw the line that says which network and epoch the page shows, with the control that chooses, and return it."""
    _choose_source(state)
    shown = shown_network(state)
    n_hidden = len(shown.spec.hidden)
    layers = "no hidden layer" if n_hidden == 0 else f"{n_hidden} hidden layer{'s' if n_hidden > 1 else ''}"
    following = " (the newest, as it learns)" if shown.running and state.epoch is None else ""
    st.caption(f"**{shown.title}**: {shown.spec}, {layers}, epoch **{shown.number}**{following}")
    if shown.title == SOURCES["record"]:
        st.caption(f"{record.STORY} Source: [{record.SOURCE}]({record.LINK}).")
    if len(shown.epochs) > 1:
        set_widget(_EPOCH_KEY, shown.number)
        st.select_slider(
            "Epoch",
            sorted(shown.epochs),
            key=_EPOCH_KEY,
            on_change=_epoch_chosen,
            args=(state, shown.final),
            help="How far the network had learned. 0 is before it saw a single digit. All pages show the same epoch.",
        )
    return shown


def cache_key(network: str, number: int) -> str:
    """Return the name of a network at one epoch, so that all pages find the same answers in the cache."""
    return f"{network}:{number}"


def _view(state: AppState) -> View | None:
    run = current_run(state)
    return run.view() if run else None


def _shown_run(state: AppState, view: View, final: int) -> Shown:
    epochs = {epoch.number: epoch.params for epoch in view.epochs}
    return _shown(state, SOURCES["run"], view.spec, epochs, final, str(state.run_id), running=view.running)


def _shown_model(state: AppState, model: Model, title: str, key: str) -> Shown:
    epochs = dict(zip(model.numbers, model.params, strict=True))
    return _shown(state, title, model.spec, epochs, model.numbers[-1], key, running=False)


def _shown(
    state: AppState,
    title: str,
    spec: NetworkSpec,
    epochs: dict[int, Params],
    final: int,
    network: str,
    *,
    running: bool,
) -> Shown:
    """Choose the epoch: the visitor's, or the nearest kept one, or the final one if there is no wish."""
    wanted = state.epoch
    number = final if wanted is None else min(epochs, key=lambda kept: abs(kept - wanted))
    return Shown(title, spec, epochs, number, final, cache_key(network, number), running)


def _choose_source(state: AppState) -> None:
    run = current_run(state)
    there = {"run": run is not None, "file": state.file is not None}
    options = [source for source in SOURCES if there.get(source, True)]
    set_widget(_SOURCE_KEY, state.source if state.source in options else SHIPPED[0])
    st.segmented_control(
        "Network",
        options,
        format_func=SOURCES.__getitem__,
        key=_SOURCE_KEY,
        on_change=_source_chosen,
        args=(state,),
        label_visibility="collapsed",
    )


def _epoch_chosen(state: AppState, final: int) -> None:
    number = widget_value(_EPOCH_KEY)
    if state.play is not None and number == state.play.before:
        return  # a click elsewhere, sent before the browser had heard of the player's last step
    state.epoch = None if number == final else number


def _source_chosen(state: AppState) -> None:
    state.source, state.epoch = widget_value(_SOURCE_KEY) or state.source, None
