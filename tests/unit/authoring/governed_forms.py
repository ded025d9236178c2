"""Forms where a title, a sheet, a label or a note says what no header does."""

from __future__ import annotations

from tests.unit.authoring.forms import ALE, COUNTRY, KIL, Figure, Form, Rows, grid, text, workbook

YEARS = ("2023", "2024")


def sexes_in_sheets() -> Form:
    figures: list[Figure] = []
    sheets: dict[str, Rows] = {}
    for at, (name, sex) in enumerate((("Totalt", "_T"), ("Kvinnor", "F"), ("Män", "M"))):
        values = (70.5 + at, 80.5 + at)
        sheets[name] = [
            ["Kils kommun, andel behöriga i procent"],
            [],
            ["Skola", 2023, 2024],
            ["Norrskolan", *values],
        ]
        figures += grid(YEARS, "percent", values, sex=sex)
    return Form("konsblad.xlsx", workbook(sheets), tuple(figures), questions=2)


def plans_among_rows() -> Form:
    content = (
        "Kils kommun\n\nIndikator\t2023\t2024\nSjukfrånvaro (%), utfall\t6,1\t6,2\n"
        "Sjukfrånvaro (%), mål\t5,5\t5,0\n"
    )
    figures = [
        *grid(YEARS, "percent", (6.1, 6.2)),
        *grid(YEARS, "percent", (5.5, 5), scenario="target"),
    ]
    return Form("mal-pa-rader.txt", text(content), tuple(figures), questions=2)


def forecasts_by_their_title() -> Form:
    content = "Befolkningsprognos Kil\n\nÅr\t0–5 år\tTotalt\n2025\t800\t12000\n2026\t790\t12100\n"
    figures = [
        Figure(KIL, year, "count", value, "forecast")
        for year, values in (("2025", (800, 12000)), ("2026", (790, 12100)))
        for value in values
    ]
    return Form("prognos-i-titeln.txt", text(content), tuple(figures), questions=3)


def changes_by_their_title() -> Form:
    content = (
        "Kils kommun 2024\n\nFörändring av antal elever\n\nSkola\tElever\nNorr\t-5\nSöder\t7\n"
    )
    asked = ("scenario.forandring-av-antal-elever-5",)
    return Form("skillnader.txt", text(content), (), questions=2, open=asked)


def parts_of_the_year_among_rows() -> Form:
    content = (
        "Kils kommun, medborgarservice 2024\n\nMått\tAntal\nSamtal januari–juni\t100\n"
        "Samtal juli–december\t120\nSamtal helår\t220\n"
    )
    periods = ("2024-01/2024-06", "2024-07/2024-12", "2024")
    figures = grid(periods, "count", (100, 120, 220))
    return Form("halvar-pa-rader.txt", text(content), tuple(figures))


def years_of_notes() -> Form:
    content = (
        "Kils kommun årsredovisning 2024\n\nNyckeltal\tVärde\nAndel ekologiskt (%)*\t35,5\n"
        "Andel behöriga (%)\t90,1\nAndel nöjda (%)**\t70,2\n\n* Avser 2023.\n"
        "** Uppgiften är från mätningen våren 2022.\n"
    )
    figures = [Figure(KIL, "2023", "percent", 35.5), Figure(KIL, "2024", "percent", 90.1)]
    asked = ("period.andel-nojda-3",)
    return Form("noter-om-ar.txt", text(content), tuple(figures), questions=2, open=asked)


def plans_of_notes() -> Form:
    content = (
        "Kils kommun, skatteintäkter i mkr\n\nPost\t2023\t2024*\nKommunalskatt\t900,5\t950,5\n\n"
        "* Prognos enligt SKR\n"
    )
    figures = [
        Figure(KIL, "2023", "MSEK", 900.5),
        Figure(KIL, "2024", "MSEK", 950.5, "forecast"),
    ]
    return Form("prognos-i-not.txt", text(content), tuple(figures), questions=2)


def places_in_an_order() -> Form:
    content = (
        "Kil i siffror 2023\n\nNyckeltal\tKil\tRank i riket\tRank i länet\tRiket\n"
        "Andel trygga (%)\t80,5\t120\t7\t78,5\n"
    )
    figures = [Figure(KIL, "2023", "percent", 80.5), Figure(COUNTRY, "2023", "percent", 78.5)]
    return Form("rang-i-riket.txt", text(content), tuple(figures))


def means_beside_years() -> Form:
    content = (
        "Kils kommun i korthet 2024\n\nMått\t2023\t2024\tMedel alla 2024\tHögsta\n"
        "Gott bemötande (%)\t80\t82\t75\t95\n"
    )
    asked = ("place.medel-alla-2024-3", "place.hogsta-3")
    figures = grid(YEARS, "percent", (80, 82))
    return Form("hogsta.txt", text(content), tuple(figures), questions=3, open=asked)


