"""Ways to sort what a page shows: one entry of a table of these is one choice in the app's menu."""

from collections.abc import Callable
from typing import Generic, NamedTuple, ParamSpec

import numpy as np

from fcnn.types import Array, Indices, Labels

P = ParamSpec("P")


class Order(NamedTuple, Generic[P]):
    """A way to sort: by a first number, rising, where that is equal by the second, and so on."""

    title: str
    keys: Callable[P, tuple[Array | Labels, ...]]

    def sort(self, *args: P.args, **kwargs: P.kwargs) -> Indices:
        """Return the indices in this order; those that are equal in it stay as they came, nan goes last."""
        return np.lexsort(self.keys(*args, **kwargs)[::-1])  # lexsort takes the most important key last
