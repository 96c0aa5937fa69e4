"""Home in a browser: the story of learning tells itself once, and the one filled button leads to Train."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.driver import exceptions, goto, log_of, main, select_page, sidebar, wait_until
from tests.browser.servers import Server

BEFORE, AFTER = "Before learning it says 2", "It says 7"
EPOCH_SHOWN = "line => line.dataset.epoch"
# What the sentence says and what the picture says, whenever that changes: a busy machine may look too late.
NOTE_WHAT_IS_SAID = """() => {
    window.said = [];
    const find = (part) => [...document.querySelectorAll("[data-testid=stMain] *")]
        .map((element) => element.shadowRoot?.querySelector(part)).find(Boolean);
    setInterval(() => {
        const words = find(".answer strong")?.textContent;
        const picture = find(".picture")?.getAttribute("aria-label")?.match(/It answers (\\d)/)?.[1];
        if (words && picture && words + picture !== window.said.at(-1)?.join("")) window.said.push([words, picture]);
    }, 50);
}"""


def playing(page: Page) -> bool:
    return main(page).get_by_role("button", name="Pause", exact=True).count() > 0


def says(page: Page) -> str:
    return main(page).locator(".answer strong").inner_text()


def said(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("() => window.said")
    return found


def first_neuron(page: Page) -> str:
    """Return the picture of its weights."""
    canvas = main(page).locator(".st-key-home_weights canvas").first
    return str(canvas.evaluate("canvas => canvas.toDataURL()"))


def agree(page: Page) -> bool:
    """Return whether the picture says what the sentence says."""
    picture = main(page).get_by_role("img", name=re.compile("The network reads")).get_attribute("aria-label") or ""
    answer = re.search(r"It answers (\d)", picture)
    return answer is not None and says(page).endswith(f"says {answer[1]}")


def test_the_story_tells_itself_once_from_before_learning_to_after(page: Page, server: Server) -> None:
    page.add_init_script(f"({NOTE_WHAT_IS_SAID})()")
    goto(page, server.url)
    n_asked = log_of(page).n_asked
    slider = main(page).get_by_role("slider", name="Epoch")
    assert wait_until(page, lambda: [BEFORE, "2"] in said(page) and not playing(page))
    assert said(page)[-2:] == [[BEFORE, "2"], [AFTER, "7"]]
    assert all(words.endswith(f"says {picture}") for words, picture in said(page))
    strokes = first_neuron(page)
    assert wait_until(page, lambda: slider.input_value() == slider.get_attribute("max"))
    assert log_of(page).n_asked == n_asked  # the browser has played it alone
    assert "epoch=" not in page.url
    select_page(page, "Weights")
    select_page(page, "Home")
    page.wait_for_timeout(1500)
    assert not playing(page)
    assert says(page) == AFTER
    slider.focus()
    page.keyboard.press("Home")
    expect(main(page).get_by_text(BEFORE)).to_be_visible()
    assert wait_until(page, lambda: "epoch=0" in page.url)
    assert agree(page)
    assert first_neuron(page) != strokes
    main(page).get_by_role("button", name="Play", exact=True).click()
    assert wait_until(page, lambda: says(page) == AFTER and playing(page))
    assert wait_until(page, lambda: not playing(page) and "epoch=" not in page.url)
    assert axe.findings(page, axe.script()) == []


def test_who_leaves_in_the_middle_of_the_story_has_chosen_nothing(page: Page, server: Server) -> None:
    goto(page, server.url)
    expect(main(page).get_by_text(BEFORE)).to_be_visible()
    select_page(page, "Weights")
    assert main(page).locator(".line").evaluate(EPOCH_SHOWN) == "20"
    assert "epoch=" not in page.url
    assert exceptions(page) == []
    select_page(page, "Home")
    page.wait_for_timeout(1000)
    assert not playing(page)
    assert says(page) == AFTER
    assert agree(page)


def test_a_hand_stops_the_story_where_it_is(page: Page, server: Server) -> None:
    goto(page, server.url)
    expect(main(page).get_by_text(BEFORE)).to_be_visible()
    main(page).get_by_role("button", name="Another digit").click()  # the story goes on, with another digit
    expect(main(page).get_by_text(re.compile("Before learning it says"))).to_be_visible()
    main(page).get_by_role("button", name="Pause", exact=True).click()
    assert wait_until(page, lambda: "epoch=" in page.url)
    stopped = says(page)
    page.wait_for_timeout(2500)
    assert not playing(page)
    assert says(page) == stopped
    assert agree(page)
    main(page).get_by_role("combobox", name="Network").select_option("record")
    expect(main(page).get_by_text("The expert, a large network, reads")).to_be_visible()
    expect(main(page).locator(".line .after")).to_have_text("after learning")
    expect(main(page).get_by_role("slider", name="Epoch")).to_be_hidden()
    assert agree(page)
    assert exceptions(page) == []


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
        expect(main(page).get_by_text(AFTER)).to_be_visible()
        assert [sidebar(page).get_by_role("heading", name=name).count() for name in ("Watch", "Look inside")] == [1, 1]
        filled = link.evaluate("link => getComputedStyle(link).backgroundColor")
        assert filled == "rgb(47, 95, 208)"
        link.focus()
        page.keyboard.press("Enter")
        expect(main(page).get_by_role("button", name="Start", exact=True)).to_be_visible()
        assert page.url.endswith("/train")
    finally:
        context.close()
