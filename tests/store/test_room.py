"""Nothing grows without end: what is oldest and not pinned goes, and its owner can be told."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select, true

from fcnn import Dataset, model_file
from fcnn.initialization import Initialization, init_params
from runs.status import Status
from runs.store_limits import StoreLimits
from store import room, thinning
from store.pack import rough_bytes
from store.schema import RUN
from store.store import Store
from tests.made_runs import SPEC, MadeRun
from tests.store.conftest import Opened
from tests.store.keeping import ANNA, BEN, follow, kept

STATE_BYTES = 3 * 4 * SPEC.n_parameters


@pytest.fixture
def many(store: Store, data: Dataset) -> Store:
    """Eight runs of Anna's that have ended, a to h, and one of Ben's between them."""
    for created, run_id in enumerate("abcd_efgh"):
        run = follow(store, MadeRun(data), run_id, BEN if run_id == "_" else ANNA, created=created)
        run.learn(1)
        run.status = Status.STOPPED
        store.flush()
    return store


def bring_within(store: Store, n_bytes: int = 10**9, server_bytes: int = 10**9, n_runs: int = 100) -> None:
    with store._database.writing() as connection:
        room._bring_within(connection, RUN.c.owner == ANNA, n_bytes, n_runs)
        room._bring_within(connection, RUN.c.owner == BEN, n_bytes, n_runs)
        room._bring_within(connection, true(), server_bytes, None)


def bytes_of(store: Store, owner: str = ANNA) -> int:
    with store._database.reading() as connection:
        rows = connection.execute(select(RUN.c.n_bytes).where(RUN.c.owner == owner))
        return sum(rows.scalars())


def ids(store: Store, owner: str = ANNA) -> str:
    return "".join(line.id for line in store.runs_of(owner))


def with_state(store: Store) -> str:
    return "".join(run_id for run_id in "abcd_efgh" if store.state(run_id))


def test_where_there_is_room_nothing_goes(many: Store) -> None:
    bring_within(many, n_bytes=bytes_of(many))
    assert (ids(many), with_state(many), many.gone(ANNA)) == ("abcdefgh", "abcd_efgh", 0)


def test_old_states_go_first_but_not_those_of_the_newest_five(many: Store) -> None:
    assert many.pin("b", ANNA, True)
    bring_within(many, n_bytes=bytes_of(many) - STATE_BYTES - 1)  # two have to go
    assert (ids(many), with_state(many), many.gone(ANNA)) == ("abcdefgh", "bd_efgh", 0)


def test_then_the_oldest_runs_go_pinned_ones_last(many: Store) -> None:
    before = bytes_of(many)
    assert many.pin("a", ANNA, True)
    bring_within(many, n_bytes=before // 2)
    left = ids(many)
    assert 2 < len(left) < 6
    assert left == "a" + "bcdefgh"[-len(left) + 1 :]
    assert bytes_of(many) <= before // 2
    assert many.gone(ANNA) == 8 - len(left)
    assert many.gone(BEN) == 0
    assert many.answers("abc").keys() == {"a"}
    bring_within(many, n_bytes=0)
    assert (ids(many), many.gone(ANNA)) == ("", 8)
    assert ids(many, BEN) == ""


def test_a_list_has_only_so_many_runs(many: Store) -> None:
    bring_within(many, n_runs=6)
    assert (ids(many), many.gone(ANNA)) == ("cdefgh", 2)
    assert with_state(many) == "cd_efgh"


def test_what_was_deleted_goes_before_anything_else_and_does_not_count(many: Store) -> None:
    assert many.delete("h", ANNA)
    bring_within(many, n_bytes=bytes_of(many) - 1)
    assert not many.undelete("h", ANNA)
    assert (ids(many), with_state(many), many.gone(ANNA)) == ("abcdefg", "abcd_efg", 0)


def test_all_together_have_a_limit_and_the_oldest_of_all_go(many: Store) -> None:
    total = bytes_of(many) + bytes_of(many, BEN)
    bring_within(many, server_bytes=total // 3)
    assert (ids(many), ids(many, BEN)) == ("fgh", "")
    assert (many.gone(ANNA), many.gone(BEN)) == (5, 1)
    assert bytes_of(many) <= total // 3


def test_what_is_under_way_stays(many: Store, data: Dataset) -> None:
    run = follow(many, MadeRun(data), "i", created=-1)
    run.learn(1)
    many.flush()
    bring_within(many, n_bytes=0)
    assert ids(many) == "i"
    run.learn(2)
    many.flush()
    assert many.state("i")


def test_the_writer_makes_room_by_itself(opened: Opened, data: Dataset) -> None:
    store = opened(limits=StoreLimits(visitor_runs=10))
    for i in range(13):
        run = follow(store, MadeRun(data), f"run-{i}", created=i)
        run.learn(0.6)
        run.status = Status.STOPPED
        store.flush()
    assert [line.id for line in store.runs_of(ANNA)] == [f"run-{i}" for i in range(3, 13)]
    assert [line.number for line in store.runs_of(ANNA)] == list(range(4, 14))
    assert store.gone(ANNA) == 3


def test_a_state_that_is_too_large_for_its_owner_is_not_kept(opened: Opened, data: Dataset) -> None:
    store = opened(limits=replace(StoreLimits(), visitor_mb=10))
    store._keeper._limits = _Tiny()
    kept(store, data)
    assert store.state("run-1") is None
    line, view = store.find("run-1"), store.view("run-1")
    assert line is not None
    assert view is not None
    assert len(view.epochs) == thinning.LEAST


class _Tiny(StoreLimits):
    @property
    def visitor_bytes(self) -> int:
        return 2 * STATE_BYTES - 1


def test_moments_are_dense_where_much_was_learned() -> None:
    numbers: list[float] = [0, 0.1, 0.25, 0.5, 0.75, *range(1, 401)]
    kept_numbers = sorted(thinning.thinned(dict.fromkeys(numbers, True), 37, 12))
    assert len(kept_numbers) == 12
    assert {0, 37, 400} <= set(kept_numbers)
    assert sum(number <= 20 for number in kept_numbers) >= 5
    planned: dict[float, bool] = {number: number != 2 for number in range(6)}
    assert thinning.thinned(planned, 0, 5) == {0, 1, 3, 4, 5}  # what only slow motion looked at goes first
    assert thinning.thinned(planned, 2, 3) == {0, 2, 5}
    assert thinning.thinned(planned, 2, 1) == {0, 2, 5}


def test_the_larger_the_network_the_fewer_of_its_moments_are_kept() -> None:
    assert thinning.most_networks(SPEC, 10**9) == thinning.MOST
    assert thinning.most_networks(SPEC, rough_bytes(SPEC) * thinning.SHARE * 5) == 5
    assert thinning.most_networks(SPEC, 0) == thinning.LEAST


def test_there_is_room_for_one_run_more_as_long_as_what_is_pinned_leaves_some(many: Store) -> None:
    limits = StoreLimits(visitor_mb=10, visitor_runs=10)
    many._limits = limits
    pinned_bytes = 0
    for run_id in "abcdefgh":
        assert many.has_room(ANNA, limits.visitor_bytes - pinned_bytes)
        assert not many.has_room(ANNA, limits.visitor_bytes - pinned_bytes + 1)
        assert many.pin(run_id, ANNA, True)
        with many._database.reading() as connection:
            stays = RUN.c.owner == ANNA, RUN.c.pinned
            pinned_bytes = sum(connection.execute(select(RUN.c.n_bytes).where(*stays)).scalars())
    assert many.has_room(ANNA, 0)
    for run_id in "ij":
        many.add_model(
            run_id,
            ANNA,
            model_file.one_epoch(SPEC, 1, init_params(SPEC, Initialization(), rng=np.random.default_rng(0))),
            run_id,
        )
        many.pin(run_id, ANNA, True)
    assert not many.has_room(ANNA, 0)
    assert many.delete("a", ANNA)
    assert many.has_room(ANNA, 0)
