"""Compare Swedish municipalities with each other, their county and the country.

>>> import ojmf
>>> workspace = ojmf.Workspace.open()  # this folder or one above it, else reports that come along
>>> kommun = workspace.status("alla")["geo"][0]  # by name or SCB code
>>> workspace.gaps(kommun, against="riket", top=2)["gap"].to_list()
[-85.0, -66.0]

Where to begin:

===========================  ======================================================================
``Workspace.open(folder)``   a folder with reports; then ``status``, ``gaps``, ``areas``,
                             ``compare``, ``peers``, ``similar``, ``trends``, ``worth``, ``cite``;
                             ``table``, ``report`` and ``site`` write, ``chart`` draws,
                             ``validate`` checks
``Data(observations, …)``    the same of frames of one's own, without a folder
``Observations.validate``    a frame of one's own, checked and with its columns in order
``national_gaps``            the figures of a whole country, lazily, also of a Parquet folder
``compare``                  the functions on frames that all this rests on
``schema``                   the columns of every frame, with units
``OjmfError``                the base of all errors: ``faults`` (every fault, in Swedish), ``code``
===========================  ======================================================================

Frames are Polars, and results too; a notebook shows them as Swedish tables. Names are loaded when
they are first used, so that ``import ojmf`` costs nothing.

What ``__all__`` names here and in ``ojmf.compare`` and ``ojmf.schema`` follows Semantic Versioning:
a name, a parameter or a column goes no earlier than a minor version after the one that warns of it
(``DeprecationWarning``). All else may change at any time.
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
    from ojmf.surface import Data, Workspace

__version__ = "0.1.0"
__all__ = [
    "ArgumentError",
    "Catalogue",
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
