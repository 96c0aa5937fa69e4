"""Locks are taken in one order, the one that is written down in runs/__init__.py."""

import random
from collections.abc import Callable
from threading import Condition, Lock, Thread, local
from time import monotonic
from types import TracebackType
from typing import Any

import pytest

from fcnn.config import TrainConfig
from runs.memory import MemoryBudget, memory_of
from runs.registry import Runs
from runs.run import Run
from runs.turns import Scheduler
from tests.runs.test_run import SPEC, blobs

CONFIG = TrainConfig(n_epochs=1000, batch_size=16)
RANKS = ("registry", "worker", "run", "turns")


class Ranked:
    """A lock that notes when it is taken while one of a later rank, or another of its own, is held."""

    held = local()

    def __init__(self, lock: Any, rank: int, wrong: list[str]) -> None:  # noqa: ANN401 - Lock or Condition
        self._lock, self._rank, self._wrong = lock, rank, wrong

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - wait_for() and notify_all() of a Condition
        return getattr(self._lock, name)

    def acquire(self, timeout: float = -1) -> bool:
        held = Ranked.held.__dict__.setdefault("locks", [])
        self._wrong += [f"{RANKS[self._rank]} after {RANKS[lock._rank]}" for lock in held if self._clashes(lock)]
        taken: bool = self._lock.acquire(timeout=timeout)
        if taken:
            held.append(self)
        return taken

    def _clashes(self, held: "Ranked") -> bool:
        return held is not self and held._rank >= self._rank

    def release(self) -> None:
        Ranked.held.locks.remove(self)
        self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.release()


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was taken in another order, from now on."""
    found: list[str] = []

    def ranked(make: Callable[[], Any], rank: str) -> Callable[[], Ranked]:
        return lambda: Ranked(make(), RANKS.index(rank), found)

    for module in ("registry", "worker", "turns"):
        monkeypatch.setattr(f"runs.{module}.Lock", ranked(Lock, module))
    monkeypatch.setattr("runs.run_thread.Condition", ranked(Condition, "run"))
    return found


def test_another_order_would_be_noticed(wrong: list[str]) -> None:
    first, last = (Ranked(Lock(), rank, wrong) for rank in (0, 3))
    with first, last:
        pass
    assert wrong == []
    with last, first:
        pass
    assert wrong == ["registry after turns"]


def test_whatever_visitors_do_at_once_the_order_is_kept(wrong: list[str]) -> None:
    need = memory_of(SPEC, CONFIG)
    budget = MemoryBudget(3 * need.least + 2 * need.work, n_turns=2)
    runs, scheduler = Runs(lease_s=100, budget=budget), Scheduler(2)
    end = monotonic() + 2

    def visit(seed: int) -> None:
        rng, run_id = random.Random(seed), ""
        while monotonic() < end:
            run = Run(SPEC, blobs(), CONFIG, scheduler, admitted=False, keep=lambda _: None)
            run_id = runs.add(run, instead_of=run_id)
            for act in rng.choices(acts(run, run_id), k=20):
                act()

    def acts(run: Run, run_id: str) -> list[Callable[[], object]]:
        return [
            run.resume, run.pause, run.one_epoch, run.one_update, run.view, lambda: run.set_pace(100),
            lambda: run.change(learning_rate=0.1), runs.share_out,
            lambda: runs.get(run_id), lambda: runs.place_in_line(run_id), runs.n_running, runs.close_abandoned,
            lambda: runs.hold("a file", 1000), lambda: runs.let_go("a file"), lambda: run.continue_for(1),
            run.stop, lambda: runs.close(run_id), lambda: runs.ending(run_id),
        ]  # fmt: skip

    visitors = [Thread(target=visit, args=(seed,)) for seed in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(60)
    assert not any(visitor.is_alive() for visitor in visitors)
    runs.end_all()
    assert wrong == []
