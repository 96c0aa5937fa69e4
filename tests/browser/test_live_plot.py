"""The chart of live training: what a person did to it outlives new data, on every page and in both themes."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.driver import (
    NewPage,
    PageLog,
    click_button,
    exceptions,
    goto,
    log_of,
    main,
    press,
    select_page,
    sidebar,
    swipe,
    wait_until,
)
from tests.browser.servers import Server, StartServer

SCRIPT = "/app/static/plotly.min.js"
N_UPDATES = 10


@pytest.fixture(scope="module")
def demo(start_server: StartServer) -> Server:
    return start_server("tests/browser/apps/live_plot_app.py")


@pytest.fixture
def chart(page: Page, demo: Server) -> Locator:
    return open_chart(page, demo.url)


def open_chart(page: Page, url: str) -> Locator:
    goto(page, url)
    chart = main(page).locator(".live-plot")
    expect(chart.locator(".legendtext")).to_have_count(3)
    return chart


def wait_for_updates(page: Page, chart: Locator, n_updates: int = N_UPDATES) -> None:
    """Wait until the chart itself has drawn so many more epochs."""
    before = n_epochs(chart)
    assert wait_until(page, lambda: n_epochs(chart) >= before + n_updates), "the chart gets no new data"


def n_epochs(chart: Locator) -> int:
    n: int = chart.evaluate("host => host._fullData[0].x.length")
    return n


def x_range(chart: Locator) -> list[float]:
    limits: list[float] = chart.evaluate("host => host._fullLayout.xaxis.range")
    return limits


def zoom_in(page: Page, chart: Locator) -> list[float]:
    """Drag a box around the middle of the chart and return the epochs that are then in sight."""
    before = x_range(chart)
    box = chart.locator(".nsewdrag").bounding_box()
    assert box is not None
    for share, act in ((0.3, page.mouse.down), (0.6, page.mouse.up)):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + share * box["height"], steps=4)
        act()
    assert wait_until(page, lambda: x_range(chart)[1] < 0.8 * before[1]), "the drag did not zoom"
    page.mouse.move(0, 0)
    return x_range(chart)


def reset(chart: Locator) -> None:
    chart.hover()
    expect(chart.locator(".modebar-btn")).to_have_count(1)
    chart.locator(".modebar-btn").click()


def colour_of_text(chart: Locator) -> str:
    return str(chart.locator(".legendtext").first.evaluate("text => getComputedStyle(text).fill"))


def test_new_data_changes_the_chart_that_is_there(page: Page, chart: Locator, page_log: PageLog) -> None:
    wait_for_updates(page, chart, 1)  # a server that has just begun may draw its first chart twice
    chart.evaluate("host => { host.tag = 1; host.querySelector('.plot-container').tag = 1; }")
    wait_for_updates(page, chart)
    click_button(page, "Full rerun")
    wait_for_updates(page, chart, 1)
    assert chart.evaluate("host => [host.tag, host.querySelector('.plot-container').tag]") == [1, 1]
    assert page_log.errors == []
    assert exceptions(page) == []


def test_a_zoom_is_kept(page: Page, chart: Locator) -> None:
    zoomed = zoom_in(page, chart)
    wait_for_updates(page, chart)
    press(page, main(page).get_by_text("A line above"))  # a full rerun that also moves the chart
    wait_for_updates(page, chart, 1)
    assert x_range(chart) == zoomed


def test_a_zoom_is_left_by_the_one_button_of_the_chart(page: Page, chart: Locator) -> None:
    zoom_in(page, chart)
    reset(chart)
    assert wait_until(page, lambda: x_range(chart)[1] >= 100)


def test_a_hidden_line_stays_hidden(page: Page, chart: Locator) -> None:
    lines = chart.locator(".scatterlayer .trace")
    expect(lines).to_have_count(3)
    chart.locator(".legendtoggle").nth(1).click()
    expect(lines).to_have_count(2)
    wait_for_updates(page, chart)
    expect(lines).to_have_count(2)
    assert chart.evaluate("host => host._fullData[1].visible") == "legendonly"


def test_a_hover_label_stays(page: Page, chart: Locator) -> None:
    chart.locator(".nsewdrag").hover()
    expect(chart.locator(".hoverlayer .legend")).to_contain_text("validation")
    chart.evaluate("""host => {
        host.frames = [0, 0];
        const look = () => {
            host.frames[host.querySelector('.hoverlayer .legend') ? 1 : 0] += 1;
            requestAnimationFrame(look);
        };
        look();
    }""")
    wait_for_updates(page, chart)
    without, with_label = chart.evaluate("host => host.frames")
    assert without == 0
    assert with_label > N_UPDATES


def test_a_value_that_is_no_number_is_a_gap(chart: Locator) -> None:
    for i in range(2):  # a NumPy array and a list
        assert chart.evaluate(f"host => Array.from(host._fullData[{i}].y).map(Number.isFinite).indexOf(false)") == 5


def test_the_theme_of_the_page_is_followed_at_once(page: Page, chart: Locator) -> None:
    press(page, main(page).get_by_text("Pause"))  # the theme changes, and the data do not
    full = x_range(chart)
    zoomed = zoom_in(page, chart)
    assert colour_of_text(chart) == "rgb(26, 34, 51)"
    page.emulate_media(color_scheme="dark")
    assert wait_until(page, lambda: colour_of_text(chart) == "rgb(232, 237, 246)"), colour_of_text(chart)
    press(page, main(page).get_by_text("Pause"))
    wait_for_updates(page, chart, 1)
    assert x_range(chart) == zoomed
    reset(chart)
    assert wait_until(page, lambda: x_range(chart)[1] > full[1]), x_range(chart)


def test_a_dark_page_has_a_dark_chart(new_page: NewPage, demo: Server) -> None:
    chart = open_chart(new_page(dark=True), demo.url)
    assert colour_of_text(chart) == "rgb(232, 237, 246)"
    assert (
        chart.locator(".main-svg").first.evaluate("svg => getComputedStyle(svg).backgroundColor") == "rgba(0, 0, 0, 0)"
    )


def test_the_chart_has_a_name_for_screen_readers(page: Page, chart: Locator) -> None:
    expect(
        main(page).get_by_role("figure", name="Loss of the training and the validation set, by epoch")
    ).to_be_visible()
    assert chart.count() == 1


def test_the_script_comes_from_the_app_and_once(page: Page, chart: Locator, demo: Server, page_log: PageLog) -> None:
    select_page(page, "Train")
    expect(chart.locator(".legendtext")).to_have_count(3)
    select_page(page, "Home")
    expect(chart.locator(".legendtext")).to_have_count(3)
    assert [url for url in page_log.requests if "plotly" in url] == [demo.url + SCRIPT]
    expect(page.locator("script[src*=plotly]")).to_have_count(1)
    assert page_log.foreign_requests() == []
    assert page_log.errors == []


def test_the_script_is_found_from_the_address_of_a_page(page: Page, demo: Server, page_log: PageLog) -> None:
    open_chart(page, f"{demo.url}/train?run=abc")
    assert demo.url + SCRIPT in page_log.requests


def test_the_script_is_found_under_a_base_path(page: Page, fresh_server: StartServer, page_log: PageLog) -> None:
    lab = fresh_server("tests/browser/apps/live_plot_app.py", {"STREAMLIT_SERVER_BASE_URL_PATH": "school/lab"})
    for path in ("", "/", "/train"):
        open_chart(page, lab.url + path)
    assert {url for url in page_log.requests if "plotly" in url} == {lab.url + SCRIPT}


def test_a_script_that_cannot_be_loaded_is_told_and_asked_for_again(page: Page, demo: Server) -> None:
    page.route("**/plotly.min.js", lambda route: route.abort())
    goto(page, demo.url)
    chart = main(page).locator(".live-plot")
    expect(chart).to_contain_text("This chart cannot be drawn")
    page.unroute_all()
    expect(chart.locator(".legendtext")).to_have_count(3, timeout=15_000)
    expect(chart).not_to_contain_text("This chart cannot be drawn")


def test_nothing_moves_when_the_chart_appears(page: Page, demo: Server) -> None:
    component, script = Held(page, "**/BidiComponent.*.js"), Held(page, "**/plotly.min.js")
    page.goto(demo.url)
    caption = main(page).get_by_text("Tick")
    expect(caption).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(1)  # the chart; the buttons above it are there
    before = caption.bounding_box()
    component.release()
    chart = main(page).locator(".live-plot")
    expect(chart).to_have_css("height", "340px")
    assert caption.bounding_box() == before
    script.release()
    expect(chart.locator(".legendtext")).to_have_count(3)
    assert caption.bounding_box() == before


class Held:
    """Requests that get no answer until they are released."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.waiting: list[Route] = []
        page.route(address, lambda route: self.waiting.append(route))  # Playwright takes no built-in function

    def release(self) -> None:
        assert wait_until(self.page, lambda: bool(self.waiting)), "nothing was asked for"
        self.waiting.pop().continue_()


