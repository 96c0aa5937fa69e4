"""A run as one Python file that needs NumPy alone: what a student takes home from the lesson.

It adds up in the order of fcnn/engine, so that it prints the numbers of the app. All that it may be made of stands in
script_parts/template.txt, where a line may say, behind '#?', for which settings it is, and with a '!', for which not.
"""

from collections.abc import Iterator, Set
from math import isclose, isfinite
from pathlib import Path
from string import Template

from exports.script_parts.formulas import names_from_math
from exports.script_parts.words import batch_size, n_train, traits, words
from fcnn.config import Settings, TrainConfig, learning_rate_at
from fcnn.moments import is_whole
from runs.kept import Curves
from runs.records import EpochRecord

FILE_NAME = "train_digits.py"
MAX_LINES = 79
N_LOOKED_AT = 100  # of the records of a run, to see how its learning rate fell: there may be 100,000 of them
NO_CURVES = Curves((), ())
_TEMPLATE = Path(__file__).with_name("script_parts") / "template.txt"
_SAME = (
    "On the same kind of processor its numbers are those of the app, digit for digit; on others the last can differ."
)
_OTHER = "Unlike the run in the app, it {}."


def training_script(settings: Settings, curves: Curves = NO_CURVES) -> str:
    """Return a program of at most MAX_LINES lines that trains the same network from the four files of MNIST.

    It prints loss (nats) and accuracy of each epoch as Epoch.train and Epoch.validation have them, then the accuracy on
    the test set. What it does otherwise than the run with these curves, it says at its beginning.
    """
    missing = " and ".join(not_in_script(settings, curves))
    promise = _OTHER.format(missing) if missing else _SAME
    template = "".join(_lines_for(traits(settings), _TEMPLATE.read_text("utf-8")))
    script = Template(template).safe_substitute(words(settings), file=FILE_NAME, promise=promise)
    script = Template(script).substitute(math=names_from_math(script))
    for blank_lines in ("\n\n", "\n"):  # two of them stand around functions, as PEP 8 has it, where there is room
        script = script if script.count("\n") <= MAX_LINES else script.replace(f"\n{blank_lines}", blank_lines)
    return script


def not_in_script(settings: Settings, curves: Curves = NO_CURVES) -> tuple[str, ...]:
    """Return what a script does otherwise than the run with these curves, in words that follow 'it'; () for nothing."""
    config = settings.config
    some = curves.records[:: 1 + len(curves.records) // N_LOOKED_AT]
    went_otherwise = bool(curves.changes) or any(_fell_otherwise(record, config) for record in some)
    differences = {
        "does not vary the images": config.augmentation.is_on,
        "begins with the settings that the run ended with": went_otherwise,
    }
    return tuple(words for words, is_so in differences.items() if is_so)


def _fell_otherwise(record: EpochRecord, config: TrainConfig) -> bool:
    """Return whether the last learning rate of an epoch is not that of the settings, as where a cosine was lengthened.

    An epoch in which the network explodes ends before its last update, and tells nothing.
    """
    if record.number == 0 or not is_whole(record.number) or not isfinite(record.train.loss):
        return False
    n = n_train(config)
    n_last = n % batch_size(config) or batch_size(config)
    return not isclose(record.learning_rate, learning_rate_at(config, record.number - 1 + (n - n_last / 2) / n))


def _lines_for(present: Set[str], template: str) -> Iterator[str]:
    """Yield the lines whose conditions hold, without these."""
    for line in template.splitlines():
        code, _, conditions = line.partition(" #? ")
        if all(_holds(condition, present) for condition in conditions.split()):
            yield code + "\n"


def _holds(condition: str, present: Set[str]) -> bool:
    return condition[1:] not in present if condition.startswith("!") else condition in present
