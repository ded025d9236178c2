"""The sections of a report: what stands out in each area, the area of most consequence first.

A report is read by a committee and is five pages at most before its annexes, so how many questions
and measures each section names depends on how many sections there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import parts
from ojmf.present.area_rows import area_figures
from ojmf.present.report import paragraphs
from ojmf.present.report.figure_text import figure, figure_gaps, figure_opening
from ojmf.present.report.notes import clean
from ojmf.present.report.values import ASSESSMENT, Paragraphs, ShownArea
from ojmf.present.words import counted, listed

_MOST_NAMED = ((6, 3), (4, 3), (3, 2), (2, 1), (1, 1))
"""How many questions and measures a section names at most: the first that the pages have room for.
"""
_LINES = 140
"""Lines of the pages between the summary and what closes a report."""
_LINE = 95
"""Characters of a line."""
_HEADING = 3
"""Lines of a heading, and of the place for an assessment of the area."""


@dataclass(frozen=True, slots=True)
class Sections:
    """``areas`` are all in the order of the annexes, ``weighed`` those that can be compared.

    Of these one of which there is nothing to say but what the summary says has no section.
    ``order`` says how they are ordered, and ``others`` which areas have nothing to compare with.
    """

    areas: tuple[ShownArea, ...]
    weighed: tuple[ShownArea, ...]
    order: str
    others: str


@dataclass(frozen=True, slots=True)
class _Section:
    """What a section says, before its rows are put into words."""

    opening: str
    lacking: paragraphs.Lacking
    answers: bool

    @property
    def lines(self) -> int:
        """How many lines it takes, with a line for an assessment of each row."""
        texts = [self.opening, self.lacking.sentence, *(str(row["label"]) for row in self.rows)]
        return 2 * _HEADING + sum(map(_lines, texts)) + len(self.rows)

    @property
    def rows(self) -> Sequence[paragraphs.Row]:
        """The rows that it names."""
        return self.lacking.rows


def sections(
    comparison: Comparison,
    areas: Sequence[ShownArea],
    note: paragraphs.Note,
    others: Sequence[str] = (),
) -> Sections:
    """The areas of the annexes with the texts of their sections.

    ``others`` are texts that stand on the same pages.
    """
    said = _fitting(comparison, _LINES - sum(map(_lines, others)))
    order = _by_weight(comparison)
    # In the order that they are read in, for a document has its footnote where it is named first.
    texts: dict[int, ShownArea] = {}
    for place in order:
        one = said[place]
        named = (
            paragraphs.question(row, note) if one.answers else figure(row, note) for row in one.rows
        )
        asked = (f"{text}. {_assessed(row)}" for text, row in zip(named, one.rows, strict=True))
        text = Paragraphs(filter(None, (one.opening, one.lacking.sentence)))
        area = replace(areas[place], text=text, fragor=Paragraphs(asked))
        if text or area.bedomning:  # else the summary has said it all
            texts[place] = area
    every = tuple(texts.get(place, area) for place, area in enumerate(areas))
    alone = [area for place, area in enumerate(areas) if place not in order]
    how = _order(comparison) if len(texts) > 1 else ""
    return Sections(every, tuple(texts.values()), how, _alone(alone))


def _lines(text: str) -> int:
    """How many lines a text takes."""
    return ceil(len(text) / _LINE)


def _fitting(comparison: Comparison, room: int) -> list[_Section]:
    """The sections, each with as many rows as the report has room for."""
    said: list[_Section] = []
    for questions, measures in _MOST_NAMED:
        said = _sections(comparison, questions, measures)
        if sum(one.lines for one in said) <= room:
            break
    return said


def _sections(comparison: Comparison, questions: int, measures: int) -> list[_Section]:
    """The sections in the order of the annexes, with at most so many rows each.

    The summary has counted what a single area has, so that its section does not.
    """
    annexes = parts(comparison)
    answers = area_figures(comparison.areas)
    said = []
    for area, part in zip(answers, annexes, strict=False):
        means = paragraphs.area_means(area, comparison.place, comparison.county)
        told = len(answers) == 1 and area.grey < area.indicators
        opening = " ".join(filter(None, ["" if told else paragraphs.area_opening(area), means]))
        lacking = paragraphs.area_gaps(part.rows, comparison.place, questions)
        said.append(_Section(opening, lacking, answers=True))
    for row, part in zip(comparison.figure_areas.to_dicts(), annexes[len(said) :], strict=True):
        lacking = figure_gaps(part.rows, measures)
        opening = "" if comparison.figure_areas.height == 1 else figure_opening(row)
        said.append(_Section(opening, lacking, answers=False))
    return said


def _by_weight(comparison: Comparison) -> list[int]:
    """The places of the areas in the annexes, those of most consequence first.

    Areas of questions come by their gap to the county, then those of figures by how many are worse
    or red; the figures of an area with questions stand after these. An area of figures that have
    nothing to be compared with has no place.
    """
    asked = comparison.areas.select("area_id", "gap_county").rows()
    figures = [
        (len(asked) + place, row)
        for place, row in enumerate(comparison.figure_areas.to_dicts())
        if row["with_gap"]
    ]
    figures.sort(key=lambda one: -(one[1]["worse"] + one[1]["red"]))
    beside = {row["area_id"]: place for place, row in figures}
    order = []
    for place, (area_id, gap) in sorted(
        enumerate(asked), key=lambda one: (one[1][1] is None, one[1][1] or 0.0)
    ):
        del gap
        order += [place, *([beside.pop(area_id)] if area_id in beside else [])]
    return [*order, *beside.values()]


def _order(comparison: Comparison) -> str:
    """How the sections are ordered; nothing where there is one."""
    asked = set(comparison.areas["area_id"])
    measured = [row["area_id"] for row in comparison.figure_areas.to_dicts() if row["with_gap"]]
    if len(asked) + len(measured) < 2:
        return ""
    of_questions = "efter skillnaden mot länet, den lägsta först"
    of_figures = "efter hur många mått som är sämre eller röda, de flesta först"
    if not measured:
        return f"Områdena står i ordning {of_questions}."
    if not asked:
        return f"Områdena står i ordning {of_figures}."
    both = " Ett områdes mått står efter dess frågor." if asked & {*measured} else ""
    if asked >= {*measured}:
        return f"Områdena står i ordning {of_questions}.{both}"
    first = f"områdena med frågor, {of_questions}" if len(asked) > 1 else "området med frågor"
    then = f"de med mått, {of_figures}" if len(measured) > 1 else "det med mått"
    comma = "," if len(asked) > 1 else ""
    return f"Först står {first}{comma} och sedan {then}.{both}"


def _alone(areas: Sequence[ShownArea]) -> str:
    """Which areas have nothing to be compared with, and in which annexes they stand."""
    if not areas:
        return ""
    named = listed(
        [f"{area.namn} ({counted(area.antal, 'uppgift', 'uppgifter')})" for area in areas]
    )
    where = "bilaga" if len(areas) == 1 else "bilagorna"
    numbers = listed([str(area.nummer) for area in areas])
    which = "området" if len(areas) == 1 else "områdena"
    return (
        f"I {which} {named} har ingen uppgift något att jämföras med. Uppgifterna står i {where} "
        f"{numbers}."
    )


def _assessed(row: Mapping[str, Any]) -> str:
    """The comment of a row, or the place for one."""
    return clean(row["comment"] or ASSESSMENT)
