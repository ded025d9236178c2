"""Whose a document is, and its tables that name no place, where that is hardly the municipality."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ojmf.authoring.blocks import Block
from ojmf.authoring.said_periods import Report
from ojmf.authoring.wording import named_places
from ojmf.declarations.drafts import Question
from ojmf.errors import SelectionError
from ojmf.geography import Gazetteer, is_municipality_code
from ojmf.ingest.document import Document
from ojmf.ingest.reading import ReadDocument
from ojmf.model import COUNTRY
from ojmf.printed import squeeze
from ojmf.unit_words import scales_of

AGENCY = re.compile(
    r"\b(Socialstyrelsen|Försäkringskassan|Skolverket|Brå|Brottsförebyggande rådet|SCB|"
    r"Statistiska centralbyrån|Kolada|SKR|Arbetsförmedlingen|Migrationsverket|"
    r"Folkhälsomyndigheten|Statistics Sweden)\b"
)
_NATIONAL_WORDS = re.compile(r"\b(riket|sverige|hela landet|nationell\w*)\b", re.I)
_INDEX_WORDS = re.compile(r"\b(\w*prisindex|KPI|PKV)\b", re.I)
_MANY_PLACES = 10
_LIKELY = 60
"""How likely a document is of the municipality that all others of its workspace are of."""
_KPI_ID = re.compile(r"\b[NU]\d{5}\b")
_FIGURE = re.compile(r"(?<!\w)\d")
TITLE_LINES = 15
"""So far down from its top a document says what it is about."""
_MONTH_NUMBERS = re.compile(r"\s*(?:år)?\t" + "\t".join(map(str, range(1, 13))), re.I)


def service_of(document: Document) -> str | None:
    """The service whose export a document is, which is no municipality's to have published.

    Most rows of figures carry an id of Kolada's.
    """
    rows = [line for line in document.lines if line.count("\t") > 1 and _FIGURE.search(line)]
    known = [line for line in rows if _KPI_ID.search(line)]
    return "Kolada" if known and 2 * len(known) > len(rows) else None


def own_place(document: Document, gazetteer: Gazetteer) -> str:
    """The municipality that a document names at its top; empty where it names none, or several.

    Where none stands there, that of a sheet about the document, or of the head or foot of its pages
    (a remark says what those are).
    """
    top = [squeeze(line) for line in document.lines[:TITLE_LINES]]
    sheets = (document.lines[first - 1 : last] for _, first, last in document.sheets())
    about = [squeeze(line) for lines in sheets if "\t" not in "".join(lines) for line in lines]
    for texts in (top, [*about, *document.remarks]):
        whole = [gazetteer.by_text(text) or "" for text in texts]
        named = {c for text in texts for c in named_places(text, gazetteer)} | {*whole}
        if municipalities := [code for code in named if len(code) == 4]:
            return municipalities[0] if len(municipalities) == 1 else ""
    return ""


def proposed(question: Question, likely: str | None, report: Report) -> Question:
    """A question with the place that the workspace's other documents make likely, and why."""
    name = report.gazetteer.names.get(likely or "")
    if likely is None or name is None:
        return question
    why = (
        f"{question.question} Förslaget är {name}, för arbetsytans andra dokument är från "
        f"{report.gazetteer.names[report.likely_geo]}."
    )
    return question.model_copy(update={"question": why, "proposal": likely, "score": _LIKELY})


def ask_elsewhere(
    document: Document, blocks: Sequence[Block], report: Report, *, given: bool
) -> Question | None:
    """The question whose the tables without a place are, where nothing names the municipality.

    Where the person has named it (``given``), only what no municipality has is asked about: a price
    index, a cube of a statistical database, and a table beside those of many places. A cube of an
    agency that has no dimension of places is likely of the whole country.
    """
    if not report.geo:
        asked = Question(
            key="place.document",
            question="Vilken kommun (eller vilket län, eller riket) gäller tabeller utan plats?",
            kind="place",
            where="dokumentet",
        )
        return proposed(asked, report.likely_geo or None, report)
    own = report.gazetteer.names.get(report.geo, "")
    texts = [*document.lines, Path(document.name).stem.replace("-", " ")]
    named = any(re.search(rf"(?<!\w){re.escape(own)}s?(?!\w)", text, re.I) for text in texts)
    # A cell that says Riket is beside the municipality's own figures; a title is about them.
    titles = [line for line in document.lines if "\t" not in line.strip()]
    amounts = any(scales_of(text) for text in titles)
    months = not amounts and any(_MONTH_NUMBERS.match(text) for text in texts)
    sure = months or any(_INDEX_WORDS.search(text) for text in titles)
    national = any(AGENCY.search(text) or _NATIONAL_WORDS.search(text) for text in titles)
    many = len({*_places_in(blocks, report)}) >= _MANY_PLACES
    named = named and not (many and not any(own in text for text in titles))
    cube = Path(document.name).suffix.lower() in {".px", ".json"}
    sure = sure or many or (cube and national)
    if report.geo == COUNTRY or named or not (sure or cube or (national and not given)):
        return None
    return Question(
        key="place.document",
        question=f"Dokumentet nämner inte {own}. Vilken plats gäller tabeller utan plats?",
        kind="place",
        where="dokumentet",
        proposal=COUNTRY if sure else None,
        score=65 if sure else 0,
        options=(COUNTRY, report.geo),
    )


def refuse_another(
    document: Document,
    blocks: Sequence[Block],
    own: str | None,
    gazetteer: Gazetteer,
    found: ReadDocument | None,
) -> None:
    """Raise ``SelectionError`` where a document is of another municipality than ``own``.

    It names one where it says whose it is, or all its figures (``found``) are of one; and the one
    that the person says (``own``) is neither named there nor a place of any figure.
    """
    if own is None:
        return
    titles = [text for block in blocks for text in (block.over, block.title, block.heading)]
    first = next((block.first for block in blocks if block.has_figures), 1)
    above = document.lines[: min(TITLE_LINES, first - 1)]
    about = [squeeze(text) for text in (*above, *document.remarks, *titles)]
    named = {code for text in about for code in named_places(text, gazetteer)}
    named |= {gazetteer.by_text(text) or "" for text in titles}
    readings = found.readings if found is not None else ()
    told = {cell.geo or cell.column.geo for one in readings for cell in one.cells}
    told |= {other.geo for one in readings for other in one.table.override if other.geo}
    of = {*filter(is_municipality_code, named)} or told
    others = [code for code in of if code and is_municipality_code(code)]
    if own in of | told or len(others) != 1 or None in of or gazetteer.mentions(own, about):
        return
    name, other = gazetteer.names[own], gazetteer.names[others[0]]
    raise SelectionError(
        f"{document.name}: dokumentet är från {other}, och har inga tal för {name}. Utelämna "
        f"--kommun, eller ange {other}."
    )


def _places_in(blocks: Sequence[Block], report: Report) -> Iterator[str]:
    """The places that cells and headers of tables name."""
    for block in blocks:
        texts = {*block.said} | {text for cells in block.rows.values() for text in cells[:4]}
        for text in texts:
            if place := report.gazetteer.by_text(text):
                yield place
