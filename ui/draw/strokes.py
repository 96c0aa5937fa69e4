"""The strokes of a drawing: read from what a canvas in a browser sent, and painted as pixels.

What a browser sends may be anything, so a stroke is rebuilt from the few numbers that make it, each of them bounded.
The rebuilt drawing can be handed to a canvas again, which then shows the same strokes.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from charts.palette import TRAIN

SIDE = 336  # pixels of the board: room for a finger, and it fits on a phone
PEN = 24  # pixels
COLOUR = TRAIN  # of the pen: it stands out from the light and from the dark background
MAX_STROKES, MAX_PIECES = 200, 6_000  # what is read of a drawing; a digit has about 3 and 200
FINE = 2  # painted pixels to one of the board, for smooth edges
STEP = 3  # pixels between the points of a painted curve
FAR = 10 * SIDE  # a mouse that draws may leave the board, but not without end

Drawing = dict[str, Any]  # {"objects": [stroke, ...]}
Piece = list[Any]  # of a path: ["M", x, y] begins it, ["L", x, y] is a line, ["Q", x1, y1, x, y] curves by way of x1 y1
N_NUMBERS = {"M": 2, "L": 2, "Q": 4}


def count_objects(json_data: object) -> int:
    """Return how many objects a canvas has sent, strokes or not."""
    return len(_objects(json_data))


def read_drawing(json_data: object) -> Drawing:
    """Return the strokes in what a canvas has sent, and nothing else of it."""
    strokes, n_pieces = [], 0
    for sent in _objects(json_data)[:MAX_STROKES]:
        stroke = _read_stroke(sent)
        n_pieces += len(stroke["path"]) if stroke else 0
        if stroke and n_pieces <= MAX_PIECES:
            strokes.append(stroke)
    return {"objects": strokes}


def paint(drawing: Drawing) -> npt.NDArray[np.uint8]:
    """Return the ink of a drawing, of shape (SIDE, SIDE): 0 to 255."""
    board = Image.new("L", (FINE * SIDE, FINE * SIDE))
    pen = ImageDraw.Draw(board)
    for stroke in drawing["objects"]:
        # On a canvas the pixel (0, 0) ends at 1, here it is the middle of one.
        points = [(FINE * point.real - 0.5, FINE * point.imag - 0.5) for point in _curve(stroke["path"])]
        pen.line(points, fill=255, width=FINE * PEN)
        for point in points:
            pen.circle(point, FINE * PEN / 2, fill=255)  # the pen is round
    return np.asarray(board.reduce(FINE))


def _objects(json_data: object) -> list[Any]:
    objects = json_data.get("objects") if isinstance(json_data, Mapping) else None
    return objects if isinstance(objects, list) else []


def _read_stroke(sent: object) -> dict[str, Any] | None:
    """Return a stroke, or None if this is none that the pen could have drawn."""
    if not isinstance(sent, Mapping) or not _is_path(sent.get("path")):
        return None
    pen = {"stroke": COLOUR, "strokeWidth": PEN, "strokeLineCap": "round", "strokeLineJoin": "round", "fill": None}
    return {"type": "Path", "path": sent["path"], **pen}


def _is_path(sent: object) -> bool:
    return isinstance(sent, list) and 0 < len(sent) <= MAX_PIECES and all(map(_is_piece, sent)) and sent[0][0] == "M"


def _is_piece(sent: object) -> bool:
    if not isinstance(sent, list) or not sent or not isinstance(sent[0], str):
        return False
    return len(sent) - 1 == N_NUMBERS.get(sent[0]) and all(map(_is_number, sent[1:]))


def _is_number(sent: object) -> bool:
    return isinstance(sent, int | float) and -FAR <= sent <= FAR


def _curve(path: list[Piece]) -> list[complex]:
    """Return points x + iy along a path, so near to each other that the lines between them look round, but not nearer.

    A stroke has hundreds of pieces, and the time to paint it grows with the points.
    """
    points: list[complex] = []
    start = 0j
    for _, *numbers in path:
        bend, end = complex(*numbers[:2]), complex(*numbers[-2:])
        curve = [(1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end for t in (0.25, 0.5, 0.75)]
        for point in (*(curve if len(numbers) == N_NUMBERS["Q"] else ()), end):
            if not points or abs(point - points[-1]) >= STEP:
                points.append(point)
        start = end
    return [*points, start]
