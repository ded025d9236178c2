"""One municipality's table beside the county and the country, with each row's source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.answers import areas_of
from ojmf.compare.areas_of_figures import figure_areas, nearest, with_others
from ojmf.compare.changes import notable
from ojmf.compare.frame import FRAME, NothingThereError, Selection, published
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.compare.valuing import worth_of
from ojmf.compare.women_and_men import women_and_men
from ojmf.geography import (
    COUNTRY_WORD,
    COUNTY_OF_OWN,
    county_of,
    resolve_municipality,
)
from ojmf.model import COUNTRY, Sex
from ojmf.present.annex.beside_sources import decided_targets, documents_beside
from ojmf.present.annex.documents import Document, document_of
from ojmf.present.annex.shown_rows import ROWS, Comments, rows_of
from ojmf.present.marks import (
    computed_by_place,
    with_marks,
)
from ojmf.present.reasons import with_reasons
from ojmf.present.views import Names

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Comparison:
    """A municipality's table: ``rows`` is ``ROWS``.

    ``areas`` is what ``compare.areas`` returns of the areas of answers, ``figure_areas`` is
    ``FIGURE_AREAS`` of those of figures, ``sexes`` is ``BETWEEN`` and ``worth`` ``schema.WORTH`` of
    figures about both sexes; any may have no rows. ``changes`` is what has become of its
    indicators since the period that it is held against, where that is asked for. ``computed`` says
    by code how the shares of JA of a place were found that no document has. ``sources`` are the
    documents of the municipality's own figures, ``beside`` the others that have what they are held
    against, and ``targets`` says where targets were decided.
    """

    geo: str
    place: str
    county: str
    country: str
    rows: pl.DataFrame
    areas: pl.DataFrame
    figure_areas: pl.DataFrame
    sexes: pl.DataFrame
    worth: pl.DataFrame
    changes: pl.DataFrame
    sources: tuple[Document, ...]
    computed: Mapping[str, str]
    beside: tuple[Document, ...] = ()
    targets: tuple[str, ...] = ()

    def area(self, area_id: str, *, answers: bool) -> pl.DataFrame:
        """The rows of one area: those with answers, or those of figures."""
        answered = pl.col("method") == ANSWER_METHOD
        return self.rows.filter(pl.col("area_id") == area_id, answered == pl.lit(answers))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is to show beside the county and the country, and of which indicators.

    ``against`` is another reference, as ``compared`` takes them, and only a column: the rows and
    ids are those of the county and the country, and areas count it where neither gives a gap.
    ``before`` is the condition on the periods that ``fjolaret`` means, and ``methods`` are those of
    the indicators, both as in :class:`~ojmf.compare.frame.Selection`. Without methods a
    municipality's answers are shown, and its figures where it has no answers. ``every`` takes every
    period instead of the latest; ``within`` is the condition on the periods of its own figures.
    """

    area: str | None = None
    against: str | None = None
    methods: tuple[str, ...] | None = None
    every: bool = False
    before: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    within: pl.Expr = field(default_factory=lambda: pl.lit(value=True))


def compare_rows(
    workspace: Workspace,
    kommun: str,
    *,
    asked: Asked | None = None,
    comments: Comments | None = None,
    observations: pl.DataFrame | None = None,
) -> Comparison:
    """The table of a municipality, in printed order.

    A comment comes from ``comments``, else from the extract where it was made with comments;
    without them the row says on which line the document has one. ``observations`` are those of the
    workspace unless given. Raises as ``compared``.
    """
    geo = resolve_municipality(kommun, workspace.geography)
    asked = asked or Asked()
    selection = selection_of(workspace, [geo], asked, observations)
    rows, extra = asked_rows(workspace, [geo], asked, selection, observations)
    comparison = comparison_of(workspace, geo, rows, comments, extra)
    beside = rows if extra is None else pl.concat([rows, extra])
    own = [source.id for source in comparison.sources]
    return replace(
        comparison,
        beside=documents_beside(workspace, beside, own, observations),
        targets=decided_targets(beside),
    )


def selection_of(
    workspace: Workspace,
    geos: Sequence[str],
    asked: Asked,
    observations: pl.DataFrame | None = None,
) -> Selection:
    """Which figures of the municipalities are meant: the answers where any of them has some."""
    selection = Selection(asked.area, asked.methods or (), within=asked.within, every=asked.every)
    if asked.methods is None and workspace.has_answers(geos, selection, observations):
        return replace(selection, methods=(ANSWER_METHOD,))
    return selection


def asked_rows(
    workspace: Workspace,
    geos: Sequence[str],
    asked: Asked,
    selection: Selection,
    observations: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The rows against county and country, and those against what else is asked for."""
    rows = workspace.compared(geos, [COUNTY_OF_OWN, COUNTRY_WORD], selection, observations)
    if asked.against is None:
        return rows, None
    earlier = replace(selection, before=asked.before)
    try:
        return rows, workspace.compared(geos, [asked.against], earlier, observations)
    except NothingThereError:
        # That no figure has anything beside it is known when all of them are.
        return rows, rows.clear()


def comparison_of(
    workspace: Workspace,
    geo: str,
    rows: pl.DataFrame,
    comments: Comments | None = None,
    extra: pl.DataFrame | None = None,
) -> Comparison:
    """The table of the rows of ``compared`` of one municipality against county and country.

    ``extra`` are those against something else, which stands beside them.
    """
    indicators = workspace.indicators
    names = Names(indicators, workspace.places)
    table = rows_of(workspace, rows, comments, extra).select(ROWS.names())
    answers = rows.filter(pl.col("method") == ANSWER_METHOD)
    figures, others = (
        side.filter(pl.col("method") != ANSWER_METHOD)
        for side in (rows, rows.clear() if extra is None else extra)
    )
    counted = with_reasons(with_others(figures, others), names.places)
    denominators = workspace.basis.denominators
    used = table["source_id"].drop_nulls().unique(maintain_order=True)
    return Comparison(
        geo,
        names.place(geo),
        names.place(county_of(geo)),
        names.place(COUNTRY),
        table,
        areas_of(answers, indicators),
        figure_areas(counted, indicators),
        women_and_men(figures, indicators, denominators),
        worth_of(nearest(counted).filter(sex=Sex.TOTAL.value), denominators),
        _changes(rows.clear() if extra is None else extra, indicators),
        tuple(found for source_id in used if (found := document_of(workspace, source_id))),
        computed_by_place(answers),
    )


def _changes(rows: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """What has become of the indicators of rows of ``compared`` that is worth telling."""
    found = notable(rows)
    marks = with_marks(found, ["change"])
    areas = indicators.select("area_id", "area_name").unique()
    return pl.concat([published(found), marks.select(pl.exclude(*FRAME))], how="horizontal").join(
        areas, on="area_id", how="left", maintain_order="left"
    )
