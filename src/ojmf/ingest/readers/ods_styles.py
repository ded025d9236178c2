"""The styles of an OpenDocument spreadsheet: looks of text, number formats, what they hide."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import odfdo
from odfdo import Element

from ojmf.ingest.addresses import split_address
from ojmf.ingest.readers.cell_style import Style
from ojmf.ingest.readers.colours import alike
from ojmf.ingest.readers.number_format import GENERAL, form
from ojmf.ingest.readers.runs import SMALLEST, Look

_UNTOLD = "villkorsstyrd formatering kan dölja eller byta det som visas"
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[\d.]+)")
_COMPARED = re.compile(r"(?:cell-content\(\))?(<=|>=|!=|<|>|=)(-?\d+(?:\.\d+)?)")
_OPERATORS = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}
_STANDARD = {(">=0",): "", (">0", "<0"): ""}
_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)$")
_LENGTH = re.compile(r"([\d.]+)(in|cm|mm|pt)")
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}
_DIGIT = 6.8
"""The width in points of a digit of 11 points in the wider of the usual fonts."""
_SIZE = re.compile(r"([\d.]+)pt")
_POSITION = re.compile(r"(super|sub|-?[\d.]+%?)")


@dataclass(frozen=True, slots=True)
class OdsStyle:
    """How a cell looks, and why what it shows can't be told.

    ``tests`` are the conditions under which it shows something else, None where not known.
    """

    cell: Style
    refused: str | None = None
    tests: tuple[re.Match[str] | None, ...] = ()

    def untold(self, value: str) -> str | None:
        """Why it can't be told what a cell with a stored value shows."""
        hidden = any(_may_hold(test, value) for test in self.tests)
        return self.refused or (_UNTOLD if hidden else None)


