"""How sure networks are of test digits, and whether they are right: measured once, and shared like the rest."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from fcnn.inside.calibration import Coverage, Reliability, Right, coverage, reliability
from fcnn.inside.temperature import Fitted, at_temperature, fit_temperature, scores
from fcnn.losses import softmax
from fcnn.mnist import N_VALIDATION
from fcnn.types import Array, Examples
from ui import cached
from ui.lab.measure import WAIT, test_digits
from ui.lab.tried import Tried, key_of
from ui.server import scheduler

N_PASSES = 3  # as long as test digits, validation digits and the temperature take


class Sureness(NamedTuple):
    """What a network says of some test digits, and how far it is to be believed."""

    confidences: Array  # (N,)
    right: Right  # (N,)
    now: Reliability
    after: Reliability | None  # with the temperature
    fitted: Fitted | None  # None if the numbers of the network are beyond use
    n_validation: int  # digits that the temperature was fitted on
    believed: Coverage

    @property
    def n(self) -> int:
        """How many digits it was asked about."""
        return len(self.right)

    def from_on(self, threshold: float) -> tuple[int, int]:
        """Return how many answers are as sure as a threshold or surer, and how many of those are wrong."""
        kept = self.confidences >= threshold
        return int(kept.sum()), int((kept & ~self.right).sum())


@st.cache_data(max_entries=32, show_spinner=WAIT, hash_funcs={Tried: key_of})
def sureness(tried: Tried, n: int) -> Sureness | None:
    """Return how sure a network is of n test digits; None if it is not kept any more, or has no answers."""
    params, spec, mnist = tried.load(), tried.spec, cached.load_mnist()
    if params is None:
        return None
    test, validation = test_digits(n), Examples(*(part[-min(n, N_VALIDATION) :] for part in mnist.all_train))
    with scheduler().turn():
        z = scores(spec, params, test.X)
    with scheduler().turn():
        fitted = fit_temperature(scores(spec, params, validation.X), validation.labels)
    if not np.isfinite(z).all():
        return None
    p, right = softmax(z), z.argmax(axis=1) == test.labels
    after = reliability(at_temperature(z, fitted.temperature).max(axis=1), right) if fitted else None
    sure = p.max(axis=1)
    n_fitted = len(validation.labels)
    return Sureness(sure, right, reliability(sure, right), after, fitted, n_fitted, coverage(sure, right))
