"""What the Mistakes page lists beside mistakes: the digits at the ends, and those on which two networks disagree."""

from collections.abc import Mapping

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fcnn.metrics import Answers
from fcnn.mnist import Mnist
from fcnn.model_file import one_epoch
from fcnn.network import mnist_spec
from store.owners import owner_of
from store.store import Store
from tests.kept_visits import TOKEN, keep_run
from tests.networks import filled, ready
from tests.visits import NOTHING, captions, checked, component, pagination, prepare, press, state, words
from ui import cached
from ui.mistakes.extremes import MOST, tell, utmost
from ui.mistakes.sheet import PER_SHEET
from ui.visit import Visit

SPEC = mnist_spec((4,))


def page(address: Mapping[str, str] = NOTHING, visit: Visit | None = None) -> AppTest:
    return checked(prepare("pages/mistakes.py", address, visit).run())


def tiles(at: AppTest) -> list[str]:
    return captions(at, "mistakes_gallery")


def indices(at: AppTest) -> list[int]:
    return [int(label.split(":")[0].split()[-1]) for label in component(at, "mistakes_gallery")["labels"]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    spec, params = ready()
    return cached.answers_to_test("ready:20", spec, params)


def test_the_hardest_digits_are_those_with_the_largest_losses(answers: Answers) -> None:
    at = page({"show": "hardest"})
    assert indices(at) == np.argsort(-answers.losses, kind="stable")[:PER_SHEET].tolist()
    assert pagination(at).num_pages == MOST // PER_SHEET
    assert tiles(at)[0] == f"6, said 4, loss {answers.losses.max():.2f}"
    assert "185 of these 300 are read wrongly" in words(at)
    assert "0 is no surprise at all" in words(at)


def test_the_easiest_digits_say_that_equal_losses_have_no_order(answers: Answers) -> None:
    at = page({"show": "easiest"})
    assert set(indices(at)) <= set(np.flatnonzero(answers.losses == 0).tolist())
    assert all(tile.endswith("(> 99 %)") for tile in tiles(at))
    assert "All of these 300 are read rightly. All of them have a loss so small that it is computed as 0" in words(at)


def test_the_most_unsure_digits_have_two_guesses_that_are_nearly_equal(answers: Answers) -> None:
    shown = indices(page({"show": "unsure"}))
    both = np.sort(answers.probabilities[shown], axis=1)[:, -2:]
    leads = (both[:, 1] - both[:, 0]).tolist()
    assert leads == sorted(leads)
    assert leads[0] < 0.02


def test_the_ends_of_one_digit_alone(mnist: Mnist, answers: Answers) -> None:
    at = page({"show": "hardest"})
    checked(at.selectbox(key="choice_true").set_value("4").run())
    assert (at.query_params["show"], at.query_params["true"]) == ("hardest", "4")
    assert all(tile.startswith("4, said") for tile in tiles(at))
    fours = np.flatnonzero(mnist.test.labels == 4)
    assert indices(at)[0] == fours[answers.losses[fours].argmax()]


def test_what_is_said_of_an_end_counts_what_is_there(mnist: Mnist) -> None:
    labels = mnist.test.labels
    sure = np.full((len(labels), 10), 0.01)
    sure[np.arange(len(labels)), labels] = 0.91
    losses = np.arange(len(labels), dtype=float)
    perfect = Answers(sure, losses)
    few = utmost(mnist.test, perfect, "easiest", None)
    assert few.tolist() == list(range(MOST))
    assert tell(mnist.test, perfect, few, "easiest") == "All of these 300 are read rightly."
    losses[:7] = 0
    assert "The first 7 of them have a loss" in tell(mnist.test, perfect, few, "easiest")
    assert "computed as 0" not in tell(mnist.test, perfect, few, "hardest")


def test_a_digit_opens_from_each_list_and_the_next_one_is_the_next_of_it() -> None:
    at = page({"show": "hardest"})
    first, second = indices(at)[:2]
    at = page({"show": "hardest", "image": str(first)})
    assert "1 of 300" in words(at)
    press(at, "Next")
    assert state(at).choices["image"] == str(second)
    assert "That is what A says" not in words(at)


def test_the_lists_are_chosen_by_a_switch_whose_word_is_in_the_address() -> None:
    at = page()
    assert at.button_group(key="choice_show").value == "mistakes"
    checked(at.button_group(key="choice_show").set_value("unsure").run())
    assert at.query_params["show"] == "unsure"
    assert "Most unsure" in words(at)


@pytest.mark.parametrize("word", ["", "9" * 300])
def test_an_address_that_makes_no_sense_does_no_harm(word: str) -> None:
    assert "All mistakes: 185" in words(page({"show": word}))
    at = page({"show": "disagree", "other": word, "who": word, "by": word})
    assert at.selectbox(key="choice_other").value == "record"


def test_two_networks_are_counted_and_chance_is_asked(mnist: Mnist, answers: Answers) -> None:
    at = page({"show": "disagree"})
    record = cached.shipped_model("record")
    other = cached.answers_to_test("record:150", record.spec, record.params[-1])
    a, b = answers.digits == mnist.test.labels, other.digits == mnist.test.labels
    n_differ = int((answers.digits != other.digits).sum())
    assert "A is the network above, epoch 20. B is Expert, 784 x 800 x 800 x 10, epoch 150." in words(at)
    both, neither = (a & b).sum(), (~a & ~b).sum()
    only_a, only_b = (a & ~b).sum(), (b & ~a).sum()
    assert f"both read {both:,}, only A {only_a:,}, only B {only_b:,}, and neither {neither:,}" in words(at)
    assert both + only_a + only_b + neither == 10_000
    assert f"They disagree on {n_differ:,}." in words(at)
    assert f"B is better: it reads {only_b} digits that A misses" in words(at)
    assert "Chance makes such a difference" in words(at)


def test_who_is_right_filters_and_the_order_sorts(mnist: Mnist) -> None:
    at = page({"show": "disagree"})
    checked(at.selectbox(key="choice_who").set_value("one").run())
    assert at.query_params["who"] == "one"
    for tile in tiles(at):
        truth, said, other = tile[0], tile.split("A ")[1][0], tile[-1]
        assert said == truth != other
    checked(at.selectbox(key="choice_by").set_value("digit").run())
    truths = mnist.test.labels[indices(at)].tolist()
    assert truths == sorted(truths)


def test_the_dialog_says_what_the_other_network_answers() -> None:
    at = page({"show": "disagree"})
    label = component(at, "mistakes_gallery")["labels"][0]
    at = page({"show": "disagree", "image": str(indices(at)[0])})
    other = label.split("B says ")[1].replace(" with", ", with").replace("\N{NO-BREAK SPACE}", " ")
    assert f"That is what A says. B says {other}." in words(at)


def test_a_network_agrees_with_itself_and_the_page_says_so() -> None:
    spec, params = ready()
    same = Visit(source="file", file=one_epoch(spec, 1, params), file_name="a`b.npz", file_key="the same")
    at = page({"show": "disagree", "other": "ready"}, same)
    same.page, same.chosen = "mistakes", {"mistakes": {"show": "disagree", "other": "ready"}}
    checked(at.run())
    assert "They agree on all 10,000 test digits, and are right about 9,815 of them." in words(at)
    assert not any(element.proto.id.endswith("-mistakes_gallery") for element in at.get("bidi_component"))


def test_another_network_without_answers_is_explained() -> None:
    visit = Visit(file=one_epoch(SPEC, 1, filled(SPEC, np.nan)), file_name="a.npz", file_key="broken")
    visit.chosen = {"mistakes": {"show": "disagree", "other": "file"}}
    at = page(visit=visit)
    assert "B has no answer to 10,000 test digits" in words(at)
    assert "They" not in words(at).split("B has no answer")[1].split("Digit by digit")[0]


def test_a_filter_without_digits_says_so(monkeypatch: pytest.MonkeyPatch, mnist: Mnist) -> None:
    right = Answers(np.eye(10)[mnist.test.labels], np.zeros(len(mnist.test.labels)))
    wrong_once = Answers(np.concatenate([np.eye(10)[[3]], right.probabilities[1:]]), right.losses)
    monkeypatch.setattr(cached, "answers_to_test", lambda key, *_: right if "record" in key else wrong_once)
    at = page({"show": "disagree"})
    assert tiles(at) == ["7: A 3, B 7"]
    assert "This is noise: A reads 0 digits that B misses, and misses 1 that B reads" in words(at)
    checked(at.selectbox(key="choice_who").set_value("neither").run())
    assert "There is no such digit" in words(at)


@pytest.mark.usefixtures("one_browser")
def test_kept_runs_can_be_chosen_and_one_that_is_gone_is_missed(store: Store) -> None:
    run_id = keep_run(store, TOKEN)
    at = page({"show": "disagree", "other": run_id})
    assert at.selectbox(key="choice_other").value == run_id
    assert "B is `Run 1`, 784 x 4 x 10, epoch 1." in words(at)
    assert "A is better: it reads" in words(at)
    assert store.delete(run_id, state(at).owner)
    checked(at.run())
    assert at.selectbox(key="choice_other").value == "record"


@pytest.mark.usefixtures("one_browser")
def test_a_link_to_the_run_of_another_is_followed_and_its_name_is_shown_as_it_is(store: Store) -> None:
    run_id = keep_run(store, TOKEN[::-1])
    store.rename(run_id, owner_of(TOKEN[::-1]), "**bold** $x$")
    at = page({"show": "disagree", "other": run_id})
    assert at.selectbox(key="choice_other").options[-1].startswith("Somebody's **bold** $x$: 784 x 4 x 10")
    assert "**B** is `**bold** $x$`" in " ".join(str(element.value) for element in at.markdown)
