"""How many threads the products of a lone run get."""

import pytest

from fcnn.network import mnist_spec
from runs.threads import RETRY, Trial, most_threads


@pytest.mark.parametrize(
    ("hidden", "batch_size", "expected"),
    [((64,), 128, 1), ((64,), 1024, 4), ((200,), 32, 1), ((200,), None, 4), ((800,), 128, 4), ((800,), 1024, 4)],
)
def test_large_products_get_all_cores_and_small_ones_get_one(
    hidden: tuple[int, ...], batch_size: int | None, expected: int
) -> None:
    assert most_threads(mnist_spec(hidden).n_parameters, batch_size, n_cores=4) == expected


def turns(trial: Trial, speeds: dict[int, float], n: int) -> list[int]:
    tried = []
    for _ in range(n):
        tried.append(trial.next())
        trial.note(tried[-1], speeds[tried[-1]])
    return tried


def test_more_threads_are_kept_while_they_are_faster() -> None:
    assert turns(Trial(2), {1: 100, 2: 150}, 5) == [1, 2, 2, 2, 2]


def test_more_threads_are_given_up_when_they_are_slower_and_tried_again_later() -> None:
    trial = Trial(2)
    assert turns(trial, {1: 100, 2: 10}, RETRY + 3) == [1, 2, *[1] * RETRY, 2]
    assert turns(trial, {1: 100, 2: 150}, RETRY + 3) == [*[1] * RETRY, 2, 2, 2]


def test_more_threads_are_given_up_when_the_cores_become_busy() -> None:
    trial = Trial(2)
    assert turns(trial, {1: 100, 2: 150}, 3) == [1, 2, 2]
    assert turns(trial, {1: 50, 2: 5}, 3) == [2, 1, 1]


def test_one_core_is_never_asked_for_more() -> None:
    assert turns(Trial(1), {1: 100}, 3) == [1, 1, 1]
