"""The app for everyone: without a mouse, a screen, colours or English. What axe-core can find it looks for here."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from tests.browser.driver import NewPage, PageLog, click_button, goto, log_of, main, press, select_page, wait_until
from tests.browser.servers import Server
from tests.browser.test_draw import DIGITS, Stroke, corner, draw, headline, ink

TRANSLATOR = Path(__file__).with_name("translator.js").read_text("utf-8")
PAGES = ("Home", "Train", "Weights", "Why", "One step", "Map", "Mistakes", "Draw", "Lab")


@pytest.fixture(scope="session")
def axe_script() -> str:
    return axe.script()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_shuts_anybody_out(new_page: NewPage, server: Server, axe_script: str, *, dark: bool) -> None:
    page = new_page(dark=dark)
    found = {}
    for title in PAGES:
        goto(page, f"{server.url}/{'' if title == 'Home' else title.lower().replace(' ', '_')}")
        found[f"{title}, fresh"] = look(page, axe_script)
    goto(page, f"{server.url}/train?hidden=16&epochs=400")
    click_button(page, "Start")
    for expander in main(page).get_by_test_id("stExpander").all():
        expander.locator("summary").click()
    found["Train, running"] = look(page, axe_script)
    click_button(page, "Stop")
    for title in PAGES:
        select_page(page, title)
        found[f"{title}, trained"] = look(page, axe_script)
    assert {where: what for where, what in found.items() if what} == {}


def look(page: Page, axe_script: str) -> list[str]:
    page.wait_for_timeout(500)  # what unfolds or fades in has its colours only then
    return axe.findings(page, axe_script)


class Hand:
    """Fingers on the board of a page that was opened with touch=True; each is named by a number."""

    def __init__(self, page: Page) -> None:
        self.page, self.down = page, dict[int, dict[str, float]]()
        self.x, self.y = corner(page)
        self.session = page.context.new_cdp_session(page)

    def land(self, finger: int, x: float, y: float, radius: float = 12) -> None:
        self.down[finger] = {"id": finger, "x": self.x + x, "y": self.y + y, "radiusX": radius, "radiusY": radius}
        self.send("touchStart", *self.down.values())

    def move(self, **places: tuple[float, float]) -> None:
        for finger, (x, y) in places.items():
            self.down[int(finger[1:])] |= {"x": self.x + x, "y": self.y + y}
        self.send("touchMove", *self.down.values())
        self.page.wait_for_timeout(10)

    def lift(self, finger: int) -> None:
        self.send("touchEnd", self.down.pop(finger))  # Chromium takes it for those that leave, not for those that stay

    def draw(self, finger: int, stroke: Stroke) -> None:
        """Draw a stroke with a finger, whatever else rests on the board."""
        self.land(finger, *stroke[0])
        for place in stroke[1:]:
            self.move(**{f"f{finger}": place})
        self.lift(finger)

    def send(self, kind: str, *points: dict[str, float]) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})


@pytest.fixture
def touched(new_page: NewPage, server: Server) -> Page:
    page = new_page(width=390, height=844, touch=True)
    goto(page, f"{server.url}/draw")
    expect(headline(page)).to_have_text("Draw a digit")
    return page


def test_a_pinch_draws_nothing(touched: Page) -> None:
    hand, n_asked = Hand(touched), log_of(touched).n_asked
    for n_begun in (0, 4):  # pieces of a stroke, before the second finger comes
        hand.land(1, 150, 150)
        for i in range(n_begun):
            hand.move(f1=(150 - 8 * i, 150))
        hand.land(2, 200, 200)
        for i in range(8):
            hand.move(f1=(118 - 8 * i, 150), f2=(200 + 8 * i, 200 + 8 * i))
        hand.lift(2)
        hand.move(f1=(60, 180))
        hand.lift(1)
        touched.wait_for_timeout(500)
        assert (ink(touched), log_of(touched).n_asked) == (0, n_asked)
    for stroke in DIGITS[7]:
        hand.draw(1, stroke)  # and the board goes on
    expect(headline(touched)).to_have_text("It says 7")


def test_a_palm_neither_draws_nor_blocks(touched: Page) -> None:
    for radius in (45, 12):  # pixels: broad, and as narrow as a finger
        hand = Hand(touched)
        hand.land(0, 300, 300, radius)
        touched.wait_for_timeout(600)
        hand.draw(1, DIGITS[7][0])
        assert wait_until(touched, lambda: ink(touched) > 0)
        one = ink(touched)
        hand.move(f0=(290, 310))
        hand.lift(0)
        hand.draw(1, DIGITS[7][1])
        expect(headline(touched)).to_have_text("It says 7")
        assert ink(touched) < 2 * one
        click_button(touched, "Clear")
        expect(headline(touched)).to_have_text("Draw a digit")


def test_a_second_finger_leaves_the_stroke_of_the_first_alone(touched: Page) -> None:
    hand = Hand(touched)
    hand.draw(1, [(150, 150)])
    assert wait_until(touched, lambda: 300 < ink(touched) < 700), "a tap is a dot"
    click_button(touched, "Clear")
    assert wait_until(touched, lambda: ink(touched) == 0)
    top, bar = DIGITS[7]
    hand.land(1, *top[0])
    for place in top[1:3]:
        hand.move(f1=place)
        touched.wait_for_timeout(300)
    hand.land(2, 60, 300)
    for place in top[3:]:
        hand.move(f1=place, f2=(60 + place[1] / 4, 300))
    hand.lift(2)
    hand.lift(1)
    hand.draw(1, bar)
    expect(headline(touched)).to_have_text("It says 7")


def button(page: Page, name: str) -> Locator:
    """Return the button of this name, in capitals or not."""
    return main(page).get_by_role("button", name=re.compile(rf"^\W*(\w+_\w+ )?{name}$", re.IGNORECASE))


@pytest.mark.parametrize("moves", [False, True], ids=["new texts", "moved texts"])
def test_a_translated_page_goes_on(page: Page, server: Server, page_log: PageLog, *, moves: bool) -> None:
    page.add_init_script(f"window.movesTexts = {str(moves).lower()}; {TRANSLATOR}")
    goto(page, f"{server.url}/draw")
    expect(headline(page).locator("font font")).to_have_text(re.compile("draw a digit", re.IGNORECASE))
    draw(page, DIGITS[7])
    expect(headline(page)).to_have_text(re.compile("it says 7", re.IGNORECASE))
    press(page, button(page, "Clear"))
    expect(headline(page).locator("font font")).to_have_text(re.compile("draw a digit", re.IGNORECASE))
    goto(page, server.url)
    for _ in range(4):
        press(page, button(page, "Another digit"))
        picture = main(page).get_by_role("img", name=re.compile("The network reads a picture"))
        answer = re.search(r"It answers (\d)", picture.get_attribute("aria-label") or "")
        assert answer is not None
        says = re.compile(rf"it says {answer[1]}, .*\d %\s*sure|it says {answer[1]}", re.IGNORECASE)
        expect(main(page).get_by_text(says).first).to_be_visible()
    goto(page, f"{server.url}/train?hidden=16&epochs=400")
    press(page, button(page, "Start"))
    progress = main(page).get_by_test_id("stProgress").first
    expect(progress).to_contain_text(re.compile(r"epoch [2-9] of 400", re.IGNORECASE))
    press(page, button(page, "Pause"))
    expect(progress).to_contain_text(re.compile(r"epoch \d+ of 400 . paused", re.IGNORECASE))
    press(page, button(page, "Resume"))
    press(page, button(page, "Stop"))
    expect(progress).to_contain_text(re.compile("stopped", re.IGNORECASE))
    expect(main(page)).not_to_contain_text("Failed to execute")
    assert page_log.errors == []


def test_what_is_seen_is_heard_and_what_is_drawn_can_be_read(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/draw")
    expect(main(page).get_by_role("img", name=re.compile("Board.*without drawing.*Sample digits"))).to_be_visible()
    region = main(page).get_by_role("status").filter(has_text="Draw a digit.")
    expect(region).to_have_count(1)
    region.evaluate("region => { region.same = true; }")
    draw(page, DIGITS[7])
    region = main(page).get_by_role("status").filter(has_text="It says 7. It is very sure")
    expect(region).to_have_count(1)
    assert region.evaluate("region => region.same"), "a reader says only what changes in a region that stays"
    rows = open_table(page, main(page).locator(".st-key-draw_bars"))
    assert len(rows) == 1 + len("0123456789")
    assert rows[8][0] == "7"
    assert rows[8][1].endswith("%")
    assert all(len(row) == 2 for row in rows)
    page.keyboard.press("Escape")
    expect(main(page).locator("summary").first).to_be_focused()
    goto(page, f"{server.url}/train?hidden=8&epochs=400")
    click_button(page, "Start")
    rows = open_table(page, main(page).locator(".st-key-accuracy"))
    assert rows[0] == ["Updates", "Training", "Validation"]
    table = main(page).locator(".st-key-accuracy table tr")
    assert wait_until(page, lambda: table.count() > len(rows)), "the table does not grow with the run"
    click_button(page, "Stop")


def open_table(page: Page, chart: Locator) -> list[list[str]]:
    """Open the table of a chart by keyboard and return its cells."""
    chart.locator("summary").focus()
    expect(chart.locator("summary")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(chart.locator("tr").nth(1)).to_be_visible()
    cells: list[list[str]] = chart.locator("tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return cells


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_that_are_data_outlive_forced_colours(new_page: NewPage, server: Server, *, dark: bool) -> None:
    page = new_page(dark=dark)
    page.emulate_media(forced_colors="active")
    goto(page, f"{server.url}/weights")
    bar = main(page).locator(".scale .bar")
    expect(bar).to_have_css("background-image", re.compile("gradient"))
    expect(bar).to_have_css("forced-color-adjust", "none")
    select_page(page, "Mistakes")
    cells = main(page).locator('.cells button[data-look="wrong"]')
    expect(cells.first).to_be_visible()
    shades = cells.evaluate_all("all => all.map((cell) => getComputedStyle(cell).backgroundColor)")
    assert len(set(shades)) > 5, shades
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    assert cells.nth(1).evaluate("cell => getComputedStyle(cell).outlineStyle") == "double"
