"""A photo or scan of a digit, made into the 28 x 28 image that MNIST would hold.

Ink is what is darker than the paper close by (or lighter than the board). The paper is the picture without all that is
dark and narrow, so a shadow is paper too. What then stands out may still be a table, a finger or a printed line: we
take the one group of strokes that lies on paper of its own, and say what is in the way if there is none.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from drawings.board import from_board
from drawings.layers import Layer, both_layers, crowded, excess_of
from drawings.parts import Box, Mask, Parts, box_of, find_parts, foreign, near
from drawings.scaling import FINE, fit, unit
from fcnn.pixels import SIDE
from fcnn.types import Array

CONTRAST = 0.1  # of black to white, the least between the ink and the paper of a photo
LEVELS = (0.5, 0.65, 0.8)  # of the strongest: from where it counts as ink; a shadow may need more than half
HINTS = {
    "nothing": "no digit stands out in it. Choose a picture of dark ink on light paper, or the reverse.",
    "faint": "what is on it is too faint. Use a darker pen or more light.",
    "shadow": "there seems to be a shadow. Take it in even light, or crop it to the digit.",
    "edge": "something comes in from its edge: a table, a frame or a finger. Crop it to the digit.",
    "crowd": "there is too much in it. Crop it to one digit.",
}
MORE_THAN_ONE = "More than one thing stands out in it; the largest was read. Crop it to the digit that you mean."


class Reading(NamedTuple):
    """What was read from a photo."""

    image: npt.NDArray[np.float32] | None  # (28, 28), 0 (paper) to 1 (ink); None: no digit was found
    hint: str = ""  # what is wrong with the photo, and what to do about it


class _Found(NamedTuple):
    drawn: Mask
    excess: float  # by how much it is darker (or lighter) than what lies around, not only between its strokes
    alone: bool  # whether nothing else of its size is in the picture


def from_photo(pixels: npt.NDArray[Any]) -> Reading:
    """Read a scan or photo of one digit, given as brightness (H, W): dark on light or light on dark, in uneven light.

    Types and ValueErrors are those of from_board().
    """
    grey = fit(unit(pixels), min(FINE, max(pixels.shape)))
    layers = both_layers(grey)
    seen = [_digit(layer) for layer in layers]
    found = [one for one in seen if isinstance(one, _Found)]
    if not found:
        reasons = [why for why in seen if isinstance(why, str)]
        return Reading(None, _hint(reasons, layers[0].ground))
    best = found[0] if len(found) == 1 else _better(*found)
    image = from_board(np.pad(best.drawn, SIDE))
    return Reading(None, HINTS["nothing"]) if image is None else Reading(image, "" if best.alone else MORE_THAN_ONE)


def _digit(layer: Layer) -> _Found | str:
    """Return the digit as this layer shows it, or the name of a hint."""
    why = "nothing"
    for level in LEVELS:
        found = _digit_at(layer, level)
        if isinstance(found, _Found):
            return found
        why = found if why == "nothing" else why
    return why


def _digit_at(layer: Layer, level: float) -> _Found | str:
    ink, edge = layer.ink.copy(), False
    for _ in range(4):
        drawn: Mask = ink > max(float(np.percentile(ink, 99.5)) * level, 0.02)
        parts = find_parts(ink, drawn)
        if parts is None:
            return "edge" if edge else "nothing"
        strange = foreign(parts)
        if not strange.any():
            break
        ink[near(parts.mask(strange), 2)], edge = 0, True
    else:
        return "edge"
    gap = ink[drawn].mean() - ink[~drawn].mean()
    if gap <= 5 * ink[~drawn].std() or gap < CONTRAST:
        return "edge" if edge else "faint" if gap > max(0.03, 8 * ink[~drawn].std()) else "nothing"
    return _largest(layer, parts) or ("edge" if edge else "crowd")


def _largest(layer: Layer, parts: Parts) -> _Found | None:
    """Return the largest group of strokes that can be a digit."""
    side = max(parts.number.shape)
    stroke = parts.thickness <= 0.6 * parts.lengths
    clump, _ = ndimage.label(near(parts.number > 0, max(3, round(0.04 * side))))
    group = np.asarray(ndimage.maximum(clump, parts.number, np.arange(len(parts.lengths)) + 1))
    order = np.argsort(-parts.lengths * parts.strength * stroke)
    for main in order[: min(6, stroke.sum())]:
        chosen = (group == group[main]) & (parts.strength > 0.5 * parts.strength[main])
        for i in np.flatnonzero(chosen & (parts.lengths > 0.2 * parts.lengths[main])):
            chosen[i] = i == main or crowded(layer, parts.number == i + 1) < 0.4
        drawn = parts.mask(chosen)
        height, width = (part.stop - part.start for part in box_of(drawn))
        length = max(height, width)
        too_flat, too_small, too_fat = width > 4 * height, length < 0.05 * side, parts.thickness[main] > 0.5 * length
        along = parts.contact[chosen].sum() > 0.5 * length and min(height, width) < 0.3 * side
        if too_flat or too_small or too_fat or along or crowded(layer, drawn) > 0.2:
            continue
        excess = excess_of(layer, drawn)
        if excess < 0.03:
            continue
        others = (group != group[main]) & stroke & (parts.strength > 0.6 * parts.strength[main])
        return _Found(drawn, excess, not (others & (parts.lengths > 0.5 * length)).any())
    return None


def _better(dark: _Found, light: _Found) -> _Found:
    """Return the ink: what lies inside the other, if that can be a sheet; otherwise what stands out more."""
    for one, other in ((dark, light), (light, dark)):
        if _inside(box_of(one.drawn), box_of(other.drawn)) and one.excess > 0.2 * other.excess:
            return one
    return max(dark, light, key=lambda found: found.excess)


def _inside(inner: Box, outer: Box) -> bool:
    return all(a.start >= b.start and a.stop <= b.stop for a, b in zip(inner, outer, strict=True))


def _hint(reasons: list[str], paper: Array) -> str:
    low, high = np.percentile(paper, (10, 90))
    why = next((name for name in ("edge", "crowd", "faint") if name in reasons), "nothing")
    return HINTS["shadow" if low < 0.75 * high - CONTRAST and why != "faint" else why]
