"""Text copied from pages: columns set off by single spaces, thousands too."""

from __future__ import annotations

from tests.unit.authoring.forms import KIL, Figure, Form, grid, text


def page(*lines: str) -> str:
    return "\n".join(["Verksamhetsberättelse 2023", "Kils kommun", "", *lines, ""])


def page_with_decimals() -> Form:
    content = page(
        "Ekonomi",
        "Mkr Bokslut 2022 Budget 2023 Utfall 2023 Avvikelse",
        "Individ- och familjeomsorg 45,1 50,0 52,5 -2,5",
        "Vård och omsorg 145,0 150,0 149,0 1,0",
        "",
        "Under 2023 slutade 12 personer.",
    )
    named = (("2022", "outcome"), ("2023", "budget"), ("2023", "outcome"), ("2023", "deviation"))
    figures = [
        Figure(KIL, period, "MSEK", value, scenario)
        for values in ((45.1, 50, 52.5, -2.5), (145, 150, 149, 1))
        for (period, scenario), value in zip(named, values, strict=True)
    ]
    return Form("sida.txt", text(content), tuple(figures))


def page_with_thousands() -> Form:
    content = page(
        "Nettokostnader",
        "Tkr Budget Utfall Avvikelse",
        "Individ- och familjeomsorg 12 500 13 250 -750",
        "Stöd till personer",
        "med funktionsnedsättning 8 100 8 000 100",
        "Äldreomsorg 101 200 99 900 1 300",
    )
    figures = [
        Figure(KIL, "2023", "MSEK", value / 1000, scenario)
        for values in ((12500, 13250, -750), (8100, 8000, 100), (101200, 99900, 1300))
        for scenario, value in zip(("budget", "outcome", "deviation"), values, strict=True)
    ]
    return Form("tusental-sida.txt", text(content), tuple(figures))


def page_with_sums() -> Form:
    content = page(
        "Antal insatser per år",
        "Insats 2021 2022 2023",
        "Familjehem 950 300 412",
        "Kontaktperson 2 100 400 500",
        "Summa 3 050 700 912",
    )
    figures = [
        figure
        for values in ((950, 300, 412), (2100, 400, 500), (3050, 700, 912))
        for figure in grid(("2021", "2022", "2023"), "count", values)
    ]
    return Form("summor-sida.txt", text(content), tuple(figures))


def page_in_doubt() -> Form:
    content = page(
        "Antal insatser per år",
        "Insats 2022 2023",
        "Familjehem 1 250 300",
        "Kontaktperson 2 100 400",
    )
    open_ones = ("table.antal-insatser-per-ar-5",)
    return Form("oviss-sida.txt", text(content), (), questions=2, open=open_ones)


def two_tables_on_a_page() -> Form:
    content = page(
        "Mått Utfall 2022 Utfall 2023",
        "Antal orosanmälningar 812 845",
        "Antal utredningar 21 19",
        "Ekonomi",
        "Belopp i tkr Budget 2023 Utfall 2023 Avvikelse",
        "Intäkter 5 400 5 600 200",
        "Personal -45 300 -46 100 -800",
    )
    figures = [
        *grid(("2022", "2023"), "count", (812, 845)),
        *grid(("2022", "2023"), "count", (21, 19)),
        *(
            Figure(KIL, "2023", "MSEK", value / 1000, scenario)
            for values in ((5400, 5600, 200), (-45300, -46100, -800))
            for scenario, value in zip(("budget", "outcome", "deviation"), values, strict=True)
        ),
    ]
    return Form("tva-sida.txt", text(content), tuple(figures))


def first_label_on_two_lines() -> Form:
    content = page(
        "Nyckeltal 2022 2023",
        "Andel barn och unga som inte",
        "återaktualiseras inom ett år, % 78 80",
        "Antal familjehem 34 32",
        "12 (45)",
    )
    figures = (
        *grid(("2022", "2023"), "percent", (78, 80)),
        *grid(("2022", "2023"), "count", (34, 32)),
    )
    return Form("tva-rader-sida.txt", text(content), figures)


