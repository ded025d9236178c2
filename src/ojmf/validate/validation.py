"""Validate sources, whole documents and files of observations: everything that is known of them.

Great Expectations is loaded when suites are run, not when this module is imported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations import Source
from ojmf.declarations.loading import embedded_root
from ojmf.findings import FOUND, LOCATED, Finding, finding, is_claim, located
from ojmf.model import Severity
from ojmf.schema import FINDINGS, OBSERVATIONS
from ojmf.validate import context, new_import
from ojmf.validate.areas_of_questions import coverage
from ojmf.validate.elsewhere import beside
from ojmf.validate.judging import judge
from ojmf.validate.outcomes import plain, rows
from ojmf.validate.parts import Part, beside_edition, shown
from ojmf.validate.small_numbers import held_findings, held_of
from ojmf.validate.suite_files import FOLDER, FRAME, REGISTERS, Suite, lacking, outdated, written

if TYPE_CHECKING:
    from ojmf.validate.kept import Kept
    from ojmf.workspace import Workspace

UNUSED_ACCEPTANCE = "acceptance"
_GRAVITY = [str(severity) for severity in Severity]
"""Severities, the gravest first."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What validation found: ``found`` in the schema ``FOUND``, by part, gravest first.

    ``parts`` are what was validated; ``observations`` and ``checks`` count what was judged.
    """

    found: pl.DataFrame
    parts: tuple[Part, ...]
    observations: int
    checks: int

    @property
    def findings(self) -> pl.DataFrame:
        """The findings in the schema ``FINDINGS``."""
        return self.found.select(FINDINGS.names())


def validate(
    workspace: Workspace,
    parts: Sequence[Part],
    *,
    docs: Path | None = None,
    known: pl.DataFrame | None = None,
    kept: Kept | None = None,
) -> Validation:
    """Judge parts by the suites of the workspace, and put all findings in order.

    ``docs`` is a folder for Data Docs. ``known`` are the observations that the parts are judged
    beside as an import. For imports and registers the suites that come with the package stand in
    where the workspace has none of its own. ``kept`` are results of earlier runs. Raises
    ``DeclarationError`` where a suite is faulty.
    """
    own, shipped = _own_and_shipped(workspace)
    loaded = _standing_in(own, shipped)
    entries = workspace.acknowledgements()
    by_source = entries.group_by("source_id").agg("finding_id")
    accepted = {source_id: set(known) for source_id, known in by_source.iter_rows()}
    if known is None:
        parts = [beside_edition(workspace, part) for part in parts]
    found = [part.findings.with_columns(part=pl.lit(n, pl.UInt32)) for n, part in enumerate(parts)]
    registers = {part.subject: n for n, part in enumerate(parts) if part.subject in REGISTERS}
    if "catalogue" in registers:  # once, where all that the workspace holds is validated
        told = located(
            [*_without_checks(lacking(own, shipped)), *_earlier_checks(outdated(own, shipped))]
        )
        found.append(told.with_columns(part=pl.lit(registers["catalogue"], pl.UInt32)))
    checks = observations = 0
    for number, together in enumerate(_without_doubles(parts) or [[]]):
        frame, places = _joined(parts, together)
        others = beside(workspace, frame) if known is None else known
        framed = context.with_context(workspace, frame, others)
        frames = {}
        if together:
            frames = {"observations": framed, "coverage": coverage(workspace, framed)}
        if together and known is not None:
            frames |= new_import.subjects(workspace, framed, known)
            # A question that the document before had is told with where it stands there.
            gone = frames[new_import.GONE].filter(level="question")
            key = ["area_id", "indicator_id"]
            frames["coverage"] = frames["coverage"].join(gone, key, "anti", maintain_order="left")
        if number == 0:
            held = context.registers(workspace)
            frames |= {subject: held[subject] for subject in registers}
        due = frozenset[str]().union(*(parts[n].kinds for n in together))
        meant = [(parts[n].source_id, kind) for n in together for kind in parts[n].kinds]
        outcomes = judge(loaded, frames, due, kept=kept, docs=docs)
        of_sources = [one for one in outcomes if one.check.subject not in registers]
        judged = [*rows(of_sources, accepted), *_without_suite(meant, framed, loaded)]
        if known is None:
            names = dict(workspace.places.select("code", "name").iter_rows())
            held_here = held_of(workspace, frame["source_id"].unique().to_list())
            judged += held_findings(held_here, names)
        told = located(judged)
        found.append(_placed(told, places, together[0] if together else 0))
        for subject, part in registers.items():
            of_register = rows(one for one in outcomes if one.check.subject == subject)
            found.append(located(of_register).with_columns(part=pl.lit(part, pl.UInt32)))
        checks += len({(one.check.suite, one.check.name) for one in outcomes})
        observations += frame.height
    if kept is not None:
        kept.save()
    everything = pl.concat(found)
    of_reports = [
        unused_acceptances(
            part.ingested.read.source,
            set(everything.filter(source_id=part.ingested.read.source.id)["finding_id"]),
            prose=part.prose,
        ).with_columns(part=pl.lit(n, pl.UInt32))
        for n, part in enumerate(parts)
        if part.ingested is not None
    ]
    of_others = _unused_entries(workspace, parts, everything)
    ordered = _ordered(workspace, parts, pl.concat([everything, *of_reports, of_others]))
    return Validation(ordered, tuple(parts), observations, checks)


def suites_of(workspace: Workspace) -> list[Suite]:
    """The suites of a workspace; those that come with the package where a subject has none.

    Raises ``DeclarationError`` where a suite is faulty.
    """
    return _standing_in(*_own_and_shipped(workspace))


def _own_and_shipped(workspace: Workspace) -> tuple[list[Suite], list[Suite]]:
    """The suites of a workspace, and those that come with the package; they may be the same."""
    own, shipped = suite_folder(workspace), embedded_root() / FOLDER
    judging = _suites(own)
    return judging, judging if own == shipped else _suites(shipped)


def _standing_in(own: list[Suite], shipped: list[Suite]) -> list[Suite]:
    """A workspace's own suites, with the package's for the subjects that it need not have."""
    without = {*REGISTERS, *new_import.IMPORTS, FRAME} - {suite.subject for suite in own}
    return own + [one for one in shipped if one.subject in without]


def combined(validations: Sequence[Validation]) -> Validation:
    """Several validations as one, their parts in order."""
    found = [FOUND.to_frame()]
    parts: list[Part] = []
    for one in validations:
        found.append(one.found.with_columns(part=pl.col("part") + pl.lit(len(parts), pl.UInt32)))
        parts += one.parts
    return Validation(
        pl.concat(found),
        tuple(parts),
        sum(one.observations for one in validations),
        sum(one.checks for one in validations),
    )


def _suites(folder: Path) -> list[Suite]:
    """The suites of a folder, their form judged; raises ``DeclarationError`` with all faults."""
    suites, faults = written(folder)
    if faults:
        from ojmf.validate import suites as engine

        engine.load(folder)
    return suites


def suite_folder(workspace: Workspace) -> Path:
    """The workspace's own suites, or those that come with the package."""
    own = workspace.root / FOLDER
    return own if own.is_dir() else embedded_root() / FOLDER


