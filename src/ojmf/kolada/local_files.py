"""Answers of the service that someone has saved as files, in the place of the service."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ojmf.errors import FetchError, InputError
from ojmf.kolada.answers import KPI_ID
from ojmf.kolada.client import Page, refuse_lost_rows, said_count
from ojmf.kolada.fetch import Tell, Track
from ojmf.kolada.kpis import Kpi, read_kpis
from ojmf.kolada.municipalities import Group, read_group, read_region_titles
from ojmf.kolada.request import Selection
from ojmf.kolada.transport import parse

_LARGEST = 256 * 1024 * 1024


class Files:
    """Saved answers: pages as the service gives them, lists of pages, or lists of rows.

    Rows of figures, KPIs, places and groups are told apart by their fields. A KPI without
    metadata keeps its id as its title.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Read the files, and those that end in .json of the folders.

        Raises ``FetchError`` with every file that is no answer, ``InputError`` where there is none.
        """
        faults: list[str] = []
        self._pages: list[Page] = []
        for path in _files(paths):
            try:
                self._pages.append(_read(path))
            except FetchError as error:
                faults.append(str(error))
        if faults:
            raise FetchError("\n".join(faults))
        if not self._pages:
            raise InputError("det finns inga .json-filer med svar där. Ange filerna eller mappen.")

    def kpis(self, ids: Sequence[str]) -> dict[str, Kpi]:
        """See ``Service``; a KPI that only has figures is known by its id."""
        rows = [row for row in self._rows() if KPI_ID.fullmatch(str(row.get("id")))]
        titled = {kpi.id: kpi for kpi in read_kpis(rows, "filerna")}
        figured = {row["kpi"] for row in self._rows() if isinstance(row.get("kpi"), str)}
        bare = [{"id": name} for name in ids if name in figured and name not in titled]
        return titled | {kpi.id: kpi for kpi in read_kpis(bare, "filerna")}

    def group(self, group_id: str) -> Group | None:
        """See ``Service``."""
        return read_group(self._rows(), group_id)

    def region_titles(self) -> dict[str, str]:
        """See ``Service``."""
        return read_region_titles(row for row in self._rows() if "kpi" not in row)

    def pages(self, asked: Selection, track: Track, tell: Tell) -> list[Page]:
        """The files with the figures asked for; of the others is told how many there are."""
        found, others = [], 0
        names = track([page.url for page in self._pages])
        for page, _ in zip(self._pages, names, strict=True):
            rows = [row for row in page.values if not isinstance(row, dict) or "id" not in row]
            kept = [row for row in rows if _is_asked(row, asked)]
            others += len(rows) - len(kept)
            if kept:
                found.append(Page(page.url, page.date, page.clock, page.sha256, kept))
        if others:
            tell(f"{others} rader i filerna är inte bland det som frågades efter och läses inte.")
        return found

    def _rows(self) -> Iterator[dict[str, Any]]:
        for page in self._pages:
            yield from (row for row in page.values if isinstance(row, dict))


def _is_asked(row: object, asked: Selection) -> bool:
    """Whether a row is asked for; one that is broken counts, so that it is told of."""
    if not isinstance(row, dict):
        return True
    kpi, place, period = row.get("kpi"), row.get("municipality"), str(row.get("period"))
    return (
        (kpi in asked.kpis or not isinstance(kpi, str))
        and (place in (*asked.places, *asked.groups) or not isinstance(place, str))
        and (not period.isdigit() or period in map(str, asked.years))
    )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.json"))
        else:
            yield path


def _read(path: Path) -> Page:
    try:
        if path.stat().st_size > _LARGEST:
            raise FetchError(f"{path}: filen är större än {_LARGEST / 1e6:.0f} MB")
        body = path.read_bytes()
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise FetchError(
            f"{path}: filen kan inte läsas ({error.strerror}). Kontrollera sökvägen."
        ) from error
    try:
        answer = parse(body)
    except ValueError as error:
        raise FetchError(
            f"{path}: är inte hel JSON i UTF-8 ({error}). Hämta svaret igen."
        ) from None
    values = _values(answer)
    if values is None:
        raise FetchError(
            f"{path}: är JSON men inget svar från Kolada; väntade ett objekt med listan ”values”, "
            "eller en lista av sådana eller av rader."
        )
    page = Page(path.name, changed, "local", hashlib.sha256(body).hexdigest(), values)
    if isinstance(answer, dict) and not answer.get("next_url"):
        refuse_lost_rows([replace(page, url=str(path), count=said_count(answer))])
    return page


def _values(answer: object) -> list[Any] | None:
    if isinstance(answer, dict):
        values = answer.get("values")
        return values if isinstance(values, list) else None
    if not isinstance(answer, list):
        return None
    rows: list[Any] = []
    for part in answer:
        is_page = isinstance(part, dict) and "values" in part and "kpi" not in part
        rows += (_values(part) or []) if is_page else [part]
    return rows
