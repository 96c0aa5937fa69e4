"""How the memory of a server is shared among runs and what else visitors make big; and the line in front of it.

Whoever uses it holds the lock of the runs, but for let_go().
"""

from collections.abc import Mapping
from dataclasses import replace

from runs.holdings import Holdings
from runs.memory import MemoryBudget, RunMemory, memory_of
from runs.run import Run


class Sharing:
    """The one account of memory: who is inside, who waits, and what is held besides."""

    def __init__(self, budget: MemoryBudget) -> None:
        self.budget = budget
        self.holdings = Holdings()
        self.line: list[str] = []  # the ids of runs that wait for memory
        self.held = 0  # bytes besides runs, when somebody last settled

    def check(self, run: Run) -> None:
        """Make sure that a run could begin some time; RunRefusedError if not."""
        self.budget.check(need(run))

    def enter(self, run_id: str, run: Run, instead_of: Run | None) -> None:
        """Put a run into the line: at its front, if it needs no more than the one that makes room for it."""
        in_place = instead_of is not None and need(run).least <= need(instead_of).least
        self.line.insert(0 if in_place else len(self.line), run_id)

    def leave(self, run_id: str | None) -> bool:
        """Take a run out of the line; return whether it was there."""
        if waited := run_id in self.line:
            self.line.remove(str(run_id))
        return waited

    def hold(self, name: str, n_bytes: int, runs: Mapping[str, Run]) -> bool:
        """Count memory that is no run's; False if it is not there, and nothing was counted."""
        budget = self._budget_left(n_bytes)
        if not self.holdings.has(name) and not budget.fits(list(self._inside(runs).values())):
            return False
        self.holdings.hold(name, n_bytes)
        self.share_out(runs)
        return True

    def settle(self, runs: Mapping[str, Run]) -> bool:
        """Share out what holders have let go of; return whether there is less to hold than the time before."""
        before, self.held = self.held, self.holdings.n_bytes()
        self.share_out(runs)
        return self.held < before

    def share_out(self, runs: Mapping[str, Run]) -> None:
        """Admit who waits and has room, and tell all how much they may keep."""
        budget, inside = self._budget_left(), self._inside(runs)
        while self.line:
            first = need(runs[self.line[0]])
            if not budget.fits([*inside.values(), first]):
                break
            inside[self.line.pop(0)] = first
        # Before anybody new begins, the others make room.
        for run_id, n_bytes in zip(inside, budget.shares(list(inside.values())), strict=True):
            runs[run_id].keep_within(n_bytes)
        for run_id in inside:
            runs[run_id].admit()

    def _inside(self, runs: Mapping[str, Run]) -> dict[str, RunMemory]:
        return {run_id: need(run) for run_id, run in runs.items() if run_id not in self.line}

    def _budget_left(self, n_bytes: int = 0) -> MemoryBudget:
        """Return the memory for runs beside what else is held, and so many bytes more."""
        return replace(self.budget, n_bytes=self.budget.n_bytes - self.holdings.n_bytes() - n_bytes)


def need(run: Run) -> RunMemory:
    """Return the memory that a run needs with its present settings."""
    return memory_of(run.spec, run.config)
