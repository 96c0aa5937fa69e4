"""Slow motion: so many updates a second, each of them, or every tenth, looked at."""

from math import inf

LOOKS_PER_S = 10  # at most: nobody sees more, and each takes as long as some updates
FADING = 0.3  # share of what was measured that no longer counts at the next look


class Pace:
    """The pace of one run: when the next look is due, and how fast it really goes. The run's lock guards it.

    Raises:
        ValueError: the pace is not above 0, or not finite.
    """

    def __init__(self, updates_per_s: float | None) -> None:
        self.updates_per_s = _checked(updates_per_s)  # None: as fast as it can
        self.stepping = False  # for one update alone
        self._made, self._took_s = 0.0, 0.0  # updates, and for how long; older ones count less
        self._due_s = 0.0
        self._last: tuple[int, float] | None = None  # n_updates of the last look, and when that was

    def set(self, updates_per_s: float | None) -> None:
        """Take another pace from now on; ValueErrors as above."""
        if updates_per_s != self.updates_per_s:
            self.updates_per_s = _checked(updates_per_s)
            self.forget()

    def forget(self) -> None:
        """Begin to measure anew, as after a pause: the next look is due now."""
        self._made, self._took_s, self._due_s, self._last = 0.0, 0.0, 0.0, None

    @property
    def is_slow(self) -> bool:
        """Whether the run is to stand still after each look."""
        return self.stepping or self.updates_per_s is not None

    def look_every(self) -> int:
        """Return after how many updates the network is looked at; 0: at its moments alone."""
        if self.stepping:
            return 1
        return 0 if self.updates_per_s is None else max(1, round(self.updates_per_s / LOOKS_PER_S))

    def note_look(self, n_updates: int, now_s: float) -> None:
        """Take note of a look: the next is due after its time, but nothing that was missed is made up for."""
        if self.updates_per_s is None:
            return
        n_new = min(n_updates - self._last[0], self.look_every()) if self._last else self.look_every()
        interval_s = n_new / self.updates_per_s
        self._due_s = max(self._due_s or now_s, now_s - interval_s) + interval_s
        if self._last:
            self._made += n_updates - self._last[0] - FADING * self._made
            self._took_s += now_s - self._last[1] - FADING * self._took_s
        self._last = n_updates, now_s

    def measured(self, now_s: float) -> float:
        """Return how many updates a second there really are, 0 while that is not known; less, where one is overdue."""
        if not self._last or not self._took_s:
            return 0.0
        measured, since_s = self._made / self._took_s, now_s - self._last[1]
        return min(measured, self.look_every() / since_s) if since_s > 0 else measured

    def wait_s(self, now_s: float) -> float:
        """Return for how long the run is to stand still now, in seconds."""
        return 0.0 if self.updates_per_s is None else max(0.0, self._due_s - now_s)


def _checked(updates_per_s: float | None) -> float | None:
    if updates_per_s is not None and not 0 < updates_per_s < inf:
        raise ValueError(f"a pace must be above 0 updates a second, got {updates_per_s}")
    return updates_per_s
