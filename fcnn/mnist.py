"""The MNIST digits, read from the four IDX files that come with the project.

Every file is checked before it is believed: a missing, cut or altered one raises a DataError whose sentence names it.
The images stay bytes, and are read-only, since all visitors share them.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fcnn.config import TrainConfig
from fcnn.engine.by_ink import ByInk, by_ink
from fcnn.pixels import SIDE
from fcnn.types import Examples

FOLDER = Path(__file__).parents[1] / "data" / "mnist"
N_VALIDATION = 5_000  # the last of the 60,000 training images, so that no seed decides which

SHA256 = {
    "train-images-idx3-ubyte.gz": "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971",
    "train-labels-idx1-ubyte.gz": "1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203",
    "t10k-images-idx3-ubyte.gz": "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be",
    "t10k-labels-idx1-ubyte.gz": "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b",
}
HOW_TO_MEND = "Take the file from a fresh copy of this project and put it in data/mnist, then start again."
NO_FOLDER = (
    "The folder {} with the digits is missing. Every copy of this project has it, as data/mnist, but pip installs the "
    "network without it: say where it is, as in load('digits/data/mnist'), or --data digits/data/mnist."
)


class DataError(Exception):
    """A data file cannot be used; the message says which one and what to do."""


@dataclass(frozen=True)
class Dataset:
    """What a network learns from (train), is watched on (validation) and is judged by, once, at the end (test)."""

    train: Examples
    validation: Examples | None
    test: Examples
    by_ink: ByInk | None = None  # the images of train, for those who learn from them as they are


@dataclass(frozen=True)
class Mnist:
    """All 70,000 digits, as the two files of the original have them."""

    all_train: Examples  # 60,000
    test: Examples  # 10,000
    by_ink: ByInk  # those of all_train

    def dataset(self, config: TrainConfig) -> Dataset:
        """Return what a run with these settings learns from, is watched on and judged by: whole() or split()."""
        return self.whole() if config.all_images else self.split(config.n_train)

    def split(self, n_train: int | None = None) -> Dataset:
        """Return 55,000 images to train on, or so many of them, and 5,000 to watch it on: views, nothing is copied."""
        X, labels = self.all_train
        rows = spread(n_train or len(X), len(X) - N_VALIDATION)
        return Dataset(
            train=Examples(X[rows], labels[rows]),
            validation=Examples(X[-N_VALIDATION:], labels[-N_VALIDATION:]),
            test=self.test,
            by_ink=self.by_ink._replace(X=self.by_ink.X[rows], reach=self.by_ink.reach[rows]),
        )

    def whole(self) -> Dataset:
        """Return all 60,000 images to train on, as the paper did, and none to validate on."""
        return Dataset(train=self.all_train, validation=None, test=self.test, by_ink=self.by_ink)


def spread(n: int, n_images: int) -> slice:
    """Return the rows of n of the first n_images training images, or of all of these, if n is more.

    In the file a writer's digits stand close together, and two collections of handwriting take turns: every second
    image is of the other one. So the rows are as far apart as an odd step allows.
    """
    step = max(1, n_images // n)
    step -= 1 - step % 2
    return slice(0, min(n, n_images) * step, step)


def load(folder: Path | str = FOLDER) -> Mnist:
    """Read the four files of a folder: of this copy of the project, or of the one named, where pip installed fcnn.

    Raises:
        DataError: the folder or a file is missing, cannot be read, or is not the one that this project ships.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise DataError(NO_FOLDER.format(Path(*folder.parts[-2:]).as_posix()))
    all_train = _examples(folder, "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
    test = _examples(folder, "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
    images = by_ink(all_train.X)
    for array in images:
        array.flags.writeable = False
    return Mnist(all_train, test, images)


def _examples(folder: Path, images: str, labels: str) -> Examples:
    return Examples(_read_idx(folder / images).reshape(-1, SIDE**2), _read_idx(folder / labels))


def _read_idx(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Read one IDX file: two zero bytes, the type (8: bytes), the number of axes, their lengths, the numbers."""
    content = gzip.decompress(_read_checked(path))
    n_axes = content[3]
    shape = np.frombuffer(content, ">u4", count=n_axes, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * n_axes).reshape(shape)


def _read_checked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"The data file {path.name} is missing. {HOW_TO_MEND}") from None
    except OSError as error:
        raise DataError(f"The data file {path.name} cannot be read ({error.strerror}). {HOW_TO_MEND}") from None
    if hashlib.sha256(content).hexdigest() != SHA256[path.name]:
        raise DataError(
            f"The data file {path.name} is damaged: it has {len(content):,} bytes, and they are not "
            f"those of the original. {HOW_TO_MEND}"
        )
    return content
