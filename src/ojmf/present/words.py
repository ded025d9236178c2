"""The Swedish words of the closed vocabularies, and the symbols that stand beside colours."""

from __future__ import annotations

from ojmf.model import Scenario, Status
from ojmf.present.formats import NO_BREAK_SPACE

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
