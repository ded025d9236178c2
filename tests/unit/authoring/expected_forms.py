"""Forms with figures that were proposed, expected or left over beside outcomes and budgets."""

from __future__ import annotations

from tests.unit.authoring.forms import KIL
from tests.unit.authoring.partly_named_forms import form

_BESIDE = (
    "Uppföljning 2024\nBelopp i tkr\n\nPost\tBudget 2024\tUtfall 2024\t{}\n"
    "Personal\t100\t110\t105\nLokaler\t200\t190\t195\n"
)
_KNOWN = "1715 2024 budget MSEK: 0.1 0.2\n1715 2024 MSEK: 0.11 0.19\n"
_MORE = "MSEK: 0.105 0.195"


EXPECTED_FORMS = (
    form(
        "forslag-2026.txt",
        _BESIDE.format("Förslag 2026"),
        f"{_KNOWN}1715 2026 budget {_MORE}",
        questions=2,
    ),
    form(
        "bedomt-utfall.txt",
        _BESIDE.format("Bedömt utfall"),
        f"{_KNOWN}1715 2024 forecast {_MORE}",
        questions=2,
    ),
    form("delmal.txt", _BESIDE.format("Delmål"), f"{_KNOWN}1715 2024 target {_MORE}"),
    form("kvarstar.txt", _BESIDE.format("Kvarstår"), f"{_KNOWN}1715 2024 deviation {_MORE}"),
    form("behov.txt", _BESIDE.format("Behov"), _KNOWN, KIL, 2, ("scenario.behov-4",)),
    form("nasta-ar.txt", _BESIDE.format("Nästa år"), _KNOWN, KIL, 2, ("period.nasta-ar",)),
    form("netto.txt", _BESIDE.format("Netto"), f"{_KNOWN}1715 2024 {_MORE}"),
    form(
        "manader-prognos.txt",
        "Månadsprognos 2024, tkr\n\nPost\tjan utfall\tfeb utfall\tmar utfall\tapr prognos\t"
        "maj prognos\tHelår prognos\nPersonal\t100\t101\t102\t103\t104\t1240\n"
        "Hyra\t10\t10\t11\t11\t11\t130\n",
        """1715 2024-01 MSEK: 0.1 0.01
        1715 2024-02 MSEK: 0.101 0.01
        1715 2024-03 MSEK: 0.102 0.011
        1715 2024-04 forecast MSEK: 0.103 0.011
        1715 2024-05 forecast MSEK: 0.104 0.011
        1715 2024 forecast MSEK: 1.24 0.13""",
        questions=6,
    ),
)
