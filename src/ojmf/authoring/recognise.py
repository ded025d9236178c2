"""What kind of table a block is: whose its figures are, and how its rows and columns are told."""

from __future__ import annotations

import re
from collections import Counter

from ojmf.authoring.answers_across import coded_rows, without_others
from ojmf.authoring.blocks import Block, is_year, kind
from ojmf.authoring.coded_answers import legend_of
from ojmf.authoring.columns import meanings
from ojmf.authoring.figure_forms import is_like_a_figure, is_limit
from ojmf.authoring.forms import (
    Context,
    Passed,
    Proposal,
    slug,
)
from ojmf.authoring.long_tables import is_breakdown, long_table, named_counties
from ojmf.authoring.months import are_periods, month_grid
from ojmf.authoring.page_answers import ask_of_answers_in_labels
from ojmf.authoring.roles import (
    block_geo,
    is_place,
    label_columns,
    roles_of,
    say_why_passed,
    second_labels,
)
from ojmf.authoring.rolling import rolling_rows
from ojmf.authoring.row_names import name_rows, parts_below, periods_of_rows
from ojmf.authoring.row_places import (
    one_place_column,
    page_places,
    places_of_rows,
    places_of_sections,
    whole_county,
)
from ojmf.authoring.said_periods import ANY_YEAR, scenario_of
from ojmf.authoring.times_of_rows import several_times, unread_periods, unread_times
from ojmf.authoring.told_above import days_told_above
from ojmf.authoring.units import set_units
from ojmf.authoring.unnamed_times import days_of_rows
from ojmf.authoring.wording import MEASURES, OWN, measure_of, place_of, why_ignored
from ojmf.declarations.drafts import TODO, Question
from ojmf.geography import GROUP, is_municipality_code
from ojmf.model import COUNTRY
from ojmf.periods import PARTS_OF_YEAR
from ojmf.printed import squeeze, whole_number

_CONTENTS = re.compile(r"innehåll(sförteckning)?", re.I)
_LEADERS = re.compile(r"\.{4}|…{2}")
_NO_MEASURE = re.compile(r"value|värde|varde|obs[ _]?value|antal|andel", re.I)
_TWO, _FEWEST_ROWS, _NEARLY_ALL, _FEW_TWICE = 2, 5, 0.9, 0.05


def recognise(block: Block, context: Context) -> Proposal | Passed:
    """The form of a block; what is not certain in it is a question."""
    if not block.has_figures:
        return Passed(block, "text i tabellform, utan siffror")
    if _is_contents(block):
        return Passed(block, "innehållsförteckning")
    if len(block.header) < _TWO:
        return Passed(block, f"{TODO}tabell utan rubrikrad; deklarera den, eller säg vad den är")
    roles = roles_of(block, context)
    found = _of_roles(block, context, roles)
    say_why_passed(found, roles)
    if block.spaced and isinstance(found, Proposal):
        _of_page(found, context)
    if isinstance(found, Proposal):
        found.unsure = found.unsure or ask_of_answers_in_labels(block)
        found.unsure = found.unsure or unread_times(block) or unread_periods(block, roles)
        found.unsure = found.unsure or several_times(block, roles)
        found.unsure = found.unsure or rolling_rows(block, roles)
    if isinstance(found, Proposal):
        found.unsure = found.unsure or _between_places(found)
    if isinstance(found, Proposal) and (second := second_labels(block, roles)) is not None:
        found.unsure = found.unsure or Question(
            key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
            question=f"Står två tabeller bredvid varandra i ”{block.title[:60]}”, den andra från "
            f"kolumnen ”{block.header[second][:40]}”? Lägg dem under varandra i filen.",
            kind="table",
        )
    merged = _merged_column(block)
    if merged is not None and isinstance(found, Proposal) and found.unsure is None:
        found.unsure = Question(
            key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
            question=f"Står flera kolumner i en under ”{block.header[merged][:60]}”? Sätt isär dem "
            "i filen, eller be om den i Excel eller Word.",
            kind="table",
        )
    odd = _odd_column(block, roles)
    if odd is not None and isinstance(found, Proposal) and found.unsure is None:
        header, text = block.header[odd], next(t for t in block.column(odd) if is_like_a_figure(t))
        found.unsure = Question(
            key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
            question=f"Är kolumnen ”{header[:60]}” tal? ”{text}” liknar ett men kan inte läsas.",
            kind="table",
        )
    return found


