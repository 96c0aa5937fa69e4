"""Ready-made series: a question each, and the runs whose results answer it, in well under a minute or two."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fcnn.config import Settings, TrainConfig
from fcnn.network import mnist_spec
from runs.sweep.plan import Axis, Plan

# Shorter than the preset 'Quick': what is asked for is which run is better, not the last tenth of a percent.
SMALL = Settings(mnist_spec((64,)), TrainConfig(learning_rate=0.002, n_epochs=5, optimizer="adam", schedule="cosine"))
PLAIN = Settings(mnist_spec((64,)), TrainConfig(learning_rate=0.1, n_epochs=5))  # gradient descent
# From few images an epoch is a few updates: it takes as many epochs as help, and the best of them counts.
PATIENT = Settings(
    mnist_spec((32,)),
    TrainConfig(learning_rate=0.002, n_epochs=20, batch_size=64, optimizer="adam", patience=2, restore_best=True),
)
WIDTHS = (4, 8, 16, 32, 64, 128, 256)
N_TRAINS = (100, 300, 1_000, 3_000, 10_000, 30_000, 55_000)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


@dataclass(frozen=True)
class Ready:
    """A question, what its series is good for, and the plan."""

    question: str
    promise: str
    plan: Plan


READY: Mapping[str, Ready] = MappingProxyType(
    {
        "wide": Ready(
            "How wide?",
            "The same network with 4 to 256 hidden neurons: from where on do more of them hardly help?",
            Plan(SMALL, (Axis("hidden", tuple((width,) for width in WIDTHS)),)),
        ),
        "fast": Ready(
            "How fast?",
            "Learning rates from timid to reckless: one hardly moves, one unlearns everything, and which is best?",
            Plan(PLAIN, (Axis("learning_rate", RATES),)),
        ),
        "digits": Ready(
            "How many digits does it need?",
            "The same network learns from 100 to 55,000 images: what does ten times as much bring?",
            Plan(PATIENT, (Axis("n_train", N_TRAINS),)),
        ),
        "luck": Ready(
            "Is it luck?",
            "Ten times the same settings, each with other random numbers: how far do the results lie apart?",
            Plan(SMALL, seeds=tuple(range(10))),
        ),
    }
)
