"""Which column of a table tells when its rows are from, where several say it."""

from __future__ import annotations

import re
from collections.abc import Collection

from ojmf.authoring.blocks import Block, is_year
from ojmf.authoring.counted_days import WEEK, is_counted_on_a_day
from ojmf.authoring.evidence import names_part_of_year, names_time
from ojmf.authoring.forms import OverrideDraft, Proposal, slug
from ojmf.authoring.said_periods import ANY_YEAR, Report, column_period
from ojmf.authoring.written_years import names_schools, split_year
from ojmf.declarations.drafts import Question
from ojmf.ingest.layouts.row_keys import (
    is_sum_of_months,
    is_whole_year,
    month_of,
    names_its_part,
    part_of,
)
from ojmf.periods import PARTS_OF_YEAR, cell_period, in_digits

MEASURED = r"\w*period|mät(år|tid|tillfälle|datum)|avser( år| period)?"
"""Headers of columns whose cells always say when the row was measured."""
_WHEN_MEASURED = re.compile(MEASURED, re.I)
_NAMES_TIME = re.compile(r"\b(kvartal|kv|[KQT]\d)\b", re.I)
_HEADERS = {
    "month": re.compile(r"m[åa]nad(?:er)?", re.I),
    "quarter": re.compile(r"(?:kvartal(?:et|s?(?:nr|nummer))?|kv|quarter|qtr)\.?", re.I),
    "tertial": re.compile(r"tertial(?:et|s?(?:nr|nummer))?", re.I),
    "half_year": re.compile(r"halvår(?:et|s?(?:nr|nummer))?", re.I),
}
"""Headers of columns of parts of a year by what they say."""
UNREAD = re.compile(r"(?:vecka|veckor|vecko?(?:nr|nummer)|week)\.?|(?P<term>termin(?:en)?)", re.I)
"""Headers of columns of weeks, and of terms, which may be numbered in two ways."""
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
"""A day, also in an order that is not told: ``02-04-20``."""
_DATED = re.compile(r"(?:\w*datum|dag|date|m[åa]nad|month|period|tid(?:punkt)?)", re.I)
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")
"""A day as a workbook counts it, which a column without the form of dates shows: ``45292``."""
_YEARS_END = re.compile(r"\b31(?:/12| dec(?:ember|\.)?)(?!\w)|\bårsskifte|\bårets slut", re.I)
_TWO = 2


def part_role(header: str, cells: Collection[str]) -> str | None:
    """The part of a year that a column says: by its header, or as each of its cells says itself.

    Under its header any number is one: that there is no fifth quarter is for the reader to tell.
    """
    for content, form in _HEADERS.items():
        said = {text for text in cells if part_of(text, content)}
        headed = form.fullmatch(header) is not None
        sums = {text for text in cells if is_whole_year(text) or is_sum_of_months(text)}
        others = [text for text in cells if text not in said | sums]
        numbers = headed and content != "month" and all(map(str.isdigit, others))
        if not said or (others and not numbers):
            continue
        words = not any(map(str.isdigit, said))
        named = content != "month" and all(names_its_part(text, content) for text in said)
        if headed or named or (words and form.match(header)):
            return content
    return None


def one_time(block: Block, roles: list[str]) -> None:
    """Let the finest column of periods tell when, and pass over those that say the same again.

    Exports prepared for charts have the year, the month's name and both together beside it.
    """
    rows = [[*cells, *[""] * len(roles)] for cells in block.rows.values() if any(cells)]
    _finest_part(rows, roles)
    told = [i for i, role in enumerate(roles) if role == "period"]
    if not told:
        return
    finest = max(told, key=lambda i: len({row[i] for row in rows}))
    for index, role in enumerate(roles):
        cells = {row[index] for row in rows if row[index]}
        pairs = {(row[finest], row[index]) for row in rows}
        follows = len(pairs) == len({row[finest] for row in rows}) > 1
        if index == finest or not follows or role not in {"period", *PARTS_OF_YEAR, "text"}:
            continue
        whole = role in PARTS_OF_YEAR and any(map(is_year, (row[finest] for row in rows)))
        if not whole and (role != "text" or all(map(_says_time, cells))):
            roles[index] = "again"


def _finest_part(rows: list[list[str]], roles: list[str]) -> None:
    """Pass over the quarters of rows that say their months as well, where each month has one."""
    parts = [i for i, role in enumerate(roles) if role in PARTS_OF_YEAR]
    finest = min(parts, key=lambda i: PARTS_OF_YEAR[roles[i]], default=0)
    for index in parts:
        pairs = {(row[finest], row[index]) for row in rows}
        if index != finest and len(pairs) == len({row[finest] for row in rows}):
            roles[index] = "again"


def _says_time(text: str) -> bool:
    return (
        cell_period(text) is not None
        or (month_of(text) is not None and not text.isdigit())
        or _NAMES_TIME.search(text) is not None
        or (ANY_YEAR.search(text) is not None and any(map(month_of, re.findall(r"[^\W\d]+", text))))
    )


