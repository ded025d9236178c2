"""What is known of a document, and what a draft says of a table in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from ojmf.authoring.blocks import Block
from ojmf.authoring.labels import Labels
from ojmf.authoring.said_periods import Report
from ojmf.declarations.drafts import Question
from ojmf.unit_words import kind_of

Open = str | Question
"""A value of the draft, or the question that it waits for."""


@dataclass(slots=True)
class ColumnDraft:
    """A column of the draft; what is None is not said."""

    label: str
    content: str = "figure"
    indicator: str | None = None
    suffix: str | None = None
    geo: Open | None = None
    sex: str | None = None
    scenario: Open | None = None
    unit: Open | None = None
    shift: int | None = None
    period: Open | None = None
    period_kind: str | None = None
    month: int | None = None
    carried: bool | None = None
    ignore: str | None = None

    @property
    def is_value(self) -> bool:
        """Whether its cells are figures or answers."""
        return self.content in {"figure", "answer"}

    @property
    def is_figure(self) -> bool:
        """Whether its cells are figures."""
        return self.content == "figure"

    @property
    def likely_period(self) -> str | None:
        """Its period, or the one that is proposed where it is asked."""
        return self.period.proposal if isinstance(self.period, Question) else self.period

    def entries(self) -> dict[str, object]:
        """Its keys as they are written."""
        found = _entries(self)
        if self.content == "figure":
            del found["content"]
        return found


@dataclass(slots=True)
class OverrideDraft:
    """What some rows and columns mean besides."""

    rows: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    unit: Open | None = None
    shift: int | None = None
    geo: Open | None = None
    scenario: Open | None = None
    period: Open | None = None
    period_kind: str | None = None
    sex: str | None = None

    def entries(self) -> dict[str, object]:
        """Its keys as they are written."""
        return {key: value for key, value in _entries(self).items() if value != []}


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator that the catalogue lacks; ``like`` is the known one that is nearest to it."""

    id: str
    name: str
    unit: str
    like: str = ""

    @property
    def kind(self) -> str:
        """The kind of measurement that goes with its unit."""
        return kind_of(self.unit, self.name).value


@dataclass(slots=True)
class Proposal:
    """A table of the draft, and comments that say what it rests on.

    ``indicators`` are by printed label, ``row_labels`` what needs one with the lines that
    it stands on, ``answers`` the codes that stand for answers in it, ``places`` the codes of the
    places that ``sections`` are named for, ``parts`` the labels of rows that belong to the one
    above. ``related``: what its figures hold is drafted as well.
    """

    block: Block
    layout: str
    kind: str = "measures"
    area: str = ""
    columns: list[ColumnDraft] = field(default_factory=list)
    overrides: list[OverrideDraft] = field(default_factory=list)
    indicators: dict[str, Open] = field(default_factory=dict)
    indicator: str | None = None
    years: list[int] = field(default_factory=list)
    row_labels: dict[str, list[int]] = field(default_factory=dict)
    ignore: dict[str, str] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    levels: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)
    unsure: Question | None = None
    related: bool = True

    def questions(self) -> Iterator[Question]:
        """What is asked about the table."""
        parts: list[ColumnDraft | OverrideDraft] = [*self.columns, *self.overrides]
        for part in parts:
            values = (getattr(part, item.name) for item in fields(part))
            yield from (value for value in values if isinstance(value, Question))
        yield from (value for value in self.indicators.values() if isinstance(value, Question))
        if self.unsure is not None:
            yield self.unsure

    def ask_apart(self, question: Question, key: str) -> None:
        """Ask a question of the table under a key of its own."""
        own = question.model_copy(update={"key": key})
        parts: list[ColumnDraft | OverrideDraft | Proposal] = [*self.columns, *self.overrides, self]
        for part in parts:
            for item in fields(part):
                if getattr(part, item.name) == question:
                    setattr(part, item.name, own)
        self.indicators = {
            row: own if value == question else value for row, value in self.indicators.items()
        }


def ask_apart_what_differs(tables: Sequence[Proposal]) -> None:
    """Ask what differs between tables under keys of its own, so that no answer counts for both."""
    earlier: dict[str, Question] = {}
    for number, table in enumerate(tables, start=1):
        own = {question.key: question for question in table.questions()}
        for key, question in own.items():
            if earlier.get(key, question) != question:
                table.ask_apart(question, f"{key}-{number}")
        earlier = own | earlier


@dataclass(slots=True)
class Passed:
    """A block that is no table of figures; ``what`` says so, or is a question."""

    block: Block
    what: str


@dataclass(slots=True)
class Context:
    """What is known of the document while its tables are looked at, and what they have added.

    ``unit`` is that of the document's amounts; ``elsewhere`` asks whose the tables without a place
    are, where the document seems to be about the whole country; ``likely`` are the questions which
    known indicator a row means; ``rows`` are the rows that drafted indicators were named for, by
    name, with their unit; ``measures`` are those of columns, with what their tables are about.
    ``file`` are the words that the document's file is named by; ``commas``: those in its figures
    set off thousands; ``coded``: it says that 1 and 0 are answers; ``letters`` are those that it
    explains.
    """

    report: Report
    labels: Labels
    area: str
    unit: tuple[str, int | None] | None
    title: str
    file: str = ""
    elsewhere: Question | None = None
    commas: bool = False
    coded: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)
    added: dict[str, NewIndicator] = field(default_factory=dict)
    likely: dict[str, Question] = field(default_factory=dict)
    rows: dict[str, tuple[Proposal, str, str]] = field(default_factory=dict)
    measures: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def named(self, wanted: str, name: str, unit: str) -> NewIndicator:
        """A drafted indicator under an id of its own."""
        return NewIndicator(wanted, name, unit)

    def new_indicator(self, name: str, unit: str, suffix: str = "", like: str = "") -> str:
        """The id of a drafted indicator with that name and unit."""
        base = f"{self.area}.{slug(name) or 'matt'}"[:80].rstrip("-.")
        for number in range(1, 1000):
            wanted = (base if number == 1 else f"{base}-{number}") + suffix
            known = self.added.get(wanted)
            if known is None or (known.name, known.unit) == (name, unit):
                self.added[wanted] = NewIndicator(wanted, name, unit, like)
                return wanted
        raise AssertionError(name)


def slug(text: str) -> str:
    """A text as part of an id: lower case without accents, hyphens between words."""
    plain = text.casefold().translate(str.maketrans("åäöéüø", "aaoeuo"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _entries(part: ColumnDraft | OverrideDraft) -> dict[str, object]:
    return {
        item.name: value.mark if isinstance(value, Question) else value
        for item in fields(part)
        if (value := getattr(part, item.name)) is not None
    }
