"""What a report template can show: the values of its placeholders, all texts in Swedish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.present.annex.documents import document_of
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    compared_names,
    periods_in_words,
    years_of_figures,
)
from ojmf.present.area_rows import area_figures
from ojmf.present.counted_once import counted_again
from ojmf.present.difference_views import women_and_men_sentences
from ojmf.present.gap_worth import sentences
from ojmf.present.report import paragraphs
from ojmf.present.report.annex_values import stands, table_values
from ojmf.present.report.figure_text import figure_summary, without_verdict
from ojmf.present.report.filling import Picture
from ojmf.present.report.in_short import good_and_less_good
from ojmf.present.report.notes import Notes, clean
from ojmf.present.report.previous import changes
from ojmf.present.report.sections import sections
from ojmf.present.report.tracing import (
    answered,
    committee_of,
    documents_of,
    noter,
    reservations,
)
from ojmf.present.report.values import (
    Head,
    Paragraphs,
    ReportValues,
    ShownChange,
)
from ojmf.present.views import Names
from ojmf.present.words import capital, listed

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
    past = changes(workspace, comparison, before)
    if past is not None:
        comparison = _with_earlier(workspace, comparison, past.rows)
    note = noter(comparison, notes)
    areas = area_figures(comparison.areas)
    figures = comparison.figure_areas.to_dicts()
    asked, measured = (
        answered(comparison),
        comparison.rows.filter(pl.col("method") != ANSWER_METHOD),
    )
    # What is asked has one period, which is that of its documents; figures have their own.
    own = documents_of(comparison, asked if areas else comparison.rows)
    period = listed(periods_in_words(comparison, own))
    committee = clean(head.committee) or committee_of(own) or "nämnden"
    table = table_values(comparison, pointed=False)
    again = counted_again(workspace, comparison.geo, measured)
    summary = _paragraphs(
        paragraphs.summary(areas, comparison.place, period) if areas else "",
        " ".join(
            filter(
                None,
                (figure_summary(figures, comparison.place, again), without_verdict(measured)),
            )
        )
        if figures
        else "",
        paragraphs.summary_beside(asked, comparison.place),
    )
    # First, for its footnotes are the first that a reader meets.
    good, less_good = good_and_less_good(comparison, areas, note)
    worth = sentences(comparison.worth, Names(workspace.indicators, workspace.places))
    sexes = women_and_men_sentences(comparison.sexes)
    said = sections(comparison, table.omraden, note, [*worth, *sexes])
    shown = said.areas
    changed = past is not None and bool(past.rows.height or past.added or past.dropped)
    titles = ["Det som har ändrats", "Spårbarhet"] if changed else ["Spårbarhet"]
    annexes = [f"Bilaga {number}. {name}" for number, name in enumerate(titles, len(shown) + 1)]
    return ReportValues(
        rubrik=table.rubrik,
        kommun=table.kommun,
        kommunkod=table.kommunkod,
        lan=table.lan,
        lasanvisning=table.lasanvisning,
        omraden=shown,
        svarsomraden=shown[: len(areas)],
        mattomraden=shown[len(areas) :],
        efter_vikt=said.weighed,
        ordning=said.order,
        ej_jamforda=clean(said.others),
        motsvarar=Paragraphs(map(clean, worth)),
        kvinnor_och_man=Paragraphs(map(clean, sexes)),
        kallor=table.kallor,
        datum=head.day.isoformat(),
        diarienummer=clean(head.diary_number),
        namnd=committee,
        avsandare=clean(head.sender) or _SENDER,
        underskrifter=Paragraphs(map(clean, head.signatures or _SIGNATURES)),
        arende=clean(_case(comparison, period)),
        period=period,
        forslag=f"{capital(committee)} tar del av redovisningen av "
        f"{_accounted(comparison, period)}.",
        sammanfattning=summary,
        bra=good,
        mindre_bra=less_good,
        forandring=past.text if past else _NOTHING_EARLIER,
        forra=past.before if past else "",
        forandringar=_changed(comparison, past.rows) if past else (),
        nya=Paragraphs(map(clean, past.added if past else ())),
        utgangna=Paragraphs(map(clean, past.dropped if past else ())),
        ej_jamforbart=Paragraphs(reservations(workspace, comparison)),
        diagram=_chart(comparison, period) if areas else "",
        bilaga_forandring=f"{annexes[0]} sedan {past.before}" if changed and past else "",
        bilaga_sparbarhet=annexes[-1],
        sparbarhet=tuple(row for area in shown for row in area.rader),
    )


def _with_earlier(workspace: Workspace, comparison: Comparison, rows: pl.DataFrame) -> Comparison:
    """The table with the documents of the earlier figures among those that it is compared with."""
    known = {source.id for source in (*comparison.sources, *comparison.beside)}
    ids = rows["before_source_id"].drop_nulls().unique(maintain_order=True)
    more = [document_of(workspace, one) for one in ids if one not in known]
    return replace(comparison, beside=(*comparison.beside, *filter(None, more)))


def _changed(comparison: Comparison, rows: pl.DataFrame) -> tuple[ShownChange, ...]:
    """What has changed, each with where the earlier answer or figure stands."""
    shown = rows.select(
        *("area_name", "label", "before", "before_period"),
        stands(comparison, "before_"),
        *("after", "after_period", "way"),
    )
    return tuple(ShownChange(*map(clean, texts)) for texts in shown.iter_rows())


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


def _case(comparison: Comparison, period: str) -> str:
    """What the matter is: what has been asked, and what figures are compared with."""
    names = compared_names(comparison)
    beside = f" De jämförs med {listed(names)}." if names else ""
    if comparison.areas.is_empty():
        return f"Här redovisas uppgifter om {comparison.place}.{beside}"
    asked = (
        "Öppna jämförelser är Socialstyrelsens indikatorer för socialtjänstens kvalitet. "
        f"{comparison.place} har besvarat frågorna för {period}. Länets och rikets andelar är "
        "andelen kommuner som har svarat JA."
    )
    if comparison.figure_areas.is_empty():
        return asked
    return f"{asked} Här redovisas också mått för {years_of_figures(comparison)}.{beside}"


def _accounted(comparison: Comparison, period: str) -> str:
    """What the committee takes note of."""
    if comparison.areas.is_empty():
        return f"mått för {period}"
    asked = f"Öppna jämförelser {period}"
    if comparison.figure_areas.is_empty():
        return asked
    return f"{asked} och av mått för {years_of_figures(comparison)}"


def _paragraphs(*texts: str) -> Paragraphs:
    return Paragraphs(text for text in texts if text)
