"""The questions in which unit figures are: of one column or row, or of several alike."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import ColumnDraft, Context, Open, slug
from ojmf.authoring.index_changes import are_whole
from ojmf.authoring.measured_units import measured_in
from ojmf.declarations.drafts import Question
from ojmf.model import TIME_UNITS
from ojmf.unit_words import unit_of

_TOGETHER = 3
_MOST = 0.6
_SHOWN = 60
_WHOSE = re.compile(r"(?:kommun|län|region|kod)(?:en|et|s?[ _-]?kod)?", re.I)


def ask_unit(name: str, likely: tuple[str, int | None] | None = None) -> Question:
    """The question in which unit figures are; ``likely`` is that of the document's amounts.

    What is likely a count is less so, and a unit that the text itself says more.
    """
    proposal = likely and ("tkr" if likely[1] else "mkr" if likely[0] == "MSEK" else likely[0])
    scores = {None: 0, "count": 65, "tkr": 70, "mkr": 70}
    return Question(
        key=f"unit.{slug(name)}",
        question=f"I vilken enhet är ”{name[:60]}”?",
        kind="unit",
        proposal=proposal,
        score=scores.get(proposal, 75),
        options=(
            *("tkr", "mkr", "kr", "SEK_per_inhabitant", "SEK_per_unit", "percent", "permille"),
            *("count", "days", "per_1000", "per_10000", "per_100000", "index", *TIME_UNITS),
        ),
    )


def amounts_said_above(block: Block) -> tuple[str, int | None] | None:
    """The unit that a sentence above a table says of its amounts: ``Tabellen visar … i tkr``."""
    said = {unit_of(found[1]) for found in _AMOUNTS_IN.finditer(block.above)} - {None}
    return said.pop() if len(said) == 1 else None


_AMOUNTS_IN = re.compile(
    r"\b(?:tabell(?:en|erna)|belopp(?:en)?|summor(?:na)?|siffror(?:na)?)\b[^.;]{1,80}?"
    r"(?<=\bi )((?:tusen(?:tals?)? |miljon(?:er|tals?) )?(?:kr|kronor|tkr|mn?kr|[tm]sek)\b)",
    re.I,
)


def unit_said(text: str, name: str, context: Context) -> tuple[Open, int | None] | None:
    """The unit that a text says of what is named so, and the shift of its figures to it.

    One that neither ojmf nor the catalogue has is asked about: it becomes the area's own.
    """
    own = measured_in(text)
    if own is None:
        return unit_of(text)
    if own in context.labels.catalogue.own_units:
        return own, None
    what = f"Är tal som ”{name[:_SHOWN]}” i {own}? Enheten läggs då till i områdets fil."
    asked = ask_unit(own, (own, None))
    return asked.model_copy(update={"question": what}), None


def ask_together(block: Block, columns: list[ColumnDraft], values: list[int]) -> None:
    """One question of the unit of columns that look alike: as many decimals, and each or not.

    The question names them all, so that who answers sees where they differ.
    """
    _take_likely_counts(block, columns, values)
    groups: dict[tuple[object, ...], list[int]] = {}
    for index in values:
        unit = columns[index].unit
        if isinstance(unit, Question) and "andel" not in unit.options:
            shown = [t for t in block.column(index) if kind(t) == "figure"]
            decimals = any(re.search(r"\d[.,]\d", text) for text in shown)
            each = re.search(r"\bper \w", block.said[index], re.I) is not None
            groups.setdefault((decimals, each, unit.proposal, unit.score), []).append(index)
    for number, group in enumerate(groups.values(), start=1):
        if len(group) < _TOGETHER:
            continue
        names = "”, ”".join(columns[i].label[:_SHOWN] for i in group)
        question = f"I vilken enhet är kolumnerna ”{names}”? Är de olika, skriv dem i source.toml."
        for index in group:
            if isinstance(unit := columns[index].unit, Question):
                columns[index].unit = Question(
                    key=f"unit.kolumner-{block.first}-{number}",
                    question=question,
                    kind="unit",
                    proposal=unit.proposal,
                    score=unit.score,
                    options=unit.options,
                )


def _take_likely_counts(block: Block, columns: list[ColumnDraft], group: list[int]) -> None:
    """Ask once of columns of whole figures that nearly all likely count something."""
    asked = {
        i: unit
        for i in group
        if isinstance(unit := columns[i].unit, Question)
        and unit.proposal in {None, "count"}
        and not _WHOSE.fullmatch(block.said[i])
        and are_whole([text for text in block.column(i) if kind(text) == "figure"])
    }
    likely = [i for i, unit in asked.items() if unit.proposal]
    if len(likely) > 1 and len(likely) >= _MOST * len(asked):
        for index in asked.keys() - {*likely}:
            columns[index].unit = ask_unit(block.said[index], ("count", None))
