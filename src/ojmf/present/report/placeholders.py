"""What a report template can show: the values of its placeholders, all texts in Swedish."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare import shared_questions
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import Grade
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    FILLS,
    area_source,
    counts,
    document_name,
    explanation,
    gap,
    marks,
    own_text,
    parts,
    provenance,
    share,
    status_label,
    title,
    unit_text,
)
from ojmf.present.marks import line_or_place
from ojmf.present.report import paragraphs
from ojmf.present.report.figure_text import (
    figure_gaps,
    figure_note,
    figure_opening,
    figure_reasons,
    figure_summary,
)
from ojmf.present.report.filling import Picture
from ojmf.present.report.notes import Notes, clean
from ojmf.present.report.previous import changes
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


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``rad`` in the rows of an area: one question as texts without control characters."""

    indikator: str
    svar: str
    lan: str
    riket: str
    kommentar: str
    status: str
    farg: str
    gap_lan: str
    gap_riket: str
    rad: str
    hanvisning: str


@dataclass(frozen=True, slots=True)
class ShownArea:
    """``omrade``: one area with its figures, its rows and, in a report, its paragraphs."""

    nummer: int
    namn: str
    rubrik: str
    antal: int
    grona: int
    gula: int
    roda: int
    ej_svar: int
    antal_text: str
    andel: str
    lan: str
    riket: str
    gap_lan: str
    gap_riket: str
    kalla: str
    rader: tuple[ShownRow, ...]
    text: Paragraphs


@dataclass(frozen=True, slots=True)
class ShownChange:
    """``rad`` in the answers that have changed."""

    omrade: str
    indikator: str
    forut: str
    nu: str


@dataclass(frozen=True, slots=True)
class TableValues:
    """The placeholders of a comparison table, by the names that a template writes."""

    rubrik: str
    kommun: str
    kommunkod: str
    lan: str
    lasanvisning: str
    omraden: tuple[ShownArea, ...]
    kallor: Paragraphs


@dataclass(frozen=True, slots=True)
class ReportValues(TableValues):
    """The placeholders of a report: those of the table, and these."""

    datum: str
    diarienummer: str
    namnd: str
    period: str
    forslag: str
    sammanfattning: Paragraphs
    forandring: str
    forandringar: tuple[ShownChange, ...]
    nya: Paragraphs
    utgangna: Paragraphs
    ej_jamforbart: Paragraphs
    diagram: Picture


def table_values(comparison: Comparison) -> TableValues:
    """The placeholders of a comparison table."""
    return TableValues(
        rubrik=title(comparison),
        kommun=comparison.place,
        kommunkod=comparison.geo,
        lan=comparison.county,
        lasanvisning=" ".join(explanation(comparison)),
        omraden=_areas(comparison),
        kallor=_sources(comparison),
    )


def report_values(
    workspace: Workspace, comparison: Comparison, head: Head, notes: Notes
) -> ReportValues:
    """The placeholders of a report; ``notes`` collects its footnotes."""
    note = _noter(comparison, notes)
    areas = paragraphs.area_figures(comparison.areas)
    figures = comparison.figure_areas.to_dicts()
    # The board that published the first source stands behind the comma of its publisher.
    published = comparison.sources[0].publisher if comparison.sources else ""
    board = clean(head.board) or published.partition(", ")[2] or "nämnden"
    table = table_values(comparison)
    past = changes(workspace, comparison)
    texts = [
        _paragraphs(
            paragraphs.area_opening(row),
            paragraphs.area_means(row, comparison.place, comparison.county),
            paragraphs.area_gaps(comparison.area(row.area_id), comparison.place, note),
        )
        for row in areas
    ]
    answered = {row.area_id for row in areas}
    texts += [
        _paragraphs(figure_opening(row), figure_gaps(comparison.area(row["area_id"]), note))
        for row in figures
        if row["area_id"] not in answered
    ]
    shown = [replace(area, text=text) for area, text in zip(table.omraden, texts, strict=True)]
    period = ", ".join(dict.fromkeys(s.reporting_period for s in comparison.sources))
    return ReportValues(
        rubrik=table.rubrik,
        kommun=table.kommun,
        kommunkod=table.kommunkod,
        lan=table.lan,
        lasanvisning=table.lasanvisning,
        omraden=tuple(shown),
        kallor=table.kallor,
        datum=head.day.isoformat(),
        diarienummer=clean(head.diary_number),
        namnd=board,
        period=period.strip(", ") or ", ".join(comparison.rows["period"].unique().sort()),
        forslag=f"{board[:1].upper()}{board[1:]} tar del av jämförelsen.",
        sammanfattning=_paragraphs(
            paragraphs.summary(areas, comparison.place, comparison.county) if areas else "",
            paragraphs.summary_areas(areas, comparison.place),
            paragraphs.summary_gaps(_answered(comparison), note),
            figure_summary(figures, comparison.place, comparison.county) if figures else "",
        ),
        forandring=past.text if past else _NO_PREVIOUS,
        forandringar=tuple(
            ShownChange(clean(area), clean(label), before, after)
            for area, label, before, after in (past.answers.iter_rows() if past else ())
        ),
        nya=Paragraphs(map(clean, past.added if past else ())),
        utgangna=Paragraphs(map(clean, past.dropped if past else ())),
        ej_jamforbart=_not_comparable(workspace, comparison),
        diagram=_chart(comparison),
    )


