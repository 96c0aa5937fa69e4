"""Save and load a model: an .npz file with a line of JSON, and the parameters of one or more epochs.

A file that somebody hands in may be wrong, huge or hostile. Nothing in it is unpickled, and what it claims about its
size and shapes is checked, against the limits of this app, before any array is made.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from fcnn.network import NetworkSpec, mnist_spec
from fcnn.types import Array, Layer, Params

FORMAT = "fcnn-model-1"
MAX_FILE_BYTES = 64_000_000
MAX_UNPACKED_BYTES = 128_000_000
MAX_EPOCHS = 64
_MAX_JSON_BYTES = 10_000
_ENTRY_MARK, _MAX_ENTRIES = b"PK\x01\x02", 100  # a directory of millions of entries would fill the memory when opened
_HEADER_BYTES = 1_000  # more than the header of an .npy file of two or three axes ever takes


class ModelFileError(Exception):
    """A file is not a model that this app can use; the message says why and what to do."""


@dataclass(frozen=True)
class Model:
    """A network at one or more points of its training."""

    spec: NetworkSpec
    numbers: tuple[int, ...]  # of the epochs, rising
    params: tuple[Params, ...]  # one for each of them


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


def load(content: bytes) -> Model:
    """Read what save() wrote.

    Raises:
        ModelFileError: the content is not such a file, is damaged, or claims more than the app allows.
    """
    if len(content) > MAX_FILE_BYTES:
        raise ModelFileError(f"This file has {len(content):,} bytes; a model has at most {MAX_FILE_BYTES:,}.")
    if content.count(_ENTRY_MARK) > _MAX_ENTRIES:
        raise ModelFileError(
            "This file packs more parts than a model has. Choose an .npz file that was downloaded here."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            spec, numbers = _read_about(archive)
            shapes = _expected_shapes(spec, len(numbers))
            arrays = {name: _read_array(archive, name, shape) for name, shape in shapes.items()}
    except ModelFileError:
        raise
    # A hostile archive can raise nearly anything (zlib.error, RuntimeError ...); all of it means the same.
    except Exception as error:
        raise ModelFileError(
            "This file is not a model of this app, or it is damaged. Choose an .npz file that was downloaded here."
        ) from error
    params = [_params_at(arrays, spec, i) for i in range(len(numbers))]
    return Model(spec, numbers, tuple(params))


def _read_about(archive: zipfile.ZipFile) -> tuple[NetworkSpec, tuple[int, ...]]:
    about = json.loads(_read_array(archive, "about", None).tobytes())
    if about["format"] != FORMAT:
        raise ModelFileError(f"This model is of the format {about['format']!r}; this app reads {FORMAT!r}.")
    numbers = tuple(int(number) for number in about["epochs"])
    if not 1 <= len(numbers) <= MAX_EPOCHS or any(after <= before for before, after in pairwise((-1, *numbers))):
        raise ModelFileError(f"A model holds 1 to {MAX_EPOCHS} epochs in rising order; this one says {numbers[:5]}.")
    try:
        spec = mnist_spec(tuple(int(width) for width in about["sizes"][1:-1]), about["activation"])
    except ValueError as error:
        raise ModelFileError(f"This model is not one that the app can show: {error}.") from None
    if list(spec.sizes) != about["sizes"]:
        raise ModelFileError(
            f"This model goes from {about['sizes'][0]} numbers to {about['sizes'][-1]}, not 784 to 10."
        )
    return spec, numbers


def _expected_shapes(spec: NetworkSpec, n_epochs: int) -> dict[str, tuple[int, ...]]:
    if spec.n_parameters * n_epochs * 4 > MAX_UNPACKED_BYTES:
        raise ModelFileError("This model would take more memory than the app gives to one. Save fewer epochs of it.")
    shapes: dict[str, tuple[int, ...]] = {}
    for i, (n_in, n_out) in enumerate(pairwise(spec.sizes)):
        shapes[f"W{i}"], shapes[f"b{i}"] = (n_epochs, n_in, n_out), (n_epochs, n_out)
    return shapes


def _read_array(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...] | None) -> np.ndarray[Any, np.dtype[Any]]:
    """Read one array of an expected shape (None: a short line of bytes) without believing what it says of itself."""
    n_bytes_allowed = (_MAX_JSON_BYTES if shape is None else 4 * int(np.prod(shape))) + _HEADER_BYTES
    with archive.open(f"{name}.npy") as entry:
        content = entry.read(n_bytes_allowed + 1)  # reads no more than that, whatever the archive claims
    if len(content) > n_bytes_allowed:
        raise ModelFileError(f"The array {name} of this model is larger than its layer sizes allow.")
    stream = io.BytesIO(content)
    np.lib.format.read_magic(stream)
    claimed_shape, fortran_order, dtype = np.lib.format.read_array_header_1_0(stream)
    if shape is None and dtype == np.uint8:
        return np.frombuffer(content, np.uint8, offset=stream.tell())
    if claimed_shape != shape or fortran_order or dtype not in (np.float16, np.float32):
        raise ModelFileError(f"The array {name} of this model should be {shape} numbers, but says {claimed_shape}.")
    array = np.frombuffer(content, dtype, offset=stream.tell()).reshape(shape).astype(np.float32)
    if not np.isfinite(array).all():
        raise ModelFileError("This model holds numbers that are not finite: its training went wrong.")
    return array


def _params_at(arrays: dict[str, Array], spec: NetworkSpec, epoch: int) -> Params:
    return tuple(Layer(arrays[f"W{i}"][epoch], arrays[f"b{i}"][epoch]) for i in range(len(spec.sizes) - 1))


def one_epoch(spec: NetworkSpec, number: int, params: Params) -> Model:
    """Return the model of a single epoch."""
    return Model(spec, (number,), (params,))


def of_epochs(spec: NetworkSpec, numbered: Sequence[tuple[int, Params]]) -> Model:
    """Return the model of several epochs."""
    return Model(spec, tuple(number for number, _ in numbered), tuple(params for _, params in numbered))
