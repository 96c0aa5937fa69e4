"""The Runs page with 500 kept runs, in Chromium: how soon it is there, and how soon it has answered a filter.

Run: python -m benchmarks.many_runs [repeats]. Ends with 1 if a target is missed. The browser has the same cores as
the server.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.made_store import SETTINGS, fill
from benchmarks.targets import Cell, at_most, n_missed, table
from tests.browser.conftest import CHROMIUM_OPTIONS, find_chromium
from tests.browser.driver import IDLE
from tests.browser.servers import Server, start
from ui.components.visitor_cookie import COOKIE

N = 500
OPEN_S, FILTER_S = 1.5, 0.4
FIND = "0.001"
ROWS = ".runs tbody tr"
N_ROWS_ARE = "([table, n]) => table.querySelectorAll('tbody tr').length === n"  # looked at in each frame
CURVE = ".live-plot .scatterlayer .trace"


def seconds_to_open(page: Page, url: str) -> float:
    """Return how long it takes from the address to the rows and the curves."""
    start_s = time.monotonic()
    page.goto(url, wait_until="commit")
    page.locator(ROWS).nth(N - 1).wait_for(state="attached")
    page.locator(CURVE).first.wait_for(state="attached")
    return time.monotonic() - start_s


def seconds_to_filter(page: Page, words: str, n_found: int) -> float:
    """Return how long it takes from the last key to the rows that are left."""
    page.locator(IDLE).wait_for(state="attached")
    box = page.get_by_role("textbox", name="Find")
    box.fill(words)
    table = page.locator(".runs").element_handle()
    start_s = time.monotonic()
    page.keyboard.press("Enter")  # to ask by its role for the field, among 500 rows, would take as long as the answer
    page.wait_for_function(N_ROWS_ARE, arg=[table, n_found], polling="raf")
    return time.monotonic() - start_s


def measure(browser: Browser, server: Server, token: str, repeats: int) -> tuple[list[float], list[float]]:
    """Return the seconds of each opening and of each filter; the first opening fills the browser's cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": COOKIE, "value": token, "url": server.url}])
    page = context.new_page()
    opened, filtered = [], []
    for i in range(repeats + 1):
        seconds = seconds_to_open(page, f"{server.url}/runs")
        opened += [seconds] if i else []
        n_found = sum(rate == FIND for _, _, rate, _ in SETTINGS[:N])
        filtered.append(seconds_to_filter(page, FIND, n_found))
        seconds_to_filter(page, "", N)
    context.close()
    return opened, filtered


def main(arguments: list[str]) -> int:
    """Measure, and return what the shell is told."""
    repeats = int(arguments[0]) if arguments else 5
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "runs.sqlite3"
        (token,) = fill(place, 1, N)
        server = start("streamlit_app.py", {"DIGITS_STORE": str(place)}, Path(folder))
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=CHROMIUM_OPTIONS)
        try:
            opened, filtered = measure(browser, server, token, repeats)
        finally:
            browser.close()
            server.stop()
    rows: list[list[str | Cell]] = [
        [f"opens with {N} runs", Cell(median(opened), ".2f", at_most(OPEN_S))],
        ["answers a filter", Cell(median(filtered), ".2f", at_most(FILTER_S))],
    ]
    print(table(["the Runs page", "seconds"], rows))
    return int(n_missed(rows) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
