"""The same thing stated twice with different figures: in a text, or in two tables."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.claims.amounts import MILLION
from ojmf.claims.arithmetic import Own
from ojmf.claims.claim import Claim, Judgement, Kind, Link, Verdict, When
from ojmf.claims.language import Language
from ojmf.claims.phrases import when
from ojmf.claims.quantities import Quantity
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import MONEY, Concepts, likeness, tokens
from ojmf.model import DIFFERENCES, EXACT_UNITS

_LEAST_WORDS = 4
_ALIKE = 0.8
_FACT = ["indicator_id", "geo", "sex", "scenario", "kind", "period_start", "period_end"]
_KINDS = {Kind.LEVEL, Kind.CHANGE, Kind.DEVIATION, Kind.UNKNOWN}


def judge_repeated(
    claims: Sequence[Claim], candidates: Sequence[int], language: Language
) -> list[Own]:
    """Contradictions between sentences that say the same around their figure, of one period.

    Only the claims numbered in ``candidates`` are set against each other: those that no table
    could judge.
    """
    said = {
        i: tokens(claims[i].sentence.text[: claims[i].values[0].start], language)
        for i in candidates
        if claims[i].kind in _KINDS and not claims[i].part and claims[i].unit
    }
    found = []
    for one, words in said.items():
        for other, others in said.items():
            first, second = claims[one], claims[other]
            if (
                first.sentence.text != second.sentence.text
                and first.unit == second.unit
                and _year(first, language) == _year(second, language) is not None
                and min(len(words), len(others)) >= _LEAST_WORDS
                and min(_covered(words, others), _covered(others, words)) >= _ALIKE
                and _differ(first, second)
            ):
                text = second.values[0].text
                judgement = Judgement(
                    Verdict.TEXT_AGAINST_TEXT,
                    expected=text,
                    computation=f"rad {second.line} säger {text}",
                )
                found.append(Own(one, judgement))
                break
    return found


def _year(claim: Claim, language: Language) -> int | None:
    """The year that a figure is said to be of, just behind it or before it."""
    text = claim.sentence.text
    behind = when(text[claim.values[0].end :][:25], language, 0).year
    return behind or when(text[: claim.values[0].start], language, 0).year


def _covered(one: list[str], other: list[str]) -> float:
    return sum(max(likeness(w, o) for o in other) for w in one) / len(one)


def _differ(one: Claim, other: Claim) -> bool:
    a, b = one.values[0], other.values[0]
    return abs(a.value - b.value) > 1e-9 and abs(a.value - b.value) >= max(a.half, b.half)


def judge_tables(observations: pl.DataFrame, concepts: Concepts) -> list[tuple[Claim, Judgement]]:
    """Contradictions between tables: one indicator, place, period and scenario, other figures.

    The later place is set against the first. Figures that can be roundings of one figure are no
    contradiction, nor are costs with and without their minus; amounts in kronor and in millions are
    set side by side.
    """
    exact = pl.col("unit").is_in(EXACT_UNITS)
    figure = (
        pl.when(pl.col("scenario").is_in(DIFFERENCES))
        .then("value")
        .otherwise(pl.col("value").abs())
    )
    told = (
        observations.with_row_index("row")
        .drop_nulls(["value", "indicator_id"])
        .with_columns(scale=pl.when(unit="MSEK").then(MILLION).otherwise(1.0))
        .with_columns(
            figure=figure * pl.col("scale"),
            half=pl.when(exact)
            .then(0.0)
            .otherwise(pl.lit(10.0).pow(-pl.col("decimals").fill_null(0)) / 2 * pl.col("scale")),
            kind=pl.when(pl.col("unit").is_in(list(MONEY))).then(pl.lit("SEK")).otherwise("unit"),
        )
        .with_columns(
            pl.col("row", "line", "table", "raw", "figure", "half")
            .first()
            .over(_FACT)
            .name.suffix("_1")
        )
    )
    gap = (pl.col("figure") - pl.col("figure_1")).abs()
    apart = told.filter(
        pl.col("line") != pl.col("line_1"), gap > pl.col("half") + pl.col("half_1") + 1e-9
    )
    numbers = {cell.row: concept.number for concept in concepts.all for cell in concept.cells}
    found = []
    for row, line, heading, table, label, column, raw, value, half, unit, *first in apart.select(
        *("row", "line", "heading", "table", "row_label", "column_label", "raw", "value", "half"),
        *("unit", "row_1", "line_1", "table_1", "raw_1"),
    ).iter_rows():
        row_1, line_1, table_1, raw_1 = first
        text = f"{label}, {column}: {raw}"
        place = heading or ""
        claim = Claim(
            sentence=Sentence(text, ((0, line),), place, place, paragraph=0, cell=True),
            offset=0,
            quote=text,
            kind=Kind.TABLE,
            values=(Quantity(0, len(text), value, half, unit, text),),
            when=When(text=column),
        )
        judgement = Judgement(
            Verdict.CONTRADICTS,
            expected=raw_1,
            computation=f"”{table}” (rad {line}) har {raw}, ”{table_1}” (rad {line_1}) har {raw_1}",
            cells=(row_1, row),
            link=Link(numbers[row], 1.0),
        )
        found.append((claim, judgement))
    return found
