"""Columns of all of several years, which are no year's: totals, and what projects cost in all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import ColumnDraft, slug
from ojmf.authoring.said_periods import ANY_YEAR, Said
from ojmf.declarations.drafts import Question
from ojmf.model import DIFFERENCES
from ojmf.printed import squeeze

OVER_YEARS = Said()
"""What such a header says of time: told by being this one."""
_PROJECTS = re.compile(r"investering|projekt|exploatering", re.I)
_UP_TO_YEAR = re.compile(
    r"\b(?:t\.? ?o\.? ?m\.?|till och med)\s+(?:år(?:et)? |bokslut(?:et)? )?"
    r"(?:19|20)\d\d\b(?![-/]\d)",
    re.I,
)
_AMOUNT = r"(?:budget|ram|anslag|kalkyl|utgift|utfall|prognos|kostnad|investering|avvikelse)\w*"
_IN_ALL = re.compile(
    rf"\b(?:total\w*|hela projekt\w*|projekt)[ -]?(?:\w+[ -])?{_AMOUNT}|"
    rf"\b{_AMOUNT},? (?:total\w*|hela projekt\w*)\b|\bslut(?:prognos|kostnad)|"
    r"\bsedan (?:projekt)?start|\btidigare år\b",
    re.I,
)
_SO_FAR = re.compile(r"\back(?:umuler\w*)?\b", re.I)


def is_over_years(text: str, block: Block) -> bool:
    """Whether a column of figures is of all years of projects, or of all up to one of them.

    ”Total budget” and ”ackumulerat” are of one year where the table is not about projects.
    """
    if _UP_TO_YEAR.search(text):
        return True
    around = squeeze(" ".join([block.over, block.title, block.heading, *block.said]))
    if not _PROJECTS.search(around):
        return False
    whole = _IN_ALL.search(text) is not None and ANY_YEAR.search(text) is None
    return whole or _SO_FAR.search(text) is not None


def totals_of_years(
    block: Block, columns: Sequence[ColumnDraft], said: Mapping[int, Said]
) -> dict[int, Said]:
    """Totals without a time beside columns of several years: each is of all of them."""
    own = {
        i: years.pop()
        for i in said
        if len(years := {*ANY_YEAR.findall(block.said[i])}) == 1
        and columns[i].scenario not in DIFFERENCES
    }
    if len({*own.values()}) < _SEVERAL:
        return {}
    return {i: OVER_YEARS for i in said if i not in own and TOTAL.fullmatch(block.said[i])}


TOTAL = re.compile(r"\W*(?:total\w*|(?:del)?summa|summering)\W*", re.I)
_SEVERAL = 2


def ask_over_years(text: str) -> Question:
    """The question when a column of several years is of; nothing in the table says it."""
    return Question(
        key=f"period.{slug(text)}",
        question=f"Vilket år gäller kolumnen ”{text[:60]}”? Den ser ut att gälla flera år, och är "
        "då inget års belopp: lämna frågan, så läses inte kolumnen. Är den ett års, svara med det.",
        kind="period",
    )
