"""What several tests share."""

import pytest

import fcnn
import ui  # noqa: F401 - first: the limit of threads that the app sets holds in its tests too
from fcnn.mnist import Mnist


@pytest.fixture(scope="session")
def mnist() -> Mnist:
    """All 70,000 digits, read once: they are read-only."""
    return fcnn.load()