def counties_of_their_sheets() -> Form:
    sheets: dict[str, Rows] = {}
    figures: list[Figure] = []
    places = (("Hallands län", "13", "Varberg", "1383"), ("Blekinge län", "10", "Ronneby", "1081"))
    for at, (county, county_code, name, code) in enumerate(places):
        sheets[county] = [
            [f"Hushåll med bistånd 2023, {county}"],
            [],
            ["Kommun", "Antal hushåll"],
            [name, 100 + at],
            ["Länet totalt", 900 + at],
        ]
        figures += [
            Figure(code, "2023", "households", 100 + at),
            Figure(county_code, "2023", "households", 900 + at),
        ]
    return Form("lanet-totalt.xlsx", workbook(sheets), tuple(figures), questions=1)


def parts_with_the_years_of_their_wholes() -> Form:
    content = (
        "Kils kommun, anställda 31 december\n\nYrke\t2023\tvarav kvinnor\t2024\tvarav kvinnor\n"
        "Lärare\t100\t70\t110\t75\n"
    )
    figures = [
        Figure(KIL, f"{year}-12-31", "count", value, sex=sex)
        for year, sex, value in zip(
            (2023, 2023, 2024, 2024), ("_T", "F") * 2, (100, 70, 110, 75), strict=True
        )
    ]
    return Form("varav.txt", text(content), tuple(figures), questions=2)


def money_beside_counts() -> Form:
    content = (
        "Kulturstatistik 2024\n\nMått\tBesök Ale\tBesök Kil\tKostnad Ale (tkr)\tKostnad Kil (tkr)\n"
        "Museum\t10\t20\t3000\t4000\n"
    )
    figures = [
        Figure(geo, "2024", unit, value)
        for geo, unit, value in (
            (ALE, "count", 10),
            (KIL, "count", 20),
            (ALE, "MSEK", 3),
            (KIL, "MSEK", 4),
        )
    ]
    return Form("besok-och-kostnad.txt", text(content), tuple(figures))


def numbers_of_nothing() -> Form:
    content = "Kils kommun 2024\n\nAvfall\t2023\t2024\nRestavfall\t150\t140\nMatavfall\t40\t45\n"
    asked = ("unit.restavfall", "unit.matavfall")
    return Form("avfall.txt", text(content), (), questions=3, open=asked)


def quarters_from_the_first() -> Form:
    content = (
        "Kils kommun 2023, antal avvikelser\n\nTyp\tKv 1\tKv 1–2\tKv 1–3\nLäkemedel\t5\t9\t14\n\n"
        "1) Åtgärdas juli–december 2024\n"
    )
    periods = ("2023-01/2023-03", "2023-01/2023-06", "2023-01/2023-09")
    return Form("kvartal-i-rad.txt", text(content), tuple(grid(periods, "count", (5, 9, 14))))


def money_in_thousands_by_the_title() -> Form:
    content = (
        "Kils kommun\n\nKöpeskilling, tusentals kronor\n\nÅr\tSmåhus\n2023\t4120\n2024\t4310\n"
    )
    figures = grid(YEARS, "MSEK", (4.12, 4.31))
    return Form("kopeskilling.txt", text(content), tuple(figures), questions=2)


def counts_in_thousands_by_their_headers() -> Form:
    content = "Kils kommun\n\nÅr\tAntal lån (tusental)\n2023\t120,5\n2024\t131\n"
    figures = grid(YEARS, "count", (120_500, 131_000))
    return Form("lan.txt", text(content), tuple(figures), questions=2)


def counts_in_thousands_by_their_title() -> Form:
    content = (
        "Kils kommun\n\nBiblioteken, i tusental\n\nÅr\tAntal besök\tAntal lån\n"
        "2023\t88,1\t120,5\n2024\t90,4\t131,2\n"
    )
    asked = ("unit.antal-besok", "unit.antal-lan")
    return Form("besok.txt", text(content), (), questions=4, open=asked)


def counts_in_thousands_by_their_corner() -> Form:
    content = "Kils kommun\n\nBiblioteken (tusental)\t2023\t2024\nAntal besök\t88\t95\n"
    return Form("horn.txt", text(content), (), questions=3, open=("unit.antal-besok-3",))


def women_and_men_by_letters() -> Form:
    content = (
        "Kils kommun\n\nMått\t2023 Kv\t2023 M\t2024 Kv\t2024 M\n"
        "Sjukfrånvaro (%)\t8,1\t4,2\t8,4\t4,0\n"
    )
    figures = [
        *grid(YEARS, "percent", (8.1, 8.4), sex="F"),
        *grid(YEARS, "percent", (4.2, 4), sex="M"),
    ]
    return Form("konens-bokstaver.txt", text(content), tuple(figures), questions=2)


GOVERNED_FORMS = (
    women_and_men_by_letters(),
    money_in_thousands_by_the_title(),
    counts_in_thousands_by_their_headers(),
    counts_in_thousands_by_their_title(),
    counts_in_thousands_by_their_corner(),
    quarters_from_the_first(),
    sexes_in_sheets(),
    plans_among_rows(),
    forecasts_by_their_title(),
    changes_by_their_title(),
    parts_of_the_year_among_rows(),
    years_of_notes(),
    plans_of_notes(),
    places_in_an_order(),
    means_beside_years(),
    counties_of_their_sheets(),
    parts_with_the_years_of_their_wholes(),
    money_beside_counts(),
    numbers_of_nothing(),
)
