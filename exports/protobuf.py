"""Google's protocol buffers, as far as a file needs them that is only written.

A message is a row of fields. Each begins with its number and with how its value is stored; see 'Encoding' in
https://protobuf.dev/programming-guides/encoding.
"""

import struct

_VARINT, _BYTES, _FOUR_BYTES = 0, 2, 5


def field(number: int, value: int | float | str | bytes) -> bytes:
    """Return one field of a message: a whole number of 0 or more, a float32, a text, or bytes, as another message is.

    Raises:
        ValueError: a whole number is below 0.
    """
    if isinstance(value, int):
        return _key(number, _VARINT) + varint(value)
    if isinstance(value, float):
        return _key(number, _FOUR_BYTES) + struct.pack("<f", value)
    content = value.encode() if isinstance(value, str) else value
    return _key(number, _BYTES) + varint(len(content)) + content


def varint(n: int) -> bytes:
    """Return a whole number of 0 or more, seven bits a byte, the lowest first; all but the last byte have the top bit.

    Raises:
        ValueError: it is below 0.
    """
    if n < 0:
        raise ValueError(f"only whole numbers of 0 or more can be written, got {n}")
    return bytes([n]) if n < 128 else bytes([n & 127 | 128]) + varint(n >> 7)


def _key(number: int, storage: int) -> bytes:
    return varint(number << 3 | storage)