def _chart(comparison: Comparison) -> Picture:
    """The share in place of every area beside the county and the country."""
    from ojmf.present import charts

    chart = charts.area_chart(
        comparison.areas, own_name=comparison.place, county_name=comparison.county
    )
    return Picture(charts.render(chart, "png"), clean(charts.alt_text(chart)), _CHART_WIDTH)


def _paragraphs(*texts: str) -> Paragraphs:
    return Paragraphs(text for text in texts if text)


def _noter(comparison: Comparison, notes: Notes) -> paragraphs.Note:
    """A function from a row to the mark of a footnote with its source, line and citation."""
    documents = {source.id: document_name(source) for source in comparison.sources}

    def note(row: paragraphs.Row) -> str:
        if row["source_id"] not in documents:
            return ""
        marks = [row["mark"], row["county_mark"] and f"länet {row['county_mark']}"]
        marks += [row["beside_mark"] and f"{row['beside_name']} {row['beside_mark']}"]
        where = [documents[row["source_id"]], row["table"], row["place"], *marks]
        return notes.mark(clean(f"{', '.join(filter(None, where))}. Hänvisning: {row['citation']}"))

    return note


def _answered(comparison: Comparison) -> pl.DataFrame:
    return comparison.rows.filter(pl.col("method") == ANSWER_METHOD)


def _areas(comparison: Comparison) -> tuple[ShownArea, ...]:
    """The areas with answers, then those of figures, in the order of ``views.parts``."""
    answers = paragraphs.area_figures(comparison.areas)
    shown = [_area(comparison, area, number) for number, area in enumerate(answers, 1)]
    figures = {row["area_id"]: row for row in comparison.figure_areas.to_dicts()}
    for number, part in enumerate(parts(comparison)[len(shown) :], len(shown) + 1):
        row, name = figures[part.area_id], clean(part.name)
        shown.append(
            ShownArea(
                nummer=number,
                namn=name,
                rubrik=f"Bilaga {number}. {name}",
                antal=row["figures"],
                grona=row["green"],
                gula=row["yellow"],
                roda=row["red"],
                ej_svar=0,
                antal_text=f"{part.counts}.",
                andel=_NOTHING,
                lan=_NOTHING,
                riket=_NOTHING,
                gap_lan=_NOTHING,
                gap_riket=_NOTHING,
                kalla=clean(area_source(comparison, part.area_id)),
                rader=_rows(comparison.area(part.area_id)),
                text=Paragraphs(),
            )
        )
    return tuple(shown)