class Styles:
    """The styles of a document by family and name, its own before those of ``styles.xml``."""

    def __init__(self, document: odfdo.Document) -> None:
        self.named: dict[tuple[str, str], Element] = {}
        self.formats: dict[str, Element] = {}
        for part in ("styles.xml", "content.xml"):
            if part not in document.parts:
                continue
            root = getattr(document.get_part(part), "root")  # noqa: B009 - of an XML part
            for style in root.get_elements("//style:style | //style:default-style"):
                name = style.get_attribute_string("style:name") or "Default"
                self.named[style.get_attribute_string("style:family") or "", name] = style
            for style in root.get_elements("//*[starts-with(name(), 'number:')][@style:name]"):
                self.formats[style.get_attribute_string("style:name") or ""] = style
        self.cell = lru_cache(maxsize=None)(self._cell)
        self.code = lru_cache(maxsize=None)(self._code)

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those that it builds on, nearest first."""
        seen: set[str] = set()
        while name and name not in seen and (style := self.named.get((family, name))) is not None:
            yield style
            seen.add(name)
            name = style.get_attribute_string("style:parent-style-name") or ""

    def _value(self, family: str, name: str, attribute: str) -> str | None:
        """What the nearest style of a chain says of a property."""
        for style in self._chain(family, name):
            for properties in style.children:
                if (found := properties.get_attribute_string(attribute)) is not None:
                    return found
        return None

    def shows_table(self, name: str) -> bool:
        """Whether sheets of a style are shown."""
        return self._value("table", name, "table:display") != "false"

    def column_width(self, name: str) -> float | None:
        """The width of a column in digits of 11 points; None where it is not said."""
        found = _LENGTH.fullmatch(self._value("table-column", name, "style:column-width") or "")
        return None if found is None else (float(found[1]) * _POINTS[found[2]] - 2.5) / _DIGIT

    def _cell(self, name: str) -> OdsStyle:
        name = name or "Default"
        chain = list(self._chain("table-cell", name))
        formats = (style.get_attribute_string("style:data-style-name") for style in chain)
        data = next((found for found in formats if found), None)
        code = self.code(data) if data else "General"
        ground = self._value("table-cell", name, "fo:background-color")
        ground = None if ground in {None, "transparent"} else ground
        style = Style(
            GENERAL if code == "General" else form(code),
            self._look("table-cell", name, ground, Look.SHOWN),
            self._value("table-cell", name, "style:font-name"),
            ground,
            fills=self._value("table-cell", name, "style:repeat-content") == "true",
        )
        points = _SIZE.fullmatch(self._value("table-cell", name, "fo:font-size") or "")
        shrinks = self._value("table-cell", name, "style:shrink-to-fit") == "true"
        style = replace(style, size=0.0 if shrinks else float(points[1] if points else 11) / 11)
        maps = [child for part in chain for child in part.children if child.tag == "style:map"]
        tests = tuple(
            _COMPARED.fullmatch(m.get_attribute_string("style:condition") or "")
            for m in maps
            if self._masks(m.get_attribute_string("style:apply-style-name") or "", style)
        )
        embedded = data in self.formats and self.formats[data].get_elements(
            ".//number:embedded-text"
        )
        refused = "talformatet sätter text mellan siffrorna" if embedded else None
        return OdsStyle(style, refused, tests)

    def _masks(self, name: str, style: Style) -> bool:
        """Whether a style that a condition applies shows something else than the cell's own."""
        look = self._look("table-cell", name, style.ground, style.look)
        formats = (
            part.get_attribute_string("style:data-style-name")
            for part in self._chain("table-cell", name)
        )
        data = next((found for found in formats if found), None)
        other = data is not None and self.code(data) not in {"General", style.form.code}
        return look is not style.look or other

    def span(self, name: str, style: OdsStyle) -> OdsStyle:
        """The style of a run of text within a cell."""
        look = self._look("text", name, style.cell.ground, style.cell.look)
        points = _SIZE.fullmatch(self._value("text", name, "fo:font-size") or "")
        size = float(points[1]) / 11 if points else style.cell.size
        return replace(style, cell=replace(style.cell, look=look, size=size))

    def _look(self, family: str, name: str, ground: str | None, usual: Look) -> Look:
        def value(attribute: str) -> str | None:
            return self._value(family, name, attribute)

        size = _SIZE.fullmatch(value("fo:font-size") or "")
        colour = value("fo:color")
        if (
            value("text:display") == "none"
            or (size and float(size[1]) < SMALLEST)
            or (colour and alike(colour, ground or "FFFFFF"))
        ):
            return Look.UNSEEN
        line = value("style:text-line-through-style") or value("style:text-line-through-type")
        position = _POSITION.match(value("style:text-position") or "")
        looks = {
            Look.STRUCK: line is not None and line != "none",
            Look.RAISED: position and (position[1] == "super" or position[1][0] in "123456789"),
            Look.LOWERED: position and (position[1] == "sub" or position[1][0] == "-"),
        }
        found = next((look for look, holds in looks.items() if holds), None)
        told = line == "none" or position is not None or colour is not None
        return found or (Look.SHOWN if told and usual is not Look.UNSEEN else usual)

    def masked_ranges(self, table: Element) -> Callable[[int, int, str], str | None]:
        """Tells of a cell (row 1-based, column 0-based) and value why a condition leaves it untold.

        A condition on numbers that the value does not meet changes nothing.
        """
        found = []
        for rule in table.get_elements(".//calcext:conditional-format"):
            tests = [
                _COMPARED.fullmatch(applied.get_attribute_string("calcext:value") or "")
                for applied in rule.get_elements("./calcext:condition")
                if self._masks(
                    applied.get_attribute_string("calcext:apply-style-name") or "",
                    self.cell("Default").cell,
                )
            ]
            # LibreOffice says so of a bar, and of the first entry of a set of icons.
            if any(
                shown.get_attribute_string("calcext:show-value") == "false"
                for shown in rule.get_elements(
                    "./calcext:data-bar | ./calcext:icon-set"
                    " | ./calcext:icon-set/calcext:formatting-entry"
                )
            ):
                tests.append(None)
            where = rule.get_attribute_string("calcext:target-range-address") or ""
            found += [(_corners(part), test) for part in where.split() for test in tests]

        def masked(row: int, column: int, value: str) -> str | None:
            untold = any(
                a <= row <= c and b <= column <= d and _may_hold(test, value)
                for (a, b, c, d), test in found
            )
            return _UNTOLD if untold else None

        return masked

    def _code(self, name: str) -> str:
        """A number format of OpenDocument as the code that Excel has for it."""
        style = self.formats.get(name)
        if style is None:
            return "General"
        maps = [
            (
                match[1].replace("!=", "<>"),
                match[2],
                m.get_attribute_string("style:apply-style-name"),
            )
            for m in style.children
            if m.tag == "style:map"
            and (match := _CONDITION.match(m.get_attribute_string("style:condition") or ""))
        ]
        own = "".join(_token(child) for child in style.children) or '""'
        standard = tuple(f"{sign}{limit}" for sign, limit, _ in maps) in _STANDARD
        sections = [
            ("" if standard else f"[{sign}{limit}]") + self.code(applied or "")
            for sign, limit, applied in maps
        ]
        return ";".join([*sections, own])


