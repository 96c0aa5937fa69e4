"""The place on the Draw page to bring a picture of a digit."""

import streamlit as st

from drawings.photo import from_photo
from drawings.picture_file import MAX_MEGABYTES, READING_BYTES, PictureError, read_picture
from ui.draw.memory import DrawMemory, Picture
from ui.uploads import BusyError, reading
from ui.visit import remembered, widget_value
from ui.words import plain

_KEY = "picture_file"


def bring_picture() -> Picture | None:
    """Draw the place to bring a picture, and return it; it stays while other pages are read."""
    memory = remembered(DrawMemory)
    file = st.file_uploader(
        "A picture of one digit (PNG or JPEG)",
        type=["png", "jpg", "jpeg"],
        key=_KEY,
        max_upload_size=MAX_MEGABYTES,
        on_change=_brought,
        args=(memory,),
        help="A photo of a digit on paper, or a scan: dark on light, or light on dark.",
    )
    if file is not None and memory.picture_error:
        st.error(memory.picture_error, icon=":material/error:")
    if memory.picture is not None:
        st.image(memory.picture.grey, caption=plain(memory.picture.name), width=200)
        if memory.picture.hint:
            st.caption(memory.picture.hint)
    return memory.picture


def _brought(memory: DrawMemory) -> None:
    """Take the picture that was chosen in place of the one before, or note what is wrong with it."""
    file = widget_value(_KEY)
    memory.picture, memory.picture_error = None, ""
    if file is None:
        return
    try:
        with reading(READING_BYTES):
            grey = read_picture(file.getvalue())
        read = from_photo(grey)
        if read.image is None:
            raise PictureError(read.hint)
        memory.picture = Picture(file.name, grey, read.image, read.hint)
    except (PictureError, BusyError) as error:
        memory.picture_error = f"{plain(file.name)}: {error}"
