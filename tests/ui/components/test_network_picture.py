"""What is sent to the picture of the network, and the sentence that says what it shows."""

import base64
from math import nan
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.initialization import Initialization, init_params
from fcnn.inside.wiring import Wiring, wire
from fcnn.network import mnist_spec
from fcnn.types import Layer
from tests.visits import checked, component
from ui.components.network_picture import EXPLODED, NOTE, PINK, describe

WIDEST = (1024,) * 5
MOST_SENT = 4_000  # bytes, without the script


def app(hidden: tuple[int, ...], factor: float, truth: int | None) -> None:
    from tests.ui.components.test_network_picture import wiring_of
    from ui.components.network_picture import network_picture

    network_picture(wiring_of(hidden, factor), key="net", truth=truth)


def wiring_of(hidden: tuple[int, ...], factor: float = 1.0, activation: str = "relu") -> Wiring:
    spec = mnist_spec(hidden, activation)
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    broken = tuple(Layer(W * np.float32(factor), b) for W, b in params)
    return wire(spec, broken, np.arange(784).astype(np.uint8))


def sent(hidden: tuple[int, ...], factor: float = 1.0, truth: int | None = None) -> dict[str, Any]:
    at = AppTest.from_function(app, kwargs={"hidden": hidden, "factor": factor, "truth": truth})
    return component(checked(at.run()), "net")


def levels(message: dict[str, Any]) -> list[int]:
    return list(base64.b64decode(message["levels"]))


def test_five_layers_of_1024_neurons_are_a_short_message() -> None:
    at = AppTest.from_function(app, kwargs={"hidden": WIDEST, "factor": 1.0, "truth": 3})
    checked(at.run())
    (element,) = at.get("bidi_component")
    assert len(element.proto.json) < MOST_SENT
    message = component(at, "net")
    assert message["hidden"] == [[12, 1012]] * 5
    # The image, five times twelve neurons, its links to twelve, four times 12 x 12 and 12 x 10 more, ten outputs.
    assert len(levels(message)) == 784 + 60 + 12 + 4 * 144 + 120 + 10


def test_without_hidden_layers_come_the_image_ten_links_and_ten_outputs() -> None:
    wiring, message = wiring_of(()), sent(())
    image, links, outputs = levels(message)[:784], levels(message)[784:794], levels(message)[794:]
    assert image == wiring.image.tolist()
    assert links == [128 + round(127 * share) for share in wiring.from_image]
    assert outputs == [round(255 * float(share)) for share in wiring.probabilities]
    assert (message["hidden"], message["note"]) == ([], "")
    assert message["answer"] == wiring.probabilities.argmax()
    assert [text != "" for text in message["percents"]] == (wiring.probabilities >= 0.01).tolist()


def test_the_most_active_neuron_of_a_layer_has_the_last_level_and_a_silent_one_the_middle() -> None:
    (layer,) = wiring_of((8,)).hidden
    shown = levels(sent((8,)))[784:792]
    assert shown[int(layer.a.argmax())] == 255
    assert {shown[i] for i in np.flatnonzero(layer.a == 0)} == {128}


def test_what_is_no_number_is_told_apart_and_said() -> None:
    message = sent((8, 8), nan)
    assert set(levels(message)[784:800]) == {0}
    assert message["note"] == f"{EXPLODED} {PINK}"
    assert message["answer"] is None
    assert message["percents"] == [""] * 10
    assert sent((), nan)["note"] == EXPLODED  # there is no neuron to be pink


def test_a_picture_that_leaves_out_neurons_says_which() -> None:
    assert sent((20,))["note"] == NOTE
    assert sent((12, 5))["note"] == ""


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ((), "no hidden layer"),
        ((1,), "one hidden layer of 1 neuron"),
        ((64,), "one hidden layer of 64 neurons"),
        ((1024, 64, 8), "3 hidden layers of 1,024, 64 and 8 neurons"),
    ],
)
def test_the_name_says_what_the_network_is_made_of(hidden: tuple[int, ...], words: str) -> None:
    assert f"The network reads a picture: 784 pixels, {words}, ten digits. " in describe(wiring_of(hidden))


def test_the_name_says_the_answer_and_whether_it_is_right() -> None:
    wiring = wiring_of((8,))
    answer = wiring.answer
    assert answer is not None
    other = (answer + 1) % 10
    assert f"It answers {answer}, " in describe(wiring)
    assert f"It answers {answer}, which is right, " in describe(wiring, truth=answer)
    assert f"It answers {answer}, which is wrong, " in describe(wiring, truth=other)
    assert "a picture of an 8:" in describe(wiring, truth=8)
    assert describe(wiring_of((8,), nan)).endswith(f"It has no answer. {EXPLODED}")
    assert describe(wiring_of((8,), 1e12)).endswith(EXPLODED)
