"""The lines of fcnn that compute a step, read from the source itself, to stand beside the numbers of sums.py."""

import ast
import inspect
from collections.abc import Callable, Mapping
from textwrap import dedent
from types import FunctionType, MappingProxyType
from typing import Any, NamedTuple

from fcnn.losses import cross_entropy, log_softmax, softmax
from fcnn.network import weigh
from fcnn.types import Array

STEPS: Mapping[str, tuple[Callable[..., Array], ...]] = MappingProxyType(
    {"z": (weigh,), "softmax": (softmax,), "loss": (log_softmax, cross_entropy)}
)


class Lines(NamedTuple):
    """Some lines of a file of this project."""

    file: str  # 'fcnn/losses.py'
    function: str
    start: int  # the number of the first line in the file, from 1
    text: str  # without the indentation that all have in common


def lines_behind(step: str) -> tuple[Lines, ...]:
    """Return the lines that compute one of STEPS, a function after the other.

    Raises:
        KeyError: there is no such step.
    """
    return tuple(lines for function in STEPS[step] if (lines := lines_of(function)))


def lines_of(function: Callable[..., Any]) -> Lines | None:
    """Return what a function of this project does, without its head and docstring; None for NumPy's tanh."""
    if not isinstance(function, FunctionType) or function.__name__ == "<lambda>":
        return None
    lines, start = inspect.getsourcelines(function)
    docstring = next(node for node in ast.walk(ast.parse(dedent("".join(lines)))) if isinstance(node, ast.Expr))
    skipped = docstring.end_lineno or 0  # a public function always has one: ruff sees to it
    file = function.__module__.replace(".", "/") + ".py"
    return Lines(file, function.__name__, start + skipped, dedent("".join(lines[skipped:])).rstrip())
