"""Answers made of the frames that a workspace compares: every figure with its printed place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import polars as pl

from ojmf import Workspace
from ojmf.compare.pairs import traced_pairs
from ojmf.errors import SelectionError
from ojmf.geography import resolve_municipality
from ojmf.mcp.answers import Figure, Pair, Printed, Series, Side
from ojmf.model import SEX_WORDS, Status
from ojmf.present.annex.documents import document_name, document_of
from ojmf.present.citation import citations
from ojmf.present.formats import period
from ojmf.present.marks import computed, in_text_version, mark_of
from ojmf.present.series_words import with_limits_shown
from ojmf.present.units import unit_word, unit_word_of
from ojmf.present.view_columns import (
    compared_with,
    shown_decimals,
    unless_whole,
    when_signalled,
    word,
)
from ojmf.present.views import Names
from ojmf.present.words import (
    GRADE_WORDS,
    STATUS_LABELS,
    VARIATION_WORDS,
    VERDICT_WORDS,
)
from ojmf.printed import number

NO_FIGURE = "ingen uppgift"
Cited = Mapping[tuple[str, str, float | None], str]
"""The id of a printed figure by its source, place and value."""


class Documents:
    """The names of documents by source, and the marks of figures, each looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._names: dict[str, str] = {}

    @cached_property
    def _marks(self) -> Mapping[tuple[str, str, float], str]:
        marked = mark_of().alias("mark")
        cells = self._workspace.scan().select("source_id", "place", "value", marked)
        known = cells.drop_nulls().unique(["source_id", "place", "value"], keep="first")
        return {
            (source, place, value): mark for source, place, value, mark in known.collect().rows()
        }

    def printed(
        self,
        source_id: str | None,
        place: str | None,
        value: float | None,
        *,
        raw: str | None = None,
        citation: str | None = None,
    ) -> Printed | None:
        """Where a figure is printed; None where no source has it."""
        if source_id is None:
            return None
        if source_id not in self._names:
            found = document_of(self._workspace, source_id)
            self._names[source_id] = document_name(found) if found else source_id
        where = in_text_version(place) or ""
        marked = (
            None if value is None or place is None else self._marks.get((source_id, place, value))
        )
        return Printed(self._names[source_id], source_id, where, raw, marked, citation)


def figures(workspace: Workspace, rows: pl.DataFrame, known: Cited | None = None) -> list[Figure]:
    """The rows of :meth:`Workspace.status` or :meth:`Workspace.gaps`, each with its citation.

    With ``known`` only what is in it has one: a forecast, which is held against a budget alone,
    can't be cited.
    """
    return list(_figures(workspace, rows, known))


def _figures(workspace: Workspace, rows: pl.DataFrame, known: Cited | None) -> Iterator[Figure]:
    documents = Documents(workspace)
    names = Names(workspace.indicators, workspace.places)
    own = pl.coalesce("own_answer", number(pl.col("own"), unless_whole("own", shown_decimals(1))))
    coloured = pl.col("status") != Status.GREY.value
    colour = pl.when(coloured).then(pl.col("status").replace(STATUS_LABELS))
    answered = pl.col("unit") == "answer"
    table = rows.select(
        "indicator_id",
        pl.col("label").alias("indicator"),
        pl.col("area_id").replace(names.areas).alias("area"),
        pl.col("geo").replace(names.places).alias("municipality"),
        period().alias("period"),
        pl.col("sex").replace_strict(SEX_WORDS, default=None).alias("sex"),
        own.fill_null(NO_FIGURE).alias("shown"),
        pl.when(~answered).then("own").alias("value"),
        "own",
        unit_word(),
        pl.coalesce(pl.col("verdict").replace(VERDICT_WORDS), colour).alias("judgement"),
        compared_with(names.places).alias("compared_with"),
        "reference",
        computed().alias("reference_computed"),
        "gap",
        pl.when(pl.col("gap").is_not_null()).then(unit_word(gap=True)).alias("gap_unit"),
        "reason",
        "own_source",
        "own_place",
        "reference_source",
        "reference_place",
        citations(rows).alias("citation"),
    )
    for row in table.iter_rows(named=True):
        source, place, figure = (row.pop(f"own{part}") for part in ("_source", "_place", ""))
        other = (row.pop("reference_source"), row.pop("reference_place"), row["reference"])
        citation = row.pop("citation")
        citable = known is None or (source, place, figure) in known
        citation = citation if citable else None
        yield Figure(
            **row,
            printed=documents.printed(source, place, figure, citation=citation),
            reference_printed=documents.printed(*other),
        )


