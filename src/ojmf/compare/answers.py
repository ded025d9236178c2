"""Öppna jämförelser: the answers of one municipality against the shares of a reference area."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.compare.figures import (
    FACTS,
    KEY,
    PERIOD,
    PRINTED,
    REFERENCE_PRINTED,
    Frame,
    as_reference,
    number,
    of_both_sexes,
    printed,
)
from ojmf.errors import SelectionError, TableError
from ojmf.geography import (
    COUNTRY_WORD,
    COUNTY_OF_OWN,
    county_of,
    resolve_area,
    resolve_municipality,
    resolve_reference,
)
from ojmf.model import COUNTRY, Answer, Status
from ojmf.printed import number as swedish
from ojmf.schema import COMPARISONS
from ojmf.suggestions import did_you_mean

ANSWER_METHOD = "answer"
POINTS = {Answer.YES.value: 100.0, Answer.PARTLY.value: 50.0, Answer.NO.value: 0.0}
COLOURS = {
    Answer.YES.value: Status.GREEN.value,
    Answer.PARTLY.value: Status.YELLOW.value,
    Answer.NO.value: Status.RED.value,
}


ANSWERED = pl.Schema(
    [
        *COMPARISONS.items(),
        ("answer", pl.String),
        ("period_start", pl.Date),
        ("period_end", pl.Date),
        ("period_kind", pl.String),
        ("reason", pl.String),
        *((name, kind) for name, kind in PRINTED.items() if name not in COMPARISONS),
        ("note", pl.String),
        *REFERENCE_PRINTED.items(),
    ]
)
"""COMPARISONS of answers with all that an output cites: the answer itself, its period, where both
figures are printed, and ``reason``, in Swedish, why an answer or a reference is missing."""


def traced_status(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: Sequence[str] = (COUNTY_OF_OWN,),
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """:func:`status` against several references, one after the other, in ``ANSWERED``.

    Figures that contradict each other are no figure: that question has no answer or no reference,
    and ``reason`` says which figures they are. Raises as :func:`status`.
    """
    own_geo = resolve_municipality(geo, geography)
    references = [resolve_reference(name, own_geo, geography) for name in against]
    asked = _asked(observations, indicators, own_geo, references, area)
    own = (
        asked.select(*KEY, "area_order")
        .unique()
        .join(
            asked.filter(pl.col("geo") == own_geo).drop("area_order", "geo", "share"),
            on=KEY,
            how="left",
        )
        .join(indicators.select(*KEY, "name"), on=KEY, how="left")
        .sort("area_order", "line", "indicator_id", nulls_last=True)
    )
    figure = pl.coalesce("points", "share")
    beside = asked.select(
        *KEY,
        pl.col("geo").alias("reference_geo"),
        figure.alias("reference"),
        pl.col("conflict").alias("_conflict"),
        *as_reference(figure.is_not_null()),
    )
    rows = pl.concat(
        own.join(
            beside.filter(pl.col("reference_geo") == reference).drop("reference_geo"),
            on=KEY,
            how="left",
            maintain_order="left",
        ).with_columns(pl.lit(reference).alias("reference_geo"))
        for reference in references
    )
    return (
        rows.with_columns(
            pl.coalesce("row_label", "name").alias("label"),
            pl.lit(own_geo).alias("geo"),
            pl.col("points").alias("own"),
            pl.col("answer")
            .replace_strict(COLOURS, default=Status.GREY.value, return_dtype=pl.String)
            .alias("status"),
            pl.lit(ANSWER_METHOD).alias("method"),
            (pl.col("points") - pl.col("reference")).alias("gap"),
            pl.coalesce(
                "conflict",
                pl.when(pl.col("points").is_null()).then(pl.lit("inget svar")),
                "_conflict",
            ).alias("reason"),
        )
        .select(ANSWERED.names())
        .cast(ANSWERED)
    )


def status(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The colour of every question that a municipality was asked, beside a reference area.

    JA is green (100), DELVIS yellow (50), NEJ red (0), no answer grey (null). ``reference`` is
    the share (%) of the municipalities in the reference area that answered JA, or the points of
    another municipality; ``gap = own - reference`` in percentage points, null when either is
    missing. Source: Socialstyrelsen, Öppna jämförelser, where the county and the country are
    printed beside the municipality.

    ``observations`` is schema.OBSERVATIONS, ``indicators`` the catalogue. ``against`` is
    ``"lan"`` (the municipality's own county), ``"riket"`` or a code; names work too when
    ``geography`` is given. Only the municipality's latest period of each area is used, and the
    reference of the same period. Returns schema.COMPARISONS, one row per (area_id,
    indicator_id), areas in printed order, then by line.

    Raises ``SelectionError`` for an unknown municipality or area and for one without answers;
    ``TableError`` for an answer outside the vocabulary.
    """
    rows = traced_status(
        observations, indicators, geo, against=[against], area=area, geography=geography
    )
    return rows.select(COMPARISONS.names())


