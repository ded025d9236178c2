"""Citing a figure in Swedish sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.against import resolve_against
from ojmf.compare.frame import lying_in
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.declarations.called import indicators_called
from ojmf.disclosure.holding import NOT_SHOWN
from ojmf.errors import SelectionError
from ojmf.geography import county_of, resolve_area, resolve_municipality
from ojmf.model import COUNTRY, Answer, PeriodKind, Reason, ReferenceKind, Sex
from ojmf.periods import parse_period
from ojmf.present.annex.citable import periods_there
from ojmf.present.annex.documents import Document, document_name
from ojmf.present.annex.rows import Asked, Comparison, compare_rows
from ojmf.present.citation import (
    ONE_ANSWER,
    REFERENCE_IDS,
    Citation,
    Figures,
    figure_text,
    printed_deviation,
)
from ojmf.present.formats import iso_in_words
from ojmf.present.marks import OUT_OF, in_text_version
from ojmf.present.reasons import SENTENCES
from ojmf.present.units import figure_with, unit_word
from ojmf.present.words import UNIT_WORDS, capital
from ojmf.printed import swedish
from ojmf.suggestions import WHERE_ALL_ARE, did_you_mean

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


_NO_AIM = {
    ReferenceKind.TARGET.value: "Något mål för frågan finns inte.",
    ReferenceKind.BUDGET.value: "Någon budget för frågan finns inte.",
}
_ALL_OF = "ojmf status --all-methods"
_TOLD = (SENTENCES[Reason.MISSING], SENTENCES[Reason.PRINTED_DEVIATION])
"""Reasons that the sentence says in other words."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ``rows.ROWS`` beside one of its references; ``reference_id`` is in the citation."""

    indicator_id: str
    area_name: str
    label: str
    answer: str | None
    method: str
    own: float | None
    own_decimals: int
    unit: str
    period: str
    reason: str | None
    unclear: str | None
    source_id: str
    table: str
    place: str
    mark: str | None
    withheld: str | None
    reference_id: str
    reference_name: str | None
    reference: float | None
    decimals: int
    gap: float | None
    reference_mark: str | None
    computed: str | None
    beside_kind: str | None
    beside_answer: str | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure as it is cited: the sentence, which ends with the id, and what the id is of.

    ``beside`` is the name of the reference; a figure may have another one than what was asked for.
    ``answered`` is of a question's answer, and ``unit`` is the word of a figure's unit.
    """

    citation: Citation
    figures: Figures
    sentence: str
    beside: str | None
    answered: bool
    unit: str

    @property
    def told(self) -> list[float]:
        """The numbers that it stands for: its own figure and what that stands beside."""
        own = None if self.answered or not self.figures.answer else float(self.figures.answer)
        beside = None if self.figures.of else self.figures.reference
        return [number for number in (own, beside, self.figures.deviation) if number is not None]


def cite_indicator(
    workspace: Workspace,
    indicator: str,
    kommun: str,
    *,
    against: str = "lan",
    area: str | None = None,
    period: str | None = None,
) -> Cited:
    """Cite an indicator, given by its id, name or printed label, against the county or the country.

    A figure is cited against the same, and against its target where no place has a figure; or
    against what else ``compared`` takes. It is the latest figure, or the latest within ``period``,
    which the id then names.

    Raises ``SelectionError`` for an unknown indicator, with the nearest ones; for a label that
    several areas have; for what is no period; and as ``compared``.
    """
    geo = resolve_municipality(kommun, workspace.geography)
    comparison = compare_rows(workspace, geo, asked=asked_of(workspace, geo, against, period))
    found = _find(workspace, comparison, indicator, area, period)
    if found["source_id"][0] is None:
        indicator_id = found["indicator_id"][0]
        earlier = periods_there(workspace, geo, indicator_id, period)
        raise SelectionError(
            f"{comparison.place} har ingen uppgift i dokumenten för {indicator_id} att hänvisa "
            f"till{earlier or '.'}"
        )
    return cited(comparison, found, side_of(workspace, geo, against), period)


def side_of(workspace: Workspace, geo: str, against: str) -> str:
    """Which reference of a row is meant: ``county``, ``country``, or else ``beside``."""
    code, kind = _reference(workspace, geo, against)
    if kind == ReferenceKind.COUNTRY.value:
        return "country"
    return "county" if code == county_of(geo) else "beside"


def is_against(workspace: Workspace, citation: Citation, against: str) -> bool:
    """Whether a citation is against what was asked for, and not what stood in for it."""
    code, kind = _reference(workspace, citation.geo, against)
    return citation.reference == REFERENCE_IDS.get(kind, code)


def _reference(workspace: Workspace, geo: str, against: str) -> tuple[str, str]:
    """The place and the kind of the one reference that a word means for a municipality."""
    asked = resolve_against(
        [against],
        [geo],
        workspace.geography,
        workspace.groups,
        titles=workspace.group_titles,
    )
    code, kind = asked.pairs.select("reference_geo", "reference_kind").row(0)
    return code, kind


def asked_of(workspace: Workspace, geo: str, against: str, period: str | None = None) -> Asked:
    """All indicators, beside the county, the country and what is asked for, within a period.

    Raises ``SelectionError`` for what is no period.
    """
    other = side_of(workspace, geo, against) == "beside"
    asked = Asked(against=against if other else None, methods=())
    if period is None:
        return asked
    try:
        return replace(asked, within=lying_in(parse_period(period, PeriodKind.POINT)))
    except ValueError as error:
        raise SelectionError(str(error)) from error


def _find(
    workspace: Workspace,
    comparison: Comparison,
    wanted: str,
    area: str | None,
    period: str | None,
) -> pl.DataFrame:
    """The one row of an indicator, by its id, its name or its printed label."""
    rows, indicators = comparison.rows, workspace.indicators
    if area is not None:
        rows = rows.filter(pl.col("area_id") == resolve_area(area, indicators))
    printed = rows.select("indicator_id", "label").iter_rows()
    meant = indicators_called(wanted, indicators, printed)
    found = rows.filter(pl.col("indicator_id").is_in(meant))
    if not found.is_empty() and found.n_unique(["area_id", "indicator_id"]) == 1:
        return _latest(found)
    if found.height:
        places = "\n".join(
            f"{name}: --area {area_id} ({indicator_id})"
            for name, area_id, indicator_id in found.select(
                "area_name", "area_id", "indicator_id"
            ).iter_rows()
        )
        raise SelectionError(
            f"”{wanted}” finns i flera områden. Ange vilket med --area, eller indikatorns id:\n"
            f"{places}"
        )
    other = indicators.filter(pl.col("indicator_id").is_in(meant))
    if not other.is_empty():
        earlier = periods_there(workspace, comparison.geo, other["indicator_id"][0], period)
        raise SelectionError(
            f"”{other['name'][0]}” har ingen uppgift för {comparison.place}"
            f"{earlier or f'. Det som har en visas av {_ALL_OF} --kommun {comparison.geo}.'}"
        )
    # What has no figure can't be cited either.
    there = rows.filter(pl.any_horizontal(pl.col("answer", "own").is_not_null()))
    known = [*there["label"], *there["indicator_id"]]
    near = did_you_mean(wanted, known, otherwise=WHERE_ALL_ARE)
    raise SelectionError(f"Det finns ingen fråga och inget mått som heter ”{wanted}”. {near}")


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """The row of an indicator that is cited: with a gap, of both sexes, of the latest period."""
    there = pl.any_horizontal(pl.col("^gap_.*$").is_not_null())
    order = [there, pl.col("sex") == Sex.TOTAL.value, pl.col("period_end")]
    return rows.sort(order, descending=True, maintain_order=True).head(1)


def cited(
    comparison: Comparison, found: pl.DataFrame, side: str, period: str | None = None
) -> Cited:
    """The citation of a row of ``rows.ROWS`` against the county, the country or what is beside.

    A figure without a county's or country's has its target beside it. ``period`` is what the row
    was asked for by.
    """
    answered = found["method"][0] == ANSWER_METHOD
    if not answered and side != "beside" and found[side][0] is None:
        side = "beside" if found["beside_kind"][0] is not None else side
    code = {"county": pl.lit(county_of(comparison.geo)), "country": pl.lit(COUNTRY)}
    name = {"county": pl.lit(comparison.county), "country": pl.lit("riket")}
    beside = pl.coalesce(
        pl.col("beside_kind").replace_strict(REFERENCE_IDS, default=None, return_dtype=pl.String),
        "beside_geo",
    )
    chosen = found.select(
        *("indicator_id", "area_name", "label", "answer", "method", "own"),
        pl.col("decimals").fill_null(0).alias("own_decimals"),
        unit_word(),
        pl.col("period_words").alias("period"),
        pl.col(f"{side}_reason").alias("reason"),
        # An answer that is merely missing has no reason.
        pl.when(pl.col("answer").is_null()).then("reason").alias("unclear"),
        *("source_id", "table", "place", "mark", "withheld"),
        code.get(side, beside).alias("reference_id"),
        name.get(side, pl.col("beside_name")).alias("reference_name"),
        pl.col(side).alias("reference"),
        pl.col(f"{side}_decimals").fill_null(0).alias("decimals"),
        pl.col(f"gap_{side}").alias("gap"),
        pl.col(f"{side}_mark").alias("reference_mark"),
        pl.col(f"{side}_computed").alias("computed"),
        *(
            (pl.col(name) if side == "beside" else pl.lit(None)).alias(name)
            for name in ("beside_kind", "beside_answer")
        ),
    )
    row = _Row(*chosen.row(0))
    of_one = answered and row.beside_kind in ONE_ANSWER
    figures = Figures(
        row.answer or (None if answered else figure_text(row.own)),
        row.reference,
        row.reference_id if of_one else None,
        printed_deviation(row.beside_kind, row.own, row.reference, row.gap),
    )
    citation = Citation(
        *(comparison.geo, row.indicator_id, row.reference_id, row.source_id),
        *(figures.checksum(), period),
    )
    say = _sentence if answered else _figure_sentence
    return Cited(
        citation,
        figures,
        f"{say(comparison, row)} [{citation}]",
        row.reference_name,
        answered,
        row.unit,
    )


def _figure_sentence(comparison: Comparison, row: _Row) -> str:
    """Whose figure, of what and when, what it stands beside, and where it is printed."""
    unit = "procent" if row.unit == UNIT_WORDS["percent"] else row.unit
    told = row.reason if row.reference is not None and row.reason not in _TOLD else None
    inside = row.beside_kind in _NO_AIM or row.own is None
    said = filter(None, [row.area_name, row.period, told if inside else None])
    own = (
        "ingen uppgift"
        if row.own is None
        else figure_with(swedish(row.own, row.own_decimals), unit)
    )
    if row.withheld:
        own = (
            "en uppgift som inte visas"
            if row.withheld == NOT_SHOWN
            else figure_with(row.withheld, unit)
        )
    text = f"{comparison.place} har {own} för ”{row.label}” ({', '.join(said)})."
    if row.reference is None:
        text += _without(row)
    else:
        reference = figure_with(swedish(row.reference, row.decimals), unit)
        if row.computed is not None:
            subject = capital(row.computed)
            text += f" {subject} i {row.reference_name} är {reference}, {OUT_OF}."
        else:
            mark = f" ({row.reference_mark})" if row.reference_mark else ""
            is_set = row.beside_kind in (ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value)
            whose = f"{capital(row.reference_name or '')} {'är' if is_set else 'har'}"
            if row.beside_kind == ReferenceKind.EARLIER.value:
                whose = f"Tidigare ({row.reference_name}) var det"
            text += f" {whose} {reference}{mark}."
    if row.gap is not None:
        points = "procentenheter" if unit == "procent" else unit
        gap = swedish(row.gap, max(row.decimals, row.own_decimals), signed=True)
        gap = figure_with(gap, points)
        if printed_deviation(row.beside_kind, row.own, row.reference, row.gap) is None:
            text += f" Skillnaden är {gap}."
        else:
            text += f" Avvikelsen mot budgeten är {gap}, som den står i dokumentet."
    if told is not None and not inside:
        text += f" {capital(told)}."
    return f"{text} (Källa: {_where(comparison, row)}.)"


def _without(row: _Row) -> str:
    """The sentence that says why there is no figure or nothing that it stands beside."""
    if row.reason is None or row.reason in _TOLD:
        return ""
    return f" {capital(row.reason)}." if row.own is None else f" Jämförelse saknas: {row.reason}."


def _where(comparison: Comparison, row: _Row) -> str:
    source = _source(comparison, row)
    name = row.source_id if source is None else document_name(source)
    place = in_text_version(row.place)
    return ", ".join(filter(None, [name, row.table, place, row.mark]))


def _source(comparison: Comparison, row: _Row) -> Document | None:
    """The document of a row; None for one of frames of one's own, which say no more than its id."""
    return next((source for source in comparison.sources if source.id == row.source_id), None)


