"""Forms whose headers are cut short, or count weeks and days, with their figures by line."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.authoring.forms import KIL, Figure, workbook
from tests.unit.authoring.partly_named_forms import form

_BESIDE = "Post\tBudget 2024\tUtfall 2024\t{}\nPersonal\t100\t110\t{}\nLokaler\t200\t190\t{}\n"
_HEADS = "Uppföljning 2024\nBelopp i tkr\n\n"


SHORT_FORMS = (
    form(
        "kortade-ord.txt",
        "Uppföljning jan–aug 2024\nBelopp i tkr\n\nNämnd\tAck utf\tAck bud\tProg\tBoksl 2023\n"
        "Kommunstyrelsen\t100\t110\t160\t150\nSocialnämnden\t200\t190\t290\t270\n",
        """1715 2024-01/2024-08 MSEK: 0.1 0.2
        1715 2024-01/2024-08 budget MSEK: 0.11 0.19
        1715 2024 forecast MSEK: 0.16 0.29
        1715 2023 MSEK: 0.15 0.27""",
    ),
    form(
        "antal-bud.txt",
        "Upphandlingar\n\nNämnd\tAntal bud 2023\tAntal bud 2024\nSkola\t4\t7\nVård\t9\t8\n",
        """1715 2023 count: 4 9
        1715 2024 count: 7 8""",
        questions=2,
    ),
    form(
        "bokstaver.txt",
        f"{_HEADS}Post\tB24\tU24\tU23\nPersonal\t100\t110\t98\nLokaler\t200\t190\t188\n",
        """1715 2024 budget MSEK: 0.1 0.2
        1715 2024 MSEK: 0.11 0.19
        1715 2023 MSEK: 0.098 0.188""",
        questions=3,
    ),
    form(
        "forkortad-plan.txt",
        f"{_HEADS}Post\tVP 2024\tUtfall 2024\tÅB 2023\nPersonal\t100\t110\t9\nHyra\t200\t190\t8\n",
        """1715 2024 budget MSEK: 0.1 0.2
        1715 2024 MSEK: 0.11 0.19""",
        KIL,
        3,
        ("scenario.ab",),
    ),
    form(
        "budget-minus-utfall.txt",
        _HEADS + _BESIDE.format("Budget - utfall", -10, 10),
        """1715 2024 budget MSEK: 0.1 0.2
        1715 2024 MSEK: 0.11 0.19""",
        KIL,
        2,
        ("scenario.budget-utfall",),
    ),
    form(
        "year-of-datum.csv",
        "Year of Datum;Kommun;Medel av Meritvärde\n2023;Kil;212,4\n2023;Ale;210,4\n"
        "2024;Kil;215,1\n2024;Ale;220,4\n",
        """1715 2023 index: 212.4
        1440 2023 index: 210.4
        1715 2024 index: 215.1
        1440 2024 index: 220.4""",
        None,
        2,
    ),
    form(
        "vecka-i-titeln.txt",
        "Biblioteket, vecka 12 2025\n\nMått\tAntal\nBesök\t120\nLån\t130\n",
        "",
        KIL,
        2,
        ("table.biblioteket-vecka-12-2025-3",),
    ),
    form(
        "v12.txt",
        "Biblioteket\n\nMått\t2025 v12\t2025 v13\nAntal besök\t120\t121\nAntal lån\t130\t131\n",
        "",
        KIL,
        5,
        ("period.2025-v12", "period.2025-v13", "table.biblioteket-3"),
    ),
    replace(
        form("dagar-som-tal.xlsx", "", "", KIL, 2, ("table.besok-2024-5",)),
        write=workbook(
            {
                "Blad1": [
                    ["Besök 2024"],
                    [],
                    ["Enhet", "Datum", "Antal besök"],
                    ["Badet", 45292, 120],
                    ["Hallen", 45293, 130],
                ]
            }
        ),
    ),
    form(
        "manader-i-siffror.csv",
        "Nyckeltal;202406;202407;202408\nAntal hushåll;100;110;160\nAntal barn;200;190;290\n",
        """1715 2024-06 households: 100
        1715 2024-07 households: 110
        1715 2024-08 households: 160
        1715 2024-06 count: 200
        1715 2024-07 count: 190
        1715 2024-08 count: 290""",
        questions=2,
    ),
    form(
        "lasar-i-siffror.txt",
        "Skolan\n\nNyckeltal\t22/23\t23/24\nMeritvärde\t211\t212\nBehöriga (%)\t87\t86\n",
        """1715 2022-07/2023-06 index: 211
        1715 2023-07/2024-06 index: 212
        1715 2022-07/2023-06 percent: 87
        1715 2023-07/2024-06 percent: 86""",
        questions=2,
    ),
    form(
        "budgetavvikelse.txt",
        "Driftredovisning 2024\n(tkr) Utfall 2024 Budget 2024 Budgetavvikelse\n"
        "Revision – 812 – 850 38\nSocialnämnden – 268 914 – 259 750 – 9 164\n",
        """1715 2024 MSEK: -0.812 -268.914
        1715 2024 budget MSEK: -0.85 -259.75
        1715 2024 deviation MSEK: 0.038 -9.164""",
    ),
    form(
        "mottagare.csv",
        "Ekonomiskt bistånd 2024\n\nKommun;Bidragsmottagare;Hushåll;Utbetalt bistånd, tkr\n"
        "Kil;98;61;3912\nAle;109;148;10455\n",
        """1715 2024 count: 98
        1440 2024 count: 109
        1715 2024 households: 61
        1440 2024 households: 148
        1715 2024 MSEK: 3.912
        1440 2024 MSEK: 10.455""",
        None,
    ),
    replace(
        form("vara-svar.txt", "Våra svar\n\nFråga\t2023\t2024\nRutin finns\tJa\tNej\n", "", KIL, 2),
        figures=(
            Figure(KIL, "2023", "answer", "JA"),
            Figure(KIL, "2024", "answer", "NEJ"),
        ),
    ),
    form(
        "koder-utan-rubrik.txt",
        "Byggda lägenheter\n\n\t\t\t2024K1\t2024K2\n17\tVärmlands län\tflerbostadshus\t18\t9\n"
        "\t\tsmåhus\t3\t4\n1715\tKil\tflerbostadshus\t14\t6\n\t\tsmåhus\t1\t2\n",
        """17 2024-01/2024-03 count: 18 3
        17 2024-04/2024-06 count: 9 4
        1715 2024-01/2024-03 count: 14 1
        1715 2024-04/2024-06 count: 6 2""",
        None,
        2,
    ),
    form(
        "kommungrupper.csv",
        "Nyckeltal;Kil 2024;Storstäder 2024;Större stad 2024;Landsbygdskommuner 2024;Riket 2024\n"
        "Meritvärde;221;225;226;219;222\nBehöriga (%);88;90;91;86;87\n",
        """1715 2024 index: 221
        00 2024 index: 222
        1715 2024 percent: 88
        00 2024 percent: 87
        G92787 2024 index: 225
        G92787 2024 percent: 90
        G92790 2024 index: 226
        G92790 2024 percent: 91
        G-1715-landsbygdskommuner 2024 index: 219
        G-1715-landsbygdskommuner 2024 percent: 86""",
        questions=2,
    ),
    form(
        "kommuns.txt",
        "Kils kommuns resor 2024\n\nMått\t2023\t2024\nAntal resor\t41\t52\n",
        """1715 2023 count: 41
        1715 2024 count: 52""",
        None,
    ),
    form(
        "tertial-i-tkr.txt",
        "Uppföljning\nBelopp i tkr\n\nNämnd\tBudget 2024\tUtfall T2 2024\tUtfall T2 2023\t"
        "Prognos T2 2024\nSkola\t300\t190\t180\t310\nVård\t600\t410\t390\t590\n",
        """1715 2024 budget MSEK: 0.3 0.6
        1715 2024-01/2024-08 MSEK: 0.19 0.41
        1715 2023-01/2023-08 MSEK: 0.18 0.39
        1715 2024 forecast MSEK: 0.31 0.59""",
        questions=5,
    ),
    form(
        "kvartal-var-for-sig.txt",
        "Intäkter, tkr\n\nNämnd\tKv 1 2024\tKv 2 2024\nSkola\t300\t310\nVård\t600\t590\n",
        """1715 2024-01/2024-03 MSEK: 0.3 0.6
        1715 2024-04/2024-06 MSEK: 0.31 0.59""",
        questions=2,
    ),
    form(
        "kvartal-oklart.txt",
        "Intäkter, tkr\n\nNämnd\tKv 2 2024\tKv 2 2023\nSkola\t300\t310\nVård\t600\t590\n",
        "",
        KIL,
        4,
        ("reporting-period", "period.kv-2-2024", "period.kv-2-2023"),
    ),
    form(
        "varav.txt",
        "Personal 2024\n\nMått\t2023\t2024\nAntal anställda\t2 001\t2 015\nvarav kvinnor\t1 600\t"
        "1 610\nvarav män\t401\t405\nVakanta tjänster (%)\t7,1\t7,2\nvarav kvinnor\t8,1\t8,2\n"
        "varav män\t5,1\t5,2\n",
        """1715 2023 count: 2001
        1715 2024 count: 2015
        1715 2023 F count: 1600
        1715 2024 F count: 1610
        1715 2023 M count: 401
        1715 2024 M count: 405
        1715 2023 percent: 7.1
        1715 2024 percent: 7.2
        1715 2023 F percent: 8.1
        1715 2024 F percent: 8.2
        1715 2023 M percent: 5.1
        1715 2024 M percent: 5.2""",
    ),
    form(
        "tva-ganger.txt",
        "Personal 2024\n\nMått\t2023\t2024\nAnställda\t20\t21\nvarav nya\t1\t2\nAnställda\t20\t21\n"
        "varav nya\t1\t2\n",
        "",
        KIL,
        2,
        ("table.personal-2024",),
    ),
    form(
        "ett-tal-med-fel.txt",
        "Brukare 2024\n\nMått\t2023\t2024\nAntal med hemtjänst\t345\t352\nAntal i kö\t2101)\t215\n"
        "Antal på korttid\t30\t31\n",
        """1715 2023 count: 345 30
        1715 2024 count: 352 31""",
        KIL,
        2,
        ("period.antal-i-ko-3",),
    ),
    form(
        "plats.csv",
        "Kommun;Betyg 2024 (poäng);Plats 2024;Plats i länet\nKil;3,4;120;4\nAle;3,6;90;2\n",
        """1715 2024 index: 3.4
        1440 2024 index: 3.6""",
        None,
        2,
    ),
    form(
        "kanslighet.txt",
        "Känslighetsanalys 2024\n\nHändelse\tMkr\nLöneökning 1 procent\t12,3\n"
        "Ändrad ränta 1 procentenhet\t4,5\nBefolkning, 100 personer\t6,1\n",
        "1715 2024 MSEK: 12.3 4.5",
        KIL,
        2,
        ("unit.befolkning-100-personer",),
    ),
    form(
        "jmf.txt",
        "Nyckeltal 2024\n\nMått\t2024\tJmf 2024\nBehöriga (%)\t88\t86\nNöjda (%)\t79\t80\n",
        "1715 2024 percent: 88 79",
        KIL,
        2,
        ("place.jmf-2024-3",),
    ),
    form(
        "min-och-max.csv",
        "Kommun;Andel 2023 (%);Andel 2024 (%)\nKil;10;11\nAle;9;8\nRiket;12;13\nMin;1;2\n"
        "Max;20;21\nMedian;10;11\n",
        """1715 2023 percent: 10
        1715 2024 percent: 11
        1440 2023 percent: 9
        1440 2024 percent: 8
        00 2023 percent: 12
        00 2024 percent: 13""",
        questions=2,
    ),
    form(
        "femarssnitt.txt",
        "Årsredovisning 2024\n\nMått\t2024\t5-årssnitt\nNöjda (%)\t80\t78,5\nTrygga (%)\t70\t72\n",
        "1715 2024 percent: 80 70",
        KIL,
        2,
        ("period.5-arssnitt",),
    ),
    form(
        "hela-ar-bredvid.txt",
        "Uppföljning jan–aug 2024\n\nMått\t2023\t2024\nStöd, tkr\t12 500\t8 400\nAntal hushåll\t"
        "310\t290\n",
        """1715 2024-01/2024-08 MSEK: 8.4
        1715 2024-01/2024-08 households: 290""",
        KIL,
        2,
        ("period.2023",),
    ),
    form(
        "bokstav-efter-ar.txt",
        f"{_HEADS}Post\t2024 B\t2024 U\t2026p\nPersonal\t100\t110\t98\nLokaler\t200\t190\t188\n",
        """1715 2024 budget MSEK: 0.1 0.2
        1715 2024 MSEK: 0.11 0.19
        1715 2026 forecast MSEK: 0.098 0.188""",
        questions=4,
    ),
    form(
        "matningar.txt",
        "Enkäter 2024\n\nFråga\tMätning 1\tMätning 2\nNöjda (%)\t80\t78,5\nTrygga (%)\t70\t72\n",
        "",
        KIL,
        3,
        ("period.matning-1-3", "period.matning-2-3"),
    ),
    form(
        "nojda.txt",
        "Enkät 2024\n\nMått\t2023\t2024\nNöjda företag\t72\t74\nAntal trygga elever\t71\t72\n",
        """1715 2023 count: 71
        1715 2024 count: 72""",
        KIL,
        2,
        ("unit.nojda-foretag",),
    ),
    form(
        "totalt-kvinnor.txt",
        "Arbetslösa, april 2025\n\n\tTotalt\tTotalt\tTotalt\nOrt\tAndel %\tKvinnor %\tMän %\n"
        "Tätorten\t10,4\t10,9\t10,0\nByarna\t5,6\t5,4\t5,8\n",
        """1715 2025-04 percent: 10.4 5.6
        1715 2025-04 F percent: 10.9 5.4
        1715 2025-04 M percent: 10.0 5.8""",
    ),
)
