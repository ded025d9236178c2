"""The rows of a table, each with its references beside it and its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.figures import KEY, PERIOD
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.geography import (
    COUNTY_CODE_LENGTH,
    county_of,
)
from ojmf.model import Origin, Reason, ReferenceKind
from ojmf.present.annex.comments import given_comments, kept_comments
from ojmf.present.citation import REFERENCE_IDS, Citation, Figures, figure_text, printed_deviation
from ojmf.present.formats import period, period_in_words
from ojmf.present.marks import (
    computed_subject,
    mark_of,
    reference_mark,
)
from ojmf.present.reasons import with_reasons, withheld
from ojmf.present.view_columns import compared_with, shown_decimals, unless_whole
from ojmf.present.views import Names
from ojmf.printed import number

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

ROWS = pl.Schema(
    {
        "area_id": pl.String,
        "area_name": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
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
        "column_label": pl.String,
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
        "judged_by": pl.Float64,
        "judged_gap": pl.Float64,
        "reason": pl.String,
        "beside_name": pl.String,
        "beside_period": pl.String,
        "beside": pl.Float64,
        "beside_decimals": pl.Int8,
        "gap_beside": pl.Float64,
        "beside_kind": pl.String,
        "beside_geo": pl.String,
        "beside_mark": pl.String,
        "beside_deviation_mark": pl.String,
        "beside_answer": pl.String,
        "county_reason": pl.String,
        "country_reason": pl.String,
        "beside_reason": pl.String,
        "withheld": pl.String,
        "county_computed": pl.String,
        "country_computed": pl.String,
        "beside_computed": pl.String,
        "county_source_id": pl.String,
        "county_place": pl.String,
        "country_source_id": pl.String,
        "country_place": pl.String,
        "beside_source_id": pl.String,
        "beside_place": pl.String,
    }
)
"""One row per indicator, as printed: ``label`` is the document's word for it, ``period_words`` its
``period`` as it is read out. ``county`` and ``country`` are
shares (%) or figures in ``unit`` with the printed number of decimals, the gaps percentage points or
in the unit; so is ``beside`` of what else the row is compared with, its target or what was asked
for, which ``beside_name`` names (of an earlier figure ``beside_period`` is the mere period).
``comment`` is null where none is kept, and ``comment_place`` says
where the document has one (rad 86). ``place`` is where the answer or the figure ``own`` is printed,
``county_place`` and the others where a reference is that stands on another row, with its source;
the marks say which figures are corrected, unconfirmed or computed, and ``county_computed`` and the
others of what a computed one is (medianen av 26 kommuner). ``judged_by`` is what the ``verdict``
rests on and ``judged_gap`` the difference to it. ``citation`` is the id against the county, or what
else a figure is compared with. ``reason`` says what a row lacks, null for an answer that is merely
missing; ``county_reason`` and the others say it of one, ``withheld`` of a suppressed figure."""

Comments = Mapping[tuple[str, str], str]
"""Comments by area and indicator."""
REFERENCES = ((ReferenceKind.COUNTY, "county"), (ReferenceKind.COUNTRY, "country"))
_JUDGING = ("beside", "county", "country")
"""What a row is judged by: the first that it has a difference to."""
_SERIES = ["geo", *KEY, "sex", *PERIOD, "unit"]


def rows_of(
    workspace: Workspace,
    rows: pl.DataFrame,
    comments: Comments | None = None,
    extra: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Geo and ``ROWS`` of the rows of ``compared``, each with all of its references."""
    indicators = workspace.indicators
    names = Names(indicators, workspace.places)
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
        # What is judged by its target has its reason there.
        pl.when(target).then("beside_reason").otherwise("reason").alias("reason"),
        # As areas count it: by its target, else by the nearest place that gives a difference.
        pl.coalesce(pl.when(_differs(name)).then(f"{name}_verdict") for name in _JUDGING).alias(
            "verdict"
        ),
        judged_by=pl.coalesce(pl.when(_differs(name)).then(name) for name in _JUDGING),
        judged_gap=pl.coalesce(f"gap_{name}" for name in _JUDGING),
    )
    table = table.with_columns(citation=_citations(table))
    if extra is not None:
        beside = pl.concat([_told(extra, names).filter(~county & ~country), judged])
        table = table.with_columns(
            _alone=pl.col("judged_gap"), _aim=_aim(), _aim_name=pl.col("beside_name")
        )
        table = _with_reference(
            table.select(pl.exclude("^beside_.*$", "beside", "gap_beside")), beside, "beside"
        ).with_columns(
            # Why a county has nothing says nothing of what was asked for instead.
            pl.when(pl.col("gap_county").is_null() & pl.col("beside_kind").is_not_null())
            .then("beside_reason")
            .otherwise(pl.coalesce("reason", "beside_reason"))
            .alias("reason"),
            pl.when(pl.col("_alone").is_null())
            .then("beside_verdict")
            .otherwise("verdict")
            .alias("verdict"),
            judged_by=pl.when(pl.col("_alone").is_null()).then("beside").otherwise("judged_by"),
            judged_gap=pl.coalesce("_alone", "gap_beside"),
        )
        # A verdict by a target that another reference stands in the place of shows the target.
        hidden = pl.col("_aim_name") != pl.col("beside_name")
        table = table.with_columns(
            reason=pl.concat_str(
                pl.when(hidden).then("_aim"), "reason", separator="; ", ignore_nulls=True
            )
        ).with_columns(pl.col("reason").replace({"": None}))
    printed = ["source_id", "line"]
    table = (
        table.with_columns(
            # An answer with a gap needs no reason for what else it is not held against.
            pl.when(
                pl.col("reason_code").ne_missing(Reason.NO_ANSWER.value),
                (pl.col("method") != ANSWER_METHOD) | pl.col("reason_code").is_not_null(),
            )
            .then("reason")
            .alias("reason")
        )
        .join(indicators.select(*KEY, "area_name"), on=KEY, how="left", maintain_order="left")
        .join(given_comments(comments or {}), on=KEY, how="left", maintain_order="left")
        .join(kept_comments(workspace, first), on=printed, how="left", maintain_order="left")
        .join(workspace.comments(), on=printed, how="left", maintain_order="left")
        .with_columns(
            comment=pl.coalesce("given", "kept"), comment_place=pl.format("rad {}", "comment_line")
        )
    )
    return table.select("geo", *(pl.col(name).cast(kind) for name, kind in ROWS.items()))


