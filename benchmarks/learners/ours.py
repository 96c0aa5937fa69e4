"""One run of a rung of our ladder: it looks at the test set once, when it is over, and so prints one point.

The time is that of train(), from its first random number to its last Epoch, with the measuring on validation images
after each epoch. Reading the data is not part of it.
"""

import json
import sys
from dataclasses import replace

from benchmarks.accuracy import LADDER
from benchmarks.clock import now
from fcnn import answer, load, summarize, train


def main(name: str, seed: int) -> None:
    """Train once, and print the only point."""
    rung = LADDER[name]
    mnist = load()
    data = mnist.dataset(rung.config)
    start = now()
    *_, last = train(rung.spec, data, replace(rung.config, seed=seed))
    seconds = now() - start
    accuracy = summarize(answer(rung.spec, last.params, mnist.test), mnist.test.labels).accuracy
    print(f"  ours, {name}, seed {seed}: {seconds:.1f} s, {accuracy:.2%}", file=sys.stderr, flush=True)
    print(json.dumps([[seconds, accuracy]]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
