"""One document and all that is declared of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

import polars as pl
from pydantic import AfterValidator, Field, ValidationError, model_validator

from ojmf.declarations.base import (
    Attributes,
    Declaration,
    FileId,
    GeoCode,
    GroupCode,
    ReportedPeriod,
)
from ojmf.declarations.notation import Limit, Mark, Notation, SignStyle
from ojmf.declarations.relations import Accepted, Check, Correction, Identity, Unreadable
from ojmf.declarations.tables import Table

Coded = Literal["JA", "DELVIS", "NEJ", "L", "M", "O", "Q"]
"""What a code stands for: an answer, or the status of that there is none."""


def _linear(pattern: str) -> str:
    """A pattern that can be matched in a time that grows with the line alone."""
    try:
        pl.Series([""]).str.contains(f"^(?:{pattern})$")
    except pl.exceptions.PolarsError as error:
        told = str(error).splitlines()
        reason = next((line[7:] for line in told if line.startswith("error: ")), told[0])
        raise ValueError(
            f"mönstret ”{pattern[:60]}” kan inte användas ({reason}); skriv "
            "det utan bakåtreferenser och utan att se framåt eller bakåt"
        ) from None
    return pattern


class NotRead(Declaration):
    """Something in the file that is passed over on purpose: lines from ``starts`` on."""

    starts: str
    what: str


class Source(Declaration):
    """One document: who published it, which file it is, and its tables in document order.

    ``reporting_period`` is what the document reports on; months behind it are future months.
    ``furniture`` are patterns of lines that a page break leaves inside tables. ``symbols`` are
    printed marks for a missing figure, each with its status: ``Q`` is suppressed, and stays so;
    ``zeros`` are marks that stand for the figure 0.
    ``approximations`` are marks before a figure that is not exact (``~100``); it is read, with the
    status given (``U`` unless said). ``limits`` stand before goals that are bounds (``≥ 85``,
    ``minst 75``), which are read with a note in columns of goals and nowhere else. ``marks`` stand
    beside a figure and are no part of it (``5*``, ``5 1)``, ``5 mkr``), each with the note, status,
    unit or shift that it gives; ``sign_styles`` are the ways of printing a sign besides a minus
    before the figure. A table's own replace both.
    ``answers`` are printed words or digits that stand for an answer, in any case, or for that there
    is none, by its status; ``decimal`` is the mark before decimals, ``thousands`` what sets off
    thousands. ``scanned``: figures are trusted only as far as an identity confirms them.
    ``public``: the document is published as it is, so that its small numbers are not held back.
    ``groups`` has, by name as printed, the ids of groups of municipalities that figures are of: an
    id is Kolada's own, or one made for this document, since what is alike (``Liknande kommuner``)
    is another group in another municipality's report.
    """

    id: FileId
    title: str
    document: str
    publisher: str
    geo: GeoCode
    date: date
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reporting_period: ReportedPeriod
    diary_number: str | None = None
    licence: str | None = None
    scanned: bool = False
    public: bool = False
    furniture: tuple[Annotated[str, AfterValidator(_linear)], ...] = ()
    symbols: dict[str, Attributes] = Field(default_factory=dict)
    zeros: tuple[str, ...] = ()
    approximations: dict[str, Attributes] = Field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    marks: dict[Mark, Attributes] = Field(default_factory=dict)
    sign_styles: tuple[SignStyle, ...] = ()
    answers: dict[str, Coded] = Field(default_factory=dict)
    groups: dict[str, GroupCode] = Field(default_factory=dict)
    decimal: Literal[",", "."] = ","
    thousands: Literal[" ", ".", ","] = " "
    not_read: tuple[NotRead, ...] = ()
    table: tuple[Table, ...] = Field(min_length=1)
    identity: tuple[Identity, ...] = ()
    correction: tuple[Correction, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    stated_count: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _one_meaning_of_the_point(self) -> Self:
        if self.decimal == self.thousands:
            raise ValueError(
                f"”{self.decimal}” kan inte skilja både tusental och decimaler; ta bort den ena"
            )
        return self

    def notation(self, table: Table, *, goals: bool = False) -> Notation:
        """How a table of the document prints its figures, or its ``goals``, which may be bounds."""
        return Notation(
            self.decimal,
            self.thousands,
            self.zeros,
            self.sign_styles if table.sign_styles is None else table.sign_styles,
            self.marks if table.marks is None else table.marks,
            self.approximations,
            self.limits if goals else (),
        )

    def table_by_id(self, table_id: str) -> Table:
        """The table with that id; ``KeyError`` where there is none."""
        for table in self.table:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


def with_defaults(raw: dict[str, Any]) -> dict[str, Any]:
    """Resolve ``like = "name"`` of tables against ``[defaults.name]``; the table's own keys win."""
    defaults = raw.pop("defaults", {})
    tables = []
    for table in raw.get("table", []):
        base = defaults.get(table.pop("like", None), {})
        tables.append({**base, **table})
    return {**raw, "table": tables} if tables else raw


def duplicates(values: Iterator[str]) -> list[str]:
    """The values that come more than once, each named once."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for value in values:
        if value in seen:
            twice[value] = None
        seen.add(value)
    return list(twice)


_STANDINS: dict[str, Any] = {"geo": "00", "reporting_period": "2000", "sha256": "0" * 64}


def right_parts(raw: dict[str, Any], error: ValidationError) -> Source | None:
    """A faulty declaration without its faulty parts, to look for what else is wrong with it.

    What it must have is something that is wrong nowhere. None where no table is left.
    """
    faulty = {tuple(item["loc"][:2]) for item in error.errors()}
    kept = {
        key: [one for n, one in enumerate(value) if (key, n) not in faulty]
        if isinstance(value, list)
        else value
        for key, value in raw.items()
    }
    for key in {place[0] for place in faulty} - {k for k, v in kept.items() if isinstance(v, list)}:
        kept.pop(str(key), None)
    standins = dict.fromkeys(("title", "document", "publisher"), "") | _STANDINS
    standins |= {"id": str(raw.get("id", "")), "date": date.min}
    try:
        return Source.model_validate({**standins, **kept})
    except ValidationError:
        return None
