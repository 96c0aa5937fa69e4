"""Weights watched as a visitor does: neurons chosen by a click, the epochs played, a run followed."""

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from charts.palette import DIVERGING
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
from tests.browser.servers import Server
from ui.menu import MENU

READY_EPOCHS = ["0", "1", "2", "3", "5", "8", "13", "20"]


def open_weights(page: Page, server: Server, query: str = "") -> None:
    goto(page, f"{server.url}/weights{query}")
    expect(tiles(page)).to_have_count(64)
    wait_idle(page)


def tiles(page: Page) -> Locator:
    return main(page).locator(".st-key-neurons .tile")


def neuron(page: Page, number: int) -> Locator:
    return main(page).get_by_role("button", name=re.compile(rf"^Neuron {number}: its weights"))


def large_view_of(page: Page, number: int) -> Locator:
    return main(page).get_by_role("heading", name=f"Neuron {number}", exact=True)


def epoch(page: Page) -> str:
    """Return the number of the epoch that is shown; a moment inside of one has no whole number."""
    return main(page).locator(".line").get_attribute("data-epoch") or ""


def picture(page: Page) -> str:
    return str(tiles(page).first.locator("canvas").evaluate("canvas => canvas.toDataURL()"))


def address(page: Page) -> dict[str, str]:
    return {name: words[0] for name, words in parse_qs(urlsplit(page.url).query).items()}


def is_stopped(page: Page) -> bool:
    return main(page).get_by_role("button", name="Play", exact=True).count() == 1


def watch_epochs(page: Page, until: Callable[[], bool], patience_s: float = 30) -> list[str]:
    """Return the epochs that are seen until then, each once."""
    seen: list[str] = []

    def look() -> bool:
        over, now = until(), epoch(page)
        if [now] != seen[-1:]:
            seen.append(now)
        return over

    assert wait_until(page, look, patience_s)
    return seen


def test_a_click_shows_a_neuron_large_and_a_reload_keeps_it(page: Page, server: Server, page_log: PageLog) -> None:
    open_weights(page, server)
    press(page, neuron(page, 112))
    expect(large_view_of(page, 112)).to_be_visible()
    expect(neuron(page, 112)).to_have_attribute("aria-pressed", "true")
    expect(main(page).locator(".st-key-neuron_outgoing .bars .point")).to_have_count(10)
    expect(main(page).locator(".st-key-neuron_exciting .tile")).to_have_count(12)
    assert address(page) == {"neuron": "112"}
    # The menu takes the choice along: else the next page would do so, and Back would stay on it.
    expect(sidebar(page).locator('a[href*="weights.neuron=112"]')).to_have_count(len(MENU) - 1)
    page.reload()
    wait_idle(page)
    expect(large_view_of(page, 112)).to_be_visible()
    assert [error for error in page_log.errors if "404" not in error] == []


def test_sheets_and_orders_are_kept_by_a_reload(page: Page, server: Server) -> None:
    open_weights(page, server)
    main(page).get_by_role("combobox", name="Sort").click()
    press(page, page.get_by_role("option", name="As stored"))
    press(page, main(page).locator(".stPagination, [data-testid=stPagination]").get_by_text("2", exact=True))
    expect(neuron(page, 64)).to_be_visible()
    assert address(page) == {"sort": "stored", "neurons": "stored-2"}
    page.reload()
    wait_idle(page)
    expect(neuron(page, 127)).to_be_visible()


RECORD = """(canvas, line) => {  // what is there at each frame: a test that asks in between may come too late
    window.epochsSeen = new Set();
    window.picturesSeen = new Set();
    const look = () => {
        window.epochsSeen.add(line.dataset.epoch);
        window.picturesSeen.add(canvas.toDataURL());
        requestAnimationFrame(look);
    };
    look();
}"""


