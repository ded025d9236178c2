"""The parts of a lexicon: the words and phrases for each thing that sentences say of figures."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ojmf.claims.patterns import FormPattern, Pattern

DirectionName = Literal["same", "higher", "lower"]
AlternativeName = Literal[
    "against",
    "year_before",
    "by",
    "apart",
    "than_row",
    "deviates",
    "budgeted",
    "level",
    "deviation",
    "target",
    "unsaid",
    "of_it",
    "part_of",
    "echoed",
    "summed",
]
BasisName = Literal["budget", "target", "previous_year", "months", "region"]


class Words(BaseModel):
    """The base of all parts of a lexicon: unknown keys are faults, values are not changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitWords(Words):
    """Words behind a number, the unit they mean, and how many of it a word is worth."""

    words: tuple[str, ...]
    unit: str
    factor: float = 1.0


class FractionWords(Words):
    """Fractions in words: of number and denominator, every n:th, words for all, half and most.

    ``not_a_part`` follows what is no share; ``slack`` is a part, of ``most_slack`` points at most.
    """

    denominators: dict[str, int]
    every: dict[str, int]
    whole: Pattern
    half: Pattern
    most: Pattern
    not_a_part: Pattern
    slack: float
    most_slack: float


class AboutWords(Words):
    """A word before a figure that leaves it open downwards or upwards, as a part of the figure."""

    pattern: Pattern
    below: float = 0.0
    above: float = 0.0


class Exclusions(Words):
    """What looks like a figure and is none: dates, laws, ages, numbering."""

    patterns: tuple[Pattern, ...]
    leading: Pattern
    page: Pattern
    verbs: Pattern
    years: Pattern
    abbreviations: tuple[str, ...]


class PeriodWords(Words):
    """A phrase for a period: its length, the year against now, and its months."""

    pattern: Pattern
    span: Literal["year", "period"] | None = None
    year: int | None = None
    months: tuple[int, ...] = ()


class MonthWords(Words):
    """The names of the months, and phrases with ``MONTH`` where a name stands."""

    names: tuple[str, ...] = Field(min_length=12, max_length=12)
    since: Pattern
    between: Pattern
    from_to: str
    chained: Pattern
    until: Pattern
    all_but: Pattern
    opening: Pattern
    within: Pattern
    joined: Pattern
    same: Pattern
    before_last: tuple[Pattern, Pattern]
    month_before: Pattern
    afterwards: Pattern
    before_that: Pattern
    others: Pattern
    only: Pattern
    end_of_last_year: Pattern


class BasisWords(Words):
    """A phrase for what a figure is compared with."""

    pattern: Pattern
    basis: BasisName


class ScenarioWords(Words):
    """Phrases for forecasts, budgets and deviations."""

    forecast: Pattern
    exceeded: Pattern
    revised: Pattern
    budget: Pattern
    outcome: Pattern
    compared: Pattern
    so_far: Pattern
    whole_year: Pattern
    own: Pattern
    used: Pattern
    used_up: Pattern
    deviation: Pattern
    forecast_deviation: Pattern


class TowardWords(Words):
    """Which way a word of a difference points: up or down, to the good or to the bad."""

    higher: Pattern
    lower: Pattern
    good: Pattern
    bad: Pattern


class DirectionWords(Words):
    """A phrase for more, less or the same."""

    pattern: Pattern
    direction: DirectionName


class TrendWords(Words):
    """Phrases that make a direction without a figure a claim, or keep it from being one."""

    clause: Pattern
    statement: Pattern
    every: Pattern
    monthly: Pattern
    of_months: Pattern
    not_apart: Pattern
    change: Pattern
    moved: Pattern
    counted: Pattern
    years: Pattern
    early: Pattern
    past: Pattern
    until: Pattern
    beside: FormPattern
    leads: Pattern
    leads_from: Pattern
    adverb: Pattern
    another: Pattern
    not_a_fact: Pattern
    instead: Pattern
    aside: Pattern
    joined: str
    better: Pattern
    kept: Pattern
    apart: Pattern
    relative: Pattern
    became: Pattern
    so_many: Pattern
    so_as: Pattern
    only: Pattern


