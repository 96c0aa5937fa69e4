"""What can be said about a handful of runs: which is best, and whether it is really better than the next ones."""

from collections.abc import Mapping, Sequence

from fcnn.types import Labels
from runs.comparison.folding import Fold, folded
from runs.comparison.mcnemar import compare
from runs.comparison.results import RESULTS, best_of
from runs.comparison.verdict import of_networks, of_seeds
from runs.kept import Answered, KeptRun

MOST_COMPARED = 3  # others that the best one is measured against
_ACCURACY = RESULTS["validation_accuracy"]


def findings(
    runs: Sequence[KeptRun], names: Sequence[str], answers: Mapping[str, Answered], labels: Labels
) -> list[str]:
    """Return sentences about the best run, by validation, and those that come next to it.

    Where there are several seeds of a setting, settings are compared in place of runs, by all of their seeds.

    Args:
        runs: what is compared.
        names: what each of them is called in the sentences.
        answers: what their networks answer to the test digits, by the ids of runs, where that is known.
        labels: the true digits, of shape (N,).
    """
    best = best_of(runs)
    if best is None or len(runs) < 2:
        return []
    name_of = {run.id: name for run, name in zip(runs, names, strict=True)}
    words = [f"{name_of[best.id]} is the best of these by validation, with {_ACCURACY.text(_ACCURACY.of(best))} %."]
    folds = folded(runs)
    first = next(fold for fold in folds if best in fold.runs)
    others = sorted((fold for fold in folds if fold is not first), key=_mean_validation, reverse=True)
    for other in others[:MOST_COMPARED]:
        words += _verdict(first, best, other, name_of, answers, labels)
    return words


def _verdict(
    first: Fold, best: KeptRun, other: Fold, name_of: Mapping[str, str], answers: Mapping[str, Answered], labels: Labels
) -> list[str]:
    """Return one sentence, or none where not enough is known of both."""
    if max(len(first.runs), len(other.runs)) > 1:
        if not (first.test_accuracies and other.test_accuracies):
            return []
        names = _name(first, name_of), _name(other, name_of)
        return [of_seeds(first.test_accuracies, other.test_accuracies, names).words]
    run = other.first
    if best.id not in answers or run.id not in answers:
        return []
    return [of_networks(compare(answers[best.id], answers[run.id], labels), name_of[best.id], name_of[run.id]).words]


def _name(fold: Fold, name_of: Mapping[str, str]) -> str:
    name, more = name_of[fold.first.id], len(fold.runs) - 1
    return f"{name} with {more} other seed{'' if more == 1 else 's'}" if more else name


def _mean_validation(fold: Fold) -> float:
    known = [value for run in fold.runs if (value := _ACCURACY.of(run)) is not None]
    return sum(known) / len(known) if known else -1.0
