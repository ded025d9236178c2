"""The words and phrases of a language, from ``data/language/<code>.toml``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from ojmf.claims.patterns import FormPattern, Pattern
from ojmf.claims.vocabulary import (
    AboutWords,
    AggregateWords,
    AlternativeName,
    BasisWords,
    CauseWords,
    DirectionWords,
    Exclusions,
    FormWords,
    FractionWords,
    MonthWords,
    MultipleWords,
    PeriodWords,
    ScanWords,
    ScenarioWords,
    ScopeWords,
    StatusWords,
    SubjectWords,
    TargetWords,
    Thresholds,
    Tolerances,
    TowardWords,
    TrendWords,
    UnitWords,
    Words,
)


class Language(Words):
    """A whole lexicon."""

    language: str
    none: Pattern
    one: Pattern
    never: Pattern
    thousand: Pattern
    negation: Pattern
    part: Pattern
    of_these: Pattern
    companion: Pattern
    alike: Pattern
    part_of: Pattern
    companion_of_change: tuple[Pattern, Pattern]
    restated: Pattern
    ends_with: Pattern
    of_change: Pattern
    hypothetical: Pattern
    by_verb: Pattern
    relating: Pattern
    set_beside: Pattern
    more_behind: Pattern
    alternative: dict[AlternativeName, Pattern]
    respective: Pattern
    against: Pattern
    planned_before: Pattern
    years_back: Pattern
    years_between: Pattern
    earlier_year: Pattern
    year_behind: Pattern
    elliptic: Pattern
    words: dict[str, Pattern]
    number_words: dict[str, int]
    fraction: FractionWords
    about: tuple[AboutWords, ...]
    multiple: tuple[MultipleWords, ...]
    unit: tuple[UnitWords, ...]
    exclude: Exclusions
    period: tuple[PeriodWords, ...]
    months: MonthWords
    basis: tuple[BasisWords, ...]
    scenario: ScenarioWords
    toward: TowardWords
    direction: tuple[DirectionWords, ...]
    trend: TrendWords
    target: TargetWords
    cause: CauseWords
    form: tuple[FormWords, ...]
    share: tuple[FormPattern, ...]
    unclear: Pattern
    aggregate: AggregateWords
    subject: SubjectWords
    same: dict[str, tuple[str, ...]]
    scope: ScopeWords
    with_level: Pattern
    looking_back: Pattern
    ranged: Pattern
    of_year: Pattern
    sided: Pattern
    region_apart: Pattern
    region_of: Pattern
    region: dict[Literal["county", "country"], Pattern]
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


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once, without regard to case."""
    return re.compile(pattern, re.IGNORECASE)
