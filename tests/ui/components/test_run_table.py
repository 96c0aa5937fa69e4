"""What a table of runs sends, and what it believes of a browser."""

import json
from typing import Any

import pytest

from fcnn.config import TrainConfig
from tests.kept_runs import made_run, record
from ui.components import run_table as module
from ui.components.run_table import LETTERS, Row, run_table
from ui.run_rows import columns_of, rows_of

RUNS = [
    made_run(1, accuracy=0.97),
    made_run(2, accuracy=0.98, name="<b>wide</b>", config=TrainConfig(learning_rate=0.5, batch_size=None)),
    made_run(3, accuracy=None, hidden=(10,), uploaded=True),
]
LONGEST = "x" * LETTERS["note"]


class Table:
    """A table as Streamlit sees it, and what it passed on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, editable: bool = True) -> None:
        self.told: list[tuple[str, ...]] = []
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(module, "_mount", lambda **given: setattr(self, "given", given))
        self.given: dict[str, Any] = {}
        rows = [Row(run.id, run.number, "", "", {}) for run in RUNS]
        run_table(
            rows, [], key="table", picked=[], on_pick=lambda _: None, editable=editable,
            on_edit=lambda *event: self.told.append(event), on_act=lambda *event: self.told.append(event),
        )  # fmt: skip

    def hear(self, event: str, message: object) -> list[tuple[str, ...]]:
        self.monkeypatch.setattr(module, "heard", lambda _: {event: message})
        self.given[f"on_{event}_change"]()
        return self.told


def test_columns_are_the_settings_that_differ_and_the_results() -> None:
    columns = columns_of(RUNS)
    assert [column.title for column in columns] == [
        "Neurons", "Learning rate", "Batch size (images)", "Test accuracy (%)", "Validation accuracy (%)", "Time (s)",
    ]  # fmt: skip
    assert len(columns_of(RUNS, only_differing=False, results=[])) > 20
    first, second, brought = rows_of(RUNS, columns, now="run0001")
    assert [cell.text for cell in first.cells.values()] == ["64", "0.1", "128", "97.00", "97.00", "2.5"]
    assert [cell.text for cell in brought.cells.values()] == ["10", "—", "—", "—", "—", "7.5"]
    assert [cell.sort for cell in brought.cells.values()][1:5] == [None] * 4
    full, size = (row.cells["set_batch_size"].sort for row in (second, first))
    assert isinstance(full, float)
    assert isinstance(size, float)
    assert full > size
    assert (first.shown, second.shown) == (True, False)
    assert [row.best for row in (first, second, brought)] == [False, True, False]


def test_what_is_sent_is_json_with_the_words_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(module, "_mount", lambda *, data, **_: sent.append(data))
    columns = columns_of(RUNS)
    exploded = made_run(4, accuracy=0.1, reached=record(3, float("nan")))
    rows = rows_of([*RUNS, exploded], columns)
    run_table(rows, columns, key="table", picked=["run0002"], on_pick=lambda _: None)
    data = json.loads(json.dumps(sent[0], allow_nan=False))
    assert data["rows"][1]["name"] == "<b>wide</b>"
    assert data["picks"]["picked"] == ["run0002"]
    assert {len(row["texts"]) for row in data["rows"]} == {len(columns)}


@pytest.mark.parametrize("field", ["name", "note"])
def test_a_text_is_passed_on(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    message = {"id": "run0002", "field": field, "text": " my <b>best</b> "}
    assert Table(monkeypatch).hear("edit", message) == [("run0002", field, "my <b>best</b>")]
    assert Table(monkeypatch, editable=False).hear("edit", message) == []


@pytest.mark.parametrize(
    "message",
    [
        None,
        "run0002",
        {"id": "other", "field": "name", "text": "x"},
        {"id": ["run0002"], "field": "name", "text": "x"},
        {"id": "run0002", "field": "status", "text": "x"},
        {"id": "run0002", "field": ["name"], "text": "x"},
        {"id": "run0002", "field": "name", "text": 1},
        {"id": "run0002", "field": "name", "text": LONGEST},
        {"id": "run0002", "field": "note", "text": f"{LONGEST}x"},
    ],
)
def test_a_text_that_makes_no_sense_or_is_too_long_is_not(monkeypatch: pytest.MonkeyPatch, message: object) -> None:
    assert Table(monkeypatch).hear("edit", message) == []


@pytest.mark.parametrize("act", ["show", "pin", "unpin", "delete"])
def test_a_button_is_passed_on_and_of_the_runs_of_others_none_but_show(
    monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    message = {"id": "run0001", "act": act}
    assert Table(monkeypatch).hear("act", message) == [("run0001", act)]
    assert Table(monkeypatch, editable=False).hear("act", message) == [("run0001", act)] * (act == "show")


@pytest.mark.parametrize("message", [{"id": "run0001", "act": "destroy"}, {"id": "x", "act": "pin"}, {"act": "pin"}, 3])
def test_a_button_that_is_none_is_not(monkeypatch: pytest.MonkeyPatch, message: object) -> None:
    assert Table(monkeypatch).hear("act", message) == []
