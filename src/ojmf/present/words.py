"""The Swedish words of the house: vocabularies, symbols beside colours, plurals, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ojmf.model import Change, Grade, ReferenceKind, Scenario, Signal, Status, Variation, Verdict
from ojmf.printed import NO_BREAK_SPACE

SYMBOLS = {
    Status.GREEN: "●",
    Status.YELLOW: "◐",
    Status.RED: "■",
    Status.GREY: "○",
}
STATUS_WORDS = {
    Status.GREEN: "Grön",
    Status.YELLOW: "Gul",
    Status.RED: "Röd",
    Status.GREY: "Inget svar",
}
STATUS_LABELS = {
    status.value: f"{SYMBOLS[status]}{NO_BREAK_SPACE}{word}"
    for status, word in STATUS_WORDS.items()
}
"""What is shown for a status, which is told apart without its colour: ● Grön, ○ Inget svar."""

SCENARIO_WORDS = {
    Scenario.OUTCOME.value: "utfall",
    Scenario.BUDGET.value: "budget",
    Scenario.FORECAST.value: "prognos",
    Scenario.DEVIATION.value: "avvikelse",
    Scenario.CHANGE.value: "förändring",
    Scenario.SHARE.value: "andel",
    Scenario.TARGET.value: "mål",
}
UNIT_WORDS = {
    "answer": "svar",
    "percent": "%",
    "percentage_points": "procentenheter",
    "count": "st",
    "persons": "personer",
    "households": "hushåll",
    "days": "dygn",
    "SEK": "kr",
    "MSEK": "mnkr",
    "index": "index",
    "permille": "‰",
    "per_1000": "per 1 000",
    "per_10000": "per 10 000",
    "per_100000": "per 100 000",
    "SEK_per_inhabitant": "kr per invånare",
    "SEK_per_unit": "kr",
    "category": "kategori",
    "fte": "årsarbetare",
    "cases": "ärenden",
    "placements": "placeringar",
    "years": "år",
    "months": "månader",
    "weeks": "veckor",
    "hours": "timmar",
    "minutes": "minuter",
}
ONE_UNIT_WORDS = {
    "procentenheter": "procentenhet",
    "personer": "person",
    "ärenden": "ärende",
    "placeringar": "placering",
    "månader": "månad",
    "dagar": "dag",
    "veckor": "vecka",
    "timmar": "timme",
    "minuter": "minut",
}
"""The units whose word is another beside one: ``1 person``."""
BARE_UNITS = ("index", "kvot", "betyg")
"""Ends of the names of scales, which are no words to read out behind a figure."""
GAP_UNIT_WORDS = {
    **UNIT_WORDS,
    **dict.fromkeys(("percent", "answer"), UNIT_WORDS["percentage_points"]),
}
"""The unit of a difference: that between two shares, or an answer and one, is in points."""
POINTS_OF_SHARES = "Skillnader mellan procenttal är i procentenheter."
"""What is said once of a table in which the unit of figures is percent."""
METHOD_WORDS = {
    "answer": "svar",
    "quartile": "kvartil",
    "reference": "referensvärde",
    "target": "mål",
    "neutral": "utan riktning",
}
REFERENCE_WORDS = {
    ReferenceKind.COUNTY.value: "länet",
    ReferenceKind.COUNTRY.value: "riket",
    ReferenceKind.GROUP.value: "gruppen",
    ReferenceKind.EARLIER.value: "fjolåret",
    ReferenceKind.TARGET.value: "målet",
    ReferenceKind.BUDGET.value: "budgeten",
}
"""What a figure is compared with; another municipality goes by its name."""
CHANGE_WORDS = {
    Change.TURNED_RED.value: f"{SYMBOLS[Status.RED]} har blivit röd",
    Change.RED_AND_WORSE.value: f"{SYMBOLS[Status.RED]} röd, och sämre än förut",
    Change.WORSE.value: "▼ sämre",
    Change.TURNED_YELLOW.value: f"{SYMBOLS[Status.YELLOW]} har blivit gul",
    Change.CHANGED.value: "↕ ändrad",
    Change.BETTER.value: "▲ bättre",
    Change.TURNED_GREEN.value: f"{SYMBOLS[Status.GREEN]} har blivit grön",
    Change.ADDED.value: "+ ny fråga",
    Change.RETIRED.value: "– ställs inte längre",
    Change.SIMILAR.value: "≈ ingen säker skillnad",
    Change.UNCHANGED.value: "= oförändrad",
}
VERDICT_TERMS = {
    Verdict.BETTER.value: ("▲", "bättre"),
    Verdict.SIMILAR.value: ("≈", "ingen säker skillnad"),
    Verdict.WORSE.value: ("▼", "sämre"),
    Verdict.HIGHER.value: ("↑", "högre"),
    Verdict.LOWER.value: ("↓", "lägre"),
    Verdict.EQUAL.value: ("=", "lika"),
}
"""The symbol and the word of a verdict; bättre and sämre are no colours of Öppna jämförelser."""
WITHOUT_FIGURE = {
    "missing": ("uppgift saknas", "saknas"),
    "unreadable": ("går inte att läsa säkert", "går inte att läsa säkert"),
    "withheld": ("visas inte", "visas inte"),
    "contradicted": ("olika tal för samma period", "har olika tal för samma period"),
}
"""Why there is no figure, as a heading and as what is said of the figures."""
_WORDS = "noll ett två tre fyra fem sex sju åtta nio tio elva tolv".split()  # noqa: SIM905
NO_VERDICT = "○ ingen bedömning"
NO_COMPARISON = "Ingen bedömning"
NO_VERDICT_LABEL = f"○{NO_BREAK_SPACE}{NO_COMPARISON}"
GRADE_TERMS = {
    Grade.COMPARABLE.value: ("●", "jämförbart"),
    Grade.AFTER_CONVERSION.value: ("◐", "jämförbart efter omräkning"),
    Grade.PARTLY.value: ("◔", "delvis jämförbart"),
    Grade.NOT_COMPARABLE.value: ("○", "inte jämförbart"),
}
"""The symbol and the word of how far two municipalities can be compared."""
VERDICT_WORDS = {key: f"{symbol} {word}" for key, (symbol, word) in VERDICT_TERMS.items()}
GRADE_WORDS = {key: word for key, (_, word) in GRADE_TERMS.items()}
"""In a table of the command line."""


def _labels(terms: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {
        key: f"{symbol}{NO_BREAK_SPACE}{word.capitalize()}" for key, (symbol, word) in terms.items()
    }


VERDICT_LABELS = _labels(VERDICT_TERMS)
GRADE_LABELS = _labels(GRADE_TERMS)
"""In a cell of a web page, which holds nothing else."""

VARIATION_WORDS = {
    Variation.IMPROVEMENT.value: "▲ förbättring",
    Variation.DETERIORATION.value: "▼ försämring",
    Variation.CHANGE.value: "↕ förändring",
    Variation.COMMON_CAUSE.value: "ingen signal",
    Variation.TOO_SHORT.value: "kan inte bedömas",
}
SIGNAL_WORDS = {
    Signal.OUTSIDE.value: "utanför styrgränserna",
    Signal.SHIFT.value: "sju i följd på samma sida om medelvärdet",
    Signal.TREND.value: "sju i följd åt samma håll",
    Signal.OUTER_THIRD.value: "två av tre i den yttersta tredjedelen",
}

APART = "skild från alla andra, som är lika"
"""What is said of a point outside limits that have no width."""


def counted(count: int, one: str, many: str) -> str:
    """A number with the noun that it asks for: ``1 fråga``, ``2 frågor``."""
    return f"{whole(count)} {one if count == 1 else many}"


def count_word(amount: int, one: str = "ett") -> str:
    """A number in words up to twelve, above in digits; one is of the noun's gender."""
    return one if amount == 1 else _WORDS[amount] if amount < len(_WORDS) else whole(amount)


