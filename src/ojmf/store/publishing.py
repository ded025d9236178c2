"""Put imports into a store, each as a whole or not at all, also when several write at once."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import polars as pl
from deltalake import CommitProperties, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError

from ojmf.errors import OutputError, SelectionError
from ojmf.schema import OBSERVATIONS
from ojmf.store.commits import Commit, Import, standing
from ojmf.store.table import STORED, YEAR, Store, explained, for_writing

FIGURE = [
    *("indicator_id", "geo", "sex", "scenario"),
    *("period_start", "period_end", "period_kind"),
]
"""What makes two rows the same figure, whatever document it stands in."""
_ROWS_TOGETHER = 1 << 16
"""How many rows a reader takes or passes over at once, by the least and the largest in them.

Imports of more are stored by municipality: who asks for one reads a few such groups of every year.
What is smaller stands as it does in its document.
"""
_PATIENCE = 60.0  # seconds to try while others publish what is not ours
_PAUSE = 0.05  # seconds after the first lost race; more after each of the next


@dataclass(frozen=True, slots=True)
class Published:
    """What became of an import: the ``version`` that it made, None where it was there already.

    ``replaced`` is the version whose figures it stands in the place of.
    """

    imported: Import
    version: int | None
    replaced: int | None


def content_of(observations: pl.DataFrame) -> str:
    """The SHA-256 of figures in the schema ``OBSERVATIONS``, whatever order they stand in."""
    buffer = BytesIO()
    ordered = observations.select(OBSERVATIONS.names()).sort(pl.all(), nulls_last=True)
    ordered.write_csv(buffer)
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def publish(
    uri: str,
    imported: Import,
    observations: pl.DataFrame,
    *,
    elsewhere: pl.DataFrame | None = None,
    replace: bool = False,
) -> Published:
    """Put the figures of an import (``OBSERVATIONS``) in the place of those that it had before.

    It is one commit: a reader sees all of it or nothing. Where others publish other imports at the
    same time it is tried again. ``elsewhere`` are the figures that are published beside it.

    Raises ``OutputError`` where someone else has published the same import meanwhile or the store
    can't be written, and ``SelectionError`` where figures would be gone and ``replace`` does not
    say that they may. Nothing is written then.
    """
    store = for_writing(uri)
    found = standing(store.commits, store.version).get(imported.source_id)
    deadline = time.monotonic() + _PATIENCE
    pause = _PAUSE
    while True:
        before = found.imported if found is not None else None
        if before.content == imported.content if before is not None else observations.is_empty():
            return Published(imported, None, None)
        if before is not None and not replace:
            _refuse_loss(store, before, pl.concat([observations, *_given(elsewhere)]))
        version = store.version + 1
        try:
            _write(store, imported, observations, version)
        except CommitFailedError as error:
            if time.monotonic() > deadline:
                raise OutputError(
                    f"{uri}: andra har publicerat hela tiden i {_PATIENCE:.0f} sekunder, så "
                    f"{imported.source_id} är inte publicerad. Försök igen."
                ) from error
            time.sleep(pause * random.uniform(0.5, 1.5))  # so that two do not meet for ever
            pause = min(2 * pause, 1.0)
            store = Store.open(uri)
            now = standing(store.commits, store.version).get(imported.source_id)
            if _number(now) != _number(found):
                _refuse_other(uri, imported, now)
            found = now
            continue
        return Published(imported, version, _number(found))


def _given(frame: pl.DataFrame | None) -> Sequence[pl.DataFrame]:
    return [] if frame is None else [frame]


def _number(commit: Commit | None) -> int | None:
    return None if commit is None else commit.version


def _write(store: Store, imported: Import, observations: pl.DataFrame, version: int) -> None:
    """Make a version, the next one; raises ``CommitFailedError`` where another has made it already.

    The library would try again by itself. It must not: what is replaced was looked at in this
    version of the store and in no other.
    """
    rows = observations.select(
        *(pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items()),
        pl.col("period_end").dt.year().cast(STORED[YEAR]).alias(YEAR),
    )
    if rows.height > _ROWS_TOGETHER:
        rows = rows.sort("geo", maintain_order=True)
    quoted = imported.source_id.replace("'", "''")
    with explained(store.uri, OutputError):
        write_deltalake(
            store.table,
            rows.to_arrow(compat_level=pl.CompatLevel.oldest()),
            mode="overwrite",
            predicate=f"source_id = '{quoted}'",
            writer_properties=WriterProperties(max_row_group_size=_ROWS_TOGETHER),
            commit_properties=CommitProperties(
                custom_metadata=imported.metadata(version), max_commit_retries=0
            ),
        )


def _refuse_loss(store: Store, before: Import, after: pl.DataFrame) -> None:
    """Raise ``SelectionError`` where figures of an import would be nowhere afterwards."""
    old = store.read(pl.col("source_id") == before.source_id)
    lost = old.join(after, on=FIGURE, how="anti", nulls_equal=True)
    if lost.is_empty():
        return
    one = lost.select("indicator_id", "geo", "period_end", "place").row(0, named=True)
    raise SelectionError(
        f"{store.uri}: {lost.height} av {old.height} uppgifter i {before.source_id} skulle "
        f"försvinna, till exempel {one['indicator_id']} för {one['geo']} {one['period_end']} "
        f"({one['place']}). Inget är skrivet av den importen. Publicera med --replace om det är "
        "meningen, eller ge källan ett eget id."
    )


def _refuse_other(uri: str, imported: Import, now: Commit | None) -> None:
    """Raise ``OutputError`` where someone else has published the same import with other figures."""
    if now is not None and now.imported is not None:
        if now.imported.content == imported.content:
            return
        who = now.imported.by or "någon annan"
        raise OutputError(
            f"{uri}: {imported.source_id} publicerades samtidigt av {who} (version "
            f"{now.version}). Dina uppgifter är inte skrivna. Jämför med ojmf store diff "
            f"{now.version - 1} {now.version} --store {uri}, och publicera igen om de ska ersätta."
        )
    raise OutputError(
        f"{uri}: {imported.source_id} togs bort samtidigt av någon annan. Dina uppgifter är inte "
        "skrivna. Publicera igen om de ska finnas där."
    )
