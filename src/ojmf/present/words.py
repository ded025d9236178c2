"""The Swedish words of the closed vocabularies, and the symbols that stand beside colours."""

from __future__ import annotations

from ojmf.compare.trends import Variation
from ojmf.compare.verdicts import Verdict
from ojmf.declarations.concepts import Grade
from ojmf.model import Scenario, Status
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
VERDICT_WORDS = {
    "better": "▲ bättre",
    "similar": "= lika",
    "worse": "▼ sämre",
    "higher": "↑ högre",
    "lower": "↓ lägre",
    "equal": "= lika",
}
"""What is shown for a verdict; bättre and sämre are no colours of Öppna jämförelser."""
NO_VERDICT = "○ ingen bedömning"
GRADE_WORDS = {
    "comparable": "jämförbart",
    "after_conversion": "efter omräkning",
    "partly": "delvis",
    "not_comparable": "inte jämförbart",
}
VARIATION_WORDS = {
    "improvement": "▲ förbättring",
    "deterioration": "▼ försämring",
    "change": "↕ förändring",
    "common_cause": "= slumpmässig variation",
    "too_short": "för kort serie",
}
SIGNAL_WORDS = {
    "outside": "utanför gränserna",
    "shift": "7 på samma sida",
    "trend": "7 i följd åt samma håll",
    "outer_third": "2 av 3 i yttersta tredjedelen",
}


GRADES = {
    Grade.COMPARABLE.value: f"●{NO_BREAK_SPACE}Jämförbart",
    Grade.AFTER_CONVERSION.value: f"◐{NO_BREAK_SPACE}Efter omräkning",
    Grade.PARTLY.value: f"◔{NO_BREAK_SPACE}Delvis jämförbart",
    Grade.NOT_COMPARABLE.value: f"○{NO_BREAK_SPACE}Inte jämförbart",
}


VERDICTS = {
    Verdict.BETTER.value: f"▲{NO_BREAK_SPACE}Bättre",
    Verdict.SIMILAR.value: f"={NO_BREAK_SPACE}Likvärdigt",
    Verdict.WORSE.value: f"▼{NO_BREAK_SPACE}Sämre",
    Verdict.HIGHER.value: f"↑{NO_BREAK_SPACE}Högre",
    Verdict.LOWER.value: f"↓{NO_BREAK_SPACE}Lägre",
    Verdict.EQUAL.value: f"={NO_BREAK_SPACE}Lika",
}


NO_COMPARISON = "Ingen jämförelse"


VARIATIONS = {
    Variation.IMPROVEMENT.value: "Förbättring som inte är slump.",
    Variation.DETERIORATION.value: "Försämring som inte är slump.",
    Variation.CHANGE.value: "Förändring som inte är slump.",
    Variation.COMMON_CAUSE.value: "Bara slumpmässig variation under de senaste perioderna.",
    Variation.TOO_SHORT.value: "För få perioder för att skilja förändring från slump.",
}


SINCE_LAST_YEAR = {
    Variation.IMPROVEMENT.value: "Sedan samma månader i fjol: förbättring som inte är slump.",
    Variation.DETERIORATION.value: "Sedan samma månader i fjol: försämring som inte är slump.",
    Variation.CHANGE.value: "Sedan samma månader i fjol: förändring som inte är slump.",
    Variation.COMMON_CAUSE.value: "Sedan samma månader i fjol: inte mer än slumpen.",
}
