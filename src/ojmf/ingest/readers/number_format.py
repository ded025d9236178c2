"""Numbers and texts of a workbook as their number formats show them, in Swedish.

All sections and conditions of a format, its literal text, scale, percent, fractions, exponents and
dates (ECMA-376, 18.8.31). No Python library in use gives this: openpyxl and xlrd hand on the format
as it is written, fastexcel the bare value (measured November 2026); so the module is our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from ojmf.ingest.readers.date_format import shown_date
from ojmf.ingest.readers.lines import CellText

SWEDISH_BUILT_IN = {
    **dict.fromkeys((5, 6, 37, 38), "#,##0"),
    **dict.fromkeys((7, 8, 39, 40), "#,##0.00"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
    14: "yyyy-mm-dd",
    22: "yyyy-mm-dd hh:mm",
}
"""What a Swedish Excel shows for the built-in formats that follow the country it runs in."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|standard)|(?P<exponent>E[+-])|(?P<ampm>am/pm|a/p)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_SIMPLE = re.compile(r"(?P<whole>0+|#,##0)(?P<decimals>\.0{1,9})?(?P<percent> ?%)?")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:[.,]\d+)?)$")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_UNIT = re.compile(r"\s*(kr|kronor|tkr|mkr|mnkr|sek|ksek|msek|st|år|dagar|personer)\.?\s*", re.I)
_WHITE = {"white", "vit", "color2", "color 2", "färg2"}
_SIGNIFICANT = 15
_GENERAL_WIDTH = 11
_WIDEST_POWER = 11
_SMALLEST = Decimal("1E-9")

Token = tuple[str, str]
"""The kind and text of a piece of a format: ``literal``, ``digit``, ``date`` and so on."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format, with the condition that it holds for, if it names one.

    ``pale``: it writes in white.
    """

    tokens: tuple[Token, ...]
    operator: str | None = None
    limit: Decimal = Decimal(0)
    pale: bool = False

    def kinds(self) -> set[str]:
        """The kinds of its tokens."""
        return {kind for kind, _ in self.tokens}

    def holds(self, value: Decimal) -> bool:
        """Whether its condition holds for a value; False where it has none."""
        compared = (value > self.limit) - (value < self.limit)
        return {
            "<": compared < 0,
            "<=": compared <= 0,
            ">": compared > 0,
            ">=": compared >= 0,
            "=": compared == 0,
            "<>": compared != 0,
        }.get(self.operator or "", False)

    @property
    def only_negative(self) -> bool:
        """Whether its condition lets no other than negative numbers through."""
        below = self.operator == "<" and self.limit <= 0
        return below or (self.operator in {"<=", "="} and self.limit < 0)


@dataclass(frozen=True, slots=True)
class Form:
    """A number format: its code as written, and its sections.

    ``plain`` is how one like ``#,##0.0%`` shows every number, as a format of Python's and what
    stands behind it; None for any other.
    """

    code: str
    sections: tuple[Section, ...]
    plain: tuple[str, str] | None = None


@lru_cache(maxsize=4096)
def form(code: str) -> Form:
    """Read a number format; one without any section is General."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code or "General"):
        if match["literal"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    sections = tuple(map(_parsed, parts))
    simple = _SIMPLE.fullmatch(code)
    if simple is None:
        return Form(code, sections)
    places, whole = len(simple["decimals"] or "."), simple["whole"]
    how = (
        f",.{places - 1}f"
        if "," in whole
        else f"0={len(whole) + places - (places == 1)}.{places - 1}f"
    )
    return Form(code, sections, (how, " %" if simple["percent"] else ""))


def _parsed(matches: list[re.Match[str]]) -> Section:
    """One section of a format, from what stands in it."""
    tokens: list[Token] = []
    operator, limit, pale = None, Decimal(0), False
    for match in matches:
        kind, text = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "bracket":
            if condition := _CONDITION.match(text):
                operator, limit = condition[1], Decimal(condition[2].replace(",", "."))
            elif _ELAPSED.fullmatch(text):
                tokens.append(("elapsed", text.lower()))
            elif currency := _CURRENCY.fullmatch(text):
                tokens.append(("literal", currency[1]))
            pale = pale or text.casefold() in _WHITE
        elif kind == "sign":
            tokens.append((text, text) if text != "@" else ("general", text))
        elif kind in {"quoted", "escaped", "space"}:
            tokens.append(("literal", " " if kind == "space" else text))
        elif kind != "fill":
            tokens.append((kind, text))
    return Section(tuple(tokens), operator, limit, pale)


GENERAL = form("General")


def printed(number: float, how: Form, *, from_1904: bool = False) -> str:
    """The number as the format shows it: decimal comma, thousands set off by spaces.

    A unit behind it and a number that is not shown become notes of a ``CellText``; one that is
    shown as a fraction, with an exponent or as no number at all is refused.
    """
    value = Decimal(f"{number:.{_SIGNIFICANT}g}")
    if how.plain is not None:
        return _plain(value, *how.plain)
    if how is GENERAL and value == int(value) and abs(value) < 10**_WIDEST_POWER:
        return str(int(value))
    index = _section(value, how)
    if index is None:
        why = f"talformatet ”{how.code}” säger inte hur talet visas"
        return CellText(_general(value), refused=why)
    section = how.sections[index]
    if section.kinds() & {"date", "elapsed"}:
        text = shown_date(number, section.tokens, datetime(1904 if from_1904 else 1900, 1, 1))  # noqa: DTZ001
        return text or CellText("#####", refused="talet är ingen dag som kan visas")
    return _shown(value, how, index)


def _plain(value: Decimal, python_format: str, behind: str) -> str:
    places = Decimal(1).scaleb(-int(python_format[-2]))
    rounded = abs(value * 100 if behind else value).quantize(places, rounding=ROUND_HALF_UP)
    text = f"{rounded:{python_format}}".replace(",", " ").replace(".", ",")
    return f"{'-' if value < 0 and rounded else ''}{text}{behind}"


def _shown(value: Decimal, how: Form, index: int) -> str:
    """The number in the section of that index, with what is to be said of it."""
    section = how.sections[index]
    conditional = any(part.operator for part in how.sections[:2])
    unsigned = section.only_negative or (index == 1 and not conditional)
    pieces = _pieces(abs(value), section)
    nothing = not any(character in "123456789" for character in pieces[1])
    sign = "" if value >= 0 or unsigned or nothing else "-"
    unit = _UNIT.fullmatch(pieces[2])
    text = " ".join(f"{sign}{''.join(pieces[:2] if unit else pieces)}".split())
    # Excel and LibreOffice differ on these.
    unclear = (sign and index > 0) or (value < 0 and not unsigned and not pieces[1] and text)
    refused = None
    if any(character in pieces[1] for character in "/E"):
        refused = f"talet visas som ”{text}”"
    elif unclear or _digits_behind_point(section):
        refused = f"talformatet ”{how.code}” kan visa talet på flera sätt"
    elif section.pale:
        refused = "talformatet skriver talet i vitt"
    notes = [f"visas med ”{unit[1]}”"] if unit else []
    if not text:
        return CellText("", notes=[f"talet är dolt av talformatet ”{how.code}”"])
    if not notes and not refused:
        return text
    return CellText(text, notes=notes, refused=refused, unit=unit[1] if unit else None)


def _digits_behind_point(section: Section) -> bool:
    kinds = [kind for kind, _ in section.tokens]
    behind = section.tokens[kinds.index(".") :] if "." in kinds and "/" not in kinds else ()
    last = max((i for i, (kind, _) in enumerate(behind) if kind == "digit"), default=0)
    inside = behind[: last + 1] if last else behind[:2]
    return any(kind == "literal" and text[:1].isdigit() for kind, text in inside)


def printed_text(text: str, how: Form) -> str:
    """A text as the format of its cell shows it."""
    section = how.sections[3] if len(how.sections) > 3 else how.sections[-1]
    if len(how.sections) > 3 or ("general", "@") in section.tokens:
        shown = "".join(
            text if said == "@" else said
            for kind, said in section.tokens
            if kind in {"general", "literal"}
        ).strip()
        if text.strip() and not shown:
            return CellText("", notes=[f"texten är dold av talformatet ”{how.code}”"])
        return shown
    return text


def _section(value: Decimal, how: Form) -> int | None:
    """Which section shows a value; None where the format leaves it open."""
    sections = how.sections[:3]
    first = sections[0]
    if len(sections) == 1:
        return 0 if first.operator is None or first.holds(value) else None
    second = sections[1]
    if first.operator is None and second.operator is None:
        return 1 if value < 0 else 2 if value == 0 and len(sections) > 2 else 0
    if first.holds(value) or (first.operator is None and value > 0):
        return 0
    if second.holds(value):
        return 1
    if second.operator is None and (len(sections) == 2 or value < 0):
        return 1
    return 2 if len(sections) > 2 else None


def _pieces(value: Decimal, section: Section) -> list[str]:
    """What stands before the number, the number, and what stands behind it."""
    number = [
        i
        for i, (kind, _) in enumerate(section.tokens)
        if kind in {"digit", ".", "general", "/", "exponent"}
    ]
    if not number:
        return ["".join(_literal(token) for token in section.tokens), "", ""]
    first, last = number[0], number[-1]
    if "/" in section.kinds():
        last = max(last, _denominator_end(section.tokens, last))
    body = list(section.tokens[first : last + 1])
    behind = list(section.tokens[last + 1 :])
    while behind and behind[0][0] == ",":
        body.append(behind.pop(0))
    value *= Decimal(100) ** sum(kind == "%" for kind, _ in section.tokens)
    before = "".join(_literal(token) for token in section.tokens[:first])
    after = "".join(_literal(token) for token in behind)
    if after.startswith("%"):
        after = f" {after}"
    return [before, _number(value, body), after]


def _literal(token: Token) -> str:
    return token[1] if token[0] in {"literal", "%"} else ""


def _denominator_end(tokens: tuple[Token, ...], last: int) -> int:
    """The last token of a fraction, whose denominator may be a plain number: ``# ?/8``."""
    while (
        last + 1 < len(tokens)
        and tokens[last + 1][0] == "literal"
        and tokens[last + 1][1].isdigit()
    ):
        last += 1
    return last


def _number(value: Decimal, body: list[Token]) -> str:
    kinds = [kind for kind, _ in body]
    if "general" in kinds:
        return _general(value)
    if "/" in kinds:
        return _fraction(value, body)
    exponent = ""
    if "exponent" in kinds:
        at = kinds.index("exponent")
        power, value = _scientific(value, kinds[:at])
        digits = str(abs(power)).zfill(kinds[at:].count("digit"))
        sign = "-" if power < 0 else "+" if "+" in body[at][1] else ""
        exponent, body = f"E{sign}{digits}", body[:at]
        kinds = kinds[:at]
    point = kinds.index(".") if "." in kinds else len(kinds)
    whole, decimals = body[:point], body[point + 1 :]
    scale = 0
    for part in (decimals, whole):
        while part and part[-1][0] == ",":
            part.pop()
            scale += 1
    grouped = any(kind == "," for kind, _ in whole)
    places = sum(kind == "digit" for kind, _ in decimals)
    value = (value / Decimal(1000) ** scale).quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP
    )
    digits, _, fraction = f"{value:f}".partition(".")
    text = _whole(digits.lstrip("0"), whole, grouped=grouped)
    shown = _decimals(fraction, decimals)
    return text + ("," if shown.strip() else "") + shown + exponent


