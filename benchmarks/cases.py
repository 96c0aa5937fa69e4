"""What is timed: networks, batches and optimizers, each with what our training has to reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from benchmarks.targets import Target, at_least, at_most

GRADIENT_DESCENT, ADAM = "gradient_descent", "adam"  # as TrainConfig names them
LEARNING_RATES = MappingProxyType({GRADIENT_DESCENT: 0.1, ADAM: 0.001})

PEER_TARGETS: Mapping[str, Target] = MappingProxyType(
    {"digits": at_least(2.5), "scikit_learn": at_least(1.8), "pytorch": at_least(1.0)}
)
EVALUATION_TARGET = at_most(0.15)  # of the epoch that it belongs to


@dataclass(frozen=True)
class Case:
    """An epoch over the 55,000 training images, the same for all contenders."""

    hidden: tuple[int, ...]
    batch_size: int | None  # None: full batch
    optimizer: str
    dropout: float = 0.0
    floor: float | None = None  # our epoch may take at most so many times the time of its matrix products

    @property
    def learning_rate(self) -> float:
        """A rate at which nothing explodes; time does not depend on it."""
        return LEARNING_RATES[self.optimizer]

    def floor_target(self) -> Target | None:
        """What ours / floor has to reach."""
        return None if self.floor is None else at_most(self.floor)

    def peer_target(self, peer: str) -> Target | None:
        """What peer / ours has to reach: stated for gradient descent in batches alone."""
        in_batches = self.optimizer == GRADIENT_DESCENT and self.batch_size is not None
        return PEER_TARGETS[peer] if in_batches else None


def _adam_cases() -> dict[str, Case]:
    return {
        f"{name}-{'x'.join(map(str, hidden))}-{batch_size}": Case(hidden, batch_size, ADAM, dropout, floor=1.6)
        for name, dropout in (("adam", 0.0), ("dropout", 0.2))
        for hidden in ((800,), (256, 128))
        for batch_size in (128, 1024)
    }


CASES: Mapping[str, Case] = MappingProxyType(
    {
        "gd-200-32": Case((200,), 32, GRADIENT_DESCENT),
        "gd-200-128": Case((200,), 128, GRADIENT_DESCENT, floor=1.40),
        "gd-200-1024": Case((200,), 1024, GRADIENT_DESCENT, floor=1.30),
        "gd-200-full": Case((200,), None, GRADIENT_DESCENT, floor=1.20),
        **_adam_cases(),
    }
)
