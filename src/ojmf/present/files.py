"""Files of a result: what a frame is in each format, and writing all of it or nothing.

A frame keeps its own column names and types in every format but Markdown, which is for people.
CSV holds texts exactly as they are: one that begins with =, +, - or @ is a formula to a
spreadsheet that opens the file, so give people .xlsx, where texts are stored as texts.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from ojmf.errors import OutputError
from ojmf.present.tables import View, to_markdown

_WIDEST_COLUMN = 400  # pixels
_LIST_SEPARATOR = "; "
_FIXED_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same frame gives the same bytes
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST}


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of texts as one text, for formats without lists."""
    lists = [name for name, kind in frame.schema.items() if kind == pl.List(pl.String)]
    return frame.with_columns(pl.col(lists).list.join(_LIST_SEPARATOR))


def _csv(frame: pl.DataFrame, _: View) -> bytes:
    return _flat(frame).write_csv().encode()


def _json(frame: pl.DataFrame, _: View) -> bytes:
    return f"{frame.write_json()}\n".encode()


def _ndjson(frame: pl.DataFrame, _: View) -> bytes:
    return frame.write_ndjson().encode()


def _parquet(frame: pl.DataFrame, _: View) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _markdown(frame: pl.DataFrame, view: View) -> bytes:
    return to_markdown(frame, view).encode()


def _xlsx(frame: pl.DataFrame, _: View) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"created": _FIXED_DATE})
        sheet = workbook.add_worksheet()
        _flat(frame).write_excel(
            workbook,
            sheet,
            dtype_formats={pl.Float64: "General", (pl.Int8, pl.Int32, pl.Int64): "General"},
            autofit=False,
            freeze_panes=(1, 0),
        )
        sheet.autofit(_WIDEST_COLUMN)
    return buffer.getvalue()


WRITERS: Mapping[str, Callable[[pl.DataFrame, View], bytes]] = {
    ".csv": _csv,
    ".json": _json,
    ".md": _markdown,
    ".ndjson": _ndjson,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
}
"""By suffix: the bytes of a file that holds a frame; the view is what people would see of it."""


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write files so that each is whole, and none is changed when one cannot be written.

    Every file is first written beside its place under another name; then all are renamed.
    Missing folders are made. Raises ``OutputError``.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with _explained(path):
                target = Path(os.path.realpath(path))
                target.parent.mkdir(parents=True, exist_ok=True)
                _refuse_unwritable(target)
                temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
                ready[temporary] = target
                with temporary.open("xb") as file:
                    file.write(content)
        for temporary, target in ready.items():
            with _explained(target):
                temporary.replace(target)
    finally:
        for temporary in ready:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _refuse_unwritable(target: Path) -> None:
    """Raise ``OSError`` for a folder, or a file that is protected or held by another program."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists():
        target.open("r+b").close()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(explain(path, error)) from error


def explain(path: Path | str, error: OSError) -> str:
    """Why a result could not be written, and what to do about it."""
    if error.errno in _FULL:
        return f"{path}: disken är full. Frigör utrymme eller välj en annan plats med --output."
    if error.errno in _NOT_ALLOWED:
        return (
            f"{path}: får inte skrivas (skrivskyddad, rättigheter saknas eller öppen i ett annat "
            "program). Välj en annan plats med --output."
        )
    if error.errno in _IN_THE_WAY:
        obstacle = "en mapp" if error.errno == errno.EISDIR else "en fil, inte en mapp"
        return (
            f"{path}: kan inte skrivas, för {error.filename or path} är {obstacle}. "
            "Välj ett annat namn med --output."
        )
    return (
        f"{path}: kan inte skrivas ({error.strerror or error}). Välj en annan plats med --output."
    )
