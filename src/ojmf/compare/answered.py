"""The questions that municipalities were asked, each beside every reference."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import KEY, as_reference
from ojmf.compare.frame import (
    NO_ANSWER,
    PLACES,
    TRACED,
    Request,
    as_traced,
    origin,
    with_distances,
)
from ojmf.compare.questions import (
    ANSWER_METHOD,
    QUESTION,
    area_references,
    computed_shares,
    question_cells,
    refuse_unknown_answers,
)
from ojmf.geography import COUNTY_CODE_LENGTH
from ojmf.model import COUNTRY, Answer, Reason, ReferenceKind, Sex, Status

COLOURS = {
    Answer.YES.value: Status.GREEN.value,
    Answer.PARTLY.value: Status.YELLOW.value,
    Answer.NO.value: Status.RED.value,
}


_ASKED = ["own_geo", *QUESTION]
_ACCOUNT = ["own_geo", "area_id", "period_end"]
"""What a municipality said of an area at a time."""


def answer_rows(request: Request) -> pl.DataFrame:
    """Every question that the municipalities were asked beside each reference, in ``TRACED``.

    The latest period of each area counts, or every one. A share that no document prints is
    computed from the municipalities that answered the same question of the same period. Figures
    that contradict each other are no figure: that question has no answer or no reference. Empty
    where none of the municipalities has a question.

    Raises ``TableError`` for an answer outside the vocabulary.
    """
    theirs = request.observations.lazy().filter(pl.col("geo").is_in(request.geos))
    if question_cells(theirs, request.indicators, request.selection.area).is_empty():
        return TRACED.to_frame()  # without reading what all others have answered
    cells = question_cells(request.observations, request.indicators, request.selection.area)
    everything = cells.filter(pl.col("geo").is_in(request.geos)).rename({"geo": "own_geo"})
    own = everything.filter(request.selection.within)
    if own.is_empty():
        return TRACED.to_frame()
    names = request.indicators.select(*KEY, "name")
    now = (
        _asked(cells, own, request)
        .join(own.drop("share"), on=_ASKED, how="left", nulls_equal=True)
        .join(names, on=KEY, how="left")
        .with_columns(
            pl.coalesce("row_label", "name").alias("label"),
            pl.col("points").alias("own"),
            _colour("answer").alias("status"),
        )
    )
    before = _before(now, everything.filter(request.selection.before), names)
    now = now.join(
        before.select(*_ASKED, pl.col("reference").alias("_before")), on=_ASKED, how="left"
    ).with_columns((pl.col("own") - pl.col("_before")).alias("since"))
    parts = [
        _beside_places(request, cells, now),
        _beside_before(request, now, before),
        _beside_nothing(request, now),
    ]
    return (
        pl.concat(parts, how="diagonal_relaxed")
        .sort("own_order", "reference_order", "area_order", "line", "indicator_id", nulls_last=True)
        .with_columns(
            pl.col("own_geo").alias("geo"),
            pl.lit(ANSWER_METHOD).alias("method"),
            pl.lit("answer").alias("unit"),
            pl.lit(Sex.TOTAL.value).alias("sex"),
            (pl.col("own") - pl.col("reference")).alias("gap"),
        )
        .pipe(with_distances, request.indicators)
        .pipe(as_traced)
    )


def _beside_places(request: Request, cells: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The questions beside the shares of counties, the country and groups, and others' answers."""
    pairs = request.against.kinds(*PLACES).rename({"geo": "own_geo"})
    figure = pl.coalesce("points", "share")
    beside = cells.select(
        *QUESTION,
        pl.col("geo").alias("reference_geo"),
        figure.alias("reference"),
        pl.col("answer").alias("reference_answer"),
        pl.col("conflict").alias("_conflict"),
        *as_reference(figure.is_not_null()),
    )
    keys = ["reference_geo", *QUESTION]
    rows = (
        now.join(pairs, on="own_geo")
        .join(beside, on=keys, how="left", nulls_equal=True)
        .join(
            computed_shares(cells, request.indicators, request.against),
            on=keys,
            how="left",
            nulls_equal=True,
        )
        .join(
            area_references(cells, request.against),
            on=["reference_geo", "area_id", "period_end"],
            how="left",
            nulls_equal=True,
        )
    )
    there = pl.col("reference").is_not_null()
    worked_out = ~there & pl.col("_conflict").is_null() & pl.col("computed").is_not_null()
    other = pl.col("reference_kind") == ReferenceKind.MUNICIPALITY.value
    lacking = pl.col("reference").is_null() & pl.col("computed").is_null()
    few = lacking & ~other & pl.col("points").is_not_null() & pl.col("_conflict").is_null()
    return rows.with_columns(
        pl.when(pl.col("conflict").is_not_null())
        .then(pl.lit(Reason.CONFLICT.value))
        .when(pl.col("points").is_null())
        .then(pl.lit(NO_ANSWER))
        .when(pl.col("_conflict").is_not_null())
        .then(pl.lit(Reason.REFERENCE_CONFLICT.value))
        .when(lacking & other)
        .then(pl.lit(Reason.NO_REFERENCE_ANSWER.value))
        .when(lacking)
        .then(pl.lit(Reason.TOO_FEW_ANSWERS.value))
        .alias("reason_code"),
        pl.coalesce("conflict", "_conflict").alias("detail"),
        pl.when(worked_out).then("computed").otherwise("reference").alias("reference"),
        origin(there, worked_out),
        # How many there were is told also where they were too few.
        *(
            pl.when(worked_out | few).then(name).alias(f"reference_{name}")
            for name in ("counted", "members")
        ),
    )


