"""Compare Swedish municipalities with each other, their county and the country.

>>> import ojmf
>>> workspace = ojmf.Workspace.open()  # or a folder; without one, reports that come along
>>> kommun = workspace.status("alla")["geo"][0]  # by name or SCB code
>>> workspace.gaps(kommun, against="riket", top=2)["gap"].to_list()
[-85.0, -66.0]

Read on with ``help(ojmf.Workspace)``, ``help(ojmf.Workspace.gaps)``::

    Workspace.open(folder)  a folder with reports; and then
       status, gaps, areas     beside the county, the country, a place or a year
       compare, peers, similar beside other municipalities
       trends, worth, cite     over time; in persons or kronor; as a sentence, whose
                               id verify_citation tries again
       table, report, site     files to hand on; chart draws, validate checks
    Data(observations, ...) the same of Polars frames of one's own
    Observations.validate   such a frame, checked and with its columns in order
    national_gaps           a whole country's figures, lazily, also of Parquet
    compare, schema         the functions all this rests on; columns and units
    OjmfError               every error: .faults (all, in Swedish) and .code

Results are Polars frames, which a notebook shows as Swedish tables.

A process that is forked after Polars has run hangs: start the processes of a pool by
``multiprocessing.get_context("spawn")``, or ``"forkserver"``. Workspaces, frames and errors can be
sent to them and back.

``__all__`` here, in ``compare`` and in ``schema`` follows Semantic Versioning: what goes is warned
of (``DeprecationWarning``) at least one minor version before. All else may change at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.lazy import load_when_used

if TYPE_CHECKING:
    from ojmf import compare, schema
    from ojmf.compare import areas, gaps, status
    from ojmf.compare.national import national_gaps
    from ojmf.errors import (
        ArgumentError,
        CorrectionError,
        DeclarationError,
        FetchError,
        FrameError,
        InputError,
        OjmfError,
        OutputError,
        SelectionError,
        TableError,
        UnknownDocumentError,
        UsageError,
    )
    from ojmf.frames.public import Catalogue, Observations
    from ojmf.present.annex.verifying import CitationVerdict
    from ojmf.surface import Data, Workspace

__version__ = "0.1.0"
__all__ = [
    "ArgumentError",
    "Catalogue",
    "CitationVerdict",
    "CorrectionError",
    "Data",
    "DeclarationError",
    "FetchError",
    "FrameError",
    "InputError",
    "Observations",
    "OjmfError",
    "OutputError",
    "SelectionError",
    "TableError",
    "UnknownDocumentError",
    "UsageError",
    "Workspace",
    "__version__",
    "areas",
    "compare",
    "gaps",
    "national_gaps",
    "schema",
    "status",
]

_HOMES = {
    **{name: "ojmf.errors" for name in __all__ if name.endswith("Error")},
    "Catalogue": "ojmf.frames.public",
    "CitationVerdict": "ojmf.present.annex.verifying",
    "Data": "ojmf.surface",
    "Observations": "ojmf.frames.public",
    "Workspace": "ojmf.surface",
    "areas": "ojmf.compare",
    "compare": "ojmf.compare",
    "gaps": "ojmf.compare",
    "national_gaps": "ojmf.compare.national",
    "schema": "ojmf.schema",
    "status": "ojmf.compare",
}

if not TYPE_CHECKING:  # or a name that is not there would pass a type checker
    __getattr__, __dir__ = load_when_used(__name__, _HOMES)
