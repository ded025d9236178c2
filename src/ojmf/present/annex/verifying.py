"""Deriving a citation from the data again: whether it holds, and what has changed if not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.compare.frame import Selection, published
from ojmf.declarations.vintages import FIGURE
from ojmf.errors import SelectionError
from ojmf.geography import COUNTY_OF_OWN, MUNICIPALITY_CODE_LENGTH, county_of
from ojmf.intake.revisions import revisions
from ojmf.model import COUNTRY
from ojmf.present.annex.citing import Cited, asked_of, cited, side_of
from ojmf.present.annex.documents import document_of
from ojmf.present.annex.quoted_words import contradictions
from ojmf.present.annex.rows import Asked, Comparison, compare_rows
from ojmf.present.citation import (
    Citation,
    answer_beside,
    citations,
    earlier_figures,
    parse_citation,
)
from ojmf.present.views import Names
from ojmf.present.words import listed
from ojmf.suggestions import WHERE_ALL_ARE, did_you_mean

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """Whether a citation holds, and a Swedish message that says so or what has changed.

    ``code`` is ``holds``; ``revised``, where the figures are others now; ``gone``, where the source
    or the figure is not there; ``unmatched``, where the checksum is not that of the figure: the id
    is mistyped, or the figures have changed without a trace; or ``misquoted``, where the words
    around the id contradict what is cited.

    >>> import ojmf
    >>> ojmf.CitationVerdict("gone", "Källan finns inte.").holds
    False
    """

    code: Literal["holds", "revised", "gone", "unmatched", "misquoted"]
    message: str

    @property
    def holds(self) -> bool:
        """Whether the citation stands as it was made."""
        return self.code == "holds"


def verify(workspace: Workspace, text: str) -> CitationVerdict:
    """Derive a citation again from the source that it names.

    Raises ``SelectionError`` where ``text`` is no citation id.
    """
    citation = parse_citation(text)
    everything = workspace.observations()
    alone = everything.filter(pl.col("source_id") == citation.source_id)
    if alone.is_empty() and document_of(workspace, citation.source_id) is None:
        known = everything["source_id"].unique()
        hint = did_you_mean(citation.source_id, known)
        return _gone(workspace, citation, f"källan {citation.source_id} finns inte. {hint}".strip())
    try:
        asked = asked_of(workspace, citation.geo, citation.reference, citation.period)
        side = side_of(workspace, citation.geo, citation.reference)
    except SelectionError as error:
        return _fails("gone", str(error))
    fetched = workspace.fetched.get(citation.source_id)
    if fetched is not None:
        alone = fetched.observations()
        if (newer := _fetched_anew(everything, alone, citation)) is not None:
            return _fails("revised", f"uppgiften är ersatt; en senare hämtning har {newer}.")
    # The source may have been followed by others, or its reference be computed from several.
    verdicts = [_verdict(workspace, citation, asked, side, cells) for cells in (alone, everything)]
    for verdict in verdicts:
        if isinstance(verdict, Cited):
            return _beside_words(workspace, text, verdict)
    return next(verdict for verdict in verdicts if isinstance(verdict, CitationVerdict))


def _beside_words(workspace: Workspace, text: str, now: Cited) -> CitationVerdict:
    """That a citation holds, unless the words around the id contradict it.

    There is a remark where they are merely others than those cited.
    """
    holds = CitationVerdict("holds", f"Hänvisningen gäller: {now.sentence}")
    said, cited_as = (" ".join(words.split()) for words in (text, holds.message))
    if said in cited_as or said.strip("[]() ") == str(now.citation):
        return holds
    names = Names(workspace.indicators, workspace.places)
    known = workspace.geography.filter(pl.col("level") == "municipality")["code"]
    unlike = contradictions(
        said,
        now.sentence,
        answered=now.answered,
        unit=now.unit,
        figures=now.told,
        places={names.place(code) for code in known},
        documents=_tables(workspace, now.citation.source_id),
    )
    if unlike:
        return CitationVerdict(
            "misquoted",
            f"Orden runt id:t säger något annat än hänvisningen: {listed(unlike)}. "
            f"Hänvisningen är: {now.sentence}",
        )
    remark = "Bara id:t är prövat; orden runt det är andra än i hänvisningen, så jämför dem."
    return replace(holds, message=f"{holds.message} {remark}")


def _tables(workspace: Workspace, source_id: str) -> dict[str, list[str]]:
    """The documents that there are by their titles, and the tables of the cited one."""
    of_it = workspace.observations().filter(source_id=source_id)["table"]
    return {
        one.title: of_it.drop_nulls().unique().to_list() if name == source_id else []
        for name, one in workspace.documents.items()
    }


def _verdict(
    workspace: Workspace, citation: Citation, asked: Asked, side: str, cells: pl.DataFrame
) -> CitationVerdict | Cited:
    """What is cited, where these observations give it, and else why they don't."""
    try:
        comparison = compare_rows(workspace, citation.geo, asked=asked, observations=cells)
    except SelectionError as error:
        return _fails("gone", str(error))
    rows = comparison.rows.filter(
        pl.col("indicator_id") == citation.indicator_id,
        pl.col("source_id") == citation.source_id,
    )
    if rows.is_empty():
        return _gone(
            workspace,
            citation,
            f"{citation.source_id} har ingen uppgift om {citation.indicator_id} för "
            f"{comparison.place}. {_instead(citation.indicator_id, citation.geo, comparison.rows)}",
        )
    found = [cited(comparison, rows[place], side, citation.period) for place in range(rows.height)]
    now = next((one for one in found if one.citation == citation), found[0])
    if now.citation == citation:
        return now
    usual = {county_of(citation.geo), COUNTRY}
    others = usual - {citation.reference} if citation.reference in usual else set[str]()
    for reference in sorted(others):
        beside = side_of(workspace, citation.geo, reference)
        other = cited(comparison, rows[0], beside, citation.period)
        if other.citation.checksum == citation.checksum:
            return _unmatched(f"kontrollsumman hör till {other.citation}", now)
    return _changed(workspace, citation, now, comparison)


