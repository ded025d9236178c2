"""Results in a notebook: frames that are shown as Swedish tables."""

from __future__ import annotations

import html
from collections.abc import Collection
from typing import Any

import polars as pl

from ojmf.model import SEX_WORDS, Status
from ojmf.present.formats import period
from ojmf.present.reasons import withheld
from ojmf.present.tables import Column, View, cells, filled
from ojmf.present.units import unit_word
from ojmf.present.view_columns import (
    compared_with,
    figure,
    gap_unit,
    measured,
    of_kind,
    shown_decimals,
    unless_whole,
    word,
)
from ojmf.present.views import Names
from ojmf.present.words import CHANGE_WORDS, STATUS_LABELS, VERDICT_WORDS
from ojmf.printed import number

_HTML_ROWS = 200
_MORE = {
    "change": Column("Ändring", word("change", CHANGE_WORDS)),
    "dimension": of_kind("dimension"),
    "type": of_kind("type"),
    "priority": figure("Andel JA bland de andra (%)", "priority", 1),
    "area_gap": figure("Områdets skillnad", "area_gap", 1, signed=True),
    "contribution": figure("Del av områdets skillnad", "contribution", 1, signed=True),
}


class Result(pl.DataFrame):
    """A frame that a notebook shows as a Swedish table, and otherwise the frame that it is.

    What is made of it (``filter``, ``head`` …) is shown as an ordinary frame. ``seen`` has the same
    rows with what the table shows beside them, such as the marks of corrected figures.
    """

    _view: View | None = None
    _seen: pl.DataFrame | None = None

    def __init__(self, frame: pl.DataFrame, view: View, seen: pl.DataFrame | None = None) -> None:
        super().__init__(frame)
        self._view = view
        self._seen = frame if seen is None else seen

    def _repr_html_(self, **given: Any) -> str:
        if self._view is None or self._seen is None:  # a part or a copy: Polars makes it without
            return super()._repr_html_(**given)
        shown = self._seen.head(_HTML_ROWS)
        view = filled(shown, self._view)
        columns = cells(shown, view)
        heads = "".join(f'<th scope="col">{html.escape(column.heading)}</th>' for column in view)
        styles = [' style="text-align:right"' if column.figures else "" for column in view]
        rows = "".join(
            f"<tr>{''.join(map(_cell, styles, row))}</tr>" for row in zip(*columns, strict=True)
        )
        more = self.height - _HTML_ROWS
        foot = f"<p>… och {more} rader till</p>" if more > 0 else ""
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{foot}"


def _cell(style: str, text: str) -> str:
    return f"<td{style}>{html.escape(text)}</td>"


def framed(names: Names, more: Collection[str] = ()) -> View:
    """Rows of ``compare.frame.FRAME`` with verdict and reason, as a notebook shows them.

    ``more`` are the columns that the order of the rows rests on; those that people read are shown.
    """
    several = pl.when(pl.col("geo").n_unique() > 1).then(pl.col("geo").replace(names.places))
    own = pl.coalesce(
        "own_answer",
        number(pl.col("own"), unless_whole("own", shown_decimals(1))),
        withheld("note"),
    )
    colour = pl.when(pl.col("status") != Status.GREY.value).then(
        pl.col("status").replace(STATUS_LABELS)
    )
    return (
        Column("Kommun", several, optional=True),
        Column("Område", pl.col("area_id").replace(names.areas)),
        Column("Indikator", pl.col("label")),
        *(column for name, column in _MORE.items() if name in more),
        Column("Period", period()),
        Column("Kön", pl.col("sex").replace_strict(SEX_WORDS, default=None), optional=True),
        Column("Eget", own, figures=True),
        Column("Enhet", unit_word()),
        Column("Bedömning", pl.coalesce(pl.col("verdict").replace(VERDICT_WORDS), colour)),
        Column("Jämfört med", compared_with(names.places)),
        measured("Referens", "reference", shown_decimals(1)),
        measured("Skillnad", "gap", shown_decimals(1), signed=True),
        gap_unit(answers=True),
        Column("Skäl", pl.col("reason")),
        Column("Källa", pl.col("own_source")),
        Column("Plats", pl.col("own_place")),
    )
