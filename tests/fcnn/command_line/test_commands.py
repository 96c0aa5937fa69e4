"""The command line: its options are the settings, what is wrong is said in a sentence, and models are asked."""

import gzip
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fcnn import model_file
from fcnn.command_line import evaluating, predicting
from fcnn.command_line.main import main
from fcnn.metrics import answer, confusion_matrix
from fcnn.mnist import Mnist
from fcnn.model_file import Model
from fcnn.network import predict
from fcnn.pixels import as_numbers
from fcnn.settings import SETTINGS
from tests.project import ROOT, environment

READY = ROOT / "data" / "models" / "ready.npz"  # as the app offers it


@pytest.fixture
def here(tmp_path: Path, mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which a command works, with the digits in memory."""
    monkeypatch.chdir(tmp_path)
    for module in (evaluating, predicting):
        monkeypatch.setattr(module, "load", lambda _: mnist)
    return tmp_path


@pytest.fixture(scope="module")
def ready() -> Model:
    return model_file.load(READY.read_bytes())


def code_of(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as ended:  # argparse
        return int(ended.code or 0)


def test_every_setting_is_an_option_with_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(["train", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for row in SETTINGS.values():
        assert (f"--{row.name} " in text) == bool(row.word), row.name
        assert not row.word or row.help in text.replace("- ", "-"), row.name
    assert "(100 to 55,000, or all)" in text
    assert "(gradient_descent, momentum, nesterov, adam)" in text


WRONG = {
    "no command": ([], "train|evaluate|predict"),
    "no number": (["train", "--learning_rate", "fast"], "learning_rate cannot be 'fast': not a number."),
    "out of range": (["train", "--learning-rate", "5000"], "between 0 and 1000, got 5000"),
    "not together": (["train", "--n_train", "100", "--all_images"], "all_images must be off"),
    "no switch": (["train", "--all_images", "on"], "yes or no"),
    "no such option": (["train", "--speed", "3"], "--speed"),
    "no such preset": (["train", "--preset", "best"], "'quick', 'accurate'"),
    "no such folder": (["train", "--save", "none/m.npz"], "'none/m.npz': No such file or directory."),
    "a folder": (["train", "--history", "."], "This is a folder"),
    "no digits": (["train", "--data", "none"], "--data digits/data/mnist"),
    "no model": (["evaluate", "none.npz"], "'none.npz': No such file"),
    "not a model": (["evaluate", str(ROOT / "README.md")], "not a model of this app"),
    "nothing to ask": (["predict", str(READY)], "name files of pictures"),
    "no such digit": (["predict", str(READY), "--test", "10000"], "'10000' is not the number of a test digit"),
    "not a picture": (["predict", str(READY), str(ROOT / "README.md")], "no file of pictures"),
}


@pytest.mark.parametrize(("words", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code_of(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_is_told_nonsense_ends_with_a_line_and_a_code() -> None:
    words = [sys.executable, "-m", "fcnn", "train", "--n_epochs", "0"]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "n_epochs cannot be '0': n_epochs must be a whole number from 1 to 100,000, got 0.\n"


def test_evaluate_says_how_many_digits_of_each_kind_are_read(
    here: Path, mnist: Mnist, ready: Model, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "m.npz").write_bytes(READY.read_bytes())
    assert main(["evaluate", "m.npz"]) == 0
    said = capsys.readouterr().out.splitlines()
    digits = answer(ready.spec, ready.params[-1], mnist.test).digits
    n_right = int((digits == mnist.test.labels).sum())
    assert said[0] == "A network of 784 x 128 x 10, after epoch 20."
    assert f"Test accuracy {n_right / 100:.2f} % (95 % interval " in said[1]
    assert f"{10_000 - n_right:,} of 10,000 digits wrong." in said[1]
    table = [line.split() for line in said[3:]]
    counts = confusion_matrix(mnist.test.labels, digits)
    for digit, row in enumerate(table):
        assert [int(word.replace(",", "")) for word in row[:3]] == [digit, counts[digit, digit], counts[digit].sum()]
        assert float(row[3]) == pytest.approx(100 * counts[digit, digit] / counts[digit].sum(), abs=0.006)
        assert float(row[5]) == pytest.approx(100 * counts[digit, digit] / counts[:, digit].sum(), abs=0.006)
    assert len(table) == 10


@pytest.mark.usefixtures("here")
def test_predict_tells_the_ten_probabilities_of_pictures_and_of_test_digits(
    mnist: Mnist, ready: Model, capsys: pytest.CaptureFixture[str]
) -> None:
    images = mnist.test.X[[0, 5, 7]]
    np.save("several.npy", images.reshape(3, 28, 28))
    np.save("one.npy", as_numbers(images[0]))
    header = b"\0\0\x08\x03" + b"".join(n.to_bytes(4, "big") for n in (3, 28, 28))
    Path("several.gz").write_bytes(gzip.compress(header + images.tobytes()))
    words = ["predict", str(READY), "several.npy", "one.npy", "several.gz", "--test", "0", "5", "7"]
    assert main(words) == 0
    header_line, *lines = capsys.readouterr().out.splitlines()
    assert header_line.split() == ["picture", "answer", *map(str, range(10))]
    names = [line[: header_line.index("answer")].strip() for line in lines]
    several = [f"several.npy {i}" for i in range(3)], [f"several.gz {i}" for i in range(3)]
    assert names == [*several[0], "one.npy", *several[1], "test 0, a 7", "test 5, a 1", "test 7, a 9"]
    probabilities = predict(ready.spec, ready.params[-1], images)
    for line, row in zip(lines, (0, 1, 2, 0, 0, 1, 2, 0, 1, 2), strict=True):
        answered, *shares = line[header_line.index("answer") :].replace("%", "").split()
        assert int(answered) == probabilities[row].argmax()
        assert [float(share) for share in shares] == pytest.approx(100 * probabilities[row], abs=0.006)
