"""What a report template can show: the values of its placeholders, all texts in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.compare import load_concepts, shared_questions
from ojmf.declarations.concepts import Grade
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    FILLS,
    area_source,
    counts,
    document_name,
    explanation,
    gap,
    provenance,
    share,
    status_label,
    title,
)
from ojmf.present.report import sentences
from ojmf.present.report.changes import changes
from ojmf.present.report.notes import Notes, clean
from ojmf.present.report.render import Picture
from ojmf.present.words import GRADE_WORDS
from ojmf.printed import swedish

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_NOTHING = "–"
_CHART_WIDTH = 16.0  # cm
_NO_PREVIOUS = "Ingen tidigare redovisning är inläst, så ingen förändring kan visas."


class Paragraphs(tuple[str, ...]):
    """Paragraphs to loop over; as one text they are lines."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)


@dataclass(frozen=True, slots=True)
class Head:
    """What a report says of itself."""

    day: date
    diary_number: str = ""
    board: str = ""


def table_context(comparison: Comparison) -> dict[str, Any]:
    """The placeholders of a comparison table."""
    areas = comparison.areas.to_dicts()
    return {
        "rubrik": title(comparison),
        "kommun": comparison.place,
        "kommunkod": comparison.geo,
        "lan": comparison.county,
        "lasanvisning": " ".join(explanation(comparison)),
        "omraden": [_area(comparison, area, number) for number, area in enumerate(areas, 1)],
        "kallor": _sources(comparison),
    }


def report_context(
    workspace: Workspace, comparison: Comparison, head: Head, notes: Notes
) -> dict[str, Any]:
    """The placeholders of a report; ``notes`` collects its footnotes."""
    note = _noter(comparison, notes)
    areas = comparison.areas.to_dicts()
    board = clean(head.board) or _board(comparison)
    past = changes(workspace, comparison)
    context = table_context(comparison)
    for shown, area in zip(context["omraden"], areas, strict=True):
        rows = comparison.area(area["area_id"])
        shown["text"] = _paragraphs(
            sentences.area_opening(area),
            sentences.area_means(area, comparison.place, comparison.county),
            sentences.area_gaps(rows, comparison.place, note),
        )
    return context | {
        "datum": head.day.isoformat(),
        "diarienummer": clean(head.diary_number),
        "namnd": board,
        "period": ", ".join(dict.fromkeys(s.reporting_period for s in comparison.sources)),
        "forslag": f"{board[:1].upper()}{board[1:]} tar del av jämförelsen.",
        "sammanfattning": _paragraphs(
            sentences.summary(areas, comparison.place, comparison.county),
            sentences.summary_areas(areas, comparison.place),
            sentences.summary_gaps(comparison.rows, note),
        ),
        "forandring": past.text if past else _NO_PREVIOUS,
        "forandringar": []
        if past is None
        else [
            {"omrade": clean(area), "indikator": clean(label), "forut": before, "nu": after}
            for area, label, before, after in past.answers.iter_rows()
        ],
        "nya": Paragraphs(map(clean, past.added)) if past else Paragraphs(),
        "utgangna": Paragraphs(map(clean, past.dropped)) if past else Paragraphs(),
        "ej_jamforbart": _not_comparable(workspace, comparison),
        "diagram": _chart(comparison),
    }


def _chart(comparison: Comparison) -> Picture:
    """The share in place of every area beside the county and the country."""
    from ojmf.present import charts

    chart = charts.area_chart(
        comparison.areas, own_name=comparison.place, county_name=comparison.county
    )
    return Picture(charts.render(chart, "png"), clean(charts.alt_text(chart)), _CHART_WIDTH)


def _paragraphs(*texts: str) -> Paragraphs:
    return Paragraphs(text for text in texts if text)


def _board(comparison: Comparison) -> str:
    """The board that published the first source: what stands behind the comma, else nämnden."""
    published = comparison.sources[0].publisher if comparison.sources else ""
    return published.partition(", ")[2] or "nämnden"


def _noter(comparison: Comparison, notes: Notes) -> Callable[[Mapping[str, Any]], str]:
    """A function from a row to the mark of a footnote with its source, line and citation."""
    documents = {source.id: document_name(source) for source in comparison.sources}

    def note(row: Mapping[str, Any]) -> str:
        if row["source_id"] not in documents:
            return ""
        place = f"{documents[row['source_id']]}, {row['table']}, rad {row['line']}"
        return notes.mark(clean(f"{place}. Hänvisning: {row['citation']}"))

    return note


