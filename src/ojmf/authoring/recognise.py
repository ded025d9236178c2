"""What kind of table a block is, and what its rows and columns mean, by their form."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ojmf.authoring.blocks import Block, is_year, kind
from ojmf.authoring.draft_columns import OWN, figure_column, indicator_column, oj_column
from ojmf.authoring.draft_periods import in_unit, month_number, unit
from ojmf.authoring.forms import Context, Passed, Proposal, meant
from ojmf.declarations.drafts import TODO
from ojmf.printed import squeeze

_CONTENTS = re.compile(r"innehåll(sförteckning)?", re.I)
_LEADERS = re.compile(r"\.{4}|…{2}")
_MOST = 0.6
_FEW_MONTHS = 6
_MANY_PLACES = 5


def recognise(block: Block, context: Context) -> Proposal | Passed:
    """The form of a block; what is not certain in it is a ``TODO``."""
    months = [i for i, text in enumerate(block.header) if month_number(text)]
    if len(months) >= _FEW_MONTHS:
        return _months(block, context, months)
    if not block.has_figures:
        return Passed(block, "text i tabellform, utan siffror")
    if _is_contents(block):
        return Passed(block, "innehållsförteckning")
    if len(block.header) < 2:
        return Passed(block, f"{TODO}tabell utan rubrikrad; deklarera den, eller säg vad den är")
    if found := _places(block, context):
        return found
    return _grid(block, context)


def _is_contents(block: Block) -> bool:
    """Rows of a text and a rising page number, without a header, called so or with dot leaders."""
    pages = [cells[-1] for cells in block.rows.values() if len(cells) > 1]
    numbers = [int(page) for page in pages if page.isdigit()]
    rising = len(numbers) == len(pages) and numbers == sorted(numbers)
    led = any(_LEADERS.search(cells[0]) for cells in block.rows.values())
    called = _CONTENTS.fullmatch(block.title) is not None
    return rising and not block.header and (led or called)


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
    found.extra["indicator"] = meant(match, area or "OMRÅDE")
    return found


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
            found.columns.append(indicator_column(block, index, label, found, context))
    if unknown:
        found.extra["ignore"] = unknown
    answers = any(column.get("content") == "answer" for column in found.columns)
    if answers and levels & {"county", "country"}:
        found.extra["levels"] = {
            level: {"content": "figure", "scenario": "share", "unit": "percent"}
            for level in sorted(levels & {"county", "country"})
        }
    return found


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
    printed = unit(" ".join([block.heading, block.title, *header]))
    kept = _money_unit(found, rows, context)
    if found.kind == "measures" and (printed or kept):
        found.kind = "income-statement"
    money = in_unit(printed, kept) if printed else None
    for index, text in enumerate(header):
        if index == label:
            column: dict[str, Any] = {"label": text, "content": "label"}
        elif found.kind == "oj-answers":
            column = oj_column(block, index, text, index in {*answers, *coded}, context)
            if index in coded:
                found.answers |= {cell for cell in block.column(index) if kind(cell) == "figure"}
        else:
            column = figure_column(block, index, text, found, money, context)
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


def _money_unit(found: Proposal, rows: list[str], context: Context) -> str | None:
    """The unit of money that the catalogue keeps most rows in; None where that is not money."""
    catalogue = context.labels.catalogue
    known = [catalogue.by_label(found.area, row) for row in rows] if found.area else []
    units = Counter(catalogue.unit(indicator) for indicator in known if indicator)
    most = units.most_common(1)
    return most[0][0] if most and most[0][0] in {"MSEK", "SEK"} else None


def _is_coded(block: Block, index: int, header: str) -> bool:
    """Whether a column answers with 1, 0 or 2 under a header that names the municipality."""
    said = {text for text in block.column(index) if text}
    return bool(said) and said <= {"0", "1", "2"} and bool(OWN.match(header))


def _match_rows(found: Proposal, rows: list[str], context: Context) -> None:
    cells = found.block.rows.values()
    alone = {squeeze(" ".join(c)) for c in cells if sum(map(bool, c)) == 1}
    for row in dict.fromkeys(rows):
        match = context.labels.match(found.area, row) if found.area else None
        if match is not None and match.exact:
            continue
        if row in alone:
            found.extra.setdefault("ignore", {})[row] = "rad utan siffror"
        else:
            found.indicators[row] = meant(match, found.area or "OMRÅDE")
