"""Answers in tables whose cells spaces set off: ``Aktuell överenskommelse JA 46 43``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import slug
from ojmf.authoring.wording import MEASURES
from ojmf.declarations.drafts import Question

_ANSWER = re.compile(r"JA|NEJ|DELVIS|Ja|Nej|Delvis")
"""An answer as it is printed; in small letters it may be a word of a measure's name."""
_COUNTED = re.compile(r"(?:(?:procent)?andel|antal|summa|totalt?|svar)\w*\b", re.I)
"""How the names of what counts answers begin: ``Antal JA``."""
_MISSING = re.compile(r"\.{1,2}|X")
_ENDS_IN_ANSWER = re.compile(rf"(.*\w.*?)[\s:,–-]+({_ANSWER.pattern})")


def is_answer(word: str) -> bool:
    """Whether a word is an answer as these are printed: ``JA`` or ``Ja``."""
    return _ANSWER.fullmatch(word) is not None


def is_missing(word: str) -> bool:
    """Whether a word stands where a figure or an answer is missing: ``..``."""
    return _MISSING.fullmatch(word) is not None


def answers_in(tokens: Sequence[str]) -> int:
    """How many answers the cells of a row begin with."""
    return next((n for n, token in enumerate(tokens) if not is_answer(token)), len(tokens))


def with_answering(corner: str, heads: Sequence[str], answers: int) -> tuple[str, list[str]] | None:
    """The corner of a header and its columns, with those that are headed by who has answered.

    A name is no word that a column's header is known by, so it stands behind the corner:
    ``Indikator Provby`` before ``Länet``. None where the names can't be told apart.
    """
    words = corner.split()
    named = words[1:] if words and MEASURES.fullmatch(words[0]) else words
    if not named or (answers > 1 and len(named) != answers):
        return None
    names = named if answers > 1 else [" ".join(named)]
    return " ".join(words[: len(words) - len(named)]), [*names, *heads]


def ask_of_answers_in_labels(block: Block) -> Question | None:
    """The question about a table whose labels end in the answer of a row with figures behind it.

    Such a text is a question and its answer, and no measure. What is told in a row for each of
    several answers is one, and what counts them: ``Antal JA``. A table with answers in cells of
    their own has them there.
    """
    if any(kind(text) == "answer" for cells in block.rows.values() for text in cells):
        return None
    found: dict[str, dict[str, str]] = {}
    for cells in block.rows.values():
        for i, text in enumerate(cells):
            ending = _ENDS_IN_ANSWER.fullmatch(text)
            if (
                ending
                and not _COUNTED.match(text)
                and any(kind(behind) == "figure" for behind in cells[i + 1 :])
            ):
                found.setdefault(ending[1], {})[ending[2]] = text
    alone = next((t for said in found.values() if len(said) == 1 for t in said.values()), None)
    if alone is None:
        return None
    return Question(
        key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
        question=f"Slutar raden ”{alone[:80]}” på sitt svar? Sätt svaret i en egen cell: en tabb "
        "före och efter det.",
        kind="table",
    )
