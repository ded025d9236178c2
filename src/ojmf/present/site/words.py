"""The Swedish words of the site for what compare says, each with a symbol beside its colour."""

from __future__ import annotations

from ojmf.compare.trends import Variation
from ojmf.compare.verdicts import Verdict
from ojmf.declarations.concepts import Grade
from ojmf.present.formats import NO_BREAK_SPACE

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
NO_VERDICT = "Ingen jämförelse"
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