def _between_places(found: Proposal) -> Question | None:
    """The question whose the figures are of a table with places both down and across."""
    down = found.layout == "places" or any(c.content in {"place", "code"} for c in found.columns)
    across = {c.geo for c in found.columns if c.is_value and isinstance(c.geo, str)} - {COUNTRY}
    if not (down and (len(across) >= _TWO or any(map(_FROM_OR_TO.match, found.block.said)))):
        return None
    return Question(
        key=f"table.{slug(found.block.title) or 'tabell'}-{found.block.first}",
        question=f"Tabellen ”{found.block.title[:60]}” har platser både på raderna och i "
        "kolumnerna. Vems är talen? Flyttningar och pendling mellan platser läses inte.",
        kind="table",
    )


_FROM_OR_TO = re.compile(
    r"(?:från|till|(?:ut|in)(?:flyttnings|pendlings)) ?(?:kommun|län|region)", re.I
)
"""Headers of the places that persons go to or come from."""
_PLAIN = re.compile(r"[-−–]?\d[\d.,]*%?")


def _of_page(found: Proposal, context: Context) -> None:
    """Lay out a table whose cells are set off by spaces; one that can't be told apart is asked."""
    block = found.block
    why = f"”{block.doubtful[:80]}” kan läsas på flera sätt" if block.doubtful else ""
    if found.layout == "places":
        found.overrides += page_places(found, context)
    elif found.layout != "grid":
        why = "den har flera platser eller perioder på raderna"
    if why:
        found.unsure = Question(
            key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
            question=f"Tabellen ”{block.title[:60]}”: {why}. Sätt tabbar mellan cellerna i filen.",
            kind="table",
        )
    plain = all(_PLAIN.fullmatch(t) for cells in block.rows.values() for t in cells[1:])
    simple = plain and not block.wrapped and not (found.sections or found.parts)
    found.layout = "tail" if simple else "pinned"


_FIGURE = r"[-−–+]?\d{1,3}(?:[ .]\d{3}|\d)*(?:,\d+)?%?"
_SEVERAL = re.compile(rf"{_FIGURE}(?:\s+{_FIGURE})+")
_AMOUNT = r"(?:[-−–+]\d[\d ]*(?:,\d+)?|\d[\d ]*,\d+|\d{1,3}(?: \d{3})+|\d{3,})%?"
_WITHIN = re.compile(rf"\D*[^\W\d]\D*\s{_AMOUNT}(?:\s\D+)?")
_MOSTLY = 0.5


def _merged_column(block: Block) -> int | None:
    """A column of a time most of whose cells have several figures, or a label and a figure."""
    for index, header in enumerate(block.header):
        if scenario_of(header) is None and ANY_YEAR.search(header) is None:
            continue
        texts = [text for text in block.column(index) if text and kind(text) == "text"]
        form = _WITHIN if index == 0 else _SEVERAL
        run_on = sum(form.fullmatch(text) is not None for text in texts)
        if len(texts) >= _TWO and run_on > _MOSTLY * len(texts):
            return index
    return None


def _odd_column(block: Block, roles: list[str]) -> int | None:
    """A column of figures most of whose cells only look like them."""
    for index, role in enumerate(roles):
        texts = [text for text in block.column(index) if text]
        odd = [text for text in texts if is_like_a_figure(text) and kind(text) == "text"]
        if index < len(block.said) and scenario_of(block.said[index]) == "target":
            odd = [text for text in odd if not is_limit(text)]
        if role == "figure" and 2 * len(odd) > len(texts) and index < len(block.header):
            return index
    return None


def _of_roles(block: Block, context: Context, roles: list[str]) -> Proposal | Passed:
    """The form of a table whose columns are known."""
    if not {"figure", "answer"} & set(roles):
        return Passed(block, "text i tabellform, utan siffror")
    if (found := month_grid(block, context)) is not None:
        return found
    if "place" in roles or "code" in roles:
        return _by_place(block, context, roles)
    if {"period", "sex", *PARTS_OF_YEAR} & set(roles):
        return long_table(block, context, roles)
    return _grid(block, context, roles)


def _is_contents(block: Block) -> bool:
    """Rows of a text and a rising page number, without a header, called so or with dot leaders."""
    pages = [cells[-1] for cells in block.rows.values() if len(cells) > 1]
    numbers = [number for page in pages if (number := whole_number(page)) is not None]
    rising = len(numbers) == len(pages) and numbers == sorted(numbers)
    led = any(_LEADERS.search(cells[0]) for cells in block.rows.values())
    called = _CONTENTS.fullmatch(block.title) is not None
    return rising and not block.header and (led or called)


