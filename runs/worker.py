"""What the thread of a run does: ask for pieces of work, in the turns that the scheduler gives."""

from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic

from fcnn.epoch import Epoch, Progress
from runs.threads import Together
from runs.ticket import Customer, Ticket
from runs.turns import Scheduler

Piece = Epoch | Progress
SETTLED_S = 1.0  # a piece takes a fraction of it; who halts a run does not wait for longer


class Worker:
    """Computes the pieces of one run; the parts of a piece together where the run is alone."""

    def __init__(
        self, pieces: Iterator[Piece], scheduler: Scheduler, together: Together, most_threads: int, customer: Customer
    ) -> None:
        self._pieces = pieces
        self._scheduler = scheduler
        self._ticket = Ticket(customer)
        self._at_work = Lock()  # second to Runs._lock, see __init__.py
        self._together = together
        self._ticket.threads_alone = most_threads

    def leave(self) -> None:
        """Leave the line at once; the next turn joins it again."""
        self._scheduler.leave(self._ticket)

    def take_turn(self, wanted: Callable[[], bool], receive: Callable[[Piece], None]) -> bool:
        """Wait for a turn, and hand over pieces of work until it ends or they are not wanted; return if any were."""
        n_done = 0
        with self._scheduler.turn(self._ticket) as allowed_s, self._at_work:
            self._together.n_threads = self._ticket.threads
            end = monotonic() + allowed_s
            while wanted() and monotonic() < end:
                receive(next(self._pieces))
                n_done += 1
        return n_done > 0

    def settle(self) -> None:
        """Wait, if need be, for the piece in work: once a run is halted, nothing of it comes later than was seen."""
        if self._at_work.acquire(timeout=SETTLED_S):
            self._at_work.release()

    def drop(self) -> None:
        """Leave, and let go of the arrays of the run."""
        self.leave()
        self._pieces = iter(())
