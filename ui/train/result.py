"""What came of a run on the Train page: a figure on the test set, or what went wrong and what helps."""

import streamlit as st

from charts.answers import percent
from fcnn.inside.signals import Signals
from fcnn.metrics import interval_95, summarize
from runs.diagnosis.diagnose import Diagnosis, diagnose
from runs.status import Status
from runs.view import RunView
from ui import cached
from ui.network_shown import cache_key
from ui.own_run import refusal
from ui.train.run_actions import set_and_prepare
from ui.visit import Visit
from ui.words import moment_name


def draw_result(state: Visit, view: RunView) -> None:
    """Say what came of a run that has ended: a figure on the test set, or what went wrong and what helps."""
    if view.status is Status.FAILED:
        st.error(f"The run broke off because of a fault in this program ({view.error}). Please press Reset.")
        return
    diagnosis = _diagnose(state, view)
    if diagnosis is not None:
        _explain(state, diagnosis)
    final = view.final
    if view.under_way or final is None or final.diverged or final.number == 0:
        return
    answers = cached.answers_to_test(cache_key(str(state.run_id), final.number), view.spec, final.params)
    test = cached.load_mnist().test
    accuracy, n = summarize(answers, test.labels).accuracy, len(test.labels)
    low, high = interval_95(accuracy, n)
    moment = moment_name(final.number, final.n_updates)
    words = (
        f"After {moment}, **{percent(accuracy)}** of the test digits are right (95 % interval "
        f"{percent(low)} to {percent(high)}), **{round(n * (1 - accuracy)):,} of {n:,} wrong**. It had never seen them "
        "before."
    )
    with st.container(key="result"):
        if diagnosis is None:
            st.success(words, icon=":material/flag:")
        else:
            st.markdown(words)  # no reason to be green
    with st.container(horizontal=True):
        st.page_link("pages/mistakes.py", label="See its mistakes", icon=":material/rule:")
        st.page_link("pages/weights.py", label="See its weights", icon=":material/grid_view:")
        st.page_link("pages/draw.py", label="Try your own digits", icon=":material/draw:")


def _diagnose(state: Visit, view: RunView) -> Diagnosis | None:
    def measured() -> Signals:
        newest = view.epochs[-1]
        return cached.signals(cache_key(str(state.run_id), newest.number), view.spec, newest.params)

    ended = not view.under_way
    changes = view.changes
    return diagnose(view.spec, view.config, view.whole, measured, n_train=view.n_train, ended=ended, changes=changes)


def _explain(state: Visit, diagnosis: Diagnosis) -> None:
    st.error(f"**{diagnosis.what}** {diagnosis.why}", icon=":material/error:")
    for i, remedy in enumerate(diagnosis.remedies):
        problem = refusal(remedy.spec, remedy.config)  # Adam remembers more than plain steps do
        st.button(
            remedy.label, key=f"remedy_{i}", icon=":material/healing:", disabled=bool(problem),
            on_click=set_and_prepare, args=(state, remedy.spec, remedy.config),
        )  # fmt: skip
        if problem:
            st.caption(problem)  # and not in a tooltip: phones have none
