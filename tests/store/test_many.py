"""Many runs at once, and long lists: the writer keeps up with a class, and a list of 500 runs is there at once."""

from dataclasses import replace
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import insert, select

from fcnn import Dataset
from runs.status import Status
from store.schema import ANSWERS, RECORD, RUN
from store.store import Store
from tests.made_runs import CONFIG, MadeRun
from tests.store.keeping import ANNA, follow, kept
from tests.waiting import until

N_RUNS = 500
MOST_MS = 10


def copy(store: Store, n: int) -> None:
    """Let there be n more runs like the first one, each with another learning rate."""
    with store._database.writing() as connection:
        run = connection.execute(select(RUN)).one()._asdict()
        ids = [f"copy-{i}" for i in range(n)]
        settings = [run["settings"].replace(f'"{CONFIG.learning_rate}"', f'"{0.001 * (i + 1):g}"') for i in range(n)]
        rows = [
            {**run, "id": run_id, "number": i + 2, "settings": settings[i], "owner": ANNA}
            for i, run_id in enumerate(ids)
        ]
        connection.execute(insert(RUN), rows)
        for table in (RECORD, ANSWERS):
            of_one: list[dict[str, Any]] = [row._asdict() for row in connection.execute(select(table))]
            connection.execute(insert(table), [{**row, "run_id": run_id} for run_id in ids for row in of_one])


def test_a_list_of_500_runs_is_there_at_once(store: Store, data: Dataset) -> None:
    kept(store, data)
    copy(store, N_RUNS - 1)
    assert len(store.runs_of(ANNA)) == N_RUNS
    times = []
    for _ in range(15):
        start = perf_counter()
        lines = store.runs_of(ANNA)
        times.append(1000 * (perf_counter() - start))
    assert len({line.settings for line in lines}) > N_RUNS - 5
    assert min(times) < MOST_MS, f"{median(times):.1f} ms"


def test_curves_and_answers_of_many_runs_are_those_of_each(store: Store, data: Dataset) -> None:
    run = kept(store, data)
    copy(store, 510)  # more than there are in one statement
    ids = ["run-1", *(f"copy-{i}" for i in range(510))]
    curves, answers = store.curves(ids), store.answers(ids)
    assert len(curves) == len(answers) == 511
    assert all(curve.records == run.view().records for curve in curves.values())


def test_the_writer_keeps_up_with_30_runs(store: Store, data: Dataset) -> None:
    config = replace(CONFIG, n_epochs=3)
    runs = [follow(store, MadeRun(data, config), f"run-{i}", created=i) for i in range(30)]
    for n in range(1, 4):
        for run in runs:
            run.learn(n)

    def all_are_there() -> bool:
        lines = store.runs_of(ANNA)
        return len(lines) == 30 and all(line.status is Status.FINISHED and line.test for line in lines)

    until(all_are_there, 20)
    assert [line.number for line in store.runs_of(ANNA)] == list(range(1, 31))
    for i, run in enumerate(runs):
        assert store.curves([f"run-{i}"])[f"run-{i}"].records == run.view().records
        state = store.state(f"run-{i}")
        assert state is not None
        assert state.epoch.number == 3
    assert store.problem == ""


def test_looking_for_news_costs_next_to_nothing(store: Store, data: Dataset) -> None:
    runs = [kept(store, data, f"run-{i}") for i in range(5)]
    followed = [store._writer.followed(f"run-{i}") for i in range(len(runs))]
    views = [run.view() for run in runs]
    start = perf_counter()
    for _ in range(400):
        assert not any(one and one.has_news(view) for one, view in zip(followed, views, strict=True))
    assert (perf_counter() - start) / 2_000 < 50e-6  # a look at a run; it takes about 2 microseconds
