"""What the tables of a document are about: rows with their names, cells and place."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Literal

import polars as pl

from ojmf.claims.language import Language, compiled
from ojmf.model import COUNTRY, EXACT_UNITS, PeriodKind
from ojmf.typography import unbroken

Region = Literal["county", "country"]
Side = Literal["cost", "income", ""]
MONEY = frozenset({"MSEK", "SEK"})

_TOKEN = re.compile(r"[^\W\d_]+")
_LEAST_STEM = 4
_DEFINITE = re.compile(r"(?:en|et|n|er|ar|or)?(?:na)?s?")
_COMPOUND_END, _COMPOUND_BEGUN = 6, 10
_LONG = 8
_IN_COMPOUND = 0.85
_SIGNED = -2
PLANNED = frozenset({"budget", "target"})
_AT = ("period_start", "period_end", "scenario")
_ENDING = re.compile(r"(?<=\w{3})(?:arna|erna|orna|ar|er|or|en|et|na|es|s|a|e|n)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One observation: its row number in the frame, figure and meaning.

    ``region`` is null for the municipality itself.
    """

    row: int
    line: int
    value: float
    half: float
    unit: str
    scenario: str
    start: date | None
    end: date | None
    kind: str
    column: str
    raw: str
    answer: str | None = None
    region: Region | None = None

    @property
    def year(self) -> int | None:
        """The year that the period ends in."""
        return self.end.year if self.end else None

    @property
    def month(self) -> int:
        """The month that the period ends in."""
        return self.end.month if self.end else 0

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the period, where it is within a year."""
        if self.start is None or self.end is None or self.start.year != self.end.year:
            return ()
        return tuple(range(self.start.month, self.end.month + 1))


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of a table, or a whole table of months: its labels in words, and its cells.

    ``side`` tells whether its amounts are costs or incomes, empty where the table does not say;
    ``good`` is +1 where more of it is good, −1 where less is, 0 where the catalogue does not say.
    """

    number: int
    indicator: str
    label: str
    table: str
    heading: str
    labels: tuple[frozenset[str], ...]
    cells: tuple[Cell, ...]
    monthly: bool
    side: Side = ""
    good: int = 0

    @property
    def amounts(self) -> list[float]:
        """The outcomes, budgets and forecasts in money."""
        money = (c for c in self.cells if c.unit in MONEY)
        return [c.value for c in money if c.scenario in {"outcome", "budget", "forecast"}]

    @property
    def cost(self) -> bool:
        """Whether the figures are costs."""
        return self.side == "cost"

    @property
    def name(self) -> str:
        """The row as a person would find it."""
        return self.label if self.label == self.table else f"{self.label} ({self.table})"


def tokens(text: str, language: Language) -> list[str]:
    """The words of a text that may name something, in lower case."""
    stop = _stop(language)
    return [word for word in _TOKEN.findall(text.casefold()) if word not in stop and len(word) > 2]


@lru_cache(maxsize=8)
def _stop(language: Language) -> frozenset[str]:
    return frozenset(word.casefold() for word in language.subject.stop)


