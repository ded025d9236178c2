"""Forms of workbooks whose cells show more than their headers say: units, months, fractions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import xlsxwriter

from tests.unit.authoring.forms import (
    ARVIKA,
    COUNTRY,
    KIL,
    Figure,
    Form,
    Rows,
    grid,
    text,
    workbook,
)

MONEY, KRONOR, SHARE = '#,##0" tkr"', '#,##0" kr"', "0.0%"
MONTHS = ("2024-01", "2024-02", "2024-03")


def formatted(rows: Rows) -> Callable[[Path], None]:
    """A workbook of one sheet; a cell may be a pair of its value and its number format."""

    def write(path: Path) -> None:
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("Blad1")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                value, how = cell if isinstance(cell, tuple) else (cell, None)
                look = book.add_format({"num_format": how}) if how else None
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, look)
                elif value not in {"", None}:
                    sheet.write(number, column, value, look)
        book.close()

    return write


def units_behind_the_figures() -> Form:
    days = [(date(2024, month, 1), "mmm-yy") for month in (1, 2, 3)]
    rows: Rows = [
        ["Månadsuppföljning nämnden"],
        ["Verksamhet", *days],
        ["Placeringar", (1210, MONEY), (1220, MONEY), (1230, MONEY)],
        ["Öppenvård", (310, MONEY), (0, MONEY), (330, MONEY)],
    ]
    figures = [
        *grid(MONTHS, "MSEK", (1.21, 1.22, 1.23)),
        *grid(MONTHS, "MSEK", (0.31, 0, 0.33)),
    ]
    return Form("enheter.xlsx", formatted(rows), tuple(figures), questions=2)


def units_behind_the_figures_of_rows() -> Form:
    rows: Rows = [
        ["Nyckeltal"],
        ["Område", 2022, 2023],
        ["Förskola", (1210, MONEY), (1220, MONEY)],
        ["Tomma lokaler", (41, '0" st"'), (39, '0" st"')],
        ["Tid till plats", (21, '0" dagar"'), (19, '0" dagar"')],
    ]
    years = ("2022", "2023")
    figures = [
        *grid(years, "MSEK", (1.21, 1.22)),
        *grid(years, "count", (41, 39)),
        *grid(years, "days", (21, 19)),
    ]
    return Form("radernas.xlsx", formatted(rows), tuple(figures), questions=2)


def units_behind_the_figures_of_places() -> Form:
    rows: Rows = [
        ["Jämförelse 2023"],
        ["Kommun", "Taxa", "Andel nöjda"],
        ["Kil", (2350, KRONOR), (0.615, SHARE)],
        ["Arvika", (2410, KRONOR), (0.702, SHARE)],
        ["Riket", (2500, KRONOR), (0.655, SHARE)],
    ]
    figures = [
        figure
        for geo, fee, share in ((KIL, 2350, 61.5), (ARVIKA, 2410, 70.2), (COUNTRY, 2500, 65.5))
        for figure in (
            Figure(geo, "2023", "SEK", fee),
            Figure(geo, "2023", "percent", share),
        )
    ]
    return Form("taxor.xlsx", formatted(rows), tuple(figures))


def units_that_contradict_their_header() -> Form:
    rows: Rows = [
        ["Jämförelse 2023"],
        ["Kommun", "Kostnad, mkr"],
        ["Kil", (2350, MONEY)],
        ["Arvika", (2410, MONEY)],
    ]
    return Form("olika.xlsx", formatted(rows), (), questions=2, open=("unit.kostnad-mkr",))


def fractions_under_a_title_of_shares() -> Form:
    rows: Rows = [
        ["Andel behöriga lärare per skolform"],
        ["Skolform", 2022, 2023],
        ["Förskola", 0.415, 0.425],
        ["Grundskola", 0.735, 0.745],
    ]
    figures = [
        *grid(("2022", "2023"), "percent", (41.5, 42.5)),
        *grid(("2022", "2023"), "percent", (73.5, 74.5)),
    ]
    return Form("andelar.xlsx", workbook({"Blad1": rows}), tuple(figures), questions=3)


def a_month_on_a_line_of_its_own() -> Form:
    rows: Rows = [
        ["Arbetslösa som andel (%) av arbetskraften"],
        ["Månad: augusti 2024"],
        [],
        ["Kommun", "Kvinnor", "Män"],
        ["Kil", 5.1, 5.2],
        ["Arvika", 6.1, 6.2],
    ]
    figures = [
        Figure(geo, "2024-08", "percent", value, sex=sex)
        for geo, values in ((KIL, (5.1, 5.2)), (ARVIKA, (6.1, 6.2)))
        for sex, value in zip("FM", values, strict=True)
    ]
    return Form("arbetslosa.xlsx", workbook({"Blad1": rows}), tuple(figures))


def a_cube_of_two_units() -> Form:
    content = (
        'CHARSET="ANSI";\nLANGUAGE="sv";\nTITLE="Bostäder efter region, innehåll och år";\n'
        'CONTVARIABLE="innehåll";\nUNITS("Lediga lägenheter")="antal";\n'
        'UNITS("Genomsnittlig hyra")="kronor";\nSTUB="region","innehåll";\nHEADING="år";\n'
        'VALUES("region")="1715 Kil","1784 Arvika";\n'
        'VALUES("innehåll")="Lediga lägenheter","Genomsnittlig hyra";\n'
        'VALUES("år")="2022","2023";\nDATA=\n12 14\n7400 7650\n33 ".."\n7100 7300;\n'
    )
    years = ("2022", "2023")
    figures = [
        *grid(years, "count", (12, 14)),
        *grid(years, "SEK", (7400, 7650)),
        *grid(years, "count", (33, ""), ARVIKA),
        *grid(years, "SEK", (7100, 7300), ARVIKA),
    ]
    return Form("bostader.px", text(content, "cp1252"), tuple(figures), questions=2)


def months_over_plan_and_outcome() -> Form:
    rows: Rows = [
        ["Uppföljning 2024, tkr"],
        ["", "Jan", "Jan", "Jan", "Feb", "Feb", "Feb", "Mar", "Mar", "Mar"],
        ["Konto", *["Utfall", "Budget", "Avvikelse"] * 3],
        ["Löner", 521, 530, 9, 522, 531, 9, 519, 530, 11],
        ["Hyror", 128, 137, 9, 129, 138, 9, 131, 137, 6],
    ]
    figures = [
        Figure(KIL, month, "MSEK", value / 1000, scenario)
        for row in rows[3:]
        for month, three in zip(MONTHS, (row[1:4], row[4:7], row[7:]), strict=True)
        for scenario, value in zip(("outcome", "budget", "deviation"), three, strict=True)
    ]
    return Form("per-manad.xlsx", workbook({"Blad1": rows}), tuple(figures), questions=10)


def months_counted_from_january() -> Form:
    rows: Rows = [
        ["Uppföljning 2024, tkr"],
        ["Konto", "Jan utfall", "Feb utfall", "Mar utfall"],
        ["Löner", 521, 1043, 1562],
        ["Hyror", 128, 257, 388],
    ]
    periods = ("2024-01", "2024-01/2024-02", "2024-01/2024-03")
    figures = [
        *grid(periods, "MSEK", (0.521, 1.043, 1.562)),
        *grid(periods, "MSEK", (0.128, 0.257, 0.388)),
    ]
    return Form("ack.xlsx", workbook({"Blad1": rows}), tuple(figures), questions=4)


def a_period_on_a_line_of_its_own() -> Form:
    rows: Rows = [
        ["Nyckeltalsrapport nämnden"],
        ["Period: 2024-08"],
        ["Nyckeltal", "Utfall 2023", "Mål 2024", "Utfall 2024"],
        ["Andel i arbete, %", 41, 45, 43],
        ["Andel i studier, %", 31, 35, 33],
    ]
    figures = [Figure(KIL, "2024", "percent", goal, "target") for goal in (45, 35)]
    open_ = ("period.utfall-2023", "period.utfall-2024")
    return Form("period.xlsx", workbook({"R": rows}), tuple(figures), questions=4, open=open_)


def a_row_without_a_unit_beside_amounts() -> Form:
    rows: Rows = [
        ["Nyckeltal förskola"],
        ["Nyckeltal", "2022 utfall", "2023 budget"],
        ["Nettokostnad, tkr", 110, 111],
        ["Andel inskrivna, %", 83, 84],
        ["Barn per avdelning", 15.5, 15.7],
    ]
    figures = [
        Figure(KIL, "2022", "MSEK", 0.11),
        Figure(KIL, "2023", "MSEK", 0.111, "budget"),
        Figure(KIL, "2022", "percent", 83),
        Figure(KIL, "2023", "percent", 84, "budget"),
    ]
    return Form(
        "utan-enhet.xlsx",
        workbook({"Blad1": rows}),
        tuple(figures),
        questions=3,
        open=("unit.barn-per-avdelning",),
    )


def money_for_each_place_in_a_title() -> Form:
    rows: Rows = [
        ["Kostnad per plats 2023 (kr)"],
        ["Verksamhet", "Kil", "Arvika", "Riket"],
        ["Fritidshem", 43000, 43500, 44500],
        ["Förskola", 144000, 143500, 151000],
    ]
    figures = [
        Figure(geo, "2023", "SEK_per_unit", value)
        for values in ((43000, 43500, 44500), (144000, 143500, 151000))
        for geo, value in zip((KIL, ARVIKA, COUNTRY), values, strict=True)
    ]
    return Form("per-plats.xlsx", workbook({"Blad1": rows}), tuple(figures))


def a_raised_mark_behind_a_year() -> Form:
    rows: Rows = [
        ["Antal brukare"],
        ["Insats", "2022", "2023¹⁾"],
        ["Hemtjänst", 312, 322],
        ["Dagverksamhet", 132, 142],
        [],
        ["1) Preliminära uppgifter"],
    ]
    years = ("2022", "2023")
    figures = [*grid(years, "count", (312, 322)), *grid(years, "count", (132, 142))]
    return Form("upphojd.xlsx", workbook({"Blad1": rows}), tuple(figures), questions=2)


def months_in_six_digits() -> Form:
    rows: Rows = [
        ["Period", "Kommun", "Kön", "Antal pågående sjukfall"],
        [202401, "1715 Kil", "Kvinnor", 201],
        [202401, "1715 Kil", "Män", 101],
        [202402, "1715 Kil", "Kvinnor", 203],
        [202402, "1715 Kil", "Män", 103],
    ]
    figures = [
        Figure(KIL, f"2024-{row[0] % 100:02d}", "count", row[3], sex=row[2][0].replace("K", "F"))
        for row in rows[1:]
    ]
    return Form("sex-siffror.xlsx", workbook({"Data": rows}), tuple(figures), questions=2)


SHOWN_FORMS = (
    a_row_without_a_unit_beside_amounts(),
    money_for_each_place_in_a_title(),
    a_raised_mark_behind_a_year(),
    months_in_six_digits(),
    months_over_plan_and_outcome(),
    months_counted_from_january(),
    a_period_on_a_line_of_its_own(),
    a_cube_of_two_units(),
    units_behind_the_figures(),
    units_behind_the_figures_of_rows(),
    units_behind_the_figures_of_places(),
    units_that_contradict_their_header(),
    fractions_under_a_title_of_shares(),
    a_month_on_a_line_of_its_own(),
)
