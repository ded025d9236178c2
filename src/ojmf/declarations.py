"""What a ``source.toml`` may say: the declaration of one document and its tables.

A declaration tells how each table is found and what its rows and columns mean, so that the
readers hold no municipality, title or label. The fields below are the whole format; CONTRIBUTING.md
shows them in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ojmf.model import Answer, ObsStatus, PeriodKind, Scenario, Severity
from ojmf.periods import Period, parse_period


def _geo(code: str) -> str:
    if not (code.isdigit() and len(code) in {2, 4}):
        raise ValueError("en SCB-kod är två eller fyra siffror inom citattecken")
    return code


GeoCode = Annotated[str, AfterValidator(_geo)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]


class Declaration(BaseModel):
    """The base of all declarations: unknown keys are faults, values are not changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Attributes(Declaration):
    """What a cell means; later attributes (column, then overrides) replace earlier ones.

    ``shift``: the printed figure times ten to this power is the figure in ``unit``, so thousands
    of kronor are ``unit = "MSEK"`` with ``shift = -3``.
    """

    indicator: str | None = None
    unit: str | None = None
    shift: Annotated[int, Field(ge=-9, le=9)] | None = None
    geo: GeoCode | None = None
    scenario: Scenario | None = None
    period: str | None = None
    period_kind: PeriodKind | None = None
    status: ObsStatus | None = None
    note: str | None = None
    blank_status: ObsStatus | None = None
    blank_note: str | None = None

    @model_validator(mode="after")
    def _period_is_iso(self) -> Self:
        if self.period is not None:
            parse_period(self.period, self.period_kind)
        return self

    def parsed_period(self) -> Period | None:
        """The period that ``period`` and ``period_kind`` stand for."""
        return parse_period(self.period, self.period_kind) if self.period else None


class _Printed(Attributes):
    """Attributes of cells that print something; what is printed cannot be suppressed."""

    @model_validator(mode="after")
    def _is_not_suppressed(self) -> Self:
        if self.status is ObsStatus.SUPPRESSED:
            raise ValueError("status Q hör till symbols: en tryckt siffra är inte undertryckt")
        return self


class Column(_Printed):
    """A column of a table, by its printed label.

    ``content``: ``figure`` or ``answer`` are read; ``category`` is a word of the table's scale,
    read without the text behind it; ``comment`` is kept as a reference to its line; ``text`` is
    passed over; ``label`` names the row, ``code`` is the SCB code of its place (layout
    ``places``). ``decimals`` (scans) is how many every figure prints.
    ``suffix`` is added to the row's indicator where the column measures something else than the row
    is named for.
    """

    label: str
    content: Literal["figure", "answer", "category", "comment", "text", "label", "code"] = "figure"
    decimals: int | None = None
    suffix: str = ""


class Level(_Printed):
    """What cells mean in rows about a county or the country, where it is not the column's say."""

    content: Literal["figure", "answer"] | None = None


