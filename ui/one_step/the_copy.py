"""The copy of the network: taken, changed by updates, thrown away, or kept. What is shown stays as it is."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from weakref import finalize

import numpy as np

from fcnn.config import TrainConfig
from fcnn.inside.one_update import update_often
from fcnn.inside.standing import Standing, begin
from fcnn.network import NetworkSpec, predict
from fcnn.optimizers import OPTIMIZERS
from fcnn.types import Array, Examples
from ui import kept
from ui.digit_in_hand import digit_in_hand
from ui.network_line import SOURCES
from ui.network_shown import NetworkShown, shown_network
from ui.one_step.choices import config_of
from ui.one_step.lesson import Lesson, lesson_of
from ui.one_step.memory import OneStepMemory, Press
from ui.server import runs, scheduler
from ui.uploads import NO_MEMORY, BusyError, counted
from ui.visit import Visit, remembered

MOST_SLOTS = max(optimizer.n_slots for optimizer in OPTIMIZERS.values())
ANEW = "{what} was chosen: the copy with your {n} is gone, and this is a new one."
PARTS = ("Another network", "Another moment", "Something else")  # of what names a copy


def n_updates_in_words(n: int) -> str:
    """Return a number of updates in words."""
    return f"{n:,} update{'' if n == 1 else 's'}"


@contextmanager
def at_work(memory: OneStepMemory, spec: NetworkSpec) -> Iterator[None]:
    """Compute in turn with all others, and count what that takes: a new standing, two gradients, some activations.

    Raises:
        BusyError: the memory is not there.
    """
    with counted(f"one step {id(memory)}", (MOST_SLOTS + 3) * 4 * spec.n_parameters), scheduler().turn():
        yield


def have_copy(state: Visit, shown: NetworkShown, lesson: Lesson, optimizer: str) -> Standing | None:
    """Return the copy; a new one where another network, moment or lesson was chosen. None: there is no memory for it.

    While a run goes on and nobody chooses a moment, the copy stays that of the moment at which it was taken.
    """
    memory, key = remembered(OneStepMemory), (shown.name, state.epoch, lesson.key)
    if memory.taken != key:
        memory.note = _of_the_one_before(memory, key)
        let_go(memory)
        if not _hold(memory, shown.spec):
            return None
        memory.taken, memory.name, memory.optimizer = key, network_name(state, shown), ""
        memory.number, memory.moment = shown.number, shown.moment
        # Of one's own: the network of a run that is long over is not to be kept from being let go.
        memory.standing = Standing(deepcopy(shown.params), (), 0)
    if memory.standing is not None and memory.optimizer != optimizer:
        memory.standing, memory.optimizer = begin(memory.standing.params, optimizer), optimizer
        memory.version += 1
    return memory.standing


def _of_the_one_before(memory: OneStepMemory, key: tuple[Hashable, ...]) -> str:
    """Return what to say where a copy that was changed makes way for another one."""
    if not isinstance(memory.taken, tuple) or not memory.n_updates:
        return ""
    changed = [name for name, was, now in zip(PARTS, memory.taken, key, strict=True) if was != now]
    return ANEW.format(what=changed[0], n=n_updates_in_words(memory.n_updates))


def network_name(state: Visit, shown: NetworkShown) -> str:
    """Return what to call the network that is shown."""
    if shown.source == "file":
        return state.file_name
    run = kept.find(state.run_id) if shown.source == "run" else None
    return run.title if run else SOURCES[shown.source]


def _hold(memory: OneStepMemory, spec: NetworkSpec) -> bool:
    name = f"the copy of one step {id(memory)}"
    if not runs().hold(name, (1 + MOST_SLOTS) * 4 * spec.n_parameters):
        return False
    memory.let_go = finalize(memory, runs().let_go, name)
    return True


def let_go(memory: OneStepMemory) -> None:
    """Throw the copy away; the next one is taken when the page is drawn."""
    if memory.let_go is not None:
        memory.let_go()
    memory.taken, memory.standing, memory.let_go, memory.n_updates = None, None, None, 0
    memory.last, memory.ways = None, frozenset()
    memory.first_places.clear()
    memory.remembered.clear()
    memory.version += 1


def advance(state: Visit, n: int) -> None:
    """Make n updates of the copy, or as many as leave a loss that is a number."""
    memory, shown, config = remembered(OneStepMemory), shown_network(state), config_of(state)
    lesson = lesson_of(state, shown.spec)
    standing = have_copy(state, shown, lesson, config.optimizer) if lesson else None
    if lesson is None or standing is None:
        return
    memory.problem = memory.kept = memory.note = ""
    try:
        with at_work(memory, shown.spec):
            _advance(state, standing, lesson.examples, config, n)
    except BusyError:
        memory.problem = NO_MEMORY


def _advance(state: Visit, before: Standing, examples: Examples, config: TrainConfig, n: int) -> None:
    memory, spec, digit = remembered(OneStepMemory), shown_network(state).spec, digit_in_hand(state)
    with np.errstate(over="ignore", invalid="ignore"):
        said = predict(spec, before.params, digit.image[None])[0]
        n_right = _n_right(predict(spec, before.params, examples.X), examples)
        done = update_often(spec, before, examples, config, n)
    made, losses = len(done.losses) - 1, done.losses
    if memory.last is None:
        memory.loss_at_start = float(losses[0])
    n_right_after = _n_right(done.probabilities, examples)
    memory.last = Press(made, float(losses[0]), float(losses[-1]), n_right, n_right_after, digit.chosen, said)
    memory.standing, memory.n_updates, memory.version = done.after, memory.n_updates + made, memory.version + 1
    if len(memory.ways) < 2:
        memory.ways |= {(config.optimizer, config.learning_rate)}


def _n_right(probabilities: Array, examples: Examples) -> int:
    return int((probabilities.argmax(axis=1) == examples.labels).sum()) if np.isfinite(probabilities).all() else 0
