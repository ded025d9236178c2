"""Columns of answers written in codes, and headers that say which: ``Plan finns (1=ja, 0=nej)``."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import Context
from ojmf.printed import squeeze

_WORDS = r"[^\W\d][^\t\d,;:=/()\[\]]*"
_PART = re.compile(
    rf"(?P<code>\d{{1,2}})\s*[=:]\s*(?P<words>{_WORDS})|"
    rf"(?P<word>{_WORDS}(?==)|\b(?:ja|nej|delvis)\s*(?=:))[=:]\s*(?P<of>\d{{1,2}})(?!\d)",
    re.I,
)
_AROUND = re.compile(r"[(\[][\s,;/.]*(?:kod|koder|svar|där)?[\s:,;/.]*[)\]]", re.I)
_BOTH = {"ja", "nej"}


def legend_of(header: str) -> dict[str, str]:
    """The words that a header's codes stand for, by code; empty where these are no answers.

    >>> legend_of("Antagen plan 2024 (1=ja, 0=nej, 9=ej svar)")
    {'1': 'ja', '0': 'nej', '9': 'ej svar'}
    >>> legend_of("Index (2015=100)"), legend_of("Skala 1=dåligt, 5=bra")
    ({}, {})
    """
    found = {
        part["code"] or part["of"]: squeeze(part["words"] or part["word"]).casefold()
        for part in _PART.finditer(header)
    }
    return found if {*found.values()} >= _BOTH else {}


def without_legend(header: str) -> str:
    """A header without what it says of its codes.

    >>> without_legend("Antagen plan 2024 (1=ja, 0=nej, 9=ej svar)")
    'Antagen plan 2024'
    """
    if not legend_of(header):
        return header
    return squeeze(_AROUND.sub(" ", _PART.sub(" ", header))).strip(" ,:;–-")


def is_question(index: int, block: Block, context: Context, *, measures_across: bool) -> bool:
    """Whether a column of 1 and 0 answers a question: by the catalogue, or by how it is put.

    Beside a column put in the same way that has other figures, it counts what there is few of.
    """
    if not measures_across:
        return False
    known = context.labels.match("", block.said[index])
    if known is not None:
        return context.labels.catalogue.unit(known) == "answer"
    put = [i for i, said in enumerate(block.said) if len(said) > 15 and not _COUNTS.search(said)]
    answers = [cells for number, cells in block.rows.items() if number not in block.shares]
    figures = [c[i] for i in put for c in answers if i < len(c) and kind(c[i]) == "figure"]
    return index in put and {*figures} <= {"0", "1", "2"}


_COUNTS = re.compile(r"\bantal\b|%|\bandel\b|/|\bkr\b", re.I)
