"""What the commits of a store say: which import was published when, by whom, checked by what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Self

import polars as pl

PREFIX = "ojmf."
"""Before every key of ours in the metadata of a commit."""
MADE = "ojmf.version"
"""The key of the version that a commit makes, as the one who made it knew it."""


@dataclass(frozen=True, slots=True)
class Import:
    """What is published as a whole: the figures of one source, and the document they come from.

    ``content`` is the SHA-256 of the figures, ``sha256`` that of the document and ``suites`` that
    of the suites that judged them. ``geos`` are the codes of the places. ``public`` says that the
    source is public as it is, so that nothing in it is secret. ``by`` is empty where nobody said.
    """

    source_id: str
    publisher: str
    title: str
    document: str
    date: date
    reporting_period: str
    sha256: str
    diary_number: str | None
    public: bool
    suites: str
    content: str
    figures: int
    geos: tuple[str, ...]
    by: str
    published: datetime

    @property
    def cited(self) -> tuple[Any, ...]:
        """The document as it is cited: the id of the source first, the diary number last."""
        of_document = (self.date, self.reporting_period, self.sha256, self.diary_number)
        return (self.source_id, self.publisher, self.title, self.document, *of_document)

    def metadata(self, version: int) -> dict[str, str]:
        """As the metadata of the commit that makes ``version``: texts, each a JSON value."""
        told = {f"{PREFIX}{name}": value for name, value in asdict(self).items()}
        told[MADE] = version
        return {
            name: json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat())
            for name, value in told.items()
        }

    @classmethod
    def told(cls, metadata: Mapping[str, Any]) -> Self | None:
        """The import that the metadata of a commit tell of; None where they tell of none."""
        try:
            given: dict[str, Any] = {
                field.name: json.loads(metadata[f"{PREFIX}{field.name}"]) for field in fields(cls)
            }
            given["date"] = date.fromisoformat(given["date"])
            given["published"] = datetime.fromisoformat(given["published"])
            return cls(**given | {"geos": tuple(given["geos"])})
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Commit:
    """A version of the store: when it was made, by which operation, and the import if it was one.

    Other programs can write too; theirs have no import.
    """

    version: int
    at: datetime
    operation: str
    imported: Import | None


LOG = pl.Schema(
    {
        "version": pl.Int64(),
        "at": pl.Datetime("ms", "UTC"),
        "operation": pl.String(),
        "source_id": pl.String(),
        "document": pl.String(),
        "figures": pl.Int64(),
        "places": pl.Int64(),
        "by": pl.String(),
        "sha256": pl.String(),
        "suites": pl.String(),
    }
)
"""One row per commit; what an import is described by is null for other operations."""


def commits_of(history: Iterable[Mapping[str, Any]]) -> list[Commit]:
    """The commits of ``DeltaTable.history()``, the newest first, numbered as they are.

    The library counts down from the version that it has opened, over the files that are there:
    a commit made in between puts it out of step. What a commit knows of itself puts that right.
    """
    entries = list(history)
    numbers = [int(entry["version"]) for entry in entries]
    known = (
        int(entry[MADE]) - number
        for entry, number in zip(entries, numbers, strict=True)
        if MADE in entry
    )
    shift = next(known, max(0, -min(numbers, default=0)))
    return [
        Commit(
            number + shift,
            datetime.fromtimestamp(int(entry.get("timestamp", 0)) / 1000, UTC),
            str(entry.get("operation", "")),
            Import.told(entry),
        )
        for entry, number in zip(entries, numbers, strict=True)
    ]


def standing(commits: Iterable[Commit], version: int) -> dict[str, Commit]:
    """The commit that each import at a version comes from; one without figures is not there."""
    found: dict[str, Commit] = {}
    for commit in sorted(commits, key=lambda commit: commit.version):
        if commit.imported is not None and commit.version <= version:
            found[commit.imported.source_id] = commit
    return {name: one for name, one in found.items() if one.imported and one.imported.figures}


def log(commits: Sequence[Commit]) -> pl.DataFrame:
    """The commits as a frame in the schema ``LOG``."""
    rows = []
    for commit in commits:
        row = dict.fromkeys(LOG) | {"operation": commit.operation}
        if (one := commit.imported) is not None:
            row |= {name: value for name, value in asdict(one).items() if name in LOG}
            row["places"] = len(one.geos)
        rows.append(row | {"version": commit.version, "at": commit.at})
    return pl.DataFrame(rows, schema=LOG, orient="row")
