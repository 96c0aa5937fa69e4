"""What if the digits get worse? The accuracy over how much worse they are, and the digit in hand at each strength."""

from functools import partial

import numpy as np
import streamlit as st

from charts.answers import percent, sure
from charts.endurance import Course, endurance_figure
from fcnn.inside.worse import WAYS
from ui.choices import select
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.digit_in_hand import digit_in_hand
from ui.lab.measure import endurance_of_worse, n_digits, strip
from ui.lab.networks import Networks
from ui.lab.slide import Scale, choose_place, slide
from ui.lab.tried import Tried
from ui.lab.words import bears, short_worse_name, told, worse_axis, worse_name
from ui.visit import Visit

WAY, HOW = "way", "worse"  # words of the address
USUAL = {"noise": 0.5, "turned": 30, "shifted": 3, "strokes": 1.0, "inverted": 0.3}
TILE_PX = 84
ABOUT = {
    "noise": "Each pixel is made lighter or darker by chance, the same way each time.",
    "turned": "Each digit is turned around its middle.",
    "shifted": "Each digit is shifted, every fourth to the same side. Nothing in the network knows that it moved.",
    "strokes": "Strokes become thicker or thinner on each side.",
    "inverted": "Ink becomes paper, and paper ink, little by little. At 50 % all is the same grey.",
}
_small = partial(st.selectbox, width=260)


def draw_digits(state: Visit, networks: Networks) -> None:
    """Draw the choice of a way to make digits worse, and what comes of it."""
    st.header("What if the digits get worse?", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="lab_way"):
        way = select(state, WAY, "Worse how", {name: way.title for name, way in WAYS.items()}, draw=_small)
        strengths = WAYS[way].strengths
        place = slide(state, _scale(way), "How much", partial(worse_name, way))
    st.caption(ABOUT[way])
    names = [worse_name(way, strength) for strength in strengths]
    measured, n = _measure(networks, way)
    accuracies, start = measured[0].accuracies, strengths.index(0)
    st.markdown(
        f"At **{names[place]}** {networks.name} reads {told(accuracies[place], n)} of {n:,} test digits; as "
        f"they are, {percent(accuracies[start])}. {bears(names, accuracies, start)}"
    )
    figure = endurance_figure(measured, _on_axis(way), title=worse_axis(way), at=place)

    def choose(i: int) -> None:
        choose_place(state, _scale(way), i)

    with st.container(key="split_digits"):
        curve, pictures = st.columns([3, 2], gap="medium")
    with curve:
        live_plot(figure, key="lab_worse", alt=f"Accuracy over {worse_axis(way)}", on_point=choose)
    with pictures:
        _draw_strip(state, networks.copy, way, place)


def _scale(way: str) -> Scale:
    return Scale(HOW, way, WAYS[way].strengths, USUAL[way])


def _measure(networks: Networks, way: str) -> tuple[list[Course], int]:
    """Return the courses of all networks, and the number of digits; one that is not kept any more is left out."""
    tried = networks.all()
    n = n_digits([one.spec for one in tried], len(WAYS[way].strengths), worse=True)
    measured = [(one, endurance_of_worse(one, way, n)) for one in tried]
    return [Course(one.title, one.look, course, one is networks.whole) for one, course in measured if course], n


def _on_axis(way: str) -> list[float]:
    strengths = WAYS[way].strengths
    return [100 * strength for strength in strengths] if way in ("noise", "inverted") else list(strengths)


def _draw_strip(state: Visit, copy: Tried, way: str, place: int) -> None:
    """Draw the digit in hand at all strengths; a click on one chooses it."""
    digit, strengths = digit_in_hand(state), WAYS[way].strengths
    shown = strip(copy, way, digit.image.tobytes())
    names = [worse_name(way, strength) for strength in strengths]
    answers = shown.probabilities.argmax(axis=1)
    start, p = strengths.index(0), shown.probabilities
    st.markdown(
        f"To the digit in hand, {digit.label}, it says **{answers[start]}**, {sure(p[start].max())} sure; at "
        f"{names[place]} it says **{answers[place]}**, {sure(p[place].max())} sure."
    )

    def choose(i: int) -> None:
        choose_place(state, _scale(way), i)

    gallery(
        np.clip(shown.images, 0, 1), key="lab_strip", tile_px=TILE_PX, selected=place, on_click=choose,
        captions=[f"{short_worse_name(way, s)}: {answer}" for s, answer in zip(strengths, answers, strict=True)],
        labels=[f"At {name} it says {answer}" for name, answer in zip(names, answers, strict=True)],
        shares=None if digit.truth is None else p[:, digit.truth].tolist(),
    )  # fmt: skip
    st.caption("Below each: how much worse it is, and what it says. Click one to choose it.")
