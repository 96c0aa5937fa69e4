"""Save and load a model: an .npz file with a line of JSON, and the parameters of one or more epochs.

A file that somebody hands in may be wrong, huge or hostile. Nothing in it is unpickled, and what it claims about its
size and shapes is checked, against the limits of this app, before any array is made.
"""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from fcnn.network import NetworkSpec
from fcnn.reading.about import FORMAT, ModelFileError, read_about
from fcnn.reading.archive import ArchiveError
from fcnn.reading.npz import open_npz, read_bytes, read_floats
from fcnn.types import Array, Layer, Params

MAX_FILE_BYTES = 64_000_000
MAX_UNPACKED_BYTES = 64_000_000  # as float32, as much as a run may keep of its epochs
T = TypeVar("T")
ADVICE = "Choose an .npz file that was downloaded here."
_MAX_JSON_BYTES = 10_000


@dataclass(frozen=True)
class Model:
    """A network at one or more points of its training."""

    spec: NetworkSpec
    numbers: tuple[float, ...]  # of the epochs, rising; those inside of an epoch are no whole numbers
    params: tuple[Params, ...]  # one for each of them

    @property
    def n_bytes(self) -> int:
        """What its parameters take in memory."""
        return sum(array.nbytes for params in self.params for layer in params for array in layer)


def save(model: Model, dtype: type[np.floating[Any]] = np.float32) -> bytes:
    """Return the content of an .npz file; float16 makes it half as large, at three digits of precision."""
    about = {"format": FORMAT, "sizes": model.spec.sizes, "activation": model.spec.activation, "epochs": model.numbers}
    arrays: dict[str, Any] = {
        name: np.stack([params[i][part] for params in model.params]).astype(dtype)
        for i in range(len(model.spec.sizes) - 1)
        for part, name in enumerate((f"W{i}", f"b{i}"))
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, about=np.frombuffer(json.dumps(about).encode(), np.uint8), **arrays)
    return buffer.getvalue()


def size_of(content: bytes) -> int:
    """Return how many bytes a model will take as float32, before any of them is read.

    Raises:
        ModelFileError: see load().
    """
    return _read(content, lambda _, spec, numbers: _checked_size(spec, len(numbers)))


def load(content: bytes) -> Model:
    """Read what save() wrote, or what NumPy made of it since.

    Raises:
        ModelFileError: the content is not such a file, is damaged, or claims more than the app allows.
    """
    return _read(content, _read_model)


def _read_model(archive: zipfile.ZipFile, spec: NetworkSpec, numbers: tuple[float, ...]) -> Model:
    shapes = _expected_shapes(spec, len(numbers))
    arrays = {name: read_floats(archive, name, shape) for name, shape in shapes.items()}
    return Model(spec, numbers, tuple(_params_at(arrays, spec, i) for i in range(len(numbers))))


def _read(content: bytes, read: Callable[[zipfile.ZipFile, NetworkSpec, tuple[float, ...]], T]) -> T:
    if len(content) > MAX_FILE_BYTES:
        raise ModelFileError(f"This file has {len(content):,} bytes; a model has at most {MAX_FILE_BYTES:,}.")
    try:
        with open_npz(content) as archive:
            return read(archive, *read_about(read_bytes(archive, "about", _MAX_JSON_BYTES)))
    except ModelFileError:
        raise
    except ArchiveError as error:
        raise ModelFileError(f"{error} {ADVICE}") from error
    # A hostile archive can raise nearly anything (zlib.error, RuntimeError ...); all of it means the same.
    except Exception as error:
        raise ModelFileError(f"This file is not a model of this app, or it is damaged. {ADVICE}") from error


def _checked_size(spec: NetworkSpec, n_epochs: int) -> int:
    if (n_bytes := spec.n_parameters * n_epochs * 4) > MAX_UNPACKED_BYTES:
        raise ModelFileError("This model would take more memory than the app gives to one. Save fewer epochs of it.")
    return n_bytes


def _expected_shapes(spec: NetworkSpec, n_epochs: int) -> dict[str, tuple[int, ...]]:
    _checked_size(spec, n_epochs)
    shapes: dict[str, tuple[int, ...]] = {}
    for i, (n_in, n_out) in enumerate(pairwise(spec.sizes)):
        shapes[f"W{i}"], shapes[f"b{i}"] = (n_epochs, n_in, n_out), (n_epochs, n_out)
    return shapes


def _params_at(arrays: dict[str, Array], spec: NetworkSpec, epoch: int) -> Params:
    return tuple(Layer(arrays[f"W{i}"][epoch], arrays[f"b{i}"][epoch]) for i in range(len(spec.sizes) - 1))


def one_epoch(spec: NetworkSpec, number: float, params: Params) -> Model:
    """Return the model of a single epoch."""
    return Model(spec, (number,), (params,))


def of_epochs(spec: NetworkSpec, numbered: Sequence[tuple[float, Params]]) -> Model:
    """Return the model of several epochs."""
    return Model(spec, tuple(number for number, _ in numbered), tuple(params for _, params in numbered))
