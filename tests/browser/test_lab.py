"""The Lab in a browser: a slider by keys, a copy that is damaged and thrown away."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.driver import NewPage, click_button, exceptions, goto, log_of, main, wait_until
from tests.browser.servers import Server


def address(page: Page) -> dict[str, str]:
    return {name: words[0] for name, words in parse_qs(urlsplit(page.url).query).items()}


CUT_OFF = "host => host.clientHeight - host.closest('[data-testid=stElementContainer]').clientHeight"


def test_on_a_projector_a_copy_is_damaged_by_keys_and_thrown_away(new_page: NewPage, server: Server) -> None:
    page = new_page(width=1920, height=1080)
    goto(page, f"{server.url}/lab?strength=prune.0.5")
    part = main(page).locator(".st-key-lab_part")
    expect(part).to_contain_text(re.compile(r"With 50\s%\sof its weights pruned it reads"))
    chart = part.locator(".st-key-lab_endurance .live-plot")
    assert wait_until(page, lambda: chart.evaluate(CUT_OFF) <= 0)  # it grows with the letters, and its place with it
    slider = part.get_by_role("slider", name="How much")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    expect(part).to_contain_text(re.compile(r"With 90\s%\sof its weights pruned it reads"))
    expect(slider).to_be_focused()
    click_button(page, "Do this to the copy")
    copy = main(page).locator(".st-key-lab_bench")
    expect(copy).to_contain_text(re.compile(r"90\s%\sof its weights pruned"))
    click_button(page, "Throw it away")
    expect(copy).to_have_count(0)
    assert wait_until(page, lambda: address(page)["strength"] == "prune.0.9")
    assert exceptions(page) == []
    assert [error for error in log_of(page).errors if "404" not in error] == []
