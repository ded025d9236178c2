"""The questions of Öppna jämförelser on the site, what is lacking first, and as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from ojmf.model import Answer
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import MARK_HEADING, comment, has_marks, marks, share
from ojmf.present.area_rows import MOST
from ojmf.present.marks import place_columns
from ojmf.present.site import drawing
from ojmf.present.site.provenance import Cited, Provenance
from ojmf.present.words import STATUS_WORDS

NO_ANSWER = "Inget svar"
FEWEST_WORDS, FEWEST_ALIKE = 3, 2
"""So many questions that begin with so many words in common are a group under those words."""
_ORDER = {Answer.NO.value: 0, Answer.PARTLY.value: 1, None: 2, Answer.YES.value: 3}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question of one municipality; ``lacking`` is a NEJ where most others have JA.

    ``share`` is what it is ordered by: the share of JA in the county, or else in the country.
    """

    anchor: str
    area_id: str
    area_name: str
    label: str
    answer: str | None
    mark: str
    county: str
    county_mark: str
    country: str
    country_mark: str
    comment: str
    share: float | None
    lacking: bool
    changed: str
    picture: Markup
    bar: Markup
    cited: Cited

    @property
    def word(self) -> str:
        """The answer in words."""
        return self.answer or NO_ANSWER

    @property
    def kind(self) -> str:
        """The class of the answer's colour."""
        return drawing.answer_class(self.answer)

    @property
    def shape(self) -> Markup:
        """The answer's shape, which tells it apart without colour."""
        return drawing.answer_shape(self.answer)

    @property
    def marked(self) -> bool:
        """Whether any figure of the row is corrected or unconfirmed."""
        return bool(self.mark or self.county_mark or self.country_mark)

    @property
    def rank(self) -> tuple[int, float]:
        """What is lacking first, and then what most others have."""
        return _ORDER[self.answer], -(self.share or 0.0)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that begin alike: ``front`` is what they share, empty for those that stand alone.

    Each row is with what remains of its label.
    """

    front: str
    rows: Sequence[tuple[str, AnswerRow]]


def answer_rows(
    comparison: Comparison, provenance: Provenance, changed: Mapping[str, str]
) -> list[AnswerRow]:
    """Every question of a municipality, with its place; ``changed`` tells the answer before."""
    rows = comparison.rows
    documents = {source.id: source.document for source in comparison.sources}
    texts = rows.select(
        pl.col("indicator_id").alias("anchor"),
        "area_id",
        "area_name",
        "label",
        "answer",
        pl.col("mark", "county_mark", "country_mark").fill_null(""),
        share("county").fill_null("–").alias("county"),
        share("country").fill_null("–").alias("country"),
        pl.col("comment").fill_null(""),
    )
    facts = rows.select("source_id", "line", "indicator_id", "county", "country", "answer")
    return [
        AnswerRow(
            **text,
            share=county if county is not None else country,
            lacking=_lacking(answer, county if county is not None else country),
            changed=changed.get(indicator, ""),
            picture=drawing.share(answer, county, country),
            bar=drawing.bar(county if county is not None else country),
            cited=provenance.cited(source_id, documents.get(source_id), line, indicator),
        )
        for text, (source_id, line, indicator, county, country, answer) in zip(
            texts.to_dicts(), facts.iter_rows(), strict=True
        )
    ]


def _lacking(answer: str | None, shared: float | None) -> bool:
    return answer == Answer.NO.value and shared is not None and shared >= MOST


def grouped(rows: Sequence[AnswerRow]) -> list[Group]:
    """The questions by their first words, the groups and their rows in order of consequence."""
    by_words: dict[tuple[str, ...], list[AnswerRow]] = {}
    for row in rows:
        by_words.setdefault(tuple(row.label.split()[:FEWEST_WORDS]), []).append(row)
    together: list[list[AnswerRow]] = []
    alone: list[AnswerRow] = []
    for alike in by_words.values():
        if len(alike) < FEWEST_ALIKE or not _front([row.label for row in alike]):
            alone += alike
        else:
            together.append(alike)
    groups = [_group(alike) for alike in together]
    if alone:
        groups.append(
            Group("", [(row.label, row) for row in sorted(alone, key=lambda row: row.rank)])
        )
    return sorted(groups, key=lambda group: group.rows[0][1].rank)


def _group(rows: Sequence[AnswerRow]) -> Group:
    front = _front([row.label for row in rows])
    ordered = sorted(rows, key=lambda row: row.rank)
    rest = [(row.label[len(front) :].strip(), row) for row in ordered]
    return Group(front.rstrip(" -–,:"), rest)


def _front(labels: Sequence[str]) -> str:
    """The words that all labels begin with, less than the whole of any; empty if too few."""
    words = [label.split() for label in labels]
    shared = 0
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        shared += 1
    shared = min(shared, min(map(len, words)) - 1)
    front = " ".join(words[0][:shared])
    whole = all(label.startswith(front) for label in labels)
    return front if shared >= FEWEST_WORDS and whole else ""


def answer_download(rows: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """The same rows with numbers and all that the page leaves out, under Swedish headings."""
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
