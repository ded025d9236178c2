"""How figures are printed: declared sign styles, marks beside figures, the mark before decimals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from ojmf.declarations.base import Attributes
from ojmf.printed import squeeze
from ojmf.typography import STROKE, off_line, visible, without_struck

SignStyle = Literal["(5)", "5-", "- 5", "+5"]
"""How a sign is printed where it is no minus just before the figure, told by the figure five."""

_DASHES = "-−–"
_DASH = f"[{_DASHES}]"
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"))
"""Characters that look like the hyphen; Word writes U+2011 where a line must not break."""
_SPACE = "[ \u00a0]"
_WHOLE = rf"(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+)"
_POINTED = rf"(?:{_WHOLE}|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+)"
"""Whole numbers where thousands may be set off by points too; numbers of a workbook never are."""
_COMMAED = _POINTED.replace(r"\.", ",")
_SIGNED: dict[SignStyle, str] = {
    "(5)": rf"(?P<minus>\(){_SPACE}?5{_SPACE}?\)",
    "5-": f"5(?P<minus>{_DASH})",
    "- 5": f"(?P<minus>{_DASH}){_SPACE}5",
    "+5": r"(?P<minus>)\+5",
}
SIGN_STYLES = tuple(_SIGNED)
_SOFT_HYPHEN = "\u00ad"
_PARTLY_STRUCK = re.compile(
    rf"{STROKE}[^\s{STROKE}](?!{STROKE})|[^\s{STROKE}](?!{STROKE})[^\s{STROKE}]{STROKE}"
)
"""Struck and other characters side by side: what is left of the figure cannot be told."""


_BOUND = re.compile("[<>≤≥≦≧±∓\u2044]")
"""What says that a figure is another one than its digits: a bound, a range, a fraction (NFKC)."""


_NOUGHT = re.compile(rf"±{_SPACE}?(?=0(?:[.,]0+)?(?:{_SPACE}?%)?$)")
"""What is printed before a difference of nothing, which is neither a bound nor a range."""


def without_nought(text: str) -> str:
    """A figure without the sign before a difference of nothing: ``0,0`` of ``±0,0``."""
    return _NOUGHT.sub("", text)


def _can_mark(mark: str) -> bool:
    """Whether a text can stand beside a figure without changing it."""
    hidden = any(unicodedata.category(sign) in {"Cc", "Cf", "Mn"} for sign in mark)
    dashes = all(unicodedata.category(sign) == "Pd" for sign in mark)
    bound = _BOUND.search(unicodedata.normalize("NFKC", mark))
    return not (hidden or dashes or bound or re.fullmatch(r"[-−–+.,\d\s%]*", mark))


def _is_mark(mark: str) -> str:
    if not _can_mark(mark):
        raise ValueError(f"”{mark}” kan inte skiljas från talet och kan inte vara ett märke")
    return mark


Mark = Annotated[str, AfterValidator(_is_mark)]
"""What stands beside a figure and is no part of it."""


_LIMITS = re.compile(
    r"[<>≤≥]=?|(?:som )?(?:minst|lägst|högst|mest)|"
    r"(?:max(?:imalt|imum)?\.?|min(?:imum)?\.?|under|över)(?!\w)|"
    r"(?:mer|fler|mindre|färre|lägre|högre) än|(?:inte|ej) (?:över|under)|upp till",
    re.I,
)


def limit_before(text: str) -> str:
    """The words or signs before a figure that a goal is to reach or keep below, as printed.

    >>> limit_before("≥ 85 %"), limit_before("Minst 75"), limit_before("85")
    ('≥', 'Minst', '')
    """
    found = _LIMITS.match(text)
    behind = text[found.end() :] if found else ""
    return found[0] if found and re.match(r"\s?[-−–]?\d", behind) else ""


def _is_limit(limit: str) -> str:
    if not _LIMITS.fullmatch(limit):
        raise ValueError(f"”{limit}” är inget som står före ett mål, som ≥ eller minst")
    return limit


Limit = Annotated[str, AfterValidator(_is_limit)]
"""What stands before a figure that a goal is to reach or keep below."""


_BESIDE = (
    re.compile(
        r"(?<=[\d)%])(?:-(?!\w))?\s?"
        r"(?P<mark>%-enh(?:et(?:er)?|\.)?|[^\W\d]{1,16}\.?(?:(?:/| per )[^\W\d]{1,12}\.?)?|"
        r"[^\w\s,.%()]{1,3}|[^\W\d]\)|\([^\W\d]{1,12}\.?\))$"
    ),
    re.compile(r"(?<=[\d)%-])\s?(?P<mark>\(\d{1,2}\)|\[\d{1,2}\]|(?<=\s)\d{1,2}\))$"),
    re.compile(r"^(?P<mark>[^\W\d]{1,12}\.?|[^\w\s,.%()+−–-]{1,3})(?=\s?[\d(+−–-])"),
)


def beside(raw: str) -> list[str]:
    """What stands beside the digits of a text as a mark may do, whether it is declared or not."""
    text = visible(raw).strip()
    found = [match["mark"] for form in _BESIDE if (match := form.search(text))]
    return [m for m in found if _can_mark(m) and unicodedata.category(m[0]) != "Pd"]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a cell prints, apart from its marks.

    ``text`` is the figure in the one form that ``printed.figure`` reads, the text without marks
    where it is no figure, and empty where it must not be read. ``marks`` are the marks beside it,
    each with what the declaration says of it; ``struck`` is text with a line through it, ``limit``
    what says that a goal is a bound.
    """

    text: str
    marks: tuple[tuple[str, Attributes], ...] = ()
    struck: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Notation:
    """How a table prints its figures; see ``Source`` and ``Table`` for the fields."""

    decimal: Literal[",", "."] = ","
    thousands: Literal[" ", ".", ","] = " "
    zeros: tuple[str, ...] = ()
    sign_styles: tuple[SignStyle, ...] = ()
    marks: Mapping[str, Attributes] = field(default_factory=dict)
    approximations: Mapping[str, Attributes] = field(default_factory=dict)
    limits: tuple[str, ...] = ()

    def read(self, raw: str) -> Printed:
        """What a printed text says; a figure only where the notation allows one reading."""
        left, gone = without_struck(raw)
        joined = _PARTLY_STRUCK.search(raw) is not None
        text = visible(left).translate(_HYPHENS).strip()
        if squeeze(text) in self.zeros:
            return Printed("0", struck=gone)
        if (limit := limit_before(text)) and limit in self.limits:
            within = replace(self, limits=()).read(text.removeprefix(limit))
            return replace(within, limit=f"{limit} {within.text}")
        text, marks = self._unmarked(text)
        text = without_nought(text)
        hyphen = re.search(rf"{_SOFT_HYPHEN}(?![0-9])|(?<![0-9]){_SOFT_HYPHEN}", left.strip())
        if joined or (hyphen and re.search("[0-9]", text)):
            return Printed("", marks, gone)
        for match in filter(None, (form.fullmatch(text) for form in self._forms)):
            sign = "-" if match["minus"] else ""
            whole = match["figure"].replace(self.thousands.strip(), "").replace(".", ",")
            text = sign + whole + (match["percent"] or "")
            return Printed(text, marks, gone)
        # What is no figure in this notation must not be read as one in ours.
        if self.decimal == ".":
            text = re.sub("(?<=[0-9]),(?=[0-9])", ".", text)
        return Printed(text, marks, gone)

    def cause(self, raw: str) -> str:
        """Why a text is no figure here, and what to declare where that would make it one."""
        if self.decimal == "." and re.search(r"\d,\d", raw):
            return "kommat kan skilja tusental lika väl som decimaler; rätta decimal eller filen"
        pointed = self.reads(raw, decimal=".", thousands=" ")
        if pointed or self.reads(raw, decimal=",", thousands="."):
            what, key = ("decimalpunkt", "decimal") if pointed else ("tusentalspunkt", "thousands")
            return f"talet har {what}; skriv {key} = ”.”, om den gäller hela källan"
        for style in _SIGNED:
            if self.reads(raw, sign_styles=(style,)):
                return f"tecknet skrivs som i {style}; skriv det under sign_styles"
        for mark in beside(raw):
            marks = {**self.marks, mark: Attributes()}
            if any(self.reads(raw, marks=marks, sign_styles=(s,)) for s in _SIGNED):
                return f"”{mark}” är ingen del av talet; skriv det under marks"
        if STROKE in raw or _BOUND.search(unicodedata.normalize("NFKC", raw)):
            bound = "en gräns eller ett bråk; skriv texten under symbols, utan värde"
            return f"det är {'överstruket' if STROKE in raw else bound}"
        odd = dict.fromkeys(c for c in raw if not (c.isascii() or c.isalpha() or c in "−– \u00a0"))
        named = ", ".join(f"U+{ord(c):04X}" for c in odd)
        return f"det har tecknet {named}" if named and re.search(r"\d", raw) else ""

    def reads(self, raw: str, **changed: Any) -> bool:
        """Whether a text is a figure, also where the notation is ``changed`` in some fields."""
        text = (replace(self, **changed) if changed else self).read(raw).text
        return re.fullmatch(rf"-?{_WHOLE}(?:,[0-9]+)?(?:{_SPACE}?%)?", text) is not None

    def _unmarked(self, text: str) -> tuple[str, tuple[tuple[str, Attributes], ...]]:
        """A text without the marks at its ends, and the marks."""
        marks: list[tuple[str, Attributes]] = []
        known = {**self.marks, **self.approximations}
        while (mark := self._declared(text) or off_line(text)) is not None:
            behind = text.endswith(mark)
            text = (text.removesuffix(mark) if behind else text.removeprefix(mark)).strip()
            marks.insert(0, (mark, known.get(mark, Attributes())))
        return text, tuple(marks)

    def _declared(self, text: str) -> str | None:
        """The declared mark that a text ends or begins with, set apart from the digits."""
        for mark in sorted(self.marks, key=len, reverse=True):
            behind = text.removesuffix(mark)
            # A word behind a hyphen is the end of another one: %-enheter.
            compound = mark[0].isalpha() and behind[-1:] in _DASHES
            parted = not compound and (not mark[0].isdigit() or behind[-1:].isspace())
            if behind != text and parted and re.search(r"[\w%)\-−–][ \u00a0]?$", behind):
                return mark
        for mark in sorted([*self.marks, *self.approximations], key=len, reverse=True):
            before = text.removeprefix(mark)
            parted = not mark[-1].isdigit() or before[:1].isspace()
            if before != text and parted and re.match(r"[ \u00a0]?[\w(+\-−–]", before):
                return mark
        return None

    @cached_property
    def _forms(self) -> tuple[re.Pattern[str], ...]:
        """What a figure may look like, each form with its groups minus, figure and percent."""
        # A figure that is read with a point may stand in a file that stores it as a number, which
        # is shown with a comma; three decimals behind one could be thousands and are refused.
        fraction = "," if self.decimal == "," else r"(?:\.|,(?![0-9]{3}(?![0-9])))"
        fraction = r"\." if self.thousands == "," else fraction
        whole = {" ": _WHOLE, ".": _POINTED, ",": _COMMAED}[self.thousands]
        amount = rf"(?P<figure>{whole}(?:{fraction}[0-9]+)?)(?P<percent>{_SPACE}?%)?"
        forms = [rf"(?P<minus>{_DASH}?){amount}"]
        forms += [_SIGNED[style].replace("5", amount) for style in self.sign_styles]
        if {"+5", "- 5"} <= set(self.sign_styles):
            forms.append(rf"(?P<minus>)\+{_SPACE}{amount}")
        return tuple(map(re.compile, forms))
