"""What 'pip install .' gives a notebook: the network alone, typed, and a clear word about the digits."""

import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from tests.project import ROOT, environment, run_python

PROGRAM = """
import sys
from pathlib import Path
sys.path = [sys.argv[1], *(entry for entry in sys.path if entry != "")]
import fcnn, fcnn.engine.learner, fcnn.inside.neurons, fcnn.reading.npz
assert Path(fcnn.__file__).is_relative_to(sys.argv[1]), fcnn.__file__
try:
    fcnn.load()
except fcnn.DataError as error:
    print(error)
print(len(fcnn.load(sys.argv[2]).test.X))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed a copy of the project, without its dependencies."""
    project, target = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("target")
    for folder in ("fcnn", "runs", "ui", "pages", "tests"):
        copytree(ROOT / folder, project / folder, ignore=ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copy(ROOT / name, project)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_a_notebook_gets_the_network_and_nothing_of_the_app(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == {"fcnn"}
    assert (installed / "fcnn" / "py.typed").exists()
    parts = {path.relative_to(ROOT / "fcnn") for path in (ROOT / "fcnn").rglob("*.py")}
    assert {path.relative_to(installed / "fcnn") for path in (installed / "fcnn").rglob("*.py")} == parts


def test_installed_it_says_where_it_looks_for_the_digits_and_reads_them_from_elsewhere(installed: Path) -> None:
    digits = ROOT / "data" / "mnist"
    said, n_digits = run_python(PROGRAM, installed, digits, folder=installed).splitlines()
    assert said.startswith("The folder data/mnist with the digits is missing.")
    assert "load('digits/data/mnist')" in said
    assert n_digits == "10000"


def test_installed_it_has_the_command_line(installed: Path, tmp_path: Path) -> None:
    model, digits = str(ROOT / "data" / "models" / "ready.npz"), str(ROOT / "data" / "mnist")

    def evaluate(*options: str) -> "subprocess.CompletedProcess[str]":
        words = [sys.executable, "-m", "fcnn", "evaluate", model, *options]
        python = {**environment(), "PYTHONPATH": str(installed)}
        return subprocess.run(words, cwd=tmp_path, env=python, capture_output=True, text=True, check=False)

    assert "Test accuracy 9" in evaluate("--data", digits).stdout
    without = evaluate()
    assert without.returncode == 2
    assert "--data digits/data/mnist" in without.stderr


def test_it_needs_numpy_alone_within_the_bounds_of_the_app() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert project["dependencies"] == [line for line in requirements if line.startswith("numpy")]
