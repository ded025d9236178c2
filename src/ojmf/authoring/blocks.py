"""The tables of a document that nothing declares yet: header, rows, title, and what is between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ojmf.authoring.counted_days import is_dating
from ojmf.authoring.figure_forms import form, is_like_a_figure, without_ages
from ojmf.authoring.full_words import with_full_words
from ojmf.authoring.sex_letters import with_sexes_in_words
from ojmf.authoring.upper_headers import completes, spread
from ojmf.authoring.written_years import are_in_digits, with_whole_years, with_years_of_the_whole
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import cells_of, joined_header
from ojmf.printed import squeeze

_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d+)(?:[.,]\d+)?"
_FIGURE = re.compile(rf"[-−–]?{_NUMBER}[ \u00a0]?%?")
_SUPPRESSED = re.compile(r"[<≤]\s?\d+")
_FEW = re.compile(r"[01]\s?[-–]\s?\d")
_NOTE = re.compile(
    r"(?:käll(?:a|or)|anm(?:ärkning(?:ar)?)?\.?|(?:fot)?not(?:er)?)\s*\d*\s*[:)]|"
    r"(?:[-–—*]{1,3}|\.{1,3}|x)\s*[=:]\s",
    re.I,
)
_UNIT_LINE = re.compile(r"(?:mått)?enhet(?:en)?\s*:\s*(.{1,60})", re.I)
_UNIT_IN_TEXT = re.compile(r"\((%|procent|tkr|mkr|kr|kronor|personer)\)", re.I)
_SYMBOL = re.compile(r"[-–—−‐‑.…*:]{1,3}|x{1,2}|\.\.|n/?a|u\.?s\.?|i\.?u\.?", re.IGNORECASE)
ANSWERS = {"ja", "nej", "delvis"}
_YEAR = re.compile(r"(19|20)\d\d")
_NUMBERED = re.compile(r"(tabell|tabellbilaga|diagram|tablå) ?\d+[a-z]?[.:]?", re.I)
PAGE_NUMBER = re.compile(r"(sida )?\d{1,3}( ?[(/av]+ ?\d{1,3}\)?)?", re.IGNORECASE)
_MAX_HEADER = 4
MAX_TITLE = 120
_LOOK_BACK = 12
_MONTH_NUMBERS = [str(number) for number in range(1, 13)]
_HEADS_LABELS = re.compile(
    r"(kommun|kommuner|län|region|område|plats|ort|enhet|stadsdel|namn|nyckeltal|indikator|mått|"
    r"verksamhet|nämnd|post|kategori|år|period|kön|benämning|rubrik|fråga|ålder|åldersgrupp|"
    r"åldersklass|skola|skolform|förvaltning|avdelning|distrikt|tätort|typ|grupp)(namn|kod)?:?",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"|(mått|nyckeltal|indikator|fråga|post|kommun(kod)?|kod|län|region|verksamhet|nämnd|område|"
    r"benämning|projekt|kategori|brottstyp|år|period|m?n?kr|tkr|nr|enhet)",
    re.IGNORECASE,
)
_FEWEST_COLUMNS, _FEWEST_ROWS, _FEWEST_MERGED = 1, 2, 3


# A column has the same texts over and over.
@lru_cache(maxsize=65536)
def kind(text: str) -> str:
    """What a cell prints: ``blank``, ``answer``, ``figure``, ``symbol`` or ``text``.

    A figure may have a sign or a mark beside it that is to be declared.
    """
    if not text:
        return "blank"
    if text.casefold() in ANSWERS:
        return "answer"
    if _FIGURE.fullmatch(text) or form(text):
        return "figure"
    return "symbol" if _SUPPRESSED.fullmatch(text) or _SYMBOL.fullmatch(text) else "text"


def is_suppressed(text: str) -> bool:
    """Whether a mark says by itself that a small figure is withheld: ``<5``."""
    return _SUPPRESSED.fullmatch(text) is not None


def is_few(text: str) -> bool:
    """Whether a text is a range from none or one, as withheld counts of persons are printed."""
    return _FEW.fullmatch(text) is not None


def is_note(text: str) -> bool:
    """Whether a line is a note below a table and no title: ``Källa: SCB``."""
    return _NOTE.match(text) is not None


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return _YEAR.fullmatch(text) is not None


@dataclass
class Block:
    """A table as it is printed.

    ``header`` has one text per column, read from ``header_rows`` rows; ``rows`` are its cells by
    line. ``furniture`` are the lines that a page break left inside it; behind one a blank first
    cell may be left out (``optional_leading``). ``said`` is the header without a text that stands
    over all columns, which is ``over``. ``shares`` are the rows of counties, groups or the country.
    ``above`` is all that stands between the table before and it.
    ``unit`` is what a line above it says that its figures are in: ``Enhet: personer``.
    ``spaced``: its cells are set off by single spaces; ``wrapped``: labels of it go on over lines;
    ``doubtful`` is a line that can be read in several ways, ``shown`` the units behind figures.
    ``sheet`` is the name of its sheet where sheets are named for the times of their tables.
    """

    first: int
    last: int
    header: list[str]
    header_rows: int
    rows: dict[int, list[str]]
    title: str = ""
    after: str = ""
    heading: str = ""
    said: list[str] = field(default_factory=list)
    over: str = ""
    above: str = ""
    unit: str = ""
    furniture: list[str] = field(default_factory=list)
    optional_leading: bool = False
    shares: set[int] = field(default_factory=set)
    spaced: bool = False
    wrapped: bool = False
    doubtful: str = ""
    shown: dict[tuple[int, int], str | None] = field(default_factory=dict)
    sheet: str = ""

    @property
    def width(self) -> int:
        """The number of its columns."""
        return max(len(self.header), max((len(c) for c in self.rows.values()), default=0))

    def column(self, index: int) -> list[str]:
        """The cells of a column, blank ones as well."""
        return [cells[index] if index < len(cells) else "" for cells in self.rows.values()]

    def texts(self, index: int) -> Counter[str]:
        """The texts of a column and how many rows each is on, blank cells aside."""
        found = Counter(self.column(index))
        del found[""]
        return found

    @cached_property
    def corners(self) -> list[int]:
        """The columns without figures, whose headers tell what the rows have."""
        columns = range(len(self.said))
        return [i for i in columns if "figure" not in map(kind, {*self.column(i)})]

    @property
    def has_figures(self) -> bool:
        """Whether any row has a figure or an answer behind its first cell."""
        return any(
            kind(cell) in {"figure", "answer"} for cells in self.rows.values() for cell in cells[1:]
        )


def runs_of_lines(document: Document) -> list[tuple[int, int]]:
    """The first and last lines of runs that may be tables."""
    runs: list[tuple[int, int]] = []
    for number, line in enumerate(document.lines, start=1):
        if runs and runs[-1][1] == number - 1 and "\t" in line and line.strip():
            if not _begins_another(document, runs[-1], number):
                runs[-1] = (runs[-1][0], number)
                continue
            runs.append((number, number))
        elif "\t" in line.rstrip() and not is_numbered_title(line):
            runs.append((number, number))
    joined: list[tuple[int, int]] = []
    for run in runs:
        below = joined and _heads(document, joined[-1], run)
        joined.append((joined.pop()[0], run[1]) if below else run)
    return joined


def is_numbered_title(line: str) -> bool:
    """Whether a line is a title behind its number, in cells of their own: ``Tabell 10``."""
    cells = [cell for cell in cells_of(line) if cell]
    return len(cells) == 2 and _NUMBERED.fullmatch(cells[0]) is not None


def _heads(document: Document, above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether lines are the header of those behind one blank line, or the upper part of it."""
    if below[0] != above[1] + 2 or above[1] - above[0] >= _MAX_HEADER:
        return False
    header, rows = (
        [cells_of(document.line(n)) for n in range(a, b + 1)] for a, b in (above, below)
    )
    own = next((n for n, cells in enumerate(rows) if _is_data(cells)), len(rows))
    data = rows[own : own + _FEWEST_ROWS]
    if len(data) < _FEWEST_ROWS or any(map(_is_data, header)) or not all(map(_is_data, data)):
        return False
    if not own:
        return max(map(len, header)) == max(map(len, data))
    return len(header) + 1 + own <= _MAX_HEADER and completes(header, rows[:own], data)


