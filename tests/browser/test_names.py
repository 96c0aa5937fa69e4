"""Words that come from files are shown as they were typed, and make the browser ask nobody for anything."""

import io
import json

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Locator, Page, expect

from fcnn import model_file
from fcnn.initialization import Initialization, init_params
from fcnn.network import mnist_spec
from tests.browser.driver import PageLog, exceptions, goto, main, select_page
from tests.browser.servers import Server
from ui.network_line import MAX_NAME

NAMES = [
    "1. My *best* ![x](http://127.0.0.9/x.png) <b>$a$_b_.npz",
    ":red[www.example.org] `a` a@b.org :smile: -> x.npz",
]
MARKS = "strong, em, del, a, img, .katex, h1, h2, h3, ol, ul, span[class*=colored], [data-testid=stIconMaterial]"
QUOTED = "![x](http://127.0.0.9/y.png)"


def model() -> bytes:
    spec = mnist_spec((4,))
    params = init_params(spec, Initialization(), rng=np.random.default_rng(0))
    return model_file.save(model_file.one_epoch(spec, 7, params))


def quoting() -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, about=np.frombuffer(json.dumps({"format": QUOTED}).encode(), np.uint8))
    return buffer.getvalue()


def seven() -> bytes:
    image, buffer = Image.new("L", (200, 200), 255), io.BytesIO()
    ImageDraw.Draw(image).line([(60, 50), (140, 50), (95, 150)], fill=0, width=14)
    image.save(buffer, "PNG")
    return buffer.getvalue()


def upload(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    main(page).locator("input[type=file]").set_input_files(file)


def in_the_line(page: Page) -> Locator:
    return page.locator("select.network option:checked")


def is_plain(message: Locator, name: str) -> None:
    expect(message).to_be_visible()
    assert message.locator("code").first.locator(MARKS).count() == 0
    assert name in message.inner_text()


def test_names_and_quotes_arrive_as_they_were_typed(page: Page, page_log: PageLog, server: Server) -> None:
    goto(page, server.url)
    main(page).get_by_text("A model from last time", exact=True).click()
    for name in NAMES:
        upload(page, name, model())
        is_plain(main(page).get_by_test_id("stAlert").filter(has_text=name), name)
        expect(in_the_line(page)).to_contain_text(name[:MAX_NAME])
    upload(page, "a.npz", quoting())
    refused = main(page).get_by_test_id("stAlert").filter(has_text="of the format")
    expect(refused).to_contain_text(QUOTED.replace(":", ":\N{WORD JOINER}"))
    assert refused.locator("img").count() == 0
    select_page(page, "Draw")
    expect(in_the_line(page)).to_contain_text(NAMES[-1][:MAX_NAME])
    main(page).get_by_text("A picture", exact=True).click()
    picture = NAMES[0].replace(".npz", ".png")
    upload(page, picture, seven())
    caption = main(page).get_by_test_id("stImageCaption")
    is_plain(caption, picture)
    assert exceptions(page) == []
    assert page_log.foreign_requests() == []
