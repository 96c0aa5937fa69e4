"""Looking at kept runs: anybody may who knows the id of one. What cannot be read is not there."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection

from fcnn.epoch import State
from fcnn.model_file import Model
from runs.kept import Answered, Curves, KeptRun
from runs.store_limits import StoreLimits
from runs.view import RunView
from store import loading, looking, room
from store.database import Database
from store.owners import is_id
from store.trouble import READING, Trouble

T = TypeVar("T")


class Reader:
    """The half of the store that only reads."""

    def __init__(self, database: Database, limits: StoreLimits) -> None:
        self._database, self._limits, self._trouble = database, limits, Trouble()

    @property
    def problem(self) -> str:
        """One sentence on why nothing is kept, or shown, just now; "" while all is well."""
        return self._trouble.sentence

    def find(self, run_id: str) -> KeptRun | None:
        """Return a run as it was written last; None if there is none, or it was deleted."""
        return self._look(None, run_id, lambda c: looking.find(c, run_id))

    def view(self, run_id: str) -> RunView | None:
        """Return a run as it would be seen live, some of its networks at three digits; None of an uploaded model."""
        return self._look(None, run_id, lambda c: loading.view(c, run_id))

    def model(self, run_id: str) -> Model | None:
        """Return the networks that are kept of a run or of an uploaded model."""
        return self._look(None, run_id, lambda c: loading.model(c, run_id))

    def network(self, run_id: str) -> Model | None:
        """Return the one network that a run stands for, or the last one of an uploaded model, without the others."""
        return self._look(None, run_id, lambda c: loading.network(c, run_id))

    def state(self, run_id: str) -> State | None:
        """Return what a run goes on from, to the bit; None where there was no room for it."""
        return self._look(None, run_id, lambda c: loading.state(c, run_id))

    def runs_of(self, owner: str) -> tuple[KeptRun, ...]:
        """Return the runs of an owner by number, as they were written last."""
        return self._read((), lambda c: looking.runs_of(c, owner, self._limits.visitor_runs))

    def curves(self, run_ids: Iterable[str]) -> dict[str, Curves]:
        """Return how runs went, by id, without those that are not there."""
        ids = list(filter(is_id, run_ids))
        return self._read({}, lambda c: looking.curves(c, ids))

    def answers(self, run_ids: Iterable[str]) -> dict[str, Answered]:
        """Return the digits that runs answer to the test set, by id, where that is known: once they have ended."""
        ids = list(filter(is_id, run_ids))
        return self._read({}, lambda c: looking.answers(c, ids))

    def most_records(self, run_ids: Iterable[str]) -> int:
        """Return how many records the longest of some histories has, before any is read."""
        ids = list(filter(is_id, run_ids))
        return self._read(0, lambda c: looking.most_records(c, ids))

    def gone(self, owner: str) -> int:
        """Return how many runs of an owner went for lack of room."""
        return self._read(0, lambda c: room.gone(c, owner))

    def has_room(self, owner: str, n_bytes: int) -> bool:
        """Return whether one run more of an owner, of so many bytes, would stay; True where that cannot be known."""
        return self._read(True, lambda c: room.has_room(c, self._limits, owner, n_bytes))

    def _look(self, otherwise: T, run_id: str, query: Callable[[Connection], T]) -> T:
        """Ask about one run; what cannot be the id of one, as it may stand in an address, is none."""
        return self._read(otherwise, query) if is_id(run_id) else otherwise

    def _read(self, otherwise: T, query: Callable[[Connection], T]) -> T:
        answer = otherwise
        with self._trouble.noted(READING), self._database.reading() as connection:
            answer = query(connection)
            self._trouble.works(READING)
        return answer
