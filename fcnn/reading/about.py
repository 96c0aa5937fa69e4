"""The line of JSON in which a model file says what it holds. Nothing of it is believed, or quoted at length."""

import json
from collections.abc import Sequence
from itertools import pairwise

from fcnn.activations import ACTIVATIONS
from fcnn.network import N_CLASSES, N_PIXELS, NetworkSpec, mnist_spec

FORMAT = "fcnn-model-1"
MAX_EPOCHS = 64
_LARGEST = 10**7  # a number of an epoch, or a size, that anybody can mean
_MAX_QUOTED = 40  # letters of what a file says of itself


class ModelFileError(Exception):
    """A file is not a model that this app can use; the message says why and what to do."""


def read_about(line: bytes) -> tuple[NetworkSpec, tuple[float, ...]]:
    """Return the network and the numbers of the epochs that a model file says it holds.

    Raises:
        ModelFileError: it says something that the app cannot show.
        Exception: nearly any, if it is not a line of JSON of this kind.
    """
    about = json.loads(line)
    if about["format"] != FORMAT:
        raise ModelFileError(f"This model is of the format {_quoted(about['format'])}; this app reads {FORMAT!r}.")
    numbers, sizes = about["epochs"], about["sizes"]
    if not (1 <= len(numbers) <= MAX_EPOCHS and all(map(_is_epoch, numbers)) and _rise(numbers)):
        raise ModelFileError(f"A model holds 1 to {MAX_EPOCHS} epochs in rising order; this one holds others.")
    if not (isinstance(sizes, list) and len(sizes) >= 2 and all(type(size) is int for size in sizes)):
        raise ModelFileError("The layer sizes of this model are not whole numbers.")
    if (sizes[0], sizes[-1]) != (N_PIXELS, N_CLASSES):
        raise ModelFileError(
            "This model does not go from the 784 pixels of a digit to ten answers: it is not 784 to 10."
        )
    if about["activation"] not in ACTIVATIONS:
        raise ModelFileError(f"This model has an unknown activation, {_quoted(about['activation'])}.")
    if any(abs(size) > _LARGEST for size in sizes):
        raise ModelFileError("This model is far wider than the app can show.")
    try:
        return mnist_spec(tuple(sizes[1:-1]), about["activation"]), tuple(numbers)
    except ValueError as error:
        raise ModelFileError(f"This model is not one that the app can show: {error}.") from None


def _is_epoch(number: object) -> bool:
    return isinstance(number, int | float) and type(number) is not bool and 0 <= number <= _LARGEST


def _rise(numbers: Sequence[float]) -> bool:
    return all(before < after for before, after in pairwise(numbers))


def _quoted(value: object) -> str:
    """Return a value from a file in letters that every screen has, and not many of them."""
    return ascii(value if isinstance(value, str) else type(value).__name__)[:_MAX_QUOTED]
