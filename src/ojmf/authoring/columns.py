"""What the columns of a table mean, by their headers, by what stands in them, and by each other."""

from __future__ import annotations

import re
from collections import Counter

from ojmf.authoring.blocks import Block, is_year, kind
from ojmf.authoring.forms import ColumnDraft, Context, Open, Proposal, slug
from ojmf.authoring.units import as_known, unit_of_measure
from ojmf.authoring.wording import (
    OWN,
    Report,
    Said,
    column_period,
    is_group,
    measure_of,
    part_named,
    place_of,
    reporting_period,
    scenario_of,
    sex_of,
)
from ojmf.declarations.drafts import Question
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
    by_row = not {"place", "code"}.isdisjoint(roles)
    for index, role in enumerate(roles):
        header = block.header[index] if index < len(block.header) else ""
        said = block.said[index] if index < len(block.said) else header
        column = ColumnDraft(header, content=role if role in {"comment", "answer"} else "text")
        if role in {"figure", "answer"}:
            column.content = role
            _whose(block, index, said, column, found, context, measures_across, by_row)
            if column.content != "text":
                column.geo = column.geo or default_geo
        columns.append(column)
    values = [i for i, column in enumerate(columns) if column.is_value]
    _periods(block, context, columns, values)
    if {columns[i].unit for i in values} <= {"count", "percent", None}:
        for column in columns:  # "Antal" says no more than that it is no share
            column.unit = None if column.unit == "count" else column.unit
    if measures_across:
        _measures(block, context, columns, values)
    else:
        _suffixes(block, context, columns, values, found)
    return columns


def _whose(
    block: Block,
    index: int,
    said: str,
    column: ColumnDraft,
    found: Proposal,
    context: Context,
    measures_across: bool,
    by_row: bool,
) -> None:
    """Place, sex, scenario and unit of a column of figures or answers.

    ``by_row``: the rows say themselves whose they are.
    """
    report = context.report
    texts = {
        cells[index]
        for number, cells in block.rows.items()
        if number not in block.shares and index < len(cells) and kind(cells[index]) == "figure"
    }
    coded = bool(texts) and texts <= {"0", "1", "2"} and len(block.rows) > 1
    place = place_of(said, report)
    column.sex = sex_of(said)
    if column.content == "answer" or (
        coded
        and (bool(OWN.match(said)) or _is_question(said, context, measures_across=measures_across))
    ):
        column.content, column.unit, column.scenario = "answer", "answer", "outcome"
        found.answers |= texts & {"0", "1", "2"} if coded else set()
        if not measures_across and not by_row:
            column.geo = place or _ask_place(said, block)
        return
    if is_group(said):
        column.content = "text"
        return
    column.scenario = scenario_of(said)
    if found.kind == "oj-answers" and not measures_across:
        if place is None:
            column.geo = _ask_place(said, block)
        column.scenario, column.unit = "share", "percent"
    if place is not None and place != report.geo:
        column.geo = place
    named = unit_of(said)
    shown = [text for text in block.column(index) if kind(text) == "figure"]
    if shown and sum("%" in text for text in shown) >= _MOST * len(shown):
        column.unit = "percent"
    elif named is not None and column.unit is None and not measures_across:
        column.unit, column.shift = named


def _is_question(said: str, context: Context, *, measures_across: bool) -> bool:
    """Whether a column of 1 and 0 answers a question: by the catalogue, or by how it is put."""
    if not measures_across:
        return False
    known = context.labels.match("", said)
    if known is not None:
        return context.labels.catalogue.unit(known) == "answer"
    counts = re.search(r"\bantal\b|%|\bandel\b|/|\bkr\b", said, re.I)
    return counts is None and len(said) > 15


def _ask_place(said: str, block: Block) -> Question:
    return Question(
        key=f"place.{slug(said) or block.first}",
        question=f"Vilken kommun, vilket län eller riket gäller kolumnen ”{said[:_SHOWN]}”?",
        kind="place",
    )


