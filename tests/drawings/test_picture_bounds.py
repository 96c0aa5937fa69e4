"""Pictures that are made to take memory or time: refused from their heads, or read within bounds."""

import io
import struct
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drawings.picture_file import READING_BYTES, PictureError, read_picture
from tests.project import run_python

MEASURE = """
import resource, sys
from drawings.picture_file import PictureError, read_picture
import io; from PIL import Image
small = io.BytesIO(); Image.new("L", (64, 64), 255).save(small, "PNG"); read_picture(small.getvalue())
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_picture(content); said = "read"
except PictureError as error:
    said = "refused"
print(said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, bits: int = 8, colour: int = 0, between: bytes = b"") -> bytes:
    """Return a small file that claims so many white pixels, and holds them."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    packer, row = zlib.compressobj(9), b"\0" + b"\xff" * (width * bits // 8 * {0: 1, 2: 3, 6: 4}[colour])
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + head + between + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def scans(n: int) -> bytes:
    """Return a progressive JPEG whose last scan is there n times."""
    content = saved(Image.effect_noise((256, 256), 80), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * n + content[-2:]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "one pixel wide": (lambda: png(1, 100_000), "too small|pixels long"),
    "very long": (lambda: png(100, 100_000), "pixels long"),
    "large colours": (lambda: png(4000, 4000, colour=6), "16 megapixels"),
    "many scans": (lambda: scans(400), "too many layers"),
    "many parts": (lambda: png(64, 64, between=chunk(b"tEXt", b"a\0b") * 30_000), "thousands of pieces"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_picture_that_is_too_much_is_refused_in_no_time(name: str) -> None:
    make, sentence = HOSTILE[name]
    content = make()
    start = time.process_time()
    with pytest.raises(PictureError, match=sentence):
        read_picture(content)
    assert time.process_time() - start < 0.5


WELCOME: dict[str, Callable[[], bytes]] = {
    "a phone's 50 megapixels": lambda: saved(Image.new("RGB", (8160, 6120), "white"), "JPEG"),
    "12 megapixels of colours": lambda: png(4000, 3000, colour=2),
    "a large scan": lambda: png(7000, 7000),
    "16 bits": lambda: png(2600, 2600, bits=16),
    "progressive": lambda: saved(Image.new("RGB", (3000, 2000), "white"), "JPEG", progressive=True),
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the peak of memory in kB")
@pytest.mark.parametrize("name", WELCOME)
def test_a_picture_takes_60_mb_at_most(name: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(WELCOME[name]())
    said, kilobytes = run_python(MEASURE, file).split()
    assert said == "read"
    assert int(kilobytes) * 1024 < READING_BYTES, f"{int(kilobytes) / 1024:.0f} MB"


@pytest.mark.no_cover  # counting lines takes time
def test_ten_megabytes_of_a_jpeg_are_gone_through_in_no_time() -> None:
    content = saved(Image.effect_noise((64, 64), 60), "JPEG")
    stuffed = content[:-2] + b"\xff\x00" * 4_900_000 + content[-2:]
    start = time.process_time()
    with suppress(PictureError):
        read_picture(stuffed)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("bits", [10, 12, 16])
def test_greys_of_more_than_8_bits_are_read_however_many_they_use(bits: int) -> None:
    deep = np.full((100, 100), 2**bits - 1, np.uint16)
    deep[30:70, 45:55] = 2 ** (bits - 3)
    grey = read_picture(saved(Image.fromarray(deep), "PNG"))
    assert grey[50, 50] < 64
    assert grey[5, 5] > 240


def test_no_mutated_picture_takes_long_or_breaks_anything() -> None:
    rng = np.random.default_rng(0)
    noise = Image.effect_noise((200, 150), 60)
    good = [saved(noise, "PNG"), saved(noise, "JPEG"), saved(noise, "JPEG", progressive=True), png(300, 200, colour=6)]
    for _ in range(200):
        content = bytearray(good[rng.integers(len(good))])
        for place in rng.integers(0, min(len(content), 600), int(rng.integers(1, 8))):
            content[place] = rng.integers(256)
        start = time.process_time()
        with suppress(PictureError):
            assert read_picture(bytes(content)).ndim == 2
        assert time.process_time() - start < 2
