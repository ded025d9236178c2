"""What a ``source.toml`` may say: the declaration of one document and its tables.

A declaration tells how each table is found and what its rows and columns mean, so that the
readers hold no municipality, title or label. ``base`` has what a cell may mean, ``tables`` the
tables, ``relations`` arithmetic and corrections, ``source`` the document as a whole.
docs/declaring-a-report.md shows them in use.
"""

from ojmf.declarations.base import (
    Attributes,
    Declaration,
    FileId,
    GeoCode,
    IsoPeriod,
    Slug,
    is_file_id,
)
from ojmf.declarations.relations import (
    Accepted,
    CellFix,
    CellRef,
    Check,
    Correction,
    Identity,
    Stated,
    Unreadable,
)
from ojmf.declarations.source import NotRead, Source, duplicates, with_defaults
from ojmf.declarations.tables import Column, Level, Override, Piece, PinnedCell, Table

__all__ = [
    "Accepted",
    "Attributes",
    "CellFix",
    "CellRef",
    "Check",
    "Column",
    "Correction",
    "Declaration",
    "FileId",
    "GeoCode",
    "Identity",
    "IsoPeriod",
    "Level",
    "NotRead",
    "Override",
    "Piece",
    "PinnedCell",
    "Slug",
    "Source",
    "Stated",
    "Table",
    "Unreadable",
    "duplicates",
    "is_file_id",
    "with_defaults",
]
