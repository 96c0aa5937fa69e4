"""A picture that somebody brings: a file that may be anything, made into shades of grey."""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from drawings.picture_bounds import JPEG, PNG, TooMuchError, check_jpeg, check_png
from fcnn.pixels import SIDE

MAX_MEGABYTES = 10
READING_BYTES = 60_000_000  # the most that reading a picture takes
TOO_SMALL = f"it is too small or too narrow. Each side needs {SIDE} pixels or more."
KEPT_SIDE = 560  # pixels of the longer side of what is kept, twice what from_photo() looks at
READERS = {PNG: PngImageFile, JPEG: JpegImageFile}  # by the first bytes of a file

Grey = npt.NDArray[np.uint8]


class PictureError(Exception):
    """A file is no picture of a digit; the message says why and what to do."""


def read_picture(content: bytes) -> Grey:
    """Return the brightness of a PNG or JPEG picture, upright and not larger than needed, of shape (H, W).

    Raises:
        PictureError: the content is no such picture, is damaged, or claims more pixels than the app unpacks.
    """
    if len(content) > 1_000_000 * MAX_MEGABYTES:
        raise PictureError(f"this file is too large. A picture may have {MAX_MEGABYTES} MB.")
    reader = next((reader for start, reader in READERS.items() if content.startswith(start)), None)
    if reader is None:
        raise PictureError("this is no PNG or JPEG picture. Choose another file.")
    try:
        claim = check_png(content) if content.startswith(PNG) else check_jpeg(content)
        if min(claim) < SIDE:
            raise TooMuchError(TOO_SMALL)
        with reader(io.BytesIO(content)) as image:  # reads the head of the file, no pixel yet
            grey = _grey(image)
    except TooMuchError as error:
        raise PictureError(f"this picture cannot be read: {error}") from None
    # A hostile file can raise nearly anything (SyntaxError, struct.error, OSError ...); all of it means the same.
    except Exception as error:
        raise PictureError("this picture is damaged and cannot be read. Choose another file.") from error
    if min(grey.shape) < SIDE:
        raise PictureError(f"this picture cannot be read: {TOO_SMALL}")
    return grey


def _grey(image: Image.Image) -> Grey:
    image.draft("L", (KEPT_SIDE, KEPT_SIDE))  # a large JPEG is unpacked at a fraction of its size
    whole = _eight_bits(image)
    whole.thumbnail((KEPT_SIDE, KEPT_SIDE))
    upright = ImageOps.exif_transpose(whole)  # a phone writes beside the pixels how it was held
    ink, alpha = (np.asarray(band, np.float32) for band in upright.convert("LA").split())
    dark = (ink * alpha).sum() < 127 * alpha.sum()
    ground = 255 if dark else 0  # what is transparent gets the colour that the ink has not
    return np.rint(ground + (ink - ground) * alpha / 255).astype(np.uint8)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture that can be scaled and made grey without loss: not of 16 bits, nor of colours by number."""
    if image.mode.startswith("I"):
        deep = np.asarray(image)
        # Many cameras and microscopes use 10 or 12 of the 16 bits.
        return Image.fromarray((deep >> max(0, int(deep.max()).bit_length() - 8)).astype(np.uint8))
    return image.convert("RGBA") if image.mode in ("1", "P") else image
