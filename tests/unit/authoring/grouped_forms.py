"""Forms with figures of groups of municipalities, which are of no county and of no country."""

from __future__ import annotations

from ojmf.model import COUNTRY
from tests.unit.authoring.forms import ALE, ARVIKA, KIL, Figure, Form, text
from tests.unit.authoring.partly_named_forms import form

GROUPED_FORMS = (
    form(
        "id-i-kolada.csv",
        "Kommun-id;Kommun;Andel 2024 (%)\n1715;Kil;71\n1784;Arvika;68\n"
        "G35881;Liknande kommuner grundskola, Kil, 2023;70\n"
        "G175901;Kommuner i Fyrbodal;66\n0000;Riket;73\n",
        """1715 2024 percent: 71
        1784 2024 percent: 68
        G35881 2024 percent: 70
        G175901 2024 percent: 66
        00 2024 percent: 73""",
        None,
        2,
    ),
    form(
        "vagt-och-ovagt.csv",
        "Kommun;Kostnad per elev, kr 2024\nKil;131 000\nAlla kommuner (ovägt medel);128 000\n"
        "Riket (ovägt medel);128 500\nVärmlands län;125 500\nRiket;126 000\n",
        """1715 2024 SEK_per_unit: 131000
        G-00-alla-kommuner-ovagt-medel 2024 SEK_per_unit: 128000
        G-00-riket-ovagt-medel 2024 SEK_per_unit: 128500
        17 2024 SEK_per_unit: 125500
        00 2024 SEK_per_unit: 126000""",
        None,
        2,
    ),
    form(
        "liknande-per-kon.txt",
        "Nyckeltal 2024\n\nMått\tKil 2024 kvinnor\tKil 2024 män\tLiknande kommuner 2024 kvinnor\t"
        "Liknande kommuner 2024 män\nOhälsotal, dagar\t27,1\t17,2\t26,2\t17,8\n"
        "Heltid, andel (%)\t76\t90\t75\t91\n",
        """1715 2024 F days: 27.1
        1715 2024 M days: 17.2
        1715 2024 F percent: 76
        1715 2024 M percent: 90
        G-1715-liknande-kommuner 2024 F days: 26.2
        G-1715-liknande-kommuner 2024 M days: 17.8
        G-1715-liknande-kommuner 2024 F percent: 75
        G-1715-liknande-kommuner 2024 M percent: 91""",
    ),
    form(
        "medel-av-kommungrupp.csv",
        "Kommun;Kommungrupp;Kod;Kostnad 2024, kr per inv\nKil;C7. Pendlingskommun nära mindre stad;"
        "1715;12000\nMedelvärde C7;;;12050\nAle;A2;1440;11000\nMedelvärde A2;;;11100\n"
        "Riket;;;12200\n",
        """1715 2024 SEK_per_inhabitant: 12000
        G-00-c7-pendlingskommun-nara-mindre-stad 2024 SEK_per_inhabitant: 12050
        1440 2024 SEK_per_inhabitant: 11000
        G-00-medelvarde-a2 2024 SEK_per_inhabitant: 11100
        00 2024 SEK_per_inhabitant: 12200""",
        None,
        2,
    ),
    # The mean of a network is a group's; what is highest and lowest in it is nobody's.
    form(
        "kkik.csv",
        "Kommun;År;Nyckeltal;Värde\nKil;2024;Nöjda, %;71\nMedel KKiK;2024;Nöjda, %;70\n"
        "Max KKiK;2024;Nöjda, %;90\nMin;2024;Nöjda, %;50\nMedelvärde deltagande kommuner;2024;"
        "Nöjda, %;69\nKil;2023;Nöjda, %;72\n",
        """1715 2024 percent: 71
        1715 2023 percent: 72
        G-00-medel-kkik 2024 percent: 70
        G-00-medelvarde-deltagande-kommuner 2024 percent: 69""",
        None,
        2,
    ),
    # An answer of Kolada's interface saved as a file has ids alone.
    form(
        "kolada-utan-namn.csv",
        "kpi;municipality;period;gender;value\nN15428;1715;2024;K;81,5\nN15428;1715;2024;M;75,5\n"
        "N15428;0000;2024;T;79,5\nN15428;G35970;2024;T;78,5\n",
        "",
        None,
        3,
        ("unit.n15428",),
    ),
    # All municipalities of a county are the county, whose row it is.
    form(
        "alla-i-lanet.csv",
        "Län;Kommun;År;Antal barn\nVärmlands län;Kil;2024;410\nVärmlands län;Arvika;2024;820\n"
        "Värmlands län;Alla kommuner;2024;9300\n",
        """1715 2024 count: 410
        1784 2024 count: 820
        17 2024 count: 9300""",
        None,
        2,
    ),
    Form(
        "svar-per-grupp.csv",
        text(
            "Kod;Kommun;Aktuell handlingsplan 2024;Aktuell rutin 2024\n1715;Kil;JA;NEJ\n"
            "1784;Arvika;NEJ;JA\n1440;Ale;JA;JA\n;Mindre stad/tätort;62;48\n;Riket;66;50\n"
        ),
        (
            *(
                Figure(geo, "2024", "answer", said)
                for geo, both in ((KIL, "JA NEJ"), (ARVIKA, "NEJ JA"), (ALE, "JA JA"))
                for said in both.split()
            ),
            *(
                Figure(geo, "2024", "percent", share, "share")
                for geo, both in (("G92788", (62, 48)), (COUNTRY, (66, 50)))
                for share in both
            ),
        ),
        None,
        questions=2,
    ),
    form(
        "regioners-namn.csv",
        "Region;Nettokostnad 2024, kr/inv\nRegion Värmland;31 200\n"
        "Västra Götalandsregionen;29 900\nSjuhäradsregionen;28 800\n",
        """17 2024 SEK_per_inhabitant: 31200
        14 2024 SEK_per_inhabitant: 29900
        G-00-sjuharadsregionen 2024 SEK_per_inhabitant: 28800""",
        None,
        2,
    ),
    # The years of a group's name are none of its figures'.
    form(
        "arets-grupp.txt",
        "Resultat 2024\n\nMått\tKil\tLiknande kommuner grundskola, Kil, 2023\n"
        "Behöriga, andel (%)\t71\t70\nMeritvärde\t221\t219\n",
        """1715 2024 percent: 71
        1715 2024 index: 221""",
    ),
)
