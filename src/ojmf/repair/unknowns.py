"""A document's figures and identities as a system for the search: forms, relations, components."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import polars as pl

from ojmf.declarations import Source
from ojmf.errors import CorrectionError
from ojmf.ingest import corrections
from ojmf.ingest.reading import ReadDocument
from ojmf.model import EXACT_UNITS, Scenario
from ojmf.printed import decimals, figure
from ojmf.repair.candidates import SCALE, Form, bare
from ojmf.repair.relations import Linear, Quotient, Relation
from ojmf.validate.consistency import accepted_instances

_WITH_OWN_SIGN = (Scenario.DEVIATION, Scenario.CHANGE)
_SIGNS = {"negative": -1, "positive": 1, "either": 0}
_NEARLY_ALL = 0.8
_MOST = 0.75
_FEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with a figure: ``text`` is printed there, or its declared correction."""

    cell: int
    table_id: str
    row_label: str
    column_label: str
    column_decimals: int | None
    unit: str
    scenario: str
    text: str
    value: float | None
    decimals: int | None
    fault: str | None
    unreadable: str | None

    @property
    def row(self) -> tuple[str, str]:
        """Its table and row label."""
        return self.table_id, self.row_label


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a relation: a cell, or a figure that the text states."""

    cell: int | None
    form: str
    role: str
    factor: float
    stated: float
    stated_decimals: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``text`` as printed or corrected, and what it says.

    ``value`` is in millionths, None where the form is broken, ``fault`` saying how. ``row`` is its
    table and row label, None where the sign and size are its own (deviations and changes).
    ``unreadable``: declared so, never to be proved.
    """

    cell: int
    text: str
    decimals: int
    row: tuple[str, str] | None
    value: int | None
    fault: str | None
    unreadable: bool


