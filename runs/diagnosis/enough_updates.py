"""Batches and epochs that give a network updates enough to learn from the images that it has."""

from dataclasses import replace
from math import ceil

from fcnn.config import TrainConfig

USUAL_BATCH, SMALLEST_BATCH = 128, 16
FEWEST_UPDATES = 400  # in which a network learns for sure
N_TRAIN = 55_000  # images in an epoch, a few more if all are used


def images_an_epoch(config: TrainConfig) -> int:
    """Return from how many images a network learns; if all are used, a few more, which makes no difference here."""
    return config.n_train or N_TRAIN


def with_enough_updates(config: TrainConfig) -> TrainConfig:
    """Return the settings with a batch that suits them, and from few images with as many epochs as it then takes."""
    n_images = images_an_epoch(config)
    batch = min(config.batch_size or n_images, n_images)
    largest = config.n_epochs * n_images // FEWEST_UPDATES
    if SMALLEST_BATCH <= batch <= largest:
        return config
    if largest < SMALLEST_BATCH:
        n_epochs = ceil(FEWEST_UPDATES * SMALLEST_BATCH / n_images)
        return replace(config, batch_size=SMALLEST_BATCH, n_epochs=n_epochs)
    fitting = min(largest, n_images)
    return replace(config, batch_size=min(USUAL_BATCH, 2 ** (fitting.bit_length() - 1)))
