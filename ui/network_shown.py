"""Which network, at which epoch, the pages show: one choice for all of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from fcnn.model_file import Model
from fcnn.network import NetworkSpec
from fcnn.types import Params
from ui import cached
from ui.visit import SHIPPED, Visit
from ui.words import moment_name
from ui.your_run import view_of_run


class NetworkShown(NamedTuple):
    """A network at one epoch, and where it comes from; of its other epochs, which are large, the numbers alone."""

    source: str  # a key of SOURCES
    name: str  # of the network, for caches
    spec: NetworkSpec
    params: Params  # at the chosen epoch
    number: float  # of the chosen epoch; between whole numbers for a moment inside of one
    numbers: tuple[float, ...]  # that can be chosen, rising
    names: tuple[str, ...]  # of them: 'update 20', 'epoch 3'
    final: float  # the epoch that is shown as long as nobody chooses
    running: bool  # whether newer epochs are being made

    @property
    def key(self) -> str:
        """Names this network at this epoch, for caches."""
        return cache_key(self.name, self.number)

    @property
    def moment(self) -> str:
        """What to call the chosen one."""
        return self.called(self.number)

    def called(self, number: float) -> str:
        """Return what to call a moment; of one that was let go meanwhile nobody knows after how many updates it was."""
        return self.names[self.numbers.index(number)] if number in self.numbers else moment_name(number)


class _Network(NamedTuple):
    """A network at all the epochs that can be chosen."""

    source: str
    name: str
    spec: NetworkSpec
    epochs: dict[float, Params]
    final: float
    running: bool = False
    updates: Mapping[float, int] = MappingProxyType({})  # number -> how many there were, where that is known


def shown_network(state: Visit) -> NetworkShown:
    """Return what the pages show now, without drawing anything; a run shows from its first epoch on.

    The epoch is the one that the visitor wants, or the nearest that can be chosen.
    """
    source, name, spec, epochs, final, running, updates = _network(state)
    wanted = state.epoch
    number = final if wanted is None else min(epochs, key=lambda kept: abs(kept - wanted))
    numbers = tuple(sorted(epochs))
    names = tuple(moment_name(number, updates.get(number)) for number in numbers)
    return NetworkShown(source, name, spec, epochs[number], number, numbers, names, final, running)


def params_of_epochs(state: Visit, shown: NetworkShown) -> dict[float, Params]:
    """Return the parameters at all epochs that can be chosen beside the one that is shown, and at that one.

    To be asked for where they are needed, and let go: those of a run may take 64 MB. A run may have gone on or ended
    since it was shown: newer epochs are left out, and those that it has let go are missing.
    """
    network = _network(state)
    now = network.epochs if network.name == shown.name else {}
    return {number: now[number] for number in shown.numbers if number in now} | {shown.number: shown.params}


def cache_key(network: str, number: float) -> str:
    """Return the name of a network at one epoch, so that all pages find the same answers in the cache."""
    return f"{network}:{number}"


def _network(state: Visit) -> _Network:
    if state.source == "run" and (view := view_of_run(state)) is not None and view.final is not None:
        epochs = {epoch.number: epoch.params for epoch in view.epochs}
        updates = {epoch.number: epoch.n_updates for epoch in view.epochs}
        return _Network("run", str(state.run_id), view.spec, epochs, view.final.number, view.running, updates)
    if state.file is not None and state.source == "file":
        return _of_model("file", f"file:{state.file_key}", state.file)
    name = state.source if state.source in SHIPPED else SHIPPED[0]
    return _of_model(name, name, cached.shipped_model(name))


def _of_model(source: str, name: str, model: Model) -> _Network:
    epochs = dict(zip(model.numbers, model.params, strict=True))
    return _Network(source, name, model.spec, epochs, model.numbers[-1])
