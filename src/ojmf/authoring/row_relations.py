"""Relations that a table's own figures hold: rows of sums, deviations, totals of women and men.

One is drafted where nearly all that it is about agrees, so that what does not is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ojmf.authoring.forms import ColumnDraft, Context, Proposal, slug
from ojmf.declarations.drafts import Question
from ojmf.model import EXACT_UNITS, MONEY_UNITS, Scenario, Sex
from ojmf.printed import as_float

_SUM = re.compile(r"(?:del|total)?summa\b.*|total(?:t|en)?\b.*|sammanlagt|samtliga", re.I)
_PLAIN_SUM = re.compile(r"(?:total)?summa(?: totalt)?(?:,? \(?(?:m?n?kr|tkr|ksek)\)?)?", re.I)
_SAID_SUM = re.compile(r"(?:del|total)?summa\b", re.I)
_PART = re.compile(r"(?:var|där)av\b|[-–•] ?\w|\bi procent\b", re.I)
_LESS = re.compile(r"kostnad|utgift|avgår|avdrag|utbetal|avskrivning|minus", re.I)
_PLAIN = re.compile(r"[-−–]?\d+(?:,\d+)?")
_ADDED = {*EXACT_UNITS, *MONEY_UNITS, "fte", "hours"}
_FEW = 0.2
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed figure and half a unit of its last decimal; 0 for what is counted."""

    value: float
    half: float


@dataclass(frozen=True, slots=True)
class _Relation:
    """Terms less others that give a result, the lines where that can be told, and where it fails.

    ``lines`` are columns for a relation of rows, rows for one of columns.
    """

    terms: tuple[str, ...]
    minus: tuple[str, ...]
    equals: str
    lines: tuple[str, ...]
    broken: int

    @property
    def holds(self) -> int:
        """In how many lines it holds."""
        return len(self.lines) - self.broken

    @property
    def is_sure(self) -> bool:
        """Whether it holds for nearly all; a total may by chance be what its rows add up to."""
        least = 1 if _PLAIN_SUM.fullmatch(self.equals) else max(1, _TWO * self.broken)
        return self.holds >= least and self.broken <= max(1, _FEW * len(self.lines))


def relations(found: Proposal, table_id: str, context: Context) -> list[dict[str, Any]]:
    """The relations of a grid, as entries of the declaration; none of tables of other layouts."""
    if (
        not found.related
        or found.layout != "grid"
        or found.kind == "oj-answers"
        or found.unsure is not None
    ):
        return []
    table = _Table(found, context)
    named = [("rows", one) for one in table.of_rows()]
    named += [("columns", one) for one in table.of_columns()]
    entries: list[dict[str, Any]] = []
    for over, one in named:
        name = f"{table_id}-{slug(one.equals) or over}"[:60].strip("-")
        number = sum(e["id"] == name or e["id"].startswith(f"{name}-") for e in entries)
        entry = {
            "id": f"{name}-{number + 1}" if number else name,
            "table": table_id,
            "over": over,
            "terms": [*one.terms],
            "minus": [*one.minus],
            "equals": one.equals,
            "columns" if over == "rows" else "rows": [*one.lines],
            "severity": "warning",
        }
        entries.append({key: value for key, value in entry.items() if value != []})
    return entries


