"""One contender in a process of its own, which does an epoch when it is told to and sleeps otherwise.

Run by benchmarks.workers: python -m benchmarks.worker <contender>. Each line that it reads is the name of a case; each
line that it writes is a JSON object.
"""

import importlib
import json
import os
import sys
from time import process_time

from threadpoolctl import threadpool_info

from benchmarks.cases import CASES
from fcnn import load


def describe_threads() -> str:
    """Return which libraries compute in this process, with which kernel and how many threads."""
    pools = {
        f"{pool['internal_api']} {pool['version'] or ''} {pool.get('architecture', '')} x {pool['num_threads']}"
        for pool in threadpool_info()
    }
    if "torch" in sys.modules:  # its MKL is linked in, where threadpoolctl cannot see it
        pools.add(f"PyTorch's own products x {sys.modules['torch'].get_num_threads()}")
    return ", ".join(sorted(" ".join(pool.split()) for pool in pools))


def main(name: str) -> None:
    """Answer until the questions end."""
    # Whatever a library prints goes to the terminal: standard output is for answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    contender = importlib.import_module(f"benchmarks.contenders.{name}")
    data = load().split()
    print(json.dumps({"threads": describe_threads()}), file=answers, flush=True)
    current, epochs, answered = "", iter([0.0]), process_time()
    for line in sys.stdin:
        idle_cpu = process_time() - answered
        if line.strip() != current:
            current = line.strip()
            epochs = contender.epochs(CASES[current], data)
        answer = {"seconds": next(epochs), "idle_cpu": idle_cpu}
        answered = process_time()
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
