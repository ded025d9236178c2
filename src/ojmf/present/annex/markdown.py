"""A municipality's table as Markdown and as CSV for spreadsheets."""

from __future__ import annotations

import polars as pl

from ojmf.present.annex.documents import document_name
from ojmf.present.annex.named_sources import named_beside
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.summaries import summaries
from ojmf.present.annex.views import (
    explanation,
    parts,
    row_view,
    title,
)
from ojmf.present.files import markdown_mark
from ojmf.present.spreadsheets import to_csv
from ojmf.present.tables import Column, markdown_text, to_markdown
from ojmf.printed import MINUS, NO_BREAK_SPACE


def comparison_csv(comparison: Comparison) -> bytes:
    """The rows as CSV for a spreadsheet (``spreadsheets.to_csv``).

    Figures have the decimals that are printed. They are written with ``-`` and without spaces, so
    that the spreadsheet takes them for numbers.
    """
    view = (Column("Område", pl.col("area_name")), *row_view(comparison))
    texts = [
        (
            column.text.str.replace_many([MINUS, NO_BREAK_SPACE], ["-", ""]).str.strip_prefix("+")
            if column.figures
            else column.text
        ).alias(column.heading)
        for column in view
    ]
    return to_csv(comparison.rows.select(texts), [c.heading for c in view if c.figures])


def to_markdown_page(comparison: Comparison) -> bytes:
    """A summary, then a table per area, then the sources. Markup in texts is shown as it is."""
    how = " ".join(explanation(comparison))
    text = [
        markdown_mark(),
        f"# {markdown_text(title(comparison))}\n\n{markdown_text(how)}\n\n",
        *(
            f"## {one.heading}\n\n{markdown_text(one.caption)}\n\n"
            f"{to_markdown(one.frame, one.view)}\n"
            for one in summaries(comparison)
        ),
    ]
    view = row_view(comparison)
    for part in parts(comparison):
        text.append(f"\n## {markdown_text(part.name)}\n\n{part.counts}\n\n")
        text.append(to_markdown(part.rows, view))
    text.append("\n## Källor\n\n")
    named = [*map(document_name, comparison.sources), *named_beside(comparison)]
    text += [f"- {markdown_text(name)}\n" for name in named]
    return "".join(text).encode()
