"""Models as files: what is saved comes back, and nothing hostile gets in."""

import io
import json
import pickle  # to make the hostile file that must not be unpickled
import tracemalloc
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

from fcnn import checkpoint
from fcnn.checkpoint import Model, ModelFileError
from fcnn.initialization import Initialization, init_params
from fcnn.network import mnist_spec

SPEC = mnist_spec((5, 3), "tanh")
ABOUT = {"format": checkpoint.FORMAT, "sizes": [784, 5, 3, 10], "activation": "tanh", "epochs": [0, 4]}


def model() -> Model:
    params = tuple(init_params(SPEC, Initialization(), rng=np.random.default_rng(seed)) for seed in (0, 1))
    return Model(SPEC, (0, 4), params)


def archive(about: object = ABOUT, **changed: object) -> bytes:
    """Return a good file with another line of JSON or other arrays; bytes replace an entry as they are."""
    with np.load(io.BytesIO(checkpoint.save(model()))) as good:
        entries: dict[str, object] = dict(good)
    entries["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, entry in (entries | changed).items():
            content = io.BytesIO()
            if isinstance(entry, bytes):
                content.write(entry)
            else:
                np.save(content, np.asarray(entry))
            target.writestr(f"{name}.npy", content.getvalue())
    return buffer.getvalue()


def test_a_saved_model_comes_back_to_the_bit() -> None:
    loaded = checkpoint.load(checkpoint.save(model()))
    assert (loaded.spec, loaded.numbers) == (SPEC, (0, 4))
    for saved, read in zip(model().params, loaded.params, strict=True):
        for layer, same in zip(saved, read, strict=True):
            assert np.array_equal(layer.W, same.W)
            assert np.array_equal(layer.b, same.b)


def test_half_precision_is_half_as_large_and_nearly_the_same() -> None:
    small = checkpoint.save(model(), np.float16)
    assert len(small) < 0.6 * len(checkpoint.save(model()))
    assert np.allclose(checkpoint.load(small).params[1][0].W, model().params[1][0].W, rtol=1e-3, atol=1e-6)


def test_plain_numpy_reads_the_file() -> None:
    with np.load(io.BytesIO(checkpoint.save(model())), allow_pickle=False) as file:
        assert file["W0"].shape == (2, 784, 5)


def test_the_good_archive_of_these_tests_is_good() -> None:
    assert checkpoint.load(archive()).numbers == (0, 4)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "not a model of this app"),
    "text": (lambda: b"hello" * 100, "not a model of this app"),
    "cut": (lambda: checkpoint.save(model())[:-200], "not a model of this app"),
    "another npz": (lambda: archive(about={"x": 1}), "not a model of this app"),
    "too long": (lambda: bytes(checkpoint.MAX_FILE_BYTES + 1), "at most 64,000,000"),
    "unknown format": (lambda: archive({**ABOUT, "format": "fcnn-model-99"}), "fcnn-model-99"),
    "too wide": (lambda: archive({**ABOUT, "sizes": [784, 5000, 10]}), "1 to 1024"),
    "too deep": (lambda: archive({**ABOUT, "sizes": [784, *[2] * 9, 10]}), "at most 5 hidden layers"),
    "not digits": (lambda: archive({**ABOUT, "sizes": [100, 5, 3, 10]}), "not 784 to 10"),
    "unknown activation": (lambda: archive({**ABOUT, "activation": "__import__"}), "unknown activation"),
    "epochs out of order": (lambda: archive({**ABOUT, "epochs": [4, 0]}), "rising order"),
    "a million epochs": (lambda: archive({**ABOUT, "epochs": list(range(1000))}), "1 to 64"),
    "wrong shape": (lambda: archive(W0=np.zeros((2, 784, 4), np.float32)), "W0"),
    "wrong type": (lambda: archive(W0=np.full((2, 784, 5), "x")), "W0"),
    "not finite": (lambda: archive(b0=np.full((2, 5), np.nan, np.float32)), "not finite"),
    "larger than it says": (lambda: archive(b0=np.zeros(10_000_000, np.float32)), "larger"),
    "too many parts": (lambda: archive(**{f"x{i}": np.zeros(1) for i in range(200)}), "more parts"),
    "huge line of JSON": (lambda: archive({**ABOUT, "x": "y" * 100_000}), "larger"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_with_a_sentence(name: str) -> None:
    make, sentence = HOSTILE[name]
    with pytest.raises(ModelFileError, match=sentence):
        checkpoint.load(make())


class Bomb:
    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return pytest.fail, ("the file was unpickled",)


def test_a_pickle_in_the_file_is_never_opened() -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|O", "fortran_order": False, "shape": (2, 5)})
    with pytest.raises(ModelFileError):
        checkpoint.load(archive(b0=header.getvalue() + pickle.dumps([Bomb()])))


def test_a_zip_bomb_takes_little_memory() -> None:
    bomb = archive(b0=np.zeros(100_000_000, np.uint8))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="larger"):
        checkpoint.load(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_header_that_promises_terabytes_allocates_nothing() -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (10**12,)})
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="b0"):
        checkpoint.load(archive(b0=header.getvalue()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
