"""What a picture file says of itself before a pixel of it is unpacked: sides, scans, parts. All of it is bounded.

A file of a few kilobytes can claim a billion pixels, or repeat a scan over them 40,000 times. Pillow would believe it.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MAX_SIDE = 16_000  # pixels; a phone's panorama
MAX_BYTES = 50_000_000  # that Pillow takes for the pixels of a picture while it is read
MAX_JPEG_MEGAPIXELS = 120  # they are decoded at an eighth of their sides, a line at a time
MAX_SCANS, MAX_SCANNED_MEGAPIXELS = 40, 120  # a progressive JPEG goes over its pixels about ten times
MAX_PARTS = 20_000  # chunks of a PNG; one of 10 MB in pieces of 8 kB has 1,300
# Bytes a pixel, by a PNG's type of colour: Pillow gives colours four, and those by number become colours. Greys of 16
# bits are made into 8.
_BYTES = {0: 1, 2: 4, 3: 5, 4: 4, 6: 4}
_BYTES_OF_GREY = {1: 5, 16: 7}  # by its bits
_MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd8]")  # of a JPEG; the others belong to its pixels, or stand alone
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive; no browser shows others
_SCAN, _END = 0xDA, 0xD9


class TooMuchError(Exception):
    """A picture is larger, or more work, than the app takes on; the message says what to do."""


class Claim(NamedTuple):
    """What the head of a picture says."""

    width: int
    height: int


def check_png(content: bytes) -> Claim:
    """Check the head and the list of parts of a PNG.

    Raises:
        TooMuchError: it claims more than the app unpacks.
        Exception: nearly any, if the file is damaged.
    """
    width, height, bits, colour = struct.unpack(">IIBB", content[16:26])
    a_pixel = _BYTES_OF_GREY.get(bits, _BYTES[colour]) if colour == 0 else _BYTES[colour]
    if width * height * a_pixel > MAX_BYTES:
        raise TooMuchError(_megapixels(width, height, "Save it as JPEG, or make it smaller."))
    _check_sides(width, height)
    at = len(PNG)
    for _ in range(MAX_PARTS):
        if at + 8 > len(content) or content[at + 4 : at + 8] == b"IEND":
            return Claim(width, height)
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    raise TooMuchError("it is cut into thousands of pieces. Save it anew with another program.")


def check_jpeg(content: bytes) -> Claim:
    """Check the frame of a JPEG, and count its scans without decoding them.

    Raises:
        TooMuchError: it claims more than the app decodes.
        Exception: nearly any, if the file is damaged.
    """
    frame, n_scans = b"", 0
    for marker, part in _segments(content):
        if marker in _FRAMES:
            frame = part
        n_scans += marker == _SCAN
        if n_scans > MAX_SCANS:
            raise TooMuchError("it is made of too many layers. Save it anew with another program.")
    height, width, n_colours = struct.unpack(">HHB", frame[1:6])
    megapixels = width * height / 1_000_000
    several = n_scans > 1
    if megapixels > MAX_JPEG_MEGAPIXELS or (several and megapixels * n_scans > MAX_SCANNED_MEGAPIXELS):
        raise TooMuchError(_megapixels(width, height, "Make it smaller."))
    if several and width * height * _coefficient_bytes(frame[6:], n_colours) > MAX_BYTES:
        raise TooMuchError(_megapixels(width, height, "Save it as a JPEG that is not progressive, or make it smaller."))
    _check_sides(width, height)
    return Claim(width, height)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and the content of each segment; what is between a scan and the next marker is passed over."""
    at = 2
    while (found := _MARKER.search(content, at)) and (marker := found[0][1]) != _END:
        at = found.start()
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _coefficient_bytes(colours: bytes, n: int) -> float:
    """Return the bytes a pixel that a JPEG of several scans keeps until the last one: two for each coefficient."""
    factors = [(colours[3 * i + 1] >> 4) * (colours[3 * i + 1] & 15) for i in range(n)]
    return 2 * sum(factors) / max(factors)


def _check_sides(width: int, height: int) -> None:
    if not min(width, height):
        raise ValueError("no pixels")
    if max(width, height) > MAX_SIDE:
        raise TooMuchError(f"it is {max(width, height):,} pixels long; {MAX_SIDE:,} is the most. Make it smaller.")


def _megapixels(width: int, height: int, advice: str) -> str:
    return f"it has {width * height / 1_000_000:,.0f} megapixels, which is more than the app unpacks. {advice}"
