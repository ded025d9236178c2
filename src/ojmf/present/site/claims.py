"""The page of a document's claims: what its text says, held against its own tables."""

from __future__ import annotations

import polars as pl

from ojmf.present.claims import readable, summary
from ojmf.present.site import pages

CLAIMS = "pastaenden"
LEVELS = {
    "wrong": "Säger emot tabellen",
    "look": "Bör ses över",
    "accepted": "Kvitterat",
    "right": "Stämmer",
    "open": "Inte prövat",
}
"""The outcomes to choose among, in the order of their weight."""


def claims_page(claims: pl.DataFrame, source_id: str, title: str) -> dict[str, bytes]:
    """The page of one document, by its file name; ``claims`` in the schema ``CLAIMS``.

    The agreeing claims stand there as well: what was checked, not only what was wrong.
    """
    order = {level: number for number, level in enumerate(LEVELS)}
    rows = [row | {"order": order[row["level"]]} for row in readable(claims).to_dicts()]
    present = {row["level"] for row in rows}
    heading = f"Påståenden i {title}"
    return {
        f"{source_id}.html": pages.page(
            "claims",
            heading,
            [("Start", "../index.html"), (heading, None)],
            "../",
            lead=summary(claims),
            rows=rows,
            options=[(level, text) for level, text in LEVELS.items() if level in present],
        )
    }
