"""Who wants to compute: a ticket for each run, and one customer for all runs that count together."""

from threading import Event

TURN_S = 0.1  # a turn ends with the first piece of work that is complete after so long


class Customer:
    """For whom runs compute: what they use counts together. It belongs to the Scheduler."""

    def __init__(self) -> None:
        self.used_s = 0.0  # for how long they have computed since they came, and who was there before them
        self.n_computing = 0

    @property
    def claimed_s(self) -> float:
        """What is used, and what the turns that go on will have used."""
        return self.used_s + self.n_computing * TURN_S


class Ticket:
    """Where a run stands. All but threads_alone belongs to the Scheduler, which knows who computes."""

    def __init__(self, customer: Customer | None = None, *, brief: bool = False) -> None:
        self.customer = customer or Customer()
        self.brief = brief  # for one turn only: that of a page
        self.threads_alone = 1  # in a turn, if no other run is there
        self.threads = 1  # in this turn
        self.since = 0.0  # when it came into the line, in seconds
        self.called = Event()  # it need not wait in line any longer
