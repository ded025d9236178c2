"""Forms with words and headings beside figures, and parts and sums beside what they are of."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.unit.authoring.forms import KIL, Figure, Form, text, workbook
from tests.unit.authoring.partly_named_forms import form, told

BESIDE_FORMS = (
    form(
        "matt-per-nagot.txt",
        "Kils kommun\n\nOlyckor 2024\n\nMått\tKil\tRiket\nFallolyckor\t81\t79\n"
        "Vattenförbrukning, l/pers/dygn\t142\t140\nAntal läkarbesök/inv\t2\t3\n",
        """1715 2024 count: 81
        00 2024 count: 79
        1715 2024 index: 2
        00 2024 index: 3""",
        questions=2,
        open=("unit.vattenforbrukning-l-pers-dygn",),
    ),
    form(
        "andel-under-noll.csv",
        "Mått;2023;2024\nResultat, andel av skatteintäkter;0,014;-0,003\n"
        "Låneskuld kr/inv;41 200;43 100\n",
        """1715 2023 SEK_per_inhabitant: 41200
        1715 2024 SEK_per_inhabitant: 43100""",
        questions=3,
        open=("unit.andel.resultat-andel-av-skatteintakter",),
    ),
    Form(
        "antal-ja-i-lanet.csv",
        text(
            "Fråga;Kil 2024;Antal ja i länet 2024;Andel ja riket 2024\nHar handlingsplan?;Ja;9;64\n"
            "Har rutin?;Nej;12;71\n"
        ),
        (
            Figure(KIL, "2024", "answer", "JA"),
            Figure(KIL, "2024", "answer", "NEJ"),
            Figure("00", "2024", "percent", 64, "share"),
            Figure("00", "2024", "percent", 71, "share"),
        ),
        questions=2,
    ),
    form(
        "procentenheter.txt",
        "Arbetslösa i september 2025, procent\n\nKommun\tAndel\tFörändring sedan augusti 2025\t"
        "Förändring sedan september 2024\nKil\t4,8 %\t−0,1 procentenheter\t+0,6 procentenheter\n"
        "Arvika\t5,3 %\t±0,0 procentenheter\t−0,2 procentenheter\n",
        """1715 2025-09 percent: 4.8
        1784 2025-09 percent: 5.3
        1715 2025-09 change percentage_points: -0.1 0.6
        1784 2025-09 change percentage_points: 0 -0.2""",
    ),
    form(
        "forandring-av-andel.csv",
        "Kommun;Andel behöriga (%) 2023;Andel behöriga (%) 2024;Förändring\n"
        "Kil;80,8;85,0;4,2\nArvika;85,3;85,2;-0,1\n",
        """1715 2023 percent: 80.8
        1784 2023 percent: 85.3
        1715 2024 percent: 85
        1784 2024 percent: 85.2
        1715 2024 change percent: 4.2
        1784 2024 change percent: -0.1""",
        None,
        2,
    ),
    form(
        "plus-minus-noll.txt",
        "Uppföljning 2024, tkr\n\nNämnd\tBudget 2024\tUtfall 2024\tAvvikelse\nSkola\t100\t100\t±0\n"
        "Vård\t200\t190\t10\n",
        """1715 2024 budget MSEK: 0.1 0.2
        1715 2024 MSEK: 0.1 0.19
        1715 2024 deviation MSEK: 0 0.01""",
    ),
    form(
        "enhet-i-cellerna.txt",
        "Nyckeltal 2024\n\nMått\tUtfall 2023\tUtfall 2024\nElförbrukning\t1 200 MWh\t1 150 MWh\n"
        "Kostnad\t480 kr/inv\t495 kr/inv\nSkulder\t12 mkr\t11 mkr\nAndel i tid, %\t81 %\t84 %\n",
        """1715 2023 MWh: 1200
        1715 2024 MWh: 1150
        1715 2023 SEK_per_inhabitant: 480
        1715 2024 SEK_per_inhabitant: 495
        1715 2023 MSEK: 12
        1715 2024 MSEK: 11
        1715 2023 percent: 81
        1715 2024 percent: 84""",
        questions=2,
    ),
    form(
        "procent-enheter.txt",
        "Skolan 2024\n\nKommun\tBehöriga 2024 (%)\tFörändring 2023–2024 (%-enheter)\nKil\t85\t2\n"
        "Ale\t80\t-1\n",
        """1715 2024 percent: 85
        1440 2024 percent: 80
        1715 2024 change percentage_points: 2
        1440 2024 change percentage_points: -1""",
    ),
    form(
        "darav-flickor.txt",
        "Skolan 2024\n\nKommun\tAndel behöriga (%)\tdärav flickor\tElever\tdärav nyanlända\n"
        "Kil\t81\t85\t1 210\t41\nArvika\t82\t80\t2 410\t72\n",
        """1715 2024 percent: 81
        1784 2024 percent: 82
        1715 2024 F percent: 85
        1784 2024 F percent: 80
        1715 2024 count: 1210 41
        1784 2024 count: 2410 72""",
    ),
    form(
        "varav-lokaler.txt",
        "Nyckeltal 2024\n\nMått\t2023\t2024\nKostnad per elev, kr\t121 230\t122 900\n"
        "varav elever i fristående skolor\t72 410\t72 300\nAntal elever\t1 330\t1 300\n"
        "varav i tid\t1 430\t1 350\n",
        """1715 2023 SEK_per_unit: 121230 72410
        1715 2024 SEK_per_unit: 122900 72300
        1715 2023 count: 1330
        1715 2024 count: 1300""",
        KIL,
        2,
        ("unit.varav-i-tid",),
    ),
    form(
        "avrundat.csv",
        "Kostnader för kommunala huvudmän\nKronor per elev 2024, avrundat till hundratal kronor\n"
        ".. = uppgift saknas\n\nKommun;Kostnad totalt;därav lokaler\nKil;127 300;22 600\n"
        "Ale;131 900;24 500\n",
        """1715 2024 SEK_per_unit: 127300 22600
        1440 2024 SEK_per_unit: 131900 24500""",
        None,
    ),
    form(
        "summor-och-mer-sida.txt",
        "Budget 2026\n\nRESULTATBUDGET\nBelopp i tkr Bokslut\n2024\nBudget\n2025\nBudget\n2026\n"
        "Nettokostnader –512 384 –528 950 –541 200\nAvskrivningar –24 117 –25 300 –26 100\n"
        "Summa nettokostnader –536 501 –554 250 –567 300\nSkatteintäkter 341 905 349 700 356 850\n"
        "Statsbidrag 201 633 210 450 217 300\nÅrets resultat 7 037 5 900 6 850\n"
        "Resultat i procent av skatter\noch statsbidrag 1,3 1,1 1,2\n",
        """1715 2024 MSEK: -512.384 -24.117 -536.501 341.905 201.633 7.037
        1715 2025 budget MSEK: -528.95 -25.3 -554.25 349.7 210.45 5.9
        1715 2026 budget MSEK: -541.2 -26.1 -567.3 356.85 217.3 6.85
        1715 2024 percent: 1.3
        1715 2025 budget percent: 1.1
        1715 2026 budget percent: 1.2""",
    ),
    form(
        "streck-ar-noll.csv",
        "Teckenförklaring: – Noll, X Skyddad uppgift, .. Uppgift saknas\n\n"
        "Kommun;Antal hushåll 2024;Antal barn 2024\nKil;61;–\nAle;–;40\nArvika;12;4\n",
        """1715 2024 households: 61
        1440 2024 households: 0
        1784 2024 households: 12
        1715 2024 count: 0
        1440 2024 count: 40
        1784 2024 count: 4""",
        None,
        2,
    ),
    form(
        "streck-ar-inte-noll.csv",
        "– = uppgift saknas; 0 = noll\n\nKommun;Antal hushåll 2024\nKil;61\nAle;5\nArvika;12\n",
        """1715 2024 households: 61
        1440 2024 households: 5
        1784 2024 households: 12""",
        None,
        2,
    ),
    form(
        "lan-kommun-enhet.csv",
        "Vad tycker de äldre? 2025\nResultat visas inte om färre än 7 svarat (markeras med *).\n\n"
        "Län;Kommun;Enhet;Antal svarande;Andel nöjda, %\nRiket;;;72 514;85\n"
        "Värmlands län;;;2 811;88\nVärmlands län;Kil;Samtliga;214;90\n"
        "Värmlands län;Kil;Hemtjänst Norr;88;93\nVärmlands län;Arvika;Samtliga;119;86\n",
        """00 2025 count: 72514
        17 2025 count: 2811
        1715 2025 count: 214 88
        1784 2025 count: 119
        00 2025 percent: 85
        17 2025 percent: 88
        1715 2025 percent: 90 93
        1784 2025 percent: 86""",
        None,
    ),
    form(
        "rubriker-bland-koder.csv",
        "Skattesatser, procent\n\nKod;Kommun;Skattesats 2025;Förändring 2024–2025\n"
        "Värmlands län;;;\n1715;Kil;22,00;0,00\n1784;Arvika;21,31;-0,15\n"
        "Västra Götalands län;;;\n1440;Ale;21,91;0,35\n;Hela riket (vägt medel);20,76;0,02\n",
        """1715 2025 percent: 22
        1784 2025 percent: 21.31
        1440 2025 percent: 21.91
        00 2025 percent: 20.76
        1715 2025 change percent: 0
        1784 2025 change percent: -0.15
        1440 2025 change percent: 0.35
        00 2025 change percent: 0.02""",
        None,
        2,
    ),
    replace(
        form(
            "rubriker-over-alla.xlsx",
            "",
            """1715 2023 percent: 68 79
            1715 2024 percent: 66 84""",
        ),
        write=workbook(
            {
                "Resultat": [
                    ["Kvalitet i korthet 2024 – Kils kommun"],
                    [],
                    ["Nr", "Mått", 2023, 2024],
                    [],
                    ["1.", "Elever som klarat proven, andel (%)", 68, 66],
                    [],
                    ["2.", "Ej återaktualiserade, andel (%)", 79, 84],
                ]
            },
            [(3, 0, 3, 3, "Barn och unga"), (5, 0, 5, 3, "Stöd och omsorg")],
        ),
    ),
    replace(
        form(
            "svar.json",
            "",
            """00 2023 SEK_per_inhabitant: 13402
            1440 2023 SEK_per_inhabitant: 14870
            1715 2023 SEK_per_inhabitant: 15011
            00 2023 percent: 36.1
            1440 2023 percent: 33.2
            1715 2023 percent: 31""",
            None,
            2,
        ),
        write=text(
            json.dumps(
                {
                    "columns": [
                        {"code": "Region", "text": "region", "type": "d"},
                        {"code": "Tid", "text": "år", "type": "t"},
                        {"code": "A1", "text": "Kostnad, kr per invånare", "type": "c"},
                        {"code": "A2", "text": "Andel hemtjänst, procent", "type": "c"},
                    ],
                    "data": [
                        {"key": ["00", "2023"], "values": ["13402", "36.1"]},
                        {"key": ["1440", "2023"], "values": ["14870", "33.2"]},
                        {"key": ["1715", "2023"], "values": ["15011", "31.0"]},
                    ],
                    "metadata": [{"label": "Kostnader för äldreomsorg", "source": "SCB"}],
                }
            )
        ),
    ),
    form(
        "regioner.csv",
        "Väntetider, andel i tid (%)\n\nKod;Region;2023;2024\n0017;Region Värmland;80;81\n"
        "0013;Region Halland;82;83\n;Riket;79;80\n",
        """17 2023 percent: 80
        13 2023 percent: 82
        00 2023 percent: 79
        17 2024 percent: 81
        13 2024 percent: 83
        00 2024 percent: 80""",
        None,
        2,
    ),
    replace(
        form(
            "fragor-tvars.csv",
            "Öppna jämförelser 2025\n\nFråga;Indikator;Riket;Värmlands län;Kil;Arvika\n"
            ";Kommunkod;;;1715;1784\nA;Tillgänglighet;;;;\n1;Ansökan på webben;74;67;1;0\n"
            "2;Information på lättläst svenska;58;47;0;..\nB;Handläggning;;;;\n"
            "3;Väntetid, antal dagar;13;11;9;7\n\nTeckenförklaring\n1 = Ja\n0 = Nej\n"
            ".. = Kommunen har inte svarat\nRiket och län: andel i procent som svarat Ja\n",
            """00 2025 share percent: 74 58
            17 2025 share percent: 67 47""",
            None,
        ),
        figures=(
            *told("00 2025 share percent: 74 58\n17 2025 share percent: 67 47"),
            Figure("1715", "2025", "answer", "JA"),
            Figure("1715", "2025", "answer", "NEJ"),
            Figure("1784", "2025", "answer", "NEJ"),
            Figure("1784", "2025", "answer", ""),
        ),
    ),
    form(
        "kanske-svar-tvars.csv",
        "Socialtjänsten 2025\n\nIndikator;Riket;Värmlands län;Kil;Arvika\n"
        "Samverkan om ärenden;74;67;1;0\nAntal lediga platser;580;47;0;1\n",
        """00 2025 count: 580
        17 2025 count: 47
        1715 2025 count: 0
        1784 2025 count: 1""",
        KIL,
        2,
        ("unit.samverkan-om-arenden",),
    ),
)
