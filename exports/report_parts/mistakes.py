"""What a network takes for what: its confusion matrix, and pictures of its mistakes."""

from xml.etree.ElementTree import Element

import numpy as np

from charts.answers import DIGITS, sure
from exports.report_parts.elements import tag
from exports.report_parts.pictures import digit_uri
from fcnn.metrics import Answers, answer, confusion_matrix
from fcnn.network import NetworkSpec
from fcnn.types import Examples, Indices, Labels, Params
from runs.kept import Answered

MOST_SHOWN = 24  # mistakes
N_SHADES = 6  # see report.css


def draw_confusion(answered: Answered, truths: Labels, label: str) -> Element:
    """Return the confusion matrix as a table: the more mistakes of a kind, the darker; right answers are framed."""
    counts = confusion_matrix(truths, answered)
    head = tag("tr", tag("td"), *(tag("th", digit, scope="col") for digit in DIGITS))
    rows = [
        tag("tr", tag("th", DIGITS[true], scope="row"), *(_cell(int(n), said == true) for said, n in enumerate(row)))
        for true, row in enumerate(counts)
    ]
    caption = f"What {label} says. A row for each digit that is in the picture, a column for each answer."
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *rows), class_="confusion")


def _cell(n: int, right: bool) -> Element:
    look = "right" if right else f"shade{min(n.bit_length(), N_SHADES)}"
    return tag("td", str(n), class_=look)  # without a comma: four digits fit on a phone


def draw_mistakes(spec: NetworkSpec, params: Params | None, answered: Answered, test: Examples) -> list[Element]:
    """Return pictures of the mistakes, at most MOST_SHOWN of them.

    Where its parameters are known, the network is asked once more about these digits, and those come first of which it
    gave the truth the least chance; otherwise they come in the order of the test set.
    """
    wrong = np.flatnonzero(answered != test.labels)
    n_wrong = len(wrong)
    if not n_wrong:
        return [tag("p", "It reads all test digits rightly.")]
    how = "in the order of the test set"
    said: Answers | None = None
    if params is not None:
        said = answer(spec, params, Examples(test.X[wrong], test.labels[wrong]))
        worst = np.argsort(-said.losses, kind="stable")[:MOST_SHOWN]
        wrong, said = wrong[worst], Answers(said.probabilities[worst], said.losses[worst])
        how = "those that it was most wrong about first"
    wrong = wrong[:MOST_SHOWN]
    shown = "All of them" if n_wrong <= MOST_SHOWN else f"{MOST_SHOWN} of them"
    words = f"It misreads {n_wrong:,} of {len(test.labels):,} test digits. {shown}, {how}:"
    return [tag("p", words), tag("ul", *_pictures(wrong, answered, test, said), class_="mistakes")]


def _pictures(wrong: Indices, answered: Answered, test: Examples, said: Answers | None) -> list[Element]:
    made = []
    for place, i in enumerate(wrong):
        true, answer_ = int(test.labels[i]), int(answered[i])
        chance = f", {sure(float(said.probabilities[place, answer_]))}" if said is not None else ""
        picture = tag("img", src=digit_uri(test.X[i]), alt=f"Test digit {i}", width="56", height="56", class_="ink")
        words = tag("figcaption", tag("b", str(true)), f" read as {answer_}{chance}")
        made.append(tag("li", tag("figure", picture, words)))
    return made
