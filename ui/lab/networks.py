"""Which networks are tried out: the copy on the bench, and up to three others beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from charts.look import Look, look_of
from charts.palette import MARK
from runs.kept import KeptRun
from ui import cached, kept
from ui.address_bar import save_address
from ui.lab.bench import Bench
from ui.lab.tried import Tried
from ui.network_line import SOURCES
from ui.network_shown import cache_key
from ui.show_kept import shown_id
from ui.visit import SHIPPED, Visit, set_widget, widget_value

BESIDE = "beside"  # the word of the address: 'record.3' are the expert and run 3
MOST_BESIDE = 3
WHOLE = "{title}, before any damage"
# Networks that are no run of the visitor's list, and so have no colour of their own.
LOOKS = {"ready": Look(MARK, "solid", "circle"), "record": Look(MARK, "7px,3px", "diamond")}
OTHER = Look(MARK, "2px,3px", "square")


@dataclass(frozen=True, eq=False)
class Networks:
    """Not to be kept: they hold parameters."""

    bench: Bench
    title: str  # of the network on the bench
    copy: Tried  # that network with what was done to it
    whole: Tried | None  # the same before that; None as long as nothing was done
    others: Mapping[str, Tried]  # that can stand beside it: word of the address -> network
    beside: tuple[Tried, ...]  # that do

    @property
    def name(self) -> str:
        """What sentences call the copy."""
        return "your copy" if self.whole else "it"

    def all(self, *, without: Collection[Tried] = ()) -> list[Tried]:
        """Return the copy, what it was, and those beside it but for some."""
        return [self.copy, *([self.whole] if self.whole else []), *(one for one in self.beside if one not in without)]


def networks_of(state: Visit, bench: Bench) -> Networks:
    """Return what is tried out."""
    runs, source, now = kept.my_runs(state), bench.shown.source, shown_id(state)
    mine = next((run for run in runs if run.id == now), None)
    title, look = _named(state, source, mine, alone=not runs)
    others = {name: _shipped(name) for name in SHIPPED if name != source}
    others |= {str(run.number): _kept(run) for run in reversed(runs) if run is not mine and _is_there(run)}
    words = dict.fromkeys(state.choices.get(BESIDE, "").split("."))
    beside = tuple(others[word] for word in words if word in others)[:MOST_BESIDE]
    whole = bench.whole(look, WHOLE.format(title=title)) if bench.steps else None
    return Networks(bench, title, bench.copy(look, title), whole, others, beside)


def choose_beside(state: Visit, networks: Networks) -> None:
    """Draw the choice of networks beside the one on the bench."""
    titles = {word: network.title for word, network in networks.others.items()}
    key = "lab_beside"

    def save() -> None:
        if chosen := ".".join(widget_value(key)):
            state.choices[BESIDE] = chosen
        else:
            state.choices.pop(BESIDE, None)
        save_address(state)

    set_widget(key, [word for word, network in networks.others.items() if network in networks.beside])
    st.multiselect(
        "Compare with", list(titles), format_func=lambda word: titles[word], key=key, on_change=save,
        max_selections=MOST_BESIDE, placeholder="other networks", width=320,
    )  # fmt: skip


def _named(state: Visit, source: str, run: KeptRun | None, *, alone: bool) -> tuple[str, Look]:
    """Return what the network that is shown is called, and its look: that of the run, if it is one of the list."""
    if run is not None:
        return run.title, look_of(run.number)
    title = state.file_name if source == "file" else SOURCES[source]
    return title, LOOKS.get(source, look_of(1) if alone else OTHER)


def _is_there(run: KeptRun) -> bool:
    return run.uploaded or (run.reached is not None and not run.status.under_way)


def _shipped(name: str) -> Tried:
    model = cached.shipped_model(name)
    params = model.params[-1]
    return Tried(cache_key(name, model.numbers[-1]), SOURCES[name], LOOKS[name], model.spec, lambda: params)


def _kept(run: KeptRun) -> Tried:
    number = run.reached.number if run.reached else 0
    load = partial(kept.last_params, run.id)
    return Tried(cache_key(run.id, number), run.title, look_of(run.number), run.settings.spec, load)
