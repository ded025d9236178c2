"""Areas of figures: a row per measure with its periods as columns, and the monthly series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from ojmf.compare.figures import KEY
from ojmf.compare.figures import withheld as suppressed
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import (
    SEX_WORDS,
    PeriodKind,
    ReferenceKind,
    Scenario,
    Status,
    Verdict,
)
from ojmf.present.annex.views import status_label
from ojmf.present.formats import period_in_words
from ojmf.present.marks import mark_of
from ojmf.present.reasons import with_reasons, withheld
from ojmf.present.site import drawing
from ojmf.present.site.provenance import Cited, Provenance
from ojmf.present.site.series import (
    SeriesRow,
    monthly_series,
    series_row,
)
from ojmf.present.view_columns import compared_with
from ojmf.present.views import Names
from ojmf.present.words import (
    UNIT_WORDS,
    count_word,
    count_words,
    counted,
    listed,
)
from ojmf.printed import number
from ojmf.workspace import Workspace

_FEWEST_POINTS = 3
_MOST_PERIODS = 5
"""So many periods of a measure stand as columns, the latest ones."""
_SERIES = ["area_id", "indicator_id", "sex", "unit", "period_kind"]
_STANDING = {
    Status.RED.value: 0,
    Verdict.WORSE.value: 0,
    Status.YELLOW.value: 1,
    Verdict.LOWER.value: 2,
    Verdict.HIGHER.value: 2,
    Verdict.SIMILAR.value: 3,
    Verdict.EQUAL.value: 3,
    Status.GREEN.value: 4,
    Verdict.BETTER.value: 4,
}
"""The order of consequence: what is worse first, and what cannot be judged last."""
_UNJUDGED = 5
_AIMED_AT = (ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, as texts: its figures by period, and how the latest one stands."""

    anchor: str
    label: str
    unit: str
    figures: Sequence[tuple[str, str]]
    spark: Markup | None
    compared_with: str
    reference: str
    reference_mark: str
    gap: str
    kind: str
    standing: str
    reason: str
    order: int
    cited: Cited

    @property
    def marked(self) -> bool:
        """Whether a figure of the row is corrected or unconfirmed."""
        return bool(self.reference_mark) or any(mark for _, mark in self.figures)


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The measures that have the same kinds of periods, the columns of which are ``periods``."""

    periods: Sequence[str]
    rows: Sequence[MeasureRow]
    compared: bool


@dataclass(frozen=True, slots=True)
class Area:
    """An area of figures: its tables, its series, and a sentence about them."""

    area_id: str
    area_name: str
    sentence: str
    tables: Sequence[MeasureTable]
    series: Sequence[SeriesRow]
    judged: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Measured:
    """The areas of figures of a municipality, in the order of the catalogue."""

    provenance: Provenance
    name: str
    areas: Sequence[Area]
    about: str

    def lead(self, name: str) -> str:
        """What there is of a municipality without answers, in sentences."""
        if not self.areas:
            return f"Det finns inga uppgifter för {name} ännu."
        rows = sum(len(table.rows) for area in self.areas for table in area.tables)
        series = sum(len(area.series) for area in self.areas)
        there = _there(rows, series)
        worse = [area.area_name for area in self.areas if _worse(area)]
        told = f"För {name} finns {there}, men inga svar i Öppna jämförelser."
        if worse:
            told += f" Mått som är sämre än det som de jämförs med finns i {listed(worse)}."
        return told


def _there(rows: int, series: int) -> str:
    """How many measures and monthly series there are."""
    nouns = ((rows, "mått", "mått"), (series, "månadsserie", "månadsserier"))
    return listed([counted(count, one, many) for count, one, many in nouns if count])


def _worse(area: Area) -> int:
    return sum(row.order == 0 for table in area.tables for row in table.rows)


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
    labels = dict(workspace.indicators.select("indicator_id", "name").iter_rows())
    earlier = _earlier(own)
    areas = []
    for area_id, area_name in names.areas.items():
        rows = frame.filter(pl.col("area_id") == area_id) if not frame.is_empty() else frame
        tables = [] if rows.is_empty() else _tables(rows, earlier, provenance)
        series = [one for one in monthly if one.area_id == area_id]
        if tables or series:
            drawn = [
                series_row(f"{area_id}-serie-{place}", labels[one.indicator_id], one)
                for place, one in enumerate(series, start=1)
            ]
            drawn.sort(key=lambda one: one.monthly.order)
            sentence = _sentence(tables, drawn)
            areas.append(Area(area_id, area_name, sentence, tables, drawn, rows))
    documents = own["document"].drop_nulls().unique(maintain_order=True).to_list()
    years = own["period_end"].drop_nulls().dt.year()
    about = ""
    if areas and len(years):
        about = f"Uppgifter till och med {max(years)}. Källa: {listed(documents)}."
    return Measured(provenance, names.place(geo), areas, about)


def judged(workspace: Workspace, names: Names, compared: pl.DataFrame) -> pl.DataFrame:
    """Every measure that isn't a question beside county or target, with its marks; maybe none.

    ``compared`` is ``compare.frame.TRACED`` of one municipality.
    """
    rows = compared.filter(
        pl.col("method") != ANSWER_METHOD,
        pl.col("reference_kind") != ReferenceKind.COUNTRY.value,
    )
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


def _earlier(own: pl.DataFrame) -> pl.DataFrame:
    """The outcomes of each measure and period; none where two sources differ on it.

    One that is suppressed has no value, and in ``instead`` what is said in its place.
    """
    known = own.filter(
        pl.col("scenario") == Scenario.OUTCOME.value,
        pl.col("value").is_not_null() | suppressed().is_not_null(),
        pl.col("period_kind") != PeriodKind.MONTH.value,
    )
    return (
        known.with_columns(
            mark_of().alias("mark"),
            period_in_words().alias("period"),
            suppressed().alias("instead"),
        )
        .group_by(*_SERIES, "period_end", "period", maintain_order=True)
        .agg(
            pl.col("value").n_unique().alias("unlike"),
            pl.col("value", "decimals", "mark", "instead").first(),
        )
        .filter(pl.col("unlike") == 1)
        .sort("period_end")
    )


def _tables(
    rows: pl.DataFrame, earlier: pl.DataFrame, provenance: Provenance
) -> list[MeasureTable]:
    """The measures of one area, in a table for each set of kinds of periods that they have."""
    decimals = pl.col("decimals")
    verdict = pl.coalesce("verdict", pl.lit(""))
    coloured = pl.col("status") != Status.GREY.value
    texts = rows.with_columns(
        period_in_words().alias("period"),
        pl.col("unit").replace(UNIT_WORDS).alias("unit_word"),
        pl.coalesce(number(pl.col("own"), decimals), withheld()).fill_null("–").alias("figure"),
        number(pl.col("reference"), decimals).fill_null("–").alias("reference_figure"),
        number(pl.col("gap"), decimals, signed=True).fill_null("–").alias("gap_figure"),
        pl.when(coloured).then("status").otherwise(verdict).alias("kind"),
        status_label().alias("standing"),
        pl.col("reason", "mark", "reference_mark", "_with").fill_null(""),
    )
    before = earlier.with_columns(
        pl.coalesce(number(pl.col("value"), pl.col("decimals")), "instead").alias("figure"),
        pl.col("mark").fill_null(""),
    ).partition_by(_SERIES, as_dict=True)
    measures: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in texts.iter_rows(named=True):
        measures.setdefault((row["indicator_id"], row["sex"], row["unit"]), []).append(row)
    by_kinds: dict[tuple[str, ...], list[list[dict[str, Any]]]] = {}
    for found in measures.values():
        kinds = tuple(sorted({str(row["period_kind"]) for row in found}))
        by_kinds.setdefault(kinds, []).append(found)
    return [_table(found, before, provenance) for found in by_kinds.values()]


def _table(
    measures: Sequence[Sequence[Mapping[str, Any]]],
    before: Mapping[tuple[Any, ...], pl.DataFrame],
    provenance: Provenance,
) -> MeasureTable:
    ends: dict[str, date] = {}
    known: list[dict[str, tuple[str, str]]] = []
    for found in measures:
        figures: dict[str, tuple[str, str]] = {}
        for row in found:
            series = before.get(tuple(row[name] for name in _SERIES))
            if series is not None:
                for past in series.iter_rows(named=True):
                    figures[past["period"]] = (past["figure"], past["mark"])
                    ends[past["period"]] = past["period_end"]
        for row in found:
            figures[str(row["period"])] = (row["figure"], row["mark"])
            ends[str(row["period"])] = row["period_end"]
        known.append(figures)
    periods = sorted(ends, key=lambda one: (ends[one], one))[-_MOST_PERIODS:]
    rows = [
        _row(found, figures, periods, before, provenance)
        for found, figures in zip(measures, known, strict=True)
    ]
    compared = any(row.reference != "–" or row.gap != "–" for row in rows)
    return MeasureTable(periods, sorted(rows, key=lambda row: row.order), compared)


def _row(
    found: Sequence[Mapping[str, Any]],
    figures: Mapping[str, tuple[str, str]],
    periods: Sequence[str],
    before: Mapping[tuple[Any, ...], pl.DataFrame],
    provenance: Provenance,
) -> MeasureRow:
    """One measure; what is judged is its latest figure that can be compared, if so by a target."""
    told = max(
        found,
        key=lambda row: (
            row["gap"] is not None,
            row["period_end"],
            row["reference_kind"] in _AIMED_AT,
        ),
    )
    kind = str(told["kind"])
    series = before.get(tuple(told[name] for name in _SERIES))
    outcomes = [] if series is None else series["value"].drop_nulls().to_list()
    return MeasureRow(
        f"{told['indicator_id']}-{told['sex']}-{told['unit']}",
        str(told["name"]),
        str(told["unit_word"]),
        [figures.get(name, ("–", "")) for name in periods],
        drawing.spark(outcomes) if len(outcomes) >= _FEWEST_POINTS else None,
        str(told["_with"]),
        str(told["reference_figure"]),
        str(told["reference_mark"]),
        str(told["gap_figure"]),
        kind or "none",
        str(told["standing"]),
        str(told["reason"]),
        _STANDING.get(kind, _UNJUDGED),
        provenance.cited(
            told["source_id"], told["document"], told["line"], str(told["indicator_id"])
        ),
    )


def _sentence(tables: Sequence[MeasureTable], series: Sequence[SeriesRow]) -> str:
    """How many measures and series an area has, and how many are worse or better."""
    rows = [row for table in tables for row in table.rows]
    judged_rows = [row for row in rows if row.order != _UNJUDGED]
    told = []
    if judged_rows:
        worse, better = (sum(row.order == order for row in judged_rows) for order in (0, 4))
        known = [(count, way) for count, way in ((worse, "sämre"), (better, "bättre")) if count]
        if known:
            words = count_words([len(judged_rows), *(count for count, _ in known)])
            ways = listed(
                [f"{word} {way}" for word, (_, way) in zip(words[1:], known, strict=True)]
            )
            told.append(f"Av {words[0]} som kan bedömas är {ways}.")
    moved = sum(one.monthly.moved for one in series)
    if series:
        told.append(
            f"{count_word(moved, 'en').capitalize() if moved else 'Ingen'} "
            f"{'månadsserie' if moved <= 1 else 'månadsserier'} har ändrats mer än månaderna "
            "brukar variera."
        )
    return " ".join([f"{_there(len(rows), len(series))}.", *told])
