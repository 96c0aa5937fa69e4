"""ZIP archives that anybody may have made: their directory is looked at first, and nothing is unpacked by it.

An archive can hold parts packed in ways whose unpacking Python does not bound (bzip2, LZMA), two parts of one name,
or parts that unpack to terabytes; Python reads a directory of 6 MB for half a minute. So the size of the directory is
looked up first, and each part in the directory next. What is then unpacked is for the caller to bound.
"""

import io
import re
import struct
import zipfile

_END = struct.Struct("<4s4H2LH")  # of an archive: a mark, ..., the bytes of the directory, where it is, of a comment
_END_MARK, _END_OF_64_BITS = b"PK\x05\x06", b"PK\x06\x07"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1  # a flag of a part


class ArchiveError(Exception):
    """An archive does not hold what was expected; the message says what is wrong."""


def open_archive(content: bytes, names: re.Pattern[str], max_directory_bytes: int) -> zipfile.ZipFile:
    """Return the archive with its directory read and checked, and no part unpacked.

    Args:
        content: of the file.
        names: what each of its parts must be called, in full.
        max_directory_bytes: of its list of parts, which takes 60 to 100 bytes for each.

    Raises:
        ArchiveError: it has too many parts, two of one name, or one that is encrypted, packed in an unusual way or
            not named as expected.
        Exception: nearly any, if the archive is damaged.
    """
    _check_end(content, max_directory_bytes)
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len(parts) != len({part.filename for part in parts}):
        raise ArchiveError("This file holds two parts of one name.")
    if any(part.compress_type not in _PACKINGS or part.flag_bits & _ENCRYPTED for part in parts):
        raise ArchiveError("This file is packed in a way that this app does not read: store parts, or deflate them.")
    if not all(names.fullmatch(part.filename) for part in parts):
        raise ArchiveError("This file holds parts that do not belong there.")
    return archive


def _check_end(content: bytes, max_directory_bytes: int) -> None:
    """Look where an archive says how large its directory is; without a comment, that is in its last bytes."""
    mark, *_, n_bytes, _, n_comment = _END.unpack(content[-_END.size :])
    if mark != _END_MARK or n_comment or content[-_END.size - 20 :].startswith(_END_OF_64_BITS):
        raise zipfile.BadZipFile
    if n_bytes > max_directory_bytes:
        raise ArchiveError("This file packs more parts than it may.")
