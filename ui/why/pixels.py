"""Why this digit and not that one: which pixels spoke for the answer, which against it, and which ink is missing."""

import numpy as np
import streamlit as st

from fcnn.inside.evidence import Evidence, find_evidence
from fcnn.inside.missing_ink import AgainstTypical, against_typical
from fcnn.inside.score import Pair
from fcnn.pixels import as_images
from fcnn.types import Array
from ui import cached
from ui.choices import select
from ui.components.colour_bar import colour_bar
from ui.components.gallery import gallery
from ui.numbers import signed
from ui.visit import Visit
from ui.why.case import OTHER, Case, others
from ui.words import a_digit

PICTURE_PX = 224
WORTH_TELLING = 0.001  # of a gap, as a share of the difference


def draw_pixels(state: Visit, case: Case, pair: Pair) -> None:
    """Draw what each pixel says, over the digit, with the sum; and what is missing, over the typical other digit."""
    spec, params, x = case.shown.spec, case.shown.params, case.digit.image
    evidence = find_evidence(spec, params, x, pair)
    typical = cached.typical_images()[pair.other]
    against = against_typical(spec, params, x, typical, pair)
    with st.container(key="why_section_pixels"):
        st.header(f"Why {pair.said} and not {pair.other}?", anchor=False)
        select(state, OTHER, "Compare with", others(case), width=200)
        st.markdown(tell(evidence))
        vmax = _limit(evidence.parts, against.missing)
        with st.container(key="split_pixels"):
            ink, missing = st.columns(2, gap="medium")
        with ink:
            st.markdown("**The ink that is there**")
            _draw(evidence.parts, as_images(x), "why_evidence", f"What the ink says for {pair.said}", vmax)
            st.markdown(written_sum(evidence))
        with missing:
            st.markdown(f"**The ink that is missing**, compared with {a_digit(pair.other)} as it usually is")
            _draw(against.missing, as_images(typical), "why_missing", f"What missing ink says for {pair.said}", vmax)
            st.markdown(written_missing(against))
        colour_bar(vmax, key="why_scale", name=f"For {pair.said}, against {pair.other}", clipped=True)


def _draw(parts: Array, under: Array, key: str, label: str, vmax: float) -> None:
    gallery(
        as_images(parts), key=key, captions=[""], labels=[label], palette="diverging", tile_px=PICTURE_PX, vmax=vmax,
        under=under,
    )  # fmt: skip


def _limit(*parts: Array) -> float:
    """Return the end of one scale for both pictures: few pixels go beyond it, and the others are not pale for them."""
    sizes = np.abs(np.concatenate(parts))
    return float(np.quantile(sizes[sizes > 0], 0.98)) if sizes.any() else 1.0


def tell(evidence: Evidence) -> str:
    """Return in a sentence what decided."""
    said, other = evidence.pair
    ahead, leads = evidence.difference, evidence.difference > 0
    times = np.exp(min(abs(ahead), 20.0))
    how = "far more than a million" if abs(ahead) > 14 else f"{times:,.1f}" if times < 10 else f"{times:,.0f}"
    first, second = (said, other) if leads else (other, said)
    return (
        f"The score of {said} is {abs(ahead):,.1f} {'above' if leads else 'below'} that of {other}: to this network "
        f"{a_digit(first)} is {how} times as probable as {a_digit(second)}. **Orange** ink speaks for {said}, **blue** "
        f"ink for {other}, and grey ink for neither."
    )


def written_sum(evidence: Evidence) -> str:
    """Return the sum of all parts, written out."""
    rest = "from biases" if evidence.method == "exact" else "from a blank page"
    gap = f", {signed(evidence.gap)} rounding" if evidence.gap_share > WORTH_TELLING else ""
    how = (
        "" if evidence.method == "exact" else f" Measured at {evidence.n_nodes} steps from a blank page to this digit."
    )
    return (
        f"{signed(evidence.speaks_for)} for, {signed(evidence.speaks_against)} against, {signed(evidence.biases)} "
        f"{rest}{gap}: **{signed(evidence.difference)}**.{how}"
    )


def written_missing(against: AgainstTypical) -> str:
    """Return what takes the network from the typical image of the other digit to this one, written out."""
    missing, extra = (float(parts.sum(dtype=np.float64)) for parts in (against.missing, against.extra))
    said, other = against.pair
    return (
        f"For the usual {other} the difference is {signed(against.path.start)}. Ink that is missing here adds "
        f"{signed(missing)}, ink that is not usual adds {signed(extra)}: **{signed(against.path.end)}** for {said}."
    )
