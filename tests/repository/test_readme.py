"""What the README promises, run as it stands there."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fcnn.activations import ACTIVATIONS, Activation, sigmoid
from fcnn.command_line import evaluating, predicting, training
from fcnn.command_line.main import main
from fcnn.lesson import learn
from fcnn.mnist import Mnist
from tests.project import ROOT

README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_notebook_example_reaches_97_percent_in_15_seconds(tmp_path: Path) -> None:
    code = EXAMPLES[0]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    script = tmp_path / "example.py"
    script.write_text(f"{code}\nimport time\nprint('seconds', time.process_time())\n")
    # One thread, and the time of the processor: what other programs of a busy machine take does not count.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=True)
    found = re.search(r"test accuracy (\S+)%\nseconds (\S+)", done.stdout)
    assert found is not None, done.stdout
    assert float(found[1]) > 97
    assert float(found[2]) < 15


def test_the_lesson_stands_there_as_it_is_in_the_code() -> None:
    assert EXAMPLES[1] == inspect.getsource(learn)


def test_the_line_that_adds_an_activation_works() -> None:
    added: dict[str, Activation] = eval(
        "{" + EXAMPLES[2] + "}", {"Activation": Activation, "np": np, "sigmoid": sigmoid}
    )
    (softplus,) = added.values()
    z, eps = np.linspace(-3, 3, 13), 1e-6
    assert np.allclose(softplus.df(z), (softplus.f(z + eps) - softplus.f(z - eps)) / (2 * eps), rtol=1e-5)
    assert not added.keys() & ACTIVATIONS.keys()


def test_the_commands_for_a_network_work_one_after_the_other(
    tmp_path: Path, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for module in (training, evaluating, predicting):
        monkeypatch.setattr(module, "load", lambda _: mnist)
    commands = re.findall(r"^    \.venv/bin/python -m fcnn (.*?)(?: +#.*)?$", README, re.MULTILINE)
    assert {command.split()[0] for command in commands} == {"train", "evaluate", "predict"}
    for command in commands:
        quickly = ["--n_train", "100", "--n_epochs", "1"] if command.startswith("train") else []
        assert main([*command.split(), *quickly]) == 0, command


def test_every_file_of_the_layout_exists() -> None:
    layout = README.split("## How it is laid out")[1].split("```")[1]
    names = re.findall(r"^\s*(\S+/?)\s", layout, re.MULTILINE)
    for name in names:
        assert any((ROOT / room / name).exists() for room in (".", "fcnn", "runs")), name
    assert (ROOT / "docs" / "train.png").exists()
