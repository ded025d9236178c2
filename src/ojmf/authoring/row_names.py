"""Which indicator a row measures, and whose sex it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.forms import Context, OverrideDraft, Proposal, slug
from ojmf.authoring.wording import sex_of, without_sex
from ojmf.declarations.drafts import Question
from ojmf.ingest.layouts.long import SEXES
from ojmf.model import Sex
from ojmf.printed import squeeze

_MOST_ASKED = 3
_PART = re.compile(r"^(?:(?:var|där)av |[-–] ?)", re.I)


def sexes_of_rows(rows: Sequence[str]) -> list[OverrideDraft]:
    """What rows that are named for women or men alone say of their figures."""
    sexes = {row: _sex_alone(row.rpartition(": ")[2]) for row in rows}
    return [OverrideDraft([row], sex=sex) for row, sex in sexes.items() if sex]


def _sex_alone(label: str) -> Sex | None:
    """The sex that a label names and nothing else."""
    bare = _PART.sub("", label)
    return None if without_sex(bare) else sex_of(bare)


def _of_both(found: Proposal, row: str) -> str:
    """What rows of women, men and both measure: what their heading or the table's title says."""
    above, _, word = row.rpartition(": ")
    above = "" if above in found.places else above
    beside = (r.rpartition(": ")[2] for r in found.row_labels)
    if word.casefold() not in SEXES or not any(map(_sex_alone, beside)):
        return ""
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
    if not suffixes and (question := _which(row, area, context)):
        found.indicators[printed] = question
        return
    like = context.labels.nearest(row)
    # A column of figures that is headed by a year measures what the title says.
    name = _of_both(found, printed) or re.sub(r"^(19|20)\d\d\b", context.title, row)
    base = context.new_indicator(name, unit, like=like)
    found.indicators[printed] = base
    for suffix in suffixes:
        word = suffix.removeprefix("-").replace("-", " ")
        of_column = next(c.unit for c in found.columns if c.suffix == suffix)
        known_unit = of_column if isinstance(of_column, str) else unit
        context.added[base + suffix] = context.named(base + suffix, f"{row}, {word}", known_unit)


def _which(row: str, area: str | None, context: Context) -> Question | None:
    """The question whether a row means an indicator in other words; asked for a few rows only."""
    if row in context.likely:
        return context.likely[row]
    likely = context.labels.likely(area, row) if area else None
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
    section = ""
    for number, cells in found.block.rows.items():
        text = cells[label] if label < len(cells) else ""
        whole = squeeze(" ".join(cells))
        if whole in found.sections:
            section = f"{whole}: "
        elif number in filled and not text:
            found.ignore[""] = "rad utan etikett"
        elif text and text not in found.ignore:
            found.row_labels.setdefault(section + text, []).append(number)


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
