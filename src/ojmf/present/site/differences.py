"""What a municipality's differences are: between women and men, and in kronor or persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.compare.areas_of_figures import nearest
from ojmf.compare.basis import Basis
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.compare.valuing import worth_of
from ojmf.compare.women_and_men import women_and_men
from ojmf.model import Sex
from ojmf.present.difference_views import (
    SEXES_CAPTION,
    SEXES_HEADING,
    tried_sentence,
    women_and_men_view,
)
from ojmf.present.formats import period
from ojmf.present.gap_worth import worth
from ojmf.present.spreadsheets import downloads
from ojmf.present.tables import View, cells, where_filled
from ojmf.present.units import unit_word
from ojmf.present.view_columns import gap_unit, plain
from ojmf.present.views import Names
from ojmf.present.words import UNIT_WORDS

_WORTH_CAPTION = (
    "Skillnaden mot länet, eller mot riket där länet saknar värde, räknad i kronor, personer eller "
    "antal. Talen läggs inte ihop: de gäller delvis samma personer och pengar. Lägst och högst "
    "rymmer slumpen."
)


_HEADINGS = {
    "Indikator": "Mått",
    "Eget": "Kommunen",
    "Referens": "Jämförelsen",
}
"""The words of a reader of the site for those of the command line."""
_DOCUMENT = "Dokument"
_SAID_ONCE = ("Period", "Jämfört med", _DOCUMENT)
_SEXES, _WORTH = "kvinnor-och-man", "motsvarar"
"""The names of the files of the tables."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as texts: its heading, name of its files, caption, columns with kind, and rows."""

    heading: str
    name: str
    caption: str
    headings: list[tuple[str, str]]
    rows: list[tuple[str, ...]]


class Differences:
    """The differences of every municipality, found and put in words at once, and looked up."""

    def __init__(
        self, compared: pl.DataFrame, indicators: pl.DataFrame, basis: Basis, names: Names
    ) -> None:
        """``compared`` are rows of ``compare.frame.TRACED`` against county and country."""
        figures = compared.filter(pl.col("method") != ANSWER_METHOD)
        sexes = women_and_men(figures, indicators, basis.denominators)
        sexes = sexes.sort("beyond_chance", descending=True, nulls_last=True, maintain_order=True)
        both = figures.filter(pl.col("sex") == Sex.TOTAL.value)
        valued = worth_of(nearest(both), basis.denominators)
        self._names = names
        self._sexes = _in_words(sexes, women_and_men_view())
        self._worth = _in_words(valued, [*worth(names), plain(_DOCUMENT, "document")])

    def tables(self, geo: str, files: dict[str, bytes]) -> list[Table]:
        """The tables that a municipality has, whose downloads go into ``files``."""
        tables = []
        if found := self._sexes.get(geo):
            caption = " ".join(filter(None, [tried_sentence(found.frame), SEXES_CAPTION]))
            files |= downloads(_SEXES, _between(found.frame))
            tables.append(_table(SEXES_HEADING, _SEXES, caption, found.columns))
        if found := self._worth.get(geo):
            # Whose page it is is known, and a record of a service is no place to look it up at.
            lines = found.frame["place"].str.starts_with("rad ").all()
            unwanted = {"Kommun"} if lines else {"Kommun", "Rad"}
            columns = [one for one in found.columns if one.heading not in unwanted]
            files |= downloads(_WORTH, _worth(found.frame, self._names))
            tables.append(_table("Vad skillnaderna motsvarar", _WORTH, _WORTH_CAPTION, columns))
        return tables


@dataclass(frozen=True, slots=True)
class _Texts:
    """A column in words."""

    heading: str
    figures: bool
    texts: list[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of a municipality, and what people see of them."""

    frame: pl.DataFrame
    columns: list[_Texts]


def _in_words(frame: pl.DataFrame, view: View) -> dict[str, _Found]:
    """The rows of each municipality with their texts, which are made of all rows at once."""
    columns = cells(frame, view)
    found = {}
    rows = frame.select("geo").with_row_index("at").group_by("geo", maintain_order=True).agg("at")
    for geo, at in rows.iter_rows():
        texts = [
            _Texts(one.heading, one.figures, [column[row] for row in at])
            for one, column in zip(view, columns, strict=True)
        ]
        shown = [
            one for one, of in zip(texts, view, strict=True) if not of.optional or any(one.texts)
        ]
        found[geo] = _Found(frame[at], shown)
    return found


def _table(heading: str, name: str, caption: str, columns: Sequence[_Texts]) -> Table:
    """A table; what a column of words says alike of every row is said in the caption."""
    shown = [(_HEADINGS.get(one.heading, one.heading), one) for one in columns]
    alike = {
        heading: f"{heading}: {one.texts[0]}."
        for heading, one in shown[1:]
        if heading in _SAID_ONCE and not one.figures and len(set(one.texts)) == 1
    }
    kept = [(heading, one) for heading, one in shown if heading not in alike]
    return Table(
        heading,
        name,
        " ".join([caption, *alike.values()]),
        [(heading, "number" if one.figures else "text") for heading, one in kept],
        list(zip(*(one.texts for _, one in kept), strict=True)),
    )


def _between(frame: pl.DataFrame) -> pl.DataFrame:
    """Women and men with numbers, under the headings of the page."""
    chance = pl.col("beyond_chance")
    return frame.select(
        pl.col("label").alias("Indikator"),
        period().alias("Period"),
        unit_word().alias("Enhet"),
        pl.col("women").alias("Kvinnor"),
        pl.col("men").alias("Män"),
        pl.col("gap").alias("Skillnad"),
        *where_filled(frame, gap_unit()),
        pl.col("lower").alias("Undre 95 %"),
        pl.col("upper").alias("Övre 95 %"),
        pl.when(chance.is_null())
        .then(pl.lit("okänt"))
        .otherwise(pl.when(chance).then(pl.lit("ja")).otherwise(pl.lit("nej")))
        .alias("Mer än slump"),
        pl.col("document").alias("Dokument"),
    )


def _worth(frame: pl.DataFrame, names: Names) -> pl.DataFrame:
    """What the gaps are worth with numbers, under the headings of the page."""
    return frame.select(
        pl.col("label").alias("Indikator"),
        period().alias("Period"),
        pl.col("own").alias("Eget"),
        pl.col("reference_geo").replace(dict(names.places)).alias("Jämfört med"),
        pl.col("reference").alias("Referens"),
        pl.col("denominator").alias("Nämnare"),
        pl.col("worth").alias("Skillnaden motsvarar"),
        pl.col("worth_unit").replace(UNIT_WORDS).alias("Enhet"),
        pl.col("low").alias("Lägst"),
        pl.col("high").alias("Högst"),
        pl.col("document").alias("Dokument"),
        pl.col("place").alias("Plats"),
    )
