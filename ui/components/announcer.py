"""What cannot be seen: a sentence for screen readers, and the keyboard's focus where a rerun has dropped it."""

from pathlib import Path

import streamlit as st

_STYLES = """
.says { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
"""
_mount = st.components.v2.component(
    "announcer",
    html='<p class="says" role="status"></p>',
    css=_STYLES,
    js=Path(__file__).with_suffix(".js").read_text("utf-8"),
)


def announce(says: str, *, key: str, focus: str = "", turn: int = 0) -> None:
    """Let screen readers say a sentence when it differs from the last one.

    Args:
        says: the sentence; "" says nothing.
        key: names the announcer on its page.
        focus: the key of the button that gets the focus, if nothing else has it.
        turn: a new number asks for the focus once; 0 never does.
    """
    _mount(data={"says": says, "focus": focus, "turn": turn}, key=key, height="content")


_reveal = st.components.v2.component("reveal", js=Path(__file__).with_name("reveal.js").read_text("utf-8"))


def reveal(key: str, turn: int) -> None:
    """Scroll to the container of this key, if little of it is in view; once for each new turn, never for the first."""
    _reveal(data={"target": key, "turn": turn}, key=f"reveal_{key}")
