"""How well networks read drawings: 1,500 simulated ones, made by pens of 8 to 32 pixels on boards of 280 x 280.

Run: python -m benchmarks.drawings [preset ...]
"""

import sys

import numpy as np

from drawings.board import from_board
from fcnn import Examples, answer, load, train
from fcnn.presets import PRESETS
from tests.pen_boards import PENS_PX, accuracy_by_pen, load_drawings


def main(names: list[str]) -> None:
    """Train each preset, and print its accuracy on the test set and on the drawings."""
    boards, labels, pens = load_drawings()
    empty = np.zeros((28, 28), np.float32)
    seen = [from_board(board) for board in boards]
    X = np.stack([empty if image is None else image for image in seen]).reshape(-1, 784)
    mnist = load()
    print("preset", "test digits", "drawings", *(f"pen {low}-{high} px" for low, high in PENS_PX), sep="\t")
    for name in names:
        preset = PRESETS[name]
        data = mnist.dataset(all_images=preset.config.all_images)
        *_, last = train(preset.spec, data, preset.config)
        on_test = (answer(preset.spec, last.params, mnist.test).digits == mnist.test.labels).mean()
        right = answer(preset.spec, last.params, Examples(X, labels)).digits == labels
        shares = [right.mean(), *accuracy_by_pen(right, pens)]
        print(name, f"{on_test:.2%}", *(f"{share:.1%}" for share in shares), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:] or ["accurate"])
