"""How a table is found and laid out, and what its rows and columns mean."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ojmf.declarations.base import Attributes, Declaration, PlaceCode, Slug
from ojmf.declarations.notation import Mark, SignStyle
from ojmf.model import ObsStatus, Sex


class _Printed(Attributes):
    """Attributes of cells that print something; what is printed cannot be suppressed."""

    @model_validator(mode="after")
    def _is_not_suppressed(self) -> Self:
        if self.status is ObsStatus.SUPPRESSED:
            raise ValueError(
                "status Q hör till symbols: en uppgift som står i dokumentet är inte "
                "skyddad av sekretess"
            )
        return self


Content = Literal[
    "figure",
    "answer",
    "category",
    "comment",
    "text",
    "label",
    "code",
    "place",
    "period",
    "month",
    "quarter",
    "tertial",
    "half_year",
    "sex",
    "dimension",
]


class Column(_Printed):
    """A column of a table, by its printed label.

    ``content``: ``figure`` or ``answer`` are read; ``category`` is a word of the table's scale,
    read without the text behind it; ``comment`` is kept as a reference to its line; ``text`` is
    passed over, and its figures are unexplained unless ``ignore`` says why; ``label`` names the
    row, ``code`` is the SCB code of its place (layout ``places`` and ``long``). In ``long``,
    ``place``, ``period`` and ``sex`` say whose and when the row's figures are, ``month``,
    ``quarter``, ``tertial`` and ``half_year`` which part of the row's year, and ``dimension``
    belongs to what they measure. ``decimals`` (scans) is how many every figure prints; ``month``
    (``long``) is the month of the row's year. ``carried`` (``long``): a blank cell means what
    stands above it. ``suffix`` is added to the row's indicator where the column measures something
    else than the row is named for. ``withheld``: questions about it are open, so that its cells
    are looked for but not read.
    """

    label: str
    content: Content = "figure"
    decimals: int | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    suffix: str = ""
    carried: bool = False
    ignore: str | None = None
    withheld: bool = False


class Level(_Printed):
    """What cells mean in rows about a county, the country or a group, instead of the column."""

    content: Literal["figure", "answer"] | None = None


class Override(_Printed):
    """Attributes for some cells: the given rows and columns, all where left out.

    ``footnote`` is the beginning of a footnote row of the table; its line is added to the note.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    footnote: str | None = None


