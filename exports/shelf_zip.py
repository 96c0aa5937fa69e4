"""All runs of a visitor as one ZIP file, which another server reads back.

A run is a folder: settings.json and about.json, history.csv and changes.csv with every number as it was, to the bit,
networks.npz as model_file.save() made it, and answers.txt, the digit that it answers to each test digit.
"""

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from exports.thinning import thin
from exports.zip_parts.about_run import about_text, settings_text
from exports.zip_parts.choice import Choice, choose, fewer, networks_file
from exports.zip_parts.exact import MAX_CHANGES, MAX_RECORDS, changes_text, history_text
from exports.zip_parts.reading import Folders, checked_folders, largest_networks_of, read_runs
from exports.zip_parts.zipped import ADVICE, MOST_BYTES, NAMES, README, ZipError, ZipLimits, ZippedRun, folder_of
from fcnn.reading.archive import ArchiveError, open_archive

__all__ = [
    "USUAL", "Choice", "ZipError", "ZipLimits", "ZippedRun", "choose", "fewer", "largest_networks", "networks_file",
    "read", "size_of", "write",
]  # fmt: skip

WELCOME = """Runs of the app 'Digits', which can be brought back there: one folder for each.
settings.json and about.json say what it is, history.csv and changes.csv how it went; networks.npz holds its networks
(for the app, or for numpy.load), answers.txt its answer to each of the 10,000 test digits.
"""
T = TypeVar("T")
USUAL = ZipLimits()
_ENTRY_BYTES = 100  # at most, of a part in the directory of the archive: its name, and 46 bytes
_EARLIEST = 315_532_800  # 1980, when the clocks of ZIP archives begin


def write(runs: Iterable[ZippedRun]) -> bytes:
    """Return the content of the file; of a run with very many records, MAX_RECORDS are in it.

    Raises:
        ValueError: two runs have the same number.
    """
    buffer, folders = io.BytesIO(), set[str]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, WELCOME)
        for run in runs:
            folder, when = folder_of(run.kept.number), time.gmtime(max(run.kept.created, _EARLIEST))[:6]
            if folder in folders:
                raise ValueError(f"two runs have the number {run.kept.number}")
            folders.add(folder)
            for name, content in _parts(run).items():
                # What is compressed already would be so again for nothing.
                how = zipfile.ZIP_STORED if name.endswith(".npz") else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", when), content, how)
    return buffer.getvalue()


def _parts(run: ZippedRun) -> Mapping[str, str | bytes]:
    n_layers = len(run.kept.settings.spec.sizes) - 1
    parts: dict[str, str | bytes] = {
        "settings.json": settings_text(run.kept.settings),
        "about.json": about_text(run.kept),
        "history.csv": history_text(thin(run.curves.records, MAX_RECORDS), n_layers),
        "changes.csv": changes_text(run.curves.changes[-MAX_CHANGES:]),
    }
    if run.networks is not None:
        parts["networks.npz"] = run.networks
    if run.answers is not None:
        parts["answers.txt"] = "".join(map(str, run.answers.tolist())) + "\n"
    return parts


def size_of(content: bytes, limits: ZipLimits = USUAL) -> int:
    """Return how many bytes the parts of a file take in memory, before any of them is read.

    Raises:
        ZipError: see read().
    """
    return _looked_into(content, limits, lambda archive, _: sum(part.file_size for part in archive.infolist()))


def largest_networks(content: bytes, limits: ZipLimits = USUAL) -> int:
    """Return how many bytes the networks of one run take as float32, of the run whose take most; none are read yet.

    Raises:
        ZipError: see read().
    """
    return _looked_into(content, limits, largest_networks_of)


def read(content: bytes, limits: ZipLimits = USUAL) -> tuple[ZippedRun, ...]:
    """Return the runs that write() wrote, by their numbers.

    In memory are the parts, as their directory says it, and a few times the largest of networks: see ZipLimits.

    Raises:
        ZipError: the content is not such a file, is damaged, or holds more than the limits allow.
    """
    return _looked_into(content, limits, lambda archive, folders: tuple(read_runs(archive, folders, limits)))


def _looked_into(content: bytes, limits: ZipLimits, look: Callable[[zipfile.ZipFile, Folders], T]) -> T:
    if len(content) > limits.file_bytes:
        raise ZipError(f"This file has {len(content):,} bytes; at most {limits.file_bytes:,} are read.")
    try:
        with open_archive(content, NAMES, _ENTRY_BYTES * (1 + limits.n_runs * len(MOST_BYTES))) as archive:
            return look(archive, checked_folders(archive.infolist(), limits))
    except ZipError:
        raise
    except ArchiveError as error:
        raise ZipError(f"{error} It can hold {limits.n_runs:,} runs, and nothing else. {ADVICE}") from error
    # A hostile archive can raise nearly anything (zlib.error, RecursionError ...); all of it means the same.
    except Exception as error:
        raise ZipError(f"This file does not hold runs of this app, or it is damaged. {ADVICE}") from error
