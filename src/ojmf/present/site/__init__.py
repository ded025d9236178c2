"""The web report: a static site that works from disk, without scripts and in print."""

from ojmf.present.site.build import build_site

__all__ = ["build_site"]
