"""The audit of a document's prose: every claim found, linked and judged, as a frame."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.claims.answer_counts import judge_beside
from ojmf.claims.answers import judge_members, judge_own_answers
from ojmf.claims.arithmetic import judge_own
from ojmf.claims.claim import CLAIMS, GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.closing import Closing
from ojmf.claims.counted_rows import judge_counted
from ojmf.claims.deciding import Decider
from ojmf.claims.distances import judge_distances
from ojmf.claims.language import Language, compiled
from ojmf.claims.levels import Setting
from ojmf.claims.lexicon import load_language
from ojmf.claims.pages import asides
from ojmf.claims.reading import read_claims
from ojmf.claims.relations import judge_relations
from ojmf.claims.repeated import judge_repeated, judge_tables
from ojmf.claims.revising import count_rows, doubt, make_surer, row_behind, row_of, share_rows
from ojmf.claims.scan import mender
from ojmf.claims.sentences import Sentence, sentences
from ojmf.claims.table_rows import Concepts, build
from ojmf.claims.wholes import judge_wholes
from ojmf.declarations import Source
from ojmf.errors import InputError
from ojmf.findings import CLAIM, finding_id
from ojmf.ingest.document import Document
from ojmf.ingest.readers import read_file
from ojmf.ingest.readers.guard import SECONDS, SECONDS_VARIABLE, limit
from ojmf.ingest.reading import ReadDocument, identify, read
from ojmf.ingest.source import IngestedDocument, ingest_source, resolve
from ojmf.model import Polarity
from ojmf.periods import PARTS_OF_YEAR
from ojmf.schema import OBSERVATIONS

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_BROKEN = "pinned"
"""The layout of tables whose cells go on over lines that are not kept."""
_BARE = ("tail", _BROKEN)
_LEAST_BARE = 2
_LEAST_TABLES = 2
"""So many tables can say the same of one thing, which is judged without a sentence."""
_KEYS = {"label", "place", "code", "period", *PARTS_OF_YEAR, "sex", "dimension"}
"""Columns that say what their rows are about, whose texts are no sentences."""


def audit_document(
    workspace: Workspace, path: Path, source_id: str | None = None
) -> tuple[pl.DataFrame, str]:
    """The claims of a whole document, in the schema ``CLAIMS``, and the id of its source.

    The declaration is found as for ``reading.read_whole``. Raises ``InputError``,
    ``UnknownDocumentError``, ``TableError`` or ``CorrectionError`` as reading does.
    """
    source = workspace.source(source_id) if source_id else identify(workspace, path)
    return audit_lines(workspace, source, read_file(path)), source.id


def audit_lines(
    workspace: Workspace,
    source: Source,
    document: Document,
    ingested: IngestedDocument | None = None,
) -> pl.DataFrame:
    """The claims of numbered lines, checked against the tables among the same lines.

    The tables are read by ``source``, unless they have been: then ``ingested`` is what they gave.
    Figures that its identities take from the text are not
    demanded there, since the text is what is on trial. Raises ``InputError`` where judging takes
    longer than reading a file may.
    """
    seconds = limit(SECONDS_VARIABLE, SECONDS)
    until = time.monotonic() + seconds
    if ingested is None:
        ingested = resolve(read(workspace, source, replace(document, sha256=None)))
    tables = ingested.read
    observations = ingested.observations
    language = load_language(workspace.root)
    now = int(source.reporting_period[:4])
    said = _sentences(document, source, tables, observations, workspace, language)
    claims = read_claims(said, language, now)
    if not claims and observations.select("heading", "table").n_unique() < _LEAST_TABLES:
        return CLAIMS.to_frame()
    earlier = _earlier(workspace, source)
    concepts = build(observations, _names(workspace), _goods(workspace), language, earlier)
    decider = Decider(
        concepts, observations, Setting(language, now, concepts), scanned=source.scanned
    )
    judged: list[Judgement] = []
    for claim in claims:
        if time.monotonic() > until:
            raise InputError(
                f"{document.name}: meningarna har inte prövats efter {seconds} sekunder "
                f"({len(judged)} av {len(claims)} påståenden). Dela texten i flera filer, eller "
                f"höj gränsen med miljövariabeln {SECONDS_VARIABLE}."
            )
        row = row_of(claim, claims[: len(judged)], judged, language)
        judged.append(decider.decide(claim) if row is None else decider.decide_on(claim, row))
    make_surer(claims, judged, decider)
    share_rows(claims, judged, decider)
    row_behind(claims, judged, decider)
    count_rows(claims, judged, decider, language)
    judge_beside(claims, judged, decider.counts)
    spelling = {k: v for one in tables.readings for k, v in one.table.category_spelling.items()}
    judge_counted(claims, judged, concepts, decider.tables, spelling, now, language)
    judge_relations(claims, judged, decider.linker, decider.setting)
    judge_distances(claims, judged, decider.linker, decider.setting)
    judge_own_answers(claims, judged, decider.answers, concepts)
    judge_members(claims, judged, decider.answers, concepts)
    right = {
        c.sentence for c, j in zip(claims, judged, strict=True) if c.side and j.verdict in GOOD
    }
    kept = [
        (c, j)
        for c, j in zip(claims, judged, strict=True)
        if _worth(c, j, language, scanned=source.scanned)
        and (
            len(c.values) < 2
            or c.kind is not Kind.TREND
            or j.verdict not in GOOD
            or c.sentence in right
        )
    ]
    shown = {id(claim) for claim, _ in kept}
    left_out = [item for item in zip(claims, judged, strict=True) if id(item[0]) not in shown]
    claims, judged = [c for c, _ in kept], [j for _, j in kept]
    _by_text(claims, judged, language)
    doubt(claims, judged, decider)
    judge_wholes(claims, judged, left_out, decider.tables.places, language)
    answered = {(c.sentence, j.cells) for c, j in zip(claims, judged, strict=True) if not c.region}
    told = [
        (c, j)
        for c, j in zip(claims, judged, strict=True)
        if c.kind is not Kind.ANSWER or not c.region or (c.sentence, j.cells) not in answered
    ]
    told += judge_tables(observations, concepts)
    told.sort(key=lambda item: item[0].sentence.line)
    return _frame(told, source, document, concepts, observations, Closing(ingested))


def _earlier(workspace: Workspace, source: Source) -> pl.DataFrame:
    """The observations of the place's earlier documents, the newest first, saying where from."""
    before = [s for s in workspace.sources.values() if s.geo == source.geo and s.date < source.date]
    frames = [
        ingest_source(workspace, one.id)
        .observations.filter(pl.col("geo") == source.geo)
        .with_columns(column_label=pl.col("column_label") + f" i {one.title}")
        for one in sorted(before, key=lambda s: s.date, reverse=True)
    ]
    return pl.concat([OBSERVATIONS.to_frame(), *frames])


