"""What a report template can show: the values of its placeholders, all texts in Swedish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    compared_names,
    periods_in_words,
)
from ojmf.present.area_rows import area_figures
from ojmf.present.counted_once import counted_again
from ojmf.present.difference_views import women_and_men_sentences
from ojmf.present.gap_worth import sentences
from ojmf.present.report import paragraphs
from ojmf.present.report.annex_values import table_values
from ojmf.present.report.figure_text import (
    figure,
    figure_gaps,
    figure_opening,
    figure_summary,
    largest,
)
from ojmf.present.report.filling import Picture
from ojmf.present.report.notes import Notes, clean
from ojmf.present.report.previous import changes
from ojmf.present.report.tracing import answered, noter, reservations
from ojmf.present.report.values import (
    ASSESSMENT,
    Head,
    Paragraphs,
    ReportValues,
    ShownArea,
    ShownChange,
)
from ojmf.present.views import Names
from ojmf.present.words import listed

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_CHART_WIDTH = 12.0  # cm
_SENDER = "[Avsändare: förvaltning och handläggare]"
_NOTHING_EARLIER = "Uppgifter från tidigare år ingår inte i underlaget."
_SIGNATURES = ("[Namn, förvaltningschef]", "[Namn, handläggare]")


def report_values(
    workspace: Workspace,
    comparison: Comparison,
    head: Head,
    notes: Notes,
    before: pl.Expr | None = None,
) -> ReportValues:
    """The placeholders of a report; ``notes`` collects its footnotes.

    ``before`` is the condition on the periods that it tells changes since.
    """
    note = noter(comparison, notes)
    period = listed(periods_in_words(comparison, comparison.sources))
    areas = area_figures(comparison.areas)
    figures = comparison.figure_areas.to_dicts()
    # The committee that published the first source stands behind the comma of its publisher.
    published = comparison.sources[0].publisher if comparison.sources else ""
    committee = clean(head.committee) or published.partition(", ")[2] or "nämnden"
    table = table_values(comparison, pointed=False)
    past = changes(workspace, comparison, before)
    # First, for its footnotes are the first that a reader meets.
    ahead, behind = paragraphs.summary_areas(areas, comparison.place)
    measured = comparison.rows.filter(pl.col("method") != ANSWER_METHOD)
    lagging = paragraphs.summary_gaps(answered(comparison), comparison.place, note)
    again = counted_again(workspace, comparison.geo, measured)
    summary = _paragraphs(
        paragraphs.summary(areas, comparison.place, period) if areas else "",
        figure_summary(figures, comparison.place, again) if figures else "",
        paragraphs.summary_beside(answered(comparison), comparison.place),
    )
    good = _sentences(ahead, largest(measured, note, better=True))
    less_good = _sentences(behind, lagging, largest(measured, note, better=False))
    asked_areas = {row.area_id for row in areas}
    texts: list[tuple[Paragraphs, Paragraphs]] = []
    for row in areas:
        lacking = paragraphs.area_gaps(comparison.area(row.area_id), comparison.place)
        means = paragraphs.area_means(row, comparison.place, comparison.county)
        opening = " ".join(filter(None, [paragraphs.area_opening(row), means]))
        asked = Paragraphs(
            f"{paragraphs.question(one, note)}. {_assessed(one)}" for one in lacking.rows
        )
        texts.append((_paragraphs(opening, lacking.sentence), asked))
    for measures in figures:
        if measures["area_id"] not in asked_areas:
            worst = figure_gaps(comparison.area(measures["area_id"]))
            said = Paragraphs(f"{figure(one, note)}. {_assessed(one)}" for one in worst.rows)
            texts.append((_paragraphs(figure_opening(measures), worst.sentence), said))
    shown = [
        replace(area, text=text, fragor=asked)
        for area, (text, asked) in zip(table.omraden, texts, strict=True)
    ]
    changed = past is not None and bool(past.answers.height or past.added or past.dropped)
    titles = ["Det som har ändrats", "Spårbarhet"] if changed else ["Spårbarhet"]
    annexes = [f"Bilaga {number}. {name}" for number, name in enumerate(titles, len(shown) + 1)]
    return ReportValues(
        rubrik=table.rubrik,
        kommun=table.kommun,
        kommunkod=table.kommunkod,
        lan=table.lan,
        lasanvisning=table.lasanvisning,
        omraden=tuple(shown),
        svarsomraden=tuple(shown[: len(areas)]),
        mattomraden=tuple(shown[len(areas) :]),
        efter_vikt=_by_weight(comparison, shown),
        motsvarar=Paragraphs(
            map(
                clean,
                sentences(
                    comparison.worth,
                    Names(workspace.indicators, workspace.places),
                ),
            )
        ),
        kvinnor_och_man=Paragraphs(map(clean, women_and_men_sentences(comparison.sexes))),
        kallor=table.kallor,
        datum=head.day.isoformat(),
        diarienummer=clean(head.diary_number),
        namnd=committee,
        avsandare=clean(head.sender) or _SENDER,
        underskrifter=Paragraphs(map(clean, head.signatures or _SIGNATURES)),
        arende=(
            "Öppna jämförelser är Socialstyrelsens indikatorer för socialtjänstens kvalitet. "
            f"{comparison.place} har besvarat frågorna för {period}. Länets och rikets andelar är "
            "andelen kommuner som har svarat JA."
            if areas
            else _case_of_figures(comparison)
        ),
        period=period,
        forslag=(
            f"{committee[:1].upper()}{committee[1:]} tar del av "
            + (
                f"redovisningen av Öppna jämförelser {period}."
                if areas
                else f"redovisningen av mått för {period}."
            )
        ),
        sammanfattning=summary,
        bra=good,
        mindre_bra=less_good,
        forandring=past.text if past else _NOTHING_EARLIER,
        forra=past.before if past else "",
        forandringar=tuple(
            ShownChange(clean(area), clean(label), before, after, way)
            for area, label, before, after, way in (past.answers.iter_rows() if past else ())
        ),
        nya=Paragraphs(map(clean, past.added if past else ())),
        utgangna=Paragraphs(map(clean, past.dropped if past else ())),
        ej_jamforbart=Paragraphs(reservations(workspace, comparison)),
        diagram=_chart(comparison, period) if areas else "",
        bilaga_forandring=f"{annexes[0]} sedan {past.before}" if changed and past else "",
        bilaga_sparbarhet=annexes[-1],
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
        computed=comparison.computed,
    )
    return Picture(charts.render(chart, "png"), clean(charts.alt_text(chart)), _CHART_WIDTH)


def _sentences(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _case_of_figures(comparison: Comparison) -> str:
    names = compared_names(comparison)
    beside = f" De jämförs med {listed(names)}." if names else ""
    return clean(f"Här redovisas uppgifter om {comparison.place}.{beside}")


def _assessed(row: Mapping[str, Any]) -> str:
    """The comment of a row, or the place for one."""
    return clean(row["comment"] or ASSESSMENT)


def _by_weight(comparison: Comparison, shown: Sequence[ShownArea]) -> tuple[ShownArea, ...]:
    """The areas furthest behind the county first, then those of figures with most that is worse."""
    gaps = comparison.areas["gap_county"].to_list()
    answers = sorted(
        zip(gaps, shown, strict=False),
        key=lambda one: (one[0] is None, one[0] if one[0] is not None else 0.0),
    )
    figures = sorted(shown[len(gaps) :], key=lambda area: -(area.samre + area.roda))
    return (*(area for _, area in answers), *figures)


def _paragraphs(*texts: str) -> Paragraphs:
    return Paragraphs(text for text in texts if text)
