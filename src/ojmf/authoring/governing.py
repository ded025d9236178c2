"""What governs the figures of a table: titles, headers, labels and notes; and asking of it."""

from __future__ import annotations

from dataclasses import dataclass

from ojmf.authoring.forms import ColumnDraft, Context, OverrideDraft, Proposal, slug
from ojmf.declarations.drafts import Question, QuestionKind
from ojmf.ingest.document import Document
from ojmf.periods import PARTS_OF_YEAR
from ojmf.printed import squeeze

SHOWN = 60
_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Governed:
    """A table of a draft with the texts that govern its figures.

    ``columns`` are those of figures and answers with what their headers say, ``titles`` the title
    and the sheet's name, ``notes`` the lines below it, ``by_row`` what rows say of themselves.
    """

    table: Proposal
    context: Context
    columns: tuple[tuple[ColumnDraft, str], ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    by_row: frozenset[str]

    @classmethod
    def of(cls, table: Proposal, document: Document, context: Context, end: int) -> Governed:
        """What governs a table; the next one begins at ``end``."""
        block = table.block
        said = [*block.said, *(column.label for column in table.columns[len(block.said) :])]
        sheets = document.sheets() if len(document.sheets()) > 1 else []
        sheet = [name for name, first, last in sheets if first <= block.first <= last]
        last = max(block.rows, default=block.last)
        below = (line for n in range(last + 1, end) if "\t" not in (line := document.line(n)))
        notes = tuple(t for line in below if (t := squeeze(line)) and len(t) <= _LONGEST_NOTE)
        keys = {"place", "code", "period", *PARTS_OF_YEAR, "sex"}
        by_row = {column.content for column in table.columns} & keys
        placed = table.layout == "places" or table.places or (block.spaced and not table.row_labels)
        return cls(
            table,
            context,
            tuple((c, said[i]) for i, c in enumerate(table.columns) if c.is_value),
            tuple(dict.fromkeys(t for t in (block.over, block.title, *sheet) if t)),
            notes,
            frozenset(by_row | ({"place"} if placed else set())),
        )

    @property
    def rows(self) -> tuple[str, ...]:
        """The labels of its rows, where they tell what is measured."""
        return () if self.table.layout == "places" else tuple(self.table.row_labels)

    @property
    def corners(self) -> tuple[str, ...]:
        """The headers of the columns of labels."""
        said = zip(self.table.block.said, self.table.columns, strict=False)
        return tuple(text for text, column in said if column.content == "label")

    def columns_of(self, row: str) -> list[tuple[ColumnDraft, str]]:
        """The columns that a row's figures are in: in a long table of measures, its own."""
        own = [(c, said) for c, said in self.columns if c.label and row.startswith(c.label)]
        return own if own and self.table.layout == "long" else list(self.columns)

    def is_said(self, name: str, row: str) -> bool:
        """Whether the draft says something of a row already."""
        return any(
            getattr(override, name) is not None and (not override.rows or row in override.rows)
            for override in self.table.overrides
        )

    def ask(
        self,
        column: ColumnDraft,
        kind: QuestionKind,
        text: str,
        what: str,
        likely: str | None = None,
    ) -> None:
        """Ask about a column of what ``text`` says; one that is not read anyway stays as it is."""
        parts = (column.period, column.geo, column.unit, column.scenario)
        if any(isinstance(part, Question) and part.proposal is None for part in parts):
            return
        question = Question(
            key=f"{kind}.{slug(text) or 'tabell'}-{self.table.block.first}",
            question=what,
            kind=kind,
            proposal=likely,
            score=75 if likely else 0,
        )
        setattr(column, _PARTS[kind], question)

    def ask_row(self, row: str, kind: QuestionKind, why: str = "") -> None:
        """Ask about the figures of a row."""
        question = Question(
            key=f"{kind}.{slug(row) or 'rad'}-{self.table.block.first}",
            question=f"{_ASKED[kind]} raden ”{row[:SHOWN]}”?{why}",
            kind=kind,
        )
        override = OverrideDraft([row])
        setattr(override, _PARTS[kind], question)
        self.table.overrides.append(override)


_PARTS = {"place": "geo", "period": "period", "scenario": "scenario", "unit": "unit"}
_ASKED = {
    "place": "Vilken plats gäller",
    "period": "Vilken period gäller",
    "scenario": "Vad är talen (utfall, budget, prognos, mål, avvikelse, förändring) på",
    "unit": "I vilken enhet är",
}
