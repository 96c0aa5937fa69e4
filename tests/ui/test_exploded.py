"""Every page bears a network whose numbers are beyond use, says so, and shows nothing that is not a number."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from fcnn.config import TrainConfig
from fcnn.initialization import Initialization, init_params
from fcnn.mnist import Dataset, Mnist
from fcnn.model_file import Model
from fcnn.network import NetworkSpec, mnist_spec, predict
from fcnn.types import Layer, Params
from runs.run import Run
from runs.status import Status
from runs.turns import Scheduler
from tests.networks import few_digits
from tests.visits import checked, component, prepare, words
from tests.waiting import until
from ui.menu import MENU
from ui.server import runs
from ui.visit import Visit

SPECS = [mnist_spec((12,)), mnist_spec((12, 8), "tanh"), mnist_spec(())]


def broken(spec: NetworkSpec, value: float, layer: int) -> Params:
    params = list(init_params(spec, Initialization(), rng=np.random.default_rng(0)))
    W = params[layer].W.copy()
    W[:, :2] = value
    params[layer] = Layer(W, params[layer].b)
    return tuple(params)


@pytest.mark.parametrize("page", [entry.file for entry in MENU])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30, 3e38])
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_a_page_bears_a_network_that_exploded(page: str, value: float, spec: NetworkSpec) -> None:
    for layer in {0, len(spec.sizes) - 2}:
        params = broken(spec, value, layer)
        model = Model(spec, (3,), (params,))
        state = Visit(source="file", file=model, file_name="mine.npz", file_key=f"{spec} {value} {layer}")
        at = checked(prepare(page, state=state).run())  # a RuntimeWarning would be an exception
        said = " ".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info, *at.success, *at.error, *at.metric))
        sent = json.dumps([element.proto.json for element in at.get("bidi_component")])
        assert not re.search(r"\bnan\b|\binf\b|NaN|Infinity", said), said
        assert not re.search(r"\bNaN\b|Infinity|\bnan %", sent)
        if page == "streamlit_app.py" and not np.isfinite(value):
            answer = component(at, "home_answer")
            assert answer["says"] == "It has no answer"
            assert "sure" not in said + answer["more"]


@pytest.mark.parametrize("spec", SPECS, ids=str)
@pytest.mark.parametrize("value", [np.nan, 3e38])
def test_whatever_is_chosen_on_a_page_of_an_exploded_network_is_a_word_or_a_number(
    spec: NetworkSpec, value: float
) -> None:
    sound = init_params(spec, Initialization(), rng=np.random.default_rng(1))
    for layer in {0, len(spec.sizes) - 2}:
        model = Model(spec, (0, 1, 7), (sound, broken(spec, value, layer), broken(spec, -value, layer)))
        for page, choices in CHOICES:
            for number in (1, 7):
                key = f"choices {spec} {value} {layer}"
                state = Visit(source="file", file=model, file_name="mine.npz", file_key=key, epoch=number)
                state.chosen[Path(page).stem] = dict(choices)
                at = checked(prepare(page, state=state).run())
                assert not re.search(r"\bnan\b|\binf\b|NaN|Infinity", words(at))


CHOICES: list[tuple[str, dict[str, str]]] = [
    ("pages/weights.py", {"neuron": "0", "sort": "active"}),
    ("pages/weights.py", {"neuron": "5", "sort": "digit"}),
    ("pages/draw.py", {"input": "sample", "sample": "7"}),
    ("pages/mistakes.py", {"image": "3", "true": "2", "order": "loss"}),
]


def test_a_run_that_explodes_is_shown_at_each_of_its_epochs(mnist: Mnist) -> None:
    few = few_digits(mnist, 2000)
    config = TrainConfig(learning_rate=1000.0, n_epochs=3)
    run = Run(mnist_spec((32, 16), "leaky_relu"), Dataset(few, None, mnist.test), config, Scheduler(1))
    run.resume()
    until(lambda: not run.view().under_way)
    assert run.view().status is Status.DIVERGED
    run_id = runs().add(run, owner="me")
    try:
        for page in MENU:
            for epoch in (None, 0, 1):
                state = Visit(run_id=run_id, owner="me", source="run", epoch=epoch)
                at = checked(prepare(page.file, state=state).run())
                assert not re.search(r"\bnan\b|\binf\b|NaN|Infinity", words(at))
                assert not at.success
    finally:
        runs().close(run_id)


def test_probabilities_of_a_network_that_overflows_come_without_a_warning() -> None:
    spec = mnist_spec((12,))
    assert np.isnan(predict(spec, broken(spec, 3e38, 1), np.ones((2, 784), np.float32))).any()
