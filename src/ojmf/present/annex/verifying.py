"""Deriving a citation from the data again: whether it holds, and what has changed if not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.declarations.vintages import FIGURE
from ojmf.errors import SelectionError
from ojmf.geography import county_of
from ojmf.intake.revisions import revisions
from ojmf.model import COUNTRY
from ojmf.present.annex.citing import Cited, asked_of, cited, side_of
from ojmf.present.annex.documents import document_of
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.citation import Citation, answer_beside, earlier_figures, parse_citation
from ojmf.suggestions import WHERE_ALL_ARE, did_you_mean

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """Whether a citation holds, and a Swedish message that says so or what has changed.

    ``code`` is ``holds``; ``revised``, where the figures are others now; ``gone``, where the source
    or the figure is not there; or ``unmatched``, where the checksum is that of no figure known: the
    id is mistyped, or the figures have changed without a trace.

    >>> import ojmf
    >>> ojmf.CitationVerdict("gone", "Källan finns inte.").holds
    False
    """

    code: Literal["holds", "revised", "gone", "unmatched"]
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
    found = next((verdict for verdict in verdicts if verdict.holds), verdicts[0])
    return _beside_words(found, text, citation) if found.holds else found


def _beside_words(verdict: CitationVerdict, text: str, citation: Citation) -> CitationVerdict:
    """The verdict, with a remark where the words around the id are others than those cited."""
    said, cited_as = (" ".join(words.split()) for words in (text, verdict.message))
    if said in cited_as or said.strip("[]() ") == str(citation):
        return verdict
    remark = "Bara id:t är prövat; orden runt det är andra än i hänvisningen, så jämför dem."
    return replace(verdict, message=f"{verdict.message} {remark}")


def _verdict(
    workspace: Workspace, citation: Citation, asked: Asked, side: str, cells: pl.DataFrame
) -> CitationVerdict:
    """Whether these observations give what was cited."""
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
            f"{comparison.place}. {_instead(citation.indicator_id, comparison.rows)}",
        )
    found = [cited(comparison, rows[place], side, citation.period) for place in range(rows.height)]
    now = next((one for one in found if one.citation == citation), found[0])
    if now.citation == citation:
        return CitationVerdict("holds", f"Hänvisningen gäller: {now.sentence}")
    usual = {county_of(citation.geo), COUNTRY}
    others = usual - {citation.reference} if citation.reference in usual else set[str]()
    for reference in sorted(others):
        beside = side_of(workspace, citation.geo, reference)
        other = cited(comparison, rows[0], beside, citation.period)
        if other.citation.checksum == citation.checksum:
            return _unmatched(f"kontrollsumman hör till {other.citation}", now)
    return _changed(workspace, citation, now)


def _unmatched(reason: str, now: Cited) -> CitationVerdict:
    return CitationVerdict(
        "unmatched", f"Hänvisningen gäller inte: {reason}. Nu gäller: {now.sentence}"
    )


def _instead(indicator_id: str, rows: pl.DataFrame) -> str:
    """What could have been cited: questions and measures with names like it, by name and id."""
    named = dict(rows.select("indicator_id", "label").iter_rows())
    near = did_you_mean(indicator_id, named, names_of=named, otherwise=WHERE_ALL_ARE)
    return f"{near} Ett nytt hänvisnings-id ges av ojmf cite."


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


def _changed(workspace: Workspace, citation: Citation, now: Cited) -> CitationVerdict:
    """What a citation whose figures are others was made from, as far as that is known."""
    was = earlier_figures(citation.checksum, now.figures)
    history = _history(workspace, citation)
    changed = "uppgifterna har ändrats sedan den gjordes"
    if was is not None:
        then, today = answer_beside(was), answer_beside(now.figures)
        changed = f"den gjordes med {then}, nu gäller {today}"
    elif not history:  # a slip of the keyboard gives the same
        reason = f"kontrollsumman {citation.checksum} hör inte till uppgiften. Id:t är felskrivet"
        return _unmatched(f"{reason}, eller {changed}", now)
    reason = f"uppgiften är reviderad; {changed}.{history} {now.sentence}"
    return CitationVerdict("revised", f"Hänvisningen gäller inte längre: {reason}")
