"""Comparisons: pure functions from OBSERVATIONS to COMPARISONS."""

from ojmf.compare.answers import areas, gaps, status
from ojmf.compare.selection import resolve_area, resolve_geo

__all__ = ["areas", "gaps", "resolve_area", "resolve_geo", "status"]
