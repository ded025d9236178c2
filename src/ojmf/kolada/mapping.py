"""Figures of the service to observations: what each means in the terms that all sources share."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.declarations.fetched import STORED
from ojmf.kolada.data_rows import KEY, SEXES
from ojmf.kolada.metadata import REGIONAL, Kpi
from ojmf.model import SEX_WORDS, Answer, ObsStatus, PeriodKind, Scenario

AREA = "kolada"

_SUPPRESSED = ("privacy", "private", "secret", "secrecy", "sekretess", "suppressed")
_CANNOT_EXIST = ("undefined", "not applicable")
_KPI_FACTS = pl.Schema(
    {
        "kpi": pl.String,
        "title": pl.String,
        "kpi_unit": pl.String,
        "regional": pl.Boolean,
        "discontinued": pl.Int32,
        **{f"code_{answer.value}": pl.Float64 for answer in Answer},
    }
)


def indicator_id(kpi: str) -> str:
    """Our id of a KPI that the catalogue does not have."""
    return f"{AREA}.{kpi.lower()}"


def observations(
    figures: pl.DataFrame,
    kpis: Mapping[str, Kpi],
    places: pl.DataFrame,
    known: Mapping[str, tuple[str, str]],
    *,
    regions_as_counties: bool = False,
) -> pl.DataFrame:
    """The figures that are not deleted, in ``OBSERVATIONS`` without source, document and line.

    ``known`` gives the indicator and area of KPIs that the catalogue has. An answer in
    figures becomes JA, NEJ or DELVIS for a municipality, and a share in percent for others:
    ``(mean - no) / (yes - no) * 100``. ``regions_as_counties`` takes a region's figure for its
    county, except where the KPI is about regions.
    """
    rows = (
        figures.lazy()
        .filter(~pl.col("deleted"))
        .join(_facts(kpis).lazy(), on="kpi", how="left")
        .join(places.lazy(), on="municipality", how="left")
        .with_columns(**_place(regions_as_counties))
        .with_columns(**_conditions())
        .with_columns(
            answer=_answer(),
            share=_share(),
            indicator_id=_mapped(known, 0).fill_null(
                pl.format(f"{AREA}.{{}}", pl.col("kpi").str.to_lowercase())
            ),
            area_id=_mapped(known, 1).fill_null(AREA),
            sex=pl.col("gender").replace_strict(SEXES, return_dtype=pl.String),
        )
        .with_columns(
            strange=pl.col("has_figure")
            & pl.col("coded")
            & pl.coalesce(pl.col("answer").is_null() & pl.col("share").is_null(), False)
        )
    )
    return (
        rows.with_columns(
            value=pl.when(~pl.col("coded") & pl.col("has_figure"))
            .then("value")
            .when("coded")
            .then("share"),
            obs_status=_status(),
            note=_note(),
        )
        .with_columns(
            table=pl.format("{} {}", "kpi", "title"),
            heading=pl.lit(""),
            row_label=pl.col("title"),
            column_label=_column_label(),
            decimals=pl.when(pl.col("value").is_not_null()).then(_decimals()),
            unit=pl.when(pl.col("coded") & ~pl.col("municipal"))
            .then(pl.lit("percent"))
            .otherwise("kpi_unit"),
            scenario=pl.when(pl.col("coded") & ~pl.col("municipal"))
            .then(pl.lit(Scenario.SHARE.value))
            .otherwise(pl.lit(Scenario.OUTCOME.value)),
            period_start=pl.date("period", 1, 1),
            period_end=pl.date("period", 12, 31),
            period_kind=pl.lit(PeriodKind.YEAR.value),
            correction_id=pl.lit(None, pl.String),
        )
        .sort(KEY)
        .select(pl.col(name).cast(kind) for name, kind in STORED.items())
        .collect()
    )


def _facts(kpis: Mapping[str, Kpi]) -> pl.DataFrame:
    rows = []
    for name, kpi in kpis.items():
        codes = {answer: code for code, answer in kpi.codes.items()}
        regional = kpi.municipality_type == REGIONAL
        facts = (name, kpi.title, kpi.unit, regional, kpi.discontinued_after)
        rows.append((*facts, *(codes.get(answer) for answer in Answer)))
    return pl.DataFrame(rows, schema=_KPI_FACTS, orient="row")


def _place(regions_as_counties: bool) -> dict[str, pl.Expr]:
    """The place of a figure: a KPI about regions never gives a county's."""
    as_county = (
        (pl.col("level") == "region") & pl.col("county").is_not_null() & ~pl.col("regional")
        if regions_as_counties
        else pl.lit(False)
    )
    as_region = (pl.col("level") == "county") & pl.col("regional")
    return {
        "geo": pl.when(as_county)
        .then("county")
        .when(as_region)
        .then(pl.format("R{}", "county"))
        .otherwise("geo"),
        "place_note": pl.when(as_county)
        .then(pl.format("Kolada anger {}; läst som länet på begäran", "place"))
        .when(as_region)
        .then(pl.lit("nyckeltalet gäller regionen, inte länet"))
        .otherwise("place_note"),
        "municipal": pl.col("level") == "municipality",
    }


