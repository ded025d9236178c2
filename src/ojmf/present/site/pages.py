"""The pages of the site, each a template filled with rows; every text is escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ojmf.model import Status
from ojmf.present.files import generator, html_mark
from ojmf.present.site.answers import STATUS_ORDER
from ojmf.present.words import STATUS_LABELS

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'"
)
ASSETS = ("site.css", "site.js")
Crumbs = list[tuple[str, str | None]]
Link = tuple[str, str]


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
    environment.globals.update(
        policy=POLICY,
        mark=Markup(html_mark()),
        maker=generator(),
        status_labels=STATUS_LABELS,
        status_order=STATUS_ORDER,
    )
    return environment


def page(template: str, title: str, crumbs: Crumbs, base: str, **content: Any) -> bytes:
    """A page: ``base`` leads to the site's root, ``crumbs`` are texts and links down to here."""
    text = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(title=title, crumbs=crumbs, base=base, **content)
    )
    return text.encode()


def assets() -> dict[str, bytes]:
    """The style sheet and the script, by file name."""
    folder = files("ojmf.present.site") / "static"
    return {name: (folder / name).read_bytes() for name in ASSETS}


def status_options(present: set[str]) -> list[Link]:
    """The statuses to choose among, what is lacking first."""
    return [(value, STATUS_LABELS[value]) for value in STATUS_ORDER if value in present]


def counts_of(row: dict[str, Any]) -> dict[str, int]:
    """The number of each status in a row of ``compare.areas``."""
    return {status.value: row[status.value] for status in Status}
