"""Areas of figures: their measures, their monthly series, and what they show together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.compare.areas_of_figures import nearest
from ojmf.compare.figures import KEY, withheld
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import SEX_WORDS, PeriodKind, ReferenceKind
from ojmf.present.counted_once import counted_twice
from ojmf.present.marks import mark_of
from ojmf.present.reasons import with_reasons
from ojmf.present.site.measure_rows import BETTER, WORSE, MeasureTable, measure_tables
from ojmf.present.site.provenance import Provenance
from ojmf.present.site.series import Monthly, SeriesRow, monthly_series, series_row
from ojmf.present.superlatives import named
from ojmf.present.view_columns import compared_with
from ojmf.present.views import Names
from ojmf.present.words import capital, count_word, count_words, listed
from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Area:
    """An area of figures: its tables, its series, and sentences about them and their sources."""

    area_id: str
    area_name: str
    sentence: str
    about: str
    tables: Sequence[MeasureTable]
    series: Sequence[SeriesRow]
    judged: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Measured:
    """The areas of figures of a municipality, those with the most that is worse first.

    ``again`` measures stand in an earlier area too, and are counted once.
    """

    provenance: Provenance
    name: str
    areas: Sequence[Area]
    about: str
    again: int

    def lead(self, name: str) -> str:
        """What there is of a municipality without answers, in sentences."""
        if not self.areas:
            return f"Det finns inga uppgifter för {name} ännu."
        rows = sum(len(table.rows) for area in self.areas for table in area.tables) - self.again
        series = sum(len(area.series) for area in self.areas)
        there = _there(rows, series)
        worse = [area.area_name for area in self.areas if _worse(area)]
        told = f"För {name} finns {there}, men inga svar i Öppna jämförelser."
        if self.again:
            twice = capital(count_word(self.again))
            told += f" {twice} av måtten står i två områden och räknas en gång."
        if worse:
            told += f" Mått som är sämre än det som de jämförs med finns i {listed(worse)}."
        return told


def _there(rows: int, series: int) -> str:
    """How many measures and monthly series there are."""
    of_measures, _ = count_words([rows, series])
    _, of_series = count_words([rows, series], "en")
    nouns = (
        f"{of_measures} mått" if rows else "",
        f"{of_series} {'månadsserie' if series == 1 else 'månadsserier'}" if series else "",
    )
    return listed([*filter(None, nouns)])


def _worse(area: Area) -> int:
    """How many measures stand worse than what they are held against."""
    return sum(row.order == WORSE for table in area.tables for row in table.rows)


def measured(
    workspace: Workspace,
    names: Names,
    provenance: Provenance,
    observations: pl.DataFrame,
    compared: pl.DataFrame,
    geo: str,
) -> Measured:
    """Every area of figures of a municipality; ``compared`` is ``compare.frame.TRACED`` of it."""
    own = observations.filter(pl.col("geo") == geo, pl.col("unit") != "answer")
    frame = judged(workspace, names, compared)
    monthly = monthly_series(workspace, own, geo)
    areas = []
    for area_id, area_name in names.areas.items():
        rows = frame.filter(pl.col("area_id") == area_id) if not frame.is_empty() else frame
        series = _series(
            area_id, [one for one in monthly if one.area_id == area_id], workspace, provenance
        )
        tables = measure_tables(_without_series(rows, series), own, provenance)
        if tables or series:
            here = own.filter(pl.col("area_id") == area_id)
            areas.append(
                Area(
                    area_id,
                    area_name,
                    _sentence(tables, series),
                    _about(here),
                    tables,
                    series,
                    rows,
                )
            )
    areas.sort(key=_worse, reverse=True)
    seen = () if frame.is_empty() else frame["indicator_id"]
    again = counted_twice(workspace, geo, seen)
    return Measured(provenance, names.place(geo), areas, _about(own) if areas else "", again)


def _about(own: pl.DataFrame) -> str:
    """The last year of figures, and the documents that they stand in."""
    told = pl.any_horizontal(pl.col("value").is_not_null(), withheld().is_not_null())
    shown = own.filter(told)
    years = shown["period_end"].drop_nulls().dt.year()
    documents = shown["document"].drop_nulls().unique(maintain_order=True).to_list()
    return f"Uppgifter till och med {max(years)}. Källa: {listed(documents)}." if len(years) else ""


def _series(
    area_id: str, monthly: Sequence[Monthly], workspace: Workspace, provenance: Provenance
) -> list[SeriesRow]:
    """The series of an area, those that have become worse first."""
    labels = dict(workspace.indicators.select("indicator_id", "name").iter_rows())
    drawn = [
        series_row(f"{area_id}-serie-{place}", labels[one.indicator_id], one, provenance)
        for place, one in enumerate(monthly, start=1)
    ]
    return sorted(drawn, key=lambda one: one.monthly.order)


def _without_series(rows: pl.DataFrame, series: Sequence[SeriesRow]) -> pl.DataFrame:
    """The rows but the months of a series, which stand there, if nothing is said of them."""
    if rows.is_empty() or not series:
        return rows
    drawn = pl.struct("indicator_id", "unit").is_in(
        [{"indicator_id": one.monthly.indicator_id, "unit": one.monthly.unit} for one in series]
    )
    month = pl.col("period_kind") == PeriodKind.MONTH.value
    return rows.filter(~(drawn & month & pl.col("gap").is_null()))


def judged(workspace: Workspace, names: Names, compared: pl.DataFrame) -> pl.DataFrame:
    """Every measure that isn't a question beside county or target, with its marks; maybe none.

    The country is there only where nothing nearer gives a gap, as in the table of a municipality.
    ``compared`` is ``compare.frame.TRACED`` of one municipality.
    """
    figures = compared.filter(pl.col("method") != ANSWER_METHOD)
    near = figures.filter(pl.col("reference_kind") != ReferenceKind.COUNTRY.value)
    instead = nearest(figures).filter("_instead").drop("_instead")
    rows = pl.concat([near, instead])
    if rows.is_empty():
        return pl.DataFrame()
    known = workspace.indicators.select(*KEY, pl.col("name"))
    sexes = pl.col("sex").replace_strict(SEX_WORDS, default=None, return_dtype=pl.String)
    return (
        with_reasons(rows, names.places)
        .with_columns(
            mark_of().alias("mark"),
            mark_of("reference_").alias("reference_mark"),
            compared_with(names.places).alias("_with"),
        )
        .join(known, on=KEY, how="left", maintain_order="left")
        .with_columns(pl.concat_str("name", sexes, separator=", ", ignore_nulls=True).alias("name"))
    )


def _sentence(tables: Sequence[MeasureTable], series: Sequence[SeriesRow]) -> str:
    """How the measures of an area stand, and how many of its series have moved which way."""
    return " ".join(filter(None, [_measures_sentence(tables), _series_sentence(series)]))


def _measures_sentence(tables: Sequence[MeasureTable]) -> str:
    rows = [row for table in tables for row in table.rows]
    compared_rows = [row for row in rows if row.compared]
    if not rows:
        return ""
    there = f"{capital(count_word(len(rows)))} mått"
    if not compared_rows:
        has = "Måttet har" if len(rows) == 1 else "Måtten har"
        return f"{there}. {has} varken mål, budget eller jämförelse att bedömas mot."
    worse = [row for row in compared_rows if row.order == WORSE]
    better = sum(row.order == BETTER for row in compared_rows)
    known = [(count, way) for count, way in ((len(worse), "sämre"), (better, "bättre")) if count]
    words = count_words([len(compared_rows), *(count for count, _ in known)])
    ways = listed([f"{word} {way}" for word, (_, way) in zip(words[1:], known, strict=True)])
    told = f"är {ways or 'inget sämre eller bättre'}"
    said = (
        f"Av {words[0]} mått {told} än det som de jämförs med."
        if len(compared_rows) == len(rows)
        else f"{there}. {capital(words[0])} kan jämföras, och av dem {told}."
    )
    if worse and len({row.unit for row in worse}) == 1:
        size = max(row.size for row in worse)
        said += f" Sämst till ligger {named([row.label for row in worse if row.size == size])}."
    return said


def _series_sentence(series: Sequence[SeriesRow]) -> str:
    if not series:
        return ""
    moved = [one.monthly for one in series if one.monthly.moved]
    noun = "månadsserie" if len(series) == 1 else "månadsserier"
    if not moved:
        there = f"{capital(count_word(len(series), 'en'))} {noun}"
        return f"{there}. Ingen har ändrats mer än månaderna brukar variera."
    ways = (
        (sum(one.worse for one in moved), "till det sämre"),
        (sum(one.better for one in moved), "till det bättre"),
    )
    known = [(count, way) for count, way in ways if count]
    all_of, *words = count_words([len(series), len(moved), *(count for count, _ in known)], "en")
    which = listed([f"{word} {way}" for word, (_, way) in zip(words[1:], known, strict=True)])
    verb = f"har {words[0]} ändrats mer än månaderna brukar variera"
    among = "den enda månadsserien" if len(series) == 1 else f"{all_of} {noun}"
    return f"Av {among} {verb}{f', {which}' if which else ''}."