class Printing(Declaration):
    """How a table prints the figures of a unit: ``decimals``, and the bounds that they keep.

    A zero may be printed without decimals.
    """

    decimals: int | None = None
    least: float | None = None
    most: float | None = None


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

    ``after`` is the whole line behind which the table is looked for (the title, unless given; empty
    where the table is the first thing in the file);
    ``header`` is the header row's cells, or for ``tail`` the lines above the figures as printed.
    ``labels`` maps printed labels to their right spelling, ``indicators`` labels to indicators
    where the catalogue's names and synonyms in ``area`` do not do. ``rows`` is the number of rows
    expected. ``ignore`` maps labels or lines that are passed over to the reason. ``signs`` says by
    row label (``*``: every other row) whether outcomes, budgets and forecasts are printed as
    ``negative`` or ``positive`` figures; zero is both. ``marks`` and ``sign_styles`` replace those
    of the source. For ``tail``:
    ``damaged`` are tokens that stand where figures stood, ``blank_rows`` labels of rows without
    figures, ``wrap`` how many lines a label may go on behind its figures.

    In a workbook ``sheet`` is the name of the table's sheet, or a pattern with ``*`` that fits one
    sheet; the table is then looked for after the sheet's first line, or ``after`` in it.
    ``header_rows`` is how many rows the header has; ``header`` then has for each column what stands
    in them from the top down, joined. ``levels`` is for ``places``.

    ``figures`` says by unit how the table prints its figures, for the checks.

    ``sections`` (``grid``) are rows without figures whose labels belong to the rows below them,
    ``parts`` labels of rows that belong to the row above them, as ``varav kvinnor``;
    ``names`` (``long``) says which place a text stands for that is no place's name. ``withheld`` is
    set where a person has said that the table is not to be read: it is looked for but not read.
    The same holds where questions about it are open (``unanswered``), and of the rows (of a
    ``grid``, ``long``, ``tail`` or ``pinned``) whose labels are ``withheld_rows``.

    Layouts: ``grid`` (tab-delimited), ``places`` (a municipality, county or country per row, an
    indicator per column; its cells are told by indicator as row and place as column), ``months``
    (a year per row, a month per column), ``list`` (a heading over labels without figures), ``tail``
    (figures at the end of space-separated lines, labels that wrap), ``pinned`` (cells by line),
    ``long`` (a row per place, indicator, period and sex, in any order of columns; figures without a
    label column are told by their own).

    ``sex`` says that the table is about women (``F``) or men (``M``); a column or an override that
    says another sex wins.
    """

    id: Slug
    layout: Literal["grid", "places", "months", "list", "tail", "pinned", "long"]
    title: str
    kind: str
    area: str
    heading: str = ""
    after: str | None = None
    sheet: str | None = None
    header: tuple[str, ...] = ()
    header_rows: Annotated[int, Field(ge=1, le=5)] = 1
    levels: dict[Literal["county", "country", "group"], Level] = Field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    rows: Annotated[int, Field(ge=0)] | None = None
    optional_leading: bool = False
    labels: dict[str, str] = Field(default_factory=dict)
    indicators: dict[str, str] = Field(default_factory=dict)
    ignore: dict[str, str] = Field(default_factory=dict)
    sections: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    names: dict[str, PlaceCode] = Field(default_factory=dict)
    withheld: bool = False
    unanswered: bool = False
    withheld_rows: tuple[str, ...] = ()
    signs: dict[str, Literal["negative", "positive", "either"]] = Field(default_factory=dict)
    figures: dict[str, Printing] = Field(default_factory=dict)
    marks: dict[Mark, Attributes] | None = None
    sign_styles: tuple[SignStyle, ...] | None = None
    override: tuple[Override, ...] = ()
    categories: tuple[str, ...] = ()
    category_spelling: dict[str, str] = Field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    blank_rows: tuple[str, ...] = ()
    wrap: int = 2
    cells: tuple[PinnedCell, ...] = ()
    indicator: str | None = None
    sex: Sex | None = None
    starts: date | None = None
    years: tuple[int, ...] = ()

    @property
    def anchor(self) -> str:
        """The line behind which the table is looked for."""
        return self.title if self.after is None else self.after

    @property
    def unread(self) -> str:
        """What of it open questions keep from being read, in words; empty where they do nothing."""
        if self.unanswered:
            return f"tabellen ”{self.title}”"
        shut = (
            ("kolumnen", [column.label for column in self.columns if column.withheld]),
            ("raden", self.withheld_rows),
        )
        parts = [f"{word} ”{'”, ”'.join(labels)}”" for word, labels in shut if labels]
        return f"{' och '.join(parts)} i tabellen ”{self.title}”" if parts else ""

    def value_columns(self) -> tuple[Column, ...]:
        """The columns that give one observation per row."""
        return tuple(c for c in self.columns if c.content in {"figure", "answer", "category"})

    def printed_columns(self) -> tuple[Column, ...]:
        """The columns that a row of text (``tail``) ends in, read or withheld."""
        read = self.value_columns()
        return tuple(c for c in self.columns if c.withheld or c in read)

    @model_validator(mode="after")
    def _layout_has_what_it_needs(self) -> Self:
        needs: dict[str, tuple[str, ...]] = {
            "grid": ("header", "columns"),
            "places": ("header", "columns"),
            "months": ("header", "indicator", "years"),
            "list": ("header",),
            "tail": ("header", "columns"),
            "pinned": ("cells", "columns"),
            "long": ("header", "columns"),
        }
        missing = [key for key in needs[self.layout] if not getattr(self, key)]
        if missing:
            raise ValueError(f"layouten {self.layout} kräver {', '.join(missing)}")
        if self.after == "" and self.layout in {"tail", "pinned"}:
            raise ValueError(f"layouten {self.layout} kräver en rad att stå efter i after")
        if self.layout in {"grid", "places", "long"}:
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
