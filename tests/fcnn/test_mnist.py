"""The 70,000 digits are all there, and a file that is not the original one is refused by name."""

import shutil
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.config import TrainConfig
from fcnn.mnist import FOLDER, SHA256, Mnist, spread
from fcnn.pixels import as_numbers
from fcnn.settings import SETTINGS
from fcnn.types import Examples

PARTS: dict[str, Callable[[Mnist], Examples]] = {"training": lambda m: m.all_train, "test": lambda m: m.test}
every_part = pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
every_file = pytest.mark.parametrize("name", SHA256)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the four files, to be damaged."""
    for name in SHA256:
        shutil.copyfile(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(("part", "n"), [("training", 60_000), ("test", 10_000)])
def test_there_are_as_many_images_as_labels(mnist: Mnist, part: str, n: int) -> None:
    X, labels = PARTS[part](mnist)
    assert X.shape == (n, 784)
    assert labels.shape == (n,)


@every_part
def test_pixels_are_bytes_and_as_numbers_go_from_paper_to_ink(mnist: Mnist, part: Callable[[Mnist], Examples]) -> None:
    X = part(mnist).X
    assert X.dtype == np.uint8
    numbers = as_numbers(X)
    assert numbers.dtype == np.float32
    assert (numbers.min(), numbers.max()) == (0, 1)


@every_part
def test_labels_are_the_ten_digits(mnist: Mnist, part: Callable[[Mnist], Examples]) -> None:
    labels = part(mnist).labels
    assert labels.dtype == np.uint8
    assert np.unique(labels).tolist() == list(range(10))


@every_part
def test_nobody_can_change_what_all_visitors_share(mnist: Mnist, part: Callable[[Mnist], Examples]) -> None:
    X, labels = part(mnist)
    assert not X.flags.writeable
    assert not labels.flags.writeable


def test_the_images_stand_in_their_original_order(mnist: Mnist) -> None:
    assert mnist.all_train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert mnist.test.labels[:5].tolist() == [7, 2, 1, 0, 4]


def test_rows_of_an_image_run_from_top_to_bottom(mnist: Mnist) -> None:
    # The first test image is a 7: a bar across the top and a stem that ends left of the middle.
    seven = as_numbers(mnist.test.X[0]).reshape(28, 28)
    assert seven[8, 6:12].min() > 0.5
    assert seven[25, 10:13].max() > 0.5
    assert seven[25, 15:].max() == 0


def test_the_split_watches_the_last_5000_training_images(mnist: Mnist) -> None:
    data = mnist.split()
    assert data.validation is not None
    assert [len(part.X) for part in (data.train, data.validation, data.test)] == [55_000, 5_000, 10_000]
    assert [len(part.labels) for part in (data.train, data.validation, data.test)] == [55_000, 5_000, 10_000]
    assert np.array_equal(data.validation.X[-1], mnist.all_train.X[-1])
    assert np.array_equal(data.validation.labels, mnist.all_train.labels[55_000:])


def test_the_whole_has_all_60000_images_and_nothing_to_watch(mnist: Mnist) -> None:
    data = mnist.whole()
    assert (len(data.train.X), data.validation, len(data.test.X)) == (60_000, None, 10_000)


def test_settings_say_what_is_learned_from(mnist: Mnist) -> None:
    settings = (TrainConfig(), TrainConfig(n_train=250), TrainConfig(all_images=True))
    assert [len(mnist.dataset(config).train.X) for config in settings] == [55_000, 250, 60_000]
    few, whole = mnist.dataset(settings[1]), mnist.dataset(settings[2])
    assert whole.validation is None
    assert few.validation is not None
    assert len(few.validation.X) == 5_000
    assert len(few.test.X) == 10_000


@pytest.mark.parametrize("n", [100, 101, 20_000, 54_999])
def test_so_many_images_are_there_with_their_digits_and_their_ink(mnist: Mnist, n: int) -> None:
    data, rows = mnist.split(n), spread(n, 55_000)
    chosen = np.arange(60_000)[rows]
    assert len(chosen) == n
    assert chosen.max() < 55_000  # the others are for validation
    assert np.array_equal(data.train.X, mnist.all_train.X[chosen])
    assert np.array_equal(data.train.labels, mnist.all_train.labels[chosen])
    assert data.by_ink is not None
    assert np.array_equal(data.by_ink.X, mnist.by_ink.X[chosen])
    assert np.array_equal(data.by_ink.reach, mnist.by_ink.reach[chosen])


@pytest.mark.parametrize("n", [n for n in SETTINGS["n_train"].stops if n <= 10_000])
def test_few_images_are_like_all_of_them(mnist: Mnist, n: int) -> None:
    labels, chosen = mnist.all_train.labels[:55_000], spread(int(n), 55_000)
    shares = np.bincount(labels) / len(labels)
    counts = np.bincount(labels[chosen], minlength=10)
    assert ((counts - n * shares) ** 2 / (n * shares)).sum() < 21.7  # chance gives more once in a hundred times
    ink = np.count_nonzero(mnist.all_train.X[:55_000], axis=1) / 784
    ink -= np.array([ink[labels == digit].mean() for digit in range(10)])[labels]
    assert abs(ink[chosen].mean()) < 3 * ink.std() / np.sqrt(n)  # that of every second image, of one collection, is not
    assert abs(ink[::2][: int(n)].mean()) > ink.std() / np.sqrt(n)
    assert np.arange(55_000)[chosen].max() > 0.9 * 49_000  # of all writers, and not of the first ones


def test_a_split_copies_nothing(mnist: Mnist) -> None:
    for data in (mnist.split(), mnist.split(1_000)):
        assert data.validation is not None
        assert data.by_ink is not None
        assert np.shares_memory(data.by_ink.X, mnist.by_ink.X)
        for part in (data.train, data.validation):
            assert np.shares_memory(part.X, mnist.all_train.X)
            assert np.shares_memory(part.labels, mnist.all_train.labels)


def test_the_inked_pixels_are_those_with_ink_in_some_training_image(mnist: Mnist) -> None:
    pixels, X, reach = mnist.by_ink
    assert sorted(pixels) == list(range(784))
    inked, blank = pixels[:717], pixels[717:]
    assert not mnist.all_train.X[:, blank].any()
    assert np.array_equal(X, mnist.all_train.X[:, inked])  # 43 MB: the blank ones are not kept once more
    assert X.flags.c_contiguous  # or every batch would take a copy of all images
    assert not any(array.flags.writeable for array in mnist.by_ink)
    for image, n_pixels in zip(X[:100], reach, strict=False):
        assert image[n_pixels - 1] > 0
        assert not image[n_pixels:].any()


def test_few_images_at_once_need_few_pixels(mnist: Mnist) -> None:
    needed = mnist.by_ink.reach.reshape(-1, 32).max(axis=1).mean()
    assert needed < 600  # as the text above ByInk says


def test_a_split_leaves_out_the_blank_pixels_of_its_own_images(mnist: Mnist) -> None:
    data = mnist.split()
    assert data.by_ink is not None
    assert len(data.by_ink.X) == len(data.by_ink.reach) == len(data.train.X)


def test_nobody_can_exchange_what_all_visitors_share(mnist: Mnist) -> None:
    with pytest.raises(FrozenInstanceError):
        mnist.test = mnist.all_train  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        mnist.split().validation = None  # type: ignore[misc]


def assert_refused(folder: Path, name: str, reason: str) -> None:
    with pytest.raises(fcnn.DataError) as refused:
        fcnn.load(folder)
    text = str(refused.value)
    assert f"The data file {name} {reason}" in text
    assert "Take the file from a fresh copy of this project" in text


@every_file
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert_refused(folder, name, "is missing")


@every_file
def test_a_cut_file_is_named(folder: Path, name: str) -> None:
    content = (FOLDER / name).read_bytes()
    (folder / name).write_bytes(content[:1000])
    assert_refused(folder, name, "is damaged: it has 1,000 bytes")


@every_file
def test_a_file_with_one_byte_altered_is_named(folder: Path, name: str) -> None:
    content = bytearray((FOLDER / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    assert_refused(folder, name, f"is damaged: it has {len(content):,} bytes")


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    name = next(iter(SHA256))
    (folder / name).unlink()
    (folder / name).mkdir()  # a folder in the place of a file
    assert_refused(folder, name, "cannot be read")
