"""The commands and what they may be given. Whatever is wrong with that is said in one sentence, with exit code 2."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from fcnn.command_line.evaluating import evaluate
from fcnn.command_line.predicting import predict
from fcnn.command_line.setting_options import add_settings
from fcnn.command_line.training import INTERRUPTED, train
from fcnn.mnist import FOLDER, DataError
from fcnn.presets import PRESETS
from fcnn.reading.about import ModelFileError
from fcnn.reading.pictures import PictureError
from fcnn.written import MAX_LETTERS

PROGRAM = "python -m fcnn"
WRONG = 2  # exit code
N_TEST = 10_000


class _Parser(argparse.ArgumentParser):
    """One that says what is wrong in a sentence, without a page of usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{message[:1].upper()}{message[1:]}. '{self.prog} --help' lists what there is.\n")


def main(arguments: Sequence[str]) -> int:
    """Do what the words of a command line say, and return the exit code: 0 if all went well."""
    options = _parser().parse_args([_with_underscores(word) for word in arguments])
    try:
        code: int = options.do(options)
    except (DataError, ModelFileError, PictureError, ValueError) as error:
        return _say_wrong(str(error))
    except OSError as error:
        return _say_wrong(f"{error.filename!r}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        return INTERRUPTED
    return code


def _say_wrong(sentence: str) -> int:
    sys.stderr.write(f"{sentence}{'' if sentence.endswith('.') else '.'}\n")
    return WRONG


def _with_underscores(word: str) -> str:
    """Return an option by its name here, if somebody writes --learning-rate."""
    name, equals, value = word.partition("=")
    return name[:2] + name[2:].replace("-", "_") + equals + value if name.startswith("--") else word


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(PROGRAM, description="A fully connected network in NumPy that learns handwritten digits.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="train|evaluate|predict")
    _add_train(commands)
    _add_evaluate(commands)
    _add_predict(commands)
    return parser


def _add_train(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _command(commands, "train", "train a network, and say how many test digits it reads")
    parser.add_argument(
        "--preset", choices=list(PRESETS), default="quick", metavar="NAME",
        help=f"settings to start from: {', '.join(PRESETS)}; quick, if none is named",
    )  # fmt: skip
    parser.add_argument("--save", metavar="FILE", help="save the network there: an .npz file, which the app reads, too")
    parser.add_argument("--history", metavar="FILE", help="save loss and accuracy of each epoch there: a CSV file")
    add_settings(parser)
    parser.set_defaults(do=train)


def _add_evaluate(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _command(commands, "evaluate", "say how many of the 10,000 test digits a saved network reads")
    parser.add_argument("model", help="an .npz file that was saved here or in the app")
    parser.set_defaults(do=evaluate)


def _add_predict(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _command(commands, "predict", "say what a saved network answers to pictures, with all ten probabilities")
    parser.add_argument("model", help="an .npz file that was saved here or in the app")
    parser.add_argument(
        "pictures", nargs="*", metavar="picture",
        help="an .npy or IDX file (or .gz of it) of one picture of 28 x 28, or of several; 0 is paper",
    )  # fmt: skip
    parser.add_argument(
        "--test", nargs="+", type=_test_digit, default=[], metavar="N",
        help="test digits by their numbers, 0 to 9999",
    )  # fmt: skip
    parser.set_defaults(do=predict)


def _test_digit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < N_TEST):
        raise argparse.ArgumentTypeError(f"{text[:MAX_LETTERS]!r} is not the number of a test digit, 0 to {N_TEST - 1}")
    return int(text)


def _command(commands: "argparse._SubParsersAction[_Parser]", name: str, what: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", allow_abbrev=False)
    parser.add_argument(
        "--data", default=str(FOLDER), metavar="FOLDER",
        help="where the four files of MNIST are; without it, data/mnist of this copy of the project",
    )  # fmt: skip
    return parser
