"""What came of the runs of a series, as kept runs: from the store, or, where it has none of them, from the series."""

from collections.abc import Sequence
from dataclasses import replace

from fcnn.config import Settings
from runs.kept import Curves, KeptRun
from runs.status import Status
from runs.sweep.finding import said, tried
from runs.sweep.plan import Plan
from runs.sweep.result import Result, SweepView
from ui import kept
from ui.runs.series_memory import SeriesMemory
from ui.sweeps import Series
from ui.visit import Visit, remembered

MOST_RECORDS = 100  # of a curve that is remembered


def ended_runs(state: Visit, series: Series, view: SweepView) -> list[KeptRun]:
    """Return the runs that have ended, in the order in which they did; those that could not begin are none."""
    memory = _memory_of(series)
    results = [result for result in view.results if result.run_id]
    written: dict[str, KeptRun] = {}
    if any(result.run_id not in memory.ended for result in results):
        written = {run.id: run for run in kept.my_runs(state) if not run.status.under_way}
        memory.ended |= {result.run_id: run for result in results if (run := written.get(result.run_id)) and run.test}
    found = written | memory.ended
    return [found.get(result.run_id) or _stand_in(series, view, result) for result in results]


def all_curves(series: Series, view: SweepView, ended: Sequence[KeptRun]) -> dict[str, Curves]:
    """Return how the runs that have ended or go on went, by their ids."""
    memory = _memory_of(series)
    missing = [run.id for run in ended if run.id not in memory.curves]
    found = {run_id: _thinned(curves) for run_id, curves in kept.curves(missing).items()} if missing else {}
    memory.curves |= {run_id: curves for run_id, curves in found.items() if run_id in memory.ended}
    last = {one.run_id: Curves((one.reached,), ()) for one in view.results if one.reached}
    now = {one.run_id: Curves(one.view.records, one.view.changes) for one in view.under_way}
    return last | found | memory.curves | now


def under_way(view: SweepView) -> list[KeptRun]:
    """Return the runs that go on."""
    return [
        kept.find(one.run_id) or _made_up(view, one.run_id, one.settings, one.view.status) for one in view.under_way
    ]


def named(run: KeptRun, plan: Plan) -> KeptRun:
    """Return a run under the name of what was tried with it."""
    title = _what_is_tried(run.settings, plan)
    return replace(run, name=title[:1].upper() + title[1:])


def learning_now(series: Series, view: SweepView) -> str:
    """Return which runs go on, in words; of many, how many."""
    if len(view.under_way) > 1:
        return f"{len(view.under_way):,} runs side by side"
    return "".join(_what_is_tried(one.settings, series.asked.plan) for one in view.under_way)


def _what_is_tried(settings: Settings, plan: Plan) -> str:
    words = [said(row, settings) for row in tried(plan)]
    return ", ".join([*words, *([f"seed {settings.config.seed}"] if len(plan.seeds) > 1 else [])])


def waits_for_answers(series: Series, view: SweepView) -> bool:
    """Return whether the test accuracy of a run that has ended is not known yet."""
    known = remembered(SeriesMemory).ended.keys() | series.making.tests.keys()
    return any(one.run_id and one.reached and one.run_id not in known for one in view.results)


def _memory_of(series: Series) -> SeriesMemory:
    memory = remembered(SeriesMemory)
    if memory.of != series.making.id:
        memory.of, memory.ended, memory.curves = series.making.id, {}, {}
    return memory


def _stand_in(series: Series, view: SweepView, result: Result) -> KeptRun:
    run = _made_up(view, result.run_id, result.settings, result.status)
    return replace(run, reached=result.reached, test=series.making.tests.get(result.run_id))


def _made_up(view: SweepView, run_id: str, settings: Settings, status: Status) -> KeptRun:
    return KeptRun(run_id, view.settings.index(settings) + 1, settings, status, 0.0, 0.0, None, None)


def _thinned(curves: Curves) -> Curves:
    step = -(-len(curves.records) // MOST_RECORDS) or 1
    return Curves(curves.records[::-step][::-1], curves.changes)
