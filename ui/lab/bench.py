"""What lies on the bench: the network that is shown, at one moment, and a copy of it with all that was done to it."""

from dataclasses import dataclass

from charts.look import Look
from fcnn.inside.neurons import has_exploded
from fcnn.network import NetworkSpec
from fcnn.types import Params
from ui import cached
from ui.lab.damages import Damage, Step, harm, in_order
from ui.lab.memory import LabMemory
from ui.lab.tried import Tried
from ui.network_shown import NetworkShown, shown_network
from ui.server import scheduler
from ui.visit import Visit, remembered

MOST_STEPS = 8
N_ASKED = 1_000  # validation digits that tell which neurons matter
COPY = "The copy"


@dataclass(frozen=True, eq=False)
class Bench:
    """Not to be kept: it holds the parameters."""

    shown: NetworkShown  # as it was when it was taken
    steps: tuple[Step, ...]
    params: Params  # of the copy

    @property
    def key(self) -> str:
        """Names the copy, for caches: that of the network itself, as long as nothing was done."""
        return f"{self.shown.key} {self.steps}" if self.steps else self.shown.key

    @property
    def sound(self) -> bool:
        """Whether the copy has numbers that can be reckoned with."""
        return not any(has_exploded((layer,)) for layer in self.params)

    def copy(self, look: Look, title: str) -> Tried:
        """Return the copy, to be tried out: without any damage it has the title of the network itself."""
        params = self.params
        return Tried(self.key, COPY if self.steps else title, look, self.shown.spec, lambda: params)

    def whole(self, look: Look, title: str) -> Tried:
        """Return the network as it learned, to be tried out."""
        params = self.shown.params
        return Tried(self.shown.key, title, look, self.shown.spec, lambda: params)


def take_moment(state: Visit) -> NetworkShown | None:
    """Return the network that is shown; of one that learns the moment that was taken, until another one is wanted.

    None if there is no memory for it just now.
    """
    shown, memory = shown_network(state), remembered(LabMemory)
    taken = memory.taken.thing
    same = taken is not None and taken.name == shown.name and memory.taken_for == state.epoch
    if same and (shown.running or memory.steps):
        return taken
    memory.taken.let_go()
    if not shown.running:
        return shown
    memory.taken_for = state.epoch
    return shown if memory.taken.put(shown, shown.key, _n_bytes(shown.params)) else None


def bench_of(state: Visit) -> Bench | None:
    """Return what lies on the bench; None if there is no memory for it just now.

    What was done to another network, or at another moment, is thrown away.
    """
    shown, memory = take_moment(state), remembered(LabMemory)
    if shown is None:
        return None
    if memory.steps and memory.steps_of != shown.key:
        throw_away()
        memory.thrown_away = True
    if not memory.steps:
        memory.copy.let_go()
        return Bench(shown, (), shown.params)
    key = f"{shown.key} {memory.steps}"
    if memory.copy.thing is None or memory.copy.key != key:
        with scheduler().turn():
            copy = _damaged(shown.spec, shown.params, memory.steps)
        if not memory.copy.put(copy, key, _n_bytes(copy)):
            return None
    assert memory.copy.thing is not None
    return Bench(shown, memory.steps, memory.copy.thing)


def add_step(of: str, damage: Damage, strength: float) -> None:
    """Do one more damage to the copy of the network of this key."""
    memory = remembered(LabMemory)
    steps = memory.steps if memory.steps_of == of else ()
    if len(steps) < MOST_STEPS:
        memory.steps, memory.steps_of, memory.thrown_away, memory.kept = (*steps, Step(damage, strength)), of, False, ""


def undo() -> None:
    """Take back the last damage."""
    memory = remembered(LabMemory)
    memory.steps = memory.steps[:-1]


def throw_away() -> None:
    """Throw the copy away."""
    memory = remembered(LabMemory)
    memory.steps, memory.steps_of = (), ""
    memory.copy.let_go()


def take_newest() -> None:
    """Let go of the moment that was taken."""
    throw_away()
    remembered(LabMemory).taken.let_go()


def order_on(spec: NetworkSpec, params: Params, damage: Damage) -> tuple[int, ...]:
    """Return in which order neurons go, by what they do with validation digits: the test set chooses nothing."""
    return in_order(spec, params, damage, cached.load_mnist().all_train.X[-N_ASKED:])


def _damaged(spec: NetworkSpec, params: Params, steps: tuple[Step, ...]) -> Params:
    for damage, strength in steps:
        params = harm(params, damage, strength, order_on(spec, params, damage))
    return params


def _n_bytes(params: Params) -> int:
    return sum(array.nbytes for layer in params for array in layer)
