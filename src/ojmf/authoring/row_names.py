"""Which indicator a row measures, and whose sex it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from ojmf.authoring.blocks import Block
from ojmf.authoring.evidence import places_in
from ojmf.authoring.forms import Context, OverrideDraft, Proposal, slug
from ojmf.authoring.row_sexes import measure_of_both, sex_alone
from ojmf.authoring.said_periods import ANY_YEAR, ONE_MONTH, TIME_FORMS
from ojmf.authoring.wording import measure_of, named_places, sex_of
from ojmf.declarations.drafts import Question
from ojmf.ingest.layouts.row_keys import SEXES
from ojmf.printed import squeeze

_MOST_ASKED = 3
_PART_OF = re.compile(r"[-–]? ?(?:var|där)av\b", re.I)


def parts_below(labels: Sequence[str]) -> list[str]:
    """The labels of rows that belong to the row above them, where nothing else tells them apart.

    ``varav kvinnor`` or ``Män``, below each of several measures. Empty where other rows stand
    several times as well, or one of these stands above all others.
    """
    parts = [text for text in labels if _PART_OF.match(text) or sex_alone(text)]
    twice = {text for text in labels if labels.count(text) > 1}
    lone = not labels or labels[0] in parts
    return [] if lone or not twice or not twice <= {*parts} else list(dict.fromkeys(parts))


def _of_both(found: Proposal, row: str) -> str:
    """What rows of women, men and both measure: what their heading or the table's title says.

    Rows that name a sex and a measure are of that measure beside those of the other sex.
    """
    above, _, word = row.rpartition(": ")
    if word in found.parts and sex_alone(word):
        return above
    above = "" if above in found.places else above
    beside = (r.rpartition(": ")[2] for r in found.row_labels)
    if word.casefold() not in SEXES or not any(map(sex_alone, beside)):
        return measure_of_both(row, found.row_labels)
    title = found.block.over or found.block.title or found.block.heading
    return above or squeeze(re.sub(r"\b(19|20)\d\d\b", " ", title)).strip(" ,.:-–")


def _without_place(found: Proposal, row: str) -> str:
    """A row's label without the place that it stands under."""
    above, _, label = row.rpartition(": ")
    return label if above in found.places else row


def name_row(
    found: Proposal,
    row: str,
    unit: str,
    of_catalogue: tuple[str | None, str | None],
    context: Context,
) -> None:
    """The indicator of a row: the one that the catalogue has, or a drafted one."""
    known, area = of_catalogue
    printed, row = row, _without_place(found, row)
    suffixes = dict.fromkeys(c.suffix for c in found.columns if c.is_value and c.suffix)
    if known is not None and not suffixes:
        if context.labels.catalogue.by_label(area or "", row) != known:
            found.indicators[printed] = known
        return
    if not suffixes and (question := _which(row, area, list(found.row_labels), context)):
        found.indicators[printed] = question
        return
    like = context.labels.nearest(row)
    # A column of figures that is headed by a year measures what the title says.
    name = _of_both(found, printed) or re.sub(r"^(19|20)\d\d\b", context.title, row)
    told = _told_apart(found, printed, name, unit, context)
    base = context.new_indicator(told, unit, like=like)
    found.indicators[printed] = base
    for suffix in suffixes:
        word = suffix.removeprefix("-").replace("-", " ")
        of_column = next(c.unit for c in found.columns if c.suffix == suffix)
        known_unit = of_column if isinstance(of_column, str) else unit
        context.added[base + suffix] = context.named(base + suffix, f"{row}, {word}", known_unit)


def _told_apart(found: Proposal, row: str, name: str, unit: str, context: Context) -> str:
    """The name of what a row measures, told from rows of other tables that are called the same.

    Rows of two tables measure the same where the tables are titled alike, or print an equal figure
    under the same header; never where they print another. A sum is of its own table.
    """
    title = _said_by(found.block)
    for told in chain((name, f"{name}, {title}" if title else name), _numbered(name)):
        table, drafted, its_unit = context.rows.setdefault(told, (found, row, unit))
        same = table is found or _measure_the_same((table, drafted), (found, row), context)
        if same and unit == its_unit:
            return told
    raise AssertionError(name)


