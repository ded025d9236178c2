"""What is good and what is less good, in the two paragraphs that a summary ends with.

Neither is left out where the other is there: a reader who is told only what is worse can't know
whether anything is better.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import Status, Verdict
from ojmf.present.annex.rows import Comparison
from ojmf.present.area_rows import AreaFigures
from ojmf.present.report import paragraphs
from ojmf.present.report.figure_text import largest
from ojmf.present.report.tracing import answered
from ojmf.present.words import capital, count_word

_SIDES = (
    (Verdict.BETTER.value, Status.GREEN.value, "bättre"),
    (Verdict.WORSE.value, Status.RED.value, "sämre"),
)


def good_and_less_good(
    comparison: Comparison, areas: Sequence[AreaFigures], note: paragraphs.Note
) -> tuple[str, str]:
    """What is good and what is less good; both empty where nothing can be compared."""
    asked = _of_answers(comparison, areas, note)
    measured = _of_figures(comparison.rows.filter(pl.col("method") != ANSWER_METHOD), note)
    good, less_good = (" ".join(filter(None, sides)) for sides in zip(asked, measured, strict=True))
    return good, less_good


def _of_answers(
    comparison: Comparison, areas: Sequence[AreaFigures], note: paragraphs.Note
) -> tuple[str, str]:
    place = comparison.place
    ahead, behind = paragraphs.summary_areas(areas, place)
    lagging = paragraphs.summary_gaps(answered(comparison), place, note)
    if all(area.gap_county is None for area in areas):
        return "", lagging
    good = ahead or f"{place} ligger inte före länet i något område."
    less_good = " ".join(filter(None, (behind, lagging)))
    return good, less_good or f"{place} ligger inte efter länet i något område eller någon fråga."


def _of_figures(rows: pl.DataFrame, note: paragraphs.Note) -> tuple[str, str]:
    amounts = [
        rows.filter((pl.col("verdict") == verdict) | (pl.col("status") == colour)).height
        for verdict, colour, _ in _SIDES
    ]
    judged = {Verdict.SIMILAR.value, Verdict.EQUAL.value} & {*rows["verdict"]}
    if not any(amounts) and not judged and Status.YELLOW.value not in {*rows["status"]}:
        return "", ""
    good, less_good = (
        largest(rows, note, better=side == _SIDES[0]) or _how_many(amount, side[2])
        for amount, side in zip(amounts, _SIDES, strict=True)
    )
    return good, less_good


def _how_many(amount: int, side: str) -> str:
    """How many are better or worse where no difference can be said to be the largest."""
    if amount > 1:
        return f"{capital(count_word(amount))} mått är {side} än det som de jämförs med."
    number = "Ett" if amount else "Inget"
    return f"{number} mått är {side} än det som det jämförs med."
