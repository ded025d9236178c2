"""Forms with figures that were proposed, expected or left over beside outcomes and budgets."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.authoring.forms import KIL, workbook
from tests.unit.authoring.partly_named_forms import form

_BESIDE = (
    "Uppföljning 2024\nBelopp i tkr\n\nPost\tBudget 2024\tUtfall 2024\t{}\n"
    "Personal\t100\t110\t105\nLokaler\t200\t190\t195\n"
)
_KNOWN = "1715 2024 budget MSEK: 0.1 0.2\n1715 2024 MSEK: 0.11 0.19\n"
_MORE = "MSEK: 0.105 0.195"


EXPECTED_FORMS = (
    form(
        "ar-med-not.txt",
        "Kils kommun\n\nÅr\tAntal kvinnor\tAntal män\n2022 1)\t20\t10\n2023*\t22\t12\n"
        "2024\t24\t14\n\n1) Uppgifterna för 2022 är preliminära\n",
        """1715 2022 F count: 20
        1715 2023 F count: 22
        1715 2024 F count: 24
        1715 2022 M count: 10
        1715 2023 M count: 12
        1715 2024 M count: 14""",
        KIL,
        2,
    ),
    form(
        "ar-med-not-om-del.txt",
        "Kils kommun\n\nÅr\tAntal kvinnor\tAntal män\n2022\t20\t10\n2023\t22\t12\n"
        "2024 1)\t24\t14\n\n1) Avser januari–augusti\n",
        "",
        KIL,
        3,
        ("table.kils-kommun-3",),
    ),
    form(
        "manader-i-tabellens-titel.txt",
        "Delårsrapport 2, 2024\nBelopp i mkr\n\nResultaträkning januari–augusti\n\n"
        "Post\tUtfall 2024\tUtfall 2023\nHyror\t98,4\t101,2\nAvgifter\t52,7\t47,3\n",
        """1715 2024-01/2024-08 MSEK: 98.4 52.7
        1715 2023-01/2023-08 MSEK: 101.2 47.3""",
        KIL,
        4,
    ),
    form(
        "tabellen-i-tkr.txt",
        "Uppföljning 2024\n\nPrognosen är ett överskott om 1,5 mnkr. Tabellen visar kostnader i "
        "tkr; minus innebär underskott.\n\nNämnd\tBudget 2024\tUtfall 2024\nSkola\t9000\t9100\n"
        "Kultur\t5000\t5200\n\nInvesteringar (mnkr)\n\nProjekt\tBudget 2024\tUtfall 2024\n"
        "Torget\t38,5\t21,4\nBron\t16,0\t12,7\n",
        """1715 2024 budget MSEK: 9 5 38.5 16
        1715 2024 MSEK: 9.1 5.2 21.4 12.7""",
        KIL,
        3,
    ),
    form(
        "rad-med-fraga-och-egen-enhet.txt",
        "Uppföljning 2024\n\nMått\tUtfall 2023\tUtfall 2024\nAntal elever\t120\t130\n"
        "Budgetavvikelse, tkr\t-140\t365\n",
        """1715 2023 count: 120
        1715 2024 count: 130""",
        KIL,
        2,
        ("scenario.budgetavvikelse-tkr-3",),
    ),
    form(
        "antal-dagar-i-titeln.csv",
        "Väntetid till boende, antal dagar\nMyndigheten. Jämförelser 2024\n"
        "Beslut verkställda januari–juni 2024\n\nKommun;Median;90:e percentilen\nKil;47;142\n"
        "Arvika;40;148\n",
        """1715 2024-01/2024-06 days: 47 142
        1784 2024-01/2024-06 days: 40 148""",
        None,
        3,
    ),
    form(
        "forvantat-antal.csv",
        "Kommun;Antal nya 2024;Förväntat antal nya bostäder 2025;Förväntat antal nya bostäder 2026;"
        "Antal planerade tomter 2025\nKil;12;30;40;7\nArvika;15;50;60;9\n",
        """1715 2024 count: 12
        1784 2024 count: 15
        1715 2025 forecast count: 30
        1784 2025 forecast count: 50
        1715 2026 forecast count: 40
        1784 2026 forecast count: 60""",
        None,
        4,
        ("scenario.antal-planerade-tomter",),
    ),
    form(
        "forvantat-pa-raden.txt",
        "Skolan 2024\n\nMått\t2023\t2024\nAntal elever\t120\t130\n"
        "Förväntat antal elever\t125\t135\nFörväntad medellivslängd, år\t82\t83\n",
        """1715 2023 count: 120
        1715 2024 count: 130
        1715 2023 years: 82
        1715 2024 years: 83""",
        KIL,
        2,
        ("scenario.forvantat-antal-elever-3",),
    ),
    form(
        "ar-i-filnamnet-2025.csv",
        "Kommun;Antal tomter;Förväntat antal nya bostäder 2025;Förväntat antal nya "
        "bostäder 2026\nKil;3;30;40\nArvika;4;50;60\nEda;6;5;6\n",
        """1715 2025 count: 3
        1784 2025 count: 4
        1730 2025 count: 6
        1715 2025 forecast count: 30
        1784 2025 forecast count: 50
        1730 2025 forecast count: 5
        1715 2026 forecast count: 40
        1784 2026 forecast count: 60
        1730 2026 forecast count: 6""",
        None,
        3,
    ),
    form(
        "modell-och-utfall.csv",
        "Skolresultat 2024\nF = faktiskt värde, B = beräknat värde, R = residual (F-B)\n\n"
        "Kommun;Andel behöriga (%) F;Andel behöriga (%) B;Andel behöriga (%) R\n"
        "Kil;84;86;-2\nArvika;86;80;6\n",
        """1715 2024 percent: 84
        1784 2024 percent: 86""",
        None,
        1,
    ),
    form(
        "modell-utan-forklaring.csv",
        "Skolresultat 2024\n\nKommun;Antal elever;Andel behöriga (%) F;Andel behöriga (%) B\n"
        "Kil;100;84;86\nArvika;90;86;80\n",
        """1715 2024 count: 100
        1784 2024 count: 90""",
        None,
        3,
        ("scenario.andel-behoriga-f", "scenario.andel-behoriga-b"),
    ),
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
    form(
        "andel-av-ett-per-skola.txt",
        "Behörighet 2024\n\nSkola\tAntal elever\tAndel behöriga\nA-skolan\t120\t0,85\n"
        "B-skolan\t98\t0,91\n",
        """1715 2024 count: 120 98
        1715 2024 percent: 85 91""",
        questions=2,
    ),
    form(
        "ackumulerat-antal.txt",
        "Bygglov 2024\n\nKvartal\tAntal ansökningar\tAckumulerat antal\nKv 1\t12\t12\n"
        "Kv 2\t15\t27\nKv 3\t9\t36\n",
        """1715 2024-01/2024-03 count: 12
        1715 2024-04/2024-06 count: 15
        1715 2024-07/2024-09 count: 9""",
        KIL,
        2,
        ("period.ackumulerat-antal",),
    ),
    form(
        "manader-ackumulerat.txt",
        "Utfall per månad 2024 (tkr), ackumulerat\n\nPost\tJan\tFeb\tMar\n"
        "Personal\t100\t201\t303\nHyra\t10\t20\t31\n",
        """1715 2024-01 MSEK: 0.1 0.01
        1715 2024-01/2024-02 MSEK: 0.201 0.02
        1715 2024-01/2024-03 MSEK: 0.303 0.031""",
        questions=4,
    ),
    form(
        "ar-och-manader-ackumulerat.txt",
        "Antal besök, ackumulerat\n\nÅr\tJan\tFeb\tMar\tApr\tMaj\tJun\n"
        "2023\t10\t21\t32\t43\t54\t65\n2024\t20\t41\t62\t83\t94\t95\n",
        "",
        KIL,
        3,
        ("table.antal-besok-ackumulerat-3",),
    ),
    form(
        "manader-pa-rader-ackumulerat.txt",
        "Ackumulerat utfall 2024, tkr\n\nMånad\tPersonal\tHyra\nJan\t10\t20\nFeb\t21\t41\n",
        "",
        KIL,
        3,
        ("period.personal", "period.hyra"),
    ),
    form(
        "index-2020.txt",
        "Index 2020 = 100\n\nMått\t2023\t2024\nFolkmängd\t102\t103\nArbetslöshet\t97\t99\n"
        "Andel behöriga (%)\t85\t86\n",
        """1715 2023 index: 102 97
        1715 2024 index: 103 99
        1715 2023 percent: 85
        1715 2024 percent: 86""",
        questions=2,
    ),
    form(
        "procentuell-forandring.txt",
        "Befolkning i Kils kommun, procentuell förändring\n\nOmråde\t2023\t2024\n"
        "Tätorten\t0,7\t0,2\nLandsbygden\t-0,3\t0,1\n",
        "",
        KIL,
        3,
        ("scenario.befolkning-i-kils-kommun-procentuell-forandring-3",),
    ),
    replace(
        form(
            "manadernas-blad.xlsx",
            "",
            """1715 2024-01 count: 310
            1766 2024-01 count: 290
            1715 2024-02 count: 315
            1766 2024-02 count: 281""",
            None,
            3,
        ),
        write=workbook(
            {
                "2024-01": [["Arbetslösa"], ["Kommun", "Antal"], ["Kil", 310], ["Sunne", 290]],
                "2024-02": [["Arbetslösa"], ["Kommun", "Antal"], ["Kil", 315], ["Sunne", 281]],
            }
        ),
    ),
    form(
        "per-invanare-i-hornet.txt",
        "Bokslut 2024\n\nNyckeltal per invånare\t2023\t2024\nNettokostnad\t65 100\t67 200\n"
        "Skatteintäkt\t66 000\t68 100\n",
        """1715 2023 SEK_per_inhabitant: 65100 66000
        1715 2024 SEK_per_inhabitant: 67200 68100""",
        questions=3,
    ),
    form(
        "ar-i-hornet.txt",
        "Ärenden\n\n2024\tJan-mars\tApril-juni\tHelår\nAntal ärenden\t10\t12\t45\n"
        "Andel i tid, %\t90\t91\t88\n",
        """1715 2024-01/2024-03 count: 10
        1715 2024-04/2024-06 count: 12
        1715 2024 count: 45
        1715 2024-01/2024-03 percent: 90
        1715 2024-04/2024-06 percent: 91
        1715 2024 percent: 88""",
        questions=2,
    ),
    form(
        "fran-kommun.txt",
        "Inpendling till Kils kommun 2023\n\nFrån kommun\tAntal\nAle\t810\nArvika\t210\n",
        "",
        KIL,
        2,
        ("table.inpendling-till-kils-kommun-2023-3",),
    ),
    form(
        "tatorter.csv",
        "Tätort;Kommun;Folkmängd 2023\nKil;Kil;8000\nFagerås;Kil;700\nArvika;Arvika;14000\n",
        """1715 2023 persons: 8000 700
        1784 2023 persons: 14000""",
        None,
        2,
    ),
    form(
        "kommungrupp.csv",
        "Kommun;Kommungrupp;Antal 2024\nKil;Pendlingskommun nära större stad;12\n"
        "Arvika;Mindre stad;26\nStorstäder;;300\nSamtliga;;900\n",
        """1715 2024 count: 12
        1784 2024 count: 26
        G92787 2024 count: 300""",
        None,
        2,
    ),
    form(
        "manader-sida.txt",
        "Kvalitetsrapport\n\nBrukare\n2024-08 2023-08 2022-08\nAntal brukare 352 345 340\n"
        "Antal i kö 24 21 22\n",
        """1715 2024-08 count: 352 24
        1715 2023-08 count: 345 21
        1715 2022-08 count: 340 22""",
        questions=2,
    ),
)
