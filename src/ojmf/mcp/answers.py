"""What the tools answer: figures with where they are printed, or why there is none.

The SDK reads the fields of a class as they stand on it, so these have no slots.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Printed:
    """Where a figure is printed: the document, the place in it, and the id it is cited by.

    ``raw`` is the cell as it was read. ``mark`` says what is not as it is printed: a figure that
    was corrected (``rättad från ”13”``), and one that no sum confirms (``obekräftad``).
    ``citation`` is null for a figure that stands in no comparison of its own, such as one month of
    several that make up a sum.
    """

    document: str
    source_id: str
    place: str
    raw: str | None = None
    mark: str | None = None
    citation: str | None = None


@dataclass(frozen=True)
class Figure:
    """One indicator of one municipality and period beside one reference.

    ``shown`` is the figure as it is written, ``value`` the same as a number (null for an answer
    and where there is none); ``reason`` says why there is no figure, reference or gap, or what the
    judgement rests on. ``reference_computed`` says how a reference that no document prints was
    found, such as the median of a county's municipalities, which is no figure of the county.
    """

    indicator_id: str
    indicator: str
    area: str
    municipality: str
    period: str
    sex: str | None
    shown: str
    value: float | None
    unit: str
    judgement: str | None
    compared_with: str | None
    reference: float | None
    reference_computed: str | None
    gap: float | None
    gap_unit: str | None
    reason: str | None
    printed: Printed | None
    reference_printed: Printed | None


@dataclass(frozen=True)
class Figures:
    """The figures asked for; ``total`` counts those that were left out as well."""

    total: int
    figures: list[Figure]
    note: str


@dataclass(frozen=True)
class Side:
    """One municipality's figure for a concept, worked out from what is ``printed``."""

    municipality: str
    value: float | None
    period: str | None
    per_inhabitant: float | None
    printed: list[Printed]


@dataclass(frozen=True)
class Pair:
    """One concept of two municipalities: how far they can be compared (``grade``) and why."""

    concept: str
    unit: str
    grade: str
    reason: str
    first: Side
    second: Side
    difference: float | None


@dataclass(frozen=True)
class Pairs:
    """Every concept that two municipalities were held against each other in."""

    pairs: list[Pair]
    note: str


@dataclass(frozen=True)
class Series:
    """What a series of months or years shows; ``printed`` is its latest point."""

    indicator_id: str
    indicator: str
    unit: str
    points: int
    first: str
    last: str
    latest: float
    mean: float
    lower: float | None
    upper: float | None
    verdict: str
    since_last_year: str | None
    reason: str | None
    inputs: str
    printed: Printed


@dataclass(frozen=True)
class SeriesList:
    """The series asked for; ``total`` counts those that were left out as well."""

    total: int
    series: list[Series]
    note: str


@dataclass(frozen=True)
class Indicator:
    """An indicator of the catalogue; ``documents`` are those that print it, for ``municipalities``.

    Both are empty where the workspace has no figure for it.
    """

    indicator_id: str
    name: str
    area: str
    unit: str
    direction: str
    documents: list[str]
    municipalities: list[str]


@dataclass(frozen=True)
class Indicators:
    """The indicators found; ``total`` counts those that were left out as well."""

    total: int
    indicators: list[Indicator]
    note: str


@dataclass(frozen=True)
class Verified:
    """Whether a citation still holds, and what has changed where it does not.

    ``code`` is holds, revised, gone, unmatched (the checksum is not that of the
    figure) or misquoted (the words around the id contradict what is cited).
    """

    holds: bool
    code: str
    message: str


@dataclass(frozen=True)
class Cell:
    """What was read from one cell of a printed row.

    ``raw`` is its text and ``value`` the number that it stands for; ``mark`` as in ``Printed``.
    """

    row: str
    column: str
    raw: str
    value: float | None
    mark: str | None
    municipality: str
    period: str
    unit: str


@dataclass(frozen=True)
class PrintedPlace:
    """A place in a document: its cells, and the lines around it as the extract keeps them.

    ``sha256`` is that of the document itself. ``lines`` are empty for what was fetched and is no
    document of lines.
    """

    document: str
    source_id: str
    sha256: str
    table: str | None
    place: str
    cells: list[Cell]
    lines: list[str] = field(default_factory=list)