def _periods(block: Block, context: Context, columns: list[ColumnDraft], values: list[int]) -> None:
    """Scenario and period of every column of figures, by its header and by those beside it."""
    report = context.report
    sheet = block.heading if is_year(block.heading) else ""
    title = squeeze(f"{block.over} {block.title} {sheet}")
    planned = scenario_of(title) or scenario_of(block.heading)
    any_said = any(columns[i].scenario for i in values)
    said: dict[int, Said] = {}
    for index in values:
        column, text = columns[index], block.said[index]
        if column.scenario is None:
            bare_year = is_year(text.strip())
            if bare_year and not any_said and planned in {"budget", "forecast", "target"}:
                column.scenario = Question(
                    key=f"scenario.{slug(text)}.{planned}",
                    question=f"Är ”{text}” i ”{title.strip()[:_SHOWN]}” {_WORDS[planned]}?",
                    kind="scenario",
                    proposal=planned,
                    score=75,
                    options=("outcome", planned),
                )
            else:
                column.scenario = "outcome"
        what = column.scenario if isinstance(column.scenario, str) else planned
        here = column_period(text, what, report, title)
        if here == column_period("", what, report) and (own := _title_period(title, what, context)):
            here = own
        said[index] = here
    said |= _month_of_report(said, columns, report)
    parts = {part for i in values if (part := part_named(block.said[i]))}
    for index in values:
        here, column = said[index], columns[index]
        alone = len(parts) == 1 and report.partial and part_named(block.said[index])
        if alone and here.kind and here.period:
            # One quarter or tertial alone may be counted from January, as the report is.
            here = Said(options=(report.in_year(here.period[:4]), here.period))
            said[index] = here
        if here.period is None and column.scenario in {"deviation", "change"}:
            here = _by_arithmetic(block, index, columns, said, here)
        if here.period is None and not here.likely and column.scenario == "outcome":
            here = _like_its_sibling(block, index, said, context)
        column.period = here.period or (
            period_question(block.said[index], here, block)
            if here.options
            else reporting_question(())
        )
        column.period_kind = str(here.kind) if here.kind else None


def _month_of_report(
    said: dict[int, Said], columns: list[ColumnDraft], report: Report
) -> dict[int, Said]:
    """What the one month that headers name means where it is the report's last.

    It may be counted from January, as the report is.
    """
    months = {i: here for i, here in said.items() if _MONTH.fullmatch(here.period or "")}
    whole = report.period or ""
    if not report.partial or {here.period for here in months.values()} != {whole[-7:]}:
        return {}
    return {
        i: Said(options=(whole, whole[-7:]), likely=whole)
        for i in months
        if columns[i].scenario != "forecast"
    }


_MONTH = re.compile(r"\d{4}-\d{2}")
_WORDS = {"budget": "budget", "forecast": "prognos", "target": "mål"}


def _title_period(title: str, what: str | None, context: Context) -> Said | None:
    """The period that a table's title names, for columns that name none."""
    years = set(re.findall(r"\b(?:19|20)\d\d\b", title))
    if len(years) != 1:
        return None
    found = column_period(title, what, context.report)
    whole = reporting_period([title])
    unsure = whole.period is None and len(whole.options) > 1
    return found if found.period and not unsure else None


def reporting_question(options: tuple[str, ...], likely: str | None = None) -> Question:
    """The question which period the whole document is about."""
    return Question(
        key="reporting-period",
        question="Vilken period avser rapporten, till exempel 2024 eller 2024-01/2024-08?",
        kind="period",
        where="dokumentet",
        proposal=likely,
        score=60 if likely else 0,
        options=options,
    )


def period_question(text: str, said: Said, block: Block) -> Question:
    """The question which period a column is about."""
    options = ", ".join(said.options)
    return Question(
        key=f"period.{slug(text) or slug(block.title) or block.first}",
        question=f"Vilken period gäller kolumnen ”{text[:_SHOWN]}”?"
        + (f" {options}?" if options else ""),
        kind="period",
        proposal=said.likely,
        score=80 if said.likely else 0,
        options=said.options,
    )


def _numbers(block: Block, index: int) -> dict[int, float]:
    found = {}
    for number, cells in block.rows.items():
        text = cells[index] if index < len(cells) else ""
        plain = re.sub(r"[\s\u00a0\u202f%]", "", text).replace("−", "-").replace("–", "-")
        if re.fullmatch(r"-?\d+([.,]\d+)?", plain):
            found[number] = float(plain.replace(",", "."))
    return found


