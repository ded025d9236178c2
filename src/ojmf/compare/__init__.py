"""Comparisons: pure functions from OBSERVATIONS to COMPARISONS."""

from ojmf.compare.answers import areas, gaps, status
from ojmf.compare.basis import Basis, load_basis
from ojmf.compare.distances import distances
from ojmf.compare.methods import by_method
from ojmf.compare.pairs import compare
from ojmf.compare.peers import peer_groups, peer_places
from ojmf.compare.priorities import contributions, priorities, shared_questions
from ojmf.compare.quartiles import quartiles
from ojmf.compare.series import year_to_date
from ojmf.compare.trends import SHORTEST, control_charts, trends
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
    "priorities",
    "quartiles",
    "resolve_area",
    "resolve_geo",
    "shared_questions",
    "status",
    "trends",
    "year_to_date",
]
