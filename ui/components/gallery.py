"""A grid of 28 x 28 images, digits or weights, that takes new images in place and tells which one is clicked.

The whole sheet crosses the wire as one string of 8-bit levels; the browser paints them in the colours of its theme.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from charts.palette import DIVERGING, INK, NOT_A_NUMBER
from fcnn.pixels import SIDE, as_images
from ui.components.moments import MOMENTS
from ui.components.mount import component
from ui.press import act_once
from ui.visit import heard

_mount = component(__file__, "gallery", html='<div class="gallery" role="group"></div>', uses=MOMENTS)
Images = npt.NDArray[Any]
_NONE: Mapping[int, Images] = MappingProxyType({})


def gallery(
    images: Images, *, key: str, captions: Sequence[str], labels: Sequence[str], selected: int | None = None,
    palette: Literal["ink", "diverging"] = "ink", tile_px: int = 84, vmax: float | None = None,
    on_click: Callable[[int], None] | None = None, focus: tuple[int, int] | None = None,
    shares: Sequence[float] | None = None, even: bool = False, moments: Mapping[int, Images] = _NONE,
    under: Images | None = None,
) -> None:  # fmt: skip
    """Show images (n, 28, 28) in a grid.

    Args:
        images: For "ink" uint8, or floats from 0 (paper) to 1 (ink); for "diverging" floats of either sign.
        key: Names the gallery on its page.
        captions: The line below each image; "" for none.
        labels: What each image is, in words: its tooltip, and its name for screen readers.
        selected: The index of the image to mark.
        palette: "diverging" centres one scale at 0 for the whole sheet, and marks what is not a number.
        tile_px: The side of a tile; a multiple of 28 keeps all pixels equal.
        vmax: The magnitude that gets the last colour of "diverging"; None takes the largest of the sheet.
        on_click: Called, before the page is drawn anew, with the index of the image that was clicked; None: no buttons.
        focus: The index of the image that gets the keyboard's focus, if nothing has it, once for each new number.
        shares: Colours the caption of each image, from red (0) to green (1).
        even: Makes all rows equally long; tiles are then tile_px or more, as the width allows.
        moments: The images at other moments, for a story that goes through them.
        under: With "diverging", digits (n, 28, 28) that lie in grey under the images, like those of "ink".

    Raises:
        ValueError: images is not (n, 28, 28), or captions or labels are not n.
    """
    _check_sizes(images.shape, len(captions), len(labels))
    sent = _painted(images, moments, palette, vmax) | {"captions": list(captions), "labels": list(labels), "even": even}
    sent |= {"selected": selected, "tile": tile_px, "clickable": on_click is not None, "focus": focus, "shares": shares}
    if under is not None:
        sent["under"] = base64.b64encode(_ink_levels(under).tobytes()).decode()
    _mount(data=sent, key=key, on_clicked_change=_hear(key, len(images), on_click))


def _hear(key: str, n: int, on_click: Callable[[int], None] | None) -> Callable[[], None]:
    """Return what Streamlit calls at a click, and keeps: so it does not hold the images."""

    def clicked() -> None:
        i = heard(key).get("clicked")
        if on_click is not None and type(i) is int and 0 <= i < n:  # the browser may send anything
            on_click(i)

    return act_once(clicked)


def weights_gallery(
    W: npt.NDArray[Any], *, n: int, key: str, tile_px: int = 56, even: bool = False,
    moments: Mapping[int, Images] = _NONE,
) -> None:  # fmt: skip
    """Show what the first n neurons of a first layer W (784, n_out) look for, as small pictures; also at other moments.

    Each moment has a scale of its own, or the noise before learning, of small weights, would hardly be seen.
    """
    images = as_images(W.T[:n])
    labels = [f"Weights of neuron {i}" for i in range(len(images))]
    captions = [""] * len(images)
    then = {place: as_images(other.T[:n]) for place, other in moments.items()}
    gallery(
        images, key=key, captions=captions, labels=labels, palette="diverging", tile_px=tile_px, even=even, moments=then
    )


def _painted(images: Images, moments: Mapping[int, Images], palette: str, vmax: float | None) -> dict[str, Any]:
    """Return the levels of the images, now and at other moments, and the colours that levels stand for."""

    def sheet(shown: Images) -> dict[str, str]:
        levels = _ink_levels(shown) if palette == "ink" else _diverging_levels(shown, vmax)
        return {"levels": base64.b64encode(levels.tobytes()).decode()}

    return sheet(images) | {
        "moments": {str(place): sheet(then) for place, then in moments.items()},
        "first": 0 if palette == "ink" else 1,
        "stops": dict(INK if palette == "ink" else DIVERGING),
        "notANumber": NOT_A_NUMBER,
    }


def _check_sizes(shape: tuple[int, ...], n_captions: int, n_labels: int) -> None:
    if len(shape) != 3 or shape[1:] != (SIDE, SIDE) or n_captions != shape[0] or n_labels != shape[0]:
        sizes = f"{shape}, {n_captions} and {n_labels}"
        raise ValueError(f"images must be (n, 28, 28) with n captions and n labels, got {sizes}")


def _ink_levels(images: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Return levels from 0 (paper) to 255 (ink)."""
    levels = images if images.dtype == np.uint8 else np.rint(255 * np.clip(images, 0, 1))
    return levels.astype(np.uint8)


def _diverging_levels(images: npt.NDArray[Any], vmax: float | None) -> npt.NDArray[np.uint8]:
    """Return levels from 1 (-vmax) to 255 (vmax): 128 is exactly 0, and level 0 says 'not a number'."""
    numbers = np.where(np.isfinite(images), images, 0)
    limit = np.abs(numbers).max(initial=0) if vmax is None else vmax
    shares = np.clip(numbers / limit, -1, 1) if limit > 0 else np.zeros_like(numbers)
    levels = np.where(np.isfinite(images), 128 + np.rint(127 * shares), 0)
    return levels.astype(np.uint8)