class Override(_Printed):
    """Attributes for some cells: the given rows and columns, all where left out.

    ``footnote`` is the beginning of a footnote row of the table; its line is added to the note.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    footnote: str | None = None


class Piece(Declaration):
    """A piece of a cell that a scan tore apart: its line and the text that stands there."""

    line: int
    text: str


class PinnedCell(Declaration):
    """One cell of a table that only its lines can find."""

    row: str
    column: str
    pieces: tuple[Piece, ...] = Field(min_length=1)


class Table(Declaration):
    """One table: how it is found, how it is laid out, what its rows and columns mean.

    ``after`` is the whole line behind which the table is looked for (the title, unless given);
    ``header`` is the header row's cells, or for ``tail`` the lines above the figures as printed.
    ``labels`` maps printed labels to their right spelling, ``indicators`` labels to indicators
    where the catalogue's names and synonyms in ``area`` do not do. ``rows`` is the number of rows
    expected. ``ignore`` maps labels or lines that are passed over to the reason. ``signs`` says by
    row label (``*``: every other row) whether outcomes, budgets and forecasts are printed as
    ``negative`` or ``positive`` figures; zero is both. For ``tail``:
    ``damaged`` are tokens that stand where figures stood, ``blank_rows`` labels of rows without
    figures, ``wrap`` how many lines a label may go on behind its figures.

    In a workbook ``sheet`` is the name of the table's sheet, or a pattern with ``*`` that fits one
    sheet; the table is then looked for behind the sheet's first line, or ``after`` in it.
    ``header_rows`` is how many rows the header has; ``header`` then has for each column what stands
    in them from the top down, joined. ``levels`` is for ``places``.

    Layouts: ``grid`` (tab-delimited), ``places`` (a municipality, county or country per row, an
    indicator per column; its cells are told by indicator as row and place as column), ``months``
    (a year per row, a month per column), ``list`` (a heading over labels without figures), ``tail``
    (figures at the end of space-separated lines, labels that wrap), ``pinned`` (cells by line).
    """

    id: Slug
    layout: Literal["grid", "places", "months", "list", "tail", "pinned"]
    title: str
    kind: str
    area: str
    heading: str = ""
    after: str | None = None
    sheet: str | None = None
    header: tuple[str, ...] = ()
    header_rows: Annotated[int, Field(ge=1, le=5)] = 1
    levels: dict[Literal["county", "country"], Level] = Field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    rows: int | None = None
    optional_leading: bool = False
    labels: dict[str, str] = Field(default_factory=dict)
    indicators: dict[str, str] = Field(default_factory=dict)
    ignore: dict[str, str] = Field(default_factory=dict)
    signs: dict[str, Literal["negative", "positive", "either"]] = Field(default_factory=dict)
    override: tuple[Override, ...] = ()
    categories: tuple[str, ...] = ()
    category_spelling: dict[str, str] = Field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    blank_rows: tuple[str, ...] = ()
    wrap: int = 2
    cells: tuple[PinnedCell, ...] = ()
    indicator: str | None = None
    starts: date | None = None
    years: tuple[int, ...] = ()

    @property
    def anchor(self) -> str:
        """The line behind which the table is looked for."""
        return self.title if self.after is None else self.after

    def value_columns(self) -> tuple[Column, ...]:
        """The columns that give one observation per row."""
        return tuple(c for c in self.columns if c.content in {"figure", "answer", "category"})

    @model_validator(mode="after")
    def _layout_has_what_it_needs(self) -> Self:
        needs: dict[str, tuple[str, ...]] = {
            "grid": ("header", "columns"),
            "places": ("header", "columns"),
            "months": ("header", "indicator", "years"),
            "list": ("header",),
            "tail": ("header", "columns"),
            "pinned": ("cells", "columns"),
        }
        missing = [key for key in needs[self.layout] if not getattr(self, key)]
        if missing:
            raise ValueError(f"layouten {self.layout} kräver {', '.join(missing)}")
        if self.layout in {"grid", "places"}:
            labels = tuple(c.label for c in self.columns)
            if labels != self.header:
                raise ValueError(f"columns {labels} är inte header {self.header}")
        contents: list[str] = [c.content for c in self.columns]
        if self.layout == "grid" and contents.count("label") != 1:
            raise ValueError("precis en kolumn ska ha content = ”label”")
        if self.layout == "places" and not {"label", "code"} & set(contents):
            raise ValueError("en kolumn ska ha content = ”label” eller ”code”")
        if self.layout == "places" and max(map(contents.count, ("label", "code"))) > 1:
            raise ValueError("högst en kolumn ska ha content = ”label”, och högst en ”code”")
        return self


class NotRead(Declaration):
    """Something in the file that is passed over on purpose: lines from ``starts`` on."""

    starts: str
    what: str


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
    figures in ``stated`` and ``stated_under``.
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
            raise ValueError(f"identiteten kräver {', '.join(missing)}")
        return self


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


class Source(Declaration):
    """One document: who published it, which file it is, and its tables in document order.

    ``reporting_period`` is what the document reports on; months behind it are future months.
    ``furniture`` are patterns of lines that a page break leaves inside tables. ``symbols`` are
    printed marks for a missing figure, each with its status: ``Q`` is suppressed, and stays so;
    ``zeros`` are marks that stand for the figure 0.
    ``approximations`` are marks before a figure that is not exact (``~100``); it is read, with the
    status given (``U`` unless said). ``answers`` are printed words or digits that stand for an
    answer, in any case; ``decimal`` is the mark before decimals. ``scanned``: figures are trusted
    only as far as an identity confirms them.
    """

    id: Slug
    title: str
    document: str
    publisher: str
    geo: GeoCode
    date: date
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reporting_period: str
    diary_number: str | None = None
    licence: str | None = None
    scanned: bool = False
    furniture: tuple[str, ...] = ()
    symbols: dict[str, Attributes] = Field(default_factory=dict)
    zeros: tuple[str, ...] = ()
    approximations: dict[str, Attributes] = Field(default_factory=dict)
    answers: dict[str, Answer] = Field(default_factory=dict)
    decimal: Literal[",", "."] = ","
    not_read: tuple[NotRead, ...] = ()
    table: tuple[Table, ...] = Field(min_length=1)
    identity: tuple[Identity, ...] = ()
    correction: tuple[Correction, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    stated_count: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _period_is_iso(self) -> Self:
        parse_period(self.reporting_period)
        return self

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
        base = defaults.get(table.pop("like", None), {}) if isinstance(table, dict) else {}
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
