"""Simulated drawings: boards of 280 x 280 as somebody would draw on the Draw page, with pens of any width."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).parent / "data" / "drawn_boards_dev.npz"
PENS_PX = ((8, 12), (13, 17), (18, 22), (23, 27), (28, 32))

Boards = npt.NDArray[np.uint8]
Right = npt.NDArray[np.bool_]


def load_drawings() -> tuple[Boards, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return boards (1500, 280, 280) of 0 (paper) and 1 (ink), their digits, and the pens' widths in pixels."""
    with np.load(FILE) as file:
        return np.unpackbits(file["boards"], axis=-1)[..., :280], file["labels"], file["pen_px"]


def accuracy_by_pen(right: Right, pens: npt.NDArray[np.uint8]) -> list[float]:
    """Return the share of right answers for each range of PENS_PX."""
    return [float(right[(pens >= low) & (pens <= high)].mean()) for low, high in PENS_PX]
