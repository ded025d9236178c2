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
    SEVERAL_YEARS = "several_years"
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


class Dimension(StrEnum):
    """The six areas of good quality in social services, as Öppna jämförelser names them."""

    KNOWLEDGE = "kunskap"
    SELF_DETERMINATION = "sjalvbestammande"
    WHOLENESS = "helhetssyn"
    SAFETY = "trygghet"
    ACCESS = "tillganglighet"
    EFFICIENCY = "effektivitet"


DIMENSION_WORDS = {
    Dimension.KNOWLEDGE.value: "Kunskapsbaserad verksamhet",
    Dimension.SELF_DETERMINATION.value: "Självbestämmande och integritet",
    Dimension.WHOLENESS.value: "Helhetssyn och samordning",
    Dimension.SAFETY.value: "Trygghet och säkerhet",
    Dimension.ACCESS.value: "Tillgänglighet",
    Dimension.EFFICIENCY.value: "Effektivitet",
}


class IndicatorType(StrEnum):
    """What of a service an indicator measures, after Donabedian (1966)."""

    STRUCTURE = "structure"
    PROCESS = "process"
    RESULT = "result"


TYPE_WORDS = {
    IndicatorType.STRUCTURE.value: "Struktur",
    IndicatorType.PROCESS.value: "Process",
    IndicatorType.RESULT.value: "Resultat",
}


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


class ReferenceKind(StrEnum):
    """What a figure is compared with."""

    COUNTY = "county"
    COUNTRY = "country"
    GROUP = "group"
    MUNICIPALITY = "municipality"
    EARLIER = "earlier"
    TARGET = "target"
    BUDGET = "budget"


class Origin(StrEnum):
    """Where a reference comes from: a document, a file of values, or the municipalities of it."""

    PRINTED = "printed"
    DECLARED = "declared"
    COMPUTED = "computed"


class Statistic(StrEnum):
    """How the figure of several municipalities is computed from theirs."""

    MEDIAN = "median"
    MEAN = "mean"
    WEIGHTED = "weighted"
    SUM = "sum"


class Reason(StrEnum):
    """Why a row has no figure, reference, gap or colour, or what its verdict rests on."""

    CONFLICT = "conflict"
    MISSING = "missing"
    NOT_COLLECTED = "not_collected"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"
    NO_ANSWER = "no_answer"
    REFERENCE_CONFLICT = "reference_conflict"
    NO_REFERENCE = "no_reference"
    NO_REFERENCE_ANSWER = "no_reference_answer"
    TOO_FEW = "too_few"
    TOO_FEW_ANSWERS = "too_few_answers"
    NO_DIRECTION = "no_direction"
    TOO_FEW_FOR_COLOUR = "too_few_for_colour"
    FEW_OF_ALL = "few_of_all"
    SMALL_LEFT_OUT = "small_left_out"
    DENOMINATOR_NOT_POSITIVE = "denominator_not_positive"
    OUTSIDE_DENOMINATOR = "outside_denominator"
    TOLERANCE = "tolerance"
    NO_DENOMINATOR = "no_denominator"
    OUTCOME_BUDGET = "outcome_budget"
    FORECAST_BUDGET = "forecast_budget"
    OUTCOME_TARGET = "outcome_target"
    FORECAST_TARGET = "forecast_target"
    PRINTED_DEVIATION = "printed_deviation"
    NO_TARGET = "no_target"
    NO_BUDGET = "no_budget"
    NO_EARLIER = "no_earlier"
    REBASED = "rebased"
    UNLIKE_ORIGINS = "unlike_origins"
    WHOLE_AMOUNTS = "whole_amounts"
    QUESTION_ADDED = "question_added"
    QUESTION_RETIRED = "question_retired"


class Change(StrEnum):
    """What has become of an indicator since an earlier period, the worst first."""

    TURNED_RED = "turned_red"
    RED_AND_WORSE = "red_and_worse"
    WORSE = "worse"
    TURNED_YELLOW = "turned_yellow"
    CHANGED = "changed"
    BETTER = "better"
    TURNED_GREEN = "turned_green"
    ADDED = "added"
    RETIRED = "retired"
    SIMILAR = "similar"
    UNCHANGED = "unchanged"


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


FILE_OF_VALUES = "referens."
"""The ids of the sources that are files of values for all municipalities begin so."""


DIFFERENCES = frozenset({Scenario.CHANGE.value, Scenario.DEVIATION.value})
"""What follows from two figures and is none of them."""
COUNT_UNITS = ("count", "persons", "households", "cases", "placements")
"""Units that count separate persons or events; care days come in runs and are not among them."""


SHARE_BASES = {"percent": 100.0, "permille": 1_000.0}
RATE_BASES = {"per_1000": 1_000.0, "per_10000": 10_000.0, "per_100000": 100_000.0}
"""What a share and a rate are counted per."""


MONEY_UNITS = ("SEK", "MSEK")

RATIO_UNITS = (
    "permille",
    "per_1000",
    "per_10000",
    "per_100000",
    "SEK_per_inhabitant",
    "SEK_per_unit",
)
"""Units of what is already divided: never summed, nor divided by the inhabitants again."""


TIME_UNITS = ("years", "months", "weeks", "hours", "minutes")
"""Units of ages and of how long things take; days of care are counted, and not among them."""


EXACT_UNITS = ("count", "persons", "households", "days", "cases", "placements")

UNITS = (
    *EXACT_UNITS,
    *MONEY_UNITS,
    "answer",
    "percent",
    "percentage_points",
    "index",
    *RATIO_UNITS,
    "category",
    "fte",
    *TIME_UNITS,
)
"""Every unit: each has a word."""

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
