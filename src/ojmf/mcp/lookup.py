"""What is looked up and not compared: indicators by words, and the printed place of a figure."""

from __future__ import annotations

import polars as pl

from ojmf import Workspace
from ojmf.errors import InputError, SelectionError
from ojmf.geography import resolve_area
from ojmf.ingest.reading import open_source
from ojmf.mcp.answers import Cell, Indicator, PrintedPlace
from ojmf.present.annex.documents import document_name, document_of
from ojmf.present.citation import parse_citation
from ojmf.present.formats import period
from ojmf.present.marks import in_text_version, mark_of
from ojmf.present.units import unit_word, unit_word_of
from ojmf.present.views import Names
from ojmf.suggestions import did_you_mean

_AROUND = 2
"""So many lines before and after a printed row are shown with it."""


def found_indicators(workspace: Workspace, words: str, area: str | None) -> list[Indicator]:
    """The indicators that have all words in their names, synonyms, area or ids.

    Raises ``SelectionError`` for an unknown area.
    """
    known = workspace.indicators
    if area is not None:
        known = known.filter(pl.col("area_id") == resolve_area(area, known))
    text = pl.concat_str(
        "indicator_id",
        "area_name",
        "name",
        pl.col("synonyms").list.join(" "),
        "kolada_id",
        separator=" ",
        ignore_nulls=True,
    ).str.to_lowercase()
    wanted = [text.str.contains(word, literal=True) for word in words.lower().split()]
    found = known.filter(*wanted)
    names = Names(workspace.indicators, workspace.places)
    printed = (
        workspace.scan()
        .filter(pl.col("indicator_id").is_in(found["indicator_id"].to_list()))
        .group_by("indicator_id")
        .agg(
            pl.col("document").unique().sort(),
            pl.col("geo").filter(pl.col("geo").str.len_chars() == 4).unique().sort(),
        )
        .collect()
    )
    rows = found.join(printed, on="indicator_id", how="left", maintain_order="left")
    return [
        Indicator(
            row["indicator_id"],
            row["name"],
            row["area_name"],
            unit_word_of(row["unit"], row["name"]),
            f"{row['polarity']}: {row['polarity_reason']}",
            row["document"] or [],
            [names.place(code) for code in row["geo"] or []],
        )
        for row in rows.iter_rows(named=True)
    ]


def printed_place(
    workspace: Workspace, citation: str | None, source_id: str | None, place: str | None
) -> list[PrintedPlace]:
    """The printed rows that a citation, or a source and a place, stand for; one for each place.

    Raises ``SelectionError`` where nothing was read there, and for a citation that is none.
    """
    if citation is not None:
        meant = parse_citation(citation)
        source_id = meant.source_id
        condition = (pl.col("indicator_id") == meant.indicator_id) & (pl.col("geo") == meant.geo)
        wanted = str(meant)
    elif source_id and place:
        condition = pl.col("place") == place.strip().removesuffix(" i textversionen")
        wanted = f"{source_id}, {place}"
    else:
        raise SelectionError("Ange citation, eller source_id och place.")
    everything = workspace.scan()
    there = everything.filter(pl.col("source_id") == source_id)
    places = there.filter(condition).select("place").unique()
    cells = there.join(places, on="place", how="semi").collect()
    if cells.is_empty():
        known = everything.select("source_id").unique().collect()["source_id"].to_list()
        read = there.select("place").unique(maintain_order=True).collect()["place"].to_list()
        hint = did_you_mean(place or "", read) if read else did_you_mean(source_id, known)
        raise SelectionError(f"Inget är läst på {wanted}. {hint}")
    return [_shown(workspace, part) for _, part in cells.group_by("place", maintain_order=True)]


def _shown(workspace: Workspace, cells: pl.DataFrame) -> PrintedPlace:
    """One printed row: the cells that were read from it, and what stands around it."""
    source_id, line, table = cells.select("source_id", "line", "table").row(0)
    document = document_of(workspace, source_id)
    names = Names(workspace.indicators, workspace.places)
    read = cells.select(
        "row_label",
        "column_label",
        pl.col("raw").fill_null(""),
        "value",
        mark_of().alias("mark"),
        pl.col("geo").replace(names.places),
        period().fill_null(""),
        unit_word(name="row_label"),
    )
    return PrintedPlace(
        document_name(document) if document else source_id,
        source_id,
        document.sha256 if document else "",
        table,
        in_text_version(cells["place"][0]) or "",
        [Cell(*row) for row in read.iter_rows()],
        _lines(workspace, source_id, line),
    )


def _lines(workspace: Workspace, source_id: str, line: int) -> list[str]:
    """The line and its neighbours, numbered as in the document; none where it has no lines.

    A line with a figure that is held back is left out, and so is one with figures that nobody has
    read, where small numbers are held back.
    """
    if source_id not in workspace.sources:
        return []
    try:
        document = open_source(workspace, source_id)[1]
    except InputError:  # without the extract the cells alone are known
        return []
    near = set(range(line - _AROUND, line + _AROUND + 1))
    held = workspace.held_back()
    if held is not None:
        near -= {*held.filter(source_id=source_id)["line"]}
    if held is not None and source_id not in workspace.public_sources:
        there = workspace.scan().filter(pl.col("source_id") == source_id)
        read = {*there.select("line").unique().collect()["line"]}
        near = {n for n in near if n in read or not any(map(str.isdigit, document.line(n)))}
    return [f"{n}\t{text}" for n in sorted(near) if (text := document.line(n))]
