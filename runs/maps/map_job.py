"""One map by t-SNE: who wants it, how far it is, and what came of it."""

from dataclasses import dataclass, field, replace

from fcnn.inside.maps import to_size
from fcnn.types import Array
from runs.maps.making import Making
from runs.maps.messages import Moment
from runs.status import Status


@dataclass(frozen=True, eq=False)
class MapView:
    """A map as it was when somebody looked."""

    status: Status  # WAITING, RUNNING, FINISHED, STOPPED or FAILED
    share_done: float = 0.0  # 0 to 1
    points: Array | None = None  # (N, 2) as to_size() leaves them, while it runs those so far; None before the first
    n_before: int = 0  # maps that come first, while it waits
    note: str = ""  # why it waits, or failed: for visitors


@dataclass(eq=False)
class MapJob:
    """What MapJobs knows of a map; it is touched by whoever holds their lock."""

    values: Array | None  # (N, n) principal components; let go when it has ended
    view: MapView = MapView(Status.WAITING)
    wanted: dict[str, float] = field(default_factory=dict)  # by which owners, and when each looked last
    making: Making | None = None

    def become(self, status: Status, note: str = "") -> None:
        """Be in a status; one that has ended stays in its own."""
        if self.view.status.under_way:
            self.view = replace(self.view, status=status, note=note)
        if not self.view.status.under_way:
            self.values, self.making = None, None

    def note_moment(self, moment: Moment) -> None:
        """Be as far as the process says."""
        if self.view.status is Status.RUNNING:
            share = moment.n_done / moment.n_rounds
            self.view = replace(self.view, share_done=share, points=to_size(moment.points))

    def is_wanted(self, since: float) -> bool:
        """Return whether somebody who has not said stop has looked since then."""
        return any(seen >= since for seen in self.wanted.values())
