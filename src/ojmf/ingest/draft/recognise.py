"""What kind of table a block is, and what its rows and columns mean, by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ojmf.drafts import TODO
from ojmf.ingest.draft.blocks import Block, is_year, kind
from ojmf.ingest.draft.labels import Labels, Match
from ojmf.ingest.draft.periods import Said, column_period, month_number, scenario, unit
from ojmf.ingest.places import Gazetteer

_COMMENT = re.compile(r"kommentar|analys|anmärkning|not\b|källa", re.I)
_COUNTY = re.compile(r"\blän(et|s)?\b|\blän\b", re.I)
_COUNTRY = re.compile(r"\b(riket|sverige|landet)\b", re.I)
_OWN = re.compile(r"^(kommunen|svar|resultat|vårt svar|kommunens svar|ja/nej)$", re.I)
_CONTENTS = re.compile(r"innehåll", re.I)
_MOST = 0.6
_FEW_MONTHS = 6
_MANY_PLACES = 5


@dataclass(slots=True)
class Context:
    """What is known of the document before its tables are looked at."""

    geo: str
    county: str | None
    reporting: str | None
    gazetteer: Gazetteer
    labels: Labels


@dataclass(slots=True)
class Proposal:
    """A table of the draft: its keys as TOML values, and comments that say what they rest on."""

    block: Block
    layout: str
    kind: str
    area: str | None = None
    columns: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Passed:
    """A block that is no table of figures (``what`` says so), or that has no known form (TODO)."""

    block: Block
    what: str


def recognise(block: Block, context: Context) -> Proposal | Passed:
    """The form of a block; what is not certain in it is a ``TODO``."""
    months = [i for i, text in enumerate(block.header) if month_number(text)]
    if len(months) >= _FEW_MONTHS:
        return _months(block, context, months)
    if not block.has_figures:
        return Passed(block, "text i tabellform, utan siffror")
    if _CONTENTS.search(block.title) or _is_contents(block):
        return Passed(block, "innehållsförteckning")
    if len(block.header) < 2:
        return Passed(block, f"{TODO}tabell utan rubrikrad; deklarera den, eller säg vad den är")
    if found := _places(block, context):
        return found
    return _grid(block, context)


def _is_contents(block: Block) -> bool:
    """Rows of a text and a page number, the numbers rising."""
    if block.width > 3 or not block.rows:
        return False
    pages = [cells[-1] for cells in block.rows.values() if len(cells) > 1]
    numbers = [int(page) for page in pages if page.isdigit()]
    return len(numbers) == len(pages) >= 4 and numbers == sorted(numbers)


def _months(block: Block, context: Context, months: list[int]) -> Proposal | Passed:
    years = [cells[0] for cells in block.rows.values() if cells]
    in_order = months == list(range(1, 13))
    if not in_order or not all(is_year(year) for year in years) or len(block.header) != 13:
        return Passed(
            block,
            f"{TODO}månadstabell av annan form än ett år per rad och tolv månader; säg vad den är, "
            "eller gör om den",
        )
    found = Proposal(block, "months", "monthly")
    found.extra["years"] = [int(year) for year in years]
    label = block.title
    area, _ = context.labels.area([label], label)
    match = context.labels.match(area, label) if area else None
    if match is None:
        best = [
            (m.score, name, m)
            for name in context.labels.catalogue.areas
            if (m := context.labels.match(name, label))
        ]
        area, match = max(best)[1:] if best else (None, None)
    found.area = area
    found.extra["indicator"] = _meant(match, area or "OMRÅDE")
    return found


def _meant(match: Match | None, area: str) -> str:
    """The indicator's id, or the question that is left."""
    if match is None:
        return f"{TODO}ingen indikator liknar; lägg till en i data/indicators/{area}.toml"
    if match.exact:
        return match.indicator
    if match.rivals:
        both = " och ".join([match.indicator, *match.rivals])
        return f"{TODO}lika nära {both} ({match.score:.0f} %); välj en"
    return f"{TODO}närmast är {match.indicator} ({match.score:.0f} %); skriv rätt id"


