"""How sure may one be of it? Whether it is right as often as it says, and what becomes of it if it may pass."""

import streamlit as st

from charts.answers import percent, sure
from charts.confidence import Believed, coverage_figure, reliability_figure
from fcnn.inside.calibration import Reliability
from fcnn.metrics import interval_95
from fcnn.presets import PRESETS
from ui.components.live_plot import live_plot
from ui.lab.bench import Bench
from ui.lab.measure import n_digits
from ui.lab.networks import Networks
from ui.lab.slide import Scale, slide
from ui.lab.sureness import N_PASSES, Sureness, sureness
from ui.lab.tried import Tried
from ui.visit import Visit
from ui.your_run import run_at_a_glance

BELOW = "below"  # the word of the address
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
SCALE = Scale(BELOW, "p", THRESHOLDS, 0.9)
ENOUGH = 50  # answers of a bar that is given as an example
NO_ANSWERS = "This network has no answers that could be weighed."
TEMPERATURE = (
    "Its ten scores are divided by one number before softmax makes probabilities of them. Above 1 that makes it less "
    "sure, below 1 surer, and no answer changes."
)


def draw_sure(state: Visit, networks: Networks) -> None:
    """Draw how sure the copy is, the temperature that mends that, and a threshold below which it may pass."""
    st.header("How sure may one be of it?", anchor=False)
    found = _sureness(networks.copy)
    if found is None:
        st.info(NO_ANSWERS, icon=":material/info:")
        return
    with st.container(key="split_sure"):
        reliable, answered = st.columns(2, gap="large")
    with reliable:
        st.markdown("**Is it right as often as it says?**")
        st.markdown(_tell(found))
        figure = reliability_figure(found.now, found.after)
        live_plot(figure, key="lab_reliability", alt="How often it is right over how sure it is")
        st.markdown(_tell_temperature(state, networks.bench, found), help=TEMPERATURE)
    with answered:
        st.markdown("**And if it may say 'I do not know'?**")
        _draw_threshold(state, networks, found)


def _draw_threshold(state: Visit, networks: Networks, found: Sureness) -> None:
    place = slide(state, SCALE, "It may pass below", _threshold_name)
    n_answered, n_wrong = found.from_on(THRESHOLDS[place])
    st.markdown(tell_threshold(found.n, n_answered, n_wrong, THRESHOLDS[place]))
    known = [(network, of) for network in networks.all() if (of := _sureness(network)) is not None]
    chosen = (n_answered / found.n, n_wrong / n_answered) if n_answered else None
    figure = coverage_figure([Believed(one.title, one.look, of.believed) for one, of in known], chosen=chosen)
    live_plot(figure, key="lab_coverage", alt="Mistakes among the answers that it gives, over how many it gives")


def _sureness(tried: Tried) -> Sureness | None:
    return sureness(tried, n_digits([tried.spec], N_PASSES))


def tell_threshold(n: int, n_answered: int, n_wrong: int, threshold: float) -> str:
    """Return what becomes of n digits if answers that are less sure than a threshold are not given."""
    name = _threshold_name(threshold)
    if not threshold:
        return f"It answers all of {n:,} test digits, and errs in {percent(n_wrong / n)} of them."
    if not n_answered:
        return f"If it may say 'I do not know' below {name}, it answers none of {n:,} test digits."
    return (
        f"If it may say 'I do not know' below **{name}**, it answers {percent(n_answered / n, 1)} of {n:,} test "
        f"digits, and errs in **{percent(n_wrong / n_answered)}** of those: {n_wrong:,} of {n_answered:,}."
    )


def _threshold_name(threshold: float) -> str:
    return f"{100 * threshold:g}\N{NO-BREAK SPACE}%" if threshold else "never"


def _tell(found: Sureness) -> str:
    said, is_right = float(found.confidences.mean()), float(found.right.mean())
    gap = said - is_right
    too = "too sure" if gap > 0 else "not sure enough"
    return (
        f"{tell_example(found.now)}Over all {found.n:,} test digits it is {sure(said, 1)} sure and right in "
        f"{percent(is_right, 1)}: {too}, by {abs(100 * gap):.1f} points. The mean gap between bars and dotted line, "
        f"each bar weighed by its answers, is **{100 * found.now.error:.2f} points**: the *expected calibration error*."
    )


def tell_example(now: Reliability) -> str:
    """Return a sentence about the bar that is furthest from what it says, of those with enough answers."""
    gaps = [(abs(now.confidence[i] - now.accuracy[i]), i) for i in range(len(now.counts)) if now.counts[i] >= ENOUGH]
    if not gaps:
        return ""
    i, n = max(gaps)[1], int(now.counts[max(gaps)[1]])
    low, high = interval_95(float(now.accuracy[i]), n)
    return (
        f"When it says **{sure(now.confidence[i])}**, it is right in **{100 * now.accuracy[i]:.0f} of 100**: that is "
        f"the mean of {n:,} answers from {100 * now.edges[i]:.0f} to {100 * now.edges[i + 1]:.0f} %, with a 95 % "
        f"interval from {100 * low:.0f} to {100 * high:.0f}. "
    )


def _tell_temperature(state: Visit, bench: Bench, found: Sureness) -> str:
    if found.fitted is None or found.after is None:
        return NO_ANSWERS
    learned = ", which it has learned itself, so that it is surer of them" if _has_learned_them(state, bench) else ""
    return (
        f"With a **temperature of {found.fitted.temperature:.2f}**, fitted on {found.n_validation:,} validation "
        f"digits{learned}, the calibration error on the test digits becomes **{100 * found.after.error:.2f} points**, "
        f"and its mean loss on the validation digits goes from {found.fitted.loss_before:.4f} to "
        f"{found.fitted.loss_after:.4f}."
    )


def _has_learned_them(state: Visit, bench: Bench) -> bool:
    """Return whether the network is known to have learned the validation digits, too."""
    if bench.shown.source == "run":
        run = run_at_a_glance(state)
        return run is not None and run.config.all_images
    return bench.shown.source == "record" and PRESETS["record"].config.all_images
