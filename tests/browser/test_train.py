"""A visitor trains a network: first visit, preset, Start, watch, leave, come back, pause, resume, stop, reload."""

import re
import time
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import (
    NewPage,
    PageLog,
    click_button,
    exceptions,
    goto,
    main,
    network,
    press,
    says,
    select_page,
    sidebar,
    wait_idle,
    wait_until,
)
from tests.browser.servers import Server, StartServer, app_with_limits

LONG = "train?hidden=16&epochs=400"


def accuracies(page: Page) -> list[float]:
    """Return the validation accuracies that the chart shows, in percent."""
    curves: list[float] = page.evaluate(
        """() => {
            const chart = document.querySelector('.live-plot[aria-label^="Accuracy"]');
            const line = chart?._fullData?.find(trace => trace.name === 'Validation');  // data has bytes
            return line ? Array.from(line.y) : [];
        }"""
    )
    return curves


def epochs_drawn(page: Page) -> int:
    """Return how many whole epochs the curve shows: they are measured on more images than moments inside of one."""
    chart = page.locator('.live-plot[aria-label^="Accuracy"]')
    if chart.count() == 0:
        return 0
    measured = "chart => [...(chart._fullData?.find((line) => line.name === 'Training')?.customdata ?? [])]"
    return list(chart.evaluate(measured)).count(5000)


def wait_for_epochs(page: Page, n: int) -> None:
    assert wait_until(page, lambda: epochs_drawn(page) > n, 90), f"{epochs_drawn(page)} epochs are drawn, not over {n}"


def progress(page: Page) -> str:
    return main(page).get_by_test_id("stProgress").inner_text()


def test_a_first_visitor_trains_a_network_in_two_clicks(page: Page, page_log: PageLog, server: Server) -> None:
    goto(page, server.url)
    select_page(page, "Train")
    click_button(page, "Start")
    wait_for_epochs(page, 3)
    expect(main(page).get_by_text("of 10,000 wrong")).to_be_visible(timeout=120_000)
    curve = accuracies(page)
    assert epochs_drawn(page) == 11
    first_epoch = curve[: len(curve) - 10]  # with the untrained network, and quarters of the second
    assert len(first_epoch) >= 9
    assert sum(after > before + 5 for before, after in pairwise(first_epoch)) >= 5
    assert curve[0] < 30
    assert curve[-1] > 96
    assert exceptions(page) == []
    assert page_log.errors == []