def _places(block: Block, context: Context) -> Proposal | None:
    """A table with a municipality, county or country per row."""
    code = name = None
    for index in range(min(3, block.width)):
        cells = [text for text in block.column(index) if text]
        codes = len({text for text in cells if context.gazetteer.by_code(text)})
        names = len({text for text in cells if context.gazetteer.by_name(text)})
        if code is None and codes >= max(_MANY_PLACES, _MOST * len(cells)):
            code = index
        elif name is None and names >= max(_MANY_PLACES, _MOST * len(cells)):
            name = index
    if name is None and code is None:
        return None
    found = Proposal(block, "places", "places")
    header = [block.header[i] if i < len(block.header) else "" for i in range(block.width)]
    labels = [header[i] for i in range(block.width) if i not in {code, name}]
    found.area, _ = context.labels.area(labels, block.title)
    levels: set[str] = set()
    unknown = {}
    for cells in block.rows.values():
        padded = [*cells, *[""] * (block.width - len(cells))]
        geo = context.gazetteer.by_code(padded[code]) if code is not None else None
        geo = geo or (context.gazetteer.by_name(padded[name]) if name is not None else None)
        if geo is None:
            label = padded[name if name is not None else code or 0] or padded[code or 0]
            unknown[label] = f"{TODO}ingen känd plats; säg varför raden inte läses"
        else:
            levels.add(context.gazetteer.levels[geo])
    for index, label in enumerate(header):
        if index in {code, name}:
            content = "code" if index == code else "label"
            found.columns.append({"label": label, "content": content})
        else:
            found.columns.append(_indicator_column(block, index, label, found, context))
    if unknown:
        found.extra["ignore"] = unknown
    answers = any(column.get("content") == "answer" for column in found.columns)
    if answers and levels & {"county", "country"}:
        found.extra["levels"] = {
            level: {"content": "figure", "scenario": "share", "unit": "percent"}
            for level in sorted(levels & {"county", "country"})
        }
    return found


def _indicator_column(
    block: Block, index: int, label: str, found: Proposal, context: Context
) -> dict[str, Any]:
    counts = block.kinds(index)
    column: dict[str, Any] = {"label": label}
    if not counts.get("figure") and not counts.get("answer"):
        return {**column, "content": "comment" if _COMMENT.search(label) else "text"}
    match = context.labels.match(found.area, label) if found.area else None
    declared = context.labels.catalogue.unit(match.indicator) if match else None
    if counts.get("answer", 0) >= counts.get("figure", 0) or declared == "answer":
        column |= {"content": "answer", "scenario": "outcome", "unit": "answer"}
        if not counts.get("answer"):
            found.answers |= {text for text in block.column(index) if kind(text) == "figure"}
    else:
        column["scenario"] = "outcome"
    if match is None or not match.exact:
        column["indicator"] = _meant(match, found.area or "OMRÅDE")
    return column | _period(label, column.get("scenario"), context)


def _grid(block: Block, context: Context) -> Proposal | Passed:
    header = [block.header[i] if i < len(block.header) else "" for i in range(block.width)]
    texts = [
        i for i in range(block.width) if block.kinds(i).get("text", 0) >= _MOST * len(block.rows)
    ]
    label = max(
        texts, key=lambda i: sum(map(context.labels.knows, set(block.column(i)))), default=None
    )
    if label is None:
        return Passed(block, f"{TODO}tabell utan kolumn med etiketter; säg vad den är")
    answers = [i for i in range(block.width) if block.kinds(i).get("answer", 0)]
    coded = [
        i
        for i in range(block.width)
        if not answers and i != label and _is_coded(block, i, header[i])
    ]
    rows = [text for text in block.column(label) if text]
    found = Proposal(block, "grid", "oj-answers" if answers or coded else "measures")
    found.area, counts = context.labels.area(rows, f"{block.heading} {block.title}")
    if found.area is None and max(counts.values(), default=0):
        best = max(counts.values())
        tied = ", ".join(sorted(area for area, count in counts.items() if count == best))
        found.comments.append(f"lika många etiketter ({best}) finns i {tied}")
    if found.area is not None:
        found.comments.append(f"{counts[found.area]} av {len(rows)} etiketter finns i katalogen")
    money = unit(" ".join([block.heading, block.title, *header]))
    if found.kind == "measures" and (money or found.area == "ekonomi"):
        found.kind = "income-statement"
    for index, text in enumerate(header):
        if index == label:
            column: dict[str, Any] = {"label": text, "content": "label"}
        elif found.kind == "oj-answers":
            column = _oj_column(block, index, text, index in {*answers, *coded}, context)
            if index in coded:
                found.answers |= {cell for cell in block.column(index) if kind(cell) == "figure"}
        else:
            column = _figure_column(block, index, text, found, money, context)
        found.columns.append(column)
    _match_rows(found, rows, context)
    _ask_of_percent(found, rows, context)
    return found


