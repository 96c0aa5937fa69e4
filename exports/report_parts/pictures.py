"""Pictures inside of a page: digits in ink, and what the first neurons look for."""

import base64
import io
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from charts.palette import DIVERGING, NOT_A_NUMBER, Theme
from fcnn.pixels import SIDE, as_images
from fcnn.types import Array

N_COLUMNS = 8  # of neurons beside each other
GAP = 2  # pixels between them
N_LEVELS = 63  # colours of weights, with that of 0 in the middle; more make files larger and are not told apart
_CLEAR, _NOT_A_NUMBER, _FIRST = 0, 1, 2  # places of colours in a picture of weights


def digit_uri(pixels: npt.NDArray[np.uint8]) -> str:
    """Return the address of a picture of a digit (784,), dark ink on white."""
    return _uri(Image.fromarray(255 - as_images(pixels)[0]))


def weights_uris(W: Array, limit: float) -> dict[Theme, str]:
    """Return the address of a picture of neurons (784, n), for each theme; weights of this size have full colour."""
    n_columns, step = min(N_COLUMNS, W.shape[1]), SIDE + GAP
    n_rows = -(-W.shape[1] // n_columns)
    sheet = np.full((n_rows * step - GAP, width_of(W.shape[1])), _CLEAR, np.uint8)
    for i, tile in enumerate(as_images(_levels(W.T, limit))):
        top, left = i // n_columns * step, i % n_columns * step
        sheet[top : top + SIDE, left : left + SIDE] = tile
    return {theme: _coloured(sheet, theme) for theme in DIVERGING}


def width_of(n: int) -> int:
    """Return how many pixels wide a picture of n neurons is."""
    return min(n, N_COLUMNS) * (SIDE + GAP) - GAP


def _levels(weights: Array, limit: float) -> npt.NDArray[np.uint8]:
    """Return the place of the colour of each weight."""
    with np.errstate(invalid="ignore"):
        share = np.clip(weights / (limit or 1.0), -1, 1)
    level = np.nan_to_num((share + 1) / 2 * (N_LEVELS - 1)).round() + _FIRST
    return np.where(np.isfinite(weights), level, _NOT_A_NUMBER).astype(np.uint8)


def _coloured(sheet: npt.NDArray[np.uint8], theme: Theme) -> str:
    image = Image.fromarray(sheet).convert("P")
    image.putpalette(bytes.fromhex("000000" + NOT_A_NUMBER[1:]) + _ramp(theme))
    return _uri(image, transparency=_CLEAR)


@cache
def _ramp(theme: Theme) -> bytes:
    """Return N_LEVELS colours, evenly from one end of the scale to the other, as bytes of red, green and blue."""
    ends = np.array([list(bytes.fromhex(colour[1:])) for colour in DIVERGING[theme]])
    places, at = np.linspace(0, 1, len(ends)), np.linspace(0, 1, N_LEVELS)
    parts = [np.interp(at, places, ends[:, part]) for part in range(3)]
    return np.stack(parts, axis=1).round().astype(np.uint8).tobytes()


def _uri(image: Image.Image, **options: int) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True, **options)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
