"""Settings in the address bar."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fcnn.augmentation import Augmentation
from fcnn.config import Settings, TrainConfig
from fcnn.initialization import Initialization
from fcnn.network import mnist_spec
from fcnn.presets import PRESETS
from fcnn.settings import SETTINGS
from fcnn.written import exact
from ui.address import PAGE_WORDS, START, Link, read, read_settings, write, write_settings
from ui.menu import MENU

DIFFERENT = Settings(
    mnist_spec((100, 50), "tanh"),
    TrainConfig(
        learning_rate=0.037,
        n_epochs=33,
        batch_size=None,
        optimizer="nesterov",
        momentum=0.75,
        l2=1e-05,
        dropout=0.35,
        augmentation=Augmentation(1.5, 7, 0.11, 2.3, 5, 0.05),
        schedule="step",
        step_epochs=7,
        warmup_epochs=1.5,
        patience=4,
        restore_best=True,
        n_train=1_234,
        initialization=Initialization("normal", 0.123, 0.456),
        seed=42,
    ),
)


def test_a_link_brings_back_every_setting() -> None:
    assert read_settings(write_settings(DIFFERENT)) == (DIFFERENT, [])


@pytest.mark.parametrize("name", PRESETS)
def test_a_link_brings_back_every_preset(name: str) -> None:
    settings = Settings(PRESETS[name].spec, PRESETS[name].config)
    assert read_settings(write_settings(settings)) == (settings, [])


def test_the_settings_of_the_start_need_no_words() -> None:
    assert write_settings(Settings(START.spec, START.config)) == {}


def test_every_word_is_needed() -> None:
    words = write_settings(
        DIFFERENT._replace(
            config=replace(DIFFERENT.config, patience=0, restore_best=False, n_train=None, all_images=True)
        )
    )
    words |= write_settings(DIFFERENT)
    assert set(words) == {row.word for row in SETTINGS.values() if row.word}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("rate", "fast"), ("rate", "-1"), ("rate", "nan"), ("rate", "1e99"), ("hidden", "64-"), ("hidden", "0"),
        ("hidden", "9999"), ("hidden", "1-1-1-1-1-1"), ("epochs", "0"), ("epochs", "1e3"), ("batch", "0"),
        ("batch", "half"), ("optimizer", "sgd"), ("activation", "<script>"), ("all", "maybe"), ("seed", "-1"),
        ("epochs", "1_000"), ("rate", "0_1"), ("epochs", "\u0663"), ("epochs", "\uff13"), ("rate", " 0.1"),
        ("rate", "+1"),
        ("rate", ".5"), ("rate", "1e400"), ("rate", "-0"), ("rate", ""), ("batch", ""), ("hidden", "6_4"),
        ("rate", "0." + "1" * 60), ("seed", "4294967296"), ("momentum", "0.99991"), ("dropout", "0.951"),
        ("warmup", "1001"), ("patience", "100001"), ("epochs", "100001"), ("step", "0"), ("width", "10.1"),
        ("dropout", "1.5"), ("epochs", "9" * 5000), ("rotate", "999"), ("blur", "0"), ("noise", "loud"),
        ("images", "99"), ("images", "55001"), ("images", "full"), ("images", "1e3"),
    ],
)  # fmt: skip
def test_a_word_that_makes_no_sense_is_named_and_left_out(word: str, text: str) -> None:
    settings, not_understood = read_settings({"l2": "0.5"} | {word: text})
    assert not_understood == [word]
    assert settings == Settings(START.spec, replace(START.config, l2=0.5))


def test_words_of_others_are_ignored() -> None:
    assert read_settings({"utm_source": "mail"}) == (Settings(START.spec, START.config), [])


NUMBERS = {
    "rate": "learning_rate", "epochs": "n_epochs", "momentum": "momentum", "l2": "l2", "dropout": "dropout",
    "warmup": "warmup_epochs", "step": "step_epochs", "patience": "patience", "seed": "seed", "width": "weight_width",
    "bias": "bias_width", "shift": "shift_px", "rotate": "rotation_deg", "resize": "scale", "bend": "elastic_px",
    "blur": "elastic_blur_px", "noise": "noise", "batch": "batch_size", "hidden": "hidden",
    "images": "n_train",
}  # fmt: skip


def test_every_number_that_a_visitor_may_set_has_a_range() -> None:
    numbers = {row.name for row in SETTINGS.values() if row.kind in ("number", "whole", "widths")}
    assert {*NUMBERS.values(), "n_hidden_layers"} == numbers
    assert all(row.range[0] < row.range[1] for row in SETTINGS.values() if row.name in numbers)


@pytest.mark.parametrize("word", NUMBERS)
@pytest.mark.parametrize("end", [0, 1])
def test_a_link_may_ask_for_the_ends_of_a_range_and_for_nothing_beyond(word: str, end: int) -> None:
    last = SETTINGS[NUMBERS[word]].range[end]
    beyond = last * 1.01 + 1 if end else last - 0.5
    settings, not_understood = read_settings({word: exact(last)})
    assert not_understood == []
    assert write_settings(settings).get(word, exact(last)) == exact(last)
    assert read_settings({word: exact(beyond)}) == (Settings(START.spec, START.config), [word])


@pytest.mark.parametrize("value", ["0.123456789", "1.2345678901e-05", "0.1000000001", "0.00012345678901234567", "1E-3"])
def test_a_number_in_a_link_is_kept_to_the_last_digit(value: str) -> None:
    settings, _ = read_settings({"rate": value})
    assert settings.config.learning_rate == float(value)
    assert float(write_settings(settings)["rate"]) == float(value)


FULL = Link(
    DIFFERENT, "a-run", "file", 12, {"weights": {"sort": "digit", "neuron": "7"}, "mistakes": {"order": "unsure"}}
)


def as_given(words: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: [text] for name, text in words.items()}


@pytest.mark.parametrize("page", ["home", *PAGE_WORDS])
def test_an_address_brings_back_everything_on_every_page(page: str) -> None:
    link, not_understood = read(as_given(write(FULL, page)), page)
    assert not_understood == []
    assert link._replace(chosen={of: words for of, words in link.chosen.items() if words}) == FULL


def test_words_of_a_page_go_along_under_its_name() -> None:
    assert write(FULL, "weights")["sort"] == "digit"
    assert write(FULL, "mistakes")["weights.sort"] == "digit"
    assert "sort" not in write(FULL, "mistakes")


def test_two_pages_may_have_the_same_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.address.PAGE_WORDS", {"weights": ("sort",), "mistakes": ("sort",)})
    both = {"weights": {"sort": "digit"}, "mistakes": {"sort": "unsure"}}
    for page in both:
        assert read(as_given(write(Link(chosen=both), page)), page)[0].chosen == both


def test_no_choice_of_any_page_is_lost() -> None:
    everything = {page: dict.fromkeys(words, "x") for page, words in PAGE_WORDS.items()}
    assert read(as_given(write(Link(chosen=everything), "home")), "home")[0].chosen == everything


def test_words_that_nobody_knows_are_not_remembered() -> None:
    many = {f"word{i}": "x" for i in range(10_000)} | {"sort": "x" * 1000, "weights.colour": "red", "draw.": "1"}
    link, not_understood = read(as_given(many), "weights")
    assert (link._replace(chosen={}), not_understood) == (Link(chosen={}), [])
    assert not any(link.chosen.values())


def test_no_word_of_a_page_is_one_of_a_setting() -> None:
    settings = {row.word for row in SETTINGS.values()} | {"run", "net", "epoch"}
    assert [word for words in PAGE_WORDS.values() for word in words if word in settings] == []


def test_every_word_that_a_page_uses_is_known_here() -> None:
    pages = {page.name for page in MENU}
    assert set(PAGE_WORDS) <= pages


@pytest.mark.parametrize("epoch", [0, 3, 0.002327, 1.818e-05, 12.75, 999_999])
def test_a_moment_of_the_training_comes_back(epoch: float) -> None:
    words = write(Link(epoch=epoch), "home")
    assert read(as_given(words), "home")[0].epoch == epoch


@pytest.mark.parametrize("text", ["-1", "1e400", "nan", "1000000", "0.0023270000001", "", "1_0", "update 5"])
def test_no_other_moment_is_believed(text: str) -> None:
    assert read({"epoch": [text]}, "home") == (Link(chosen=read({}, "home")[0].chosen), ["epoch"])
