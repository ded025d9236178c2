"""The Swedish sentences of a report about figures: how they stand, and which gaps are largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from ojmf.compare.areas_of_figures import BETTER_OR_WORSE
from ojmf.model import ReferenceKind, Sex, Status, Verdict
from ojmf.present.annex.views import (
    difference_beside,
    gap,
    own_text,
    share,
    stated_difference,
    unit_text,
)
from ojmf.present.formats import with_unit
from ojmf.present.report.paragraphs import Lacking, Note, Row
from ojmf.present.superlatives import first_with_equals
from ojmf.present.units import unit_word
from ojmf.present.words import WITHOUT_FIGURE, capital, count_word, count_words, listed
from ojmf.printed import swedish

_MOST = 3
_MOST_REASONS = 12
_BOTH = 2
_NONE_OF_THEM = ("Ingen av dem kan jämföras.", "Den kan inte jämföras.")
_STANDINGS = (
    ("green", "{} grön", "{} gröna"),
    ("yellow", "{} gul", "{} gula"),
    ("red", "{} röd", "{} röda"),
    ("better", "{} bättre", "{} bättre"),
    ("similar", "{} utan säker skillnad", "{} utan säker skillnad"),
    ("equal", "{} lika", "{} lika"),
    ("worse", "{} sämre", "{} sämre"),
    ("above", "{} högre", "{} högre"),
    ("below", "{} lägre", "{} lägre"),
    ("unjudged", "{} utan bedömning", "{} utan bedömning"),
)
"""All that a figure with a gap is counted as, so that the numbers of a sentence add up."""

_UNJUDGED = {
    "neutral": "det är inte bestämt vad som är bättre",
    "target": "inget mål är beslutat",
}
"""Why a difference is not judged where its row gives no other reason, by the measure's method."""
_NONE = dict.fromkeys((name for name, *_ in _STANDINGS), 0)


def figure_opening(area: Mapping[str, Any]) -> str:
    """How many figures an area has (a row of ``FIGURE_AREAS``), and how they stand."""
    figures, with_gap = area["figures"], area["with_gap"]
    if not figures and not with_gap:
        return f"Området har inga uppgifter.{_missing([area])}"
    noun = "uppgift" if figures == 1 else "uppgifter"
    opening = f"Området har {count_word(figures, 'en')} {noun}.{_missing([area])}"
    if not with_gap:
        return f"{opening} {_NONE_OF_THEM[figures == 1]}"
    return f"{opening} {_compared(with_gap, figures, [area])}{_instead([area])}"


def figure_summary(areas: Sequence[Mapping[str, Any]], place: str, again: pl.DataFrame) -> str:
    """How many figures there are in all, and how they stand.

    ``again`` are the rows that stand in another area too, which are counted once.
    """
    within = "område" if len(areas) == 1 else "områden"
    every = [*areas, *({**_NONE, name: -1} for name in _counted_as(again))]
    with_gap = sum(area["with_gap"] for area in areas) - again.height
    figures = sum(area["figures"] for area in areas) - again.height
    amount, among = count_words([figures, len(areas)])
    amount = "en uppgift" if figures == 1 else f"{amount} uppgifter"
    twice = (
        f" {capital(count_word(again.height))} uppgifter står i två områden och räknas en gång."
        if again.height > 1
        else " En uppgift står i två områden och räknas en gång."
        if again.height
        else ""
    )
    text = f"{place} redovisar {amount} inom {among} {within}.{_missing(areas)}"
    if not with_gap:
        return f"{text} {_NONE_OF_THEM[figures == 1]}"
    return f"{text} {_compared(with_gap, figures, every)}{_instead(areas)}{twice}"


