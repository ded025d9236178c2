"""Forms whose notation and headers settle what looks unsure, or leave it to the person."""

from __future__ import annotations

from tests.unit.authoring.forms import ALE, COUNTRY, KIL, Figure, Form, Rows, grid, text, workbook

TO_AUGUST = "2025-01/2025-08"


def points_before_a_comma() -> Form:
    content = "Kommun;Kostnad 2024, tkr;Antal 2024\nKil;1.650,5;1.650\nAle;950,5;12\n"
    figures = [
        Figure(geo, "2024", unit, value)
        for geo, cost, count in ((KIL, 1.6505, 1650), (ALE, 0.9505, 12))
        for unit, value in (("MSEK", cost), ("count", count))
    ]
    return Form("punkter.csv", text(content), tuple(figures), None, questions=2)


def lone_points() -> Form:
    content = "Kommun;Antal 2024\nKil;1.650\nAle;12\n"
    open_ = ("table.tabell-1",)
    return Form("en-punkt.csv", text(content), (), None, questions=3, open=open_)


def sexes_over_years() -> Form:
    rows: Rows = [
        ["Mottagare av ekonomiskt bistånd, antal"],
        [],
        ["Kommun", "Kvinnor", "", "Män", ""],
        ["", 2022, 2023, 2022, 2023],
        ["Kil", 101, 102, 103, 104],
        ["Ale", 201, 202, 203, 204],
    ]
    years = ("2022", "2023")
    figures = [
        figure
        for geo, first in ((KIL, 101), (ALE, 201))
        for sex, at in (("F", first), ("M", first + 2))
        for figure in grid(years, "count", (at, at + 1), geo, sex=sex)
    ]
    merged = [(2, 1, 2, 2, "Kvinnor"), (2, 3, 2, 4, "Män")]
    return Form(
        "kon-over-ar.xlsx", workbook({"EB": rows}, merged), tuple(figures), None, questions=2
    )


def persons_of_a_cube() -> Form:
    content = (
        'CODEPAGE="utf-8";\nUNITS="antal personer";\nTITLE="Biståndsmottagare efter region";\n'
        'STUB="region";\nHEADING="år";\nVALUES("region")="Kil","Ale";\nVALUES("år")="2022",'
        '"2023";\nCODES("region")="1715","1440";\nCODES("år")="2022","2023";\nDATA=\n3 40\n50 60;\n'
    )
    years = ("2022", "2023")
    figures = [*grid(years, "persons", (3, 40)), *grid(years, "persons", (50, 60), ALE)]
    return Form("mottagare.px", text(content), tuple(figures), None, questions=2)


def the_years_budget_under_a_part_of_it() -> Form:
    content = (
        "Delårsrapport januari–augusti 2025\nInvesteringar, mkr\tUtfall jan-aug 2025\tBudget 2025\n"
        "Skolor\t45,3\t80,0\nVägar\t12,1\t20,5\n"
    )
    figures = [
        Figure(KIL, TO_AUGUST, "MSEK", 45.3),
        Figure(KIL, "2025", "MSEK", 80, "budget"),
        Figure(KIL, TO_AUGUST, "MSEK", 12.1),
        Figure(KIL, "2025", "MSEK", 20.5, "budget"),
    ]
    return Form("arets-budget.txt", text(content), tuple(figures))


def a_budget_of_the_part_or_the_year() -> Form:
    content = (
        "Delårsrapport januari–augusti 2025\nDrift, mkr\tUtfall\tBudget\nSkolor\t45,3\t80,0\n"
        "Vägar\t12,1\t20,5\n"
    )
    figures = [Figure(KIL, TO_AUGUST, "MSEK", value) for value in (45.3, 12.1)]
    return Form(
        "vilken-budget.txt", text(content), tuple(figures), questions=2, open=("period.budget",)
    )


def a_group_that_nothing_knows() -> Form:
    content = (
        "Jämförelse 2023\n\nNyckeltal 2023;Kil 2023;Ale 2023;GR-snitt 2023;Medel 2023;Riket 2023\n"
        "Väntetid, dagar;5;6;7;8;9\n"
        "Andel nöjda (%);50;60;70;80;90\n"
    )
    places = (KIL, ALE, COUNTRY)
    figures = [
        Figure(geo, "2023", unit, value)
        for unit, values in (("days", (5, 6, 9)), ("percent", (50, 60, 90)))
        for geo, value in zip(places, values, strict=True)
    ]
    return Form("gr.csv", text(content), tuple(figures), questions=2, open=("place.gr-snitt-2023",))


def a_question_about_another_year() -> Form:
    rows: Rows = [
        ["Öppna jämförelser 2025, social barn- och ungdomsvård"],
        [],
        ["Kommun", "Aktuell rutin för samverkan med skolan", "Följt upp verksamheten under 2024"],
        ["Kil", "Ja", "Nej"],
        ["Ale", "Nej", "Ja"],
    ]
    figures = [
        Figure(geo, "2025", "answer", answer)
        for geo, answers in ((KIL, ("JA", "NEJ")), (ALE, ("NEJ", "JA")))
        for answer in answers
    ]
    return Form(
        "svar-om-fjolaret.xlsx", workbook({"Svar": rows}), tuple(figures), None, questions=2
    )


