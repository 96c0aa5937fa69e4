import numpy as np
import pytest

from fcnn.pixels import SIDE, as_images


def test_rows_become_images_and_one_row_is_one_image() -> None:
    X = np.arange(3 * SIDE**2).reshape(3, SIDE**2)
    assert as_images(X).shape == (3, SIDE, SIDE)
    assert as_images(X[:0]).shape == (0, SIDE, SIDE)
    assert as_images(X[2]).tolist() == [X[2].reshape(SIDE, SIDE).tolist()]


def test_the_weights_of_a_neuron_are_an_image_with_a_weight_at_each_pixel() -> None:
    W = np.arange(2 * SIDE**2).reshape(SIDE**2, 2)
    assert as_images(W.T)[1, 3, 5] == W[3 * SIDE + 5, 1]


def test_what_has_other_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="reshape"):
        as_images(np.zeros((2, 100)))
