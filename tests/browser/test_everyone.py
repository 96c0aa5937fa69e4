"""The app for everyone: without a mouse, a screen, colours or English. What axe-core can find it looks for here."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.driver import NewPage, click_button, goto, log_of, main, select_page, wait_until
from tests.browser.servers import Server
from tests.browser.test_draw import DIGITS, Stroke, corner, headline, ink

PAGES = ("Home", "Train", "Weights", "Mistakes", "Draw")


@pytest.fixture(scope="session")
def axe_script() -> str:
    return axe.script()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_shuts_anybody_out(new_page: NewPage, server: Server, axe_script: str, *, dark: bool) -> None:
    page = new_page(dark=dark)
    found = {}
    for title in PAGES:
        goto(page, f"{server.url}/{'' if title == 'Home' else title.lower()}")
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
