"""The closed vocabularies of the domain, as the field names them."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """An answer to a yes/no question in Öppna jämförelser, as printed."""

    YES = "JA"
    PARTLY = "DELVIS"
    NO = "NEJ"


class Scenario(StrEnum):
    """What a figure is: something that happened, was planned, or follows from two others."""

    OUTCOME = "outcome"
    BUDGET = "budget"
    FORECAST = "forecast"
    DEVIATION = "deviation"
    CHANGE = "change"
    SHARE = "share"
    TARGET = "target"


class PeriodKind(StrEnum):
    """The kind of a reference period; figures of unlike kinds are not compared."""

    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF_YEAR = "half_year"
    SCHOOL_YEAR = "school_year"
    YEAR_TO_DATE = "year_to_date"
    YEAR = "year"
    ROLLING_12_MONTHS = "rolling_12_months"
    POINT = "point"


class ObsStatus(StrEnum):
    """SDMX CL_OBS_STATUS 2.2, the codes in use here."""

    NORMAL = "A"
    IMPUTED = "I"
    NOT_COLLECTED = "L"
    CANNOT_EXIST = "M"
    MISSING = "O"
    SUPPRESSED = "Q"
    UNRELIABLE = "U"
    UNVALIDATED = "V"


class Sex(StrEnum):
    """SDMX CL_SEX, the codes in use here; ``TOTAL`` where a figure is about both sexes."""

    TOTAL = "_T"
    FEMALE = "F"
    MALE = "M"


SEX_WORDS = {Sex.FEMALE.value: "kvinnor", Sex.MALE.value: "män"}
"""What is said behind the name of a figure that is about one sex."""


class Polarity(StrEnum):
    """Which direction is good, declared per indicator."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class IndicatorKind(StrEnum):
    """What kind of measurement an indicator is."""

    ANSWER = "answer"
    SHARE = "share"
    COUNT = "count"
    AMOUNT = "amount"
    INDEX = "index"


class Status(StrEnum):
    """The colour of an indicator; ``GREY`` is no answer or no basis for a colour."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


class Severity(StrEnum):
    """How grave a finding is, gravest first."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Grade(StrEnum):
    """How far two municipalities' figures for a concept can be compared, best first."""

    COMPARABLE = "comparable"
    AFTER_CONVERSION = "after_conversion"
    PARTLY = "partly"
    NOT_COMPARABLE = "not_comparable"


class Verdict(StrEnum):
    """Where a figure stands against another; with a neutral polarity only higher and lower."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"


class Signal(StrEnum):
    """What breaks the pattern of chance, the strongest first."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    OUTER_THIRD = "outer_third"


class Variation(StrEnum):
    """What a series shows at its latest signal."""

    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    CHANGE = "change"
    COMMON_CAUSE = "common_cause"
    TOO_SHORT = "too_short"


COUNTRY = "00"
"""SCB's code for Riket."""


COUNT_UNITS = ("count", "persons", "households", "cases", "placements")
"""Units that count separate persons or events; care days come in runs and are not among them."""


MONEY_UNITS = ("SEK", "MSEK")


EXACT_UNITS = ("count", "persons", "households", "days", "cases", "placements")

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
"""The names of the months in Swedish, in order."""
