"""What each column of a table is for: whose and when its figures are, figures, answers, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from ojmf.authoring.blocks import Block, is_year, kind
from ojmf.authoring.evidence import is_rank
from ojmf.authoring.figure_forms import is_like_a_figure, is_limit
from ojmf.authoring.forms import Context, Open, Passed, Proposal
from ojmf.authoring.said_periods import scenario_of
from ojmf.authoring.times_of_rows import MEASURED, UNREAD, one_time, part_role
from ojmf.authoring.wording import (
    MEAN,
    MEAN_OF_SOME,
    MEASURES,
    SEX_HEADER,
    county_of,
    is_group,
    named_places,
    place_of,
)
from ojmf.geography import county_of as county_of_code
from ojmf.geography import is_municipality_code
from ojmf.ingest.layouts.row_keys import SEXES, is_all
from ojmf.model import COUNTRY
from ojmf.periods import cell_period
from ojmf.printed import squeeze, whole_number

_RUNNING = re.compile(
    r"(nr|nummer|löpnr|placering|rang(ordning)?|rank(ing)?|plats|id|kod|#)\.?", re.I
)
_NUMBERED = re.compile(r"\d{1,3}(?:[a-zåäö]|[.:]\d{1,2})*[.)]?", re.I)
"""The number of a question or a row, with the letter of its part: ``2a``."""
_SORTED = re.compile(r"(.* )?sort(ering\w*)?", re.I)
"""Headers of whole numbers that put rows in order; other cells under them may be units."""
_AGE = re.compile(r"ålder|age|åldersklass|åldersgrupp", re.I)
_REFERENCE = re.compile(
    r"(fot)?not(er|nr|hänvisning)?\.?|sid(a|nr)?\.?|rad(nr)?|konto(nr)?|ansvar", re.I
)
_COUNTED = re.compile(r"\d|\b(ja|nej|delvis)\b", re.I)
_COMMENT = re.compile(r"kommentar|\banalys|anmärkning|not\b|källa", re.I)
_PERIOD = re.compile(
    r"år|ar|year|läsår|tid|tidpunkt|månad|kvartal|tertial|datum|period|month|quarter|statistikår|"
    + MEASURED,
    re.I,
)
_PART_OF_YEAR = re.compile(r"\d{4}(-\d\d|[ -]?[MKQT]\d{1,2})|[a-zåäö]{3,9} \d{4}", re.I)
"""A month, quarter or tertial with its year, which is no figure under any header."""
_PLACE = re.compile(r"kommun|län|region|område|plats|geografi", re.I)
_SMALLER = re.compile(
    r"(?:(?:tät|små|post|central)ort|stadsdel|församling|socken|(?:val)?distrikt|deso|regso)\w*",
    re.I,
)
"""Headers of places within municipalities, some of which are called as they are."""
_CODE_HEADER = re.compile(
    r".*(kod|nr|nummer|[ _-]id)\b.*|(kommun|län|region)(en|et)?|municipality", re.I
)
_IDENTITY_HEADER = re.compile(
    r"(\S+[ ._-])?(id|guid|uuid)|(nyckeltal|indikator|mått|kpi|enhet|kommun)s?id|"
    r"(?!antal|andel|medel|snitt)([^\W\d]+[ _-]){0,2}[^\W\d]*(kod|code|nummer|\B\.?nr\.?)|"
    r"[^\W\d]*datum",
    re.I,
)
_IDENTITY = re.compile(
    r"[^\W\d_]{1,4}[-_]?\d+|\d{1,3}[^\W\d_]|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", re.I
)
_YEAR_OF = re.compile(r"(?<!antal )\b\w*år\b|klar|färdig|\bstart|\bslut|byggd|inrättad", re.I)
_MOST, _NEARLY_ALL = 0.6, 0.9
NATIONAL = re.compile(r"prisindex|\bKPI\b|\bPKV\b", re.I)
_TWO, _FEWEST_ALIKE = 2, 5


def roles_of(block: Block, context: Context) -> list[str]:
    """What each column is for: whose and when the figures are, figures, answers, or text."""
    width = max(block.width, len(block.header))
    columns = [block.texts(i) for i in range(width)]
    headers = [block.said[i] if i < len(block.said) else "" for i in range(width)]
    roles = [_role(headers[i], columns[i], i, context) for i in range(width)]
    names = [i for i, role in enumerate(roles) if role == "place"]
    groups = [i for i in names if all(map(is_group, filter(None, columns[i])))]
    if len(groups) < len(names):  # what group a place is one of is no place of its own
        roles = ["text" if i in groups else role for i, role in enumerate(roles)]
    for index in range(width):
        if roles[index] in {"figure", "period", "text"} and _is_code(
            block, index, headers[index], names, context
        ):
            roles[index] = "code"
        elif roles[index] == "figure" and _is_running(block, headers[index], index, roles):
            roles[index] = "text"
    for index, cells in enumerate(columns):
        others = {*roles[:index], *roles[index + 1 :]}
        if roles[index] == "figure" and {"figure", "answer"} & others:
            roles[index] = "text" if is_identity(headers[index], cells) else "figure"
    one_time(block, roles)
    if roles.count("period") and {"figure", "answer"}.isdisjoint(roles):
        # A single column of figures that look like years.
        last = max(i for i, role in enumerate(roles) if role == "period")
        roles[last] = "figure"
    return roles


def _role(header: str, cells: Counter[str], index: int, context: Context) -> str:
    """What a column is for, by its header and the texts that stand in it."""
    if (
        not cells
        or _REFERENCE.fullmatch(header)
        or is_rank(header, cells)
        or _AGE.fullmatch(header)
    ):
        return "text"
    if role := _key_role(header, cells, index, context):
        return role
    if UNREAD.fullmatch(header):
        return "text"
    kinds = Counter[str]()
    goal = scenario_of(header) == "target"
    for text, count in cells.items():
        kinds["figure" if _is_odd(text) or (goal and is_limit(text)) else kind(text)] += count
    comment = _COMMENT.search(header) is not None
    if kinds["answer"] and kinds["answer"] >= kinds["figure"] - kinds["text"] // 2:
        return "answer" if kinds["text"] <= _MOST * cells.total() else "text"
    most = kinds["text"] <= _MOST * (kinds["figure"] + kinds["symbol"])
    if kinds["figure"] and (not kinds["text"] or (most and not comment)):
        return "figure"
    return "comment" if comment else "text"


def is_identity(header: str, cells: Collection[str]) -> bool:
    """Whether a column tells which thing a row is about and measures nothing.

    Its header says so (``Nyckeltal-id``, ``Postnummer``, ``Datum``), its cells are identities
    (``N15428``, ``SKL-3``, GUIDs), or they are digits of which some begin with a nought, or the
    years of what its header names (``Färdigt år``).
    """
    return (
        _IDENTITY_HEADER.fullmatch(header) is not None
        or all(map(_IDENTITY.fullmatch, cells))
        or (all(map(str.isdigit, cells)) and any(re.match(r"0\d", text) for text in cells))
        or (_YEAR_OF.search(header) is not None and all(map(is_year, cells)))
    )


def _is_odd(text: str) -> bool:
    """Whether a text looks like a figure but is none in any form that can be declared."""
    return kind(text) == "text" and is_like_a_figure(text)


def _key_role(header: str, cells: Counter[str], index: int, context: Context) -> str | None:
    """What of whose and when a column tells, if it does: sex, month, period or place."""
    most = _NEARLY_ALL * cells.total()
    if sum(cells[text] for text in cells if text.casefold() in SEXES) >= most and (
        SEX_HEADER.fullmatch(header) or len({t.casefold() for t in cells}) > 1
    ):
        return "sex"
    if part := part_role(header, cells):
        return part
    dated = not header or re.search("datum", header, re.I)
    first = index == 0 and dated and len(cells) == cells.total()
    if sum(cells[text] for text in cells if cell_period(text)) >= most and (
        first or _PERIOD.fullmatch(header) or all(map(_PART_OF_YEAR.fullmatch, cells))
    ):
        return "period"
    if _SMALLER.fullmatch(header):
        return None
    counties = of_counties(header, cells, context)
    places = [text for text in cells if is_place(text, context) or text in counties]
    rows = sum(cells[text] for text in places)
    # Means and extremes stand among places without being any.
    named = (text for text in cells if not (is_all(text) or MEAN.fullmatch(text)))
    enough = rows >= _MOST * sum(cells[text] for text in named)
    whole = not header and rows == cells.total() >= _TWO  # one place in all rows
    if places and enough and (len(places) >= _TWO or whole or _PLACE.search(header)):
        return "place"
    return None


def of_counties(header: str, cells: Collection[str], context: Context) -> dict[str, str]:
    """The counties that the cells of a column name without the word.

    A name that a municipality has too is one under the header Län, and among names that none has.
    """
    gazetteer = context.report.gazetteer
    named = {
        text: county
        for text in {*cells}
        if text and (county := county_of(re.sub(r"[\s*]+$", "", text), gazetteer))
    }
    if not named:
        return {}
    told = re.fullmatch(r"län(et)?|länsnamn", header, re.I) is not None
    others = any(len(gazetteer.by_text(text) or COUNTRY) == len(COUNTRY) for text in named)
    every = all(
        text in named or len(place_of(text, context.report) or COUNTRY) == len(COUNTRY)
        for text in {*cells}
    )
    return named if told or (others and every) else {}


def county_meant(text: str, block: Block, places: list[int], context: Context) -> str | None:
    """The county that ``Länet`` stands for: that of the title or sheet, and of the places beside.

    None where they are of several, or of another than the document's without a title that says it.
    """
    gazetteer = context.report.gazetteer
    if named_places(text, gazetteer):
        return place_of(text, context.report)
    known = {code for i in places for t in block.texts(i) if (code := gazetteer.by_text(t))}
    beside = {county_of_code(code) for code in known if code != COUNTRY}
    titles = (block.over, block.title, block.heading)
    told = {c for t in titles for c in named_places(t, gazetteer) if len(c) == 2 and c != COUNTRY}
    meant = told or beside or {context.report.county or ""}
    agrees = len(meant) == 1 and (not beside or beside == meant)
    return meant.pop() if agrees else None


def is_place(text: str, context: Context) -> bool:
    """Whether a text names a place, or a group of places."""
    return kind(text) == "text" and (place_of(text, context.report) is not None or is_group(text))


def _is_code(block: Block, index: int, header: str, names: list[int], context: Context) -> bool:
    """Whether a column has SCB's codes: by their digits, or as a name beside them says."""
    gazetteer = context.report.gazetteer
    cells = _beside_others(block, index)
    if not cells or not all(text.isdigit() or gazetteer.by_code(text) for text in cells):
        return False
    if names and (not header or _CODE_HEADER.fullmatch(header)):
        agree = _agree_with_names(block, index, names, context)
        if header or agree == len(cells):
            return agree >= _MOST * len(cells)
    known = [t for t in cells if (len(t) in {2, 4} or not t.isdigit()) and gazetteer.by_code(t)]
    if not names and re.fullmatch(r"(kommun|län|region)s?[ _-]?kod", header, re.I):
        return len(known) >= _NEARLY_ALL * len(cells)
    others = [text for i, text in enumerate(block.said) if i != index]
    fewest = _TWO if any(map(_PERIOD.fullmatch, others)) else _FEWEST_ALIKE
    if len(set(known)) == 1 and len(known) == len(cells) >= fewest:
        # The same code in all rows; a column of the county's figures stands beside others' figures.
        beside = [text for text in others if place_of(text, context.report)]
        return not names and bool(re.fullmatch("kommun|län", header, re.I)) and not beside
    return (
        len(set(known)) >= _TWO
        and len(known) >= _NEARLY_ALL * len(cells)
        and (_CODE_HEADER.fullmatch(header) is not None or any(t[0] == "0" for t in known))
    )


