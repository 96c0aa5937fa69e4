"""What of many runs lies in a ZIP file, so that it stays below what is read back: see ZipLimits.

Settings, figures and answers are small: all runs have them. Of histories each run has its share of rows. Networks are
large: all that are kept of each run, or the last one of each, or those of pinned runs and of the newest, as far as
there is room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from exports.thinning import thin
from exports.zip_parts.exact import MAX_RECORDS
from exports.zip_parts.zipped import ZipLimits
from fcnn import model_file
from fcnn.model_file import Model
from fcnn.network import NetworkSpec
from fcnn.types import Params
from runs.kept import Curves, KeptRun
from runs.records import EpochRecord

MOST_NETWORKS = 12  # that are kept of a run
_FOR_NETWORKS = 0.6  # of the file's bytes; histories and answers compress to the rest at most
_EXACT, _ROUGH = (
    4.0,
    2.5,
)  # bytes of a number, compressed: of the last network, and of others, kept as float16


@dataclass(frozen=True)
class Choice:
    """What a file holds of some runs."""

    runs: tuple[KeptRun, ...]  # by number
    networks: Mapping[str, int]  # id of a run -> of how many moments the file has its network at most; 0: of none
    n_records: int  # rows of a history at most

    @property
    def is_whole(self) -> bool:
        """Whether every run has all of its networks there."""
        return all(self.networks[run.id] == _most(run.settings.spec) for run in self.runs)

    @property
    def n_without(self) -> int:
        """How many runs leave their networks behind."""
        return sum(not n for n in self.networks.values())


def choose(runs: Sequence[KeptRun], limits: ZipLimits) -> Choice:
    """Return what a file holds of runs: of the newest so many, if there are more of them than are read back."""
    newest = sorted(runs, key=lambda run: run.number)[-limits.n_runs :]
    rows = min(MAX_RECORDS, limits.n_records // max(1, len(newest)))
    room = _FOR_NETWORKS * limits.file_bytes
    every = {run.id: _most(run.settings.spec) for run in newest}
    if sum(_n_bytes(run, every[run.id]) for run in newest) <= room:
        return Choice(tuple(newest), every, rows)
    networks = dict.fromkeys(every, 0)
    for run in sorted(newest, key=lambda run: (run.pinned, run.number), reverse=True):
        if (n_bytes := _n_bytes(run, 1)) <= room:
            networks[run.id], room = 1, room - n_bytes
    return Choice(tuple(newest), networks, rows)


def fewer(curves: Curves, most: int, numbers: Sequence[float]) -> Curves:
    """Return curves with at most so many records and changes, among them those of the moments of these numbers."""
    if len(curves.records) <= most:
        return curves._replace(changes=curves.changes[-most:])
    wanted = set(numbers)
    always = [record for record in curves.records if record.number in wanted]
    some: dict[float, EpochRecord] = {record.number: record for record in thin(curves.records, most - len(always))}
    some |= {record.number: record for record in always}
    return Curves(tuple(some[number] for number in sorted(some)), curves.changes[-most:])


def networks_file(model: Model, most: int, limits: ZipLimits) -> bytes | None:
    """Return networks as they lie in a file, the last ones; None if none can: one that exploded is not read back."""
    sane = [i for i, params in enumerate(model.params) if _is_finite(params)]
    if not (chosen := sane[-most:] if most else []):
        return None
    numbers, params = [model.numbers[i] for i in chosen], [model.params[i] for i in chosen]
    content = model_file.save(Model(model.spec, tuple(numbers), tuple(params)))
    return content if len(content) <= limits.file_bytes * _FOR_NETWORKS else None


def _most(spec: NetworkSpec) -> int:
    """Return how many networks a model file holds of those that are kept."""
    return max(1, min(MOST_NETWORKS, model_file.MAX_UNPACKED_BYTES // (4 * spec.n_parameters)))


def _n_bytes(run: KeptRun, n_networks: int) -> float:
    return run.settings.spec.n_parameters * (_EXACT + _ROUGH * (n_networks - 1))


def _is_finite(params: Params) -> bool:
    return all(bool(np.isfinite(array).all()) for layer in params for array in layer)