def _conditions() -> dict[str, pl.Expr]:
    status = pl.col("status").str.to_lowercase()
    suppressed = status.is_in(_SUPPRESSED)
    return {
        "coded": pl.col("kpi_unit") == "answer",
        "suppressed": suppressed,
        "cannot_exist": status.is_in(_CANNOT_EXIST) & pl.col("value").is_null(),
        "has_figure": pl.col("value").is_not_null() & ~suppressed,
    }


def _answer() -> pl.Expr:
    found = pl.coalesce(
        pl.when(pl.col("value") == pl.col(f"code_{answer.value}")).then(pl.lit(answer.value))
        for answer in Answer
    )
    return pl.when(pl.col("coded") & pl.col("municipal") & pl.col("has_figure")).then(found)


def _share() -> pl.Expr:
    yes, no = (pl.col(f"code_{answer.value}") for answer in (Answer.YES, Answer.NO))
    share = (pl.col("value") - no) / (yes - no) * 100
    known = pl.col("coded") & ~pl.col("municipal") & pl.col("has_figure")
    return pl.when(known & share.is_between(0, 100)).then(share.round(6))


def _mapped(known: Mapping[str, tuple[str, str]], part: int) -> pl.Expr:
    names = {kpi: pair[part] for kpi, pair in known.items()}
    return pl.col("kpi").replace_strict(names, default=None, return_dtype=pl.String)


def _status() -> pl.Expr:
    return (
        pl.when("suppressed")
        .then(pl.lit(ObsStatus.SUPPRESSED.value))
        .when("cannot_exist")
        .then(pl.lit(ObsStatus.CANNOT_EXIST.value))
        .when(~pl.col("has_figure"))
        .then(pl.lit(ObsStatus.MISSING.value))
        .when("strange")
        .then(pl.lit(ObsStatus.UNRELIABLE.value))
        .otherwise(pl.lit(ObsStatus.NORMAL.value))
    )


def _note() -> pl.Expr:
    codes = pl.concat_str(
        *(
            pl.when(pl.col(f"code_{answer.value}").is_not_null()).then(
                pl.format(
                    "{}={}",
                    pl.lit(answer.value.capitalize()),
                    pl.col(f"code_{answer.value}").cast(pl.Int64),
                )
            )
            for answer in Answer
        ),
        separator=", ",
        ignore_nulls=True,
    )
    said = pl.when(pl.col("status") != "").then(pl.format("Koladas status ”{}”", "status"))
    parts = (
        pl.when("not_a_number")
        .then(pl.format("”{}” i svaret är inget tal", "raw"))
        .when("suppressed")
        .then(pl.lit("skyddad av sekretess i Kolada"))
        .when(~pl.col("has_figure"))
        .then(pl.lit("värde saknas i Kolada"))
        .when("strange")
        .then(pl.format("”{}” är inget av {}", "raw", codes)),
        said,
        pl.when(pl.col("coded") & pl.col("share").is_not_null()).then(
            pl.format("räknat ur medlet {} av {}", "raw", codes)
        ),
        pl.col("place_note"),
        pl.when(pl.col("discontinued").is_not_null()).then(
            pl.format("nyckeltalet är avslutat efter {}", "discontinued")
        ),
    )
    note = pl.concat_str(*parts, separator="; ", ignore_nulls=True)
    return pl.when(note != "").then(note)


def _column_label() -> pl.Expr:
    words = pl.col("sex").replace_strict(SEX_WORDS, default=None, return_dtype=pl.String)
    label = pl.format("{} {}", "place", "period")
    return pl.concat_str(label, words, separator=", ", ignore_nulls=True)


def _decimals() -> pl.Expr:
    digits = pl.col("raw").str.extract(r"\.(\d+)")
    written = pl.when(digits != "0").then(digits.str.len_chars()).fill_null(0)
    return pl.when("coded").then(pl.lit(1)).otherwise(written)
