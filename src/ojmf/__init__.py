"""Compare Swedish municipalities with each other, their county and the country.

``Workspace`` opens a folder and ``Data`` takes frames of one's own; both have every comparison of
the command line as one call. ``status``, ``gaps``, ``areas`` and ``national_gaps`` are functions
from frames to frames. The names are loaded when they are first used, so that ``import ojmf`` costs
nothing.

What ``__all__`` names here and in ``ojmf.compare`` follows Semantic Versioning: a name, a parameter
or a column goes no earlier than a minor version after the one that warns of it
(``DeprecationWarning``). What begins with an underscore, and every module that they don't name,
may change at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.lazy import load_when_used

if TYPE_CHECKING:
    from ojmf import compare, schema
    from ojmf.compare import areas, gaps, status
    from ojmf.compare.national import national_gaps
    from ojmf.errors import (
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
    )
    from ojmf.surface import Data, Workspace

__version__ = "0.1.0"
__all__ = [
    "CorrectionError",
    "Data",
    "DeclarationError",
    "FetchError",
    "FrameError",
    "InputError",
    "OjmfError",
    "OutputError",
    "SelectionError",
    "TableError",
    "UnknownDocumentError",
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
    "Data": "ojmf.surface",
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
