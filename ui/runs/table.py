"""The table of a visitor's runs: found, sorted, named, pinned, deleted, and picked for what stands below."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import streamlit as st

from fcnn.settings import SETTINGS
from runs.comparison.differences import shown
from runs.comparison.results import RESULTS, best_of
from runs.kept import KeptRun
from ui import kept
from ui.choices import select
from ui.components.run_table import Act, Column, Field, run_table
from ui.keeping import keeping
from ui.run_rows import columns_of, rows_of
from ui.runs.memory import RunsMemory
from ui.show_kept import show_kept, shown_id
from ui.visit import Visit, remembered, set_widget, widget_value

WHICH = {"differ": "Only what differs", "all": "All settings"}
HIDE = "runs_hide"


def draw_table(state: Visit, runs: Sequence[KeptRun]) -> list[KeptRun]:
    """Draw what finds runs, and the table of those found; return them, the newest last."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="runs_tools"):
        found = _find(runs)
        which = select(state, "columns", "Settings", WHICH, label_visibility="collapsed", width=190)
        columns = columns_of(found, only_differing=which == "differ", results=list(RESULTS))
        hidden = _choose_hidden(columns)
    memory = remembered(RunsMemory)

    def pick(ids: list[str]) -> None:
        memory.picked = ids

    columns = [column for column in columns if column.key not in hidden]
    run_table(
        rows_of(found[::-1], columns, now=shown_id(state)), columns, key="runs_table",
        picked=memory.picked, on_pick=pick, on_edit=_edit_of(state), on_act=_act_of(state, memory), alt="Your runs",
    )  # fmt: skip
    return found


def _find(runs: Sequence[KeptRun]) -> list[KeptRun]:
    """Draw the place to type what is looked for, and return the runs that have each of its words somewhere."""
    text = st.text_input(
        "Find", placeholder="Find: adam 64 pinned", key="runs_find", label_visibility="collapsed", max_chars=80,
        icon=":material/search:", width=240,
    )  # fmt: skip
    if not (wanted := (text or "").lower().split()):
        return list(runs)
    best = best_of(runs)
    marks = {run.id: " best" * (run is best) for run in runs}
    return [run for run in runs if all(_is_in(_all_text(run) + marks[run.id], word) for word in wanted)]


def _is_in(text: str, word: str) -> bool:
    """Return whether a word is somewhere in a text; a number is there only as a whole, or '8' would find 0.98."""
    return word in text.split() if word[0].isdigit() else word in text


@lru_cache(maxsize=4_000)
def _all_text(run: KeptRun) -> str:
    """Return all that can be read of a run in the table."""
    settings = (shown(row, run) for row in SETTINGS.values() if row.word)
    results = (result.text(result.of(run)) for result in RESULTS.values())
    return " ".join([f"run {run.number}", run.name, run.note, "pinned" * run.pinned, *settings, *results]).lower()


def _choose_hidden(columns: Sequence[Column]) -> frozenset[str]:
    """Draw the choice of columns that are not shown, and return it; it holds for columns that come back, too."""
    memory, titles = remembered(RunsMemory), {column.key: column.title for column in columns}

    def hide() -> None:
        memory.hidden = memory.hidden - titles.keys() | set(widget_value(HIDE))

    with st.popover("Columns", icon=":material/view_column:"):
        set_widget(HIDE, [key for key in titles if key in memory.hidden])
        st.multiselect("Not shown", list(titles), format_func=titles.__getitem__, key=HIDE, on_change=hide)
    return memory.hidden


def _edit_of(state: Visit) -> Callable[[str, Field, str], None]:
    def edit(run_id: str, field: Field, text: str) -> None:
        if store := keeping().store:
            (store.rename if field == "name" else store.annotate)(run_id, state.owner, text)

    return edit


def _act_of(state: Visit, memory: RunsMemory) -> Callable[[str, Act], None]:
    def act(run_id: str, what: Act) -> None:
        store = keeping().store
        if what == "show":
            if run := kept.find(run_id):
                show_kept(state, run)
        elif store and what == "delete" and store.delete(run_id, state.owner):
            memory.deleted = (run_id,)
            memory.picked = [picked for picked in memory.picked if picked != run_id]
        elif store and what != "delete":
            store.pin(run_id, state.owner, what == "pin")

    return act
