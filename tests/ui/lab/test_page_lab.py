"""The Lab page without a browser: its numbers are those of fcnn/inside, and the copy is a copy."""

import base64
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from charts.answers import percent
from charts.look import look_of
from fcnn.initialization import Initialization, init_params
from fcnn.inside.endurance import damaged, digits_for, worsened
from fcnn.inside.importance import importance
from fcnn.inside.surgery import prune, round_to_bits, scale_layer
from fcnn.inside.switched_off import without
from fcnn.inside.worse import WAYS
from fcnn.metrics import answer, interval_95, summarize
from fcnn.mnist import Mnist
from fcnn.model_file import Model, one_epoch
from fcnn.network import mnist_spec
from fcnn.types import Examples, Params
from runs.turns import Scheduler
from tests.networks import arrays, ready
from tests.visits import NOTHING, checked, component, memory, prepare, press, state, words
from tests.waiting import until
from ui import cached, kept
from ui.digit import InHand
from ui.lab.bench import MOST_STEPS
from ui.lab.bench_box import THROWN_AWAY
from ui.lab.damage_choice import NO_HIDDEN
from ui.lab.experiment import BEYOND_USE
from ui.lab.kinds import KINDS
from ui.lab.measure import endurance
from ui.lab.memory import LabMemory
from ui.server import runs, scheduler
from ui.visit import Visit

N = 1_000  # test digits, see conftest.py
SHARES = KINDS["prune"].strengths


def page(address: Mapping[str, str] = NOTHING, visit: Visit | None = None) -> AppTest:
    return checked(prepare("pages/lab.py", address, visit).run())


def of_file(hidden: tuple[int, ...], activation: str = "relu", n_moments: int = 1) -> Visit:
    spec = mnist_spec(hidden, activation)
    params = tuple(init_params(spec, Initialization(), rng=np.random.default_rng(i)) for i in range(n_moments))
    model = Model(spec, tuple(map(float, range(1, n_moments + 1))), params)
    return Visit(source="file", file=model, file_name="a.npz", file_key=f"lab {spec} {activation} {n_moments}")


def line(at: AppTest, key: str, i: int = 0) -> dict[str, Any]:
    drawn: dict[str, Any] = component(at, key)["figure"]["data"][i]
    return drawn


def n_lines(at: AppTest, key: str) -> int:
    return len(component(at, key)["figure"]["data"])


def digits() -> Examples:
    return digits_for(ready()[0], 1, cached.load_mnist().test)


def accuracies(params: Params, strength: float) -> tuple[float, float]:
    """Return the accuracy of the ready-made network, and of it pruned."""
    both = damaged(ready()[0], lambda share: prune(params, share), (0.0, strength), digits())
    before, after = (figures.accuracy for figures in both)
    return before, after


@pytest.fixture(scope="module")
def pruned() -> AppTest:
    return page({"damage": "prune", "strength": "prune.0.8"})


def test_the_accuracy_before_and_after_is_told_with_its_interval(pruned: AppTest) -> None:
    before, after = accuracies(ready()[1], 0.8)
    low, high = interval_95(after, N)
    said = words(pruned)
    assert f"With 80 % of its weights pruned it reads {100 * after:.2f} %" in said
    assert f"(95 % interval {100 * low:.1f} to {100 * high:.1f} %) of {N:,} test digits" in said
    assert f"without that {100 * before:.2f} %" in said


def test_the_curve_goes_over_all_strengths_and_the_chosen_one_is_marked(pruned: AppTest) -> None:
    spec, params = ready()
    expected = [100 * f.accuracy for f in damaged(spec, lambda s: prune(params, s), SHARES, digits())]
    sent = component(pruned, "lab_endurance")["figure"]
    assert np.frombuffer(*_packed(sent["data"][0]["y"])).tolist() == pytest.approx(expected)
    assert sent["layout"]["shapes"][0]["x0"] == 80
    least = next(i for i, accuracy in enumerate(expected) if accuracy < expected[0] - 1)
    assert f"As far as {100 * SHARES[least - 1]:.0f} % it loses at most 1 point" in words(pruned)


def _packed(sent: Mapping[str, str]) -> tuple[bytes, str]:
    return base64.b64decode(sent["bdata"]), sent["dtype"]


def test_a_click_on_the_curve_chooses_a_strength_without_measuring_again(monkeypatch: pytest.MonkeyPatch) -> None:
    at, clicks = page({"damage": "prune"}), list[Any]()
    monkeypatch.setattr("ui.lab.damage_part.live_plot", lambda *_, on_point, **__: clicks.append(on_point))
    monkeypatch.setattr("ui.lab.measure.damaged", None)
    checked(at.run())
    clicks[-1](5)
    assert "With 50 % of its weights pruned" in words(checked(at.run()))