def _agree_with_names(block: Block, index: int, names: list[int], context: Context) -> int:
    """How many codes of a column are those of the place that is named beside them.

    Codes of municipalities that disagree with the names are no other codes: the reader tells.
    """
    gazetteer = context.report.gazetteer
    cells = _beside_others(block, index)
    own = "kod" in block.said[index].casefold() and all(map(is_municipality_code, cells))
    if own and all(map(gazetteer.by_code, cells)):
        return len(cells)
    pairs = (
        (row[index], row[name])
        for row in block.rows.values()
        for name in names
        if len(row) > max(index, name)
    )
    return sum(
        gazetteer.by_code(code) == place_of(name, context.report) is not None
        for code, name in pairs
    )


def _beside_others(block: Block, index: int) -> list[str]:
    """The texts of a column but for those that are alone on their row, as headings of rows are."""
    rows = (row for row in block.rows.values() if index < len(row) and sum(map(bool, row)) > 1)
    return [row[index] for row in rows if row[index]]


def _is_running(block: Block, header: str, index: int, roles: list[str]) -> bool:
    """Whether a column numbers the rows that have figures or answers, or marks for them."""
    cells = [
        row[index]
        for row in block.rows.values()
        if row[index : index + 1] not in ([], [""])
        and any(kind(t) not in {"text", "blank"} for i, t in enumerate(row) if i != index)
    ]
    if not cells:
        return False
    numbers = [number for text in cells if (number := whole_number(text)) is not None]
    if len(numbers) < len(cells):
        parts = all(map(_NUMBERED.fullmatch, cells)) and len({*cells}) == len(cells)
        return parts and _RUNNING.fullmatch(header) is not None
    rising = numbers == sorted(numbers) and numbers[0] in {0, 1} and len(numbers) >= _TWO
    if _SORTED.fullmatch(header):
        return True
    others = any(role in {"text", "place"} for role in roles[index + 1 :])
    return others and (
        (_RUNNING.fullmatch(header) is not None)
        or (index == 0 and rising and numbers == list(range(numbers[0], numbers[0] + len(numbers))))
    )