def _differs(name: str) -> pl.Expr:
    """Whether there is a difference to ``county``, ``country`` or ``beside``."""
    return pl.col(f"gap_{name}").is_not_null()


def _aim() -> pl.Expr:
    """What a figure is judged by besides places, with its value: ”målet 25,0”; else null."""
    value = number(pl.col("beside"), pl.col("beside_decimals"))
    return pl.when(_differs("beside")).then(pl.format("bedömd mot {} {}", "beside_name", value))


def _told(rows: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Rows of ``compared`` with their reasons, and the names of references and periods."""
    return with_reasons(rows, names.places).with_columns(
        pl.col("decimals").alias("own_decimals"),
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
    # A computed figure is shown with the decimals of the own one, if the gap does not vanish, and a
    # share of JA with one.
    as_own = pl.when(pl.col("decimals").is_not_null()).then(shown_decimals(0))
    computed = pl.coalesce(as_own, unless_whole("reference", 1))
    worked_out = pl.col("reference_origin") == Origin.COMPUTED.value
    there = pl.col("reference").is_not_null()
    same_row = pl.all_horizontal(
        pl.col(f"reference_{column}").eq_missing(pl.col(column)) for column in ("source_id", "line")
    )
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
        *(
            pl.when(there & ~same_row).then(f"reference_{column}").alias(f"{name}_{column}")
            for column in ("source_id", "place")
        ),
    ]
    if name == "beside":
        columns += [
            pl.col("_name").alias("beside_name"),
            pl.when(pl.col("reference_kind") == ReferenceKind.EARLIER.value)
            .then(period("reference_", kind=pl.col("period_kind")))
            .alias("beside_period"),
            pl.col("reference_answer").alias("beside_answer"),
            pl.col("reference_kind").alias("beside_kind"),
            pl.col("reference_geo").alias("beside_geo"),
            # A row that only has a deviation has its mark already.
            pl.when(pl.col("own").is_not_null())
            .then(mark_of("deviation_"))
            .alias("beside_deviation_mark"),
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
