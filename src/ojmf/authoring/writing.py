"""The text of a draft: its tables, each under a line that finds it, and its new indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ojmf.authoring.blocks import Block
from ojmf.authoring.drafted_units import with_own_units
from ojmf.authoring.forms import Context, NewIndicator, Passed, Proposal, slug
from ojmf.authoring.labels import DRAFTED
from ojmf.authoring.row_relations import relations
from ojmf.authoring.trial import Trial
from ojmf.declarations import toml
from ojmf.declarations.drafts import TODO, Question
from ojmf.ingest.document import Document
from ojmf.printed import squeeze


def not_read_text(passed: Sequence[Passed], strays: Sequence[str]) -> str:
    """The passages that are not read, each by how it begins."""
    entries: dict[str, str] = {}
    for block in passed:
        first = next(iter(block.block.rows), block.block.first)
        cells = block.block.header or block.block.rows[first]
        starts = "\t".join(cells[:2]) if len("\t".join(cells[:2])) <= 100 else cells[0][:100]
        what = block.what.removeprefix(TODO)
        entries.setdefault(starts, what)
    entries |= {stray: "hör inte till någon tabell" for stray in strays if stray not in entries}
    return "".join(
        "\n[[not_read]]\n" + toml.entries({"starts": starts, "what": what})
        for starts, what in entries.items()
        if starts.strip()
    )


class TableWriter:
    """Writes the tables of a draft in order, each under a line that finds it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts = document.texts
        self.ids: dict[str, int] = {}
        self.titles: set[tuple[str, str]] = set()
        self.position = 0
        self.relations: list[dict[str, Any]] = []

    def sections(self, tables: Sequence[Proposal], trial: Trial) -> str:
        """The text of all tables, and of the relations that their figures hold."""
        text = "".join(self.table(table, trial) for table in tables)
        return text + "".join(f"\n[[identity]]\n{toml.entries(one)}" for one in self.relations)

    def table(self, table: Proposal, trial: Trial) -> str:
        """The text of one table."""
        block = table.block
        name = slug(block.title)[:50].strip("-") or "tabell"
        self.ids[name] = self.ids.get(name, 0) + 1
        table_id = name if self.ids[name] == 1 else f"{name}-{self.ids[name]}"
        title = block.title or next(filter(None, block.header), table_id)
        heading = "" if ("", title) not in self.titles else block.heading
        if (heading, title) in self.titles:
            heading = f"{heading} (rad {block.first})".strip()
        self.titles.add((heading, title))
        entries: dict[str, object] = {"id": table_id, "title": title}
        entries |= {"heading": heading} if heading else {}
        after = self._anchor(block)
        if block.spaced and after in {"", self.texts[block.first - 1]}:
            # Found by its header, which a table read from the ends of lines has below its title.
            table.layout, after = "pinned", self.texts[block.first - 1]
        if after is None:
            trial.give_up(table, "raden ovanför tabellen går inte att skilja från andra")
        elif after != squeeze(title):
            entries["after"] = after
        trial.names[(heading, title)] = table
        entries |= {
            "layout": table.layout,
            "kind": table.kind,
            "area": table.area or trial.context.area,
        }
        text = "\n" + "".join(
            f"# {comment}\n"
            for comment in [self.document.where(block.first, block.last), *table.comments]
        )
        text += "[[table]]\n" + toml.entries(entries | self._meaning(table, trial))
        if table.indicators:
            text += "\n[table.indicators]\n"
            text += "".join(
                toml.entry(label, i.mark if isinstance(i, Question) else i)
                for label, i in table.indicators.items()
            )
        self.relations += relations(table, table_id, trial.context)
        return text

    def _meaning(self, table: Proposal, trial: Trial) -> dict[str, object]:
        """The keys that say how a table is laid out and what its rows and columns mean."""
        block, entries = table.block, dict[str, object]()
        if table.unsure is not None:
            entries["withheld"] = table.unsure.mark
        if block.spaced:
            return entries | self._of_page(table)
        if (rows := trial.rows.get(id(table))) and table.layout in {"grid", "places"}:
            entries["rows"] = rows
        width = max(len(block.header), len(table.columns)) if table.columns else len(block.header)
        entries["header"] = [*block.header, *[""] * (width - len(block.header))]
        if block.header_rows > 1:
            entries["header_rows"] = block.header_rows
        if block.optional_leading:
            entries["optional_leading"] = True
        if table.columns:
            entries["columns"] = [column.entries() for column in table.columns]
        if table.indicator:
            entries |= {"indicator": table.indicator, "years": table.years}
        named = {
            "sections": table.sections,
            "parts": table.parts,
            "ignore": table.ignore,
            "names": table.names,
        }
        entries |= {key: value for key, value in named.items() if value}
        if table.levels:
            share = {"content": "figure", "scenario": "share", "unit": "percent"}
            entries["levels"] = dict.fromkeys(table.levels, share)
        if table.overrides:
            entries["override"] = [override.entries() for override in table.overrides]
        return entries

    def _of_page(self, table: Proposal) -> dict[str, object]:
        """The keys of a table whose cells are set off by spaces: by line ends, or cell by cell."""
        block, entries = table.block, dict[str, object]()
        columns = [column for column in table.columns if column.is_value]
        named, section, above = dict[int, str](), "", ""
        for number, cells in block.rows.items():
            if cells[0] in table.sections:
                section = f"{cells[0]}: "
            elif len(cells) > 1 and cells[0] not in table.ignore:
                above = above if cells[0] in table.parts else cells[0]
                part = f"{above}: {cells[0]}" if above != cells[0] else above
                named[number] = section + part
        entries["columns"] = [column.entries() for column in columns]
        if table.layout == "tail":
            lines = range(block.first, block.first + block.header_rows)
            entries["header"] = [self.texts[number - 1] for number in lines]
            entries |= {"rows": len(named), "wrap": 0, "labels": {v: v for v in named.values()}}
            entries |= {"ignore": table.ignore} if table.ignore else {}
        else:
            entries["cells"] = [
                {
                    "row": label,
                    "column": column.label,
                    "pieces": [{"line": number, "text": text}],
                }
                for number, label in named.items()
                for column, text in zip(columns, block.rows[number][1:], strict=False)
            ]
        if table.overrides:
            entries["override"] = [override.entries() for override in table.overrides]
        return entries

    def _anchor(self, block: Block) -> str | None:
        """The line behind which the reader finds the table and no other, or None."""
        first = block.first
        header = self.texts[first - 1]
        above = [n for n in range(first - 1, self.position, -1) if self.texts[n - 1]]
        if not any(self.texts[: first - 1]):
            self.position = first
            return ""
        titles = [
            n for n in above if self.texts[n - 1] in {squeeze(block.title), squeeze(block.after)}
        ]
        for number in (*titles[:2], first):
            text = self.texts[number - 1]
            found = next(n for n in range(self.position, number) if self.texts[n] == text) + 1
            between = self.texts[found - 1 : first - 1]
            if found == number and header not in between and text:
                self.position = number
                return text
        return None