def counted_on_a_day() -> Form:
    content = "Kommun;Folkmängd 2023-12-31\nKil;12 010\nAle;32 500\n"
    figures = [Figure(geo, "2023-12-31", "persons", n) for geo, n in ((KIL, 12010), (ALE, 32500))]
    return Form("folkmangd.csv", text(content), tuple(figures), None, questions=1)


def an_outcome_of_a_year_to_come() -> Form:
    content = "Uppföljning 2024\n\nMiljömål\nMått;2023;2024;2025\nAntal laddplatser;12;15;20\n"
    figures = [*grid(("2023", "2024"), "count", (12, 15))]
    open_ = ("period.2025",)
    return Form("nasta-ar.csv", text(content), tuple(figures), questions=2, open=open_)


def columns_that_each_say_their_unit() -> Form:
    content = (
        "Räkenskaper 2023\n\nVerksamhet\tNettokostnad, mkr\tNettokostnad, kr/inv\tAndel, %\n"
        "Skola\t300,5\t9 000\t40,5\nOmsorg\t400,5\t12 000\t59,5\n"
    )
    figures = [
        Figure(KIL, "2023", unit, value)
        for values in ((300.5, 9000, 40.5), (400.5, 12000, 59.5))
        for unit, value in zip(("MSEK", "SEK_per_inhabitant", "percent"), values, strict=True)
    ]
    return Form("enhet-per-kolumn.txt", text(content), tuple(figures))


def rows_of_women_and_men() -> Form:
    content = (
        "Sjukfrånvaro i procent\n\nGrupp\t2022\t2023\nTotalt\t7,1\t7,3\nKvinnor\t7,9\t8,1\n"
        "Män\t4,4\t4,2\n"
    )
    years = ("2022", "2023")
    figures = [
        *grid(years, "percent", (7.1, 7.3)),
        *grid(years, "percent", (7.9, 8.1), sex="F"),
        *grid(years, "percent", (4.4, 4.2), sex="M"),
    ]
    return Form("kon-pa-rader.txt", text(content), tuple(figures), questions=2)


def a_month_beside_the_months_so_far() -> Form:
    content = (
        "Månadsrapport september 2025\n\nDrift, tkr\tUtfall sep 2025\tUtfall jan-sep 2025\tBudget\t"
        "Årsbudget\nLöner\t100\t900\t950\t1200\nHyror\t10\t90\t95\t120\n"
    )
    so_far = "2025-01/2025-09"
    figures = [
        figure
        for month, outcome, part, year in ((0.1, 0.9, 0.95, 1.2), (0.01, 0.09, 0.095, 0.12))
        for figure in (
            Figure(KIL, "2025-09", "MSEK", month),
            Figure(KIL, so_far, "MSEK", outcome),
            Figure(KIL, so_far, "MSEK", part, "budget"),
            Figure(KIL, "2025", "MSEK", year, "budget"),
        )
    ]
    return Form("manad-och-hittills.txt", text(content), tuple(figures))


def classes_are_no_figures() -> Form:
    content = "Elever 2024\n\nKlass\tAntal elever\tFrånvaro (%)\n7A\t24\t5,1\n7B\t26\t6,2\n"
    figures = [
        Figure(KIL, "2024", unit, value)
        for values in ((24, 5.1), (26, 6.2))
        for unit, value in zip(("count", "percent"), values, strict=True)
    ]
    return Form("klasser.txt", text(content), tuple(figures), questions=1)


def units_in_the_cells() -> Form:
    content = (
        "Uppföljning 2024\n\nMått\t2023\t2024\nKostnad per vårdtagare\t312 tkr\t325 tkr\n"
        "Andel nöjda\t78 %\t81 %\n"
    )
    years = ("2023", "2024")
    figures = [*grid(years, "MSEK", (0.312, 0.325)), *grid(years, "percent", (78, 81))]
    return Form("enhet-i-cellen.txt", text(content), tuple(figures))


def a_plan_of_several_years() -> Form:
    content = (
        "Mål och budget 2026 med plan 2027–2028\n\nDrift, tkr\tBokslut 2024\tBudget 2026\t"
        "Plan 2027\tUtfall\nLöner\t100\t110\t120\t1\nHyror\t10\t20\t30\t2\n"
    )
    figures = [
        Figure(KIL, period, "MSEK", value, scenario)
        for values in ((0.1, 0.11, 0.12), (0.01, 0.02, 0.03))
        for period, value, scenario in zip(
            ("2024", "2026", "2027"), values, ("outcome", "budget", "budget"), strict=True
        )
    ]
    open_ = ("period.utan-ar",)
    return Form("flera-ar.txt", text(content), tuple(figures), questions=3, open=open_)


