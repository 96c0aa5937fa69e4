"""One run of neural-network-digits as its command 'train' does it, with its defaults, on all 60,000 photos.

Its Trainer keeps a tenth of them for its own validation, and turns and shifts the others anew in each epoch. Here its
test accuracy is looked at after each epoch, which a run should not do, and which takes none of its time: a favour. It
ends when it has reached the accuracy that it is asked for.
"""

import json
import sys

import numpy as np
import numpy.typing as npt
from nn_digits.neural_net.training import Trainer, test_on

from benchmarks.clock import now
from fcnn import load
from fcnn.pixels import as_images
from fcnn.types import Examples

N_EPOCHS, LEARNING_RATE = 60, 0.05  # the defaults of its command line; run_epoch() has the others


def photos(examples: Examples) -> npt.NDArray[np.uint8]:
    """Return images as it reads them: (N, 28, 28), whole numbers from 0 to 255."""
    return as_images(examples.X)


def main(enough: float, seed: int) -> None:
    """Train once, and print a point after each epoch."""
    mnist = load()
    test_photos, points, seconds = photos(mnist.test), [], 0.0
    trainer = Trainer(seed=seed, photos_and_digits=(photos(mnist.all_train), mnist.all_train.labels))
    for i in range(N_EPOCHS):
        start = now()
        trainer.run_epoch(LEARNING_RATE * 0.5 * (1 + np.cos(np.pi * i / N_EPOCHS)))
        seconds += now() - start
        _, probabilities = test_on(trainer.net, test_photos)
        accuracy = float((probabilities.argmax(axis=1) == mnist.test.labels).mean())
        points.append([seconds, accuracy])
        print(f"  digits, seed {seed}, epoch {i + 1}: {seconds:.1f} s, {accuracy:.2%}", file=sys.stderr, flush=True)
        if accuracy >= enough:
            break
    print(json.dumps(points))


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
