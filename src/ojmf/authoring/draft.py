"""A draft declaration of a document: what its form says, and the questions that are left."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ojmf.authoring.blocks import find_blocks, is_suppressed, kind
from ojmf.authoring.draft_periods import names_report, reporting_period, unit
from ojmf.authoring.figure_forms import Form, form
from ojmf.authoring.forms import Context, Passed, Proposal
from ojmf.authoring.labels import Labels
from ojmf.authoring.recognise import recognise
from ojmf.declarations import toml
from ojmf.declarations.drafts import TODO
from ojmf.errors import InputError
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document
from ojmf.ingest.readers import read_file
from ojmf.printed import squeeze
from ojmf.workspace import Workspace

_ISO = re.compile(r"\b(20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b")
_DIARY = re.compile(r"\b[A-ZÅÄÖ]{2,5}[ /-]?20\d\d[:/]\d+\b")
_LEGEND = re.compile(r"(?:(ja|nej|delvis)\s*=\s*(\d)|(\d)\s*=\s*(ja|nej|delvis))\b", re.IGNORECASE)
_HEAD_LINES = 60
_KRONOR = -6
_ABOUT = {"status": "U", "note": "ungefärligt"}
_TITLE_LINES = 15
_MAX_TITLE = 120
_MEANINGS = (
    "M finns inte, O saknas, L inte insamlad, Q undertryckt; betyder tecknet noll, skriv det under "
    "zeros i stället"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a ``source.toml`` and what it holds: tables, passages and open questions."""

    text: str
    tables: int
    passed: int
    questions: int


def draft_source(
    workspace: Workspace,
    path: Path,
    source_id: str,
    geo: str,
    *,
    period: str | None = None,
    published: date | None = None,
) -> Draft:
    """Draft the declaration of a document in any format that can be read.

    What is certain from the document's form is written; what is not is a ``TODO``, which keeps the
    source from being read until it is answered. Raises ``InputError`` where the file cannot be
    read or has nothing that looks like a table.
    """
    document = read_file(path)
    labels = Labels(workspace.catalogue)
    blocks = find_blocks(document, labels.knows)
    if not blocks:
        raise InputError(
            f"{path}: inga tabeller hittades. I en text skiljs kolumner åt med tabbar. Är "
            "dokumentet skannat, deklarera tabellerna för hand med layouten tail."
        )
    said = reporting_period([squeeze(line) for line in document.lines[:_TITLE_LINES]])
    reporting = period or said.period
    county = workspace.geography.filter(code=geo)["county_code"].to_list()
    context = Context(
        geo,
        county[0] if county else None,
        reporting,
        Gazetteer(workspace.geography),
        labels,
    )
    found = [recognise(block, context) for block in blocks]
    tables = [f for f in found if isinstance(f, Proposal)]
    passed = [f for f in found if isinstance(f, Passed)]
    if reporting is None:
        options = f" {' eller '.join(said.options)}?" if said.options else ""
        reporting = f"{TODO}vad rapporten avser, till exempel 2024-01/2024-08.{options}"
    name = context.gazetteer.names.get(geo, geo)
    head = _head(document, source_id, name, geo, reporting, published)
    text = head + _marks(document, tables) + _not_read(passed) + _tables(document, tables)
    return Draft(text, len(tables), len(passed), text.count(f'"{TODO}'))


def _head(
    document: Document,
    source_id: str,
    name: str,
    geo: str,
    reporting: str,
    published: date | None,
) -> str:
    sheets = {first for _, first, _ in document.sheets()}
    lines = [
        squeeze(line).strip("#* ")
        for number, line in enumerate(document.lines[:_HEAD_LINES], start=1)
        if line.strip() and number not in sheets
    ]
    short = [line for line in lines if 3 < len(line) <= _MAX_TITLE and not line.isdigit()]
    title = next(filter(names_report, short), next(iter(short), source_id))
    dates = list(dict.fromkeys(d for line in lines for d in _ISO.findall(line)))
    diaries = list(dict.fromkeys(d for line in lines for d in _DIARY.findall(line)))
    when: Any = published or (date.fromisoformat(dates[0]) if len(dates) == 1 else None)
    if when is None:
        options = f"; {', '.join(dates[:4])}?" if dates else ""
        when = f"{TODO}när dokumentet beslutades{options}"
    entries = {
        "id": source_id,
        "title": title,
        "document": f"{name}, {title}",
        "publisher": name,
        "geo": geo,
        "date": when,
        "reporting_period": reporting,
        "sha256": document.sha256,
    }
    if len(diaries) == 1:
        entries["diary_number"] = diaries[0]
    comment = (
        f"# Utkast till deklaration av {Path(document.name).name}. Svara på varje TODO; till dess "
        "läses dokumentet inte.\n# Titeln är läst ur dokumentets första rader och utgivaren är "
        "kommunens namn; rätta dem vid behov.\n"
    )
    return comment + toml.entries(entries)