def _unmatched(reason: str, now: Cited) -> CitationVerdict:
    return CitationVerdict(
        "unmatched", f"Hänvisningen gäller inte: {reason}. Nu gäller: {now.sentence}"
    )


def _instead(indicator_id: str, geo: str, rows: pl.DataFrame) -> str:
    """What could have been cited: questions and measures with names like it, by name and id."""
    named = dict(rows.select("indicator_id", "label").iter_rows())
    near = did_you_mean(indicator_id, named, names_of=named, otherwise=WHERE_ALL_ARE)
    return f"{near} Ett nytt hänvisnings-id ges av ojmf cite INDIKATOR --kommun {geo}."


def _fetched_anew(now: pl.DataFrame, was: pl.DataFrame, citation: Citation) -> str | None:
    """What a later fetch says of the latest figure cited of a source, where it says otherwise."""
    of_it = was.filter(indicator_id=citation.indicator_id, geo=citation.geo)
    latest = of_it.filter(pl.col("period_end") == pl.col("period_end").max())
    changed = (
        now.join(latest.select(*FIGURE, "value", "answer"), on=FIGURE, nulls_equal=True)
        .filter(
            pl.col("source_id") != citation.source_id,
            pl.col("value").ne_missing(pl.col("value_right"))
            | pl.col("answer").ne_missing(pl.col("answer_right")),
        )
        .select(pl.format("”{}” i {} ({})", pl.col("raw").fill_null(""), "document", "place"))
    )
    return None if changed.is_empty() else str(changed.item(0, 0))


def _fails(code: Literal["revised", "gone"], reason: str) -> CitationVerdict:
    return CitationVerdict(
        code, f"Hänvisningen gäller inte{': ' if reason[0].islower() else '. '}{reason}"
    )


def _gone(workspace: Workspace, citation: Citation, reason: str) -> CitationVerdict:
    """A figure that is there no longer, and when it went where that is known."""
    return _fails("gone", f"uppgiften är borta; {reason}{_history(workspace, citation)}")


def _history(workspace: Workspace, citation: Citation) -> str:
    """What the source has given otherwise of a citation's figures, the latest first."""
    places = [citation.geo, citation.reference]
    rows = revisions(workspace.source_folder(citation.source_id)).filter(
        pl.col("indicator_id") == citation.indicator_id, pl.col("geo").is_in(places)
    )
    held = workspace.held_back()
    if held is not None:  # what a figure was is as little to be told as what it is
        rows = rows.join(held, ["indicator_id", "geo"], "anti")
    old, new = (_as_written(name) for name in ("old", "new"))
    became = pl.when(pl.col("new").is_null()).then(pl.lit("togs bort"))
    told = pl.format(
        " {}: ”{}” {} {} ({}).",
        "column_label",
        old,
        became.otherwise(pl.format("blev ”{}”", new)),
        "when",
        "why",
    )
    return "".join(rows.reverse().select(told).to_series())


def _as_written(column: str) -> pl.Expr:
    """A figure of a register, which has a decimal point, as Swedish text."""
    plain = pl.col(column).str.replace(r"\.0$", "").str.replace(".", ",", literal=True)
    return pl.when(pl.col(column).str.contains(r"^-?\d+\.\d+$")).then(plain).otherwise(column)


def _of_others(workspace: Workspace, citation: Citation, comparison: Comparison) -> str | None:
    """Which other question or municipality has figures with the checksum, where any has."""
    same = pl.col("citation").str.ends_with(f":{citation.checksum}").fill_null(value=False)
    here = comparison.rows.filter(same)["citation"].to_list()
    if not here:
        geos = workspace.observations()["geo"].unique()
        others = [
            geo for geo in geos if len(geo) == MUNICIPALITY_CODE_LENGTH and geo != citation.geo
        ]
        asked = Selection(citation.area_id)
        try:
            rows = workspace.compared(sorted(others), [COUNTY_OF_OWN], asked)
        except SelectionError:
            return None
        ids = citations(published(rows)).drop_nulls()
        here = ids.filter(ids.str.ends_with(f":{citation.checksum}")).to_list()
    return here[0] if here else None


def _changed(
    workspace: Workspace, citation: Citation, now: Cited, comparison: Comparison
) -> CitationVerdict:
    """What a citation whose figures are others was made from, as far as that is known.

    Different figures may have the same checksum, so that of another question is no revision.
    """
    was = earlier_figures(citation.checksum, now.figures)
    history = _history(workspace, citation)
    changed = "uppgifterna har ändrats sedan den gjordes"
    if not history and (other := _of_others(workspace, citation, comparison)) is not None:
        reason = f"kontrollsumman är den som {other} har. Id:t är felskrivet"
        return _unmatched(f"{reason}, eller {changed}", now)
    if was is not None:
        then, today = answer_beside(was), answer_beside(now.figures)
        changed = f"den gjordes med {then}, nu gäller {today}"
    elif not history:  # a slip of the keyboard gives the same
        reason = f"kontrollsumman {citation.checksum} hör inte till uppgiften. Id:t är felskrivet"
        return _unmatched(f"{reason}, eller {changed}", now)
    reason = f"uppgiften är reviderad; {changed}.{history} {now.sentence}"
    return CitationVerdict("revised", f"Hänvisningen gäller inte längre: {reason}")
