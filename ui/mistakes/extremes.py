"""The digits at the ends: the hardest and the easiest by their loss, and those of which the network is least sure."""

import streamlit as st

from fcnn.inside.extremes import extreme_digits
from fcnn.metrics import Answers
from fcnn.types import Examples, Indices
from runs.diagnosis.diagnose import GUESSING_LOSS
from ui.choices import select
from ui.mistakes.matrix import ANY, ANY_OR_DIGIT, TRUE
from ui.mistakes.sheet import draw_sheet
from ui.mistakes.tiles import with_confidence, with_loss
from ui.visit import Visit

MOST = 300  # digits that are listed
WHAT_IS_LOSS = (
    "The loss says how much the truth surprised it: 0 is no surprise at all, and a blind guess among ten digits has "
    f"{GUESSING_LOSS:.2f}."
)
ABOUT = {
    "hardest": f"**Hardest**: it gave the truth least here. {WHAT_IS_LOSS}",
    "easiest": "**Easiest**: it was surest of the truth here, so its loss is smallest.",
    "unsure": "**Most unsure**: its two best guesses are nearly equal here, whether the answer is right or not.",
}


def draw_extremes(state: Visit, test: Examples, answers: Answers, view: str) -> Indices:
    """Draw the digits at one end, a key of ABOUT, and return their indices in that order."""
    true = select(state, TRUE, "True digit", ANY_OR_DIGIT, width=100)
    indices = utmost(test, answers, view, None if true == ANY else int(true))
    st.markdown(f"{ABOUT[view]} {tell(test, answers, indices, view)}")
    say = with_loss if view == "hardest" else with_confidence
    draw_sheet(state, test, indices, lambda few: say(test, answers, few), f"{view}_{true}", beside=False)
    return indices


def utmost(test: Examples, answers: Answers, view: str, digit: int | None) -> Indices:
    """Return the indices of the digits at one end, the utmost first; of one true digit alone, if it is given."""
    indices = extreme_digits(answers, view, len(answers.losses))
    return (indices if digit is None else indices[test.labels[indices] == digit])[:MOST]


def tell(test: Examples, answers: Answers, indices: Indices, view: str) -> str:
    """Say how many there are, and how many of them are read wrongly."""
    few = Answers(answers.probabilities[indices], answers.losses[indices])
    n, n_wrong = len(indices), int((few.digits != test.labels[indices]).sum())
    read = f"{n_wrong:,} of these {n:,} are read wrongly" if n_wrong else f"all of these {n:,} are read rightly"
    n_zero = int((few.losses == 0).sum())
    if view != "easiest" or n_zero < 2:
        return f"{read[0].upper()}{read[1:]}."
    same = "All of them" if n_zero == n else f"The first {n_zero:,} of them"
    return f"{read[0].upper()}{read[1:]}. {same} have a loss so small that it is computed as 0: they are equally easy."
