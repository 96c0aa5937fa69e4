"""A series of one's own: what is tried, with which values or between which ends, and with how many seeds."""

from collections.abc import Collection
from functools import partial

import streamlit as st

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from fcnn.settings import SETTINGS
from fcnn.written import written
from runs.comparison.differences import in_a_sentence, in_words
from runs.sweep.plan import MOST_RUNS, Plan, expand
from ui.press import act_once
from ui.runs.series_begin import begin_or_ask, how_much
from ui.runs.series_fields import choose_ranges, choose_values, field
from ui.runs.series_memory import SeriesMemory
from ui.setting_uses import is_shown, is_used
from ui.sweeps import Asked
from ui.visit import Visit, remembered
from ui.words import sentence

KINDS = {"values": "Values that I choose", "draws": "Random draws"}
MOST_SEEDS = 10
LUCK = "Is it luck?"
USUAL = Settings(mnist_spec(()), TrainConfig())
ALWAYS_NAMED = ("hidden", "learning_rate", "n_epochs", "batch_size", "optimizer")
ABOUT_SEEDS = "So many runs of each, which differ in their random numbers alone: how far they lie apart is luck."


def draw_own(state: Visit, *, race: bool) -> None:
    """Draw the choices, what they come to, and the button that begins it; or why they cannot be."""
    memory = remembered(SeriesMemory)
    field(memory, "kind", "What is tried", st.segmented_control, list(KINDS), format_func=KINDS.__getitem__,
          label_visibility="collapsed")  # fmt: skip
    typed = choose_values(memory, state.settings) if memory.kind == "values" else []
    ends = choose_ranges(memory, state.settings) if memory.kind == "draws" else []
    _choose_numbers(memory)
    plan, words = None, ""
    try:
        axes, ranges = tuple(each.axis() for each in typed), tuple(each.range() for each in ends)
        seeds = _seeds(state.settings, memory.n_seeds)
        plan = Plan(state.settings, axes, ranges, memory.n_draws if ranges else 0, seeds=seeds)
        words = f"{how_much(state, plan, race=race)}."
        _warn_of_the_useless(plan)
    except ValueError as error:
        plan = None
        st.error(sentence(str(error)), icon=":material/error:")
    st.caption(f"All else as on the Train page: {base_in_words(state.settings, without=plan.names if plan else ())}.")
    asked = Asked(_title(plan), plan, race) if plan else None
    with st.container(horizontal=True, vertical_alignment="center"):
        begin = act_once(partial(begin_or_ask, state, asked)) if asked else None
        st.button("Begin", key="series_begin", icon=":material/play_arrow:", type="primary", on_click=begin,
                  disabled=asked is None)  # fmt: skip
        if asked:
            st.markdown(words, width="content")
        st.page_link("pages/train.py", label="Change the rest", icon=":material/model_training:")


def _warn_of_the_useless(plan: Plan) -> None:
    """Say which of the settings that are tried makes no difference in any of the runs."""
    settings = expand(plan)
    for row in (SETTINGS[name] for name in plan.names):
        if not any(is_shown(row, each) and is_used(row, each) for each in settings):
            words = f"{row.label} has no use with these settings: whatever it is, the runs will be alike."
            st.warning(words, icon=":material/warning:")


def base_in_words(settings: Settings, *, without: Collection[str]) -> str:
    """Return the settings that all runs have in common: the main ones, and what is not as usual."""
    named = [
        f"{in_a_sentence(row)} {in_words(row, settings)}"
        for row in SETTINGS.values()
        if row.word
        and row.name not in without
        and (row.name in ALWAYS_NAMED or written(row, settings) != written(row, USUAL))
    ]
    return ", ".join(named)


def _choose_numbers(memory: SeriesMemory) -> None:
    with st.container(horizontal=True):
        if memory.kind == "draws":
            field(memory, "n_draws", "Draws", st.number_input, 1, MOST_RUNS, width=160)
        field(memory, "n_seeds", "Seeds", st.number_input, 1, MOST_SEEDS, width=160, help=ABOUT_SEEDS)


def _seeds(settings: Settings, n: int) -> tuple[int, ...]:
    """Return so many seeds, from that of the settings on; (): that one alone."""
    most = int(SETTINGS["seed"].range[1])
    first = min(settings.config.seed, most + 1 - n)
    return tuple(range(first, first + n)) if n > 1 else ()


def _title(plan: Plan) -> str:
    rows = [SETTINGS[name] for name in plan.names]
    return " and ".join(row.label if i == 0 else in_a_sentence(row) for i, row in enumerate(rows)) or LUCK
