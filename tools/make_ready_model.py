"""Train the network that comes with the app, and save it with some of its epochs: data/models/ready.npz.

Run it from the folder of the project: python -m tools.make_ready_model
"""

import sys
from pathlib import Path

import numpy as np

from fcnn import TrainConfig, answer, load, mnist_spec, summarize, train
from fcnn.checkpoint import load as load_model
from fcnn.checkpoint import of_epochs, save

FILE = Path(__file__).parents[1] / "data" / "models" / "ready.npz"
SPEC = mnist_spec((128,))
CONFIG = TrainConfig(learning_rate=0.002, n_epochs=20, optimizer="adam", schedule="cosine", dropout=0.2)
KEPT = (0, 1, 2, 3, 5, 8, 13, 20)


def main() -> None:
    """Train, save, read back, and say how good the saved network is."""
    mnist = load()
    kept = [(epoch.number, epoch.params) for epoch in train(SPEC, mnist.split(), CONFIG) if epoch.number in KEPT]
    FILE.write_bytes(save(of_epochs(SPEC, kept), np.float16))
    model = load_model(FILE.read_bytes())
    figures = summarize(answer(model.spec, model.params[-1], mnist.test), mnist.test.labels)
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes, test accuracy {figures.accuracy:.2%}\n")


if __name__ == "__main__":
    main()
