"""python -m fcnn evaluate: how many test digits a saved network reads, and how many of each kind."""

import argparse

from fcnn.command_line.files import read_model
from fcnn.command_line.saying import on_the_test, percent, say
from fcnn.metrics import answer, confusion_matrix, per_digit
from fcnn.mnist import load


def evaluate(options: argparse.Namespace) -> int:
    """Say it, and return the exit code."""
    model = read_model(options.model)
    test = load(options.data).test
    answers = answer(model.spec, model.params[-1], test)
    say(f"A network of {model.spec}, after epoch {model.numbers[-1]:g}.")
    say(on_the_test(answers, test.labels))
    confusion = confusion_matrix(test.labels, answers.digits)
    precision, recall = per_digit(confusion)
    say("digit   found   of      right when it says so")
    for digit, n in enumerate(confusion.sum(axis=1)):
        right = percent(precision[digit]) if confusion[:, digit].any() else "never says it"
        say(f"{digit:5}{confusion[digit, digit]:8,}   {n:5,}   {percent(recall[digit]):>9}   {right:>9}")
    return 0
