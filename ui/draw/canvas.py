"""The canvas of the package streamlit-drawable-canvas, as this app uses it."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def load_canvas() -> Callable[..., Any]:
    """Return what draws the canvas, in reach of our styles: they hide its toolbar.

    The toolbar waits, unseen, over a corner of the canvas, where a finger that begins a stroke would press Reset.
    """
    import streamlit_drawable_canvas as package  # raises an error outside of an app

    if not hasattr(package, "out_of_shadow"):
        package.out = package.out_of_shadow = st.components.v2.component(
            "streamlit-drawable-canvas.streamlit_drawable_canvas",
            html='<div class="canvas-root"></div>',
            css="index-*.css",
            js="index-*.js",
            isolate_styles=False,
        )
    return package.st_canvas  # type: ignore[no-any-return]
