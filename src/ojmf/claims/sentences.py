"""From numbered lines to sentences that know their lines, paragraph and heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ojmf.claims.language import Language, compiled
from ojmf.claims.pages import unmarked
from ojmf.claims.table_rows import stem
from ojmf.ingest.document import Document
from ojmf.printed import squeeze

_MARKUP = re.compile(r"<[^<>]*>|\*\*|^#+\s*|[\ue000-\uf8ff◆●]")
_BARE = str.maketrans("åäöéèü", "aaoeeu")
_LOWER = re.compile(r"(?<![^\W\d_])[a-zåäö]{1,}")
_INNER = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]*")
_CAPITAL = re.compile(r"[A-ZÅÄÖ][a-zåäö]*(?=\s)")
_END = re.compile(r"[.!?:;][\"”)]?\s*$")
_SPLIT = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"”(]?[A-ZÅÄÖ0-9])")
_FOOTNOTE = re.compile(r"fotnot \d+ till (.+)")
_BULLETS = ("-", "–", "•", "°", "*")
_CELL_WORDS = 4
_HEADING_WORDS = 16
_ENDING = 3
_NONE: Mapping[int, Collection[int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document.

    ``starts`` pairs offsets of ``text`` with the lines that begin there. ``heading`` is the
    nearest heading above, ``section`` the heading of the tables that it stands among, ``cell``
    whether it is from a cell of a table; ``paragraph`` numbers the paragraph or cell;
    ``damaged_lines`` are those with words that a scan may have read wrongly.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    heading: str
    section: str
    paragraph: int
    cell: bool = False
    damaged_lines: frozenset[int] = frozenset()

    @property
    def damaged(self) -> bool:
        """Whether a scan may have read words of the sentence wrongly."""
        return bool(self.damaged_lines)

    @property
    def line(self) -> int:
        """The line where the sentence begins."""
        return self.starts[0][1]

    def line_at(self, offset: int) -> int:
        """The line that holds the character at ``offset``."""
        place = bisect_right([start for start, _ in self.starts], offset) - 1
        return self.starts[max(place, 0)][1]


def plain(text: str) -> str:
    """The text without markup, symbols and repeated space."""
    return squeeze(_MARKUP.sub(" ", text))


@dataclass(frozen=True, slots=True)
class _Piece:
    line: int
    text: str
    damaged: bool = False
    begins: bool = False


class _Places:
    """Where the reader is: the heading above and the tables around."""

    def __init__(self, headings: Mapping[str, str], tables: Mapping[int, str]) -> None:
        self.headings = {key.casefold(): value for key, value in headings.items()}
        self.tables = tables
        self.heading = ""
        self.section = ""
        self.passed: dict[str, tuple[str, str]] = {}

    def pass_line(self, place: str) -> None:
        """Go on to a line; a footnote stands where what it is a note to stands."""
        if note := _FOOTNOTE.match(place):
            self.heading, self.section = self.passed.get(note[1], (self.heading, self.section))
        self.passed[place] = self.heading, self.section

    def pass_heading(self, text: str) -> None:
        self.heading = text
        self.section = self.headings.get(text.casefold(), self.section)

    def pass_table(self, line: int) -> None:
        self.section = self.tables.get(line, self.section)


def sentences(
    document: Document,
    language: Language,
    *,
    figures: Mapping[int, str],
    passed: Collection[int] = (),
    named: Mapping[int, Collection[int]] = _NONE,
    headings: Mapping[str, str] | None = None,
    beside: Mapping[int, bool] | None = None,
    mend: Callable[[str], str] = str,
) -> list[Sentence]:
    """The sentences of a document, in order.

    ``figures`` maps lines of read tables to the heading of their table; of such lines only cells
    of prose are read, none of the columns that have what the row is about (``named``, by line).
    ``passed`` lines are not read. ``headings`` maps headings as printed to the
    table heading that they stand for; ``beside`` are the lines that sentences go on past, and
    whether they are read; ``mend`` is applied to every line first.
    """
    places = _Places(headings or {}, figures)
    begins = _beginnings(document, scanned=mend is not str)
    found: list[Sentence] = []
    pieces: list[_Piece] = []
    count = 0

    def close() -> None:
        nonlocal count
        if pieces:
            count += 1
            found.extend(_split(pieces, language, places, count))
            pieces.clear()

    for number, raw in enumerate(document.lines, start=1):
        if number in passed or number in figures:
            close()
            places.pass_table(number)
        if _FOOTNOTE.match(place := document.places.get(number, "")):
            close()
        places.pass_line(place)
        if number in passed:
            continue
        if beside and number in beside:
            note = _piece(number, plain(raw), mend, language)
            if beside[number]:
                count += 1
                found.extend(_split([note], language, places, count))
            continue
        if "\t" in raw or number in figures:
            close()
            for cell in _prose_cells(raw, named.get(number, ())) if "\t" in raw else ():
                count += 1
                whole = [_piece(number, cell, mend, language)]
                found.extend(_split(whole, language, places, count, cell=True))
            continue
        piece = _piece(number, plain(raw), mend, language)
        if not (text := piece.text) or compiled(language.exclude.page).fullmatch(text):
            continue
        if pieces and (
            not _continues(pieces[-1], number, text, wrapped=document.wrapped)
            or (
                _END.search(pieces[-1].text)
                and (_alone(document, number) or begins(plain(document.line(number + 1))))
                and _is_heading(text, places, language)
            )
        ):
            close()
        if not pieces and _is_heading(text, places, language):
            places.pass_heading(text)
            if not _ahead(document, number):
                continue
        pieces.append(replace(piece, begins=bool(pieces) and begins(text)))
    close()
    return found


def _beginnings(document: Document, *, scanned: bool) -> Callable[[str], bool]:
    """Whether a line of a scan begins a sentence though the stop before it is lost.

    Its first word has a capital that it has nowhere within a line, and elsewhere is without;
    a scan often loses the marks above letters.
    """
    if not scanned or not document.wrapped:
        return lambda _: False
    text = "\n".join(plain(line) for line in document.lines)
    common = {stem(word).translate(_BARE) for word in _LOWER.findall(text)}
    names = {stem(word.casefold()).translate(_BARE) for word in _INNER.findall(text)}

    def begins(line: str) -> bool:
        first = _CAPITAL.match(line)
        word = stem(first[0].casefold()).translate(_BARE) if first else ""
        return bool(word) and word in common and word not in names

    return begins


def _piece(number: int, text: str, mend: Callable[[str], str], language: Language) -> _Piece:
    """A line as it is read, and whether it had to be mended or looks damaged still."""
    text = unmarked(text) if mend is str else text
    mended = mend(text)
    before, after = text.split(), mended.split()
    damaged = compiled(f"(?-i:{language.scan.damaged})").search(text) is not None
    other = any(
        a[: len(a) - _ENDING] != b[: len(a) - _ENDING] for a, b in zip(before, after, strict=False)
    )
    scanned = mend is not str
    return _Piece(number, mended, scanned and (damaged or other or len(before) != len(after)))


def _ahead(document: Document, number: int) -> bool:
    """Whether the next line with text goes on in lower case, so that a heading is none."""
    for line in document.lines[number : number + 4]:
        if text := plain(line):
            return text[0].islower() and "\t" not in line
    return False


def _alone(document: Document, number: int) -> bool:
    """Whether a line has nothing on the line behind it that goes on with it."""
    return not document.wrapped or not plain(document.line(number + 1))


def _is_heading(text: str, places: _Places, language: Language) -> bool:
    if text.casefold() in places.headings:
        return True
    if _END.search(text) or text.startswith(_BULLETS) or len(text.split()) > _HEADING_WORDS:
        return False
    return compiled(language.exclude.verbs).search(text) is None


def _continues(last: _Piece, number: int, text: str, *, wrapped: bool) -> bool:
    """Whether a line goes on the paragraph above it: unfinished, or not parted by a blank line."""
    if wrapped and number == last.line + 1:
        return not text.startswith(_BULLETS)
    return not _END.search(last.text) and (text[0].islower() or text[0].isdigit() or text[0] == "(")


def _prose_cells(raw: str, named: Collection[int]) -> Iterator[str]:
    for index, cell in enumerate(raw.split("\t")):
        if index == 0 or index in named or len(cell) < 2 * _CELL_WORDS - 1:
            continue
        text = plain(cell)
        if len(text.split()) >= _CELL_WORDS:
            yield text


def _split(
    pieces: list[_Piece], language: Language, places: _Places, paragraph: int, *, cell: bool = False
) -> Iterator[Sentence]:
    text = ""
    starts: list[tuple[int, int]] = []
    for piece in pieces:
        if text.endswith("-") and piece.text[:1].islower() and not text.endswith(" -"):
            text = text[:-1]
        elif text:
            text += " "
        starts.append((len(text), piece.line))
        text += piece.text
    begin = 0
    ends = {*_ends(text, language), *_line_ends(pieces, starts, language), len(text)}
    for end in sorted(ends):
        part = text[begin:end]
        if part.strip():
            lead = len(part) - len(part.lstrip())
            yield Sentence(
                part.strip(),
                _starts_of(starts, begin + lead, end),
                places.heading,
                places.section,
                paragraph,
                cell,
                damaged_lines=frozenset(
                    piece.line
                    for piece, (start, _) in zip(pieces, starts, strict=True)
                    if piece.damaged and start < end and start + len(piece.text) > begin
                ),
            )
        begin = end


def _ends(text: str, language: Language) -> Iterator[int]:
    """Where sentences end; not behind abbreviations, nor between an ordinal and its noun."""
    short = {word.casefold() for word in language.exclude.abbreviations}
    for match in _SPLIT.finditer(text):
        before = text[: match.start()].rsplit(" ", 1)[-1].strip('("”').rstrip(".!?").casefold()
        number = before.isdigit() and (text[match.end()].islower() or text[:3].startswith(before))
        if before not in short and not number:
            yield match.end()


def _line_ends(
    pieces: list[_Piece], starts: list[tuple[int, int]], language: Language
) -> Iterator[int]:
    """Where a line ends with a full stop, so that a sentence does, or the next begins one."""
    short = {word.casefold() for word in language.exclude.abbreviations}
    for piece, after, (start, _) in zip(pieces, pieces[1:], starts[1:], strict=False):
        last = piece.text.rsplit(" ", 1)[-1].strip('("”')
        stops = piece.text.endswith((".", "!", "?"))
        if after.begins or (stops and last.rstrip(".!?").casefold() not in short):
            yield start


def _starts_of(starts: list[tuple[int, int]], begin: int, end: int) -> tuple[tuple[int, int], ...]:
    inside = [(offset - begin, line) for offset, line in starts if begin < offset < end]
    first = [line for offset, line in starts if offset <= begin][-1]
    return ((0, first), *inside)
