"""Open a store, now or as it was: a Delta Lake table with the columns of ``OBSERVATIONS``."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlparse

import polars as pl
from deltalake import CommitProperties, DeltaTable
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from ojmf.errors import InputError, OjmfError, OutputError, SelectionError
from ojmf.output import explain
from ojmf.schema import OBSERVATIONS
from ojmf.store.commits import Commit, Import, commits_of, standing

YEAR = "year"
"""The column that the table is partitioned by: the year of ``period_end``."""
STORED = pl.Schema([*OBSERVATIONS.items(), (YEAR, pl.Int32())])
"""The columns of a store."""

_FULL = re.compile(r"No space left|Disk quota exceeded|code: (28|122)\b|StorageFull")
_TOO_LARGE = re.compile(r"File too large|code: 27\b|FileTooLarge")
_REFUSED = re.compile(
    r"Permission denied|Read-only file system|code: (13|30)\b|AccessDenied|Forbidden|Unauthorized"
    r"|InvalidAccessKeyId|SignatureDoesNotMatch|\b40[13]\b",
    re.IGNORECASE,
)
_IN_THE_WAY = re.compile(r"Not a directory|code: 20\b|File exists")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m|↳")
_NO_BUCKET = re.compile(r"NoSuchBucket|bucket does not exist")
_GONE = re.compile(r"No such file|NotFound|not found|os error 2\b", re.IGNORECASE)


@contextmanager
def explained(uri: str, kind: type[OjmfError]) -> Iterator[None]:
    """Raise what the library says of a store as ``kind``, in words that say what to do.

    That another made the same version first is left to the caller: ``CommitFailedError``.
    """
    try:
        yield
    except CommitFailedError as error:
        if not any(pattern.search(str(error)) for pattern in (_FULL, _TOO_LARGE, _REFUSED)):
            raise
        raise kind(_why(uri, error)) from error
    except TableNotFoundError as error:
        raise InputError(
            f"{uri}: här finns inget lager. Kontrollera adressen, eller gör ett med "
            f"ojmf publish --store {uri}."
        ) from error
    except (DeltaError, OSError, pl.exceptions.ComputeError) as error:
        raise kind(_why(uri, error)) from error


def _why(uri: str, error: Exception) -> str:
    text = str(error)
    for pattern, code in (
        (_FULL, errno.ENOSPC),
        (_TOO_LARGE, errno.EFBIG),
        (_IN_THE_WAY, errno.ENOTDIR),
    ):
        if pattern.search(text):
            return explain(uri, OSError(code, "", uri)).replace("--output", "--store")
    if _REFUSED.search(text):
        return (
            f"{uri}: lagret nekar åtkomst. Kontrollera rättigheterna, och för ett lager på nätet "
            "nyckeln i miljön."
        )
    if _NO_BUCKET.search(text):
        return f"{uri}: hinken finns inte. Kontrollera adressen, eller gör hinken först."
    if _GONE.search(text):
        return (
            f"{uri}: en fil i lagret saknas, så den versionen går inte längre att läsa. Välj en "
            f"senare; ojmf store log --store {uri} visar alla."
        )
    told = " ".join(_COLOUR.sub("", text).split())[:300]
    return f"{uri}: lagret kan inte användas. Kontrollera adressen och nätet ({told})."


def address(uri: str) -> str:
    """The address of a store: a local folder whole, anything with a scheme as it is."""
    if "://" in uri:
        return uri
    return str(Path(uri).resolve())


@dataclass(frozen=True, eq=False)
class Store:
    """A store at a version; raises ``InputError`` where something in it can't be read."""

    uri: str
    table: DeltaTable
    commits: tuple[Commit, ...]

    @classmethod
    def open(cls, uri: str, as_of: str | None = None) -> Store:
        """Open a store as it is, or as it was at a version or at the end of a day.

        Raises ``InputError`` where there is none or it can't be read, and ``SelectionError`` for
        a version that it does not have or no longer holds.
        """
        with explained(uri, InputError):
            table = DeltaTable(address(uri))
            commits = tuple(commits_of(table.history()))
        if (
            lacking := set(OBSERVATIONS) - {field.name for field in table.schema().fields}
        ) != set():
            raise InputError(
                f"{uri}: tabellen är inget lager av uppgifter; kolumner saknas: "
                f"{', '.join(sorted(lacking))}."
            )
        if as_of is not None and (version := _version(uri, as_of, commits)) != table.version():
            with explained(uri, InputError):
                table = DeltaTable(address(uri), version=version)
            _refuse_emptied(uri, table)
        return cls(uri, table, commits)

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.table.version()

    @property
    def identity(self) -> str:
        """What no other store and no other version of this one has."""
        return f"{self.table.metadata().id} {self.version}"

    @cached_property
    def imports(self) -> dict[str, Import]:
        """What is in the store at this version, by source."""
        found = standing(self.commits, self.version)
        return {name: one.imported for name, one in found.items() if one.imported is not None}

    def scan(self) -> pl.LazyFrame:
        """The figures in the schema ``OBSERVATIONS``, of which only what is asked for is read."""
        with explained(self.uri, InputError):
            return pl.scan_delta(self.table).select(
                pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items()
            )

    def read(self, *conditions: pl.Expr) -> pl.DataFrame:
        """The figures that meet all conditions, by source and line."""
        with explained(self.uri, InputError):
            found = self.scan().filter(*conditions).collect()
        return found.sort("source_id", "line", maintain_order=True)

    def at(self, version: int) -> Store:
        """The same store at another version, which it must have."""
        with explained(self.uri, InputError):
            return Store(self.uri, DeltaTable(self.table.table_uri, version=version), self.commits)