class _Table:
    """The printed figures of a grid by the labels of their rows and columns."""

    def __init__(self, found: Proposal, context: Context) -> None:
        self.found, self.context = found, context
        labels = [column.label for column in found.columns]
        self.columns = {
            i: column
            for i, column in enumerate(found.columns)
            if column.content == "figure" and labels.count(column.label) == 1
        }
        self.rows = [label for label, lines in found.row_labels.items() if len(lines) == 1]

    def _unit(self, row: str, column: ColumnDraft) -> str:
        """The unit of a cell; empty where it is asked about."""
        unit = column.unit
        for override in self.found.overrides:
            fits = (not override.rows or row in override.rows) and (
                not override.columns or column.label in override.columns
            )
            unit = override.unit if fits and override.unit is not None else unit
        if unit is None:
            named = f"{self.found.indicators.get(row, '')}{column.suffix or ''}"
            known = self.context.added.get(named)
            unit = known.unit if known else self.context.labels.catalogue.unit(named)
        return unit if isinstance(unit, str) else ""

    def cell(self, row: str, index: int) -> _Printed | None:
        """The figure of a cell, where it has a plain one that can be added."""
        cells = self.found.block.rows[self.found.row_labels[row][0]]
        text = re.sub(r"[ \u00a0\u202f\u2009]", "", cells[index] if index < len(cells) else "")
        unit = self._unit(row, self.columns[index])
        if not _PLAIN.fullmatch(text) or (unit and unit not in _ADDED):
            return None
        decimals = len(text.partition(",")[2])
        return _Printed(as_float(text), 0.0 if unit in EXACT_UNITS else 0.5 * 10.0**-decimals)

    def _same_unit(self, rows: Sequence[str]) -> bool:
        return all(
            len({self._unit(row, column) for row in rows}) == 1 for column in self.columns.values()
        )

    def of_rows(self) -> Iterator[_Relation]:
        """Rows of sums: of those since the last sum, of all, or of the sums before."""
        sums = [row for row in self.rows if _SUM.match(row.rpartition(": ")[2])]
        for row in sums:
            at = self.rows.index(row)
            before = [r for r in self.rows[:at] if not _PART.match(r.rpartition(": ")[2])]
            earlier = [r for r in before if r in sums]
            start = before.index(earlier[-1]) + 1 if earlier else 0
            own = [r for r in before if r not in sums]
            ways = [before[start:], own, [*earlier, *before[start:]], earlier]
            made = [one for rows in ways if (one := self._sum(rows, row)) is not None]
            made += [one for rows in ways if (one := self._sum(rows, row, less=True)) is not None]
            sure = [one for one in made if one.is_sure]
            if sure:
                yield max(sure, key=lambda one: one.holds)
            elif len(before) == at and (said := self._said(before[start:], row, len(sums) == 1)):
                yield said

    def _said(self, terms: Sequence[str], row: str, only: bool) -> _Relation | None:
        """The relation of a row that says that it is the sum of those above, but is in no column.

        A plain ``Summa`` is one of all rows where it is the ``only`` sum. One of something named
        (``Summa kostnader``) lacks a row where it is larger than those above in all columns; a
        smaller one may count once what is in several of them.
        """
        label = row.rpartition(": ")[2]
        one_sign = len({bool(_LESS.search(term)) for term in terms}) == 1
        if not (one_sign and _SAID_SUM.match(label)):
            return None
        plain = _PLAIN_SUM.fullmatch(label) is not None
        meant = only if plain else all(self._exceeds(terms, row, index) for index in self.columns)
        return self._sum(terms, row) if meant else None

    def _exceeds(self, terms: Sequence[str], row: str, index: int) -> bool:
        """Whether a sum is larger than what rows add up to; true where that can't be told."""
        total, *parts = (self.cell(name, index) for name in (row, *terms))
        known = [part.value for part in parts if part is not None]
        apart = self.columns[index].scenario in {Scenario.DEVIATION, Scenario.CHANGE}
        if total is None or len(known) < len(parts) or apart:
            return True
        return abs(total.value) > abs(sum(known)) and total.value * sum(known) > 0

    def _sum(self, terms: Sequence[str], row: str, *, less: bool = False) -> _Relation | None:
        """The relation that rows add up to another, where their cells can be told."""
        minus = [term for term in terms if less and _LESS.search(term)]
        plus = [term for term in terms if term not in minus]
        if len(terms) < _TWO or not plus or less != bool(minus):
            return None
        if not self._same_unit([*terms, row]):
            return None
        lines, broken = [], 0
        for index, column in self.columns.items():
            added = [self.cell(term, index) for term in plus]
            taken = [self.cell(term, index) for term in (*minus, row)]
            if (fits := _fit(added, taken)) is not None:
                lines.append(column.label)
                broken += not fits
        made = _Relation(tuple(plus), tuple(minus), row, tuple(lines), broken)
        return made if lines else None

    def of_columns(self) -> Iterator[_Relation]:
        """Deviations, by which of two columns is taken from the other, and totals of both sexes."""
        for index, column in self.columns.items():
            if column.scenario == Scenario.DEVIATION:
                yield from self._difference(index)
            elif column.sex is None:
                yield from self._of_both_sexes(index, column)

    def _difference(self, index: int) -> Iterator[_Relation]:
        """A deviation of the two columns of its period in whose difference it is in most rows.

        Incomes and costs may be taken from each other in opposite ways in the rows of one table.
        """
        own = self.columns[index]
        best: list[_Relation] = []
        for first, over in self.columns.items():
            for second, under in self.columns.items():
                unlike = over.scenario != under.scenario and index not in {first, second}
                same = _told(over.period) == _told(under.period) == _told(own.period) is not None
                alike = over.unit == under.unit == own.unit
                if not (first < second and unlike and same and alike):
                    continue
                rows = {
                    row: (
                        self._fits(first, second, index, row),
                        self._fits(second, first, index, row),
                    )
                    for row in self.rows
                }
                rows = {row: fits for row, fits in rows.items() if None not in fits}
                forth = [row for row, (fits, _) in rows.items() if fits]
                back = [row for row, (fits, other) in rows.items() if other and not fits]
                lost = [row for row, fits in rows.items() if not any(fits)]
                pair, turned = (over.label, under.label), (under.label, over.label)
                if len(back) > len(forth):
                    forth, back, pair, turned = back, forth, turned, pair
                made = [_relation(pair, own.label, [*forth, *lost], len(lost))]
                made += [_relation(turned, own.label, back, 0)] if back else []
                whole = len(forth) + len(back)
                # A sum that is wrong itself says nothing against its deviation's being one.
                apart = [row for row in lost if not _SUM.match(row.rpartition(": ")[2])]
                few = len(apart) <= max(1, _FEW * len(rows))
                sure = few and (whole >= _TWO or (whole > 0 and not lost))
                if sure and whole > sum(one.holds for one in best):
                    best = made
        yield from best

    def _fits(self, over: int, under: int, equals: int, row: str) -> bool | None:
        return _fit([self.cell(row, over)], [self.cell(row, under), self.cell(row, equals)])

    def _of_both_sexes(self, index: int, total: ColumnDraft) -> Iterator[_Relation]:
        like = [
            (i, c)
            for i, c in self.columns.items()
            if c.sex is not None
            and (c.period, c.unit, c.suffix, c.geo, c.scenario)
            == (total.period, total.unit, total.suffix, total.geo, total.scenario)
        ]
        if {c.sex for _, c in like} != {Sex.FEMALE, Sex.MALE} or len(like) != _TWO:
            return
        fits = {
            row: _fit([self.cell(row, i) for i, _ in like], [self.cell(row, index)])
            for row in self.rows
        }
        rows = tuple(row for row, fit in fits.items() if fit is not None)
        broken = sum(fits[row] is False for row in rows)
        made = _Relation(tuple(c.label for _, c in like), (), total.label, rows, broken)
        if rows and made.is_sure:
            yield made


def _told(period: object) -> object:
    """A period, or the one that is likely; None where nothing says it."""
    return period.proposal if isinstance(period, Question) else period


def _relation(pair: tuple[str, str], equals: str, rows: Sequence[str], broken: int) -> _Relation:
    return _Relation(pair[:1], pair[1:], equals, tuple(rows), broken)


def _fit(added: Sequence[_Printed | None], taken: Sequence[_Printed | None]) -> bool | None:
    """Whether figures less others leave nothing but rounding; None where none tells.

    One may be missing, or all of them nought.
    """
    plus = [figure for figure in added if figure is not None]
    minus = [figure for figure in taken if figure is not None]
    if len(plus) + len(minus) < len(added) + len(taken):
        return None
    if not any(figure.value for figure in (*plus, *minus)):
        return None
    left = abs(sum(f.value for f in plus) - sum(f.value for f in minus))
    slack = sum(f.half for f in (*plus, *minus))
    return left < 1e-9 or left < slack - 1e-9
