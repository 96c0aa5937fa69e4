"""A run on the Train page: what it is, its progress, and what came of it."""

import streamlit as st

from fcnn.config import TrainConfig
from fcnn.moments import is_whole
from fcnn.network import NetworkSpec
from runs.estimate import seconds_for
from runs.status import Status
from runs.view import RunView
from ui import cached
from ui.components.announcer import announce
from ui.own_run import refusal
from ui.server import runs, scheduler
from ui.status import status_words
from ui.train.changed import differences, draw_differences
from ui.train.memory import TrainMemory
from ui.train.presets import promise
from ui.train.run_buttons import AGAIN, GO
from ui.visit import Visit, remembered
from ui.words import duration


def describe(state: Visit, view: RunView | None) -> None:
    """Say in words what is shown, by its own settings, and what pressing Start would train, and for how long."""
    if view is not None and view.under_way:
        st.caption(_sentence(view.spec, view.config))
        return
    problem = refusal(state.spec, state.config)
    takes = f"about **{duration(_seconds(state))}**"
    if view is not None:
        same = not (problem or differences(state, view))
        st.caption(_past(view) + (f" **{AGAIN}** trains another such network: {takes}." if same else ""))
        draw_differences(state, view)
    if problem:
        st.error(problem, icon=":material/memory:")
    elif view is None:
        st.markdown(f"{_sentence(state.spec, state.config)} That takes {takes}. {promise(state)}")
    elif not same:
        st.markdown(f"**{AGAIN}** trains a new network of **{state.spec}** with the settings on this page: {takes}.")


def _sentence(spec: NetworkSpec, config: TrainConfig) -> str:
    return (
        f"A network of **{spec}** with **{spec.n_parameters:,} parameters** learns from {_images(config)}, "
        f"{'once' if config.n_epochs == 1 else f'{config.n_epochs:,} times over'}."
    )


def _past(view: RunView) -> str:
    """Say what the run was; its settings are its own, whatever the page says now."""
    interrupted = " Then it was interrupted: **Continue** goes on from there, as if nothing had been."
    return (
        f"You see a network of **{view.spec}** with **{view.spec.n_parameters:,} parameters**. It learned from "
        f"{_images(view.config)}, for {how_long(view)}."
    ) + (interrupted if view.status is Status.INTERRUPTED else "")


def how_long(view: RunView) -> str:
    """Return how far the newest network of a run has learned: '3 epochs', or '322 updates' inside of an epoch."""
    number, n_updates = (view.records[-1].number, view.records[-1].n_updates) if view.records else (0, 0)
    n, what = (int(number), "epoch") if is_whole(number) else (n_updates, "update")
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _images(config: TrainConfig) -> str:
    n_train = _n_train(config)
    batch = config.batch_size or n_train
    return f"{n_train:,} images, " + ("all at once" if batch >= n_train else f"{batch:,} at a time")


def _n_train(config: TrainConfig) -> int:
    return len(cached.load_mnist().dataset(config).train.X)


def _seconds(state: Visit) -> float:
    alone_s = seconds_for(state.spec, state.config, _n_train(state.config), cached.speedometer().speed())
    return alone_s * scheduler().crowding(runs().n_running())


def draw_progress(state: Visit, view: RunView) -> None:
    """Draw where the run is, how fast it goes and how long it will take; or where it stands in line."""
    if view.waiting:
        st.info(
            f"You are **number {runs().place_in_line(state.run_id)} in line**: this server has no memory left for your "
            "run just now. It starts by itself as soon as another visitor leaves or begins a smaller run.",
            icon=":material/hourglass_top:",
        )
        return
    words = [f"Epoch {min(view.progress.epoch, view.config.n_epochs)} of {view.config.n_epochs}"]
    if view.running and view.pace:
        words.append(_slow_motion(view))
    elif view.running and view.seconds_left is not None:
        words += [f"{duration(view.seconds_left)} left", f"{view.examples_per_s:,.0f} images a second"]
        n_others = runs().n_running() - 1
        if n_others > 0:
            words.append(f"sharing with {n_others} other{'s' if n_others > 1 else ''}")
    else:
        words.append(status_words(view))
    st.progress(view.share_done, text=" · ".join(words))


def announce_run(view: RunView | None) -> None:
    """Let screen readers say how the run stands when that changes, and keep the focus on the buttons."""
    says = f"The run of {view.spec} is {status_words(view)}." if view is not None else ""
    announce(says, key="run_says", focus=GO, turn=remembered(TrainMemory).focus_turn)


def _slow_motion(view: RunView) -> str:
    """Say how fast it goes: a busy server may be slower than was asked."""
    n_updates = view.records[-1].n_updates if view.records else 0
    really = (
        f"{view.updates_per_s:.{0 if view.updates_per_s >= 10 else 1}f} a second"
        if view.updates_per_s
        else "slow motion"
    )
    return f"update {n_updates:,}, {really}"
