"""Comparisons: pure functions from OBSERVATIONS to COMPARISONS.

The names are loaded when they are first used. No module here bears the name of a function, or the
name would stand for the module after it was imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.lazy import load_when_used

if TYPE_CHECKING:
    from ojmf.compare.answers import areas, gaps, status
    from ojmf.compare.basis import Basis, load_basis
    from ojmf.compare.distance import distances
    from ojmf.compare.methods import by_method
    from ojmf.compare.nearness import similar
    from ojmf.compare.over_time import control_charts, trends
    from ojmf.compare.pairs import compare
    from ojmf.compare.peers import peer_groups, peer_places
    from ojmf.compare.quarters import quartiles
    from ojmf.compare.reference import poisson, wilson
    from ojmf.compare.series import year_to_date
    from ojmf.compare.signals import SHORTEST
    from ojmf.compare.valuing import worth
    from ojmf.compare.weighing import contributions, priorities, shared_questions
    from ojmf.declarations.concepts import load_concepts
    from ojmf.declarations.registers import known_population, load_peers, load_population
    from ojmf.geography import resolve_area, resolve_geo

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
    "poisson",
    "priorities",
    "quartiles",
    "resolve_area",
    "resolve_geo",
    "shared_questions",
    "similar",
    "status",
    "trends",
    "wilson",
    "worth",
    "year_to_date",
]

_HOMES = {
    "SHORTEST": "ojmf.compare.signals",
    "Basis": "ojmf.compare.basis",
    "areas": "ojmf.compare.answers",
    "by_method": "ojmf.compare.methods",
    "compare": "ojmf.compare.pairs",
    "contributions": "ojmf.compare.weighing",
    "control_charts": "ojmf.compare.over_time",
    "distances": "ojmf.compare.distance",
    "gaps": "ojmf.compare.answers",
    "known_population": "ojmf.declarations.registers",
    "load_basis": "ojmf.compare.basis",
    "load_concepts": "ojmf.declarations.concepts",
    "load_peers": "ojmf.declarations.registers",
    "load_population": "ojmf.declarations.registers",
    "peer_groups": "ojmf.compare.peers",
    "peer_places": "ojmf.compare.peers",
    "poisson": "ojmf.compare.reference",
    "priorities": "ojmf.compare.weighing",
    "quartiles": "ojmf.compare.quarters",
    "resolve_area": "ojmf.geography",
    "resolve_geo": "ojmf.geography",
    "shared_questions": "ojmf.compare.weighing",
    "similar": "ojmf.compare.nearness",
    "status": "ojmf.compare.answers",
    "trends": "ojmf.compare.over_time",
    "wilson": "ojmf.compare.reference",
    "worth": "ojmf.compare.valuing",
    "year_to_date": "ojmf.compare.series",
}

if not TYPE_CHECKING:  # or a name that is not there would pass a type checker
    __getattr__, __dir__ = load_when_used(__name__, _HOMES)
