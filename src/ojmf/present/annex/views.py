"""What people see of a municipality's table: headings, texts, and the lines around the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from ojmf.compare.areas_of_figures import ALIKE, BETTER_OR_WORSE
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import Status
from ojmf.present.annex.documents import Document
from ojmf.present.annex.rows import Comparison
from ojmf.present.area_rows import ALL_QUESTIONS, FEWER_QUESTIONS, gaps_of_fewer
from ojmf.present.formats import iso_in_words
from ojmf.present.marks import CORRECTED, EXPLANATION, line_or_place, named_marks
from ojmf.present.tables import Column, View, filled
from ojmf.present.units import unit_word
from ojmf.present.view_columns import GAP_UNIT_HEADING
from ojmf.present.words import (
    NO_VERDICT_LABEL,
    STATUS_LABELS,
    VERDICT_LABELS,
    WITHOUT_FIGURE,
    counted,
    listed,
)
from ojmf.printed import number

COUNTY_HEADING = "Länet"
MARK_HEADING = "Märkning"
UNIT_HEADING = "Enhet"
PERIOD_HEADING = "Period"
BESIDE_HEADING = "Jämfört med"
BESIDE_FIGURE = "Referens"
GAP_BESIDE = "Skillnad"
GAP_COUNTY = "Skillnad mot länet"
GAP_COUNTRY = "Skillnad mot riket"
REASON_HEADING = "Skäl"
COUNTRY_HEADING = "Riket"
FILLS = {
    Status.GREEN.value: "DDEFD6",
    Status.YELLOW.value: "FFF0C2",
    Status.RED.value: "EE9A8C",
    Status.GREY.value: "FFFFFF",
}
"""Background of a cell by status, RGB: red is the darkest, also where a printer has no colours.
Black text on them has a contrast above 8:1."""
_MOST_TABLES = 5
_ROUNDED_APART = 0.5
"""Units of the last decimal by which two differences are not the same."""


def share(column: str) -> pl.Expr:
    """A share as printed, with the decimals of ``<column>_decimals``."""
    return number(pl.col(column), pl.col(f"{column}_decimals"))


def gap(reference: str) -> pl.Expr:
    """The gap to ``county`` or ``country``, with the decimals of that share or the finer ones."""
    return number(pl.col(f"gap_{reference}"), gap_decimals(reference), signed=True)


def gap_decimals(reference: str) -> pl.Expr:
    """The decimals of the gap to ``county``, ``country`` or ``beside``.

    A difference of two figures has those of the finer, for 29,5 beside 32 is -2,5 and not -3; one
    that the document prints, or that is of an answer, has those of what it is compared with.
    """
    known = pl.coalesce(f"{reference}_decimals", "decimals")
    of_both = pl.col("own") - pl.col(reference) - pl.col(f"gap_{reference}")
    worked_out = (pl.col("method") != ANSWER_METHOD) & (of_both.abs() < ALIKE)
    return pl.when(worked_out).then(pl.max_horizontal(known, "decimals")).otherwise(known)


def difference_beside() -> pl.Expr:
    """The difference to what else a row is compared with, also where only that is printed."""
    return number(pl.col("gap_beside"), gap_decimals("beside"), signed=True)


def stated_difference() -> pl.Expr:
    """What the shown figures would give where the document has another difference; else null."""
    decimals = pl.coalesce("beside_decimals", "decimals")
    shown = pl.col("own") - pl.col("beside")
    corrected = pl.col("beside_deviation_mark").str.starts_with(CORRECTED).fill_null(value=False)
    apart = (pl.col("gap_beside") - shown).abs() * pl.lit(10.0).pow(decimals) > _ROUNDED_APART
    return pl.when(apart & (pl.col("method") != ANSWER_METHOD)).then(
        pl.format(
            "{}, avrundade belopp ger {}",
            pl.when(corrected)
            .then(pl.lit("skillnaden är dokumentets rättade avvikelse"))
            .otherwise(pl.lit("skillnaden står så i dokumentet")),
            number(shown, decimals, signed=True),
        )
    )


def own_text() -> pl.Expr:
    """The answer, or the figure with its printed decimals, or what is said instead of it."""
    figure = pl.coalesce(number(pl.col("own"), pl.col("decimals")), "withheld")
    return pl.when(pl.col("method") == ANSWER_METHOD).then("answer").otherwise(figure)


def unit_text() -> pl.Expr:
    """The unit of a figure; nothing for an answer."""
    return pl.when(pl.col("method") != ANSWER_METHOD).then(unit_word())


def gap_unit_text() -> pl.Expr:
    """The unit of the difference between two shares; nothing where it is that of the figures."""
    gaps = pl.any_horizontal(pl.col("gap_county", "gap_country", "gap_beside").is_not_null())
    return pl.when(pl.col("unit") == "percent", gaps).then(unit_word(gap=True))


def period_text(column: str = "period") -> pl.Expr:
    """The period of a figure; nothing for an answer, whose document has one for all."""
    return pl.when(pl.col("method") != ANSWER_METHOD).then(column)


def status_label() -> pl.Expr:
    """The symbol and the word of a colour, or of the verdict on a figure without one."""
    coloured = (pl.col("method") == ANSWER_METHOD) | (pl.col("status") != Status.GREY.value)
    return (
        pl.when(coloured)
        .then(pl.col("status").replace(STATUS_LABELS))
        .otherwise(pl.col("verdict").replace(VERDICT_LABELS).fill_null(NO_VERDICT_LABEL))
    )


def label_heading(comparison: Comparison) -> str:
    """What the rows of a table are: questions, figures or both."""
    if comparison.figure_areas.is_empty():
        return "Fråga"
    return "Mått" if comparison.areas.is_empty() else "Fråga eller mått"


def row_view(comparison: Comparison) -> View:
    """The columns of the printed annex, then status, gaps, line and citation.

    Figures have their unit, their period, what else they are compared with and what they lack.
    """
    return filled(
        comparison.rows,
        (
            Column(label_heading(comparison), pl.col("label")),
            Column(comparison.place, own_text()),
            Column(UNIT_HEADING, unit_text(), optional=True),
            Column(PERIOD_HEADING, period_text(), optional=True),
            *_beside(reason_text(comparison), spare=comparison.areas.is_empty()),
        ),
    )


def data_view() -> View:
    """The same of several municipalities or periods (``rows.table_rows``)."""
    return (
        Column("Kommun", pl.col("municipality")),
        Column("Område", pl.col("area_name")),
        Column("Fråga eller mått", pl.col("label")),
        Column("Eget", own_text()),
        Column(UNIT_HEADING, unit_text(), optional=True),
        Column(PERIOD_HEADING, pl.col("period")),
        *_beside(pl.col("reason")),
    )


def _beside(reason: pl.Expr, *, spare: bool = False) -> View:
    """What stands beside the own figure, and where that stands.

    Where columns may be ``spare``, those of the county, the country and comments are optional too.
    """
    return (
        Column(COUNTY_HEADING, share("county"), figures=True, optional=spare),
        Column(COUNTRY_HEADING, share("country"), figures=True, optional=spare),
        Column(BESIDE_HEADING, pl.col("beside_name"), optional=True),
        Column(
            BESIDE_FIGURE,
            pl.coalesce("beside_answer", share("beside")),
            figures=True,
            optional=True,
        ),
        Column("Kommentar", comment(), optional=spare),
        Column("Status", status_label()),
        Column(GAP_COUNTY, gap("county"), figures=True, optional=spare),
        Column(GAP_COUNTRY, gap("country"), figures=True, optional=spare),
        Column(GAP_BESIDE, gap("beside"), figures=True, optional=True),
        Column(GAP_UNIT_HEADING, gap_unit_text(), optional=True),
        Column(REASON_HEADING, reason, optional=True),
        Column("Rad", line_or_place(), figures=True),
        Column(MARK_HEADING, marks(), optional=True),
        Column("Hänvisning (ojmf)", pl.col("citation")),
    )


def reason_text(comparison: Comparison) -> pl.Expr:
    """What a figure lacks or was held against; of answers only in a table that has figures."""
    figures = pl.col("method") != ANSWER_METHOD
    return pl.when(figures | pl.lit(not comparison.figure_areas.is_empty())).then("reason")


def comment() -> pl.Expr:
    """The comment of a row, or on which line of the document there is one."""
    return pl.coalesce("comment", pl.format("se {}", "comment_place"))


def marks() -> pl.Expr:
    """The marks of the figures of a row; of a reference, with which one it is."""
    return named_marks(
        {
            "mark": "",
            "county_mark": "länet",
            "country_mark": "riket",
            "beside_mark": "referensen",
            "beside_deviation_mark": "avvikelsen",
        }
    )


def has_marks(comparison: Comparison) -> bool:
    """Whether any figure of the table is corrected or unconfirmed."""
    return bool(comparison.rows.select(marks().is_not_null().any()).item())


def title(comparison: Comparison) -> str:
    """The title of the whole table."""
    answer = comparison.rows["method"] == ANSWER_METHOD
    figures = comparison.rows.filter(~answer)
    compared = compared_names(comparison)
    if answer.any():
        asked = f"Öppna jämförelser{_years(comparison.rows.filter(answer))}"
        measured = f" och mått{_years(figures)}" if figures.height else ""
        every = listed(list(dict.fromkeys([comparison.county, "riket", *compared])))
        return f"{asked}{measured}: {comparison.place} jämfört med {every}"
    beside = f" jämförda med {listed(compared)}" if compared else ""
    return f"{comparison.place}{_years(figures)}: mått{beside}"


def years_of_figures(comparison: Comparison) -> str:
    """The first and the last year that the figures of a table are of: 2023–2025."""
    return _years(comparison.rows.filter(pl.col("method") != ANSWER_METHOD)).strip()


def _years(rows: pl.DataFrame) -> str:
    """The first and the last year that rows are of, after what they are called."""
    years = rows["period_end"].drop_nulls().dt.year().unique().sort()
    if years.is_empty():
        return ""
    return f" {years[0]}" if len(years) == 1 else f" {years[0]}–{years[-1]}"


def compared_names(comparison: Comparison) -> list[str]:
    """What figures of a table have a difference to: the county, the country, the budget."""
    rows = comparison.rows.filter(pl.col("method") != ANSWER_METHOD)
    sides = (("county", comparison.county), ("country", "riket"))
    near = [name for side, name in sides if rows[f"gap_{side}"].is_not_null().any()]
    names = ("beside_name", "beside_period")
    beside = rows.filter(pl.col("gap_beside").is_not_null()).select(names).drop_nulls(names[0])
    if beside[names[0]].n_unique() > 1:
        # Of several periods each says for itself that it is an earlier one.
        beside = beside.sort(names[1]).select(pl.coalesce(names[1], names[0]))
    return [*near, *beside.to_series().unique(maintain_order=True).to_list()]


@dataclass(frozen=True, slots=True)
class Part:
    """An area of a table: its name, in words how its indicators stand, and its rows."""

    area_id: str
    name: str
    counts: str
    rows: pl.DataFrame


def parts(comparison: Comparison) -> list[Part]:
    """The areas of a table, those with answers first; one that has figures too is there again."""
    answers = [
        _part(comparison, row, row["area_name"], counts(row), answers=True)
        for row in comparison.areas.to_dicts()
    ]
    asked = {part.area_id for part in answers}
    figures = [
        _part(
            comparison,
            row,
            f"{row['area_name']}, mått" if row["area_id"] in asked else row["area_name"],
            figure_counts(row),
            answers=False,
        )
        for row in comparison.figure_areas.to_dicts()
    ]
    return answers + figures


def _part(
    comparison: Comparison, area: Mapping[str, Any], name: str, said: str, *, answers: bool
) -> Part:
    rows = comparison.area(area["area_id"], answers=answers)
    return Part(area["area_id"], name, said, rows)


def counts(area: dict[str, int]) -> str:
    """The number of questions of each colour in an area, those that there are."""
    parts = [
        f"{STATUS_LABELS[status.value]} {area[status.value]}"
        for status in Status
        if area[status.value]
    ]
    return f"{counted(area['indicators'], 'fråga', 'frågor')}: {', '.join(parts)}"


def figure_counts(area: dict[str, int]) -> str:
    """The number of figures of each colour and verdict in an area, those that there are."""
    labels = {
        **{status.value: STATUS_LABELS[status.value] for status in Status},
        **{name: VERDICT_LABELS[verdict] for name, verdict in BETTER_OR_WORSE.items()},
        "unjudged": NO_VERDICT_LABEL,
    }
    said = [f"{label} {area[name]}" for name, label in labels.items() if area.get(name)]
    amount = counted(area["figures"], "uppgift", "uppgifter")
    without = [f", {area[name]} {why}" for name, (_, why) in WITHOUT_FIGURE.items() if area[name]]
    compared = area["with_gap"] or "ingen"
    opening = f"{amount}, {compared} som kan jämföras{''.join(without)}"
    return f"{opening}: {', '.join(said)}" if said else opening


def explanation(comparison: Comparison) -> list[str]:
    """How the figures are to be read, sentence by sentence."""
    fewer = gaps_of_fewer(comparison.areas)
    answers = [
        f"{COUNTY_HEADING} ({comparison.county}) och {COUNTRY_HEADING.lower()}: andel av "
        "kommunerna som har svarat JA, i procent.",
        "Skillnad: kommunens svar (JA = 100, DELVIS = 50, NEJ = 0) minus andelen kommuner som har "
        "svarat JA, i procentenheter. Exempel: NEJ där 89 procent har svarat JA ger −89.",
        "Områden: kommunens andel JA av de besvarade frågorna mot medelvärdet av andelarna för "
        f"{FEWER_QUESTIONS if fewer else ALL_QUESTIONS}. Medelvärdet av svaren (JA = 100, "
        "DELVIS = 50, NEJ = 0) är ett annat mått och jämförs inte med andelarna.",
    ]
    sides = [f"{side}_computed" for side in ("county", "country", "beside")]
    between_shares = comparison.rows.select(gap_unit_text().is_not_null().any()).item()
    points = ", mellan andelar i procentenheter" if between_shares else ""
    computed = comparison.rows.select(pl.any_horizontal(pl.col(sides).is_not_null().any())).item()
    figures = [
        f"Mått: det som kommunen jämförs med ({listed(compared)}) är värden ur källorna"
        f"{', eller räknas fram av kommunernas värden' if computed else ''}. Skillnaden är "
        f"kommunens värde minus jämförelsens, i måttets enhet{points}."
        if (compared := compared_names(comparison))
        else "Mått: inget av kommunens värden har något att jämföras med.",
    ]
    return [
        *(answers if not comparison.areas.is_empty() else []),
        *fewer,
        *(figures if not comparison.figure_areas.is_empty() else []),
        "Skillnader räknas på oavrundade tal och kan därför avvika någon tiondel från de visade.",
        *([EXPLANATION] if has_marks(comparison) else []),
    ]


def periods_in_words(comparison: Comparison, sources: Iterable[Document]) -> list[str]:
    """The periods that documents account for, or else those of the rows that are from them."""
    said: list[str] = []
    for source in sources:
        if source.reporting_period:
            said.append(iso_in_words(source.reporting_period))
        else:
            rows = comparison.rows.filter(source_id=source.id).sort("period")
            said += rows["period_words"].drop_nulls().to_list()
    return list(dict.fromkeys(said))
