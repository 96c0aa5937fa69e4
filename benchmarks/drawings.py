"""How well networks read drawings and photos, and what they make of scribbles.

Run: python -m benchmarks.drawings [preset ...]
It trains each preset and reads the test set and 1,500 simulated drawings, by pens of 8 to 32 pixels on boards of
280 x 280. Then the ready-made network reads 50 made photos of each kind, and scribbles.
"""

import sys

import numpy as np

from benchmarks import scribbles
from drawings.board import from_board
from fcnn import Examples, answer, load, train
from fcnn.presets import PRESETS
from tests.made_photos import KNOWN, OTHERS, known_digits, read_photos
from tests.pen_boards import PENS_PX, accuracy_by_pen, load_drawings
from ui import cached


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
        data = mnist.dataset(preset.config)
        *_, last = train(preset.spec, data, preset.config)
        on_test = (answer(preset.spec, last.params, mnist.test).digits == mnist.test.labels).mean()
        right = answer(preset.spec, last.params, Examples(X, labels)).digits == labels
        shares = [right.mean(), *accuracy_by_pen(right, pens)]
        print(name, f"{on_test:.2%}", *(f"{share:.1%}" for share in shares), sep="\t")


def print_photos() -> None:
    """Print how photos of 50 digits that the ready-made network knows are read, for each kind of paper and light."""
    model = cached.shipped_model("ready")
    digits = known_digits(load(), model, 5)
    print("\nphotos of 50 digits", "right", "wrong", "wrong and >= 90 % sure", "refused", sep="\t")
    for name, kind in {**KNOWN, **OTHERS}.items():
        count = read_photos(kind, *digits, model)
        print(name, count.right, count.wrong, count.wrong_and_sure, len(count.hints), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:] or ["accurate"])
    print_photos()
    scribbles.print_table(cached.instruments_of_doubt(), cached.shipped_model("ready"), load())
