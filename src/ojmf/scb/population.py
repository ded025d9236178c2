"""The population by age and sex of every municipality, county and the country."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from ojmf.declarations.fetched import STORED, Given
from ojmf.declarations.inhabitants import AREA, EVERYONE, indicator_id
from ojmf.declarations.registers import POPULATION
from ojmf.errors import FetchError, InputError, SelectionError, why
from ojmf.model import SEX_WORDS, ObsStatus, PeriodKind, Scenario, Sex
from ojmf.network.asking import Asker
from ojmf.network.transport import parse
from ojmf.printed import number
from ojmf.scb.cube import read_cube

PUBLIC = "https://statistikdatabasen.scb.se/api/v2"
TABLE = "TAB638"
"""Population on the 31st of December by region, marital status, age and sex."""
CONTENTS = "BE0101N1"
AGES = ("0-17", "0-20", "18-", "18-24", "18-64", "20-64", "21-64", "65-")
"""The groups of ages that social services count by; ``65-`` has no end."""
_DIMENSIONS = ("Region", "Alder", "Kon", "Tid")
_SEXES = {"1": Sex.MALE.value, "2": Sex.FEMALE.value}
_OLDEST = 200
_LARGEST = 256 * 1024 * 1024
_AGES = re.compile(r"(\d{1,3})-(\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Answer:
    """One cube as it was given: its figures by ``Region``, ``Alder``, ``Kon`` and ``Tid``."""

    figures: pl.DataFrame
    given: Given


def parse_ages(text: str) -> tuple[str, ...]:
    """Groups of ages such as ``0-20,65-``; raises ``SelectionError`` for what is none."""
    groups = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for group in groups:
        match = _AGES.fullmatch(group)
        if not match or int(match[1]) > int(match[2] or _OLDEST):
            raise SelectionError(f"”{group}” är inga åldrar; skriv som 0-20 eller 65-.")
    return groups


def ask(
    asker: Asker, years: Sequence[int], track: Callable[[Sequence[str]], Iterable[str]]
) -> list[Answer]:
    """The population of each year, a request a year: 64,000 of the 150,000 figures allowed.

    Raises ``FetchError`` where the service does not have the table or its answer can't be used.
    """
    urls = {
        asker.site.url(
            "tables",
            TABLE,
            "data",
            query={
                "lang": "sv",
                "outputFormat": "json-stat2",
                "valueCodes[Region]": "*",
                "valueCodes[Alder]": "*",
                "valueCodes[Kon]": "1,2",
                "valueCodes[ContentsCode]": CONTENTS,
                "valueCodes[Tid]": str(year),
            },
        )
        for year in years
    }
    answers = []
    for url in track(sorted(urls)):
        entry = asker.entry(url, resume=True)
        if entry is None:
            raise FetchError(f"{url}: tjänsten svarade 404. Kontrollera åren och --base-url.")
        given = Given(
            url=url,
            date=datetime.fromisoformat(entry.date),
            clock=entry.clock,  # type: ignore[arg-type]
            sha256=entry.sha256,
        )
        answers.append(Answer(read_cube(parse(entry.body), _DIMENSIONS, url), given))
    asker.finish()
    return answers


def saved(paths: Iterable[Path]) -> list[Answer]:
    """Saved answers in json-stat2, and those that end in .json of folders.

    Raises ``FetchError`` with every file that is no answer, ``InputError`` where there is none.
    """
    answers, faults = [], []
    for path in paths:
        for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
            try:
                answers.append(_saved(file))
            except FetchError as error:
                faults.append(str(error))
    if faults:
        raise FetchError("\n".join(faults))
    if not answers:
        raise InputError("det finns inga .json-filer med svar där. Ange filerna eller mappen.")
    return answers


def _saved(path: Path) -> Answer:
    try:
        if path.stat().st_size > _LARGEST:
            raise FetchError(f"{path}: filen är större än {_LARGEST / 1e6:.0f} MB")
        body = path.read_bytes()
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        raw = parse(body)
    except OSError as error:
        raise FetchError(
            f"{path}: filen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error
    except ValueError as error:
        raise FetchError(f"{path}: filen är skadad ({error}). Hämta den igen.") from None
    given = Given(
        url=path.name, date=changed, clock="local", sha256=hashlib.sha256(body).hexdigest()
    )
    return Answer(read_cube(raw, _DIMENSIONS, str(path)), given)


def people(answers: Sequence[Answer], geography: pl.DataFrame) -> pl.DataFrame:
    """The people of known places: ``geo``, ``year``, ``age`` (of the youngest), ``sex``, ``count``.

    Raises ``FetchError`` where ages, sexes or years are other than expected, a figure is missing,
    comes twice or is no number of people, or the ages do not add up to the total that is given.
    """
    figures = pl.concat([answer.figures for answer in answers]).rename({"value": "count"})
    strange = figures.filter(
        ~pl.col("Alder").str.contains(r"^(\d{1,3}\+?|tot)$")
        | ~pl.col("Kon").is_in(list(_SEXES))
        | ~pl.col("Tid").str.contains(r"^\d{4}$")
    )
    if not strange.is_empty():
        age, sex, year = strange.select("Alder", "Kon", "Tid").row(0)
        raise FetchError(f"svaret har ålder ”{age}”, kön ”{sex}”, år ”{year}”, som inte väntades.")
    known = figures.filter(pl.col("Region").is_in(geography["code"].implode()))
    key = ["Region", "Alder", "Kon", "Tid"]
    count = pl.col("count")
    broken = known.filter(
        count.is_null() | (count < 0) | (count != count.round()) | ~pl.struct(key).is_unique()
    )
    if not broken.is_empty():
        place, age, _, year = broken.select(key).row(0)
        raise FetchError(
            f"talet för {place}, {age} år, {year} saknas, står två gånger eller är fel."
        )
    if known.is_empty():
        raise SelectionError("svaret har ingen av de platser som arbetsytan känner.")
    total = pl.col("Alder") == "tot"
    _refuse_other_totals(known.filter(~total), known.filter(total))
    return known.filter(~total).select(
        geo="Region",
        year=pl.col("Tid").cast(pl.Int32),
        age=pl.col("Alder").str.strip_suffix("+").cast(pl.Int32),
        sex=pl.col("Kon").replace_strict(_SEXES, return_dtype=pl.String),
        count=count.cast(pl.Int64),
    )


def _refuse_other_totals(ages: pl.DataFrame, totals: pl.DataFrame) -> None:
    key = ["Region", "Kon", "Tid"]
    summed = ages.group_by(key).agg(pl.col("count").sum().alias("sum"))
    wrong = totals.join(summed, on=key, how="left").filter(
        pl.col("sum").fill_null(-1) != pl.col("count")
    )
    if not wrong.is_empty():
        place, said, found = wrong.select("Region", "count", "sum").row(0)
        raise FetchError(
            f"åldrarna i {place} blir {found:.0f} tillsammans men totalen är {said:.0f}; svaret är "
            "inte helt. Hämta alla åldrar."
        )


def grouped(counted: pl.DataFrame, groups: Sequence[str]) -> pl.DataFrame:
    """The people of ``EVERYONE`` and of each group of ages: ``group``, geo, year, sex, count.

    Both sexes together are a row too.
    """
    both = [counted, counted.with_columns(sex=pl.lit(Sex.TOTAL.value))]
    everyone = pl.concat(both)
    parts = []
    for group in (EVERYONE, *groups):
        first, last = (0, _OLDEST) if group == EVERYONE else _bounds(group)
        parts.append(
            everyone.filter(pl.col("age").is_between(first, last))
            .group_by("geo", "year", "sex")
            .agg(pl.col("count").sum())
            .with_columns(group=pl.lit(group))
        )
    return pl.concat(parts).sort("group", "geo", "year", "sex")


def _bounds(group: str) -> tuple[int, int]:
    first, _, last = group.partition("-")
    return int(first), int(last or _OLDEST)


def observations(groups: pl.DataFrame, geography: pl.DataFrame) -> pl.DataFrame:
    """The groups of ages as observations of the year, in the schema ``fetched.STORED``."""
    names = geography.select(pl.col("code").alias("geo"), pl.col("name").alias("_place"))
    sex = pl.col("sex").replace_strict(SEX_WORDS, default=None, return_dtype=pl.String)
    ids = {group: indicator_id(group) for group in groups["group"].unique()}
    labels = {group: label(group) for group in ids}
    year = pl.col("year")
    return (
        groups.join(names, on="geo", how="left", maintain_order="left")
        .with_columns(
            table=pl.lit(f"{TABLE} Folkmängd efter region, ålder och kön"),
            heading=pl.lit(""),
            row_label=pl.col("group").replace_strict(labels, return_dtype=pl.String),
            column_label=pl.concat_str(
                pl.format("{} {}", "_place", "year"), sex, separator=", ", ignore_nulls=True
            ),
            raw=number(pl.col("count").cast(pl.Float64)),
            value=pl.col("count").cast(pl.Float64),
            decimals=pl.lit(0),
            answer=pl.lit(None, pl.String),
            unit=pl.lit("persons"),
            indicator_id=pl.col("group").replace_strict(ids, return_dtype=pl.String),
            area_id=pl.lit(AREA),
            scenario=pl.lit(Scenario.OUTCOME.value),
            period_start=pl.date(year, 1, 1),
            period_end=pl.date(year, 12, 31),
            period_kind=pl.lit(PeriodKind.YEAR.value),
            obs_status=pl.lit(ObsStatus.NORMAL.value),
            correction_id=pl.lit(None, pl.String),
            note=pl.lit("31 december"),
        )
        .select(STORED.names())
        .cast(STORED)
    )


def label(group: str) -> str:
    """The name of a group of ages, or of ``EVERYONE``."""
    if group == EVERYONE:
        return "Folkmängd"
    first, _, last = group.partition("-")
    return f"Folkmängd {first}–{last} år" if last else f"Folkmängd {first} år och äldre"


def register(groups: pl.DataFrame, known: pl.DataFrame, day: date) -> pl.DataFrame:
    """The rows of ``data/population.csv`` with those that it lacks added, in ``POPULATION``."""
    fetched = groups.filter(group=EVERYONE, sex=Sex.TOTAL.value).select(
        "geo",
        date=pl.date(pl.col("year"), 12, 31),
        population="count",
        source=pl.lit(f"SCB, {TABLE}, hämtad {day}"),
    )
    added = fetched.join(known, on=["geo", "date"], how="anti")
    return pl.concat([known, added.cast(POPULATION)])
