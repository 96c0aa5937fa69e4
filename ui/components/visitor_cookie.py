"""A visitor's token in a cookie of the browser. Without cookies it lasts as long as the tab."""

from collections.abc import Callable

from ui.components.mount import component
from ui.visit import heard

COOKIE = "digits_visitor"  # also in the script
_KEY = "visitor_cookie"
_mount = component(__file__, _KEY)


def keep_token(token: str, *, instead_of: str = "", on_other: Callable[[object], None]) -> None:
    """Let the browser keep a token, also in place of the one that is to be forgotten.

    on_other() is called with another one that it has already, which may be anything.
    """
    _mount(
        data={"token": token, "instead_of": instead_of},
        key=_KEY,
        on_seen_change=lambda: on_other(heard(_KEY).get("seen")),
    )
