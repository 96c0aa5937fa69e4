"""The Why page, as far as it goes without a browser: its numbers are those of fcnn/inside."""

import base64
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.initialization import Initialization, init_params
from fcnn.inside.alike import nearest, see
from fcnn.inside.counterfactual import change_mind
from fcnn.inside.evidence import find_evidence
from fcnn.inside.missing_ink import against_typical
from fcnn.inside.one_neuron import open_neuron
from fcnn.inside.ranking import rank_neurons
from fcnn.inside.score import Pair
from fcnn.inside.source import lines_behind
from fcnn.inside.sums import loss_sum, softmax_sum, weighted_sum
from fcnn.inside.switched_off import without
from fcnn.inside.when import follow
from fcnn.model_file import one_epoch
from fcnn.network import NetworkSpec, forward, mnist_spec, predict
from fcnn.pixels import Pixels, as_numbers
from fcnn.types import Params
from tests.networks import ready
from tests.visits import NOTHING, captions, checked, component, memory, prepare, words
from tests.waiting import until
from ui import cached
from ui.digit import InHand
from ui.digit_in_hand import own_digit
from ui.numbers import MINUS, signed
from ui.server import runs
from ui.visit import Visit
from ui.why.learned import ONE_MOMENT
from ui.why.memory import WhyMemory
from ui.why.seen import MOST_LIVE, training_digits

MISTAKE, ITS_TRUTH, ITS_ANSWER = 1901, 9, 4
WRONG = Pair(ITS_ANSWER, ITS_TRUTH)


def page(address: Mapping[str, str] = NOTHING, state: Visit | None = None) -> AppTest:
    return checked(prepare("pages/why.py", address, state).run())


@pytest.fixture(scope="module")
def mistake() -> AppTest:
    return page({"digit": str(MISTAKE)})


def image() -> Pixels:
    x: Pixels = cached.load_mnist().test.X[MISTAKE]
    return x


def network(hidden: tuple[int, ...], activation: str = "relu") -> tuple[NetworkSpec, Params]:
    spec = mnist_spec(hidden, activation)
    return spec, init_params(spec, Initialization(), rng=np.random.default_rng(3))


def of_file(hidden: tuple[int, ...], activation: str = "relu", **more: object) -> Visit:
    spec, params = network(hidden, activation)
    name = f"why {spec} {activation}"
    return Visit(source="file", file=one_epoch(spec, 1, params), file_name="a.npz", file_key=name, **more)  # type: ignore[arg-type]


def test_the_headline_says_what_the_network_says(mistake: AppTest) -> None:
    p = predict(*ready(), image()[None])[0]
    assert f"It says 4, {100 * p[4]:.0f} % sure: a mistake" in words(mistake)
    assert "Test digit 1,901: a 9." in words(mistake)


def test_the_neurons_of_the_picture_are_those_that_matter_most_those_for_the_answer_first(mistake: AppTest) -> None:
    (layer,) = rank_neurons(*ready(), image(), WRONG)
    picture = component(mistake, "why_network")
    parts = layer.evidence.parts
    shown = picture["neurons"][0]
    assert sorted(shown) == sorted(layer.top(12).tolist())
    assert [parts[k] for k in shown] == sorted((parts[k] for k in shown), reverse=True)
    first = layer.ranked[0]
    n_more, rest = layer.others(12)
    assert f"most by neuron {first} ({signed(parts[first])})" in words(mistake)
    assert f"The {n_more} that are not shown add up to {signed(rest)}." in words(mistake)


