"""Proved repairs as ``[[correction]]`` blocks of a ``source.toml``, for a person to review."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import polars as pl

from ojmf.declarations import Correction, Source
from ojmf.declarations.loading import load_source
from ojmf.declarations.toml import entries
from ojmf.errors import CorrectionError, DeclarationError
from ojmf.ingest import corrections
from ojmf.ingest.identities import judge
from ojmf.ingest.reading import ReadDocument
from ojmf.ingest.source import resolve
from ojmf.repair import PROVABLE
from ojmf.validate.judgements import NOT_TESTABLE, VIOLATED


@dataclass(frozen=True, slots=True)
class Addition:
    """A declaration with proved repairs added.

    ``text`` is the whole file, ``added`` the corrections, ``waiting`` how many proved repairs can't
    be declared yet, because no identity holds before another figure is settled.
    """

    text: str
    added: tuple[Correction, ...]
    waiting: int


def addition(read: ReadDocument, proposals: pl.DataFrame, path: Path) -> Addition:
    """The declaration at ``path`` with the provable proposals of ``read`` added at its end.

    The result has been loaded, and its corrections proved on the document. Raises
    ``DeclarationError`` or ``CorrectionError`` where that fails.
    """
    wanted = _corrections(read.source, proposals.filter(pl.col("verdict") == PROVABLE))
    proved = _proved(read, wanted)
    text = path.read_text(encoding="utf-8")
    if proved:
        text = text.rstrip("\n") + "\n" + "".join(_block(correction) for correction in proved)
        resolve(replace(read, source=_loaded(text, read.source.id)))
    return Addition(text, tuple(proved), len(wanted) - len(proved))


def _corrections(source: Source, provable: pl.DataFrame) -> list[Correction]:
    taken = {correction.id for correction in source.correction}
    found = []
    for row in provable.to_dicts():
        names = (f"{row['table_id']}-{number:02}" for number in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        found.append(
            Correction(
                id=name,
                table=row["table_id"],
                row=row["row_label"],
                column=row["column_label"],
                expect=row["raw"],
                value=row["candidates"][0],
                reason=", ".join(row["faults"]),
                proof=tuple(row["identities"]),
            )
        )
    return found


def _proved(read: ReadDocument, wanted: Sequence[Correction]) -> list[Correction]:
    """Those corrections that have a proof when only they are made, each with the proofs that hold.

    Raises ``CorrectionError`` where the document still refuses one.
    """
    left = list(wanted)
    while True:
        source = read.source.model_copy(update={"correction": (*read.source.correction, *left)})
        cells, source, _ = corrections.apply(source, read.cells)
        verdicts = judge(read.terms, cells)
        failing = verdicts.filter(pl.col("verdict").is_in([VIOLATED, NOT_TESTABLE]))
        holding = (
            read.terms.join(failing, on="instance", how="anti")
            .join(cells.drop_nulls("correction_id"), on="cell")
            .group_by("correction_id")
            .agg(pl.col("identity_id").unique())
        )
        proofs = dict(holding.iter_rows())
        kept = [
            correction.model_copy(update={"proof": held})
            for correction in left
            if (held := tuple(p for p in correction.proof if p in proofs.get(correction.id, ())))
        ]
        if kept == left:
            break
        left = kept
    if left and (faults := corrections.prove(source, cells, read.terms, verdicts)):
        raise CorrectionError(faults)
    return left


def _loaded(text: str, source_id: str) -> Source:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source_id / "source.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8", newline="\n")
        source, faults = load_source(path)
    if source is None or faults:
        raise DeclarationError(faults)
    return source


def _block(correction: Correction) -> str:
    fields = {
        name: getattr(correction, name)
        for name in ("id", "table", "row", "column", "expect", "value", "reason", "proof")
    }
    return "\n[[correction]]\n" + entries(fields)
