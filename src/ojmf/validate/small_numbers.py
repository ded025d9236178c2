"""What is held back for being small: told to those who check, and kept out of what is handed on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import polars as pl

from ojmf.disclosure.holding import FEW, HELD, MADE_OF, TOLD_FROM
from ojmf.errors import OjmfError
from ojmf.findings import Finding, finding_id
from ojmf.model import SEX_WORDS, Severity

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

SMALL_NUMBERS = "small-numbers"
EXPOSED = "small-numbers-exposed"
_SHOWN = 5
_WHY = {
    FEW: "för att antalet är litet",
    TOLD_FROM: "för att ett litet antal annars kan räknas fram",
    MADE_OF: "för att de bygger på det som inte visas",
}
_UNTOLD = "gäller en källa med små antal som inte visas; ojmf validate säger vad som är fel"


def held_of(workspace: Workspace, source_ids: Collection[str]) -> pl.DataFrame:
    """What is held back of some sources, as ``HELD``; nothing where a document can't be read.

    Why it can't be is told where that document is validated itself.
    """
    try:
        held = workspace.held_back()
    except OjmfError:
        held = None
    if held is None:
        return HELD.to_frame()
    return held.filter(pl.col("source_id").is_in(list(source_ids)))


def held_findings(held: pl.DataFrame, names: Mapping[str, str]) -> Iterator[Finding]:
    """What is held back of each source and indicator (``HELD``), and what public figures tell.

    ``names`` are those of places by code.
    """
    by = ["source_id", "document", "indicator_id"]
    for rows in held.partition_by(by, maintain_order=True):
        yield _finding(
            rows,
            Severity.INFO,
            SMALL_NUMBERS,
            f"”{_label(rows)}”: {_counted(rows.height)} i allt som lämnas ut "
            f"({_reasons(rows)}). {_places(rows, names)}",
        )
    for rows in held.filter("exposed").partition_by(by, maintain_order=True):
        yield _finding(
            rows,
            Severity.WARNING,
            EXPOSED,
            f"”{_label(rows)}”: små antal kan räknas fram ur källor som är offentliga. Ta "
            "bort public = true ur de källor som inte är det; annars är uppgiften redan känd. "
            f"{_places(rows, names)}",
        )


def _finding(rows: pl.DataFrame, severity: Severity, check: str, message: str) -> Finding:
    first = rows.row(0, named=True)
    return Finding(
        severity=str(severity),
        check=check,
        message=message,
        finding_id=finding_id(check, first["source_id"], first["indicator_id"]),
        source_id=first["source_id"],
        document=first["document"],
        line=first["line"],
        table=first["table"],
        row_label=first["row_label"],
    )


def _label(rows: pl.DataFrame) -> str:
    return str(rows["row_label"][0] or rows["indicator_id"][0])


def _counted(count: int) -> str:
    return "1 uppgift visas inte" if count == 1 else f"{count} uppgifter visas inte"


def _reasons(rows: pl.DataFrame) -> str:
    counts = dict(rows.group_by("why").len().iter_rows())
    return ", ".join(f"{counts[why]} {words}" for why, words in _WHY.items() if why in counts)


def _places(rows: pl.DataFrame, names: Mapping[str, str]) -> str:
    """What the figures are about and where they stand, the first of many."""
    shown = rows.head(_SHOWN).select("geo", "sex", "period_start", "period_end", "place")
    said = []
    for geo, sex, start, end, place in shown.iter_rows():
        whole_year = None not in {start, end} and (
            start.replace(month=12, day=31),
            end.replace(month=1, day=1),
        ) == (end, start)
        when = str(start.year) if whole_year else f"{start}–{end}"
        about = [names.get(geo, geo), SEX_WORDS.get(sex or ""), when]
        said.append(f"{', '.join(filter(None, about))} ({place})")
    more = rows.height - len(said)
    return "; ".join(said) + (f" och {more} till" if more else "")


def without_held(findings: pl.DataFrame, held: pl.DataFrame | None) -> pl.DataFrame:
    """Findings as they may be handed on: those of a source with figures held back tell no figures.

    What a finding says of its source can name such a figure in any of its words.
    """
    if held is None or held.is_empty():
        return findings
    concerned = pl.col("source_id").is_in(held["source_id"].unique().to_list())
    concerned &= ~pl.col("check").is_in([SMALL_NUMBERS, EXPOSED])
    return findings.with_columns(
        pl.when(concerned.fill_null(value=False))
        .then(pl.lit(_UNTOLD) if name == "message" else pl.lit(None))
        .otherwise(name)
        .cast(findings.schema[name])
        .alias(name)
        for name in ("message", "raw", "expected")
    )
