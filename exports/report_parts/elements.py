"""HTML from nested values. All text is escaped when it is written out, so that nobody has to think of it."""

import base64
import hashlib
from xml.etree.ElementTree import Element, tostring


def tag(name: str, /, *children: Element | str, **attributes: str) -> Element:
    """Return an element; the names of attributes are written like aria_label and class_."""
    made = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def page(title: str, main: Element, style: str, script: str) -> str:
    """Return a page that needs nothing but itself: its rules let in this one style, this one script and pictures."""
    rules = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=rules),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", style),
    )
    root = tag("html", head, tag("body", main, tag("script", script)), lang="en")
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def table(caption: str, header: list[str], rows: list[list[Element | str]], *, class_: str = "") -> Element:
    """Return a table whose first column names the rows; on a narrow screen it scrolls, with the keyboard, too."""
    head = tag("tr", *(tag("th", name, scope="col") for name in header))
    body = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows]
    made = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body), class_=class_)
    return tag("div", made, class_="wide", tabindex="0", role="region", aria_label=caption)