def _marks(document: Document, tables: list[Proposal]) -> str:
    """Symbols, approximations, answers, decimal point and page furniture of all tables."""
    symbols: dict[str, Any] = {}
    approximations: dict[str, Any] = {}
    marks: dict[str, Any] = {}
    points: set[str] = set()
    commas = False
    entries: dict[str, Any] = {}
    if any(document.scanned.intersection(table.block.rows) for table in tables):
        entries["scanned"] = True
    for table in tables:
        for index in _read_columns(table):
            for text in table.block.column(index):
                if kind(text) == "symbol":
                    symbols[text] = _symbol(text)
                elif kind(text) == "figure":
                    found = form(text) or Form(text)
                    if found.approximation:
                        approximations[found.approximation] = _ABOUT
                    marks |= {mark: _mark(mark) for mark in found.marks}
                    commas = commas or "," in found.digits
                    points |= {found.digits} if "." in found.digits else set()
    if points and not commas:
        sure = any(not re.fullmatch(r"[-−–+]?\d{1,3}(\.\d{3})+", text) for text in points)
        entries["decimal"] = "." if sure else f"{TODO}är punkten i {min(points)} decimaltecken?"
    furniture = Counter(line for table in tables for line in table.block.furniture)
    patterns = [r"\d{1,3}" if line.isdigit() else re.escape(line) for line in furniture]
    if patterns:
        entries["furniture"] = list(dict.fromkeys(patterns))
    entries |= {"symbols": symbols} if symbols else {}
    entries |= {"approximations": approximations} if approximations else {}
    entries |= {"marks": marks} if marks else {}
    entries |= _sign_styles(tables)
    if answers := {text for table in tables for text in table.answers}:
        entries["answers"] = _answers(document, answers)
    return toml.entries(entries)


def _mark(mark: str) -> dict[str, Any]:
    """What a mark beside a figure says: its unit, where it is one of money."""
    money = unit(mark)
    if money is None:
        return {}
    name, shift = money
    if shift == _KRONOR:
        return {"unit": f"{TODO}SEK, eller MSEK med shift = -6?"}
    return {"unit": name, "shift": shift or 0}


def _sign_styles(tables: list[Proposal]) -> dict[str, Any]:
    """How signs are printed; parentheses are asked, unless a row has them beside a minus."""
    styles: dict[str, str] = {}
    sure = False
    for table in tables:
        columns = _read_columns(table)
        for cells in table.block.rows.values():
            row = [(cells[i], form(cells[i])) for i in columns if i < len(cells)]
            styles |= {found.style: text for text, found in row if found and found.style}
            own = {found.style for _, found in row if found}
            sure = sure or ("(5)" in own and any(found and found.minus for _, found in row))
    if "(5)" in styles and not sure:
        written = ", ".join(f"'{style}'" for style in styles)
        question = f"betyder {styles['(5)']} ett minustal? Skriv i så fall [{written}]"
        return {"sign_styles": f"{TODO}{question}"}
    return {"sign_styles": list(styles)} if styles else {}


def _read_columns(table: Proposal) -> list[int]:
    if table.layout == "months":
        return list(range(1, table.block.width))
    return [
        index
        for index, column in enumerate(table.columns)
        if column.get("content", "figure") in {"figure", "answer"}
    ]


