"""Last year's declaration as this year's: what is the same is reused, what is not is told."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ojmf.authoring.carried import CHANGES, Carried
from ojmf.authoring.draft import diary_number, draft_source, issued
from ojmf.authoring.remaining import draft_the_rest
from ojmf.authoring.said_periods import reporting_period
from ojmf.authoring.titles import rejoined
from ojmf.authoring.years import Years, moved_period, moved_years
from ojmf.declarations import Source
from ojmf.declarations.drafts import Question, drafted
from ojmf.declarations.loading import read_source
from ojmf.declarations.toml import value
from ojmf.errors import InputError, SelectionError, TableError
from ojmf.ingest.document import Document
from ojmf.ingest.readers import opened
from ojmf.periods import parse_period
from ojmf.printed import folded, squeeze
from ojmf.workspace import Workspace

_LINES = 60
_DROPPED = ("accepted", "correction", "question", "stated_count", "unreadable", "withheld")


@dataclass(frozen=True, slots=True)
class NextYear:
    """The declaration of a document after that of an earlier one; ``files`` are by their path.

    ``changes`` are in the schema ``CHANGES``.
    """

    files: Mapping[Path, bytes]
    text: str
    questions: tuple[Question, ...]
    changes: pl.DataFrame


def period_of(document: Document, declared: str) -> str | None:
    """The period of a document after that of an earlier one: the declared one, some years later.

    None where the document does not say it, or is about another part of the year.
    """
    lines = [squeeze(line) for line in document.lines[:_LINES] if "\t" not in line.strip()]
    said = reporting_period(rejoined(lines))
    first = parse_period(declared).start.year
    named = said.period or said.likely
    for text in (named,) if named else said.options:
        year = parse_period(text).start.year
        moved = moved_period(declared, year - first)
        if text in {moved, str(year)} and year > first:
            return moved
    return None


def next_year(
    workspace: Workspace,
    earlier_id: str,
    file: Path | Document,
    source_id: str,
    *,
    period: str | None = None,
    published: date | None = None,
) -> NextYear:
    """The declaration of a document of the same form as an earlier source's, for its own period.

    Years in titles, headers and periods are moved where the document bears it out. Corrections,
    acknowledgements, counts and notes of cells are of the earlier document and left out. A label
    that is most like one that is gone is asked about, any other new one becomes an indicator with
    ``asked_from``; a table of another form is drafted anew.

    Raises ``InputError`` where the file can't be read or has none of the tables,
    ``SelectionError`` for an unknown source, one with open questions, and where the period can't
    be told or is of another part of the year.
    """
    earlier = workspace.source(earlier_id)
    raw, _ = read_source(workspace.source_folder(earlier_id) / "source.toml")
    if (open_one := drafted(raw, Path(earlier_id))) is not None:
        raise SelectionError(
            f"{earlier_id} har frågor kvar ({len(open_one.questions)} st). Svara på dem först, med "
            f"ojmf source answer {earlier_id}."
        )
    document = opened(file)
    years = _years_between(earlier, document, period)
    raw = carried_over(raw, earlier, source_id, document, years)
    when = issued(document, published, raw["reporting_period"])
    return _declared_anew(workspace, earlier, document, raw, when)


def other_edition(
    workspace: Workspace,
    source_id: str,
    file: Path | Document,
    *,
    period: str | None = None,
    published: date | None = None,
) -> NextYear:
    """The declaration of a new edition of a source's document, where its table is another.

    As :func:`next_year`, but under the same id. A table that has grown by a year moves the period
    that the source reports on, and then the day of the document is another too.
    """
    earlier = workspace.source(source_id)
    raw, _ = read_source(workspace.source_folder(source_id) / "source.toml")
    document = opened(file)
    raw = carried_over(raw, earlier, source_id, document, 0)
    period = period or _grown_to(workspace, document, earlier) or earlier.reporting_period
    if period == earlier.reporting_period:
        return _declared_anew(workspace, earlier, document, raw, published or earlier.date)
    years = parse_period(period).end.year - parse_period(earlier.reporting_period).end.year
    raw |= {"reporting_period": period, "title": moved_years(earlier.title, years)}
    raw["document"] = moved_years(raw["document"], years)
    when = issued(document, published, period)
    made = _declared_anew(workspace, earlier, document, raw, when)
    return replace(
        made, changes=pl.concat([period_moved(earlier.reporting_period, period), made.changes])
    )


def period_moved(before: str, period: str) -> pl.DataFrame:
    """The change (``CHANGES``) that a source reports on another period than before."""
    row = {"change": "period", "table": "", "label": period, "before": before}
    return pl.DataFrame([row], schema=CHANGES)


def _grown_to(workspace: Workspace, document: Document, earlier: Source) -> str | None:
    """The later year that a document says, or whose outcome its tables have; None without one."""
    try:
        draft = draft_source(workspace, document, earlier.id, earlier.geo, published=earlier.date)
        said = tomllib.loads(draft.text)["reporting_period"]
        years = parse_period(said).end.year - parse_period(earlier.reporting_period).end.year
    except (InputError, SelectionError, TableError, ValueError):  # nothing to tell it by, or asked
        return None
    moved = moved_period(earlier.reporting_period, years)
    return (moved if said == moved[:4] else said) if years > 0 else None


def _declared_anew(
    workspace: Workspace,
    earlier: Source,
    document: Document,
    raw: dict[str, Any],
    when: date | Question,
) -> NextYear:
    """An earlier declaration that is carried over to a document, with the document's own rows."""
    asked = {when.key: when} if isinstance(when, Question) else {}
    raw["date"] = when.mark if isinstance(when, Question) else when
    made = Carried(workspace, document, raw, asked)
    made.settle(earlier)
    draft_the_rest(made, None if isinstance(when, Question) else when)
    if not made.raw["table"]:
        raise InputError(
            f"{document.name}: ingen av tabellerna i {earlier.id} finns i dokumentet. Är det en "
            "annan rapport, gör ett utkast med ojmf source new FIL."
        )
    made.ask_periods()
    extract = made.read()
    text = made.text(earlier.id)
    home = workspace.root / "data" / "sources" / raw["id"]
    files = {home / "source.toml": text.encode()}
    if extract:
        files[home / "extract.txt"] = extract.encode()
    return NextYear(
        files | made.indicator_files(),
        text,
        tuple(made.questions.values()),
        pl.DataFrame(made.changes, schema=CHANGES),
    )


