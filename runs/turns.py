"""Who may compute now, when many runs share the cores: short turns, first come, first served among equals.

Equals have computed for the same time since they are there together. The next turn goes to who has computed the least,
so that a run whose pieces of work are longer than a turn gets no more than the others: it has fewer turns. Runs of one
customer, those of a sweep for example, count together: eight of them get what one run of somebody else gets.

A run that is alone may use all cores. As soon as a second one wants to compute, each has one. While a page is drawn,
runs in company leave one core to it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from runs.ticket import TURN_S, Ticket

PATIENCE_S = 3.0  # for which a run may wait while there is room for a page
MAX_COUNTED_S = 1.0  # a turn that took longer counts as this: the computer slept meanwhile


class Scheduler:
    """A line in front of n_turns places.

    Args:
        n_turns: how many may compute at once: the number of cores.
        most_threads: of a run that is alone; 0 stands for n_turns.
        now: the time in seconds.

    Raises:
        ValueError: n_turns is less than 1.
    """

    def __init__(self, n_turns: int, now: Callable[[], float] = monotonic, most_threads: int = 0) -> None:
        if n_turns < 1:
            raise ValueError(f"n_turns must be at least 1, got {n_turns}")
        self.n_turns = n_turns
        self.most_threads = most_threads or n_turns
        self._now = now
        self._lock = Lock()  # guards everything below, and the tickets; the last to be taken, see __init__.py
        self._present: set[Ticket] = set()  # who computes or wants to, even between two turns
        self._line: list[Ticket] = []
        self._computing: set[Ticket] = set()
        self._n_rooms = 0  # that are made at present

    def crowding(self, n_others: int) -> float:
        """Return how many times longer a run will take that shares the places with so many others."""
        return max(1.0, (n_others + 1) / self.n_turns)

    @contextmanager
    def turn(self, ticket: Ticket | None = None) -> Iterator[float]:
        """Wait in line, then hold a place until the with-block ends.

        Yields for how many seconds it may be held, 0 if leave() was called meanwhile. Who stays away after that says
        so with leave(); who brings no place of its own has left when the block ends.
        """
        mine = ticket or Ticket(brief=True)
        with self._lock:
            self._enter(mine)
            self._admit()
        mine.called.wait()
        start = self._now()
        try:
            yield TURN_S if mine in self._computing else 0.0
        finally:
            with self._lock:
                self._end(mine, self._now() - start)
            if ticket is None:
                self.leave(mine)

    @contextmanager
    def make_room(self) -> Iterator[None]:
        """Let runs have one place fewer until the with-block ends, but always one; turns that they have go on.

        For a page, which is drawn in Python: beside runs on all cores it waits for the interpreter again and again, as
        they do. Thirty visitors got their pages twice as late, and their runs came on no faster. A run that has waited
        for PATIENCE_S gets its turn all the same, however many pages are asked for.
        """
        with self._lock:
            self._n_rooms += 1
        try:
            yield
        finally:
            with self._lock:
                self._n_rooms -= 1
                self._admit()

    def leave(self, ticket: Ticket) -> None:
        """Go away: out of the line at once, or when the present turn ends."""
        with self._lock:
            self._present.discard(ticket)
            if ticket in self._line:
                self._line.remove(ticket)
                ticket.called.set()

    def _enter(self, ticket: Ticket) -> None:
        if ticket not in self._present:
            present = {other.customer for other in self._present}
            if ticket.customer not in present:
                # The past is forgotten: else who comes late would get all turns until it has caught up with the others.
                ticket.customer.used_s = min((other.used_s for other in present), default=0.0)
            self._present.add(ticket)
        ticket.called.clear()
        ticket.since = self._now()
        self._line.append(ticket)

    def _admit(self) -> None:
        while self._line and len(self._computing) < self.n_turns:
            line = self._line if self._may_runs_begin() else [ticket for ticket in self._line if ticket.brief]
            if not line:
                return
            ticket = min(line, key=lambda ticket: ticket.customer.claimed_s)  # the first one of equals
            self._line.remove(ticket)
            alone = not self._computing and self._present == {ticket}
            self._computing.add(ticket)
            ticket.customer.n_computing += 1
            ticket.threads = ticket.threads_alone if alone else 1
            ticket.called.set()

    def _may_runs_begin(self) -> bool:
        n_runs = sum(not ticket.brief for ticket in self._computing)
        if not self._n_rooms or n_runs < max(1, self.n_turns - 1):
            return True
        came = next((ticket.since for ticket in self._line if not ticket.brief), self._now())  # who waits longest
        return self._now() - came > PATIENCE_S

    def _end(self, ticket: Ticket, seconds: float) -> None:
        if ticket not in self._computing:
            return
        self._computing.remove(ticket)
        ticket.customer.n_computing -= 1
        ticket.customer.used_s += min(seconds, MAX_COUNTED_S)
        self._admit()
