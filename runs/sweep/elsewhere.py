"""A track whose runs are computed by others."""

from collections.abc import Callable

from fcnn.config import Settings
from runs.executors import Workers, WorkersLostError
from runs.far_run import FarRun
from runs.sweep.plan import n_examples
from runs.sweep.tracks import Begun, TrackLostError


class Elsewhere:
    """Runs that workers compute, as many at once as they have threads.

    Args:
        connect: returns the workers, or raises WorkersLostError: see Connection. It may take five seconds.
    """

    def __init__(self, connect: Callable[[], Workers]) -> None:
        self._connect = connect
        self._there: dict[str, FarRun] = {}

    def at_once(self, wanted: int) -> int:  # noqa: ARG002 - whoever hands runs away wants them as quickly as can be
        """Return for how many runs there are workers; TrackLostError, if there are none."""
        return self._workers().n_places()

    def begin(self, settings: Settings) -> Begun:
        """Give a run away; TrackLostError."""
        workers = self._workers()
        try:
            run = FarRun(settings, n_examples(settings.config), workers)
        except Exception as error:  # a connection that breaks does so in many ways
            raise TrackLostError(f"The cluster of this server does not take runs ({error}).") from error
        self._there[run.id] = run
        return Begun(run.id, run)

    def look(self, run_id: str) -> None:
        """Do nothing: these runs end with their sweep, and in no other way."""

    def end(self, run_id: str) -> None:
        """Give a run up, if it has not ended, and let go of it."""
        self._there.pop(run_id).close()

    def _workers(self) -> Workers:
        try:
            return self._connect()
        except WorkersLostError as error:
            raise TrackLostError(str(error)) from error