def _names(workspace: Workspace) -> dict[str, list[str]]:
    frame = workspace.indicators.select("indicator_id", "name", "synonyms")
    return {one: [name, *(also or [])] for one, name, also in frame.iter_rows()}


def _goods(workspace: Workspace) -> dict[str, int]:
    frame = workspace.indicators.select("indicator_id", "polarity")
    return {one: (way == Polarity.HIGHER) - (way == Polarity.LOWER) for one, way in frame.rows()}


def _sentences(
    document: Document,
    source: Source,
    tables: ReadDocument,
    observations: pl.DataFrame,
    workspace: Workspace,
    language: Language,
) -> list[Sentence]:
    figures = {
        int(line): str(heading or "")
        for line, heading in observations.select("line", "heading").iter_rows()
    }
    passed: set[int] = set()
    named: dict[int, frozenset[int]] = {}
    for reading in tables.readings:
        table = reading.table
        if table.layout in _BARE and reading.kept:
            title, *rows = sorted(reading.kept)
            broken = table.layout == _BROKEN and rows
            passed |= {title, *range(rows[0], rows[-1] + 1)} if broken else set(reading.kept)
        elif not table.optional_leading:
            keys = frozenset(i for i, c in enumerate(table.columns) if c.content in _KEYS)
            named |= dict.fromkeys(reading.kept, keys) if keys else {}
    headings = {h: h for h in observations["heading"].unique() if h}
    mend: Callable[[str], str] = str
    if source.scanned:
        names = [name for given in _names(workspace).values() for name in given]
        mend = mender(language, [*names, *observations["row_label"].unique()])
    return sentences(
        document,
        language,
        figures=figures,
        passed=passed,
        named=named,
        headings=headings,
        beside=asides(document, language),
        mend=mend,
    )


