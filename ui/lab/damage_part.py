"""What if the network is damaged? Its accuracy over the strength, what it says to the digit in hand, its pictures."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from charts.answers import percent, sure
from charts.endurance import Course, endurance_figure
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.digit_in_hand import digit_in_hand
from ui.lab.bench import MOST_STEPS, Bench, add_step
from ui.lab.damage_choice import choose_damage, damage_chosen
from ui.lab.damages import Damage
from ui.lab.kinds import KINDS
from ui.lab.measure import Effect, effect, endurance, n_digits
from ui.lab.networks import Networks
from ui.lab.slide import Scale, choose_place, slide
from ui.lab.words import bearable_name, bears, done, strength_name, told
from ui.press import act_once
from ui.visit import Visit
from ui.words import sentence

STRENGTH = "strength"  # the word of the address
PICTURE_PX = 56
ENOUGH = f"{MOST_STEPS} damages are enough: undo one first."


def draw_damage(state: Visit, networks: Networks) -> None:
    """Draw the choice of a damage, and what comes of it."""
    bench = networks.bench
    st.header("What if the network is damaged?", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="lab_damage"):
        choose_damage(state, bench)
        damage = damage_chosen(state, bench.shown.spec)
        if damage is None:
            return
        place = slide(
            state,
            _scale(damage),
            "How many" if damage.by_hand else "How much",
            lambda strength: strength_name(damage, strength),
        )
    st.caption(KINDS[damage.kind].about)
    _draw_result(state, networks, damage, place)


def _draw_result(state: Visit, networks: Networks, damage: Damage, place: int) -> None:
    bench = networks.bench
    spec, strength = bench.shown.spec, damage.strengths[place]
    measured, n, left_out = _measure(networks, damage)
    accuracies = measured[0].accuracies
    start = damage.strengths.index(damage.none)
    names = [strength_name(damage, s) for s in damage.strengths]
    said = [bearable_name(damage, s, spec) for s in damage.strengths]
    st.markdown(
        f"With **{done(damage, strength, spec)}** {networks.name} reads {told(accuracies[place], n)} of {n:,} test "
        f"digits; without that {percent(accuracies[start])}. {bears(said, accuracies, start)}"
    )
    with st.container(key="split_damage"):
        curve, pictures = st.columns([3, 2], gap="medium")
    with curve:

        def choose(i: int) -> None:
            choose_place(state, _scale(damage), i)

        figure = endurance_figure(measured, damage.on_axis(names), title=damage.axis, at=place)
        live_plot(figure, key="lab_endurance", alt=f"Accuracy over {damage.axis}", on_point=choose)
        _tell_left_out(left_out)
        _draw_apply(bench, damage, strength)
    with pictures:
        _draw_digit(state, networks, damage, strength)


def _scale(damage: Damage) -> Scale:
    return Scale(STRENGTH, "own" if damage.by_hand else damage.kind, damage.strengths, damage.usual)


def _measure(networks: Networks, damage: Damage) -> tuple[list[Course], int, list[str]]:
    """Return the courses of all networks, the number of digits, and whose could not be measured."""
    strange = [one for one in networks.beside if damage.own or not damage.is_possible(one.spec)]
    tried = networks.all(without=strange)
    n = n_digits([one.spec for one in tried], len(damage.strengths))
    measured = [(one, endurance(one, damage, n)) for one in tried]
    lost = [one for one, course in measured if course is None]
    courses = [Course(one.title, one.look, course, one is networks.whole) for one, course in measured if course]
    return courses, n, [one.title for one in (*strange, *lost)]


def _tell_left_out(titles: Sequence[str]) -> None:
    if titles:
        names = ", ".join(map(sentence, titles))
        st.caption(f"Not drawn, since there is no such layer or neuron in it, or it is not kept any more: {names}.")


def _draw_apply(bench: Bench, damage: Damage, strength: float) -> None:
    full = len(bench.steps) >= MOST_STEPS
    st.button(
        "Do this to the copy", icon=":material/build:", on_click=act_once(add_step),
        args=(bench.shown.key, damage, strength), disabled=full or strength == damage.none,
        help=ENOUGH if full else "Then you can damage it once more, ask it about worse digits, or keep it as a run.",
    )  # fmt: skip
    if bench.steps:
        st.caption(f"Done to it so far: {'; '.join(done(*step, bench.shown.spec) for step in bench.steps)}.")


def _draw_digit(state: Visit, networks: Networks, damage: Damage, strength: float) -> None:
    digit = digit_in_hand(state)
    before, after = (effect(networks.copy, damage, s, digit.image.tobytes()) for s in (damage.none, strength))
    says = [_says(one.probabilities) for one in (before, after)]
    st.markdown(
        f"To the digit in hand, {digit.label}, {networks.name} said **{says[0]}**. Damaged it says **{says[1]}**."
    )
    _draw_pictures(damage, before, after)


def _draw_pictures(damage: Damage, before: Effect, after: Effect) -> None:
    """Draw first neurons that go, or what they look for before and after, where the damage is in their layer."""
    if damage.layer:
        return
    if damage.kind == "units":
        _gallery("The first neurons to go, and what they look for", before, before, "lab_go")
        return
    _gallery("What neurons of its first layer look for", before, before, "lab_before")
    _gallery("And damaged", after, before, "lab_after")


def _gallery(title: str, shown: Effect, scale: Effect, key: str) -> None:
    st.markdown(f"**{title}**")
    gallery(
        shown.pictures, key=key, captions=[f"{k}" for k in shown.neurons],
        labels=[f"Weights of neuron {k}" for k in shown.neurons], palette="diverging", tile_px=PICTURE_PX,
        vmax=float(np.abs(scale.pictures).max()),
    )  # fmt: skip


def _says(probabilities: np.typing.NDArray[np.floating]) -> str:
    if not np.isfinite(probabilities).all():
        return "nothing"
    answer = int(probabilities.argmax())
    return f"{answer}, {sure(probabilities[answer])} sure"
