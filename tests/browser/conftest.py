"""Fixtures of the browser tests: servers, one Chromium for all, and a fresh page for each test.

    def test_the_menu_opens_the_page(page: Page, page_log: PageLog, server: Server) -> None:
        goto(page, server.url)
        select_page(page, "Train")
        assert page_log.errors == []

A screenshot of each page of a failed test is left in screenshots/.
"""

import os
import shutil
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.driver import NewPage, PageLog, log_of, watch
from tests.browser.servers import Server, StartServer, app_with_limits, start

HERE = Path(__file__).parent
SCREENSHOTS = HERE / "screenshots"
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SOONEST = "unwatched_s = 70\n"  # limits.toml: the least that it may be
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def starter(stack: ExitStack, folders: pytest.TempPathFactory) -> StartServer:
    def start_server(script: str = "streamlit_app.py", env: Mapping[str, str] | None = None) -> Server:
        server = start(script, env or {}, folders.mktemp("server"))
        stack.callback(server.stop)
        return server

    return start_server


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers that live until the end of the session."""
    with ExitStack() as stack:
        yield starter(stack, tmp_path_factory)


@pytest.fixture(scope="session")
def server(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app, served once for all tests. Runs that a test has left behind end as early as they may."""
    return start_server(app_with_limits(SOONEST, tmp_path_factory.mktemp("app")))


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers that live for one test, as for what a first visitor sees."""
    with ExitStack() as stack:
        yield starter(stack, tmp_path_factory)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = find_chromium(playwright)
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
    yield browser
    browser.close()


def find_chromium(playwright: Playwright) -> str:
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else (*CHROMIUM_NAMES, playwright.chromium.executable_path)
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        where = f"CHROMIUM is {named!r}, which is no program." if named else "No Chromium was found."
        pytest.fail(f"{where} Please install Chromium or Google Chrome, or set CHROMIUM to its path.", pytrace=False)
    return found


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    pages: list[Page] = []

    def open_page(*, width: int = 1280, height: int = 800, dark: bool = False, touch: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            is_mobile=touch,
        )
        pages.append(context.new_page())
        watch(pages[-1])
        return pages[-1]

    yield open_page
    for i, page in enumerate(pages):
        if request.node.stash.get(FAILED, False):
            page.screenshot(path=SCREENSHOTS / f"{request.node.name}_{i}.png")
        page.context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A light page of 1280 x 800; new_page opens others."""
    return new_page()


@pytest.fixture
def page_log(page: Page) -> PageLog:
    return log_of(page)
