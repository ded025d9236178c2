"""Whether all that governs a table's figures is accounted for by what a draft says of them.

A title, a sheet's name, a header, a label or a note may say whose figures are, when they are of,
whether they are plans, differences or places in an order, and by what they are counted. What the
draft leaves out or contradicts is asked about, without a proposal: the figures are not read until
someone says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.accounted_rows import account_for_rows
from ojmf.authoring.accounted_units import account_for_units
from ojmf.authoring.evidence import (
    is_mean_of_years,
    is_of_figures,
    left_unsaid,
    mark_of,
    marked_notes,
    names_others,
    names_part_of_year,
    names_time,
    of_some,
    places_in,
    says_when,
    scenario_of_title,
    years_in,
)
from ojmf.authoring.figure_forms import form
from ojmf.authoring.forms import ColumnDraft, Context, Passed, Proposal, slug
from ojmf.authoring.governing import SHOWN, Governed
from ojmf.authoring.said_periods import ANY_YEAR, scenario_of
from ojmf.authoring.wording import county_of, measure_of, sex_of
from ojmf.authoring.written_years import years_together
from ojmf.declarations.drafts import Question
from ojmf.geography import GROUP
from ojmf.ingest.document import Document
from ojmf.model import DIFFERENCES, PeriodKind
from ojmf.periods import PARTS_OF_YEAR
from ojmf.printed import squeeze
from ojmf.unit_words import unit_of

_PLANS = {"budget", "forecast", "target"}
_FEWEST_PARTS = 3


def account(found: Sequence[Proposal | Passed], document: Document, context: Context) -> None:
    """Ask about what the tables of a document leave out of what governs their figures."""
    ends = [*(after.block.first for after in found[1:]), len(document.lines) + 1]
    for one, end in zip(found, ends, strict=True):
        if isinstance(one, Proposal) and one.unsure is None and one.layout != "months":
            table = Governed.of(one, document, context, end)
            notes = _telling(table)
            _sexes(table)
            _scenarios(table)
            _numbers(table)
            _times(table)
            _places(table)
            if notes:
                _marked(table, notes)
                _marked_places(table, notes)
                _marked_times(table, notes)
            account_for_rows(table, notes)
            account_for_units(table)
            _others(table)


def _telling(table: Governed) -> dict[str, str]:
    """The notes with a mark that say something of time, place or scenario, by their mark."""
    gazetteer = table.context.report.gazetteer
    return {
        mark: note
        for mark, note in marked_notes(table.notes).items()
        if is_of_figures(note)
        and (names_time(note) or scenario_of(note) or places_in(note, gazetteer))
    }


def _sexes(table: Governed) -> None:
    """Take the one sex that a title names for columns that name none."""
    sex = next((found for text in table.titles if (found := sex_of(text))), None)
    if sex is not None and "sex" not in table.by_row:
        for column, _ in table.columns:
            column.sex = column.sex or sex


def _scenarios(table: Governed) -> None:
    """Ask whether figures are the plans or differences that their title names."""
    if any(scenario_of(said) for _, said in table.columns):
        return
    for text in table.titles:
        own = scenario_of_title(text)
        for column, _ in table.columns if own else ():
            if column.scenario == "outcome" and column.content == "figure":
                what = f"Vad är talen under ”{text[:SHOWN]}”: utfall, budget, prognos, mål, "
                likely = own if own == "forecast" and _all_to_come(table, text) else None
                table.ask(column, "scenario", text, what + "avvikelse eller förändring?", likely)


def _all_to_come(table: Governed, title: str) -> bool:
    """Whether the rows are of years, none before those that a title of forecasts names."""
    when = [i for i, c in enumerate(table.table.columns) if c.content == "period"]
    years = [text[:4] for i in when for text in table.table.block.column(i) if text]
    return bool(years) and min(years) >= min(years_in(title), default="")


def _times(table: Governed) -> None:
    """Ask of columns without a time of their own where a title or note names another."""
    notes = [n for n in table.notes if says_when(n) and not _is_marked(table, n)]
    near = [text for text in (*table.titles, *notes) if names_time(text)]
    for column, said in table.columns if not table.by_row & {"period", *PARTS_OF_YEAR} else ():
        period = column.period
        if not isinstance(period, str) or names_time(said):
            continue
        ends = {period[:4], period.rpartition("/")[2][:4]}
        for text in near:
            years = years_in(text)
            several = is_mean_of_years(text) or (text in table.titles and len(years) > 1)
            if several and period == years_together(text):
                continue
            if several or (years and ends.isdisjoint(years)):
                what = f"Vilken period gäller tal utan egen tid under ”{text[:SHOWN]}”?"
                table.ask(column, "period", text, what)


_RUNNING = re.compile(
    r"(?:[MP]|(?:mätning|mättillfälle|mätpunkt|omgång|enkät|period|månad|år)(?:en)?) ?\d\d?", re.I
)


def _numbers(table: Governed) -> None:
    """Ask when columns are of whose headers have numbers that no time in them explains.

    ``P1``, ``P2`` may be periods, and ``Mätning 1`` and ``Mätning 2`` were made at two times.
    """
    running = len({said for _, said in table.columns if _RUNNING.fullmatch(said)}) > 1
    for column, said in table.columns:
        left = measure_of(said.removesuffix(mark_of(said) or ""), table.context.report)
        broken = re.search(r"\b20\d\b", said) is not None  # a year that has lost its last digit
        odd = broken or re.fullmatch(r"[\d\s]+", left) or (running and _RUNNING.fullmatch(said))
        if isinstance(column.period, str) and odd:
            what = f"Vilken period gäller ”{said[:SHOWN]}”, och vad är {left} där?"
            table.ask(column, "period", said, what)


def _is_marked(table: Governed, note: str) -> bool:
    """Whether a note is about those labels or headers that have its mark."""
    labels = (*table.rows, *(column.label for column, _ in table.columns))
    return not {mark_of(text) for text in labels}.isdisjoint(marked_notes([note]))


def _places(table: Governed) -> None:
    """Ask whose figures are where a title or header names another place, or several."""
    gazetteer, own = table.context.report.gazetteer, table.context.report.geo
    if table.by_row & {"place", "code"}:
        return
    for column, said in table.columns:
        given = column.geo if isinstance(column.geo, str) else own
        if gazetteer.levels.get(given) == GROUP:
            continue  # only a header that names a group gives one
        here = places_in(said, gazetteer)
        named = county_of(squeeze(ANY_YEAR.sub(" ", said)), gazetteer)
        if column.scenario in DIFFERENCES or given in here or given == named:
            continue
        text = next(
            (
                title
                for title in table.titles
                if names_others(title) or ((p := places_in(title, gazetteer)) and given not in p)
            ),
            "",
        )
        mean = column.period_kind == PeriodKind.SEVERAL_YEARS  # of years, and not of places
        some = of_some(said) and unit_of(said) is None and not (mean or _of_parts(table))
        if here or names_others(said) or some:
            text = said
        elif column.geo is not None:
            continue
        if text:
            what = f"Vilken plats gäller talen under ”{text[:SHOWN]}”?"
            table.ask(column, "place", text, what)


def _of_parts(table: Governed) -> bool:
    """Whether columns are parts of a year, so that a mean beside them is the year's."""
    parts = [c.month is not None or names_part_of_year(said) for c, said in table.columns]
    return sum(parts) >= _FEWEST_PARTS


