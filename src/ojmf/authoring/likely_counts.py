"""What of figures whose tables name no unit likely counts something, for a person to confirm."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.evidence import is_counted, is_likely_counted
from ojmf.authoring.forms import Context
from ojmf.authoring.index_changes import are_whole, values_of
from ojmf.authoring.said_periods import scenario_of
from ojmf.authoring.wording import measure_of

MONEY_WORDS = re.compile(
    r"kostnad|intäkt|inkomst|pris(et|er)?\b|(?<!flytt)(?<!födelse)netto(?!flytt|in)|"
    r"(?<!val)(?<!prov)(?<!studie)resultat|"
    r"budget|bidrag|avgift|\bhyr(?!esrätt)|löne|lön\b|kapital|ersättning|"
    r"skatt|fordr|skuld|tillgång|investering|belopp|överskott|underskott|\bmedel\b|"
    r"\b(?:costs?|prices?|expenditures?|revenues?|earnings|wages?|salar(?:y|ies)|tax(?:es)?)\b|"
    r"income",
    re.I,
)
_MEASURED = re.compile(
    r"(?<![a-zåäö])(?:yta|ytor|areal|volym|längd|vikt)(?:er|en)?(?![a-zåäö])", re.I
)
"""Words of what is measured and not counted, as the area that was sold."""
_PLANS = {"budget", "forecast", "deviation", "change"}
_FEW, _WHOLE = 3, 100
_PAIR = re.compile(r"(.+)tal", re.I)


def is_likely_a_count(name: str, figures: list[str], block: Block, context: Context) -> bool:
    """Whether whole figures likely count what their name, or else the name of their file, says.

    A file is named by who saves it: it speaks only for columns that say nothing themselves but
    when, where and of whom they are. Figures from 3 to 100 alone may be shares as well.
    """
    around = " ".join([name, block.over, block.title, block.heading, context.file, *block.said])
    if all(_FEW <= value <= _WHOLE for value in values_of(figures)):
        return False
    if MONEY_WORDS.search(around) or any(scenario_of(said) in _PLANS for said in block.said):
        return False
    if _MEASURED.search(around):
        return False
    if is_likely_counted(name):
        return True
    values = [said for i, said in enumerate(block.said) if i not in block.corners]
    silent = not any(measure_of(said, context.report) for said in values)
    return silent and is_counted(context.file)


def is_counted_beside_its_share(block: Block, index: int) -> bool:
    """Whether a column counts what another has the share of: ``Mtal`` beside ``Mproc``."""
    own = _PAIR.fullmatch(block.said[index]) if index < len(block.said) else None
    others = {said.casefold() for said in block.said}
    shown = [text for text in block.column(index) if kind(text) == "figure"]
    return own is not None and f"{own[1]}proc".casefold() in others and are_whole(shown)
