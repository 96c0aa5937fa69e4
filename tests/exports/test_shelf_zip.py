"""All runs as one file: what is written comes back to the bit, and nothing hostile gets in."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from math import inf, isnan, nan
from time import process_time

import numpy as np
import pytest

from exports import shelf_zip
from exports.shelf_zip import read, write
from exports.zip_parts.exact import MAX_RECORDS
from exports.zip_parts.zipped import ZipError, ZipLimits, ZippedRun
from fcnn import model_file
from fcnn.config import Settings, TrainConfig
from fcnn.metrics import Figures
from fcnn.model_file import one_epoch
from fcnn.network import mnist_spec
from fcnn.reading.text import visible
from fcnn.settings import SETTINGS
from fcnn.written import all_written, read_written
from runs.kept import Curves
from runs.status import Status
from tests.exports.made_runs import curves, kept, params, record, settings, zipped

SMALL = ZipLimits(n_runs=3, file_bytes=300_000, unpacked_bytes=700_000, n_records=40, network_bytes=90_000)


def same(one: ZippedRun, other: ZippedRun) -> bool:
    """Return whether two runs are the same to the bit, but for the moment on a server's clock."""
    changes = tuple(change._replace(at_s=0.0) for change in one.curves.changes)
    answers = one.answers is other.answers or np.array_equal(np.array(one.answers), np.array(other.answers))
    return (
        repr(one.kept) == repr(other.kept)
        and repr(one.curves._replace(changes=changes)) == repr(other.curves)
        and one.networks == other.networks
        and answers
    )


def test_runs_come_back_to_the_bit() -> None:
    runs = [zipped(1), zipped(12, status=Status.STOPPED, pinned=False, name="", uploaded=True, test=None, reached=None)]
    first, second = read(write(runs))
    assert same(runs[0], first)
    assert same(runs[1], second)
    assert first.answers is not None
    assert first.answers.dtype == np.uint8


def test_a_run_without_networks_answers_and_history_comes_back() -> None:
    run = ZippedRun(kept(3), Curves((), ()))
    assert same(run, read(write([run]))[0])


def test_a_run_that_exploded_comes_back_with_numbers_that_are_none() -> None:
    last = record(1)._replace(train=Figures(nan, 0.098), validation=Figures(inf, 0.1), gradient_norms=(nan, inf))
    run = ZippedRun(kept(status=Status.DIVERGED, reached=last, test=Figures(nan, 0.098)), Curves((record(0), last), ()))
    back = read(write([run]))[0]
    assert same(run, back)
    assert isnan(back.curves.records[-1].train.loss)


def test_every_setting_comes_back() -> None:
    unlike = {row.name: row.range[1] for row in SETTINGS.values() if row.kind in ("number", "whole") and row.word}
    words = all_written(settings()) | {"activation": "tanh", "scheme": "normal", "batch_size": "full", "l2": "1.2e-07"}
    for name, value in unlike.items():
        words[name] = words[name] if name in ("batch_size", "l2") else f"{value:g}" if value < 1e6 else str(int(value))
    of = read_written(words)
    assert read(write([ZippedRun(kept(settings=of, reached=None), Curves((), ()))]))[0].kept.settings == of


def test_the_id_stays_where_the_run_was_made() -> None:
    content = write([ZippedRun(kept(id="unguessable"), curves())])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"unguessable" in archive.read(name) for name in archive.namelist())
    assert read(content)[0].kept.id == ""


@pytest.mark.parametrize("status", [Status.RUNNING, Status.PAUSED, Status.WAITING, Status.INTERRUPTED])
def test_a_run_that_was_under_way_has_stopped_where_it_arrives(status: Status) -> None:
    assert read(write([ZippedRun(kept(status=status), curves())]))[0].kept.status is Status.STOPPED


def test_words_that_no_database_takes_are_replaced_and_long_ones_cut() -> None:
    (back,) = read(write([ZippedRun(kept(name="a\ud800b\x00c", note="x" * 10_000), curves())]))
    assert back.kept.name == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert len(back.kept.note) == 2_000


def test_a_very_long_history_is_thinned_and_keeps_its_ends() -> None:
    long = Curves(tuple(record(number) for number in range(2 * MAX_RECORDS + 7)), ())
    back = read(write([ZippedRun(kept(), long)]))[0].curves.records
    assert len(back) == MAX_RECORDS
    assert (back[0], back[-1]) == (long.records[0], long.records[-1])


def test_runs_come_in_the_order_of_their_numbers_and_no_number_twice() -> None:
    numbers = [12_345, 2, 10]
    assert [r.kept.number for r in read(write(ZippedRun(kept(n), curves()) for n in numbers))] == [2, 10, 12_345]
    with pytest.raises(ValueError, match="number 2"):
        write(ZippedRun(kept(2), curves()) for _ in range(2))


