"""A network that was made on a page becomes one of its owner's runs, as an uploaded model does, and is shown."""

from copy import deepcopy
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from fcnn.model_file import Model, one_epoch
from fcnn.network import NetworkSpec
from fcnn.types import Params
from ui import kept
from ui.keeping import OFF, keeping
from ui.uploads import BusyError, counted, have_file, uploads
from ui.visit import Visit
from ui.words import plain

KEPT = "{name} is in your list of runs now, and every page shows it."
NOT_KEPT = "Every page shows {name} now, but it is not in your list of runs. {why}"
NO_ROOM = "There is no room for it beside your pinned runs: at most {runs:,} runs, or {mb:,} MB, are kept."
NOT_WRITTEN = "It could not be written just now."
BEYOND_USE = "Some of its numbers are no numbers any more, so there is nothing to keep."


class Made(NamedTuple):
    """A network that a page has made from another one."""

    name: str  # that tells how: 'One step: 10 updates at 0.1 on Ready-made'
    spec: NetworkSpec
    number: float  # of the epoch from which it was made
    params: Params


class Outcome(NamedTuple):
    """What came of keeping a network."""

    shown: bool  # whether it is the network on all pages now
    words: str  # for the page


def keep_copy(state: Visit, made: Made) -> Outcome:
    """Add a network to the visitor's list of runs, to the bit, and show it on all pages; the same one is added once.

    Where nothing can be kept it is shown all the same, as long as the visit lasts. Without memory for it all stays as
    it was. The parameters are copied.
    """
    if not all(np.isfinite(array).all() for layer in made.params for array in layer):
        return Outcome(False, BEYOND_USE)
    n_bytes = 4 * made.spec.n_parameters
    try:
        with counted(f"a copy of {state.owner}", 2 * n_bytes):  # as it is had, and as it is written
            digest = _digest(made)
            key = digest.hex()[:16]
            model = uploads().models.setdefault(key, one_epoch(made.spec, made.number, deepcopy(made.params)))
            have_file(state, model, made.name, key)
            state.file_id, why = _keep(state, model, digest, made.name)
    except BusyError as error:
        return Outcome(False, str(error))
    state.file_is_mine = True
    state.source, state.epoch, state.playing, state.lost = "file", None, False, ""
    name = plain(made.name)
    return Outcome(True, NOT_KEPT.format(name=name, why=why) if why else KEPT.format(name=name))


def _keep(state: Visit, model: Model, digest: bytes, name: str) -> tuple[str | None, str]:
    """Return the id under which a model is kept, and "", or None and why it is not."""
    store, limits = keeping().store, keeping().limits
    if store is None:
        return None, keeping().problem or OFF
    if not store.has_room(state.owner, model.n_bytes):
        return None, NO_ROOM.format(runs=limits.visitor_runs, mb=limits.visitor_mb)
    run_id = kept.keep_model(state.owner, model, digest, name)
    return run_id, "" if run_id else keeping().problem or NOT_WRITTEN


def _digest(made: Made) -> bytes:
    """Return what names a network by its content, its name and where it comes from."""
    found = sha256(repr((made.name, made.spec, made.number)).encode())
    for layer in made.params:
        for array in layer:
            found.update(np.ascontiguousarray(array).data)
    return found.digest()
