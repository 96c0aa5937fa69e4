"""What the network says to the digit on Home, in words; also at other moments, for the story."""

from collections.abc import Mapping

from charts.answers import sure
from fcnn.inside.wiring import Wiring
from ui.components.moments import MOMENTS
from ui.components.mount import component

NO_ANSWER = ": its numbers grew beyond what a computer can hold. Train again with a smaller learning rate."
KEY = "home_answer"
_HTML = """<p class="answer">
    <strong></strong><span></span>
</p>"""
_mount = component(__file__, "answer", html=_HTML, uses=MOMENTS)


def tell_answer(now: dict[str, str], moments: Mapping[int, dict[str, str]]) -> None:
    """Draw what words() returned, for what the page shows and for the moments of the story by their places."""
    _mount(data=now | {"moments": {str(place): then for place, then in moments.items()}}, key=KEY)


def words(wiring: Wiring, truth: int | None, *, learned: bool) -> dict[str, str]:
    """Return what to say about the answer to a digit, and whether it is that of a network that has learned anything."""
    who = "It" if learned else "Before learning it"
    if wiring.answer is None:
        return {"says": f"{who} has no answer", "more": NO_ANSWER}
    verdict = "" if truth is None else ": right" if wiring.answer == truth else ": a mistake"
    percent = sure(wiring.probabilities[wiring.answer])
    return {"says": f"{who} says {wiring.answer}", "more": f", {percent} sure{verdict}"}
