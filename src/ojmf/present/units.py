"""The word of a unit beside a figure: that of the measure's own name, where it says what per.

A measure in kronor per something that ojmf has no unit for, a number of points or a ratio has a
unit that says less than its name does: ``kr per inskrivet barn``, ``poäng``. Where the name doesn't
say either, the heading that a plain number is printed under may; otherwise nothing is said but what
is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl
import polars.selectors as cs

from ojmf.model import RATE_BASES
from ojmf.present.words import BARE_UNITS, GAP_UNIT_WORDS, ONE_UNIT_WORDS, UNIT_WORDS
from ojmf.printed import MINUS, NO_BREAK_SPACE

_STOP = r"(?:\s(?:i|inom|för|hos|med|på|av|till|under|efter|som|vid|jämfört)\s|\s\d|[,;:()/]|\s*$)"
_EACH = rf"([^\W\d_].*?){_STOP}"
_KRONOR = rf"(?i)\bkr(?:onor)?\s?(?:/|per )\s?{_EACH}"
_PER = rf"(?i)\bper {_EACH}"
_INHABITANTS = (
    rf"(?i)\b(?:per |/\s?)(?:1[ .\u00a0]?000|10[ .\u00a0]?000|100[ .\u00a0]?000|tusen) {_EACH}"
)
_PLAIN = r"(?i)(poäng|index|kvot|betyg)(?:en|et)?\b"
_HEADED = r"(?i)(\w*(?:poäng|index|kvot|betyg))(?:en|et)?\b"
_INHABITANT = dict.fromkeys(("inv", "inv."), "invånare")
_SIGNS = f"+{MINUS}"
_KRONOR_IN_FULL = re.compile(r"\bkronor\b", re.I)
_DAYS = r"(?i)\bdagar\b"


def unit_word(unit: str = "unit", name: str = "label", *, gap: bool = False) -> pl.Expr:
    """The word of the unit of each row; empty for a plain number that nothing says more of.

    ``unit`` and ``name`` are the columns of the unit and of what the measure is called; the heading
    of a plain number is taken from ``column_label`` where the rows have it. The word of a ``gap``
    between two shares is percentage points.
    """
    code, called = pl.col(unit), pl.col(name)
    words: Mapping[str, str] = GAP_UNIT_WORDS if gap else UNIT_WORDS
    each = pl.coalesce(called.str.extract(_KRONOR), called.str.extract(_PER)).str.to_lowercase()
    whom = called.str.extract(_INHABITANTS).str.to_lowercase().replace(_INHABITANT)
    return (
        pl.when(code == "SEK_per_unit")
        .then(pl.format("kr per {}", each).fill_null("kr"))
        .when(code == "index")
        .then(pl.coalesce(called.str.extract(_PLAIN).str.to_lowercase(), _headed(), pl.lit("")))
        .when(code.is_in(list(RATE_BASES)))
        .then(pl.concat_str(code.replace(words), whom, separator=" ", ignore_nulls=True))
        .when((code == "days") & called.str.contains(_DAYS))
        .then(pl.lit("dagar"))
        .otherwise(code.replace(words))
        .alias(unit)
    )


def _headed() -> pl.Expr:
    """The word for a plain number that the heading of its column has (Riskindex), else null."""
    heading = cs.by_name("column_label", require_all=False).as_expr()
    return pl.coalesce(heading, pl.lit(None, pl.String)).str.extract(_HEADED).str.to_lowercase()


def unit_word_of(unit: str, name: str, *, gap: bool = False) -> str:
    """The word of the unit of one measure."""
    row = pl.DataFrame({"unit": [unit], "label": [name]}, schema_overrides={"label": pl.String})
    return str(row.select(unit_word(gap=gap)).item())


def unit_unless_named(unit: str, name: str) -> str:
    """The word of a unit to stand behind a name; empty where the name has it: antal personer.

    >>> unit_unless_named("personer", "Familjehem, antal personer")
    ''
    >>> unit_unless_named("år", "Handläggningstid, barn 0–12 år")
    'år'
    """
    word = re.escape(unit).replace(NO_BREAK_SPACE, r"[ \u00a0]")
    said = re.search(
        rf"(?<!\d )(?<!\d\u00a0)\b\w*{word}(?!\w)", _KRONOR_IN_FULL.sub("kr", name), re.I
    )
    return "" if unit[:1].isalpha() and said else unit


def figure_with(figure: str, unit: str) -> str:
    """One figure with the word of its unit, as ``formats.with_unit`` has those of a frame."""
    if unit.endswith(BARE_UNITS) or not unit:
        return figure
    return f"{figure} {ONE_UNIT_WORDS.get(unit, unit) if figure.lstrip(_SIGNS) == '1' else unit}"
