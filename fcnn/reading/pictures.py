"""Pictures of digits out of a file that anybody may have made: .npy as NumPy writes it, or IDX as MNIST has it."""

import gzip
import io
from math import prod

import numpy as np

from fcnn.network import N_PIXELS
from fcnn.pixels import SIDE, Pixels, as_numbers
from fcnn.types import Array

MAX_PICTURES = 10_000  # in a file: as many as the test set has
MAX_PICTURES_BYTES = MAX_PICTURES * N_PIXELS * 8 + 1_000
_GZIP, _NPY, _IDX_BYTES = b"\x1f\x8b", b"\x93NUMPY", b"\x00\x00\x08"
WANTED = "It should hold one picture of 28 x 28, or several, as an .npy file of NumPy or as an IDX file like MNIST's."


class PictureError(Exception):
    """A file holds no pictures of digits; the message says why."""


def read_pictures(content: bytes) -> Array:
    """Return pictures as rows of numbers from 0 (paper) to 1 (ink), of shape (N, 784).

    Raises:
        PictureError: there are none in it, more than MAX_PICTURES, or numbers that are no pixels.
    """
    try:
        if content.startswith(_GZIP):
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(MAX_PICTURES_BYTES + 1)
        if len(content) > MAX_PICTURES_BYTES:
            raise PictureError(f"This file is too large: it may hold {MAX_PICTURES:,} pictures.")
        pixels = _npy(content) if content.startswith(_NPY) else _idx(content)
    except PictureError:
        raise
    except Exception as error:  # NumPy and gzip raise nearly any, if a file is damaged
        raise PictureError(f"This file is damaged. {WANTED}") from error
    return as_numbers(_checked(_as_rows(pixels)))


def _npy(content: bytes) -> Pixels:
    file = io.BytesIO(content)
    version = np.lib.format.read_magic(file)
    read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, by_columns, dtype = read_header(file)
    if dtype.kind not in "buif":
        raise PictureError(f"This file holds no numbers. {WANTED}")
    return _array(content[file.tell() :], shape, dtype, order="F" if by_columns else "C")


def _idx(content: bytes) -> Pixels:
    if not content.startswith(_IDX_BYTES):
        raise PictureError(f"This is no file of pictures. {WANTED}")
    n_axes = content[3]
    shape = tuple(int.from_bytes(content[4 + 4 * i : 8 + 4 * i], "big") for i in range(n_axes))
    return _array(content[4 + 4 * n_axes :], shape, np.dtype(np.uint8))


def _array(numbers: bytes, shape: tuple[int, ...], dtype: np.dtype[np.generic], order: str = "C") -> Pixels:
    """Return an array from exactly as many bytes as it has; what a file claims makes none larger than it is."""
    if prod(shape) * dtype.itemsize != len(numbers):
        raise PictureError(f"This file is cut short, or has something behind its end. {WANTED}")
    return np.frombuffer(numbers, dtype).reshape(shape, order=order)  # type: ignore[call-overload,no-any-return]


def _as_rows(pixels: Pixels) -> Pixels:
    sides = pixels.shape[-2:] == (SIDE, SIDE) and pixels.ndim <= 3
    if not (sides or (pixels.shape[-1:] == (N_PIXELS,) and pixels.ndim <= 2)) or not pixels.size:
        raise PictureError(f"This file holds numbers of the shape {str(pixels.shape)[:40]}. {WANTED}")
    return pixels.reshape(-1, N_PIXELS)


def _checked(pixels: Pixels) -> Pixels:
    """Return bytes from 0 to 255, or float32 from 0 to 1."""
    if pixels.dtype == np.bool_:
        return pixels.astype(np.float32)
    top, kind = (1, "numbers") if pixels.dtype.kind == "f" else (255, "whole numbers")
    if not (pixels >= 0).all() or not (pixels <= top).all():  # nan is neither
        raise PictureError(f"Pixels that are {kind} go from 0 (paper) to {top} (ink); this file has others.")
    return pixels.astype(np.float32 if top == 1 else np.uint8)
