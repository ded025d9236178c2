"""Forms whose words look like something else, as a question like a code."""

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


def questions_that_begin_with_the_municipality() -> Form:
    rows: Rows = [
        ["Öppna jämförelser 2025, våld i nära relationer"],
        [],
        ["Kommunkod", "Kommun", "Län", "Kommunen har aktuell rutin", "Kommunen har eget boende"],
        ["0184", "Solna", "Stockholms län", 1, 0],
        ["1440", "Ale", "Västra Götalands län", 1, 1],
        ["1715", "Kil", "Värmlands län", 0, 1],
    ]
    legend: Rows = [["1 = Ja, 0 = Nej"], ["Socialstyrelsen 2025-09-15"]]
    figures = [
        Figure(geo, "2025", "answer", answer)
        for geo, answers in ((SOLNA, ("JA", "NEJ")), (ALE, ("JA", "JA")), (KIL, ("NEJ", "JA")))
        for answer in answers
    ]
    book = workbook({"Info": legend, "Data": rows})
    return Form("fragor-om-kommunen.xlsx", book, tuple(figures), None, questions=0)


def a_month_is_no_part_of_the_year() -> Form:
    months = [[name, 30 + n] for n, name in enumerate(("januari", "februari", "mars"))]
    rows: Rows = [["Antal placeringar per månad 2024"], ["Månad", "Antal"], *months]
    figures = [Figure(KIL, f"2024-0{n + 1}", "count", 30 + n) for n in range(3)]
    return Form("per-manad.xlsx", workbook({"Placeringar": rows}), tuple(figures))


def a_year_in_the_corner() -> Form:
    content = "Insats 2024;Antal\nKontaktperson;17\nFamiljehem;<5\nJourhem;−\n"
    figures = [Figure(KIL, "2024", "count", value) for value in (17, "", "")]
    return Form("ar-i-hornet.csv", text(content), tuple(figures), questions=3)


def days_of_a_rate() -> Form:
    content = "Region;Kön;År;Sjukpenningtal, dagar\nAle;Kvinnor;2024;7,1\nRiket;Kvinnor;2024;9\n"
    figures = [
        Figure(geo, "2024", "days", value, sex="F") for geo, value in ((ALE, 7.1), (COUNTRY, 9))
    ]
    return Form("dagar.csv", text(content), tuple(figures), None, questions=2)


def two_forecasts_of_a_year() -> Form:
    content = (
        "Uppföljning 2025\n\nPrognoser, mkr\nNämnd\tBudget 2025\tPrognos mars\tPrognos augusti\n"
        "Socialnämnden\t149,0\t150,1\t151,2\n"
    )
    figures = [
        Figure(KIL, "2025", "MSEK", 149, "budget"),
        Figure(KIL, "2025", "MSEK", 150.1, "forecast"),
        Figure(KIL, "2025", "MSEK", 151.2, "forecast"),
    ]
    return Form("tva-prognoser.txt", text(content), tuple(figures), questions=3)


def two_scales_in_a_title() -> Form:
    content = (
        "Kostnader 2024, tkr och kr per invånare\n\nPost\t2023\t2024\nHemtjänst\t1250\t1300\n"
        "Boende\t2250\t2300\n"
    )
    open_ = ("unit.hemtjanst", "unit.boende")
    return Form("tkr-och-kr.txt", text(content), (), questions=3, open=open_)


def a_source_is_no_title() -> Form:
    content = (
        "Bokslut 2024\n\nAntal placeringar\nÅlder\t2023\t2024\n0–12\t10\t12\n\nKälla: Treserva\n"
        "Insats\t2023\t2024\nRådgivning, antal\t5\t6\n"
    )
    figures = [*grid(("2023", "2024"), "count", (10, 12)), *grid(("2023", "2024"), "count", (5, 6))]
    return Form("kalla.txt", text(content), tuple(figures))


def a_header_that_a_blank_row_sets_apart() -> Form:
    rows: Rows = [
        ["Tabell 4 Antal anställda efter kön och kommun, november 2019"],
        [],
        ["Kommun", "Antal", "andel", "", "Medelålder", "", "", "i åldrarna, %"],
        [],
        ["", "", "kvinnor, %", "", "kvinnor", "män", "", "-29", "30-39", "40-49", "50-"],
        ["Kil", 320, 78.5, "", 45.25, 44.75, "", 21.5, 20.5, 21, 37],
        ["Arvika", 910, 81.25, "", 46.5, 47.25, "", 18.25, 20, 20.5, 41.25],
    ]
    units = ("count", "percent", "years", "years", *["percent"] * 4)
    sexes = ("_T", "F", "F", "M", *["_T"] * 4)
    figures = [
        Figure(geo, "2019-11", unit, value, sex=sex)
        for geo, values in (
            (KIL, (320, 78.5, 45.25, 44.75, 21.5, 20.5, 21, 37)),
            ("1784", (910, 81.25, 46.5, 47.25, 18.25, 20, 20.5, 41.25)),
        )
        for unit, value, sex in zip(units, values, sexes, strict=True)
    ]
    return Form("delad-rubrik.xlsx", workbook({"Tabell 4": rows}), tuple(figures))


def a_title_that_counts_is_no_unit_of_means() -> Form:
    content = (
        "Antal anställda efter kön, 2019\n\nKommun\tkvinnor\tmän\n"
        "Kil\t45,25\t44,75\nArvika\t46,5\t47,25\n"
    )
    open_ = ("unit.antal-anstallda-efter-kon",)
    return Form("medelalder.txt", text(content), (), questions=2, open=open_)


def days_in_an_order_that_is_not_told() -> Form:
    content = (
        "Statistikdatum;Antal besök;Antal samtal\n02-04-20;15;21\n02-05-20;14;22\n09-21-21;18;24\n"
    )
    return Form(
        "dagar.csv", text(content), (), questions=3, open=("table.tabell-1", "reporting-period")
    )


MISTAKEN_FORMS = tuple(
    form()
    for form in (
        questions_that_begin_with_the_municipality,
        a_month_is_no_part_of_the_year,
        a_year_in_the_corner,
        days_of_a_rate,
        two_forecasts_of_a_year,
        two_scales_in_a_title,
        a_source_is_no_title,
        a_header_that_a_blank_row_sets_apart,
        a_title_that_counts_is_no_unit_of_means,
        days_in_an_order_that_is_not_told,
    )
)
