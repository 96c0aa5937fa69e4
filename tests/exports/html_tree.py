"""A page of HTML as a tree, as a browser would read it, for tests that look for what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "input", "br", "link", "source"}


@dataclass
class Node:
    name: str
    attributes: dict[str, str]
    parts: "list[Node | str]" = field(default_factory=list)

    def all(self, name: str, **attributes: str) -> "list[Node]":
        """Return all elements below of a name, with these attributes; class_ must be one of its classes."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [node for node in self.below() if node.name == name and node.has(wanted)]

    def one(self, name: str, **attributes: str) -> "Node":
        (node,) = self.all(name, **attributes)
        return node

    def has(self, wanted: dict[str, str]) -> bool:
        return all(value in self.attributes.get(key, "").split() for key, value in wanted.items())

    def below(self) -> "Iterator[Node]":
        for part in self.parts:
            if isinstance(part, Node):
                yield part
                yield from part.below()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def cells(self) -> list[list[str]]:
        """The texts of a table, row by row."""
        return [[cell.text for cell in row.below() if cell.name in ("th", "td")] for row in self.all("tr")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read_html(text: str) -> Node:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    (root,) = reader.open
    return root
