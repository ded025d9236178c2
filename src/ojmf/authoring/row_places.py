"""Whose the figures of rows are: by which of several columns, or by labels and headings."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import Context, OverrideDraft, Proposal, slug
from ojmf.authoring.roles import county_meant
from ojmf.authoring.wording import measure_of, place_of
from ojmf.declarations.drafts import Question
from ojmf.geography import is_municipality_code
from ojmf.model import COUNTRY
from ojmf.printed import squeeze

_NEARLY_ALL = 0.9


def one_place_column(block: Block, roles: list[str], context: Context) -> None:
    """Where one column alone tells every row's place, let the others, its counties, be text."""
    columns = [i for i, role in enumerate(roles) if role == "place"]
    if len(columns) < 2:
        return
    for index in columns:
        cells = block.column(index)
        known = [t for t in cells if t and context.report.gazetteer.by_name(t)]
        if (
            len(set(known))
            == len(known)
            >= _NEARLY_ALL * len([c for c in block.rows.values() if any(c)])
        ):
            others = [i for i in columns if i != index]
            if _elsewhere(block, index, others, context):
                continue  # from one place to another
            for other in others:
                roles[other] = "comment"
            return


def _elsewhere(block: Block, index: int, others: list[int], context: Context) -> set[str]:
    """The places beside those of a column that neither are these nor have them in them."""
    by_name = context.report.gazetteer.by_name
    rows = [[*cells, *[""] * len(block.said)] for cells in block.rows.values() if any(cells)]
    return {
        row[i]
        for row in rows
        for i in others
        if (code := by_name(row[i])) and code != COUNTRY
        if not (by_name(row[index]) or code).startswith(code)
    }


def places_of_rows(found: Proposal, context: Context) -> list[OverrideDraft]:
    """Whose the figures of rows are that name another place than the document's, among others.

    The country and counties are called by no other name; a municipality may be, and is asked about.
    """
    overrides = []
    for row in found.row_labels:
        above, _, text = row.rpartition(": ")
        if above in found.places:
            overrides.append(OverrideDraft([row], geo=found.places[above]))
            continue
        place = None if measure_of(text, context.report) else place_of(text, context.report)
        place = place or context.report.gazetteer.by_text(text)
        if place is None or place == context.report.geo:
            continue
        asked = Question(
            key=f"place.{slug(text)}",
            question=f"Är raden ”{text[:60]}” kommunens egna tal, eller den platsens?",
            kind="place",
            proposal=place,
            score=70,
            options=(place, context.report.geo),
        )
        overrides.append(OverrideDraft([row], geo=asked if is_municipality_code(place) else place))
    return overrides


def places_of_sections(
    found: Proposal, filled: dict[int, list[str]], context: Context
) -> dict[str, str]:
    """The places that all headings of rows are named for, where every row stands under one."""
    by_text = context.report.gazetteer.by_text
    codes = {heading: code for heading in found.sections if (code := by_text(heading))}
    lines = [n for n, c in found.block.rows.items() if squeeze(" ".join(c)) in found.sections]
    under = bool(lines) and min(lines) < min(filled, default=0)
    return codes if under and len(codes) == len(found.sections) > 1 else {}


def page_places(found: Proposal, context: Context) -> list[OverrideDraft]:
    """Whose the rows are of a table of places whose cells are set off by spaces.

    It is read by its lines: a grid whose columns are the indicators and whose rows have a place.
    """
    found.layout = "grid"
    names = [c[0] for c in found.block.rows.values() if len(c) > 1 and c[0] not in found.ignore]
    codes = {name: context.report.gazetteer.by_name(name) for name in names}
    return [OverrideDraft([name], geo=code) for name, code in codes.items()]


_WHOLE_COUNTY = re.compile(r"(?:hela )?länet(?:,? totalt| som helhet)?", re.I)


def whole_county(block: Block, roles: list[str], context: Context) -> dict[str, str]:
    """The county that rows of ``Hela länet`` are of, by what they say; empty where none is told.

    Another column of places says which, where there is one.
    """
    places = [i for i, role in enumerate(roles) if role in {"place", "code"}]
    named = [i for i in places if roles[i] == "place"]
    if len(named) != 1 or "answer" in roles:
        return {}
    said = {text for text in block.texts(named[0]) if _WHOLE_COUNTY.fullmatch(text)}
    meant = {text: county_meant(text, block, places, context) for text in said}
    return {text: county for text, county in meant.items() if county}