def without_verdict(rows: pl.DataFrame) -> str:
    """Why no figure is better or worse than what it is compared with; nothing where one is judged.

    ``rows`` are those of figures. Where none can be compared at all, that is what is told.
    """
    colours = [status.value for status in Status if status is not Status.GREY]
    sides = pl.col("verdict").is_in([Verdict.BETTER.value, Verdict.WORSE.value])
    alike = pl.col("verdict").is_in([Verdict.SIMILAR.value, Verdict.EQUAL.value])
    if rows.is_empty() or rows.select((sides | pl.col("status").is_in(colours)).any()).item():
        return ""
    compared = rows.filter(pl.col("judged_gap").is_not_null())
    # A difference without a side has a reason of its own only where its method gives one.
    undirected = pl.col("verdict").is_in([Verdict.HIGHER.value, Verdict.LOWER.value])
    by_method = pl.col("method").replace_strict(_UNJUDGED, default=None)
    lacking = pl.coalesce(pl.when(undirected).then(by_method), "reason")
    unlike = compared.filter(~alike.fill_null(value=False))
    of = unlike if compared.height else rows.filter(pl.col("own").is_not_null())
    why = of.select(lacking.alias("why")).to_series().drop_nulls().value_counts(sort=True)["why"]
    if why.is_empty():
        return ""
    which = "Skälet är" if len(why) == 1 else "Det vanligaste skälet är"
    first = "Ingen skillnad bedöms som bättre eller sämre. " if compared.height else ""
    return f"{first}{which}: {why[0]}."


def _compared(with_gap: int, figures: int, areas: Sequence[Mapping[str, Any]]) -> str:
    """How many figures can be compared, and how these stand."""
    standing = _standing(areas)
    if with_gap != figures:
        return f"{swedish(with_gap, 0)} kan jämföras{f', varav {standing}' if standing else ''}."
    if figures == 1:
        return f"Den kan jämföras{f' och är {standing[2:]}' if standing else ''}."
    which = "Båda" if figures == _BOTH else "Alla"
    return f"{which} kan jämföras{f': {standing}' if standing else ''}."


def _counted_as(rows: pl.DataFrame) -> list[str]:
    """Under which name of ``_STANDINGS`` each row is counted; nothing for one that is not."""
    verdicts = {verdict: name for name, verdict in BETTER_OR_WORSE.items()}
    colour = pl.when(pl.col("status") != Status.GREY.value).then("status")
    verdict = pl.col("verdict").replace_strict(verdicts, default=None)
    beside = pl.when(pl.col("gap_beside").is_not_null()).then(pl.lit("unjudged"))
    names = rows.select(pl.coalesce(colour, verdict, beside))
    return names.to_series().drop_nulls().to_list()


def _missing(areas: Sequence[Mapping[str, Any]]) -> str:
    """Which figures there are no numbers of, and why."""
    amounts = {name: sum(area[name] for area in areas) for name in WITHOUT_FIGURE}
    known = {WITHOUT_FIGURE[name][1]: amount for name, amount in amounts.items() if amount}
    if not known:
        return ""
    total, *words = count_words([sum(known.values()), *known.values()], "en")
    noun = "uppgift" if sum(known.values()) == 1 else "uppgifter"
    said = listed([f"{word} {why}" for word, why in zip(words, known, strict=True)])
    told = f"har inget tal: {said}" if len(known) > 1 else next(iter(known))
    return f" {capital(total)} {noun} till {told}."


def _instead(areas: Sequence[Mapping[str, Any]]) -> str:
    amount = sum(area["with_country"] for area in areas)
    if not amount:
        return ""
    number = capital(count_word(amount, "en"))
    return f" {number} av dem jämförs med riket, eftersom länet saknar uppgift."


def _standing(areas: Sequence[Mapping[str, Any]]) -> str:
    said = []
    for name, singular, plural in _STANDINGS:
        amount = sum(area[name] for area in areas)
        if amount:
            said.append((plural if amount > 1 else singular).format(swedish(amount, 0)))
    return listed(said)


def figure(row: Row, note: Note) -> str:
    """A figure with its period, what it is compared with and its place in the annexes."""
    return f"”{row['label']}” ({row['_note']}; {note(row)})"


def figure_gaps(rows: pl.DataFrame, most: int = _MOST) -> Lacking:
    """The ``most`` differences for the worse among the rows of an area, a sentence, then each."""
    ranked = _ranked(rows, better=False)
    shown, more = first_with_equals(ranked.to_dicts(), most, _size)
    noun = "skillnaderna" if len(shown) > 1 else "skillnaden"
    also = f", och {count_word(more, 'en')} till är lika stora som den sista" if more else ""
    return Lacking(f"{_by_size(ranked)} är {noun} till det sämre i{also}:" if shown else "", shown)


