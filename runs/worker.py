"""What the thread of a run does: ask for pieces of work, in the turns that the scheduler gives."""

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from time import monotonic

from fcnn.epoch import Epoch, Progress
from runs.threads import Trial
from runs.turns import Scheduler, Ticket

Piece = Epoch | Progress
SETTLED_S = 1.0  # a piece takes a fraction of it; who halts a run does not wait for longer


class Worker:
    """Computes the pieces of one run; with most_threads for each product where the run is alone and that helps."""

    def __init__(self, pieces: Iterator[Piece], scheduler: Scheduler, most_threads: int) -> None:
        self._pieces = pieces
        self._scheduler = scheduler
        self._ticket = Ticket()
        self._at_work = Lock()  # second to Runs._lock, see __init__.py
        self._trial = Trial(most_threads)

    def leave(self) -> None:
        """Leave the line at once; the next turn joins it again."""
        self._scheduler.leave(self._ticket)

    def take_turn(self, wanted: Callable[[], bool], receive: Callable[[Piece], None]) -> bool:
        """Wait for a turn, and hand over pieces of work until it ends or they are not wanted; return if any were."""
        self._ticket.threads_alone = self._trial.next()
        pieces: list[Piece] = []
        with self._scheduler.turn(self._ticket) as allowed_s, self._at_work:
            start = monotonic()
            while wanted() and monotonic() < start + allowed_s:
                pieces.append(next(self._pieces))
                receive(pieces[-1])
            seconds = monotonic() - start
        if n_learned := _n_learned(pieces):
            self._trial.note(self._ticket.threads, n_learned / seconds)
        return bool(pieces)

    def settle(self) -> None:
        """Wait, if need be, for the piece in work: once a run is halted, nothing of it comes later than was seen."""
        if self._at_work.acquire(timeout=SETTLED_S):
            self._at_work.release()

    def drop(self) -> None:
        """Leave, and let go of the arrays of the run."""
        self.leave()
        self._pieces = iter(())


def _n_learned(pieces: Sequence[Piece]) -> int:
    """Return how many pieces there are if all of them were learning, else 0: to measure a network takes less time."""
    seen = {(piece.epoch, piece.n_seen) for piece in pieces if isinstance(piece, Progress)}
    return len(seen) if len(seen) == len(pieces) else 0