def page_whose_header_names_a_column_again() -> Form:
    content = page(
        "Belopp i tkr",
        "Verksamhet Bokslut 2022 Budget 2023 Bokslut 2023 Avvikelse mot budget",
        "Bibliotek 11 240 11 900 11 655 245",
        "Fritidsgårdar 5 430 5 600 5 710 -110",
        "Summa 16 670 17 500 17 365 135",
    )
    named = (("2022", "outcome"), ("2023", "budget"), ("2023", "outcome"), ("2023", "deviation"))
    figures = [
        Figure(KIL, period, "MSEK", value / 1000, scenario)
        for values in (
            (11240, 11900, 11655, 245),
            (5430, 5600, 5710, -110),
            (16670, 17500, 17365, 135),
        )
        for (period, scenario), value in zip(named, values, strict=True)
    ]
    return Form("mot-budget-sida.txt", text(content), tuple(figures))


def page_with_a_header_over_headers() -> Form:
    content = page(
        "mkr",
        "Kommunen Koncernen",
        "2023 2022 2023 2022",
        "Verksamhetens intäkter 171,2 164,9 312,8 301,4",
        "Verksamhetens kostnader -881,5 -842,3 -982,6 -941,0",
    )
    figures = [
        figure
        for values in ((171.2, 164.9, 312.8, 301.4), (-881.5, -842.3, -982.6, -941))
        for figure in grid(("2023", "2022") * 2, "MSEK", values)
    ]
    return Form("koncern-sida.txt", text(content), tuple(figures))


def page_of_women_and_men_under_years() -> Form:
    content = page(
        "Antal anställda",
        "2023 2022",
        "Kvinnor Män Kvinnor Män",
        "Vård och omsorg 288 61 291 58",
        "Teknik 22 40 24 41",
    )
    figures = [
        Figure(KIL, year, "count", value, sex=sex)
        for values in ((288, 61, 291, 58), (22, 40, 24, 41))
        for (year, sex), value in zip(
            [(y, s) for y in ("2023", "2022") for s in "FM"], values, strict=True
        )
    ]
    return Form("kvinnor-man-sida.txt", text(content), tuple(figures))


def page_whose_columns_wide_gaps_set_off() -> Form:
    content = page(
        "Ärendetyp             Antal inkomna   Medeltid (veckor)   Andel inom 10 veckor",
        "Bygglov                       1 212                 6,4                   91 %",
        "Anmälningar enligt 9 §          145                 3,1                   97 %",
    )
    figures = [
        Figure(KIL, "2023", unit, value)
        for values in ((1212, 6.4, 91), (145, 3.1, 97))
        for unit, value in zip(("count", "weeks", "percent"), values, strict=True)
    ]
    return Form("glesa-kolumner.txt", text(content), tuple(figures))


def page_with_a_header_of_several_lines() -> Form:
    content = page(
        "Driftredovisning per nämnd (tkr)",
        "",
        "                       Intäkter     Kostnader       Netto      Budget     Avvikelse",
        "                                                                netto    mot budget",
        "                           2023          2023        2023       2023          2023",
        "Skolnämnden              41 077     – 338 214   – 297 137  – 299 400         2 263",
        "Socialnämnden            37 645     – 251 093   – 213 448  – 209 800       – 3 648",
        "Revisionen                    0       – 1 105     – 1 105    – 1 150            45",
    )
    columns = (
        ("outcome", (41.077, 37.645, 0)),
        ("outcome", (-338.214, -251.093, -1.105)),
        ("outcome", (-297.137, -213.448, -1.105)),
        ("budget", (-299.4, -209.8, -1.15)),
        ("deviation", (2.263, -3.648, 0.045)),
    )
    figures = [Figure(KIL, "2023", "MSEK", v, s) for s, values in columns for v in values]
    return Form("rubrik-pa-flera-rader.txt", text(content), tuple(figures))


def page_with_numbers_of_notes() -> Form:
    content = page(
        "Resultaträkning",
        *("Mkr Not", "Utfall", "2022", "Utfall", "2023"),
        "Verksamhetens intäkter 2 231,4 218,9",
        "Verksamhetens kostnader 3 -1 342,6 -1 303,1",
        "Avskrivningar -48,7 -45,2",
        "VERKSAMHETENS NETTOKOSTNADER -1 159,9 -1 129,4",
        "Skatteintäkter 4 902,3 876,0",
        "Generella statsbidrag 5 287,7 271,5",
        "VERKSAMHETENS RESULTAT 30,1 18,1",
    )
    values = {
        "2022": (231.4, -1342.6, -48.7, -1159.9, 902.3, 287.7, 30.1),
        "2023": (218.9, -1303.1, -45.2, -1129.4, 876.0, 271.5, 18.1),
    }
    figures = [Figure(KIL, year, "MSEK", v) for year, row in values.items() for v in row]
    return Form("noter.txt", text(content), tuple(figures), questions=1)


