"""What a report template can show: the values of its placeholders, all texts in Swedish."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    FILLS,
    area_source,
    comment,
    counts,
    document_name,
    explanation,
    gap,
    marks,
    own_text,
    parts,
    periods_in_words,
    provenance,
    share,
    status_label,
    title,
    unit_text,
)
from ojmf.present.area_rows import AreaFigures, area_figures
from ojmf.present.marks import in_text_version_of, line_or_place
from ojmf.present.report import paragraphs
from ojmf.present.report.figure_text import (
    answer_note,
    figure_gaps,
    figure_note,
    figure_opening,
    figure_summary,
)
from ojmf.present.report.filling import Picture
from ojmf.present.report.notes import Notes, clean
from ojmf.present.report.previous import changes
from ojmf.present.report.tracing import answered, noter, reservations
from ojmf.printed import swedish

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_NOTHING = "–"
_CHART_WIDTH = 16.0  # cm
_SENDER = "[Avsändare: förvaltning och handläggare]"
_SIGNATURES = ("[Namn, förvaltningschef]", "[Namn, handläggare]")
ASSESSMENT = "[Förvaltningens bedömning]"
"""What stands where a person has still to write."""


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
    sender: str = ""
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``rad`` in the rows of an area: one question as texts without control characters."""

    nummer: str
    stalle: str
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
    fragor: Paragraphs
    bedomning: str


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
    avsandare: str
    underskrifter: Paragraphs
    arende: str
    period: str
    forslag: str
    sammanfattning: Paragraphs
    forandring: str
    forandringar: tuple[ShownChange, ...]
    nya: Paragraphs
    utgangna: Paragraphs
    ej_jamforbart: Paragraphs
    diagram: Picture | str
    sparbarhet: tuple[ShownRow, ...]


def table_values(comparison: Comparison, *, pointed: bool = True) -> TableValues:
    """The placeholders of a comparison table.

    Where a comment is not at hand, its line stands in its place if ``pointed``.
    """
    return TableValues(
        rubrik=title(comparison),
        kommun=comparison.place,
        kommunkod=comparison.geo,
        lan=comparison.county,
        lasanvisning=" ".join(explanation(comparison)),
        omraden=_areas(comparison, pointed=pointed),
        kallor=_sources(comparison),
    )


def report_values(
    workspace: Workspace, comparison: Comparison, head: Head, notes: Notes
) -> ReportValues:
    """The placeholders of a report; ``notes`` collects its footnotes."""
    note = noter(comparison, notes)
    period = ", ".join(periods_in_words(comparison, comparison.sources))
    areas = area_figures(comparison.areas)
    figures = comparison.figure_areas.to_dicts()
    # The board that published the first source stands behind the comma of its publisher.
    published = comparison.sources[0].publisher if comparison.sources else ""
    board = clean(head.board) or published.partition(", ")[2] or "nämnden"
    table = table_values(comparison, pointed=False)
    past = changes(workspace, comparison)
    # First, for its footnotes are the first that a reader meets.
    summary = _paragraphs(
        paragraphs.summary(areas, comparison.place, period) if areas else "",
        paragraphs.summary_areas(areas, comparison.place),
        paragraphs.summary_gaps(answered(comparison), comparison.place, note),
        figure_summary(figures, comparison.place, comparison.county) if figures else "",
        paragraphs.summary_beside(answered(comparison), comparison.place),
        past.text if past else "",
    )
    asked_areas = {row.area_id for row in areas}
    texts: list[tuple[Paragraphs, Paragraphs]] = []
    for row in areas:
        lacking = paragraphs.area_gaps(comparison.area(row.area_id), comparison.place)
        means = paragraphs.area_means(row, comparison.place, comparison.county)
        opening = " ".join(filter(None, [paragraphs.area_opening(row), means]))
        asked = Paragraphs(
            f"{paragraphs.question(one, note)}. {clean(one['comment'] or ASSESSMENT)}"
            for one in lacking.rows
        )
        texts.append((_paragraphs(opening, lacking.sentence), asked))
    texts += [
        (
            _paragraphs(figure_opening(row), figure_gaps(comparison.area(row["area_id"]), note)),
            Paragraphs(),
        )
        for row in figures
        if row["area_id"] not in asked_areas
    ]
    shown = [
        replace(area, text=text, fragor=asked)
        for area, (text, asked) in zip(table.omraden, texts, strict=True)
    ]
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
        avsandare=clean(head.sender) or _SENDER,
        underskrifter=Paragraphs(map(clean, head.signatures or _SIGNATURES)),
        arende=(
            "Öppna jämförelser är Socialstyrelsens indikatorer för socialtjänstens kvalitet. "
            f"{comparison.place} har besvarat frågorna för {period}. Länets och rikets andelar är "
            "andelen kommuner som har svarat JA."
            if areas
            else f"Här redovisas uppgifter ur rapporter från {clean(comparison.place)}."
        ),
        period=period,
        forslag=(
            f"{board[:1].upper()}{board[1:]} tar del av "
            + (f"redovisningen av Öppna jämförelser {period}." if areas else "jämförelsen.")
        ),
        sammanfattning=summary,
        forandring=past.text if past else "",
        forandringar=tuple(
            ShownChange(clean(area), clean(label), before, after)
            for area, label, before, after in (past.answers.iter_rows() if past else ())
        ),
        nya=Paragraphs(map(clean, past.added if past else ())),
        utgangna=Paragraphs(map(clean, past.dropped if past else ())),
        ej_jamforbart=Paragraphs(reservations(workspace, comparison)),
        diagram=_chart(comparison, period) if areas else "",
        sparbarhet=tuple(row for area in shown for row in area.rader),
    )