def _before(now: pl.DataFrame, everything: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The answers of the latest period before each of a municipality's, area by area.

    ``period_end`` is that of the later one; ``reference`` the points of the answer and
    ``reference_*`` its period and place.
    """
    later = now.select("own_geo", "area_id", pl.col("period_end").alias("_later")).unique()
    earlier = everything.join(later, on=["own_geo", "area_id"]).filter(
        pl.col("period_end") < pl.col("_later")
    )
    account = ["own_geo", "area_id", "_later"]
    return (
        earlier.filter(pl.col("period_end") == pl.col("period_end").max().over(account))
        .join(names, on=KEY, how="left")
        .select(
            "own_geo",
            *KEY,
            pl.col("_later").alias("period_end"),
            pl.col("points").alias("reference"),
            pl.col("answer").alias("reference_answer"),
            _colour("answer").alias("reference_status"),
            pl.coalesce("row_label", "name").alias("_label"),
            pl.col("conflict").alias("_conflict"),
            pl.col("period_start").alias("reference_period_start"),
            pl.col("period_end").alias("reference_period_end"),
            *as_reference(pl.col("points").is_not_null()),
        )
    )


def reference_yes() -> pl.Expr:
    """What a reference's share of JA is (%): an answer of another municipality counts as JA or not.

    For rows of ``frame.TRACED``, whose ``reference`` gives DELVIS half.
    """
    answer = pl.col("reference_answer")
    yes = (answer == Answer.YES.value).cast(pl.Float64) * 100
    return pl.when(answer.is_not_null()).then(yes).otherwise("reference")


def _beside_before(request: Request, now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The questions beside the answers of the period before, also those no longer asked."""
    pairs = request.against.kinds(ReferenceKind.EARLIER).rename({"geo": "own_geo"})
    periods = before.select(*_ACCOUNT, pl.lit(value=True).alias("_known")).unique()
    areas = now.select(*_ACCOUNT, "area_order", "period_start", "period_kind").unique(
        _ACCOUNT, keep="first", maintain_order=True
    )
    gone = (
        before.join(now, on=_ASKED, how="anti")
        .join(areas, on=_ACCOUNT)
        .with_columns(
            pl.col("_label").alias("label"),
            pl.lit(Status.GREY.value).alias("status"),
            pl.lit(Reason.QUESTION_RETIRED.value).alias("_retired"),
        )
    )
    beside = pl.concat([now.join(before, on=_ASKED, how="left"), gone], how="diagonal_relaxed")
    asked_before = pl.col("reference_period_end").is_not_null()
    return (
        beside.join(pairs, on="own_geo")
        .join(periods, on=_ACCOUNT, how="left")
        .with_columns(
            pl.when(pl.col("_retired").is_not_null())
            .then("_retired")
            .when(pl.col("conflict").is_not_null())
            .then(pl.lit(Reason.CONFLICT.value))
            .when(pl.col("points").is_null())
            .then(pl.lit(NO_ANSWER))
            .when(pl.col("_conflict").is_not_null())
            .then(pl.lit(Reason.REFERENCE_CONFLICT.value))
            .when(pl.col("_known").is_null())
            .then(pl.lit(Reason.NO_EARLIER.value))
            .when(~asked_before)
            .then(pl.lit(Reason.QUESTION_ADDED.value))
            .when(pl.col("reference").is_null())
            .then(pl.lit(Reason.NO_REFERENCE_ANSWER.value))
            .alias("reason_code"),
            pl.coalesce("conflict", "_conflict").alias("detail"),
            origin(pl.col("reference").is_not_null(), pl.lit(value=False)),
        )
    )


def _beside_nothing(request: Request, now: pl.DataFrame) -> pl.DataFrame:
    """The questions beside a target or a budget, which no question has."""
    pairs = request.against.kinds(ReferenceKind.TARGET, ReferenceKind.BUDGET)
    return now.join(pairs.rename({"geo": "own_geo"}), on="own_geo").with_columns(
        pl.lit(None, pl.Float64).alias("reference"),
        pl.when(pl.col("points").is_null())
        .then(pl.lit(NO_ANSWER))
        .when(pl.col("reference_kind") == ReferenceKind.BUDGET.value)
        .then(pl.lit(Reason.NO_BUDGET.value))
        .otherwise(pl.lit(Reason.NO_TARGET.value))
        .alias("reason_code"),
    )


def _colour(answer: str) -> pl.Expr:
    return pl.col(answer).replace_strict(COLOURS, default=Status.GREY.value, return_dtype=pl.String)


def _asked(cells: pl.DataFrame, own: pl.DataFrame, request: Request) -> pl.DataFrame:
    """The questions of each municipality's latest or every period of each area.

    ``area_order`` is the order of the municipality, area and period.
    A question belongs to the period when the municipality, its county, the country or a reference
    has a cell for it there.
    """
    references = request.against.pairs.rename({"geo": "own_geo"})
    last = pl.col("period_end").max().over("own_geo", "area_id")
    wanted = pl.col("period_end").eq_missing(last) | request.selection.every
    accounts = (
        own.filter(wanted)
        .sort("document", "line", nulls_last=True)
        .select(_ACCOUNT)
        .unique(maintain_order=True)
        .with_row_index("area_order")
    )
    county = pl.col("own_geo").str.head(COUNTY_CODE_LENGTH)
    places = pl.concat(
        references.select("own_geo", place.alias("geo"))
        for place in (pl.col("own_geo"), county, pl.lit(COUNTRY), pl.col("reference_geo"))
    ).unique()
    found = (
        accounts.join(places, on="own_geo")
        .join(cells, on=["geo", "area_id", "period_end"], nulls_equal=True)
        .sort("area_order")
    )
    refuse_unknown_answers(found)
    return found.select("own_geo", *QUESTION, "area_order").unique()
