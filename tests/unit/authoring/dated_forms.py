"""Forms whose headers and titles name days, terms and years in few digits, and rows of places."""

from __future__ import annotations

from tests.unit.authoring.forms import (
    ALE,
    COUNTRY,
    KIL,
    Figure,
    Form,
    Rows,
    grid,
    text,
    workbook,
)

TO_AUGUST = "2025-01/2025-08"


def people_on_a_day() -> Form:
    content = (
        "Bokslut 2024\n\nAntal tillsvidareanställda 1 november 2024\n"
        "Förvaltning\tKvinnor\tMän\tTotalt\nSkola\t200\t50\t250\nTeknik\t20\t60\t80\n"
    )
    figures = [
        Figure(KIL, "2024-11-01", "count", value, sex=sex)
        for row in ((200, 50, 250), (20, 60, 80))
        for sex, value in zip(("F", "M", "_T"), row, strict=True)
    ]
    return Form("anstallda-en-dag.txt", text(content), tuple(figures))


def a_queue_on_two_days() -> Form:
    rows: Rows = [
        ["Kil, bostadskö"],
        [],
        ["Köande", "per 2023-12-31", "per 2024-12-31"],
        ["Antal i kö", 210, 190],
        ["Antal med förtur", 12, 15],
    ]
    days = ("2023-12-31", "2024-12-31")
    figures = [*grid(days, "count", (210, 190)), *grid(days, "count", (12, 15))]
    return Form("ko.xlsx", workbook({"Kö": rows}), tuple(figures), questions=2)


def what_may_be_of_a_day() -> Form:
    content = "Kil\n\nNyckeltal 2024-12-31\nMått\tVärde\nAndel hållbara beslut, %\t71\n"
    return Form("kan-vara-en-dag.txt", text(content), (), open=("period.nyckeltal-2024-12-31",))


def a_month_in_four_digits() -> Form:
    rows: Rows = [
        ["Kil, uppföljning augusti 2025"],
        ["Belopp i tkr"],
        ["Verksamhet", "Utfall 2508", "Utfall 2408", "Budget 2512"],
        ["Förskola", 5100, 5000, 7600],
        ["Fritids", 2100, 2050, 3100],
    ]
    figures = [
        Figure(KIL, period, "MSEK", value / 1000, scenario)
        for row in ((5100, 5000, 7600), (2100, 2050, 3100))
        for period, scenario, value in zip(
            (TO_AUGUST, "2024-01/2024-08", "2025"),
            ("outcome", "outcome", "budget"),
            row,
            strict=True,
        )
    ]
    return Form("fyra-siffror.xlsx", workbook({"U": rows}), tuple(figures), questions=4)


def months_that_may_be_alone() -> Form:
    content = "Kil, tkr\n\nPost;Utfall 2507;Utfall 2508\nDrift;10;12\nRäntor;1;2\n"
    open_ = ("reporting-period", "period.utfall-2025-07", "period.utfall-2025-08")
    return Form("tva-manader.csv", text(content), (), questions=4, open=open_)


def years_in_two_digits() -> Form:
    content = "Kil, tkr\n\nNämnd;Bokslut 23;Budget 24\nTeknik;10;12\nKultur;1;2\n"
    figures = [
        Figure(KIL, period, "MSEK", value / 1000, scenario)
        for row in ((10, 12), (1, 2))
        for period, scenario, value in zip(
            ("2023", "2024"), ("outcome", "budget"), row, strict=True
        )
    ]
    return Form("tva-siffror.csv", text(content), tuple(figures), questions=2)


def letters_for_scenarios() -> Form:
    content = "Kil, tkr\n\nNämnd;B 2024;U 2024\nTeknik;10;12\nKultur;1;2\n"
    figures = [
        Figure(KIL, "2024", "MSEK", value / 1000, scenario)
        for row in ((10, 12), (1, 2))
        for scenario, value in zip(("budget", "outcome"), row, strict=True)
    ]
    return Form("b-och-u.csv", text(content), tuple(figures), questions=4)


