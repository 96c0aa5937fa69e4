"""python -m fcnn train: the numbers of train(), told line by line, and kept whatever happens."""

import csv
import io
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fcnn import model_file
from fcnn.command_line import training
from fcnn.command_line.bar import Bar
from fcnn.command_line.main import main
from fcnn.config import TrainConfig
from fcnn.engine.by_ink import by_ink
from fcnn.epoch import Epoch, Progress
from fcnn.metrics import answer, interval_95, summarize
from fcnn.mnist import Mnist
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from fcnn.training import train, train_steps
from tests.networks import arrays, few_digits
from tests.project import ROOT, environment

FEW = ("--n_train", "300", "--hidden", "12", "--n_epochs", "3")
SPEC = mnist_spec((12,))
QUICK = replace(PRESETS["quick"].config, n_train=300, n_epochs=3)


@pytest.fixture
def here(tmp_path: Path, mnist: Mnist, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which a command works, with the digits in memory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(training, "load", lambda _: mnist)
    return tmp_path


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "fcnn", *words]


def saved(file: Path) -> model_file.Model:
    return model_file.load(file.read_bytes())


def test_the_numbers_are_those_of_train_to_the_bit(tmp_path: Path, mnist: Mnist) -> None:
    words = ("train", *FEW, "--seed", "4", "--save", str(tmp_path / "m.npz"), "--history", str(tmp_path / "h.csv"))
    done = subprocess.run(
        command(*words), cwd=ROOT, env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    config = replace(QUICK, seed=4)
    data = mnist.dataset(config)
    epochs = list(train(SPEC, data, config))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "h.csv").read_text())))
    assert len(rows) > len(epochs)  # moments inside of the first epochs, too
    whole = {float(row["epoch"]): row for row in rows if float(row["epoch"]).is_integer()}
    for epoch in epochs:
        assert epoch.validation is not None
        row = whole[epoch.number]
        assert (float(row["train_loss_nats"]), float(row["train_accuracy"])) == epoch.train
        assert (float(row["validation_loss_nats"]), float(row["validation_accuracy"])) == epoch.validation
        assert row["seconds"] == ""
        assert (row["images_measured"], row["validation_images_measured"]) == ("300", "5000")
        line = f"{epoch.number:5} {epoch.train.loss:15.4f} {100 * epoch.train.accuracy:8.2f} %"
        assert line in done.stdout
    model = saved(tmp_path / "m.npz")
    assert (model.spec, model.numbers) == (SPEC, (3,))
    for mine, theirs in zip(arrays(model.params[0]), arrays(epochs[-1].params), strict=True):
        assert np.array_equal(mine, theirs)
    accuracy = summarize(answer(SPEC, epochs[-1].params, mnist.test), mnist.test.labels).accuracy
    low, high = interval_95(accuracy, 10_000)
    figures = f"{accuracy:.2%} (95 % interval {low:.2%} to {high:.2%})".replace("%", " %").replace("95  %", "95 %")
    assert f"After epoch 3: Test accuracy {figures}" in done.stdout
    assert done.stderr == ""  # no bar where nobody watches


def test_what_it_will_do_is_said_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", *FEW, "--batch_size", "full"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        f"A network of 784 x 12 x 10 with {SPEC.n_parameters:,} parameters learns from 300 images, all at once, "
        "3 times over."
    )
    assert list(here.iterdir()) == []


def test_without_a_validation_set_there_is_nothing_to_say_of_it(
    here: Path, mnist: Mnist, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = Mnist(few_digits(mnist, 200), mnist.test, by_ink(few_digits(mnist, 200).X))
    monkeypatch.setattr(training, "load", lambda _: few)
    assert main(["train", "--hidden", "8", "--n_epochs", "1", "--all_images", "--history", "h.csv"]) == 0
    said = capsys.readouterr().out
    assert "learns from 200 images" in said
    assert "validation" not in said
    assert ",,,0.0,,0,200,\n" in (here / "h.csv").read_text()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("here")
def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["train", *FEW]) == 0
    drawn = [line for line in screen.getvalue().split("\r") if line.strip()]
    shares = [int(line.split()[1]) for line in drawn]
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 100
    assert {line.partition("epoch ")[2] for line in drawn} >= {f"{n} of 3" for n in (1, 2, 3)}
    assert max(map(len, drawn)) < 80
    assert screen.getvalue().endswith(f"\r{' ' * len(drawn[-1])}\r")  # it leaves the line to the next one


