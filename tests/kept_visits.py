"""Kept runs of a visitor, for tests of pages: trained for real, on few images."""

from time import time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from fcnn import load
from fcnn.config import TrainConfig
from fcnn.network import mnist_spec
from runs.registry import new_id
from runs.run import Run
from runs.turns import Scheduler
from runs.view import RunView
from store.owners import owner_of
from store.store import Store
from tests.visits import checked
from tests.waiting import until

TOKEN = "a-token-of-43-characters-as-cookies-have-it"


def keep_run(store: Store, token: str, *, hidden: tuple[int, ...] = (4,), **settings: Any) -> str:  # noqa: ANN401
    """Train a small run to its end, and return its id once it is kept."""
    config = TrainConfig(**{"n_epochs": 1, "n_train": 300, **settings})
    runs: list[Run] = []

    def look() -> RunView | None:
        return runs[0].view() if runs else None

    run_id = new_id()
    keep = store.follow(run_id, owner_of(token), look, created=time())
    runs.append(Run(mnist_spec(hidden), load().dataset(config), config, Scheduler(1), keep=keep))
    runs[0].resume()
    until(lambda: not runs[0].view().under_way)
    store.flush()
    runs[0].close()
    return run_id


def acted(at: AppTest, run_id: str, act: str) -> AppTest:
    """Let the list of runs send what a hand has pressed, as the browser would."""
    heard: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.train.run_list.run_list", lambda *_, on_act, **__: heard.append(on_act))
        at.run()
    heard[-1](run_id, act)
    return checked(at.run())
