"""Slow motion: so many updates a second, each of them, or every tenth, looked at."""

LOOKS_PER_S = 10  # at most: nobody sees more, and each takes as long as some updates
SMOOTHING = 0.3  # share of the newest look in the measured pace


class Pace:
    """The pace of one run: when the next look is due, and how fast it really goes. The run's lock guards it."""

    def __init__(self, updates_per_s: float | None) -> None:
        self.updates_per_s = updates_per_s  # None: as fast as it can
        self.stepping = False  # for one update alone
        self.measured = 0.0  # updates a second; 0 while not known
        self._due_s = 0.0
        self._last: tuple[int, float] | None = None  # n_updates of the last look, and when that was

    def set(self, updates_per_s: float | None) -> None:
        """Take another pace from now on."""
        self.updates_per_s = updates_per_s
        self.forget()

    def forget(self) -> None:
        """Begin to measure anew, as after a pause."""
        self.measured, self._due_s, self._last = 0.0, 0.0, None

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
        interval_s = self.look_every() / self.updates_per_s
        self._due_s = max(self._due_s or now_s, now_s - interval_s) + interval_s
        if self._last and now_s > self._last[1]:
            rate = (n_updates - self._last[0]) / (now_s - self._last[1])
            self.measured += (rate - self.measured) * (SMOOTHING if self.measured else 1)
        self._last = n_updates, now_s

    def wait_s(self, now_s: float) -> float:
        """Return for how long the run is to stand still now, in seconds."""
        return 0.0 if self.updates_per_s is None else max(0.0, self._due_s - now_s)
