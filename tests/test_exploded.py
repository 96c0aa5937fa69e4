"""Every page bears a network whose numbers are beyond use, says so, and shows nothing that is not a number."""

import json
import re

import numpy as np
import pytest

from fcnn.checkpoint import Model
from fcnn.initialization import Initialization, init_params
from fcnn.network import NetworkSpec, mnist_spec
from fcnn.types import Layer, Params
from tests.visits import checked, prepare
from ui.page import MENU
from ui.state import AppState

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
        state = AppState(source="file", file=model, file_name="mine.npz", file_key=f"{spec} {value} {layer}")
        at = checked(prepare(page, state=state).run())  # a RuntimeWarning would be an exception
        said = " ".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info, *at.success, *at.error, *at.metric))
        sent = json.dumps([element.proto.json for element in at.get("bidi_component")])
        assert not re.search(r"\bnan\b|\binf\b|NaN|Infinity", said), said
        assert not re.search(r"\bNaN\b|Infinity|\bnan %", sent)
        if page == "streamlit_app.py" and not np.isfinite(value):
            assert "It has no answer" in said
            assert "sure" not in said
