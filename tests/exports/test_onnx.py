"""Networks as ONNX, read back by other programs: what these answer is what the app answers."""

from itertools import product
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from exports.onnx import INPUT, OUTPUT, to_onnx
from exports.protobuf import field, varint
from fcnn import model_file
from fcnn.activations import ACTIVATIONS
from fcnn.initialization import Initialization, init_params
from fcnn.mnist import Mnist
from fcnn.network import NetworkSpec, mnist_spec, predict
from fcnn.pixels import as_numbers
from fcnn.types import Array, Params
from tests.project import ROOT

ATOL = 1e-5
SHIPPED = sorted((ROOT / "data" / "models").glob("*.npz"))
DEPTHS = [(), (20,), (12, 12), (12, 12, 12), (12, 12, 12, 12), (12, 12, 12, 12, 12)]


def run_onnx(content: bytes, X: Array) -> Array:
    """Return what onnxruntime answers, once onnx has checked the file and every shape in it."""
    onnx.checker.check_model(content, full_check=True)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (probabilities,) = session.run([OUTPUT], {INPUT: X})
    answered: Array = probabilities
    return answered


def some_params(spec: NetworkSpec) -> Params:
    return init_params(spec, Initialization(bias_width=0.3), rng=np.random.default_rng(1))


@pytest.mark.parametrize(("activation", "hidden"), [*product(ACTIVATIONS, DEPTHS)])
def test_another_program_reads_a_network_and_answers_the_same(
    activation: str, hidden: tuple[int, ...], mnist: Mnist
) -> None:
    spec, X = mnist_spec(hidden, activation), as_numbers(mnist.test.X[:2_000])
    params = some_params(spec)
    ours, theirs = predict(spec, params, X), run_onnx(to_onnx(spec, params), X)
    assert np.abs(ours - theirs).max() < ATOL
    assert ours.std(axis=0).max() > 10 * ATOL  # it makes a difference which image is asked about


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_networks_that_come_with_the_app_answer_all_test_digits_the_same(path: Path, mnist: Mnist) -> None:
    model = model_file.load(path.read_bytes())
    X, params = as_numbers(mnist.test.X), model.params[-1]
    ours, theirs = predict(model.spec, params, X), run_onnx(to_onnx(model.spec, params), X)
    assert np.abs(ours - theirs).max() < ATOL
    assert np.array_equal(ours.argmax(axis=1), theirs.argmax(axis=1))


def test_a_file_says_what_goes_in_and_what_comes_out() -> None:
    spec = mnist_spec((7,))
    session = onnxruntime.InferenceSession(to_onnx(spec, some_params(spec)), providers=["CPUExecutionProvider"])
    (images,), (probabilities,) = session.get_inputs(), session.get_outputs()
    assert (images.name, images.type, images.shape) == ("images", "tensor(float)", ["N", 784])
    assert (probabilities.name, probabilities.type, probabilities.shape) == (
        "probabilities",
        "tensor(float)",
        ["N", 10],
    )
    assert (session.get_modelmeta().producer_name, session.get_modelmeta().graph_name) == ("fcnn", "digits")


def test_there_are_few_bytes_besides_the_parameters() -> None:
    assert SHIPPED
    model = model_file.load(SHIPPED[0].read_bytes())
    assert 0 < len(to_onnx(model.spec, model.params[-1])) - 4 * model.spec.n_parameters < 1_000


def test_protobuf_is_written_as_its_documentation_has_it() -> None:
    assert field(1, 150) == b"\x08\x96\x01"
    assert field(2, "testing") == b"\x12\x07testing"
    assert field(3, field(1, 150)) == b"\x1a\x03\x08\x96\x01"
    assert field(4, 0.5) == b"\x25\x00\x00\x00\x3f"
    assert [varint(n) for n in (0, 127, 128, 16_384)] == [b"\x00", b"\x7f", b"\x80\x01", b"\x80\x80\x01"]
    with pytest.raises(ValueError, match="-1"):
        varint(-1)
