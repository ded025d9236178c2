"""Forms whose goals are bounds or words, and whose rows are of all counties."""

from __future__ import annotations

from tests.unit.authoring.forms import KIL, Figure, Form, text
from tests.unit.authoring.partly_named_forms import form, told

GOAL_FORMS = (
    Form(
        "mal-som-granser.txt",
        text(
            "Uppföljning 2024\n\nMått\tUtfall 2024\tMål 2024\nAndel nöjda (%)\t83 %\tMinst 85 %\n"
            "Frisknärvaro (%)\t61\t≥ 60\nKötid, dagar\t11\thögst 9 dagar\n"
            "Andel återfall (%)\t4,5\t<5,0\nAntal kontakter\t70\tÖka\nBehöriga (%)\t86\t85–90\n"
        ),
        (
            *told("1715 2024 percent: 83 61 4.5 86"),
            *told("1715 2024 target percent: 85 60 5"),
            *told("1715 2024 days: 11"),
            *told("1715 2024 target days: 9"),
            *told("1715 2024 count: 70"),
            *(Figure(KIL, "2024", unit, "", "target") for unit in ("count", "percent")),
        ),
    ),
    # A bound in a column of outcomes is no figure: so few are not told.
    Form(
        "grans-i-utfall.txt",
        text(
            "Uppföljning 2024\n\nMått\tUtfall 2024\tMål 2024\nAntal ärenden\t<5\t<10\n"
            "Antal besök\t17\t20\n"
        ),
        (
            Figure(KIL, "2024", "count", ""),
            *told("1715 2024 count: 17"),
            *told("1715 2024 target count: 10 20"),
        ),
    ),
    form(
        "alla-lan.csv",
        "Län;Kommun;Sektor;Enhet;2023\nAlla;Alla;Alla;ton;90\nAlla;Alla;Transporter;ton;50\n"
        "Värmlands län;Alla;Alla;ton;40\nVärmlands län;Kil;Alla;ton;4\n",
        """00 2023 ton: 90 50
        17 2023 ton: 40
        1715 2023 ton: 4""",
        None,
        3,
    ),
    form(
        "alla-kommuner-i-alla-lan.csv",
        "År;Län;Kommun;Kön;Antal barn\n2024;Alla län;Alla kommuner;Alla;1000\n"
        "2024;Värmlands län;Alla kommuner;Alla;100\n2024;Värmlands län;Kil;Kvinnor;6\n"
        "2024;Värmlands län;Kil;Män;4\n",
        """00 2024 count: 1000
        17 2024 count: 100
        1715 2024 F count: 6
        1715 2024 M count: 4""",
        None,
        2,
    ),
    # The sum of the counties that are shown is not the country.
    form(
        "summa-av-lan.csv",
        "Län;År;Antal barn\nSamtliga;2024;150\nVärmlands län;2024;100\nSkåne län;2024;50\n",
        """17 2024 count: 100
        12 2024 count: 50""",
        None,
        2,
    ),
)
