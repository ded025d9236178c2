"""The groups of municipalities that a document has figures of, each a place of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import polars as pl

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import Proposal, slug
from ojmf.authoring.said_periods import Report
from ojmf.authoring.wording import group_in, is_group
from ojmf.declarations import toml
from ojmf.declarations.base import GROUP_ID
from ojmf.errors import SelectionError
from ojmf.geography import Gazetteer, is_municipality_code
from ojmf.ingest.layouts.row_keys import is_all
from ojmf.model import COUNTRY
from ojmf.printed import folded
from ojmf.workspace import Workspace

_ID = re.compile(r"G\d{4,9}")
_OF_PLACES = re.compile(r"kommuns?[ _-]?(?:kod|id)", re.I)
"""Headers of codes that stand for places alone, with no name beside them."""
_MEAN = re.compile(r"\W*\bo(?:vägt|viktat) medel(?:värde)?\W*$", re.I)
"""How an export says of a group that its figure is the mean of its municipalities."""
_LONGEST = 60  # of which an id is made
_RELATIVE = re.compile(r"liknande|jämför|grann|länet|\bR(?:9|12)\b", re.I)
"""Groups that are others in the report of another municipality."""
_KEYS = {"place", "code", "label"}


def report_on(
    blocks: Sequence[Block],
    own: str,
    source_id: str,
    workspace: Workspace,
    period: str | None,
    ways: tuple[str, ...],
) -> Report:
    """What is known of a document, with the groups that it names among the places.

    Where the workspace's other documents are of one municipality, one that says no municipality is
    likely its too.
    """
    geography = workspace.geography
    known = {*filter(is_municipality_code, (source.geo for source in workspace.sources.values()))}
    likely_geo = known.pop() if len(known) == 1 and not own else ""
    county = geography.filter(code=own)["county_code"].to_list() or [None]
    declared = _ids(workspace.groups)
    groups = groups_named(blocks, own, source_id, Gazetteer.of(geography), declared)
    places = Gazetteer.of(geography, groups)
    return Report(own, county[0], places, period, ways, tuple(groups.items()), likely_geo)


def of_nobody(path: Path, report: Report) -> SelectionError:
    """That a document doesn't say whose it is, with the municipality that it is likely of."""
    name = report.gazetteer.names.get(report.likely_geo)
    likely = f" {name}, om den är därifrån som arbetsytans andra dokument" if name else ""
    return SelectionError(
        f"{path}: dokumentet säger inte vilken kommun det är från. Ange --kommun{likely}."
    )


def groups_named(
    blocks: Sequence[Block],
    own: str,
    source_id: str,
    gazetteer: Gazetteer,
    declared: Mapping[str, str],
) -> dict[str, str]:
    """The ids of the groups that headers and cells name, by their names as printed.

    Kolada's own id stands beside the name, or the workspace has ``declared`` the group. Another is
    made of the name and of whose the document is (``own``): those alike, or near, are others in the
    report of another municipality. Where it is nobody's they are the document's alone.
    """
    found: dict[str, str] = {}
    whole = {text[:2]: text for block in blocks for text in _classes(block)}
    for block in blocks:
        for name, code in _named(block, gazetteer):
            if name and len(name) <= _LONGEST and gazetteer.by_text(name) is None:
                whose = own or (slug(source_id) if _RELATIVE.search(name) else COUNTRY)
                called = whole.get(name[-2:], name) if _CLASS_MEAN.search(name) else name
                known = code or declared.get(_bare(called))
                made = known or found.get(called, f"G-{whose}-{slug(called)}")
                found |= {called: made, name: made}
    return found


def _ids(declared: pl.DataFrame) -> dict[str, str]:
    """The ids of declared groups that a source may name, by their names without what mean it is."""
    groups = declared.select("group_id", "group_title").drop_nulls().unique(maintain_order=True)
    named: dict[str, set[str]] = {}
    for code, title in groups.iter_rows():
        if re.fullmatch(GROUP_ID, code):
            named.setdefault(_bare(title), set()).add(code)
    return {title: codes.pop() for title, codes in named.items() if len(codes) == 1}


def _bare(title: str) -> str:
    """The name of a group without that its figure is an unweighted mean."""
    return folded(_MEAN.sub(" ", title))


def _classes(block: Block) -> Iterator[str]:
    """The groups that a table's municipalities are said to be in: ``C7. Pendlingskommun …``."""
    return (text for cells in block.rows.values() for text in cells if _CLASS.match(text))


_CLASS = re.compile(r"[A-C][1-9][.:]? \w")
_CLASS_MEAN = re.compile(r" [A-C][1-9]$")
"""A mean of one of SKR's groups by its code, whose name stands beside its members."""


def _named(block: Block, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """The names of groups in a table, each with its id where that stands beside it."""
    for said in (*block.said, block.over, block.title, block.heading):
        yield group_in(said), ""
    # Beside a county, all municipalities are those in it, and the row is the county's.
    placed = (c for c in block.rows.values() if any(map(gazetteer.by_text, c)))
    of_all = {text for cells in placed for text in cells if is_all(text)}
    for cells in block.rows.values():
        for text in filter(is_group, cells):
            if text not in of_all:
                yield text, ""
        for text, beside in pairwise(cells):
            if _ID.fullmatch(text) and beside:
                yield beside, text
    for index in (i for i, said in enumerate(block.said) if _OF_PLACES.fullmatch(said)):
        yield from ((text, text) for text in block.texts(index) if _ID.fullmatch(text))


def groups_text(tables: Iterable[Proposal], report: Report) -> str:
    """The entries of the groups that figures of the tables may be of, empty without any."""
    gazetteer = report.gazetteer
    used: set[str | None] = set()
    for table in tables:
        whose = [c.geo for c in table.columns] + [o.geo for o in table.overrides]
        used |= {geo for geo in whose if isinstance(geo, str)}
        used |= {*table.names.values()}
        keys = [i for i, column in enumerate(table.columns) if column.content in _KEYS]
        cells = {c[i] for c in table.block.rows.values() for i in keys if i < len(c)}
        used |= {gazetteer.by_text(text) for text in cells if text}
    named = {name: code for name, code in report.groups if code in used}
    return f"\n[groups]\n{toml.entries(named)}" if named else ""
