"""The surface for Python: every comparison of the command line as one call.

``Workspace`` reads a folder, ``Data`` takes frames of one's own; both have the same comparisons.
"""

from __future__ import annotations

from ojmf.surface.opened import Workspace
from ojmf.surface.own_frames import Data

__all__ = ["Data", "Workspace"]
