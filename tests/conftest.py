"""What several tests share."""

import pytest

import fcnn
from fcnn.mnist import Mnist


@pytest.fixture(scope="session")
def mnist() -> Mnist:
    """All 70,000 digits, read once: they are read-only."""
    return fcnn.load()
