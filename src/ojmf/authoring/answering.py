"""Answers to the questions of a draft, written into its text so that all else stays as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from ojmf.authoring.measured_units import measured_in
from ojmf.declarations import toml
from ojmf.declarations.drafts import Question
from ojmf.errors import SelectionError
from ojmf.geography import resolve_geo
from ojmf.model import (
    EXACT_UNITS,
    MONEY_UNITS,
    RATIO_UNITS,
    TIME_UNITS,
    Answer,
    ObsStatus,
    Scenario,
)
from ojmf.periods import check_reported, parse_period
from ojmf.unit_words import unit_of

_SCENARIO_WORDS = {
    "utfall": "outcome",
    "budget": "budget",
    "prognos": "forecast",
    "avvikelse": "deviation",
    "förändring": "change",
    "mål": "target",
    "andel": "share",
}
_UNITS = (
    *EXACT_UNITS,
    *MONEY_UNITS,
    "percent",
    "percentage_points",
    "fte",
    "index",
    *RATIO_UNITS,
    *TIME_UNITS,
)
_NOT_READ = {"läs inte", "nej"}
_OF_ANSWERS = {"answer", "svar", "ja/nej"}
NEW = "ny"
"""The answer that a row that is like a known one is an indicator of its own."""


def answered(
    text: str,
    questions: Sequence[Question],
    answers: Mapping[str, str],
    geography: pl.DataFrame | None = None,
    *,
    accept: int | None = None,
) -> str:
    """The text of a draft with answers in the place of its questions.

    ``accept`` takes the proposals with at least that score for questions that have no answer.
    Raises ``SelectionError`` for an answer that is none, or to a question that is not asked.
    """
    known = [question.key for question in questions]
    unknown = [key for key in answers if key not in known]
    if unknown:
        left = f"frågorna som är kvar är {', '.join(known)}" if known else "inga frågor är kvar"
        raise SelectionError(
            f"Ingen fråga har nyckeln {', '.join(unknown)}; {left}. Besvarade frågor listas av "
            "ojmf source questions ID --answered."
        )
    for question in questions:
        said = answers.get(question.key)
        if said is None and accept is not None and question.score >= accept:
            said = question.proposal
        if said is not None:
            text = _write(text, question, said.strip(), geography)
    return text


def _write(text: str, question: Question, said: str, geography: pl.DataFrame | None) -> str:
    mark = json.dumps(question.mark, ensure_ascii=False)
    if mark not in text:
        raise SelectionError(
            f"Frågan {question.key} är skriven för hand; svara på den i source.toml."
        )
    if question.kind == "unit" and said.casefold() in _OF_ANSWERS:
        text = _as_answers(text, question, mark)
    elif question.kind == "unit":
        unit, shift = _unit(question, said)
        new = toml.value(unit) + (f", shift = {shift}" if shift else "")
        text = text.replace(f"unit = {mark}", f"unit = {new}")
    else:
        text = text.replace(mark, _value(question, said, geography))
    block = re.compile(
        rf"\n\[\[question\]\]\nkey = {re.escape(toml.value(question.key))}\n(?:[^\n\[][^\n]*\n)*"
    )
    return block.sub("", text)


def _as_answers(text: str, question: Question, mark: str) -> str:
    """The text with a column of answers, which were taken for figures; 1 is JA and 0 NEJ.

    Raises ``SelectionError`` where it is rows that are asked about: a whole column has answers.
    """
    raw = tomllib.loads(text)
    overrides = (o for table in raw["table"] for o in table.get("override", ()))
    if any(override.get("unit") == question.mark for override in overrides):
        raise SelectionError(
            f"{question.key}: frågan gäller rader, och svar anges för kolumner. Skriv content = "
            "”answer” för kolumnerna i source.toml, eller svara med en enhet."
        )
    text = text.replace(f"unit = {mark}", 'content = "answer", unit = "answer"')
    if "answers" not in raw:
        first = text.index("\n[")
        coded = toml.entries({"answers": {"1": "JA", "0": "NEJ"}})
        text = f"{text[:first].rstrip()}\n{coded}{text[first:]}"
    return text


def _unit(question: Question, said: str) -> tuple[str, int | None]:
    if said == "andel":
        return "percent", 2
    if (own := measured_in(said)) is not None:
        return own, None
    known = unit_of(said)
    if known is not None:
        return known
    if said in _UNITS:
        return said, None
    raise _refused(
        question,
        said,
        "tkr, mkr, kr, procent, procentenheter, antal, dagar, svar (ja och nej), någon av "
        f"{', '.join(_UNITS)}, eller en enhet för energi, vikt, yta, längd eller volym, "
        "som MWh eller kg/inv.",
    )


def _value(question: Question, said: str, geography: pl.DataFrame | None) -> str:  # noqa: PLR0911
    """An answer as TOML; raises ``SelectionError`` where it is none of its kind."""
    try:
        match question.kind:
            case "period":
                if said not in question.options:
                    check = check_reported if question.key == "reporting-period" else parse_period
                    check(said)
                return toml.value(said)
            case "date":
                return date.fromisoformat(said).isoformat()
            case "place":
                return toml.value(said if geography is None else resolve_geo(said, geography))
            case "scenario":
                return toml.value(Scenario(_SCENARIO_WORDS.get(said.casefold(), said)).value)
            case "symbol":
                return toml.value(ObsStatus(said.upper()).value)
            case "answer":
                return toml.value(Answer(said.upper()).value)
            case "sign":
                return toml.value([style.strip() for style in said.split(",")])
            case "scanned":
                return "true" if said.casefold() in {"ja", "true"} else "false"
            case "table":
                if said.casefold() in _NOT_READ:
                    return "true"
                raise ValueError(said)
    except ValueError as error:
        expected = ", ".join(question.options) or _EXPECTED[question.kind]
        # Of a period, what is wrong with it says which one to write.
        why = f" ({error})" if question.kind == "period" and "/" in said else ""
        raise _refused(question, said, expected + why) from None
    return toml.value(said)


_EXPECTED = {
    "period": "en period som 2024, 2024-08 eller 2024-01/2024-08",
    "date": "en dag som 2025-03-31",
    "scenario": "utfall, budget, prognos, avvikelse, förändring eller mål",
    "symbol": "M, O, L eller Q",
    "answer": "JA, NEJ eller DELVIS",
    "sign": "sätt att skriva minus, som (5)",
    "scanned": "ja eller nej",
    "table": "”läs inte”, eller rätta tabellen i source.toml",
}


def _refused(question: Question, said: str, expected: str) -> SelectionError:
    return SelectionError(f"{question.key}: ”{said}” är inget svar; väntade {expected}.")
