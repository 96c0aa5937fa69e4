"""How many scribbles are answered surely and without doubt, and how many digits are doubted for nothing."""

import numpy as np
import numpy.typing as npt

from drawings.board import from_board
from drawings.doubt import Instruments, doubt
from drawings.several import holds_several
from fcnn.mnist import Mnist
from fcnn.model_file import Model
from fcnn.network import predict
from tests.made_scribbles import FROM_DIGITS, HELD_OUT, KINDS, from_digits, scribbles
from tests.pen_boards import load_drawings

SURE = 0.9
N_AT_ONCE = 250
Boards = list[npt.NDArray[np.uint8]]


def print_table(instruments: Instruments, model: Model, mnist: Mnist, n: int = 85, seed: int = 2026) -> None:
    """Print, for each kind, the share of n scribbles that the model answers with 90 % or more and without doubt."""
    boards, labels, _ = load_drawings()
    print("\nscribbles answered with 90 % or more, and no doubt")
    for title, kinds in (
        ("in view when the threshold was chosen", (*KINDS, *FROM_DIGITS)),
        ("held out", tuple(HELD_OUT)),
    ):
        shares = []
        for kind in kinds:
            from_strokes = kind not in FROM_DIGITS
            made = scribbles(kind, n, seed=seed) if from_strokes else from_digits(kind, boards, labels, n, seed=seed)
            shares.append(_look(instruments, model, made)[1])
            print(f"{kind:>15} {shares[-1]:6.1%}")
        print(f"{title}: {np.mean(shares):.1%} (at most 15 %)")
    doubted, _ = _look(instruments, model, [255 * board for board in boards])
    print(f"doubted: {doubted.mean():.2%} of the drawn boards (at most 2.3 %), ", end="")
    unlike = [doubt(instruments, mnist.test.X[i : i + N_AT_ONCE]).unlike for i in range(0, 10_000, N_AT_ONCE)]
    print(f"{np.concatenate(unlike).mean():.2%} of the test digits (at most 1 %)")


def _look(instruments: Instruments, model: Model, boards: Boards) -> tuple[npt.NDArray[np.bool_], float]:
    images = {i: image.ravel() for i, board in enumerate(boards) if (image := from_board(board)) is not None}
    X = np.stack(list(images.values()))
    unlike = np.concatenate([doubt(instruments, X[i : i + N_AT_ONCE]).unlike for i in range(0, len(X), N_AT_ONCE)])
    doubted = unlike | np.array([holds_several(boards[i]) for i in images])
    sure = predict(model.spec, model.params[-1], X).max(axis=1) >= SURE
    return doubted, float((sure & ~doubted).sum()) / len(boards)