def _symbol(text: str) -> dict[str, str]:
    if is_suppressed(text):
        return {"status": "Q", "note": f"{text}: undertryckt, för få"}
    return {"status": f"{TODO}vad ”{text}” betyder: {_MEANINGS}", "note": f"tecknet {text}"}


def _answers(document: Document, printed: set[str]) -> dict[str, str]:
    """What coded answers mean, by the document's own legend where it has one."""
    legend = {
        (digit or digit_first): (word or word_last).upper()
        for line in document.lines
        for word, digit, digit_first, word_last in _LEGEND.findall(line)
    }
    question = f"{TODO}JA, NEJ eller DELVIS?"
    return {text: legend.get(text, question) for text in sorted(printed)}


def _not_read(passed: list[Passed]) -> str:
    entries: dict[str, str] = {}
    for block in passed:
        first = next(iter(block.block.rows), block.block.first)
        cells = block.block.header or block.block.rows[first]
        starts = "\t".join(cells[:2]) if len("\t".join(cells[:2])) <= 100 else cells[0][:100]
        entries.setdefault(starts, block.what)
    return "".join(
        "\n[[not_read]]\n" + toml.entries({"starts": starts, "what": what})
        for starts, what in entries.items()
    )


def _tables(document: Document, tables: list[Proposal]) -> str:
    """The tables in order; a header that several share is written once, under ``defaults``."""
    shared: dict[str, list[Proposal]] = {}
    for table in tables:
        shared.setdefault(_form(table), []).append(table)
    names = {
        form: f"form-{number}"
        for number, (form, group) in enumerate(
            ((f, g) for f, g in shared.items() if len(g) > 1), start=1
        )
    }
    text = "".join(f"\n[defaults.{name}]\n{form}" for form, name in names.items())
    ids: Counter[str] = Counter()
    titles: Counter[tuple[str, str]] = Counter()
    for table in tables:
        form = _form(table)
        text += _table(document, table, names.get(form), form, ids, titles)
    return text


def _form(table: Proposal) -> str:
    block = table.block
    header = [block.header[i] if i < len(block.header) else "" for i in range(block.width)]
    entries: dict[str, Any] = {"layout": table.layout, "kind": table.kind, "header": header}
    if block.header_rows > 1:
        entries["header_rows"] = block.header_rows
    if block.optional_leading:
        entries["optional_leading"] = True
    if table.columns:
        entries["columns"] = table.columns
    return toml.entries(entries)


def _table(
    document: Document,
    table: Proposal,
    like: str | None,
    form: str,
    ids: Counter[str],
    titles: Counter[tuple[str, str]],
) -> str:
    block = table.block
    slug = _slug(block.title) or "tabell"
    ids[slug] += 1
    entries: dict[str, Any] = {"like": like} if like else {}
    entries["id"] = slug if ids[slug] == 1 else f"{slug}-{ids[slug]}"
    title = block.title or block.header[0] or entries["id"]
    heading = block.heading if titles[("", title)] else ""
    titles[("", title)] += 1
    titles[(heading, title)] += 1 if heading else 0
    if titles[(heading, title)] > 1:
        heading = f"{heading} (rad {block.first})".strip()
    entries |= {"title": title} | ({"heading": heading} if heading else {})
    if not any(document.line(n).strip() for n in range(1, block.first)):
        entries["after"] = ""
    elif squeeze(block.after) != squeeze(title):
        entries["after"] = block.after or f"{TODO}raden som tabellen står under"
    entries["area"] = table.area or f"{TODO}vilket område i data/indicators?"
    if table.layout != "months":
        entries["rows"] = _row_count(table)
    text = "\n" + "".join(
        f"# {c}\n" for c in [document.where(block.first, block.last), *table.comments]
    )
    text += "[[table]]\n" + toml.entries(entries)
    text += "" if like else form
    text += toml.entries(table.extra)
    if table.indicators:
        text += "\n[table.indicators]\n"
        text += toml.entries(table.indicators)
    return text


def _row_count(table: Proposal) -> int:
    ignored = len(table.extra.get("ignore", ()))
    return sum(any(cells) for cells in table.block.rows.values()) - ignored


def _slug(text: str) -> str:
    plain = text.casefold().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")
