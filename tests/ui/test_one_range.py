"""One range for each setting: TrainConfig, widget and address agree on it, and whatever a link says, Train opens."""

from collections.abc import Iterator, Mapping
from math import nextafter
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from fcnn.config import Settings
from fcnn.settings import SETTINGS
from fcnn.written import exact
from tests.visits import checked, prepare, state
from ui.address import START, read_settings
from ui.server import runs

NUMBERS = [row for row in SETTINGS.values() if row.kind in ("number", "whole", "widths")]
WORDS: Mapping[str, str] = {row.name: row.word for row in NUMBERS if row.word}  # what each is called in an address
RANGES: Mapping[str, tuple[float, float]] = {row.name: row.range for row in NUMBERS}


def is_whole(name: str) -> bool:
    return SETTINGS[name].is_whole


BESIDE = {"schedule": "step", "init": "normal"}  # so that all widgets are drawn
FRACTIONS = [name for name in WORDS if not is_whole(name)]

BETWEEN = {
    "learning_rate": "0.18143", "momentum": "0.123", "l2": "0.00077", "dropout": "0.333", "warmup_epochs": "0.7",
    "weight_width": "0.00001234", "bias_width": "1.02051", "shift_px": "0.123456789", "rotation_deg": "7.3",
    "scale": "0.0123", "elastic_px": "0.3333333333333333", "elastic_blur_px": "2.2", "noise": "1e-9",
}  # fmt: skip
NONSENSE = (
    "", " ", "nan", "inf", "-inf", "1e400", "-1e400", "1_000", " 5", "5 ", "+5", "-0", "-5", "5,0", "0x5",
    "\N{ARABIC-INDIC DIGIT FIVE}", "\N{DEVANAGARI DIGIT FIVE}", "\N{FULLWIDTH DIGIT FIVE}", "five", "5\n", "5\x00",
    "1e", "e5", ".", "9" * 4000, "0." + "3" * 4000, "[5]", "5;5", "none", "None", "True",
)  # fmt: skip


def train(**address: str) -> AppTest:
    return checked(prepare("pages/train.py", address).run())


def key(name: str) -> str:
    return "set_hidden0" if name == "hidden" else f"set_{name}"


def shown(at: AppTest, name: str) -> Any:  # noqa: ANN401 - a widget's value is of the widget's type
    """Return the number that a widget shows, as the browser would write it."""
    widgets: list[Any] = [
        w for kind in ("slider", "select_slider", "number_input") for w in at.get(kind) if w.key == key(name)
    ]
    (widget,) = widgets
    if widget.type == "select_slider":
        assert widget.format_func(widget.value) == exact(widget.value)
    elif not is_whole(name):
        assert widget.proto.format == "%g"  # JavaScript's: every digit
    if widget.type == "slider":
        n_steps = (widget.value - widget.min) / widget.step
        assert abs(n_steps - round(n_steps)) < 1e-9  # else the browser moves it to the nearest step
    return widget.value


def start_can_be_pressed(at: AppTest) -> bool:
    return any(button.label == "Start" and not button.disabled for button in at.button)


def left_out(at: AppTest) -> str:
    return " ".join(warning.value for warning in at.warning)


@pytest.fixture(autouse=True)
def no_run_is_left() -> Iterator[None]:
    yield
    assert len(runs()) == 0


def test_every_number_of_a_run_is_tried_here() -> None:
    assert set(WORDS) == set(RANGES) - {"n_hidden_layers"}


@pytest.mark.parametrize("end", [0, 1])
def test_the_ends_of_all_ranges_open_and_their_widgets_show_them(end: int) -> None:
    ends = {name: RANGES[name][end] for name in WORDS}
    at = train(**BESIDE, **{WORDS[name]: exact(value) for name, value in ends.items()})
    for name, value in ends.items():
        assert shown(at, name) == value, name
        assert type(shown(at, name)) is (int if is_whole(name) else float), name
    assert left_out(at) == ""
    assert start_can_be_pressed(at)


def test_what_lies_beyond_a_range_is_left_out_and_named() -> None:
    beyond = {name: RANGES[name][1] + 1 if is_whole(name) else nextafter(RANGES[name][1], 1e9) for name in WORDS}
    at = train(**BESIDE, **{word: exact(beyond[name]) for name, word in WORDS.items()})
    assert set(left_out(at).partition("left out: ")[2].strip(".").split(", ")) == set(WORDS.values())
    assert state(at).spec == START.spec
    assert set(at.query_params) == set(BESIDE)
    assert start_can_be_pressed(at)


@pytest.mark.parametrize(("name", "text"), [(name, exact(RANGES[name][0] - 1)) for name in WORDS])
def test_what_lies_below_a_range_is_left_out(name: str, text: str) -> None:
    assert read_settings({WORDS[name]: text})[1] == [WORDS[name]]


