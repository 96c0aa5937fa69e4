"""A run on the Train page: its buttons, its progress, and what came of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import streamlit as st

from fcnn.background import Run
from fcnn.config import LIVE
from fcnn.diagnosis import Diagnosis, diagnose
from fcnn.estimate import seconds_for
from fcnn.metrics import interval_95, summarize
from fcnn.view import Status, View
from ui import cached
from ui.shown import cache_key
from ui.state import AppState, current_run, leave_line, new_run, refusal, runs, scheduler

MORE_EPOCHS = 10


def describe(state: AppState, *, fixed: bool) -> None:
    """Say in words what is or will be trained, and how long it will take."""
    spec, config = state.spec, state.config
    n_train = len(cached.load_mnist().dataset(all_images=config.all_images).train.X)
    batch = "all at once" if config.batch_size is None else f"{config.batch_size:,} at a time"
    sentence = (
        f"A network of **{spec}** with **{spec.n_parameters:,} parameters** learns from {n_train:,} images, "
        f"{batch}, {config.n_epochs:,} times over."
    )
    if not fixed and (problem := refusal(state)):
        st.error(problem, icon=":material/memory:")
    elif fixed:
        st.markdown(f"{sentence} Learning rate, momentum, dropout and L2 can be changed on the way.")
    else:
        seconds = seconds_for(spec, config, n_train, cached.speedometer().speed()) * scheduler().crowding(
            runs().n_running()
        )
        st.markdown(f"{sentence} That takes about **{duration(seconds)}**.")


def draw_buttons(state: AppState, view: View | None) -> None:
    """Draw what can be done with the run now. Each button acts before the page is drawn again."""
    refused = (view is None or not view.under_way) and bool(refusal(state))
    waiting = view is not None and view.waiting
    with st.container(horizontal=True):
        _first_button(state, view, refused=refused)
        busy = view is not None and (view.running or waiting or view.status in (Status.DIVERGED, Status.FAILED))
        _button("One epoch", ":material/skip_next:", _one_epoch, state, disabled=busy or (view is None and refused))
        stop = (leave_line, state) if waiting else (_tell, state, Run.stop)
        _button("Stop", ":material/stop:", *stop, disabled=view is None or not view.under_way)
        reset = leave_line if waiting else _reset
        _button("Reset", ":material/restart_alt:", reset, state, disabled=view is None or refused)
        if view is not None and view.status in (Status.FINISHED, Status.STOPPED):
            _button(f"Continue for {MORE_EPOCHS} more epochs", ":material/resume:", _continue, state)


def _first_button(state: AppState, view: View | None, *, refused: bool) -> None:
    """Draw what the visitor most likely wants next."""
    start = ":material/play_arrow:"
    if view is not None and view.waiting:
        _button("Leave the line", ":material/close:", leave_line, state, primary=True)
    elif view is not None and view.running:
        _button("Pause", ":material/pause:", _tell, state, Run.pause, primary=True)
    elif view is not None and view.status is Status.PAUSED:
        _button("Resume" if view.epochs_done else "Start", start, _tell, state, Run.resume, primary=True)
    else:
        label = "Start" if view is None else "Start anew"
        _button(label, start, _start, state, primary=True, disabled=refused)


def draw_progress(state: AppState, view: View) -> None:
    """Draw where the run is, how fast it goes and how long it will take; or where it stands in line."""
    if view.waiting:
        st.info(
            f"You are **number {runs().place_in_line(state.run_id)} in line**: this server has no memory left for your "
            "run just now. It starts by itself as soon as another visitor leaves or begins a smaller run.",
            icon=":material/hourglass_top:",
        )
        return
    words = [f"Epoch {min(view.progress.epoch, view.config.n_epochs)} of {view.config.n_epochs}"]
    if view.running and view.seconds_left is not None:
        words += [f"{duration(view.seconds_left)} left", f"{view.examples_per_s:,.0f} images a second"]
        n_others = runs().n_running() - 1
        if n_others > 0:
            words.append(f"sharing with {n_others} other{'s' if n_others > 1 else ''}")
    else:
        words.append(str(view.status))
    st.progress(view.share_done, text=" · ".join(words))


def draw_result(state: AppState, view: View) -> None:
    """Say what came of a run that has ended: a figure on the test set, or what went wrong and what helps."""
    if view.status is Status.FAILED:
        st.error(f"The run broke off because of a fault in this program ({view.error}). Reset it, please.")
        return
    diagnosis = diagnose(view.config, view.records)
    if diagnosis is not None:
        _explain(state, diagnosis)
    final = view.final
    if view.under_way or final is None or final.diverged or final.number == 0:
        return
    answers = cached.answers_to_test(cache_key(str(state.run_id), final.number), view.spec, final.params)
    test = cached.load_mnist().test
    accuracy, n = summarize(answers, test.labels).accuracy, len(test.labels)
    low, high = interval_95(accuracy, n)
    st.success(
        f"After epoch {final.number}, **{accuracy:.2%}** of the test digits are right (95 % interval {low:.2%} to "
        f"{high:.2%}), **{round(n * (1 - accuracy)):,} of {n:,} wrong**. It had never seen them before.",
        icon=":material/flag:",
    )
    with st.container(horizontal=True):
        st.page_link("pages/mistakes.py", label="See its mistakes", icon=":material/rule:")
        st.page_link("pages/weights.py", label="See its weights", icon=":material/grid_view:")
        st.page_link("pages/draw.py", label="Draw it a digit", icon=":material/draw:")


def duration(seconds: float) -> str:
    """Return a time in words, as rough as an estimate is."""
    if seconds < 1.5:
        return "a second"
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"


def _explain(state: AppState, diagnosis: Diagnosis) -> None:
    st.error(f"**{diagnosis.what}** {diagnosis.why}", icon=":material/error:")
    rate = diagnosis.learning_rate
    _button(f"Set the learning rate to {rate:g}", ":material/healing:", _set_rate, state, rate)


def _button(
    label: str,
    icon: str,
    act: Callable[..., None],
    state: AppState,
    *more: object,
    primary: bool = False,
    disabled: bool = False,
) -> None:
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    arguments = (state, *more)
    st.button(label, icon=icon, on_click=act, args=arguments, disabled=disabled, type=kind)


def _start(state: AppState) -> None:
    new_run(state, cached.load_mnist()).resume()


def _reset(state: AppState) -> None:
    new_run(state, cached.load_mnist())


def _one_epoch(state: AppState) -> None:
    run = current_run(state) or new_run(state, cached.load_mnist())
    run.one_epoch()


def _tell(state: AppState, command: Callable[[Run], None]) -> None:
    if run := current_run(state):
        command(run)


def _continue(state: AppState) -> None:
    if run := current_run(state):
        run.change(**{name: getattr(state.config, name) for name in LIVE})
        run.continue_for(MORE_EPOCHS)
        runs().share_out()  # more epochs to keep


def _set_rate(state: AppState, learning_rate: float) -> None:
    state.config = replace(state.config, learning_rate=learning_rate)
    new_run(state, cached.load_mnist())
