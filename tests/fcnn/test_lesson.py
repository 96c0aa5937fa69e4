"""The engine's tricks change no number: train() ends each epoch where the lesson's plain loop ends it."""

import ast
import inspect
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fcnn import OPTIMIZERS, Augmentation, Dataset, NetworkSpec, TrainConfig, lesson, mnist_spec, train
from fcnn.engine.by_ink import by_ink
from fcnn.lesson import learn
from fcnn.mnist import Mnist
from fcnn.types import Params
from tests.networks import few_digits

ATOL = 1e-6
FCNN = Path(lesson.__file__).parent
READ_IN_LESSONS = ("types", "pixels", "activations", "losses", "network", "initialization", "optimizers")
LEARNING = ("augmentation", "config", "epoch", "lesson", "metrics", "training")
RATES = {"gradient_descent": 0.1, "momentum": 0.02, "nesterov": 0.02, "adam": 0.002}
# 300 images, of which 128 or 7 at a time leave a shorter last batch
CHANGES: dict[str, dict[str, Any]] = {
    "plain": {},
    "batches of 7": {"batch_size": 7, "n_epochs": 1},
    "full batch": {"batch_size": None, "n_epochs": 8},
    "full batch with dropout": {"batch_size": None, "n_epochs": 8, "dropout": 0.3},
    "a batch of more than all": {"batch_size": 1000, "n_epochs": 4},
    "L2": {"l2": 0.01},
    "dropout": {"dropout": 0.3},
    "both, in a schedule": {"dropout": 0.2, "l2": 0.001, "schedule": "cosine", "warmup_epochs": 0.5, "momentum": 0.8},
    "varied images": {"augmentation": Augmentation(shift_px=2, rotation_deg=10, elastic_px=1, noise=0.1)},
}


def digits(mnist: Mnist, n: int = 300) -> Dataset:
    few = few_digits(mnist, n)
    return Dataset(few, None, few, by_ink(few.X))


def farthest(some: Params, others: Params) -> float:
    pairs = zip(some, others, strict=True)
    return max(float(np.abs(p - q).max()) for one, other in pairs for p, q in zip(one, other, strict=True))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_training_ends_every_epoch_where_the_lesson_ends_it(
    change: dict[str, Any], optimizer: str, mnist: Mnist
) -> None:
    spec, data = mnist_spec((12, 8), "tanh"), digits(mnist)
    config = replace(TrainConfig(RATES[optimizer], n_epochs=3, optimizer=optimizer), **change)
    lessons = list(learn(spec, data.train, config))
    for epoch, params in zip(train(spec, data, config), lessons, strict=True):
        assert farthest(epoch.params, params) <= ATOL
    assert farthest(lessons[0], lessons[-1]) > 1000 * ATOL


@pytest.mark.parametrize("change", [{}, {"batch_size": None}, {"augmentation": Augmentation(shift_px=2)}])
def test_images_that_stand_apart_are_learned_like_others(change: dict[str, Any], mnist: Mnist) -> None:
    config = TrainConfig(0.002, 3, 32, "adam", n_train=150)
    config = replace(config, **change)
    spec, data = mnist_spec((12,)), mnist.dataset(config)
    for epoch, params in zip(train(spec, data, config), learn(spec, data.train, config), strict=True):
        assert farthest(epoch.params, params) <= ATOL
        assert epoch.n_measured == 150


def test_what_the_lesson_yielded_does_not_change_any_more(mnist: Mnist) -> None:
    spec, examples = NetworkSpec((784, 10)), digits(mnist, 50).train
    learned = learn(spec, examples, TrainConfig(n_epochs=2))
    (start,) = islice(learned, 1)
    copy = start[0].W.copy()
    assert len(list(learned)) == 2
    assert np.array_equal(start[0].W, copy)


def test_the_lesson_fits_on_a_projector() -> None:
    assert len(inspect.getsource(lesson).splitlines()) <= 45
    assert len(inspect.getsource(learn).splitlines()) <= 30


@pytest.mark.parametrize("name", READ_IN_LESSONS)
def test_what_a_lesson_reads_does_not_know_the_engine(name: str) -> None:
    modules = imported_modules(FCNN / f"{name}.py")
    assert [module for module in modules if module.startswith(("fcnn.engine", "fcnn.epoch", "fcnn.training"))] == []


def test_learning_knows_no_threads_no_clock_and_no_system() -> None:
    files = [*(FCNN / "engine").glob("*.py"), *(FCNN / f"{name}.py" for name in (*READ_IN_LESSONS, *LEARNING))]
    assert len(files) > 15
    found = {path.name: {"threading", "time", "os"}.intersection(imported_modules(path)) for path in files}
    assert {name: modules for name, modules in found.items() if modules} == {}


def imported_modules(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]


def test_every_file_of_the_engine_is_in_its_readme() -> None:
    readme = (FCNN / "engine" / "README.md").read_text("utf-8")
    files = {path.name for path in (FCNN / "engine").glob("*.py")} - {"__init__.py"}
    assert files
    assert {name for name in files if f"`{name}`" not in readme} == set()
