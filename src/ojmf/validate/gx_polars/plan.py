"""What a rule asks of the data: figures to measure and failing rows to fetch.

Nothing here reads data. A rule is prepared as expressions; the engine gathers the figures of all
rules into one select (``Measure``) and afterwards fetches the failing rows of the rules that
failed (``Rule.failures``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

ROW = "__gx_polars_row__"
"""The column with the position of a row in the batch, from 0."""

Shape = Literal["value", "pair", "record"]
"""How a failing row is shown: the value of a column, a pair of values, or columns by name."""


@dataclass(frozen=True)
class Domain:
    """The rows that a rule sees: the whole batch or those that fulfil a row condition."""

    key: str = ""
    condition: pl.Expr | None = None

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The rows of the domain, with the columns of the frame."""
        return frame if self.condition is None else frame.filter(self.condition)


@dataclass(frozen=True)
class Measure:
    """One figure of a domain: an expression of the shared select, or a query of its own.

    ``finish`` receives the value of the expression, or the frame of the query.
    """

    domain: Domain
    source: pl.Expr | Callable[[pl.LazyFrame], pl.LazyFrame]
    finish: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True)
class Rule:
    """A check of single rows.

    ``unexpected`` is true where a row fails and is never null; ``considered`` is true for the rows
    that the rule judges (None: all). ``shown`` are the columns that a failing row is shown by.
    """

    domain: Domain
    unexpected: pl.Expr
    shown: Sequence[str]
    shape: Shape = "record"
    considered: pl.Expr | None = None

    def measure(self, quantity: str) -> Measure:
        """The number of rows, judged rows or failing rows, by the name that GX has for it."""
        considered = self.considered
        match quantity:
            case "element_count":
                return Measure(self.domain, pl.len())
            case "filtered_row_count":
                return Measure(self.domain, pl.len() if considered is None else considered.sum())
            case _:
                failing = self.unexpected if considered is None else considered & self.unexpected
                return Measure(self.domain, failing.sum())

    def failures(
        self, frame: pl.LazyFrame, columns: Sequence[str], limit: int | None
    ) -> pl.LazyFrame:
        """The first failing rows in the order of the batch: ``ROW`` and the given columns."""
        failing = self.unexpected if self.considered is None else self.considered & self.unexpected
        return self.domain.of(frame).filter(failing).select(ROW, *columns).slice(0, limit)

    def identity(self, row: dict[str, Any], index_columns: Sequence[str]) -> Any:
        """The entry of a failing row in ``unexpected_index_list``."""
        if not index_columns:
            return row[ROW]
        return {name: row[name] for name in (*self.shown, *index_columns)}

    def value(self, row: dict[str, Any]) -> Any:
        """The entry of a failing row in ``unexpected_list``."""
        if self.shape == "value":
            return row[self.shown[0]]
        if self.shape == "pair":
            return tuple(row[name] for name in self.shown)
        return {name: row[name] for name in self.shown}


@dataclass(frozen=True)
class UniqueRule(Rule):
    """A check that no two judged rows agree in all of ``shown``.

    ``unexpected`` looks at all judged rows. The failures are counted by a group-by, which holds
    the distinct keys only.
    """

    def measure(self, quantity: str) -> Measure:
        """As for any rule; the failing rows are those in groups of two or more."""
        if quantity != "unexpected_count":
            return super().measure(quantity)
        judged = Domain("", self.considered)
        return Measure(
            self.domain,
            lambda frame: (
                judged.of(frame)
                .group_by(list(self.shown))
                .agg(pl.len().alias(ROW))
                .select(pl.col(ROW).filter(pl.col(ROW) > 1).sum())
            ),
            pl.DataFrame.item,
        )

    def failures(
        self, frame: pl.LazyFrame, columns: Sequence[str], limit: int | None
    ) -> pl.LazyFrame:
        """The first rows that are not alone with their values, in the order of the batch."""
        judged = Domain("", self.considered).of(self.domain.of(frame))
        return judged.filter(self.unexpected).select(ROW, *columns).slice(0, limit)


@dataclass(frozen=True)
class GroupRule(Rule):
    """A check of groups of rows; every count is a number of groups.

    ``unexpected`` and the expressions of ``figures`` aggregate the rows of a group; a group whose
    verdict is null is not judged. ``shown`` are the keys and the names of the figures.
    """

    keys: Sequence[str] = ()
    figures: Sequence[pl.Expr] = ()

    def measure(self, quantity: str) -> Measure:
        """The number of groups, of judged groups or of failing groups."""
        verdict = pl.col(ROW)
        figure = {
            "element_count": pl.len(),
            "filtered_row_count": verdict.is_not_null().sum(),
        }.get(quantity, verdict.sum())
        return Measure(
            self.domain,
            lambda frame: frame.group_by(self.keys).agg(self.unexpected.alias(ROW)).select(figure),
            pl.DataFrame.item,
        )

    def failures(
        self, frame: pl.LazyFrame, columns: Sequence[str], limit: int | None
    ) -> pl.LazyFrame:
        """The first failing groups in the order of their keys.

        A column that is neither key nor figure holds the list of its values in the group, at most
        ``limit`` of them.
        """
        listed = [pl.col(name).slice(0, limit) for name in columns if name not in self.shown]
        verdict = self.unexpected.alias(ROW)
        groups = self.domain.of(frame).group_by(self.keys).agg(verdict, *self.figures, *listed)
        return groups.filter(pl.col(ROW)).sort(self.keys).slice(0, limit)

    def identity(self, row: dict[str, Any], index_columns: Sequence[str]) -> Any:
        """The keys of the group and the values of the index columns in it."""
        return {name: row[name] for name in (*self.keys, *index_columns)}
