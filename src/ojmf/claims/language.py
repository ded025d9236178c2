"""The words and phrases of a language, from ``data/language/<code>.toml``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import DeclarationError


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"mönstret ”{text}” är fel: {error}") from None
    return text


Pattern = Annotated[str, AfterValidator(_compiles)]
DirectionName = Literal["same", "higher", "lower"]
BasisName = Literal["budget", "previous_year"]


class Words(BaseModel):
    """The base of all parts of a lexicon: unknown keys are faults, values are not changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitWords(Words):
    """Words behind a number, the unit they mean, and how many of it a word is worth."""

    words: tuple[str, ...]
    unit: str
    factor: float = 1.0


class Exclusions(Words):
    """What looks like a figure and is none: dates, laws, ages, numbering."""

    patterns: tuple[Pattern, ...]
    leading: Pattern
    verbs: Pattern
    years: Pattern
    abbreviations: tuple[str, ...]


class PeriodWords(Words):
    """A phrase for a period: its length (``year`` or ``period``) and the year against now."""

    pattern: Pattern
    span: Literal["year", "period"] | None = None
    year: int | None = None


class MonthWords(Words):
    """The names of the months, and phrases with ``MONTH`` where a name stands."""

    names: tuple[str, ...] = Field(min_length=12, max_length=12)
    since: Pattern
    between: Pattern
    within: Pattern
    start_of_year: Pattern
    end_of_last_year: Pattern


class BasisWords(Words):
    """A phrase for what a figure is compared with."""

    pattern: Pattern
    basis: BasisName


class ScenarioWords(Words):
    """Phrases for forecasts, budgets and deviations, and for their good and bad sides."""

    forecast: Pattern
    budget: Pattern
    deviation: Pattern
    positive: Pattern
    negative: Pattern


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
    most: Pattern
    years: Pattern
    not_a_fact: Pattern


class PairWords(Words):
    """Phrases that join two figures, or make one figure a change, a part, a total or a mean."""

    from_to: Pattern
    to: Pattern
    versus: Pattern
    previous: Pattern
    out_of: Pattern
    none: Pattern
    change_before: Pattern
    change_after: Pattern
    part: Pattern
    also: Pattern
    per: Pattern
    total: Pattern
    latest: Pattern
    mean: Pattern


class SubjectWords(Words):
    """What tells, and what does not tell, which thing a claim is about."""

    clause: Pattern
    explains: Pattern
    anaphora: Pattern
    compared: Pattern
    attribute: Pattern
    whole: Pattern
    whole_label: str
    scope: Pattern
    stop: tuple[str, ...]
    weak: tuple[str, ...]
    drop: Pattern


class StatusWords(Words):
    """Words for the colours of indicators, and the answers that they stand for."""

    indicators: Pattern
    green: tuple[str, ...]
    yellow: tuple[str, ...]
    red: tuple[str, ...]
    answers: dict[str, str]


class Tolerances(Words):
    """How far apart figures may be that are called the same or similar."""

    same_percent: float
    similar_percent: float
    similar_each: float
    few: float
    few_each: float
    similar: Pattern


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


class Language(Words):
    """A whole lexicon."""

    language: str
    number_words: dict[str, int]
    unit: tuple[UnitWords, ...]
    exclude: Exclusions
    period: tuple[PeriodWords, ...]
    months: MonthWords
    basis: tuple[BasisWords, ...]
    scenario: ScenarioWords
    direction: tuple[DirectionWords, ...]
    trend: TrendWords
    pair: PairWords
    subject: SubjectWords
    same: dict[str, tuple[str, ...]]
    status: StatusWords
    tolerance: Tolerances
    link: Thresholds
    scan: ScanWords

    def __hash__(self) -> int:
        """The lexicon itself, so that what is made of it can be kept."""
        return id(self)

    def month_pattern(self, phrase: str) -> re.Pattern[str]:
        """A phrase of ``months`` with the names of the months filled in."""
        return compiled(phrase.replace("MONTH", f"(?:{'|'.join(self.months.names)})"))


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once, without regard to case."""
    return re.compile(pattern, re.IGNORECASE)


def load_language(root: Path, code: str = "sv") -> Language:
    """The lexicon of a workspace; raises ``DeclarationError`` with every fault of the file."""
    path = root / "data" / "language" / f"{code}.toml"
    raw: dict[str, Any]
    raw, faults = read_toml(path)
    if faults:
        raise DeclarationError(faults)
    try:
        return Language.model_validate(raw)
    except ValidationError as error:
        raise DeclarationError([f"{path}: {fault}" for fault in describe(error)]) from None