def _ask_of_percent(found: Proposal, rows: list[str], context: Context) -> None:
    """Ask what a change of a percentage is in: percent or percentage points."""
    catalogue = context.labels.catalogue
    percent = [
        row
        for row in dict.fromkeys(rows)
        if found.area and catalogue.unit(catalogue.by_label(found.area, row)) == "percent"
    ]
    columns = [
        column["label"]
        for column in found.columns
        if column.get("scenario") in {"change", "deviation"} and "unit" not in column
    ]
    if percent and columns:
        question = f"{TODO}percentage_points eller percent?"
        found.extra["override"] = [{"rows": percent, "columns": columns, "unit": question}]


def _is_coded(block: Block, index: int, header: str) -> bool:
    """Whether a column answers with 1, 0 or 2 under a header that names the municipality."""
    said = {text for text in block.column(index) if text}
    return bool(said) and said <= {"0", "1", "2"} and bool(_OWN.match(header))


def _match_rows(found: Proposal, rows: list[str], context: Context) -> None:
    for row in dict.fromkeys(rows):
        match = context.labels.match(found.area, row) if found.area else None
        if match is None or not match.exact:
            found.indicators[row] = _meant(match, found.area or "OMRÅDE")


def _period(label: str, what: str | None, context: Context) -> dict[str, Any]:
    said: Said = column_period(label, what, context.reporting)
    if said.period:
        return {"period": said.period}
    options = f"; {' eller '.join(said.options)}?" if said.options else ""
    return {"period": f"{TODO}vilken period{options}"}


def _oj_column(
    block: Block, index: int, label: str, is_answer: bool, context: Context
) -> dict[str, Any]:
    column: dict[str, Any] = {"label": label}
    counts = block.kinds(index)
    if not is_answer and not counts.get("figure"):
        return {**column, "content": "comment" if _COMMENT.search(label) else "text"}
    place = context.gazetteer.by_name(label)
    if is_answer:
        own = context.geo if _OWN.match(label) else place
        column |= {"content": "answer", "geo": own or f"{TODO}vilken kommuns svar? SCB-kod"}
        column |= {"scenario": "outcome", "unit": "answer"}
    else:
        if place is None and _COUNTRY.search(label):
            place = context.gazetteer.by_name("riket")
        elif place is None and _COUNTY.search(label):
            place = context.county
        column |= {"geo": place or f"{TODO}länet eller riket? SCB-kod", "scenario": "share"}
        column["unit"] = _share_unit(block, index)
    return column | _period(label, column["scenario"], context)


def _share_unit(block: Block, index: int) -> str:
    figures = [text.strip(" %") for text in block.column(index) if kind(text) == "figure"]
    values = [float(text.replace(",", ".").replace(" ", "")) for text in figures]
    if any(value > 1 for value in values) and all(0 <= value <= 100 for value in values):
        return "percent"
    return f"{TODO}andelarna är inte procent; percent med shift = 2 om 0,43 betyder 43 %"


def _figure_column(
    block: Block,
    index: int,
    label: str,
    found: Proposal,
    money: tuple[str, int | None] | None,
    context: Context,
) -> dict[str, Any]:
    column: dict[str, Any] = {"label": label}
    counts = block.kinds(index)
    if not counts.get("figure"):
        return {**column, "content": "comment" if _COMMENT.search(label) else "text"}
    what = scenario(label)
    if what is None and is_year(label):
        what = "outcome" if any(scenario(text) for text in block.header) else None
    column["scenario"] = what or f"{TODO}outcome, budget, forecast, deviation eller change?"
    if "%" in label:
        column["unit"] = "percent"
    elif found.kind == "income-statement":
        column["unit"] = money[0] if money else f"{TODO}MSEK; tkr är MSEK med shift = -3"
        if money and money[1]:
            column["shift"] = money[1]
    return column | _period(label, what, context)


def gazetteer(geography: pl.DataFrame) -> Gazetteer:
    """The places that headers and rows are looked up in."""
    return Gazetteer(geography)
