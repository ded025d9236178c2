"""Damage many copies of the real reports and see what validation finds, all suites in one run."""

import random
import re
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from ojmf.findings import located
from ojmf.ingest.document import Document, read_extract
from ojmf.ingest.reading import EXTRACT, ReadDocument, read
from ojmf.ingest.source import resolve
from ojmf.validate import context as frames
from ojmf.validate import suites
from ojmf.validate.outcomes import rows
from ojmf.validate.parts import Part, of_lines, of_source
from ojmf.validate.validation import suite_folder, validate
from ojmf.workspace import Workspace
from tests.golden.mutations import KINDS, Mutation, Mutator

GRAVE = {"critical", "warning"}


@dataclass
class Case:
    """A damaged copy: what was done, and where the findings that it has of its own stand.

    ``lines`` are the lines of findings, ``named`` those that a finding's text names as involved.
    ``must`` says that the change leaves the rounding interval of an identity.
    """

    source_id: str
    mutation: Mutation
    table: str
    must: bool
    lines: set[int | None] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    tables: set[str | None] = field(default_factory=set)

    @property
    def seen(self) -> bool:
        return bool(self.checks)

    @property
    def at_line(self) -> bool:
        near = {self.mutation.line, self.mutation.line + 1}
        return bool(near & self.lines)

    @property
    def in_table(self) -> bool:
        return self.table in self.tables

    @property
    def in_place(self) -> bool:
        near = {self.mutation.line, self.mutation.line + 1}
        return bool(near & (self.lines | self.named))


@cache
def _sound(workspace: Workspace, source_id: str) -> tuple[Document, ReadDocument, frozenset[tuple]]:
    source = workspace.source(source_id)
    path = workspace.source_folder(source_id) / EXTRACT
    document = read_extract(path, source.document)
    part = of_lines(workspace, source, document, Part(source_id, path.name))
    return (
        document,
        read(workspace, source, document),
        frozenset(map(_key, part.findings.iter_rows(named=True))),
    )


def _key(row: dict) -> tuple:
    return row["finding_id"], row["message"]


def _leaves_interval(sound: ReadDocument, mutated: ReadDocument) -> bool:
    """Whether an identity that held is left by more than its tolerance, by plain arithmetic.

    The residual of a sum moves by the factor times the change of a term; nothing of the judgement
    of the damaged document is used.
    """
    ingested = resolve(sound)
    cells, judged = ingested.cells, ingested.verdicts
    raws = sound.cells.select("cell", "raw").join(
        mutated.cells.select("cell", after="raw", value_after="value"), on="cell"
    )
    moved = (
        raws.filter(pl.col("raw") != pl.col("after"))
        .join(cells.select("cell", "value", "correction_id"), on="cell")
        .filter(pl.col("correction_id").is_null())
        .with_columns(delta=pl.col("value_after") - pl.col("value"))
    )
    shifted = (
        sound.terms.filter(pl.col("role") == "term")
        .join(moved.select("cell", "delta"), on="cell")
        .group_by("instance")
        .agg(shift=(pl.col("factor") * pl.col("delta")).sum())
        .join(judged.filter(pl.col("form").is_in(["sum", "equal"])), on="instance")
        .filter(pl.col("verdict").is_in(["exact", "within_rounding"]))
    )
    outside = (pl.col("residual") + pl.col("shift")).abs() > pl.col("tolerance") + 1e-6
    return not shifted.filter(outside).is_empty()


def cases(
    workspace: Workspace, count: int, seed: int, kinds: tuple[str, ...] = KINDS
) -> list[Case]:
    """``count`` damaged copies, kinds and sources in turn, each validated as a document is."""
    draw = random.Random(seed)
    made: list[Case] = []
    frames_made: list[pl.DataFrame] = []
    sources = sorted(workspace.sources)
    while len(made) < count:
        kind = kinds[len(made) % len(kinds)]
        source_id = draw.choice(sources)
        document, sound, known = _sound(workspace, source_id)
        source = workspace.source(source_id)
        lines = sound.cells["line"].unique().to_list()
        result = Mutator(source, document, lines, draw.randrange(2**32)).make(kind)
        if result is None:
            continue
        damaged, mutation = result
        part = of_lines(workspace, source, damaged, Part(source_id, "extract.txt"))
        must = False
        if part.ingested is not None and kind not in {"row-doubled", "row-dropped"}:
            must = _leaves_interval(sound, part.ingested.read)
        titles = sound.cells.filter(line=mutation.line)["table"]
        case = Case(source_id, mutation, titles[0], must)
        made.append(case)
        for row in part.findings.iter_rows(named=True):
            if row["severity"] in GRAVE and _key(row) not in known:
                _note(case, row)
        if part.observations is not None:
            frame = frames.with_context(workspace, part.observations)
            name = f"{source_id}#{len(made) - 1}"
            frames_made.append(frame.with_columns(source_id=pl.lit(name)))
    _judge_together(workspace, made, frames_made)
    return made


def _judge_together(workspace: Workspace, made: list[Case], damaged: list[pl.DataFrame]) -> None:
    """One run of each suite over all copies, told apart by their source ids."""
    together = pl.concat(damaged).with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
    loaded = [s for s in suites.load(suite_folder(workspace)) if s.subject == "observations"]
    batches = [(suite, frames.subject(together, suite.applies_to)) for suite in loaded]
    outcomes = suites.run([batch for batch in batches if not batch[1].is_empty()])
    assert not any(outcome.error for outcome in outcomes)
    baseline = _accepted_cells(workspace)
    for row in located(rows(outcomes)).iter_rows(named=True):
        source_id, _, number = row["source_id"].partition("#")
        place = (source_id, row["check"], row["line"], row["column_label"])
        if row["severity"] in GRAVE and place not in baseline:
            _note(made[int(number)], row)


@cache
def _accepted_cells(workspace: Workspace) -> frozenset[tuple]:
    """The places of the findings that the undamaged sources have, all acknowledged."""
    found = validate(workspace, [of_source(workspace, name) for name in workspace.sources]).findings
    return frozenset(found.select("source_id", "check", "line", "column_label").iter_rows())


def _note(case: Case, row: dict) -> None:
    case.lines.add(row["line"])
    case.named.update(int(n) for n in re.findall(r"rad (\d+)", row["message"]))
    case.checks.add(row["check"])
    case.tables.add(row["table"])


def table(made: list[Case]) -> pl.DataFrame:
    """How many were seen, per kind: at all, in the table, in place (line or named), on the line."""
    columns = ("must", "seen", "in_table", "in_place", "at_line")
    rows_made = [(c.mutation.kind, *(getattr(c, name) for name in columns)) for c in made]
    return (
        pl.DataFrame(rows_made, schema=["kind", *columns], orient="row")
        .group_by("kind", maintain_order=True)
        .agg(pl.len().alias("cases"), pl.col(columns).sum())
    )
