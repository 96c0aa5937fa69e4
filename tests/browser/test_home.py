"""Home in a browser: the story of learning tells itself once, and the one filled button leads to Train."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import goto, main, select_page, wait_until
from tests.browser.servers import Server


def playing(page: Page) -> bool:
    return main(page).get_by_role("button", name="Pause", exact=True).count() > 0


NOTE_WHAT_IS_SAID = """() => {
    window.said = [];
    setInterval(() => {
        const words = document.querySelector('[data-testid=stMain]')?.innerText ?? "";
        const now = words.match(/(Before learning it|It) says \\d/)?.[0];
        if (now && now !== window.said.at(-1)) window.said.push(now);
    }, 50);
}"""


def test_the_story_tells_itself_once_from_before_learning_to_after(page: Page, server: Server) -> None:
    page.add_init_script(f"({NOTE_WHAT_IS_SAID})()")
    goto(page, server.url)
    slider = main(page).get_by_role("slider", name="Epoch")
    told = ["It says 7", "Before learning it says 2", "It says 7"]
    assert wait_until(page, lambda: page.evaluate("() => window.said") == told and not playing(page))
    assert wait_until(page, lambda: slider.input_value() == slider.get_attribute("max"))
    assert "epoch=" not in page.url
    select_page(page, "Weights")
    select_page(page, "Home")
    page.wait_for_timeout(2500)
    assert not playing(page)
    expect(main(page).get_by_text("It says 7")).to_be_visible()
    slider.focus()
    page.keyboard.press("Home")
    expect(main(page).get_by_text("Before learning it says 2")).to_be_visible()


def test_the_story_stands_still_for_who_wants_no_motion_and_the_button_leads_to_train(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(server.url)
        link = main(page).get_by_role("link", name="Train your own")
        expect(link).to_be_visible()
        page.wait_for_timeout(2500)
        assert not playing(page)
        expect(main(page).get_by_text("It says 7")).to_be_visible()
        filled = link.evaluate("link => getComputedStyle(link).backgroundColor")
        assert filled == "rgb(47, 95, 208)"
        link.focus()
        page.keyboard.press("Enter")
        expect(main(page).get_by_role("button", name="Start", exact=True)).to_be_visible()
        assert page.url.endswith("/train")
    finally:
        context.close()