def _chart(comparison: Comparison, period: str) -> Picture:
    """The share in place of every area beside the county and the country."""
    from ojmf.present import charts

    chart = charts.area_chart(
        comparison.areas,
        title=f"Andel JA per område {period}: {comparison.place}, {comparison.county} och riket",
        own_name=comparison.place,
        county_name=comparison.county,
    )
    return Picture(charts.render(chart, "png"), clean(charts.alt_text(chart)), _CHART_WIDTH)


def _paragraphs(*texts: str) -> Paragraphs:
    return Paragraphs(text for text in texts if text)


def _areas(comparison: Comparison, *, pointed: bool) -> tuple[ShownArea, ...]:
    """The areas with answers, then those of figures, in the order of ``views.parts``."""
    answers = area_figures(comparison.areas)
    shown = [
        _area(comparison, area, number, pointed=pointed) for number, area in enumerate(answers, 1)
    ]
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
                rader=_rows(comparison.area(part.area_id), number, pointed=pointed),
                text=Paragraphs(),
                fragor=Paragraphs(),
                bedomning=ASSESSMENT,
            )
        )
    return tuple(shown)


def _area(comparison: Comparison, area: AreaFigures, number: int, *, pointed: bool) -> ShownArea:
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
        rader=_rows(comparison.area(area.area_id), number, pointed=pointed),
        text=Paragraphs(),
        fragor=Paragraphs(),
        bedomning=ASSESSMENT,
    )


def _rows(rows: pl.DataFrame, annex: int, *, pointed: bool) -> tuple[ShownRow, ...]:
    places = in_text_version_of("place")
    documents = pl.concat_str("table", places, separator=", ", ignore_nulls=True)
    said = comment() if pointed else pl.col("comment")
    shown = rows.with_row_index("at", offset=1).select(
        pl.format("{}.{}", pl.lit(annex), "at").alias("nummer"),
        documents.fill_null("").alias("stalle"),
        pl.col("label").alias("indikator"),
        # A unit alone says nothing: what has only a printed deviation has no figure of its own.
        pl.coalesce(pl.concat_str(own_text(), unit_text(), separator=" "), own_text())
        .fill_null(_NOTHING)
        .alias("svar"),
        share("county").fill_null(_NOTHING).alias("lan"),
        share("country").fill_null(_NOTHING).alias("riket"),
        # In a column that every template has, so that no template can leave a mark out.
        pl.concat_str(
            marks(), figure_note(), answer_note(), said, separator="; ", ignore_nulls=True
        ).alias("kommentar"),
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
            f"dokumentets textversion ({source.document})."
        )
        for source in comparison.sources
    )