def gaps(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    top: int | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The rows of :func:`status` that have a gap, the most negative first.

    Equal gaps keep the order of ``status`` (area, line). ``top`` keeps that many rows.

    Raises as :func:`status`, and ``SelectionError`` when ``top`` is not positive.
    """
    if top is not None and top < 1:
        raise SelectionError(f"Antalet rader måste vara minst 1, inte {top}.")
    ranked = largest_gaps(
        status(observations, indicators, geo, against=against, area=area, geography=geography)
    )
    return ranked if top is None else ranked.head(top)


def largest_gaps(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that have a gap, the most negative first."""
    return rows.filter(pl.col("gap").is_not_null()).sort("gap", maintain_order=True)


def areas(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One row per area: how many indicators of each colour, and the share in place.

    ``share_in_place`` is the mean of 100, 50 and 0 over the answered indicators (%);
    ``county_mean`` and ``national_mean`` are the means of the reference shares of the area's
    indicators that have one (%); ``gap_county`` and ``gap_national`` are ``share_in_place``
    minus those (percentage points). Grey counts the indicators without an answer, which stay in
    ``indicators``. Nothing is rounded; a mean of nothing is null.

    Columns: area_id, area_name, indicators, green, yellow, red, grey, share_in_place,
    county_mean, national_mean, gap_county, gap_national, document.

    Raises as :func:`status`.
    """
    rows = traced_status(
        observations,
        indicators,
        geo,
        against=[COUNTY_OF_OWN, COUNTRY_WORD],
        area=area,
        geography=geography,
    )
    return areas_of(rows, indicators)


def areas_of(rows: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """:func:`areas` of the rows of :func:`traced_status` against the county and the country."""
    country = pl.col("reference_geo") == COUNTRY
    names = indicators.select("area_id", "area_name").unique(subset="area_id")
    return (
        rows.filter(~country)
        .join(
            rows.filter(country).select(*KEY, pl.col("reference").alias("national")),
            on=KEY,
            how="left",
            maintain_order="left",
        )
        .group_by("area_id", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("indicators"),
            *(
                (pl.col("status") == colour.value).sum().cast(pl.Int64).alias(colour.value)
                for colour in Status
            ),
            pl.col("own").mean().alias("share_in_place"),
            pl.col("reference").mean().alias("county_mean"),
            pl.col("national").mean().alias("national_mean"),
            pl.col("document").drop_nulls().unique().sort().str.join("; ").alias("document"),
        )
        .join(names, on="area_id", how="left", maintain_order="left")
        .select(
            "area_id",
            "area_name",
            "indicators",
            *(colour.value for colour in Status),
            "share_in_place",
            "county_mean",
            "national_mean",
            (pl.col("share_in_place") - pl.col("county_mean")).alias("gap_county"),
            (pl.col("share_in_place") - pl.col("national_mean")).alias("gap_national"),
            "document",
        )
    )


def _asked(
    observations: Frame,
    indicators: pl.DataFrame,
    own_geo: str,
    references: Sequence[str],
    area: str | None,
) -> pl.DataFrame:
    """Every cell of the questions asked in the municipality's latest period of each area.

    A question belongs to the period when the municipality, its county, the country or the
    a reference area has a cell for it there. Adds area_order, points, share and conflict.
    """
    questions = indicators.lazy().filter(pl.col("method") == ANSWER_METHOD)
    if area is not None:
        questions = questions.filter(pl.col("area_id") == resolve_area(area, indicators))
    places = {own_geo, *references, county_of(own_geo), COUNTRY}
    cells = (
        of_both_sexes(observations)
        .filter(
            pl.col("geo").is_in(sorted(places)),
            pl.col("scenario").is_in(FACTS),
        )
        .join(questions.select(KEY), on=KEY, how="semi")
        .select(
            *KEY, "geo", *PERIOD, "row_label", "answer", "value", *printed(observations), "note"
        )
        .collect()
    )
    own = cells.filter(pl.col("geo") == own_geo)
    if own.is_empty():
        raise SelectionError(_no_answers(observations, own_geo, area))
    last_of_area = pl.col("period_end").max().over("area_id")
    latest = (
        own.filter(pl.col("period_end").eq_missing(last_of_area))
        .sort("document", "line", nulls_last=True)
        .group_by("area_id", maintain_order=True)
        .agg(pl.col("period_end").first())
        .with_row_index("area_order")
    )
    cells = cells.join(latest, on=["area_id", "period_end"], nulls_equal=True)
    _refuse_unknown_answers(cells)
    points = pl.col("answer").replace_strict(POINTS, default=None, return_dtype=pl.Float64)
    cells = cells.with_columns(
        points.alias("points"),
        number().alias("share"),
    ).drop("value")
    return _one_cell_per_key(cells)


def _one_cell_per_key(cells: pl.DataFrame) -> pl.DataFrame:
    """The same figure printed twice is one cell; different figures are none, with ``conflict``.

    A cell without a figure contradicts nothing, and counts only where there is no other.
    """
    key = [*KEY, "geo"]
    said = pl.coalesce("answer", swedish(pl.col("share"), pl.col("decimals")))
    distinct = cells.sort(said.is_null(), "document", "line", nulls_last=True).unique(
        subset=[*key, "answer", "share"], keep="first", maintain_order=True
    )
    distinct = distinct.filter(said.is_not_null() | said.is_null().all().over(key))
    where = pl.format("{} i {} {}", said, "document", pl.col("place").fill_null("rad –"))
    first = distinct.group_by(key, maintain_order=True).agg(
        pl.exclude(key).first(),
        pl.when(pl.len() > 1)
        .then(pl.format("olika uppgifter för samma period: {}", where.str.join(", ")))
        .alias("conflict"),
    )
    return first.with_columns(
        pl.when(pl.col("conflict").is_null()).then(name).alias(name)
        for name in ("answer", "points", "share")
    )


def _refuse_unknown_answers(cells: pl.DataFrame) -> None:
    unknown = cells.filter(pl.col("answer").is_not_null() & ~pl.col("answer").is_in(list(POINTS)))
    if not unknown.is_empty():
        raise TableError(
            [
                f"{row['document']} rad {row['line']}: svaret ”{row['answer']}” är inget av "
                f"{', '.join(POINTS)}. Rätta tabellen eller dess deklaration."
                for row in unknown.to_dicts()
            ]
        )


def _no_answers(observations: Frame, own_geo: str, area: str | None) -> str:
    available = (
        observations.lazy()
        .filter(pl.col("answer").is_not_null())
        .select(pl.col("geo").unique())
        .collect()["geo"]
        .sort()
        .to_list()
    )
    where = "" if area is None else f" i området {area}"
    if own_geo in available:
        return (
            f"Det finns inga svar i Öppna jämförelser för {own_geo}{where}. Dess mått visas av "
            "ojmf status."
        )
    return f"Det finns inga svar i Öppna jämförelser för {own_geo}{where}. " + (
        did_you_mean(own_geo, available) if available else "Där finns inga svar alls."
    )
