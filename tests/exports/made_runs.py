"""Runs as they are kept, made up for the tests of files: with every kind of number in them, and with odd words."""

from dataclasses import replace

import numpy as np

from exports.zip_parts.zipped import ZippedRun
from fcnn import model_file
from fcnn.config import Settings, TrainConfig
from fcnn.initialization import Initialization, init_params
from fcnn.metrics import Figures
from fcnn.model_file import Model
from fcnn.network import mnist_spec
from fcnn.types import Params
from runs.kept import Answered, Curves, KeptRun
from runs.records import Change, EpochRecord
from runs.status import Status

NAME = '<script>alert("A & B")</script> \N{SNOWMAN}'


def settings(hidden: tuple[int, ...] = (6,), **config: float) -> Settings:
    return Settings(mnist_spec(hidden), TrainConfig(**config))  # type: ignore[arg-type]


def record(number: float, *, norms: int = 2) -> EpochRecord:
    loss = 2.302585092994046 / (1 + number)
    return EpochRecord(
        number, Figures(loss, 1 - loss / 3), Figures(loss * 1.1, 1 - loss / 2.7), 0.1 / 3,
        (0.1 + number, 1 / 3)[:norms] if number else (), number / 7, int(430 * number), 5_000,
    )  # fmt: skip


def curves(n_epochs: int = 4) -> Curves:
    records = [record(number) for number in (0, 0.0023, 0.5, *range(1, n_epochs + 1))]
    return Curves(tuple(records), (Change(1.25, "learning_rate", 0.1, 0.03), Change(2.5, "dropout", 0.0, 0.1)))


def kept(number: int = 1, **changed: object) -> KeptRun:
    usual = KeptRun(
        id="", number=number, settings=settings(), status=Status.FINISHED, created=1_790_000_000.25, seconds=12.3456789,
        reached=record(4), test=Figures(0.1 / 3, 0.9712), name=NAME, note="Line one\nand *two*", pinned=True,
        sweep="How wide?",
    )  # fmt: skip
    return replace(usual, **changed)  # type: ignore[arg-type]


def params(of: Settings, seed: int = 0) -> Params:
    return init_params(of.spec, Initialization(), rng=np.random.default_rng(seed))


def answers(seed: int = 0) -> Answered:
    return np.random.default_rng(seed).integers(0, 10, 10_000, np.uint8)


def zipped(number: int = 1, **changed: object) -> ZippedRun:
    run = kept(number, **changed)
    model = Model(run.settings.spec, (0, 4), (params(run.settings), params(run.settings, 1)))
    return ZippedRun(run, curves(), model_file.save(model, np.float16), answers())