def _marked(table: Governed, notes: dict[str, str]) -> None:
    """Take the plan that a column's footnote says; ask about what else one says."""
    for column, said in table.columns:
        note = notes.get(mark_of(column.label) or "")
        if note is None:
            continue
        own = scenario_of_title(note)
        if own in _PLANS and not years_in(note) and column.scenario == "outcome":
            column.scenario = own
        else:
            what = f"Vilken period gäller ”{said[:SHOWN]}”? Noten säger ”{note[:SHOWN]}”."
            table.ask(column, "period", note, what)


def _marked_places(table: Governed, notes: dict[str, str]) -> None:
    """Pass over the rows of places of which a footnote says another time, place or scenario."""
    named = "label" if table.table.layout == "places" else "place"
    at = [i for i, column in enumerate(table.table.columns) if column.content == named]
    for cells in table.table.block.rows.values() if "place" in table.by_row else ():
        marks = {mark for cell in cells if (known := form(cell)) for mark in known.marks}
        names = [cells[i] for i in at if i < len(cells)]
        told = next((notes[m] for m in (*map(mark_of, names), *marks) if m in notes), None)
        if told is not None:
            why = f"noten säger ”{told[:SHOWN]}”, som tabellen inte säger"
            table.table.ignore |= {name: why for name in names if name}


def _marked_times(table: Governed, notes: dict[str, str]) -> None:
    """Ask of a table with a period down its rows of which a footnote says another, or a plan."""
    block = table.table.block
    at = [i for i, column in enumerate(table.table.columns) if column.content == "period"]
    for text in sorted({text for i in at for text in block.column(i)}):
        note = notes.get(mark_of(text) or "")
        if note is None:
            continue
        another = names_part_of_year(note) or not {*years_in(note)} <= {*years_in(text)}
        if another or scenario_of(note):
            table.table.unsure = table.table.unsure or Question(
                key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
                question=f"Vilken period gäller ”{text[:SHOWN]}”? Noten säger ”{note[:SHOWN]}”. "
                "Skriv den i filen.",
                kind="table",
            )


def _others(table: Governed) -> None:
    """Ask about a column whose header has words that those beside it lack.

    Its figures are something else than what the rows name: an index, a quota, a place in an order.
    """
    if table.table.layout != "grid" or table.table.kind == "oj-answers":
        return
    report = table.context.report
    left = {said: left_unsaid(measure_of(said, report)) for _, said in table.columns}
    for column, said in table.columns if not all(left.values()) else ():
        other = _is_plain(column) and not names_time(said)
        if left[said] and (other or _is_beside_stated(table, column, said)):
            what = f"Vad är ”{said[:SHOWN]}”? Kolumnen bredvid har andra tal för samma rader."
            table.ask(column, "scenario", said, what)


def _is_beside_stated(table: Governed, column: ColumnDraft, said: str) -> bool:
    """Whether a column says no scenario beside one of its unit that does: ``Behov``, ``Utfall``.

    What sums of money are side by side in says so.
    """
    if column.scenario != "outcome" or scenario_of(said) or _SIDE_BY_SIDE.search(said):
        return False
    alike = ("unit", "shift", "geo", "sex", "period")
    return any(
        _STATED.search(theirs) and all(getattr(column, a) == getattr(other, a) for a in alike)
        for other, theirs in table.columns
    )


_STATED = re.compile(r"utfall|bokslut|budget|prognos|\bmål(?:värde|tal)?\b|\bram\b", re.I)
_SIDE_BY_SIDE = re.compile(
    r"intäkt|kostnad|netto|brutto|inkomst|utgift|bidrag|avgift|inbetal|utbetal|ersättning", re.I
)


def _is_plain(column: ColumnDraft) -> bool:
    """Whether a draft says of a column only that it is an outcome."""
    return column.suffix is None and column.geo is None and column.scenario == "outcome"
