"""What a municipality's differences are: between women and men, and in kronor or persons."""

from __future__ import annotations

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
from ojmf.present.tables import View, cells, filled
from ojmf.present.view_columns import plain
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
_SAID_ONCE = ("Period", "Jämfört med", "Dokument")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as texts: its heading, name of its files, caption, columns with kind, and rows."""

    heading: str
    name: str
    caption: str
    headings: list[tuple[str, str]]
    rows: list[tuple[str, ...]]


def difference_tables(
    compared: pl.DataFrame,
    indicators: pl.DataFrame,
    basis: Basis,
    names: Names,
    files: dict[str, bytes],
) -> list[Table]:
    """The tables that a municipality has, whose downloads go into ``files``.

    ``compared`` are its rows of ``compare.frame.TRACED`` against county and country.
    """
    figures = compared.filter(pl.col("method") != ANSWER_METHOD)
    sexes = women_and_men(figures, indicators, basis.denominators)
    sexes = sexes.sort("beyond_chance", descending=True, nulls_last=True, maintain_order=True)
    caption = " ".join(filter(None, [tried_sentence(sexes), SEXES_CAPTION]))
    both = figures.filter(pl.col("sex") == Sex.TOTAL.value)
    valued = worth_of(nearest(both), basis.denominators)
    # Whose page it is is known, and a record of a service is no place to look it up at.
    lines = not valued.is_empty() and valued["place"].str.starts_with("rad ").all()
    unwanted = {"Kommun"} if lines else {"Kommun", "Rad"}
    view = [column for column in worth(names) if column.heading not in unwanted]
    view.append(plain("Dokument", "document"))
    found = (
        (SEXES_HEADING, "kvinnor-och-man", caption, sexes, women_and_men_view(), _between),
        ("Vad skillnaderna motsvarar", "motsvarar", _WORTH_CAPTION, valued, view, _worth),
    )
    tables = []
    for heading, name, caption, frame, columns, download in found:
        if not frame.is_empty():
            files |= downloads(name, download(frame, names))
            tables.append(_table(heading, name, caption, frame, columns))
    return tables


def _table(heading: str, name: str, caption: str, frame: pl.DataFrame, columns: View) -> Table:
    """A table; what a column of words says alike of every row is said in the caption."""
    view = filled(frame, columns)
    shown = [
        (_HEADINGS.get(column.heading, column.heading), column.figures, texts)
        for column, texts in zip(view, cells(frame, view), strict=True)
    ]
    alike = {
        heading: f"{heading}: {texts[0]}."
        for heading, figures, texts in shown[1:]
        if heading in _SAID_ONCE and not figures and len(set(texts)) == 1
    }
    kept = [one for one in shown if one[0] not in alike]
    return Table(
        heading,
        name,
        " ".join([caption, *alike.values()]),
        [(heading, "number" if figures else "text") for heading, figures, _ in kept],
        list(zip(*(texts for *_, texts in kept), strict=True)),
    )


def _between(frame: pl.DataFrame, _: Names) -> pl.DataFrame:
    """Women and men with numbers, under the headings of the page."""
    chance = pl.col("beyond_chance")
    return frame.select(
        pl.col("label").alias("Indikator"),
        period().alias("Period"),
        pl.col("women").alias("Kvinnor"),
        pl.col("men").alias("Män"),
        pl.col("gap").alias("Skillnad"),
        pl.col("unit").replace(UNIT_WORDS).alias("Enhet"),
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
