"""New editions of a source's document: the same place, period and tables, other figures."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from ojmf.authoring.answering import answered
from ojmf.authoring.carried import CHANGES, Carried
from ojmf.authoring.draft import issued
from ojmf.authoring.next_year import NextYear, carried_over, other_edition, period_moved
from ojmf.authoring.questioning import ALL
from ojmf.authoring.said_periods import reporting_period
from ojmf.authoring.titles import rejoined
from ojmf.declarations import Source
from ojmf.declarations.drafts import drafted, without_questions
from ojmf.declarations.loading import read_source
from ojmf.errors import InputError, OjmfError, SelectionError, TableError
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document, read_extract
from ojmf.ingest.other_document import another_place
from ojmf.ingest.reading import EXTRACT, read
from ojmf.ingest.source import ingest_source
from ojmf.periods import parse_period
from ojmf.printed import squeeze
from ojmf.suggestions import in_shell
from ojmf.workspace import Workspace

LEAST_FORM = 0.5
"""The part of a source's tables that a new edition of its document has in the same form."""

LEAST_SAME = 0.5
"""The part of a source's figures that a new edition repeats. Another document of the same form, as
the next committee's, has few of them."""

LEAST_SAME_ANSWERS = 0.8
"""The same of answers, of which half are alike by chance."""

_SAID = pl.col("value").is_not_null() | pl.col("answer").is_not_null()
_FIGURE = ["row_label", "geo", "sex", "scenario", "period_start", "period_end"]
_LINES = 60
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Edition:
    """A source that a document may be a new edition of.

    ``same`` is the part of the source's figures that the document repeats, 0 to 1; ``sure`` says
    whether that, and the period where only answers are compared, tells it from another document.
    """

    source_id: str
    same: float
    sure: bool


def edition_of(
    workspace: Workspace, document: Document, geo: str | None, period: str | None
) -> Edition | None:
    """The source whose document this is most likely a new edition of; None where it is of none.

    ``geo`` and ``period`` are what the person says of the document. It has to have the tables of
    the source in the same form, and not to say another year than the source's.
    """
    found: list[Edition] = []
    places = Gazetteer.of(workspace.geography)
    for source_id in dict.fromkeys([*workspace.sources, *workspace.drafts]):
        declared = _declared(workspace, source_id)
        if declared is None:
            continue
        raw, source = declared
        if geo is None and another_place(source, document, places):
            continue
        if geo not in {None, source.geo} or period not in {None, source.reporting_period}:
            continue
        told = _years_told(document, source)
        if told is not False and (one := _compared(workspace, raw, source, document, dated=told)):
            found.append(one)
    return max(found, key=lambda one: (one.sure, one.same), default=None)


def edition_files(
    workspace: Workspace,
    source_id: str,
    document: Document,
    period: str | None,
    published: date | None,
) -> NextYear:
    """The declaration of a source with the fingerprint and date of its document's new edition.

    ``period`` is what the person says that it reports on. All else stays as it is, where the
    edition can be read so; where its rows or columns are others, the declaration is carried over
    to them. Raises ``InputError`` where the document has none of the
    tables, ``SelectionError`` for an unknown source.
    """
    home = workspace.source_folder(source_id) / "source.toml"
    if not home.is_file():
        workspace.source(source_id)
    text = home.read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    said = issued(document, published, period or raw["reporting_period"])
    when = said if isinstance(said, date) else None
    text = re.sub(r"(?m)^sha256\s*=.*$", f'sha256 = "{document.sha256}"', text, count=1)
    if when is not None:
        text = re.sub(r"(?m)^date\s*=.*$", f"date = {when.isoformat()}", text, count=1)
    changes = CHANGES.to_frame()
    if period not in {None, raw["reporting_period"]}:
        text = re.sub(
            r"(?m)^reporting_period\s*=.*$", f'reporting_period = "{period}"', text, count=1
        )
        changes = period_moved(raw["reporting_period"], period)
    proposed = workspace.with_files({home: text.encode()})
    draft = drafted(raw, home)
    same = NextYear({home: text.encode()}, text, draft.questions if draft else (), changes)
    if draft is not None:
        return same
    try:
        read(proposed, proposed.source(source_id), document)
    except TableError:
        return other_edition(workspace, source_id, document, period=period, published=when)
    return same


def refuse_edition(
    workspace: Workspace, source_id: str, document: Document, geo: str | None, period: str | None
) -> None:
    """Raise ``SelectionError`` where a document is a new edition of a source's, with what to do.

    The very document that a source of that id declares already is none.
    """
    declared = workspace.sources.get(source_id) or workspace.drafts.get(source_id)
    if declared is not None and declared.sha256 == document.sha256:
        return
    found = edition_of(workspace, document, geo, period)
    if found is not None and found.sure:
        raise SelectionError(edition_text(document, found))


def refuse_grown(
    workspace: Workspace, document: Document, geo: str, observations: pl.DataFrame
) -> None:
    """Raise ``SelectionError`` where a document has the rows and figures of a source's.

    A figure is the same by the label of its row, its place and its period, whatever columns its
    table has: the document may have got another year, or a later window of years.
    ``observations`` (``OBSERVATIONS``) are what the document gives, ``geo`` whose it is.
    """
    own = observations.filter(_SAID)
    for source_id in dict.fromkeys([*workspace.sources, *workspace.drafts]):
        declared = _declared(workspace, source_id)
        if declared is None or (declared[1].geo != geo and own["geo"].n_unique() == 1):
            continue
        scope = replace(workspace, sources={source_id: declared[1]}, drafts={})
        try:
            old = ingest_source(scope, source_id).observations.filter(_SAID)
        except OjmfError:  # what can't be read can't be compared
            continue
        # A document of several places may be drafted as the country's.
        if declared[1].geo != geo and {*old["geo"]} != {*own["geo"]}:
            continue
        if (alike := _alike(old, own)) is not None:
            gone = old.join(own, _FIGURE, how="anti", nulls_equal=True).height
            lost = f" {gone} äldre uppgifter, som det inte har, står då bara i revisions.csv."
            raise SelectionError(
                f"{document.name}: dokumentet liknar {source_id}: {alike}. Är det en ny utgåva, "
                "eller samma tabell med fler eller senare år: ta in den med ojmf import "
                f"{in_shell(document.name)} --source {source_id}, så byggs källan på."
                f"{lost if gone else ''} Är det ett annat dokument: ange --separate."
            )


