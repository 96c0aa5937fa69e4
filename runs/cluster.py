"""A Dask cluster: the workers of other computers, each with a copy of this project and of the digits.

Whoever reaches the scheduler can make all of its workers, and this server, run any program. It is for a network of
one's own, or with the certificates that Dask can ask for.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import distributed

from fcnn.config import Settings
from fcnn.epoch import Progress
from fcnn.metrics import Figures
from runs import errand
from runs.errand import News, Outcome
from runs.executors import Learn, Line, WorkersLostError
from runs.process import set_threads
from runs.records import EpochRecord

TIMEOUT = "5s"
RETRIES = 3  # of a run that fails there; one whose worker dies is given to another in any case
WATCH_S = 1.0
WORKERLESS_S = 15.0  # a worker that died is back by then, if somebody sees to it
SILENT = "The cluster of this server does not answer, so these runs are computed on the server itself."
EMPTY = "The cluster of this server has no workers, so these runs are computed on the server itself."


class Cluster:
    """The workers of the cluster at an address, such as tcp://host:8786.

    Raises:
        WorkersLostError: it does not answer, or has no workers.
    """

    learn: Learn

    def __init__(self, address: str) -> None:
        self.learn = learn_there
        try:
            self._client = distributed.Client(address, timeout=TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            logging.getLogger(__name__).warning("The cluster at %s does not answer: %s", address, error)
            raise WorkersLostError(SILENT) from None
        self._topic = f"fcnn-{token_hex(8)}"
        self._lock = Lock()  # guards the next line
        self._hear: dict[str, Callable[[News], None]] = {}
        self._n_places, self._closed, self.lost = self._count(), Event(), ""
        if not self._n_places:
            self._client.close()
            raise WorkersLostError(EMPTY)
        self.executor: Executor = self._client.get_executor(pure=False, retries=RETRIES)
        self._client.subscribe_topic(self._topic, self._heard)
        Thread(target=self._watch, name="cluster", daemon=True).start()

    def n_places(self) -> int:
        """Return how many threads all workers have."""
        return self._n_places

    def line(self, key: str, hear: Callable[[News], None]) -> Line:
        """Return what reaches a run on any worker; it is wanted as long as the scheduler has an event of this key."""
        with self._lock:
            self._hear[key] = hear
        distributed.Event(key, self._client).set()
        return Line(_Say(self._topic, key), _Wanted(key))

    def cut(self, key: str) -> None:
        """Take that event back."""
        with self._lock:
            self._hear.pop(key, None)
        with suppress(Exception):  # where nobody answers, nobody computes
            distributed.Event(key, self._client).clear()

    def close(self) -> None:
        """Leave the cluster."""
        self._closed.set()
        with suppress(Exception):
            self._client.close(timeout=1)

    def _count(self) -> int:
        return sum(self._client.nthreads().values())

    def _watch(self) -> None:
        since = monotonic()  # when there were workers last
        while not self._closed.wait(WATCH_S):
            try:
                self._n_places = self._count()
            except Exception:  # noqa: BLE001 - whatever it is, there is no answer
                self._n_places = 0
            if self._n_places:
                since = monotonic()
            self.lost = EMPTY if monotonic() - since > WORKERLESS_S else ""

    def _heard(self, event: tuple[float, Any]) -> None:
        _, told = event
        with self._lock:
            hear = self._hear.get(told["key"])
        if hear:
            hear(_news(told))


def learn_there(settings: Settings, say: Callable[[News], None], wanted: Callable[[], bool]) -> Outcome:
    """Compute a run on a worker, with one thread for each matrix product: so its figures are those of any other."""
    set_threads(1)
    return errand.learn(settings, say, wanted)


@dataclass(frozen=True)
class _Say:
    topic: str
    key: str

    def __call__(self, news: News) -> None:
        records = [list(record) for record in news.records]
        told = {"key": self.key, "n_before": news.n_before, "records": records, "progress": [*news.progress]}
        distributed.get_worker().log_event(self.topic, told | {"examples_per_s": news.examples_per_s})


@dataclass(frozen=True)
class _Wanted:
    key: str

    def __call__(self) -> bool:
        return bool(distributed.Event(self.key).is_set())


def _news(told: dict[str, Any]) -> News:
    records = tuple(
        EpochRecord(number, Figures(*train), Figures(*validation) if validation else None, rate, tuple(norms), *rest)
        for number, train, validation, rate, norms, *rest in told["records"]
    )
    return News(told["n_before"], records, Progress(*told["progress"]), told["examples_per_s"])