def test_a_neuron_opens_with_its_sum_and_what_it_adds(mistake: AppTest) -> None:
    neuron = component(mistake, "why_network")["neurons"][0][0]
    at = page({"digit": str(MISTAKE), "unit": f"0-{neuron}"})
    spec, params = ready()
    unit = open_neuron(params, forward(spec, params, as_numbers(image())[None]), 0, neuron)
    assert at.subheader[0].value == f"Neuron {neuron}"
    assert f"z = {unit.sum.z:.3g}" in words(at)
    assert f"a = relu(z) = {unit.a:.3g}" in words(at)
    assert f"{unit.sum.n_more} more terms add {signed(unit.sum.rest)}" in words(at)
    strongest = unit.goes_to[0]
    assert f"adds most to a {strongest} {signed(unit.adds[strongest])}" in words(at)
    assert component(at, "why_network")["opened"] == [0, neuron]
    assert len(captions(at, "why_unit_pictures")) == 2


def test_a_neuron_that_is_switched_off_changes_the_answer_and_comes_back(mistake: AppTest) -> None:
    spec, params = ready()
    neuron = component(mistake, "why_network")["neurons"][0][0]
    at = page({"digit": str(MISTAKE), "unit": f"0-{neuron}"})
    checked(at.button(key="why_switch").click().run())
    p = predict(spec, without(params, 0, [neuron]), image()[None])[0]
    assert f"Without neuron {neuron} it says {p.argmax()}, {100 * p.max():.0f} % sure (before: 4, 93 %)." in words(at)
    assert component(at, "why_network")["percents"][4] != component(mistake, "why_network")["percents"][4]
    assert memory(at, WhyMemory).off == {(0, neuron)}
    next(button for button in at.button if button.label == "Switch all on").click()
    assert "Without neuron" not in words(checked(at.run()))


@pytest.mark.parametrize("unit", ["0-128", "2-0", "x", "0-", "-1-3", "0-9999999", "²-1"])
def test_a_neuron_that_is_none_is_not_opened(unit: str) -> None:
    assert component(page({"unit": unit}), "why_network")["opened"] is None


def test_the_sum_of_the_pixels_is_written_out(mistake: AppTest) -> None:
    evidence = find_evidence(*ready(), image(), WRONG)
    assert (
        f"{signed(evidence.speaks_for)} for, {signed(evidence.speaks_against)} against, {signed(evidence.biases)} from "
        f"biases: {signed(evidence.difference)}"
    ) in words(mistake)
    times = np.exp(evidence.difference)
    assert f"a 4 is {times:.0f} times as probable as a 9" in words(mistake)


def test_what_ink_is_missing_is_told_apart(mistake: AppTest) -> None:
    against = against_typical(*ready(), image(), cached.typical_images()[ITS_TRUTH], WRONG)
    assert f"Ink that is missing here adds {signed(against.missing.sum())}" in words(mistake)
    assert component(mistake, "why_missing")["under"] != component(mistake, "why_evidence")["under"]


def test_another_digit_can_be_compared_with() -> None:
    at = page({"digit": str(MISTAKE), "other": "8"})
    evidence = find_evidence(*ready(), image(), Pair(ITS_ANSWER, 8))
    assert f"The score of 4 is {evidence.difference:.1f} above that of 8" in words(at)
    assert "Why 4 and not 8?" in words(at)
    assert at.selectbox(key="choice_other").options[0] == "9, the truth"


def test_the_digits_most_alike_are_those_of_the_network(mistake: AppTest) -> None:
    spec, params = ready()
    digits = training_digits(20_000)
    found = nearest(see(spec, params, digits), spec, params, image())
    assert captions(mistake, "why_alike") == [
        f"{label}, {cosine:.2f}" for label, cosine in zip(found.labels, found.cosines, strict=True)
    ]
    assert {caption[0] for caption in captions(mistake, "why_alike_others")} == {str(ITS_TRUTH)}
    assert f"{(found.labels == ITS_ANSWER).sum()} are 4s" in words(mistake)


