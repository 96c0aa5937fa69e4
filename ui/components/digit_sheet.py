"""Small pictures of many digits, sent to the browser once as one picture, for the components that show some of them."""

import base64
import io

import numpy as np
import streamlit as st
from PIL import Image

from fcnn.pixels import SIDE, as_images
from ui.components.mount import component
from ui.map_digits import Of, map_digits

COLUMNS = 50
_LEVELS = 16  # of ink: half the bytes of 256, and no eye sees it in so small a picture
KEY = "digit_sheet"
_mount = component(__file__, KEY)


def send_digits(of: Of) -> None:
    """Let the browser have pictures of the digits of a map, under the name of their set.

    To be called wherever they may be needed: what the browser has already is not sent again.
    """
    _mount(data={"of": of, "columns": COLUMNS, "sheet": _sheet(of)}, key=KEY)


@st.cache_resource(show_spinner=False)
def _sheet(of: Of) -> str:
    """Return the digits of a map as a PNG in base64, row after row: paper is black, as in MNIST."""
    images = as_images(map_digits(of).examples.X)
    rows = -(-len(images) // COLUMNS)
    tiles = np.zeros((rows * COLUMNS, SIDE, SIDE), np.uint8)
    tiles[: len(images)] = np.rint(images / 255 * (_LEVELS - 1))
    sheet = tiles.reshape(rows, COLUMNS, SIDE, SIDE).swapaxes(1, 2).reshape(rows * SIDE, COLUMNS * SIDE)
    picture = Image.fromarray(sheet, "P")
    picture.putpalette([round(255 * level / (_LEVELS - 1)) for level in range(_LEVELS) for _ in "rgb"])
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True, bits=4)
    return base64.b64encode(content.getvalue()).decode()
