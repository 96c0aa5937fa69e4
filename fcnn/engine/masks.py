"""Dropout's masks: which hidden neurons are silent for which example."""

import numpy as np

from fcnn.types import Array


def draw_masks(n: int, widths: tuple[int, ...], dropout: float, *, rng: np.random.Generator) -> tuple[Array, ...]:
    """Draw what the hidden activations of n examples are multiplied by: an array (n, width) a layer, or () for none.

    It is 0 for the share of neurons that dropout says, and 1 / (1 - dropout) for the others.
    """
    return tuple(_draw_mask((n, width), dropout, rng) for width in widths) if dropout > 0 else ()


def _draw_mask(shape: tuple[int, int], dropout: float, rng: np.random.Generator) -> Array:
    # Four numbers of 16 bits from one of 64 are drawn six times as fast as four fractions, and are as good here.
    size = shape[0] * shape[1]
    drawn = rng.bit_generator.random_raw(-(-size // 4)).view(np.uint16)[:size].reshape(shape)
    mask: Array = (drawn >= round(dropout * 2**16)) * np.float32(1 / (1 - dropout))
    return mask
