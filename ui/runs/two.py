"""Two runs against each other: which is better, the digits that only one of them reads, and their neurons."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from charts.answers import percent
from fcnn.metrics import interval_95
from fcnn.pixels import as_images
from runs.comparison.differences import changed
from runs.comparison.folding import Fold, folded
from runs.comparison.mcnemar import Pair, compare
from runs.comparison.verdict import of_networks, of_seeds
from runs.kept import Answered, KeptRun
from ui import cached, kept
from ui.components.gallery import gallery, weights_gallery
from ui.words import a_digit, sentence

MOST_PICTURES, TILE_PX = 36, 56
N_NEURONS, NEURON_PX = 24, 42
NOT_YET = "{title} has not been asked about the test digits yet: that is done once it has ended."


def draw_two(runs: Sequence[KeptRun], picked: Sequence[str]) -> None:
    """Draw the comparison of the first two runs that are picked, or say how to pick two."""
    ticked = [run for run in runs if run.id in picked]
    pair = ticked[:2]
    if len(pair) < 2:
        st.caption(
            "Tick two runs in the table to see which of them is better, and which digits only one of them reads."
        )
        return
    a, b = pair
    st.markdown(f"**{_name(a)}** against **{_name(b)}**: {_what_differs(a, b)}")
    if len(ticked) > 2:
        st.caption(f"These are the first two of the {len(ticked):,} that are ticked.")
    answers = kept.answers([a.id, b.id])
    for run in pair:
        if run.id not in answers:
            st.caption(NOT_YET.format(title=_name(run)))
            return
    _draw_verdict(runs, a, b, answers)
    _draw_weights(a, b)


def _name(run: KeptRun) -> str:
    return sentence(run.title)


def _what_differs(a: KeptRun, b: KeptRun) -> str:
    words = [difference.words for difference in changed(a.settings, b.settings)]
    return ", ".join(words) + "." if words else "the same settings."


def _draw_verdict(runs: Sequence[KeptRun], a: KeptRun, b: KeptRun, answers: dict[str, Answered]) -> None:
    test = cached.load_mnist().test
    pair = compare(answers[a.id], answers[b.id], test.labels)
    for column, run in zip(st.columns(2), (a, b), strict=True):
        if run.test:
            low, high = interval_95(run.test.accuracy, pair.n)
            column.metric(
                _name(run), percent(run.test.accuracy), f"95 % interval {percent(low)} to {percent(high)}",
                delta_color="off", delta_arrow="off",
            )  # fmt: skip
    st.info(of_networks(pair, _name(a), _name(b)).words, icon=":material/balance:")
    folds = [next(fold for fold in folded(runs) if run in fold.runs) for run in (a, b)]
    if folds[0] is not folds[1] and max(len(fold.test_accuracies) for fold in folds) > 1:
        st.info(_of_settings(folds, a, b), icon=":material/casino:")
    _draw_digits(pair, answers, a, b)


def _of_settings(folds: Sequence[Fold], a: KeptRun, b: KeptRun) -> str:
    names = f"The settings of {_name(a)}", f"the settings of {_name(b)}"
    return of_seeds(folds[0].test_accuracies, folds[1].test_accuracies, names).words


def _draw_digits(pair: Pair, answers: dict[str, Answered], a: KeptRun, b: KeptRun) -> None:
    for column, reader, other, indices in zip(st.columns(2), (a, b), (b, a), (pair.only_a, pair.only_b), strict=True):
        with column:
            st.markdown(f"**{_name(reader)}** alone reads {len(indices):,}")
            if len(indices):
                _draw_sheet(np.asarray(indices[:MOST_PICTURES]), answers[other.id], reader, other)
            if len(indices) > MOST_PICTURES:
                st.caption(f"The first {MOST_PICTURES} of them.")


def _draw_sheet(indices: np.typing.NDArray[np.intp], said: Answered, reader: KeptRun, other: KeptRun) -> None:
    test = cached.load_mnist().test
    truths, wrong = test.labels[indices].tolist(), said[indices].tolist()
    gallery(
        as_images(test.X[indices]), key=f"only_{reader.number}", tile_px=TILE_PX,
        captions=[f"{truth}, said {digit}" for truth, digit in zip(truths, wrong, strict=True)],
        labels=[
            f"Test digit {index}: {a_digit(truth)}, which run {other.number} reads as {digit}"
            for index, truth, digit in zip(indices, truths, wrong, strict=True)
        ],
    )  # fmt: skip


def _draw_weights(a: KeptRun, b: KeptRun) -> None:
    st.markdown("**What their neurons look for**")
    for column, run in zip(st.columns(2), (a, b), strict=True):
        params = kept.last_params(run.id)
        with column:
            if params is None:
                st.caption(f"The network of {_name(run)} is not kept any more.")
                continue
            W = params[0].W
            st.caption(f"{_name(run)}: {min(N_NEURONS, W.shape[1])} of {W.shape[1]} neurons")
            weights_gallery(W, n=N_NEURONS, key=f"weights_{run.number}", tile_px=NEURON_PX)
