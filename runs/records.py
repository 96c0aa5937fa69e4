"""What is remembered of a run as long as it is there: the figures of every epoch, and the changes on the way."""

from typing import NamedTuple

from fcnn.measuring import n_validated
from fcnn.metrics import Figures


class EpochRecord(NamedTuple):
    """What is remembered of every epoch, long after its parameters are gone."""

    number: float  # see Epoch
    train: Figures  # on the first n_measured training images
    validation: Figures | None
    learning_rate: float
    gradient_norms: tuple[float, ...]
    seconds: float  # since the start, computing or waiting for a turn; pauses do not count
    n_updates: int
    n_measured: int

    @property
    def n_validated(self) -> int:
        """On how many validation images the figures there were measured; 0 without a validation set."""
        return n_validated(self.number) if self.validation else 0


class Change(NamedTuple):
    """A setting that was changed while the run went on."""

    epoch: float  # when: whole epochs and, behind the point, a part of the next
    name: str
    before: float
    after: float
    at_s: float = 0.0  # when it was last moved, by time.monotonic()
