"""Citing a figure in Swedish sentences, and deriving a citation from the data again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations.catalogue import indicators_called
from ojmf.errors import SelectionError
from ojmf.geography import (
    COUNTY_CODE_LENGTH,
    resolve_area,
    resolve_municipality,
    resolve_reference,
)
from ojmf.intake.revisions import revisions
from ojmf.model import COUNTRY, Answer
from ojmf.present.annex.rows import Comparison, compare_rows
from ojmf.present.annex.views import document_name
from ojmf.present.citation import Citation, Figures, earlier_figures, parse_citation
from ojmf.present.formats import iso_in_words
from ojmf.present.marks import in_text_version
from ojmf.printed import swedish
from ojmf.suggestions import did_you_mean

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ``rows.ROWS`` beside one of its references."""

    indicator_id: str
    area_name: str
    label: str
    answer: str | None
    source_id: str
    table: str
    place: str
    mark: str | None
    reference_name: str
    reference: float | None
    decimals: int
    reference_mark: str | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure as it is cited: the sentence, which ends with the id, and what the id is of."""

    citation: Citation
    figures: Figures
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a citation holds, and a Swedish message that says so or what has changed."""

    holds: bool
    message: str


def cite_indicator(
    workspace: Workspace,
    indicator: str,
    kommun: str,
    *,
    against: str = "lan",
    area: str | None = None,
) -> Cited:
    """Cite an indicator, given by its id, name or printed label, against the county or the country.

    Raises ``SelectionError`` for an unknown indicator, with the nearest ones; for a label that
    several areas have; for another kind of reference; and as ``compare.status``.
    """
    geo = resolve_municipality(kommun, workspace.geography)
    reference = resolve_reference(against, geo, workspace.geography)
    if len(reference) != COUNTY_CODE_LENGTH or reference not in (geo[:2], COUNTRY):
        raise SelectionError(
            f"En hänvisning gäller länet eller riket, inte ”{against}”. Ange --against lan eller "
            "--against riket."
        )
    comparison = compare_rows(workspace, geo)
    found = _find(comparison, workspace.indicators, indicator, area)
    if found["source_id"][0] is None:
        raise SelectionError(
            f"{comparison.place} har ingen tryckt uppgift för {found['indicator_id'][0]} att "
            "hänvisa till."
        )
    return _cited(comparison, found, reference)


def verify(workspace: Workspace, text: str) -> Verdict:
    """Derive a citation again from the source that it names.

    Raises ``SelectionError`` where ``text`` is no citation id.
    """
    citation = parse_citation(text)
    if citation.source_id not in workspace.sources:
        return _gone(workspace, citation, f"källan {citation.source_id} finns inte.")
    cells = workspace.observations().filter(pl.col("source_id") == citation.source_id)
    try:
        comparison = compare_rows(workspace, citation.geo, observations=cells)
    except SelectionError as error:
        return _fails(str(error))
    rows = comparison.rows.filter(pl.col("indicator_id") == citation.indicator_id)
    if rows.is_empty():
        return _gone(
            workspace,
            citation,
            f"{citation.source_id} har ingen uppgift om {citation.indicator_id} för "
            f"{comparison.place}. {did_you_mean(citation.indicator_id, _ids(comparison))}",
        )
    if citation.reference_geo not in (citation.geo[:2], COUNTRY):
        return _fails(
            f"{citation.reference_geo} är varken länet för {comparison.place} eller riket."
        )
    now = _cited(comparison, rows.head(1), citation.reference_geo)
    if now.citation == citation:
        return Verdict(True, f"Hänvisningen gäller: {now.sentence}")
    return Verdict(False, _what_changed(workspace, citation, now))


def _fails(reason: str) -> Verdict:
    return Verdict(False, f"Hänvisningen gäller inte: {reason}")


def _gone(workspace: Workspace, citation: Citation, reason: str) -> Verdict:
    """A figure that is there no longer, and when it went where that is known."""
    return _fails(f"uppgiften är borta; {reason}{_history(workspace, citation)}")


