"""Results in a notebook: frames that are shown as Swedish tables."""

from __future__ import annotations

import html
from typing import Any

import polars as pl

from ojmf.model import SEX_WORDS, Status
from ojmf.present.formats import period
from ojmf.present.reasons import withheld
from ojmf.present.tables import Column, View, cells, filled
from ojmf.present.view_columns import compared_with, shown_decimals
from ojmf.present.views import Names
from ojmf.present.words import STATUS_LABELS, UNIT_WORDS, VERDICT_WORDS
from ojmf.printed import number

_HTML_ROWS = 200


class Result(pl.DataFrame):
    """A frame that a notebook shows as a Swedish table, and otherwise the frame that it is.

    What is made of it (``filter``, ``select`` …) is an ordinary frame.
    """

    def __init__(self, frame: pl.DataFrame, view: View) -> None:
        super().__init__(frame)
        self._view: View = view

    def _repr_html_(self, **_: Any) -> str:
        view = filled(self, view) if (view := self._view) else ()
        columns = cells(self.head(_HTML_ROWS), view)
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


def framed(names: Names) -> View:
    """Rows of ``compare.frame.FRAME`` with verdict and reason, as a notebook shows them."""
    several = pl.when(pl.col("geo").n_unique() > 1).then(pl.col("geo").replace(names.places))
    own = pl.coalesce("own_answer", number(pl.col("own"), shown_decimals(1)), withheld("note"))
    colour = pl.when(pl.col("status") != Status.GREY.value).then(
        pl.col("status").replace(STATUS_LABELS)
    )
    return (
        Column("Kommun", several, optional=True),
        Column("Område", pl.col("area_id").replace(names.areas)),
        Column("Indikator", pl.col("label")),
        Column("Period", period()),
        Column("Kön", pl.col("sex").replace_strict(SEX_WORDS, default=None), optional=True),
        Column("Eget", own, figures=True),
        Column("Enhet", pl.col("unit").replace(UNIT_WORDS)),
        Column("Bedömning", pl.coalesce(pl.col("verdict").replace(VERDICT_WORDS), colour)),
        Column("Jämfört med", compared_with(names.places)),
        Column("Referens", number(pl.col("reference"), shown_decimals(1)), figures=True),
        Column("Gap", number(pl.col("gap"), shown_decimals(1), signed=True), figures=True),
        Column("Skäl", pl.col("reason")),
        Column("Källa", pl.col("own_source")),
        Column("Plats", pl.col("own_place")),
    )