def test_the_bar_is_written_anew_only_when_it_says_something_else() -> None:
    screen = Terminal()
    bar = Bar(screen)
    for _ in range(3):
        bar.show(0.5, "half")
    assert screen.getvalue().count("half") == 1


def test_the_best_epoch_is_saved_where_it_is_to_be_kept(
    here: Path, mnist: Mnist, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--learning_rate", "0.03", "--batch_size", "16", "--n_epochs", "12", "--restore_best", "--save", "m.npz")
    assert main(["train", *FEW, *words]) == 0
    config = replace(QUICK, learning_rate=0.03, batch_size=16, n_epochs=12, restore_best=True)
    *_, last = train(SPEC, mnist.dataset(config), config)
    assert last.number < 12
    assert saved(here / "m.npz").numbers == (last.number,)
    assert f"After epoch {last.number}: Test accuracy" in capsys.readouterr().out


def test_early_stopping_is_explained(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", *FEW, "--learning-rate=0", "--patience", "2", "--n_epochs", "9", "--save", "m.npz"]) == 0
    assert "Stopped early: the validation loss has not improved for 2 epochs." in capsys.readouterr().out
    assert saved(here / "m.npz").numbers == (2,)


def test_a_network_that_diverges_is_not_saved(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "m.npz").write_bytes(b"another")
    words = ("--preset", "exploding", "--n_train", "2000", "--save", "m.npz", "--history", "h.csv")
    assert main(["train", *words]) == training.DIVERGED
    said = capsys.readouterr().out
    assert "It diverged" in said
    assert "no network to save" in said
    assert (here / "m.npz").read_bytes() == b"another"
    assert "inf" in (text := (here / "h.csv").read_text()) or "nan" in text


@pytest.fixture
def endless(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    words = ("train", *FEW, "--n_epochs", "100000", "--save", "m.npz", "--history", "h.csv")
    python = {**environment(), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command(*words), cwd=tmp_path, env=python, stdout=-1, stderr=-1, text=True) as program:
        yield program
        program.kill()


def test_ctrl_c_keeps_what_there_is(tmp_path: Path, endless: "subprocess.Popen[str]") -> None:
    assert endless.stdout is not None
    for line in endless.stdout:  # each comes at once, although it goes into a pipe
        if line.startswith("    3"):
            break
    endless.send_signal(signal.SIGINT)
    said, wrong = endless.communicate(timeout=20)
    assert endless.returncode == training.INTERRUPTED
    assert wrong == ""
    model, rows = saved(tmp_path / "m.npz"), (tmp_path / "h.csv").read_text().splitlines()
    assert model.numbers[0] >= 3
    assert float(rows[-1].split(",")[0]) == model.numbers[0]
    assert f"Interrupted in epoch {model.numbers[0] + 1} of 100000." in said
    assert re.search(r"After epoch \d+: Test accuracy", said)
    assert not list(tmp_path.glob("*.part"))


def test_ctrl_c_in_the_first_epoch_leaves_an_older_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*args: object) -> Iterator[Epoch | Progress]:
        for piece in train_steps(*args):  # type: ignore[arg-type]
            yield piece
            if isinstance(piece, Progress) and piece.epoch == 1:
                raise KeyboardInterrupt

    (here / "m.npz").write_bytes(b"another")
    monkeypatch.setattr(training, "train_steps", interrupted)
    assert main(["train", *FEW, "--save", "m.npz"]) == training.INTERRUPTED
    said = capsys.readouterr().out
    assert "Interrupted in epoch 1 of 3." in said
    assert "no network to save" in said
    assert (here / "m.npz").read_bytes() == b"another"


@pytest.mark.usefixtures("here")
def test_settings_are_those_of_the_preset_but_for_those_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[TrainConfig] = []
    monkeypatch.setattr(training, "_learn", lambda settings, *_: seen.append(settings.config))
    assert main(["train", "--preset", "record", "--n_train", "500", "--all_images", "no", "--noise", "0.25"]) == 0
    record = PRESETS["record"].config
    noisy = replace(record.augmentation, noise=0.25)
    assert seen == [replace(record, n_train=500, all_images=False, augmentation=noisy)]
