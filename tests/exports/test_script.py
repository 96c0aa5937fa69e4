"""The script that a student takes home: it prints the numbers of the app, stays short, and says what it leaves out."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from exports.script import FILE_NAME, MAX_LINES, not_in_script, training_script
from fcnn.activations import ACTIVATIONS
from fcnn.augmentation import Augmentation
from fcnn.config import CHOICES, SCHEDULES, Settings, TrainConfig
from fcnn.epoch import Epoch
from fcnn.initialization import NORMAL, Initialization
from fcnn.metrics import Figures, answer, summarize
from fcnn.mnist import Mnist
from fcnn.network import mnist_spec
from fcnn.optimizers import OPTIMIZERS
from fcnn.presets import PRESETS
from fcnn.setting import Setting
from fcnn.settings import AUGMENTATION, SETTINGS
from fcnn.training import train
from runs.kept import Curves
from runs.records import Change, EpochRecord
from tests.project import ROOT

DIGITS = ROOT / "data" / "mnist"
ADAM = TrainConfig(0.003, n_epochs=2, optimizer="adam")


def settings(hidden: tuple[int, ...], activation: str, config: TrainConfig) -> Settings:
    return Settings(mnist_spec(hidden, activation), config)


CASES: Mapping[str, Settings] = {
    "as it begins": settings((16,), "relu", TrainConfig(n_epochs=2)),
    "Adam along a cosine": settings((24,), "relu", replace(ADAM, schedule="cosine")),
    "momentum in steps": settings(
        (16, 12), "tanh", TrainConfig(0.02, 2, optimizer="momentum", schedule="step", step_epochs=1, l2=1e-3, seed=7)
    ),
    "Nesterov, warmed up, all images": settings(
        (12,), "leaky_relu", TrainConfig(0.02, 1, 100, "nesterov", 0.8, warmup_epochs=2, all_images=True)
    ),
    "full batch": settings(
        (10,), "sigmoid", TrainConfig(0.3, 2, None, initialization=Initialization(NORMAL, 0.1, 0.2), dropout=0.25)
    ),
    "patience, and back to the best": settings(
        (12,), "tanh", replace(ADAM, learning_rate=5.0, n_epochs=6, batch_size=1_000, patience=1, restore_best=True)
    ),
    "all at once": settings(
        (20, 12),
        "tanh",
        replace(
            ADAM, batch_size=1_500, schedule="cosine", warmup_epochs=0.5, l2=1e-5, dropout=0.3, restore_best=True,
            initialization=Initialization("xavier", bias_width=0.1),
        ),
    ),
    "few images": settings((16,), "relu", TrainConfig(0.1, 3, 128, n_train=300)),
    "few images, all at once": settings((10,), "tanh", replace(ADAM, batch_size=None, n_train=20_000)),
    "two halves": settings((100,), "relu", TrainConfig(0.1, 1, 999)),
    "pieces in two halves": settings((100,), "relu", TrainConfig(0.2, 1, 2_000, "momentum", l2=1e-4, dropout=0.2)),
    "too fast": settings((24, 16, 12), "leaky_relu", TrainConfig(70.0, 3, optimizer="momentum", batch_size=500)),
}  # fmt: skip

# Runs many scripts one after another, each as it would run alone, but that the files are unpacked only once.
RUN_ALL = """
import contextlib, functools, gzip, io, json, sys, warnings
warnings.simplefilter("ignore")  # NumPy's, where a network explodes
unpack = functools.cache(gzip.decompress)
gzip.decompress = lambda content: unpack(bytes(content))
printed = {}
for name, script in json.load(sys.stdin).items():
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(script, name, "exec"), {"__name__": "__main__"})
    printed[name] = out.getvalue().splitlines()
