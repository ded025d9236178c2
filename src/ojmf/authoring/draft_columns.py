"""What a column means, by its header and by what stands in it."""

from __future__ import annotations

import re
from typing import Any

from ojmf.authoring.blocks import Block, is_year, kind
from ojmf.authoring.draft_periods import Said, column_period, scenario
from ojmf.authoring.figure_forms import form, is_like_a_figure
from ojmf.authoring.forms import Context, Proposal, meant
from ojmf.declarations.drafts import TODO

OWN = re.compile(r"^(kommunen|svar|resultat|vårt svar|kommunens svar|ja/nej)$", re.I)
"""Headers that stand for the municipality that the report is about."""
_COMMENT = re.compile(r"kommentar|analys|anmärkning|not\b|källa", re.I)
_COUNTY = re.compile(r"\blän(et|s)?\b", re.I)
_MOST = 0.5
_COUNTRY = re.compile(r"\b(riket|sverige|landet)\b", re.I)


def indicator_column(
    block: Block, index: int, label: str, found: Proposal, context: Context
) -> dict[str, Any]:
    """A column of a table of places: the indicator that its header names."""
    counts = block.kinds(index)
    column: dict[str, Any] = {"label": label}
    if not counts.get("figure") and not counts.get("answer"):
        return {**column, "content": _passed_over(block, index, label)}
    match = context.labels.match(found.area, label) if found.area else None
    declared = context.labels.catalogue.unit(match.indicator) if match else None
    if counts.get("answer", 0) >= counts.get("figure", 0) or declared == "answer":
        column |= {"content": "answer", "scenario": "outcome", "unit": "answer"}
        if not counts.get("answer"):
            found.answers |= {text for text in block.column(index) if kind(text) == "figure"}
    else:
        column["scenario"] = "outcome"
    if match is None or not match.exact:
        column["indicator"] = meant(match, found.area or "OMRÅDE")
    return column | _period(label, column.get("scenario"), context)


def _period(label: str, what: str | None, context: Context) -> dict[str, Any]:
    said: Said = column_period(label, what, context.reporting)
    if said.period:
        return {"period": said.period}
    options = f"; {' eller '.join(said.options)}?" if said.options else ""
    return {"period": f"{TODO}vilken period{options}"}


def oj_column(
    block: Block, index: int, label: str, is_answer: bool, context: Context
) -> dict[str, Any]:
    """A column of an answer table: the answers of one place, shares of another, or comments."""
    column: dict[str, Any] = {"label": label}
    counts = block.kinds(index)
    if not is_answer and not counts.get("figure"):
        return {**column, "content": _passed_over(block, index, label)}
    place = context.gazetteer.by_name(label)
    if is_answer:
        own = context.geo if OWN.match(label) else place
        column |= {"content": "answer", "geo": own or f"{TODO}vilken kommuns svar? SCB-kod"}
        column |= {"scenario": "outcome", "unit": "answer"}
    else:
        if place is None and _COUNTRY.search(label):
            place = context.gazetteer.by_name("riket")
        elif place is None and _COUNTY.search(label):
            place = context.county
        column |= {"geo": place or f"{TODO}länet eller riket? SCB-kod", "scenario": "share"}
        column["unit"] = _share_unit(block, index)
    return column | _period(label, column["scenario"], context)


def _passed_over(block: Block, index: int, label: str) -> str:
    """What a column without a readable figure is; asked where its texts look like figures."""
    texts = [text for text in block.column(index) if text]
    odd = [text for text in texts if is_like_a_figure(text)]
    if len(odd) > _MOST * len(texts):
        return f"{TODO}figure eller text? ”{odd[0]}” liknar ett tal men kan inte läsas som ett"
    return "comment" if _COMMENT.search(label) else "text"


def _share_unit(block: Block, index: int) -> str:
    figures = [found.digits for text in block.column(index) if (found := form(text))]
    values = [float(re.sub(r"[^\d.]", "", digits.replace(",", "."))) for digits in figures]
    if any(value > 1 for value in values) and all(0 <= value <= 100 for value in values):
        return "percent"
    return f"{TODO}andelarna är inte procent; percent med shift = 2 om 0,43 betyder 43 %"


def figure_column(
    block: Block,
    index: int,
    label: str,
    found: Proposal,
    money: tuple[str, int | None] | None,
    context: Context,
) -> dict[str, Any]:
    """A column of figures: scenario, unit and period; ``money`` is the table's unit of money."""
    column: dict[str, Any] = {"label": label}
    counts = block.kinds(index)
    if not counts.get("figure"):
        return {**column, "content": _passed_over(block, index, label)}
    what = scenario(label)
    if what is None and is_year(label):
        what = "outcome" if any(scenario(text) for text in block.header) else None
    column["scenario"] = what or f"{TODO}outcome, budget, forecast, deviation eller change?"
    if "%" in label:
        column["unit"] = "percent"
    elif found.kind == "income-statement":
        column["unit"] = money[0] if money else f"{TODO}MSEK; tkr är MSEK med shift = -3"
        if money and money[1]:
            column["shift"] = money[1]
    return column | _period(label, what, context)