class Patterns:
    """The signs and sizes that the rows of a document's tables have in common."""

    def __init__(self, system_: System) -> None:
        self._declared = system_.signs
        self._rows: dict[tuple[str, str], list[Figure]] = {}
        for figure_ in system_.figures.values():
            if figure_.row is not None:
                self._rows.setdefault(figure_.row, []).append(figure_)
        self._learnt: dict[int, int] = {}

    def learn(self, values: Mapping[int, int]) -> None:
        """Go by these values, by cell, instead of by what is printed."""
        self._learnt |= values

    def form(self, wanted: Figure) -> Form:
        """The form of a figure's readings."""
        if wanted.row is None:
            return Form(wanted.decimals)
        others = [f for f in self._rows[wanted.row] if f.cell != wanted.cell]
        sizes = sorted(abs(v) for f in others if (v := self._learnt.get(f.cell, f.value)))
        size = sizes[(len(sizes) - 1) // 2] if len(sizes) > 1 else 0
        return Form(wanted.decimals, self._sign(wanted.row), size)

    def _minus(self, row: tuple[str, str]) -> list[bool]:
        """Whether each figure of a row, zeros apart, has a minus."""
        return [
            self._learnt[f.cell] < 0 if f.cell in self._learnt else bare(f.text).startswith("-")
            for f in self._rows[row]
            if bare(f.text).strip("-0,.")
        ]

    def _sign(self, row: tuple[str, str]) -> int:
        """The sign of a row's figures: declared, or -1 where they are negative as printed.

        Then most of them have a minus; or at least one has, and so it is in nearly all rows of the
        table (a minus is easily lost in scanning, hardly ever added).
        """
        if row in self._declared:
            return self._declared[row]
        own = self._minus(row)
        if len(own) < 2 or not any(own):
            return 0
        rows = [minus for key in self._rows if key[0] == row[0] and (minus := self._minus(key))]
        costs = len(rows) >= _FEW_ROWS and sum(map(any, rows)) >= _NEARLY_ALL * len(rows)
        return -1 if costs or sum(own) > len(own) / 2 else 0


@dataclass(frozen=True, slots=True)
class System:
    """The figures of a document by cell, and the relations between them.

    ``signs`` are those declared by table and row label: -1, 1, or 0 for either.
    """

    figures: Mapping[int, Figure]
    relations: tuple[Relation, ...]
    signs: Mapping[tuple[str, str], int]

    def troubled(self) -> list[tuple[list[Figure], list[Relation]]]:
        """The components with a broken figure or a relation that does not hold.

        Those with most relations for their figures come first: they teach the others.
        """
        found = []
        for cells, relations in _components(self.relations):
            figures = [self.figures[cell] for cell in sorted(cells)]
            values = {f.cell: f.value for f in figures if f.value is not None}
            if len(values) < len(figures) or not all(r.holds(values) for r in relations):
                found.append((figures, relations))
        return sorted(found, key=lambda part: (-len(part[1]) / len(part[0]), part[0][0].cell))

    def alone(self) -> list[Figure]:
        """The figures of broken form that no relation knows."""
        known = {cell for relation in self.relations for cell in relation.cells}
        return [f for f in self.figures.values() if f.value is None and f.cell not in known]


def system(read: ReadDocument, *, ignore_corrections: bool) -> System:
    """The system of a document: as printed, or with its declared corrections and acceptances.

    Raises ``CorrectionError`` for a correction that matches nothing in the declared edition.
    """
    source = read.source
    if ignore_corrections:
        source = source.model_copy(update={"correction": (), "unreadable": (), "accepted": ()})
    cells, source, unmatched = corrections.apply(source, read.cells)
    if unmatched and not read.other_edition:
        raise CorrectionError(unmatched)
    values = {c.id: c.value for c in source.correction}
    corrected = pl.col("correction_id").replace_strict(
        list(values), list(values.values()), default=None, return_dtype=pl.String
    )
    printed = (
        cells.filter((pl.col("content") == "figure") & pl.col("missing_status").is_null())
        .with_columns(text=pl.coalesce(corrected, "raw"))
        .with_columns(value=figure(pl.col("text")), decimals=decimals(pl.col("text")))
        .select(field.name for field in fields(_Cell))
    )
    known_cells = [_Cell(*row) for row in printed.iter_rows()]
    places = _decimals(known_cells)
    figures = {c.cell: _figure(c, places[c.cell]) for c in known_cells}
    exact = {c.cell for c in known_cells if c.unit in EXACT_UNITS}
    accepted = accepted_instances(source, read.terms, cells)
    known = read.terms.filter(~pl.col("instance").is_in(accepted))
    relations = tuple(_relations(known, figures, exact))
    return System(figures, relations, _signs(source, figures.values()))


def _figure(cell: _Cell, places: int) -> Figure:
    fault = cell.fault
    if fault is None and cell.value and cell.decimals != places:
        fault = f"formen: antalet decimaler ska vara {places}"
    lost = cell.unreadable is not None
    return Figure(
        cell.cell,
        cell.text,
        places,
        None if cell.scenario in _WITH_OWN_SIGN else cell.row,
        None if cell.value is None or fault is not None or lost else round(cell.value * SCALE),
        fault,
        lost,
    )


def _signs(source: Source, figures: Iterable[Figure]) -> dict[tuple[str, str], int]:
    declared = {table.id: table.signs for table in source.table}
    found = {}
    for row in dict.fromkeys(f.row for f in figures if f.row is not None):
        signs = declared[row[0]]
        word = signs.get(row[1], signs.get("*"))
        if word is not None:
            found[row] = _SIGNS[word]
    return found


def _decimals(cells: list[_Cell]) -> dict[int, int]:
    """The decimals of each cell.

    Those declared for its column, else what most of the column's figures print, else most of the
    row's, else its own.
    """
    printed: dict[tuple[str, ...], Counter[int]] = {}
    for c in cells:
        if c.decimals is not None:
            for key in (("column", c.table_id, c.column_label), ("row", *c.row)):
                printed.setdefault(key, Counter())[c.decimals] += 1
    found = {}
    for c in cells:
        choice = c.column_decimals
        for key in (("column", c.table_id, c.column_label), ("row", *c.row)):
            counts = printed.get(key, Counter())
            if choice is None and counts.total() > 1:
                most, times = min(counts.items(), key=lambda item: (-item[1], item[0]))
                choice = most if times >= _MOST * counts.total() else None
        own = len(bare(c.text).partition(",")[2])
        found[c.cell] = choice if choice is not None else own
    return found


def _relations(
    terms: pl.DataFrame, figures: Mapping[int, Figure], exact: set[int]
) -> Iterable[Relation]:
    stated = terms.with_columns(
        stated=figure(pl.col("stated_raw")), stated_decimals=decimals(pl.col("stated_raw"))
    )
    columns = [field.name for field in fields(_Term)]
    for (name,), rows in stated.group_by("instance", maintain_order=True):
        own = [_Term(*row) for row in rows.select(columns).iter_rows()]
        cells = [term.cell for term in own if term.cell is not None]
        if cells and all(cell in figures for cell in cells):
            halves = {
                cell: 0 if cell in exact else SCALE // 10 ** figures[cell].decimals // 2
                for cell in cells
            }
            yield _relation(str(name), own, halves)


def _relation(name: str, terms: list[_Term], halves: Mapping[int, int]) -> Relation:
    role = {term.role: term.cell for term in terms}
    over, under = role.get("over"), role.get("under")
    if over is not None and under is not None:
        return Quotient(name, over, under, role.get("result"), halves, _quotient(terms))
    texts = [term for term in terms if term.cell is None]
    factors: dict[int, float] = {}
    for term in terms:
        if term.cell is not None:
            factors[term.cell] = factors.get(term.cell, 0.0) + term.factor
    return Linear(
        name,
        factors,
        round(sum(term.factor * term.stated for term in texts) * SCALE),
        round(
            sum(abs(f) * halves[cell] for cell, f in factors.items())
            + sum(SCALE / 10**term.stated_decimals / 2 for term in texts)
        ),
        terms[0].form == "equal",
    )


def _quotient(terms: list[_Term]) -> tuple[float, float] | None:
    """The least and greatest quotient of the figures stated over and under; None without any."""
    bounds = {}
    for role in ("stated_over", "stated_under"):
        own = [term for term in terms if term.role == role]
        if not own:
            return None
        middle = sum(term.stated for term in own)
        half = sum(0.5 / 10**term.stated_decimals for term in own)
        bounds[role] = (middle - half, middle + half)
    ends = [a / b for a in bounds["stated_over"] for b in bounds["stated_under"]]
    return min(ends), max(ends)


def _components(
    relations: Iterable[Relation],
) -> list[tuple[set[int], list[Relation]]]:
    components: list[tuple[set[int], list[Relation]]] = []
    for relation in relations:
        cells, own = set(relation.cells), [relation]
        apart = []
        for known in components:
            if known[0] & cells:
                cells, own = cells | known[0], known[1] + own
            else:
                apart.append(known)
        components = [*apart, (cells, own)]
    return sorted(components, key=lambda component: min(component[0]))
