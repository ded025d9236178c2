"""The units of what is a part of the row or column before it: ``varav kvinnor``, ``därav lokaler``.

What a part counts is no evidence of its own: below a share it is a share, and below money money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.forms import Open
from ojmf.authoring.index_changes import values_of
from ojmf.authoring.measured_units import measured_in
from ojmf.authoring.unit_questions import ask_unit
from ojmf.unit_words import unit_of

_PART = re.compile(r"[-–—•]?\s*\(?(?:var|där)av\b(?!\s+(?:antal|andel))", re.I)
_WHOLE = 100
Unit = tuple[Open, int | None]


def is_part(text: str) -> bool:
    """Whether a label says that it is a part of the one before, and no unit of its own."""
    own = text.rpartition(": ")[2]
    return _PART.match(own) is not None and not (unit_of(own) or measured_in(own))


def of_part(name: str, figures: Sequence[str], unit: Unit, whole: Sequence[str]) -> Unit:
    """The unit of a part: its whole's, unless its figures can't be so; then it is asked about."""
    parts, wholes = values_of([*figures]), values_of([*whole])
    if isinstance(unit[0], str) and unit[0] == "percent":
        fits = all(0 <= value <= _WHOLE for value in parts)
    else:
        fits = len(parts) != len(wholes) or all(
            abs(part) <= abs(of) for part, of in zip(parts, wholes, strict=True)
        )
    return unit if fits else (ask_unit(name), None)
