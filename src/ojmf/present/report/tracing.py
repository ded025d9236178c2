"""Where the figures of a report stand, and what a reader has to keep in mind of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.compare import shared_questions
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import ReferenceKind
from ojmf.present.annex.documents import Document, dated_name
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import parts
from ojmf.present.report import paragraphs
from ojmf.present.report.figure_text import figure_reasons
from ojmf.present.report.notes import Notes, clean
from ojmf.present.words import count_word, listed

_MOST_NAMED = 3
"""How many questions without an answer are named; more are given by their numbers."""
_MOST_MEMBERS = 12

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


def noter(comparison: Comparison, notes: Notes) -> paragraphs.Note:
    """A function from a row to its place in the annexes.

    The first row of each source has a footnote that names the document.
    """
    documents = {source.id: f"{dated_name(source)}." for source in comparison.sources}
    numbers = _numbers(comparison)

    def note(row: paragraphs.Row) -> str:
        marks = [row["mark"], row["county_mark"] and f"länet {row['county_mark']}"]
        marks += [row["country_mark"] and f"riket {row['country_mark']}"]
        marks += [row["beside_mark"] and f"{row['beside_name']} {row['beside_mark']}"]
        deviation = row["beside_deviation_mark"]
        marks += [deviation and f"avvikelsen {deviation}"]
        place = f"nr {numbers[_known(row)]}"
        told = ", ".join(filter(None, [place, *marks]))
        document = documents.pop(row["source_id"], None)
        return f"{told}{notes.mark(clean(document))}" if document else told

    return note


def _groups(workspace: Workspace, comparison: Comparison) -> list[str]:
    """Which municipalities are in each group that figures are held against."""
    groups = comparison.rows.filter(pl.col("beside_kind") == ReferenceKind.GROUP.value)
    places = dict(workspace.geography.select("code", "name").iter_rows())
    told = []
    for code, name in groups.select("beside_geo", "beside_name").unique(maintain_order=True).rows():
        members = workspace.groups.filter(pl.col("group_id") == code)["member_id"].to_list()
        # A large group is known by its name, and a list of it would fill the page.
        if 0 < len(members) <= _MOST_MEMBERS:
            said = listed(sorted(places.get(member, member) for member in members))
            told.append(f"I gruppen ”{name}” ingår {said}.")
    return told


def answered(comparison: Comparison) -> pl.DataFrame:
    """The rows of questions, without those of figures."""
    return comparison.rows.filter(pl.col("method") == ANSWER_METHOD)


def documents_of(comparison: Comparison, rows: pl.DataFrame) -> list[Document]:
    """The documents that rows of the comparison are from, in the order of its sources."""
    used = {*rows["source_id"]}
    return [source for source in comparison.sources if source.id in used]


def committee_of(documents: Sequence[Document]) -> str:
    """The committee that published the first document that says one; empty where none does."""
    said = (source.publisher.partition(", ")[2].partition(" (")[0] for source in documents)
    return next((name for name in said if "nämnd" in name), "")


def _known(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells a row of the annexes from the others."""
    return tuple(row[name] for name in ("area_id", "indicator_id", "period", "sex"))


def _numbers(comparison: Comparison) -> dict[tuple[Any, ...], str]:
    """The number of each row in the annexes: 2.14 is the 14th row of annex 2."""
    return {
        _known(row): f"{annex}.{place}"
        for annex, part in enumerate(parts(comparison), start=1)
        for place, row in enumerate(part.rows.to_dicts(), start=1)
    }


def reservations(workspace: Workspace, comparison: Comparison) -> list[str]:
    """What to keep in mind: what a difference says, and which figures are missing."""
    points = []
    if not comparison.areas.is_empty():
        points.append(
            "Kommunen har ett svar (JA, DELVIS eller NEJ), länet och riket en andel kommuner som "
            "svarat JA. En skillnad visar hur vanligt det är att andra svarat JA. Den säger inget "
            "om kvaliteten."
        )
    points += _groups(workspace, comparison)
    points += figure_reasons(comparison.rows.filter(pl.col("method") != ANSWER_METHOD))
    rows = answered(comparison)
    numbers = _numbers(comparison)
    unanswered = rows.filter(pl.col("answer").is_null()).to_dicts()
    if len(unanswered) > _MOST_NAMED:
        where = listed([f"nr {numbers[_known(row)]}" for row in unanswered])
        points.append(
            f"{comparison.place} har inte svarat på {count_word(len(unanswered))} frågor: {where}."
        )
    else:
        points += [
            f"{comparison.place} har inte svarat på frågan ”{row['label']}” ({row['area_name']})."
            for row in unanswered
        ]
    for name, place in (("county", comparison.county), ("country", "riket")):
        lacking = rows.filter(pl.col("answer").is_not_null() & pl.col(name).is_null())
        points += [
            f"Uppgift för {place} saknas: ”{question}” ({area})."
            for question, area in lacking.select("label", "area_name").iter_rows()
        ]
    if not comparison.areas.is_empty() and not (
        shared_questions(workspace.observations(), workspace.indicators, comparison.geo).is_empty()
    ):
        points.append(
            "Några frågor ställs i flera områden. De räknas en gång per område, eftersom svaren "
            "gäller olika verksamheter."
        )
    return [clean(point) for point in points]
