"""The place on the Draw page to bring a picture of a digit."""

import streamlit as st

from drawings.photo import from_photo
from drawings.picture_file import MAX_MEGABYTES, READING_BYTES, PictureError, read_picture
from ui.uploads import BusyError, reading
from ui.visit import Picture, Visit, widget_value
from ui.words import plain

_KEY = "picture_file"


def bring_picture(state: Visit) -> Picture | None:
    """Draw the place to bring a picture, and return it; it stays while other pages are read."""
    file = st.file_uploader(
        "A picture of one digit (PNG or JPEG)",
        type=["png", "jpg", "jpeg"],
        key=_KEY,
        max_upload_size=MAX_MEGABYTES,
        on_change=_brought,
        args=(state,),
        help="A photo of a digit on paper, or a scan: dark on light, or light on dark.",
    )
    if file is not None and state.picture_error:
        st.error(state.picture_error, icon=":material/error:")
    if state.picture is not None:
        st.image(state.picture.grey, caption=plain(state.picture.name), width=200)
        if state.picture.hint:
            st.caption(state.picture.hint)
    return state.picture


def _brought(state: Visit) -> None:
    """Take the picture that was chosen in place of the one before, or note what is wrong with it."""
    file = widget_value(_KEY)
    state.picture, state.picture_error = None, ""
    if file is None:
        return
    try:
        with reading(READING_BYTES):
            grey = read_picture(file.getvalue())
        read = from_photo(grey)
        if read.image is None:
            raise PictureError(read.hint)
        state.picture = Picture(file.name, grey, read.image, read.hint)
    except (PictureError, BusyError) as error:
        state.picture_error = f"{plain(file.name)}: {error}"