def test_a_preset_is_chosen_by_a_click(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/train")
    press(page, main(page).get_by_role("radio", name="The paper (2021)"))
    expect(main(page).get_by_text("784 x 200 x 10").first).to_be_visible()
    expect(main(page).get_by_text("400 times over")).to_be_visible()
    assert "batch=full" in page.url


def hide_training(page: Page, chart: Locator) -> None:
    """Hide the first line by a click on its legend; a click that came as the legend was drawn anew is repeated."""

    def is_hidden() -> bool:
        return bool(chart.evaluate("chart => chart._fullData[0].visible === 'legendonly'"))

    for _ in range(3):
        chart.locator(".legendtoggle").first.click()
        if wait_until(page, is_hidden, 2):
            return
    raise AssertionError("three clicks on the legend hid no line")


def test_zoom_and_a_hidden_line_survive_while_the_curve_grows(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}&scale=linear")
    click_button(page, "Start")
    wait_for_epochs(page, 2)
    chart = page.locator('.live-plot[aria-label^="Accuracy"]')
    chart.evaluate("chart => { chart.dataset.mark = 'the same'; }")
    hide_training(page, chart)
    box = chart.locator(".nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    zoomed = chart.evaluate("chart => [chart._fullLayout.xaxis.range[1], chart._fullLayout.yaxis.range[0]]")
    assert zoomed[0] < 300
    assert zoomed[1] > 30
    wait_for_epochs(page, epochs_drawn(page) + 10)
    assert chart.get_attribute("data-mark") == "the same"
    assert chart.evaluate("chart => [chart._fullLayout.xaxis.range[1], chart._fullLayout.yaxis.range[0]]") == zoomed
    assert chart.evaluate("chart => chart._fullData[0].visible") == "legendonly"
    click_button(page, "Stop")


def test_a_run_goes_on_while_its_owner_visits_other_pages(page: Page, page_log: PageLog, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")
    click_button(page, "Start")
    wait_for_epochs(page, 1)
    before = epochs_drawn(page)
    for title in ("Weights", "Mistakes", "Draw", "Home"):
        select_page(page, title)
        expect(network(page)).to_have_value("run")
        assert exceptions(page) == []
    expect(sidebar(page).get_by_text("Your run: running")).to_be_visible()
    page.wait_for_timeout(1000)
    select_page(page, "Train")
    wait_for_epochs(page, before)
    click_button(page, "Stop")
    assert page_log.errors == []


def test_pause_resume_and_stop(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")
    click_button(page, "Start")
    wait_for_epochs(page, 1)
    click_button(page, "Pause")
    page.wait_for_timeout(700)
    paused, n = progress(page), epochs_drawn(page)
    assert "paused" in paused
    page.wait_for_timeout(1000)
    assert progress(page) == paused
    click_button(page, "Resume")
    wait_for_epochs(page, n)
    click_button(page, "Stop")
    expect(main(page).get_by_text("of 10,000 wrong")).to_be_visible()
    expect(main(page).get_by_role("button", name="Continue for 10 more epochs")).to_be_visible()


def test_a_reload_finds_the_run_again(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")
    click_button(page, "Start")
    wait_for_epochs(page, 1)
    before = epochs_drawn(page)
    page.reload()
    wait_for_epochs(page, before)
    expect(main(page).get_by_role("button", name="Pause")).to_be_visible()
    assert "epochs=400" in page.url
    click_button(page, "Stop")


def test_the_back_button_keeps_the_run(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")
    click_button(page, "Start")
    wait_for_epochs(page, 1)
    select_page(page, "Weights")
    page.go_back()
    expect(main(page).get_by_role("button", name="Pause")).to_be_visible(timeout=30_000)
    wait_for_epochs(page, 1)
    click_button(page, "Stop")


def test_a_visitor_waits_in_line_until_another_one_begins_a_smaller_run(
    new_page: NewPage, fresh_server: StartServer, tmp_path: Path
) -> None:
    # 50 MB for runs hold one of 784 x 800 x 10, and not two.
    limited = fresh_server(app_with_limits("program_mb = 340\nmemory_mb = 390\ncores = 1\n", tmp_path))
    one, two = new_page(), new_page()
    for visitor in (one, two):
        goto(visitor, f"{limited.url}/train?hidden=800&epochs=400")
        click_button(visitor, "Start")
    wait_for_epochs(one, 1)
    expect(main(two).get_by_text("number 1 in line")).to_be_visible()
    expect(sidebar(two).get_by_text("waiting in line, number 1")).to_be_visible()
    click_button(one, "Stop")
    press(one, main(one).get_by_role("radio", name="No hidden layer"))
    click_button(one, "Start again")
    wait_for_epochs(two, 1)
    expect(main(two).get_by_text("in line")).not_to_be_visible()
    assert exceptions(one) == exceptions(two) == []


def test_two_visitors_train_at_once_and_do_not_disturb_each_other(new_page: NewPage, server: Server) -> None:
    one, two = new_page(), new_page()
    goto(one, f"{server.url}/{LONG}")
    click_button(one, "Start")
    goto(two, f"{server.url}/train")
    expect(main(two).get_by_text("No run yet")).to_be_visible()
    press(two, main(two).get_by_role("radio", name="No hidden layer"))
    click_button(two, "Start")
    expect(main(two).get_by_text("of 10,000 wrong")).to_be_visible(timeout=120_000)
    assert epochs_drawn(two) == 11
    wait_for_epochs(one, 3)
    expect(main(one).get_by_text("784 x 16 x 10").first).to_be_visible()
    click_button(one, "Stop")


def test_a_network_that_explodes_is_explained_and_cured(page: Page, page_log: PageLog, server: Server) -> None:
    goto(page, f"{server.url}/train")
    press(page, main(page).get_by_role("radio", name="Too fast"))
    click_button(page, "Start")
    expect(main(page).get_by_text("exploded in epoch 1")).to_be_visible(timeout=120_000)
    cure = main(page).get_by_role("button", name=re.compile("Set the learning rate to"))
    press(page, cure)
    click_button(page, "Start")
    wait_for_epochs(page, 1)
    assert accuracies(page)[-1] > 50
    click_button(page, "Stop")
    assert page_log.errors == []


def test_the_model_can_be_taken_home_and_brought_back(
    page: Page, new_page: NewPage, server: Server, tmp_path: Path
) -> None:
    goto(page, f"{server.url}/train?hidden=12&epochs=1")
    click_button(page, "Start")
    expect(main(page).get_by_text("of 10,000 wrong")).to_be_visible(timeout=120_000)
    main(page).get_by_text("Save, load, share").click()
    with page.expect_download() as download:
        main(page).get_by_role("button", name="Model (.npz)").click()
    file = tmp_path / "model.npz"
    download.value.save_as(file)
    with page.expect_download() as download:
        main(page).get_by_role("button", name="History (CSV)").click()
    assert Path(download.value.path()).read_text().startswith("epoch,train_loss_nats")
    with page.expect_download() as download:
        main(page).get_by_role("button", name="Script (.py)").click()
    assert download.value.suggested_filename == "train_digits.py"
    assert "import numpy as np" in Path(download.value.path()).read_text()
    with page.expect_download() as download:
        main(page).get_by_role("button", name="Model (.onnx)").click()
    assert Path(download.value.path()).stat().st_size > 4 * (784 * 12 + 12 * 10)

    later = new_page()
    goto(later, server.url)
    main(later).get_by_text("A model from last time", exact=True).click()
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"no model")
    chooser = main(later).locator('input[type="file"]')
    chooser.set_input_files(bad)
    expect(main(later).get_by_text("This file is not a model of this app")).to_be_visible()
    expect(network(later)).to_have_value("ready")
    chooser.set_input_files(file)
    expect(network(later)).to_have_value("file")
    select_page(later, "Weights")
    chosen = network(later).evaluate("list => list.selectedOptions[0].text")
    assert chosen == "Your file model.npz: 784 x 12 x 10"


def test_no_epoch_is_chosen_but_by_a_hand_on_its_slider(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/train?hidden=8&epochs=2000&batch=1024")
    click_button(page, "Start")
    wait_for_epochs(page, 3)
    rate = main(page).get_by_role("slider", name="Learning rate")
    for burst in range(20):
        rate.focus()
        for i in range(4 + burst % 4):
            page.keyboard.press("ArrowRight" if burst % 2 else "ArrowLeft")
            page.wait_for_timeout(30 + 10 * (i % 4))
        assert "epoch=" not in page.url
    click_button(page, "Stop")
    expect(main(page).get_by_text("of 10,000 wrong")).to_be_visible()
    assert "epoch=" not in page.url
    stopped_at = says(page)
    select_page(page, "Weights")
    expect(main(page).locator(".line .says")).to_have_text(stopped_at)
    assert stopped_at not in ("epoch 0", "")


def test_all_that_moves_is_in_view_and_drawn_in_place(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")
    press(page, main(page).locator(".st-key-twelve button").nth(3))
    click_button(page, "Start")
    expect(main(page).get_by_text("Digits it does not learn from")).to_be_visible()
    page.evaluate(
        "() => document.querySelectorAll('[class*=st-key-panel_]').forEach((part) => (part.drawnBefore = true))"
    )
    neurons = main(page).locator(".st-key-thumbnails canvas").first
    shown = neurons.evaluate("canvas => canvas.toDataURL()")
    assert wait_until(page, lambda: neurons.evaluate("canvas => canvas.toDataURL()") != shown)
    parts = main(page).locator("[class*=st-key-panel_]")
    assert parts.count() == 4
    for part in parts.all():
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800, part.get_attribute("class")
        assert part.evaluate("part => part.drawnBefore"), part.get_attribute("class")
    expect(main(page).get_by_role("img", name="The network reads a picture of a 3")).to_be_visible()


SECONDS_TO = """([label, next]) => new Promise((resolve) => {  // from a press to the button that comes in its place
    const go = () => document.querySelector(".st-key-run_go button");
    const since = performance.now();
    const seconds = () => (performance.now() - since) / 1000;
    const look = () => (go().innerText.includes(next) ? resolve(seconds()) : setTimeout(look, 5));
    go().click();
    look();
})"""


def test_slow_motion_shows_each_update_and_lets_go_at_once(page: Page, fresh_server: StartServer) -> None:
    goto(page, f"{fresh_server().url}/train")  # its own: what others have left running makes it slower
    main(page).get_by_role("combobox", name="Speed").click()
    page.get_by_role("option", name="10 updates a second").click()
    since = time.monotonic()
    click_button(page, "Start")
    assert wait_until(page, lambda: says(page).startswith("update 1"))
    before = says(page)
    assert wait_until(page, lambda: says(page) != before)
    n = int(re.findall(r"update (\d+)", says(page))[0])
    assert n < 11 * (time.monotonic() - since)
    expect(main(page).get_by_test_id("stProgress")).to_contain_text("a second")
    seconds = []
    for _ in range(3):
        seconds.append(page.evaluate(SECONDS_TO, ["Pause", "Resume"]))
        wait_idle(page)
        page.wait_for_timeout(500)  # the line is drawn by a fragment of its own
        shown = says(page)
        page.wait_for_timeout(500)
        assert says(page) == shown
        page.evaluate(SECONDS_TO, ["Resume", "Pause"])
        wait_idle(page)
    print(f"\nfrom Pause to its answer in slow motion: {min(seconds):.2f} s at best of {len(seconds)}")  # noqa: T201
    click_button(page, "Stop")
    expect(main(page).get_by_text("of 10,000 wrong")).to_be_visible()
    n = int(re.findall(r"update (\d+)", says(page))[0])
    click_button(page, "One update")
    assert wait_until(page, lambda: says(page) == f"update {n + 1}"), says(page)


SLOW_CLICK = """button => {  // as on a busy device: the page has no time to send the press before its timers are due
    const { setTimeout } = window;
    window.setTimeout = (act, ms, ...rest) => setTimeout(act, ms || 1500, ...rest);
    button.click();
    window.setTimeout = setTimeout;
}"""


def test_a_press_that_a_timer_takes_along_acts_once(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")
    click_button(page, "Start")
    wait_for_epochs(page, 1)
    main(page).get_by_role("button", name="Pause", exact=True).evaluate(SLOW_CLICK)
    expect(main(page).get_by_role("button", name="Resume", exact=True)).to_be_visible()
    page.wait_for_timeout(1500)
    expect(main(page).get_by_role("button", name="Resume", exact=True)).to_be_visible()
    assert "paused" in progress(page)


def test_the_keyboard_stays_on_the_buttons_of_a_run(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/{LONG}")

    def focused() -> str:
        return str(page.evaluate("() => document.activeElement?.innerText.trim().split(String.fromCharCode(10)).pop()"))

    main(page).get_by_role("button", name="Start", exact=True).focus()
    for label in ("Pause", "Resume", "Pause"):
        page.keyboard.press("Enter")
        assert wait_until(page, lambda label=label: focused() == label), f"{focused()}, not {label}"  # type: ignore[misc]
        page.wait_for_timeout(500)  # the page follows the run meanwhile
        assert focused() == label
    main(page).get_by_role("button", name="Stop", exact=True).focus()
    page.keyboard.press("Enter")
    assert wait_until(page, lambda: focused() == "Start again"), focused()
    expect(main(page).locator(".says[role=status]").first).to_have_text(re.compile("784 x 16 x 10 is stopped"))
    main(page).get_by_role("button", name="Reset", exact=True).focus()
    page.keyboard.press("Enter")
    assert wait_until(page, lambda: focused() in ("Start", "Reset")), focused()