def _without_doubles(parts: Sequence[Part]) -> list[list[int]]:
    """The numbers of parts that are judged together: no source comes twice, so that no key does."""
    batches: list[tuple[set[str], list[int]]] = []
    for number, part in enumerate(parts):
        if part.observations is None:
            continue
        names = set(part.observations["source_id"].unique())
        held, batch = next((b for b in batches if not b[0] & names), (set(), []))
        if not batch:
            batches.append((held, batch))
        held.update(names)
        batch.append(number)
    return [batch for _, batch in batches]


def _joined(parts: Sequence[Part], together: Sequence[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The observations of parts in one frame, and the ``part`` and own ``row`` of each of its rows.

    ``source_id`` stands beside them, for findings that are about no row.
    """
    given = [(n, frame) for n in together if (frame := parts[n].observations) is not None]
    empty = OBSERVATIONS.to_frame()
    frame = pl.concat([empty, *(own for _, own in given)])
    places = pl.concat(
        own.select("source_id", part=pl.lit(n, pl.UInt32)).with_row_index("own")
        for n, own in [(0, empty), *given]
    )
    return frame, places.with_row_index("row")


def _placed(told: pl.DataFrame, places: pl.DataFrame, first: int) -> pl.DataFrame:
    """``LOCATED`` with the part that each finding is about; ``row`` becomes that in the part."""
    owners = places.select("source_id", owner="part").unique("source_id", keep="first")
    return (
        told.join(places.drop("source_id"), "row", "left", maintain_order="left")
        .join(owners, "source_id", "left", maintain_order="left")
        .with_columns(part=pl.coalesce("part", "owner", pl.lit(first, pl.UInt32)), row="own")
        .select(*LOCATED.names(), "part")
    )


def _without_suite(
    meant: Iterable[tuple[str | None, str]], observations: pl.DataFrame, loaded: Sequence[Suite]
) -> Iterator[Finding]:
    """A finding for each kind of table in a source that no suite is about."""
    known = frozenset[str]().union(*(suite.kinds for suite in loaded))
    met = observations.select("source_id", "kind").drop_nulls().unique().rows()
    for source_id, kind in sorted({*meant, *met}, key=lambda pair: (pair[0] or "", pair[1])):
        if kind not in known:
            yield plain(
                Severity.WARNING,
                "suite-missing",
                f"tabellslaget {kind} har ingen svit i expectations/; bara de allmänna reglerna "
                "har prövats",
                key=(kind,),
                source_id=source_id,
                raw=kind,
            )


def _without_checks(checks: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """A finding for each suite of the workspace that an earlier version has written."""
    for suite, names in checks.items():
        yield plain(
            Severity.INFO,
            "checks-lacking",
            f"{FOLDER}/{suite}.json saknar kontroller som följer med ojmf: {', '.join(names)}. "
            "ojmf check --add-checks lägger till dem",
            key=(suite, *names),
            raw=suite,
        )


def _earlier_checks(checks: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """A finding for each suite of the workspace with checks that are made in another way now."""
    for suite, names in checks.items():
        yield plain(
            Severity.INFO,
            "checks-outdated",
            f"{FOLDER}/{suite}.json har kontroller som ojmf nu gör på ett annat sätt: "
            f"{', '.join(names)}. Är ändringen inte er egen: ta bort dem ur filen, så lägger "
            "ojmf check --add-checks till de nya",
            key=(suite, *names),
            raw=suite,
        )


def unused_acceptances(
    source: Source, finding_ids: Collection[str], *, prose: bool = False
) -> pl.DataFrame:
    """``LOCATED``: a critical finding per acknowledgement that is none of the source's finding ids.

    ``finding_ids`` are those of every check of the document; those of sentences are looked for
    where its ``prose`` has been audited too.
    """
    return located(
        finding(
            Severity.CRITICAL,
            UNUSED_ACCEPTANCE,
            f"kvitteringen från {entry.date} ({entry.reason}) behövs inte längre. Ta bort "
            f"{entry.finding_id} ur source.toml, eller rätta dess finding_id",
            source,
            raw=entry.finding_id,
        )
        for entry in source.accepted
        if entry.finding_id not in finding_ids and (prose or not is_claim(entry.finding_id))
    )


def _unused_entries(
    workspace: Workspace, parts: Sequence[Part], everything: pl.DataFrame
) -> pl.DataFrame:
    """What ``unused_acceptances`` says of reports, of the rows in ``data/accepted.csv``."""
    values = {*workspace.fetched, *workspace.references}
    numbers = {part.name: n for n, part in enumerate(parts) if part.name in values}
    registers = [n for n, part in enumerate(parts) if part.subject in REGISTERS]
    if len(registers) == len(REGISTERS):  # a finding's id does not say of which it is
        numbers[""] = registers[0]
    left = workspace.accepted.join(
        everything, ["source_id", "finding_id"], "anti", nulls_equal=True
    ).filter(pl.col("source_id").fill_null("").is_in(list(numbers)))
    told = located(
        plain(
            Severity.CRITICAL,
            UNUSED_ACCEPTANCE,
            f"kvitteringen från {row['date']} ({row['reason']}) behövs inte längre. Ta bort "
            f"{row['finding_id']} ur data/accepted.csv, eller rätta dess finding_id",
            source_id=row["source_id"],
            raw=row["finding_id"],
        )
        for row in left.iter_rows(named=True)
    )
    owner = pl.col("source_id").fill_null("")
    return told.with_columns(
        part=owner.replace_strict(
            list(numbers), list(numbers.values()), default=None, return_dtype=pl.UInt32
        )
    )


def acknowledged(accepted: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The findings that a person has accepted as information, with the reason.

    ``accepted`` are ``registers.ACCEPTED``. ``acknowledged`` is added to the columns of
    ``FINDINGS`` and others: the reason, or null.
    """
    accepted = accepted.select(
        "source_id",
        "finding_id",
        told=pl.format("Kvitterat {}: {}", "date", "reason"),
        acknowledged="reason",
    ).unique(["source_id", "finding_id"], keep="last")
    known = pl.col("acknowledged").is_not_null()
    info = pl.lit(str(Severity.INFO))
    anew = known & (pl.col("severity") != info)
    return (
        found.join(
            accepted, ["source_id", "finding_id"], "left", nulls_equal=True, maintain_order="left"
        )
        .with_columns(
            message=pl.when(anew).then(pl.format("{}. {}", "message", "told")).otherwise("message"),
            severity=pl.when(known).then(info).otherwise("severity"),
        )
        .drop("told")
    )


def _with_places(part: Part, found: pl.DataFrame) -> pl.DataFrame:
    """The findings of a part with ``place``: that of their cell, else that of their line."""
    document = None if part.ingested is None else part.ingested.read.document
    lines = found["line"].drop_nulls().unique().to_list() if document else []
    of_line = {n: document.places[n] for n in lines if document and n in document.places}
    said = pl.col("line").replace_strict(of_line, default=None, return_dtype=pl.String)
    if part.observations is None:
        return found.with_columns(place=said)
    cells = part.observations.select(cell="place").with_row_index("row")
    return (
        found.join(cells, "row", "left", maintain_order="left")
        .with_columns(place=pl.coalesce("cell", said))
        .drop("cell")
    )


def _ordered(workspace: Workspace, parts: Sequence[Part], found: pl.DataFrame) -> pl.DataFrame:
    """``FOUND`` by part, severity and line; acknowledged ones last."""
    nowhere = {"file": pl.lit(""), "place": pl.lit(""), "file_line": pl.lit(None, pl.Int64)}
    placed = [found.clear().with_columns(**nowhere)]
    for number, part in enumerate(parts):
        own = found.filter(part=number).with_columns(file=pl.lit(part.file))
        if part.subject in REGISTERS:
            files = {name: shown(workspace.root / name) for name in own["document"].drop_nulls()}
            own = own.with_columns(file=pl.col("document").replace_strict(files, default=part.file))
        own = _with_places(part, own)
        if part.lines is None:
            placed.append(own.with_columns(file_line=pl.col("line").cast(pl.Int64)))
        else:
            by = part.lines.columns[0]
            placed.append(own.join(part.lines, by, "left", maintain_order="left"))
    return (
        acknowledged(workspace.acknowledgements(), pl.concat(placed))
        .sort(
            "part",
            pl.col("acknowledged").is_not_null(),
            pl.col("severity").cast(pl.Enum(_GRAVITY)),
            pl.col("line").fill_null(0),
            "check",
            maintain_order=True,
        )
        .select(FOUND.names())
        .cast(FOUND)
    )
