"""The Swedish sentences of a report about figures: how they stand, and which gaps are largest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import Verdict
from ojmf.present.annex.views import gap, share
from ojmf.present.words import GAP_UNIT_WORDS, count_word, listed
from ojmf.printed import number, swedish

_MOST = 3
_MOST_REASONS = 12
_STANDINGS = (
    ("green", "{} grön", "{} gröna"),
    ("yellow", "{} gul", "{} gula"),
    ("red", "{} röd", "{} röda"),
    ("better", "{} bättre", "{} bättre"),
    ("similar", "{} likvärdigt", "{} likvärdiga"),
    ("worse", "{} sämre", "{} sämre"),
    ("undirected", "{} högre eller lägre", "{} högre eller lägre"),
)


def figure_opening(area: Mapping[str, Any]) -> str:
    """How many figures an area has (a row of ``FIGURE_AREAS``), and how they stand."""
    figures, with_gap = area["figures"], area["with_gap"]
    if not figures and not with_gap:
        return "Området har inga uppgifter."
    opening = f"Området består av {swedish(figures, 0)} mått"
    if not with_gap:
        return f"{opening}. Inget av dem kan jämföras."
    return f"{opening}. {swedish(with_gap, 0)} kan jämföras{_standing([area])}.{_instead([area])}"


def figure_summary(areas: Sequence[Mapping[str, Any]], place: str, county: str) -> str:
    """How many figures there are in all, and how they stand."""
    figures = sum(area["figures"] for area in areas)
    within = "område" if len(areas) == 1 else "områden"
    with_gap = sum(area["with_gap"] for area in areas)
    text = (
        f"Jämförelsen av {place} med {county}, riket, budget och mål omfattar "
        f"{swedish(figures, 0)} mått inom {count_word(len(areas))} {within}."
    )
    if not with_gap:
        return f"{text} Inget av dem kan jämföras."
    return f"{text} {swedish(with_gap, 0)} kan jämföras{_standing(areas)}.{_instead(areas)}"


def _instead(areas: Sequence[Mapping[str, Any]]) -> str:
    amount = sum(area["with_country"] for area in areas)
    if not amount:
        return ""
    return f" {swedish(amount, 0)} av dem jämförs med riket, eftersom länet saknar uppgift."


def _standing(areas: Sequence[Mapping[str, Any]]) -> str:
    said = []
    for name, singular, plural in _STANDINGS:
        amount = sum(area[name] for area in areas)
        if amount:
            said.append((plural if amount > 1 else singular).format(swedish(amount, 0)))
    return f", varav {listed(said)}" if said else ""


def figure_gaps(rows: pl.DataFrame, note: Callable[[Mapping[str, Any]], str]) -> str:
    """The largest gaps for the worse among the rows of an area; nothing where there is none."""
    worse = (pl.col("verdict") == Verdict.WORSE.value) | (pl.col("status") == "red")
    base = pl.coalesce("beside", "county", "country").abs()
    gaps = pl.coalesce("gap_beside", "gap_county", "gap_country")
    ranked = (
        rows.filter(worse, gaps.is_not_null())
        .with_columns((gaps.abs() / pl.when(base > 0).then(base)).alias("_size"))
        .sort("_size", descending=True, nulls_last=True, maintain_order=True)
        .head(_MOST)
        .with_columns(figure_note().alias("_note"))
    )
    shown = [f"”{row['label']}” ({row['_note']}; {note(row)})" for row in ranked.to_dicts()]
    if not shown:
        return ""
    return f"Störst {'är gapen' if len(shown) > 1 else 'är gapet'} för det sämre i {listed(shown)}."


def figure_note() -> pl.Expr:
    """The period of a figure, what it is compared with and by how much; null for an answer."""
    unit = pl.col("unit").replace(GAP_UNIT_WORDS)
    parts = [pl.col("period")]
    for name, label in (
        ("county", pl.lit("länet")),
        ("country", pl.lit("riket")),
        ("beside", pl.col("beside_name")),
    ):
        parts.append(pl.format("{} {}, gap {} {}", label, share(name), gap(name), unit))
    deviation = number(pl.col("gap_beside"), pl.col("decimals"), signed=True)
    alone = pl.col("beside").is_null()
    parts.append(pl.when(alone).then(pl.format("gap mot {} {} {}", "beside_name", deviation, unit)))
    parts.append(pl.col("reason"))
    text = pl.concat_str(*parts, separator="; ", ignore_nulls=True).replace("", None)
    return pl.when(pl.col("method") != ANSWER_METHOD).then(text)


def answer_note() -> pl.Expr:
    """What an answer stands beside other than the county and the country; null for a figure."""
    unit = (
        pl.when(pl.col("beside_answer").is_null()).then(pl.lit(" procent JA")).otherwise(pl.lit(""))
    )
    there = pl.coalesce("beside_answer", share("beside"))
    text = pl.format("{} {}{}, skillnad {}", "beside_name", there, unit, gap("beside"))
    return pl.when(pl.col("method") == ANSWER_METHOD).then(text)


def figure_reasons(rows: pl.DataFrame) -> list[str]:
    """What keeps figures from being compared: each reason with how many it is of."""
    gaps = pl.any_horizontal(pl.col("gap_county", "gap_country", "gap_beside").is_not_null())
    lacking = (
        rows.filter(~gaps)
        .group_by("reason", maintain_order=True)
        .agg(pl.len(), pl.col("label").first())
        .drop_nulls("reason")
        .head(_MOST_REASONS)
    )
    return [
        f"{swedish(amount, 0)} mått: {reason}." if amount > 1 else f"”{label}”: {reason}."
        for reason, amount, label in lacking.iter_rows()
    ]
