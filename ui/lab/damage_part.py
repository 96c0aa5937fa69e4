"""What if the network is damaged? Its accuracy over the strength, what it says to the digit in hand, its pictures."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from charts.answers import percent, sure
from charts.endurance import Course, endurance_figure
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.digit_in_hand import digit_in_hand
from ui.lab.bench import COPY, MOST_STEPS, Bench, add_step
from ui.lab.damage_choice import choose_damage, damage_chosen
from ui.lab.damages import KINDS, Damage
from ui.lab.measure import effect, endurance, n_digits
from ui.lab.networks import Networks
from ui.lab.slide import choose_place, slide
from ui.lab.tried import Tried
from ui.lab.words import bears, done, strength_name, told
from ui.press import act_once
from ui.visit import Visit
from ui.words import sentence

STRENGTH = "strength"  # the word of the address
PICTURE_PX = 84
WHOLE = "before any damage"
ENOUGH = f"{MOST_STEPS} damages are enough: undo one first."


def draw_damage(state: Visit, bench: Bench, networks: Networks) -> None:
    """Draw the choice of a damage, and what comes of it."""
    st.header("What if the network is damaged?", anchor=False)
    choose_damage(state, bench)
    damage = damage_chosen(state, bench.shown.spec)
    if damage is None:
        return
    place = slide(
        state, STRENGTH, "How much", damage.strengths, damage.usual, lambda s: strength_name(damage, s),
        of=f"{damage.kind}_{damage.order}_{len(damage.own)}",
    )  # fmt: skip
    st.caption(KINDS[damage.kind].about)
    _draw_result(state, bench, networks, damage, place)


def _draw_result(state: Visit, bench: Bench, networks: Networks, damage: Damage, place: int) -> None:
    spec, strength = bench.shown.spec, damage.strengths[place]
    measured, n, left_out = _measure(bench, networks, damage)
    accuracies = measured[0].accuracies
    start = damage.strengths.index(damage.none)
    names = [strength_name(damage, s) for s in damage.strengths]
    st.markdown(
        f"With **{done(damage, strength, spec)}** it reads {told(accuracies[place], n)} of {n:,} test digits; without "
        f"that {percent(accuracies[start])}. {bears(names, accuracies, start)}"
    )
    with st.container(key="split_damage"):
        curve, pictures = st.columns([3, 2], gap="medium")
    with curve:

        def choose(i: int) -> None:
            choose_place(state, STRENGTH, damage.strengths, i)

        figure = endurance_figure(measured, damage.on_axis(names), title=damage.axis, at=place)
        live_plot(figure, key="lab_endurance", alt=f"Accuracy over {damage.axis}", on_point=choose)
        _tell_left_out(left_out)
        _draw_apply(bench, damage, strength)
    with pictures:
        _draw_digit(state, networks.copy, damage, strength)


def _measure(bench: Bench, networks: Networks, damage: Damage) -> tuple[list[Course], int, list[str]]:
    """Return the courses of all networks, the number of digits, and whose could not be measured."""
    comparable = [one for one in networks.beside if not damage.own and damage.is_possible(one.spec)]
    tried = [networks.copy, *([networks.whole] if bench.steps else []), *comparable]
    n = n_digits([one.spec for one in tried], len(damage.strengths))
    courses = [(one, endurance(one, damage, n)) for one in tried]
    left_out = [one.title for one in networks.beside if one not in comparable]
    left_out += [one.title for one, course in courses if course is None]
    return [_course(one, course, networks) for one, course in courses if course is not None], n, left_out


def _course(one: Tried, accuracies: Sequence[float], networks: Networks) -> Course:
    behind = one is networks.whole and one.key != networks.copy.key
    return Course(f"{one.title}, {WHOLE}" if behind else one.title, one.look, accuracies, behind)


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


def _draw_digit(state: Visit, copy: Tried, damage: Damage, strength: float) -> None:
    digit = digit_in_hand(state)
    before, after = (effect(copy, damage, s, digit.image.tobytes()) for s in (damage.none, strength))
    says = [_says(one.probabilities) for one in (before, after)]
    whose = COPY.lower() if copy.title == COPY else "it"
    st.markdown(f"To the digit in hand, {digit.label}, {whose} said **{says[0]}**. Damaged it says **{says[1]}**.")
    pictures = np.concatenate([before.pictures, after.pictures])
    n = len(after.neurons)
    off = damage.kind == "units" and damage.layer == 0
    what = "The first neurons to go" if off else "What neurons of its first layer look for, before and after"
    st.markdown(f"**{what}**")
    shown = after.pictures if off else pictures
    gallery(
        shown, key="lab_neurons", captions=[f"neuron {k}" for k in after.neurons] * (len(shown) // n),
        labels=[f"Weights of neuron {k}" for k in after.neurons] * (len(shown) // n), palette="diverging",
        tile_px=PICTURE_PX, vmax=float(np.abs(before.pictures).max()),
    )  # fmt: skip


def _says(probabilities: np.typing.NDArray[np.floating]) -> str:
    if not np.isfinite(probabilities).all():
        return "nothing"
    answer = int(probabilities.argmax())
    return f"{answer}, {sure(probabilities[answer])} sure"
