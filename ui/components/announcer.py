"""What cannot be seen: a sentence for screen readers, and the keyboard's focus where a rerun has dropped it."""

from ui.components.mount import component

_mount = component(__file__, "announcer", html='<p class="says" role="status"></p>')


def announce(says: str, *, key: str, focus: str = "", turn: int = 0) -> None:
    """Let screen readers say a sentence when it differs from the last one.

    Args:
        says: the sentence; "" says nothing.
        key: names the announcer on its page.
        focus: the key of the button that gets the focus, if nothing else has it.
        turn: a new number asks for the focus once; 0 never does.
    """
    _mount(data={"says": says, "focus": focus, "turn": turn}, key=key, height="content")
