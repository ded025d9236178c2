"""What a file really is, told by its first bytes; guards before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path

from ojmf.errors import InputError, why
from ojmf.ingest.document import MAX_BYTES, refuse_strange

MAX_UNPACKED = 256 * 1024 * 1024
MAX_MEMBERS = 5_000
_MAX_RATIO = 200
_SMALL = 10 * 1024 * 1024
_HEAD, _LONG_HEAD = 8, 512
_PAGE = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PACKED = {".xlsx": "xl/workbook.xml", ".xlsm": "xl/workbook.xml", ".ods": "content.xml"}
_PACKED[".docx"] = "word/document.xml"
_BINARY = {*_PACKED, ".xls", ".pdf"}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MIMETYPE = "mimetype"
_DOCUMENTS = {".doc", ".odt"}
_NAMES = {
    ".xlsx": "en Excelfil (.xlsx)",
    ".ods": "ett kalkylark (.ods)",
    ".docx": "ett Worddokument (.docx)",
    ".xls": "en äldre Excelfil (.xls)",
    ".doc": "ett äldre Worddokument (.doc)",
    ".odt": "ett textdokument (.odt)",
    ".pdf": "en PDF (.pdf)",
    ".zip": "ett zip-arkiv",
    "text": "text",
}


def is_page(path: Path) -> bool:
    """Whether a file that is called ``.xls`` is a web page, as exports of some systems are."""
    if path.suffix.lower() != ".xls":
        return False
    try:
        refuse_strange(path)
        with path.open("rb") as file:
            head = file.read(_LONG_HEAD)
    except OSError:
        return False
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return text.startswith(_PAGE)


def check_content(path: Path, suffix: str, known: Collection[str]) -> None:
    """Refuse a file that is not what its suffix says, that is locked, or that unpacks too far.

    ``known`` are the suffixes that can be read. Raises ``InputError``; a missing or empty binary
    file too. Text is left to its reader.
    """
    try:
        refuse_strange(path)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise InputError(
            f"{path}: filen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error
    if size > MAX_BYTES:
        raise InputError(
            f"{path}: filen är {size / 1e6:.0f} MB, högst {MAX_BYTES / 1e6:.0f} MB läses. "
            "Spara bara de blad eller sidor som har tabellerna i en egen fil."
        )
    found = _kind(path, head)
    if found == "locked":
        raise InputError(
            f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara en "
            "kopia."
        )
    if suffix in _BINARY and size == 0:
        raise InputError(f"{path}: filen är tom. Hämta eller spara den på nytt.")
    wanted = ".xlsx" if suffix == ".xlsm" else suffix if suffix in _BINARY else "text"
    if found == "image":
        raise InputError(
            f"{path}: filen är en bild, och siffror i en bild läses inte. Ange dokumentet som "
            "bilden är tagen ur, eller skriv av tabellen i ett kalkylark."
        )
    if found not in {"text", *_BINARY} and suffix not in known:
        save = "Spara tabellerna i en fil som läses"
        if found in _DOCUMENTS:
            save = "Öppna dokumentet och spara det som .docx eller .pdf. Det som läses är"
        raise InputError(
            f"{path}: filer {f'av typen {suffix}' if suffix else 'utan filändelse'} läses inte. "
            f"{save}: {', '.join(known)}."
        )
    if found == "other":  # binary, which the reader of text tells by its line
        return
    if found != wanted:
        rename = f" Byt filändelsen till {found}." if found in _BINARY else ""
        rename = rename or f" Spara den på nytt som {suffix or '.txt'}."
        raise InputError(
            f"{path}: filen heter ”{path.name}” men innehåller {_NAMES[found]}.{rename}"
        )


def _kind(path: Path, head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(_OLE):
        return _ole_kind(path.read_bytes())
    if head.startswith(_ZIP):
        return _zip_kind(path)
    if head.startswith(_IMAGES):
        return "image"
    return "other" if b"\0" in head and not head.startswith(_WIDE) else "text"


def _ole_kind(data: bytes) -> str:
    """What an OLE container holds, by the names of its streams (UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "locked"
    return ".doc" if "WordDocument".encode("utf-16-le") in data else ".xls"


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise broken(path, error) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if (
        unpacked > MAX_UNPACKED
        or len(members) > MAX_MEMBERS
        or (unpacked > _SMALL and unpacked / packed > _MAX_RATIO)
    ):
        raise InputError(
            f"{path}: filen packas upp till {unpacked / 1e6:.0f} MB i {len(members)} delar; högst "
            f"{MAX_UNPACKED / 1e6:.0f} MB i {MAX_MEMBERS} delar läses, packade högst "
            f"{_MAX_RATIO} gånger. Spara bara de blad som har tabellerna i en egen fil."
        )
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        return "locked"
    if kind := _open_document(path, names):
        return kind
    return next((suffix for suffix, part in _PACKED.items() if part in names), ".zip")


def _open_document(path: Path, names: Collection[str]) -> str:
    """What an OpenDocument package says that it holds; empty for any other archive."""
    if _MIMETYPE not in names:
        return ""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_MIMETYPE) as file:
            told = file.read(_LONG_HEAD)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError) as error:
        raise broken(path, error) from error
    if not told.startswith(_OPEN_DOCUMENT):
        return ""
    held = told.removeprefix(_OPEN_DOCUMENT)
    if held.startswith(b"spreadsheet"):
        return ".ods"
    return ".odt" if held.startswith(b"text") else ".zip"


def broken(path: Path, error: Exception) -> InputError:
    """The error for a file whose format is right but whose content is damaged."""
    why = str(error).strip().splitlines()
    return InputError(
        f"{path}: filen är skadad och kan inte läsas ({why[0][:80] if why else 'okänt fel'}). "
        "Öppna den i programmet som gjorde den och spara en ny kopia."
    )