def indicators_text(area: str, title: str, context: Context, tables: Sequence[Proposal]) -> str:
    """The text of an indicator file with the drafted indicators that the tables use.

    The area is named by the ``title``; by its id too where another area has that name.
    """
    used: set[str] = set()
    for table in tables:
        base = {i for i in table.indicators.values() if isinstance(i, str)}
        base |= {c.indicator for c in table.columns if c.indicator}
        base |= {table.indicator} if table.indicator else set()
        suffixes = {c.suffix for c in table.columns if c.suffix}
        used |= base | {name + suffix for name in base for suffix in suffixes}
    new = [indicator for indicator in context.added.values() if indicator.id in used]
    if not new:
        return ""
    text = (
        "# Utkast: mått som katalogen inte har, med namn och enhet ur dokumentet. Se över dem.\n"
        "# Ange polarity och method för att få färger. Är ett mått detsamma som ett känt, skriv\n"
        "# det kända måttets id i tabellens indicators och ta bort det här.\n"
    )
    others = {one.area.name for name, one in context.labels.catalogue.areas.items() if name != area}
    name = f"{title[:80]} ({area})" if title[:80] in others else title[:80]
    parts = [text, "[area]\n" + toml.entries({"id": area, "name": name})]
    names: set[str] = set()
    for indicator in new:
        name = indicator.name
        while name in names:
            name += " (2)"
        names.add(name)
        like = f"# närmast är {indicator.like}\n" if indicator.like else ""
        entry = indicator_entry(replace(indicator, name=name))
        parts.append(f"\n[[indicator]]\n{like}{entry}")
    return with_own_units("".join(parts))


def lasting(title: str, period: str | None) -> str:
    """A document's title without the year that it reports on, for an area that lives on.

    >>> lasting("Öppna jämförelser 2024", "2024"), lasting("Agenda 2030", "2024")
    ('Öppna jämförelser', 'Agenda 2030')
    """
    if period is None:
        return title
    split = r"(?:\s?[/–-]\s?\d\d(?:\d\d)?)?"
    year = rf"[\s,:–-]+\(?(?:år(?:et)? )?{period[:4]}{split}\)?(?=$|[,:;]|\s[–-]\s)"
    return re.sub(year, "", title) or title


def indicator_entry(new: NewIndicator, **more: object) -> str:
    """The entries of a drafted indicator, to be reviewed."""
    return toml.entries(
        {
            "id": new.id,
            "name": new.name,
            "unit": new.unit,
            "kind": new.kind,
            "polarity": "neutral",
            "polarity_reason": DRAFTED,
            "method": "neutral",
            **more,
        }
    )


def questions_text(questions: Iterable[Question]) -> str:
    """The questions of a draft, which stand last in its text."""
    return "".join(
        "\n[[question]]\n"
        + toml.entries({k: v for k, v in one.model_dump().items() if v not in {None, "", 0, ()}})
        for one in questions
    )


def declaration_text(raw: Mapping[str, Any]) -> str:
    """A whole declaration as text, from what its file is going to hold."""
    tables = {key: value for key, value in raw.items() if _holds_tables(value)}
    text = toml.entries({key: value for key, value in raw.items() if key not in tables})
    for key, value in tables.items():
        if key == "defaults":
            text += "".join(_section(f"{key}.{toml.key(n)}", t) for n, t in value.items())
        elif isinstance(value, dict):
            text += _section(key, value)
        else:
            text += "".join(_section(key, one, listed=True) for one in value)
    return text


def _holds_tables(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _section(name: str, entries: Mapping[str, Any], *, listed: bool = False) -> str:
    """A table of a file; what it holds as tables by key stands below it."""
    inner = {key: value for key, value in entries.items() if isinstance(value, dict) and value}
    plain = {key: value for key, value in entries.items() if key not in inner and value != {}}
    head = f"\n[[{name}]]\n" if listed else f"\n[{name}]\n"
    return (
        head
        + toml.entries(plain)
        + "".join(
            f"\n[{name}.{toml.key(key)}]\n" + toml.entries(value) for key, value in inner.items()
        )
    )
