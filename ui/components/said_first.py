"""What was pressed or typed on a page comes before a link that leaves it, in the order of the visitor's hand."""

from ui.components.mount import component

_mount = component(__file__, "said_first")


def say_first() -> None:
    """Let a link wait until what was said before it has been sent; once a page."""
    _mount(key="said_first")
