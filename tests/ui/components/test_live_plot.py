"""What is sent to the browser of a chart."""

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.project import ROOT
from ui.components import live_plot as module
from ui.components.live_plot import live_plot


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    everything: list[dict[str, Any]] = []
    monkeypatch.setattr(module, "_mount", lambda *, data, **_: everything.append(data))
    return everything


def test_a_figure_of_plotly_and_the_same_as_a_dict_are_sent_alike(sent: list[dict[str, Any]]) -> None:
    bars = {"type": "bar", "x": ["a", "b"], "y": np.array([1.0, np.nan])}
    layout = {"height": 100, "xaxis": {"type": "category"}}
    for figure in ({"data": [bars], "layout": layout}, go.Figure({"data": [bars], "layout": layout})):
        live_plot(figure, key="bars", alt="Bars")
    assert sent[0] == sent[1]


def test_the_theme_of_a_figure_is_not_sent(sent: list[dict[str, Any]]) -> None:
    live_plot(go.Figure(go.Scatter(y=[1, 2])), key="line", alt="A line")
    assert "template" not in sent[0]["figure"]["layout"]


def test_the_script_in_the_browser_is_the_one_that_is_built() -> None:
    tool = (ROOT / "tools" / "make_plotly.sh").read_text("utf-8")
    built = {name: value.strip('"') for name, value in re.findall(r"^(VERSION|TRACES)=(.*)$", tool, re.MULTILINE)}
    with (ROOT / "static" / "plotly.min.js").open(encoding="utf-8") as script:
        head = script.read(300)
    assert f"plotly.js v{built['VERSION']} ({built['TRACES']}; see tools/make_plotly.sh)" in head
    assert "MIT license" in head
