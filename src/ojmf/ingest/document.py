"""A document as numbered lines: the whole file, or the extract that keeps its line numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ojmf.errors import InputError

MAX_BYTES = 64 * 1024 * 1024
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_SPACE = re.compile(r"\s+")
_EXTRACT_LINE = re.compile(r"(\d+)\t(.*)")


def plain(text: str) -> str:
    """The text as printed: without markup tags and outer space."""
    return _TAGS.sub("", text).strip()


def squeeze(text: str) -> str:
    """``plain`` with inner white space folded, for comparing labels."""
    return _SPACE.sub(" ", plain(text))


@dataclass(frozen=True, slots=True)
class Document:
    """Lines of a document, ``lines[n - 1]`` being line n; ``name`` is for messages."""

    name: str
    lines: Sequence[str]
    sha256: str | None

    def line(self, number: int) -> str:
        """The text of line ``number``, empty outside the document."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hex. Raises ``InputError`` where it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{path}: filen kan inte läsas ({error.strerror}). Kontrollera sökvägen."
        ) from error


def _decode(path: Path) -> tuple[str, bytes]:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path}: filen är {size / 1e6:.0f} MB, högst {MAX_BYTES / 1e6:.0f} MB läses. "
                "Ange textversionen av rapporten."
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: filen kan inte läsas ({error.strerror}). Kontrollera sökvägen."
        ) from error
    if not data.strip():
        raise InputError(f"{path}: filen är tom. Ange en textfil med rapportens innehåll.")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise InputError(
            f"{path} rad {line}: filen är binär, inte text. Spara rapporten som text i UTF-8."
        )
    try:
        return data.decode("utf-8-sig"), data
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"{path} rad {line}: byte 0x{data[error.start]:02x} är inte UTF-8. "
            "Spara filen på nytt med teckenkodningen UTF-8."
        ) from error


def _split(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def read_document(path: Path) -> Document:
    """Read a whole document as UTF-8 text.

    Raises ``InputError`` for a file that is missing, empty, binary, too large or not UTF-8.
    """
    text, data = _decode(path)
    return Document(str(path), _split(text), hashlib.sha256(data).hexdigest())


def read_extract(path: Path, name: str) -> Document:
    """Read an extract: ``number<TAB>text`` per line; numbers that are left out are blank lines.

    Raises ``InputError`` where a line has no number or the numbers do not rise.
    """
    lines: list[str] = []
    for row, text in enumerate(_split(_decode(path)[0]), start=1):
        if not text:
            continue
        match = _EXTRACT_LINE.fullmatch(text)
        if match is None or int(match[1]) <= len(lines):
            raise InputError(
                f"{path} rad {row}: väntade ett stigande radnummer, tabb och radens text, "
                f"fann ”{text[:60]}”. Gör om utdraget med ojmf extract."
            )
        lines.extend([""] * (int(match[1]) - 1 - len(lines)))
        lines.append(match[2])
    return Document(name, lines, None)


def write_extract(lines: dict[int, str]) -> str:
    """The text of an extract that ``read_extract`` reads back."""
    return "".join(f"{number}\t{lines[number]}\n" for number in sorted(lines))
