"""The columns of the tables in the Word templates, and how wide each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from ojmf.present.report.values import ShownArea

_NOTHING = ("", "–", 0)
_CHARACTER, _BOLD, _PADDING = 0.155, 0.185, 0.45
"""Width in cm of a character of a table, of one of its headings, and of what is beside a text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a table: its heading, its text with placeholders, its width in cm.

    One that is ``optional`` is left out where no row has anything in it.
    """

    heading: str
    text: str
    width: float
    figures: bool = False
    fill: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many characters the longest text of each placeholder has; 0 where no row has anything.

    Of answers, of figures with something beside them and without, of the register and of changes.
    """

    answers: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)
    alone: Mapping[str, int] = field(default_factory=dict)
    register: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)


SUMMARY = (
    Cell("Område", "{{ omrade.namn }}", 5.5),
    Cell("Antal", "{{ omrade.antal }}", 1.2, figures=True),
    Cell("● Grön", "{{ omrade.grona }}", 1.4, figures=True),
    Cell("◐ Gul", "{{ omrade.gula }}", 1.2, figures=True),
    Cell("■ Röd", "{{ omrade.roda }}", 1.3, figures=True),
    Cell("○ Inget svar", "{{ omrade.ej_svar }}", 1.4, figures=True),
    Cell("JA, %", "{{ omrade.andel }}", 1.2, figures=True),
    Cell("Skillnad mot länet", "{{ omrade.gap_lan }}", 1.7, figures=True),
    Cell("Skillnad mot riket", "{{ omrade.gap_riket }}", 1.7, figures=True),
)
FIGURE_SUMMARY = (
    Cell("Område", "{{ omrade.namn }}", 4.2),
    Cell("Antal", "{{ omrade.antal }}", 1.1, figures=True),
    Cell("Kan jämföras", "{{ omrade.kan_jamforas }}", 1.6, figures=True),
    Cell("▲ Bättre", "{{ omrade.battre }}", 1.3, figures=True, optional=True),
    Cell("≈ Ingen säker skillnad", "{{ omrade.likvardiga }}", 1.6, figures=True, optional=True),
    Cell("= Lika", "{{ omrade.lika }}", 1.0, figures=True, optional=True),
    Cell("▼ Sämre", "{{ omrade.samre }}", 1.4, figures=True, optional=True),
    Cell("↑ Högre", "{{ omrade.hogre }}", 1.2, figures=True, optional=True),
    Cell("↓ Lägre", "{{ omrade.lagre }}", 1.2, figures=True, optional=True),
    Cell("○ Inte bedömd", "{{ omrade.utan_bedomning }}", 1.5, figures=True, optional=True),
    Cell("● Grön", "{{ omrade.grona }}", 1.1, figures=True, optional=True),
    Cell("◐ Gul", "{{ omrade.gula }}", 0.9, figures=True, optional=True),
    Cell("■ Röd", "{{ omrade.roda }}", 1.0, figures=True, optional=True),
)
_NUMBER = Cell("Nr", "{{ rad.nummer }}", 1.1)
_COUNTY = Cell("Länet", "{{ rad.lan }}", 1.7, figures=True, optional=True)
_COUNTRY = Cell("Riket", "{{ rad.riket }}", 1.7, figures=True, optional=True)
_TO_COUNTY = Cell("Skillnad mot länet", "{{ rad.gap_lan }}", 1.7, figures=True, optional=True)
_TO_COUNTRY = Cell("Skillnad mot riket", "{{ rad.gap_riket }}", 1.7, figures=True, optional=True)
_BESIDE = (
    Cell("Jämfört med", "{{ rad.jamfort_med }}", 1.9, optional=True),
    Cell("Referens", "{{ rad.referens }}", 1.7, figures=True, optional=True),
    Cell("Skillnad", "{{ rad.skillnad }}", 1.6, figures=True, optional=True),
)
ANNEX = (
    _NUMBER,
    Cell("Fråga", "{{ rad.indikator }}", 7.2),
    Cell("{{ kommun }}", "{{ rad.svar }}", 2.6),
    replace(_COUNTY, optional=False),
    replace(_COUNTRY, optional=False),
    Cell("Status", "{{ rad.status }}", 2.2, fill="rad.farg"),
    replace(_TO_COUNTY, optional=False),
    replace(_TO_COUNTRY, optional=False),
    *_BESIDE,
    Cell("Kommentar", "{{ rad.kommentar }}", 5.2, optional=True),
)
FIGURE_ANNEX = (
    _NUMBER,
    Cell("Mått", "{{ rad.indikator }}", 4.4),
    Cell("Period", "{{ rad.period }}", 3.3),
    Cell("{{ kommun }}", "{{ rad.svar }}", 2.4, figures=True),
    _COUNTY,
    _TO_COUNTY,
    _COUNTRY,
    _TO_COUNTRY,
    *_BESIDE,
    Cell("Bedömning", "{{ rad.status }}", 2.9, fill="rad.farg"),
    Cell("Anmärkning", "{{ rad.kommentar }}", 3.6, optional=True),
)
ALONE_ANNEX = (
    *FIGURE_ANNEX[:2],
    replace(FIGURE_ANNEX[2], width=5.4),
    FIGURE_ANNEX[3],
    FIGURE_ANNEX[-1],
)
"""The columns of an area of which no figure has anything beside it."""
_WORDY = ("{{ rad.indikator }}", "{{ rad.kommentar }}", "{{ omrade.namn }}")
"""The columns of running text: they take what is left of the page, or give what is lacking, and the
others keep a width in which no word of theirs breaks."""
WIDE, HIGH = 27.7, 16.6
"""Width in cm of a table on a lying and on a standing page."""
REGISTER = (
    _NUMBER,
    Cell("Fråga eller mått", "{{ rad.indikator }}", 11.7),
    Cell("Period", "{{ rad.period }}", 3.6, optional=True),
    Cell("Står på", "{{ rad.kalla }}", 5.8),
    Cell("Hänvisnings-id", "{{ rad.hanvisning }}", 12.0),
)
_ONLY_ASKED = "{{% if mattomraden %}}{}{{% else %}}{}{{% endif %}}"
"""A heading of reports with figures, whose rows say their periods, and one of answers alone."""
CHANGES = (
    Cell("Område", "{{ rad.omrade }}", 5.0),
    Cell("Fråga eller mått", "{{ rad.indikator }}", 9.5),
    Cell(_ONLY_ASKED.format("Förut", "{{ forra }}"), "{{ rad.forut }}", 2.8),
    Cell("Period förut", "{{ rad.forut_period }}", 3.3, optional=True),
    Cell("Stod på", "{{ rad.forut_kalla }}", 4.4, optional=True),
    Cell(_ONLY_ASKED.format("Nu", "{{ period }}"), "{{ rad.nu }}", 2.8),
    Cell("Period nu", "{{ rad.nu_period }}", 3.3, optional=True),
    Cell("Ändring", "{{ rad.riktning }}", 2.6),
)


