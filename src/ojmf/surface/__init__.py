"""The surface for Python: every comparison of the command line as one call.

``Workspace`` reads a folder, ``Data`` takes frames of one's own; both have the same comparisons.
The commands make the same choices by the same modules: ``chosen``, ``orders``, ``of_areas`` and
``whole_county``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.lazy import load_when_used

if TYPE_CHECKING:
    from ojmf.surface.opened import Workspace
    from ojmf.surface.own_frames import Data

__all__ = ["Data", "Workspace"]

_HOMES = {"Data": "ojmf.surface.own_frames", "Workspace": "ojmf.surface.opened"}

if not TYPE_CHECKING:  # or a name that is not there would pass a type checker
    __getattr__, __dir__ = load_when_used(__name__, _HOMES)
