"""Figures that checks take from a document's text: whether the text states them there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ojmf.declarations import Source
from ojmf.errors import Fault
from ojmf.findings import finding, findings_frame
from ojmf.ingest.document import Document
from ojmf.model import Severity

if TYPE_CHECKING:
    import polars as pl

NOT_STATED = "not-stated"


def states(text: str, raw: str) -> bool:
    """Whether a text has a figure just as it is printed, and not as a part of another."""
    return re.search(rf"(?<![\d,]){re.escape(raw)}(?!\d|,\d)", text) is not None


def not_stated(source: Source, document: Document) -> list[tuple[str, Fault]]:
    """What the document does not state in its place, by the identity or count that rests on it.

    An extract has no text to look in. The counts of another edition are judged where its tables
    are.
    """
    if document.sha256 is None:
        return []
    wanted = [
        (identity.id, stated.line, stated.raw, f"{stated.what}; räknesambandet {identity.id}")
        for identity in source.identity
        for stated in (*identity.stated, *identity.stated_under)
    ] + [
        (count.id, count.line, count.raw, f"antal; kontrollen {count.id}")
        for count in source.stated_count
        if document.sha256 == source.sha256
    ]
    return [
        (name, Fault(document.name, f"väntade talet {raw} i texten ({why} bygger på det)", line))
        for name, line, raw, why in wanted
        if not states(document.line(line), raw)
    ]


def unstated_findings(source: Source, unstated: Iterable[tuple[str, Fault]]) -> pl.DataFrame:
    """A warning for each identity of another edition that can't be judged, in ``FINDINGS``."""
    return findings_frame(
        finding(
            Severity.WARNING,
            NOT_STATED,
            f"{fault.detail}, men raden har det inte; sambandet prövas inte",
            source,
            key=f"{name}|{fault.detail}",
            line=fault.line,
        )
        for name, fault in unstated
    )
