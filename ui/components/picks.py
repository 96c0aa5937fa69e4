"""Runs picked by hand, in a table or by a brush or a lasso in a chart: the same ones on all of a page.

A hand is quicker than the server: what comes back may be older than what was picked meanwhile. So each message has a
number, and what the page knows is taken on in the browser only where it has heard the newest.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ui.components.mount import script
from ui.press import act_once
from ui.visit import heard

PICKS = script(__file__)
_MOST_LETTERS = 64  # of an id


def sent_picks(key: str, picked: Collection[str]) -> dict[str, Any]:
    """Return what a component is told of the picks: the ids, and the number of the last message that was heard."""
    number = _message(key).get("number")
    return {"picked": sorted(picked), "heard": number if type(number) is int else 0}


def hear_picks(key: str, known: Collection[str], on_pick: Callable[[list[str]], None] | None) -> Callable[[], None]:
    """Return what Streamlit calls when the picks of a component have changed.

    Args:
        key: names the component on its page.
        known: the ids that can be picked; the browser may send anything.
        on_pick: gets the ids, each once, in the order of known.
    """
    allowed = list(known)

    def changed() -> None:
        ids = _message(key).get("ids")
        if on_pick is not None and isinstance(ids, list) and len(ids) <= len(allowed):
            sent = {one for one in ids if isinstance(one, str) and len(one) <= _MOST_LETTERS}
            on_pick([one for one in allowed if one in sent])

    return act_once(changed)


def _message(key: str) -> Mapping[str, Any]:
    sent = heard(key).get("picked")
    return sent if isinstance(sent, Mapping) else {}