class TargetWords(Words):
    """What says that a target is reached; a target's own figure; and what it is only hoped."""

    reached: Pattern
    level: Pattern
    side: Pattern
    hoped: Pattern


class CauseWords(Words):
    """Phrases for what explains a difference; ``plain`` words name no part of the whole."""

    intro: Pattern
    direction: Pattern
    end: Pattern
    compared: Pattern
    against: Pattern
    cost: Pattern
    income: Pattern
    plain: Pattern


class FormWords(Words):
    """How a figure ``<n>``, or two, are stated.

    ``<later>`` and ``<earlier>`` are compared, ``<n>`` is a part of ``<whole>``; the group ``w``
    gives the direction. ``signed``: only for figures with a sign of their own.
    """

    kind: Literal["pair", "change", "deviation", "level", "part", "ratio", "unknown"]
    pattern: FormPattern
    basis: BasisName | None = None
    signed: bool = False


class AggregateWords(Words):
    """Phrases for how months are taken together, or which of them is meant."""

    total: Pattern
    mean: Pattern
    averages: Pattern
    each: Pattern
    latest: Pattern
    most: Pattern
    highest: Pattern
    any: Pattern
    inclusive: Pattern
    followed: Pattern
    second: Pattern
    none_beyond: Pattern
    next: Pattern
    next_after: Pattern
    joint: Pattern
    both: Pattern
    relative: Pattern
    lowest: Pattern
    many: Pattern
    of_all: Pattern
    each_of: Pattern
    out_of: Pattern
    all: Pattern
    rest: Pattern
    rest_count: Pattern
    yearly: Pattern
    of_years: Pattern
    moved: Pattern
    among: Pattern


class SubjectWords(Words):
    """What tells, and what does not tell, which thing a claim is about."""

    clause: Pattern
    then: Pattern
    relative: Pattern
    next: Pattern
    anew: Pattern
    explains: Pattern
    anaphora: Pattern
    compared: Pattern
    attribute: Pattern
    per: Pattern
    days: Pattern
    whole: Pattern
    heads: Pattern
    whole_label: Pattern
    sum_label: Pattern
    scope: Pattern
    stop: tuple[str, ...]
    neutral: tuple[str, ...]
    weak: tuple[str, ...]
    drop: Pattern


class ScopeWords(Words):
    """Words that may narrow a figure to a part of a row, and those that never do."""

    prepositions: Pattern
    groups: Pattern
    per: Pattern
    some: Pattern
    partitive: Pattern
    of: Pattern
    cut: Pattern
    verbs: Pattern
    plain: Pattern


class MultipleWords(Words):
    """Words for a multiple, as a change in percent and slack, of each time beyond the first."""

    pattern: Pattern
    percent: float
    slack: float


class StatusWords(Words):
    """Words for the answers of questions: colours and what is answered, yes or no."""

    tables: Pattern
    apart_by: Pattern
    as_many: Pattern
    more_than: Pattern
    topic: Pattern
    indicators: Pattern
    answers: dict[str, Pattern]
    total: Pattern
    positive: Pattern
    partly: Pattern
    negative: Pattern
    open: Pattern
    whole: Pattern
    optional: Pattern
    clause: Pattern
    joined: Pattern
    blank: Pattern
    alike: Pattern
    either: Pattern
    listed: Pattern
    apart: Pattern
    own: Pattern
    us: Pattern
    echo: Pattern
    members: Pattern
    without: Pattern
    lacking: Pattern
    contrast: Pattern
    unlike: Pattern
    least: float
    margin: float
    explained: float


class Tolerances(Words):
    """How far apart figures may be that are called the same or similar."""

    same_percent: float
    similar_percent: float
    similar_each: float
    begun_percent: float
    few: float
    few_each: float
    similar: Pattern
    exact: Pattern


class Thresholds(Words):
    """Scores between 0 and 1: to link at all, to contradict, and the lead over the runner-up."""

    least: float
    contradiction: float
    margin: float


class ScanWords(Words):
    """What a damaged word of a scan may be read as, and how alike the two must be."""

    likeness: float
    words: tuple[str, ...]
    phrases: tuple[tuple[Pattern, str], ...]
    letters: dict[str, str]
    damaged: Pattern
