"""Presses that act once, although the browser may send one twice.

Streamlit's script in the browser holds a press until its next turn, to send it with what was pressed at the same
moment. A fragment's timer that is due before that turn comes, as on a busy phone, takes the press along in its own
message; then the press is sent as it should be (1.67). To Pause, that was to pause and to resume.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

P = ParamSpec("P")


def act_once(act: Callable[P, None]) -> Callable[P, None]:
    """Return a callback for a button or component that leaves a press alone which a timer has taken along.

    Such a press comes with a run of fragments to which its button does not belong, and is sure to come again. Of a
    button within the very fragment whose timer is due, both messages look the same: there an action must be one that
    can be repeated.
    """

    @wraps(act)
    def act_unless_taken_along(*args: P.args, **kwargs: P.kwargs) -> None:
        if not _was_taken_along():
            act(*args, **kwargs)

    return act_unless_taken_along


def _was_taken_along() -> bool:
    context = get_script_run_ctx()
    fragments = context.fragment_ids_this_run if context else None
    return bool(fragments) and ThreadState.get().fragment_id not in (fragments or ())
