"""What a run remembers: a record of every epoch, the kept networks, where it is and how fast it goes."""

from time import monotonic

from fcnn.config import TrainConfig
from fcnn.epoch import Epoch, Progress
from fcnn.network import NetworkSpec
from runs.pace import Pace
from runs.records import Change, EpochRecord
from runs.snapshots import Snapshots
from runs.status import Status
from runs.view import RunView, epochs_done

SMOOTHING = 0.1  # share of the newest turn in the speed that is shown
APART = 0.01  # share of its updates by which a moment that is kept is beyond the one before
SAME_HAND_S = 1.0  # changes of one setting that follow each other so quickly are one change


def lasts(epoch: Epoch, n_updates: int) -> bool:
    """Return whether a moment is kept beside the last kept one, after n_updates.

    Slow motion looks at each update: hours of it would fill the memory with moments that look alike.
    """
    return epoch.planned or epoch.n_updates >= n_updates * (1 + APART)


class History:
    """The memory of one run; whoever writes or reads it holds the run's lock, except for progress: one value."""

    def __init__(self, n_train: int, first: Epoch | None = None, past: RunView | None = None) -> None:
        self.n_train = n_train
        self.records: tuple[EpochRecord, ...] = ()
        self.snapshots = Snapshots()
        self.changes: tuple[Change, ...] = ()
        self._is_passing = False  # whether the newest moment makes way for the next
        self.progress = Progress(0, 0)
        self.seconds = 0.0
        self.examples_per_s = 0.0
        if first and past:
            self._recall(past, first.number)
        if first:
            self.add(first)

    @property
    def newest_number(self) -> int:
        """The number of the newest whole epoch, 0 before there is one."""
        return int(self.records[-1].number) if self.records else 0

    @property
    def epochs_done(self) -> float:
        """Whole epochs and, behind the point, the part of the next."""
        return epochs_done(self.progress, self.n_train)

    def view(self, spec: NetworkSpec, config: TrainConfig, status: Status, error: str, pace: Pace) -> RunView:
        """Return what is written here so far, with what only the run knows of itself."""
        return RunView(
            spec=spec,
            config=config,
            status=status,
            error=error,
            records=self.records,
            epochs=self.snapshots.all(),
            changes=self.changes,
            progress=self.progress,
            n_train=self.n_train,
            examples_per_s=self.examples_per_s,
            pace=pace.updates_per_s,
            updates_per_s=pace.measured(monotonic()) if status is Status.RUNNING else 0.0,
        )

    def add(self, epoch: Epoch) -> None:
        """Write down an epoch that is complete, or a moment inside of one."""
        if epoch.is_whole:
            self.progress = Progress(int(epoch.number), self.n_train if epoch.number else 0)
        if self._is_passing:
            self.records = self.records[:-1]
            self.snapshots.drop_newest()
        self._is_passing = not lasts(epoch, self.records[-1].n_updates if self.records else 0)
        self.snapshots.add(epoch)
        figures = epoch.train, epoch.validation, epoch.learning_rate, epoch.gradient_norms
        self.records += (EpochRecord(epoch.number, *figures, self.seconds, epoch.n_updates, epoch.n_measured),)

    def _recall(self, past: RunView, until: float) -> None:
        """Take over what is known of a run before the epoch after which it goes on."""
        self.records = tuple(record for record in past.records if record.number < until)
        self.changes = past.changes
        for epoch in past.epochs:
            if epoch.number < until:
                self.snapshots.add(epoch)
        self.seconds = next((r.seconds for r in past.records if r.number == until), 0.0)

    def add_time(self, seconds: float, before: Progress, *, slow: bool) -> None:
        """Count the time of a turn, with the wait before it, and what it brought: in slow motion that is no speed."""
        self.seconds += seconds
        if slow:
            return
        speed = (self.epochs_done - epochs_done(before, self.n_train)) * self.n_train / seconds
        self.examples_per_s += (speed - self.examples_per_s) * (SMOOTHING if self.examples_per_s else 1)

    def note_changes(self, before: object, at_s: float, **settings: float) -> None:
        """Write down which settings differ from what they were before; a hand that moves on within a second is one."""
        for name, value in settings.items():
            was = getattr(before, name)
            if was == value:
                continue
            last = self.changes[-1] if self.changes else None
            if last is not None and last.name == name and at_s - last.at_s < SAME_HAND_S:
                moved = last._replace(after=value, at_s=at_s)
                self.changes = self.changes[:-1] + ((moved,) if moved.before != moved.after else ())
            else:
                self.changes += (Change(self.epochs_done, name, was, value, at_s),)
