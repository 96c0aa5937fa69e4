"""What differs among runs, in words; and which one is best so far."""

from fcnn.augmentation import Augmentation
from fcnn.config import TrainConfig
from fcnn.settings import SETTINGS
from runs.comparison.differences import changed, differing, from_the_run_before, in_a_sentence, shown
from runs.comparison.results import RESULTS, best_of
from tests.kept_runs import made_run, record

FIRST = made_run(1)
SECOND = made_run(2, hidden=(128, 64), config=TrainConfig(learning_rate=0.5, optimizer="adam", seed=3))


def test_settings_that_differ_are_named_in_the_order_of_the_page() -> None:
    assert [row.name for row in differing([FIRST, SECOND])] == ["hidden", "learning_rate", "optimizer", "seed"]
    assert [row.name for row in differing([FIRST, SECOND], seeds=False)] == ["hidden", "learning_rate", "optimizer"]
    assert differing([FIRST, FIRST]) == ()


def test_what_changed_is_said_as_people_say_it() -> None:
    assert [difference.words for difference in changed(FIRST.settings, SECOND.settings)] == [
        "neurons 64 → 128-64",
        "learning rate 0.1 → 0.5",
        "optimizer Gradient descent → Adam",
        "seed 0 → 3",
    ]
    moved = made_run(3, config=TrainConfig(augmentation=Augmentation(shift_px=2), batch_size=None, l2=1e-4))
    assert [difference.words for difference in changed(FIRST.settings, moved.settings)] == [
        "L2 0 → 0.0001",
        "batch size 128 → full",
        "shift 0 → 2",
    ]


def test_each_run_is_compared_with_the_one_before_it() -> None:
    brought = made_run(3, hidden=(10,), uploaded=True)
    last = made_run(4, config=TrainConfig(learning_rate=0.2))
    words = [[one.words for one in found] for found in from_the_run_before([FIRST, FIRST, brought, last])]
    assert words == [[], [], [], ["learning rate 0.1 → 0.2"]]


def test_of_a_model_that_was_brought_only_the_network_is_known() -> None:
    brought = made_run(3, hidden=(10,), config=TrainConfig(learning_rate=0.9), uploaded=True)
    assert shown(SETTINGS["hidden"], brought) == "10"
    assert shown(SETTINGS["learning_rate"], brought) == "—"
    assert [row.name for row in differing([FIRST, brought])] == ["hidden"]


def test_every_label_can_stand_inside_of_a_sentence() -> None:
    labels = {name: in_a_sentence(row) for name, row in SETTINGS.items()}
    assert labels["l2"] == "L2"
    assert labels["warmup_epochs"] == "warm-up"
    assert all(label[0].islower() for name, label in labels.items() if name != "l2")


def test_the_best_run_is_chosen_by_validation_and_never_by_the_test_set() -> None:
    lucky = made_run(1, accuracy=0.99, reached=record(10, 0.96))
    good = made_run(2, accuracy=0.98, reached=record(10, 0.97))
    unseen = made_run(3, accuracy=0.999, reached=record(10, 0.999, validated=False))
    exploded = made_run(4, accuracy=0.1, reached=record(10, float("nan")))
    assert best_of([lucky, good, unseen, exploded, made_run(5, accuracy=None)]) is good
    assert best_of([unseen, exploded]) is None


def test_results_are_numbers_or_a_dash() -> None:
    assert RESULTS["test_accuracy"].text(RESULTS["test_accuracy"].of(made_run(1, accuracy=0.98765))) == "98.77"
    assert RESULTS["test_accuracy"].text(RESULTS["test_accuracy"].of(made_run(1, accuracy=None))) == "—"
    assert RESULTS["train_loss"].of(made_run(1, reached=record(1, float("nan")))) is None
    assert RESULTS["epochs"].of(made_run(1)) == 10