def test_play_paints_epoch_after_epoch_into_the_tiles_that_are_there(
    page: Page, server: Server, page_log: PageLog
) -> None:
    open_weights(page, server)
    before = picture(page)
    tiles(page).evaluate_all("all => all.forEach((tile) => { tile.tag = 1; })")
    main(page).locator(".st-key-neuron_outgoing .live-plot").evaluate("chart => { chart.tag = 1; }")
    tiles(page).first.locator("canvas").evaluate(RECORD, main(page).locator(".line").element_handle())
    click_button(page, "Play")
    assert wait_until(page, lambda: is_stopped(page) and epoch(page) == READY_EPOCHS[-1])
    seen, n_pictures = page.evaluate("[[...window.epochsSeen], window.picturesSeen.size]")
    assert set(seen) <= set(READY_EPOCHS)
    assert len(seen) >= 6  # a busy machine may show two at once
    assert n_pictures >= 6
    assert picture(page) == before
    assert tiles(page).evaluate_all("all => all.filter((tile) => tile.tag).length") == 64
    assert main(page).locator(".st-key-neuron_outgoing .live-plot").evaluate("chart => chart.tag") == 1
    assert exceptions(page) == []
    assert [error for error in page_log.errors if "404" not in error] == []


def test_pause_stays_at_its_epoch(page: Page, server: Server) -> None:
    open_weights(page, server, "?epoch=0")
    click_button(page, "Play")
    click_button(page, "Pause")
    paused = epoch(page)
    page.wait_for_timeout(1500)
    assert epoch(page) == paused


def test_who_takes_the_slider_while_it_plays_keeps_it(page: Page, server: Server) -> None:
    open_weights(page, server, "?epoch=0")
    click_button(page, "Play")
    assert wait_until(page, lambda: epoch(page) == "2")
    thumb = main(page).get_by_role("slider")
    places = READY_EPOCHS.index
    track = thumb.bounding_box()
    assert track is not None
    y, inner = track["y"] + track["height"] / 2, track["width"] - 16
    start = track["x"] + 8 + inner * places(epoch(page)) / 7
    page.mouse.move(start, y)
    page.mouse.down()
    for share in range(1, 6):
        page.mouse.move(start + (track["x"] + 8 + inner * 6 / 7 - start) * share / 5, y)
        page.wait_for_timeout(20)
    page.mouse.up()
    assert wait_until(page, lambda: is_stopped(page))
    page.wait_for_timeout(1500)
    expect(thumb).to_have_attribute("aria-valuetext", "epoch 13")
    assert address(page)["epoch"] == "13"


def test_a_neuron_can_be_chosen_while_it_plays(page: Page, server: Server) -> None:
    open_weights(page, server, "?epoch=0")
    click_button(page, "Play")
    press(page, neuron(page, 60))
    expect(large_view_of(page, 60)).to_be_visible()
    assert wait_until(page, lambda: is_stopped(page) and epoch(page) == "20"), f"it stopped at epoch {epoch(page)}"
    expect(large_view_of(page, 60)).to_be_visible()


def test_what_plays_stops_when_the_page_is_left(page: Page, server: Server) -> None:
    open_weights(page, server, "?epoch=0")
    click_button(page, "Play")
    select_page(page, "Mistakes")
    left = epoch(page)
    page.wait_for_timeout(1500)
    assert epoch(page) == left
    select_page(page, "Weights")
    page.wait_for_timeout(1500)
    assert (epoch(page), is_stopped(page)) == (left, True)


@pytest.mark.parametrize(("left", "opened"), [("Weights", "Mistakes"), ("Mistakes", "Draw")])
def test_a_player_says_nothing_more_once_a_link_was_pressed(page: Page, server: Server, left: str, opened: str) -> None:
    # What it said at that moment would reach the server while it opens the next page, and bring this one back.
    page.add_init_script("""
        const later = window.setTimeout;
        window.setTimeout = (act, ms, ...given) => {
            if (ms === 400) window.stepNow = () => act(...given);
            return later(act, ms, ...given);
        };""")
    goto(page, f"{server.url}/{left.lower()}?epoch=0")
    click_button(page, "Play")
    assert wait_until(page, lambda: page.evaluate("() => Boolean(window.stepNow)"))
    sidebar(page).get_by_role("link", name=opened, exact=True).evaluate("link => { link.click(); window.stepNow(); }")
    expect(main(page).get_by_role("heading", name=opened, exact=True)).to_be_visible(timeout=10_000)
    page.wait_for_timeout(1000)
    expect(main(page).get_by_role("heading", name=opened, exact=True)).to_be_visible()
    expect(main(page).locator(".line")).to_be_visible()
    assert exceptions(page) == []


