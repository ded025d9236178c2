"""The years of a declaration, moved: what the new document prints decides for every text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ojmf.ingest.document import Document
from ojmf.periods import parse_period
from ojmf.printed import folded

_YEAR = re.compile(r"(?<![\d/.:])((?:19|20)\d\d)(?![\d:])")  # not of a diary number, SN/2024:81
_SPLIT = re.compile(r"(?<!\d)((?:19|20)\d\d)([/–-])(\d\d)(?![\d:/-])")
_SHORT = re.compile(r"(?<![\d/–-])(\d\d)/(\d\d)(?![\d/])")
_SCHOOL_YEAR = re.compile(r"(\d{4})/(\d{2})")
_CODES = {
    *("area", "blank_status", "content", "geo", "id", "indicator", "kind", "layout", "like"),
    *("period_kind", "scenario", "sex", "shift", "status", "suffix", "unit"),
}
"""Keys whose values are codes and say the same every year."""

_FACTS = {"blank_note", "blank_status", "note", "status"}
"""What an override says of cells of one document; of the next one it may be untrue."""

ASKED = "asked"
"""The key of an override whose moved period a person has to confirm."""

_OF_ONE_PRINT = {"cells", "damaged", "rows", "withheld"}


def moved_years(text: str, years: int) -> str:
    """A text with its years moved: ``Utfall 2024``, ``2024/25``, ``% 25/24``."""

    def short(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        if abs(first - last) != 1:
            return match[0]
        return f"{(first + years) % 100:02d}/{(last + years) % 100:02d}"

    def split(match: re.Match[str]) -> str:
        year = int(match[1])
        if (year + 1) % 100 != int(match[3]):
            return _YEAR.sub(lambda m: str(int(m[1]) + years), match[0])
        return f"{year + years}{match[2]}{(year + 1 + years) % 100:02d}"

    parts = _SPLIT.split(text)
    if len(parts) == 1:
        return _SHORT.sub(short, _YEAR.sub(lambda m: str(int(m[1]) + years), text))
    found = _SPLIT.search(text)
    assert found is not None
    before, after = text[: found.start()], text[found.end() :]
    return moved_years(before, years) + split(found) + moved_years(after, years)


def moved_period(text: str, years: int) -> str:
    """An ISO period so many years later; the last of February stays the last."""
    if school := _SCHOOL_YEAR.fullmatch(text):
        first = int(school[1]) + years
        return f"{first}/{(first + 1) % 100:02d}"
    moved = re.sub(r"(?<![\d-])\d{4}", lambda match: str(int(match[0]) + years), text)
    try:
        parse_period(moved)
    except ValueError:
        moved = moved.replace("-02-29", "-02-28")
    return moved


class Years:
    """Moves what a declaration says by some years, where the document bears it out.

    A text that the document prints with its years moved is moved; one that it prints as it was is
    kept; one that it prints in neither way is moved.
    """

    def __init__(self, document: Document, years: int) -> None:
        self.years = years
        self.printed = {text.casefold() for text in document.texts}
        self.printed |= {folded(cell) for line in document.lines for cell in line.split("\t")}

    def text(self, text: str) -> str:
        """A printed text as the document has it."""
        moved = moved_years(text, self.years)
        if moved == text or folded(moved) in self.printed:
            return moved
        return text if folded(text) in self.printed else moved

    def stays(self, label: str) -> bool:
        """Whether a label names a year that the document still prints as it was."""
        return moved_years(label, self.years) != label and self.text(label) == label

    def entries(self, raw: Mapping[str, Any], *, fixed: bool = False) -> dict[str, Any]:
        """A part of a declaration with its texts and periods moved; ``fixed`` keeps its periods."""
        fixed = fixed or (isinstance(raw.get("label"), str) and self.stays(raw["label"]))
        return {self.text(key): self._value(key, value, fixed=fixed) for key, value in raw.items()}

    def _value(self, key: str, value: Any, *, fixed: bool) -> Any:
        if key in _CODES:
            return value
        if key == "period" and isinstance(value, str):
            return value if fixed else moved_period(value, self.years)
        if key == "years":
            return [year + self.years for year in value]
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._value("", item, fixed=fixed) for item in value]
        return self.entries(value, fixed=fixed) if isinstance(value, dict) else value

    def table(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """A table, or what tables share, without what was true of one document only."""
        kept = {key: value for key, value in raw.items() if key not in _OF_ONE_PRINT}
        moved = self.entries({k: v for k, v in kept.items() if k not in {"indicators", "override"}})
        if "indicators" in kept:
            moved["indicators"] = {self.text(k): v for k, v in kept["indicators"].items()}
        overrides = list(self._overrides(kept.get("override", ())))
        return moved | ({"override": overrides} if overrides else {})

    def _overrides(self, overrides: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The overrides that say more than facts of one document.

        A period that a note gives the reason of is marked by ``ASKED``: the reason may hold for
        that document alone.
        """
        for override in overrides:
            own = {key: value for key, value in override.items() if key not in _FACTS}
            begins = folded(self.text(own["footnote"])) if "footnote" in own else None
            if begins and not any(text.startswith(begins) for text in self.printed):
                del own["footnote"]
            if not own.keys() - {"rows", "columns"}:
                continue
            named = [*own.get("columns", ()), *own.get("rows", ())]
            moved = self.entries(own, fixed=bool(named) and all(map(self.stays, named)))
            if "period" in moved and "note" in override:
                moved[ASKED] = True
            yield moved