def _sentence(comparison: Comparison, row: _Row) -> str:
    """Who answered what and when, how many did so in the reference, and where it stands."""
    source = _source(comparison, row)
    when = iso_in_words(source.reporting_period) if source and source.reporting_period else None
    when = when or row.period
    question = f"frågan ”{row.label}” ({row.area_name}, {when})"
    answer = (
        f"{comparison.place} svarade {Answer(row.answer)} på {question}."
        if row.answer
        else f"{comparison.place} har inte svarat på {question}."
    )
    if row.unclear:
        answer = f"Vad {comparison.place} svarade på {question} är oklart: {row.unclear}."
    return f"{answer} {_beside(row)} (Källa: {_where(comparison, row)}.)"


def _nothing_beside(row: _Row) -> str:
    """Why nothing stands beside an answer."""
    if row.beside_kind in _NO_AIM:
        return _NO_AIM[row.beside_kind]
    if row.answer and row.reason:
        return f"Jämförelse saknas: {row.reason}."
    return f"Någon uppgift för {row.reference_name or 'en tidigare period'} finns inte."


def _beside(row: _Row) -> str:
    if row.reference is None:
        return _nothing_beside(row)
    share = f"{swedish(row.reference, row.decimals)} procent av {row.computed or 'kommunerna'}"
    mark = f" ({row.reference_mark})" if row.reference_mark else ""
    mark = f", {OUT_OF}" if row.computed else mark
    if row.beside_kind == ReferenceKind.EARLIER.value:
        return f"Tidigare ({row.reference_name}) svarade kommunen {row.beside_answer}{mark}."
    if row.beside_kind == ReferenceKind.MUNICIPALITY.value:
        return f"{row.reference_name} svarade {row.beside_answer}{mark}."
    if row.answer == Answer.YES:
        return f"Det gjorde {share} i {row.reference_name}{mark}."
    return f"I {row.reference_name} svarade {share} JA{mark}."
