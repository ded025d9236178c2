"""Hold small numbers back: the observations as they may leave the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import polars as pl

from ojmf.declarations.loading import Declarations
from ojmf.disclosure import sums
from ojmf.disclosure.choosing import settle
from ojmf.disclosure.complements import shares
from ojmf.disclosure.concerned import DIFFERS
from ojmf.disclosure.figures import FIGURE, figures, keyed
from ojmf.disclosure.system import Cell, Relation, System
from ojmf.model import RATIO_UNITS, IndicatorKind, ObsStatus, Scenario, Sex
from ojmf.schema import OBSERVATIONS

FEW, TOLD_FROM, MADE_OF = "few", "told_from", "made_of"
"""Why a figure is held back: it is small, a small one could be told from it, or it is made of what
is held back."""

HELD = pl.Schema([*OBSERVATIONS.items(), ("why", pl.String()), ("exposed", pl.Boolean())])
"""Observations that are held back, as they are; ``exposed`` where public figures tell them."""

ALONE = ["source_id", "line", "row_label", "column_label", "raw"]
READ = [*FIGURE, *ALONE, "unit", "value", "decimals", "heading", "table"]
"""What is read of observations to decide what is held back."""
FIGURES = pl.Schema(
    [
        *((name, OBSERVATIONS[name]) for name in (*FIGURE, *ALONE)),
        ("why", pl.String()),
        ("exposed", pl.Boolean()),
        ("few", pl.Boolean()),
    ]
)
"""Figures that are held back, by what they are about or, without an indicator, by where they stand,
whether public figures tell them, and whether they are told to be few."""

NOT_SHOWN = "visas inte"
_TOLD = ("why", "exposed", "few")
_DERIVED = (Scenario.DEVIATION.value, Scenario.CHANGE.value, Scenario.SHARE.value)
_QUOTIENTS = (IndicatorKind.SHARE.value, IndicatorKind.INDEX.value)


@dataclass(frozen=True, slots=True)
class Guarded:
    """``observations`` as they may leave, and what is ``held`` back of them (``HELD``)."""

    observations: pl.DataFrame
    held: pl.DataFrame


def fewer(limit: int) -> str:
    """What is said of a small number."""
    return f"färre än {limit}"


def guarded(observations: pl.DataFrame, held: pl.DataFrame, limit: int) -> Guarded:
    """Observations without what is ``held`` (``FIGURES``) back of them.

    ``limit`` is the least count of persons that is shown; zero is held back with the others, for
    ”färre än 5” to leave every number under five possible. Values of what is held back become null
    with the status Q, ``raw`` says what stands there instead.
    """
    keys = observations.lazy().select(*FIGURE, *ALONE).with_row_index("row")
    *concerned, _ = _parted(keys, held)
    marks = pl.concat(one.drop_nulls("why").select("row", *_TOLD) for one in concerned).collect()
    # The observations are not joined themselves, which would copy them, but share their columns.
    told = (
        observations.select("geo")
        .with_row_index("row")
        .select("row")
        .join(marks, "row", "left", maintain_order="left")
        .drop("row")
    )
    marked = pl.concat([observations, told], how="horizontal")
    return Guarded(
        blanked(marked.lazy(), limit).collect(), marked.filter(_THERE).select(HELD.names())
    )


def held_figures(declared: Declarations, observations: pl.DataFrame, limit: int) -> pl.DataFrame:
    """What may not be told of the observations (``READ``) of a workspace, in ``FIGURES``.

    ``limit`` is as for :func:`guarded`.
    """
    rows = keyed(observations)
    alone = pl.when(pl.col("indicator_id").is_null())
    named = rows.select("figure", *FIGURE, *(alone.then(name).alias(name) for name in ALONE))
    marked = named.unique("figure").join(_marks(declared, rows, limit), "figure")
    return marked.select(FIGURES.names()).unique([*FIGURE, *ALONE]).sort(FIGURE)


def without(rows: pl.LazyFrame, held: pl.DataFrame, limit: int) -> pl.LazyFrame:
    """:func:`guarded` observations in another order, of which only what is asked for is read.

    Conditions on places, periods and indicators go through to ``rows``.
    """
    *concerned, others = _parted(rows, held)
    return pl.concat([*(blanked(part, limit) for part in concerned), others])


def _parted(rows: pl.LazyFrame, held: pl.DataFrame) -> tuple[pl.LazyFrame, ...]:
    """Rows that may be held back marked, with an indicator and without one, and the others."""
    names = held["indicator_id"].drop_nulls().unique().to_list()
    concerned = pl.col("indicator_id").is_in(names).fill_null(value=False)
    alone = pl.col("indicator_id").is_null()
    return (
        _marked(rows.filter(concerned), held.drop_nulls("indicator_id"), FIGURE),
        _marked(rows.filter(alone), held.filter(alone), [*FIGURE, *ALONE]),
        rows.filter(~concerned & ~alone),
    )


def _marked(rows: pl.LazyFrame, held: pl.DataFrame, key: Sequence[str]) -> pl.LazyFrame:
    """Observations with what is told (``_TOLD``) of the figures that are held back, by a key."""
    theirs = {name: f"_{name}" for name in key}
    sex = pl.col("sex").fill_null(Sex.TOTAL.value)
    return rows.join(
        held.lazy().select(*(pl.col(name).alias(other) for name, other in theirs.items()), *_TOLD),
        left_on=[sex if name == "sex" else pl.col(name) for name in key],
        right_on=list(theirs.values()),
        how="left",
        nulls_equal=True,
    )


def blanked(marked: pl.LazyFrame, limit: int) -> pl.LazyFrame:
    """Observations without the values of those that have a ``why``."""
    words = pl.when("few").then(pl.lit(fewer(limit))).otherwise(pl.lit(NOT_SHOWN))
    texts = {
        "raw": words,
        "note": pl.when("few")
        .then(pl.lit(f"{fewer(limit)}: små antal personer visas inte"))
        .otherwise(pl.lit("visas inte, för att små antal personer inte ska kunna räknas fram")),
        "obs_status": pl.lit(ObsStatus.SUPPRESSED.value),
        **dict.fromkeys(("value", "answer", "correction_id"), pl.lit(None)),
    }
    return marked.select(
        pl.when(_THERE).then(texts[name]).otherwise(name).cast(kind).alias(name)
        if name in texts
        else pl.col(name)
        for name, kind in OBSERVATIONS.items()
    )


_THERE = (
    pl.col("why").is_not_null()
    & pl.col("value").is_not_null()
    & pl.col("unit").ne_missing("answer")
)


class _Search:
    """The figures of a workspace as a system, and what becomes of each."""

    def __init__(
        self,
        declared: Declarations,
        rows: pl.DataFrame,
        known: pl.DataFrame,
        told: pl.DataFrame,
        limit: int,
    ) -> None:
        self.known = known
        self.count = known.height
        self.need = limit - 1
        self.cells = [
            Cell(
                value,
                low=min(0.0, value or 0.0) if counted else -inf,
                need=self.need if small else None,
                counted=persons,
                free=not public and value is not None,
            )
            for value, counted, small, persons, public in known.select(
                "value",
                (pl.col("summed") | pl.col("persons")) & ~pl.col("scenario").is_in(_DERIVED),
                *("small", "persons", "public"),
            ).iter_rows()
        ]
        # What is told from figures and printed nowhere: the figure that is held back with it.
        self.printed_by = dict[int, int]()
        # What few others are told from, which is held back where nothing protects them.
        self.left = dict[int, int]()
        relations = self._of_shares(told, declared.geography)
        of_figures, self.changes = self._of_figures(declared, rows, told)
        self.system = System(self.cells, [*relations, *of_figures], limit)
        self.derived: set[int] = set()

    def _of_figures(
        self, declared: Declarations, rows: pl.DataFrame, told: pl.DataFrame
    ) -> tuple[list[Relation], list[tuple[int, set[int]]]]:
        """The sums of figures that there is something to hold back in; the others tell nothing."""
        of_sources, changes = sums.declared(rows, declared.sources.values())
        left = told.filter("few_others").select(pl.concat_list("count", "whole").explode())
        tell = DIFFERS.over("indicator_id") | (pl.col("parts").list.len() > 0)
        tell |= pl.col("over_time").eq_missing("sum")
        small = self.known.filter(
            pl.col("small")
            | pl.col("figure").is_in(left.to_series().drop_nulls().to_list())
            | (pl.col("persons") & ~pl.col("public") & tell)
        )["indicator_id"].to_list()
        linked = pl.col("parts").list.set_intersection(small).list.len() > 0
        linked |= pl.col("indicator_id").is_in(small) & (pl.col("parts").list.len() > 0)
        wholes = self.known.filter(linked)["indicator_id"].to_list()
        days = pl.col("days_of").list.set_intersection(small).list.len() > 0
        concerned = {*small, *wholes, *self.known.filter(days)["indicator_id"]}
        parts = self.known.filter(linked)["parts"].explode().to_list()
        known = self.known.filter(pl.col("indicator_id").is_in([*concerned, *parts]))
        found = [
            *of_sources,
            *sums.of_women_and_men(known),
            *sums.of_parts(known),
            *sums.over_time(known),
            *sums.of_places(known, declared.geography),
        ]
        return [self._relation(one) for one in found], changes

    def _of_shares(self, told: pl.DataFrame, geography: pl.DataFrame) -> list[Relation]:
        """What shares tell: counts and wholes that nobody prints, and few who are not in them."""
        relations = list[Relation]()
        made: dict[str, list[int]] = {"count": [], "whole": []}
        for one in told.iter_rows(named=True):
            share, count, whole = figures = [one[name] for name in ("share", "count", "whole")]
            free = share is not None and self.cells[share].free
            if count is None:
                need = self.need if one["small"] else None
                count = self._add(Cell(one["counted"], need=need, free=free, reckoned=True), share)
            if whole is None:
                told_by = share if one["implied"] else None
                cell = Cell(one["of"], free=free and one["implied"], reckoned=True)
                whole = self._add(cell, told_by)
            if one["few_others"]:
                others = Cell(one["others"], low=min(0.0, one["others"]), need=self.need)
                rest = self._add(others)
                relations.append([(whole, 1.0), (count, -1.0), (rest, -1.0)])
                self.left[rest] = next(n for n in figures if n is not None and self.cells[n].free)
            made["count"].append(count)
            made["whole"].append(whole)
        for name, value in (("count", "counted"), ("whole", "of")):
            cells = told.with_columns(
                figure=pl.Series(made[name], dtype=pl.Int64),
                value=value,
                summed=pl.lit(value=True),
                persons=pl.lit(value=True),
                statistic=pl.lit(None),
            )
            found = [*sums.of_women_and_men(cells), *sums.of_places(cells, geography)]
            printed = range(self.count)
            relations += [
                self._relation(one)
                for one in found
                if any(n is not None and n not in printed for n, _ in one)
            ]
        return relations

    def _add(self, cell: Cell, figure: int | None = None) -> int:
        """Put in a cell that nobody prints, and tell which figure it is held back with."""
        if figure is not None:
            self.printed_by[len(self.cells)] = figure
        self.cells.append(cell)
        return len(self.cells) - 1

    def _relation(self, one: sums.Sum) -> Relation:
        """A sum, with one cell for all its terms that nobody prints.

        They may be few together, which is no less told than a figure.
        """
        there = [(n, factor) for n, factor in one if n is not None]
        if len(there) == len(one):
            return there
        cells = [(self.cells[n], factor) for n, factor in there]
        rest: float | None = None
        if all((cell.counted or cell.reckoned) and cell.value is not None for cell, _ in cells):
            rest = sum(factor * (cell.value or 0.0) for cell, factor in cells)
        told = rest is not None and -0.5 < rest <= self.need and any(c.free for c, _ in cells)
        cell = Cell(rest, low=min(0.0, rest or 0.0), need=self.need) if told else Cell(None)
        return [*there, (self._add(cell), -1.0)]

    def run(self) -> None:
        """Hold back until nothing more is made of what is held back."""
        while True:
            settle(self.system)
            more = self._made_of_hidden() - self.system.hidden - self.derived
            if not more:
                return
            self.derived |= more
            for figure in more:
                cell = self.system.cells[figure]
                if cell.value is not None and self.system.relations_of(figure):
                    need = 2 * abs(cell.value)
                    self.system.cells[figure] = replace(cell, need=need, counted=False)
                    self.system.hidden.add(figure)

    def hidden(self) -> set[int]:
        """The numbers of the figures that are held back."""
        printed = {figure for figure in self.system.hidden if figure < self.count}
        told = {figure for cell, figure in self.printed_by.items() if cell in self.system.hidden}
        in_vain = {self.left[cell] for cell in self.system.exposed if cell in self.left}
        return printed | told | in_vain | self.derived

    def _made_of_hidden(self) -> set[int]:
        """The figures that are a quotient, the days or a change of what is held back."""
        hidden = self.hidden()
        # Nothing is declared to be made of a figure without an indicator.
        held = self.known.filter(pl.col("figure").is_in(list(hidden))).drop_nulls("indicator_id")
        counts = held.filter("persons")
        able = self.known.filter(~pl.col("public") & pl.col("value").is_not_null())
        same = FIGURE[1:]
        quotient = pl.col("kind").is_in(_QUOTIENTS) | pl.col("unit").is_in(RATIO_UNITS)
        found: set[int] = set()
        for name in ("numerator", "denominator"):
            of = held.select(*same, pl.col("indicator_id").alias(name))
            on = [*same, name]
            made = able.filter(quotient).join(of, on, "semi", nulls_equal=True)
            found |= {*made["figure"]}
        of = counts.select(*same, days_of="indicator_id")
        days = able.explode("days_of").join(of, [*same, "days_of"], "semi", nulls_equal=True)
        found |= {*days["figure"]}
        changed = able.filter(pl.col("scenario").is_in(_DERIVED)).join(
            counts, ["indicator_id", "geo", "sex"], "semi"
        )
        found |= {*changed["figure"]}
        free = {*able["figure"]}
        return found | {figure for figure, of in self.changes if of & hidden and figure in free}


def _marks(declared: Declarations, rows: pl.DataFrame, limit: int) -> pl.DataFrame:
    """The figures of :func:`keyed` rows that are held back: figure, why, exposed and few."""
    composition = declared.catalogue.composition()
    known = figures(rows, composition, declared.public_sources, limit)
    told = shares(known, composition, declared.indicators, declared.population, limit)
    # Of shares of many, and of many others, there is nothing to tell.
    told = told.filter((pl.col("small") | pl.col("few_others")).any().over("indicator_id"))
    found = None
    if (known["persons"] & ~known["public"]).any() or not told.is_empty():
        found = _Search(declared, rows, known, told, limit)
        found.run()
    return pl.DataFrame(
        [] if found is None else _told(found),
        schema={
            "figure": rows.schema["figure"],
            "why": pl.String,
            "exposed": pl.Boolean,
            "few": pl.Boolean,
        },
        orient="row",
    )


def _told(found: _Search) -> list[tuple[int, str, bool, bool]]:
    """Each figure that is held back, why, whether public figures tell it, and if it is few."""
    system, hidden = found.system, found.hidden()
    small = {n for n in system.hidden if n < found.count and _is_small(system, n)}
    small -= found.derived
    few = small - system.muted
    why = {n: MADE_OF if n in found.derived else FEW if n in small else TOLD_FROM for n in hidden}
    why |= {n: FEW for cell, n in found.printed_by.items() if _is_small(system, cell)}
    told_by = found.printed_by | found.left
    exposed = {told_by.get(cell, cell) for cell in system.exposed}
    return [(n, why[n], n in exposed, n in few) for n in sorted(hidden)]


def _is_small(system: System, cell: int) -> bool:
    return system.cells[cell].need is not None
