"""Charts for documents, the site and notebooks: one look, Swedish, and never by colour alone.

Every function takes a frame from ``ojmf.compare`` and returns an Altair chart that carries its
title, its text alternative (:func:`alt_text`) and its figures as texts (:func:`table`).
:func:`render` makes it a file. ``width`` is in pixels; from 560 labels stand beside the marks.
"""

from ojmf.present.charts.areas import area_chart
from ojmf.present.charts.gaps import gap_chart
from ojmf.present.charts.measured import drawable, figure_chart, sharing_an_axis
from ojmf.present.charts.rendering import FORMATS, alt_text, render, svg, table, title_of
from ojmf.present.charts.trend import series_of, trend_chart

__all__ = [
    "FORMATS",
    "alt_text",
    "area_chart",
    "drawable",
    "figure_chart",
    "gap_chart",
    "render",
    "series_of",
    "sharing_an_axis",
    "svg",
    "table",
    "title_of",
    "trend_chart",
]