def several_times(block: Block, roles: list[str]) -> Question | None:
    """The question which of several columns of periods tells when the figures are from."""
    told = [block.said[i] for i, role in enumerate(roles) if role == "period"]
    parts = [block.said[i] for i, role in enumerate(roles) if role in PARTS_OF_YEAR]
    if max(len(told), len(parts)) < _TWO:
        return None
    told = told if len(told) >= _TWO else parts
    return Question(
        key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
        question=f"Vilken av kolumnerna ”{'”, ”'.join(told)[:80]}” säger vilken period talen "
        "gäller? Ta bort de andra ur filen.",
        kind="table",
    )


def unread_times(block: Block) -> Question | None:
    """The question what to do with weeks or numbered terms, which are read as no period.

    The first term of a school year is its autumn's, that of a calendar year its spring's.
    """
    for index, said in enumerate(block.said):
        cells = block.texts(index)
        weeks = WEEK.search(said) or (cells and all(map(WEEK.fullmatch, cells)))
        what = "veckor" if weeks else ""
        if (header := UNREAD.fullmatch(said)) and any(map(str.isdigit, cells)):
            what = "nummer på terminer" if header["term"] else "veckor"
        if what:
            return Question(
                key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
                question=f"Kolumnen ”{said[:40]}” har {what}, som inte är några perioder i "
                "ojmf. Gör om dem till månader, kvartal, halvår eller år i filen.",
                kind="table",
            )
    titles = (block.over, block.title, block.heading)
    title = next(filter(WEEK.search, titles), None)
    if title is None or any(map(names_time, block.said)):
        return None
    return Question(
        key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
        question=f"”{title[:60]}” nämner veckor, som inte är några perioder i ojmf. Vilken period "
        "gäller talen? Skriv den i kolumnernas rubriker i filen, som 2024 eller 2024-03.",
        kind="table",
    )


def parts_of_rows(block: Block, found: Proposal, when: int, report: Report) -> None:
    """Take the part of a year that rows' labels name, whose years stand in a column of their own.

    Read as the column says, ``Jan–jun`` beside 2025 would be all of the year.
    """
    blank = [""] * block.width
    for label, numbers in found.row_labels.items():
        rows = [[*block.rows[n], *blank] for n in numbers]
        words = [rows[0][i] for i, c in enumerate(found.columns) if c.content in _OF_LABELS]
        words = [text for text in words if not is_whole_year(text)]
        part = next((text for text in words if names_part_of_year(in_digits(text))), None)
        if part is None or (_YEARS_END.search(part) and is_counted_on_a_day(label)):
            continue  # what there is at the end of the year stands under its year
        years = {row[when] for row in rows}
        alone = f"{part} {min(years)}" if len(years) == 1 and all(map(is_year, years)) else ""
        said = column_period(in_digits(alone), None, report) if alone else None
        told = said is not None and said.period is not None and not is_year(said.period)
        asked = Question(
            key=f"period.{slug(label)}-{block.first}",
            question=f"Vilken period gäller raderna ”{label[:60]}”? De nämner en del av ett år.",
            kind="period",
        )
        period = said.period if said is not None and told else asked
        found.overrides.append(OverrideDraft([label], period=period))


def _is_of_schools(block: Block) -> bool:
    """Whether a table's titles, headers or labels speak of schools."""
    labels = (text for index in block.corners for text in block.texts(index))
    titles = (block.over, block.title, block.heading, block.above)
    return any(map(names_schools, [*titles, *block.said, *labels]))


_OF_LABELS = {"label", "dimension"}


def unread_periods(block: Block, roles: list[str]) -> Question | None:
    """The question what a column means that says when rows were measured in other words.

    Two years with a hyphen are a school year where the table is about schools.
    """
    for index, role in enumerate(roles[: len(block.said)]):
        cells = [text for text in block.column(index) if text]
        two = next(
            (t for t in cells if "-" in t and (cell_period(t) or ("",))[0] == split_year(t)), ""
        )
        if role == "period" and two and not _is_of_schools(block):
            return Question(
                key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
                question=f"Är ”{two}” ett läsår eller två år? Skriv ett läsår som "
                f"{two[:4]}/{two[-2:]} i filen, och två år som Medel {two}.",
                kind="table",
            )
        odd = [text for text in cells if cell_period(text) is None]
        days = index == 0 and "period" not in roles and all(map(_DAY.fullmatch, cells))
        dated = _DATED.fullmatch(block.said[index]) and all(map(_SERIAL.fullmatch, cells))
        told = days or dated or _WHEN_MEASURED.fullmatch(block.said[index])
        if (
            told
            and role not in {"period", *PARTS_OF_YEAR}
            and odd
            and re.search(r"\d", " ".join(cells))
        ):
            return Question(
                key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
                question=f"Vilken period är ”{odd[0][:40]}” i kolumnen ”{block.said[index][:40]}”? "
                "Skriv den i filen som 2024, 2024-08 eller 2024-01/2024-08.",
                kind="table",
            )
    return None
