"""Pages keep no networks of a run that is long over: not in their fragments, and not in what is called at a click."""

import gc
import weakref
from time import monotonic, sleep
from typing import Any

import pytest

from fcnn.config import TrainConfig
from fcnn.mnist import Dataset, Mnist
from fcnn.network import mnist_spec
from fcnn.types import Examples
from runs.run import Run
from runs.turns import Scheduler
from tests.visits import checked, prepare
from ui.menu import MENU
from ui.server import runs
from ui.visit import Visit

PAGES = [page.file for page in MENU]
N_EPOCHS = 3


def small_run(mnist: Mnist) -> Run:
    few = Examples(mnist.all_train.X[:100], mnist.all_train.labels[:100])
    return Run(mnist_spec((5,)), Dataset(few, None, mnist.test), TrainConfig(n_epochs=N_EPOCHS), Scheduler(1))


def trained(mnist: Mnist) -> tuple[Visit, list[weakref.ref[Any]]]:
    """Return a visit whose run is over, and references to the first weights at each of its epochs."""
    run = small_run(mnist)
    state = Visit(run_id=runs().add(run, owner="me"), owner="me", source="run")
    run.resume()
    end = monotonic() + 30
    while run.view().under_way and monotonic() < end:
        sleep(0.02)
    return state, [weakref.ref(epoch.params[0].W) for epoch in run.view().epochs]


def n_alive(references: list[weakref.ref[Any]]) -> int:
    gc.collect()
    return sum(reference() is not None for reference in references)


@pytest.mark.parametrize("page", PAGES)
def test_the_networks_of_a_run_that_was_replaced_are_let_go_with_the_next_drawing(page: str, mnist: Mnist) -> None:
    state, networks = trained(mnist)
    at = checked(prepare(page, state=state).run())
    assert n_alive(networks) == N_EPOCHS + 1
    state.run_id = runs().add(small_run(mnist), instead_of=state.run_id, owner="me")
    checked(at.run())
    assert n_alive(networks) == 0
    runs().close(state.run_id)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_nobody_looks_at_keeps_no_networks_of_its_run(page: str, mnist: Mnist) -> None:
    """A closed tab is such a page for hours: Streamlit ends its session when the next tab is closed."""
    state, networks = trained(mnist)
    left = checked(prepare(page, state=state).run())
    runs().close(state.run_id)
    checked(prepare("pages/draw.py").run())  # another visitor comes: what the page itself held is gone
    assert n_alive(networks) == 0
    assert left.title
