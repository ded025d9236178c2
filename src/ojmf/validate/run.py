"""Validate sources, whole documents and files of observations: everything that is known of them.

Great Expectations is loaded when suites are run, not when this module is imported.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.model import Severity
from ojmf.schema import FINDINGS, OBSERVATIONS
from ojmf.validate import frames
from ojmf.validate.outcomes import plain, rows
from ojmf.validate.parts import Part
from ojmf.workspace import embedded_root

if TYPE_CHECKING:
    from ojmf.validate.suites import Suite
    from ojmf.workspace import Workspace

_PLACES = pl.Schema({"file": pl.String, "file_line": pl.Int64})


@dataclass(frozen=True, slots=True)
class Validation:
    """What validation found: ``findings`` in ``FINDINGS``, gravest first in each part.

    ``places`` has the file and line that each leads to and ``owners`` the part that it is about,
    row by row. ``parts`` are what was validated, ``observations`` and ``checks`` count what was
    judged, ``acknowledged`` the findings that a person has accepted in a declaration and that are
    left out.
    """

    findings: pl.DataFrame
    places: pl.DataFrame
    owners: tuple[Part, ...]
    parts: tuple[Part, ...]
    observations: int
    checks: int
    acknowledged: int

    def at_least(self, level: Severity) -> int:
        """The number of findings that are as grave as ``level`` or graver."""
        order = [str(severity) for severity in Severity]
        grave = order[: order.index(str(level)) + 1]
        return self.findings.filter(pl.col("severity").is_in(grave)).height


def validate(
    workspace: Workspace,
    parts: Sequence[Part],
    *,
    docs: Path | None = None,
    more: Iterable[tuple[Part, dict[str, Any]]] = (),
) -> Validation:
    """Judge parts by the suites of the workspace, and put all findings in order.

    ``docs`` is a folder for Data Docs. ``more`` are findings that the caller has of its own. Raises
    ``DeclarationError`` where a suite is faulty.
    """
    from ojmf.validate import suites

    loaded = suites.load(suite_folder(workspace))
    found = [(part, row) for part in parts for row in part.findings]
    found += more
    checks = observations = 0
    for number, together in enumerate(_batches(parts), start=1):
        judged = _Together(workspace, together)
        outcomes = suites.run(judged.batches(loaded, geography=number == 1), docs)
        checks += len(outcomes)
        observations += judged.frame.height
        found += [(judged.part(row), row) for row in rows(outcomes)]
        found += [(together[0], row) for row in judged.without_suite(loaded)]
    return _ordered(workspace, parts, found, (observations, checks))


def suite_folder(workspace: Workspace) -> Path:
    """The workspace's own suites, or those that come with the package."""
    from ojmf.validate.suites import FOLDER

    own = workspace.root / FOLDER
    return own if own.is_dir() else embedded_root() / FOLDER


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts that are judged together: no source comes twice, so that no key does."""
    batches: list[tuple[set[str], list[Part]]] = []
    for part in parts:
        if part.observations is None:
            continue
        names = set(part.observations["source_id"].unique())
        held, batch = next((b for b in batches if not b[0] & names), (set(), []))
        if not batch:
            batches.append((held, batch))
        held.update(names)
        batch.append(part)
    yield from (batch for _, batch in batches)


class _Together:
    """Several parts in one frame, so that each suite runs once."""

    def __init__(self, workspace: Workspace, parts: Sequence[Part]) -> None:
        self.parts = parts
        given = [part.observations for part in parts if part.observations is not None]
        self.starts = list(accumulate([frame.height for frame in given[:-1]], initial=0))
        self.frame = frames.with_context(workspace, pl.concat([OBSERVATIONS.to_frame(), *given]))
        self.subjects = {
            "observations": self.frame,
            "coverage": frames.coverage(workspace, self.frame),
            "geography": frames.geography(workspace),
        }
        self.owners = {
            name: part
            for part, frame in zip(parts, given, strict=True)
            for name in frame["source_id"].unique()
        }
        self.kinds = frozenset[str]().union(*(part.kinds for part in parts))

    def batches(
        self, loaded: Sequence[Suite], *, geography: bool
    ) -> Iterator[tuple[Suite, pl.DataFrame]]:
        """The suites that concern these parts, each with its rows.

        A suite of a kind of table runs where there are rows of it, or where there must be.
        """
        for suite in loaded:
            if suite.subject == "geography" and not geography:
                continue
            rows = frames.subject(self.subjects[suite.subject], suite.applies_to)
            if not rows.is_empty() or self._due(suite):
                yield suite, rows

    def _due(self, suite: Suite) -> bool:
        if suite.subject != "observations":
            return False
        return not suite.kinds or bool(self.kinds & suite.kinds)

    def part(self, row: dict[str, Any]) -> Part:
        """The part that a finding is about; its ``row`` becomes the position in the part."""
        position = row["row"] if row["subject"] == "observations" else None
        if position is None:
            owner = self.owners.get(row["source_id"], self.parts[0])
            row["row"] = None
            return owner
        index = bisect_right(self.starts, position) - 1
        row["row"] = position - self.starts[index]
        return self.parts[index]

    def without_suite(self, loaded: Sequence[Suite]) -> Iterator[dict[str, Any]]:
        """A finding for each kind of table that no suite is about."""
        known = frozenset[str]().union(*(suite.kinds for suite in loaded))
        for kind in sorted((self.kinds | set(self.frame["kind"].drop_nulls())) - known):
            yield plain(
                Severity.WARNING,
                "suite-missing",
                f"tabellslaget {kind} har ingen svit i expectations/; bara de allmänna reglerna "
                "har prövats",
                raw=kind,
            )


def _ordered(
    workspace: Workspace,
    parts: Sequence[Part],
    found: Sequence[tuple[Part, dict[str, Any]]],
    counts: tuple[int, int],
) -> Validation:
    """The findings that nobody has acknowledged, by part, severity and line."""
    position = {id(part): number for number, part in enumerate(parts)}
    gravity = {str(severity): number for number, severity in enumerate(Severity)}
    accepted = {
        (source.id, item.finding_id)
        for source in workspace.sources.values()
        for item in source.accepted
    }
    left = [
        (part, row) for part, row in found if (row["source_id"], row["finding_id"]) not in accepted
    ]
    left.sort(
        key=lambda item: (
            position[id(item[0])],
            gravity[item[1]["severity"]],
            item[1]["line"] or 0,
            item[1]["check"],
        )
    )
    return Validation(
        pl.DataFrame([{name: row[name] for name in FINDINGS} for _, row in left], schema=FINDINGS),
        pl.DataFrame([part.place(row) for part, row in left], schema=_PLACES, orient="row"),
        tuple(part for part, _ in left),
        tuple(parts),
        *counts,
        len(found) - len(left),
    )
