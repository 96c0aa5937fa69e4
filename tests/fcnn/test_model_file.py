"""Models as files: what is saved comes back, and nothing hostile gets in."""

import contextlib
import io
import json
import pickle  # to make the hostile file that must not be unpickled
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from itertools import pairwise
from time import process_time
from typing import Literal

import numpy as np
import pytest

from fcnn import model_file
from fcnn.initialization import Initialization, init_params
from fcnn.model_file import Model
from fcnn.network import mnist_spec
from fcnn.reading.about import FORMAT, ModelFileError

SPEC = mnist_spec((5, 3), "tanh")
ABOUT = {"format": FORMAT, "sizes": [784, 5, 3, 10], "activation": "tanh", "epochs": [0, 4]}


def model() -> Model:
    params = tuple(init_params(SPEC, Initialization(), rng=np.random.default_rng(seed)) for seed in (0, 1))
    return Model(SPEC, (0, 4), params)


def archive(line: object = ABOUT, **changed: object) -> bytes:
    """Return a good file with another line of JSON or other arrays; bytes replace an entry as they are."""
    with np.load(io.BytesIO(model_file.save(model()))) as good:
        entries: dict[str, object] = dict(good)
    entries["about"] = np.frombuffer(json.dumps(line).encode(), np.uint8)
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
    loaded = model_file.load(model_file.save(model()))
    assert (loaded.spec, loaded.numbers) == (SPEC, (0, 4))
    for saved, read in zip(model().params, loaded.params, strict=True):
        for layer, same in zip(saved, read, strict=True):
            assert np.array_equal(layer.W, same.W)
            assert np.array_equal(layer.b, same.b)


def test_half_precision_is_half_as_large_and_nearly_the_same() -> None:
    small = model_file.save(model(), np.float16)
    assert len(small) < 0.6 * len(model_file.save(model()))
    assert np.allclose(model_file.load(small).params[1][0].W, model().params[1][0].W, rtol=1e-3, atol=1e-6)


def test_plain_numpy_reads_the_file() -> None:
    with np.load(io.BytesIO(model_file.save(model())), allow_pickle=False) as file:
        assert file["W0"].shape == (2, 784, 5)


def test_the_good_archive_of_these_tests_is_good() -> None:
    assert model_file.load(archive()).numbers == (0, 4)


