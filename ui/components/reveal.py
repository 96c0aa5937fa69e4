"""What a click has opened, moved into view where it lies below the screen."""

from ui.components.mount import component

_mount = component(__file__, "reveal")


def reveal(key: str, turn: int) -> None:
    """Scroll to the container of this key, if little of it is in view; once for each new turn, never for the first."""
    _mount(data={"target": key, "turn": turn}, key=f"reveal_{key}")
