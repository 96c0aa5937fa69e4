"""A page that a browser translates, made to bear that Streamlit goes on with the texts that it wrote."""

from ui.components.mount import component

_mount = component(__file__, "translated")


def bear_translation() -> None:
    """Bring each text back before Streamlit changes it; once a page."""
    _mount(key="translated")
