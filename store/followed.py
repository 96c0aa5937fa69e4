"""A run that is being kept, as the writer remembers it: where to look, its newest state, what is written."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fcnn.config import TrainConfig
from fcnn.epoch import State
from runs.records import Change, EpochRecord
from runs.status import Status, status_after
from runs.view import RunView

APART_S = 2.0  # between two writes of a run that goes on
ENOUGH_S = APART_S - 0.3  # the writer looks now and then: waiting for the next look would be longer
AGAIN_S = 5.0  # after a write that failed
GIVE_UP_S = 60.0  # a run that is gone and cannot be written so long is let go, with its networks

Look = Callable[[], RunView | None]  # None: it is not there yet


@dataclass(frozen=True)
class Stored:
    """What the database has of a run."""

    # Of an earlier life of the run, from which it goes on: its records, and when this one began, in seconds.
    before: tuple[EpochRecord, ...] = ()
    n_changes_before: int = 0
    later_s: float = 0.0
    # The values that were written last: they are compared by identity, which costs nothing.
    records: tuple[EpochRecord, ...] = ()
    changes: tuple[Change, ...] = ()
    config: TrainConfig | None = None
    status: Status | None = None
    snapshots: Mapping[float, bool] = field(default_factory=dict)  # number of the epoch -> whether it was planned
    state_bytes: int = 0
    answered: float | None = None  # the epoch whose answers are there, or due


@dataclass
class Followed:
    """One run; all but states is for the writer alone."""

    id: str
    owner: str
    look: Look
    created: float
    sweep: str = ""
    stored: Stored | None = None  # None: nothing was written yet
    states: deque[State] = field(default_factory=lambda: deque(maxlen=1))  # append and pop need no lock
    last: RunView | None = None  # how it was when it was let go
    tried_at: float = float("-inf")
    again_at: float = float("-inf")
    left_at: float | None = None

    def seen(self) -> RunView | None:
        """Return the run as it is now, or was when it was let go; None before it is there."""
        return self.last or self.look()

    def leave(self, now: float, last: RunView | None) -> None:
        """Let go of the run; last is how it was."""
        if not self.is_left:
            self.last, self.left_at = last, now
            self.look = lambda: None

    @property
    def is_left(self) -> bool:
        """Whether nobody will ask the run any more."""
        return self.left_at is not None

    def is_due(self, view: RunView, now: float, *, everything: bool) -> bool:
        """Return whether there is something new to write, and it is time."""
        waits = view.running and not self.is_left and now < self.tried_at + ENOUGH_S
        return self.has_news(view) and (everything or (now >= self.again_at and not waits))

    def has_news(self, view: RunView) -> bool:
        """Return whether something is not written yet; it costs next to nothing, since it is asked all the time."""
        was = self.stored
        return (
            was is None
            or was.status is not self.status(view)
            or was.config is not view.config
            or was.changes is not view.changes
            or len(was.records) != len(view.records)
            or was.records[-1] is not view.records[-1]
            or len(self.states) > 0
        )

    def status(self, view: RunView) -> Status:
        """Return how the run stands, for those who find it later.

        A run that nobody holds any more is what it was when it ended; if it had not ended, it was interrupted.
        """
        gone = view.status is Status.CLOSED or (self.is_left and view.under_way)
        if not gone:
            return view.status
        if self.stored and self.stored.status and not self.stored.status.under_way:
            return self.stored.status
        newest = view.epochs[-1] if view.epochs else None
        return status_after(newest, Status.INTERRUPTED, view.config, None) if newest else Status.INTERRUPTED

    def take_state(self) -> State | None:
        """Return the newest state that was not written, and let go of it."""
        try:
            return self.states.pop()
        except IndexError:
            return None

    def give_back(self, state: State | None, now: float) -> None:
        """Remember what could not be written, unless there is something newer."""
        self.again_at = now + AGAIN_S
        if state is not None:
            newer = self.take_state()
            self.states.append(newer or state)


def has_begun(view: RunView) -> bool:
    """Return whether a run has begun to learn: one that was only prepared is not kept, and takes no number."""
    return view.progress.epoch >= 1 and len(view.records) > 0
