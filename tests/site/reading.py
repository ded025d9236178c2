"""Reads the pages of the site as a program would: elements, attributes and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "input", "img", "source", "br"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Every element below this one with that tag."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if child.tag == tag else []
                found += child.all(tag)
        return found

    @property
    def text(self) -> str:
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: Path) -> Element:
    """The page as a tree; fails where an element is not closed."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def table_rows(page: Path) -> list[Element]:
    """The body rows of the page's main table."""
    table = next(t for t in read(page).all("table") if t.attributes.get("id") == "tabell")
    return [row for body in table.all("tbody") for row in body.all("tr")]


def cells(row: Element) -> dict[str, str]:
    """The texts of a row by the label of its cells."""
    return {
        td.attributes["data-label"]: td.text
        for td in row.all("td")
        if "data-label" in td.attributes
    }
