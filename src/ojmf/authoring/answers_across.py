"""Tables of questions with a municipality in each column, answered by 1 and 0, and their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.coded_answers import legend_of
from ojmf.authoring.forms import Context, Proposal
from ojmf.geography import is_municipality_code

_CODES = re.compile(r"(?:kommun|läns?|region)?(?:kod|nr|nummer)(?:er)?", re.I)
_CODED = {"0", "1", "2"}
_FEWEST = 2
Rows = Mapping[int, Sequence[str]]


def row_of_codes(block: Block, rows: Rows, label: int, context: Context) -> str | None:
    """The label of the row that has the codes of the places that its columns are headed by."""
    gazetteer = context.report.gazetteer
    for cells in rows.values():
        codes = [(i, text) for i, text in enumerate(cells) if text and i != label]
        called = label < len(cells) and _CODES.fullmatch(cells[label]) is not None
        if called and codes and all(i < len(block.said) for i, _ in codes):
            named = [gazetteer.by_text(block.said[i]) for i, _ in codes]
            if named == [gazetteer.by_code(text) for _, text in codes]:
                return cells[label]
    return None


def coded_rows(block: Block, rows: Rows, label: int, context: Context) -> dict[int, bool]:
    """Which rows are answered by 1 and 0 by the municipalities that head columns, by line.

    Empty where the document does not say that these are answers, or too few rows have nothing else.
    """
    if not context.coded:
        return {}
    by_text = context.report.gazetteer.by_text
    of_codes = row_of_codes(block, rows, label, context)
    own = [i for i, said in enumerate(block.said) if is_municipality_code(by_text(said) or "")]
    said = {
        number: {cells[i] for i in own if i < len(cells) and kind(cells[i]) == "figure"}
        for number, cells in rows.items()
        if cells[label : label + 1] != [of_codes]
    }
    found = {
        number: texts <= _CODED | {*legend_of("".join(rows[number][label : label + 1]))}
        for number, texts in said.items()
    }
    answered = [number for number, coded in found.items() if coded and said[number]]
    return found if own and len(answered) >= _FEWEST else {}


def without_others(
    block: Block,
    rows: dict[int, list[str]],
    label: int,
    coded: Mapping[int, bool],
    context: Context,
) -> tuple[Block, dict[str, str]]:
    """The block without rows of codes and measures among questions, and why these are not read.

    They are taken from ``rows`` too.
    """
    of_codes = row_of_codes(block, rows, label, context)
    why: dict[str, str] = {}
    for number, cells in [*rows.items()]:
        text = cells[label] if label < len(cells) else ""
        if text == of_codes or not coded.get(number, True):
            why[text] = "koder, inga tal" if text == of_codes else "ett mått bland frågor"
            del rows[number]
    if not why:
        return block, why
    kept = {n: c for n, c in block.rows.items() if c[label : label + 1] not in [[t] for t in why]}
    return replace(block, rows=kept), why


def may_be_coded(found: Proposal, numbers: Sequence[int]) -> bool:
    """Whether municipalities have 1 and 0 alone in a row where county or country have more."""
    own, theirs = set[str](), set[str]()
    count = 0
    for number in numbers:
        for column, text in zip(found.columns, found.block.rows[number], strict=False):
            if column.is_figure and kind(text) == "figure":
                municipal = not isinstance(column.geo, str) or is_municipality_code(column.geo)
                (own if municipal else theirs).add(text)
                count += municipal
    return count >= _FEWEST and own <= {"0", "1"} and bool(theirs - own)