def terms_and_school_years() -> Form:
    rows: Rows = [
        ["Kil, elever i kulturskolan"],
        ["Ämne", "VT 2023", "HT 2023"],
        ["Piano", 40, 42],
        ["Dans", 60, 61],
    ]
    years: Rows = [
        ["Kil, simkunniga i åk 6, andel (%)"],
        ["Skola", "Läsår 22/23", "Läsår 23/24"],
        ["Norr", 90, 91],
        ["Söder", 95, 96],
    ]
    terms = ("2023-01/2023-06", "2023-07/2023-12")
    school = ("2022-07/2023-06", "2023-07/2024-06")
    figures = [
        *grid(terms, "count", (40, 42)),
        *grid(terms, "count", (60, 61)),
        *grid(school, "percent", (90, 91)),
        *grid(school, "percent", (95, 96)),
    ]
    book = workbook({"Kultur": rows, "Sim": years})
    return Form("terminer.xlsx", book, tuple(figures), questions=2)


def deviations_of_their_own_columns() -> Form:
    content = (
        "Kil delårsrapport jan–aug 2025, drift (mkr)\n\n"
        "Nämnd\tUtfall jan–aug 2025\tBudget jan–aug 2025\tAvvikelse\tPrognos helår 2025\t"
        "Budget helår 2025\tAvvikelse\n"
        "Teknik\t10,2\t11,0\t0,8\t15,9\t15,5\t-0,4\nKultur\t20,1\t19,0\t-1,1\t30,0\t30,7\t0,7\n"
    )
    meant = (
        *((TO_AUGUST, "outcome"), (TO_AUGUST, "budget"), (TO_AUGUST, "deviation")),
        *(("2025", "forecast"), ("2025", "budget"), ("2025", "deviation")),
    )
    figures = [
        Figure(KIL, period, "MSEK", value, scenario)
        for row in ((10.2, 11.0, 0.8, 15.9, 15.5, -0.4), (20.1, 19.0, -1.1, 30.0, 30.7, 0.7))
        for (period, scenario), value in zip(meant, row, strict=True)
    ]
    return Form("tva-avvikelser.txt", text(content), tuple(figures))


def the_country_among_schools() -> Form:
    rows: Rows = [
        ["Betyg i årskurs 9, 2024"],
        [],
        ["Enhet", "Antal elever", "Andel behöriga (%)", "Rank 2023"],
        ["Norrskolan", 90, 84.5, 2],
        ["Söderskolan", 70, 88.1, 1],
        ["Kils kommun", 160, 86.1, ""],
        ["Riket", 110000, 85.2, ""],
    ]
    figures = [
        Figure(geo, "2024", unit, value)
        for geo, row in (
            (KIL, (90, 84.5)),
            (KIL, (70, 88.1)),
            (KIL, (160, 86.1)),
            (COUNTRY, (110000, 85.2)),
        )
        for unit, value in zip(("count", "percent"), row, strict=True)
    ]
    return Form("skolor-och-riket.xlsx", workbook({"Betyg": rows}), tuple(figures))


def codes_behind_names() -> Form:
    content = "Kommun\tMedelinkomst 2023 (tkr)\nKil (1715)\t350,5\nAle (1440)\t361,5\n"
    figures = [
        Figure(geo, "2023", "MSEK", value / 1000) for geo, value in ((KIL, 350.5), (ALE, 361.5))
    ]
    return Form("kod-bakom.txt", text(content), tuple(figures), None, questions=2)


def two_tables_beside_each_other() -> Form:
    rows: Rows = [
        ["Kil 2024"],
        [],
        ["Skola", "Elever 2023", "Elever 2024", "", "Skola", "Elever 2023", "Elever 2024"],
        ["Norr", 1, 2, "", "Fri ett", 3, 4],
        ["Söder", 5, 6, "", "Fri två", 7, 8],
    ]
    years, values = ("2023", "2024"), ((1, 2), (5, 6), (3, 4), (7, 8))
    figures = [figure for both in values for figure in grid(years, "count", both)]
    return Form("bredvid.xlsx", workbook({"S": rows}), tuple(figures))


