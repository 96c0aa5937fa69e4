"""A layer further up is asked as a first layer is, and says what the whole network says of it."""

import numpy as np
import pytest

from fcnn.inside.neurons import describe, outgoing
from fcnn.inside.responses import respond
from fcnn.inside.upper_part import passed_on, upper_part
from fcnn.mnist import Mnist
from fcnn.network import forward, mnist_spec
from tests.networks import wide

SPEC = mnist_spec((7, 5, 4), "tanh")
PARAMS = wide(SPEC)


@pytest.mark.parametrize("layer", range(4))
def test_what_a_layer_is_given_and_says_is_that_of_the_whole_network(mnist: Mnist, layer: int) -> None:
    X = mnist.test.X[:2_300]  # more than go through at once
    trace = forward(SPEC, PARAMS, X)
    inputs, part = passed_on(SPEC, PARAMS, layer, X), upper_part(SPEC, PARAMS, layer)
    response = respond(*part, inputs, 3)
    np.testing.assert_allclose(response.z, trace.z[layer][:, 3], atol=1e-5)
    expected = trace.a[layer + 1][:, 3] if layer < 3 else trace.z[layer][:, 3]  # of an output, the score
    np.testing.assert_allclose(response.a, expected, atol=1e-5)
    assert len(describe(*part, inputs).norms) == SPEC.sizes[layer + 1]


def test_outputs_support_themselves_and_the_layer_before_its_own_weights() -> None:
    assert np.array_equal(outgoing(upper_part(SPEC, PARAMS, 3)[1]), np.eye(10))
    assert np.array_equal(outgoing(upper_part(SPEC, PARAMS, 2)[1]), PARAMS[3].W)


@pytest.mark.parametrize("layer", [-1, 4])
def test_there_must_be_such_a_layer(layer: int) -> None:
    with pytest.raises(ValueError, match="layer must be 0 to 3"):
        upper_part(SPEC, PARAMS, layer)
