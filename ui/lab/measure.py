"""What networks bear: measured once, in turns with all others, and shared by all who look at the same network."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import streamlit as st

from fcnn.inside.endurance import damaged, digits_for, worsened
from fcnn.inside.worse import WAYS, worsen
from fcnn.metrics import ROWS_AT_ONCE, Figures
from fcnn.mnist import spread
from fcnn.network import NetworkSpec, predict
from fcnn.pixels import Pixels, as_images
from fcnn.types import Array, Examples
from ui import cached
from ui.lab.bench import order_on
from ui.lab.damages import Damage, harm
from ui.lab.tried import Tried, key_of
from ui.server import scheduler
from ui.uploads import counted

N_PICTURES = 10  # of first neurons
SEED = 0  # of the noise in digits
WAIT = "Measuring ..."
Course = tuple[float, ...]  # the accuracy at each strength


class Effect(NamedTuple):
    """What a damage of one strength does."""

    probabilities: Array  # (K,) for one digit
    neurons: tuple[int, ...]  # of the first layer, whose pictures these are
    pictures: Array  # (n, 28, 28)


class Strip(NamedTuple):
    """One digit at n strengths."""

    images: Pixels  # (n, 28, 28), from 0 to 1
    probabilities: Array  # (n, K)


def n_digits(networks: Sequence[NetworkSpec], n_strengths: int, *, worse: bool = False) -> int:
    """Return on how many test digits so many strengths of all these networks can be measured within a second."""
    test = cached.load_mnist().test
    return min(len(digits_for(spec, n_strengths * len(networks), test, worse=worse).X) for spec in networks)


@st.cache_data(max_entries=256, show_spinner=WAIT, hash_funcs={Tried: key_of})
def endurance(tried: Tried, damage: Damage, n: int) -> Course | None:
    """Return the accuracy at each strength of a damage, on n test digits; None if the network is not kept any more.

    Raises:
        BusyError: there is no memory for it just now.
    """
    params, digits = tried.load(), test_digits(n)
    if params is None:
        return None
    with scheduler().turn():
        order = order_on(tried.spec, params, damage)

    def at(strength: float) -> Figures:
        return next(damaged(tried.spec, lambda s: harm(params, damage, s, order), (strength,), digits))

    return _in_turns(tried, damage.strengths, at)


@st.cache_data(max_entries=256, show_spinner=WAIT, hash_funcs={Tried: key_of})
def endurance_of_worse(tried: Tried, way: str, n: int) -> Course | None:
    """Return the accuracy at each strength of a way in which digits get worse; see endurance()."""
    params, digits = tried.load(), test_digits(n)
    if params is None:
        return None
    return _in_turns(
        tried,
        WAYS[way].strengths,
        lambda strength: next(worsened(tried.spec, params, way, (strength,), digits, seed=SEED)),
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Tried: key_of})
def effect(tried: Tried, damage: Damage, strength: float, image: bytes) -> Effect:
    """Return what a damaged network says to an image, and some of its first neurons; the network must be there."""
    params = tried.load()
    assert params is not None
    with scheduler().turn():
        order = order_on(tried.spec, params, damage)
        hurt = harm(params, damage, strength, order)
        p = predict(tried.spec, hurt, np.frombuffer(image, np.uint8)[None])[0]
    goes = order if damage.kind == "units" and damage.layer == 0 else range(tried.spec.sizes[1])
    neurons = tuple(goes[:N_PICTURES])
    return Effect(p, neurons, as_images(hurt[0].W[:, neurons].T.copy()))


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Tried: key_of})
def strip(tried: Tried, way: str, image: bytes) -> Strip:
    """Return an image at each strength of a way, and what the network says to each; the network must be there."""
    params, x = tried.load(), np.frombuffer(image, np.uint8)[None]
    assert params is not None
    X = np.concatenate([worsen(way, x, strength, rng=np.random.default_rng(SEED)) for strength in WAYS[way].strengths])
    with scheduler().turn():
        return Strip(as_images(X), predict(tried.spec, params, X))


def test_digits(n: int) -> Examples:
    """Return n test digits, from all over the file."""
    X, labels = cached.load_mnist().test
    rows = spread(n, len(labels))
    return Examples(X[rows], labels[rows])


def _in_turns(tried: Tried, strengths: Sequence[float], at: Callable[[float], Figures]) -> Course:
    """Measure at each strength in a turn of its own, on as many cores as may compute: a class is not held up by one."""
    n_workers = min(scheduler().n_turns, len(strengths))

    def in_turn(strength: float) -> float:
        with scheduler().turn():
            return at(strength).accuracy

    # Each has a damaged copy, and the z and a of the rows that it passes through the network.
    n_bytes = 4 * (tried.spec.n_parameters + 2 * ROWS_AT_ONCE * sum(tried.spec.sizes))
    with counted(f"lab at work on {tried.key}", n_workers * n_bytes), ThreadPoolExecutor(n_workers) as pool:
        return tuple(pool.map(in_turn, strengths))
