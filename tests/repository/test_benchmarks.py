"""The parts of the benchmarks that need neither peers nor time: the floor, the targets, the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest

from benchmarks.accuracy import LADDER, our_row, peer_rows, seconds_to, spread
from benchmarks.cases import CASES
from benchmarks.contenders import can, floor
from benchmarks.targets import Cell, at_least, at_most, n_missed, table
from benchmarks.throughput import ratios
from benchmarks.workers import environment
from fcnn.types import Array

SIZES = (7, 5, 4, 3)
SECONDS = {"floor": [1.0, 1.0, 9.0], "ours": [1.3], "evaluation": [0.1], "pytorch": [1.2]}


@contextmanager
def counted_products() -> Iterator[list[tuple[int, int, int]]]:
    """Note (rows, inner, columns) of each product."""
    products: list[tuple[int, int, int]] = []

    def matmul(a: Array, b: Array, out: Array) -> None:
        assert a.shape[1] == b.shape[0]
        assert out.shape == (len(a), b.shape[1])
        products.append((len(a), a.shape[1], b.shape[1]))

    with patch("numpy.matmul", matmul):
        yield products


def test_the_floor_does_the_products_of_a_network_and_no_other() -> None:
    arrays = floor.make_arrays(SIZES, 6, np.random.default_rng(0))
    with counted_products() as products:
        floor.one_batch(np.ones((6, 7), np.float32), arrays)
    forward = [(6, 7, 5), (6, 5, 4), (6, 4, 3)]
    backward = [(4, 6, 3), (6, 3, 4), (5, 6, 4), (6, 4, 5), (7, 6, 5)]  # no delta is needed for the images themselves
    assert products == forward + backward


def test_the_floor_uses_every_image_once_in_each_kind_of_product() -> None:
    arrays = floor.make_arrays(SIZES, 6, np.random.default_rng(0))
    with counted_products() as products:
        floor.one_epoch(np.ones((20, 7), np.float32), 6, arrays)  # batches of 6, 6, 6 and 2
    n_weights, n_weights_behind_first = 7 * 5 + 5 * 4 + 4 * 3, 5 * 4 + 4 * 3
    assert sum(n * k * m for n, k, m in products) == 20 * (2 * n_weights + n_weights_behind_first)


def test_the_products_of_the_floor_are_real() -> None:
    arrays = floor.make_arrays(SIZES, 6, np.random.default_rng(0))
    X = np.random.default_rng(1).random((4, 7), dtype=np.float32)
    floor.one_batch(X, arrays)
    np.testing.assert_allclose(arrays.z[0][:4], X @ arrays.W[0], rtol=1e-5)
    np.testing.assert_allclose(arrays.W_gradient[0], X.T @ arrays.delta[0][:4], rtol=1e-5)


def test_a_target_is_met_on_its_limit_and_never_by_nan() -> None:
    assert at_most(1.4).met_by(1.4)
    assert not at_most(1.4).met_by(1.41)
    assert at_least(2.5).met_by(2.5)
    assert not at_least(2.5).met_by(2.49)
    assert not at_most(1.4).met_by(float("nan"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(1.234), "1.23"),
        (Cell(None, target=at_most(1)), "-"),
        (Cell(1.5, ".2f", at_most(1.4)), "1.50 (<= 1.40 MISSED)"),
        (Cell(3.0, ".1f", at_least(2.5)), "3.0 (>= 2.5 pass)"),
        (Cell(0.1, ".1%", at_most(0.15)), "10.0% (<= 15.0% pass)"),
    ],
)
def test_a_cell_says_its_target_and_whether_it_is_met(cell: Cell, text: str) -> None:
    assert str(cell) == text


def test_a_table_has_aligned_columns_and_counts_what_was_missed() -> None:
    rows = [["a", Cell(2.0, ".1f", at_most(1))], ["longer", Cell(None, target=at_most(1))]]
    assert table(["case", "x"], rows) == "case    x\na       2.0 (<= 1.0 MISSED)\nlonger  -"
    assert n_missed(rows) == 1


def test_ratios_are_of_medians_and_a_peer_that_cannot_do_a_case_is_a_dash() -> None:
    cells = ratios("gd-200-128", SECONDS, ["digits", "pytorch"], n_threads=1)
    assert [str(cell) for cell in cells] == [
        "1.30 (<= 1.25 MISSED)",
        "-",
        "0.92 (>= 1.00 MISSED)",
        "7.7% (<= 15.0% pass)",
        "-",
        "1.20",
    ]


def test_peers_are_asked_only_for_what_they_have() -> None:
    dropout = CASES["dropout-800-128"]
    assert [can(name, dropout) for name in ("digits", "scikit_learn", "pytorch", "ours")] == [False, False, True, True]
    assert all(can("digits", case) == (case.optimizer == "gradient_descent") for case in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_we_are_to_be_ahead_of_every_peer_in_every_case(name: str) -> None:
    seconds = {
        "floor": [1.0],
        "ours": [1.04],
        "evaluation": [0.1],
        "before": [1.0],
        "digits": [1.05],
        "pytorch": [1.03],
    }
    floor, digits, pytorch, _, before, *_ = ratios(name, seconds, ["digits", "pytorch"], n_threads=1)
    assert [cell.missed for cell in (floor, digits, pytorch, before)] == [False, False, True, True]


def test_two_threads_are_compared_with_peers_and_not_with_the_products() -> None:
    seconds = {"floor": [1.0], "ours": [9.0], "evaluation": [0.1], "pytorch": [8.0]}
    floor, pytorch, *_ = ratios("gd-200-128", seconds, ["pytorch"], n_threads=2)
    assert (floor.missed, pytorch.missed) == (False, True)


def test_a_worker_gets_equal_threads_and_no_wrong_advice_about_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "64")
    variables = environment(2)
    assert "OPENBLAS_CORETYPE" not in variables
    assert {variables[f"{library}_NUM_THREADS"] for library in ("OPENBLAS", "OMP", "MKL")} == {"2"}


def test_seconds_to_an_accuracy_are_those_of_the_first_point_that_has_it() -> None:
    run = [(2.0, 0.96), (4.0, 0.98), (6.0, 0.97), (8.0, 0.981)]
    assert seconds_to(run, 0.97) == 4.0
    assert seconds_to(run, 0.985) is None


def test_a_rung_is_judged_by_the_medians_of_its_runs() -> None:
    runs = [[(5.0, 0.981)], [(9.0, 0.979)], [(5.5, 0.9805)]]
    row = our_row("fast 98", runs)
    assert [str(cell) for cell in row] == [
        "ours: fast 98",
        "98.05% (>= 98.00% pass)",
        "97.90%-98.10%",
        "5.5 (<= 6.0 pass)",
        "5.0-9.0",
    ]
    assert n_missed([our_row("fast 98", [[(6.5, 0.97)]])]) == 2


def test_the_peer_has_a_row_for_each_accuracy_and_none_it_could_miss() -> None:
    rows = peer_rows([[(2.0, 0.975), (4.0, 0.982)], [(3.0, 0.96), (5.0, 0.971)]])
    assert [str(row[0]) for row in rows] == [
        "digits: to 97.0%, 2 of 2 runs",
        "digits: to 98.0%, 1 of 2 runs",
        "digits: to 98.5%, 0 of 2 runs",
        "digits: best",
    ]
    assert [str(row[3]) for row in rows] == ["3.5", "4.0", "-", "4.5"]
    assert str(rows[-1][1]) == "97.65%"
    assert n_missed(rows) == 0


def test_spread_is_from_least_to_most() -> None:
    assert spread([3.0, 1.0, 2.0], ".1f") == "1.0-3.0"
    assert spread([], ".1f") == "-"


def test_the_ladder_climbs() -> None:
    accuracies = [rung.accuracy for rung in LADDER.values()]
    assert accuracies == sorted(accuracies)
