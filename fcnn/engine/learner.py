"""One network while it learns: its parameters are the only arrays of fcnn that change in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from fcnn.augmentation import augment
from fcnn.config import TrainConfig
from fcnn.engine.at_once import AtOnce, one_by_one
from fcnn.engine.batches import Rows
from fcnn.engine.by_ink import ByInk, as_stored
from fcnn.engine.gather import Gathering
from fcnn.engine.gradients import add_weighted, flat
from fcnn.engine.masks import draw_masks
from fcnn.engine.subnormals import NEGLIGIBLE_PROBABILITY, flush_to_zero
from fcnn.engine.updates import Updater
from fcnn.initialization import init_params
from fcnn.network import NetworkSpec, backward, forward
from fcnn.types import Array, Examples, Labels, Layer, Params


@dataclass(frozen=True)
class LearnerState:
    """What decides, together with its parameters, how a learner goes on. Its arrays never change."""

    memory: tuple[Params, ...]  # what the optimizer remembers: v of momentum, m and v of Adam, each shaped like params
    n_updates: int  # so far
    random: Mapping[str, Any]  # the state of the bit generator: plain numbers, some of 128 bits


class _Pass(NamedTuple):
    """What is passed through the network at once."""

    X: Array  # (n, D)
    labels: Labels
    masks: tuple[Array, ...]


class Learner:
    """Parameters, what the optimizer remembers of them, and the random numbers of one run.

    The rows of its first W are in the order of ByInk.pixels: those of blank pixels, without a gradient, are last.

    Raises:
        ValueError: the images have not as many pixels as the network has inputs.
    """

    def __init__(self, spec: NetworkSpec, examples: Examples, config: TrainConfig, images: ByInk | None = None) -> None:
        if examples.X.shape[1:] != spec.sizes[:1]:
            raise ValueError(f"X must be (N, {spec.sizes[0]}), got {examples.X.shape}")
        if images is None or config.augmentation.is_on:  # a digit that moves may leave ink anywhere
            images = as_stored(examples.X)
        self.spec = spec
        self.examples = examples
        self.rng = np.random.default_rng(config.seed)
        self._images = images
        (W, b), *later = init_params(spec, config.initialization, rng=self.rng)
        self.params: Params = (Layer(W[images.pixels], b), *later)
        self._updater = Updater(self.params, config.optimizer)
        self._gathering = Gathering(images.X)

    @property
    def n_updates(self) -> int:
        """How many updates there were so far."""
        return self._updater.n_updates

    def copy_params(self) -> Params:
        """Return the parameters as they are now, never to change again, with the pixels in the order of the images."""
        return self._copy(self.params)

    def state(self) -> LearnerState:
        """Return what there is beside the parameters."""
        memory = tuple(map(self._copy, self._updater.memory))
        return LearnerState(memory, self.n_updates, self.rng.bit_generator.state)

    def restore(self, params: Params, state: LearnerState) -> None:
        """Go on from copies of these parameters and this state.

        Raises:
            ValueError: they are those of another network, or of an optimizer that remembers other things.
        """
        own, given = (self.params, *self._updater.memory), (params, *state.memory)
        if (needed := list(map(_shapes, own))) != (got := list(map(_shapes, given))):
            raise ValueError(f"this network and optimizer need parameters and memory of {needed}, got {got}")
        for mine, theirs in zip(own, given, strict=True):
            mine[0].W[:] = theirs[0].W[self._images.pixels]
            for array, value in zip(flat(mine)[1:], flat(theirs)[1:], strict=True):
                array[:] = value
        self._updater.go_on_after(state.n_updates)
        self.rng.bit_generator.state = dict(state.random)

    def _copy(self, params: Params) -> Params:
        W = np.empty_like(params[0].W)
        W[self._images.pixels] = params[0].W
        later = (Layer(layer.W.copy(), layer.b.copy()) for layer in params[1:])
        copy = (Layer(W, params[0].b.copy()), *later)
        for layer in copy:
            layer.W.flags.writeable = layer.b.flags.writeable = False
        return copy

    def rest(self) -> None:
        """Let go of the memory that is needed between two updates only."""
        self._gathering = Gathering(self._images.X)

    def gradients(self, parts: Sequence[Rows], config: TrainConfig, at_once: AtOnce = one_by_one) -> Params:
        """Return the gradients of the mean loss over some examples, varied if so set; the caller owns them.

        Each part is gone through for itself, and the sums are added up in the order of the parts, whatever at_once()
        does first. The first W has only the rows of the pixels up to the last one that has ink in one of the examples.
        """
        passes = [self._prepare(rows, place, config) for place, rows in enumerate(parts)]
        n = sum(len(one.X) for one in passes)
        total: Params = ()
        for one, gradients in zip(passes, at_once([partial(self._pass, one) for one in passes]), strict=True):
            total = add_weighted(total, gradients, len(one.X) / n)
        return total

    def _prepare(self, rows: Rows, place: int, config: TrainConfig) -> _Pass:
        """Draw all random numbers of a pass, so that nothing depends on when the pass is made."""
        X = self._gathering.gather(rows, place)
        if config.augmentation.is_on:
            X = augment(X, config.augmentation, rng=self.rng)
        masks = draw_masks(len(X), self.spec.hidden, config.dropout, rng=self.rng)
        return _Pass(X[:, : self._images.reach[rows].max()], self.examples.labels[rows], masks)

    @np.errstate(over="ignore", invalid="ignore")  # a network that explodes is noticed by its loss
    def _pass(self, one: _Pass) -> Params:
        (W, b), *later = self.params
        params = (Layer(W[: one.X.shape[1]], b), *later)
        trace = forward(self.spec, params, one.X, dropout_masks=one.masks)
        flush_to_zero(trace.a[-1], NEGLIGIBLE_PROBABILITY)
        return backward(self.spec, params, trace, one.labels)

    def update(self, gradients: Params, config: TrainConfig, learning_rate: float) -> None:
        """Let the optimizer change the parameters; the gradients are used up."""
        self._updater.update(gradients, config, learning_rate)


def _shapes(params: Params) -> list[tuple[int, ...]]:
    return [array.shape for layer in params for array in layer]