def test_a_value_between_the_stops_is_shown_as_it_is_and_comes_back() -> None:
    at = train(**BESIDE, **{WORDS[name]: BETWEEN[name] for name in FRACTIONS})
    for name in FRACTIONS:
        assert shown(at, name) == float(BETWEEN[name]), name
        assert float(at.query_params[WORDS[name]]) == float(BETWEEN[name]), name
    assert left_out(at) == ""


@pytest.mark.parametrize("name", WORDS)
def test_nonsense_is_left_out_and_named(name: str) -> None:
    word = WORDS[name]
    allowed = {"none"} if word == "hidden" else set()
    for text in {*NONSENSE} - allowed:
        assert read_settings({word: text}) == (Settings(START.spec, START.config), [word]), text
    for text in ("5.5", "5.0", "1e1") if is_whole(name) else ():
        assert read_settings({word: text})[1] == [word], text


@pytest.mark.parametrize("text", ["nan", "9" * 4000])
def test_a_page_of_nothing_but_nonsense_opens_and_names_all_of_it(text: str) -> None:
    at = train(**dict.fromkeys([*WORDS.values(), "epoch"], text))
    assert all(word in left_out(at) for word in (*WORDS.values(), "epoch"))
    assert (state(at).spec, state(at).config) == (START.spec, START.config)
    assert start_can_be_pressed(at)


SAMPLES: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"dropout": "0.93"}, {"dropout": 0.93}),
    ({"optimizer": "momentum", "momentum": "0.995"}, {"momentum": 0.995}),
    (
        {"epochs": "50000", "patience": "5000", "warmup": "500", "schedule": "step", "step": "5000"},
        {"n_epochs": 50_000, "patience": 5000, "warmup_epochs": 500.0, "step_epochs": 5000},
    ),
    ({"epochs": "3", "schedule": "step", "step": "50", "warmup": "9"}, {"step_epochs": 50, "warmup_epochs": 9.0}),
]


@pytest.mark.parametrize(("address", "numbers"), SAMPLES)
def test_what_a_link_asks_for_is_what_the_widgets_show(address: dict[str, str], numbers: dict[str, Any]) -> None:
    at = train(**address)
    for name, value in numbers.items():
        assert shown(at, name) == value == getattr(state(at).config, name)
    assert left_out(at) == ""


@pytest.mark.parametrize(
    ("address", "word"),
    [({"all": "yes", "patience": "3"}, "patience"), ({"patience": "3", "all": "yes"}, "patience"),
     ({"all": "yes", "best": "yes"}, "best"), ({"images": "500", "all": "yes"}, "all"),
     ({"hidden": "5-5-5-5-5-5"}, "hidden"), ({"hidden": "5--5"}, "hidden")],
)  # fmt: skip
def test_of_words_that_do_not_go_together_one_is_left_out(address: dict[str, str], word: str) -> None:
    at = train(**address)
    assert f"left out: {word}." in left_out(at)
    assert start_can_be_pressed(at)


def test_a_batch_of_more_images_than_there_are_is_all_of_them() -> None:
    at = train(batch="1000000")
    assert "55,000 images, all at once" in " ".join(m.value for m in at.markdown)


def test_of_few_images_a_batch_is_never_more_than_all() -> None:
    at = train(images="500", batch="1024")
    assert "500 images, all at once" in " ".join(m.value for m in at.markdown)
    assert shown(at, "n_train") == 500


def test_a_word_that_says_two_things_is_left_out() -> None:
    at = prepare("pages/train.py")
    at.query_params["rate"] = ["0.1", "0.2"]
    at.query_params["epochs"] = ["7", "7"]
    checked(at.run())
    assert "left out: rate." in left_out(at)
    assert state(at).config.n_epochs == 7


@pytest.mark.parametrize("file", ["streamlit_app.py", "pages/weights.py", "pages/mistakes.py", "pages/draw.py"])
@pytest.mark.parametrize("text", ["\N{ARABIC-INDIC DIGIT THREE}", "9" * 4000])
def test_nonsense_in_the_words_of_other_pages_opens_them(file: str, text: str) -> None:
    names = ("epoch", "run", "net", "image", "neuron", "input", "true", "said", "sort", "sample", "scale", "x" * 4000)
    at = checked(prepare(file, dict.fromkeys(names, text)).run())
    assert state(at).epoch is None


def test_numbers_that_are_typed_stay_within_their_ranges() -> None:
    at = train(**BESIDE)
    for name in WORDS:
        for field in (field for field in at.number_input if field.key == key(name)):
            assert (field.min, field.max) == RANGES[name]
