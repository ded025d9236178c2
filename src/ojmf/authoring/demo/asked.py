"""The questions of Öppna jämförelser in the made-up country, and what its municipalities answer."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl

from ojmf.authoring.demo.places import MADE_UP, YEARS
from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.declarations.fetched import STORED
from ojmf.model import COUNTRY, Answer, ObsStatus, PeriodKind, Scenario, Sex

_NO_REPLY, _NO_ANSWER = 0.02, 0.03
"""Share of municipalities that leave out an area one year, and of questions left out otherwise."""
_PARTLY = 0.06
"""How near to JA an answer is DELVIS, for every third question."""


def areas(catalogue: Catalogue) -> list[AreaFile]:
    """The catalogue's areas of questions."""
    return [
        area
        for area in catalogue.areas.values()
        if all(indicator.unit == "answer" for indicator in area.indicator)
    ]


def area_text(text: str, area: AreaFile) -> str:
    """The file of an area, which says that its answers are made up and when they were asked for.

    The last question of an area came with the second year, and the one before it went after it.
    """
    gone, new = (indicator.id for indicator in area.indicator[-2:])
    marked = text.replace(f'name = "{area.area.name}"', f'name = "{area.area.name} ({MADE_UP})"', 1)
    for indicator, asked in ((gone, f"asked_to = {YEARS[1]}"), (new, f"asked_from = {YEARS[1]}")):
        marked = marked.replace(f'id = "{indicator}"\n', f'id = "{indicator}"\n{asked}\n', 1)
    return marked


def answers(asked: list[AreaFile], places: pl.DataFrame) -> pl.DataFrame:
    """Every answer of every municipality in the schema ``STORED``.

    How far a municipality has come differs by municipality, county and area, grows with the years,
    and meets questions that are more or less common; so answers keep from year to year, as they do.
    """
    chance = Random("svar")
    codes = places.filter(level="municipality")["code"].to_list()
    county = {code: (chance.random() - 0.5) * 0.25 for code in sorted({c[:2] for c in codes})}
    able = {code: county[code[:2]] + (chance.random() - 0.5) * 0.4 for code in codes}
    rows: list[tuple[str, str, str, int, str | None]] = []
    for area in asked:
        growth = 0.02 + chance.random() * 0.03
        local = {code: able[code] + (chance.random() - 0.5) * 0.3 for code in codes}
        silent = {(code, year) for code in codes for year in YEARS if chance.random() < _NO_REPLY}
        for number, indicator in enumerate(area.indicator):
            common = 0.15 + chance.random() * 0.7
            years = _years(number - len(area.indicator))
            for code in codes:
                standing = chance.random()
                for step, year in enumerate(YEARS):
                    score = common + local[code] + growth * step - standing
                    score += (chance.random() - 0.5) * 0.08
                    quiet = chance.random() < _NO_ANSWER or (code, year) in silent
                    if year in years:
                        answer = None if quiet else _answer(score, partly=number % 3 == 0)
                        rows.append((area.area.id, indicator.id, code, year, answer))
    schema = {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "geo": pl.String,
        "year": pl.Int32,
        "answer": pl.String,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    names = [(i.id, i.name, area.area.name) for area in asked for i in area.indicator]
    labels = pl.DataFrame(names, schema=["indicator_id", "row_label", "heading"], orient="row")
    return stored(
        frame.join(labels, on="indicator_id", how="left", maintain_order="left").with_columns(
            table=pl.format("Öppna jämförelser {}, {}", "year", pl.lit(MADE_UP)),
            raw=pl.col("answer").fill_null(""),
            value=pl.lit(None, pl.Float64),
            decimals=pl.lit(None, pl.Int8),
            unit=pl.lit("answer"),
            sex=pl.lit(Sex.TOTAL.value),
            obs_status=pl.when(pl.col("answer").is_null())
            .then(pl.lit(ObsStatus.MISSING.value))
            .otherwise(pl.lit(ObsStatus.NORMAL.value)),
            note=pl.when(pl.col("answer").is_null()).then(pl.lit("inget svar")),
        ),
        places,
    )


def _years(from_last: int) -> tuple[int, ...]:
    return {-1: YEARS[1:], -2: YEARS[:2]}.get(from_last, YEARS)


def _answer(score: float, *, partly: bool) -> str:
    if score > 0:
        return Answer.YES.value
    return Answer.PARTLY.value if partly and score > -_PARTLY else Answer.NO.value


def shares(answered: pl.DataFrame, year: int) -> pl.DataFrame:
    """The share of JA (whole percent) of each question, by county and for the country.

    Columns: ``indicator_id``, ``geo``, ``share``. Those who did not answer are not counted.
    """
    counted = answered.filter(
        pl.col("answer").is_not_null(), pl.col("period_end") == date(year, 12, 31)
    )
    yes = (pl.col("answer") == Answer.YES.value).mean() * 100
    return pl.concat(
        counted.group_by("indicator_id", geo.alias("geo")).agg(share=yes.round(0).cast(pl.Int64))
        for geo in (pl.col("geo").str.head(2), pl.lit(COUNTRY))
    )


def stored(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Rows with a ``year`` as observations of that year, in the schema ``STORED``."""
    names = places.select(pl.col("code").alias("geo"), pl.col("name").alias("_place"))
    year = pl.col("year")
    return (
        frame.join(names, on="geo", how="left", maintain_order="left")
        .with_columns(
            column_label=pl.format("{} {}", "_place", "year"),
            scenario=pl.lit(Scenario.OUTCOME.value),
            period_start=pl.date(year, 1, 1),
            period_end=pl.date(year, 12, 31),
            period_kind=pl.lit(PeriodKind.YEAR.value),
            correction_id=pl.lit(None, pl.String),
        )
        .select(STORED.names())
        .cast(STORED)
    )