def _begins_another(document: Document, run: tuple[int, int], number: int) -> bool:
    """Whether a line within a run of lines is the header of another table.

    It begins as headers do, and has words or years, no two alike, where the rows above and below
    have figures. A row of data may have a word for a missing figure, or a figure like a year.
    """
    cells = cells_of(document.line(number))
    if not _HEADED.fullmatch(cells[0]) or len({*cells}) < len(cells):
        return False
    above = cells_of(document.line(number - 1))
    below = cells_of(document.line(number + 1))
    columns = [i for i, cell in enumerate(above) if i and kind(cell) == "figure"]
    if len(columns) < _FEWEST_COLUMNS or number - run[0] < _FEWEST_ROWS:
        return False
    words = [
        i for i in columns if i < len(cells) and (kind(cells[i]) == "text" or is_year(cells[i]))
    ]
    figures = [i for i in words if i < len(below) and kind(below[i]) == "figure"]
    return len(words) == len(columns) == len(figures) and not all(map(is_year, above[1:]))


def _is_data(cells: Sequence[str]) -> bool:
    if _heads_months(cells) or are_in_digits(cells[1:]):
        return False
    kinds = [kind(cell) for cell in without_ages(cells)[1:] if not _is_marked_year(cell)]
    return not {"figure", "answer", "symbol"}.isdisjoint(kinds)


def _without_copies(cells: Sequence[str], label: int) -> list[str]:
    """A row without the copies of a heading that is merged over it behind its label."""
    said = [cell for cell in cells if cell]
    merged = len(said) >= _FEWEST_MERGED and len({*said}) == 1 and kind(said[0]) == "text"
    return [*cells[: label + 1]] if merged and cells[label] else [*cells]


def _heads_months(cells: Sequence[str]) -> bool:
    """Whether a line is the header of months by their numbers."""
    return kind(cells[0]) == "text" and cells[1:13] == _MONTH_NUMBERS


