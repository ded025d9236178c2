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
    form(
        "ack-vid-manader.txt",
        "Månadsuppföljning 2025, tkr\n\nKonto\tJan 25\tFeb 25\tMar 25\tAck utfall\tAck budget\t"
        "Helårsprognos\nIntäkter\t3 120\t3 344\t3 291\t9 755\t9 900\t39 800\n"
        "Löner\t-14 210\t-14 188\t-14 402\t-42 800\t-42 600\t-172 900\n",
        """1715 2025-01 MSEK: 3.12 -14.21
        1715 2025-02 MSEK: 3.344 -14.188
        1715 2025-03 MSEK: 3.291 -14.402
        1715 2025-01/2025-03 MSEK: 9.755 -42.8
        1715 2025-01/2025-03 budget MSEK: 9.9 -42.6
        1715 2025 forecast MSEK: 39.8 -172.9""",
    ),
    form(
        "ack-utan-manad.txt",
        "Månadsuppföljning 2025, tkr\n\nKonto\tAck utfall\tHelårsprognos\nIntäkter\t9 755\t39 000\n"
        "Löner\t-42 800\t-172 900\n",
        "1715 2025 forecast MSEK: 39 -172.9",
        KIL,
        2,
        ("period.ack-utfall",),
    ),
    form(
        "ack-pa-raden.txt",
        "Verksamhetsmått\n\nMått\taug 2024\taug 2025\nBeslut, antal\t40\t44\n"
        "Beslut ack, antal\t310\t322\n",
        """1715 2024-08 count: 40
        1715 2025-08 count: 44
        1715 2024-01/2024-08 count: 310
        1715 2025-01/2025-08 count: 322""",
        KIL,
        2,
    ),
    form(
        "summa-av-manader.txt",
        "Ärenden\n\nTyp\tJan 2024\tFeb 2024\tTotalt\nBygglov, antal\t12\t14\t26\n"
        "Tillsyn, antal\t2\t4\t6\n",
        """1715 2024-01 count: 12 2
        1715 2024-02 count: 14 4
        1715 2024-01/2024-02 count: 26 6""",
        KIL,
        2,
    ),
    form(
        "summa-av-ar.txt",
        "Ärenden\n\nTyp\t2022\t2023\tTotalt\nBygglov, antal\t12\t14\t26\nTillsyn, antal\t2\t4\t6\n",
        """1715 2022 count: 12 2
        1715 2023 count: 14 4""",
        KIL,
        3,
        ("period.totalt",),
    ),
    form(
        "lasar-i-rubriken.csv",
        "Jämförelse av betygsresultat\nValt läsår: 2024/25\n\nKommun;Uppgift;2024/25;2023/24\n"
        "Kil;Antal elever årskurs 9;434;417\nKil;Andel (%) behöriga;81,6;80,2\n"
        "Ale;Antal elever årskurs 9;63;61\nAle;Andel (%) behöriga;74,6;70,1\n",
        """1715 2024-07/2025-06 count: 434
        1715 2023-07/2024-06 count: 417
        1715 2024-07/2025-06 percent: 81.6
        1715 2023-07/2024-06 percent: 80.2
        1440 2024-07/2025-06 count: 63
        1440 2023-07/2024-06 count: 61
        1440 2024-07/2025-06 percent: 74.6
        1440 2023-07/2024-06 percent: 70.1""",
        None,
    ),
    form(
        "skolor-med-bokstav.csv",
        "Slutbetyg årskurs 9\nValt läsår: 2024/25\nValt uttag: 2025-10-03\n\n"
        "Skola;Skol-enhetskod;Skolkommun;Huvudman orgnr;Antal elever\n"
        "Ängsskolan H1;48000763;Kil;2120000795;45\nÄngsskolan H2;48000764;Kil;2120000795;47\n"
        "Byskolan;48000765;Ale;2120001561;31\n\n"
        "Före läsåret 2020/21 redovisas inga uppgifter om skolor.\n",
        """1715 2024-07/2025-06 count: 45 47
        1440 2024-07/2025-06 count: 31""",
        None,
        0,
    ),
    form(
        "ihopskrivna-tal.txt",
        "Resultatbudget 2025, tkr\n\nPost\tUtfall 2024\tBudget 2025\nBidrag\t86 759\t90 362 -530\n"
        "Kostnader\t-80 100\t-81 200\nNetto\t6 659\t8 632\n",
        "",
        KIL,
        3,
        ("table.resultatbudget-2025-tkr-3",),
    ),
    replace(
        form(
            "plats-pa-eget-blad.xlsx",
            "",
            """1715 2023 count: 12
            1715 2024 count: 14""",
            None,
            2,
        ),
        write=workbook(
            {
                "Tabell": [["Mått", "2023", "2024"], ["Antal ärenden", 12, 14]],
                "Info": [["Uttag ur verksamhetssystemet"], ["Kils kommun"]],
            }
        ),
    ),
    form(
        "omdome-i-procent.csv",
        "Andel (%) positiva svar, hemtjänst 2024\n\nFråga;Kil;Riket\nHelhetsomdöme;91;86\n"
        "Tillräckligt med tid;83;80\n",
        """1715 2024 percent: 91 83
        00 2024 percent: 86 80""",
        None,
    ),
    form(
        "svarande-foretag.csv",
        "Sammanfattande omdöme (skala 1–6) 2024\n\nKommun;Omdöme;Svarande företag\nKil;4,58;188\n"
        "Ale;4,36;141\n",
        """1715 2024 index: 4.58
        1440 2024 index: 4.36
        1715 2024 count: 188
        1440 2024 count: 141""",
        None,
    ),
    form(
        "ord-bland-matt.csv",
        "Kommun;År;Födda barn;Födda_Polaritet;Medelålder kvinnor;Medelålder män;"
        "Befolkningsförändring_Prognos;Kommun_Type_Code\n"
        "Kil;2020;447;Hög;45,2;44,1;120;6\nKil;2021;456;Låg;45,3;44,2;130;6\n",
        """1715 2020 count: 447
        1715 2021 count: 456
        1715 2020 F years: 45.2
        1715 2021 F years: 45.3
        1715 2020 M years: 44.1
        1715 2021 M years: 44.2
        1715 2020 forecast count: 120
        1715 2021 forecast count: 130""",
        None,
        2,
    ),
    form(
        "andel-med-kod.csv",
        "Kommun;Andel med giltig kod 2024;Kund_Type_Code\nKil;91,5;6\nAle;88,2;5\n",
        """1715 2024 percent: 91.5
        1440 2024 percent: 88.2""",
        None,
        2,
    ),
    form(
        "rullande-vid-kvartal.csv",
        "År;Kvartal;Födda_barn_Kvartal;Födda_barn_R12\n2023;1;447;1845\n2023;2;456;1779\n"
        "2023;3;495;1806\n2023;4;388;1786\n",
        "",
        KIL,
        3,
        ("table.tabell-1",),
    ),
    form(
        "regioner.csv",
        "Antal fall per dag\n\nDatum;Blekinge;Gotland;Stockholm;Jämtland_Härjedalen\n"
        "2020-02-04;1;0;3;2\n"
        "2020-02-05;2;1;4;3\n",
        """10 2020-02-04 count: 1
        10 2020-02-05 count: 2
        09 2020-02-04 count: 0
        09 2020-02-05 count: 1
        01 2020-02-04 count: 3
        01 2020-02-05 count: 4
        23 2020-02-04 count: 2
        23 2020-02-05 count: 3""",
        None,
        2,
    ),
    form(
        "uppfoljning-maj.txt",
        "Ekonomisk uppföljning maj\n\nNämnd, tkr\tBudget 2026\tPrognos helår 2026\tUtfall\n"
        "Skola\t2 100\t2 300\t1 200\nOmsorg\t1 900\t1 950\t900\n",
        """1715 2026 budget MSEK: 2.1 1.9
        1715 2026 forecast MSEK: 2.3 1.95""",
        KIL,
        3,
        ("period.utan-ar",),
    ),
    form(
        "delar-utan-manad.txt",
        "Delårsrapport 2025\n\nNämnd, tkr\tUtfall 2025\tBudget 2025\n"
        "Skola\t1 200\t2 400\nOmsorg\t900\t1 950\n",
        "1715 2025 budget MSEK: 2.4 1.95",
        KIL,
        3,
        ("period.utfall-2025",),
    ),
    form(
        "pendling.csv",
        "Antal pendlare 2023\n\nFrån kommun;Till kommun;Antal\nKil;Karlstad;300\nKil;Ale;3\n"
        "Ale;Kil;4\nAle;Göteborg;4000\n",
        "",
        None,
        2,
        ("table.antal-pendlare-2023-3",),
    ),
    form(
        "pendling-korsvis.csv",
        "Pendlare 2023, antal\n\nFrån;Kil;Ale;Karlstad\nKil;0;3;300\nAle;4;0;5\nKarlstad;40;8;0\n",
        "",
        None,
        2,
        ("table.pendlare-2023-antal-3",),
    ),
)
