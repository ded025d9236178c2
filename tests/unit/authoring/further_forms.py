"""Further forms of files: places and keys printed once, units per column, sums, coded periods."""

from __future__ import annotations

from tests.unit.authoring.forms import (
    ALE,
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
from tests.unit.authoring.reports import MONTHS

ARVIKA, VARMLAND = "1784", "17"


def nobodys_table() -> Form:
    content = "Kommun;Kommunkod;Antal 2023\nKil;1715;5\nArvika;1784;8\nVärmlands län;17;40\n"
    figures = [Figure(g, "2023", "count", v) for g, v in ((KIL, 5), (ARVIKA, 8), (VARMLAND, 40))]
    return Form("platser.csv", text(content), tuple(figures), None, questions=2)


def place_printed_once() -> Form:
    rows: Rows = [
        ["Folkmängd efter region, kön och år"],
        [],
        ["", "", "2022", "2023"],
        ["1715 Kil", "män", 6000, 6001],
        ["", "kvinnor", 5900, 5901],
        ["1784 Arvika", "män", 13000, 13001],
        ["", "kvinnor", 12900, 12901],
        [],
        ["Källa:"],
        ["SCB"],
    ]
    figures = [
        figure
        for geo, sex, values in (
            (KIL, "M", (6000, 6001)),
            (KIL, "F", (5900, 5901)),
            (ARVIKA, "M", (13000, 13001)),
            (ARVIKA, "F", (12900, 12901)),
        )
        for figure in grid(("2022", "2023"), "persons", values, geo, sex=sex)
    ]
    return Form("en-gang.xlsx", workbook({"Blad1": rows}), tuple(figures), None, questions=2)


def units_by_column() -> Form:
    content = (
        "Anmälda brott i Kils kommun\n\nBrottstyp\t2022\t\t2023\t\n\tAntal\t/100 000 inv\tAntal\t"
        "/100 000 inv\nMisshandel\t12\t101\t15\t120\nStöld\t30\t251\t28\t230\n"
    )
    figures = [
        figure
        for counts, rates in (((12, 15), (101, 120)), ((30, 28), (251, 230)))
        for figure in (
            *grid(("2022", "2023"), "count", counts),
            *grid(("2022", "2023"), "per_100000", rates),
        )
    ]
    return Form("per-invanare.txt", text(content), tuple(figures), questions=2)


def months_by_number() -> Form:
    content = (
        "Arbetslöshet, andel (%)\n\nKommun;2023-09;2023-10;2023M11\nKil;5,1;5;4,9\nAle;4;4;4\n"
    )
    months = ("2023-09", "2023-10", "2023-11")
    figures = [*grid(months, "percent", (5.1, 5, 4.9)), *grid(months, "percent", (4, 4, 4), ALE)]
    return Form("manader.csv", text(content), tuple(figures), None, questions=2)


def sum_of_rows() -> Form:
    content = (
        "Kils kommun 2023\n\nAnställda\t2022\t2023\nSocialförvaltningen\t120\t125\n"
        "Teknik\t30\t31\nSumma\t150\t156\n"
    )
    figures = [
        figure
        for values in ((120, 125), (30, 31), (150, 156))
        for figure in grid(("2022", "2023"), "count", values)
    ]
    return Form("summarad.txt", text(content), tuple(figures))


def money_by_its_title() -> Form:
    content = "Kils kommun\n\nNettokostnader 2023\n\nVerksamhet\tUtfall\nHemtjänst\t45\nLSS\t33\n"
    return Form(
        "kostnader.txt", text(content), (), questions=3, open=("unit.hemtjanst", "unit.lss")
    )


def small_shares() -> Form:
    content = "Kommun;Andel barn i familjehem 2023\nKil;0,4\nArvika;0,5\nRiket;0,6\n"
    asked = ("unit.andel.andel-barn-i-familjehem-2023",)
    return Form("sma-andelar.csv", text(content), (), None, questions=3, open=asked)


def national_beside_own() -> Form:
    content = (
        "Verksamhetsberättelse 2023, Ale kommun\n\nNyckeltal\tUtfall 2023\tRiket 2023\n"
        "Antal placerade\t12\t20\n"
    )
    figures = (Figure(ALE, "2023", "count", 12), Figure(COUNTRY, "2023", "count", 20))
    return Form("riket.txt", text(content), figures, None)


def counties_by_short_name() -> Form:
    content = "Unga med insats\n\nLän;Antal 2023\nUppsala;5\nSkåne;8\nHela riket;40\n"
    figures = [Figure(g, "2023", "count", v) for g, v in (("03", 5), ("12", 8), (COUNTRY, 40))]
    return Form("lan.csv", text(content), tuple(figures), None, questions=2)


def numbered_notes() -> Form:
    content = (
        "Kils kommun\n\nResultaträkning (mkr)\n\n\tNot\t2023\t2022\nIntäkter\t1\t20,5\t18,5\n"
        "Kostnader\t2\t-30,5\t-29\n"
    )
    figures = [
        *grid(("2023", "2022"), "MSEK", (20.5, 18.5)),
        *grid(("2023", "2022"), "MSEK", (-30.5, -29)),
    ]
    return Form("noter.txt", text(content), tuple(figures), questions=2)


def growth() -> Form:
    content = (
        "Kommun;Antal 2022;Antal 2023;Förändring;Förändring %\nKil;100;110;10;10,0\n"
        "Arvika;200;190;-10;-5,0\n"
    )
    figures = [
        figure
        for geo, before, after, change, grown in (
            (KIL, 100, 110, 10, 10),
            (ARVIKA, 200, 190, -10, -5),
        )
        for figure in (
            *grid(("2022", "2023"), "count", (before, after), geo),
            Figure(geo, "2023", "count", change, "change"),
            Figure(geo, "2023", "percent", grown, "change"),
        )
    ]
    return Form("forandring.csv", text(content), tuple(figures), None, questions=2)


def tertials_down() -> Form:
    content = "Kommun;Mått;Enhet;Period;Värde\n" + "".join(
        f"{name};{measure};{unit};{period};{value}\n"
        for name in ("Kil", "Arvika")
        for measure, unit, value in (("Väntetid", "dagar", 12), ("Nettokostnad", "tkr", 5500))
        for period in ("2023-T1", "2023-T2")
    )
    figures = [
        Figure(geo, period, unit, value)
        for geo in (KIL, ARVIKA)
        for unit, value in (("days", 12), ("MSEK", 5.5))
        for period in ("2023-01/2023-04", "2023-05/2023-08")
    ]
    return Form("tertial.csv", text(content), tuple(figures), None, questions=2)


def one_place_in_all_rows() -> Form:
    rows: Rows = [
        ["Kolada nyckeltal"],
        ["", "", "", "2022", "2023"],
        ["Unga med bistånd, andel (%)", "Ale", "Kvinnor", "2.1", "2.3"],
        ["Unga med bistånd, andel (%)", "Ale", "Män", "2.4", "2.6"],
        ["Unga med bistånd, andel (%)", "Alla kommuner (ovägt medel)", "Män", "3.4", "3.6"],
    ]
    figures = [
        *grid(("2022", "2023"), "percent", (2.1, 2.3), ALE, sex="F"),
        *grid(("2022", "2023"), "percent", (2.4, 2.6), ALE, sex="M"),
        *grid(("2022", "2023"), "percent", (3.4, 3.6), "G-00-alla-kommuner-ovagt-medel", sex="M"),
    ]
    return Form("en-plats.xlsx", workbook({"Kolada": rows}), tuple(figures), None, questions=2)


def answers_by_row() -> Form:
    content = "Kommun;Fråga;Svar 2024\nKil;Har plan?;Ja\nKil;Har rutin?;Delvis\nAle;Har plan?;Nej\n"
    figures = [
        Figure(geo, "2024", "answer", answer)
        for geo, answer in ((KIL, "JA"), (KIL, "DELVIS"), (ALE, "NEJ"))
    ]
    return Form("svar.csv", text(content), tuple(figures), None, questions=2)


def rolling_months() -> Form:
    content = "Kils kommun\n\nMått\tSept 2023–aug 2024\tSept 2022–aug 2023\nHushåll\t65\t69\n"
    figures = grid(("2023-09/2024-08", "2022-09/2023-08"), "households", (65, 69))
    return Form("tolv-manader.txt", text(content), tuple(figures), questions=2)


def years_in_sheets() -> Form:
    sheets: dict[str, Rows] = {
        year: [["Antal placerade"], [], ["Kommun", "Flickor", "Pojkar"], ["Kil", 5, 6]]
        for year in ("2022", "2023")
    }
    figures = [
        Figure(KIL, year, "count", value, sex=sex)
        for year in ("2022", "2023")
        for sex, value in (("F", 5), ("M", 6))
    ]
    return Form("ar-i-blad.xlsx", workbook(sheets), tuple(figures), None, questions=2)


def months_and_their_sum() -> Form:
    months = "\n".join(f"{month}\t{number}" for number, month in enumerate(MONTHS, start=1))
    content = f"Kils kommun 2023\n\nBistånd\n\nMånad\tAntal hushåll\n{months}\nTotalt\t78\n"
    periods = (*(f"2023-{month:02}" for month in range(1, 13)), "2023")
    figures = grid(periods, "households", (*range(1, 13), 78))
    return Form("manader-summa.txt", text(content), tuple(figures))


def months_with_their_years() -> Form:
    content = (
        "Kils kommun, årsrapport 2024\n\nBistånd\n\nMånad\tAntal hushåll\tUtbetalt, mkr\n"
        "november 2023\t5\t1\ndec 2023\t6\t2\njan-24\t7\t3\n"
    )
    periods = ("2023-11", "2023-12", "2024-01")
    figures = [*grid(periods, "households", (5, 6, 7)), *grid(periods, "MSEK", (1, 2, 3))]
    return Form("manad-och-ar.txt", text(content), tuple(figures))


def months_as_excel_shows_them() -> Form:
    rows: Rows = [
        ["Bistånd, Kils kommun"],
        [],
        ["Mätning", "nov-23", "dec-23", "jan-24"],
        ["Antal hushåll", 5, 6, 7],
    ]
    figures = grid(("2023-11", "2023-12", "2024-01"), "households", (5, 6, 7))
    return Form("manader-som-datum.xlsx", workbook({"Blad1": rows}), tuple(figures), questions=2)


def means_of_municipalities() -> Form:
    content = (
        "Väntetid i dagar\n\nKommun\t2023\t2024\nKil\t9\t8\nArvika\t7\t6\n"
        "Oviktat medel, länet\t8\t7\nKommunerna i länet\t8\t7\nRiket\t5\t4\n"
    )
    figures = [
        figure
        for geo, values in (
            (KIL, (9, 8)),
            (ARVIKA, (7, 6)),
            (COUNTRY, (5, 4)),
            ("G-prov-oviktat-medel-lanet", (8, 7)),
            ("G-prov-kommunerna-i-lanet", (8, 7)),
        )
        for figure in grid(("2023", "2024"), "days", values, geo)
    ]
    return Form("medel.txt", text(content), tuple(figures), None, questions=2)


def few_persons() -> Form:
    content = "Placerade 2024\n\nKommun\tAntal personer\nKil\t1–4\nAle\t12\nArvika\t8\nSolna\t31\n"
    read = ((KIL, ""), (ALE, 12), (ARVIKA, 8), (SOLNA, 31))
    figures = [Figure(geo, "2024", "persons", value) for geo, value in read]
    return Form("fa.txt", text(content), tuple(figures), None, questions=2)


def months_without_a_header() -> Form:
    content = "Kils kommun 2023\n\nBistånd\n\nHushåll\tAntal\njan\t5\nfeb\t6\nmars\t11\n"
    asked = ("table.bistand-5",)
    return Form("manader-rader.txt", text(content), (), questions=2, open=asked)


def difference_of_years() -> Form:
    content = (
        "Kils kommun\n\nVolymer\n\nMått\t2022\t2023\tDiff 22/23\nAntal ärenden\t9\t11\t2\n"
        "Antal beslut\t8\t5\t-3\n"
    )
    figures = (
        *grid(("2022", "2023"), "count", (9, 11)),
        *grid(("2022", "2023"), "count", (8, 5)),
        Figure(KIL, "2023", "count", 2, "change"),
        Figure(KIL, "2023", "count", -3, "change"),
    )
    return Form("diff.txt", text(content), figures, questions=2)


def a_day_in_the_title() -> Form:
    content = (
        "Folkmängd i län och kommuner 31 december 2023\n\n;Folkmängd;Levande födda\n"
        "Kil;12000;120\nHela riket;10500000;100000\n"
    )
    figures = [
        Figure(geo, period, "persons", value)
        for geo, people, born in ((KIL, 12000, 120), (COUNTRY, 10500000, 100000))
        for period, value in (("2023-12-31", people), ("2023", born))
    ]
    return Form("dag-i-titeln.csv", text(content), tuple(figures), None)


def own_beside_the_country() -> Form:
    content = "Nyckeltal\n\nNyckeltal\tUtfall 2020\tRiket 2019\nKostnad, kr/inv\t4 353\t4 582\n"
    figures = (
        Figure(ALE, "2020", "SEK_per_inhabitant", 4353),
        Figure(COUNTRY, "2019", "SEK_per_inhabitant", 4582),
    )
    return Form("egna.txt", text(content), figures, ALE, questions=2)


def an_agency_about_the_municipality_that_is_named() -> Form:
    content = "Källa: Socialstyrelsen\n\nVolymer\n\nMått\t2022\t2023\nAntal ärenden\t5\t6\n"
    return Form(
        "vems.txt",
        text(content),
        tuple(grid(("2022", "2023"), "count", (5, 6), ALE)),
        ALE,
        questions=2,
    )


FURTHER_FORMS = tuple(
    form()
    for form in (
        nobodys_table,
        place_printed_once,
        units_by_column,
        months_by_number,
        sum_of_rows,
        money_by_its_title,
        small_shares,
        national_beside_own,
        counties_by_short_name,
        numbered_notes,
        growth,
        tertials_down,
        a_day_in_the_title,
        own_beside_the_country,
        an_agency_about_the_municipality_that_is_named,
        months_and_their_sum,
        months_with_their_years,
        months_as_excel_shows_them,
        means_of_municipalities,
        few_persons,
        months_without_a_header,
        difference_of_years,
        one_place_in_all_rows,
        answers_by_row,
        rolling_months,
        years_in_sheets,
    )
)