def likeness(
    workspace: Workspace, earlier_id: str, document: Document, period: str | None = None
) -> float:
    """The part of an earlier source's tables that a document has in the same form, 0 to 1.

    0 where the document is about no later year's same period.
    """
    earlier = workspace.sources[earlier_id]
    try:
        years = _years_between(earlier, document, period)
    except SelectionError:
        return 0.0
    raw, _ = read_source(workspace.source_folder(earlier_id) / "source.toml")
    raw = carried_over(raw, earlier, earlier_id, document, years)
    readings = Carried(workspace, document, raw, {}).readings().values()
    return sum(1 for one in readings if one.cells and not one.faults) / len(earlier.table)


def _years_between(earlier: Source, document: Document, period: str | None) -> int:
    said = period or period_of(document, earlier.reporting_period)
    if said is None:
        raise SelectionError(
            f"{document.name}: dokumentet säger inte vilket senare år det gäller än "
            f"{earlier.reporting_period}. Ange --period."
        )
    years = parse_period(said).start.year - parse_period(earlier.reporting_period).start.year
    if moved_period(earlier.reporting_period, years) != said or years < 1:
        raise SelectionError(
            f"Perioden {said} är inte samma del av ett senare år än {earlier.reporting_period}, "
            f"som {earlier.id} gäller. Är det en ny utgåva, ta in den med ojmf import FIL --source "
            f"{earlier.id}; gör annars ett eget utkast med ojmf source new FIL."
        )
    return years


def carried_over(
    raw: dict[str, Any], earlier: Source, source_id: str, document: Document, years: int
) -> dict[str, Any]:
    """The earlier declaration with its years moved, without what was true of its document only."""
    by_document = Years(document, years)
    found = deepcopy(raw)
    for key in (*_DROPPED, "diary_number"):
        found.pop(key, None)
    diary = diary_number(document) or (None if years else earlier.diary_number)
    cited = earlier.document.replace(earlier.diary_number or "\0", diary or "")
    found |= {
        "id": source_id,
        "title": moved_years(earlier.title, years),
        "document": squeeze(moved_years(cited, years)),
        "reporting_period": moved_period(earlier.reporting_period, years),
        "sha256": document.sha256,
        "date": date.min,
    } | ({"diary_number": diary} if diary else {})
    lines = [text.casefold() for text in document.texts]
    passages = [
        passage | {"starts": by_document.text(passage["starts"])}
        for passage in raw.get("not_read", ())
    ]
    found["not_read"] = [
        passage
        for passage in passages
        if any(line.startswith(folded(passage["starts"])) for line in lines)
    ]
    shared = raw.get("defaults", {})
    found["defaults"] = {name: by_document.table(base) for name, base in shared.items()}
    # Cells that only their lines can find are found on no other document.
    pinned = {table.id for table in earlier.table if table.layout == "pinned"}
    found["table"] = [
        by_document.table(table) for table in raw["table"] if table["id"] not in pinned
    ]
    found["identity"] = [
        by_document.entries(identity) | {"id": moved_years(identity["id"], years)}
        for identity in raw.get("identity", ())
        if not {"stated", "stated_under"} & set(identity)
    ]
    return {key: value for key, value in found.items() if value not in ([], {})}


def retired(
    workspace: Workspace, files: Mapping[Path, bytes], indicators: list[str], year: int
) -> dict[Path, bytes]:
    """The files, and those of the catalogue in which indicators were last asked that year."""
    told = dict(files)
    for name in indicators:
        path = workspace.root / "data" / "indicators" / f"{name.partition('.')[0]}.toml"
        text = (told.get(path) or path.read_bytes()).decode()
        line = f"id = {value(name)}\n"
        told[path] = text.replace(line, f"{line}asked_to = {year}\n", 1).encode()
    return told
