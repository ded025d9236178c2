"""The values of the placeholders of the Word templates, by the names that a template writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ojmf.present.report.filling import Picture

ASSESSMENT = "[Förvaltningens bedömning]"
"""What stands where a person has still to write."""
WRITE = "[skrivs av förvaltningen]"


class Paragraphs(tuple[str, ...]):
    """Paragraphs to loop over; as one text they are lines."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)


@dataclass(frozen=True, slots=True)
class Head:
    """What a report says of itself."""

    day: date
    diary_number: str = ""
    committee: str = ""
    sender: str = ""
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``rad`` in the rows of an area: one question as texts without control characters."""

    nummer: str
    stalle: str
    indikator: str
    svar: str
    lan: str
    riket: str
    kommentar: str
    status: str
    farg: str
    gap_lan: str
    gap_riket: str
    period: str
    jamfort_med: str
    referens: str
    skillnad: str
    rad: str
    kalla: str
    hanvisning: str


@dataclass(frozen=True, slots=True)
class ShownArea:
    """``omrade``: one area with its figures, its rows and, in a report, its paragraphs."""

    nummer: int
    namn: str
    rubrik: str
    antal: int
    grona: int
    gula: int
    roda: int
    ej_svar: int
    antal_text: str
    andel: str
    lan: str
    riket: str
    gap_lan: str
    gap_riket: str
    kan_jamforas: int
    battre: int
    likvardiga: int
    lika: int
    samre: int
    hogre: int
    lagre: int
    utan_bedomning: int
    kalla: str
    jamfort_med: str
    rader: tuple[ShownRow, ...]
    text: Paragraphs
    fragor: Paragraphs
    bedomning: str
    ny_sida: bool


@dataclass(frozen=True, slots=True)
class ShownChange:
    """``rad`` in the answers and figures that have changed; the periods are those of figures.

    ``forut_kalla`` is where the earlier one stands.
    """

    omrade: str
    indikator: str
    forut: str
    forut_period: str
    forut_kalla: str
    nu: str
    nu_period: str
    riktning: str


@dataclass(frozen=True, slots=True)
class TableValues:
    """The placeholders of a comparison table, by the names that a template writes."""

    rubrik: str
    kommun: str
    kommunkod: str
    lan: str
    lasanvisning: str
    omraden: tuple[ShownArea, ...]
    svarsomraden: tuple[ShownArea, ...]
    mattomraden: tuple[ShownArea, ...]
    kallor: Paragraphs


@dataclass(frozen=True, slots=True)
class ReportValues(TableValues):
    """The placeholders of a report: those of the table, and these."""

    datum: str
    diarienummer: str
    namnd: str
    avsandare: str
    underskrifter: Paragraphs
    arende: str
    period: str
    forslag: str
    sammanfattning: Paragraphs
    bra: str
    mindre_bra: str
    efter_vikt: tuple[ShownArea, ...]
    ordning: str
    ej_jamforda: str
    motsvarar: Paragraphs
    kvinnor_och_man: Paragraphs
    forandring: str
    forra: str
    forandringar: tuple[ShownChange, ...]
    nya: Paragraphs
    utgangna: Paragraphs
    ej_jamforbart: Paragraphs
    diagram: Picture | str
    bilaga_forandring: str
    bilaga_sparbarhet: str
    sparbarhet: tuple[ShownRow, ...]
