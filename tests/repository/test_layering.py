"""Imports go one way, pages -> ui -> store -> runs -> drawings -> fcnn; fcnn needs NumPy and the standard library."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("fcnn", "drawings", "runs", "charts", "store", "ui", "pages")  # each may import those before it, and itself
APP_FILES = [ROOT / "streamlit_app.py", *(path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py")))]

# Modules without a file (types that Cython shares) come with NumPy; what site-packages loads at the start is not ours.
IMPORT_AND_LIST_STRANGERS = """
import importlib, json, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
loaded = {name.partition(".")[0] for name, module in sys.modules.items()
          if name not in before and getattr(module, "__file__", None)}
print(json.dumps(sorted(loaded - sys.stdlib_module_names - {"fcnn", "numpy"})))
"""

# (file that would hold it, code): each breaks one rule of pyproject.toml, fcnn/ruff.toml or ui/ruff.toml.
FORBIDDEN = [
    ("fcnn/network.py", "import streamlit\n"),
    ("fcnn/network.py", "import plotly.graph_objects\n"),
    ("fcnn/network.py", "from ui.visit import Visit\n"),
    ("fcnn/network.py", "import store\n"),
    ("fcnn/network.py", "import drawings.board\n"),
    ("fcnn/network.py", "import runs.registry\n"),
    ("fcnn/network.py", "import threading\n"),
    ("fcnn/network.py", "from time import monotonic\n"),
    ("fcnn/network.py", "import os\n"),
    ("drawings/board.py", "import streamlit\n"),
    ("drawings/board.py", "import runs.registry\n"),
    ("runs/run.py", "import streamlit\n"),
    ("runs/run.py", "from ui.visit import Visit\n"),
    ("drawings/board.py", "from ui.visit import Visit\n"),
    ("fcnn/model_file.py", "import pickle\n"),
    ("charts/learning.py", "import streamlit\n"),
    ("charts/learning.py", "import store\n"),
    ("ui/page.py", "import pages.train\n"),
    ("ui/page.py", "import streamlit as st\n\nst.session_state['run'] = 1\n"),
    ("pages/train.py", "import streamlit as st\n\nst.session_state['run'] = 1\n"),
    ("pages/train.py", "from streamlit import session_state\n"),
]


def test_fcnn_runs_with_numpy_and_the_standard_library_alone() -> None:
    paths = sorted((ROOT / "fcnn").rglob("*.py"))
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    assert modules
    command = [sys.executable, "-c", IMPORT_AND_LIST_STRANGERS, *modules]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == []


@pytest.mark.parametrize("path", APP_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_imports_only_layers_below_its_own(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    own = LAYERS.index(layer) if layer in LAYERS else len(LAYERS)
    above = {*LAYERS[own + 1 :], "pages", "streamlit_app", "tests"}  # a page is a script: nothing imports it
    assert not above.intersection(imported_packages(path))


@pytest.mark.parametrize(("path", "code"), FORBIDDEN)
def test_the_linter_rejects_an_import_in_the_wrong_direction(path: str, code: str) -> None:
    assert "TID251" in lint(path, code)


def test_the_linter_lets_ui_visit_keep_the_session() -> None:
    assert "TID251" not in lint("ui/visit.py", "import streamlit as st\n\nst.session_state['run'] = 1\n")


def imported_packages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def lint(path: str, code: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", path, "-"]
    return subprocess.run(command, cwd=ROOT, input=code, capture_output=True, text=True, check=False).stdout
