"""The one checked entrance for frames that are given from Python."""

from __future__ import annotations

from ojmf.frames.entrance import (
    Frame,
    as_given,
    checked,
    checked_observations,
    entered,
    fractions,
    of_catalogue,
    of_places,
    ran,
)
from ojmf.frames.kinds import CATALOGUE, OBSERVED, PEOPLE, PLACES, Kind

__all__ = [
    "CATALOGUE",
    "OBSERVED",
    "PEOPLE",
    "PLACES",
    "Frame",
    "Kind",
    "as_given",
    "checked",
    "checked_observations",
    "entered",
    "fractions",
    "of_catalogue",
    "of_places",
    "ran",
]
