"""The last runs, one line each, that change in place: a click shows one, takes its settings, or compares with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from charts.look import colour_of
from ui.components.mount import component
from ui.press import act_once
from ui.visit import heard

Act = Literal["show", "use", "base"]
_mount = component(
    __file__, "run_list", html='<ol class="run-list" role="list" aria-label="Your runs, the newest first"></ol>'
)


class Line(NamedTuple):
    """One run. All of it is shown letter by letter."""

    id: str
    number: int  # decides its colour
    title: str
    differs: str  # from the run before it
    result: str
    time: str
    best: str  # "" or what marks the best one
    shown: bool
    baseline: bool


def run_list(lines: Sequence[Line], *, key: str, usable: bool, on_act: Callable[[str, Act], None]) -> None:
    """Draw the runs.

    Args:
        lines: the runs, the first one at the top.
        key: names the list on its page.
        usable: whether the settings of one can be taken now.
        on_act: called with the id of a run and what is to be done, before the page is drawn anew.
    """
    ids = {line.id for line in lines}

    def acted() -> None:
        sent = heard(key).get("acted")
        if isinstance(sent, Mapping) and sent.get("id") in ids and sent.get("act") in get_args(Act):
            on_act(sent["id"], sent["act"])  # the browser may send anything else

    rows = [{**line._asdict(), "colour": colour_of(line.number)} for line in lines]
    _mount(data={"runs": rows, "usable": usable}, key=key, on_acted_change=act_once(acted))