def test_each_strength_is_measured_in_a_turn_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    page()
    turns, turn = list[Scheduler](), Scheduler.turn

    def counted(scheduler: Scheduler, *args: Any) -> Any:  # noqa: ANN401 - as turn() has them
        turns.append(scheduler)
        return turn(scheduler, *args)

    monkeypatch.setattr(Scheduler, "turn", counted)
    endurance.clear()
    page({"damage": "bits"})
    assert turns.count(scheduler()) >= len(KINDS["bits"].strengths)


@pytest.mark.parametrize(
    ("hidden", "activation"), [((), "relu"), ((12,), "tanh"), ((9, 8, 7, 6, 5), "leaky_relu"), ((6, 5), "sigmoid")]
)
def test_networks_of_every_kind_bear_every_damage_and_every_part(hidden: tuple[int, ...], activation: str) -> None:
    choices = [{"damage": kind, "layer": str(len(hidden)), "first": "most"} for kind in KINDS]
    choices += [{"part": "digits", "way": way} for way in WAYS] + [{"part": "sure"}]
    at = page(visit=of_file(hidden, activation))
    for chosen in choices:
        state(at).chosen["lab"] = chosen
        said = words(checked(at.run()))
        assert not re.search(r"\bnan\b|\binf\b", said)
        assert (NO_HIDDEN in said) == (not hidden and chosen.get("damage") == "units")


def test_those_that_matter_least_go_first(mnist: Mnist) -> None:
    spec, params = ready()
    order = np.argsort(importance(spec, params, 0, mnist.all_train.X[-1_000:]))
    for first, units in (("least", order), ("most", order[::-1])):
        at = page({"damage": "units", "first": first, "strength": "units.0.2"})
        hurt = without(params, 0, units[:26].tolist())
        after = summarize(answer(spec, hurt, digits()), digits().labels)
        assert f"With 26 of 128 neurons off, those that matter {first} it reads {percent(after.accuracy)}".replace(
            "\N{NO-BREAK SPACE}", " "
        ) in words(at)


def test_neurons_of_ones_own_choice_are_those_that_go() -> None:
    spec, params = ready()
    at = page({"damage": "units", "first": "own", "units": "3-17-200-x-17"})
    after = summarize(answer(spec, without(params, 0, [3, 17]), digits()), digits().labels)
    assert f"With neurons 3, 17 off it reads {100 * after.accuracy:.2f} %" in words(at)
    checked(at.multiselect(key="lab_units_0").set_value([5]).run())
    assert at.query_params["units"] == "5"
    assert "With neuron 5 off" in words(at)


def test_damages_are_done_to_the_copy_and_taken_back() -> None:
    visit = of_file((12,))
    before = [array.copy() for array in arrays(visit.file.params[0])]  # type: ignore[union-attr]
    held = runs()._sharing.holdings.n_bytes
    n_bytes = held()
    visit.chosen["lab"] = {"damage": "bits", "strength": "bits.2"}
    at = press(page(visit=visit), "Do this to the copy")
    checked(at.selectbox(key="choice_damage").set_value("scale").run())
    press(at, "Do this to the copy")
    assert "1. weights of 2 bits 2. the hidden layer times 4" in " ".join(words(at).split())
    found = memory(at, LabMemory)
    spec, params = visit.file.spec, visit.file.params[0]  # type: ignore[union-attr]
    expected = scale_layer(round_to_bits(params, 2), 0, 4.0)
    assert found.copy.thing is not None
    for mine, theirs in zip(arrays(found.copy.thing), arrays(expected), strict=True):
        assert np.array_equal(mine, theirs)
    assert held() - n_bytes == 4 * spec.n_parameters
    assert n_lines(at, "lab_endurance") == 2  # the copy, and what it was
    assert line(at, "lab_endurance", 1)["opacity"] < 1
    assert len(memory(press(at, "Undo"), LabMemory).steps) == 1
    assert "Your copy" not in words(press(at, "Throw it away"))
    assert held() == n_bytes
    for old, now in zip(before, arrays(params), strict=True):
        assert np.array_equal(old, now)


def test_so_many_damages_are_enough() -> None:
    at = page(visit=of_file((5,)))
    for _ in range(MOST_STEPS):
        press(at, "Do this to the copy")
    assert next(button for button in at.button if button.label == "Do this to the copy").disabled


def test_the_copy_is_thrown_away_where_another_moment_is_shown() -> None:
    at = press(page(visit=of_file((6,), n_moments=2)), "Do this to the copy")
    assert THROWN_AWAY not in words(at)
    state(at).epoch = 1
    assert THROWN_AWAY in words(checked(at.run()))
    assert not memory(at, LabMemory).steps
    assert THROWN_AWAY not in words(checked(at.run()))


