"""Whether all that labels of rows say of their figures is accounted for by a draft."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import kind
from ojmf.authoring.counted_days import HAPPENS, day_without_year
from ojmf.authoring.evidence import (
    is_order,
    mark_of,
    names_others,
    names_part_of_year,
    names_time,
    places_in,
    scenario_alone,
    years_in,
)
from ojmf.authoring.figure_forms import form
from ojmf.authoring.forms import ColumnDraft, OverrideDraft
from ojmf.authoring.governing import SHOWN, Governed
from ojmf.authoring.said_periods import SO_FAR, column_period, iso, scenario_of
from ojmf.authoring.scenario_questions import is_expected
from ojmf.periods import PARTS_OF_YEAR

_OF_YEAR = re.compile(r"(?:avser|gäller) (?:år(?:et)? )?((?:19|20)\d\d)\b(?![/–-])", re.I)
_BETWEEN = re.compile(r"\b(?:till|från|mellan|mot) [A-ZÅÄÖ]")
"""What is measured between places, as in ``Pendling till Orten``."""


def account_for_rows(table: Governed, notes: dict[str, str]) -> None:
    """Take what labels say plainly, and ask about the rest; ``notes`` are by their mark."""
    for row in table.rows:
        _scenario(table, row)
        if not table.by_row & {"period", *PARTS_OF_YEAR}:
            _time(table, row)
        _place(table, row)
        if is_order(row.rpartition(": ")[2]):
            table.ask_row(row, "unit", " En plats i en ordning är inget värde.")
        if notes:
            _noted(table, row, notes)


def _scenario(table: Governed, row: str) -> None:
    """Take the scenario that stands for itself in a label, where no header says another."""
    own = scenario_alone(row)
    if table.is_said("scenario", row):
        return
    columns = [(c.scenario, scenario_of(said)) for c, said in table.columns if c.is_figure]
    if own is None and is_expected(row) and ("outcome", None) in columns:
        table.ask_row(row, "scenario")
    if own in {None, "outcome"}:
        return
    if all(given == "outcome" and said is None for given, said in columns):
        table.table.overrides.append(OverrideDraft([row], scenario=own))
    elif any(given != own for given, _ in columns):
        table.ask_row(row, "scenario")


def _time(table: Governed, row: str) -> None:
    """Take the part of the year that a label names into the column's; ask where they disagree."""
    text = row.rpartition(": ")[2]
    if table.is_said("period", row):
        return
    if SO_FAR.search(text) and not names_time(row):
        _so_far(table, row)
        return
    if HAPPENS.search(text) and not names_time(row):
        _happened(table, row)
        return
    if not names_time(row) or day_without_year(text):
        return
    if any(map(_NAMES.fullmatch, table.corners)) and not names_time(_LETTERED.sub("", row)):
        return  # a school called H2 is no half-year
    for column, said in table.columns_of(row):
        if isinstance(column.period, str) and not _fits(table, row, column, said):
            table.ask_row(row, "period")
            return


_NAMES = re.compile(
    r"(?:\w*skol(?:a|or|enhet(?:er)?)|enhet|namn|avdelning|projekt|fastighet|byggnad|anläggning|"
    r"objekt|boende|verksamhetsställe)(?:s?namn)?",
    re.I,
)
_LETTERED = re.compile(r"\b[HKQT]\s?[1-4]\b")


def _so_far(table: Governed, row: str) -> None:
    """Count a row from January that says so, in columns of single months."""
    for column, _ in table.columns_of(row):
        if month := _MONTH.fullmatch(str(column.period)):
            until = iso(month[1], 1, int(month[2]))
            table.table.overrides.append(OverrideDraft([row], [column.label], period=until))


_MONTH = re.compile(r"(\d{4})-(\d\d)")


def _happened(table: Governed, row: str) -> None:
    """Take the year of what happens in it, among what there is on its last day; ask of other days.

    A header that names the day itself says the time up to it, or is of what it says.
    """
    for column, said in table.columns_of(row):
        period = str(column.period)
        if not _DAY.fullmatch(period) or names_part_of_year(said):
            continue
        if period[5:] != "12-31":
            table.ask_row(row, "period")
            return
        table.table.overrides.append(OverrideDraft([row], [column.label], period=period[:4]))


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _fits(table: Governed, row: str, column: ColumnDraft, said: str) -> bool:
    """Whether the time that a label names is the column's, or a part of its year, and told so."""
    period, text = str(column.period), row.rpartition(": ")[2]
    own = {*years_in(said)} if names_time(said) else {period[:4]}
    another = bool({*years_in(row)} - own)
    if not another and not names_part_of_year(row):
        return True
    here = column_period(
        text if years_in(text) else f"{text} {period[:4]}",
        str(column.scenario),
        table.context.report,
    )
    whole = re.fullmatch(r"\d{4}", period) is not None and not names_part_of_year(said)
    if here.period == period or not whole or another or here.period is None:
        return here.period == period
    told = str(here.kind) if here.kind else None
    table.table.overrides.append(
        OverrideDraft([row], [column.label], period=here.period, period_kind=told)
    )
    return True


def _place(table: Governed, row: str) -> None:
    """Ask whose the figures of a row are that names another place, or several."""
    report = table.context.report
    if table.by_row & {"place", "code"} or table.is_said("geo", row):
        return
    here = places_in(row, report.gazetteer)
    another = here and report.geo not in here and not _BETWEEN.search(row)
    if another or names_others(row):
        table.ask_row(row, "place")


def _noted(table: Governed, row: str, notes: dict[str, str]) -> None:
    """Take the year that the footnote of a label says; ask about what else one says."""
    block, numbers = table.table.block, table.table.row_labels[row]
    cells = [cell for n in numbers for cell in block.rows[n] if kind(cell) == "figure"]
    marks = {mark for cell in cells if (known := form(cell)) for mark in known.marks}
    own = [notes[mark] for mark in (*marks, mark_of(row)) if mark in notes]
    if not own or table.is_said("period", row):
        return
    year = _OF_YEAR.match(own[0])
    if year and mark_of(row) and not any(names_time(said) for _, said in table.columns):
        table.table.overrides.append(OverrideDraft([row], period=year[1]))
    else:
        table.ask_row(row, "period", f" Noten säger ”{own[0][:SHOWN]}”.")
