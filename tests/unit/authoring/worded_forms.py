"""Forms whose words say time, plan and place otherwise, each with its figures told by line."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.authoring.forms import KIL, workbook
from tests.unit.authoring.partly_named_forms import form

_MOVED = [["Inflyttade till kommunerna"], [], ["Kommun", "Kvinnor", "Män"]]


WORDED_FORMS = (
    form(
        "veckor.txt",
        "Besök vecka för vecka 2024\n\nVecka\tAntal besök\nv. 5\t2 410\nv. 6\t2 388\n",
        "",
        KIL,
        2,
        ("table.besok-vecka-for-vecka-2024-3",),
    ),
    form(
        "veckonummer.csv",
        "År;Veckonummer;Region;Antal fall\n2020;6;Ale;3\n2020;7;Ale;4\n2020;6;Kil;13\n"
        "2020;7;Kil;14\n",
        "",
        None,
        3,
        ("table.tabell-1",),
    ),
    form(
        "veckor-i-rubriken.txt",
        "Besök 2024\n\nEnhet\tv. 5\tv. 6\nBiblioteket, antal\t12\t14\nBadet, antal\t120\t140\n",
        "",
        KIL,
        3,
        ("reporting-period", "table.besok-2024-3"),
    ),
    form(
        "typ.csv",
        "Kommun;Nämnd;Period;Typ;Belopp (tkr)\nKil;Skola;202401;Utfall;-7110\n"
        "Kil;Skola;202401;Periodens budget;-7250\nKil;Skola;2024;Helårsprognos;-87400\n"
        "Kil;Skola;2024;Helårsbudget;-87000\n",
        """1715 2024-01 MSEK: -7.11
        1715 2024-01 budget MSEK: -7.25
        1715 2024 forecast MSEK: -87.4
        1715 2024 budget MSEK: -87""",
        None,
        2,
    ),
    replace(
        form(
            "ar-per-blad.xlsx",
            "",
            """1715 2022 F count: 344
            1715 2022 M count: 391
            1715 2024 F count: 297
            1715 2024 M count: 329""",
            None,
            2,
        ),
        write=workbook(
            {
                "2022": [*_MOVED, ["Kils kommun", 344, 391]],
                "2024": [*_MOVED, ["Kils kommun", 297, 329]],
            }
        ),
    ),
    form(
        "aldrar.txt",
        "Befolkningsprognos för Kils kommun 2025–2026\n\n\tFolkmängd\tPrognos\tPrognos\n"
        "Ålder\t2024\t2025\t2026\n0–5 år\t1 836\t1 801\t1 782\n6–15 år\t3 902\t3 915\t3 890\n",
        """1715 2024 persons: 1836 3902
        1715 2025 forecast count: 1801 3915
        1715 2026 forecast count: 1782 3890""",
        None,
        2,
    ),
    form(
        "hemtjanst.csv",
        "Personer 65 år och äldre med hemtjänst den 31 oktober 2024\n\n"
        "Kommun;Antal personer, kvinnor;Antal personer, män\nKil;118;71\nAle;97;60\n",
        """1715 2024-10-31 F persons: 118
        1715 2024-10-31 M persons: 71
        1440 2024-10-31 F persons: 97
        1440 2024-10-31 M persons: 60""",
        None,
        3,
    ),
    form(
        "provbetyg.csv",
        "Nationella prov läsåret 2017/18\n\nKommun;Antal elever med provbetyg A-F;"
        "Genomsnittlig betygspoäng\nKil;292;14,8\nAle;379;14,6\n",
        """1715 2017-07/2018-06 count: 292
        1440 2017-07/2018-06 count: 379
        1715 2017-07/2018-06 index: 14.8
        1440 2017-07/2018-06 index: 14.6""",
        None,
    ),
)
