"""A network that is tried out: how it is named and drawn, and where its parameters come from."""

from collections.abc import Callable
from dataclasses import dataclass

from charts.look import Look
from fcnn.network import NetworkSpec
from fcnn.types import Params


@dataclass(frozen=True, eq=False)
class Tried:
    """A network at one moment; not to be kept, since it may hold its parameters."""

    key: str  # names the network, its moment and what was done to it, for caches
    title: str  # as its owner wrote it
    look: Look
    spec: NetworkSpec
    load: Callable[[], Params | None]  # asked only for what no cache knows; None: they are not kept any more


def key_of(tried: Tried) -> str:
    """Return what a cache knows a network by."""
    return f"{tried.key} {tried.spec}"
