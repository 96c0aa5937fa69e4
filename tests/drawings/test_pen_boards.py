"""The ready-made network reads drawings, whatever the pen; what the Draw page promises."""

import numpy as np

from drawings.board import from_board
from fcnn.network import predict
from tests.pen_boards import accuracy_by_pen, load_drawings
from ui import cached


def test_the_ready_made_network_reads_95_percent_of_the_drawings() -> None:
    boards, labels, pens = load_drawings()
    images = [from_board(board) for board in boards]
    assert all(image is not None for image in images)
    X = np.stack([image for image in images if image is not None]).reshape(-1, 784)
    model = cached.shipped_model("ready")
    right = predict(model.spec, model.params[-1], X).argmax(axis=1) == labels
    assert right.mean() >= 0.95
    assert min(accuracy_by_pen(right, pens)) >= 0.9
