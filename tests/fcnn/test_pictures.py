"""Pictures from files that anybody may have made: what is none is refused, and never takes much memory."""

import gzip
import io
import struct
import tracemalloc
from typing import Any

import numpy as np
import pytest

from fcnn.reading.pictures import MAX_PICTURES_BYTES, PictureError, read_pictures

ONE = np.arange(784, dtype=np.uint8).reshape(28, 28)
AS_NUMBERS = ONE.reshape(1, 784).astype(np.float32) / 255


def npy(array: Any) -> bytes:  # noqa: ANN401 - an array of anything
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def idx(*shape: int, content: bytes) -> bytes:
    return bytes((0, 0, 8, len(shape))) + struct.pack(f">{len(shape)}I", *shape) + content


def header_of(shape: str, dtype: str = "'|u1'") -> bytes:
    """Return an .npy file that claims a shape and has one byte."""
    line = f"{{'descr': {dtype}, 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(line)) + line + b"\0"


SAME = {
    "bytes": npy(ONE), "a row": npy(ONE.reshape(784)), "rows": npy(ONE.reshape(1, 784)), "a stack": npy(ONE[None]),
    "numbers": npy(ONE / 255), "float32": npy((ONE / 255).astype(np.float32)), "whole": npy(ONE.astype(np.int64)),
    "by columns": npy(np.asfortranarray(ONE)), "big-endian": npy((ONE / 255).astype(">f8")),
    "IDX": idx(28, 28, content=ONE.tobytes()), "IDX of one": idx(1, 28, 28, content=ONE.tobytes()),
    "packed": gzip.compress(idx(1, 28, 28, content=ONE.tobytes())), "packed npy": gzip.compress(npy(ONE)),
}  # fmt: skip


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_a_picture_is_the_same_in_every_form(content: bytes) -> None:
    X = read_pictures(content)
    assert X.shape == (1, 784)
    assert X.dtype == np.float32
    assert pytest.approx(AS_NUMBERS, abs=1e-6) == X


def test_ink_or_none_is_a_picture_too() -> None:
    assert set(read_pictures(npy(ONE > 100)).ravel()) == {0.0, 1.0}


REFUSED = {
    "nothing": (b"", "no file of pictures"),
    "a text": (b"hello", "no file of pictures"),
    "a model": (b"PK\x03\x04", "no file of pictures"),
    "another size": (npy(np.zeros((28, 27), np.uint8)), "shape (28, 27)"),
    "colours": (npy(np.zeros((2, 3, 28, 28), np.uint8)), "shape (2, 3, 28, 28)"),
    "a number": (npy(np.uint8(3)), "shape ()"),
    "too bright": (npy(np.full((28, 28), 1.5)), "from 0 (paper) to 1 (ink)"),
    "below paper": (npy(np.full((28, 28), -1, np.int16)), "from 0 (paper) to 255 (ink)"),
    "not numbers": (npy(np.full((28, 28), np.nan)), "from 0 (paper) to 1 (ink)"),
    "words": (npy(np.full((28, 28), "a")), "holds no numbers"),
    "objects": (header_of("(28, 28)", "'|O'"), "holds no numbers"),
    "cut": (npy(ONE)[:-1], "cut short"),
    "longer": (npy(ONE) + b"0", "something behind its end"),
    "cut IDX": (idx(2, 28, 28, content=ONE.tobytes()), "cut short"),
    "cut gzip": (gzip.compress(npy(ONE))[:-9], "damaged"),
    "a terabyte": (header_of("(1000000000000, 784)"), "cut short"),
    "less than none": (header_of("(-1, -1)"), "damaged"),
    "code": (header_of("__import__('sys').exit()"), "damaged"),
    "too many": (npy(np.zeros((10_001, 784))), "too large"),
    "a bomb": (gzip.compress(bytes(4 * MAX_PICTURES_BYTES)), "too large"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_and_takes_no_memory(content: bytes, reason: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(PictureError) as refused:
            read_pictures(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 250
    assert peak < 3 * MAX_PICTURES_BYTES