def test_any_program_can_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write([zipped(7)]))) as archive:
        assert b"Digits" in archive.read("README.txt")
        assert json.loads(archive.read("run-0007/settings.json"))["hidden"] == "6"
        assert len(archive.read("run-0007/answers.txt")) == 10_001
        with np.load(io.BytesIO(archive.read("run-0007/networks.npz"))) as networks:
            assert networks["W0"].shape == (2, 784, 6)


FOLDER = "run-0001/"


def parts(run: ZippedRun | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(write([run or zipped()]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Return a good file with another part, or with one more."""
    return packed(parts() | {name if "/" in name or name == "README.txt" else FOLDER + name: content})


def about(**changed: object) -> bytes:
    return with_part("about.json", json.dumps(json.loads(parts()[FOLDER + "about.json"]) | changed).encode())


def said(**changed: object) -> bytes:
    return with_part("settings.json", json.dumps(changed).encode())


def history(*rows: str) -> bytes:
    header = parts()[FOLDER + "history.csv"].split(b"\n")[0].decode()
    return with_part("history.csv", "\n".join([header, *rows]).encode() + b"\n")


def without(name: str) -> bytes:
    return packed({part: content for part, content in parts().items() if part != FOLDER + name})


def claims(n_bytes: int) -> bytes:
    """Return a good file whose directory claims another size of its second part than it has."""
    content = bytearray(packed(parts()))
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[entry + 24 : entry + 28] = n_bytes.to_bytes(4, "little")
    return bytes(content)


def twice() -> bytes:
    buffer = io.BytesIO(packed(parts()))
    with zipfile.ZipFile(buffer, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr(FOLDER + "about.json", b"{}")
    return buffer.getvalue()


def other_network() -> bytes:
    of = Settings(mnist_spec((5,)), TrainConfig())
    return with_part("networks.npz", model_file.save(one_epoch(of.spec, 1, params(of))))


def many(n: int) -> bytes:
    return write(ZippedRun(kept(number), Curves((record(0),), ())) for number in range(1, n + 1))


def exploded_network() -> bytes:
    of = settings()
    return with_part(
        "networks.npz",
        model_file.save(one_epoch(of.spec, 1, (params(of)[0], params(of)[1]._replace(b=np.full(10, nan, np.float32))))),
    )


GOOD_ROW = "0,2.3,0.1,,,0,0.5,0,1000,,"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "does not hold runs"),
    "text": (lambda: b"hello" * 100, "does not hold runs"),
    "cut": (lambda: packed(parts())[:-200], "does not hold runs"),
    "nothing in it": (lambda: packed({}), "holds no runs"),
    "only words": (lambda: packed({"README.txt": b"x"}), "holds no runs"),
    "too long": (lambda: bytes(300_001), "300,001 bytes; at most 300,000"),
    "a bomb": (lambda: with_part("networks.npz", bytes(900_000)), "unpacks to"),
    "a bomb in the settings": (lambda: with_part("settings.json", bytes(200_000)), "settings.json of this file is l"),
    "a bomb in the README": (lambda: with_part("README.txt", bytes(200_000)), "README.txt of this file is larger"),
    "a size that is a lie": (lambda: claims(7), "does not hold runs|cannot be read"),
    "a size beyond the moon": (lambda: claims(2**32 - 2), "larger than it may be"),
    "too many runs": (lambda: many(4), "4 runs; at most 3"),
    "far too many runs": (lambda: many(100), "more parts than it may. It can hold 3 runs"),
    "a path upwards": (lambda: with_part("../about.json", b"{}"), "do not belong there"),
    "an absolute path": (lambda: with_part("/etc/passwd", b"{}"), "do not belong there"),
    "a folder in a folder": (lambda: with_part("run-0001/run-0002/about.json", b"{}"), "do not belong there"),
    "a program": (lambda: with_part("run.py", b"import os"), "do not belong there"),
    "a part twice": (twice, "two parts of one name"),
    "bzip2": (lambda: packed(parts(), zipfile.ZIP_BZIP2), "packed in a way"),
    "LZMA": (lambda: packed(parts(), zipfile.ZIP_LZMA), "packed in a way"),
    "a part missing": (lambda: without("about.json"), "run-0001/about.json of this file is missing"),
    "another number": (lambda: about(number=2), "calls itself number 2"),
    "a number that is a text": (lambda: about(number="1"), "number is not a whole one"),
    "a number that is true": (lambda: about(number=True), "number is not a whole one"),
    "another format": (lambda: about(format="fcnn-run-99"), "not of the format"),
    "no object": (lambda: with_part("about.json", b"[]"), "not of the format"),
    "no JSON": (lambda: with_part("about.json", b"{"), "cannot be read"),
    "no text": (lambda: with_part("about.json", b"\xff\xfe"), "cannot be read"),
    "deep JSON": (lambda: with_part("about.json", b"[" * 50_000), "does not hold runs"),
    "digits without end": (lambda: with_part("about.json", b"1" * 50_000), "cannot be read"),
    "a name of another type": (lambda: about(name=["x"]), "name is not a text"),
    "half a letter": (lambda: about(name="\ud800"), "name is not a text"),
    "a letter that ends strings": (lambda: about(note="a\x00b"), "note is not a text"),
    "a book as a name": (lambda: about(name="x" * 10_000), "name is not a text of at most 80"),
    "an unknown status": (lambda: about(status="great"), "not a valid Status"),
    "created in the year 33,658": (lambda: about(created=1e12), "created is not a number"),
    "created never": (lambda: about(created=nan), "created is not a number"),
    "pinned by a word": (lambda: about(pinned="yes"), "pinned is neither"),
    "nothing said of the time": (lambda: about(seconds=None), "seconds is not a number"),
    "an accuracy of 200 %": (lambda: about(test={"loss": "0.1", "accuracy": "2"}), "not between 0 and 1"),
    "an accuracy that is none": (lambda: about(test={"loss": "0.1", "accuracy": "nan"}), "not between 0 and 1"),
    "figures that are a list": (lambda: about(test=[0.1, 0.9]), "figures are not complete"),
    "figures left out": (lambda: about(reached={"epoch": "3"}), "figures are not complete"),
    "an unknown setting": (lambda: said(hidden="6", __class__="x"), "does not have"),
    "a setting out of its range": (lambda: said(learning_rate="1e9"), "learning_rate cannot be '1e9'"),
    "a setting that is a number": (lambda: said(hidden=6), "each with a word"),
    "settings that are a list": (lambda: with_part("settings.json", b'["hidden"]'), "each with a word"),
    "a layer of a million": (lambda: said(hidden="1000000"), "1 to 1024"),
    "columns of another network": (lambda: said(hidden="6-6"), "columns are others"),
    "a history without columns": (lambda: with_part("history.csv", b""), "columns are others"),
    "a cell too many": (lambda: history(GOOD_ROW + ","), "too few or too many cells"),
    "a cell that is a formula": (lambda: history(GOOD_ROW.replace("0.5", "=1+1")), "not a number"),
    "digits of others": (lambda: history(GOOD_ROW.replace("1000", "\u0661")), "not a number"),
    "seconds that are none": (lambda: history(GOOD_ROW.replace("0.5", "nan")), "not between"),
    "half an update": (lambda: history(GOOD_ROW.replace("0.5,0", "0.5,0.5")), "not a whole number"),
    "half a validation": (lambda: history(GOOD_ROW.replace("0.1,,", "0.1,0.2,")), "not a number"),
    "epochs out of order": (lambda: history(GOOD_ROW, GOOD_ROW), "rising order"),
    "more rows than are read": (lambda: history(*[GOOD_ROW] * 50), "more than 40 rows"),
    "a change of the seed": (
        lambda: with_part("changes.csv", b"epoch,setting,before,after\n1,seed,1,2\n"), "not possible"),
    "a change to too much": (
        lambda: with_part("changes.csv", b"epoch,setting,before,after\n1,dropout,0.1,7\n"), "not possible"),
    "nine answers": (lambda: with_part("answers.txt", b"123456789"), "10,000 digits"),
    "answers that are none": (lambda: with_part("answers.txt", b"x" * 10_000), "10,000 digits"),
    "networks of another run": (other_network, "not those of its settings"),
    "networks that exploded": (exploded_network, "not finite"),
    "networks that are none": (lambda: with_part("networks.npz", b"PK" * 100), "not a model"),
}  # fmt: skip


def test_the_good_file_of_these_tests_is_good() -> None:
    assert same(zipped(), read(packed(parts()), SMALL)[0])
    assert read(history(GOOD_ROW), SMALL)[0].curves.records[0].validation is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_with_a_sentence(name: str) -> None:
    make, sentence = HOSTILE[name]
    content = make()
    tracemalloc.start()
    since = process_time()
    with pytest.raises(ZipError, match=sentence) as refused:
        read(content, SMALL)
    seconds = process_time() - since
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 1
    assert peak < 5_000_000
    message = str(refused.value)
    assert message.isascii()
    assert message == visible(message, 300)
    assert message.endswith(".")


def test_networks_are_bounded_over_all_runs_before_any_is_unpacked() -> None:
    content = write([zipped(1), zipped(2)])
    assert len(read(content, replace(SMALL, network_bytes=80_000))) == 2
    with pytest.raises(ZipError, match="run-0002 of this file cannot be read: its networks"):
        read(content, replace(SMALL, network_bytes=60_000))


def test_a_model_is_not_a_file_of_runs() -> None:
    of = settings()
    with pytest.raises(ZipError, match=r"do not belong there. .* Choose a \.zip file"):
        shelf_zip.read(model_file.save(one_epoch(of.spec, 1, params(of))))
