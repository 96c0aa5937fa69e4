"""The runs that are there, each with its owner and when somebody looked last. Who asks holds the registry's lock."""

from dataclasses import dataclass

from runs.run import Run


@dataclass
class _Entry:
    run: Run
    owner: str
    seen_s: float


class Entries:
    """Runs by their ids."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def runs(self) -> dict[str, Run]:
        """All of them."""
        return {run_id: entry.run for run_id, entry in self._entries.items()}

    def enter(self, run_id: str, run: Run, owner: str, now_s: float) -> None:
        """Take a run in."""
        self._entries[run_id] = _Entry(run, owner, now_s)

    def look(self, run_id: str | None, now_s: float) -> Run | None:
        """Return a run, and note that somebody looked; None if there is no such run."""
        entry = self._entries.get(run_id or "")
        if entry is None:
            return None
        entry.seen_s = now_s
        return entry.run

    def is_of(self, run_id: str | None, owner: str) -> bool:
        """Return whether there is such a run, and it is this owner's."""
        entry = self._entries.get(run_id or "")
        return entry is not None and entry.owner == owner

    def unseen_since(self, end_s: float) -> list[str]:
        """Return the ids of the runs at which nobody has looked since then."""
        return [run_id for run_id, entry in self._entries.items() if entry.seen_s < end_s]

    def take_out(self, run_id: str | None) -> Run | None:
        """Let a run go and return it; None if there was none."""
        entry = self._entries.pop(run_id or "", None)
        return entry.run if entry else None
