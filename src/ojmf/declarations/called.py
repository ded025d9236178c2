"""Which indicators a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

_IN_BRACKETS = re.compile(r" \([^()]+\)$")


def indicators_called(
    text: str, indicators: pl.DataFrame, printed: Iterable[tuple[str, str]] = ()
) -> list[str]:
    """The ids of the indicators that a text names: by id, name, synonym or printed label.

    ``indicators`` is in the schema ``INDICATORS``, ``printed`` gives ids with labels as they stand
    in documents. Case, spaces and punctuation do not count; several areas may share a name. What
    stands in brackets at the end of a name may be left out, as tables and pages do where all have
    it.
    """
    letters = _letters(text)
    names = indicators.select("indicator_id", pl.concat_list("name", "synonyms").alias("names"))
    called = [
        (indicator_id, name)
        for indicator_id, all_names in names.iter_rows()
        for name in (indicator_id, *all_names)
    ]
    every = [(i, name) for i, name in (*called, *printed) if name]
    found = [i for i, name in every if _letters(name) == letters]
    briefly = [i for i, name in every if _letters(_IN_BRACKETS.sub("", name)) == letters]
    return list(dict.fromkeys(found or briefly))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