def test_the_chart_fills_the_room_that_the_sidebar_leaves(page: Page, chart: Locator) -> None:
    page.set_viewport_size({"width": 900, "height": 800})
    narrow = drawn_width(page, chart)
    sidebar(page).hover()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    assert wait_until(page, lambda: drawn_width(page, chart) > narrow + 100)


def test_a_phone_shows_the_whole_chart_and_scrolls_over_it(new_page: NewPage, demo: Server) -> None:
    page = new_page(width=390, height=500, touch=True)
    chart = open_chart(page, demo.url)
    assert drawn_width(page, chart) < 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    swipe(page, 195, 450, dy=-150)
    assert wait_until(page, lambda: main(page).evaluate("page => page.scrollTop") > 50)
    chart.locator(".nsewdrag").tap()
    expect(chart.locator(".hoverlayer .legend")).to_contain_text("validation")
    assert log_of(page).errors == []


def drawn_width(page: Page, chart: Locator) -> float:
    """Return the width of the drawing, which is the width of its place."""

    def widths() -> tuple[float, float]:
        host, drawing = chart.bounding_box(), chart.locator(".main-svg").first.bounding_box()
        assert host is not None
        assert drawing is not None
        return host["width"], drawing["width"]

    assert wait_until(page, lambda: abs(widths()[0] - widths()[1]) < 1), widths()
    return widths()[0]
