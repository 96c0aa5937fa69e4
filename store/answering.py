"""Ask the network of a run that has ended about the test set, once, and keep what it says."""

import logging
from collections.abc import Callable

import numpy as np
from sqlalchemy import delete, insert, select, update

from fcnn.epoch import Epoch
from fcnn.metrics import Answers, summarize
from fcnn.network import NetworkSpec
from fcnn.types import Labels, Params
from store import loading, texts
from store.database import Database
from store.schema import ANSWERS, RUN

Ask = Callable[[NetworkSpec, Params], Answers]


class Answering:
    """The networks that are still to be asked: those in memory exactly, others as they are kept."""

    def __init__(self, database: Database, ask: Ask, labels: Labels) -> None:
        self._database, self._ask, self._labels = database, ask, labels
        self._exact: dict[str, tuple[NetworkSpec, Params]] = {}
        self.look = True  # whether there may be some in the database

    def note(self, run_id: str, spec: NetworkSpec, final: Epoch | None) -> None:
        """Take the network of a run that has ended; None: it is to be found in the database."""
        if final is None:
            self.look = True
        else:
            self._exact[run_id] = spec, final.params

    def one(self) -> bool:
        """Ask one network; return whether there was one to ask."""
        if not (due := self._next()):
            return False
        run_id, network = due
        test, digits = self._answers(*network) if network else (None, None)
        with self._database.writing() as connection:
            answered = {"test": test, "answers_due": False}
            is_due = update(RUN).where(RUN.c.id == run_id, RUN.c.answers_due).values(answered)
            if connection.execute(is_due).rowcount and digits:
                connection.execute(delete(ANSWERS).where(ANSWERS.c.run_id == run_id))
                connection.execute(insert(ANSWERS).values(run_id=run_id, digits=digits))
        self._exact.pop(run_id, None)
        return True

    def _answers(self, spec: NetworkSpec, params: Params) -> tuple[str, bytes] | tuple[None, None]:
        try:
            answers = self._ask(spec, params)
            return texts.line(summarize(answers, self._labels)), answers.digits.astype(np.uint8).tobytes()
        except Exception:  # whatever it is, the run is kept without: trying again would fail again
            logging.getLogger(__name__).exception("A network could not be asked about the test set")
            return None, None

    def _next(self) -> tuple[str, tuple[NetworkSpec, Params] | None] | None:
        for run_id, network in self._exact.items():
            return run_id, network
        if not self.look:
            return None
        with self._database.reading() as connection:
            row = connection.execute(select(RUN).where(RUN.c.answers_due, RUN.c.deleted.is_(None)).limit(1)).first()
            if row is None:
                self.look = False
                return None
            model = loading.network(connection, row.id)
        return row.id, (model.spec, model.params[0]) if model else None
