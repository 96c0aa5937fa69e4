"""Runs compared: a table that stays as it is under new data, and charts whose brush, lasso and clicks pick its rows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings, script
from tests.browser.driver import NewPage, PageLog, exceptions, goto, log_of, main, wait_idle, wait_until
from tests.browser.servers import Server, StartServer

N = 12


@pytest.fixture(scope="module")
def demo(start_server: StartServer) -> Server:
    return start_server("tests/browser/apps/compare_app.py", {"N_RUNS": str(N), "PYTHONPATH": "."})


@pytest.fixture
def opened(page: Page, demo: Server) -> Page:
    return open_runs(page, demo)


def open_runs(page: Page, demo: Server, shown: str = "") -> Page:
    """Open the table with one of the charts."""
    goto(page, f"{demo.url}/?shown={shown}")
    expect(rows(page)).to_have_count(N)
    if shown:
        assert wait_until(page, lambda: bool(chart(page, shown).evaluate("host => host._fullData?.length")))
    return page


def rows(page: Page) -> Locator:
    return main(page).locator(".runs tbody tr")


def row(page: Page, number: int) -> Locator:
    return main(page).locator(f".runs tr[data-id=run{number:04}]")


def chart(page: Page, key: str) -> Locator:
    return main(page).locator(f".st-key-{key} .live-plot")


def numbers(page: Page) -> list[int]:
    return [int(text) for text in rows(page).locator(".number").all_inner_texts()]


def ticked(page: Page) -> list[int]:
    ticks: list[int] = rows(page).evaluate_all(
        "all => all.filter((row) => row.querySelector('[type=checkbox]').checked).map((row) => row.run.number)"
    )
    return sorted(ticks)


def expect_picked(page: Page, *picked: int) -> None:
    ids = " ".join(f"run{number:04}" for number in picked) or "none"
    expect(main(page).get_by_text(f"Picked: {ids}", exact=True)).to_be_visible()
    assert wait_until(page, lambda: ticked(page) == sorted(picked)), ticked(page)


def wait_for_updates(page: Page, n_updates: int = 2) -> None:
    def n_ticks() -> int:
        found = re.search(r"Tick (\d+)", main(page).inner_text())
        return int(found[1]) if found else 0

    before = n_ticks()
    assert wait_until(page, lambda: n_ticks() >= before + n_updates), "the page gets no new data"


def drag(page: Page, *places: tuple[float, float]) -> None:
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def test_names_are_shown_letter_by_letter(page: Page, demo: Server, page_log: PageLog) -> None:
    opened = open_runs(page, demo, "curves")
    expect(row(opened, 1).get_by_role("textbox", name="Name of run 1")).to_have_value("<b>bold</b> %{x} &amp;")
    texts = chart(opened, "curves").evaluate("host => host._fullData.map((trace) => trace.hovertemplate)")
    assert "&lt;b&gt;bold&lt;/b&gt; %\u2060{x} &amp;amp;" in texts[0]
    assert page_log.foreign_requests() == []
    assert page_log.errors == []
    assert exceptions(opened) == []


def test_a_column_is_sorted_and_new_data_leave_order_ticks_and_focus(opened: Page) -> None:
    rows(opened).evaluate_all("all => all.forEach((row) => { row.tag = 1; })")
    head = main(opened).get_by_role("columnheader", name="Test accuracy (%)")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    falling = numbers(opened)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert numbers(opened) == falling[::-1] != sorted(falling)
    row(opened, 5).get_by_role("checkbox", name="Compare Run 5").check()
    row(opened, 3).get_by_role("checkbox").check()
    expect_picked(opened, 3, 5)
    wait_for_updates(opened)
    assert numbers(opened) == falling[::-1]
    expect(row(opened, 3).get_by_role("checkbox")).to_be_focused()
    assert rows(opened).evaluate_all("all => all.every((row) => row.tag === 1)")


def test_a_name_is_written_while_data_come_in(opened: Page) -> None:
    name = row(opened, 4).get_by_role("textbox", name="Name of run 4")
    name.fill("a <i>try</i>")
    wait_for_updates(opened)
    expect(name).to_have_value("a <i>try</i>")
    name.press("Enter")
    wait_for_updates(opened)
    expect(name).to_have_value("a <i>try</i>")
    expect(row(opened, 4).get_by_role("checkbox", name="Compare a <i>try</i>")).to_be_visible()
    name.fill("something else")
    name.press("Escape")
    expect(name).to_have_value("a <i>try</i>")


def test_the_buttons_of_a_row_and_the_keyboard(opened: Page) -> None:
    row(opened, 2).get_by_role("button", name="Pin Run 2").click()
    expect(main(opened).get_by_text("Acts: pin run0002", exact=True)).to_be_visible()
    row(opened, 2).get_by_role("button", name="Delete Run 2").focus()
    opened.keyboard.press("ArrowDown")
    expect(row(opened, 3).get_by_role("button", name="Delete Run 3")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(main(opened).get_by_text("Acts: pin run0002, delete run0003", exact=True)).to_be_visible()


def test_nobody_is_shut_out(opened: Page) -> None:
    assert findings(opened, script()) == []


def test_a_brush_picks_runs_and_gives_way_to_a_tick(page: Page, demo: Server) -> None:
    opened = open_runs(page, demo, "parallel")
    axis = chart(opened, "parallel").locator(".y-axis .axis-brush .background").last
    axis.scroll_into_view_if_needed()
    box = axis.bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 2
    drag(opened, (x, box["y"] + 2), (x, box["y"] + 0.3 * box["height"]))
    assert wait_until(opened, lambda: len(ticked(opened)) > 0)
    picked = ticked(opened)
    best = chart(opened, "parallel").evaluate(
        """host => { const { ids, dimensions } = host._fullData[0];
        const { values, constraintrange: [low, high] } = dimensions.at(-1);
        return [...ids].filter((_, i) => values[i] >= low && values[i] <= high).map((id) => Number(id.slice(3))); }"""
    )
    assert 0 < len(best) < N
    assert picked == sorted(best)
    wait_for_updates(opened)
    assert ticked(opened) == picked
    other = next(number for number in range(1, N + 1) if number not in picked)
    row(opened, other).get_by_role("checkbox").check()
    expect_picked(opened, *sorted([*picked, other]))
    wait_idle(opened)
    left = "host => host._fullData[0].dimensions.filter(({ constraintrange }) => constraintrange?.length).length"
    assert wait_until(opened, lambda: chart(opened, "parallel").evaluate(left) == 0)
    assert ticked(opened) == sorted([*picked, other])


def test_a_lasso_picks_the_points_inside(page: Page, demo: Server) -> None:
    opened = open_runs(page, demo, "points")
    plot = chart(opened, "points")
    plot.scroll_into_view_if_needed()
    box = plot.locator(".nsewdrag").bounding_box()
    assert box is not None
    left, right = box["x"] + 2, box["x"] + 0.2 * box["width"]
    top, bottom = box["y"] + 2, box["y"] + box["height"] - 2
    drag(opened, (left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    expect_picked(opened, 1, 6, 11)  # the runs with the lowest rate
    expect(row(opened, 6)).to_have_attribute("data-picked", "")
    wait_for_updates(opened)
    marked = plot.evaluate("host => Array.from(host._fullData.at(-1).selectedpoints)")
    assert marked == [0, 5, 10]


def test_a_grid_can_be_read_as_a_table(page: Page, demo: Server, page_log: PageLog) -> None:
    open_runs(page, demo, "grid")
    numbers = main(page).locator(".st-key-grid .live-plot-numbers")
    numbers.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(numbers.get_by_role("row")).to_have_count(4)
    expect(numbers.get_by_role("row").first).to_have_text(re.compile(r"Neurons . Learning rate0\.010\.030\.10\.31"))
    expect(numbers.get_by_role("rowheader").first).to_have_text("256")
    assert page_log.errors == []


def test_a_phone_scrolls_the_table_in_its_own_box(new_page: NewPage, demo: Server) -> None:
    page = open_runs(new_page(width=390, height=844, touch=True), demo)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    table = main(page).locator(".runs")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    table.evaluate("box => { box.scrollLeft = 300; box.scrollTop = 100; }")
    boxes = [row(page, 5).locator(cell).bounding_box() for cell in (".tick", ".run", "td.name")]
    assert all(box is not None and 0 <= box["x"] < 220 for box in boxes)
    head = main(page).locator(".runs thead th").first.bounding_box()
    frame = table.bounding_box()
    assert head is not None
    assert frame is not None
    assert abs(head["y"] - frame["y"]) < 3
    assert log_of(page).errors == []