def _by_place(block: Block, context: Context, roles: list[str]) -> Proposal | Passed:
    """A table with a municipality, county or country per row."""
    keys = {"period", "sex", *PARTS_OF_YEAR} & set(roles)
    labels = label_columns(block, roles)
    if not keys:
        one_place_column(block, roles, context)
    places = roles.count("place")
    rows = [c for c in block.rows.values() if any(c)]
    named = [
        tuple(c[i] if i < len(c) else "" for i, r in enumerate(roles) if r in {"place", "code"})
        for c in rows
    ]
    repeated = len(set(named)) < len(named)
    most = _NEARLY_ALL * len(rows)
    if len(set(named)) >= most:
        # What differs in every row is another name of its place, and no measure.
        labels = [i for i in labels if len({*block.column(i)}) < max(most, _FEWEST_ROWS)]
    written = {text for i, r in enumerate(roles) if r == "place" for text in block.column(i)}
    by_name = context.report.gazetteer.by_name
    otherwise = [t for t in written if t and is_place(t, context) and not by_name(t)]
    otherwise += whole_county(block, roles, context)
    counties = named_counties(block, roles, context)
    periods = all(
        _NO_MEASURE.fullmatch(block.said[i]) or not measure_of(block.said[i], context.report)
        for i, role in enumerate(roles)
        if role in {"figure", "answer"} and i < len(block.said)
    )
    if not (repeated or keys):  # what is told of each place once is an attribute of it
        labels = [i for i in labels if not is_breakdown(block, i)]
    if keys or places > 1 or otherwise or counties or (labels and (repeated or periods)):
        return long_table(block, context, roles, labels if repeated or periods else [])
    block.shares = {
        number
        for number, cells in block.rows.items()
        for i, role in enumerate(roles)
        if role == "place" and i < len(cells) and (place := by_name(cells[i]))
        if not is_municipality_code(place)
    }
    found = Proposal(block, "places", "places")
    found.columns = meanings(block, context, roles, found, measures_across=True)
    codes = [i for i, role in enumerate(roles) if role == "code"]
    narrow = max(codes, key=lambda i: max(map(len, block.column(i))), default=None)
    for index, (column, role) in enumerate(zip(found.columns, roles, strict=True)):
        if role == "code":
            column.content = "code" if index == narrow else "comment"
        elif role == "place":
            column.content = "label"
        elif not column.is_value and column.content != "comment":
            column.content = "text"
    levels, years = _rows_of_places(found, roles, context)
    if years is not None:
        return Passed(block, f"{TODO}raden ”{years}” kan vara rubriker med år; säg vad den är")
    found.area = context.labels.area(block.said, block.title) or context.area
    if any(column.content == "answer" for column in found.columns):
        found.levels = sorted(levels & {"county", "country", GROUP})
    set_units(found, context, block)
    return found


def _rows_of_places(
    found: Proposal, roles: list[str], context: Context
) -> tuple[set[str], str | None]:
    """Pass over the rows that tell no place, or no one place; the levels of the others.

    And the row that may be a header of years, if there is one.
    """
    levels: set[str] = set()
    named: Counter[str] = Counter()
    gazetteer = context.report.gazetteer
    for cells in found.block.rows.values():
        padded = [*cells, *[""] * (len(roles) - len(cells))]
        if not any(padded):
            continue
        name = next((padded[i] for i, r in enumerate(roles) if r == "place"), "")
        code = next((padded[i] for i, r in enumerate(roles) if r == "code"), "")
        geo = gazetteer.by_name(name) or (gazetteer.by_code(code) if not name else None)
        if geo is None:
            values = [t for t, r in zip(padded, roles, strict=True) if r == "figure" and t]
            if values and all(map(is_year, values)):
                return levels, name or code
            label = name or code or squeeze("\t".join(cells))
            found.ignore[label] = why_ignored(name)
        else:
            levels.add(gazetteer.levels[geo])
            named[name or code] += 1
    twice = [label for label, count in named.items() if count > 1]
    if len(twice) <= _FEW_TWICE * len(named):
        found.ignore |= dict.fromkeys(twice, "flera rader har namnet, och inget skiljer dem åt")
    return levels, None


