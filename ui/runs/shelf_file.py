"""All runs of a visitor as one file, made when somebody presses the button, and small enough to be brought back."""

from collections.abc import Iterator

from exports.shelf_zip import Choice, ZipLimits, ZippedRun, choose, fewer, networks_file, write
from runs.kept import Curves, KeptRun
from runs.memory import RECORD_BYTES
from store.store import Store
from ui.take_home import MAX_UPLOAD_MB
from ui.uploads import reading

FILE_NAME = "my-runs.zip"
# Files of every size that Streamlit lets in are read, if they unpack to no more than a small server can hold.
LIMITS = ZipLimits(
    n_runs=500, file_bytes=MAX_UPLOAD_MB * 1_000_000, unpacked_bytes=64_000_000, n_records=40_000,
    network_bytes=128_000_000,
)  # fmt: skip


def words(choice: Choice, n_runs: int) -> str:
    """Return what the file holds, as a sentence goes on."""
    n = len(choice.runs)
    which = f"the newest {n:,} of your {n_runs:,} runs" if n < n_runs else f"your {n:,} runs" if n > 1 else "your run"
    if choice.is_whole:
        return f"{which}, with the networks that are kept of {'each' if n > 1 else 'it'}"
    if not choice.n_without:
        return f"{which}, each with its last network"
    there = n - choice.n_without
    if not there:
        return f"{which}, without networks: they are too large"
    return f"{which}, with the last network of {there:,}: there is room for pinned runs and the newest"


def make_zip(choice: Choice, store: Store) -> bytes:
    """Return the content of the file.

    Raises:
        BusyError: the server has no memory for it just now.
    """
    largest = max(4 * run.settings.spec.n_parameters * choice.networks[run.id] for run in choice.runs)
    longest = RECORD_BYTES * store.most_records(run.id for run in choice.runs)
    with reading(2 * LIMITS.file_bytes + 3 * largest + longest):
        return write(_zipped(choice, store))


def _zipped(choice: Choice, store: Store) -> Iterator[ZippedRun]:
    for run in choice.runs:
        yield _one(run, choice, store)


def _one(run: KeptRun, choice: Choice, store: Store) -> ZippedRun:
    n = choice.networks[run.id]
    model = (store.network(run.id) if n == 1 else store.model(run.id)) if n else None
    curves = store.curves([run.id]).get(run.id, Curves((), ()))
    return ZippedRun(
        run,
        fewer(curves, choice.n_records, model.numbers if model else ()),
        networks_file(model, n, LIMITS) if model else None,
        store.answers([run.id]).get(run.id),
    )


def chosen(runs: tuple[KeptRun, ...]) -> Choice:
    """Return what the file of these runs holds."""
    return choose(runs, LIMITS)
