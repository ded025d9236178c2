"""What a model calculates beside what was found, which is no outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ojmf.authoring.forms import ColumnDraft, slug
from ojmf.declarations.drafts import Question

_EXPLAINED = re.compile(r"(?<!\w)([A-ZÅÄÖ])\s*=\s*([^\W\d][^,;=\t]*)")
_LETTERED = re.compile(r"(?P<what>.*\w\W*) \(?(?P<letter>[A-ZÅÄÖ])\)?")
_MODEL = re.compile(
    r"\bmodell?(?:beräkna|skatta|värde)\w*|\bpredi(?:kt|cer)\w*|\bresidual\w*", re.I
)
_EXPECTED = re.compile(r"\b(?:beräkna|förvänta|skatta)(?:[dt]|de)\b|\bskillnad|\bdifferens", re.I)
_FOUND = re.compile(r"fakti|verkli|observera|utfall", re.I)
_FROM_MODEL = "beräknat med en modell, inget utfall"
_WITHOUT_LEGEND = {"F", "B"}
"""The letters of what was found and calculated, where nothing says it; with R for the rest."""


def explained_letters(lines: Sequence[str]) -> dict[str, str]:
    """The letters that lines explain, with what they stand for.

    >>> explained_letters(["F = faktiskt värde, B = modellberäknat värde"])
    {'F': 'faktiskt värde', 'B': 'modellberäknat värde'}
    """
    return {letter: what.strip() for line in lines for letter, what in _EXPLAINED.findall(line)}


def set_aside_modelled(
    columns: Sequence[ColumnDraft], headers: Sequence[str], explained: Mapping[str, str]
) -> None:
    """Pass over columns of what a model says, and ask of letters that nothing explains.

    The words stand in the header, or its last letter is explained: ``Betyg F`` is what was found
    beside ``Betyg B``, what the model says.
    """
    lettered = [_LETTERED.fullmatch(text) for text in headers]
    for column, said, found in zip(columns, headers, lettered, strict=False):
        if not column.is_figure:
            continue
        alike = {o["letter"] for o in lettered if o and found and o["what"] == found["what"]}
        known = alike & explained.keys()
        meant = explained.get(found["letter"], "") if found and len(known) > 1 else ""
        beside = any(_FOUND.search(explained[letter]) for letter in known)
        if _MODEL.search(meant or said) or (beside and _EXPECTED.search(meant)):
            column.content, column.ignore = "text", _FROM_MODEL
        elif found and not known and _WITHOUT_LEGEND <= alike <= {*_WITHOUT_LEGEND, "R"}:
            letters = "”, ”".join(sorted(alike))
            column.scenario = Question(
                key=f"scenario.{slug(said)}",
                question=f"Är ”{said[:60]}” utfall? Raderna har tal för ”{letters}”; det som är "
                "beräknat med en modell är inget utfall.",
                kind="scenario",
                options=("outcome", "deviation"),
            )