print(json.dumps(printed))
"""


@pytest.fixture(scope="module")
def printed() -> Mapping[str, list[str]]:
    """What the script of each case prints."""
    scripts = json.dumps({name: training_script(case) for name, case in CASES.items()})
    command = [sys.executable, "-c", RUN_ALL, str(DIGITS)]
    done = subprocess.run(command, input=scripts, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines: Mapping[str, list[str]] = json.loads(done.stdout)
    return lines


def history(case: Settings, mnist: Mnist) -> tuple[list[Epoch], Figures]:
    """Return the epochs of a run in the app, each of them once, and the test figures of the network it ends with."""
    epochs = list(train(case.spec, mnist.dataset(case.config), case.config))
    test = summarize(answer(case.spec, epochs[-1].params, mnist.test), mnist.test.labels)
    return epochs[: -1 if case.config.restore_best else None], test


def app_prints(case: Settings, mnist: Mnist) -> list[str]:
    """Return what the app would print of a run, to the digits that it shows."""
    epochs, test = history(case, mnist)
    return [*map(line, epochs), f"test accuracy {test.accuracy:.2%}"]


def line(epoch: Epoch) -> str:
    watched = epoch.validation
    behind = f"; validation {watched.loss:.4f}, {watched.accuracy:.2%}" if watched else ""
    return f"epoch {epoch.number}: loss {epoch.train.loss:.4f}, accuracy {epoch.train.accuracy:.2%}{behind}"


@pytest.mark.parametrize("name", CASES)
def test_it_prints_the_numbers_of_the_app_to_the_last_digit(
    name: str, mnist: Mnist, printed: Mapping[str, list[str]]
) -> None:
    assert printed[name] == app_prints(CASES[name], mnist)


def test_the_cases_have_each_setting_that_a_script_can_have() -> None:
    configs = [case.config for case in CASES.values()]
    assert {config.optimizer for config in configs} == set(OPTIMIZERS)
    assert {config.schedule for config in configs} == set(SCHEDULES)
    assert {case.spec.activation for case in CASES.values()} == set(ACTIVATIONS)


@pytest.mark.parametrize("row", [row for row in SETTINGS.values() if row.word], ids=lambda row: row.name)
def test_every_setting_changes_the_script(row: Setting) -> None:
    first = Initialization(NORMAL, 0.1)
    uses_all = TrainConfig(0.1, 9, 64, "momentum", l2=0.1, dropout=0.1, schedule="step", initialization=first)
    before = settings((9,), "relu", replace(uses_all, warmup_epochs=0.5, augmentation=Augmentation(shift_px=1)))
    after = before.changed(row, another(row, before.value(row)))
    varies = row.part == AUGMENTATION  # how much makes no difference to a script that leaves images as they are
    assert (training_script(before) == training_script(after)) is varies


def another(row: Setting, value: Any) -> Any:  # noqa: ANN401 - a setting's value is of the setting's type
    if row.kind == "switch":
        return not value
    if row.kind == "widths":
        return (*value, 5)
    if row.kind == "choice":
        return next(name for name in CHOICES[row.name] if name != value)
    return next(number for number in (*row.stops, 3, 4) if number not in (value, 0) and row.allows(number))


def test_a_run_that_stops_early_or_explodes_ends_there(printed: Mapping[str, list[str]]) -> None:
    stopped = [text.split(":")[0] for text in printed["patience, and back to the best"]]
    assert stopped[:-1] == ["epoch 0", "epoch 1"]
    assert ["nan" in text for text in printed["too fast"]] == [False, True, False]


def test_it_runs_from_a_file_with_numpy_alone_and_without_a_hidden_layer(mnist: Mnist, tmp_path: Path) -> None:
    case, script = settings((), "relu", TrainConfig(n_epochs=1, batch_size=500, dropout=0.5)), tmp_path / FILE_NAME
    script.write_text(training_script(case), "utf-8")
    command = [sys.executable, script.name, str(DIGITS)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == app_prints(case, mnist)
    imports = re.findall(r"^(?:import|from) (\w+)", script.read_text("utf-8"), re.MULTILINE)
    assert set(imports) - sys.stdlib_module_names == {"numpy"}


def all_kinds() -> Iterator[Settings]:
    """Yield every combination of what decides which lines a script has."""
    watching: list[dict[str, Any]] = [{}, {"all_images": True}, {"patience": 5}, {"restore_best": True, "patience": 3}]
    for optimizer, activation, schedule, warmup, l2, dropout, size, watched, hidden in product(
        OPTIMIZERS, ACTIVATIONS, SCHEDULES, (0.0, 0.5, 1000.0), (0.0, 1.5e-5), (0.0, 0.7), (128, 5_000, None), watching,
        ((), (1024,) * 5),
    ):  # fmt: skip
        config = TrainConfig(0.00123, 100, size, optimizer, 0.995, l2=l2, dropout=dropout, schedule=schedule)
        first = Initialization("xavier", bias_width=0.12)
        config = replace(config, warmup_epochs=warmup, initialization=first, seed=2**32 - 1, **watched)
        yield settings(hidden, activation, config)


def test_it_has_less_than_80_lines_whatever_is_set() -> None:
    lengths = {training_script(kind).count("\n") for kind in islice(all_kinds(), 0, None, 31)}
    assert len(lengths) > 10
    assert max(lengths) <= MAX_LINES < 80


def test_it_is_laid_out_well_and_has_no_line_for_nothing(tmp_path: Path) -> None:
    kinds = [*CASES.values(), *(Settings(preset.spec, preset.config) for preset in PRESETS.values())]
    for i, kind in enumerate([*kinds, *islice(all_kinds(), 0, None, 311)]):
        (tmp_path / f"script_{i}.py").write_text(training_script(kind), "utf-8")
    # Names of the lesson are those of mathematics; and lines get long only where many settings come together.
    said = ruff("check", "--select", "E,F,W,N,UP,C4,SIM,PERF", "--ignore", "N803,N806,E501", folder=tmp_path)
    assert said == "All checks passed!\n"
    for i in range(len(kinds), len(list(tmp_path.iterdir()))):
        (tmp_path / f"script_{i}.py").unlink()
    assert ruff("check", "--select", "E501,I", folder=tmp_path) == "All checks passed!\n"
    for path in tmp_path.iterdir():  # of a long script only blank lines are missing
        path.write_text(re.sub(r"\n+(?=def |X, labels = read)", r"\n\n\n", path.read_text("utf-8")), "utf-8")
    assert ruff("format", "--diff", folder=tmp_path) == ""


def ruff(*command: str, folder: Path) -> str:
    whole = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", "--line-length", "120", str(folder)]
    return subprocess.run(whole, capture_output=True, text=True, check=False).stdout


def records(case: Settings, mnist: Mnist) -> tuple[EpochRecord, ...]:
    epochs, _ = history(case, mnist)
    return tuple(
        EpochRecord(e.number, e.train, e.validation, e.learning_rate, e.gradient_norms, 1.0, e.n_updates, e.n_measured)
        for e in epochs
    )


def test_it_says_what_it_does_otherwise_than_the_run() -> None:
    varied = settings((8,), "relu", TrainConfig(augmentation=Augmentation(noise=0.1)))
    assert not_in_script(varied) == ("does not vary the images",)
    assert '"""Train a network of 784 x 8 x 10 on MNIST' in (script := training_script(varied))
    assert script.splitlines()[2].startswith("Unlike the run in the app, it does not vary the images.")
    changed = Curves((), (Change(1.5, "momentum", 0.9, 0.5),))
    assert "it begins with the settings that the run ended with." in training_script(CASES["as it begins"], changed)
    assert "does not vary the images and begins with" in training_script(varied, changed)
    assert "Unlike" not in training_script(CASES["as it begins"])


def test_it_says_so_where_a_run_went_on_longer_than_it_was_to(mnist: Mnist) -> None:
    planned = settings((), "relu", replace(ADAM, n_epochs=2, batch_size=1_000, schedule="cosine"))
    curves = Curves(records(planned, mnist), ())
    longer = planned._replace(config=replace(planned.config, n_epochs=4))
    assert not_in_script(planned, curves) == ()
    assert not_in_script(longer, curves) == ("begins with the settings that the run ended with",)
    constant = longer._replace(config=replace(longer.config, schedule="constant"))
    assert not_in_script(constant, Curves(records(constant, mnist)[:3], ())) == ()
