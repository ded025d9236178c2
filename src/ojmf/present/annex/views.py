"""What people see of a municipality's table: headings, texts, and the lines around the table."""

from __future__ import annotations

import polars as pl

from ojmf.declarations import Source
from ojmf.model import Status
from ojmf.present.annex.rows import Comparison
from ojmf.present.files import CSV_LAST_HEADING
from ojmf.present.marks import EXPLANATION, line_or_place, named_marks, span
from ojmf.present.tables import Column, View
from ojmf.present.words import STATUS_LABELS, counted
from ojmf.printed import number

COUNTY_HEADING = "Länet"
MARK_HEADING = "Märkning"
COUNTRY_HEADING = "Riket"
FILLS = {
    Status.GREEN.value: "DDEFD6",
    Status.YELLOW.value: "FFF0C2",
    Status.RED.value: "EE9A8C",
    Status.GREY.value: "FFFFFF",
}
"""Background of a cell by status, RGB: red is the darkest, also where a printer has no colours.
Black text on them has a contrast above 8:1."""
_SHARE_DECIMALS = 1


def share(column: str) -> pl.Expr:
    """A share as printed, with the decimals of ``<column>_decimals``."""
    return number(pl.col(column), pl.col(f"{column}_decimals"))


def gap(reference: str) -> pl.Expr:
    """The gap to ``county`` or ``country``, with the decimals of that share."""
    return number(pl.col(f"gap_{reference}"), pl.col(f"{reference}_decimals"), signed=True)


def status_label() -> pl.Expr:
    """The symbol and the word of a status."""
    return pl.col("status").replace(STATUS_LABELS)


def row_view(comparison: Comparison) -> View:
    """The columns of the printed annex, then status, gaps, line and citation."""
    return (
        Column("Fråga", pl.col("label")),
        Column(comparison.place, pl.col("answer")),
        Column(COUNTY_HEADING, share("county"), figures=True),
        Column(COUNTRY_HEADING, share("country"), figures=True),
        Column("Kommentar", pl.col("comment")),
        Column("Status", status_label()),
        Column("Skillnad mot länet", gap("county"), figures=True),
        Column("Skillnad mot riket", gap("country"), figures=True),
        Column("Rad", line_or_place(), figures=True),
        *([Column(MARK_HEADING, marks())] if has_marks(comparison) else []),
        Column(CSV_LAST_HEADING, pl.col("citation")),
    )


def marks() -> pl.Expr:
    """The marks of the figures of a row; of a reference, with which one it is."""
    return named_marks({"mark": "", "county_mark": "länet", "country_mark": "riket"})


def has_marks(comparison: Comparison) -> bool:
    """Whether any figure of the table is corrected or unconfirmed."""
    return bool(comparison.rows.select(marks().is_not_null().any()).item())


def title(comparison: Comparison) -> str:
    """The title of the whole table."""
    years = comparison.rows["period_end"].drop_nulls().dt.year().unique().sort()
    of = f" {years[0]}" if len(years) == 1 else f" {years[0]}–{years[-1]}" if len(years) else ""
    return f"Öppna jämförelser{of}: {comparison.place} jämfört med {comparison.county} och riket"


def counts(area: dict[str, int]) -> str:
    """The number of questions of each colour in an area, those that there are."""
    parts = [
        f"{STATUS_LABELS[status.value]} {area[status.value]}"
        for status in Status
        if area[status.value]
    ]
    return f"{counted(area['indicators'], 'fråga', 'frågor')}: {', '.join(parts)}"


def explanation(comparison: Comparison) -> list[str]:
    """How the figures are to be read, sentence by sentence."""
    return [
        f"{COUNTY_HEADING} ({comparison.county}) och {COUNTRY_HEADING.lower()}: andel av "
        "kommunerna som har svarat JA, i procent.",
        "Skillnad: kommunens svar (JA = 100, DELVIS = 50, NEJ = 0) minus andelen kommuner som har "
        "svarat JA, i procentenheter. Exempel: NEJ där 89 procent har svarat JA ger −89.",
        "Områden: kommunens andel JA av de besvarade frågorna mot medelvärdet av andelarna för "
        "samma frågor. Medelvärdet av svaren (JA = 100, DELVIS = 50, NEJ = 0) är ett annat mått "
        "och jämförs inte med andelarna.",
        *([EXPLANATION] if has_marks(comparison) else []),
    ]


def document_name(source: Source) -> str:
    """The title of a document with its diary number, as it is cited."""
    number_of = f", dnr {source.diary_number}" if source.diary_number else ""
    return f"{source.publisher}: {source.title}{number_of}"


def area_source(comparison: Comparison, area_id: str) -> str:
    """The documents, tables and lines that an area was printed on; empty where none is known."""
    names = {source.id: document_name(source) for source in comparison.sources}
    tables = _extent(
        comparison.area(area_id).filter(pl.col("source_id").is_in(list(names))),
        ["source_id", "table"],
    )
    return "; ".join(
        f"{names[source_id]}, {table}, {span(first, last)}"
        for source_id, table, first, last, _ in tables.iter_rows()
    )


def _extent(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The first and the last place of each group, by line, and its number of rows."""
    ordered = pl.col("place").sort_by("line")
    return rows.group_by(by, maintain_order=True).agg(
        ordered.first().alias("first"), ordered.last().alias("last"), pl.len()
    )


def provenance(comparison: Comparison) -> pl.DataFrame:
    """One row per source: where the figures come from, under Swedish headings."""
    extents = {
        source_id: (span(first, last).removeprefix("rad "), str(count))
        for source_id, first, last, count in _extent(comparison.rows, ["source_id"]).iter_rows()
    }
    return pl.DataFrame(
        [
            (
                source.id,
                source.title,
                source.publisher,
                source.diary_number or "",
                source.date.isoformat(),
                source.document,
                *extents[source.id],
                source.sha256,
            )
            for source in comparison.sources
        ],
        schema=[
            "Källa",
            "Titel",
            "Utgivare",
            "Diarienummer",
            "Datum",
            "Dokument",
            "Rader",
            "Indikatorer",
            "SHA-256",
        ],
        orient="row",
    )


def summary_view(comparison: Comparison) -> View:
    """One row per area: the number of each colour and the means."""
    return (
        Column("Område", pl.col("area_name")),
        Column("Frågor", number(pl.col("indicators")), figures=True),
        *(
            Column(label, number(pl.col(colour)), figures=True)
            for colour, label in STATUS_LABELS.items()
        ),
        *(
            Column(heading, number(pl.col(name), _SHARE_DECIMALS, signed=signed), figures=True)
            for heading, name, signed in (
                (f"{comparison.place}, andel JA (%)", "share_yes", False),
                (f"{COUNTY_HEADING}, andel JA (%)", "county_mean", False),
                (f"{COUNTRY_HEADING}, andel JA (%)", "national_mean", False),
                ("Skillnad mot länet", "gap_county", True),
                ("Skillnad mot riket", "gap_national", True),
                ("Medelvärde av svaren", "share_in_place", False),
            )
        ),
    )
