"""What of many runs lies in a file, so that the same app reads it back; what is left out is known."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest

from exports.shelf_zip import (
    ZipError,
    ZipLimits,
    ZippedRun,
    choose,
    fewer,
    largest_networks,
    networks_file,
    read,
    size_of,
    write,
)
from fcnn import model_file
from fcnn.model_file import Model, one_epoch
from runs.kept import Curves, KeptRun
from tests.exports.made_runs import answers, kept, params, record, settings, zipped

LIMITS = ZipLimits(n_runs=40, file_bytes=2_000_000, unpacked_bytes=8_000_000, n_records=4_000)


def run(number: int, hidden: tuple[int, ...] = (20,), *, pinned: bool = False) -> KeptRun:
    return kept(number, id=f"run{number}", settings=settings(hidden), pinned=pinned, reached=None)


def test_a_few_runs_take_all_their_networks_along() -> None:
    choice = choose([run(1), run(2)], LIMITS)
    assert choice.is_whole
    assert choice.networks == {"run1": 12, "run2": 12}


def test_more_runs_take_the_last_network_of_each_along() -> None:
    choice = choose([run(i) for i in range(1, 11)], LIMITS)
    assert not choice.is_whole
    assert choice.n_without == 0
    assert set(choice.networks.values()) == {1}


def test_of_very_many_the_pinned_and_the_newest_keep_theirs() -> None:
    choice = choose([run(i, pinned=i == 3) for i in range(1, 40)], LIMITS)
    with_networks = [each.number for each in choice.runs if choice.networks[each.id]]
    assert with_networks == [3, *range(39 - len(with_networks) + 2, 40)]
    assert choice.n_without == 39 - len(with_networks) > 10


def test_no_more_runs_than_are_read_back() -> None:
    choice = choose([run(i) for i in range(100, 0, -1)], LIMITS)
    assert [each.number for each in choice.runs] == list(range(61, 101))
    assert choice.n_records == 100


def test_a_large_network_leaves_room_for_small_ones() -> None:
    choice = choose([run(1), run(2, (1024, 1024)), run(3)], LIMITS)
    assert choice.networks == {"run1": 1, "run2": 0, "run3": 1}


def test_a_file_that_was_chosen_so_is_read_back() -> None:
    runs = [run(i) for i in range(1, 60)]
    choice = choose(runs, LIMITS)
    long = Curves(tuple(record(number) for number in range(1_000)), ())
    zipped_runs = []
    for each in choice.runs:
        model = one_epoch(each.settings.spec, 998, params(each.settings, each.number))
        networks = networks_file(model, choice.networks[each.id], LIMITS)
        zipped_runs.append(ZippedRun(each, fewer(long, choice.n_records, [998]), networks, answers(each.number)))
    content = write(zipped_runs)
    assert len(content) < LIMITS.file_bytes
    back = read(content, LIMITS)
    assert [each.kept.number for each in back] == list(range(20, 60))
    assert sum(each.networks is not None for each in back) == 40 - choice.n_without > 0
    assert {len(each.curves.records) for each in back} == {100}
    assert all(998 in {r.number for r in each.curves.records} for each in back)


def test_fewer_records_keep_both_ends_and_those_of_networks() -> None:
    long = Curves(tuple(record(number) for number in range(1_000)), ())
    few = [r.number for r in fewer(long, 10, [7, 500]).records]
    assert len(few) == 10
    assert {0, 7, 500, 999} <= set(few)
    assert few == sorted(few)
    assert fewer(long, 1_000, []) == long


def test_a_network_that_exploded_stays_behind_and_those_before_it_come_along() -> None:
    of = settings()
    first, last = params(of), params(of)
    W = last[0].W.copy()
    W[0, 0] = nan
    broken = (last[0]._replace(W=W), *last[1:])
    content = networks_file(Model(of.spec, (0, 1), (first, broken)), 12, LIMITS)
    assert content is not None
    back = model_file.load(content)
    assert back.numbers == (0,)
    assert np.array_equal(back.params[0][0].W, first[0].W)
    assert networks_file(one_epoch(of.spec, 1, broken), 1, LIMITS) is None


def test_a_file_says_what_reading_it_takes_before_it_is_read() -> None:
    content = write([zipped(1), replace(zipped(2), networks=None)])
    assert largest_networks(content) == 2 * 4 * settings().spec.n_parameters
    assert size_of(content) > 20_000
    with pytest.raises(ZipError, match="run-0001 of this file cannot be read"):
        largest_networks(write([replace(zipped(1), networks=b"no model")]))
    with pytest.raises(ZipError, match="damaged"):
        size_of(b"no archive at all")
