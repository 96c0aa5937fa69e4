"""How a map of points is drawn: a script that the browser gets once. What is drawn comes with point_map.py."""

from ui.components.mount import component

KEY = "map_script"
_mount = component(__file__, KEY)


def send_map_script() -> None:
    """Let the browser have the script; one that it has already is not sent again."""
    _mount(key=KEY)
