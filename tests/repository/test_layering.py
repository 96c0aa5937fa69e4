"""Who may use whom, as the table of docs/architecture.md has it: held to the folders, to every import, and to ruff."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.project import ROOT, run_python

DOCUMENT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
REQUIREMENTS, DEVELOPMENT = (
    re.findall(r"^[\w-]+", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    for name in ("requirements.txt", "requirements-dev.txt")
)
OPTIONAL = set(re.findall(r"(\w+) \(optional\)", DOCUMENT))
DISTRIBUTIONS = {"PIL": "pillow", "pandas": "streamlit", "streamlit_drawable_canvas": "streamlit-drawable-canvas"}
HOME = "streamlit_app"
NOT_FOR_ROOMS = {HOME, "pages", "tests", "benchmarks", "tools"}  # scripts, and what stands outside the app
NOT_ROOMS = {"tests", "benchmarks", "tools"}


class Room(NamedTuple):
    """One row of the document's table."""

    exists: bool
    may_use: set[str]
    libraries: set[str]


def words(cell: str) -> set[str]:
    return {word for word in cell.strip().split(", ") if word}


ROOMS = {
    name: Room(not later, words(may_use), words(libraries.replace(" (optional)", "")))
    for name, later, may_use, libraries in re.findall(
        r"^\| `(\w+)`( \(later\))? \|([^|]*)\|([^|]*)\|[^|]+\|$", DOCUMENT, re.MULTILINE
    )
}
FILES = [ROOT / f"{HOME}.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())

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
    ("exports/report.py", "import streamlit\n"),
    ("exports/report.py", "from ui.words import plain\n"),
    ("ui/page.py", "import pages.train\n"),
    ("ui/page.py", "import streamlit as st\n\nst.session_state['run'] = 1\n"),
    ("pages/train.py", "import streamlit as st\n\nst.session_state['run'] = 1\n"),
    ("pages/train.py", "from streamlit import session_state\n"),
]
WRONG_WAY = [
    (room, other)
    for room, row in ROOMS.items()
    for other in ROOMS
    if row.exists and other != room and other not in row.may_use
]
# (file that would hold it, code, whether it may): parts of a page are for that page.
PARTS = [
    ("pages/train.py", "from ui.train.controls import choose", True),
    ("pages/train.py", "from ui.draw import board", False),
    ("pages/train.py", "from ui import draw", False),
    ("pages/train.py", "from ui import page", True),
    ("pages/train.py", "from ui.components.gallery import gallery", True),
    ("ui/train/changed.py", "from ui.train.layers import x", True),
    ("ui/train/changed.py", "from ..draw import board", False),
    ("ui/train/changed.py", "import ui.draw.board", False),
    ("ui/components/gallery.py", "from ui.draw import board", False),
    ("ui/page.py", "from ui.train.controls import choose", False),
    ("ui/page.py", "from .train.controls import choose", False),
    ("streamlit_app.py", "from ui.home.memory import x", True),
    ("streamlit_app.py", "from ui.train.memory import x", False),
]


def test_the_table_has_every_room_and_the_rules_of_the_house() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"pages"}
    assert {name for name, room in ROOMS.items() if room.exists} == packages - NOT_ROOMS
    assert not [name for name, room in ROOMS.items() if not room.exists and (ROOT / name).exists()]
    for name, room in ROOMS.items():
        for used in room.may_use:
            assert name not in ROOMS[used].may_use, f"{name} and {used} may use each other"
            assert ROOMS[used].may_use <= room.may_use, f"{name} may not use all that {used} may"
    assert ROOMS["fcnn"].may_use == set()
    assert not ROOMS["charts"].may_use & {"exports", "store"}
    assert {name for name, room in ROOMS.items() if "streamlit" in room.libraries} == {"ui", "pages"}


def test_every_library_of_the_table_is_installed_with_the_app() -> None:
    libraries = set[str]().union(*(room.libraries for room in ROOMS.values()))
    assert {DISTRIBUTIONS.get(name, name) for name in libraries - OPTIONAL} == set(REQUIREMENTS)


def test_an_optional_library_is_installed_for_the_checks_alone_and_not_loaded_with_the_app() -> None:
    assert OPTIONAL
    assert set(DEVELOPMENT) >= OPTIONAL
    loaded = run_python(
        "import sys, ui.page, ui.server, runs.sweep.sweeps, runs.executors; print(*sys.modules)"
    ).split()
    assert not OPTIONAL & set(loaded)


@each_file
def test_a_file_uses_what_its_room_may_use(path: Path) -> None:
    name = path.relative_to(ROOT).parts[0]
    room = ROOMS["pages" if name == f"{HOME}.py" else name]
    used = {module.partition(".")[0] for module in imported(path.read_text("utf-8"), path)} - ({name} - NOT_FOR_ROOMS)
    assert used & {*ROOMS, *NOT_FOR_ROOMS} <= room.may_use
    assert used - {*ROOMS, *NOT_FOR_ROOMS, *sys.stdlib_module_names} <= room.libraries


@each_file
def test_the_parts_of_a_page_are_used_by_that_page_alone(path: Path) -> None:
    assert parts_of_other_pages(path.read_text("utf-8"), path) == []


@pytest.mark.parametrize(("file", "code", "may"), PARTS)
def test_parts_of_another_page_are_noticed(file: str, code: str, may: bool) -> None:
    assert (parts_of_other_pages(code, ROOT / file) == []) is may


def test_every_folder_of_ui_belongs_to_a_page_or_holds_components() -> None:
    folders = {path.parent.name for path in (ROOT / "ui").glob("*/__init__.py")}
    assert folders <= {"components", "home", *(path.stem for path in (ROOT / "pages").glob("*.py"))}


def test_fcnn_runs_with_numpy_and_the_standard_library_alone() -> None:
    paths = sorted((ROOT / "fcnn").rglob("*.py"))
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    assert modules
    assert json.loads(run_python(IMPORT_AND_LIST_STRANGERS, *modules)) == []


@pytest.mark.parametrize(("path", "code"), FORBIDDEN)
def test_the_linter_rejects_an_import_in_the_wrong_direction(path: str, code: str) -> None:
    assert "TID251" in lint(path, code)


@pytest.mark.parametrize(("room", "other"), WRONG_WAY)
def test_the_linter_knows_the_table(room: str, other: str) -> None:
    assert "TID251" in lint(f"{room}/any.py", f"import {other}\n")


def test_the_linter_lets_one_file_keep_the_session() -> None:
    assert "TID251" not in lint("ui/visit.py", "import streamlit as st\n\nst.session_state['run'] = 1\n")


def parts_of_other_pages(code: str, path: Path) -> list[str]:
    """Return the modules of ui/<page>/ that a file uses although it is not of that page."""
    room, *rest = path.relative_to(ROOT).with_suffix("").parts
    own = "home" if room == HOME else rest[0]
    shared = {"components", own if room != "ui" or len(rest) > 1 else ""}
    folders = {folder.parent.name for folder in (ROOT / "ui").glob("*/__init__.py")} - shared
    parts = (module.split(".") for module in imported(code, path))
    return [".".join(part) for part in parts if part[0] == "ui" and len(part) > 1 and part[1] in folders]


def imported(code: str, path: Path) -> Iterator[str]:
    """Yield each module or name that a file imports, in full: fcnn.network.forward."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield from (".".join([*above, *filter(None, [node.module]), alias.name]) for alias in node.names)


def lint(path: str, code: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", path, "-"]
    return subprocess.run(command, cwd=ROOT, input=code, capture_output=True, text=True, check=False).stdout
