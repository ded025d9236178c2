"""A municipality's table as Markdown and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import polars as pl

from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    counts,
    document_name,
    explanation,
    row_view,
    summary_view,
    title,
)
from ojmf.present.files import markdown_mark
from ojmf.present.spreadsheets import _harmless
from ojmf.present.tables import Column, View, cells, to_markdown
from ojmf.printed import MINUS, NO_BREAK_SPACE

BYTE_ORDER_MARK = "\ufeff"


def to_csv(comparison: Comparison) -> bytes:
    """The rows as CSV that a Swedish spreadsheet opens as it is.

    Semicolons, UTF-8 with a byte order mark, decimal comma. Figures are written with ``-`` and
    without spaces, so that the spreadsheet takes them for numbers. A text that begins with one
    of ``FORMULA_STARTS`` is given an apostrophe first, so that it is not taken for a formula.
    """
    view = (Column("Område", pl.col("area_name")), *row_view(comparison))
    columns = [
        [_figure(text) if column.figures else _harmless(text) for text in texts]
        for column, texts in zip(view, cells(comparison.rows, view), strict=True)
    ]
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow([_harmless(column.heading) for column in view])
    writer.writerows(zip(*columns, strict=True))
    return f"{BYTE_ORDER_MARK}{file.getvalue()}".encode()


def _figure(text: str) -> str:
    return text.replace(MINUS, "-").replace(NO_BREAK_SPACE, "").removeprefix("+")


def to_markdown_page(comparison: Comparison) -> bytes:
    """A summary, then a table per area, then the sources. Markup in texts is shown as it is."""
    how = " ".join(explanation(comparison))
    parts = [
        markdown_mark(),
        f"# {_plain(title(comparison))}\n\n{_plain(how)}\n\n",
        to_markdown(comparison.areas, _escaped(summary_view(comparison))),
    ]
    view = _escaped(row_view(comparison))
    for area in comparison.areas.to_dicts():
        parts.append(f"\n## {_plain(area['area_name'])}\n\n{counts(area)}\n\n")
        parts.append(to_markdown(comparison.area(area["area_id"]), view))
    parts.append("\n## Källor\n\n")
    parts += [f"- {_plain(document_name(source))}\n" for source in comparison.sources]
    return "".join(parts).encode()


_ENTITIES: Mapping[str, str] = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "*": "&#42;",
    "_": "&#95;",
    "`": "&#96;",
    "[": "&#91;",
}


def _plain(text: str) -> str:
    """A text on one line, without markup of its own."""
    return " ".join(text.splitlines()).translate(
        {ord(mark): entity for mark, entity in _ENTITIES.items()}
    )


def _escaped(view: View) -> View:
    """The view with the markup in its texts shown as it is."""
    marks, entities = list(_ENTITIES), list(_ENTITIES.values())
    return [
        column
        if column.figures
        else Column(_plain(column.heading), column.text.str.replace_many(marks, entities))
        for column in view
    ]
