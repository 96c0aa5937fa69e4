"""Train a network that comes with the app, and save it with some of its epochs: data/models/<name>.npz.

Run it from the folder of the project: python -m tools.make_models ready record
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fcnn import NetworkSpec, TrainConfig, answer, load, mnist_spec, summarize, train
from fcnn.mnist import Mnist
from fcnn.model_file import load as load_model
from fcnn.model_file import of_epochs, save
from fcnn.presets import PRESETS
from fcnn.types import Params

FOLDER = Path(__file__).parents[1] / "data" / "models"


class Recipe(NamedTuple):
    """How a network is made, and which of its epochs are saved."""

    spec: NetworkSpec
    config: TrainConfig
    is_kept: Callable[[int], bool]


RECIPES: Mapping[str, Recipe] = {
    "ready": Recipe(
        mnist_spec((128,)),
        TrainConfig(learning_rate=0.002, n_epochs=20, optimizer="adam", schedule="cosine", dropout=0.2),
        lambda number: number in (0, 1, 2, 3, 5, 8, 13, 20),
    ),
    "record": Recipe(
        PRESETS["record"].spec,
        PRESETS["record"].config,
        lambda number: number == PRESETS["record"].config.n_epochs,
    ),
}


def write_model(name: str, spec: NetworkSpec, kept: list[tuple[int, Params]], mnist: Mnist) -> float:
    """Save a network at some epochs, read it back, and return the share of test digits that the last one knows."""
    file = FOLDER / f"{name}.npz"
    file.write_bytes(save(of_epochs(spec, kept), np.float16))
    model = load_model(file.read_bytes())
    return summarize(answer(model.spec, model.params[-1], mnist.test), mnist.test.labels).accuracy


def main(names: list[str]) -> None:
    """Make the networks of these names, and say how good they are as saved."""
    mnist = load()
    for name in names:
        spec, config, is_kept = RECIPES[name]
        epochs = train(spec, mnist.dataset(config), config)
        kept = [(int(epoch.number), epoch.params) for epoch in epochs if is_kept(int(epoch.number))]
        sys.stdout.write(f"{name}: test accuracy {write_model(name, spec, kept, mnist):.2%}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