def say_why_passed(found: Proposal | Passed, roles: list[str]) -> None:
    """Say of columns of text why what looks like figures there is passed over.

    A column that has figures, and is no numbering and no reference, has no such reason: its figures
    stay unexplained until somebody says what they are.
    """
    for index, column in enumerate(found.columns if isinstance(found, Proposal) else ()):
        cells = [text for text in found.block.column(index) if text]
        if roles[index : index + 1] == ["again"]:
            column.ignore = "samma tid som i kolumnen med perioder"
            continue
        if column.content != "text" or not _COUNTED.search(" ".join(cells)):
            continue
        numbers = [number for text in cells if (number := whole_number(text)) is not None]
        running = numbers == list(range(1, len(cells) + 1))
        if _REFERENCE.fullmatch(column.label):
            column.ignore = "hänvisning"
        elif (
            running
            or _RUNNING.fullmatch(column.label)
            or (len(numbers) == len(cells) and _SORTED.fullmatch(column.label.replace("_", " ")))
            or is_rank(column.label, cells)
            or is_identity(column.label, cells)
        ):
            column.ignore = "löpnummer eller kod"
        elif is_group(column.label):
            column.ignore = MEAN_OF_SOME
        elif not any(kind(text) in {"figure", "answer"} or _is_odd(text) for text in cells):
            column.ignore = "text"


