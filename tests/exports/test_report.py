"""The report: what is in it, in which order, and that nothing in it is more than words to a browser."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from math import nan
from weakref import finalize

import numpy as np
import pytest
from PIL import Image

from charts.look import look_of
from charts.palette import DIVERGING, NOT_A_NUMBER
from exports.report import MOST_RUNS, ReportedRun, report
from exports.report_parts.pictures import digit_uri, weights_uris
from exports.report_parts.reported import no_network
from exports.report_parts.scales import Scale, loss_scale, percent_scale
from exports.report_parts.words import duration
from fcnn.metrics import Figures, interval_95
from fcnn.mnist import Mnist
from fcnn.network import predict
from fcnn.types import Examples, Params
from runs.kept import Answered, Curves
from runs.records import Change
from runs.status import Status
from tests.exports.html_tree import Node, read_html
from tests.exports.made_runs import curves, kept, params, record, settings

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"
HOSTILE = '</style></title><script>alert("x")</script><img src=x onerror=alert(1)>&lt;\u202e'


@pytest.fixture(scope="module")
def digits(mnist: Mnist) -> Examples:
    return mnist.test


def answered(digits: Examples, n_wrong: int = 30) -> Answered:
    """Return answers that are right but to the first digits, which are taken for the next one."""
    answers = digits.labels.astype(np.uint8)
    answers[:n_wrong] = (answers[:n_wrong] + 1) % 10
    return answers


def run(digits: Examples, number: int = 1, n_wrong: int = 30, **changed: object) -> ReportedRun:
    made = kept(number, **({"name": "", "note": ""} | changed))
    learned = params(made.settings, number)
    return ReportedRun(made, curves(), lambda: learned, answered(digits, n_wrong))


def page_of(digits: Examples, *runs: ReportedRun, title: str = "My runs", findings: Sequence[str] = ()) -> Node:
    return read_html(report(runs, title, digits, now=NOW, findings=findings))


def table(page: Node, caption: str) -> list[list[str]]:
    (found,) = [node for node in page.all("table") if node.one("caption").text.startswith(caption)]
    return found.cells


def section(page: Node, i: int = 0) -> Node:
    return page.all("section")[i]


def test_a_report_says_what_the_runs_are_and_how_they_ended(digits: Examples) -> None:
    second = run(digits, 2, settings=settings(learning_rate=0.3), status=Status.STOPPED, seconds=75.0, test=None)
    page = page_of(digits, run(digits, 1), second, title="Which rate?")
    assert [h.text for h in page.all("h1")] == ["Which rate?"]
    assert [h.text for h in page.all("h2")] == ["The runs", "What differs", "How they learned", "Run 1", "Run 2"]
    header, one, two = table(page, "How the runs ended")
    low, high = interval_95(0.9712, 10_000)
    assert dict(zip(header, one, strict=True)) == {
        "Run": "Run 1",
        "Ended": "finished",
        "Epochs": "4",
        "Test accuracy": f"97.12{NBSP}%",
        "95 % interval": f"{100 * low:.2f} to {100 * high:.2f} %",
        "Wrong": "288",
        "Validation accuracy": f"82.94{NBSP}% (best)",
        "Time": f"12.3{NBSP}s",
    }
    assert (two[1], two[3]) == ("stopped", "\N{EM DASH}")
    assert "Made on 30 November 2026 with the app 'Digits'" in page.one("main").text


def test_settings_that_differ_are_a_table_and_the_others_stand_once(digits: Examples) -> None:
    runs = [run(digits, 1), run(digits, 2, settings=settings((8, 4), learning_rate=0.3))]
    page = page_of(digits, *runs)
    assert table(page, "Settings that differ") == [
        ["Run", "Neurons", "Learning rate"], ["Run 1", "6", "0.1"], ["Run 2", "8-4", "0.3"],
    ]  # fmt: skip
    same = page.all("dl")[0]
    assert ("Activation", "ReLU") in list(
        zip([dt.text for dt in same.all("dt")], [dd.text for dd in same.all("dd")], strict=True)
    )
    assert not {"Neurons", "Learning rate"} & {dt.text for dt in same.all("dt")}


def test_many_settings_that_differ_are_several_tables(digits: Examples) -> None:
    other = settings((8,), learning_rate=0.3, n_epochs=3, dropout=0.1, l2=0.1, momentum=0.5, seed=7)
    page = page_of(digits, run(digits, 1), run(digits, 2, settings=other))
    assert len(table(page, "Settings that differ, 1")[0]) == 6
    assert table(page, "Settings that differ, 2")[0] == ["Run", "L2", "Seed"]


def test_what_differs_is_said_in_words_and_what_came_of_it(digits: Examples) -> None:
    faster = run(digits, 2, 10, settings=settings(learning_rate=0.3), name="Faster")
    again = replace(run(digits, 3, 10, settings=settings(learning_rate=0.3)), answers=None)
    page = page_of(digits, run(digits, 1, 30), faster, again, findings=["B is <b>better</b>."])
    assert [item.text for item in page.one("main").all("ul")[1].all("li")] == [
        "B is <b>better</b>.",
        "Faster, beside Run 1: learning rate 0.3 instead of 0.1. It reads 20 digits that Run 1 misses, and misses 0 "
        "that Run 1 reads.",
        "Run 3 has the same settings as Faster.",
    ]


def test_of_a_model_that_was_brought_only_the_network_is_known(digits: Examples) -> None:
    brought = ReportedRun(
        kept(2, uploaded=True, name="", reached=None, settings=settings((8,))), Curves((), ()),
        lambda: params(settings((8,))), answered(digits),
    )  # fmt: skip
    page = page_of(digits, run(digits, 1), brought)
    assert table(page, "How the runs ended")[2][1:3] == ["no history", "\N{EM DASH}"]
    assert table(page, "Settings that differ") == [["Run", "Neurons"], ["Run 1", "6"], ["Run 2", "8"]]
    assert "learning rate" not in page.one("main").text
    same = page_of(digits, brought, run(digits, 1)).all("dl")[0]
    assert (
        dict(zip([dt.text for dt in same.all("dt")], [dd.text for dd in same.all("dd")], strict=True))["Learning rate"]
        == "0.1"
    )
    assert [row[0] for row in table(page, "Accuracy (%)")] == ["Run", "Run 1"]


def test_without_networks_answers_and_curves_it_says_so(digits: Examples) -> None:
    page = page_of(digits, ReportedRun(kept(), Curves((), ())))
    assert "There are no curves" in page.one("main").text
    assert "Its weights were not kept." in section(page).text
    assert "Its answers to the test digits were not kept." in section(page).text
    assert page.all("img") == page.all("figure") == []


def test_the_confusion_matrix_counts(digits: Examples) -> None:
    page = page_of(digits, run(digits, 1, 30))
    header, *rows = table(page, "What Run 1 says")
    counts = np.array([[int(cell) for cell in row[1:]] for row in rows])
    assert header[1:] == [row[0] for row in rows] == list("0123456789")
    assert counts.sum() == 10_000
    assert np.trace(counts) == 9_970
    assert [cell.text for cell in page.all("td", class_="right")] == [str(n) for n in np.diag(counts)]
    cells = page.one("table", class_="confusion").all("td")
    assert {cell.attributes["class"] for cell in cells if cell.text == "3"} == {"shade2"}
    assert {cell.attributes["class"] for cell in cells if cell.text == "0"} == {"shade0"}


def test_mistakes_begin_with_those_that_gave_the_truth_the_least_chance(digits: Examples) -> None:
    one = run(digits, 1, 30)
    learned = one.network()
    assert learned is not None
    chances = predict(one.kept.settings.spec, learned, digits.X[:30])[np.arange(30), digits.labels[:30]]
    page = section(page_of(digits, one))
    shown = [int(img.attributes["alt"].removeprefix("Test digit ")) for img in page.all("img", class_="ink")]
    assert shown == np.argsort(chances, kind="stable")[:24].tolist()
    assert "It misreads 30 of 10,000 test digits. 24 of them, those that it was most wrong about first:" in page.text
    words = page.all("figcaption")[0].text
    assert re.fullmatch(
        rf"{digits.labels[shown[0]]} read as {(digits.labels[shown[0]] + 1) % 10}, (< )?\d+{NBSP}%", words
    )


def test_without_a_network_mistakes_stand_in_the_order_of_the_test_set(digits: Examples) -> None:
    page = section(page_of(digits, replace(run(digits, 1, 7), network=no_network)))
    assert [img.attributes["alt"] for img in page.all("img")] == [f"Test digit {i}" for i in range(7)]
    assert "All of them, in the order of the test set:" in page.text


def test_a_network_without_mistakes_is_praised(digits: Examples) -> None:
    assert "It reads all test digits rightly." in section(page_of(digits, run(digits, 1, 0))).text


def test_changes_on_the_way_and_a_note_are_told(digits: Examples) -> None:
    page = section(page_of(digits, run(digits, note="Why?\n\nBecause <i>so</i>.")))
    assert [p.text for p in page.all("p", class_="note")] == ["Why?", "Because <i>so</i>."]
    assert "Learning rate 0.1 \N{RIGHTWARDS ARROW} 0.03 at epoch 1.25, Dropout 0 \N{RIGHTWARDS ARROW} 0.1" in page.text
    many = tuple(Change(i / 10, "dropout", 0.1, 0.2) for i in range(50))
    told = section(page_of(digits, replace(run(digits), curves=Curves((), many)))).text
    assert "Changed on the way: 30 earlier ones, then Dropout" in told


def test_words_of_strangers_are_words(digits: Examples) -> None:
    hostile = run(digits, 1, name=HOSTILE, note=HOSTILE)
    text = report([hostile, replace(hostile, kept=replace(hostile.kept, number=2))], HOSTILE, digits, now=NOW)
    page = read_html(text)
    shown = HOSTILE[:-1] + "\N{REPLACEMENT CHARACTER}"
    assert page.one("h1").text == page.one("title").text == shown
    assert [p.text for p in page.all("p", class_="note")] == [shown, shown]
    assert [h.text for h in page.all("h2")[-2:]] == [f"{HOSTILE[:40]}\N{HORIZONTAL ELLIPSIS} ({i})" for i in (1, 2)]
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert not [key for node in page.below() for key in node.attributes if key.startswith("on") or key == "style"]
    text.encode()


def test_its_rules_let_in_one_script_one_style_and_pictures_of_its_own(digits: Examples) -> None:
    page = page_of(digits, run(digits))
    (policy,) = [meta for meta in page.all("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.attributes["content"].split("; "))
    for name in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(page.one(name).text.encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"


def test_it_needs_nothing_from_elsewhere(digits: Examples) -> None:
    page = page_of(digits, run(digits), run(digits, 2))
    keys = ("src", "href", "srcset")
    addresses = [node.attributes[key] for node in page.below() for key in keys if key in node.attributes]
    assert len(addresses) > 50
    assert [address for address in addresses if not address.startswith(("data:image/png;base64,", "#"))] == []
    ids = [node.attributes["id"] for node in page.below() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in addresses if address.startswith("#")} <= set(ids)


def test_tables_have_headers_and_pictures_say_what_they_are(digits: Examples) -> None:
    page = page_of(digits, run(digits), run(digits, 2))
    for made in page.all("table"):
        assert made.one("caption").text
        assert {cell.attributes.get("scope") for cell in made.all("th")} == {"col", "row"}
    assert all(img.attributes["alt"] for img in page.all("img"))
    assert all(svg.attributes.get("aria-label") or svg.attributes.get("aria-hidden") for svg in page.all("svg"))


def test_curves_carry_their_numbers_and_the_table_says_the_last(digits: Examples) -> None:
    page = page_of(digits, run(digits, 1), run(digits, 2))
    accuracy = page.all("figure", class_="chart")[0]
    points = json.loads(accuracy.attributes["data-points"])
    records = curves().records
    lines = accuracy.one("svg", role="img").all("path")
    assert [line.attributes["stroke-width"] for line in lines] == ["1", "2.2"] * 2
    assert [line.attributes["d"].count("L") for line in lines] == [len(records) - 1] * 4
    assert points[0][0] == [r.number for r in records]
    assert points[1][1] == pytest.approx([100 * r.train.accuracy for r in records], abs=1e-4)
    last = records[-1]
    assert last.validation is not None
    assert table(page, "Accuracy (%) at the end")[1] == [
        "Run 1", "4", f"{100 * last.train.accuracy:.2f}{NBSP}%", f"{100 * last.validation.accuracy:.2f}{NBSP}%",
    ]  # fmt: skip
    assert table(page, "Loss (nats) at the end")[2][2] == f"{last.train.loss:.4f}"


def test_a_long_run_is_drawn_with_fewer_points_and_both_ends(digits: Examples) -> None:
    long = Curves(tuple(record(number) for number in range(5_000)), ())
    page = page_of(digits, replace(run(digits), curves=long))
    epochs = json.loads(page.all("figure", class_="chart")[0].attributes["data-points"])[0][0]
    assert len(epochs) == 300
    assert (epochs[0], epochs[-1]) == (0, 4_999)


def test_a_run_that_exploded_has_gaps_and_pink_weights(digits: Examples) -> None:
    last = record(2)._replace(train=Figures(nan, 0.098), validation=None)
    one = run(digits, status=Status.DIVERGED, test=None)
    learned = one.network()
    assert learned is not None
    W = learned[0].W.copy()
    W[0, 0] = nan
    beyond = (learned[0]._replace(W=W), *learned[1:])
    exploded = replace(one, curves=Curves((record(0), record(1), last), ()), network=lambda: beyond)
    page = page_of(digits, exploded)
    loss = page.all("figure", class_="chart")[1]
    assert json.loads(loss.attributes["data-points"])[0][1][-1] is None
    assert table(page, "Loss (nats) at the end")[1][2:] == ["\N{EM DASH}", "\N{EM DASH}"]
    assert "Pink pixels are weights that are not even numbers any more." in section(page).text
    assert "diverged" in table(page, "How the runs ended")[1]


def test_without_hidden_layers_there_are_ten_templates(digits: Examples) -> None:
    page = section(page_of(digits, run(digits, settings=settings(()), reached=None)))
    assert "the ten neurons, one for each digit from 0 to 9" in page.text
    wide = section(page_of(digits, run(digits, settings=settings((100,)), reached=None)))
    assert "the 24 strongest of 100 neurons" in wide.text
    assert [img.attributes["class"] for img in wide.all("img", class_="weights")] == ["weights light", "weights dark"]


@pytest.mark.parametrize("n", [0, MOST_RUNS + 1])
def test_a_report_is_about_some_runs_and_not_too_many(digits: Examples, n: int) -> None:
    with pytest.raises(ValueError, match=f"1 to {MOST_RUNS} runs, got {n}"):
        report([run(digits)] * n, "", digits, now=NOW)


def test_a_report_of_ten_long_runs_is_small(digits: Examples) -> None:
    long = Curves(tuple(record(number) for number in range(1_000)), ())
    runs = [replace(run(digits, i, 2_000, settings=settings((100,))), curves=long) for i in range(1, 11)]
    assert len(report(runs, "Ten", digits, now=NOW).encode()) < 1_500_000


def picture(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.removeprefix("data:image/png;base64,"))))


def test_a_digit_is_dark_ink_on_white(digits: Examples) -> None:
    assert np.array_equal(np.asarray(picture(digit_uri(digits.X[0]))), 255 - digits.X[0].reshape(28, 28))


def test_weights_have_the_colours_of_the_app() -> None:
    W = np.zeros((784, 10), np.float32)
    W[0, :3] = -2, 2, nan
    for theme, uri in weights_uris(W, 2).items():
        pixels = np.asarray(picture(uri).convert("RGBA"))
        assert pixels.shape == (58, 238, 4)
        colours = ["#" + bytes(pixels[0, 30 * i, :3]).hex() for i in range(3)]
        assert colours == [DIVERGING[theme][0], DIVERGING[theme][-1], NOT_A_NUMBER]
        assert "#" + bytes(pixels[5, 5, :3]).hex() == DIVERGING[theme][2]
        assert pixels[29, 5, 3] == 0  # between two neurons


def test_scales_have_round_numbers_within_their_ends() -> None:
    assert Scale(0, 6, 0, 1).ticks() == [0, 2, 4, 6]
    assert Scale(80, 100, 0, 1).ticks() == [80, 85, 90, 95, 100]
    assert loss_scale([0.02, 2.3], 0, 1).ticks() == [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]
    assert percent_scale([93.1, 97], 280, 10).low == 90
    assert loss_scale([nan], 0, 1).low > 0
    log = loss_scale([0.01, 1], 200, 0)
    assert log.at(0.1) == pytest.approx(100)
    assert log.at(0) == 200
    assert log.at(10) < 0  # outside of the chart


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (99.94, "99.9 s"), (100, "1 min 40 s"), (7_380, "2 h 3 min")]
)
def test_a_time_is_said_as_it_was_measured(seconds: float, words: str) -> None:
    assert duration(seconds).replace(NBSP, " ") == words


def test_a_run_has_the_look_of_its_number_as_on_the_pages(digits: Examples) -> None:
    page = page_of(digits, run(digits, 3), run(digits, 7))
    for chart in page.all("figure", class_="chart"):
        lines = chart.one("svg", role="img").all("path")
        assert [line.attributes["stroke"] for line in lines] == [look_of(n).colour for n in (3, 3, 7, 7)]
        assert [line.attributes["stroke-dasharray"] for line in lines] == ["none", "none", "7,3", "7,3"]
    swatches = [svg.one("path").attributes["stroke"] for svg in page.all("svg", class_="swatch")]
    assert swatches == [look_of(3).colour, look_of(7).colour] * 3 + [look_of(3).colour, look_of(7).colour]


def test_one_network_is_in_memory_at_a_time(digits: Examples) -> None:
    alive: list[int] = []

    def network(i: int) -> Params:
        learned = params(settings(), i)
        alive.append(i)
        finalize(learned[0].W, alive.remove, i)
        assert alive == [i]
        return learned

    runs = [replace(run(digits, i), network=partial(network, i)) for i in range(1, 4)]
    report(runs, "", digits, now=NOW)
    assert alive == []
