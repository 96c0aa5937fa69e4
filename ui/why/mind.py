"""What would change its mind: the few strokes of ink that turn the answer into another digit."""

import streamlit as st

from charts.answers import DIGITS, sure
from fcnn.inside.counterfactual import MOST_STROKES, Counterfactual, change_mind
from fcnn.pixels import as_images
from ui.choices import choice, select
from ui.components.gallery import gallery
from ui.visit import Visit
from ui.why.brush import draw_brush
from ui.why.case import Case
from ui.words import a_digit

TARGET, STROKE, USUAL = "target", "stroke", "usual"  # words of the address, and the first option
STROKES = {"1": "Single pixels", "2": "2 x 2", "4": "4 x 4"}
TILE_PX = 168
ABOUT = {
    "1": "So few pixels say little about shape: the network never learned what a hand can draw.",
    "2": "A square of 2 x 2 is about as wide as the pen.",
    "4": "A square of 4 x 4 is a whole piece of a stroke.",
}


def draw_mind(state: Visit, case: Case) -> None:
    """Draw the digit with the ink to add and to remove, and as it is then; below, a brush to try for oneself."""
    usual = case.usual_other
    options = {USUAL: str(usual)} | {digit: digit for digit in DIGITS if int(digit) not in (case.answer, usual)}
    with st.container(key="why_section_mind"):
        st.header("What would change its mind?", anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            select(state, TARGET, "Into", options, width=100)
            size = select(state, STROKE, "By", STROKES, draw=st.segmented_control)
        chosen = choice(state, TARGET, options)
        target = usual if chosen == USUAL else int(chosen)
        changed = change_mind(case.shown.spec, case.shown.params, case.digit.image, target, size=int(size))
        st.markdown(tell(changed, size))
        _draw(changed)
    draw_brush(state)


def _draw(changed: Counterfactual) -> None:
    with st.container(horizontal=True):
        with st.container(width="content"):
            gallery(
                as_images(changed.after - changed.before), key="why_change", captions=["orange: add, blue: erase"],
                labels=["The digit, with the ink to add and to erase"], palette="diverging", tile_px=TILE_PX, vmax=1.0,
                under=as_images(changed.before),
            )  # fmt: skip
        with st.container(width="content"):
            gallery(
                as_images(changed.after), key="why_changed", captions=["as it is then"], labels=["The changed digit"],
                tile_px=TILE_PX,
            )  # fmt: skip


def tell(changed: Counterfactual, size: str) -> str:
    """Return in a sentence what it takes."""
    n_ink = sum(stroke.is_ink for stroke in changed.strokes)
    n_paper = len(changed.strokes) - n_ink
    what = ("pixel", "pixels") if size == "1" else (f"square of {STROKES[size]}", f"squares of {STROKES[size]}")
    if not changed.found:
        return f"{MOST_STROKES} {what[1]} or fewer were not enough to make {a_digit(changed.target)} of it."
    parts = [f"**{n}** {what[n != 1]} {verb}" for n, verb in ((n_ink, "of ink added"), (n_paper, "erased")) if n]
    p = changed.probabilities[changed.target]
    return (
        f"Few are enough: with {' and '.join(parts)} it says **{changed.target}**, {sure(p)} sure. {ABOUT[size]} The "
        "search is a quick one, so even fewer may do."
    )