def name_of_measure(block: Block, name: str, unit: str, context: Context) -> str:
    """The name of what a column measures, told from columns of tables that are about others."""
    titles = (block.over, block.title, block.heading)
    about = [measure_of(title, context.report).casefold() for title in titles]
    if context.measures.setdefault((name, unit), about) == about:
        return name
    title = _said_by(block)
    return f"{name}, {title}" if title else name


def _numbered(name: str) -> Iterator[str]:
    """Names of rows in tables that nothing tells apart."""
    return (f"{name} ({number})" for number in range(2, 1000))


def _said_by(block: Block) -> str:
    """What a table's title says that it is about, without times and units."""
    title = block.title or block.over
    title = re.sub(r"^tabell \d+[.:]?|\([^()]*\)|\b(?:19|20)\d\d\b", " ", title, flags=re.I)
    return squeeze(title).strip(" ,.:–-") or block.heading


def _measure_the_same(
    one: tuple[Proposal, str], other: tuple[Proposal, str], context: Context
) -> bool:
    titles = [[f.block.over, f.block.title, f.block.heading] for f, _ in (one, other)]
    about = [[measure_of(part, context.report).casefold() for part in parts] for parts in titles]
    whose = [set[str]().union(*(_told_by(part, context) for part in p)) for p in titles]
    if about[0] == about[1] and all(whose) and whose[0] != whose[1]:
        return True
    first, second = (_printed(found, row) for found, row in (one, other))
    shared = first.keys() & second.keys()
    if any(first[header] != second[header] for header in shared):
        return False
    return about[0] == about[1] or any(re.search("[1-9]", first[header]) for header in shared)


def _told_by(text: str, context: Context) -> set[str]:
    """The times, places and sex that a title names, which tell tables of one measure apart."""
    times = (found[0] for form in (*TIME_FORMS, ONE_MONTH) for found in form.finditer(text))
    gazetteer = context.report.gazetteer
    places = (*places_in(text, gazetteer), *named_places(text, gazetteer))
    return {*times, *places, *filter(None, [sex_of(text)])}


def _printed(found: Proposal, row: str) -> dict[str, str]:
    """The figures of a row by the headers of their columns, where these name a year."""
    cells = found.block.rows[found.row_labels[row][0]]
    headed = zip(found.columns, found.block.said, cells, strict=False)
    return {
        said.casefold(): cell
        for column, said, cell in headed
        if column.is_value and cell and ANY_YEAR.search(said)
    }


def _which(row: str, area: str | None, rows: list[str], context: Context) -> Question | None:
    """The question whether a row means an indicator in other words; asked for a few rows only.

    Where its table's rows belong to several areas alike, one of any of these may be meant.
    """
    if row in context.likely:
        return context.likely[row]
    areas = [area] if area else context.labels.tied_areas(rows)
    likely = context.labels.likely(areas, row, rows)
    if likely is None or len(context.likely) >= _MOST_ASKED:
        return None
    question = Question(
        key=f"indicator.{slug(row)}",
        question=f"Menar ”{row[:80]}” detsamma som {likely[0]}?",
        kind="indicator",
        proposal=likely[0],
        score=likely[1],
    )
    context.likely[row] = question
    return question


def name_rows(found: Proposal, filled: dict[int, list[str]], label: int) -> None:
    """The labels of the rows, each with the heading that it stands under."""
    section = above = ""
    for number, cells in found.block.rows.items():
        text = cells[label] if label < len(cells) else ""
        whole = squeeze(" ".join(cells))
        if whole in found.sections:
            section = f"{whole}: "
        elif number in filled and not text:
            found.ignore[""] = "rad utan etikett"
        elif text and text not in found.ignore:
            above = above if text in found.parts else text
            part = f"{above}: {text}" if above != text else above
            found.row_labels.setdefault(section + part, []).append(number)


def periods_of_rows(found: Proposal) -> None:
    """Take the period from the rows' labels where the columns say none and every row says one."""
    values = [c for c in found.columns if c.is_value]
    asked = all(isinstance(c.period, Question) and not c.period.options for c in values)
    years = {row: set(re.findall(r"\b(?:19|20)\d\d\b", row)) for row in found.row_labels}
    if not asked or not years or any(len(said) != 1 for said in years.values()):
        return
    for year in sorted(set.union(*years.values())):
        rows = [row for row, said in years.items() if said == {year}]
        found.overrides.append(OverrideDraft(rows, period=year))
    for column in values:
        column.period = None
