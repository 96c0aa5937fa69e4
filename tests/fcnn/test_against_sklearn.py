"""From the same start, whole runs end where scikit-learn's MLPClassifier ends, in float64."""

from typing import Any

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from fcnn import Dataset, Epoch, Examples, Initialization, Layer, NetworkSpec, Params, TrainConfig, init_params, train

N, N_UPDATES = 60, 5
RNG = np.random.default_rng(0)
X = RNG.standard_normal((N, 4))
EXAMPLES = Examples(X, (X[:, 0] > 0).astype(int) + (X[:, 1] > 0))
DATA = Dataset(train=EXAMPLES, validation=None, test=EXAMPLES)
EPSILON = 1e-15  # of Adam; they add it before they correct v, we after, as the paper does: too small to matter

ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "sigmoid": "logistic"}  # ours -> scikit-learn's
OPTIMIZERS: dict[str, dict[str, Any]] = {
    "gradient_descent": {"solver": "sgd", "momentum": 0.0},
    "momentum": {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False},
    "nesterov": {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": True},
    "adam": {"solver": "adam", "beta_1": 0.9, "epsilon": EPSILON},
}


def spec_of(activation: str) -> NetworkSpec:
    return NetworkSpec((4, 6, 5, 3), activation)


def start(spec: NetworkSpec) -> Params:
    drawn = init_params(spec, Initialization("xavier", bias_width=0.1), rng=np.random.default_rng(1))
    return tuple(Layer(W.astype(np.float64), b.astype(np.float64)) for W, b in drawn)


def our_epochs(monkeypatch: pytest.MonkeyPatch, activation: str, config: TrainConfig) -> list[Epoch]:
    spec = spec_of(activation)
    monkeypatch.setattr("fcnn.optimizers.EPSILON", EPSILON)
    monkeypatch.setattr("fcnn.engine.learner.init_params", lambda *_, **__: start(spec))
    return list(train(spec, DATA, config))


def their_network(activation: str, optimizer: str, config: TrainConfig) -> MLPClassifier:
    """Train from our start: a first fit makes the arrays, a second, warm one begins with what we put there."""
    network = MLPClassifier(
        spec_of(activation).hidden,
        activation=ACTIVATIONS[activation],
        learning_rate_init=config.learning_rate,
        alpha=config.l2 * N,  # theirs is divided by the number of examples
        batch_size=N,
        shuffle=False,
        warm_start=True,
        tol=0,
        n_iter_no_change=1000,
        max_iter=1,
        **OPTIMIZERS[optimizer],
    )
    fit(network)
    params = start(spec_of(activation))
    network.coefs_, network.intercepts_ = [layer.W for layer in params], [layer.b for layer in params]
    network.loss_curve_.clear()
    network.set_params(max_iter=N_UPDATES)
    fit(network)
    return network


def fit(network: MLPClassifier) -> None:
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        network.fit(*EXAMPLES)


@pytest.mark.parametrize("l2", [0.0, 0.05])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_run_ends_where_sklearn_ends(
    activation: str, optimizer: str, l2: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = TrainConfig(
        learning_rate=0.05, n_epochs=N_UPDATES, batch_size=None, optimizer=optimizer, momentum=0.9, l2=l2
    )
    epochs = our_epochs(monkeypatch, activation, config)
    theirs = their_network(activation, optimizer, config)
    for layer, W, b in zip(epochs[-1].params, theirs.coefs_, theirs.intercepts_, strict=True):
        assert np.allclose(layer.W, W, rtol=0, atol=1e-5)
        assert np.allclose(layer.b, b, rtol=0, atol=1e-5)
    # Their loss is that before each update, and has the L2 term in it.
    ours = [epoch.train.loss + l2 / 2 * sum(float((W**2).sum()) for W, _ in epoch.params) for epoch in epochs]
    assert ours[:-1] == pytest.approx(theirs.loss_curve_, abs=1e-5)


def test_the_comparison_moves_far_enough_to_tell_optimizers_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [
        our_epochs(monkeypatch, "tanh", TrainConfig(0.05, N_UPDATES, None, optimizer))[-1].params[0].W
        for optimizer in OPTIMIZERS
    ]
    assert all(np.abs(one - other).max() > 1e-3 for i, one in enumerate(ends) for other in ends[:i])