def _is_marked_year(text: str) -> bool:
    """Whether a text is a year, also with a footnote's mark or in parentheses."""
    found = form(text)
    return is_year(found.digits if found else text)


def _is_odd_figure(text: str) -> bool:
    return is_like_a_figure(text) and not _is_marked_year(text)


def _is_row_of_few(cells: Sequence[str]) -> bool:
    """Whether a labelled row has small ranges for figures, and is no header of ages: ``1–4``."""
    said = [cell for cell in cells[1:] if cell]
    return bool(cells[0] and said and all(map(is_few, said))) and not _HEADED.fullmatch(cells[0])


def _is_row_of_years(lines: dict[int, list[str]], first: int, number: int) -> bool:
    """Whether figures of a row only look like years: it is labelled, below a full header.

    A label that heads a column of labels makes it the second row of the header, and so do years
    that tell headers apart which are alike: ``Antal`` and ``Antal`` above ``2024`` and ``2025``.
    """
    cells, header = lines[number], lines[first]
    columns = [*zip(header[1:], cells[1:], strict=False)]
    if all(map(is_year, cells[1:])) and len({*columns}) == len(columns) > len({*header[1:]}):
        return False
    return (
        number > first
        and bool(cells[:1] and cells[0])
        and _HEADS_LABELS.fullmatch(squeeze(cells[0])) is None
        and any(map(is_year, cells[1:]))
        and len(header) >= len(cells)
        and all(header[1:])
    )


def block_of(document: Document, first: int, last: int) -> Block:
    """The table that stands on the lines of a run."""
    lines = {number: cells_of(document.line(number)) for number in range(first, last + 1)}
    lines = {number: cells for number, cells in lines.items() if cells}
    data = next(
        (
            number
            for number, cells in lines.items()
            if _is_data(cells)
            or _is_row_of_years(lines, first, number)
            or (
                number > first
                and not _heads_months(cells)
                and any(map(_is_odd_figure, without_ages(cells)[1:]))
            )
            or (number > first and _is_row_of_few(cells))
        ),
        last + 1,
    )
    label = next((i for i, c in enumerate(lines.get(data, ())) if kind(c) == "text"), 0)
    depth = data - first
    # Rows with a label alone may stand between the header and the first figure.
    while (
        depth > 1 and sum(map(bool, _without_copies(lines.get(first + depth - 1, ()), label))) == 1
    ):
        depth -= 1
    depth = min(depth, _MAX_HEADER) if data <= last else min(depth, 1)
    while (
        depth > 1 and len([c for c in lines.get(first, ()) if c]) < 2
    ):  # a title in the table's columns
        first, depth = first + 1, depth - 1
    texts = [document.line(first + n) for n in range(depth)]
    header = joined_header(texts) if depth else []
    rows = {n: _without_copies(cells, label) for n, cells in lines.items() if n >= first + depth}
    block = Block(first, last, header, depth, rows)
    cells = ((number, i) for number, texts in rows.items() for i in range(len(texts)))
    block.shown = {at: document.facts[at].unit for at in cells if at in document.facts}
    over = [t for t in texts if len({c for c in cells_of(t) if c}) == 1]
    own = [t for t in texts if t not in over]
    if over and own:
        block.over = next(c for c in cells_of(over[0]) if c)
    said = joined_header(spread(own)) if own else header
    said = with_sexes_in_words(with_full_words(said))
    said = with_years_of_the_whole(with_whole_years(said))
    block.said = [said[i] if i < len(said) else "" for i in range(max(block.width, len(said)))]
    return block


def name_block(document: Document, block: Block, before: Block | None) -> None:
    """Find the line that the table is known by, and a title to show, above it."""
    stop = before.last if before else 0
    above = [n for n in range(block.first - 1, stop, -1) if document.line(n).strip()]
    if not above:
        return
    block.after = document.line(above[0]).strip()
    block.above = squeeze(" ".join(document.line(n) for n in reversed(above[:_LOOK_BACK])))
    if stated := _UNIT_LINE.fullmatch(squeeze(block.after)):
        block.unit = stated[1]
    elif measured := _UNIT_IN_TEXT.search(squeeze(block.after)):
        block.unit = measured[1]
    short = [
        n
        for n in above[:_LOOK_BACK]
        if len(squeeze(document.line(n))) <= MAX_TITLE
        and not is_note(squeeze(document.line(n)))
        and not _UNIT_LINE.fullmatch(squeeze(document.line(n)))
        and not PAGE_NUMBER.fullmatch(squeeze(document.line(n)))
        and not squeeze(document.line(n)).endswith(".")
        and not is_dating(squeeze(document.line(n)))
    ]
    if short:
        block.title = squeeze(document.line(short[0])).strip("*#: ")
        if short[0] == above[0] or _is_first(document, short[0], stop):
            block.after = document.line(short[0]).strip()
        block.heading = squeeze(document.line(short[1])).strip("*#: ") if len(short) > 1 else ""


def _is_first(document: Document, number: int, stop: int) -> bool:
    earlier = (squeeze(document.line(n)) for n in range(stop + 1, number))
    return squeeze(document.line(number)) not in earlier
