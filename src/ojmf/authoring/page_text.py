"""Tables in text copied from a page: cells set off by single spaces, as are their thousands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from ojmf.authoring.blocks import Block, is_year, name_block
from ojmf.authoring.full_words import with_full_words
from ojmf.authoring.page_answers import answers_in, is_missing, with_answering
from ojmf.authoring.page_cells import (
    Cells,
    label_and_figures,
    readings,
    set_off,
)
from ojmf.authoring.page_labels import less_of_the_label, of_the_label
from ojmf.authoring.page_sums import by_differences, by_sums
from ojmf.authoring.said_periods import scenario_of
from ojmf.ingest.document import Document
from ojmf.printed import squeeze

_START = re.compile(
    r"(?:(?:års|helårs)?budget|utfall|bokslut|(?:års|helårs)?prognos|"
    r"(?:budget|prognos|års|helårs)?avvikelse|avv(?:ik)?|bud|utf|progn?|boksl|"
    r"diff(?:erens)?|förändring|mål(?:värde)?|plan|redovisat|resultat|intäkter|kostnader|netto(?:kostnad(?:er)?)?|"
    r"antal|andel|kvinnor|män|flickor|pojkar|total(?:t)?|riket|länet|kommunen|koncernen|index)[.:,]?",
    re.I,
)
_ADJECTIVE = re.compile(
    r"(?:periodens|ack(?:umulerad|umulerat)?|total|årets|föregående|justerad|reviderad)\.?", re.I
)
_LINKING = re.compile(r"mot|från|av|till|med|per|i|för|jämfört|jmf|vs\.?", re.I)
_UNIT = re.compile(r"\(?(?:m?n?kr|tkr|ksek|msek|kr|kronor|%)\)?[,:]?", re.I)
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
_NOTE_HEADER, _NOTE = re.compile(r"(?<!\w)Not(?:er)?\.?(?!\w)"), re.compile(r"[1-9]\d?")
_GAP = re.compile(r"\S\s{2,}[-−–+]? ?\d")
_MOST_HEADER, _MOST_TOKENS, _LONGEST = 4, 14, 70
_MOST_LINES, _SHORT = 14, 3
"""A header may have a line for each of the words of its columns."""


@dataclass(slots=True)
class _Row:
    """A line that ends in figures: its label, its tokens, and the ways to read them as cells."""

    line: int
    label: str
    tokens: list[str]
    ways: list[Cells]


def find_page_tables(document: Document) -> list[Block]:
    """The tables of a text without tabs, in order.

    A table is two or more lines that end in as many figures, under a header with a word or a year
    for each of them. Where thousands can be read in several ways (``12 345``), the one is taken in
    which differences and sums go together; where there is none, or several, ``doubtful`` says so.
    """
    found: list[Block] = []
    number = 1
    while number <= len(document.lines):
        block = _table(document, number, found[-1].last if found else 0)
        if block is None:
            number += 1
            continue
        name_block(document, block, found[-1] if found else None)
        found.append(block)
        number = block.last + 1
    return found


def _is_row(line: str) -> bool:
    _, tokens = label_and_figures(line)
    figures = [token for token in tokens if any(map(str.isdigit, token))]
    # Cells that wide gaps set off can be read in one way, however many tokens they have.
    few = len(tokens) <= _MOST_TOKENS or _GAP.search(line.strip()) is not None
    ends = not line.rstrip().endswith(".") or any(map(is_missing, tokens[-1:]))
    if answers_in(tokens):
        return few and ends
    return bool(figures) and few and ends and not all(map(is_year, figures))


def _is_label(line: str) -> bool:
    text = squeeze(line)
    return (
        bool(text)
        and len(text) <= _LONGEST
        and text[-1] not in ".:;"
        and not label_and_figures(text)[1]
    )


def _table(document: Document, first: int, before: int) -> Block | None:
    """The table whose first row of figures stands on a line."""
    if not _is_row(document.line(first)):
        return None
    lines = list(_run(document, first))
    rows = [n for n in lines if _is_row(document.line(n))]
    if apart := set_off(document, rows):
        depth, header, cells = apart
        return _block(document, first - depth, lines, header[0], [*header[1:]], cells)
    widths: set[int] | None = None
    kept: list[int] = []
    noted = _has_notes(document, first)
    for number in rows:
        tokens = label_and_figures(document.line(number))[1]
        if len(tokens) > _MOST_TOKENS:
            break
        own = {w for w in range(1, len(tokens) + 1) if _ways(tokens, w, noted=noted)}
        both = own if widths is None else widths & own
        if not both:
            break
        widths, kept = both, [*kept, number]
    if len(kept) < 2 or widths is None:
        return None
    found = []
    answers = max(answers_in(label_and_figures(document.line(number))[1]) for number in kept)
    for above, begun, corner, heads in _header(document, first, before, widths, answers):
        used = [*range(first - begun, first), *(n for n in lines if n <= kept[-1])]
        found.append(_block(document, first - above, used, corner, heads))
    settled = [block for block in found if not block.doubtful]
    if len(found) > 1 and len(settled) != 1:  # its header has as many columns in several ways
        found[0].doubtful = squeeze(document.line(first))
    return next(iter(settled or found), None)


def _run(document: Document, first: int) -> Iterator[int]:
    """The lines of a table from its first row on: rows, and labels alone before another row."""
    yield first
    waiting: list[int] = []
    for number in range(first + 1, len(document.lines) + 1):
        line = document.line(number)
        if _is_row(line):
            if not label_and_figures(line)[0] and not waiting:
                return  # figures without a label, such as a page number
            yield from waiting
            yield number
            waiting = []
        elif sum(is_year(w) or _START.fullmatch(w) is not None for w in line.split()) > 1:
            return  # the header of another table
        elif _is_label(line) and len(waiting) < 2:
            waiting.append(number)
        elif line.strip() or (number > 1 and not document.line(number - 1).strip()):
            return


def _header(
    document: Document, first: int, before: int, widths: set[int], answers: int
) -> list[tuple[int, int, str, list[str]]]:
    """The lines above a row, how many of them begin its label, the corner and the columns.

    One for each way to take the words above it as so many columns.
    """
    above: list[str] = []
    for number in range(first - 1, max(before, first - 1 - _MOST_LINES), -1):
        text = squeeze(document.line(number))
        long = len(above) >= _MOST_HEADER and len(text.split()) > _SHORT
        if not text or long or text.endswith(".") or _is_row(text):
            break
        above.insert(0, text)
    label = label_and_figures(document.line(first))[0]
    wraps = not label or label[0].islower()
    for skipped in range(3 if wraps else 1):  # the first row's label may begin on lines above it
        rest = above[: len(above) - skipped]
        for depth in range(1, len(rest) + 1):
            found = _fitting(rest, depth, widths, answers)
            if found:
                return [(depth + skipped, skipped, *one) for one in found]
    return []


def _fitting(
    above: Sequence[str], depth: int, widths: set[int], answers: int
) -> list[tuple[str, list[str]]]:
    """The headers of the last so many lines, with as many columns as the rows may have cells."""
    found: list[tuple[str, list[str]]] = []
    for width in sorted(widths, reverse=True):
        heads = _heads(above[-depth:], width, answers)
        found += [one for one in heads if len({*one[1]}) == width and one not in found]
    upper = above[-depth - 1].split() if depth < len(above) else []
    # Words above their years: the header has another line, of one word where it has one in each.
    down = depth > _SHORT and all(len(line.split()) <= _SHORT for line in above[-depth:])
    more = sum(_START.fullmatch(word) is not None for word in upper) > (0 if down else 1)
    return [] if more else found


def _heads(lines: Sequence[str], width: int, answers: int) -> list[tuple[str, list[str]]]:
    """The corner of a header and its columns, in each way in which it has so many."""
    words = " ".join(lines).split()
    years = next((i for i, w in enumerate(reversed(words)) if not _is_time(w)), len(words))
    if len(lines) == 1 and years == width and years > 1:
        corner = " ".join(words[:-years])
        planned = scenario_of(corner) not in {None, "outcome"}
        return [] if planned else [(corner, words[-years:])]
    if len(lines) > 1:
        lower = lines[-1].split()
        upper = _segments(" ".join(lines[:-1]).split())
        if len(lower) == width == len(upper[1]) and all(map(_YEAR_OR_DAY.fullmatch, lower)):
            return [(upper[0], [f"{a} {b}" for a, b in zip(upper[1], lower, strict=True)])]
        below = _segments(lower)[1]
        each, rest = divmod(width, len(upper[1]) or 1)
        if len(below) == width and not rest and each > 1 and below == below[:each] * len(upper[1]):
            return [(upper[0], [f"{group} {part}" for group in upper[1] for part in below[:each]])]
    if ending := _ending_in_years(words, width):
        return [ending]
    units = [number for number, word in enumerate(words, start=1) if _UNIT.fullmatch(word)]
    found: dict[str, list[str]] = {}
    for behind in (0, *units) if len(units) == 1 else (0,):  # a lone unit may end the corner
        corner, heads = _segments(words[behind:])
        whole = " ".join([*words[:behind], corner]).strip()
        measured = heads[0].split() if not whole and heads[1:] and _is_time(heads[1]) else []
        if measured[1:] and _is_time(measured[-1]) and scenario_of(heads[0]) is None:
            # ”Antal anställda 2023 2024”: its first words are of all its years.
            whole, heads = " ".join(measured[:-1]), [measured[-1], *heads[1:]]
        if len(heads) == width + 1 and not whole:  # the corner is such a word itself
            found[heads[0]] = heads[1:]
        elif len(heads) == width and not ((behind and corner) or _begins_in_title(heads)):
            found[whole] = heads
        elif (
            answers
            and len(heads) + answers == width
            and (own := with_answering(whole, heads, answers))
        ):
            found[own[0]] = own[1]
    return [*found.items()]


def _ending_in_years(words: Sequence[str], width: int) -> tuple[str, list[str]] | None:
    """The corner and columns of a header in which each column ends with its year.

    Where the corner ends is told by the next column that says the same of another year: ``Fråga
    Riket 2023 Riket 2024 varav kvinnor 2024``.
    """
    ends = [number for number, word in enumerate(words) if _is_time(word)]
    if len(ends) != width or width < _SHORT or ends[-1] != len(words) - 1 or ends[0] == 0:
        return None
    if any(a + 1 == b for a, b in pairwise(ends)):
        return None
    said = [words[a + 1 : b] for a, b in pairwise([-1, *ends])]
    same = [one for one in said[1:] if said[0][-len(one) :] == one]
    if not same or any(_START.fullmatch(word) for one in said for word in one[:-1]):
        return None
    corner = said[0][: -len(max(same, key=len))]
    said[0] = said[0][len(corner) :]
    heads = (" ".join([*one, words[end]]) for one, end in zip(said, ends, strict=True))
    return " ".join(corner), list(heads)


def _is_time(text: str) -> bool:
    """Whether a word of a header is a year or a month in digits: ``2024-08``."""
    return is_year(text) or _YEAR_MONTH.fullmatch(text) is not None


def _begins_in_title(heads: Sequence[str]) -> bool:
    """Whether some of the columns begin with a year and go on, as a title does, and others not.

    ``2024 Resultaträkning, mkr`` beside ``Utfall 2024``.
    """
    years = [_is_time(head.split()[0]) for head in heads]
    long = any(year and len(head.split()) > 1 for year, head in zip(years, heads, strict=True))
    return long and not all(years)


def _segments(words: Sequence[str]) -> tuple[str, list[str]]:
    """The words of a header in pieces that each begin as a column's header does.

    Where two of them begin with a capital, those that do not begin none.
    """
    capitals = sum(_START.fullmatch(w) is not None and w[0].isupper() for w in words) > 1
    pieces: list[list[str]] = [[]]
    for number, word in enumerate(words):
        after = words[number + 1] if number + 1 < len(words) else ""
        before = words[number - 1] if number else ""
        adjective = _ADJECTIVE.fullmatch(word) and _START.fullmatch(after)
        qualified = _ADJECTIVE.fullmatch(before) and len(pieces[-1]) == 1
        linked = len(pieces) > 1 and _LINKING.fullmatch(before)  # ”avvikelse mot budget”
        lower = capitals and word[0].islower()
        begins = adjective or (_START.fullmatch(word) and not (qualified or linked or lower))
        if _is_time(word):
            begins = len(pieces) == 1 or any(map(_is_time, pieces[-1]))
        if begins:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return " ".join(pieces[0]), [" ".join(piece) for piece in pieces[1:]]


def _block(
    document: Document,
    first: int,
    lines: Sequence[int],
    corner: str,
    heads: list[str],
    apart: Mapping[int, Cells] = MappingProxyType({}),
) -> Block:
    """The table as a block, its thousands settled or in doubt."""
    rows: list[_Row] = []
    printed: dict[int, list[str]] = {}
    alone: list[int] = []
    wrapped = False
    noted = _has_notes(document, lines[0])
    for number in lines:
        text = squeeze(document.line(number))
        if number not in apart and not _is_row(document.line(number)):
            alone.append(number)
            printed[number] = [text]
            continue
        label, tokens = label_and_figures(text)
        ways = _ways(tokens, len(heads), noted=noted)
        ways += less_of_the_label(label, tokens, ways, heads)
        ways = [apart[number][1:]] if number in apart else ways
        label = apart[number][0] if number in apart else label
        if alone and (not label or label[0].islower()):
            label = " ".join([*(printed.pop(n)[0] for n in alone), label]).strip()
            wrapped = True
        elif alone and printed[alone[0]][0][0].islower() and rows:
            rows[-1].label += " " + " ".join(printed.pop(n)[0] for n in alone)
            printed[rows[-1].line] = [rows[-1].label]
            wrapped = True
        alone = []
        rows.append(_Row(number, label, tokens, ways))
        printed[number] = [label]
    settled = _settled(rows, heads)
    if settled is not None:
        for row, cells in zip(rows, settled, strict=True):
            rest = "" if row.line in apart or noted else of_the_label(row.tokens, cells)
            row.label = f"{row.label} {rest}".strip()
            printed[row.line] = [row.label, *cells]
    else:
        for row in rows:
            printed[row.line] = [row.label, *row.ways[0]]
    odd = next((row for row in rows if len(row.ways) > 1), rows[0])
    labels = [re.sub(r"\s+\d+$", "", row.label) for row in rows]
    numbered = len(set(labels)) < len(labels) and any(len(row.ways) > 1 for row in rows)
    # The header of the numbers of notes is none of the labels'.
    header = [squeeze(_NOTE_HEADER.sub(" ", corner)), *heads]
    return Block(
        first,
        lines[-1],
        header,
        lines[0] - first,
        printed,
        said=with_full_words(header),
        spaced=True,
        wrapped=wrapped,
        doubtful="" if settled and not numbered else squeeze(document.line(odd.line)),
    )


def _has_notes(document: Document, first: int) -> bool:
    """Whether the header above a line has a column of numbers of notes, which not all rows have."""
    above = range(max(1, first - _MOST_LINES), first)
    return any(_NOTE_HEADER.search(document.line(number)) for number in above)


def _ways(tokens: Sequence[str], width: int, *, noted: bool) -> list[Cells]:
    """The ways to read tokens as so many cells, the first of them being a note's number or not."""
    ways = readings(tokens, width)
    if noted and len(tokens) > 1 and _NOTE.fullmatch(tokens[0]):
        ways += [way for way in readings(tokens[1:], width) if way not in ways]
    return ways


def _settled(rows: Sequence[_Row], heads: Sequence[str]) -> list[Cells] | None:
    """The one way to read every row in which differences and sums go together; None where none."""
    if all(len(row.ways) == 1 for row in rows):
        return [row.ways[0] for row in rows]
    printed = [row.ways for row in rows]
    found: list[list[Cells]] = []
    for ways in [*by_differences(printed, heads), printed]:
        if all(len(way) == 1 for way in ways):
            found.append([way[0] for way in ways])
        else:
            found += by_sums([row.label for row in rows], ways)
        if found:
            break
    return found[0] if len(found) == 1 else None