def _history(workspace: Workspace, citation: Citation) -> str:
    """What the source has given otherwise of a citation's figures, the latest first."""
    places = [citation.geo, citation.reference_geo]
    rows = revisions(workspace.source_folder(citation.source_id)).filter(
        pl.col("indicator_id") == citation.indicator_id, pl.col("geo").is_in(places)
    )
    became = pl.when(pl.col("new").is_null()).then(pl.lit("togs bort"))
    told = pl.format(
        " {}: ”{}” {} {} ({}).",
        "column_label",
        "old",
        became.otherwise(pl.format("blev ”{}”", "new")),
        "when",
        "why",
    )
    return "".join(rows.reverse().select(told).to_series())


def _what_changed(workspace: Workspace, citation: Citation, now: Cited) -> str:
    was = earlier_figures(citation.checksum, now.figures)
    changed = "uppgifterna har ändrats sedan den gjordes"
    if was is not None:
        then, today = _figures_text(was), _figures_text(now.figures)
        changed = f"den gjordes med {then}, nu gäller {today}"
    history = _history(workspace, citation)
    reason = f"uppgiften är reviderad; {changed}.{history}"
    return f"Hänvisningen gäller inte längre: {reason} {now.sentence}"


def _figures_text(figures: Figures) -> str:
    share = "–"
    if (reference := figures.reference) is not None:
        share = f"{swedish(reference, most=1)} procent"
    return f"{figures.answer or 'inget svar'} mot {share}"


def _ids(comparison: Comparison) -> list[str]:
    return comparison.rows["indicator_id"].to_list()


def _find(
    comparison: Comparison, indicators: pl.DataFrame, wanted: str, area: str | None
) -> pl.DataFrame:
    """The one row of an indicator, by its id, its name or its printed label."""
    rows = comparison.rows
    if area is not None:
        rows = rows.filter(pl.col("area_id") == resolve_area(area, indicators))
    printed = rows.select("indicator_id", "label").iter_rows()
    meant = indicators_called(wanted, indicators, printed)
    found = rows.filter(pl.col("indicator_id").is_in(meant))
    if found.height == 1:
        return found
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
        raise SelectionError(
            f"”{other['name'][0]}” kan inte citeras för {comparison.place}. Bara frågor i Öppna "
            "jämförelser som kommunen har fått kan det; ojmf status visar dem."
        )
    known = [*rows["label"], *rows["indicator_id"]]
    raise SelectionError(
        f"Det finns ingen fråga som heter ”{wanted}”. {did_you_mean(wanted, known)}"
    )


def _cited(comparison: Comparison, found: pl.DataFrame, reference_geo: str) -> Cited:
    """The citation of a row of ``rows.ROWS`` against the county or the country."""
    side = "country" if reference_geo == COUNTRY else "county"
    chosen = found.select(
        *("indicator_id", "area_name", "label", "answer", "source_id", "table", "place", "mark"),
        pl.lit("riket" if side == "country" else comparison.county).alias("reference_name"),
        pl.col(side).alias("reference"),
        pl.col(f"{side}_decimals").fill_null(0).alias("decimals"),
        pl.col(f"{side}_mark").alias("reference_mark"),
    )
    row = _Row(*chosen.row(0))
    figures = Figures(row.answer, row.reference)
    citation = Citation(
        comparison.geo, row.indicator_id, reference_geo, row.source_id, figures.checksum()
    )
    return Cited(citation, figures, f"{_sentence(comparison, row)} [{citation}]")


def _sentence(comparison: Comparison, row: _Row) -> str:
    """Who answered what and when, how many did so in the reference, and where it stands."""
    source = next(source for source in comparison.sources if source.id == row.source_id)
    period = iso_in_words(source.reporting_period)
    question = f"frågan ”{row.label}” ({row.area_name}, {period})"
    answer = (
        f"{comparison.place} svarade {Answer(row.answer)} på {question}."
        if row.answer
        else f"{comparison.place} har inte svarat på {question}."
    )
    where = in_text_version(row.place)
    place = ", ".join(filter(None, [document_name(source), row.table, where, row.mark]))
    return f"{answer} {_beside(row)} (Källa: {place}.)"


def _beside(row: _Row) -> str:
    if row.reference is None:
        return f"Någon uppgift för {row.reference_name} finns inte."
    share = f"{swedish(row.reference, row.decimals)} procent av kommunerna"
    mark = f" ({row.reference_mark})" if row.reference_mark else ""
    if row.answer == Answer.YES:
        return f"Det gjorde {share} i {row.reference_name}{mark}."
    return f"I {row.reference_name} svarade {share} JA{mark}."