def test_what_was_seen_is_counted_once_and_given_back() -> None:
    held = runs()._sharing.holdings.n_bytes
    before = held()
    at = page(state=of_file((11,)))
    seen = memory(at, WhyMemory).seen
    assert seen is not None
    assert held() - before == seen.n_bytes
    other = page(state=of_file((11,)))
    assert memory(other, WhyMemory).seen is seen
    assert held() - before == seen.n_bytes
    for visit in (at, other):
        give_back = memory(visit, WhyMemory).let_go_of_seen
        assert give_back is not None
        give_back()
    assert held() == before


def test_one_can_go_from_digit_to_digit() -> None:
    at = page({"digit": "0"})

    def after(label: str) -> str:
        next(button for button in at.button if button.label == label).click()
        checked(at.run())
        return str(at.query_params["digit"])

    assert after("Next") == "1"
    assert after("Previous") == "0"
    assert after("Previous") == "9999"
    answers = cached.answers_to_test("x", *ready())
    first = int(np.flatnonzero(answers.digits != cached.load_mnist().test.labels)[0])
    assert after("Next mistake") == str(first)
    assert after("Random").isdecimal()


def test_a_drawing_has_no_truth_and_is_compared_with_the_runner_up() -> None:
    drawing = own_digit(as_numbers(image()).reshape(28, 28), is_photo=False)
    at = page(state=Visit(digit=drawing))
    ranked = predict(*ready(), image()[None])[0].argsort()
    assert at.header[0].value.endswith("sure")
    assert f"Why {ranked[-1]} and not {ranked[-2]}?" in words(at)
    assert at.selectbox(key="choice_other").options[0] == f"{ranked[-2]}, the runner-up"
    assert component(at, "why_network")["truth"] is None
    next(button for button in at.button if button.label == "Next").click().run()
    assert at.query_params["digit"] == "0"


@pytest.mark.parametrize(
    ("hidden", "activation"), [((), "relu"), ((12,), "tanh"), ((9, 8, 7, 6, 5), "leaky_relu"), ((6, 5), "sigmoid")]
)
def test_networks_of_every_kind_are_explained(hidden: tuple[int, ...], activation: str) -> None:
    state = of_file(hidden, activation)
    state.digit, state.chosen = InHand("test", 5), {"why": {"unit": f"{len(hidden)}-3"}}
    at = page(state=state)
    said = words(at)
    assert ("no hidden layer" in said) == (not hidden)
    assert at.subheader[0].value == "Digit 3"
    assert not re.search(r"\bnan\b|\binf\b", said)
    assert ("from a blank page" in said) == (activation in ("tanh", "sigmoid"))
    assert [len(column) for column in component(at, "why_network")["neurons"]] == [*hidden, 10]


def test_without_memory_the_other_sections_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(runs()), "hold", lambda *_: False)
    said = words(page(state=of_file((7,))))
    assert "no memory left" in said
    assert "from biases" in said


def test_the_fewest_strokes_are_those_of_the_search() -> None:
    at = page({"digit": str(MISTAKE), "target": "8", "stroke": "2"})
    changed = change_mind(*ready(), image(), 8, size=2)
    assert f"it says 8, {100 * changed.probabilities[8]:.0f} % sure" in words(at)
    n_ink = sum(stroke.is_ink for stroke in changed.strokes)
    assert n_ink == 1
    assert "with 1 square of 2 x 2 of ink added" in words(at)
    levels = base64.b64decode(component(at, "why_changed")["levels"])
    assert np.array_equal(np.frombuffer(levels, np.uint8), np.rint(255 * changed.after))


def test_the_brush_begins_with_the_digit_and_its_bars_follow_what_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    at = page({"digit": str(MISTAKE)})
    sent = component(at, "why_brush")
    assert base64.b64decode(sent["start"]) == image().tobytes()
    assert "This is the digit as it was." in words(at)
    painted = np.zeros(784, np.uint8)
    painted[300:330] = 255
    monkeypatch.setattr("ui.why.brush.pixel_brush", lambda *_, **__: painted.tobytes())
    checked(at.run())
    p = predict(*ready(), painted[None])[0]
    assert f"It says {p.argmax()}, {100 * p.max():.0f} % sure. You have changed the digit." in words(at)
    next(button for button in at.button if button.label == "Explain this one").click().run()
    assert at.session_state["app"].digit == InHand("own", pixels=painted.tobytes())
    monkeypatch.undo()
    next(button for button in at.button if button.label == "Reset").click().run()
    assert "This is the digit as it was." in words(checked(at))
    assert component(at, "why_brush")["sheet"] > sent["sheet"]


