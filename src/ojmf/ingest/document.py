"""A document as numbered lines: the whole file, or the extract that keeps its line numbers."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ojmf.errors import Fault, InputError, why
from ojmf.ingest.addresses import shift_column
from ojmf.printed import squeeze

MAX_BYTES = 64 * 1024 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_SAMPLE = 4096
_MOSTLY_LATIN = 0.5
_LINE_END = re.compile(r"\r\n|\r|\n")
CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
"""C0 and C1 but tab and the ends of lines, and what ends a line in Unicode but in no editor."""
MAX_LINES = 5_000_000
"""The highest line number of an extract; every line up to the last one is kept in memory."""

_EXTRACT_LINE = re.compile(r"(\d+)(?: \[([^\t]*?)\])?(?: (\{[^\t]*\}))?\t(.*)")
_CELL = re.compile(r"cell ([A-Z]+)(\d+)$")


@dataclass(frozen=True, slots=True)
class CellFact:
    """What the page shows of one cell beside its text, as its reader saw it.

    ``notes`` go with the figure, in Swedish: its footnote, a struck figure beside it, a hidden row.
    ``refused`` says why no figure or answer may be read from the text. ``unit`` is the word that
    the cell's number format writes behind its number; an extract does not keep it.
    """

    notes: tuple[str, ...] = ()
    refused: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Document:
    """Lines of a document, ``lines[n - 1]`` being line n; ``name`` is for messages.

    ``places`` says where a line stands in a file that is not made of lines: ``blad Bilaga 1, cell
    A12`` (the row's first cell), ``sida 3, tabell 1, rad 4``. ``remarks`` are what a reader passed
    over or took for granted, in Swedish. ``wrapped``: a paragraph may go on over several lines.
    ``facts`` are by line and index of the cell on it. ``scanned`` are lines that a program has read
    from a picture. ``extract_lines`` are the lines of an extract's file by those of the document.
    """

    name: str
    lines: Sequence[str]
    sha256: str | None
    places: Mapping[int, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    wrapped: bool = True
    facts: Mapping[tuple[int, int], CellFact] = field(default_factory=dict)
    scanned: frozenset[int] = frozenset()
    extract_lines: Mapping[int, int] = field(default_factory=dict)

    def line(self, number: int) -> str:
        """The text of line ``number``, empty outside the document."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def texts(self) -> list[str]:
        """The lines as they are compared: ``squeeze``, cells set off by a space."""
        return [squeeze(line) for line in self.lines]

    def place(self, number: int, index: int = 0) -> str:
        """The place of cell ``index`` of a line in the file's own terms; its line in a text."""
        place = self.places.get(number, f"rad {number}")
        cell = _CELL.search(place)
        if cell is None:
            return place
        return f"{place[: cell.start()]}cell {shift_column(cell[1], index)}{cell[2]}"

    def sheets(self) -> list[tuple[str, int, int]]:
        """Name, first and last line of every sheet; none where the document is no workbook."""
        starts = [n for n, place in self.places.items() if place == sheet_place(self.line(n))]
        following = [*starts[1:], len(self.lines) + 1]
        return [(self.line(n), n, end - 1) for n, end in zip(starts, following, strict=False)]

    def where(self, first: int, last: int) -> str:
        """Lines in words, by their places where they have any: ``rad 3–7``."""
        names = [self.places.get(n, f"rad {n}") for n in dict.fromkeys((first, last))]
        return "–".join([names[0], *(name.removeprefix("rad ") for name in names[1:])])

    def placed(self, faults: Sequence[str]) -> list[str]:
        """The faults, those of lines that have a place naming it instead of the line."""
        return [self._at_place(fault) for fault in faults]

    def _at_place(self, fault: str) -> str:
        if not isinstance(fault, Fault) or fault.place or fault.line is None:
            return fault
        if fault.line not in self.places:
            return fault
        place = self.place(fault.line)
        return Fault(self.name, fault.detail, fault.line, fault.table, place=place)


def sheet_place(name: str) -> str:
    """The place of the line that begins a sheet, which holds its name."""
    return f"blad {name}"


def refuse_strange(path: Path) -> None:
    """Raise ``InputError`` for a folder, and for a pipe, a socket or a device.

    To read one of these could wait for ever. Raises ``OSError`` for a file that is missing.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise InputError(f"{path}: en mapp, inte en fil. Ange en av filerna i mappen.")
    if not stat.S_ISREG(mode):
        raise InputError(f"{path}: ingen vanlig fil. Ange en fil på disken.")


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hex. Raises ``InputError`` where it can't be read."""
    try:
        refuse_strange(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{path}: filen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error


def read_text(path: Path, *, as_written: bool = False) -> tuple[str, bytes, tuple[str, ...]]:
    """The text of a file, its bytes, and a remark where it is not in Unicode.

    It is UTF-8 or UTF-16, with or without a mark, or Windows-1252. Letters that were encoded twice
    are put right, but for a text that is ``as_written``: one of our own. Control characters become
    spaces. Raises ``InputError`` for a file that is missing, empty, binary, too large, in another
    encoding or in several.
    """
    try:
        refuse_strange(path)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path}: filen är {size / 1e6:.0f} MB, högst {MAX_BYTES / 1e6:.0f} MB läses. "
                "Ange textversionen av rapporten."
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: filen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error
    if not data.strip():
        raise InputError(f"{path}: filen är tom. Ange en textfil med rapportens innehåll.")
    text, remarks = _decode(path, data, as_written=as_written)
    if "\0" in text:
        line = len(_LINE_END.findall(text, 0, text.index("\0"))) + 1
        raise InputError(
            f"{path} rad {line}: filen är binär, inte text. Spara rapporten som text i UTF-8."
        )
    # Two spaces, since one between digits would join them to one figure.
    return CONTROL.sub("  ", text), data, remarks


def _decode(path: Path, data: bytes, *, as_written: bool) -> tuple[str, tuple[str, ...]]:
    if encoding := _utf16(data):
        try:
            return data.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: filen är inte hel UTF-16. Spara den som UTF-8.") from error
    try:
        text = data.decode("utf-8-sig")
        return (text, ()) if as_written else _once_encoded(text)
    except UnicodeDecodeError as error:
        wrong = len(_LINE_END.findall(data[: error.start].decode("latin-1"))) + 1
        byte = data[error.start]
    if b"\0" in data:  # whatever it is, it is no text
        return data.decode("latin-1"), ()
    for number, row in enumerate(re.split(rb"\r\n|\r|\n", data), start=1):
        if _is_utf8(row) and not row.isascii() and not row.startswith(_UTF8_MARK):
            raise InputError(
                f"{path}: teckenkodningen är blandad: rad {number} är UTF-8 men rad {wrong} har "
                f"byte 0x{byte:02x}. Spara filen på nytt med en enda teckenkodning, helst UTF-8."
            )
    text = data.decode("cp1252", errors="replace")
    if data.startswith(_UTF8_MARK) or "\ufffd" in text:
        raise InputError(
            f"{path} rad {wrong}: byte 0x{byte:02x} är varken UTF-8 eller Windows-1252. Spara "
            "filen på nytt med teckenkodningen UTF-8."
        )
    return text, ("teckenkodningen är inte UTF-8; filen har lästs som Windows-1252",)


_TWICE = re.compile("\N{LATIN CAPITAL LETTER A WITH TILDE}[\x80-\xbf\u2026\u2013\u201e]")
"""A Swedish letter in UTF-8 that was taken for two of Windows-1252 and saved in UTF-8 again."""


def _once_encoded(text: str) -> tuple[str, tuple[str, ...]]:
    """A text whose letters were encoded twice, as they were, where all of it was."""
    if _TWICE.search(text):
        with suppress(UnicodeError):
            data = b"".join(
                letter.encode("cp1252" if ord(letter) > 0xFF else "latin-1") for letter in text
            )
            return data.decode("utf-8"), ("bokstäverna var kodade två gånger och har rättats",)
    return text, ()


def _utf16(data: bytes) -> str | None:
    """The byte order of a text in UTF-16: by its mark, or by where its zeros stand."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(first, second) < _MOSTLY_LATIN * len(sample) / 2:
        return None
    return None if first and second else "utf-16-le" if second else "utf-16-be"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_document(path: Path) -> Document:
    """Read a whole document as text; raises as ``read_text`` does."""
    text, data, remarks = read_text(path)
    return Document(str(path), _LINE_END.split(text), hashlib.sha256(data).hexdigest(), {}, remarks)


def read_extract(path: Path, name: str) -> Document:
    """Read an extract: ``number<TAB>text`` per line; numbers that are left out are blank lines.

    A line with a place has ``number [place]<TAB>text``, and one with notes ``{"index": [notes]}``
    before the tab; a refused cell has ``{"notes": [notes], "refused": reason}`` in place of its
    notes. Raises ``InputError`` where a line has no number or the numbers do not rise.
    """
    lines: list[str] = []
    places: dict[int, str] = {}
    facts: dict[tuple[int, int], CellFact] = {}
    extract_lines: dict[int, int] = {}
    for row, text in enumerate(_LINE_END.split(read_text(path, as_written=True)[0]), start=1):
        if not text:
            continue
        match = _EXTRACT_LINE.fullmatch(text)
        if match is None or len(match[1]) > 9 or not len(lines) < int(match[1]) <= MAX_LINES:
            raise InputError(
                f"{path} rad {row}: väntade ett stigande radnummer (högst {MAX_LINES}), tabb och "
                f"radens text, fann ”{text[:60]}”. Gör om utdraget med ojmf extract FIL."
            )
        lines.extend([""] * (int(match[1]) - 1 - len(lines)))
        lines.append(match[4])
        extract_lines[len(lines)] = row
        if match[2] is not None:
            places[len(lines)] = match[2]
        if match[3] is not None:
            facts |= {(len(lines), index): fact for index, fact in _read_facts(path, row, match[3])}
    return Document(name, lines, None, places, facts=facts, extract_lines=extract_lines)


def _read_facts(path: Path, row: int, text: str) -> Iterator[tuple[int, CellFact]]:
    try:
        for index, told in json.loads(text).items():
            if isinstance(told, dict):
                yield int(index), CellFact(tuple(map(str, told["notes"])), str(told["refused"]))
            else:
                yield int(index), CellFact(tuple(map(str, told)))
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path} rad {row}: anteckningarna ”{text[:60]}” går inte att läsa. Gör om utdraget "
            "med ojmf extract FIL."
        ) from error


def _as_json(told: Mapping[int, object]) -> str:
    """Notes as they are written; a control character, which no text keeps, by its number."""
    text = json.dumps(told, ensure_ascii=False)
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def write_extract(lines: Mapping[int, str], document: Document | None = None) -> str:
    """The text of an extract that ``read_extract`` reads back, with a document's places."""
    places = document.places if document else {}
    told: dict[int, dict[int, object]] = {}
    facts = document.facts if document else {}
    for number, index in sorted(facts):
        fact = facts[number, index]
        if fact.refused is not None:
            refused = {"notes": list(fact.notes), "refused": fact.refused}
            told.setdefault(number, {})[index] = refused
        elif fact.notes:
            told.setdefault(number, {})[index] = list(fact.notes)
    return "".join(
        str(number)
        + (f" [{places[number]}]" if number in places else "")
        + (f" {_as_json(told[number])}" if number in told else "")
        + f"\t{lines[number]}\n"
        for number in sorted(lines)
    )