def fitted(cells: Sequence[Cell], lengths: Mapping[str, int], width: float) -> list[Cell]:
    """The columns that have something in them, as wide together as the page has room for.

    None is wider than its texts need but those of running text, which share what is left: one that
    needs less than its part leaves the rest to the others.
    """
    kept = [cell for cell in cells if not cell.optional or lengths.get(_placeholder(cell), 1)]
    narrow = {
        cell.text: min(cell.width, _needed(cell, lengths))
        for cell in kept
        if cell.text not in _WORDY
    }
    wordy = {cell.text: cell.width for cell in kept if cell.text in _WORDY}
    room = width - sum(narrow.values())
    scale = room / sum(wordy.values())
    given = {
        cell.text: needed
        for cell in kept
        if cell.text in wordy and (needed := _needed(cell, lengths)) < wordy[cell.text] * scale
    }
    given = {} if len(given) == len(wordy) else given
    others = {text: share for text, share in wordy.items() if text not in given}
    scale = (room - sum(given.values())) / sum(others.values())
    widths = {**narrow, **given, **{text: share * scale for text, share in others.items()}}
    return [replace(cell, width=widths[cell.text]) for cell in kept]


def _placeholder(cell: Cell) -> str:
    return cell.text.strip("{} ")


def _needed(cell: Cell, lengths: Mapping[str, int]) -> float:
    """The width that a column's texts need, and the longest word of its heading, which is bold."""
    if _placeholder(cell) not in lengths or "{" in cell.heading:
        return cell.width  # of what is not known
    word = max(map(len, cell.heading.split()))
    return _PADDING + max(lengths[_placeholder(cell)] * _CHARACTER, word * _BOLD)


def lengths_of(areas: Sequence[ShownArea]) -> Mapping[str, int]:
    """How long the texts are of the tables of some areas."""
    rows = [row for area in areas for row in area.rader]
    # What all rows are compared with is said above them.
    said = {"rad.jamfort_med": 0} if any(area.jamfort_med for area in areas) else {}
    return {**lengths("omrade", areas), **lengths("rad", rows), **said}


def lengths(item: str, shown: Sequence[DataclassInstance]) -> Mapping[str, int]:
    """How long the longest text of each placeholder is of what is shown."""
    return {
        f"{item}.{known.name}": max(
            0 if value in _NOTHING else len(str(value))
            for value in (getattr(one, known.name) for one in shown)
        )
        for known in (fields(shown[0]) if shown else ())
    }