@lru_cache(maxsize=100_000)
def likeness(label: str, word: str) -> float:  # noqa: PLR0911 - a scale, step by step
    """How far a word of a text is the word of a label: 1 the same, 0 another word.

    Inflections count nearly whole; a compound that begins or ends with the other word in part.
    """
    if label == word:
        return 1.0
    short, long = sorted((label, word), key=len)
    if len(short) < _LEAST_STEM:
        inflected = long.startswith(short) and _DEFINITE.fullmatch(long[len(short) :])
        return 0.9 if inflected else 0.0
    common = next(
        (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    gap = len(long) - len(short)
    if common >= max(len(short) - 2, _LEAST_STEM) and gap <= 3:
        return 0.95
    if common >= max(len(short) - 1, _LEAST_STEM):
        return 0.85 if len(short) >= _LONG else 0.75
    if common >= _COMPOUND_END and gap <= 4:
        return 0.7
    if common >= min(max(len(short) - 2, _COMPOUND_END), _COMPOUND_BEGUN):
        return 0.6
    ending = short.rstrip("aeorns") if len(short) > _COMPOUND_END else short
    if len(ending) >= _COMPOUND_END and ending in long[-len(short) - 2 :]:
        return 0.6
    return 0.0


def stem(word: str) -> str:
    """A word without its ending."""
    return _ENDING.sub("", word)


@lru_cache(maxsize=20_000)
def modifier(word: str, language: Language) -> str:
    """The stem of what a compound says the figure is of ("hyresintäkterna": hyr), else empty."""
    found = compiled(rf"(?P<first>\w{{3,}}?){language.subject.heads}\w*").fullmatch(word)
    return stem(found["first"]) if found else ""


def named_alike(label: str, word: str, language: Language) -> float:
    """The likeness of two words, of which one may stand in a compound with a kind of figure."""
    known = likeness(label, word)
    for one, other in ((label, word), (word, label)):
        first = modifier(one, language)
        if first and first in {stem(other), modifier(other, language)}:
            known = max(known, _IN_COMPOUND)
    return known


class Concepts:
    """All concepts of a document, with how telling each word of their labels is."""

    def __init__(self, concepts: Sequence[Concept], language: Language) -> None:
        self.all = tuple(concepts)
        counts = Counter(
            word for concept in concepts for word in frozenset().union(*concept.labels)
        )
        weak = {word.casefold() for word in language.subject.weak}
        most = len(concepts) + 1
        self._weight = {
            word: (0.25 if word in weak else 1.0) * (0.3 + math.log(most / n) / math.log(most))
            for word, n in counts.items()
        }
        self._weak = weak

    def holding(self, cell: int) -> Concept:
        """The row that an observation belongs to, by its number in the frame."""
        return next(row for row in self.all if any(c.row == cell for c in row.cells))

    def cell(self, number: int) -> Cell:
        """The observation with a number in the frame."""
        return next(c for row in self.all for c in row.cells if c.row == number)

    def weight(self, word: str) -> float:
        """How telling a word is: near 1 for a word of one label, low for common words."""
        return self._weight.get(word, 0.15 if word in self._weak else 0.5)


def build(
    observations: pl.DataFrame,
    names: Mapping[str, Sequence[str]],
    goods: Mapping[str, int],
    language: Language,
    earlier: pl.DataFrame | None = None,
) -> Concepts:
    """The concepts of observations; ``names`` gives the catalogue's names per indicator.

    ``goods`` gives +1 for the indicators of which more is good, −1 for those of which less is.

    ``earlier`` are the observations of earlier documents of the same place; their row numbers go
    on from those of the document. They fill in years that the document itself does not have.
    """
    past = _past(earlier, observations.height)
    rows = observations.with_row_index("row").with_columns(
        monthly=pl.col("period_kind") == PeriodKind.MONTH.value
    )
    keys = ["heading", "table", "monthly", "label"]
    grouped = rows.with_columns(
        label=pl.when("monthly", pl.col("row_label").n_unique().over(*keys[:2], *_AT) == 1)
        .then("table")
        .otherwise("row_label")
    ).group_by(keys, maintain_order=True)
    found = []
    for number, (key, group) in enumerate(grouped):
        heading, table, monthly, label = key
        indicator = str(group["indicator_id"][0] or "")
        texts = [str(label), *names.get(indicator, ())]
        labels = {_label(text, language) for text in texts} - {frozenset()}
        if not _label(texts[0], language):
            labels.add(_label(str(table), language))
        found.append(
            Concept(
                number=number,
                indicator=indicator,
                label=str(label),
                table=str(table),
                heading=str(heading or ""),
                labels=tuple(sorted(labels, key=sorted)),
                cells=_filled([_cell(row) for row in group.iter_rows(named=True)], past[indicator]),
                monthly=bool(monthly),
                good=goods.get(indicator, 0),
            )
        )
    return Concepts(_sided(_summed(found, language)), language)


def _summed(rows: Sequence[Concept], language: Language) -> list[Concept]:
    """The rows; a total without figures has those of the only row that it is the total of."""
    found = []
    for row in rows:
        beside = [r for r in rows if (r.heading, r.table) == (row.heading, row.table)]
        parts = [one for one in beside if one is not row]
        empty = is_sum(row, language) and all(c.value != c.value for c in row.cells)
        sole = empty and len(parts) == 1 and not parts[0].monthly
        found.append(replace(row, cells=parts[0].cells) if sole else row)
    return found


def _sided(rows: Sequence[Concept]) -> list[Concept]:
    """The rows with their side, by their signs or by what their table prints as deviation."""
    votes = {row.number: _vote(row) for row in rows}
    tables: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        tables[row.heading, row.table].add(votes[row.number])
    found = []
    for row in rows:
        beside, vote = tables[row.heading, row.table] - {0}, votes[row.number]
        if not vote and row.amounts and (_SIGNED in beside or len(beside) == 1):
            vote = 1 if _SIGNED in beside else beside.pop()
        side: Side = "cost" if vote < 0 else "income" if vote > 0 else ""
        found.append(replace(row, side=side))
    return found


def _vote(row: Concept) -> int:
    """Whether a row is a cost (below zero) or an income.

    Costs are printed as negative amounts, or with deviations that are budget less outcome.
    """
    if sum(value < 0 for value in row.amounts) * 2 > len(row.amounts):
        return _SIGNED
    votes = 0
    for apart in row.cells:
        if apart.scenario != "deviation" or apart.unit not in MONEY or not apart.value:
            continue
        like = [
            c for c in row.cells if (c.unit, c.kind, c.year) == (apart.unit, apart.kind, apart.year)
        ]
        for one, budget in product(like, like):
            if one.scenario in {"outcome", "forecast"} and budget.scenario == "budget":
                gap, half = one.value - budget.value, one.half + budget.half + apart.half + 1e-9
                votes += (abs(gap - apart.value) < half) - (abs(gap + apart.value) < half)
    return (votes > 0) - (votes < 0)


def _past(earlier: pl.DataFrame | None, first: int) -> Mapping[str, list[Cell]]:
    """The yearly figures of earlier documents by indicator."""
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    if earlier is not None:
        for row in earlier.with_row_index("row", first).iter_rows(named=True):
            if row["value"] is not None and row["period_kind"] != PeriodKind.MONTH.value:
                found[str(row["indicator_id"])].append(_cell(row))
    return found


def _filled(cells: list[Cell], past: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, with those of earlier documents for years of a scenario that they lack."""
    known = {(c.scenario, c.year) for c in cells}
    units = {c.unit for c in cells}
    more = [c for c in past if (c.scenario, c.year) not in known and c.unit in units]
    return (*cells, *more)


def _label(text: str, language: Language) -> frozenset[str]:
    """The telling words of a label; none for such as "Summa", which its table must name."""
    return frozenset(tokens(compiled(language.subject.drop).sub(" ", text), language))


def _cell(row: Mapping[str, object]) -> Cell:
    value, decimals, unit = row["value"], row["decimals"], str(row["unit"])
    exact = unit in EXACT_UNITS or value is None
    half = 0.0 if exact else 0.5 * 10.0 ** -int(str(decimals or 0))
    start, end = row["period_start"], row["period_end"]
    return Cell(
        row=int(str(row["row"])),
        line=int(str(row["line"])),
        value=float(str(value)) if value is not None else math.nan,
        half=half,
        unit=unit,
        scenario=str(row["scenario"]),
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        kind=str(row["period_kind"]),
        column=unbroken(str(row["column_label"])),
        raw=str(row["raw"]),
        answer=str(row["answer"]) if row["answer"] is not None else None,
        region=_region(str(row["geo"])),
    )


def _region(geo: str) -> Region | None:
    if geo == COUNTRY:
        return "country"
    return "county" if len(geo) == len(COUNTRY) else None


def toward_good(concept: Concept, language: Language) -> int:
    """+1 where more is good, −1 where less is, by the catalogue; 0 where it does not say.

    The costs of all are the result: less of them is good.
    """
    return concept.good or -(concept.cost and is_whole(concept, language))


def is_sum(concept: Concept, language: Language) -> bool:
    """Whether a row adds up others."""
    return compiled(language.subject.sum_label).search(concept.label) is not None


def is_whole(concept: Concept, language: Language) -> bool:
    """Whether a row is the result of all, by its own name or its indicator's."""
    whole = compiled(language.subject.whole_label)
    names = (part for label in concept.labels for part in label)
    return any(whole.search(name) for name in (concept.name, *names))


def like_cells(one: Cell, other: Cell) -> bool:
    """Whether two cells are figures of the same kind, period and place."""
    return (one.unit, one.scenario, one.start, one.end, one.region) == (
        other.unit,
        other.scenario,
        other.start,
        other.end,
        other.region,
    )


def follows(now: Cell, then: Cell) -> bool:
    """Whether a figure is told against another: an earlier one, or what was planned."""
    if now.year != then.year:
        return "target" not in {now.scenario, then.scenario} and (now.year or 0) > (then.year or 0)
    if (now.scenario in PLANNED) is not (then.scenario in PLANNED):
        return then.scenario in PLANNED
    return now.end is not None and then.end is not None and now.end > then.end
