"""Scripts and style sheets: each has a module of its name beside it that brings it into a page, and no other way in."""

import ast
import re
from pathlib import Path

import pytest

from ui.components import mount

UI = Path(__file__).parents[3] / "ui"
SCRIPTS, STYLES = sorted(UI.rglob("*.js")), sorted(UI.rglob("*.css"))
STRANGER = UI / "draw" / "canvas.py"  # registers the component of a package anew


def mounts_its_own(module: Path) -> set[str]:
    """Return which functions of mount.py a module calls with its own file."""
    calls = (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {
        ast.unparse(call.func)
        for call in calls
        if call.args
        and ast.unparse(call.args[0]) == "__file__"
        and ast.unparse(call.func) in ("component", "style", "script")
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_mounted_by_the_module_of_its_name(script: Path) -> None:
    assert mounts_its_own(script.with_suffix(".py")) & {"component", "script"}


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.stem)
def test_a_style_sheet_is_used_by_the_module_of_its_name(sheet: Path) -> None:
    assert mounts_its_own(sheet.with_suffix(".py"))


def test_nothing_comes_into_a_page_another_way() -> None:
    other_ways = re.compile(r"components\.v2\.component\(|st\.html\(Path|read_text")
    modules = set(UI.rglob("*.py")) - {Path(mount.__file__), STRANGER}
    assert not [path for path in modules if other_ways.search(path.read_text("utf-8"))]


def test_a_component_has_the_script_and_the_style_that_stand_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: list[dict[str, object]] = []
    monkeypatch.setattr("streamlit.components.v2.component", lambda _, **given: registered.append(given))
    (tmp_path / "bell.js").write_text("export default function () {}\n", "utf-8")
    mount.component(str(tmp_path / "bell.py"), "bell")
    (tmp_path / "bell.css").write_text(".bell { color: red; }\n", "utf-8")
    mount.component(str(tmp_path / "bell.py"), "bell", html="<p></p>", isolate_styles=False)
    script = "export default function () {}\n"
    assert registered == [
        {"html": None, "css": None, "js": script, "isolate_styles": True},
        {"html": "<p></p>", "css": ".bell { color: red; }\n", "js": script, "isolate_styles": False},
    ]
