"""Compare Swedish municipalities with each other, their county and the country.

The names below are loaded when they are first used, so that ``import ojmf`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.lazy import load_when_used

if TYPE_CHECKING:
    from ojmf.compare import areas, gaps, status
    from ojmf.compare.national import national_gaps
    from ojmf.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["Workspace", "__version__", "areas", "gaps", "national_gaps", "status"]

_HOMES = {
    "Workspace": "ojmf.workspace",
    "areas": "ojmf.compare",
    "gaps": "ojmf.compare",
    "national_gaps": "ojmf.compare.national",
    "status": "ojmf.compare",
}

__getattr__, __dir__ = load_when_used(__name__, _HOMES)