def _version(uri: str, as_of: str, commits: tuple[Commit, ...]) -> int:
    """The version that was the latest at a moment, or the one that is named."""
    numbers = [commit.version for commit in commits]
    if as_of.isdecimal():
        if int(as_of) in numbers:
            return int(as_of)
        raise SelectionError(
            f"{uri}: lagret har ingen version {as_of}; det har {min(numbers)}–{max(numbers)}. "
            f"ojmf store log --store {uri} visar alla."
        )
    try:
        moment = datetime.fromisoformat(as_of)
        if len(as_of) == len("2025-01-31"):
            moment = datetime.combine(date.fromisoformat(as_of), time.max)
    except ValueError:
        raise SelectionError(
            f"--as-of {as_of}: väntade en version (12), en dag (2025-03-31) eller en tidpunkt "
            "(2025-03-31T12:00)."
        ) from None
    moment = moment.astimezone()  # without a zone it is the time of this machine
    before = [commit.version for commit in commits if commit.at <= moment]
    if not before:
        first = min(commit.at for commit in commits).astimezone()
        raise SelectionError(
            f"{uri}: lagret fanns inte {as_of}; det gjordes {first:%Y-%m-%d %H:%M}."
        )
    return max(before)


def _refuse_emptied(uri: str, table: DeltaTable) -> None:
    """Raise ``SelectionError`` for a version whose files a cleaning has taken away.

    A store on the net tells it when it is read.
    """
    files = [urlparse(name) for name in table.file_uris()]
    local = [Path(unquote(name.path)) for name in files if name.scheme in {"", "file"}]
    if not all(path.exists() for path in local):
        raise SelectionError(
            f"{uri}: version {table.version()} är utrensad och går inte längre att läsa. Välj en "
            f"senare; ojmf store log --store {uri} visar alla."
        )


def for_writing(uri: str) -> Store:
    """The store at an address as it is now, made where there is none; raises ``OutputError``."""
    # Where another makes it at the same moment, it is there.
    with suppress(CommitFailedError), explained(uri, OutputError):
        if DeltaTable.is_deltatable(address(uri)):
            return Store.open(uri)
        if "://" not in uri:
            Path(uri).mkdir(parents=True, exist_ok=True)
        DeltaTable.create(
            address(uri),
            STORED.to_frame().to_arrow(compat_level=pl.CompatLevel.oldest()).schema,
            mode="ignore",
            partition_by=[YEAR],
            name="ojmf",
            commit_properties=CommitProperties(max_commit_retries=0),
            # A cited figure must be found for as long as anyone may cite it: nothing of the past
            # goes unless someone asks for it (ojmf store vacuum).
            configuration={
                "delta.enableExpiredLogCleanup": "false",
                "delta.logRetentionDuration": "interval 36500 days",
                "delta.deletedFileRetentionDuration": "interval 36500 days",
            },
        )
    return Store.open(uri)


IMPORTS = pl.Schema(
    {
        "source_id": pl.String(),
        "document": pl.String(),
        "publisher": pl.String(),
        "figures": pl.UInt32(),
        "places": pl.UInt32(),
        "first": pl.Date(),
        "last": pl.Date(),
        "version": pl.Int64(),
        "at": pl.Datetime("ms", "UTC"),
        "by": pl.String(),
        "sha256": pl.String(),
        "suites": pl.String(),
    }
)
"""One row per import that is in a store; ``first`` and ``last`` bound its periods."""


def imports_of(store: Store) -> pl.DataFrame:
    """The imports at the store's version in the schema ``IMPORTS``, counted in the figures."""
    with explained(store.uri, InputError):
        counted = (
            store.scan()
            .group_by("source_id")
            .agg(
                pl.len().alias("figures"),
                pl.col("geo").n_unique().alias("places"),
                pl.col("period_start").min().alias("first"),
                pl.col("period_end").max().alias("last"),
            )
            .collect()
        )
    told = [
        dict.fromkeys(IMPORTS)
        | {
            "source_id": name,
            "document": one.imported.document,
            "publisher": one.imported.publisher,
            "by": one.imported.by,
            "sha256": one.imported.sha256,
            "suites": one.imported.suites,
            "version": one.version,
            "at": one.at,
        }
        for name, one in standing(store.commits, store.version).items()
        if one.imported is not None
    ]
    of = pl.DataFrame(told, schema=IMPORTS, orient="row").drop("figures", "places", "first", "last")
    return counted.join(of, on="source_id", how="left").sort("source_id").select(IMPORTS.names())