def test_another_digit_is_a_clean_sheet() -> None:
    at = page({"digit": str(MISTAKE)})
    before = component(at, "why_brush")
    next(button for button in at.button if button.label == "Next").click().run()
    after = component(checked(at), "why_brush")
    assert (after["sheet"] > before["sheet"], after["start"] != before["start"]) == (True, True)


FIRST_SEEN_AT_8, ONLY_BETWEEN, NEVER = 8, 151, 247  # test digits


@pytest.mark.parametrize("index", [FIRST_SEEN_AT_8, ONLY_BETWEEN, NEVER])
def test_the_course_is_that_of_all_kept_epochs(index: int) -> None:
    model, test = cached.shipped_model("ready"), cached.load_mnist().test
    course = follow(model.spec, list(zip(model.numbers, model.params, strict=True)), test.X[index])
    truth = int(test.labels[index])
    n = int((course.answers == truth).sum())
    said = words(page({"digit": str(index)}))
    if not n:
        assert f"It answered the truth ({truth}) at none of the 8 kept moments." in said
        return
    assert f"It first answered the truth ({truth}) at epoch {course.first_with(truth)}, and " in said
    assert f"at {n} of 8 kept moments" in said
    last = course.last_with(truth)
    assert (f"last at epoch {last}" in said) == (last != model.numbers[-1])


def test_a_click_on_the_course_goes_to_that_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    at, clicks = page(), list[Any]()
    monkeypatch.setattr("ui.why.learned.live_plot", lambda *_, on_point, **__: clicks.append(on_point))
    checked(at.run())
    clicks[-1](2)
    assert at.session_state["app"].epoch == cached.shipped_model("ready").numbers[2]
    clicks[-1](7)
    assert at.session_state["app"].epoch is None


def test_the_sums_are_written_out_with_the_lines_that_compute_them(mistake: AppTest) -> None:
    spec, params = ready()
    trace = forward(spec, params, as_numbers(image())[None])
    z = trace.z[-1][0]
    loss = loss_sum(z, ITS_TRUTH)
    assert f"loss = -log p = {loss.loss:.3g}" in words(mistake)
    assert f"The exponentials add up to {softmax_sum(z).total:.3g}" in words(mistake)
    codes = [code.value for code in mistake.code]
    assert codes == [lines.text for step in ("z", "softmax", "loss") for lines in lines_behind(step)]
    terms = mistake.table[0].value
    total = weighted_sum(params, trace, 1, ITS_ANSWER, n=len(terms) - 4)
    assert terms.iloc[0, 3].replace(MINUS, "-") == f"{total.products[0]:.3g}"
    assert terms.iloc[-1, 3].replace(MINUS, "-") == f"{total.z:.3g}"


def test_of_a_network_with_one_moment_there_is_no_course() -> None:
    assert ONE_MOMENT in words(page(state=of_file((7,))))


def test_a_drawing_has_no_loss() -> None:
    drawing = own_digit(as_numbers(image()).reshape(28, 28), is_photo=False)
    assert "loss =" not in words(page(state=Visit(digit=drawing)))


def test_a_network_that_learns_is_explained_as_it_is_now(learning: Visit) -> None:
    at = page(state=learning)
    before = component(at, "why_network")["levels"]
    assert f"among {MOST_LIVE:,} training digits" in words(at)
    until(lambda: component(checked(at.run()), "why_network")["levels"] != before)
