"""Whether it is accounted for by a draft that a table counts by thousands or millions."""

from __future__ import annotations

from ojmf.authoring.forms import ColumnDraft, OverrideDraft
from ojmf.authoring.governing import SHOWN, Governed
from ojmf.authoring.unit_questions import ask_unit
from ojmf.model import COUNT_UNITS
from ojmf.unit_words import counted_by


def account_for_units(table: Governed) -> None:
    """Ask of counts where a title, a corner or a note says that they are in thousands."""
    near = (*table.titles, *table.corners, *table.notes)
    text = next((text for text in near if counted_by(text)), None)
    if text is None:
        return
    drafted: list[ColumnDraft | OverrideDraft] = [column for column, _ in table.columns]
    for one in (*drafted, *table.table.overrides):
        if one.unit in COUNT_UNITS and not one.shift:
            name = one.label if isinstance(one, ColumnDraft) else (*one.rows, *one.columns)[0]
            asked = ask_unit(name)
            what = f"{asked.question} Vid tabellen står ”{text[:SHOWN]}”."
            one.unit = asked.model_copy(update={"question": what})
    if any(column.unit for column, _ in table.columns):
        return
    for row in table.rows:
        if not table.is_said("unit", row):
            table.ask_row(row, "unit", f" Vid tabellen står ”{text[:SHOWN]}”.")
