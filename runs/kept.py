"""A run as it is kept and compared: its settings and what came of it, without networks or curves, which are larger."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fcnn.config import Settings
from fcnn.metrics import Figures
from runs.records import Change, EpochRecord
from runs.status import Status

Answered = npt.NDArray[np.uint8]  # (10_000,), the digit that a network answers to each test digit


@dataclass(frozen=True)
class KeptRun:
    """One line of a list of runs."""

    id: str  # in addresses: whoever knows it may look
    number: int  # counts the runs of their owner, from 1
    settings: Settings  # as they were last: some can change on the way
    status: Status
    created: float  # by time.time()
    seconds: float  # of learning; pauses do not count
    reached: EpochRecord | None  # of the network that the run stands for; None before there is one
    test: Figures | None  # of that network on the test set; None while the run goes on
    name: str = ""  # that its owner gave it
    note: str = ""
    pinned: bool = False
    uploaded: bool = False  # a model that was brought, or made on a page: only its network is known
    sweep: str = ""  # which of its owner's series it belongs to

    @property
    def title(self) -> str:
        """What it is called: by its owner, or by its number."""
        return self.name or f"Run {self.number}"


class Curves(NamedTuple):
    """How a run went."""

    records: tuple[EpochRecord, ...]
    changes: tuple[Change, ...]
