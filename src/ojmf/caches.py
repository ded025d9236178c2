"""Where that is kept which can be fetched or computed again."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

CACHE_VARIABLE = "OJMF_CACHE"


def cache_folder(name: str) -> Path:
    """A folder for what is kept: in ``$OJMF_CACHE``, else in the user's own folder for caches."""
    named = os.environ.get(CACHE_VARIABLE)
    base = Path(named) if named else platformdirs.user_cache_path("ojmf", appauthor=False)
    return base / name