def _area(comparison: Comparison, area: Mapping[str, Any], number: int) -> dict[str, Any]:
    name = clean(area["area_name"])
    return {
        "nummer": number,
        "namn": name,
        "rubrik": f"Bilaga {number}. {name}",
        "antal": area["indicators"],
        "grona": area["green"],
        "gula": area["yellow"],
        "roda": area["red"],
        "ej_svar": area["grey"],
        "antal_text": f"{counts(dict(area))}.",
        "andel": _mean(area["share_in_place"]),
        "lan": _mean(area["county_mean"]),
        "riket": _mean(area["national_mean"]),
        "gap_lan": _mean(area["gap_county"], signed=True),
        "gap_riket": _mean(area["gap_national"], signed=True),
        "kalla": clean(area_source(comparison, area["area_id"])),
        "rader": _rows(comparison.area(area["area_id"])),
    }


def _mean(value: float | None, *, signed: bool = False) -> str:
    return _NOTHING if value is None else swedish(value, 1, signed=signed)


def _rows(rows: pl.DataFrame) -> list[dict[str, Any]]:
    shown = rows.select(
        pl.col("label").alias("indikator"),
        pl.col("answer").fill_null(_NOTHING).alias("svar"),
        share("county").fill_null(_NOTHING).alias("lan"),
        share("country").fill_null(_NOTHING).alias("riket"),
        pl.col("comment").fill_null("").alias("kommentar"),
        status_label().alias("status"),
        pl.col("status").replace(FILLS).alias("farg"),
        gap("county").fill_null(_NOTHING).alias("gap_lan"),
        gap("country").fill_null(_NOTHING).alias("gap_riket"),
        pl.col("line").cast(pl.String).fill_null("").alias("rad"),
        pl.col("citation").fill_null("").alias("hanvisning"),
    )
    return [{name: clean(text) for name, text in row.items()} for row in shown.to_dicts()]


def _sources(comparison: Comparison) -> Paragraphs:
    lines = dict(provenance(comparison).select("Källa", "Rader").iter_rows())
    return Paragraphs(
        clean(
            f"{document_name(source)}, {source.date.isoformat()}. Rad {lines[source.id]} i "
            f"{source.document} (källa {source.id}, SHA-256 {source.sha256[:12]}…)."
        )
        for source in comparison.sources
    )


def _not_comparable(workspace: Workspace, comparison: Comparison) -> Paragraphs:
    """What the figures can't be used for: gaps of a kind, missing answers, unlike concepts."""
    points = [
        f"{comparison.place} har ett svar, medan länet och riket är andelar av kommuner. Gapet "
        "visar hur vanligt det är att ha det som saknas, inte hur bra det är."
    ]
    rows = comparison.rows
    for row in rows.filter(pl.col("answer").is_null()).to_dicts():
        where = f" (rad {row['line']})" if row["line"] is not None else ""
        points.append(f"Svar saknas: ”{row['label']}” i {row['area_name']}{where}.")
    for name, place in (("county", comparison.county), ("country", "riket")):
        lacking = rows.filter(pl.col("answer").is_not_null() & pl.col(name).is_null())
        points += [
            f"Uppgift för {place} saknas: ”{label}” i {area}."
            for label, area in lacking.select("label", "area_name").iter_rows()
        ]
    points += _repeated(workspace, comparison)
    points += _concepts(workspace, comparison.geo)
    return Paragraphs(map(clean, points))


def _repeated(workspace: Workspace, comparison: Comparison) -> list[str]:
    repeated = shared_questions(workspace.observations(), workspace.indicators, comparison.geo)
    if repeated.is_empty():
        return []
    return [
        "Samma fråga ställs i flera områden, men svaren gäller olika verksamheter och läggs inte "
        "ihop."
    ]


def _concepts(workspace: Workspace, geo: str) -> list[str]:
    """The declared concepts that touch the municipality and can't, or only partly, be compared."""
    concepts = load_concepts(workspace.root / "data" / "concepts", workspace.indicators)
    known = {formula.geo for concept in concepts for formula in concept.formula}
    return [
        f"{concept.name}: {GRADE_WORDS[concept.grade]}. {concept.reason.rstrip('.')}."
        for concept in concepts
        if concept.grade in {Grade.PARTLY, Grade.NOT_COMPARABLE}
        and (concept.formula_for(geo) is not None or (not concept.formula and geo in known))
    ]
