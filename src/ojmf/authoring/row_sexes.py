"""Whose sex rows are about: what their labels and the headings above them say."""

from __future__ import annotations

import re
from collections.abc import Collection

from ojmf.authoring.forms import Context, OverrideDraft, Proposal
from ojmf.authoring.wording import sex_of, without_sex
from ojmf.model import Sex

_PART = re.compile(r"^(?:(?:var|där)av |[-–] ?)", re.I)
_TOWARDS = re.compile(r"\b(?:mot|till|åt|mellan|med|än)\s+(?:\w+[ae]\s+)?$", re.I)
"""What stands before those that something is done to or measured against: ``Våld mot kvinnor``."""
_BEFORE = r"(?:i|på|med|som|av|för|till|mot|åt|bland|hos|mellan)"
_WHOLE = re.compile(
    rf"(?!(?:andel|antal)\W*$)(?!{_BEFORE}\b)(?!.*\b{_BEFORE}\s*(?:[,(]|$))[^\W\d]{{3}}", re.I
)
"""What a measure is called: not ``Andel``, ``mot, antal`` or ``16–24 år``."""


def sexes_of_rows(found: Proposal, context: Context) -> list[OverrideDraft]:
    """What rows that are about women or men say of their figures, each row for itself.

    Not where a column says it, nor of what the catalogue has an indicator of one sex for.
    """
    values = [column for column in found.columns if column.is_value]
    both = [column.label for column in values if column.sex is None]
    across = found.layout == "long" and len(both) < len(values)
    if across or any(column.content == "sex" for column in found.columns):
        return []
    columns = both if len(both) < len(values) else []
    rows = found.row_labels
    labels = {row: row.rpartition(": ")[2] for row in rows}
    own = {row for row in rows if context.labels.match(found.area, labels[row])}
    named = {row for row in own if not sex_alone(labels[row])}
    sexes = {row: sex_of_row(row, rows) for row in rows if row not in named}
    return [OverrideDraft([row], columns, sex=s) for row, s in sexes.items() if s and both]


def sex_of_row(row: str, rows: Collection[str]) -> Sex | None:
    """The sex of those whom a row is about: by its label, or by the heading that it is under.

    None where it tells of something that is done to them, if no other row tells the same of the
    other sex.
    """
    above, _, label = row.rpartition(": ")
    sex = sex_of(label)
    if sex is None:
        return sex_of(above) if sex_alone(above) else None
    before = label[: len(label) - len(_from_sex(label))]
    return None if _TOWARDS.search(before) and not measure_of_both(row, rows) else sex


def sex_alone(label: str) -> Sex | None:
    """The sex that a label names and nothing else."""
    bare = _PART.sub("", label)
    return None if without_sex(bare) else sex_of(bare)


def measure_of_both(row: str, rows: Collection[str]) -> str:
    """What a row measures, where another measures the same of the other sex; empty where none does.

    ``Andel flickor som läser`` beside ``Andel pojkar som läser``: ``Andel som läser``. Where no
    whole words are left without the sex, it is the row's own label.
    """
    sex, measure = sex_of(row), without_sex(row)
    told = {sex_of(other) for other in rows if other != row and without_sex(other) == measure}
    if not (sex and told - {sex, None}):
        return ""
    left = measure.removeprefix(": ")
    return left[:1].upper() + left[1:] if _WHOLE.match(left) else row


def _from_sex(label: str) -> str:
    """A label from its first word for a sex on."""
    words = re.split(r"(?=\b\w)", label)
    starts = (i for i, word in enumerate(words) if sex_of(word))
    return "".join(words[next(starts, 0) :])
