"""The tables of a document that no earlier one had: drafted, and put in their order."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ojmf.authoring.answering import answered
from ojmf.authoring.carried import Carried
from ojmf.authoring.draft import Draft, draft_source
from ojmf.declarations import Source, Table
from ojmf.declarations.drafts import without_questions
from ojmf.declarations.source import with_defaults
from ojmf.errors import InputError, SelectionError, TableError
from ojmf.ingest.layouts.locate import Reading, leftovers, windows
from ojmf.ingest.reading import read_table

_NOTATION = ("answers", "approximations", "marks", "symbols")


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A draft of the whole document: its tables as declared, and as they are read."""

    draft: Draft
    raw: Mapping[str, Any]
    tables: Mapping[str, dict[str, Any]]
    readings: Mapping[str, Reading]


def draft_the_rest(made: Carried, published: date | None) -> None:
    """Draft the tables that nothing declares; they stand in the order of the document."""
    used: set[int] = set()
    order: dict[str, int] = {}
    if made.raw["table"]:
        for table_id, reading in made.readings().items():
            used |= set(reading.kept)
            order[table_id] = min(reading.kept, default=0)
        if not any(leftovers(made.document, made.declaration(), used)):
            return
    found = _drafted(made, published)
    if found is None:
        return
    again = {row["table"] for row in made.changes if row["change"] == "table-redrafted"}
    kept: list[dict[str, Any]] = []
    for table_id, reading in found.readings.items():
        lines = sorted(reading.kept)
        if not lines or set(lines[1:]) & used:
            continue
        table = found.tables[table_id]
        if table["title"] not in again:
            made.tell("table-new", table["title"])
        elif table.get("indicators"):
            _keep_indicators(table, made.redrafted[table["title"]])
        _name(table, made.raw["table"], lines[-1])
        order[table["id"]] = lines[0]
        kept.append(table)
    made.raw["table"] = sorted([*made.raw["table"], *kept], key=lambda t: order.get(t["id"], 0))
    notation = {name: own for name in _NOTATION if (own := found.raw.get(name))} if kept else {}
    for name, own in notation.items():
        made.raw[name] = {**own, **made.raw.get(name, {})}
    # What the earlier declaration says of a sign is the answer to what the draft asks about it.
    text = json.dumps([kept, {n: made.raw[n] for n in notation}], ensure_ascii=False, default=str)
    for question in found.draft.questions:
        if json.dumps(question.mark, ensure_ascii=False) in text:
            made.questions.setdefault(question.key, question)
    made.drafted = [
        {**area, "indicator": own}
        for area in made.drafted
        if (own := [i for i in area["indicator"] if f'"{i["id"]}"' in text])
    ]


def _drafted(made: Carried, published: date | None) -> _Drafted | None:
    """The draft of the document as a whole; None where it has no table to draft."""
    try:
        draft = draft_source(
            made.workspace,
            made.document,
            made.raw["id"],
            made.raw["geo"],
            period=made.raw["reporting_period"],
            published=published or date.min,
        )
    except (InputError, SelectionError, TableError):
        return None
    raw = tomllib.loads(draft.text)
    # Read with all proposals taken: what is asked is still where it stands.
    closed = without_questions(tomllib.loads(answered(draft.text, draft.questions, {}, accept=1)))
    if closed is None:
        return None
    if draft.indicators:
        own = tomllib.loads(draft.indicators)
        known = {i.id for area in made.workspace.catalogue.areas.values() for i in area.indicator}
        new = [i for i in own["indicator"] if i["id"] not in known]
        made.drafted = [own | {"indicator": new}] if new else []
    source = Source.model_validate(closed)
    scope = made.scope(source)
    readings = {
        window.table.id: read_table(scope, source, made.document, window)
        for window in windows(made.document, source)[0]
    }
    tables = {table["id"]: table for table in with_defaults(raw)["table"]}
    return _Drafted(draft, raw, tables, readings)


def _keep_indicators(table: dict[str, Any], earlier: Table) -> None:
    """Let the rows of a table that is drafted anew be what they were in its earlier form."""
    rows = table["indicators"]
    rows |= {label: name for label, name in earlier.indicators.items() if label in rows}
    if set(rows) <= set(earlier.indicators):
        table["area"] = earlier.area


def _name(table: dict[str, Any], others: list[dict[str, Any]], line: int) -> None:
    """Give a drafted table an id, and a heading and title, that no other has."""
    if table["id"] in {other["id"] for other in others}:
        table["id"] = f"{table['id']}-{line}"
    names = {(other.get("heading", ""), other.get("title")) for other in others}
    if (table.get("heading", ""), table["title"]) in names:
        table["heading"] = f"{table.get('heading', '')} (rad {line})".strip()
