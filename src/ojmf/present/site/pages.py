"""The pages of the site, each a template filled with rows, and their pictures.

Every text is escaped by the templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import altair as alt
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ojmf.present import charts
from ojmf.present.files import generator, html_mark
from ojmf.present.marks import EXPLANATION
from ojmf.present.site.drawing import key_shape
from ojmf.present.units import unit_unless_named
from ojmf.printed import NO_BREAK_SPACE

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'"
)
SITE_NAME = "Öppna jämförelser mellan kommuner"
ASSETS = ("site.css", "site.js")
Crumbs = list[tuple[str, str | None]]
Link = tuple[str, str]
WIDE, NARROW = 760, 328
_PERCENT = re.compile(r"(?<=\d) (?=%)")
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ojmf.present.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(zip=zip, unless_named=unit_unless_named)
    environment.globals.update(
        policy=POLICY,
        site_name=SITE_NAME,
        mark=Markup(html_mark()),
        maker=generator(),
        mark_explanation=EXPLANATION,
        key_shape=key_shape,
    )
    return environment


def page(template: str, title: str, crumbs: Crumbs, base: str, **content: Any) -> bytes:
    """A page: ``base`` leads to the site's root, ``crumbs`` are texts and links down to here."""
    text = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(title=title, crumbs=crumbs, base=base, **content)
    )
    # A figure and its sign of percent stay on one line.
    return _PERCENT.sub(NO_BREAK_SPACE, text).encode()


def assets() -> dict[str, bytes]:
    """The style sheet and the script, by file name."""
    folder = files("ojmf.present.site") / "static"
    return {name: (folder / name).read_bytes() for name in ASSETS}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on a page: file names beside the page, sizes in pixels, and its text."""

    wide: str
    narrow: str
    wide_size: tuple[int, int]
    narrow_size: tuple[int, int]
    title: str
    alt: str
    table: list[list[str]]


def draw(name: str, chart: Callable[[int], alt.LayerChart], files: dict[str, bytes]) -> Picture:
    """Draw a chart of a width twice, into ``files``; both follow the screen's colour scheme."""
    drawn = {width: chart(width) for width in (WIDE, NARROW)}
    texts = {width: charts.svg(picture, adaptive=True) for width, picture in drawn.items()}
    names = {WIDE: f"{name}.svg", NARROW: f"{name}-smal.svg"}
    files |= {names[width]: text.encode() for width, text in texts.items()}
    return Picture(
        names[WIDE],
        names[NARROW],
        _size(texts[WIDE]),
        _size(texts[NARROW]),
        charts.title_of(drawn[WIDE]),
        charts.alt_text(drawn[WIDE]),
        charts.table(drawn[WIDE]),
    )


def _size(svg: str) -> tuple[int, int]:
    match = _SIZE.search(svg)
    if match is None:
        raise ValueError("an SVG without width and height")
    return int(match[1]), int(match[2])
