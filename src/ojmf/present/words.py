"""The Swedish words of the closed vocabularies, and the symbols that stand beside colours."""

from __future__ import annotations

from collections.abc import Mapping

from ojmf.model import Grade, ReferenceKind, Scenario, Signal, Status, Variation, Verdict
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
    Status.GREY: "Ej svar",
}
STATUS_LABELS = {
    status.value: f"{SYMBOLS[status]}{NO_BREAK_SPACE}{word}"
    for status, word in STATUS_WORDS.items()
}
"""What is shown for a status, which is told apart without its colour: ● Grön, ○ Ej svar."""

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
    "count": "antal",
    "persons": "personer",
    "households": "hushåll",
    "days": "dygn",
    "SEK": "kr",
    "MSEK": "mnkr",
    "index": "index",
    "category": "kategori",
    "fte": "årsarbetare",
    "cases": "ärenden",
    "placements": "placeringar",
}
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
VERDICT_TERMS = {
    Verdict.BETTER.value: ("▲", "bättre"),
    Verdict.SIMILAR.value: ("=", "likvärdigt"),
    Verdict.WORSE.value: ("▼", "sämre"),
    Verdict.HIGHER.value: ("↑", "högre"),
    Verdict.LOWER.value: ("↓", "lägre"),
    Verdict.EQUAL.value: ("=", "lika"),
}
"""The symbol and the word of a verdict; bättre and sämre are no colours of Öppna jämförelser."""
NO_VERDICT = "○ ingen bedömning"
NO_COMPARISON = "Ingen jämförelse"
GRADE_TERMS = {
    Grade.COMPARABLE.value: ("●", "jämförbart"),
    Grade.AFTER_CONVERSION.value: ("◐", "efter omräkning"),
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
    Variation.COMMON_CAUSE.value: "= slumpmässig variation",
    Variation.TOO_SHORT.value: "för kort serie",
}
SIGNAL_WORDS = {
    Signal.OUTSIDE.value: "utanför gränserna",
    Signal.SHIFT.value: "skifte: 7 i rad på samma sida",
    Signal.TREND.value: "trend: 7 i rad åt samma håll",
    Signal.OUTER_THIRD.value: "2 av 3 i den yttre tredjedelen",
}
VARIATION_SENTENCES = {
    Variation.IMPROVEMENT.value: "Förbättring som inte är slump.",
    Variation.DETERIORATION.value: "Försämring som inte är slump.",
    Variation.CHANGE.value: "Förändring som inte är slump.",
    Variation.COMMON_CAUSE.value: "Bara slumpmässig variation under de senaste perioderna.",
    Variation.TOO_SHORT.value: "För få perioder för att skilja förändring från slump.",
}
SINCE_LAST_YEAR_SENTENCES = {
    Variation.IMPROVEMENT.value: "Sedan samma månader i fjol: förbättring som inte är slump.",
    Variation.DETERIORATION.value: "Sedan samma månader i fjol: försämring som inte är slump.",
    Variation.CHANGE.value: "Sedan samma månader i fjol: förändring som inte är slump.",
    Variation.COMMON_CAUSE.value: "Sedan samma månader i fjol: inte mer än slumpen.",
}
