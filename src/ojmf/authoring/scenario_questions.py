"""What is asked of headers that may be of outcomes, budgets, forecasts or differences."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import slug
from ojmf.authoring.said_periods import ANY_YEAR, scenario_of
from ojmf.declarations.drafts import Question
from ojmf.model import DIFFERENCES
from ojmf.printed import squeeze

_SHOWN = 60
_BESIDE = re.compile(
    r"\b(?:mot|jämfört med|jmfr?|relativt|vs)\.? (?:\w+ )?\w*budget|\bombudget", re.I
)
_WORD = r"\w*(?:utfall|budget|prognos|bokslut)\w*(?: (?:19|20)\d\d)?"
_MINUS = re.compile(rf"\b({_WORD})\s*(?:[-–−/]|minus|kontra)\s*({_WORD})\b", re.I)
"""One such word less another, as in ``Budget - utfall``."""
_LETTERS = {"B": "budget", "U": "outcome", "P": "forecast", "VP": "budget", "MB": "budget"}
_LETTER = re.compile(
    r"(?P<before>[BUPbup]|[A-ZÅÄÖ]{2,3})(?: ?[ -.’']?(?:19|20)?\d\d)?|"
    r"(?:19|20)\d\d ?\(?(?P<behind>[BUPbup])\)?"
)
_TERMS = {"HT", "VT", "KV", "SEK", "TKR", "MKR", "KR", "LÅ"}
"""Letters of terms, quarters and units, which are of no scenario."""
_PLAN_FOR = re.compile(
    r"\bplan(?:er|en)? (?:för|mot|om|vid|kring)\b(?! (?:(?:verksamhets)?år|perioden|helår|\d))",
    re.I,
)


def scenario_asked(said: str, block: Block) -> Question | None:
    """The question what a header's figures are, where its words alone do not tell."""
    return (
        _about_a_plan(said)
        or _beside_budget(said)
        or _abbreviated(said, block)
        or _not_yet(said, block)
    )


def _about_a_plan(said: str) -> Question | None:
    """The question what a header is that names what a plan is for: it may ask whether there is one.

    ``Plan för extraordinära händelser``; ``Plan för 2025`` is what was planned.
    """
    if not _PLAN_FOR.search(said):
        return None
    said = squeeze(ANY_YEAR.sub(" ", said))  # asked once of all years
    return Question(
        key=f"scenario.{slug(said)}",
        question=f"Är ”{said[:_SHOWN]}” utfall eller budget?",
        kind="scenario",
        options=("outcome", "budget"),
    )


def _beside_budget(said: str) -> Question | None:
    """The question what a header is that names a budget and is none.

    ``Utfall mot budget``, ``Budget - utfall``: a figure of both is likely their difference.
    """
    two = _MINUS.search(said)
    less = two is not None and scenario_of(two[1]) != scenario_of(two[2])
    if scenario_of(said) in DIFFERENCES or not (less or _BESIDE.search(said)):
        return None
    return Question(
        key=f"scenario.{slug(said)}",
        question=f"Är ”{said[:_SHOWN]}” utfall, budget eller avvikelse?",
        kind="scenario",
        options=("outcome", "budget", "deviation"),
    )


def _abbreviated(said: str, block: Block) -> Question | None:
    """The question what letters stand for, as in ``B 2024`` beside ``U 2024``.

    Asked once for all columns with them. Longer ones than a letter are asked about where another
    column says what its figures are: ``VP 2024`` beside ``Utfall 2024``.
    """
    told = [letters for text in block.said if (letters := _letters(text))]
    letters = _letters(said)
    if not letters or letters in _TERMS:
        return None
    alone = len(letters) == 1
    if (alone and letters == said.upper()) or not (alone or any(map(scenario_of, block.said))):
        return None
    beside = len({*told}) > 1 if alone else True
    likely = _LETTERS.get(letters) if beside else None
    return Question(
        key=f"scenario.{slug(letters)}",
        question=f"Är kolumner med ”{letters}”, som ”{_first(letters, block)}”, utfall, budget "
        "eller prognos?",
        kind="scenario",
        proposal=likely,
        score=75 if likely else 0,
        options=("outcome", "budget", "forecast"),
    )


_STATED = re.compile(r"utfall|bokslut|budget|prognos|\bram\b|\bplan\b", re.I)
_NOT_YET = {
    "forecast": re.compile(
        r"\b(?:beräkna|förvänta)(?:[td]|de)\b|\b(?:helårs)?bedöm(?:[td]|da|ning(?:en)?)\b|"
        r"\buppskatta(?:[td]|de)\b|\bestimat\w*",
        re.I,
    ),
    "budget": re.compile(
        r"\b(?:ram)?förslag(?:et)?\b|\bäska(?:[td]|nden?)\b|\banslag(?:et)?\b|\bflerårsplan\w*|"
        r"\binriktning(?:en)?\b",
        re.I,
    ),
}


def _not_yet(said: str, block: Block) -> Question | None:
    """The question what a header is that says that its figures were proposed or expected.

    ``Förslag 2026`` beside ``Ram 2025`` and ``Bedömt utfall`` beside ``Budget`` are no outcomes,
    nor is ``Förväntat antal nya bostäder`` whatever stands beside it. What is estimated or planned
    may be of a time that has been: alone it is asked about without a likely answer.
    """
    if scenario_of(said) not in {None, "outcome"}:
        return None
    beside = any(_STATED.search(text) for text in block.said if text != said)
    likely = next((name for name, words in _NOT_YET.items() if words.search(said)), None)
    expected = _EXPECTED.search(said)
    if not (likely and beside):
        if expected is None:
            return None
        likely = "forecast" if expected["surely"] else None
        said = squeeze(ANY_YEAR.sub(" ", said))  # asked once of all years
    return Question(
        key=f"scenario.{slug(said)}",
        question=f"Är ”{said[:_SHOWN]}” utfall, budget eller prognos?",
        kind="scenario",
        proposal=likely,
        score=75 if likely else 0,
        options=("outcome", "budget", "forecast"),
    )


_EXPECTED = re.compile(
    r"(?:^\W*|\b(?:antal(?:et)?|andel(?:en)?)(?: av)? |\bsom )"
    r"(?:(?P<surely>förvänt(?:a[dt]|ade|as|an)|väntas)|planera(?:d|de|s)|beräkna(?:[dt]|de|s)|"
    r"bedöm(?:[dt]|da|s)|uppskatta(?:[dt]|de|s))\b(?!.*livslängd)",
    re.I,
)
"""What a header's figures are, where it says first that they were expected, planned or estimated.

A life expectancy is a measure of a time that has been.
"""


def is_expected(label: str) -> bool:
    """Whether a label says first that what it measures was expected, planned or estimated.

    >>> is_expected("Förväntat antal elever"), is_expected("Förväntad medellivslängd")
    (True, False)
    """
    return _EXPECTED.search(label) is not None and scenario_of(label) in {None, "outcome"}


def _letters(text: str) -> str:
    """The letters before or behind a year that are all that a header says besides."""
    found = _LETTER.fullmatch(text)
    return (found["before"] or found["behind"]).upper() if found else ""


def _first(letters: str, block: Block) -> str:
    """The first header that has letters, so that all that have them ask the same."""
    return next(text for text in block.said if _letters(text) == letters)