def _may_hold(test: re.Match[str] | None, value: str) -> bool:
    """Whether a condition, None: an unknown one, may hold for a stored value, which may be none."""
    return test is None or not value or _OPERATORS[test[1]](float(value), float(test[2]))


def _corners(reference: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of ``Blad.A1:Blad.B9``; of no cell for others."""
    ends = [_RANGE.search(part.rpartition(".")[2]) for part in reference.split(":")]
    if not all(ends):
        return 1, 0, 0, 0
    corners = [split_address(match[1] + match[2]) for match in ends if match]
    return *corners[0], *corners[-1]


def _token(element: Element) -> str:
    """A piece of a number format as the code that Excel has for it."""

    def value(name: str, default: str = "") -> str:
        return element.get_attribute_string(f"number:{name}") or default

    text = (element.text or "").replace('"', "")
    long = value("style") == "long"
    if element.tag in {"number:number", "number:scientific-number"}:
        whole = "0" * int(value("min-integer-digits", "0"))
        whole = ("#,##" + (whole or "#")) if value("grouping") == "true" else whole or "#"
        places = int(value("decimal-places", "0"))
        fewest = int(value("min-decimal-places", str(places)))
        scale = "," * ((len(value("display-factor", "1").partition(".")[0]) - 1) // 3)
        decimals = "." + "0" * fewest + "#" * (places - fewest) if places else ""
        if not element.get_attribute_string("number:decimal-places") and not scale:
            return "General" if element.tag == "number:number" else "0E+00"
        power = "E+" + "0" * int(value("min-exponent-digits", "2"))
        return whole + decimals + scale + (power if element.tag.endswith("c-number") else "")
    if element.tag == "number:fraction":
        return "# ?/?"
    if element.tag == "style:text-properties":
        colour = element.get_attribute_string("fo:color") or ""
        return "[White]" if colour and alike(colour, "FFFFFF") else ""
    dates = {
        "number:year": "yyyy" if long else "yy",
        "number:month": ("mmm" if value("textual") == "true" else "m") + ("m" if long else ""),
        "number:day": "dd" if long else "d",
        "number:day-of-week": "dddd" if long else "ddd",
        "number:hours": "hh" if long else "h",
        "number:minutes": "mm" if long else "m",
        "number:seconds": "ss" if long else "s",
        "number:am-pm": "AM/PM",
        "number:text-content": "@",
        "number:boolean": "General",
    }
    if element.tag in {"number:text", "number:currency-symbol"} and text:
        return (
            "%"
            if text == "%"
            else "".join(
                "%" if part == "%" else f'"{part}"' for part in re.split("(%)", text) if part
            )
        )
    return dates.get(element.tag, "")
