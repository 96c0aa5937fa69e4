"""Runs out of a ZIP file that anybody may have made: sizes first, then one part at a time, and never more of it."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from exports.zip_parts.about_run import read_about_run, read_settings_text
from exports.zip_parts.exact import read_changes, read_history
from exports.zip_parts.zipped import ADVICE, ALWAYS, MOST_BYTES, N_ANSWERS, ZipError, ZipLimits, ZippedRun, folder_of
from fcnn import model_file
from fcnn.network import NetworkSpec
from fcnn.reading.about import ModelFileError
from runs.kept import Answered, Curves

Folders = Mapping[str, set[str]]  # of each run, the names of its parts
_ANSWERS = re.compile(rf"[0-9]{{{N_ANSWERS}}}\n?", re.ASCII)
_MAX_QUOTED = 150  # letters of what a message may quote of the file


def checked_folders(parts: Iterable[zipfile.ZipInfo], limits: ZipLimits) -> Folders:
    """Return the folders by their numbers, if the directory of the archive promises no more than the limits allow.

    Raises:
        ZipError: it promises more, or too little.
    """
    folders, n_bytes = defaultdict[str, set[str]](set), 0
    for part in parts:
        folder, _, name = part.filename.rpartition("/")
        n_bytes += part.file_size
        if part.file_size > MOST_BYTES[name]:
            raise ZipError(f"The part {part.filename} of this file is larger than it may be. {ADVICE}")
        if folder:
            folders[folder].add(name)
    if n_bytes > limits.unpacked_bytes:
        raise ZipError(f"This file unpacks to {n_bytes:,} bytes; at most {limits.unpacked_bytes:,} are read.")
    if len(folders) > limits.n_runs:
        raise ZipError(f"This file holds {len(folders):,} runs; at most {limits.n_runs:,} are read at once.")
    if not folders:
        raise ZipError(f"This file holds no runs. {ADVICE}")
    return dict(sorted(folders.items(), key=lambda folder: int(folder[0].removeprefix("run-"))))


def read_runs(archive: zipfile.ZipFile, folders: Folders, limits: ZipLimits) -> Iterator[ZippedRun]:
    """Yield the runs of an archive whose folders are checked.

    Raises:
        ZipError: a run is not complete or not one that this app can show; the message names its folder.
        Exception: nearly any, if the archive is damaged.
    """
    n_records, network_bytes = limits.n_records, limits.network_bytes
    for folder, names in folders.items():
        if missing := set(ALWAYS) - names:
            raise ZipError(f"The part {folder}/{min(missing)} of this file is missing. {ADVICE}")
        parts = {name: _unpacked(archive, f"{folder}/{name}", MOST_BYTES[name]) for name in sorted(names)}
        if (n_records := n_records - (parts["history.csv"].count(b"\n") - 1)) < 0:
            raise ZipError(f"The histories of this file have more than {limits.n_records:,} rows. Take fewer runs.")
        try:
            run = _read_run(parts)
            if folder_of(run.kept.number) != folder:
                raise ValueError(f"it calls itself number {run.kept.number}")
            network_bytes -= _checked_networks(run.networks, run.kept.settings.spec, network_bytes)
        except (ValueError, KeyError, ModelFileError) as error:
            raise ZipError(f"{folder} of this file cannot be read: {_quoted(error)}. {ADVICE}") from error
        yield run


def largest_networks_of(archive: zipfile.ZipFile, folders: Folders) -> int:
    """Return how many bytes the networks of one run take as float32, at most; each file says so at its beginning.

    Raises:
        ZipError: a file of networks is none; the message names its folder.
        Exception: nearly any, if the archive is damaged.
    """
    most = 0
    for folder in (folder for folder, names in folders.items() if "networks.npz" in names):
        content = _unpacked(archive, f"{folder}/networks.npz", MOST_BYTES["networks.npz"])
        try:
            most = max(most, model_file.size_of(content))
        except ModelFileError as error:
            raise ZipError(f"{folder} of this file cannot be read: {_quoted(error)}. {ADVICE}") from error
    return most


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as part:
        content = part.read(most + 1)  # reads no more than that, whatever the archive claims
    if len(content) > most:
        raise ZipError(f"The part {name} of this file is larger than it may be. {ADVICE}")
    return content


def _read_run(parts: Mapping[str, bytes]) -> ZippedRun:
    texts = {name: content.decode() for name, content in parts.items() if name != "networks.npz"}
    settings = read_settings_text(texts["settings.json"])
    history = read_history(texts["history.csv"], len(settings.spec.sizes) - 1)
    return ZippedRun(
        read_about_run(texts["about.json"], settings),
        Curves(history, read_changes(texts["changes.csv"])),
        parts.get("networks.npz"),
        _read_answers(texts["answers.txt"]) if "answers.txt" in texts else None,
    )


def _read_answers(text: str) -> Answered:
    if not _ANSWERS.fullmatch(text):
        raise ValueError(f"its answers are not {N_ANSWERS:,} digits")
    return np.frombuffer(text[:N_ANSWERS].encode(), np.uint8) - ord("0")


def _checked_networks(content: bytes | None, spec: NetworkSpec, most: int) -> int:
    """Look into the networks of a run, and return how many bytes they take as float32."""
    if content is None:
        return 0
    if (n_bytes := model_file.size_of(content)) > most:
        raise ValueError("its networks, with those before it, are larger than what is read at once")
    if model_file.load(content).spec != spec:
        raise ValueError("its networks are not those of its settings")
    return n_bytes


def _quoted(error: Exception) -> str:
    """Return what is wrong in letters that every screen has, and not many of them."""
    text = f"it does not say its {error.args[0]}" if isinstance(error, KeyError) else str(error)
    return text.encode("ascii", "backslashreplace").decode()[:_MAX_QUOTED].rstrip(". ")
