"""Comparisons: pure functions from OBSERVATIONS to COMPARISONS.

What most commands don't need is loaded when it is first used. The modules that bear the name of
their function are loaded here, or the name would stand for the module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.compare.answers import areas, gaps, status
from ojmf.compare.distances import distances
from ojmf.compare.priorities import contributions, priorities, shared_questions
from ojmf.compare.quartiles import quartiles
from ojmf.compare.signals import SHORTEST
from ojmf.compare.trends import control_charts, trends
from ojmf.geography import resolve_area, resolve_geo
from ojmf.lazy import load_when_used

if TYPE_CHECKING:
    from ojmf.compare.basis import Basis, load_basis
    from ojmf.compare.methods import by_method
    from ojmf.compare.pairs import compare
    from ojmf.compare.peers import peer_groups, peer_places
    from ojmf.compare.series import year_to_date
    from ojmf.declarations.concepts import load_concepts
    from ojmf.declarations.registers import known_population, load_peers, load_population

__all__ = [
    "SHORTEST",
    "Basis",
    "areas",
    "by_method",
    "compare",
    "contributions",
    "control_charts",
    "distances",
    "gaps",
    "known_population",
    "load_basis",
    "load_concepts",
    "load_peers",
    "load_population",
    "peer_groups",
    "peer_places",
    "priorities",
    "quartiles",
    "resolve_area",
    "resolve_geo",
    "shared_questions",
    "status",
    "trends",
    "year_to_date",
]

_HOMES = {
    "Basis": "ojmf.compare.basis",
    "by_method": "ojmf.compare.methods",
    "compare": "ojmf.compare.pairs",
    "known_population": "ojmf.declarations.registers",
    "load_basis": "ojmf.compare.basis",
    "load_concepts": "ojmf.declarations.concepts",
    "load_peers": "ojmf.declarations.registers",
    "load_population": "ojmf.declarations.registers",
    "peer_groups": "ojmf.compare.peers",
    "peer_places": "ojmf.compare.peers",
    "year_to_date": "ojmf.compare.series",
}

if not TYPE_CHECKING:  # or a name that is not there would pass a type checker
    __getattr__, __dir__ = load_when_used(__name__, _HOMES)
