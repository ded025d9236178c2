"""School years that texts name, as two years in a row."""

from __future__ import annotations

import re

SCHOOL_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?((?:20)?\d\d)\b")
STROKED = re.compile(r"\b(?:19|20)\d\d\s?/\s?(?:20)?\d\d\b")
_OF_SCHOOLS = re.compile(
    r"\belev|elever\b|årskurs|\båk ?\d|betyg|grundskol|gymnasie|förskoleklass|fritidshem|merit|"
    r"nationella prov|\bskol(?:a|an|or|enhet\w*)\b",
    re.I,
)


def split_year(text: str) -> str | None:
    """The school year that two years in a row may be: ``2023/24``, ``2023-2024``."""
    found = SCHOOL_YEAR.search(text)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return f"{found[1]}-07/{int(found[1]) + 1}-06"


def school_year(text: str) -> str | None:
    """The year that a text calls a school year, or writes as one of what is of schools."""
    stroked = STROKED.search(text) is not None and _OF_SCHOOLS.search(text) is not None
    return split_year(text) if stroked or re.search(r"läsår|\blå\b", text, re.I) else None