def _worth(claim: Claim, judgement: Judgement, language: Language, *, scanned: bool) -> bool:
    """Whether a claim is kept.

    A direction that nothing is known of is kept only where it counts something; "none" only where
    a table tells; a bare number in a scan, which may be damaged letters, only where it is linked.
    """
    if judgement.verdict not in OPEN:
        return True
    if claim.kind is Kind.CAUSE:
        return judgement.verdict is not Verdict.NOT_LINKED
    if claim.kind in {Kind.RANK, Kind.ANSWER} or (
        len(claim.values) == 2 and claim.kind is Kind.TREND
    ):
        return False
    if claim.kind is Kind.CHANGE and claim.unit == "percent" and claim.values[0].in_words:
        return False
    if claim.kind is not Kind.TREND:
        bare = scanned and not claim.unit and not claim.values[0].in_words
        return not (claim.values[0].none or claim.values[0].article) and not (
            bare
            and (judgement.verdict is Verdict.NOT_LINKED or claim.values[0].value < _LEAST_BARE)
        )
    return compiled(language.subject.scope).search(claim.sentence.text) is not None


def _by_text(claims: Sequence[Claim], judged: list[Judgement], language: Language) -> None:
    """Judge by the text's own figures what no table could judge; tables go first."""
    for own in judge_own(claims, language):
        before = judged[own.claim]
        if before.verdict in (*OPEN, Verdict.NOT_COMPARABLE):
            judged[own.claim] = replace(own.judgement, link=before.link)
    left = [i for i, j in enumerate(judged) if j.verdict in OPEN]
    for own in judge_repeated(claims, left, language):
        judged[own.claim] = replace(own.judgement, link=judged[own.claim].link)


def _frame(
    told: Sequence[tuple[Claim, Judgement]],
    source: Source,
    document: Document,
    concepts: Concepts,
    observations: pl.DataFrame,
    closing: Closing,
) -> pl.DataFrame:
    accepted = {a.finding_id: a.reason for a in source.accepted}
    lines = observations["line"].to_list()
    seen: dict[str, int] = {}
    rows = []
    for claim, judgement in told:
        link = judgement.link
        concept = concepts.all[link.concept] if link else None
        rival = concepts.all[link.runner_up] if link and link.runner_up is not None else None
        said = "; ".join(v.text for v in claim.values[:1]) or claim.quote
        key = CLAIM + finding_id(f"claim-{judgement.verdict}", source.id, said, claim.quote[:200])
        seen[key] = seen.get(key, 0) + 1
        identifier = key if seen[key] == 1 else CLAIM + finding_id(key, str(seen[key]))
        rows.append(
            {
                "document": document.name,
                "line": claim.line,
                "quote": claim.quote,
                "values": [v.value for v in claim.values[:1]]
                if claim.kind not in {Kind.RATIO, Kind.STATUS}
                else [v.value for v in claim.values],
                "unit": claim.unit or None,
                "kind": claim.kind.value,
                "period": claim.when.text or None,
                "subject": concept.name if concept else None,
                "verdict": judgement.verdict.value,
                "expected": judgement.expected or None,
                "computation": judgement.computation or None,
                "note": _note(claim, judgement, observations, closing) or None,
                "indicator_id": concept.indicator if concept else None,
                "table": concept.table if concept else None,
                "table_lines": sorted({lines[row] for row in judgement.cells if row < len(lines)}),
                "score": link.score if link else None,
                "runner_up": rival.name if rival else None,
                "runner_up_score": link.runner_up_score if rival and link else None,
                "finding_id": identifier,
                "accepted": accepted.get(identifier),
            }
        )
    return pl.DataFrame(rows, schema=CLAIMS, orient="row")


def _note(claim: Claim, judgement: Judgement, observations: pl.DataFrame, closing: Closing) -> str:
    notes = [judgement.note] if judgement.note else []
    if (
        judgement.verdict is Verdict.CONTRADICTS
        and len(judgement.cells) == 1
        and judgement.text_value is not None
        and judgement.cells[0] < observations.height
    ):
        line, table, row, column = observations.select(
            "line", "table", "row_label", "column_label"
        ).row(judgement.cells[0])
        value = judgement.text_value
        cell = observations["value"][judgement.cells[0]]
        if claim.kind in {Kind.LEVEL, Kind.COMPARISON} and cell is not None and cell < 0 < value:
            value = -value
        if side := closing.side(line, table, row, column, value):
            notes.append(side)
    return "; ".join(notes)


def require_own_language(root: Path) -> None:
    """Raise as ``load_language`` where a workspace has words of its own that are faulty."""
    if (root / "data" / "language").is_dir():
        load_language(root)
