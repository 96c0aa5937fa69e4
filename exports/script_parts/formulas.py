"""Settings as formulas in Python, as a script computes with them."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fcnn.activations import LEAK
from fcnn.config import TrainConfig
from fcnn.initialization import NORMAL, Initialization


class _Activation(NamedTuple):
    """An activation of z[-1], and its derivative where layer k begins."""

    f: str
    df: str
    df_by_a: str  # the same, from what f has returned; not so after dropout


_SIGMOID = "0.5 * (1 + np.tanh(0.5 * z[{}]))"
_RELU_SLOPE = "(z[k - 1] > 0)"
_LEAKY_SLOPE = f"np.where(z[k - 1] > 0, np.float32(1), np.float32({LEAK}))"
_ACTIVATIONS: Mapping[str, _Activation] = MappingProxyType(
    {
        "relu": _Activation("np.maximum(z[-1], 0)", _RELU_SLOPE, _RELU_SLOPE),
        "leaky_relu": _Activation(f"np.maximum(z[-1], {LEAK} * z[-1])", _LEAKY_SLOPE, _LEAKY_SLOPE),
        "tanh": _Activation("np.tanh(z[-1])", "(1 - np.tanh(z[k - 1]) ** 2)", "(1 - a[k] ** 2)"),
        "sigmoid": _Activation(
            _SIGMOID.format(-1), f"((s := {_SIGMOID.format('k - 1')}) * (1 - s))", "(a[k] * (1 - a[k]))"
        ),
    }
)
_WIDTHS = MappingProxyType({"he": "sqrt(2 / n_in)", "xavier": "sqrt(2 / (n_in + n_out))", "lecun": "sqrt(1 / n_in)"})


def activation(name: str) -> str:
    """Return an activation of z[-1]."""
    return _ACTIVATIONS[name].f


def slope(name: str, *, drops: bool) -> str:
    """Return the derivative of an activation by z[k - 1], where drops says whether a[k] has lost something since."""
    return _ACTIVATIONS[name].df if drops else _ACTIVATIONS[name].df_by_a


def width(initialization: Initialization) -> str:
    """Return the standard deviation of the first weights between n_in and n_out neurons."""
    scheme = initialization.scheme
    return repr(initialization.weight_width) if scheme == NORMAL else _WIDTHS[scheme]


def speaking(dropout: float) -> str:
    """Return the share of neurons that speak, in few letters where that makes no difference in float32."""
    exactly, shortly = 1 - dropout, f"{1 - dropout:g}"
    return shortly if np.float32(1 / float(shortly)) == np.float32(1 / exactly) else repr(exactly)


def scheduled_rate(config: TrainConfig) -> str:
    """Return the learning rate behind the warm-up after so many epochs as are 'done': see learning_rate_at()."""
    start = config.warmup_epochs
    if config.schedule == "step":
        return f"learning_rate * 0.5 ** int(done // {config.step_epochs})"
    if config.schedule == "constant" or start >= config.n_epochs:
        return "learning_rate"
    left = f"(done - {start!r}) / (n_epochs - {start!r})" if start else "done / n_epochs"
    return f"learning_rate * 0.5 * (1 + cos(pi * ({left})))"


def names_from_math(text: str) -> str:
    """Return which names from Python's module math a program needs, for its import."""
    return ", ".join(
        name for name in ("cos", "inf", "isfinite", "pi", "sqrt") if re.search(rf"(?<![\w.]){name}\b", text)
    )


def halves(name: str, sizes: set[int]) -> str:
    """Return the two parts of an array of rows, of which there are so many, in one part where there is a single one."""
    cut = f"np.split({name}, [len({name}) // 2])"
    return f"filter(len, {cut})" if 1 in sizes else cut
