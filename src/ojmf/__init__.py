"""Compare Swedish municipalities with each other, their county and the country.

The names below are loaded when they are first used, so that ``import ojmf`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it.

    Raises:
        AttributeError: ``name`` is not one of ``__all__``.

    """
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
