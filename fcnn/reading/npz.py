"""Arrays out of an .npz file that anybody may have made: only what is expected is read, and never more of it.

What the archive says of its parts is checked first, see archive.py; then each is read in pieces into an array of a size
that the caller knows.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from math import prod
from typing import IO, Any

import numpy as np

from fcnn.reading.archive import ArchiveError, open_archive
from fcnn.types import Array

_MAX_DIRECTORY_BYTES = 4_000  # a model has at most 13 parts, which take 60 to 100 bytes each
_NAME = re.compile(r"\w{1,20}\.npy", re.ASCII)  # no folders
_PIECE_BYTES = 2**20
_START = b"\x93NUMPY\x01\x00"  # of an .npy file; NumPy uses other versions for long headers and odd names only
_MAX_HEADER_BYTES = 1_000  # NumPy pads what an array of three axes needs to 118


def open_npz(content: bytes) -> zipfile.ZipFile:
    """Return the archive with its directory read and checked, and no part unpacked.

    Raises:
        ArchiveError: its parts are not those of a model, see open_archive().
        Exception: nearly any, if the archive is damaged.
    """
    return open_archive(content, _NAME, _MAX_DIRECTORY_BYTES)


def read_bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return an array of bytes, of any length up to most."""
    with archive.open(f"{name}.npy") as part:
        shape, _, dtype = _header(part)
        content = part.read(most + 1)  # reads no more than that, whatever the archive claims
    if len(content) > most:
        raise ArchiveError(f"The array {name} of this model is larger than it may be.")
    if dtype != np.uint8 or shape != (len(content),):
        raise ArchiveError(f"The array {name} of this model is damaged.")
    return content


def read_floats(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> Array:
    """Return an array of this shape as float32; it may be stored as float16, 32 or 64, by rows or by columns."""
    with archive.open(f"{name}.npy") as part:
        claimed, by_columns, dtype = _header(part)
        if prod(claimed) > prod(shape):
            raise ArchiveError(f"The array {name} of this model is larger than its layer sizes allow.")
        if claimed != shape or dtype.kind != "f" or dtype.itemsize > 8:
            found = f"{str(claimed)[:40]} of {dtype.name[:20]}"
            raise ArchiveError(f"The array {name} of this model should be {shape} numbers, but is {found}.")
        flat = _read_flat(part, prod(shape), dtype, name)
    return np.ascontiguousarray(flat.reshape(shape, order="F" if by_columns else "C"))


def _header(part: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    start, length = part.read(len(_START)), part.read(2)
    n_bytes = int.from_bytes(length, "little")
    if start != _START or n_bytes > _MAX_HEADER_BYTES:
        raise ArchiveError("This file holds arrays in a form that NumPy does not use for numbers.")
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(io.BytesIO(length + part.read(n_bytes)))
    return shape, by_columns, dtype


def _read_flat(part: IO[bytes], n: int, dtype: np.dtype[Any], name: str) -> Array:
    flat, done = np.empty(n, np.float32), 0
    for piece in _pieces(part, n * dtype.itemsize):
        numbers = np.frombuffer(piece, dtype)
        if not np.isfinite(numbers).all():
            raise ArchiveError("This model holds numbers that are not finite: its training went wrong.")
        with np.errstate(over="ignore"):  # what is too large becomes infinite
            flat[done : done + len(numbers)] = numbers
        if not np.isfinite(flat[done : done + len(numbers)]).all():
            raise ArchiveError("This model holds numbers beyond 3.4e38: too large for float32, which this app uses.")
        done += len(numbers)
    if done < n:
        raise ArchiveError(f"The array {name} of this model is cut short.")
    if part.read(1):
        raise ArchiveError(f"The array {name} of this model is larger than its layer sizes allow.")
    return flat


def _pieces(part: IO[bytes], n_bytes: int) -> Iterable[bytes]:
    left = n_bytes
    while left > 0 and (piece := part.read(min(left, _PIECE_BYTES))):
        left -= len(piece)
        yield piece