def _alike(old: pl.DataFrame, own: pl.DataFrame) -> str | None:
    """What a document's observations have alike with a source's, in words; None for too little.

    Where tables, rows, places and periods are all the same, a part of the figures is enough, and
    so are figures of the same row that stand at another place or period: columns may have been
    exchanged.
    """
    rows = old["row_label"].unique()
    named = int(rows.is_in(own["row_label"].unique().implode()).sum())
    both = old.join(own, _FIGURE, nulls_equal=True).group_by(_FIGURE)
    alike_too = (pl.col(name).eq_missing(pl.col(f"{name}_right")) for name in ("value", "answer"))
    shared = both.agg(same=pl.all_horizontal(*alike_too).any())
    same = int(shared["same"].sum())
    whole = {*old["table"]} == {*own["table"]} and all(
        one.join(other, _FIGURE, how="anti", nulls_equal=True).is_empty()
        for one, other in ((old, own), (own, old))
    )
    moved = (
        old.join(shared.filter("same"), _FIGURE, how="anti", nulls_equal=True)
        .join(own, ["row_label", "value"], how="semi")
        .height
    )
    figures = old["answer"].null_count() > 0
    least = LEAST_SAME if figures else LEAST_SAME_ANSWERS
    enough = named >= LEAST_FORM * max(len(rows), 1) and same >= max(least * shared.height, 1)
    exchanged = whole and moved >= max(LEAST_SAME * old.height, 1)
    if not (enough or exchanged or (whole and same)):
        return None
    said = (
        f"{named} av {len(rows)} rader heter detsamma, och {same} av {shared.height} uppgifter för "
        "samma rad, plats och period är desamma"
    )
    return said + (f"; {moved} står vid en annan plats eller period" if exchanged else "")


def edition_text(document: Document, found: Edition) -> str:
    """What a document that is a new edition is taken for, and what to do."""
    return (
        f"{document.name}: dokumentet är en ny utgåva av {found.source_id}: samma tabeller, och "
        f"{round(100 * found.same)} procent av uppgifterna är desamma. Ta in den med ojmf import "
        f"{document.name} --source {found.source_id}. Är det ett annat dokument: ange --separate."
    )


def _declared(workspace: Workspace, source_id: str) -> tuple[dict[str, Any], Source] | None:
    """A source's declaration, with its open questions answered as proposed."""
    home = workspace.source_folder(source_id) / "source.toml"
    raw, _ = read_source(home)
    draft = drafted(raw, home)
    if draft is None:
        return raw, workspace.sources[source_id]
    text = home.read_text(encoding="utf-8")
    known = tuple(question for question in draft.questions if question.mark in text)
    try:
        text = answered(text, known, {}, workspace.geography, accept=ALL)
    except SelectionError:
        return None
    closed = without_questions(tomllib.loads(text))
    return None if closed is None else (closed, Source.model_validate(closed))


def _years_told(document: Document, source: Source) -> bool | None:
    """Whether a document says the source's year; False for another one, None where it says none."""
    lines = [squeeze(line) for line in document.lines[:_LINES] if "\t" not in line.strip()]
    said = reporting_period(rejoined(lines)).period
    if said is None:
        return None
    of_source, own = parse_period(source.reporting_period), parse_period(said)
    return own.start.year <= of_source.end.year and of_source.start.year <= own.end.year


def _compared(
    workspace: Workspace,
    raw: dict[str, Any],
    source: Source,
    document: Document,
    *,
    dated: bool | None,
) -> Edition | None:
    extract = workspace.source_folder(source.id) / EXTRACT
    try:
        before = read_extract(extract, source.document)
    except (InputError, OSError):
        return None
    new = _cells(workspace, raw, source, document)
    tables = {table for table, *_ in new}
    if len(tables) < LEAST_FORM * len(source.table):
        return None
    old = _cells(workspace, raw, source, before)
    figures = {key: text for key, text in old.items() if any(map(str.isdigit, text))}
    compared = figures or old
    same = sum(new.get(key) == text for key, text in compared.items()) / max(len(compared), 1)
    dated = dated or any(_YEAR.search(column) for _, _, column, _ in old)
    return Edition(source.id, same, sure=same >= LEAST_SAME and (bool(figures) or dated))


def _cells(
    workspace: Workspace, raw: dict[str, Any], source: Source, document: Document
) -> Mapping[tuple[str, str, str, int], str]:
    """The printed cells of the tables that a document has as declared, by where they stand."""
    carried = carried_over(raw, source, source.id, document, 0) | {"sha256": source.sha256}
    seen: Counter[tuple[str, str, str]] = Counter()
    found: dict[tuple[str, str, str, int], str] = {}
    if not carried.get("table"):
        return found
    for name, reading in Carried(workspace, document, carried, {}).readings().items():
        for cell in [] if reading.faults else reading.cells:
            key = (name, cell.row, f"{cell.label} {cell.column.label} {cell.month or ''}")
            seen[key] += 1
            found[(*key, seen[key])] = squeeze(cell.raw)
    return found