def page_with_numbers_of_notes_in_doubt() -> Form:
    content = page(
        "Resultaträkning",
        "Mkr Not Utfall 2022 Utfall 2023",
        "Verksamhetens intäkter 2 231,4 218,9",
        "Avskrivningar -48,7 -45,2",
        "Skatteintäkter 4 902,3 876,0",
    )
    return Form(
        "noter-oklara.txt", text(content), (), questions=2, open=("table.resultatrakning-5",)
    )


def page_whose_columns_end_with_their_years() -> Form:
    content = page(
        "Tabell 4. Andel (%) positiva svar",
        "",
        "Fråga Kil 2022 Kil 2023 varav kvinnor 2023 varav män 2023 Riket 2023",
        "Helhetsomdöme 88 91 92 89 86",
        "Bemötande från personalen 97 96 96 95 95",
    )
    columns = (
        (KIL, "2022", "_T", (88, 97)),
        (KIL, "2023", "_T", (91, 96)),
        (KIL, "2023", "F", (92, 96)),
        (KIL, "2023", "M", (89, 95)),
        ("00", "2023", "_T", (86, 95)),
    )
    figures = [Figure(g, y, "percent", v, sex=s) for g, y, s, values in columns for v in values]
    return Form("ar-sist.txt", text(content), tuple(figures))


def page_whose_labels_end_in_numbers() -> Form:
    content = page(
        "Investeringar, tkr",
        "Projekt Budget Utfall Avvikelse",
        "Skola 12 500 10 300 2 200",
        "Väg 27 4 500 4 400 100",
        "Summa 17 000 14 700 2 300",
    )
    columns = (
        ("budget", (12.5, 4.5, 17)),
        ("outcome", (10.3, 4.4, 14.7)),
        ("deviation", (2.2, 0.1, 2.3)),
    )
    figures = [Figure(KIL, "2023", "MSEK", v, s) for s, values in columns for v in values]
    return Form("vag-27.txt", text(content), tuple(figures))


def page_whose_labels_may_end_in_numbers() -> Form:
    content = page(
        "Antal elever",
        "Årskurs Utfall 2022 Utfall 2023",
        "Årskurs 8 450 440",
        "Årskurs 9 451 442",
    )
    return Form("arskurs-9.txt", text(content), (), open=("table.antal-elever-5",), questions=2)


def page_of_answers() -> Form:
    content = page(
        "Missbruks- och beroendevård",
        "Indikator Kil Länet Riket",
        "Aktuell överenskommelse med regionen JA 20 18",
        "Erbjuder minst en",
        "manualbaserad insats NEJ 36 30",
        "Erbjuder Bostad först DELVIS 44 36",
    )
    figures = [
        figure
        for said, county, country in (("JA", 20, 18), ("NEJ", 36, 30), ("DELVIS", 44, 36))
        for figure in (
            Figure(KIL, "2023", "answer", said),
            Figure("17", "2023", "percent", county, "share"),
            Figure("00", "2023", "percent", country, "share"),
        )
    ]
    return Form("svar-sida.txt", text(content), tuple(figures))


PAGE_FORMS = tuple(
    form()
    for form in (
        page_with_decimals,
        page_of_answers,
        page_with_thousands,
        page_with_sums,
        page_in_doubt,
        two_tables_on_a_page,
        first_label_on_two_lines,
        page_whose_header_names_a_column_again,
        page_with_a_header_over_headers,
        page_of_women_and_men_under_years,
        page_whose_columns_wide_gaps_set_off,
        page_with_a_header_of_several_lines,
        page_with_numbers_of_notes,
        page_with_numbers_of_notes_in_doubt,
        page_whose_columns_end_with_their_years,
        page_whose_labels_end_in_numbers,
        page_whose_labels_may_end_in_numbers,
    )
)