@pytest.mark.usefixtures("store", "one_browser")
def test_the_copy_is_kept_as_a_run() -> None:
    visit = of_file((7,))
    visit.chosen["lab"] = {"damage": "bits", "strength": "bits.1"}
    at = press(press(page(visit=visit), "Do this to the copy"), "Keep it as a run")
    (run,) = kept.my_runs(state(at))
    assert run.name == "a.npz, damaged: weights of 1 bit"
    params = kept.last_params(run.id)
    assert params is not None
    assert np.array_equal(params[0].W, round_to_bits(of_file((7,)).file.params[0], 1)[0].W)  # type: ignore[union-attr]
    assert (state(at).source, state(at).file_id) == ("file", run.id)
    assert "is in your list of runs now" in words(at)
    assert THROWN_AWAY not in words(at)
    assert line(at, "lab_endurance")["line"]["color"] == look_of(run.number).colour


@pytest.mark.usefixtures("three", "one_browser")
def test_runs_of_the_list_stand_beside_it_in_their_own_colours() -> None:
    at = page({"beside": "record.2.3.1", "damage": "units", "layer": "1"})
    choice = at.multiselect(key="lab_beside")
    assert choice.options == ["Expert", "Run 3", "Run 2", "Run 1"]
    assert [line(at, "lab_endurance", i)["line"]["color"] for i in (2, 3)] == [look_of(n).colour for n in (2, 3)]
    assert n_lines(at, "lab_endurance") == 4
    checked(choice.set_value(["2"]).run())
    assert at.query_params["beside"] == "2"
    for part in ("digits", "sure"):
        found = page({"beside": "2", "part": part})
        key = {"digits": "lab_worse", "sure": "lab_coverage"}[part]
        assert line(found, key, 1)["line"]["color"] == look_of(2).colour
    assert n_lines(page({"beside": "2", "damage": "units", "first": "own", "units": "3"}), "lab_endurance") == 1


def test_worse_digits_are_those_of_the_seed() -> None:
    spec, params = ready()
    at = page({"part": "digits", "way": "shifted", "worse": "shifted.2"})
    before, after = (f.accuracy for f in worsened(spec, params, "shifted", (0, 2), digits()))
    said = words(at)
    assert f"At 2 px it reads {100 * after:.2f} %" in said
    assert f"of {N:,} test digits; as they are, {100 * before:.2f} %" in said


def test_the_digit_in_hand_is_shown_at_all_strengths_and_a_click_chooses_one(monkeypatch: pytest.MonkeyPatch) -> None:
    at, clicks = page({"part": "digits", "way": "turned"}), list[Any]()
    sent = component(at, "lab_strip")
    assert len(sent["captions"]) == len(WAYS["turned"].strengths)
    assert sent["captions"][6] == "0°: 7"
    assert sent["selected"] == 8
    monkeypatch.setattr("ui.lab.digits_part.gallery", lambda *_, on_click, **__: clicks.append(on_click))
    checked(at.run())
    clicks[-1](12)
    checked(at.run())
    assert "At 90° right it reads" in words(at)


def test_a_drawing_has_no_truth() -> None:
    own = Visit(digit=InHand("own", pixels=bytes(784)))
    for chosen in ({}, {"part": "digits"}):
        own.chosen["lab"] = chosen
        assert "To the digit in hand, your drawing, it sa" in words(page(visit=own))


@pytest.mark.parametrize(
    "wrong",
    [
        {"strength": "bits.1"},
        {"strength": "prune.0.33"},
        {"strength": "x"},
        {"layer": "9"},
        {"damage": "fire"},
        {"beside": "1.x.-3.record9"},
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(wrong: Mapping[str, str]) -> None:
    assert "With 90 % of its weights pruned" in words(page(wrong))


def test_without_memory_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(runs()), "hold", lambda *_: False)
    assert "no memory left" in words(page(visit=of_file((13,))))


def test_a_network_that_exploded_is_not_tried_out() -> None:
    spec = mnist_spec((5,))
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    params[1].W[0] = np.nan
    visit = Visit(source="file", file=one_epoch(spec, 1, params), file_name="a.npz", file_key="lab nan")
    assert BEYOND_USE in words(page(visit=visit))


def test_of_a_network_that_learns_one_moment_is_taken_until_a_newer_one_is_wanted(learning: Visit) -> None:
    run = runs().get(learning.run_id)
    assert run is not None
    at = page(visit=learning)
    taken = memory(at, LabMemory).taken
    first = taken.thing
    assert first is not None
    press(at, "Do this to the copy")
    until(lambda: len(run.view().records) > 40)
    assert f"is still learning. The lab works with {first.moment} of it" in words(checked(at.run()))
    assert taken.thing is first
    press(at, "Take the newest")
    assert taken.thing is not None
    assert taken.thing.number > first.number
    assert not memory(at, LabMemory).steps
