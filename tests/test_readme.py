"""What the README promises, run as it stands there."""

import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fcnn.activations import ACTIVATIONS, Activation, sigmoid

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_notebook_example_reaches_97_percent_in_15_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    code = EXAMPLES[0]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    start = time.process_time()
    names: dict[str, Any] = {}
    exec(code, names)
    # The time of the processor, on one thread: what other programs of a busy machine take does not count.
    assert time.process_time() - start < 15
    assert names["figures"].accuracy > 0.97
    assert "test accuracy 97" in capsys.readouterr().out or names["figures"].accuracy >= 0.98


def test_the_line_that_adds_an_activation_works() -> None:
    added: dict[str, Activation] = eval(
        "{" + EXAMPLES[1] + "}", {"Activation": Activation, "np": np, "sigmoid": sigmoid}
    )
    (softplus,) = added.values()
    z, eps = np.linspace(-3, 3, 13), 1e-6
    assert np.allclose(softplus.df(z), (softplus.f(z + eps) - softplus.f(z - eps)) / (2 * eps), rtol=1e-5)
    assert not added.keys() & ACTIVATIONS.keys()


def test_every_file_of_the_layout_exists() -> None:
    layout = README.split("## How it is laid out")[1].split("```")[1]
    names = re.findall(r"^\s*(\S+/?)\s", layout, re.MULTILINE)
    root = Path(__file__).parents[1]
    for name in names:
        assert (root / name).exists() or (root / "fcnn" / name).exists(), name
    assert (root / "docs" / "train.png").exists()
