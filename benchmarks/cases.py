"""What is timed: networks, batches and optimizers, each with what our training has to reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from benchmarks.targets import Target, at_least, at_most

GRADIENT_DESCENT, ADAM = "gradient_descent", "adam"  # as TrainConfig names them
LEARNING_RATES = MappingProxyType({GRADIENT_DESCENT: 0.1, ADAM: 0.001})

PEER_TARGET = at_least(1.0)  # ahead of each, in every case: peers themselves take 1.2 to 2.8 times the matrix products
BEFORE_TARGET = at_most(1.03)  # of what the epoch took in another commit
EVALUATION_TARGET = at_most(0.15)  # of the epoch that it belongs to


@dataclass(frozen=True)
class Case:
    """An epoch over the 55,000 training images, the same for all contenders."""

    hidden: tuple[int, ...]
    batch_size: int | None  # None: full batch
    optimizer: str
    dropout: float
    floor: float  # with one thread, our epoch may take at most so many times the time of its matrix products

    @property
    def learning_rate(self) -> float:
        """A rate at which nothing explodes; time does not depend on it."""
        return LEARNING_RATES[self.optimizer]

    def floor_target(self, n_threads: int) -> Target | None:
        """What ours / floor has to reach."""
        return at_most(self.floor) if n_threads == 1 else None


def _adam_cases() -> dict[str, Case]:
    return {
        f"{name}-{'x'.join(map(str, hidden))}-{batch_size}": Case(hidden, batch_size, ADAM, dropout, 1.6)
        for name, dropout in (("adam", 0.0), ("dropout", 0.2))
        for hidden in ((800,), (256, 128))
        for batch_size in (128, 1024)
    }


CASES: Mapping[str, Case] = MappingProxyType(
    {
        "gd-200-32": Case((200,), 32, GRADIENT_DESCENT, 0.0, 1.45),
        "gd-200-128": Case((200,), 128, GRADIENT_DESCENT, 0.0, 1.25),
        "gd-200-1024": Case((200,), 1024, GRADIENT_DESCENT, 0.0, 1.15),
        "gd-200-full": Case((200,), None, GRADIENT_DESCENT, 0.0, 1.05),
        **_adam_cases(),
    }
)
