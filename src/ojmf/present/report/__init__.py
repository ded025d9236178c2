"""A report to a committee, and a comparison table, as Word documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ojmf.errors import InputError, why
from ojmf.ingest.document import refuse_strange
from ojmf.present.annex.rows import Comparison
from ojmf.present.report.annex_columns import Lengths, lengths, lengths_of
from ojmf.present.report.annex_values import table_values
from ojmf.present.report.filling import render, render_guarded
from ojmf.present.report.notes import Notes
from ojmf.present.report.placeholders import report_values
from ojmf.present.report.template import report_template, table_template
from ojmf.present.report.values import Head, ReportValues, TableValues

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from ojmf.workspace import Workspace

_OWN_TEMPLATE = "mallen som följer med ojmf"


def to_report(
    workspace: Workspace,
    comparison: Comparison,
    head: Head,
    template: Path | None = None,
    before: pl.Expr | None = None,
) -> bytes:
    """The report from a template, or from the one that comes with ojmf.

    ``before`` is the condition on the periods that it tells changes since, the latest earlier one
    if None.

    Raises ``InputError`` where the template can't be read or filled.
    """
    notes = Notes()
    values = report_values(workspace, comparison, head, notes, before)
    # A template of a user's is a program that may run for ever.
    fill = render_guarded if template else render
    return fill(
        _read(template) if template else report_template(_lengths(values)),
        str(template or _OWN_TEMPLATE),
        values,
        title=values.rubrik,
        day=head.day,
        notes=notes.texts,
    )


def _lengths(values: TableValues) -> Lengths:
    """How long the texts of the tables are, by which their columns are as wide as they need."""
    return Lengths(
        answers=lengths_of(values.svarsomraden),
        figures=lengths_of([area for area in values.mattomraden if area.kan_jamforas]),
        alone=lengths_of([area for area in values.mattomraden if not area.kan_jamforas]),
        register=lengths_of(values.omraden),
        changes=lengths("rad", values.forandringar if isinstance(values, ReportValues) else ()),
    )


def to_table(comparison: Comparison, day: date) -> bytes:
    """The comparison table as a Word document."""
    values = table_values(comparison)
    return render(
        table_template(_lengths(values)), _OWN_TEMPLATE, values, title=values.rubrik, day=day
    )


def _read(template: Path) -> bytes:
    try:
        refuse_strange(template)
        return template.read_bytes()
    except OSError as error:
        raise InputError(
            f"{template}: mallen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error
