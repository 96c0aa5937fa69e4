"""A new setting is one row and its field: in a copy of the app that has one more, it is found everywhere."""

from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns

import pytest

from tests.project import ROOT, run_python

FOLDERS = ("fcnn", "drawings", "runs", "store", "charts", "exports", "ui", "pages")
BESIDE = ("data", "static", "limits.toml", ".streamlit")
ROW = """
    Setting("smoothing", "smooth", "Label smoothing", "How far from certain the targets are.",
            "number", "live", (0.0, 0.5), unit="share", stops=(0.0, 0.1, 0.2), live=True, mark="smoothing"),
"""
FIELD = "    smoothing: float = 0.0\n"

PROGRAM = """
from streamlit.testing.v1 import AppTest
from fcnn.config import TrainConfig, Settings, with_live
from ui.address import START, read_settings, write_settings

try:
    TrainConfig(smoothing=0.6)
except ValueError as error:
    print(error)
settings, wrong = read_settings({"smooth": "0.2"})
print(settings.config.smoothing, wrong, write_settings(settings), read_settings({"smooth": "0.7"})[1])

at = AppTest.from_file("streamlit_app.py", default_timeout=60).switch_page("pages/train.py")
at.query_params.update({"hidden": "8", "epochs": "500"})
at.run()
widget = at.select_slider(key="set_smoothing")
print(widget.label, "|", widget.help, "|", *widget.options)

from ui.server import runs
at.button(key="run_go").click().run()
at.select_slider(key="set_smoothing").set_value(0.1).run()
run = runs().get(at.session_state["app"].run_id)
print(run.view().config.smoothing, at.query_params["smooth"])
from charts.learning import accuracy_figure
print("smoothing 0.1" in str(accuracy_figure(run.view(), name="")))
runs().end_all()
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__"))
    copyfile(ROOT / "streamlit_app.py", tmp_path / "streamlit_app.py")  # Streamlit would follow a link out of the copy
    for name in BESIDE:
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def insert(file: Path, before: str, text: str) -> None:
    source = file.read_text("utf-8")
    assert source.count(before) == 1
    file.write_text(source.replace(before, text.strip("\n") + "\n" + before), "utf-8")


def test_a_setting_in_one_row_is_found_everywhere(copy: Path) -> None:
    insert(copy / "fcnn" / "settings.py", '    Setting("l2",', ROW)
    insert(copy / "fcnn" / "config.py", '    schedule: str = "constant"\n', FIELD)
    assert run_python(PROGRAM, folder=copy).splitlines() == [
        "smoothing must be between 0 and 0.5, got 0.6",
        "0.2 [] {'smooth': '0.2'} ['smooth']",
        "Label smoothing (share) | How far from certain the targets are. | 0 0.1 0.2",
        "0.1 0.1",
        "True",
    ]
