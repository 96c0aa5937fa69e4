"""The one way in which scripts and styles come into a page: each stands beside the Python file of its name."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def component(
    file: str, name: str, *, html: str | None = None, isolate_styles: bool = True, uses: str = ""
) -> ComponentRenderer:
    """Register the component whose .js and .css stand beside a file, and return what draws it.

    Args:
        file: __file__ of the module that draws it; of its script and style one may be missing.
        name: names the component in the browser, unique in the app.
        html: what is drawn before the script begins; None for a script that has nothing to show.
        isolate_styles: False lets the styles of the page reach the component, and its own reach the page.
        uses: a script that several components share, from script(): its functions stand before those of this one.
    """
    js = _beside(file, ".js")
    return st.components.v2.component(
        name, html=html, css=_beside(file, ".css"), js=f"{uses}{js}" if uses else js, isolate_styles=isolate_styles
    )


def script(file: str) -> str:
    """Return the script that stands beside a file, for components that use it."""
    return Path(file).with_suffix(".js").read_text("utf-8")


def style(file: str) -> None:
    """Give the page the style sheet that stands beside a file; to be called in every run of what it is for."""
    st.html(Path(file).with_suffix(".css"))


def _beside(file: str, suffix: str) -> str | None:
    path = Path(file).with_suffix(suffix)
    return path.read_text("utf-8") if path.exists() else None
