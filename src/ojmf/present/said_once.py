"""What every document says of itself: said with the documents, and not again by every name."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from ojmf.workspace import Workspace

_ENDING = re.compile(r" \([^()]+\)$")


def shared_ending(documents: Iterable[str]) -> str:
    """The parenthesis that the names of all documents end with, with its space; maybe empty."""
    endings = {found[0] if (found := _ENDING.search(text)) else "" for text in documents}
    return endings.pop() if len(endings) == 1 else ""


def without_what_documents_say(workspace: Workspace, observations: pl.LazyFrame) -> Workspace:
    """The workspace, with names of areas and indicators without the documents' shared ending.

    For pages and reports, which name their documents at the head.
    """
    documents = observations.select(pl.col("document").drop_nulls().unique()).collect()
    ending = shared_ending(documents.to_series())
    return workspace.with_names(lambda name: name.removesuffix(ending)) if ending else workspace
