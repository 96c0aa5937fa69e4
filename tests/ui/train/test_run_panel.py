"""What the Train page says of a run."""

import pytest

from fcnn.config import TrainConfig
from fcnn.epoch import Progress
from fcnn.metrics import Figures
from fcnn.network import mnist_spec
from runs.records import EpochRecord
from runs.status import Status
from runs.view import RunView
from ui.train.run_panel import how_long


def stopped_at(*moments: tuple[float, int]) -> RunView:
    figures = Figures(1.0, 0.5)
    records = tuple(EpochRecord(number, figures, None, 0.1, (), 1.0, n, 5_000) for number, n in moments)
    return RunView(
        mnist_spec((64,)), TrainConfig(), Status.STOPPED, records, (), (), Progress(1, 0), 55_000, 0.0, ""
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moments", "words"),
    [
        ((), "0 epochs"), (((0, 0),), "0 epochs"), (((0, 0), (0.002327, 1)), "1 update"),
        (((0, 0), (0.7491, 322)), "322 updates"), (((0, 0), (0.7491, 322), (1, 430)), "1 epoch"),
        (((1, 430), (1.25, 537)), "537 updates"), (((1, 430), (2, 860)), "2 epochs"),
    ],
)  # fmt: skip
def test_a_run_has_learned_as_long_as_the_network_that_is_shown(
    moments: tuple[tuple[float, int], ...], words: str
) -> None:
    assert how_long(stopped_at(*moments)) == words
