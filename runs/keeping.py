"""States of runs go to whoever keeps them, from the threads in which the runs learn."""

import logging
from collections.abc import Callable

from fcnn.epoch import State


def without_risk(keep: Callable[[State], None]) -> Callable[[State], None]:
    """Return what calls keep() and never fails: the log of the server says what went wrong."""

    def keep_or_log(state: State) -> None:
        try:
            keep(state)
        except Exception:  # a full disk, for one: whatever it is, learning need not end for it
            logging.getLogger(__name__).exception("The state of a run could not be kept")

    return keep_or_log