def count_words(amounts: Sequence[int], one: str = "ett") -> list[str]:
    """The numbers of one sentence, written alike: in words, or in digits where one is above 12.

    Where the sentence has a figure in digits too, such as one with a unit, :func:`whole` writes
    them; so it does where counts are set beside each other.
    """
    in_words = max(amounts, default=0) < len(_WORDS)
    return [count_word(amount, one) if in_words else whole(amount) for amount in amounts]


def whole(count: int) -> str:
    """A whole number with no-break spaces between thousands."""
    return f"{count:,}".replace(",", NO_BREAK_SPACE)


def capital(words: str) -> str:
    """Words as they begin a line or a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def listed(parts: Sequence[str]) -> str:
    """Parts as one reads them out: ``a``, ``a och b``, ``a, b och c``."""
    return " och ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def answered_sentence(name: str, statuses: Mapping[str, int]) -> str:
    """How many questions a municipality has answered, and with what; what is none is left out."""
    asked = sum(statuses.values())
    given = asked - statuses.get(Status.GREY, 0)
    if not given:
        return f"{name} har inte svarat på {'frågan' if asked == 1 else 'någon av frågorna'}."
    answers = (
        (Status.GREEN, "JA", "grönt", "gröna"),
        (Status.YELLOW, "DELVIS", "gult", "gula"),
        (Status.RED, "NEJ", "rött", "röda"),
    )
    known = [
        (count, word, one, many)
        for status, word, one, many in answers
        if (count := statuses.get(status, 0))
    ]
    if asked == 1:
        _, answer, colour, _ = known[0]
        return f"{name} har svarat {answer} ({colour})."
    parts = [
        f"{whole(count)} {word} ({one if count == 1 else many})" for count, word, one, many in known
    ]
    of = counted(asked, "fråga", "frågor")
    return f"{name} har svarat på {whole(given)} av {of}: {listed(parts)}."