def largest(rows: pl.DataFrame, note: Note, *, better: bool) -> str:
    """The one largest difference for the better or the worse; nothing where there is none."""
    ranked = _ranked(rows, better=better)
    if ranked.is_empty():
        return ""
    side = "bättre" if better else "sämre"
    shown, more = first_with_equals(ranked.to_dicts(), 1, _size)
    first = listed([figure(row, note) for row in shown])
    how = " räknat i procent av jämförelsen" if not _of_one_unit(ranked) else ""
    if len(shown) > 1:
        how = f", och lika stor{how},"
    elif how:
        how = f",{how},"
    also = f" Lika stor är den för {count_word(more, 'en')} till." if more else ""
    return f"Bland måtten är skillnaden till det {side} störst{how} i {first}.{also}"


def _size(row: Row) -> float:
    """The size that differences are ranked by, apart from what only arithmetic sets apart."""
    return round(float(row["_size"]), 9)


def _by_size(ranked: pl.DataFrame) -> str:
    """How it begins that figures stand first of those that are ranked."""
    return "Störst" if _of_one_unit(ranked) else "Störst i procent av jämförelsen"


def _of_one_unit(rows: pl.DataFrame) -> bool:
    return rows["unit"].n_unique() == 1


def _ranked(rows: pl.DataFrame, *, better: bool) -> pl.DataFrame:
    """The figures that stand better or worse, those with the largest difference first.

    Differences of several units are ranked in percent of what the figures are compared with.
    """
    verdict, colour = (Verdict.BETTER, Status.GREEN) if better else (Verdict.WORSE, Status.RED)
    judged = (pl.col("verdict") == verdict.value) | (pl.col("status") == colour.value)
    base, gaps = pl.col("judged_by").abs(), pl.col("judged_gap")
    # Women and men stand for a figure only where both together do not.
    total = pl.col("sex").fill_null(Sex.TOTAL.value) == Sex.TOTAL.value
    alone = total | ~total.any().over("area_id", "indicator_id", "period")
    shown = rows.filter(alone).filter(judged, gaps.is_not_null())
    size = gaps.abs() if _of_one_unit(shown) else gaps.abs() / pl.when(base > 0).then(base)
    return (
        shown.with_columns(size.alias("_size"))
        .drop_nulls("_size")
        .sort("_size", descending=True, maintain_order=True)
        .with_columns(_in_brackets().alias("_note"))
    )


def _in_brackets() -> pl.Expr:
    """The period of a figure, its value, what it is compared with and the difference."""
    unit = unit_word(gap=True)
    # After a bare year, or a period that ends with one, a figure would run together with it.
    said, earlier = pl.col("beside_name"), pl.col("beside_kind") == ReferenceKind.EARLIER.value
    year = pl.when(said.str.contains(r"^\d{4}$")).then(pl.format("år {}", said)).otherwise(said)
    beside = pl.when(earlier).then(pl.format("{}:", year)).otherwise(said)
    parts = [pl.col("period_words"), pl.concat_str(own_text(), unit_text(), separator=" ")]
    for name, label in (
        ("county", pl.lit("länet")),
        ("country", pl.lit("riket")),
        ("beside", beside),
    ):
        difference = with_unit(gap(name), unit)
        parts.append(pl.format("{} {}, skillnad {}", label, share(name), difference))
    alone = pl.col("beside").is_null()
    mere = pl.format("skillnad mot {} {}", beside, with_unit(difference_beside(), unit))
    parts += [pl.when(alone).then(mere), pl.col("reason"), stated_difference()]
    return pl.concat_str(*parts, separator="; ", ignore_nulls=True)


def figure_reasons(rows: pl.DataFrame) -> list[str]:
    """What keeps figures from being compared: each reason with how many it is of."""
    gaps = pl.any_horizontal(pl.col("gap_county", "gap_country", "gap_beside").is_not_null())
    lacking = (
        rows.filter(~gaps)
        .group_by("reason", maintain_order=True)
        .agg(
            pl.len(),
            pl.col("label").first(),
            pl.col("period_words").first(),
        )
        .drop_nulls("reason")
        .head(_MOST_REASONS)
    )
    return [
        f"{capital(count_word(amount))} uppgifter kan inte jämföras: {reason}."
        if amount > 1
        else f"”{label}” ({period}) kan inte jämföras: {reason}."
        for reason, amount, label, period in lacking.iter_rows()
    ]
