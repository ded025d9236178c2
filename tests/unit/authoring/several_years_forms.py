"""Forms with figures of several years together: means that are no year's."""

from __future__ import annotations

from tests.unit.authoring.partly_named_forms import form

SEVERAL_YEARS_FORMS = (
    form(
        "medel-av-fyra-ar.csv",
        "Region,Kön,År,Andel (%)\n1715 Kil,Kvinnor,2017-2020,68\n1715 Kil,Kvinnor,2021-2024,71\n"
        "17 Värmlands län,Män,2021-2024,70\n",
        """1715 2017/2020 F percent: 68
        1715 2021/2024 F percent: 71
        17 2021/2024 M percent: 70""",
        None,
        2,
    ),
    form(
        "snitt-bredvid-ar.txt",
        "Resultat\n\nNyckeltal\t2023\t2024\tSnitt 2022–2024\n"
        "Nöjda elever, %\t72\t73\t71,5\nBehöriga, %\t62\t63\t61,5\n",
        """1715 2023 percent: 72 62
        1715 2024 percent: 73 63
        1715 2022/2024 percent: 71.5 61.5""",
        questions=2,
    ),
    form(
        "medel-i-titeln.txt",
        "Dödlighet i stroke, per 100 000 invånare, medelvärde 2020–2024\n\nKommun\tKvinnor\tMän\n"
        "Kil\t71\t72\nArvika\t61\t62\n",
        """1715 2020/2024 F per_100000: 71
        1715 2020/2024 M per_100000: 72
        1784 2020/2024 F per_100000: 61
        1784 2020/2024 M per_100000: 62""",
        None,
        2,
    ),
    # A change over years is of no time together, and neither is a rolling mean.
    form(
        "tillvaxt-over-ar.txt",
        "Befolkning\n\nKommun\tTillväxt 2017–2020, %\tTillväxt 2021–2024, %\nKil\t1,1\t0,2\n"
        "Arvika\t0,1\t-0,2\n",
        "",
        None,
        4,
        ("reporting-period", "period.tillvaxt-2017-2020", "period.tillvaxt-2021-2024"),
    ),
    # Two years with a hyphen are a school year only in what is about schools.
    form(
        "tva-ar.csv",
        "Kommun;Period;Antal brott\nKil;2021-2022;71\nKil;2023-2024;61\nArvika;2023-2024;62\n",
        "",
        None,
        3,
        ("table.tabell-1",),
    ),
)
