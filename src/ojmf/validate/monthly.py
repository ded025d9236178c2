"""Series of a document against each other, month by month: care days, and declared relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import prod
from typing import Any

import polars as pl

from ojmf.declarations.relations import SeriesRelation
from ojmf.findings import finding_id
from ojmf.ingest.reading import ReadDocument
from ojmf.model import EXACT_UNITS, PeriodKind, Severity
from ojmf.printed import half_unit, swedish
from ojmf.validate.judgements import (
    EXACT,
    NOT_TESTABLE,
    VIOLATED,
    WITHIN_ROUNDING,
    Judgement,
)

CARE_DAYS, SERIES = "care-days", "series"

_RESULT = ("line", "table", "row_label", "column_label", "raw")
_MONTH = ("period_start", "period_end", "geo", "scenario")
_PLACE = ("geo", "sex", "scenario")
_SERIES_OF_DAYS = ("indicator_id", "geo", "scenario")
_EPSILON = 1e-9

_MANY = 8
"""With so many persons a month, most stay for all of it, and the days of each vary little."""

_LEAST_MONTHS = 12
_UNUSUAL = (0.2, 5)
"""How far from its series' median the part of the days that are used may be: a fifth of it, and
five times the median distance, so that a series that varies much may."""

_Figure = Mapping[str, Any]
_Key = tuple[str, tuple[str, ...], date, date]
"""A figure by its indicator, its place, sex and scenario, and the first and last day."""


def care_days(read: ReadDocument, cells: pl.DataFrame) -> Iterator[Judgement]:
    """Care days beside the persons in care, every month of every series of days (``days_of``).

    No one has more days than the month, nor days without care. Where the days are those of several
    series of persons, their sum is meant: a person who is in two of them is counted twice, so that
    the days have room at least. All are whole counts, so nothing is rounded. Where there are many
    persons, far fewer or more days for each than the series has in other months is told too.
    """
    series = read.catalogue.frame().drop_nulls("days_of").select("indicator_id", "days_of")
    series = series.with_columns(pl.col("days_of").str.split(", ")).explode("days_of")
    months = cells.filter(pl.col("period_kind") == str(PeriodKind.MONTH))
    own = (*_RESULT, "value")
    persons = months.select(*_MONTH, days_of="indicator_id", **{f"persons_{n}": n for n in own})
    judged = (
        months.select(*_MONTH, "indicator_id", *own)
        .join(series, on="indicator_id", maintain_order="left")
        .join(persons, on=[*_MONTH, "days_of"], maintain_order="left", how="left")
        .group_by(*_MONTH, "indicator_id", *own, maintain_order=True)
        .agg(pl.col(f"persons_{name}") for name in own)
        .filter(pl.col("persons_line").list.drop_nulls().list.len() > 0)
        .with_columns(
            length=(pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1,
            month=pl.col("period_start").dt.strftime("%Y-%m"),
        )
        .with_columns(_used())
        .with_columns(usual=pl.col("used").median().over(_SERIES_OF_DAYS))
        .with_columns(far=(pl.col("used") - pl.col("usual")).abs())
        .with_columns(
            unusual=(pl.col("used").count().over(_SERIES_OF_DAYS) >= _LEAST_MONTHS)
            & (pl.col("far") > _UNUSUAL[0] * pl.col("usual"))
            & (pl.col("far") > _UNUSUAL[1] * pl.col("far").median().over(_SERIES_OF_DAYS))
        )
    )
    for row in judged.iter_rows(named=True):
        days, counts, month = row["value"], row["persons_value"], row["month"]
        message = most = None
        if days is not None and None not in counts:
            most = sum(counts) * row["length"]
            told = f"{swedish(days, 0)} vårddygn {month} (rad {row['line']})"
            others = " + ".join(
                f"{swedish(count, 0)} {'person' if count == 1 else 'personer'} (rad {line})"
                for count, line in zip(counts, row["persons_line"], strict=True)
            )
            if (days == 0) != (sum(counts) == 0):
                message = f"{told} men {others}: antingen ska båda vara noll eller ingen"
            elif days > most:
                whole = f"({others})" if len(counts) > 1 else others
                message = (
                    f"{told} men högst {swedish(most, 0)} ryms: {whole} × {row['length']} dygn i "
                    "månaden"
                )
            elif row["unusual"]:
                message = (
                    f"{told} på {others} är {swedish(100 * row['used'], 0)} procent av dygnen, mot "
                    f"{swedish(100 * row['usual'], 0)} i seriens andra månader: kontrollera båda"
                )
        texts = [(row[n], *row[f"persons_{n}"]) for n in _RESULT]
        yield Judgement(
            source_id=read.source.id,
            check=CARE_DAYS,
            instance=f"{row['indicator_id']} | {month}",
            verdict=NOT_TESTABLE if most is None else VIOLATED if message else EXACT,
            reason="dygn eller personer saknas" if most is None else None,
            cells=[
                f"{table}, {label} {column}: {raw or 'tom'} (rad {line})"
                for line, table, label, column, raw in zip(*texts, strict=True)
                if line is not None
            ],
            expected=f"högst {swedish(most, 0)}" if message and most and days > most else None,
            # More days than there is room for cannot be; none beside persons may be late reporting.
            severity=(str(Severity.CRITICAL if most and days > most else Severity.WARNING))
            if message
            else None,
            message=message,
            finding_id=finding_id(
                CARE_DAYS, read.source.id, row["indicator_id"], month, *texts[_RESULT.index("raw")]
            ),
            **{name: row[name] for name in _RESULT},
        )


def _used() -> pl.Expr:
    """The part of the days that there is room for, where there are many persons."""
    counts = pl.col("persons_value")
    known = counts.list.len() == counts.list.drop_nulls().list.len()
    persons = counts.list.sum()
    share = pl.col("value") / (persons * pl.col("length"))
    return pl.when(known & (persons >= _MANY)).then(share).alias("used")


def series(read: ReadDocument, cells: pl.DataFrame) -> Iterator[Judgement]:
    """The relations that the catalogue declares between series, every month of ``whole``.

    What a document has no series for is not judged; a month that lacks a figure can't be tested.
    """
    relations = read.catalogue.relations
    named = {name for relation in relations for name in relation.named()}
    dated = cells.filter(
        pl.col("indicator_id").is_in(named), pl.col("period_start").is_not_null()
    ).with_columns(half=half_width())
    at: dict[_Key, _Figure] = {
        (
            row["indicator_id"],
            tuple(row[name] for name in _PLACE),
            row["period_start"],
            row["period_end"],
        ): row
        for row in dated.iter_rows(named=True)
    }
    there = {key[0] for key in at}
    for relation in relations:
        if there.issuperset(relation.named()):
            for key in at:
                if key[0] == relation.whole:
                    yield from _instance(relation, key, at, read.source.id)


def half_width() -> pl.Expr:
    """Half a unit of the last printed decimal; 0 for counts, which are exact."""
    return half_unit(pl.col("decimals"), pl.col("unit").is_in(EXACT_UNITS))


def _instance(
    relation: SeriesRelation, key: _Key, at: Mapping[_Key, _Figure], source_id: str
) -> Iterator[Judgement]:
    """What comes of a relation in a month, or of a total; nothing where it is not about the key."""
    whole = at[key]
    monthly = whole["period_kind"] == str(PeriodKind.MONTH)
    if monthly == (relation.form == "total"):
        return
    terms = _terms(relation, key, at)
    if not terms:
        return
    involved = [whole, *(term for _, term in terms if term is not None)]
    month = f"{key[2]:%Y-%m}" if monthly else f"{key[2]:%Y-%m}–{key[3]:%Y-%m}"
    known = len(involved) == len(terms) + 1 and None not in {one["value"] for one in involved}
    given = [(factor, term) for factor, term in terms if term is not None]
    least, most = _bounds(relation, given) if known else (0.0, 0.0)
    value, half = whole["value"], whole["half"]
    low, high = (value - half, value + half) if known else (0.0, 0.0)
    holds = (low <= most + _EPSILON and high >= least - _EPSILON) or (
        relation.form == "at_most" and high >= least - _EPSILON
    )
    violated = known and not holds
    expected = swedish((least + most) / 2, whole["decimals"]) if violated else None
    if violated and relation.form == "at_most":
        expected = f"minst {expected}"
    exact = known and least == most == value
    yield Judgement(
        source_id=source_id,
        check=SERIES,
        instance=f"{relation.id} | {' '.join(key[1])} | {month}",
        verdict=NOT_TESTABLE
        if not known
        else VIOLATED
        if violated
        else EXACT
        if exact or relation.form == "at_most"
        else WITHIN_ROUNDING,
        reason=None if known else "en av månadens siffror saknas",
        cells=[_told(one) for one in involved],
        expected=expected,
        severity=str(Severity.CRITICAL) if violated else None,
        message=f"{month}: {_told(whole)}, men {_sum(relation, given)} ger {expected}: "
        f"{relation.reason}"
        if violated
        else None,
        finding_id=finding_id(
            SERIES, source_id, relation.id, *key[1], month, *(one["raw"] for one in involved)
        ),
        **{name: whole[name] for name in _RESULT},
    )


def _terms(
    relation: SeriesRelation, key: _Key, at: Mapping[_Key, _Figure]
) -> list[tuple[float, _Figure | None]]:
    """The factor and figure of every term; None for a figure that is not there."""
    _, place, start, end = key
    if relation.form == "total":
        months = sorted(
            (one for one in at if one[:2] == key[:2] and start <= one[2] and one[3] <= end),
            key=lambda one: one[2],
        )
        own = [at[one] for one in months if at[one]["period_kind"] == str(PeriodKind.MONTH)]
        count = 12 * (end.year - start.year) + end.month - start.month + 1
        return [(1.0, one) for one in own] if len(own) == count else []
    found = [(1.0, at.get((name, place, start, end))) for name in relation.terms]
    found += [(-1.0, at.get((name, place, start, end))) for name in relation.minus]
    if relation.form == "balance":
        ended = start - timedelta(days=1)
        before = at.get((relation.whole, place, ended.replace(day=1), ended))
        return [(1.0, before), *found] if before is not None else []
    return found


def _bounds(relation: SeriesRelation, given: list[tuple[float, _Figure]]) -> tuple[float, float]:
    """The least and the most that the printed terms can give."""
    if relation.form == "product":
        figure = prod(term["value"] for _, term in given)
        ends = [prod(term["value"] + sign * term["half"] for _, term in given) for sign in (-1, 1)]
        give = abs(figure) * relation.margin / 100
        return min(ends) - give, max(ends) + give
    figure = sum(factor * term["value"] for factor, term in given)
    half = sum(term["half"] for _, term in given)
    return figure - half, figure + half


def _told(figure: _Figure) -> str:
    name = f"{figure['table']}, {figure['row_label']} {figure['column_label']}"
    return f"{name}: {figure['raw'] or 'tom'} (rad {figure['line']})"


def _sum(relation: SeriesRelation, given: list[tuple[float, _Figure]]) -> str:
    """The terms with their places, as the arithmetic that they are."""
    between = " × " if relation.form == "product" else " + "
    parts = [f"{term['raw']} (rad {term['line']})" for factor, term in given if factor > 0]
    less = "".join(f" − {term['raw']} (rad {term['line']})" for factor, term in given if factor < 0)
    return f"{between.join(parts)}{less}"
