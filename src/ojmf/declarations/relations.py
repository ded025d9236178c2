"""Arithmetic between figures, and what a person has declared of cells: corrections and counts."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from ojmf.declarations.base import Declaration, Slug
from ojmf.model import Severity


class CellRef(Declaration):
    """A cell of the source by table id, printed row label and printed column label."""

    table: str
    row: str
    column: str
    factor: float = 1.0


class Stated(Declaration):
    """A figure that the document states in its text, for use in identities."""

    line: int
    raw: str
    what: str


class Identity(Declaration):
    """An arithmetic relation between printed figures, judged within their rounding.

    ``sum``: the ``terms`` less those in ``minus`` add up to ``equals``. With ``over =
    "rows"`` the terms are row labels and the relation is made for each column in ``columns`` (all
    figures where left out); ``over = "columns"`` the other way round. ``percent_change``: the
    figure in ``equals`` is the change in percent from the second term to the first.
    ``equal``: the ``cells`` (use ``factor = -1.0``) add up to what the text states in ``stated``,
    or to nothing. ``ratio``: the quotient of the two terms is the quotient of the sums of the
    figures in ``stated`` and ``stated_under``. ``severity`` is how grave it is where it does not
    hold: a relation that a draft has found by itself is a warning.
    """

    id: Slug
    form: Literal["sum", "percent_change", "equal", "ratio"] = "sum"
    table: str | None = None
    over: Literal["rows", "columns"] = "columns"
    terms: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    equals: str | None = None
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[CellRef, ...] = ()
    stated: tuple[Stated, ...] = ()
    stated_under: tuple[Stated, ...] = ()
    severity: Severity = Severity.CRITICAL

    @model_validator(mode="after")
    def _form_has_what_it_needs(self) -> Self:
        needs: dict[str, tuple[str, ...]] = {
            "sum": ("table", "terms", "equals"),
            "percent_change": ("table", "terms", "equals"),
            "equal": ("cells",),
            "ratio": ("table", "terms", "stated", "stated_under"),
        }
        missing = [key for key in needs[self.form] if not getattr(self, key)]
        if missing:
            raise ValueError(f"räknesambandet kräver {', '.join(missing)}")
        return self


class SeriesRelation(Declaration):
    """A relation between the series of a place, month by month: ``[[relation]]`` of an area's file.

    ``at_most``: the ``terms`` together are at most ``whole``, as a part of something is. ``sum``:
    they add up to it. ``balance``: ``whole`` is that of the month before with the ``terms`` and
    without those in ``minus``, as what is ongoing is with the new and without the closed.
    ``product``: the terms multiplied are ``whole``, give or take ``margin`` percent of it.
    ``total``: the months of ``whole`` add up to its figure for the whole time, where printed.
    All are judged within the rounding of what is printed; ``reason`` says why it must be so.
    """

    id: Slug
    form: Literal["at_most", "sum", "balance", "product", "total"]
    whole: Slug
    terms: tuple[Slug, ...] = ()
    minus: tuple[Slug, ...] = ()
    margin: float = Field(default=0, ge=0, allow_inf_nan=False)
    reason: str

    @model_validator(mode="after")
    def _form_has_what_it_needs(self) -> Self:
        if self.form == "total" and self.named() != (self.whole,):
            raise ValueError("sambandet total har bara whole")
        if self.form != "total" and not self.terms:
            raise ValueError(f"sambandet {self.form} kräver terms")
        if self.minus and self.form != "balance":
            raise ValueError(f"sambandet {self.form} har inget minus")
        if self.margin and self.form != "product":
            raise ValueError(f"sambandet {self.form} har ingen margin")
        return self

    def named(self) -> tuple[str, ...]:
        """The indicators that it is about."""
        return (self.whole, *self.terms, *self.minus)


class CellFix(Declaration):
    """A cell that the document prints wrongly, found by its table, row, column and raw text."""

    table: str
    row: str
    column: str
    expect: str
    reason: str


class Correction(CellFix):
    """A declared correction: the figure that is meant, and the identities that prove it."""

    id: Slug
    value: str
    proof: tuple[str, ...] = Field(min_length=1)


class Unreadable(CellFix):
    """A cell whose figure can't be proved; ``between`` bounds it for the identities."""

    between: tuple[float, float] | None = None


class Accepted(Declaration):
    """A true contradiction of the report, acknowledged by a person."""

    finding_id: str
    reason: str
    date: date


class Check(Declaration):
    """A count that the document's text states, to be found again in its tables."""

    id: Slug
    table: str
    line: int
    raw: str
    what: Literal["rows", "green", "yellow", "red"]
    severity: Severity = Severity.CRITICAL
