"""The paper repeated for real: 400 epochs of full batch on all 60,000 images, beside its figure 6.

Run: python -m benchmarks.paper [number of epochs]. Ends with 1 if the statements on the Train page do not hold.
"""

import sys
from dataclasses import replace

from fcnn import answer, load, summarize, train
from fcnn.presets import PAPER
from fcnn.published import FIGURE_6, PAPER_ACCURACY, PAPER_DIFFERENCE_HERE, largest_difference


def main(n_epochs: int) -> int:
    """Train, print every tenth epoch beside the paper's, and return what the shell is told."""
    mnist = load()
    data = mnist.whole()
    accuracies = {}
    print("epoch", "paper (%)", "ours (%)", "difference", sep="\t")
    for epoch in train(PAPER.spec, data, replace(PAPER.config, n_epochs=n_epochs)):
        if epoch.number in FIGURE_6:
            ours = 100 * summarize(answer(PAPER.spec, epoch.params, data.train), data.train.labels).accuracy
            accuracies[epoch.number] = ours
            paper = FIGURE_6[int(epoch.number)]
            print(epoch.number, f"{paper:.2f}", f"{ours:.2f}", f"{ours - paper:+.2f}", sep="\t", flush=True)
    number, difference = largest_difference(accuracies)
    on_test = 100 * summarize(answer(PAPER.spec, epoch.params, mnist.test), mnist.test.labels).accuracy
    print(f"largest difference: {difference:.2f} points, at epoch {number}; stated: {PAPER_DIFFERENCE_HERE}")
    print(f"test accuracy after {n_epochs} epochs: {on_test:.2f} %; the paper's after 400: {PAPER_ACCURACY} %")
    return int(difference > PAPER_DIFFERENCE_HERE or (n_epochs >= 400 and on_test < PAPER_ACCURACY))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPER.config.n_epochs))