def _whole(digits: str, items: list[Token], *, grouped: bool) -> str:
    """Digits in the places of the whole part, filled from the right; text between them stays."""
    left = next((i for i, (kind, _) in enumerate(items) if kind == "digit"), None)
    out: list[str] = []
    placed = 0
    for index in range(len(items) - 1, -1, -1):
        kind, text = items[index]
        if kind != "digit":
            out.append("" if kind == "," else text)
            continue
        taken = digits if index == left else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        for digit in reversed(taken) if taken else {"0": "0", "?": " "}.get(text, ""):
            if grouped and placed and placed % 3 == 0 and digit.isdigit():
                out.append(" ")
            out.append(digit)
            placed += 1
    return (digits if left is None else "") + "".join(reversed(out))


def _decimals(digits: str, items: list[Token]) -> str:
    """Decimals in their places; ``#`` and ``?`` leave out zeros at the end."""
    needed = len(digits.rstrip("0"))
    out, place = [], 0
    for kind, text in items:
        if kind != "digit":
            out.append("" if kind == "," else text)
            continue
        shown = text == "0" or place < needed
        out.append(digits[place] if shown else " " if text == "?" else "")
        place += 1
    return "".join(out)


def _general(value: Decimal) -> str:
    """A number as General shows it: at most eleven characters, else with an exponent."""
    if value == 0:
        return "0"
    if abs(value) >= Decimal(10) ** _WIDEST_POWER or abs(value) < _SMALLEST:
        power, digits = _scientific(value, ["digit", ".", *["digit"] * 5])
        mantissa = f"{digits:f}".rstrip("0").rstrip(".").replace(".", ",")
        return f"{mantissa}E{'-' if power < 0 else '+'}{abs(power):02d}"
    whole = len(f"{abs(value):f}".partition(".")[0])
    places = max(0, _GENERAL_WIDTH - 1 - whole)
    text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _scientific(value: Decimal, mantissa: list[str]) -> tuple[int, Decimal]:
    """The power of ten of a number, and its mantissa rounded to the places that are shown."""
    places = mantissa[mantissa.index(".") :].count("digit") if "." in mantissa else 0
    if value == 0:
        return 0, value
    power = value.adjusted()
    digits = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return (power + 1, digits / 10) if digits >= 10 else (power, digits)


def _fraction(value: Decimal, body: list[Token]) -> str:
    """A number as a whole and a fraction, ``1 1/2``; the whole is left out where it is none."""
    at = [kind for kind, _ in body].index("/")
    below = "".join(text for _, text in body[at + 1 :]).strip()
    above = "".join(text for _, text in body[:at])
    has_whole = len(above.split()) > 1
    fixed = below.isdigit() and int(below) > 0
    exact = Fraction(value)
    if fixed:
        part = Fraction(round(exact * int(below)), int(below))
        denominator = int(below)
    else:
        part = exact.limit_denominator(10 ** max(1, len(below)) - 1)
        denominator = part.denominator
    whole = int(part) if has_whole else 0
    rest = (part - whole) * denominator
    if rest == 0 and has_whole:
        return str(int(part))
    return f"{whole or ''} {int(rest)}/{denominator}".strip()
