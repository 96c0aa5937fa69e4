"""Who computes runs that are given away whole: threads of this process, or the workers of a Dask cluster.

Both are executors of concurrent.futures, with what these lack: to hear how far a run is, and to say that it is no
longer wanted. A future that is cancelled says so at once, but its run would go on to the end.
"""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Lock
from typing import NamedTuple, Protocol

from fcnn.config import Settings
from runs.errand import News, Outcome, learn

Learn = Callable[[Settings, Callable[[News], None], Callable[[], bool]], Outcome]


class WorkersLostError(Exception):
    """There is nobody who computes; the message is for visitors, the log has the rest."""


class Line(NamedTuple):
    """What a run is given along: what it calls must reach it wherever it is computed."""

    say: Callable[[News], None]
    wanted: Callable[[], bool]


class Workers(Protocol):
    """Who computes runs that are given away."""

    executor: Executor
    learn: Learn  # what is submitted, with the settings and a line

    @property
    def lost(self) -> str:
        """Why nothing comes from there any more; "" as long as something may."""

    def n_places(self) -> int:
        """Return how many runs they compute at once."""

    def line(self, key: str, hear: Callable[[News], None]) -> Line:
        """Return the line of a run that is wanted from now on. hear() is called in some thread, and must be quick."""

    def cut(self, key: str) -> None:
        """Let a run know that it is no longer wanted, or forget one that has ended."""

    def close(self) -> None:
        """End the connection."""


class Threads:
    """Threads of this process, for notebooks and scripts: they wait for no turn, and are in no account of memory."""

    lost = ""
    learn: Learn = staticmethod(learn)

    def __init__(self, n: int) -> None:
        self._n, self._wanted = n, set[str]()
        self.executor: Executor = ThreadPoolExecutor(n, thread_name_prefix="errand")

    def n_places(self) -> int:
        """Return how many threads there are."""
        return self._n

    def line(self, key: str, hear: Callable[[News], None]) -> Line:
        """See Workers."""
        self._wanted.add(key)
        return Line(hear, lambda: key in self._wanted)

    def cut(self, key: str) -> None:
        """See Workers."""
        self._wanted.discard(key)

    def close(self) -> None:
        """End the threads, and what they compute."""
        self._wanted.clear()
        self.executor.shutdown(wait=False, cancel_futures=True)


def connect(address: str = "", n_threads: int = 2) -> Workers:
    """Return the workers of the Dask cluster at an address such as tcp://host:8786, or threads, if it is "".

    Raises:
        WorkersLostError: the cluster does not answer within five seconds, or has no workers.
    """
    if not address:
        return Threads(n_threads)
    from runs.cluster import Cluster  # its library takes 32 MB: only for who names a cluster

    return Cluster(address)


class Connection:
    """The one connection of a server to its cluster, made when it is first needed, and anew when it was lost."""

    def __init__(self, address: str) -> None:
        self._address, self._lock = address, Lock()
        self._workers: Workers | None = None

    def __call__(self) -> Workers:
        """Return the workers; WorkersLostError as connect()."""
        with self._lock:
            if self._workers is not None and self._workers.lost:
                self._workers.close()
                self._workers = None
            if self._workers is None:
                self._workers = connect(self._address)
            return self._workers
