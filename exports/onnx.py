"""A network as ONNX, the format in which other programs exchange networks: browsers, phones, PyTorch, Java.

A file is one protobuf message, written here by hand, so that the app needs no package of 30 MB. The numbers of fields
are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from exports.protobuf import field
from fcnn.activations import LEAK
from fcnn.network import NetworkSpec
from fcnn.types import Array, Params

IR_VERSION, OPSET = 8, 17  # of 2022: what has been made since reads them
INPUT, OUTPUT = "images", "probabilities"
_FLOAT = 1  # float32, in the table of types; and, among the kinds of attributes, a float
_ABOUT_INPUT = "28 x 28 pixels a row, from 0 (paper) to 1 (ink), as in MNIST"
_ABOUT_OUTPUT = "how likely each digit is, from 0 to 9"

# What ONNX calls an activation, and its attributes.
OPERATORS: Mapping[str, tuple[str, Mapping[str, float]]] = MappingProxyType(
    {
        "relu": ("Relu", {}),
        "leaky_relu": ("LeakyRelu", {"alpha": LEAK}),
        "tanh": ("Tanh", {}),
        "sigmoid": ("Sigmoid", {}),
    }
)


def to_onnx(spec: NetworkSpec, params: Params) -> bytes:
    """Return the content of an .onnx file: 'images' (N, D) as float32 from 0 to 1 -> 'probabilities' (N, K)."""
    operator, attributes = OPERATORS[spec.activation]
    tensors, nodes, value = b"", b"", INPUT
    for i, (W, b) in enumerate(params):
        tensors += field(5, _tensor(f"W{i}", W)) + field(5, _tensor(f"b{i}", b))
        nodes += _node("Gemm", (value, f"W{i}", f"b{i}"), f"z{i}")
        is_last = i == len(params) - 1
        value = OUTPUT if is_last else f"a{i + 1}"
        nodes += _node("Softmax", (f"z{i}",), value) if is_last else _node(operator, (f"z{i}",), value, attributes)
    graph = nodes + field(2, "digits") + tensors
    graph += field(11, _value(INPUT, spec.sizes[0], _ABOUT_INPUT)) + field(
        12, _value(OUTPUT, spec.sizes[-1], _ABOUT_OUTPUT)
    )
    return field(1, IR_VERSION) + field(2, "fcnn") + field(7, graph) + field(8, field(2, OPSET))


def _node(
    operator: str, inputs: tuple[str, ...], output: str, attributes: Mapping[str, float] = MappingProxyType({})
) -> bytes:
    """Return one step of the graph; Gemm is a @ W + b, and Softmax runs along the last axis."""
    named = b"".join(field(1, name) for name in inputs) + field(2, output) + field(4, operator)
    settings = (field(1, name) + field(2, number) + field(20, _FLOAT) for name, number in attributes.items())
    return field(1, named + b"".join(field(5, setting) for setting in settings))


def _tensor(name: str, array: Array) -> bytes:
    dims = b"".join(field(1, n) for n in array.shape)
    return dims + field(2, _FLOAT) + field(8, name) + field(9, np.ascontiguousarray(array, "<f4").tobytes())


def _value(name: str, width: int, about: str) -> bytes:
    """Return what goes in or out: rows of float32, as many as one likes."""
    shape = field(1, field(2, "N")) + field(1, field(1, width))
    return field(1, name) + field(2, field(1, field(1, _FLOAT) + field(2, shape))) + field(3, about)
