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

from ojmf.declarations import Accepted
from ojmf.declarations.loading import embedded_root
from ojmf.model import Severity
from ojmf.schema import FINDINGS, OBSERVATIONS
from ojmf.validate import consistency as identities
from ojmf.validate import context as frames
from ojmf.validate.outcomes import plain, rows
from ojmf.validate.parts import Part

if TYPE_CHECKING:
    from ojmf.validate.suites import Suite
    from ojmf.workspace import Workspace

PLACES = pl.Schema({"file": pl.String, "file_line": pl.Int64, "acknowledged": pl.Boolean})
"""The file and line that a finding leads to, and whether a declaration has accepted it."""

Found = tuple[Part, dict[str, Any]]
"""A finding, with the part that it is about."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What validation found: ``findings`` in ``FINDINGS``, gravest first in each part.

    ``places`` (``PLACES``) and ``owners``, the part that each is about, go with them row by row.
    ``parts`` are what was validated; ``observations`` and ``checks`` count what was judged.
    """

    findings: pl.DataFrame
    places: pl.DataFrame
    owners: tuple[Part, ...]
    parts: tuple[Part, ...]
    observations: int
    checks: int

    @property
    def acknowledged(self) -> int:
        """The number of findings that a person has accepted in a declaration."""
        return self.places.filter("acknowledged").height

    def at_least(self, level: Severity) -> int:
        """The number of findings as grave as ``level`` or graver that nobody has acknowledged."""
        order = [str(severity) for severity in Severity]
        grave = order[: order.index(str(level)) + 1]
        own = self.findings.filter(~self.places["acknowledged"])
        return own.filter(pl.col("severity").is_in(grave)).height


def validate(
    workspace: Workspace,
    parts: Sequence[Part],
    *,
    docs: Path | None = None,
    more: Iterable[Found] = (),
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
    found += [item for part in parts for item in _unused(part, found)]
    return _ordered(workspace, parts, found, (observations, checks))


def _unused(part: Part, found: Sequence[Found]) -> list[Found]:
    """Acknowledgements in the declaration of a document, wholly judged, that match no finding."""
    if part.read is None:
        return []
    source = part.read.source
    ids = {row["finding_id"] for _, row in found if row["source_id"] == source.id}
    return [(part, row) for row in identities.unused_acceptances(source, ids).to_dicts()]


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
    found: Sequence[Found],
    counts: tuple[int, int],
) -> Validation:
    """The findings by part, severity and line; acknowledged ones are told as information, last."""
    position = {id(part): number for number, part in enumerate(parts)}
    gravity = {str(severity): number for number, severity in enumerate(Severity)}
    accepted = {
        (source.id, entry.finding_id): entry
        for source in workspace.sources.values()
        for entry in source.accepted
    }
    known = [accepted.get((row["source_id"], row["finding_id"])) for _, row in found]
    told = [
        (part, row if entry is None else _acknowledged(row, entry), entry is not None)
        for (part, row), entry in zip(found, known, strict=True)
    ]
    told.sort(
        key=lambda item: (
            position[id(item[0])],
            item[2],
            gravity[item[1]["severity"]],
            item[1]["line"] or 0,
            item[1]["check"],
        )
    )
    return Validation(
        pl.DataFrame(
            [{name: row[name] for name in FINDINGS} for _, row, _ in told], schema=FINDINGS
        ),
        pl.DataFrame(
            [(*part.place(row), known) for part, row, known in told], schema=PLACES, orient="row"
        ),
        tuple(part for part, _, _ in told),
        tuple(parts),
        *counts,
    )


def _acknowledged(row: dict[str, Any], entry: Accepted) -> dict[str, Any]:
    """The finding as information with the reason; one that is told so already stays as it is."""
    if row["severity"] == str(Severity.INFO):
        return row
    reason = f"Kvitterat {entry.date}: {entry.reason}"
    return row | {"severity": str(Severity.INFO), "message": f"{row['message']}. {reason}"}
