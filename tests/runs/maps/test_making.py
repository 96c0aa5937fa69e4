"""The process that makes a map by t-SNE: its maps, its progress, its end, and its memory, which goes back."""

import io
import sys
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import monotonic

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from fcnn.inside.projection import fit
from fcnn.mnist import Mnist
from fcnn.types import Array
from runs.maps import making
from runs.maps.making import Process, is_installed
from runs.maps.map_thread import PROCESS_BYTES
from runs.maps.messages import Moment, receive_moment, receive_values, send_moment, send_values
from tests.project import run_python
from tests.waiting import until

VALUES = np.random.default_rng(0).standard_normal((50, 4)).astype(np.float32)


def components(mnist: Mnist, n: int) -> Array:
    X = mnist.test.X[:n]
    projection = fit(X, 50)
    assert projection is not None
    return projection.project(X)


@pytest.fixture(scope="module")
def moments(mnist: Mnist) -> list[Moment]:
    """What is told of a map of 400 digits."""
    return list(Process(components(mnist, 400)).moments())


def test_digits_of_one_kind_lie_together_and_progress_is_told(moments: list[Moment], mnist: Mnist) -> None:
    shares = [moment.n_done / moment.n_rounds for moment in moments]
    assert all(one < other for one, other in pairwise(shares))
    assert shares[0] < 0.02
    assert shares[-1] == 1
    points, labels = moments[-1].points, mnist.test.labels[:400]
    _, near = NearestNeighbors(n_neighbors=6).fit(points).kneighbors(points)
    assert (labels[near[:, 1:]] == labels[:, None]).mean() > 0.7  # in the plane of the two first components: 0.4


def test_a_map_repeats_to_the_bit(moments: list[Moment], mnist: Mnist) -> None:
    process, again = Process(components(mnist, 400)), []
    for moment in process.moments():
        again.append(moment)
        if len(again) == 30:  # some way into the second part
            process.end()
    assert all(np.array_equal(one.points, other.points) for one, other in zip(moments, again[:30], strict=False))
    assert again[29].n_done > 250


def test_a_process_that_is_ended_says_no_more_and_is_gone(mnist: Mnist) -> None:
    process, told = Process(components(mnist, 1_000)), list[Moment]()
    thread = Thread(target=lambda: told.extend(process.moments()))
    thread.start()
    process.end()
    start = monotonic()
    thread.join()
    process.end()  # once more changes nothing
    assert monotonic() - start < 5
    assert not told or told[-1].n_done < told[-1].n_rounds


def test_a_process_without_its_library_ends_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "runs" / "maps").mkdir(parents=True)
    (tmp_path / "runs" / "maps" / "child.py").write_text("import a_library_that_is_not_there\n")
    monkeypatch.setattr(making, "ROOT", tmp_path)
    assert list(Process(VALUES).moments()) == []
    assert "a_library_that_is_not_there" in capfd.readouterr().err  # the log of the server says why


def test_the_app_does_not_load_the_library() -> None:
    loaded = run_python("import sys, runs.maps.map_jobs; runs.maps.making.is_installed(); print(*sys.modules)").split()
    assert is_installed()
    assert not {"openTSNE", "sklearn", "runs.maps.child"} & set(loaded)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_2000_digits_take_the_memory_that_is_held_for_them_and_none_of_the_server(mnist: Mnist) -> None:
    values = components(mnist, 2_000)
    before, process = resident_mb("self"), Process(values)
    largest = 0.0
    for moment in process.moments():
        largest = max(largest, resident_mb(f"{process.pid}", "VmHWM"))
        if moment.n_done > 100:  # by then it has all that it takes
            process.end()
    assert 60 < largest <= PROCESS_BYTES / 1e6
    assert resident_mb("self") - before < 20
    until(lambda: not Path(f"/proc/{process.pid}").exists())


def resident_mb(pid: str, what: str = "VmRSS") -> float:
    """Return the memory of a process in MB; VmHWM is the most that it had; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(what)), 0.0)


def test_messages_come_as_they_were_sent() -> None:
    pipe = io.BytesIO()
    send_values(pipe, VALUES)
    send_moment(pipe, Moment(10, 750, VALUES[:, :2]))
    send_moment(pipe, Moment(20, 750, -VALUES[:, :2]))
    pipe.seek(0)
    assert np.array_equal(receive_values(pipe), VALUES)
    for n_done, sign in ((10, 1), (20, -1)):
        moment = receive_moment(pipe, len(VALUES))
        assert moment is not None
        assert moment[:2] == (n_done, 750)
        assert np.array_equal(moment.points, sign * VALUES[:, :2])
    assert receive_moment(pipe, len(VALUES)) is None


def test_a_message_that_breaks_off_is_none_and_values_that_do_are_an_error() -> None:
    pipe = io.BytesIO()
    send_moment(pipe, Moment(10, 750, VALUES[:, :2]))
    assert receive_moment(io.BytesIO(pipe.getvalue()[:-1]), len(VALUES)) is None
    with pytest.raises(EOFError, match="800 bytes were expected"):
        receive_values(io.BytesIO(b"\x32\0\0\0\x04\0\0\0abc"))