def ratios_of_a_school_year() -> Form:
    content = (
        "Personal i förskola, läsår 2023/24\n\nKommun\tAntal barn\tBarn per årsarbetare\n"
        "Kil\t300\t4,6\nAle\t900\t5,9\n"
    )
    figures = [
        Figure(geo, "2023-07/2024-06", unit, value)
        for geo, values in ((KIL, (300, 4.6)), (ALE, (900, 5.9)))
        for unit, value in zip(("count", "index"), values, strict=True)
    ]
    return Form("per-arsarbetare.txt", text(content), tuple(figures), None)


def rows_that_say_when_they_were_measured() -> Form:
    content = (
        "Uppföljning av nyckeltal\n\nNyckeltal\tMätperiod\tResultat\tFöregående mätning\tMål\t"
        "Mål 2026\nAndel nöjda (%)\t2024-01-01 – 2024-12-31\t81\t79\t85\t90\n"
        "Antal klagomål\t2024-01/2024-06\t12\t13\t10\t5\n"
        "Medelålder\tjan–aug 2024\t44,5\t45\t44\t43\n"
    )
    figures = [
        figure
        for period, unit, (outcome, goal, later) in (
            ("2024", "percent", (81, 85, 90)),
            ("2024-01/2024-06", "count", (12, 10, 5)),
            ("2024-01/2024-08", "years", (44.5, 44, 43)),
        )
        for figure in (
            Figure(KIL, period, unit, outcome),
            Figure(KIL, period, unit, goal, "target"),
            Figure(KIL, "2026", unit, later, "target"),
        )
    ]
    open_ = ("period.foregaende-matning",)
    return Form("matperiod.txt", text(content), tuple(figures), questions=3, open=open_)


def rows_measured_in_words() -> Form:
    content = (
        "Nyckeltal 2024\n\nNyckeltal\tMätperiod\tResultat\nAntal klagomål\t2023\t9\n"
        "Antal svar\tvåren 2024\t8\n"
    )
    open_ = ("table.nyckeltal-2024-3",)
    return Form("matperiod-i-ord.txt", text(content), (), questions=2, open=open_)


def units_of_time_and_of_tax() -> Form:
    content = (
        "Nyckeltal 2024\n\nMått\t2023\t2024\nSkattesats\t21,16\t21,36\nHandläggningstid, månader\t"
        "3,5\t4\nUtförda timmar\t8 100\t8 200\nSammanfattande omdöme\t3,4\t3,6\n"
    )
    figures = [
        figure
        for unit, values in (
            ("percent", (21.16, 21.36)),
            ("months", (3.5, 4)),
            ("hours", (8100, 8200)),
            ("index", (3.4, 3.6)),
        )
        for figure in grid(("2023", "2024"), unit, values)
    ]
    return Form("tider.txt", text(content), tuple(figures))


def totals_of_projects() -> Form:
    content = (
        "Delårsrapport augusti 2025\n\nInvesteringar\nProjekt, tkr\tTotal budget\t"
        "Utfall t.o.m. 2024\tBudget 2025\tPrognos 2025\tÅterstår\n"
        "Skola\t10 000\t3 000\t2 500\t2 400\t7 000\n"
        "Väg\t20 000\t5 000\t4 500\t4 400\t15 000\n"
    )
    figures = [
        Figure(KIL, "2025", "MSEK", value, scenario)
        for values in ((2.5, 2.4), (4.5, 4.4))
        for scenario, value in zip(("budget", "forecast"), values, strict=True)
    ]
    open_ = ("period.total-budget", "period.utfall-t-o-m-2024", "period.aterstar")
    return Form("projekt.txt", text(content), tuple(figures), questions=4, open=open_)


def a_total_budget_of_the_year() -> Form:
    content = (
        "Delårsrapport augusti 2025\n\nDriftredovisning, tkr\nNämnd\tAckumulerat utfall\t"
        "Total budget\nSkola\t6 000\t10 000\nOmsorg\t8 000\t12 000\n"
    )
    figures = [
        figure
        for outcome, budget in ((6, 10), (8, 12))
        for figure in (
            Figure(KIL, "2025-01/2025-08", "MSEK", outcome),
            Figure(KIL, "2025", "MSEK", budget, "budget"),
        )
    ]
    return Form("total-budget.txt", text(content), tuple(figures))


SETTLED_FORMS = tuple(
    form()
    for form in (
        points_before_a_comma,
        lone_points,
        sexes_over_years,
        persons_of_a_cube,
        the_years_budget_under_a_part_of_it,
        a_budget_of_the_part_or_the_year,
        a_group_that_nothing_knows,
        a_question_about_another_year,
        counted_on_a_day,
        an_outcome_of_a_year_to_come,
        columns_that_each_say_their_unit,
        rows_of_women_and_men,
        a_month_beside_the_months_so_far,
        classes_are_no_figures,
        units_in_the_cells,
        a_plan_of_several_years,
        ratios_of_a_school_year,
        rows_that_say_when_they_were_measured,
        rows_measured_in_words,
        units_of_time_and_of_tax,
        totals_of_projects,
        a_total_budget_of_the_year,
    )
)