def _grid(block: Block, context: Context, roles: list[str]) -> Proposal | Passed:
    """A table with an indicator per row."""
    labels = label_columns(block, roles)
    if not labels:
        return Passed(block, f"{TODO}tabell utan kolumn med etiketter; säg vad den är")
    label = max(
        labels,
        key=lambda i: (
            sum(map(context.labels.knows, set(block.column(i)))),
            MEASURES.fullmatch(block.said[i]) is not None,
            len(set(block.column(i))) * (len(set(block.column(i))) > 1),
            -i,
        ),
    )
    values = [i for i, role in enumerate(roles) if role in {"figure", "answer"}]
    filled = {
        number: cells
        for number, cells in block.rows.items()
        if any(i < len(cells) and cells[i] for i in values)
    }
    coded = coded_rows(block, filled, label, context)
    block, aside = without_others(block, filled, label, coded, context)
    printed = [cells[label] if label < len(cells) else "" for cells in filled.values()]
    parts = parts_below(printed)
    twice = [t for t, count in Counter(printed).items() if count > 1 and t not in parts]
    headings = {
        squeeze(" ".join(cells)): cells[label] if label < len(cells) else ""
        for number, cells in block.rows.items()
        if number not in filled
        and _heads_rows(cells, label)
        and not context.labels.knows(squeeze(" ".join(cells)))
    }
    if twice and len(labels) > 1 and not headings:
        return long_table(block, context, roles, labels)
    found = Proposal(block, "grid", parts=parts)
    found.ignore |= aside
    if headings and (twice or {*headings} & {*printed}):
        found.sections = list(headings)
    elif twice:
        found.unsure = Question(
            key=f"table.{slug(block.title) or block.first}",
            question=f"Raden ”{twice[0][:60]}” finns flera gånger i tabellen ”{block.title}”; "
            "vad skiljer dem åt?",
            kind="table",
        )
    headers = [block.said[i] for i, role in enumerate(roles) if role == "figure"]
    if any(scenario_of(text) and not place_of(text, context.report) for text in headers):
        # Goals with a word for whether they are met: the figures are what is reported.
        roles = ["comment" if role == "answer" else role for role in roles]
    if any(role == "answer" for role in roles) or coded or _coded(block, roles):
        found.kind = "oj-answers"
        explained = {code for text in printed for code in legend_of(text)}
        found.answers = explained & {
            cells[i] for cells in filled.values() for i in values if i < len(cells)
        }
    if are_periods(printed):
        found.unsure = Question(
            key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
            question=f"Är raderna i tabellen ”{block.title[:60]}” perioder, som ”{printed[0]}”?",
            kind="table",
        )
    if found.sections:
        found.places = places_of_sections(found, filled, context)
    whose = None if found.places else block_geo(block, context)
    found.columns = meanings(block, context, roles, found, default_geo=whose)
    found.columns[label].content = "label"
    for index in labels:
        if index != label:
            found.columns[index].content = "text"
    if not found.sections:
        own = (in_label or whole for whole, in_label in headings.items())
        found.ignore |= dict.fromkeys(own, "rad utan siffror")
    _ignore_counts(found, filled, label)
    name_rows(found, filled, label)
    set_units(found, context, block)
    if found.kind != "oj-answers":
        found.overrides += places_of_rows(found, context)
    periods_of_rows(found)
    days_of_rows(found)
    days_told_above(found)
    return found


def _heads_rows(cells: list[str], label: int) -> bool:
    """Whether a row is a text alone, or a label behind its letter or number."""
    said = [i for i, text in enumerate(cells) if text]
    numbered = len(said) == _TWO and said[1] == label and len(cells[said[0]]) <= _LONGEST_NUMBER
    return len(said) == 1 or numbered


_LONGEST_NUMBER = 3


def _coded(block: Block, roles: list[str]) -> bool:
    """Whether a column answers with 1, 0 or 2 under a header that names the municipality."""
    return any(
        role == "figure"
        and OWN.match(block.said[i])
        and {text for text in block.column(i) if text} <= {"0", "1", "2"}
        for i, role in enumerate(roles)
    )


def _ignore_counts(found: Proposal, filled: dict[int, list[str]], label: int) -> None:
    """Pass over rows that count the answers above them."""
    answers = [i for i, c in enumerate(found.columns) if c.content == "answer"]
    for cells in filled.values():
        said = [cells[i] for i in answers if i < len(cells) and cells[i]]
        text = cells[label] if label < len(cells) else ""
        coded = {t for t in said if t in found.answers}
        if text and said and not coded and all(kind(t) == "figure" for t in said):
            found.ignore[text] = "räknar svaren ovanför"
