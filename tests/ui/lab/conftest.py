"""The Lab measures on few digits here, as it does with wide networks."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def few_test_digits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fcnn.inside.endurance.N_DIGITS", (1_000,))
        yield
