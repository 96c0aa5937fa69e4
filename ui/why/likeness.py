"""What the network takes the digit for: the training digits most alike to it, and the nearest of the other digit."""

from collections import Counter

import streamlit as st

from fcnn.inside.alike import Alike, nearest
from fcnn.inside.score import Pair
from fcnn.pixels import as_images
from ui.components.gallery import gallery
from ui.uploads import NO_MEMORY
from ui.why.case import Case
from ui.why.seen import n_digits, seen_by, training_digits
from ui.why.words import listed
from ui.words import a_digit

N = 8
TILE_PX = 56


def draw_likeness(case: Case, pair: Pair) -> None:
    """Draw the digits that the network finds most alike, and the nearest of the other digit."""
    with st.container(key="why_section_likeness"):
        st.header("What does it take it for?", anchor=False)
        seen = seen_by(case.shown)
        if seen is None:
            st.info(NO_MEMORY, icon=":material/hourglass_empty:")
            return
        spec, params, x = case.shown.spec, case.shown.params, case.digit.image
        alike = nearest(seen, spec, params, x, N)
        if not len(alike.indices):
            st.markdown("This digit leaves its neurons silent: it finds it like nothing that it has seen.")
            return
        st.markdown(tell(alike, case, len(seen.labels)))
        _draw(case, alike, "why_alike")
        others = nearest(seen, spec, params, x, N, digit=pair.other)
        st.markdown(f"And the {pair.other}s that it finds nearest:")
        _draw(case, others, "why_alike_others")


def _draw(case: Case, alike: Alike, key: str) -> None:
    digits = training_digits(n_digits(case.shown))
    gallery(
        as_images(digits.X[alike.indices]),
        key=key,
        captions=[f"{label}, {cosine:.2f}" for label, cosine in zip(alike.labels, alike.cosines, strict=True)],
        labels=[f"A training digit, {a_digit(int(label))}" for label in alike.labels],
        tile_px=TILE_PX,
    )


def tell(alike: Alike, case: Case, n: int) -> str:
    """Return in a sentence what the nearest digits are."""
    kinds = Counter(alike.labels.tolist()).most_common()
    counted = listed([f"{count} {'is' if count == 1 else 'are'} {_kind(digit, count)}" for digit, count in kinds])
    by = "the neurons of its last hidden layer" if case.shown.spec.hidden else "their pixels"
    sentence = f"Of the {len(alike.labels)} most alike among {n:,} training digits, compared by {by}, {counted}."
    truth = case.digit.truth
    if truth is not None and truth not in dict(kinds):
        sentence += f" Not one is {a_digit(truth)}."
    return f"{sentence} Below each: what it is, and how alike (1: the same direction)."


def _kind(digit: int, count: int) -> str:
    return a_digit(digit) if count == 1 else f"{digit}s"
