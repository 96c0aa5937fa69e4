"""Arrays out of an .npz file that anybody may have made: only what is expected is read, and never more of it.

A ZIP archive can hold parts packed in ways whose unpacking Python does not bound (bzip2, LZMA), two parts of one name,
or parts that unpack to terabytes; Python reads a directory of 6 MB for half a minute. So the size of the directory is
looked up first, each part in the directory next, and then it is read in pieces into an array of a size that the caller
knows.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterable
from math import prod
from typing import IO, Any

import numpy as np

from fcnn.types import Array

_MAX_DIRECTORY_BYTES = 4_000  # a model has at most 13 parts, which take 60 to 100 bytes each
_END = struct.Struct("<4s4H2LH")  # of an archive: a mark, ..., the bytes of the directory, where it is, of a comment
_END_MARK, _END_OF_64_BITS = b"PK\x05\x06", b"PK\x06\x07"
_NAME = re.compile(r"\w{1,20}\.npy", re.ASCII)  # no folders
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1  # a flag of a part
_PIECE_BYTES = 2**20
_START = b"\x93NUMPY\x01\x00"  # of an .npy file; NumPy uses other versions for long headers and odd names only
_MAX_HEADER_BYTES = 1_000  # NumPy pads what an array of three axes needs to 118


class NpzError(Exception):
    """A file does not hold what was expected; the message says what is wrong."""


def open_npz(content: bytes) -> zipfile.ZipFile:
    """Return the archive with its directory read and checked, and no part unpacked.

    Raises:
        NpzError: it has too many parts, two of one name, or one that is encrypted, packed in an unusual way or not
            named like an array.
        Exception: nearly any, if the archive is damaged.
    """
    _check_end(content)
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len(parts) != len({part.filename for part in parts}):
        raise NpzError("This file holds two parts of one name.")
    if any(part.compress_type not in _PACKINGS or part.flag_bits & _ENCRYPTED for part in parts):
        raise NpzError("This file is packed in a way that models are not: NumPy stores parts, or deflates them.")
    if not all(_NAME.fullmatch(part.filename) for part in parts):
        raise NpzError("This file holds parts that are not arrays of a model.")
    return archive


def _check_end(content: bytes) -> None:
    """Look where an archive says how large its directory is; without a comment, that is in its last bytes."""
    mark, *_, n_bytes, _, n_comment = _END.unpack(content[-_END.size :])
    if mark != _END_MARK or n_comment or content[-_END.size - 20 :].startswith(_END_OF_64_BITS):
        raise zipfile.BadZipFile
    if n_bytes > _MAX_DIRECTORY_BYTES:
        raise NpzError("This file packs more parts than a model has.")


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
            found = f"{str(claimed)[:40]} of {dtype.name[:20]}"
            raise NpzError(f"The array {name} of this model should be {shape} numbers, but is {found}.")
        flat = _read_flat(part, prod(shape), dtype, name)
    return np.ascontiguousarray(flat.reshape(shape, order="F" if by_columns else "C"))


def _header(part: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    start, length = part.read(len(_START)), part.read(2)
    n_bytes = int.from_bytes(length, "little")
    if start != _START or n_bytes > _MAX_HEADER_BYTES:
        raise NpzError("This file holds arrays in a form that NumPy does not use for numbers.")
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(io.BytesIO(length + part.read(n_bytes)))
    return shape, by_columns, dtype


def _read_flat(part: IO[bytes], n: int, dtype: np.dtype[Any], name: str) -> Array:
    flat, done = np.empty(n, np.float32), 0
    for piece in _pieces(part, n * dtype.itemsize):
        numbers = np.frombuffer(piece, dtype)
        if not np.isfinite(numbers).all():
            raise NpzError("This model holds numbers that are not finite: its training went wrong.")
        with np.errstate(over="ignore"):  # what is too large becomes infinite
            flat[done : done + len(numbers)] = numbers
        if not np.isfinite(flat[done : done + len(numbers)]).all():
            raise NpzError("This model holds numbers beyond 3.4e38: too large for float32, in which this app computes.")
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
