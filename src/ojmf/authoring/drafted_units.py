"""The units of drafted indicators, carried over from what the answers say of their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ojmf.authoring.forms import NewIndicator
from ojmf.authoring.labels import DRAFTED
from ojmf.declarations import toml
from ojmf.declarations.drafts import TODO
from ojmf.model import DIFFERENCES, UNITS
from ojmf.printed import squeeze

_ENTRY = re.compile(r"(?m)^\[\[indicator\]\]\n(?:(?!\[\[).*\n?)*")


def with_declared_units(indicators: str, declaration: Mapping[str, Any]) -> str:
    """The text of an indicator file in which drafted indicators have their figures' unit.

    ``declaration`` is the source that they were drafted for, parsed. What someone has reviewed, and
    so given a reason of its own for its direction, stays; so does what has figures in two units.
    """
    units: dict[str, set[str]] = {}
    for indicator, unit in _used(declaration):
        units.setdefault(indicator, set()).add(unit)

    def replaced(entry: re.Match[str]) -> str:
        text = entry[0]
        name = re.search(r'(?m)^id = "(.*)"$', text)
        said = units.get(name[1], set()) if name else set()
        if len(said) != 1 or toml.entry("polarity_reason", DRAFTED) not in text:
            return text
        label = re.search(r'(?m)^name = "(.*)"$', text)
        new = NewIndicator("", label[1] if label else "", said.pop())
        text = re.sub(r"(?m)^unit = .*\n", toml.entry("unit", new.unit), text)
        return re.sub(r"(?m)^kind = .*\n", toml.entry("kind", new.kind), text)

    return with_own_units(_ENTRY.sub(replaced, indicators))


def with_own_units(indicators: str) -> str:
    """The text of an indicator file whose area has the units that are not ojmf's."""
    own = sorted({*re.findall(r'(?m)^unit = "(.*)"$', indicators)} - {*UNITS})
    said = toml.entry("units", own) if own else ""
    without = re.sub(r"(?m)^units = .*\n", "", indicators)
    return re.sub(r"(?m)^\[area\]\n(?:(?!\[|\n).*\n)*", lambda m: m[0] + said, without, count=1)


def _used(declaration: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The indicators of a declaration, each with the units that its figures are in."""
    for table in declaration.get("table", ()):
        rows = table.get("indicators", {})
        # Without a column of labels the header of each column begins the labels of its figures.
        contents = [column.get("content") for column in table.get("columns", ())]
        across = table.get("layout") == "long" and "label" not in contents
        for column in table.get("columns", ()):
            values = column.get("content", "figure") in {"figure", "answer"}
            if not values or column.get("scenario") in DIFFERENCES:
                continue
            named = {"": column["indicator"]} if "indicator" in column else rows
            if across and "indicator" not in column:
                own = squeeze(column["label"])
                named = {r: i for r, i in named.items() if r == own or r.startswith(f"{own}, ")}
            for label, base in named.items():
                unit = column.get("unit")
                for override in table.get("override", ()):
                    of_row = not override.get("rows") or label in override["rows"]
                    of_column = (
                        not override.get("columns") or column["label"] in override["columns"]
                    )
                    if of_row and of_column:
                        unit = override.get("unit", unit)
                if unit is not None and not unit.startswith(TODO):
                    yield base + column.get("suffix", ""), unit
