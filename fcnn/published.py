"""What others have published, and how near this network comes.

The paper behind this project: H. Wang, Implementation of a fully connected neural network using NumPy, 2021.
And the best that is known of a plain fully connected network with 800 hidden units.
"""

from collections.abc import Mapping
from types import MappingProxyType

PAPER_ACCURACY = 91.65  # %, after 400 epochs

# What the preset of this name reaches, measured by benchmarks/paper.py. Another computer adds up in another order, and
# its curve is a few hundredths, at the steep places a few tenths, beside this one; the statement leaves room for that.
PAPER_DIFFERENCE_HERE = 4.6  # percentage points, over the 40 points of figure 6
PAPER_ACCURACY_HERE = 91.7  # %, after 400 epochs

_EVERY_TENTH = (
    8.47, 39.12, 55.58, 64.33, 68.36, 70.87, 72.69, 74.11, 75.65, 83.53, 84.94, 85.71, 86.41,
    86.97, 87.44, 87.82, 88.12, 88.43, 88.69, 88.96, 89.13, 89.30, 89.43, 89.59, 89.74, 89.88,
    89.98, 90.13, 90.24, 90.34, 90.46, 90.56, 90.67, 90.77, 90.83, 90.90, 90.96, 91.03, 91.11, 91.17,
)  # fmt: skip

# Accuracy on the training images in %, at epoch 0, 10, ... 390 (figure 6 of the paper).
FIGURE_6: Mapping[int, float] = MappingProxyType({10 * i: accuracy for i, accuracy in enumerate(_EVERY_TENTH)})

RECORD_ACCURACY = 99.3  # %: Simard, Steinkraus and Platt, 2003, with cross-entropy and elastic distortions

# Of the preset 'Record', measured by benchmarks/record.py: the mean of three seeds.
RECORD_ACCURACY_HERE = 99.4  # %

RECORD_SOURCE = "LeCun's table"
RECORD_LINK = "http://yann.lecun.com/exdb/mnist/"
RECORD_STORY = (
    "It learned from images bent anew each time, and reads "
    f"{RECORD_ACCURACY_HERE}\N{NO-BREAK SPACE}% of the test digits (mean of three such runs). The best known of a "
    f"plain network with 800 hidden neurons is {RECORD_ACCURACY}\N{NO-BREAK SPACE}%, by Simard, Steinkraus and Platt "
    "in 2003, who had the idea of bending."
)


def largest_difference(accuracies: Mapping[float, float]) -> tuple[int, float]:
    """Return the epoch at which accuracies (in %) are farthest from figure 6, and how far, in percentage points.

    Raises:
        ValueError: none of the epochs is in figure 6.
    """
    differences = {n: abs(accuracies[n] - FIGURE_6[n]) for n in FIGURE_6 if n in accuracies}
    if not differences:
        raise ValueError(f"none of the epochs {list(accuracies)[:5]} is in figure 6, which has every tenth")
    epoch = max(differences, key=lambda n: differences[n])
    return epoch, differences[epoch]