def label_columns(block: Block, roles: list[str]) -> list[int]:
    """The columns of text that tell what a row measures."""
    texts = [i for i, role in enumerate(roles) if role == "text"]
    found = []
    for index in texts:
        cells = block.texts(index)
        header = block.said[index] if index < len(block.said) else ""
        digits = all(t.isdigit() for t in cells) and not _AGE.fullmatch(header)
        if cells and not digits and not _COMMENT.search(header):
            found.append(index)
    named = [
        i
        for i in found
        if not is_identity(block.said[i], block.texts(i))
        and not _is_running(block, block.said[i], i, roles)
    ]
    measures = [] if named else [i for i in found if MEASURES.fullmatch(block.said[i])]
    return [i for i in found if i in [*named, *measures] or _tells_apart(block, i, named)]


def second_labels(block: Block, roles: list[str]) -> int | None:
    """The column of labels of a table that stands beside another one, if there is any.

    It is like the first column of labels, by its header or by a blank column before it, and has
    figures on both sides.
    """
    keys = [i for i, role in enumerate(roles) if role in {"text", "place"} and any(block.column(i))]
    values = [i for i, role in enumerate(roles) if role in {"figure", "answer"}]
    for index in keys[1:]:
        cells = [text for text in block.column(index) if text]
        apart = not any(block.column(index - 1)) and not block.said[index - 1]
        same = block.said[index] == block.said[keys[0]] != ""
        between = values and values[0] < index < values[-1]
        if between and (apart or same) and len({*cells}) == len(cells) > 1:
            return index
    return None


def _tells_apart(block: Block, index: int, names: list[int]) -> bool:
    """Whether a column of identities tells rows apart that have the same names beside it."""
    rows = [[*cells, *[""] * len(block.said)] for cells in block.rows.values()]
    pairs = {(tuple(cells[i] for i in names), cells[index]) for cells in rows}
    return len(pairs) > len({name for name, _ in pairs})


def block_geo(block: Block, context: Context) -> Open | None:
    """The place that a table's title or sheet is about, where it is not the document's own."""
    if NATIONAL.search(f"{block.over} {block.title} {block.heading}"):
        return COUNTRY
    for text in (block.over, block.title, block.heading):
        whole = context.report.gazetteer.by_text(squeeze(re.sub(r"\b(19|20)\d\d\b", "", text)))
        named = [whole] if whole else named_places(text, context.report.gazetteer)
        if len(named) == 1:
            return None if named[0] == context.report.geo else named[0]
    return context.elsewhere
