"""python -m fcnn predict: what a saved network answers to pictures, with all ten probabilities."""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from fcnn.command_line.files import pictures_in, read_model
from fcnn.command_line.saying import say
from fcnn.metrics import rows_in_pieces
from fcnn.mnist import load
from fcnn.network import N_CLASSES
from fcnn.network import predict as probabilities_of
from fcnn.pixels import Pixels

MOST_LETTERS = 24  # of a name in front of an answer


class Asked(NamedTuple):
    """Pictures, and what each is called."""

    names: list[str]
    X: Pixels  # (N, 784)


def predict(options: argparse.Namespace) -> int:
    """Say what the network answers, a line for each picture, and return the exit code."""
    if not (options.pictures or options.test):
        raise ValueError("There is nothing to ask about: name files of pictures, or test digits, as in --test 0 5 7")
    model = read_model(options.model)
    asked = list(_asked(options))
    width = max(len(name) for names, _ in asked for name in names)
    say(f"{'picture':{width}}  answer  {''.join(f'{digit:9}' for digit in range(N_CLASSES))}")
    for names, X in asked:
        for rows in rows_in_pieces(len(X)):
            for name, p in zip(names[rows], probabilities_of(model.spec, model.params[-1], X[rows]), strict=True):
                shares = "".join(f"{100 * share:7.2f} %" for share in p)
                say(f"{name:{width}}  {int(np.argmax(p)):6}  {shares}")
    return 0


def _asked(options: argparse.Namespace) -> Iterator[Asked]:
    for file in options.pictures:
        X = pictures_in(file)
        name = repr(file)[1:-1][-MOST_LETTERS:]
        yield Asked([name] if len(X) == 1 else [f"{name} {i}" for i in range(len(X))], X)
    if options.test:
        test = load(options.data).test
        yield Asked([f"test {i}, a {test.labels[i]}" for i in options.test], test.X[options.test])