def _by_arithmetic(
    block: Block, index: int, columns: list[ColumnDraft], said: dict[int, Said], here: Said
) -> Said:
    """The period of a deviation: that of the two columns that it is the difference of."""
    own = _numbers(block, index)
    others = {i: _numbers(block, i) for i in said if i != index}
    found: Counter[str] = Counter()
    for i, first in others.items():
        for j, second in others.items():
            if i >= j:
                continue
            rows = own.keys() & first.keys() & second.keys()
            slack = 0.11 if any(v != round(v) for v in own.values()) else 1.01
            grown = columns[index].scenario == "change" and "%" in block.said[index]
            fit = sum(
                first[r] != 0 != second[r]
                and min(
                    abs(own[r] - 100 * (second[r] / first[r] - 1)),
                    abs(own[r] - 100 * (first[r] / second[r] - 1)),
                )
                <= slack / 2
                for r in rows
            )
            fit = (
                fit
                if grown
                else sum(
                    abs(abs(own[r]) - abs(abs(first[r]) - abs(second[r]))) <= slack
                    or abs(abs(own[r]) - abs(first[r] - second[r])) <= slack
                    for r in rows
                )
            )
            telling = sum(own[r] != 0 for r in rows)
            if telling and len(rows) >= 2 and fit >= _MOST * len(rows):
                ends = {p for k in (i, j) if (p := said[k].period)}
                kinds = {columns[k].scenario for k in (i, j)}
                if columns[index].scenario == "change":
                    found[max(ends, default="")] += 1
                elif len(ends) == 1 and len(kinds) == 2:
                    found[ends.pop()] += 1
    found.pop("", None)
    if len(found) == 1:
        return Said(next(iter(found)))
    periods = {s.period for i, s in said.items() if s.period and i != index}
    return Said(periods.pop()) if len(periods) == 1 and not found else here


def _like_its_sibling(block: Block, index: int, said: dict[int, Said], context: Context) -> Said:
    """What a header of another year means that is else worded as one of the reporting year."""

    def worded(text: str) -> str:
        return squeeze(re.sub(r"\b(19|20)\d\d\b", "#", text)).casefold()

    here = said[index]
    for other, theirs in said.items():
        same = other != index and worded(block.said[other]) == worded(block.said[index])
        if same and theirs.period == context.report.period and here.options:
            return Said(options=here.options, likely=here.options[0])
    return here


def _measures(
    block: Block, context: Context, columns: list[ColumnDraft], values: list[int]
) -> None:
    """The indicator of every column: its header, or the title where headers are periods."""
    title = block.over or block.title or block.heading or context.title
    # The same question is asked in several areas: the others of the table tell which this is.
    area = context.labels.area([block.said[i] for i in values], f"{title} {context.title}") or ""
    for index in values:
        column, text = columns[index], block.said[index]
        if not column.label and not text:
            column.content = "text"
            continue
        bare = measure_of(text, context.report)
        years = re.sub(r"\(\s*(19|20)\d\d\s*\)|,?\s*\b(19|20)\d\d\b\s*,?", " ", text)
        name = squeeze(years).strip(" ,:-–") if bare or not title else ""
        generic = re.fullmatch(r"(antal|andel|värde|kvinnor|män|totalt|procent|%|\W)*", name, re.I)
        if not name or generic:
            name = _without_years(title) + (f", {name.lower()}" if name and generic else "")
        if column.sex:
            name = squeeze(re.sub(r"\b(kvinnor|män|flickor|pojkar)\b", "", name, flags=re.I)).strip(
                " ,"
            )
        known = context.labels.match(area, text) or context.labels.match(area, name)
        if column.content == "answer":
            column.indicator = known or context.new_indicator(
                name, "answer", like=context.labels.nearest(name)
            )
            continue
        unit, shift = unit_of_measure(name, block, index, context)
        own = context.labels.catalogue.unit(known) if known else None
        column.unit, column.shift = as_known(unit, own), shift
        declared = unit if isinstance(unit, str) else "count"
        column.indicator = known or context.new_indicator(
            name, declared, like=context.labels.nearest(name)
        )


def _without_years(title: str) -> str:
    return (
        squeeze(re.sub(r"\b(19|20)\d\d\b([–-](19|20)?\d\d)?", " ", title)).strip(" ,.:-–") or "Mått"
    )


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
            period = (
                column.period.proposal if isinstance(column.period, Question) else column.period
            )
            key = (column.geo, column.sex, str(column.scenario), str(period), column.content)
            groups.setdefault(key, []).append(index)
    for group in groups.values():
        if len(group) < 2 or all(block.column(i) == block.column(group[0]) for i in group):
            continue
        words = [slug(measure_of(block.said[i], context.report)) for i in group]
        units = [str(columns[i].unit or "") for i in group]
        names = [
            f"{w}-{slug(u)}".strip("-") if u == "percent" else w
            for w, u in zip(words, units, strict=True)
        ]
        if len(set(names)) < len(names) and {columns[i].scenario for i in group} == {"forecast"}:
            names = [slug(block.said[i]) for i in group]  # each forecast by when it was made
        if len(set(names)) == len(names):
            for index, name in zip(group, names, strict=True):
                columns[index].suffix = f"-{name}" if name else None
        else:
            headers = "”, ”".join(block.said[i][:30] for i in group)
            found.unsure = Question(
                key=f"table.{slug(block.title) or block.first}",
                question=f"Vad skiljer kolumnerna ”{headers}” i tabellen ”{block.title[:_SHOWN]}”?",
                kind="table",
            )
