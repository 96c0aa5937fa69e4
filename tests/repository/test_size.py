"""Files and functions stay short enough to be read at one sitting: much of this code is shown as lesson text."""

import ast

import pytest

from tests.project import ROOT

FILE_CEILINGS = {
    "fcnn": 150,
    "drawings": 150,
    "runs": 150,
    "charts": 150,
    "exports": 150,
    "store": 150,
    "ui": 150,
    "pages": 120,
}
FUNCTION_CEILING = 40
CODE = [
    ROOT / "streamlit_app.py",
    *(
        path
        for folder in ("fcnn", "drawings", "runs", "charts", "exports", "pages", "store", "ui")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ),
]


@pytest.mark.parametrize(("folder", "ceiling"), FILE_CEILINGS.items())
def test_files_are_short(folder: str, ceiling: int) -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > ceiling} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}: {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > FUNCTION_CEILING} == {}
