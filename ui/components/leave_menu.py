"""The menu on a phone, where it covers the page: it closes when a link in it was followed."""

from ui.components.mount import component

_mount = component(__file__, "leave_menu")


def leave_menu(page: str) -> None:
    """Close the menu when the page of this title has taken the place of another."""
    _mount(data={"page": page}, key="leave_menu")
