"""What the columns of a table mean, by their headers, by what stands in them, and by each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ojmf.authoring.blocks import Block, is_year, kind
from ojmf.authoring.coded_answers import is_question, legend_of, without_legend
from ojmf.authoring.counted_days import ISO_DAY, without_days
from ojmf.authoring.differences import difference_of
from ojmf.authoring.elsewhere import proposed
from ojmf.authoring.forms import ColumnDraft, Context, Open, Proposal, slug
from ojmf.authoring.header_periods import set_periods
from ojmf.authoring.index_changes import are_index_changes
from ojmf.authoring.modelled import set_aside_modelled
from ojmf.authoring.parts_of_wholes import is_part, of_part
from ojmf.authoring.places_in_headers import is_compared, places_beside_measures
from ojmf.authoring.roles import NATIONAL, of_counties
from ojmf.authoring.row_names import name_of_measure
from ojmf.authoring.said_periods import ANY_YEAR, Report, scenario_of
from ojmf.authoring.scenario_questions import scenario_asked
from ojmf.authoring.shares import shares_of_column, shares_of_whole
from ojmf.authoring.shown_units import agreed, shown_in_column
from ojmf.authoring.unit_questions import ask_together, ask_unit, unit_said
from ojmf.authoring.units import SHARES, as_known, unit_of_measure
from ojmf.authoring.wording import (
    MEAN,
    MEAN_OF_SOME,
    OWN,
    is_group,
    measure_of,
    place_of,
    sex_of,
    without_sex,
)
from ojmf.declarations.drafts import Question
from ojmf.geography import county_of, is_municipality_code
from ojmf.model import COUNTRY, DIFFERENCES
from ojmf.printed import squeeze
from ojmf.unit_words import unit_of

_SHOWN = 60
_MOST = 0.8


def meanings(
    block: Block,
    context: Context,
    roles: list[str],
    found: Proposal,
    *,
    measures_across: bool = False,
    default_geo: Open | None = None,
) -> list[ColumnDraft]:
    """The columns of a table with what is known of them; keys of rows are left as text.

    ``measures_across``: every column of figures is an indicator of its own, or a period of the one
    that the title names.
    """
    columns = []
    whose = places_beside_measures(block, roles, context.report)
    by_row = not {"place", "code"}.isdisjoint(roles)
    for index, role in enumerate(roles):
        header = block.header[index] if index < len(block.header) else ""
        said = block.said[index] if index < len(block.said) else header
        column = ColumnDraft(header, content=role if role in {"comment", "answer"} else "text")
        if role in {"figure", "answer"}:
            column.content = role
            beside, said = whose.get(index, (None, said))
            block.said[index : index + 1] = [said]
            _whose(block, index, beside, column, found, context, measures_across, by_row)
            if column.content != "text":
                column.geo = column.geo or default_geo
        columns.append(column)
    set_aside_modelled(columns, block.said, context.letters)
    if not by_row:
        _of_counties(block, context, columns)
        _beside_places(block, context, columns, default_geo)
    values = [i for i, column in enumerate(columns) if column.is_value]
    set_periods(block, context, columns, values)
    _of_differences(columns)
    if {columns[i].unit for i in values} <= {"count", "percent", None}:
        for index in values:  # "Antal" says no more than that it is no share
            of_what = re.match(r"antal \w", block.said[index], re.I)
            if columns[index].unit == "count" and not of_what:
                columns[index].unit = None
    if measures_across:
        _measures(block, context, columns, values)
    else:
        _suffixes(block, context, columns, values, found)
    return columns


def _of_differences(columns: list[ColumnDraft]) -> None:
    """Give a difference without a unit of its own the one of the two columns before it."""
    for index, column in enumerate(columns):
        before = {(str(c.unit), c.shift) for c in columns[max(0, index - 2) : index] if c.unit}
        if column.unit is None and column.scenario in DIFFERENCES and len(before) == 1:
            unit = before.pop()
            column.unit, column.shift = unit if unit[0] not in SHARES else (None, None)


def _whose(
    block: Block,
    index: int,
    beside: str | None,
    column: ColumnDraft,
    found: Proposal,
    context: Context,
    measures_across: bool,
    by_row: bool,
) -> None:
    """Place, sex, scenario and unit of a column of figures or answers.

    ``by_row``: the rows say themselves whose they are. ``beside`` is the place that stood in the
    header beside what the block keeps of it.
    """
    report, legend = context.report, legend_of(block.said[index])
    block.said[index] = said = without_legend(block.said[index])
    texts = {
        cells[index]
        for number, cells in block.rows.items()
        if number not in block.shares and index < len(cells) and kind(cells[index]) == "figure"
    }
    words = column.content == "answer" and "answer" in map(kind, block.column(index))
    codes = {"0", "1", "2"} | (found.answers if found.kind == "oj-answers" else {*legend})
    coded = bool(texts) and texts <= codes and len(block.rows) > 1 and not words
    place = beside or place_of(said, report)
    column.sex = sex_of(said)
    if (
        legend
        or column.content == "answer"
        or (
            coded
            and (
                bool(OWN.match(said))
                or (found.kind == "oj-answers" and is_municipality_code(place or ""))
                or is_question(index, block, context, measures_across=measures_across)
            )
        )
    ):
        column.content, column.unit, column.scenario = "answer", "answer", "outcome"
        found.answers |= texts & codes if legend or coded else set()
        if not measures_across and not by_row:
            # A bare year under which the document answers is its own.
            unplaced = None if is_year(said.strip()) else _ask_place(said, block, report)
            column.geo = place or unplaced
        return
    of_answers = found.kind == "oj-answers" and _COUNTS_ANSWERS.search(said) is not None
    if of_answers or (is_group(said) and place is None):
        column.content, column.ignore = "text", "räknar svaren" if of_answers else None
        return
    column.scenario = scenario_asked(said, block) or scenario_of(said)
    if found.kind == "oj-answers" and not measures_across:
        if place is None:
            column.geo = _ask_place(said, block, report)
        column.scenario, column.unit = "share", "percent"
    if compared := is_compared(said, report):
        column.geo = None if column.scenario in DIFFERENCES else _ask_place(said, block, report)
    elif place is not None and place != report.geo:
        column.geo = place
    elif NATIONAL.search(said) and not by_row and not compared:
        column.geo = COUNTRY
    named = unit_said(said, said, context)
    if (unit := shown_in_column(block, index)) is not None:
        named = agreed(said, named, unit)
    shown = [text for text in block.column(index) if kind(text) == "figure"]
    if shown and sum("%" in text for text in shown) >= _MOST * len(shown):
        column.unit = "percent"
    elif named is not None and column.unit is None and not measures_across:
        column.unit, column.shift = shares_of_column(block, index, said, named)
        if are_index_changes(said, block, index):
            column.unit = ask_unit(said)


def _of_counties(block: Block, context: Context, columns: list[ColumnDraft]) -> None:
    """Give columns their counties where headers name counties without the word, and nothing else.

    A name that a municipality has too is the county beside others that none has.
    """
    bare = [squeeze(ANY_YEAR.sub(" ", said)) for said in block.said]
    placed = [
        i for i, column in enumerate(columns) if column.is_value and isinstance(column.geo, str)
    ]
    named = of_counties("", [bare[i] for i in placed], context)
    for index in placed:
        columns[index].geo = named.get(bare[index], columns[index].geo)


def _beside_places(
    block: Block, context: Context, columns: list[ColumnDraft], default_geo: Open | None
) -> None:
    """Ask whose a column is that stands beside columns of places and says nothing known itself.

    Its header may be short for a place or for a group of them: it is not the document's own.
    """
    known = context.report.gazetteer.by_text
    bare = [squeeze(ANY_YEAR.sub(" ", said)) for said in block.said]
    places = [c.is_value and known(text) for c, text in zip(columns, bare, strict=False)]
    if not any(places):
        return
    for column, said, text in zip(columns, block.said, bare, strict=False):
        of_some = MEAN.fullmatch(text)
        unplaced = column.geo in {None, default_geo}
        silent = of_some or (unplaced and measure_of(said, context.report))
        unit = (unit_of(said) or ("count",))[0]
        told = place_of(said, context.report) or scenario_of(said) or sex_of(said)
        unsaid = not told and unit == "count"
        if not column.is_value or not silent or not unsaid:
            continue
        if of_some:
            column.content, column.ignore = "text", MEAN_OF_SOME
        else:
            column.geo = _ask_place(said, block, context.report)


_OF_COUNTY = re.compile(r"länet$", re.I)
_COUNTS_ANSWERS = re.compile(r"^antal\b", re.I)


def _ask_place(said: str, block: Block, report: Report) -> Question:
    asked = Question(
        key=f"place.{slug(said) or block.first}",
        question=f"Vilken kommun, vilket län eller riket gäller kolumnen ”{said[:_SHOWN]}”?",
        kind="place",
    )
    if not report.likely_geo:
        return asked
    own = report.likely_geo if OWN.match(said) else None
    return proposed(asked, county_of(report.likely_geo) if _OF_COUNTY.match(said) else own, report)


def _measures(
    block: Block, context: Context, columns: list[ColumnDraft], values: list[int]
) -> None:
    """The indicator of every column: its header, or the title where headers are periods."""
    title = block.over or block.title or block.heading or context.title
    # The same question is asked in several areas: the others of the table tell which this is.
    area = context.labels.area([block.said[i] for i in values], f"{title} {context.title}") or ""
    parts = {i: before for i, before in _wholes(block, values) if before is not None}
    shares = shares_of_whole(block, values)
    for index in values:
        column, text = columns[index], block.said[index]
        if not column.label and not text:
            column.content = "text"
            continue
        bare = measure_of(text, context.report)
        of_theirs = column.scenario in DIFFERENCES and not bare
        if of_theirs and (theirs := difference_of(block, index, columns)) is not None:
            column.indicator, column.unit = theirs.indicator, theirs.unit
            column.shift = theirs.shift
            continue
        untitled = not (block.over or block.title or block.heading)
        told = text if of_theirs and untitled else bare
        name = _name_of(text, title, block, values, bare=told)
        if column.sex:
            name = without_sex(name)
        known = context.labels.match(area, text) or context.labels.match(area, name)
        if column.content == "answer":
            column.indicator = known or context.new_indicator(
                name, "answer", like=context.labels.nearest(name)
            )
            continue
        unit, shift = unit_of_measure(name, block, index, context)
        if index in shares and isinstance(unit, Question):
            unit, shift = "percent", None
        whole = columns[parts[index]] if index in parts else None
        if whole is not None and whole.unit and whole.scenario == column.scenario:
            figures, wholes = (_figures(block, i) for i in (index, parts[index]))
            unit, shift = of_part(text, figures, (whole.unit, whole.shift), wholes)
        before = columns[index - 1]
        difference = isinstance(unit, Question) and column.scenario in DIFFERENCES
        if difference and isinstance(before.unit, str) and before.unit not in SHARES:
            unit, shift = before.unit, before.shift
        own = context.labels.catalogue.unit(known) if known else None
        column.unit, column.shift = as_known(unit, own), shift
        declared = unit if isinstance(unit, str) else "count"
        column.indicator = known or context.new_indicator(
            name_of_measure(block, name, declared, context),
            declared,
            like=context.labels.nearest(name),
        )
    ask_together(block, columns, values)


def _name_of(text: str, title: str, block: Block, values: list[int], *, bare: str) -> str:
    """What a column measures by its header, or by the title where that names no measure."""
    said = (squeeze(ANY_YEAR.sub(" ", block.said[i])) for i in values)
    beside_whole = any(map(_WHOLE.fullmatch, said))
    dated = ISO_DAY.sub(" ", text)
    years = re.sub(r"\(\s*(19|20)\d\d\s*\)|,?\s*\b(19|20)\d\d\b\s*,?", " ", dated)
    name = squeeze(years).strip(" ,:-–") if bare or not title else ""
    generic = re.fullmatch(r"(antal|andel|värde|kvinnor|män|totalt|procent|%|\W)*", name, re.I)
    if not name or generic:
        return _without_years(title) + (f", {name.lower()}" if name and generic else "")
    if title and _WHOLE.fullmatch(name):
        return _without_years(title)
    part = title and beside_whole and _PART.fullmatch(name)
    return f"{_without_years(title)}, {name}" if part else name


def _wholes(block: Block, values: list[int]) -> Iterator[tuple[int, int | None]]:
    """The columns that are parts of one before them, each with that one."""
    whole: int | None = None
    for index in values:
        if is_part(block.said[index]):
            yield index, whole
        else:
            whole = index


_WHOLE = re.compile(
    r"(?:(?:hela )?(?:kommunen|organisationen)(?: total\w*)?|total\w*|"
    r"samtliga(?: förvaltningar| nämnder)?)",
    re.I,
)
"""The whole of an organisation."""
_PART = re.compile(
    r"[^\W\d][^\d%/]*(?:förvaltning|nämnd|kontor|sektor|avdelning|enhet|bolag)(?:en|n|et)?", re.I
)
"""Parts of an organisation, which say whose the figures are and not what they measure."""


def _figures(block: Block, index: int) -> list[str]:
    return [text for text in block.column(index) if kind(text) == "figure"]


def _without_years(title: str) -> str:
    years = re.sub(r"\b(19|20)\d\d\b([–-](19|20)?\d\d)?", " ", without_days(title))
    return squeeze(years).strip(" ,.:-–") or "Mått"


def _suffixes(
    block: Block,
    context: Context,
    columns: list[ColumnDraft],
    values: list[int],
    found: Proposal,
) -> None:
    """Tell columns apart that are alike in place, sex, scenario and period by what they measure."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index in values:
        column = columns[index]
        if column.content in {"figure", "answer"}:
            period = column.period
            if isinstance(period, Question):
                own = None if period.key == "reporting-period" else period.key
                period = period.proposal or str(period.options or own or "")
            key = (column.geo, str(column.scenario), str(period), column.content)
            groups.setdefault(key, []).append(index)
    for group in _of_sexes(columns, groups.values()):
        if len(group) < 2:
            continue
        sexes = [columns[i].sex for i in group]
        if len({*sexes}) == 1 and all(block.column(i) == block.column(group[0]) for i in group):
            for index in group[1:]:
                columns[index].content = "text"
                columns[index].ignore = f"samma tal som kolumnen ”{columns[group[0]].label}”"
            continue
        words = [slug(measure_of(block.said[i], context.report)) for i in group]
        units = [str(columns[i].unit or "") for i in group]
        names = [
            f"{w}-{slug(u)}".strip("-") if u == "percent" else w
            for w, u in zip(words, units, strict=True)
        ]
        if len(set(names)) < len(names) and {columns[i].scenario for i in group} == {"forecast"}:
            names = [slug(block.said[i]) for i in group]  # each forecast by when it was made
        if len(set(zip(sexes, names, strict=True))) == len(names):
            for index, name in zip(group, names, strict=True):
                columns[index].suffix = f"-{name}" if name else None
        else:
            headers = "”, ”".join(block.said[i][:30] for i in group)
            found.unsure = Question(
                key=f"table.{slug(block.title) or block.first}",
                question=f"Vad skiljer kolumnerna ”{headers}” i tabellen ”{block.title[:_SHOWN]}”?",
                kind="table",
            )


def _of_sexes(columns: list[ColumnDraft], groups: Iterable[list[int]]) -> Iterator[list[int]]:
    """Groups of columns, each of one sex where all its columns are in the same unit.

    A share beside amounts of women and of men measures something else than they do.
    """
    for group in groups:
        if len({str(columns[i].unit) for i in group}) > 1:
            yield group
            continue
        for sex in dict.fromkeys(columns[i].sex for i in group):
            yield [i for i in group if columns[i].sex == sex]
