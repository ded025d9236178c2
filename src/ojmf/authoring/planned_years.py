"""Headers that are years and nothing else, under a title of plans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.forms import slug
from ojmf.authoring.said_periods import Report
from ojmf.declarations.drafts import Question

PLANS = {"budget": "budget", "forecast": "prognos", "target": "mål"}
"""The scenarios that a title may say of all years below it, and their words in a question."""
_SPAN = re.compile(r"(?<![\d–-])(20\d\d)\s?[–-]\s?(20\d\d)(?![\d–-])")
_SHOWN = 60


def scenario_of_year(
    text: str, planned: str | None, titles: Sequence[str], report: Report, years: Sequence[str]
) -> str | Question:
    """The scenario of a header that names none: an outcome, but for a bare year under plans.

    ``planned`` is what the first of the titles says that all is; ``years`` are all bare years.
    """
    if text not in years:
        return "outcome"
    if planned in PLANS:
        return _planned(text, planned, titles[0], report, years)
    return _in_plan(text, titles) or "outcome"


def _in_plan(text: str, titles: Sequence[str]) -> Question | None:
    """The question what figures of a bare year are that a plan reaches: ``Lokalplan 2026–2030``."""
    for title in titles:
        span = _SPAN.search(title) if _PLAN.search(title) else None
        if span is not None and text >= span[1]:
            return Question(
                key=f"scenario.{slug(title)}",
                question=f"Är åren från {span[1]} i ”{title[:_SHOWN]}” utfall, budget, prognos "
                "eller mål?",
                kind="scenario",
                options=("outcome", "budget", "forecast", "target"),
            )
    return None


_PLAN = re.compile(r"(?:plan(?:en|er|ering)?|program(?:met)?|strategi(?:n)?|behov(?:et)?)\b", re.I)


def _planned(text: str, planned: str, title: str, report: Report, years: Sequence[str]) -> Question:
    """The question whether a bare year under a title of plans is planned; ``years`` are all there.

    All that are within the years that the title names are asked about at once. What a forecast has
    before them is likely what it starts from. A year before that of the report may be the outcome
    to compare with, and so may the first of a forecast that does not say which year it begins.
    """
    shown, word = title.strip()[:_SHOWN], PLANS[planned]
    span = _SPAN.search(title)
    if span is not None and span[1] <= text <= span[2]:
        key, what = f"scenario.{slug(title)}", f"Är åren {span[1]}–{span[2]} i ”{shown}” {word}?"
        likely: str | None = planned
    else:
        key, what = f"scenario.{slug(text)}.{planned}", f"Är ”{text}” i ”{shown}” {word}?"
        first = planned == "forecast" and report.year is None and text == min(years)
        before = first if report.year is None else text < report.year
        likely = None if before else planned
        if span is not None and text < span[1]:
            likely = "outcome" if planned == "forecast" else None
    return Question(
        key=key,
        question=what,
        kind="scenario",
        proposal=likely,
        score=75 if likely else 0,
        options=("outcome", planned),
    )