def test_a_run_is_followed_until_it_ends(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/train?hidden=12&epochs=30&batch=32")
    click_button(page, "Start")
    assert wait_until(page, lambda: re.search(r"Epoch [2-9]", main(page).inner_text()) is not None)
    select_page(page, "Weights")
    expect(network(page)).to_have_value("run")
    expect(tiles(page)).to_have_count(12)
    tiles(page).evaluate_all("all => all.forEach((tile) => { tile.tag = 1; })")
    seen = watch_epochs(page, lambda: "as it learns" not in says(page) and epoch(page) == "30", 120)
    assert len(seen) > 2
    assert all(float(before) < float(after) for before, after in pairwise(seen))
    assert tiles(page).evaluate_all("all => all.filter((tile) => tile.tag).length") == 12
    assert exceptions(page) == []


def test_a_hand_that_rests_on_the_slider_moves_nothing_and_the_end_of_the_run_is_told(
    page: Page, server: Server
) -> None:
    goto(page, f"{server.url}/train?hidden=8&epochs=15&batch=256")
    click_button(page, "Start")
    select_page(page, "Weights")
    expect(network(page)).to_have_value("run")
    box = main(page).locator(".line .slider").bounding_box()
    assert box is not None
    assert wait_until(page, lambda: float(epoch(page) or 0) > 1)
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)  # where the thumb is
    page.mouse.down()
    held = says(page)
    expect(sidebar(page).get_by_text("Your run: finished")).to_be_visible(timeout=60_000)
    assert says(page) == held
    page.mouse.up()
    expect(main(page).locator(".line .says")).to_have_text("epoch 15")
    assert "epoch=" not in page.url


def test_the_legend_has_the_colours_of_the_theme(new_page: NewPage, server: Server) -> None:
    for theme in ("light", "dark"):
        page = new_page(dark=theme == "dark")
        open_weights(page, server)
        bar = main(page).get_by_role("img", name="Weights: from blue")
        colours = bar.locator(".bar").evaluate("bar => bar.style.background")
        first = ", ".join(str(part) for part in bytes.fromhex(DIVERGING["dark" if theme == "dark" else "light"][0][1:]))
        assert f"rgb({first})" in colours
        assert bar.locator(".numbers span").nth(1).inner_text() == "0"


def test_on_a_phone_a_tap_shows_the_large_view_right_below_the_sheet(new_page: NewPage, server: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    open_weights(page, server)
    tile = tiles(page).nth(6)
    label = tile.get_attribute("aria-label") or ""
    tile.tap()
    heading = main(page).get_by_role("heading", name=label.split(":")[0], exact=True)
    expect(heading).to_be_visible()
    page.wait_for_timeout(1000)  # the page scrolls to it
    sheet, large = main(page).locator(".st-key-neurons_frame").bounding_box(), heading.bounding_box()
    assert sheet is not None
    assert large is not None
    assert sheet["height"] < 420
    assert 0 < large["y"] - sheet["y"] - sheet["height"] < 150
    assert main(page).evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_on_a_projector_a_digit_leads_to_what_is_below_it_and_a_line_to_its_moment(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(width=1920, height=1080)
    goto(page, f"{server.url}/weights")
    press(page, main(page).get_by_role("radio", name="The ten digits"))
    press(page, main(page).get_by_role("button", name="Digit 3: its picture", exact=True))
    expect(main(page).get_by_role("heading", name="What does a 3 look like to it?")).to_be_visible()
    assert address(page) == {"layer": "digits", "neuron": "2-3"}
    below = main(page).locator(".st-key-neuron_below .tile").first
    number = re.findall(r"Neuron (\d+)", below.get_attribute("aria-label") or "")[0]
    press(page, below)
    expect(large_view_of(page, int(number))).to_be_visible()
    assert address(page) == {"layer": "1", "neuron": number}
    cut = """charts => charts.filter((chart) => {
        const place = chart.getRootNode().host?.closest('[data-testid=stElementContainer]')
            ?? chart.closest('[data-testid=stElementContainer]');
        return place.clientHeight < chart.clientHeight - 1;
    }).length"""
    charts = main(page).locator(".live-plot")
    expect(charts).to_have_count(4)
    assert charts.evaluate_all(cut) == 0
    main(page).locator(".st-key-weights_silent .nsewdrag").click(position={"x": 20, "y": 100})
    assert wait_until(page, lambda: epoch(page) in READY_EPOCHS[:2])
