"""A report to a committee, and a comparison table, as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from ojmf.errors import InputError, why
from ojmf.ingest.document import refuse_strange
from ojmf.present.annex.rows import Comparison
from ojmf.present.report.annex_columns import Without
from ojmf.present.report.annex_values import table_values
from ojmf.present.report.filling import render, render_guarded
from ojmf.present.report.notes import Notes
from ojmf.present.report.placeholders import report_values
from ojmf.present.report.template import report_template, table_template
from ojmf.present.report.values import Head, ShownArea, TableValues

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from ojmf.workspace import Workspace

_NOTHING = ("", "–", 0)
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
        _read(template) if template else report_template(_without(values)),
        str(template or _OWN_TEMPLATE),
        values,
        title=values.rubrik,
        day=head.day,
        notes=notes.texts,
    )


def _without(values: TableValues) -> Without:
    """The columns that no row needs, of answers, of figures and of both together."""
    return Without(*map(_empty, (values.svarsomraden, values.mattomraden, values.omraden)))


def _empty(areas: Sequence[ShownArea]) -> frozenset[str]:
    rows = [row for area in areas for row in area.rader]
    empty = {
        f"{item}.{field.name}"
        for item, shown in (("omrade", areas), ("rad", rows))
        for field in (fields(shown[0]) if shown else ())
        if all(getattr(one, field.name) in _NOTHING for one in shown)
    }
    # What all rows are compared with is said above them.
    said = {"rad.jamfort_med"} if any(area.jamfort_med for area in areas) else set()
    return frozenset(empty | said)


def to_table(comparison: Comparison, day: date) -> bytes:
    """The comparison table as a Word document."""
    values = table_values(comparison)
    return render(
        table_template(_without(values)), _OWN_TEMPLATE, values, title=values.rubrik, day=day
    )


def _read(template: Path) -> bytes:
    try:
        refuse_strange(template)
        return template.read_bytes()
    except OSError as error:
        raise InputError(
            f"{template}: mallen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error
