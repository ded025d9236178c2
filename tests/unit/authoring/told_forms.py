"""Forms that tell what their figures are in a header's legend, a sentence above or a title."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx

from tests.unit.authoring.forms import (
    ALE,
    ARVIKA,
    COUNTRY,
    KIL,
    SOLNA,
    Figure,
    Form,
    Rows,
    grid,
    text,
    workbook,
)

VARMLAND = "17"


def document(*parts: str | Rows) -> Callable[[Path], None]:
    """A Word document of headings (``#``), paragraphs and tables."""

    def write(path: Path) -> None:
        made = docx.Document()
        for part in parts:
            if isinstance(part, str) and part.startswith("#"):
                made.add_heading(part[1:], 2)
            elif isinstance(part, str):
                made.add_paragraph(part)
            else:
                table = made.add_table(len(part), len(part[0]))
                for row, cells in enumerate(part):
                    for column, cell in enumerate(cells):
                        table.cell(row, column).text = str(cell)
        made.save(str(path))

    return write


def answers(*said: tuple[str, str]) -> list[Figure]:
    return [Figure(geo, "2024", "answer", answer) for geo, answer in said]


def a_legend_in_each_header() -> Form:
    content = (
        'Kommun,"Plan för värmebölja 2024 (1=ja, 0=nej, 9=ej svar)","Mål för klimat 2024 [ja=1, '
        'nej=0, delvis=2, ej aktuellt=8]",Antal övningar 2024\n'
        "Kil,1,8,9\nAle,9,2,1\nSolna,0,1,0\n"
    )
    figures = [
        *answers((KIL, "JA"), (ALE, ""), (SOLNA, "NEJ")),
        *answers((KIL, ""), (ALE, "DELVIS"), (SOLNA, "JA")),
        *(Figure(g, "2024", "count", v) for g, v in ((KIL, 9), (ALE, 1), (SOLNA, 0))),
    ]
    return Form("svar.csv", text(content), tuple(figures), None, questions=2)


def a_legend_in_each_row() -> Form:
    content = (
        "Fråga;Kil;Ale\nFinns plan för avbrott 2024? (1=ja, 0=nej, 9=ej svar);1;9\n"
        "Finns reservkraft 2024? (1=ja, 0=nej, 9=ej svar);0;1\n"
    )
    figures = [*answers((KIL, "JA"), (ALE, "")), *answers((KIL, "NEJ"), (ALE, "JA"))]
    return Form("fragor.csv", text(content), tuple(figures), None, questions=2)


def a_code_of_two_meanings() -> Form:
    content = "Kommun;Rutin 2024 (1=ja, 2=nej);Avtal 2024 (1=nej, 2=ja)\nKil;1;1\nAle;2;2\n"
    return Form("tva-satt.csv", text(content), (), None, questions=4, open=("answer.1", "answer.2"))


def what_a_plan_is_for() -> Form:
    content = "Kommun;Plan för boenden 2024, antal platser;Antal platser 2024\nKil;4;9\nAle;3;7\n"
    figures = [Figure(KIL, "2024", "count", 9), Figure(ALE, "2024", "count", 7)]
    return Form(
        "plan.csv",
        text(content),
        tuple(figures),
        None,
        questions=3,
        open=("scenario.plan-for-boenden-antal-platser",),
    )


def shares_below_a_blank_row() -> Form:
    rows: Rows = [
        ["Stöd till enskilda 2024"],
        ["Läget den 1 maj 2024"],
        [],
        ["Kommunkod", "Kommun", "Aktuell rutin för enskilda", "Vräkta barn 2023, antal hushåll"],
        ["1715", "Kil", "Ja", 3],
        ["1784", "Arvika", "Nej", 0],
        [],
        ["17", "Värmlands län", 54, 61],
        ["00", "Riket", 47, 482],
    ]
    day, share = "2024-05-01", {"scenario": "share"}
    figures = [
        Figure(KIL, day, "answer", "JA"),
        Figure(ARVIKA, day, "answer", "NEJ"),
        Figure(VARMLAND, day, "percent", 54, **share),
        Figure(COUNTRY, day, "percent", 47, **share),
        *(
            Figure(geo, "2023", "households", value)
            for geo, value in ((KIL, 3), (ARVIKA, 0), (VARMLAND, 61), (COUNTRY, 482))
        ),
    ]
    return Form("stod.xlsx", workbook({"Resultat": rows}), tuple(figures), None, questions=2)


def months_and_day_above() -> Form:
    write = document(
        "#Delårsrapport per den 31 augusti 2025",
        "#Medarbetare",
        "Frånvaron gäller januari–juni båda åren. Antal anställda avser den 30 juni.",
        [
            ["", "2024", "2025"],
            ["Sjukfrånvaro, %", "6,1", "–"],
            ["Antal anställda", "900", "912"],
        ],
        "– Uppgift saknas.",
    )
    figures = [
        *grid(("2024-01/2024-06", "2025-01/2025-06"), "percent", (6.1, "")),
        *grid(("2024-06-30", "2025-06-30"), "count", (900, 912)),
    ]
    return Form("delar.docx", write, tuple(figures), questions=3)


def a_sentence_of_what_happened() -> Form:
    write = document(
        "#Årsredovisning 2024",
        "#Skola",
        "Under januari–mars ökade antalet elever. Prognosen gäller januari–juli.",
        [["", "2023", "2024"], ["Antal elever", "300", "310"]],
    )
    return Form("skola.docx", write, tuple(grid(("2023", "2024"), "count", (300, 310))))


def the_whole_of_a_county() -> Form:
    rows: Rows = [
        ["Elever i gymnasieskolan, Värmlands län"],
        [],
        ["Kommun", "2023", "2024"],
        ["Kil", 300, 310],
        ["Arvika", 500, 520],
        [],
        ["Hela länet", 900, 940],
    ]
    figures = [
        figure
        for geo, values in ((KIL, (300, 310)), (ARVIKA, (500, 520)), (VARMLAND, (900, 940)))
        for figure in grid(("2023", "2024"), "count", values, geo)
    ]
    return Form("lan.xlsx", workbook({"Värmland": rows}), tuple(figures), None, questions=2)


def the_end_of_each_rows_year() -> Form:
    content = (
        "kommunkod;kommun;ar;matt;varde\n604;Aneby;2022;Folkmängd 31 december;6800\n"
        "604;Aneby;2023;Folkmängd 31 december;6810\n6;Jönköpings län;2023;Folkmängd 31 december;9\n"
    )
    figures = (
        Figure("0604", "2022", "persons", 6800),
        Figure("0604", "2023", "persons", 6810),
        Figure("06", "2023", "persons", 9),
    )
    return Form("folk.csv", text(content), figures, None, questions=2)


def headings_merged_over_the_table() -> Form:
    rows: Rows = [
        ["Nr", "Nyckeltal", "Enhet", "2023", "2024"],
        [],
        [1, "Elever", "antal", 100, 110],
        [2, "Tvätt per elev", "gram", 90, 95],
        [],
        [3, "Brukare", "antal", 200, "–"],
    ]
    merged = [(1, 1, 1, 4, "SKOLA"), (4, 1, 4, 4, "OMSORG OCH STÖD")]
    figures = [
        *grid(("2023", "2024"), "count", (100, 110)),
        *grid(("2023", "2024"), "gram", (90, 95)),
        *grid(("2023", "2024"), "count", (200, "")),
    ]
    return Form("rubriker.xlsx", workbook({"Blad1": rows}, merged), tuple(figures), questions=4)


def the_same_rows_under_merged_headings() -> Form:
    rows: Rows = [
        ["Mått", "Utfall 2023", "Utfall 2024"],
        [],
        ["Intäkter, tkr", 100, 110],
        [],
        ["Intäkter, tkr", 200, 210],
    ]
    merged = [(1, 0, 1, 2, "BARNOMSORG"), (3, 0, 3, 2, "SKOLA")]
    figures = [
        *grid(("2023", "2024"), "MSEK", (0.1, 0.11)),
        *grid(("2023", "2024"), "MSEK", (0.2, 0.21)),
    ]
    return Form("avsnitt.xlsx", workbook({"Blad1": rows}, merged), tuple(figures), questions=2)


def months_under_a_merged_header() -> Form:
    amounts = [list(range(first, first + 12)) for first in (100, 200)]
    rows: Rows = [
        ["Utbetalt bistånd (tkr)"],
        [],
        ["År", "", *[""] * 11, "Årsmedel"],
        ["", *range(1, 13), ""],
        [2023, *amounts[0], 106],
        [2024, *amounts[1], 206],
    ]
    merged = [(2, 0, 3, 0, "År"), (2, 1, 2, 12, "Månad"), (2, 13, 3, 13, "Årsmedel")]
    figures = [
        figure
        for year, values, mean in (("2023", amounts[0], 106), ("2024", amounts[1], 206))
        for figure in (
            *(
                Figure(KIL, f"{year}-{month:02d}", "MSEK", value / 1000)
                for month, value in enumerate(values, start=1)
            ),
            Figure(KIL, year, "MSEK", mean / 1000),
        )
    ]
    return Form("manader.xlsx", workbook({"Blad1": rows}, merged), tuple(figures), questions=2)


def the_mean_of_a_county() -> Form:
    content = (
        "Jämförelse;;;;;\nNyckeltal;Enhet;År;Kil;Arvika;Genomsnitt länet\n"
        "Skattesats;%;2024;21,9;22,1;n/a\nMatsvinn, gram;gram;2024;40;38;41\n\n"
        "–, n/a: uppgift saknas. Ur egna bokslut;;;;;\n"
    )
    mean = "G-prov-genomsnitt-lanet"
    figures = [
        *(
            Figure(geo, "2024", "percent", value)
            for geo, value in ((KIL, 21.9), (ARVIKA, 22.1), (mean, ""))
        ),
        *(
            Figure(geo, "2024", "gram", value)
            for geo, value in ((KIL, 40), (ARVIKA, 38), (mean, 41))
        ),
    ]
    return Form("snitt.csv", text(content), tuple(figures), None, questions=3)


def units_behind_commas() -> Form:
    content = (
        "Nyckeltal;2023;2024\nKörsträcka per bil, mil;1200;1150\nVatten per boende, liter;140;138\n"
        "Svinn, gram;41;39\nCykelväg, km;81;84\nMatkostnad per portion, kr;14,2;15,1\n"
    )
    figures = [
        *grid(("2023", "2024"), "mil", (1200, 1150)),
        *grid(("2023", "2024"), "liter", (140, 138)),
        *grid(("2023", "2024"), "gram", (41, 39)),
        *grid(("2023", "2024"), "km", (81, 84)),
        *grid(("2023", "2024"), "SEK_per_unit", (14.2, 15.1)),
    ]
    return Form("enheter.csv", text(content), tuple(figures), questions=6)


TOLD_FORMS = (
    units_behind_commas(),
    a_legend_in_each_header(),
    a_legend_in_each_row(),
    a_code_of_two_meanings(),
    what_a_plan_is_for(),
    shares_below_a_blank_row(),
    months_and_day_above(),
    a_sentence_of_what_happened(),
    the_whole_of_a_county(),
    the_end_of_each_rows_year(),
    headings_merged_over_the_table(),
    the_same_rows_under_merged_headings(),
    months_under_a_merged_header(),
    the_mean_of_a_county(),
)
