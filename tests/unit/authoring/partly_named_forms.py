"""Forms that name times, places and comparisons in part, each with its figures told by line."""

from __future__ import annotations

from collections.abc import Iterator

from tests.unit.authoring.forms import KIL, Figure, Form, text


def told(lines: str) -> Iterator[Figure]:
    """Figures by lines of place, period, unit and values; scenario and sex before the unit."""
    for line in filter(str.strip, lines.splitlines()):
        head, _, values = line.partition(":")
        geo, period, *more, unit = head.split()
        sex = next((word for word in more if word in {"F", "M"}), "_T")
        scenario = next((word for word in more if word not in {"F", "M"}), "outcome")
        for value in map(float, values.split()):
            yield Figure(geo, period, unit, value, scenario, sex)


def form(
    name: str,
    content: str,
    figures: str,
    kommun: str | None = KIL,
    questions: int = 1,
    open: tuple[str, ...] = (),  # noqa: A002 - as the field is called
) -> Form:
    return Form(name, text(content), tuple(told(figures)), kommun, questions, open)


PARTLY_NAMED_FORMS = (
    form(
        "betyg.csv",
        "Gymnasieskolan, betygspoäng för avgångselever 2022/23\n\n"
        "Kommun;Antal elever;Andel med examen (%)\nKil;81;90,5\nAle;203;88,1\n",
        """1715 2022-07/2023-06 count: 81
        1440 2022-07/2023-06 count: 203
        1715 2022-07/2023-06 percent: 90.5
        1440 2022-07/2023-06 percent: 88.1""",
        None,
    ),
    form(
        "vintern.csv",
        "Halkolyckor vintern 2022/23\n\nKommun;Antal olyckor;Andel äldre (%)\nKil;18;90,5\n"
        "Ale;23;88,1\n",
        "",
        None,
        2,
        ("reporting-period",),
    ),
    form(
        "den-1-november.csv",
        "Antal personer med boendestöd den 1 november\nRegion;2022;2023\nKil;41;43\n"
        "Riket;9101;9200\n",
        """1715 2022-11-01 persons: 41
        1715 2023-11-01 persons: 43
        00 2022-11-01 persons: 9101
        00 2023-11-01 persons: 9200""",
        None,
        4,
    ),
    form(
        "prognos.txt",
        "Elevprognos 2026–2027\n\nÅrskurs\t2025\t2026\t2027\nElever F-6\t801\t790\t781\n"
        "Elever 7-9\t402\t405\t399\n",
        """1715 2025 count: 801 402
        1715 2026 forecast count: 790 405
        1715 2027 forecast count: 781 399""",
        KIL,
        4,
    ),
    form(
        "arbetslosa.csv",
        "Arbetslösa, andel av arbetskraften\nKommun;Totalt okt 2025;Kvinnor okt 2025;Män okt 2025\n"
        "Kil;5,1;4,8;5,3\nAle;4,9;4,2;5,5\n",
        """1715 2025-10 percent: 5.1
        1440 2025-10 percent: 4.9
        1715 2025-10 F percent: 4.8
        1440 2025-10 F percent: 4.2
        1715 2025-10 M percent: 5.3
        1440 2025-10 M percent: 5.5""",
        None,
        2,
    ),
    form(
        "per-kvartal.txt",
        "Inkomna ansökningar per kvartal 2025\n\nNämnd\tKv 1\tKv 2\nAntal bygglov\t112\t131\n"
        "Antal tillsyn\t14\t18\n",
        """1715 2025-01/2025-03 count: 112 14
        1715 2025-04/2025-06 count: 131 18""",
    ),
    form(
        "andring.txt",
        "Personal\n\nMått\t2023\t2024\tFörändring 23-24\nAntal anställda\t812\t801\t-11\n"
        "Antal chefer\t41\t43\t2\n",
        """1715 2023 count: 812 41
        1715 2024 count: 801 43
        1715 2024 change count: -11 2""",
        KIL,
        2,
    ),
    form(
        "sidtext.txt",
        "Årsredovisning 2024\n\nNämndernas nettokostnader (tkr) Budget 2024 Utfall 2024 Avvikelse "
        "Utfall 2023\nKommunstyrelsen 41 100 40 050 1 050 39 010\n"
        "Socialnämnden 281 900 288 120 -6 220 272 400\n",
        """1715 2024 budget MSEK: 41.1 281.9
        1715 2024 MSEK: 40.05 288.12
        1715 2024 deviation MSEK: 1.05 -6.22
        1715 2023 MSEK: 39.01 272.4""",
    ),
    form(
        "sidtext-orter.txt",
        "Andel nöjda brukare, procent\n\nKommun 2023 2024\nAle 83,1 84,4\nKil 88,0 90,1\n"
        "Riket 84,9 85,2\n",
        """1440 2023 percent: 83.1
        1440 2024 percent: 84.4
        1715 2023 percent: 88
        1715 2024 percent: 90.1
        00 2023 percent: 84.9
        00 2024 percent: 85.2""",
        None,
        2,
    ),
    form(
        "orter-som-rubriker.txt",
        "Antal mottagare av stöd 2024\n\n\t2023\t2024\nKil\t\t\nKvinnor\t101\t99\nMän\t121\t118\n"
        "Ale\t\t\nKvinnor\t301\t290\nMän\t345\t333\n",
        """1715 2023 F count: 101
        1715 2024 F count: 99
        1715 2023 M count: 121
        1715 2024 M count: 118
        1440 2023 F count: 301
        1440 2024 F count: 290
        1440 2023 M count: 345
        1440 2024 M count: 333""",
        None,
    ),
    form(
        "korta-dagar.txt",
        "Delårsrapport per 250831\n\nBalansräkning (mnkr)\t250831\t241231\n"
        "Avsättningar\t88,0\t86,5\nSkulder\t823,2\t767,8\n",
        """1715 2025-08-31 MSEK: 88 823.2
        1715 2024-12-31 MSEK: 86.5 767.8""",
    ),
    form(
        "noter-vid-orter.csv",
        "Antal platser 2024\n\nKommun;Antal platser;Antal boende\nKil a);120;118\n"
        "Arvika;301b);289\nAle1);260;255\na) Avser december.\nb) Ungefär.\n1) Korttid.\n",
        """1784 2024 count: 301 289
        1440 2024 count: 260 255""",
        None,
    ),
    form(
        "av-budget.txt",
        "Bokslut 2024\n\nPost (tkr)\tBudget\tUtfall\tUtfall i % av budget\n"
        "Lokaler\t61 000\t59 800\t98,0\nÖvrigt\t88 500\t90 100\t101,8\n",
        """1715 2024 budget MSEK: 61 88.5
        1715 2024 MSEK: 59.8 90.1
        1715 2024 percent: 98 101.8""",
    ),
    form(
        "mot-budget.txt",
        "Bokslut 2024\n\nPost (tkr)\tBudget\tUtfall mot budget\nLokaler\t61 000\t1 200\n"
        "Övrigt\t88 500\t-1 600\n",
        "1715 2024 budget MSEK: 61 88.5",
        KIL,
        2,
        ("scenario.utfall-mot-budget",),
    ),
    form(
        "utfall-i-manad.txt",
        "Månadsrapport augusti 2025\n\nNyckeltal\tUtfall aug 2025\nSjukfrånvaro (%)\t5,9\n"
        "Personalomsättning (%)\t1,7\n",
        "",
        KIL,
        2,
        ("period.utfall-aug-2025",),
    ),
    form(
        "tertial-ett.txt",
        "Tertialrapport 1 2025\n\nNämnd (mnkr)\tUtfall T1\tAvvikelse T1\tPrognos\tAvv. prognos\n"
        "Socialnämnden\t-98,1\t-2,2\t-293,0\t-5,1\nSkolnämnden\t-104,0\t0,2\t-312,5\t0,5\n",
        """1715 2025-01/2025-04 MSEK: -98.1 -104
        1715 2025-01/2025-04 deviation MSEK: -2.2 0.2
        1715 2025 forecast MSEK: -293 -312.5
        1715 2025 deviation MSEK: -5.1 0.5""",
        KIL,
        2,
    ),
    form(
        "analys.txt",
        "Årsredovisning 2024\n\nKassaflödesanalys (mkr)\t2024\t2023\n"
        "Löpande verksamhet\t91,2\t85,4\nÅrets kassaflöde\t12,8\t-9,4\n",
        """1715 2024 MSEK: 91.2 12.8
        1715 2023 MSEK: 85.4 -9.4""",
    ),
    form(
        "rullande.csv",
        "Sjukpenningtal, rullande tolv månader\nKommun;2024-12;2025-06\nKil;14,2;13,9\n"
        "Ale;15,8;15,5\n",
        """1715 2024 index: 14.2
        1440 2024 index: 15.8
        1715 2024-07/2025-06 index: 13.9
        1440 2024-07/2025-06 index: 15.5""",
        None,
        2,
    ),
    form(
        "rullande-rader.csv",
        "Sjukpenningtal, rullande tolv månader\nMånad;Kommun;Sjukpenningtal\n2025-05;Kil;14,2\n"
        "2025-06;Kil;13,9\n2025-05;Ale;15,2\n2025-06;Ale;15,9\n",
        "",
        None,
        3,
        ("table.sjukpenningtal-rullande-tolv-manader-2",),
    ),
    form(
        "r12.txt",
        "Personalstatistik 2025\n\nMått\tR12 maj 2025\tR12 maj 2024\nSjukfrånvaro (%)\t6,8\t7,0\n"
        "Korttidsfrånvaro (%)\t2,8\t2,6\n",
        """1715 2024-06/2025-05 percent: 6.8 2.8
        1715 2023-06/2024-05 percent: 7 2.6""",
    ),
    form(
        "ombudgeteras.txt",
        "Årsredovisning 2024\n\nInvestering (mkr)\tBudget 2024\tUtfall 2024\t"
        "Ombudgeteras till 2025\nVägar\t40,0\t31,5\t8,0\nSkolor\t15,0\t15,2\t0,0\n",
        """1715 2024 budget MSEK: 40 15
        1715 2024 MSEK: 31.5 15.2""",
        KIL,
        2,
        ("scenario.ombudgeteras-till-2025",),
    ),
    form(
        "delar.txt",
        "Uppföljning\n\nMått\tUtfall 2024\tUtfall delår 2025\nSoliditet (%)\t22,4\t22,9\n"
        "Nöjda brukare (%)\t88\t91\n",
        "1715 2024 percent: 22.4 88",
        KIL,
        3,
        ("period.utfall-delar-2025",),
    ),
    form(
        "den-sista-december.txt",
        "Årsredovisning 2024\n\nBefolkning 31 december\t2023\t2024\n"
        "Antal invånare\t12 101\t12 130\nAntal inflyttade\t701\t688\n",
        """1715 2023-12-31 persons: 12101
        1715 2024-12-31 persons: 12130
        1715 2023 count: 701
        1715 2024 count: 688""",
    ),
    form(
        "nettokostnadsavvikelse.csv",
        "Kommun;Nettokostnadsavvikelse skola (%) 2023;Budgetföljsamhet (%) 2023\nKil;3,2;98,1\n"
        "Ale;-1,5;97,0\n",
        """1715 2023 percent: 3.2 98.1
        1440 2023 percent: -1.5 97""",
        None,
        2,
    ),
    form(
        "stadier.csv",
        "Elevantal per läsår\n\nLäsår;F-3;4-6;7-9\n2022/23;512;401;398\n2023/24;505;410;390\n",
        """1715 2022-07/2023-06 count: 512 401 398
        1715 2023-07/2024-06 count: 505 410 390""",
        KIL,
        2,
    ),
    form(
        "dygn.csv",
        "Placeringsdygn 2024\n\nInsats;2024;Snittkostnad per dygn 2024 (kr)\nJourhem;4630;1980\n"
        "Stödboende;905;6210\n",
        """1715 2024 days: 4630 905
        1715 2024 SEK_per_unit: 1980 6210""",
    ),
    form(
        "per-dygn.csv",
        "Kommun;Kostnad per dygn 2024\nKil;1980\nAle;2110\n",
        "",
        None,
        3,
        ("unit.kostnad-per-dygn",),
    ),
    form(
        "yta.csv",
        "Verksamhetsyta 2024\n\nOmråde;Sålda 2024;Uthyrda 2024\nHamnen;12000;3400\n"
        "Norra;8000;1200\n",
        "",
        KIL,
        3,
        ("unit.hamnen", "unit.norra"),
    ),
    form(
        "bruten-rubrik.txt",
        "Delårsrapport januari-april 2025\n\nBelopp i mkr\tUtfall jan-apr 202\tBudget 2025\n"
        "Bidrag\t98,4\t290,0\nPersonal\t-402,9\t-1 205,0\n",
        "1715 2025 budget MSEK: 290 -1205",
        KIL,
        2,
        ("period.utfall-jan-apr-202-3",),
    ),
    form(
        "stallning.txt",
        "Ekonomi\n\nMnkr\t2024-08-31\t2025-08-31\nEget kapital\t801,5\t822,1\n"
        "Skulder\t401,0\t388,2\n",
        """1715 2024-08-31 MSEK: 801.5 401
        1715 2025-08-31 MSEK: 822.1 388.2""",
        KIL,
        4,
    ),
    form(
        "sida-anstallda.txt",
        "Årsredovisning 2024\nAntal anställda per 31 december 2023 2024 Förändring\n"
        "Tillsvidareanställda 1 012 1 001 -11\nVisstidsanställda 112 103 -9\n",
        """1715 2023-12-31 count: 1012 112
        1715 2024-12-31 count: 1001 103
        1715 2024-12-31 change count: -11 -9""",
    ),
    form(
        "med-beslut.txt",
        "Insatser, antal personer med beslut 1 oktober\n\nInsats\t2023\t2024\n"
        "Ledsagning\t141\t142\nKorttid\t88\t91\n",
        """1715 2023-10-01 persons: 141 88
        1715 2024-10-01 persons: 142 91""",
        KIL,
        4,
    ),
    form(
        "lokalplan.txt",
        "Lokalförsörjningsplan 2026–2028\n\nOmråde\t2025\t2026\t2027\n"
        "Antal platser norr\t612\t630\t655\nAntal platser söder\t410\t402\t399\n",
        "1715 2025 count: 612 410",
        KIL,
        3,
        ("scenario.lokalforsorjningsplan-2026-2028",),
    ),
    form(
        "inom-parentes.txt",
        "Nämndernas resultat (avvikelse mot budget), mkr\n\nNämnd\t2023\t2024\n"
        "Socialnämnden\t-4,1\t-6,2\nSkolnämnden\t0,5\t-1,1\n",
        "",
        KIL,
        3,
        ("scenario.namndernas-resultat-avvikelse-mot-budget-mkr-3",),
    ),
    form(
        "flyttningar.csv",
        "Flyttningar 2024\n\nKommun;Inflyttade;Folkökning;Folkmängd 2024-12-31\n"
        "Kil;701;-10;12112\nAle;1201;-126;25790\n",
        """1715 2024 count: 701 -10
        1440 2024 count: 1201 -126
        1715 2024-12-31 persons: 12112
        1440 2024-12-31 persons: 25790""",
        None,
    ),
    form(
        "sida-dagar.txt",
        "Delårsrapport 2025-08-31\n\nBelopp i mkr Utfall Utfall Budget\n"
        "2025-08-31 2024-08-31 2025\nVerksamhetens intäkter 312,4 301,8 450,0\n"
        "Verksamhetens kostnader -512,9 -455,0 -810,5\n",
        """1715 2025-01/2025-08 MSEK: 312.4 -512.9
        1715 2024-01/2024-08 MSEK: 301.8 -455
        1715 2025 budget MSEK: 450 -810.5""",
        KIL,
        3,
    ),
    form(
        "handelser.txt",
        "Årsredovisning 2024\n\nEnhet\tAntal avvikelser 2023\tAntal avvikelser 2024\n"
        "Gården\t118\t131\nViken\t94\t88\n",
        """1715 2023 count: 118 94
        1715 2024 count: 131 88""",
    ),
    form(
        "prognoser-per-manad.txt",
        "Prognos efter augusti 2025\n\nNämnd (tkr)\tBudget 2025\tPrognos 2508\tPrognos 2505\n"
        "Hemtjänst\t114 000\t117 500\t116 900\nKorttid\t42 800\t42 000\t42 800\n",
        """1715 2025 budget MSEK: 114 42.8
        1715 2025 forecast MSEK: 117.5 116.9 42 42.8""",
        KIL,
        3,
    ),
)
