"""Who is timed. Each module has ``epochs(case, data)``, a generator that yields the seconds of one epoch after another.

A worker process imports one of these modules and none of the others, so that no library meets another's threads.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from benchmarks.cases import GRADIENT_DESCENT, Case

# name of the module -> what it can do: scikit-learn has no dropout, neural-network-digits no Adam.
PEERS: Mapping[str, Callable[[Case], bool]] = MappingProxyType(
    {
        "digits": lambda case: case.optimizer == GRADIENT_DESCENT,
        "scikit_learn": lambda case: case.dropout == 0,
        "pytorch": lambda _: True,
    }
)
FLOOR, OURS, EVALUATION = "floor", "ours", "evaluation"
BEFORE = "before"  # ours, as it was in another commit


def can(name: str, case: Case) -> bool:
    """Return whether a contender can do a case."""
    return PEERS[name](case) if name in PEERS else True
