"""A report to a board, and a comparison table, as Word documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ojmf.errors import InputError, why
from ojmf.ingest.document import refuse_strange
from ojmf.present.annex.rows import Comparison
from ojmf.present.report.filling import render, render_guarded
from ojmf.present.report.notes import Notes
from ojmf.present.report.placeholders import Head, ReportValues, report_values, table_values
from ojmf.present.report.template import report_template, table_template

if TYPE_CHECKING:
    from datetime import date

    from ojmf.workspace import Workspace

_OWN_TEMPLATE = "mallen som följer med ojmf"


def to_report(
    workspace: Workspace, comparison: Comparison, head: Head, template: Path | None = None
) -> bytes:
    """The report from a template, or from the one that comes with ojmf.

    Raises ``InputError`` where the template can't be read or filled.
    """
    notes = Notes()
    values = report_values(workspace, comparison, head, notes)
    # A template of a user's is a program that may run for ever.
    fill = render_guarded if template else render
    return fill(
        _read(template) if template else report_template(comments=_commented(values)),
        str(template or _OWN_TEMPLATE),
        values,
        title=values.rubrik,
        day=head.day,
        notes=notes.texts,
    )


def _commented(values: ReportValues) -> bool:
    """Whether any row of the annexes has a comment or a mark."""
    return any(row.kommentar for area in values.omraden for row in area.rader)


def to_table(comparison: Comparison, day: date) -> bytes:
    """The comparison table as a Word document."""
    values = table_values(comparison)
    return render(table_template(), _OWN_TEMPLATE, values, title=values.rubrik, day=day)


def _read(template: Path) -> bytes:
    try:
        refuse_strange(template)
        return template.read_bytes()
    except OSError as error:
        raise InputError(
            f"{template}: mallen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error
