"""What can be taken home from the Train page: which files are offered, and what is in those that are made."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from exports.script import training_script
from fcnn import model_file
from fcnn.config import Settings
from runs.run import Run
from tests.visits import checked, prepare
from tests.waiting import until
from ui.server import runs


class Offer(NamedTuple):
    """A download button, as the page draws it."""

    make: Callable[[], str | bytes]
    file_name: str
    help: str


Offers = dict[str, Offer]
OF_MODEL = ["Model (.npz)", "Model (.onnx)"]
OF_RUN = ["History (CSV)", "Settings (JSON)", "Script (.py)"]


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> Offers:
    """What the page offers: Streamlit makes a file only once a browser asks for it."""
    drawn: Offers = {}

    def download_button(label: str, make: Callable[[], str | bytes], **rest: Any) -> None:  # noqa: ANN401
        drawn[label] = Offer(make, rest["file_name"], rest["help"])

    monkeypatch.setattr("streamlit.download_button", download_button)
    return drawn


@pytest.fixture
def learned() -> Iterator[Callable[..., tuple[AppTest, Run]]]:
    """Return how to open the page with a run that has learned; it ends with the test."""
    ids: list[str] = []

    def learn(**address: str) -> tuple[AppTest, Run]:
        at = checked(prepare("pages/train.py", address).run())
        checked(at.button(key="run_go").click().run())
        ids.append(at.session_state["app"].run_id)
        run = runs().get(ids[-1])
        assert run is not None
        until(lambda: not run.view().under_way, 60)
        return checked(at.run()), run

    yield learn
    for run_id in ids:
        runs().close(run_id)


def test_before_a_run_only_the_network_that_is_shown_can_be_taken_home(offers: Offers) -> None:
    checked(prepare("pages/train.py").run())
    assert list(offers) == OF_MODEL
    assert offers["Model (.onnx)"].file_name.endswith(".onnx")


def test_a_run_can_be_taken_home_in_five_files(offers: Offers, learned: Callable[..., tuple[AppTest, Run]]) -> None:
    _, run = learned(hidden="12", epochs="1")
    assert list(offers) == OF_MODEL + OF_RUN
    files = {label: offer.make() for label, offer in offers.items()}
    npz, onnx = files["Model (.npz)"], files["Model (.onnx)"]
    assert isinstance(npz, bytes)
    assert isinstance(onnx, bytes)
    (params,) = model_file.load(npz).params
    assert params[0].W.tobytes() in onnx
    assert json.loads(files["Settings (JSON)"])["network"]["sizes"] == [784, 12, 10]
    assert files["Script (.py)"] == training_script(Settings(run.spec, run.config))
    assert [offer.file_name for offer in offers.values()][2:] == ["history.csv", "settings.json", "train_digits.py"]
    assert "prints the same numbers" in offers["Script (.py)"].help


def test_a_script_that_does_otherwise_than_the_run_says_so(
    offers: Offers, learned: Callable[..., tuple[AppTest, Run]]
) -> None:
    learned(hidden="8", epochs="1", batch="8192", noise="0.1")
    script = offers["Script (.py)"]
    assert "It does not vary the images." in script.help
    assert "Unlike the run in the app, it does not vary the images." in str(script.make())
