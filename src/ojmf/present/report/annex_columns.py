"""The columns of the tables in the Word templates, and how wide each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


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
class Without:
    """The placeholders that no row has anything in, of answers, of figures and of the register."""

    answers: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    register: frozenset[str] = frozenset()


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
    Cell("Period", "{{ rad.period }}", 2.9),
    Cell("{{ kommun }}", "{{ rad.svar }}", 2.4, figures=True),
    _COUNTY,
    _TO_COUNTY,
    _COUNTRY,
    _TO_COUNTRY,
    *_BESIDE,
    Cell("Bedömning", "{{ rad.status }}", 2.4, fill="rad.farg"),
    Cell("Anmärkning", "{{ rad.kommentar }}", 3.6, optional=True),
)
_WORDY = ("{{ rad.indikator }}", "{{ rad.kommentar }}", "{{ omrade.namn }}")
"""The columns of running text: they take what is left of the page, or give what is lacking, and the
others keep a width in which no word of theirs breaks."""
WIDE, HIGH = 27.7, 16.6
"""Width in cm of a table on a lying and on a standing page."""
REGISTER = (
    _NUMBER,
    Cell("Fråga eller mått", "{{ rad.indikator }}", 11.7),
    Cell("Period", "{{ rad.period }}", 3.6, optional=True),
    Cell("Står på", "{{ rad.kalla }}", 2.9),
    Cell("Hänvisnings-id", "{{ rad.hanvisning }}", 12.0),
)
CHANGES = (
    Cell("Område", "{{ rad.omrade }}", 7),
    Cell("Fråga eller mått", "{{ rad.indikator }}", 9.5),
    Cell("{{ forra }}", "{{ rad.forut }}", 3.8),
    Cell("{{ period }}", "{{ rad.nu }}", 3.8),
    Cell("Ändring", "{{ rad.riktning }}", 3.0),
)


def fitted(cells: Sequence[Cell], empty: frozenset[str], width: float) -> list[Cell]:
    """The columns that have something in them, as wide together as the page has room for."""
    kept = [cell for cell in cells if not (cell.optional and cell.text.strip("{} ") in empty)]
    wordy = sum(cell.width for cell in kept if cell.text in _WORDY)
    scale = 1 + (width - sum(cell.width for cell in kept)) / wordy
    return [
        replace(cell, width=cell.width * scale) if cell.text in _WORDY else cell for cell in kept
    ]
