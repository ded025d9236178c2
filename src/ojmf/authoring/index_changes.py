"""The numbers of a column, and whether they can be the levels of a price index."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.printed import as_float

_PRICE_INDEX = re.compile(r"\b(?:kpif?|pkv)\b|prisindex", re.I)
_LOW_FOR_AN_INDEX = 20


def are_index_changes(text: str, block: Block, index: int) -> bool:
    """Whether figures are too low for the price index that a text names: they are its changes."""
    if not _PRICE_INDEX.search(text):
        return False
    values = values_of([text for text in block.column(index) if kind(text) == "figure"])
    return bool(values) and (min(values) < 0 or max(values) < _LOW_FOR_AN_INDEX)


def values_of(figures: list[str]) -> list[float]:
    """The numbers of figures that are printed in one of the usual ways."""
    found = (re.fullmatch(r"[^\d]*?([-−]?\d[\d \u00a0]*([.,]\d+)?)[^\d]*", t) for t in figures)
    return [as_float(m[1]) for m in found if m]


def are_whole(figures: list[str]) -> bool:
    """Whether no figure is printed with decimals."""
    return not any("," in text or "." in text for text in figures)
