"""What a report shows of one run: facts, the neurons of its first layer, and its mistakes."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

import numpy as np

from exports.report_parts.curves import swatch
from exports.report_parts.elements import tag
from exports.report_parts.mistakes import draw_confusion, draw_mistakes
from exports.report_parts.pictures import weights_uris, width_of
from exports.report_parts.reported import ReportedRun
from exports.report_parts.words import STATUS, day, duration
from fcnn.inside.neurons import weight_limit
from fcnn.network import NetworkSpec
from fcnn.reading.text import visible
from fcnn.settings import SETTINGS
from fcnn.types import Array, Examples, Indices, Params
from fcnn.written import exact
from runs.records import Change

MOST_NEURONS = 24
MOST_CHANGES = 20
MOST_NOTE, MOST_LINES = 2_000, 40  # letters and lines of a note
TIMES = 2  # as large as its pixels a picture of neurons is drawn, where there is room
PINK = " Pink pixels are weights that are not even numbers any more."


def draw_run(i: int, run: ReportedRun, label: str, test: Examples, now: datetime) -> Element:
    """Return the part of a report about its run number i, from 0; its network is in memory as long as this takes."""
    params = run.network()
    return tag(
        "section",
        tag("h2", swatch(run.kept.number), label, id=f"run-{i + 1}"),
        *_note(run.kept.note),
        _facts(run, now),
        *_changes(run.curves.changes),
        tag("h3", "What its first neurons look for"),
        *_weights(run.kept.settings.spec, params),
        tag("h3", "What it takes for what"),
        *_answers(run, params, label, test),
    )


def _note(note: str) -> list[Element]:
    lines = [visible(line, MOST_NOTE) for line in note[:MOST_NOTE].splitlines()[:MOST_LINES]]
    return [tag("p", line, class_="note") for line in lines if line.strip()]


def _facts(run: ReportedRun, now: datetime) -> Element:
    kept = run.kept
    facts = {
        "Network": str(kept.settings.spec),
        "Weights and biases": f"{kept.settings.spec.n_parameters:,}",
        "Made on": day(datetime.fromtimestamp(kept.created, now.tzinfo)),
    }
    if kept.uploaded:
        facts["Where from"] = "a file, or a change by hand: how it learned is not known"
    else:
        facts |= {"How it ended": STATUS[kept.status], "Time to learn": duration(kept.seconds)}
    pairs = (tag("div", tag("dt", name), tag("dd", fact)) for name, fact in facts.items())
    return tag("dl", *pairs, class_="facts")


def _changes(changes: Sequence[Change]) -> list[Element]:
    if not changes:
        return []
    shown = [
        f"{SETTINGS[change.name].label} {exact(change.before)} \N{RIGHTWARDS ARROW} {exact(change.after)} at epoch "
        f"{change.epoch:.4g}"
        for change in changes[-MOST_CHANGES:]
    ]
    more = len(changes) - len(shown)
    first = f"{more:,} earlier ones, then " if more else ""
    return [tag("p", f"Changed on the way: {first}{', '.join(shown)}.")]


def _weights(spec: NetworkSpec, params: Params | None) -> list[Element]:
    if params is None:
        return [tag("p", "Its weights were not kept.")]
    W, n = params[0].W, params[0].W.shape[1]
    chosen = _strongest(W) if spec.hidden else np.arange(n)
    limit = weight_limit([params]) or float(np.abs(W).max(where=np.isfinite(W), initial=0)) or 1.0
    which = f"all {n:,} neurons" if n == len(chosen) else f"the {len(chosen)} strongest of {n:,} neurons"
    if not spec.hidden:
        which = "the ten neurons, one for each digit from 0 to 9"
    uris, alt = weights_uris(W[:, chosen], limit), f"Pictures of {which}, with 28 x 28 weights each."
    width = str(TIMES * width_of(len(chosen)))
    # One for each theme: the style sheet hides the other, on paper the dark one. <picture> would not change on paper.
    shown = (tag("img", src=uri, alt=alt, class_=f"weights {theme}", width=width) for theme, uri in uris.items())
    words = (
        f"Here are {which}. Each weight is a pixel: ink on orange, the lighter colour, excites the neuron, ink on blue "
        f"calms it. A weight of {limit:.2g} or more has full colour.{'' if np.isfinite(W).all() else PINK}"
    )
    return [tag("p", words), *shown]


@np.errstate(over="ignore", invalid="ignore")  # weights that exploded have a length that is no number
def _strongest(W: Array) -> Indices:
    return np.argsort(-np.linalg.norm(W.astype(np.float64), axis=0), kind="stable")[:MOST_NEURONS]


def _answers(run: ReportedRun, params: Params | None, label: str, test: Examples) -> list[Element]:
    if run.answers is None:
        return [tag("p", "Its answers to the test digits were not kept.")]
    confusion = draw_confusion(run.answers, test.labels, label)
    return [confusion, *draw_mistakes(run.kept.settings.spec, params, run.answers, test)]
