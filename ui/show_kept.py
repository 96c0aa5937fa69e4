"""A kept run on all pages: one that was trained as the run that is shown, an uploaded model as the visit's file."""

from fcnn import model_file
from runs.kept import KeptRun
from ui import kept
from ui.keeping import keeping
from ui.uploads import BusyError, have_file, reading, uploads
from ui.visit import Visit
from ui.your_run import show_run

GONE = "The model that was shown here is no longer kept. Upload it again, at the foot of the Home or Train page."
MOST_NETWORKS = 12  # that are kept of a model


def show_kept(state: Visit, run: KeptRun) -> None:
    """Show a kept run on all pages; where that cannot be just now, the page says why, and shows what it showed."""
    if not run.uploaded:
        show_run(state, run.id)
        return
    state.lost = _load(state, run)
    if not state.lost:
        state.source, state.epoch = "file", None


def shown_id(state: Visit) -> str | None:
    """Return the id of the kept run, or uploaded model, that all pages show; None while they show another network."""
    return {"run": state.run_id, "file": state.file_id}.get(state.source)


def restore_file(state: Visit) -> None:
    """Have the uploaded model again that the address names, after a reload."""
    if state.file is not None or not state.file_id:
        return
    run = kept.find(state.file_id)
    problem = _load(state, run) if run and run.uploaded else GONE
    if not problem:
        return
    state.file_id = None
    if state.source == "file":
        state.source, state.epoch, state.lost = ("run" if state.run_id else "ready"), None, problem


def _load(state: Visit, run: KeptRun) -> str:
    """Let the visit have a kept model as its file; return what to say if it cannot, "" if it has it."""
    store, key = keeping().store, f"kept {run.id}"
    try:
        model = uploads().models.get(key)
        if model is None and store is not None:
            n_bytes = min(model_file.MAX_UNPACKED_BYTES, MOST_NETWORKS * 4 * run.settings.spec.n_parameters)
            with reading(2 * n_bytes):  # as they are kept, and as they become
                model = store.model(run.id)
        if model is None:
            return GONE
        have_file(state, uploads().models.setdefault(key, model), run.title, key)
    except BusyError as error:
        return str(error)
    state.file_id, state.file_is_mine = run.id, kept.is_kept_of(run.id, state.owner)
    return ""
