"""The rows of Öppna jämförelser as the site shows them, and as files."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import MARK_HEADING, comment, gap, has_marks, marks, share
from ojmf.present.marks import place_columns
from ojmf.present.site.provenance import Place, Provenance
from ojmf.present.words import STATUS_LABELS, STATUS_WORDS


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question of one municipality; figures as texts, with their numbers for sorting."""

    anchor: str
    area_id: str
    area_name: str
    label: str
    status: str
    status_label: str
    answer: str
    mark: str
    county: str
    county_mark: str
    country: str
    country_mark: str
    gap_county: str
    gap_country: str
    sort_county: float | None
    sort_country: float | None
    sort_gap_county: float | None
    sort_gap_country: float | None
    comment: str
    comment_place: str
    citation: str
    place: Place | None

    @property
    def marked(self) -> bool:
        """Whether any figure of the row is corrected or unconfirmed."""
        return bool(self.mark or self.county_mark or self.country_mark)


def answer_rows(comparison: Comparison, provenance: Provenance) -> list[AnswerRow]:
    """Every question of a municipality, with the line that its answer was printed on."""
    rows = comparison.rows
    documents = {source.id: source.document for source in comparison.sources}
    texts = rows.select(
        pl.col("indicator_id").alias("anchor"),
        "area_id",
        "area_name",
        "label",
        "status",
        pl.col("status").replace(STATUS_LABELS).alias("status_label"),
        pl.col("answer").fill_null("–"),
        pl.col("mark", "county_mark", "country_mark").fill_null(""),
        share("county").fill_null("–").alias("county"),
        share("country").fill_null("–").alias("country"),
        gap("county").fill_null("–").alias("gap_county"),
        gap("country").fill_null("–").alias("gap_country"),
        pl.col("county").alias("sort_county"),
        pl.col("country").alias("sort_country"),
        pl.col("gap_county").alias("sort_gap_county"),
        pl.col("gap_country").alias("sort_gap_country"),
        pl.col("comment").fill_null(""),
        pl.col("comment_place").fill_null("").alias("comment_place"),
        pl.col("citation").fill_null(""),
    )
    places = rows.select("source_id", "line", "indicator_id").iter_rows()
    return [
        AnswerRow(**row, place=provenance.at(documents.get(source_id), line, indicator))
        for row, (source_id, line, indicator) in zip(texts.to_dicts(), places, strict=True)
    ]


def answer_download(rows: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """The same rows with numbers, under the headings of the page."""
    documents = {source.id: source.document for source in comparison.sources}
    words = {status.value: word for status, word in STATUS_WORDS.items()}
    return rows.select(
        pl.col("area_name").alias("Område"),
        pl.col("label").alias("Fråga"),
        pl.col("answer").alias(comparison.place),
        pl.col("status").replace(words).alias("Status"),
        pl.col("county").alias("Länet (%)"),
        pl.col("country").alias("Riket (%)"),
        pl.col("gap_county").alias("Skillnad mot länet"),
        pl.col("gap_country").alias("Skillnad mot riket"),
        comment().alias("Kommentar"),
        pl.col("source_id").replace(documents).alias("Dokument"),
        pl.col("table").alias("Tabell"),
        *place_columns(rows),
        *([marks().alias(MARK_HEADING)] if has_marks(comparison) else []),
        pl.col("citation").alias("Hänvisnings-id"),
    )
