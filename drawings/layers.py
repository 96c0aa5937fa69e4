"""A picture seen in two ways, as dark ink on paper and as light ink on a board: what is ink, and what is around it."""

from typing import NamedTuple

import numpy as np
from scipy import ndimage

from drawings.parts import Mask, box_of, near
from fcnn.types import Array

ROUGH = 0.35  # of the ink: what is so strong around it is no paper, but grain, as of wood


class Layer(NamedTuple):
    """One way to see a picture: as dark ink on paper, or as light ink on a board."""

    sign: int  # -1: ink is dark, 1: it is light
    grey: Array  # (H, W), 0 to 1
    ground: Array  # (H, W): the paper or the board under the ink
    ink: Array  # (H, W): how strong


def both_layers(grey: Array) -> tuple[Layer, Layer]:
    """Return a picture (H, W) of 0 to 1 as dark ink, and as light ink."""
    n = max(grey.shape) // 3  # what is wider, both ways, is no stroke
    wide, inside = np.pad(grey, n, mode="edge"), (slice(n, -n), slice(n, -n))
    paper, board = (morph(wide, (n, n))[inside] for morph in (ndimage.grey_closing, ndimage.grey_opening))
    dark = (paper - grey) / paper.clip(0.25)  # as a share: a shadow takes as much of the paper's light as of the ink's
    return Layer(-1, grey, paper, dark), Layer(1, grey, board, grey - board)


def crowded(layer: Layer, drawn: Mask) -> float:
    """Return which share of what lies close around is no paper, but as strong as the ink beside it."""
    away, (y, x) = ndimage.distance_transform_edt(~drawn, return_indices=True)
    ring = (away > 1.5) & (away <= max(4, 0.1 * max(side.stop - side.start for side in box_of(drawn))))
    half = (layer.grey + layer.ground)[y[ring], x[ring]] / 2
    as_strong = layer.sign * (layer.grey[ring] - half) > 0
    rough = layer.ink[ring] > ROUGH * layer.ink[drawn].mean()
    return float((as_strong | rough).mean()) if ring.any() else 0.0


def excess_of(layer: Layer, drawn: Mask) -> float:
    """Return by how much it is stronger than its surroundings: gaps between strokes are not lighter than all paper."""
    box = box_of(drawn)
    margin = max(0.12 * max(drawn.shape), 0.25 * max(side.stop - side.start for side in box))
    window = box_of(drawn, round(margin))
    around = layer.sign * layer.grey[window][~near(drawn[window], 2.5)]
    if not around.size:
        return 0.0
    return float(layer.sign * layer.grey[drawn].mean() - np.percentile(around, 60))
