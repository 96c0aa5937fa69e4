"""What several tests share."""

import pytest
from threadpoolctl import threadpool_limits

import fcnn
from fcnn.mnist import Mnist

# As in the app: on a busy machine, products of two threads wait for each other in busy loops.
threadpool_limits(1, user_api="blas")


@pytest.fixture(scope="session")
def mnist() -> Mnist:
    """All 70,000 digits, read once: they are read-only."""
    return fcnn.load()
