"""One municipality's table beside the county and the country, with each row's source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.answers import areas_of
from ojmf.compare.areas_of_figures import figure_areas, nearest, with_others
from ojmf.compare.changes import notable
from ojmf.compare.figures import KEY, PERIOD
from ojmf.compare.frame import FRAME, NothingThereError, Selection, published
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.compare.valuing import worth_of
from ojmf.compare.women_and_men import women_and_men
from ojmf.geography import (
    COUNTRY_WORD,
    COUNTY_CODE_LENGTH,
    COUNTY_OF_OWN,
    county_of,
    resolve_municipality,
)
from ojmf.model import COUNTRY, Origin, Reason, ReferenceKind, Sex
from ojmf.present.annex.comments import given_comments, kept_comments
from ojmf.present.annex.documents import Document, document_of
from ojmf.present.citation import REFERENCE_IDS, Citation, Figures, figure_text, printed_deviation
from ojmf.present.formats import period, period_in_words
from ojmf.present.marks import (
    computed_by_place,
    computed_subject,
    mark_of,
    reference_mark,
    with_marks,
)
from ojmf.present.reasons import with_reasons, withheld
from ojmf.present.view_columns import compared_with, unless_whole
from ojmf.present.views import Names

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

ROWS = pl.Schema(
    {
        "area_id": pl.String,
        "area_name": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "name": pl.String,
        "answer": pl.String,
        "status": pl.String,
        "county": pl.Float64,
        "county_decimals": pl.Int8,
        "country": pl.Float64,
        "country_decimals": pl.Int8,
        "gap_county": pl.Float64,
        "gap_country": pl.Float64,
        "comment": pl.String,
        "comment_place": pl.String,
        "source_id": pl.String,
        "table": pl.String,
        "line": pl.Int32,
        "place": pl.String,
        "mark": pl.String,
        "county_mark": pl.String,
        "country_mark": pl.String,
        "period_end": pl.Date,
        "sex": pl.String,
        "citation": pl.String,
        "method": pl.String,
        "own": pl.Float64,
        "decimals": pl.Int8,
        "unit": pl.String,
        "period": pl.String,
        "period_words": pl.String,
        "verdict": pl.String,
        "reason": pl.String,
        "beside_name": pl.String,
        "beside": pl.Float64,
        "beside_decimals": pl.Int8,
        "gap_beside": pl.Float64,
        "beside_kind": pl.String,
        "beside_geo": pl.String,
        "beside_mark": pl.String,
        "beside_answer": pl.String,
        "county_reason": pl.String,
        "country_reason": pl.String,
        "beside_reason": pl.String,
        "withheld": pl.String,
        "county_computed": pl.String,
        "country_computed": pl.String,
        "beside_computed": pl.String,
    }
)
"""One row per indicator, as printed: ``label`` is the document's word for it and ``name`` the
catalogue's, ``period_words`` its ``period`` as it is read out. ``county`` and ``country`` are
shares (%) or figures in ``unit`` with the printed number of decimals, the gaps percentage points or
in the unit; so is ``beside`` of what else the row is compared with, its target or what was asked
for, which ``beside_name`` names. ``comment`` is null where none is kept, and ``comment_place`` says
where the document has one (rad 86). ``place`` is where the answer or the figure ``own`` is printed;
the marks say which figures are corrected, unconfirmed or computed, and ``county_computed`` and the
others of what a computed one is (medianen av 26 kommuner). ``citation`` is the id against the
county, or what else a figure is compared with. ``reason`` says what a row lacks, null for an answer
that is merely missing; ``county_reason`` and the others say it of one, ``withheld`` of a suppressed
figure."""

Comments = Mapping[tuple[str, str], str]
"""Comments by area and indicator."""
REFERENCES = ((ReferenceKind.COUNTY, "county"), (ReferenceKind.COUNTRY, "country"))
_SERIES = ["geo", *KEY, "sex", *PERIOD, "unit"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A municipality's table: ``rows`` is ``ROWS``.

    ``areas`` is what ``compare.areas`` returns of the areas of answers, ``figure_areas`` is
    ``FIGURE_AREAS`` of those of figures, ``sexes`` is ``BETWEEN`` and ``worth`` ``schema.WORTH`` of
    figures about both sexes; any may have no rows. ``changes`` is what has become of its
    indicators since the period that it is held against, where that is asked for. ``computed`` says
    by code how the shares of JA of a place were found that no document has.
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

    def area(self, area_id: str) -> pl.DataFrame:
        """The rows of one area."""
        return self.rows.filter(pl.col("area_id") == area_id)


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
    return comparison_of(workspace, geo, rows, comments, extra)


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
    names = Names(indicators, workspace.geography)
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


def rows_of(
    workspace: Workspace,
    rows: pl.DataFrame,
    comments: Comments | None = None,
    extra: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Geo and ``ROWS`` of the rows of ``compared``, each with all of its references."""
    indicators = workspace.indicators
    names = Names(indicators, workspace.geography, workspace.groups)
    told = _told(rows, names)
    county, country = (pl.col("reference_kind") == kind.value for kind, _ in REFERENCES)
    # A place other than the own county is what was asked for, not the county.
    county &= pl.col("reference_geo") == pl.col("geo").str.head(COUNTY_CODE_LENGTH)
    first = told.unique(_SERIES, keep="first", maintain_order=True)
    table = first.with_columns(mark_of().alias("mark"), withheld().alias("withheld"))
    judged = told.filter(~county & ~country)
    for name, there in (
        ("county", told.filter(county)),
        ("country", told.filter(country)),
        ("beside", judged),
    ):
        table = _with_reference(table, there, name)
    target = pl.col("beside_name").is_not_null()
    table = table.with_columns(
        # What is judged by its target has its verdict there.
        *(
            pl.when(target).then(f"beside_{name}").otherwise(name).alias(name)
            for name in ("verdict", "reason")
        )
    ).with_columns(
        # The country stands in for a county or a target without a figure.
        pl.when(pl.coalesce("gap_beside", "gap_county").is_null())
        .then(pl.coalesce("country_verdict", "verdict"))
        .otherwise("verdict")
        .alias("verdict")
    )
    table = table.with_columns(citation=_citations(table))
    if extra is not None:
        beside = pl.concat([_told(extra, names).filter(~county & ~country), judged])
        table = _with_reference(
            table.select(pl.exclude("^beside_.*$", "beside", "gap_beside")), beside, "beside"
        ).with_columns(pl.coalesce("reason", "beside_reason").alias("reason"))
    printed = ["source_id", "line"]
    table = (
        table.with_columns(
            pl.when(pl.col("reason_code") != Reason.NO_ANSWER.value).then("reason").alias("reason")
        )
        .join(
            indicators.select(*KEY, "area_name", "name"), on=KEY, how="left", maintain_order="left"
        )
        .join(given_comments(comments or {}), on=KEY, how="left", maintain_order="left")
        .join(kept_comments(workspace, first), on=printed, how="left", maintain_order="left")
        .join(workspace.comments(), on=printed, how="left", maintain_order="left")
        .with_columns(
            comment=pl.coalesce("given", "kept"), comment_place=pl.format("rad {}", "comment_line")
        )
    )
    return table.select("geo", *(pl.col(name).cast(kind) for name, kind in ROWS.items()))


