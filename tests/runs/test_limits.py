"""The limits of a server: one documented file, and a clear sentence where it makes no sense."""

import os
import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from runs import store_limits
from runs.limits import FILE, STORE, Limits, LimitsError, available_cores, read
from runs.store_limits import StoreLimits


def test_the_file_of_the_project_says_what_is_used_without_it() -> None:
    usual = {**asdict(Limits()), STORE: asdict(StoreLimits())}
    assert tomllib.loads(FILE.read_text("utf-8")) == usual
    assert (read(), store_limits.read()) == (Limits(), StoreLimits())


def test_every_limit_is_explained_in_the_file() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    for name in (*asdict(Limits()), *asdict(StoreLimits())):
        (at,) = (i for i, line in enumerate(lines) if line.startswith(f"{name} ="))
        assert lines[at - 1].startswith("# ")


def test_the_usual_limits_fit_the_smallest_size_of_the_cloud() -> None:
    assert Limits().memory_mb <= 690
    assert Limits().runs_bytes == 350_000_000


def test_without_a_file_or_a_line_the_usual_limits_hold(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    assert read(file) == Limits()
    assert store_limits.read(file) == StoreLimits()
    file.write_text('memory_mb = 2000\n[store]\nplace = ""\nvisitor_mb = 50\n')
    assert read(file) == Limits(memory_mb=2000)
    assert store_limits.read(file) == StoreLimits("", visitor_mb=50)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("memory_mb = 50", "memory_mb must be a whole number from 100 to 10,000,000, got 50."),
        ('cores = "all"', "cores must be a whole number from 0 to 10,000, got 'all'."),
        ("cores = true", "cores must be a whole number from 0 to 10,000, got True."),
        ("unwatched_s = 10", "unwatched_s must be a whole number from 70"),
        ("memory_mb = 340", "memory_mb must be at least 20 more than program_mb (340), got 340"),
        ("cluster = 8786", 'cluster must be an address such as "tcp://host:8786", or "", got 8786.'),
        ('cluster = "host"', "got 'host'."),
        ("memory = 400", "memory is not known, only memory_mb, "),
        ("memory_mb == 4", "limits.toml: "),
    ],
)
def test_a_limit_that_makes_no_sense_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "limits.toml").write_text(text)
    with pytest.raises(LimitsError) as caught:
        read(tmp_path / "limits.toml")
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("limits.toml: ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[store]\nvisitor_mb = 0", "visitor_mb must be a whole number from 10 to 1,000,000, got 0."),
        ("[store]\nplace = 5", "place must be text in quotes, got 5."),
        ("[store]\nserver = 5", "server is not known below [store], only place, visitor_mb, "),
        ("store = 5", "[store] must be a heading of its own"),
    ],
)
def test_a_limit_of_keeping_that_makes_no_sense_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "limits.toml").write_text(text)
    with pytest.raises(LimitsError, match=f"^limits.toml: {re.escape(sentence)}"):
        store_limits.read(tmp_path / "limits.toml")


def test_the_address_of_a_cluster_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "limits.toml").write_text('cluster = "tcp://10.0.0.7:8786"')
    assert read(tmp_path / "limits.toml").cluster == "tcp://10.0.0.7:8786"


def test_a_number_of_cores_that_is_set_is_used() -> None:
    assert Limits(cores=3).n_turns == 3
    assert Limits().n_turns == available_cores() <= (os.cpu_count() or 1)


@pytest.mark.parametrize(
    ("content", "expected"), [("50000 100000", 1), ("100001 100000", 2), ("max 100000", 9), ("?", 9)]
)
def test_the_share_of_a_container_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, expected: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(9), raising=False)
    (tmp_path / "cpu.max").write_text(f"{content}\n")
    assert available_cores(tmp_path) == expected
