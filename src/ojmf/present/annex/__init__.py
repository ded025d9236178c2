"""A municipality's table in the format that a file name asks for."""

from __future__ import annotations

from datetime import date

from ojmf.present.annex.rows import Comparison

SUFFIXES = (".xlsx", ".html", ".md", ".csv", ".docx")


def to_file(comparison: Comparison, suffix: str, day: date) -> bytes:
    """The bytes of a file; ``suffix`` is one of ``SUFFIXES``, ``day`` the date of a document.

    Raises ``ValueError`` for another suffix.
    """
    if suffix == ".xlsx":
        from ojmf.present.annex.xlsx import to_xlsx

        return to_xlsx(comparison)
    if suffix == ".html":
        from ojmf.present.annex.html import to_html

        return to_html(comparison)
    if suffix == ".docx":
        from ojmf.present.report import to_table

        return to_table(comparison, day)
    from ojmf.present.annex import markdown as comparison_text

    if suffix == ".md":
        return comparison_text.to_markdown_page(comparison)
    if suffix == ".csv":
        return comparison_text.comparison_csv(comparison)
    raise ValueError(f"{suffix!r} is none of {', '.join(SUFFIXES)}")
