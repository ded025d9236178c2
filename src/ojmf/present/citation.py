"""Citations: a stable id for a figure beside its reference, which tells when the figure changes.

The id is ``oj:<kommun>:<indikator>:<jämförelse>:<källa>:<kontrollsumma>``, for instance
``oj:9999:area.question:99:source-2024:3f9a2c``. The indicator's id begins with its area. Behind the
source an ``@`` names the period, where the figure was asked for by it and is not merely the latest
(``source-2024@2023``). The
checksum is the first six hexadecimal digits of the SHA-256 of the answer and the reference, and of
a printed deviation that is not their difference, so that it changes when any of them does. There
are few possible answers and shares, so the ones that an id was made from can be found again by
trying them all.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import chain

import polars as pl

from ojmf.compare.against import BUDGET_WORD, EARLIER_WORD, TARGET_WORD
from ojmf.compare.questions import POINTS
from ojmf.errors import SelectionError
from ojmf.model import Answer, ReferenceKind
from ojmf.printed import swedish

SCHEME = "oj"
_CHECKSUM_LENGTH = 6
_SAME = 1e-9
_FORM = re.compile(
    rf"(?<![\w.:-]){SCHEME}:(?P<geo>\d{{4}}):(?P<indicator>[a-z0-9][a-z0-9.-]*)"
    rf":(?P<reference>[A-Za-z0-9]+)"
    rf":(?P<source>[a-z0-9][a-z0-9.-]*)(?:@(?P<period>[0-9][0-9QTH/-]*))?:(?P<checksum>[0-9a-f]{{{_CHECKSUM_LENGTH}}})(?!\w)"
)
_FILE = re.compile(r"^[^\n:]*\.(txt|md|docx|pdf|xlsx|csv|html)$", re.I)

REFERENCE_IDS = {
    ReferenceKind.EARLIER.value: EARLIER_WORD,
    ReferenceKind.TARGET.value: TARGET_WORD,
    ReferenceKind.BUDGET.value: BUDGET_WORD,
}
"""What stands for a reference that is the municipality's own; another one stands by its code."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a citation stands for: the answer and the reference share (%), or none of them.

    A figure stands in the place of an answer by its :func:`figure_text`.
    ``of`` is the reference by its word or code where that is one answer, in points, and no share.
    ``deviation`` is the :func:`printed_deviation`.
    """

    answer: str | None
    reference: float | None
    of: str | None = None
    deviation: float | None = None

    def checksum(self) -> str:
        """Six hexadecimal digits that follow from all that the citation stands for."""
        share = "" if self.reference is None else f"{self.reference:.6g}"
        parts = [self.answer or "", share, *([self.of] if self.of else [])]
        if self.deviation is not None:
            parts.append(f"{self.deviation:+.6g}")
        text = "\x1f".join(parts)
        return hashlib.sha256(text.encode()).hexdigest()[:_CHECKSUM_LENGTH]


def figure_text(figure: float | None) -> str | None:
    """A figure as it goes into a checksum; None where there is none."""
    return None if figure is None else f"{figure:.6g}"


def printed_deviation(
    kind: str | None, own: float | None, reference: float | None, gap: float | None
) -> float | None:
    """The gap, where it is printed beside a budget and is not ``own - reference``; else None."""
    if kind != ReferenceKind.BUDGET.value or gap is None:
        return None
    if own is None or reference is None:
        return gap
    return None if abs(gap - (own - reference)) <= _SAME else gap


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation id; without a period it is of the latest figure that there was."""

    geo: str
    indicator_id: str
    reference: str
    source_id: str
    checksum: str
    period: str | None = None

    def __str__(self) -> str:
        source = f"{self.source_id}@{self.period}" if self.period else self.source_id
        parts = (SCHEME, self.geo, self.indicator_id, self.reference, source)
        return ":".join([*parts, self.checksum])

    @property
    def area_id(self) -> str:
        """The area, which the indicator's id begins with."""
        return self.indicator_id.partition(".")[0]


ONE_ANSWER = (ReferenceKind.EARLIER.value, ReferenceKind.MUNICIPALITY.value)
"""References that have an answer of their own, and no share of several municipalities."""
_CITED = ("geo", "indicator_id", "own_source", "own_answer", "own", "unit")
_BESIDE = ("reference_kind", "reference_geo", "reference", "gap")


def citations(rows: pl.DataFrame) -> pl.Series:
    """The id of each row of ``compare.frame.FRAME`` against its reference.

    Null where no source prints the row's own figure or there is nothing to hold it against.
    """
    made: list[str | None] = []
    for geo, indicator, source, answer, own, unit, kind, place, reference, gap in rows.select(
        *_CITED, *_BESIDE
    ).iter_rows():
        if source is None or kind is None:
            made.append(None)
            continue
        beside = REFERENCE_IDS.get(kind, place)
        answered = unit == "answer"
        of = beside if answered and kind in ONE_ANSWER else None
        deviation = printed_deviation(kind, own, reference, gap)
        figures = Figures(answer if answered else figure_text(own), reference, of, deviation)
        made.append(str(Citation(geo, indicator, beside, source, figures.checksum())))
    return pl.Series(made, dtype=pl.String)


def parse_citation(text: str) -> Citation:
    """Read a citation id, alone or within the text that ``ojmf cite`` gives.

    Raises ``SelectionError`` where there is none, or more than one.
    """
    found = list(dict.fromkeys(match[0] for match in _FORM.finditer(text)))
    if len(found) > 1:
        raise SelectionError(f"Texten har {len(found)} hänvisnings-id. Ange ett i taget.")
    match = _FORM.search(text)
    if match is None and _FILE.search(text.strip()):
        raise SelectionError(
            f"”{text}” är en fil, och här prövas ett hänvisnings-id i taget mot arbetsytans "
            "tabeller. Ange ett id som står i den. Har den inget id kan påståenden i den prövas "
            "med ojmf claims FIL. Då måste tabellerna först tas in med ojmf import FIL."
        )
    if match is None:
        raise SelectionError(
            f"”{text}” är inget hänvisnings-id. Ett id från ojmf cite ser ut så här: "
            f"{SCHEME}:9999:omrade.fraga:99:kalla-2024:3f9a2c"
        )
    return Citation(*match.group("geo", "indicator", "reference", "source", "checksum", "period"))


def earlier_figures(checksum: str, now: Figures) -> Figures | None:
    """The figures that a checksum was made from, if they are possible answers and shares.

    Shares with at most one decimal are tried. Figures that share the answer or the reference
    with ``now`` are preferred.
    """
    shares = chain([None], (tenths / 10 for tenths in range(1001)))
    answers = [None, *(answer.value for answer in Answer)]
    possible = (
        Figures(answer, share, now.of, now.deviation) for share in shares for answer in answers
    )
    found = [figures for figures in possible if figures.checksum() == checksum]
    return max(
        found,
        key=lambda was: (was.answer == now.answer) + (was.reference == now.reference),
        default=None,
    )


def answer_beside(figures: Figures) -> str:
    """An answer and what it is held against, in a few words."""
    share = "–"
    if figures.of is not None:
        words = {points: answer for answer, points in POINTS.items()}
        share = "inget svar" if figures.reference is None else words[figures.reference]
    elif (reference := figures.reference) is not None:
        share = f"{swedish(reference, most=1)} procent"
    return f"{figures.answer or 'inget svar'} mot {share}"