def _told(rows: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Rows of ``compared`` with their reasons, and the names of references and periods."""
    return with_reasons(rows, names.places).with_columns(
        compared_with(names.places).alias("_name"),
        period().alias("period"),
        period_in_words().alias("period_words"),
    )


def _with_reference(table: pl.DataFrame, there: pl.DataFrame, name: str) -> pl.DataFrame:
    """The table with the reference of each of its rows, the first where there are several."""
    return table.join(
        there.unique(_SERIES, keep="first", maintain_order=True).select(
            *_SERIES, *_reference(name)
        ),
        on=_SERIES,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )


def _reference(name: str) -> list[pl.Expr]:
    """The reference of a row as ``county`` or ``country``, with its decimals, gap and mark."""
    # A computed figure is shown with the decimals of the own one, and a share of JA with one.
    computed = pl.coalesce("decimals", unless_whole("reference", 1))
    worked_out = pl.col("reference_origin") == Origin.COMPUTED.value
    columns = [
        pl.col("reference").alias(name),
        pl.when(worked_out)
        .then(computed)
        .otherwise(pl.coalesce("reference_decimals", "decimals"))
        .alias(f"{name}_decimals"),
        pl.col("gap").alias(f"gap_{name}"),
        reference_mark().alias(f"{name}_mark"),
        computed_subject().alias(f"{name}_computed"),
        pl.col("reason").alias(f"{name}_reason"),
        pl.col("verdict").alias(f"{name}_verdict"),
    ]
    if name == "beside":
        columns += [
            pl.col("_name").alias("beside_name"),
            pl.col("reference_answer").alias("beside_answer"),
            pl.col("reference_kind").alias("beside_kind"),
            pl.col("reference_geo").alias("beside_geo"),
        ]
    return columns


def _citations(rows: pl.DataFrame) -> pl.Series:
    """The citation id of each row; null where no source has the row, and of earlier periods.

    An id says no period: what it cites is the latest. Against the county, or against what else a
    figure without one is compared with.
    """
    made = []
    account = ["geo", "area_id"]
    last = (
        pl.when(pl.col("method") == ANSWER_METHOD)
        .then(pl.col("period_end").max().over(*account, "method"))
        .otherwise(pl.col("period_end").max().over(*account, "indicator_id", "sex", "period_kind"))
    )
    latest = pl.col("period_end").eq_missing(last)
    columns = ("geo", "indicator_id", "answer", "own", "county", "beside", "gap_beside")
    cells = rows.select(pl.when(latest).then("source_id"), *columns, "beside_kind")
    for source, geo, indicator, answer, own, county, beside, gap, kind in cells.iter_rows():
        other = county is None and answer is None and kind is not None
        against = REFERENCE_IDS.get(kind, county_of(geo)) if other else county_of(geo)
        deviation = printed_deviation(kind, own, beside, gap) if other else None
        reference = beside if other else county
        figures = Figures(answer or figure_text(own), reference, deviation=deviation)
        cited = Citation(geo, indicator, against, source, figures.checksum()) if source else None
        made.append(str(cited) if cited else None)
    return pl.Series(made, dtype=pl.String)
