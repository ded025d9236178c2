"""What a claim is, what it is linked to, and how it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import polars as pl

from ojmf.claims.quantities import Quantity
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import Region
from ojmf.claims.vocabulary import BasisName, DirectionName

Aggregate = Literal["total", "mean", "latest", "most", "highest", "lowest", "next"]


class Kind(StrEnum):
    """What a claim says of its figures."""

    LEVEL = "level"
    CHANGE = "change"
    DEVIATION = "deviation"
    COMPARISON = "comparison"
    RATIO = "ratio"
    SHARE = "share"
    RANK = "rank"
    TREND = "trend"
    CAUSE = "cause"
    STATUS = "status_count"
    ANSWER = "answer"
    TABLE = "table"
    UNKNOWN = "unknown"


DIFFERENCES = frozenset({Kind.CHANGE, Kind.DEVIATION})
"""The kinds that say how far a figure is from another."""


class Verdict(StrEnum):
    """What came of a claim, gravest first."""

    CONTRADICTS = "contradicts"
    TEXT_AGAINST_TEXT = "text_against_text"
    NOT_COMPARABLE = "not_comparable"
    NOT_TESTABLE = "not_testable"
    NOT_LINKED = "not_linked"
    ROUNDING = "agrees_within_rounding"
    AGREES = "agrees"


GOOD = (Verdict.AGREES, Verdict.ROUNDING)
"""The verdicts of a claim that is right."""

OPEN = (Verdict.NOT_TESTABLE, Verdict.NOT_LINKED)
"""The verdicts of a claim that nothing could judge."""


@dataclass(frozen=True, slots=True)
class When:
    """A period as a sentence gives it.

    ``year`` is null where no year is given; ``months`` are numbers of months; ``span`` is
    ``year`` for a whole year, ``period`` for the part that the report is on, else empty;
    ``since`` tells that the months run on from the first; those over the turn of a year stand in
    order ("oktober till mars": 10, 11, 12, 1, 2, 3). ``text`` is what the sentence says.
    """

    year: int | None = None
    months: tuple[int, ...] = ()
    span: str = ""
    text: str = ""
    since: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: a figure, a pair of figures or a direction, and what the sentence says of it.

    ``values`` holds the figure or figures, the present one first. ``scenario`` is ``outcome``,
    ``forecast``, ``budget``, ``deviation`` or ``forecast_deviation``. ``direction`` is more, less
    or the same; ``good`` is +1 for a good deviation and −1 for a bad one, 0 where the text does
    not say. ``near`` are the texts of the sentence that may name the subject, nearest first,
    ``context`` those around it. ``part`` marks a part of a whole or of an explanation, which no
    table need print; ``every`` a statement on every month; ``percent_of`` the offset of the amount
    that a percentage in brackets goes with; ``whole`` what a share is of, where ``near`` is the
    part. ``side`` tells which figure of a comparison this is,
    ``aggregate`` how months are taken, ``negated`` that the sentence denies what it says,
    ``region`` that it is about other municipalities.
    """

    sentence: Sentence
    offset: int
    quote: str
    kind: Kind
    values: tuple[Quantity, ...] = ()
    when: When = When()
    earlier: When = When()
    scenario: str = "outcome"
    basis: BasisName | None = None
    direction: DirectionName | None = None
    good: int = 0
    near: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    part: bool = False
    every: bool = False
    percent_of: int | None = None
    whole: str = ""
    side: Literal["earlier", "later"] | None = None
    aggregate: Aggregate | None = None
    negated: bool = False
    region: Region | None = None

    @property
    def line(self) -> int:
        """The line of the claim's figure."""
        return self.sentence.line_at(self.offset)

    @property
    def unit(self) -> str:
        """The unit that the sentence gives; empty for a bare number or a trend."""
        return next((v.unit for v in self.values if v.unit), "")


@dataclass(frozen=True, slots=True)
class Link:
    """What a claim is about: a row of a table, how sure that is, and what came second."""

    concept: int
    score: float
    runner_up: int | None = None
    runner_up_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a claim, in words and figures.

    ``expected`` is the figure that the tables give, as text; ``computation`` how it was come by;
    ``cells`` the observations (row numbers) behind it; ``note`` what else should be known.
    ``text_value`` is the figure that the text puts in the place of the table's.
    """

    verdict: Verdict
    expected: str = ""
    computation: str = ""
    cells: tuple[int, ...] = ()
    note: str = ""
    text_value: float | None = None
    link: Link | None = None


CLAIMS = pl.Schema(
    {
        "document": pl.String(),
        "line": pl.Int32(),
        "quote": pl.String(),
        "values": pl.List(pl.Float64()),
        "unit": pl.String(),
        "kind": pl.String(),
        "period": pl.String(),
        "subject": pl.String(),
        "verdict": pl.String(),
        "expected": pl.String(),
        "computation": pl.String(),
        "note": pl.String(),
        "indicator_id": pl.String(),
        "table": pl.String(),
        "table_lines": pl.List(pl.Int32()),
        "score": pl.Float64(),
        "runner_up": pl.String(),
        "runner_up_score": pl.Float64(),
        "finding_id": pl.String(),
        "accepted": pl.String(),
    }
)
"""One row per claim, in the order of the document.

``values`` are in ``unit``, null unit for a bare number; ``period`` is as the sentence gives it;
``subject`` is the row that the claim is linked to. ``expected`` is the figure of the tables as
text, ``computation`` the arithmetic, in Swedish. ``table_lines`` are the lines of the figures.
``accepted`` is the reason where a person has acknowledged the finding.
"""
