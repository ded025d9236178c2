"""Places in headers beside what is measured of them, and places that figures are compared with."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block
from ojmf.authoring.said_periods import Report
from ojmf.authoring.wording import place_of
from ojmf.printed import squeeze

_LONGEST_NAME = 4
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_AGAINST = re.compile(
    r"\b(?:mot|jämfört med|jämförelse med|i förhållande till|i relation till|relativt|än|från|"
    r"(?:%|procent|andel) av)\s+",
    re.I,
)


def is_compared(said: str, report: Report) -> bool:
    """Whether a header names a place that its figures are compared with, and are not of."""
    return any(
        place_of(squeeze(said[found.end() :]), report) not in {None, report.geo}
        and place_of(squeeze(said[: found.start()]), report) is None
        for found in _AGAINST.finditer(said)
    )


def places_beside_measures(
    block: Block, roles: list[str], report: Report
) -> dict[int, tuple[str, str]]:
    """The places that headers of values begin or end with, each with what else its header says.

    A word alone may be a name by chance: several columns have to name places so, or one has to
    measure what a column without a place does.
    """
    values = [i for i, r in enumerate(roles) if r in {"figure", "answer"} and i < len(block.said)]
    found = {i: split for i in values if (split := _split(block.said[i], report)) is not None}
    several = len({place for place, _ in found.values()}) > 1
    bare = {block.said[i].casefold() for i in values}
    return {i: split for i, split in found.items() if several or split[1].casefold() in bare}


def _split(said: str, report: Report) -> tuple[str, str] | None:
    """The place that a header begins or ends with, and the rest of it."""
    if place_of(said, report) is not None:
        return None
    unit = _IN_BRACKETS.search(said)  # as in ``Kostnad Orten (tkr)``
    words = (said[: unit.start()] if unit else said).split()
    for count in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        for name, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            place = report.gazetteer.by_text(" ".join(name).strip(" ,:()"))
            if place is not None and name[0][:1].isupper():
                measure = " ".join(rest).strip(" ,:–-")
                return place, squeeze(f"{measure} {unit[0]}" if unit else measure)
    return None
