"""What a person does in the app: open a page, press a button, choose from the menu; and when Streamlit has answered.

The state that Streamlit writes into the page changes only when the server has begun to work, so that a click looks
finished before it has started. The messages on the WebSocket tell more: which rerun was asked for by a person, and
when it ended. A click that asked for nothing was lost, and is repeated.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Locator, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE_S = 30.0
LOST_S = 2.0  # a click that has not asked for a rerun after so long was lost
POLL_MS = 30
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
# On a page of its own address Streamlit first looks for its server below that address, and then one level up.
SOUGHT = re.compile(r"/\w+/_stcore/(health|host-config)$")
UNFINISHED = '[data-testid="stSkeleton"]'

# The links of the menu are relative to the app, not to the page: the first page has href="".
ADDRESS_OF_LINK = """link => {
    const app = new URL("../../", document.querySelector('script[src*="static/js/"]').src);
    return new URL(link.getAttribute("href"), app).href;
}"""


class NewPage(Protocol):
    """Open a page in a browser profile of its own."""

    def __call__(self, *, width: int = ..., height: int = ..., dark: bool = ..., touch: bool = ...) -> Page: ...


@dataclass
class PageLog:
    """What went on in one page since it was opened."""

    errors: list[str] = field(default_factory=list)  # of the console, and exceptions of scripts
    requests: list[str] = field(default_factory=list)  # the address of each
    n_asked: int = 0  # reruns that a person asked for; those of fragments with run_every do not count
    awaits_page: bool = False  # asked for a run of the page that has not ended
    awaits_fragment: bool = False

    def foreign_requests(self) -> list[str]:
        return [url for url in self.requests if urlsplit(url).hostname not in {None, "127.0.0.1", "localhost"}]

    def hear(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url"))
        if message.type == "error" and not SOUGHT.search(url):
            self.errors.append(f"{message.text} ({url})")

    def follow(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)
        socket.on("framesent", self.note_sent)
        socket.on("framereceived", self.note_received)

    def note_sent(self, payload: str | bytes) -> None:
        message = BackMsg.FromString(payload) if isinstance(payload, bytes) else BackMsg()
        if message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun:
            self.n_asked += 1
            self.awaits_fragment |= bool(message.rerun_script.fragment_id)
            self.awaits_page |= not message.rerun_script.fragment_id

    def note_received(self, payload: str | bytes) -> None:
        message = ForwardMsg.FromString(payload) if isinstance(payload, bytes) else ForwardMsg()
        if message.WhichOneof("type") != "script_finished":
            return
        if message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            self.awaits_fragment = False
        elif message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.awaits_page = self.awaits_fragment = False


_LOGS: WeakKeyDictionary[Page, PageLog] = WeakKeyDictionary()


def watch(page: Page) -> PageLog:
    """Log the page from now on; to be called before it opens an address."""
    log = _LOGS[page] = PageLog()
    page.on("console", log.hear)
    page.on("pageerror", lambda error: log.errors.append(str(error)))
    page.on("request", lambda request: log.requests.append(request.url))
    page.on("websocket", log.follow)
    return log


def log_of(page: Page) -> PageLog:
    return _LOGS[page]


def main(page: Page) -> Locator:
    """Return the page without the sidebar and without Streamlit's own header, which has buttons too."""
    return page.get_by_test_id("stMain")


def sidebar(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar")


def network(page: Page) -> Locator:
    """Return the list in the line of what is shown; its value is the word of the network."""
    return main(page).get_by_role("combobox", name="Network")


def says(page: Page) -> str:
    """Return what the line of what is shown says of the epoch."""
    return main(page).locator(".line .says").inner_text()


def goto(page: Page, url: str) -> None:
    """Open the address and wait until its script has ended."""
    page.goto(url)
    wait_idle(page)


def wait_idle(page: Page) -> None:
    """Wait until no run that a person asked for is outstanding and everything is drawn."""
    log = log_of(page)

    def is_idle() -> bool:
        if log.awaits_page or log.awaits_fragment:
            return False
        return page.locator(IDLE).count() == 1 and page.locator(UNFINISHED).count() == 0

    assert wait_until(page, is_idle), f"Streamlit is not idle after {PATIENCE_S:g} s at {page.url}: {log.errors}"


def wait_until(page: Page, condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    """Wait for the condition and return whether it came true in time."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        page.wait_for_timeout(POLL_MS)  # unlike time.sleep, this lets messages in
    return True


def press(page: Page, target: Locator) -> None:
    """Click something that makes Streamlit rerun, and wait until it has; a lost click is repeated."""
    for _ in range(3):
        wait_idle(page)
        if _click_asks(page, target):
            return wait_idle(page)
    raise AssertionError(f"three clicks on {target} asked for no rerun")


def _click_asks(page: Page, target: Locator) -> bool:
    log = log_of(page)
    n_asked = log.n_asked
    target.click()
    return wait_until(page, lambda: log.n_asked > n_asked, LOST_S)


def click_button(page: Page, name: str) -> None:
    """Press the button with exactly this name on the page."""
    press(page, main(page).get_by_role("button", name=name, exact=True))


def select_page(page: Page, title: str) -> None:
    """Choose the title in the menu, which a narrow screen hides at first, and wait for that page."""
    expand = page.get_by_test_id("stExpandSidebarButton")
    if expand.is_visible():
        expand.click()
    link = sidebar(page).get_by_role("link").filter(has_text=re.compile(rf"{re.escape(title)}\s*$"))
    path = urlsplit(link.evaluate(ADDRESS_OF_LINK)).path
    press(page, link)
    assert wait_until(page, lambda: urlsplit(page.url).path == path), f"{title} is {path}, but this is {page.url}"


def exceptions(page: Page) -> list[str]:
    """Return the Python exceptions that Streamlit shows on the page."""
    return page.get_by_test_id("stException").all_inner_texts()


def swipe(page: Page, x: float, y: float, dy: float, n_steps: int = 10) -> None:
    """Move a finger from (x, y) down by dy pixels; the page must have been opened with touch=True."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for i in range(1, n_steps + 1):
        point = {"x": x, "y": y + dy * i / n_steps}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(POLL_MS)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
