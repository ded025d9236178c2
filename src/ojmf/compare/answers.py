"""Öppna jämförelser: the answers of one municipality against the shares of a reference area."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import FACTS, KEY, Frame, number
from ojmf.errors import SelectionError, TableError
from ojmf.geography import (
    county_of,
    did_you_mean,
    resolve_area,
    resolve_municipality,
    resolve_reference,
)
from ojmf.model import COUNTRY, Answer, Status
from ojmf.schema import COMPARISONS

ANSWER_METHOD = "answer"
POINTS = {Answer.YES.value: 100.0, Answer.PARTLY.value: 50.0, Answer.NO.value: 0.0}
COLOURS = {
    Answer.YES.value: Status.GREEN.value,
    Answer.PARTLY.value: Status.YELLOW.value,
    Answer.NO.value: Status.RED.value,
}


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

    Raises ``SelectionError`` for an unknown municipality or area, for one without answers and
    for two contradicting answers; ``TableError`` for an answer outside the vocabulary.
    """
    own_geo = resolve_municipality(geo, geography)
    reference_geo = resolve_reference(against, own_geo, geography)
    asked = _asked(observations, indicators, own_geo, reference_geo, area)
    own = asked.filter(pl.col("geo") == own_geo)
    rows = (
        asked.select(*KEY, "area_order")
        .unique()
        .join(own.drop("area_order", "geo", "share"), on=KEY, how="left")
        .join(_reference(asked, reference_geo), on=KEY, how="left")
        .join(indicators.select(*KEY, "name"), on=KEY, how="left")
        .sort("area_order", "line", "indicator_id", nulls_last=True)
    )
    return rows.select(
        "area_id",
        "indicator_id",
        pl.coalesce("row_label", "name").alias("label"),
        pl.lit(own_geo).alias("geo"),
        pl.col("points").alias("own"),
        pl.col("answer")
        .replace_strict(COLOURS, default=Status.GREY.value, return_dtype=pl.String)
        .alias("status"),
        pl.lit(ANSWER_METHOD).alias("method"),
        pl.lit(reference_geo).alias("reference_geo"),
        "reference",
        (pl.col("points") - pl.col("reference")).alias("gap"),
        "document",
        "line",
    ).cast(COMPARISONS)


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
    rows = status(observations, indicators, geo, against=against, area=area, geography=geography)
    ranked = rows.filter(pl.col("gap").is_not_null()).sort("gap", maintain_order=True)
    return ranked if top is None else ranked.head(top)


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
    county = status(observations, indicators, geo, area=area, geography=geography)
    country = status(observations, indicators, geo, against="riket", area=area, geography=geography)
    names = indicators.select("area_id", "area_name").unique(subset="area_id")
    return (
        county.join(
            country.select(*KEY, pl.col("reference").alias("national")),
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
    reference_geo: str,
    area: str | None,
) -> pl.DataFrame:
    """Every cell of the questions asked in the municipality's latest period of each area.

    A question belongs to the period when the municipality, its county, the country or the
    reference area has a cell for it there. Adds area_order, points and share.
    """
    questions = indicators.lazy().filter(pl.col("method") == ANSWER_METHOD)
    if area is not None:
        questions = questions.filter(pl.col("area_id") == resolve_area(area, indicators))
    places = {own_geo, reference_geo, county_of(own_geo), COUNTRY}
    cells = (
        observations.lazy()
        .filter(
            pl.col("geo").is_in(sorted(places)),
            pl.col("scenario").is_in(FACTS),
        )
        .join(questions.select(KEY), on=KEY, how="semi")
        .select(*KEY, "geo", "period_end", "row_label", "answer", "value", "document", "line")
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
    ).drop("value", "period_end")
    return _one_cell_per_key(cells)


def _reference(asked: pl.DataFrame, reference_geo: str) -> pl.DataFrame:
    return asked.filter(pl.col("geo") == reference_geo).select(
        *KEY, pl.coalesce("points", "share").alias("reference")
    )


def _one_cell_per_key(cells: pl.DataFrame) -> pl.DataFrame:
    """The same figure printed twice is one cell; two different figures are refused."""
    key = [*KEY, "geo"]
    distinct = cells.sort("document", "line", nulls_last=True).unique(
        subset=[*key, "answer", "share"], keep="first", maintain_order=True
    )
    doubled = distinct.filter(pl.struct(key).is_duplicated())
    if doubled.is_empty():
        return distinct
    faults = [
        f"{row['indicator_id']} ({row['area_id']}), {row['geo']}: "
        f"{row['answer'] or row['share']} i {row['document']} rad {row['line']}"
        for row in doubled.sort(key).head(6).to_dicts()
    ]
    raise SelectionError(
        "Samma indikator har olika uppgifter för samma period. Ange vilken källa som gäller "
        "genom att bara läsa in den:\n" + "\n".join(faults)
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
