"""Which network is shown: at one epoch, with the numbers of the others, whose parameters are asked for when needed."""

from collections.abc import Iterator

import pytest

from fcnn.config import TrainConfig
from fcnn.mnist import Dataset, Mnist
from fcnn.network import mnist_spec
from runs.run import Run
from runs.turns import Scheduler
from tests.networks import few_digits
from tests.waiting import until
from ui import cached
from ui.network_shown import params_of_epochs, shown_network
from ui.server import runs
from ui.visit import Visit


@pytest.fixture
def trained(mnist: Mnist) -> Iterator[Visit]:
    """A visit whose run of three epochs is over."""
    few = few_digits(mnist, 100)
    run = Run(mnist_spec((5,)), Dataset(few, None, mnist.test), TrainConfig(n_epochs=3), Scheduler(1))
    state = Visit(run_id=runs().add(run, owner="me"), owner="me", source="run")
    run.resume()
    until(lambda: not run.view().under_way)
    yield state
    runs().close(state.run_id)


def test_one_epoch_is_shown_and_the_others_can_be_chosen(trained: Visit) -> None:
    run = runs().get(trained.run_id)
    assert run is not None
    epochs = run.view().epochs
    newest = shown_network(trained)
    assert (newest.number, newest.final, newest.numbers) == (3, 3, (0, 1, 2, 3))
    assert newest.params is epochs[3].params
    trained.epoch = 1
    assert shown_network(trained).params is epochs[1].params
    assert shown_network(trained).key != newest.key


def test_the_parameters_of_all_epochs_are_there_for_who_asks(trained: Visit) -> None:
    run = runs().get(trained.run_id)
    assert run is not None
    params = params_of_epochs(trained, shown_network(trained))
    assert {number: id(layers) for number, layers in params.items()} == {
        e.number: id(e.params) for e in run.view().epochs
    }


def test_of_a_run_that_has_gone_on_there_are_the_epochs_that_were_shown(trained: Visit) -> None:
    shown = shown_network(trained)._replace(numbers=(0, 1, 2), number=2)
    assert sorted(params_of_epochs(trained, shown)) == [0, 1, 2]


def test_of_a_run_that_has_ended_in_the_meantime_there_is_the_epoch_that_is_shown(trained: Visit) -> None:
    shown = shown_network(trained)
    runs().close(trained.run_id)
    assert shown_network(trained).source == "ready"
    assert params_of_epochs(trained, shown) == {3: shown.params}


def test_the_epochs_of_a_model_are_those_of_its_file() -> None:
    model = cached.shipped_model("ready")
    shown = shown_network(Visit(epoch=4))
    assert shown.numbers == model.numbers
    assert shown.number in (3, 5)
    assert list(params_of_epochs(Visit(), shown)) == list(model.numbers)
