"""The report on some runs, made when somebody presses the button: from the store, one network at a time in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

from exports.report import MOST_RUNS, ReportedRun, labels, report
from exports.zip_parts.choice import fewer
from fcnn.types import Examples, Params
from runs.comparison.findings import findings
from runs.kept import Curves, KeptRun
from runs.memory import RECORD_BYTES
from store.store import Store
from ui.uploads import reading

NEWEST = 10  # runs, where none is picked
MOST_RECORDS = 1_000  # of a curve, more than are drawn; records of one whole history at a time are in memory
FILE_NAME = "my-runs.html"


@dataclass(frozen=True)
class Report:
    """What a report is about."""

    runs: tuple[KeptRun, ...]  # by number, at most MOST_RUNS
    which: str  # they are, in words


def reported(runs: Sequence[KeptRun], picked: Sequence[KeptRun]) -> Report:
    """Return what a report is about: the runs that are picked, or else the newest ones."""
    some = sorted(picked or runs, key=lambda run: run.number)
    chosen = tuple(some[-(MOST_RUNS if picked else NEWEST) :])
    n = len(chosen)
    if len(picked) > n:
        return Report(chosen, f"the newest {n} of the {len(picked)} runs that you picked: a report holds {n} at most")
    if picked:
        return Report(chosen, f"the {n} runs that you picked" if n > 1 else "the run that you picked")
    if len(runs) > n:
        return Report(chosen, f"your newest {n} runs: pick others in the table")
    return Report(chosen, f"your {n} runs" if n > 1 else "your run")


def make_report(runs: Sequence[KeptRun], title: str, minutes_west: int | None, store: Store, test: Examples) -> str:
    """Return the report as HTML.

    Args:
        runs: what it is about.
        title: what its owner calls it.
        minutes_west: what the browser says of its time zone, that is how far it is behind UTC.
        store: where the runs are kept.
        test: the test set.

    Raises:
        BusyError: the server has no memory for it just now.
    """
    largest = max(4 * run.settings.spec.n_parameters for run in runs)
    longest = RECORD_BYTES * store.most_records(run.id for run in runs)
    with reading(3 * largest + 2 * longest + len(runs) * MOST_RECORDS * RECORD_BYTES):
        answers = store.answers([run.id for run in runs])
        said = findings(runs, labels(runs), answers, test.labels)
        whole = [
            ReportedRun(run, _curves(store, run), partial(_network, store, run.id), answers.get(run.id)) for run in runs
        ]
        return report(whole, title, test, now=_now(minutes_west), findings=said)


def _curves(store: Store, run: KeptRun) -> Curves:
    curves = store.curves([run.id]).get(run.id, Curves((), ()))
    return Curves(fewer(curves, MOST_RECORDS, ()).records, curves.changes)


def _network(store: Store, run_id: str) -> Params | None:
    model = store.network(run_id)
    return model.params[0] if model else None


def _now(minutes_west: int | None) -> datetime:
    """Return the time where the visitor is; what the browser says of it is believed only if it can be."""
    is_known = minutes_west is not None and abs(minutes_west) < 24 * 60
    return datetime.now(timezone(-timedelta(minutes=minutes_west or 0)) if is_known else UTC)