def _area(comparison: Comparison, area: paragraphs.AreaFigures, number: int) -> ShownArea:
    def mean(value: float | None, *, signed: bool = False) -> str:
        return _NOTHING if value is None else swedish(value, 1, signed=signed)

    name = clean(area.area_name)
    return ShownArea(
        nummer=number,
        namn=name,
        rubrik=f"Bilaga {number}. {name}",
        antal=area.indicators,
        grona=area.green,
        gula=area.yellow,
        roda=area.red,
        ej_svar=area.grey,
        antal_text=f"{counts(asdict(area))}.",
        andel=mean(area.share_yes),
        lan=mean(area.county_mean),
        riket=mean(area.national_mean),
        gap_lan=mean(area.gap_county, signed=True),
        gap_riket=mean(area.gap_national, signed=True),
        kalla=clean(area_source(comparison, area.area_id)),
        rader=_rows(comparison.area(area.area_id)),
        text=Paragraphs(),
    )


def _rows(rows: pl.DataFrame) -> tuple[ShownRow, ...]:
    shown = rows.select(
        pl.col("label").alias("indikator"),
        pl.concat_str(own_text(), unit_text(), separator=" ", ignore_nulls=True)
        .replace("", None)
        .fill_null(_NOTHING)
        .alias("svar"),
        share("county").fill_null(_NOTHING).alias("lan"),
        share("country").fill_null(_NOTHING).alias("riket"),
        # In a column that every template has, so that no template can leave a mark out.
        pl.concat_str(marks(), figure_note(), "comment", separator="; ", ignore_nulls=True).alias(
            "kommentar"
        ),
        status_label().alias("status"),
        pl.col("status").replace(FILLS).alias("farg"),
        gap("county").fill_null(_NOTHING).alias("gap_lan"),
        gap("country").fill_null(_NOTHING).alias("gap_riket"),
        line_or_place().fill_null("").alias("rad"),
        pl.col("citation").fill_null("").alias("hanvisning"),
    )
    return tuple(ShownRow(*map(clean, texts)) for texts in shown.iter_rows())


def _sources(comparison: Comparison) -> Paragraphs:
    spans = dict(provenance(comparison).select("Källa", "Rader").iter_rows())
    # A span of lines is bare figures, for it stands under the heading Rader elsewhere.
    places = {
        source_id: f"Rad {span}" if span[:1].isdigit() else f"{span[:1].upper()}{span[1:]}"
        for source_id, span in spans.items()
    }
    return Paragraphs(
        clean(
            f"{document_name(source)}, {source.date.isoformat()}. {places[source.id]} i "
            f"{source.document} (källa {source.id}, SHA-256 {source.sha256[:12]}…)."
        )
        for source in comparison.sources
    )


def _not_comparable(workspace: Workspace, comparison: Comparison) -> Paragraphs:
    """What the figures can't be used for: gaps of a kind, missing answers, unlike concepts."""
    points = []
    if not comparison.areas.is_empty():
        points.append(
            f"{comparison.place} har ett svar, medan länet och riket är andelar av kommuner. Gapet "
            "visar hur vanligt det är att ha det som saknas, inte hur bra det är."
        )
    points += figure_reasons(comparison.rows.filter(pl.col("method") != ANSWER_METHOD))
    rows = _answered(comparison)
    for row in rows.filter(pl.col("answer").is_null()).to_dicts():
        where = f" ({row['place']})" if row["place"] is not None else ""
        points.append(f"Svar saknas: ”{row['label']}” i {row['area_name']}{where}.")
    for name, place in (("county", comparison.county), ("country", "riket")):
        lacking = rows.filter(pl.col("answer").is_not_null() & pl.col(name).is_null())
        points += [
            f"Uppgift för {place} saknas: ”{label}” i {area}."
            for label, area in lacking.select("label", "area_name").iter_rows()
        ]
    if (
        not comparison.areas.is_empty()
        and not shared_questions(
            workspace.observations(), workspace.indicators, comparison.geo
        ).is_empty()
    ):
        points.append(
            "Samma fråga ställs i flera områden, men svaren gäller olika verksamheter och läggs "
            "inte ihop."
        )
    known = {formula.geo for concept in workspace.concepts for formula in concept.formula}
    points += [
        f"{concept.name}: {GRADE_WORDS[concept.grade]}. {concept.reason.rstrip('.')}."
        for concept in workspace.concepts
        if concept.grade in {Grade.PARTLY, Grade.NOT_COMPARABLE}
        and (
            concept.formula_for(comparison.geo) is not None
            or (not concept.formula and comparison.geo in known)
        )
    ]
    return Paragraphs(map(clean, points))
