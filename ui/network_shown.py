"""Which network, at which epoch, the pages show: one choice for all of them."""

from typing import NamedTuple

from fcnn import published
from fcnn.model_file import Model
from fcnn.network import NetworkSpec
from fcnn.types import Params
from runs.view import RunView
from ui import cached
from ui.components.shown_line import Line, draw_line
from ui.visit import SHIPPED, Visit
from ui.words import visible
from ui.your_run import current_run

ABOUT_THE_EXPERT = f"{published.RECORD_STORY} Source: {published.RECORD_SOURCE}, {published.RECORD_LINK}."
SOURCES = {"run": "Your run", "file": "Your file", "ready": "Ready-made", "record": "Expert"}
MAX_NAME = 30  # letters of a file's name in the line


class Shown(NamedTuple):
    """A network at one epoch, and where it comes from."""

    source: str  # a key of SOURCES
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


def shown_network(state: Visit) -> Shown:
    """Return what the pages show now, without drawing anything; a run shows from its first epoch on."""
    view = _view(state)
    if state.source == "run" and view is not None and view.final is not None:
        return _shown_run(state, view, view.final.number)
    if state.file is not None and state.source == "file":
        return _shown_model(state, state.file, "file", f"file:{state.file_key}")
    name = state.source if state.source in SHIPPED else SHIPPED[0]
    return _shown_model(state, cached.shipped_model(name), name, name)


def choose_network(state: Visit) -> Shown:
    """Draw the line that says which network and epoch the page shows, where both are chosen, and return them."""
    shown = shown_network(state)
    sources = [source for source in SOURCES if _is_there(state, source)]

    def choose(source: str) -> None:
        state.source, state.epoch, state.playing = source, None, False

    def go_to(number: int, playing: bool) -> None:
        state.epoch, state.playing = (None if number == shown.final else number), playing

    draw_line(
        Line(
            networks=[(source, _title(state, source)) for source in sources],
            network=shown.source,
            epochs=sorted(shown.epochs),
            number=shown.number,
            following=shown.running and state.epoch is None,
            note="until your run begins" if state.source == "run" != shown.source else "",
            help=ABOUT_THE_EXPERT if shown.source == "record" else "",
        ),
        on_network=choose,
        on_epoch=go_to,
    )
    return shown


def _is_there(state: Visit, source: str) -> bool:
    return {"run": current_run(state) is not None, "file": state.file is not None}.get(source, True)


def _title(state: Visit, source: str) -> str:
    """Return what to call a network: where it comes from, and its settings."""
    if source == "run":
        view = _view(state)
        return f"{SOURCES[source]}: {view.spec}" if view else SOURCES[source]
    model = state.file if source == "file" else cached.shipped_model(source)
    name = f" {visible(state.file_name, MAX_NAME)}" if source == "file" else ""
    return f"{SOURCES[source]}{name}: {model.spec}" if model else SOURCES[source]


def cache_key(network: str, number: int) -> str:
    """Return the name of a network at one epoch, so that all pages find the same answers in the cache."""
    return f"{network}:{number}"


def _view(state: Visit) -> RunView | None:
    run = current_run(state)
    return run.view() if run else None


def _shown_run(state: Visit, view: RunView, final: int) -> Shown:
    epochs = {epoch.number: epoch.params for epoch in view.epochs}
    return _shown(state, "run", view.spec, epochs, final, str(state.run_id), running=view.running)


def _shown_model(state: Visit, model: Model, source: str, key: str) -> Shown:
    epochs = dict(zip(model.numbers, model.params, strict=True))
    return _shown(state, source, model.spec, epochs, model.numbers[-1], key, running=False)


def _shown(
    state: Visit,
    source: str,
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
    return Shown(source, spec, epochs, number, final, cache_key(network, number), running)