def packed(how: int) -> bytes:
    """Return a good file with its parts packed in this way, and 100 MB of zeros among them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive())) as good, zipfile.ZipFile(buffer, "w", how) as target:
        for name in good.namelist():
            target.writestr(name, bytes(100_000_000) if name == "W1.npy" else good.read(name))
    return buffer.getvalue()


def flagged(flag: int) -> bytes:
    """Return a good file whose first part has this flag, in the directory and before the part."""
    content = bytearray(archive())
    content[6] |= flag
    content[content.index(b"PK\x01\x02") + 8] |= flag
    return bytes(content)


def twice(name: str) -> bytes:
    buffer = io.BytesIO(archive())
    with zipfile.ZipFile(buffer, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr(name, b"")
    return buffer.getvalue()


def npy(version: tuple[int, int], n_header_bytes: int | None = None) -> bytes:
    """Return the array b0 as a file, of a version, and with a length of its header as it may claim."""
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.zeros((2, 5), np.float32), version=version)
    content = bytearray(stream.getvalue())
    if n_header_bytes is not None:
        content[8:12] = n_header_bytes.to_bytes(4, "little")
    return bytes(content)


def nested(depth: int) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.frombuffer(b"[" * depth, np.uint8))
    return archive(**{"about": stream.getvalue()})


def long_directory() -> bytes:
    """Return an archive whose directory of 6.5 MB holds 100 parts, each with 16,383 empty extra fields."""
    extra = struct.pack("<HH", 0x9999, 0) * 16_383
    part = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"x"
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, *[0] * 7, 1, len(extra), *[0] * 5) + b"x" + extra
    sizes = 100, 100, 100 * len(entry), len(part), 0
    return part + 100 * entry + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *sizes)


def commented() -> bytes:
    buffer = io.BytesIO(archive())
    with zipfile.ZipFile(buffer, "a") as target:
        target.comment = b"x" * 65_535
    return buffer.getvalue()


def in_64_bits() -> bytes:
    """Return an archive of which a second end claims that its directory lies beyond the moon."""
    content = archive()
    start = struct.unpack("<L", content[-6:-2])[0]
    second = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2**60, 2**60, 2**62, start)
    return content[:-22] + second + struct.pack("<4sLQL", b"PK\6\7", 0, len(content) - 22, 1) + content[-22:]


OF_OTHERS = b"{'descr': [('![](//a.b)', '<f4')], 'fortran_order': False, 'shape': (2, 5)}"


def with_header(header: bytes) -> bytes:
    return archive(b0=b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "not a model of this app"),
    "text": (lambda: b"hello" * 100, "not a model of this app"),
    "cut": (lambda: model_file.save(model())[:-200], "not a model of this app"),
    "another npz": (lambda: archive({"x": 1}), "not a model of this app"),
    "too long": (lambda: bytes(model_file.MAX_FILE_BYTES + 1), "at most 64,000,000"),
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
    "lone surrogate": (lambda: archive({**ABOUT, "sizes": ["\ud800", 5, 3, 10]}), "not whole numbers"),
    "sizes of text": (lambda: archive({**ABOUT, "sizes": "x" * 9000}), "not whole numbers"),
    "an epoch of 4,000 digits": (lambda: archive({**ABOUT, "epochs": [0, 10**4000]}), "rising order"),
    "an epoch that is not a number": (lambda: archive({**ABOUT, "epochs": [0, float("nan")]}), "rising order"),
    "an epoch without end": (lambda: archive({**ABOUT, "epochs": [0, float("inf")]}), "rising order"),
    "beyond float32": (lambda: archive(b0=np.full((2, 5), 1e300)), "too large for float32"),
    "whole numbers": (lambda: archive(b0=np.zeros((2, 5), np.int32)), "b0"),
    "complex numbers": (lambda: archive(b0=np.zeros((2, 5), complex)), "b0"),
    "bzip2": (lambda: packed(zipfile.ZIP_BZIP2), "packed in a way"),
    "LZMA": (lambda: packed(zipfile.ZIP_LZMA), "packed in a way"),
    "encrypted": (lambda: flagged(1), "packed in a way"),
    "a part twice": (lambda: twice("about.npy"), "two parts of one name"),
    "a header of the second kind": (lambda: archive(b0=npy((2, 0), 2**31)), "form that NumPy"),
    "cut short": (lambda: archive(b0=npy((1, 0))[:-4]), "cut short|damaged"),
    "deep JSON": (lambda: nested(9_000), "not a model|damaged"),
    "a long directory": (long_directory, "more parts"),
    "a long comment": (commented, "not a model of this app"),
    "a directory beyond the moon": (in_64_bits, "not a model of this app"),
    "a part in a folder": (lambda: archive(**{"../about": np.zeros(1)}), "parts that do not belong"),
    "a header of brackets": (lambda: with_header(b"(" * 60_000), "form that NumPy"),
    "a header of signs": (lambda: with_header(b"-" * 900 + b"1"), "damaged"),
    "a part of others": (
        lambda: with_header(b"{'descr': [('![](//a.b)', '<f4')], 'fortran_order': False, 'shape': (2, 5)}"),
        "of void32",
    ),
    "six large epochs": (
        lambda: archive({**ABOUT, "sizes": [784, *[1024] * 5, 10], "epochs": [*range(6)]}),
        "fewer epochs",
    ),
    "huge line of JSON": (lambda: archive({**ABOUT, "x": "y" * 100_000}), "larger"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_with_a_sentence(name: str) -> None:
    make, sentence = HOSTILE[name]
    content = make()
    since = process_time()
    for read in (model_file.load, model_file.size_of):
        with contextlib.suppress(ModelFileError):
            read(content)
    assert process_time() - since < 1
    tracemalloc.start()
    with pytest.raises(ModelFileError, match=sentence) as refused:
        model_file.load(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    message = str(refused.value)
    assert message.isascii()
    assert len(message) < 200


def test_float64_columns_first_and_other_byte_orders_are_read() -> None:
    with np.load(io.BytesIO(model_file.save(model()))) as good:
        arrays = {name: good[name] for name in good.files if name != "about"}
    resaved = {
        "W0": np.asfortranarray(arrays["W0"]),
        "W1": arrays["W1"].astype(np.float64),
        "b1": arrays["b1"].astype(">f4"),
    }
    loaded = model_file.load(archive(**resaved))
    for saved, read in zip(model().params, loaded.params, strict=True):
        for layer, same in zip(saved, read, strict=True):
            assert np.array_equal(layer.W, same.W)
            assert np.array_equal(layer.b, same.b)
            assert same.W.dtype == same.b.dtype == np.float32


@pytest.mark.parametrize("by", ["rows", "columns"])
def test_the_largest_model_takes_no_more_than_what_is_counted_for_reading_it(by: str) -> None:
    spec, n_epochs = mnist_spec((1024,) * 5), 3
    arrays: dict[str, object] = {
        "about": np.frombuffer(
            json.dumps({**ABOUT, "sizes": spec.sizes, "epochs": [*range(n_epochs)]}).encode(), np.uint8
        )
    }
    for i, (n_in, n_out) in enumerate(pairwise(spec.sizes)):
        order: Literal["C", "F"] = "C" if by == "rows" else "F"
        arrays[f"W{i}"] = np.zeros((n_epochs, n_in, n_out), order=order)
        arrays[f"b{i}"] = np.zeros((n_epochs, n_out))
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    arrays.clear()
    tracemalloc.start()
    since = process_time()
    model = model_file.load(buffer.getvalue())
    seconds = process_time() - since
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert model.n_bytes == model_file.size_of(buffer.getvalue()) == 4 * spec.n_parameters * n_epochs
    assert peak < 1.5 * model.n_bytes  # three times that is counted, see ui/uploads.py
    assert seconds < 2


class Bomb:
    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return pytest.fail, ("the file was unpickled",)


def test_a_pickle_in_the_file_is_never_opened() -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|O", "fortran_order": False, "shape": (2, 5)})
    with pytest.raises(ModelFileError):
        model_file.load(archive(b0=header.getvalue() + pickle.dumps([Bomb()])))


def test_a_zip_bomb_takes_little_memory() -> None:
    bomb = archive(b0=np.zeros(100_000_000, np.uint8))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="larger"):
        model_file.load(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_header_that_promises_terabytes_allocates_nothing() -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (10**12,)})
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="b0"):
        model_file.load(archive(b0=header.getvalue()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