def cited(workspace: Workspace, kommun: str, area: str | None = None) -> Cited:
    """The ids of all figures of a municipality that are held against its county or a target."""
    try:
        rows = workspace.status(kommun, area=area, all_methods=True)
    except SelectionError:  # nothing that is compared
        return {}
    table = rows.select("own_source", "own_place", "own", citations(rows).alias("citation"))
    known = table.drop_nulls("citation").unique(["own_source", "own_place", "own"], keep="first")
    return {(source, place, own): citation for source, place, own, citation in known.iter_rows()}


def pairs(workspace: Workspace, kommun: str, other: str) -> list[Pair]:
    """The rows of :meth:`Workspace.compare` with every printed figure behind them.

    Raises as that method.
    """
    geos = [resolve_municipality(name, workspace.geography) for name in (kommun, other)]
    rows = traced_pairs(
        workspace.observations(),
        workspace.concepts,
        workspace.population,
        *geos,
        geography=workspace.geography,
    ).with_columns(period("own_").alias("own_period"), period("reference_").alias("other_period"))
    ids = [cited(workspace, geo) for geo in geos]
    names = Names(workspace.indicators, workspace.places)
    documents = Documents(workspace)

    def side(row: Mapping[str, Any], name: str, place: int) -> Side:
        cells = row[f"{name}_printed"] or []
        printed = [
            documents.printed(
                *(found := (cell["source_id"], cell["place"], cell["value"])),
                raw=cell["raw"],
                citation=ids[place].get(found),
            )
            for cell in cells
        ]
        return Side(
            names.place(geos[place]),
            row[name],
            row["own_period" if place == 0 else "other_period"],
            row[f"{name}_per_inhabitant"],
            [found for found in printed if found],
        )

    return [
        Pair(
            row["label"],
            unit_word_of(row["unit"], row["label"]),
            GRADE_WORDS[row["grade"]],
            row["reason"],
            side(row, "own", 0),
            side(row, "reference", 1),
            row["gap"],
        )
        for row in rows.iter_rows(named=True)
    ]


def series(workspace: Workspace, kommun: str, rows: pl.DataFrame) -> list[Series]:
    """The rows of :meth:`Workspace.trends` with the printed place of the latest point."""
    geo = resolve_municipality(kommun, workspace.geography)
    ids = cited(workspace, geo)
    documents = Documents(workspace)
    places = {
        (row["document"], row["line"]): (row["source_id"], row["place"])
        for row in workspace.scan()
        .filter(pl.col("geo") == geo)
        .select("document", "line", "source_id", "place")
        .unique()
        .collect()
        .iter_rows(named=True)
    }
    found = []
    verdict = when_signalled(word("variation", VARIATION_WORDS)).alias("verdict")
    for row in with_limits_shown(rows).with_columns(verdict).iter_rows(named=True):
        source, place = places[row["document"], row["line"]]
        point = (source, place, row["latest"])
        printed = documents.printed(*point, citation=ids.get(point))
        assert printed is not None  # a point is an observation, which has a source
        since = row["since_last_year"]
        found.append(
            Series(
                row["indicator_id"],
                row["label"],
                unit_word_of(row["unit"], row["label"]),
                row["points"],
                row["first"].isoformat(),
                row["last"].isoformat(),
                row["latest"],
                row["mean"],
                row["lower"],
                row["upper"],
                row["verdict"],
                VARIATION_WORDS.get(since) if since else None,
                row["reason"],
                row["inputs"],
                printed,
            )
        )
    return found