def units_of_their_own_rows() -> Form:
    content = (
        "Nyckeltal Kil\n\nMått;Enhet;2024\nKostnad per elev;kr;95000\nKostnad;tkr;812\n"
        "Medelålder;år;46,5\n"
    )
    figures = [
        Figure(KIL, "2024", "SEK_per_unit", 95000),
        Figure(KIL, "2024", "MSEK", 0.812),
        Figure(KIL, "2024", "years", 46.5),
    ]
    return Form("enhet-per-rad.csv", text(content), tuple(figures), questions=2)


def dwellings_on_a_day() -> Form:
    content = (
        "Antal lägenheter efter upplåtelseform 2023-12-31\n\nKommun;Hyresrätt;Bostadsrätt\n"
        "Kil;100;90\nAle;210;80\n"
    )
    figures = [
        Figure(geo, "2023-12-31", "count", value)
        for geo, row in ((KIL, (100, 90)), (ALE, (210, 80)))
        for value in row
    ]
    return Form("lagenheter.csv", text(content), tuple(figures), None)


def a_share_beside_pay_of_both_sexes() -> Form:
    content = (
        "Lönekartläggning 2024, Kil\n\nYrke;Medellön kvinnor (kr);Medellön män (kr);"
        "Kvinnors lön i % av mäns\nLärare;39 000;40 000;97,5\nUndersköterskor;33 000;33 000;100,0\n"
    )
    figures = [
        Figure(KIL, "2024", unit, value, sex=sex)
        for row in ((39000, 40000, 97.5), (33000, 33000, 100))
        for unit, sex, value in zip(("SEK", "SEK", "percent"), ("F", "M", "_T"), row, strict=True)
    ]
    return Form("loner.csv", text(content), tuple(figures), questions=1)


def a_deviation_in_percent() -> Form:
    content = (
        "Kil tertialrapport T2 2025 (mnkr)\n\nNämnd\tBudget 2025\tPrognos 2025\tAvvikelse\t"
        "Avvikelse %\tFärdigt år\nTeknik\t100,0\t104,0\t-4,0\t-4,0\t2026\n"
        "Kultur\t50,0\t49,0\t1,0\t2,0\t2027\n"
    )
    meant = (
        *(("MSEK", "budget"), ("MSEK", "forecast"), ("MSEK", "deviation")),
        ("percent", "deviation"),
    )
    figures = [
        Figure(KIL, "2025", unit, value, scenario)
        for row in ((100, 104, -4, -4), (50, 49, 1, 2))
        for (unit, scenario), value in zip(meant, row, strict=True)
    ]
    return Form("avvikelse-i-procent.txt", text(content), tuple(figures))


def the_price_index_beside_ones_own() -> Form:
    content = "Kil, utveckling\n\nÅr;Nettokostnadsindex;KPI\n2022;103,5;384,0\n2023;108,1;416,2\n"
    figures = [
        Figure(geo, year, "index", value)
        for year, row in (("2022", (103.5, 384)), ("2023", (108.1, 416.2)))
        for geo, value in zip((KIL, COUNTRY), row, strict=True)
    ]
    return Form("kpi-bredvid.csv", text(content), tuple(figures), questions=2)


DATED_FORMS = tuple(
    form()
    for form in (
        people_on_a_day,
        a_queue_on_two_days,
        what_may_be_of_a_day,
        a_month_in_four_digits,
        months_that_may_be_alone,
        years_in_two_digits,
        letters_for_scenarios,
        terms_and_school_years,
        deviations_of_their_own_columns,
        the_country_among_schools,
        codes_behind_names,
        two_tables_beside_each_other,
        units_of_their_own_rows,
        dwellings_on_a_day,
        a_share_beside_pay_of_both_sexes,
        a_deviation_in_percent,
        the_price_index_beside_ones_own,
    )
)
