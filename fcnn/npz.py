"""Arrays out of an .npz file that anybody may have made: only what is expected is read, and never more of it.

A ZIP archive can hold parts packed in ways whose unpacking Python does not bound (bzip2, LZMA), two parts of one name,
or parts that unpack to terabytes. So each part is looked up in the directory first, and read in pieces into an array
whose size the caller knows.
"""

import io
import zipfile
from collections.abc import Iterable
from math import prod
from typing import IO, Any

import numpy as np

from fcnn.types import Array

MAX_PARTS = 100
_ENTRY_MARK = b"PK\x01\x02"  # of a line in the directory; millions of lines would fill the memory when it is opened
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1  # a flag of a part
_PIECE_BYTES = 2**20
_VERSION = (1, 0)  # of an .npy file, with at most 64 kB of header; NumPy uses others for odd names of fields only


class NpzError(Exception):
    """A file does not hold what was expected; the message says what is wrong."""


def open_npz(content: bytes) -> zipfile.ZipFile:
    """Return the archive with its directory read and checked, and no part unpacked.

    Raises:
        NpzError: it has too many parts, two of one name, or one that is encrypted or packed in an unusual way.
        Exception: nearly any, if the archive is damaged.
    """
    if content.count(_ENTRY_MARK) > MAX_PARTS:
        raise NpzError("This file packs more parts than a model has.")
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len(parts) != len({part.filename for part in parts}):
        raise NpzError("This file holds two parts of one name.")
    if any(part.compress_type not in _PACKINGS or part.flag_bits & _ENCRYPTED for part in parts):
        raise NpzError("This file is packed in a way that models are not: NumPy stores parts, or deflates them.")
    return archive


def read_bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return an array of bytes, of any length up to most."""
    with archive.open(f"{name}.npy") as part:
        shape, _, dtype = _header(part)
        content = part.read(most + 1)  # reads no more than that, whatever the archive claims
    if len(content) > most:
        raise NpzError(f"The array {name} of this model is larger than it may be.")
    if dtype != np.uint8 or shape != (len(content),):
        raise NpzError(f"The array {name} of this model is damaged.")
    return content


def read_floats(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> Array:
    """Return an array of this shape as float32; it may be stored as float16, 32 or 64, by rows or by columns."""
    with archive.open(f"{name}.npy") as part:
        claimed, by_columns, dtype = _header(part)
        if prod(claimed) > prod(shape):
            raise NpzError(f"The array {name} of this model is larger than its layer sizes allow.")
        if claimed != shape or dtype.kind != "f" or dtype.itemsize > 8:
            found = f"{str(claimed)[:40]} of {str(dtype)[:20]}"
            raise NpzError(f"The array {name} of this model should be {shape} numbers, but is {found}.")
        flat = _read_flat(part, prod(shape), dtype, name)
    if not np.isfinite(flat).all():
        raise NpzError(
            "This model holds numbers that are not finite, or too large for float32: its training went wrong."
        )
    return np.ascontiguousarray(flat.reshape(shape, order="F" if by_columns else "C"))


def _header(part: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    if np.lib.format.read_magic(part) != _VERSION:
        raise NpzError("This file holds arrays in a form that NumPy does not use for numbers.")
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(part)
    return shape, by_columns, dtype


def _read_flat(part: IO[bytes], n: int, dtype: np.dtype[Any], name: str) -> Array:
    flat, done = np.empty(n, np.float32), 0
    for piece in _pieces(part, n * dtype.itemsize):
        numbers = np.frombuffer(piece, dtype)
        with np.errstate(over="ignore"):  # what is too large for float32 becomes infinite, and is noticed
            flat[done : done + len(numbers)] = numbers
        done += len(numbers)
    if done < n:
        raise NpzError(f"The array {name} of this model is cut short.")
    if part.read(1):
        raise NpzError(f"The array {name} of this model is larger than its layer sizes allow.")
    return flat


def _pieces(part: IO[bytes], n_bytes: int) -> Iterable[bytes]:
    left = n_bytes
    while left > 0 and (piece := part.read(min(left, _PIECE_BYTES))):
        left -= len(piece)
        yield piece
