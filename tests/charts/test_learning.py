"""Curves of learning: what they run along, and where their axes begin and end."""

from dataclasses import replace
from math import log10

import pytest

from charts.axes import AXES
from charts.learning import accuracy_figure, loss_figure, lowest
from fcnn.config import TrainConfig
from fcnn.epoch import Progress
from fcnn.metrics import Figures
from fcnn.network import mnist_spec
from runs.records import Change, EpochRecord
from runs.status import Status
from runs.view import RunView

UPDATES = AXES["updates"]


def record(number: float, accuracy: float, n_updates: int, n_measured: int = 5_000) -> EpochRecord:
    return EpochRecord(number, Figures(1.0, accuracy), Figures(1.1, accuracy), 0.1, (1.0,), 1.0, n_updates, n_measured)


INSIDE = (record(0, 0.1, 0), record(0.002327, 0.2, 1, 1_000), record(0.4655, 0.94, 200, 1_000))
RECORDS = (*INSIDE, record(1, 0.954, 430), record(2, 0.965, 860))
VIEW = RunView(
    mnist_spec((64,)), TrainConfig(n_epochs=10), Status.RUNNING, RECORDS, (), (), Progress(2, 0), 55_000, 0.0, ""
)  # fmt: skip


def test_over_updates_the_whole_climb_has_room() -> None:
    figure = accuracy_figure(VIEW, name="", axis=UPDATES)
    assert figure["data"][0]["x"].tolist() == [0, 1, 200, 430, 860]
    assert figure["layout"]["xaxis"]["range"] == [0, pytest.approx(log10(4300))]
    assert figure["layout"]["yaxis"]["range"] == [0, 100]


def test_over_epochs_the_axis_of_accuracies_begins_below_what_there_is() -> None:
    assert accuracy_figure(VIEW, name="")["layout"]["yaxis"]["range"] == [95, 100]
    assert accuracy_figure(VIEW, name="")["data"][1]["x"].tolist() == [0, 0.002327, 0.4655, 1, 2]


def test_beside_the_paper_it_begins_at_nothing() -> None:
    assert accuracy_figure(VIEW, name="", paper={0: 8.47})["layout"]["yaxis"]["range"] == [0, 100]


@pytest.mark.parametrize(
    ("accuracies", "begins"), [((), 0), ((0.3,), 0), ((0.6,), 50), ((0.9,), 80), ((0.954, 0.97), 95), ((0.97, 0.7), 50)]
)
def test_an_axis_begins_at_one_of_few_places(accuracies: tuple[float, ...], begins: float) -> None:
    whole = tuple(record(i, accuracy, 430 * i) for i, accuracy in enumerate(accuracies, start=1))
    assert lowest(replace(VIEW, records=(*INSIDE, *whole))) == begins


def test_a_point_says_on_how_many_images_it_was_measured() -> None:
    for figure in (accuracy_figure(VIEW, name=""), loss_figure(VIEW, name="")):
        for line in figure["data"]:
            assert line["customdata"].tolist() == [5_000, 1_000, 1_000, 5_000, 5_000]
            assert "%{customdata:,} images" in line["hovertemplate"]


def test_of_few_training_images_the_validation_images_are_all_the_same() -> None:
    few = replace(VIEW, records=(record(0.5, 0.3, 1, 100), record(1, 0.4, 2, 100)))
    training, validation = (line["customdata"].tolist() for line in accuracy_figure(few, name="")["data"])
    assert (training, validation) == ([100, 100], [1_000, 5_000])


@pytest.mark.parametrize(("axis", "place"), [("epochs", 1.5), ("log epochs", 1.5), ("updates", 645)])
def test_a_change_stands_where_it_was_made(axis: str, place: float) -> None:
    view = replace(VIEW, changes=(Change(1.5, "l2", 0.0, 0.1),))
    layout = accuracy_figure(view, name="", axis=AXES[axis])["layout"]
    assert layout["shapes"][0]["x0"] == place
    assert layout["annotations"][0]["x"] == pytest.approx(log10(place) if AXES[axis].is_log else place)


def test_a_full_batch_has_one_update_an_epoch() -> None:
    view = replace(VIEW, config=replace(VIEW.config, batch_size=None))
    assert accuracy_figure(view, name="", axis=UPDATES)["layout"]["xaxis"]["range"] == [0, 1]
