"""Forms of files that programs export: names of variables for headers, time said over and over."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.authoring.forms import COUNTRY, Figure, Form, Rows, grid, text, workbook

KALMAR, DALARNA, SKANE, SORMLAND, FALUN = "08", "20", "12", "04", "2080"


def names_without_dots() -> Form:
    content = "Lan;Antal 2020;Antal 2021\n04 Sodermanlands lan;299;301\n12 Skane lan;1389;1402\n"
    figures = [
        *grid(("2020", "2021"), "count", (299, 301), SORMLAND),
        *grid(("2020", "2021"), "count", (1389, 1402), SKANE),
    ]
    return Form("plain.csv", text(content), tuple(figures), questions=2)


def names_with_lost_letters() -> Form:
    lost = "\N{REPLACEMENT CHARACTER}"
    content = f'"Region";"Brott 2023"\n"0117 {lost}ster{lost}ker";74\n"1715 Kil";12\n'
    figures = [Figure("0117", "2023", "count", 74), Figure("1715", "2023", "count", 12)]
    return Form("lost.csv", text(content), tuple(figures), questions=2)


def counties_without_the_word() -> Form:
    rows: Rows = [
        ["Patientenkät"],
        ["Andel positiva svar (%). Källa: enkäten."],
        [],
        ["Region", 2021, 2023],
        ["Kalmar", 80.5, 81.5],
        ["Skåne", 79.5, 80.5],
        ["Sörmland", 78.5, 77.5],
        ["Riket", 80.0, 81.0],
    ]
    figures = [
        figure
        for geo, values in (
            (KALMAR, (80.5, 81.5)),
            (SKANE, (79.5, 80.5)),
            (SORMLAND, (78.5, 77.5)),
            (COUNTRY, (80.0, 81.0)),
        )
        for figure in grid(("2021", "2023"), "percent", values, geo)
    ]
    return Form("enkat.xlsx", workbook({"Helhet": rows}), tuple(figures), questions=2)


def counties_across() -> Form:
    rows: Rows = [
        ["Statistikdatum", "Skåne", "Dalarna", "Sörmland"],
        ["2020-02-04", 1, 2, 3],
        ["2020-02-05", 4, 5, 6],
    ]
    figures = [
        Figure(geo, day, "count", value)
        for day, values in (("2020-02-04", (1, 2, 3)), ("2020-02-05", (4, 5, 6)))
        for geo, value in zip((SKANE, DALARNA, SORMLAND), values, strict=True)
    ]
    return Form("per-dag.xlsx", workbook({"Antal per dag": rows}), tuple(figures), questions=2)


def the_same_time_again() -> Form:
    head = ["tid", "regionkod", "region", "ålder", "andel", "år", "månad", "månad_år", "sort"]
    months = (("2024M01", "januari", 3.5, 4.5, 1), ("2024M02", "februari", 3.6, 4.6, 3))
    rows: list[list[Any]] = [[*head]]
    figures = []
    for tid, name, first, second, order in months:
        when = [2024, name, f"{name} 2024"]
        rows += [
            [tid, "20", "Dalarna", "20-64 år", first, *when, order],
            [tid, "2080", "Falun", "20-64 år", second, *when, order + 1],
        ]
        period = tid.replace("M", "-")
        figures += [
            Figure(DALARNA, period, "percent", first),
            Figure(FALUN, period, "percent", second),
        ]
    return Form(
        "diagram.xlsx", workbook({"Sheet 1": rows}), tuple(figures), kommun=FALUN, questions=2
    )


def the_finest_time() -> Form:
    rows: Rows = [
        ["region", "Antal sålda", "ar", "manad_long", "Period"],
        ["Falun", 31, 2023, "november", "2023-11"],
        ["Falun", 28, 2023, "december", "2023-12"],
        ["Riket", 731, 2023, "november", "2023-11"],
        ["Riket", 702, 2023, "december", "2023-12"],
    ]
    months = ("2023-11", "2023-12")
    figures = [
        *grid(months, "count", (31, 28), FALUN),
        *grid(months, "count", (731, 702), COUNTRY),
    ]
    return Form("salda.xlsx", workbook({"Sålda": rows}), tuple(figures), kommun=FALUN, questions=2)


def measure_over_figures_alone() -> Form:
    rows: Rows = [
        ["Nystartade företag efter kvartal"],
        [],
        ["", "", "antal nystartade företag"],
        ["2023Q2", "20 Dalarnas län", 447],
        ["2023Q1", "20 Dalarnas län", 414],
    ]
    figures = grid(("2023-04/2023-06", "2023-01/2023-03"), "count", (447, 414), DALARNA)
    return Form("kvartal.xlsx", workbook({"BE0101": rows}), tuple(figures), questions=2)


def codes_of_one_county() -> Form:
    content = "År,Månad,Län,Antal enskilda näringsidkare,Antal bostadsrättsföreningar\n" + "".join(
        f"2024,{month},20,{10 + month},{month % 2}\n" for month in range(1, 6)
    )
    figures = [
        Figure(DALARNA, f"2024-{month:02d}", "count", value)
        for month in range(1, 6)
        for value in (10 + month, month % 2)
    ]
    return Form("foretag.csv", text(content), tuple(figures), questions=2)


def letters_encoded_twice() -> Form:
    content = "Region;År;Antal hushåll\nVärmdö;2024;17\nKil;2024;5\n"
    twice = content.encode().decode("cp1252")
    figures = [Figure("0120", "2024", "households", 17), Figure("1715", "2024", "households", 5)]
    return Form("tva-ganger.csv", text(twice), tuple(figures), questions=2)


def a_comma_in_a_header() -> Form:
    content = (
        '"region","år","typ",Pris för småhus, medelvärde i tkr\r\n'
        '"1715 Kil","2023","permanent",1268\r\n"0120 Värmdö","2023","permanent",3279\r\n'
    )
    figures = [
        Figure("1715", "2023", "MSEK", 1.268),
        Figure("0120", "2023", "MSEK", 3.279),
    ]
    return Form("pris.csv", text(content, "cp1252"), tuple(figures), questions=2)


def counts_beside_shares() -> Form:
    content = (
        "Behörighet\nValt läsår: 2023/24\n\n"
        "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Antal elever;Andel (%) behöriga;\n"
        "Kil;1715;Värmlands län;17;Samtliga;214;83,5;\n"
        "Kil;1715;Värmlands län;17;Kommunal;202;81,5;\n"
        "Arvika;1784;Värmlands län;17;Samtliga;314;73,5;\n"
        "Arvika;1784;Värmlands län;17;Kommunal;302;71,5;\n"
    )
    rows = (("1715", 214, 83.5), ("1715", 202, 81.5), ("1784", 314, 73.5), ("1784", 302, 71.5))
    figures = [
        Figure(geo, "2023-07/2024-06", unit, value)
        for geo, count, share in rows
        for unit, value in (("count", count), ("percent", share))
    ]
    return Form("behorighet.csv", text(content), tuple(figures), questions=1)


def parties_of_a_whole() -> Form:
    places = (
        ("Kil", "1715"),
        ("Arvika", "1784"),
        ("Falun", FALUN),
        ("Solna", "0184"),
        ("Ale", "1440"),
    )
    content = "år,region,Norra,Södra,Övriga\n" + "".join(
        f"2022,{name},{40.5 + n},{50.5 - n},9.0\n" for n, (name, _) in enumerate(places)
    )
    figures = [
        Figure(geo, "2022", "percent", value)
        for n, (_, geo) in enumerate(places)
        for value in (40.5 + n, 50.5 - n, 9.0)
    ]
    return Form("partier.csv", text(content), tuple(figures), questions=2)


def a_sum_on_every_row() -> Form:
    rows: Rows = [
        ["År", "Region", "Näringsgren", "Antal_varslade", "tot_region"],
        [2023, "Dalarnas län", "Tillverkning", 10, 29],
        [2023, "Dalarnas län", "Byggverksamhet", 19, 29],
    ]
    figures = (Figure(DALARNA, "2023", "count", 10), Figure(DALARNA, "2023", "count", 19))
    return Form("varsel.xlsx", workbook({"Varsel": rows}), figures, questions=2)


def ages_in_a_header() -> Form:
    rows: Rows = [
        ["Tabell 10", "Antal anställda efter ålder och kommun nov 2017"],
        ["", "Månadsavlönade"],
        [],
        ["Län", "Antal", "", "", "", "", "", "Medelålder", ""],
        ["Kommun", "", "därav i åldrarna, %", "", "", "", "", "", ""],
        ["", "Antal", "-29", "30-39", "40-49", "50-", "", "Kvinnor", "Män"],
        ["Värmlands län", 900, 20.5, 30.5, 29.5, 19.5, "", 45.5, 44.5],
        ["Kil", 300, 21.5, 31.5, 28.5, 18.5, "", 46.5, 43.5],
    ]
    units = ("count", *["percent"] * 4, "years", "years")
    figures = [
        Figure(geo, "2017-11", unit, value, sex=sex)
        for geo, values in (
            ("17", (900, 20.5, 30.5, 29.5, 19.5, 45.5, 44.5)),
            ("1715", (300, 21.5, 31.5, 28.5, 18.5, 46.5, 43.5)),
        )
        for unit, value, sex in zip(units, values, ("_T",) * 5 + ("F", "M"), strict=True)
    ]
    return Form("alder.xlsx", workbook({"Tabell 10": rows}), tuple(figures))


def a_cube_in_two_languages() -> Form:
    content = (
        'CHARSET="ANSI";\nLANGUAGE="en";\nLANGUAGES="en","sv";\nTITLE="Moved by age";\n'
        'TITLE[sv]="Flyttade efter ålder";\nCONTENTS="Moved";\nUNITS="number";\n'
        'UNITS[sv]="antal";\nSTUB="region","age";\nSTUB[sv]="region","ålder";\n'
        'HEADING="period","sex";\nHEADING[sv]="tid","kön";\n'
        'VALUES("region")="00 Sweden","17 Värmland county";\n'
        'VALUES[sv]("region")="00 Riket","17 Värmlands län";\nVALUES("age")="20","21";\n'
        'VALUES[sv]("ålder")="20","21";\nVALUES("period")="2003";\nVALUES[sv]("tid")="2003";\n'
        'VALUES("sex")="men","women";\nVALUES[sv]("kön")="män","kvinnor";\n'
        "DATA=\n45 46\n47 48\n5 6\n7 8;\n"
    )
    figures = [
        Figure(geo, "2003", "count", value + age, sex=sex)
        for geo, first in ((COUNTRY, 45), ("17", 5))
        for age in (0, 2)
        for value, sex in ((first, "M"), (first + 1, "F"))
    ]
    return Form("flyttade.px", text(content, "cp1252"), tuple(figures), questions=2)


def a_cube_of_no_place() -> Form:
    content = (
        'CHARSET="ANSI";\nLANGUAGE="en";\nTITLE="Imports by group and period";\n'
        'CONTENTS="Imports";\nUNITS="index";\nSTUB="group";\nHEADING="period";\n'
        'VALUES("group")="Food","Fuels";\nVALUES("period")="2007","2008";\n'
        "DATA=\n145 146\n147 148;\n"
    )
    return Form("import.px", text(content, "cp1252"), (), questions=3, open=("place.document",))


def an_index_and_its_changes() -> Form:
    content = "Period;Prisindex, 1987=100;KPI\n2023-01;245,3;11,7\n2023-02;246,1;12,0\n"
    figures = grid(("2023-01", "2023-02"), "index", (245.3, 246.1), COUNTRY)
    return Form("index.csv", text(content), tuple(figures), questions=3, open=("unit.kpi",))


def a_count_of_rows_about_money() -> Form:
    rows: list[list[object]] = [["Region", "Näringsgren", "Tid", "Antal_konkurser"]]
    branches = ("Uthyrning", "Försäkring och bidrag", "Investering", "Handel med priser")
    figures = []
    for number, branch in enumerate(branches):
        rows += [["Dalarnas län", branch, "2023-01", number], ["Falun", branch, "2023-01", 0]]
        figures += [Figure(DALARNA, "2023-01", "count", number)]
        figures += [Figure(FALUN, "2023-01", "count", 0)]
    return Form(
        "konkurs.xlsx", workbook({"Konkurser": rows}), tuple(figures), kommun=FALUN, questions=2
    )


def a_region_by_its_own_name() -> Form:
    rows: Rows = [
        ["Datum", "Antal fall", "Skåne", "Jämtland_Härjedalen", "Okänd region"],
        ["2020-02-04", 7, 1, 2, 4],
        ["2020-02-05", 9, 4, 5, 0],
    ]
    counties = (("12", (1, 4)), ("23", (2, 5)))
    days = ("2020-02-04", "2020-02-05")
    figures = [f for code, counts in counties for f in grid(days, "count", counts, code)]
    content = workbook({"Antal per dag": rows})
    asked = ("place.antal-fall", "place.okand-region")
    return Form("regioner.xlsx", content, tuple(figures), questions=4, open=asked)


def sexes_by_letters_in_a_column() -> Form:
    rows = [("Falun", FALUN, 520, 525), ("Kil", "1715", 299, 301)]
    lines, figures = ["Kommun;Kön;Antal 2020"], []
    for name, geo, women, men in rows:
        lines += [f"{name};Kv;{women}", f"{name};M;{men}"]
        figures += [
            Figure(geo, "2020", "count", women, sex="F"),
            Figure(geo, "2020", "count", men, sex="M"),
        ]
    return Form("letters.csv", text("\n".join(lines)), tuple(figures), questions=2)


def other_words_for_sexes() -> Form:
    content = (
        "Kommun;Andel tjejer som mår bra 2020 (%);Andel killar som mår bra 2020 (%)\n"
        "Falun;61,5;72,5\nKil;59,5;70,5\n"
    )
    values = {FALUN: (61.5, 72.5), "1715": (59.5, 70.5)}
    figures = [
        Figure(geo, "2020", "percent", value, sex=sex)
        for geo, both in values.items()
        for sex, value in zip("FM", both, strict=True)
    ]
    return Form("tjejer.csv", text(content), tuple(figures), questions=2)


def an_answer_of_kolada() -> Form:
    """No names and no units: what each measure is in is asked, and says nothing of the others."""

    def figure(gender: str, value: float | None, *, deleted: bool = False) -> dict[str, object]:
        status = {"count": 1, "gender": gender, "isdeleted": deleted, "status": ""}
        return {**status, "value": value}

    values = [
        {"kpi": "N91001", "municipality": geo, "period": 2024, "values": [first, second]}
        for geo, first, second in (
            (FALUN, figure("K", 512), figure("M", 498)),
            ("1715", figure("K", None), figure("M", 77, deleted=True)),
        )
    ]
    values += [
        {"kpi": "N91002", "municipality": geo, "period": 2024, "values": [figure("T", value)]}
        for geo, value in ((FALUN, 22.5), ("1715", 21.75))
    ]
    content = json.dumps({"values": values, "count": 4, "next_url": None})
    asked = ("unit.n91001", "unit.n91002")
    return Form("kolada.json", text(content), (), kommun=None, questions=4, open=asked)


def one_measure_of_several_without_a_unit() -> Form:
    """The rows of the others are read."""
    content = (
        "Indikator;Kommun;År;Värde\n"
        "Andel behöriga, procent;Falun;2023;81,5\nAndel behöriga, procent;Kil;2023;79,5\n"
        "Trygghet;Falun;2023;4,2\nTrygghet;Kil;2023;4,4\n"
    )
    figures = grid(("2023",), "percent", (81.5,), FALUN) + grid(("2023",), "percent", (79.5,))
    asked = ("unit.trygghet",)
    return Form("matt.csv", text(content), tuple(figures), questions=3, open=asked)


def thousands_of_an_english_table() -> Form:
    content = (
        '"Population by region, sex and year"\n\n"region","sex","2023","2024"\n'
        '"2080 Falun","men","29,812","29,904"\n"2080 Falun","women","30,015","30,111"\n'
        '"1715 Kil","men","6,151","6,148"\n"1715 Kil","women","6,012","980"\n'
    )
    rows = (
        (FALUN, "M", 29812, 29904),
        (FALUN, "F", 30015, 30111),
        ("1715", "M", 6151, 6148),
        ("1715", "F", 6012, 980),
    )
    figures = tuple(
        Figure(geo, year, "count", value, sex=sex)
        for geo, sex, *values in rows
        for year, value in zip(("2023", "2024"), values, strict=True)
    )
    return Form("population.csv", text(content), figures, kommun=None, questions=2)


def thousands_beside_decimal_points() -> Form:
    content = (
        "Kommun;Antal barn 2023;Andel barn 2023 (%)\nFalun;13,104;21.5\nKil;2,310;19.5\n"
        "Mora;1,004,310;20.4\n"
    )
    values = {FALUN: (13104, 21.5), "1715": (2310, 19.5), "2062": (1004310, 20.4)}
    figures = tuple(
        Figure(geo, "2023", unit, value)
        for geo, both in values.items()
        for unit, value in zip(("count", "percent"), both, strict=True)
    )
    return Form("punkt.csv", text(content), figures, questions=2)


def kronor_on_another_sheet() -> Form:
    """Numbers that their columns have no room for are read."""
    rows: Rows = [
        ["Summa av Belopp", "Kolumnetiketter"],
        ["Radetiketter", 2023, 2024],
        ["Förskola", 141233108, 143010554],
        ["Grundskola", 188120443, 191377120],
    ]
    info: Rows = [["Uttag ur ekonomisystemet 2025-02-03"], ["Belopp i kronor. Kils kommun."]]
    figures = grid(("2023", "2024"), "SEK", (141233108, 143010554)) + grid(
        ("2023", "2024"), "SEK", (188120443, 191377120)
    )
    content = workbook({"Blad1": rows, "Info": info})
    return Form("pivot.xlsx", content, tuple(figures), kommun=None, questions=2)


def tables_beside_each_other() -> Form:
    """With months down; a sum of some of a year's months is of no year, and passed over."""
    rows: Rows = [
        ["Kils kommun, ärenden och besök 2024"],
        [],
        ["Antal ärenden", "", "", "", "Antal besök"],
        ["Månad", "Mottagning", "Utredning", "", "Månad", "Mottagning"],
        ["Januari", 12, 5, "", "Januari", 412],
        ["Februari", 13, 6, "", "Februari", 398],
        ["Summa", 25, 11, "", "Summa", 810],
    ]
    months = ("2024-01", "2024-02")
    figures = grid(months, "count", (12, 13)) + grid(months, "count", (5, 6))
    figures += grid(months, "count", (412, 398))
    return Form("tva-tabeller.xlsx", workbook({"Blad": rows}), tuple(figures))


def a_day_above_the_line_of_the_printout() -> Form:
    content = (
        "Databas om äldre\nAntal personer med verkställt beslut den 31 oktober\n"
        "Utskriftsdatum: 2025-03-18\n\n"
        "Region;Insats;2023;2024\nKil;Hemtjänst;98;104\nFalun;Hemtjänst;187;192\n"
    )
    days = ("2023-10-31", "2024-10-31")
    figures = grid(days, "persons", (98, 104)) + grid(days, "persons", (187, 192), FALUN)
    return Form("aldre.csv", text(content), tuple(figures), kommun=None, questions=0)


def a_part_of_a_year_beside_the_year() -> Form:
    content = (
        "Region;År;Period;Antal brott\nKil;2024;Helår;488\nKil;2025;Jan–jun (prel.);236\n"
        "Falun;2024;Helår;1241\nFalun;2025;Jan–jun (prel.);633\n"
    )
    periods = ("2024", "2025-01/2025-06")
    figures = grid(periods, "count", (488, 236)) + grid(periods, "count", (1241, 633), FALUN)
    return Form("brott.csv", text(content), tuple(figures), questions=2)


def quoted_cells_of_a_text() -> Form:
    content = (
        '"Befolkning 25-64 år efter region och kön"\r\n\r\n'
        '"region"\t"kön"\t"Befolkning 2022"\t"Befolkning 2023"\r\n'
        '"2080 Falun"\t"män"\t24610\t24355\r\n"2080 Falun"\t"kvinnor"\t21377\t20944\r\n'
    )
    figures = [
        Figure(FALUN, year, "persons", value, sex=sex)
        for sex, values in (("M", (24610, 24355)), ("F", (21377, 20944)))
        for year, value in zip(("2022", "2023"), values, strict=True)
    ]
    return Form("tabell.txt", text(content), tuple(figures), kommun=None, questions=2)


def numbered_questions_and_a_count_of_answers() -> Form:
    rows: Rows = [
        ["Öppna jämförelser krisberedskap 2025"],
        [],
        ["Nr", "Fråga", "Falun", "Mora", "Riket, andel ja (%)"],
        ["1", "Har kommunen en egen plan?", "JA", "DELVIS", 84],
        ["2a", "Har ledningen övat?", "NEJ", "JA", 58],
        ["2b", "Om ja, skrevs en rapport?", "NEJ", "JA", 69],
        ["", "Antal JA", 1, 2, ""],
    ]
    answers = (("JA", "DELVIS", 84), ("NEJ", "JA", 58), ("NEJ", "JA", 69))
    figures = [
        figure
        for one, other, share in answers
        for figure in (
            Figure(FALUN, "2025", "answer", one),
            Figure("2062", "2025", "answer", other),
            Figure(COUNTRY, "2025", "percent", share, "share"),
        )
    ]
    return Form("kris.xlsx", workbook({"Svar": rows}), tuple(figures), kommun=None)


EXPORTED_FORMS = (
    names_without_dots(),
    names_with_lost_letters(),
    counties_without_the_word(),
    counties_across(),
    the_same_time_again(),
    the_finest_time(),
    measure_over_figures_alone(),
    codes_of_one_county(),
    letters_encoded_twice(),
    a_comma_in_a_header(),
    counts_beside_shares(),
    parties_of_a_whole(),
    a_sum_on_every_row(),
    ages_in_a_header(),
    a_cube_in_two_languages(),
    a_cube_of_no_place(),
    an_index_and_its_changes(),
    a_count_of_rows_about_money(),
    a_region_by_its_own_name(),
    sexes_by_letters_in_a_column(),
    other_words_for_sexes(),
    an_answer_of_kolada(),
    one_measure_of_several_without_a_unit(),
    thousands_of_an_english_table(),
    thousands_beside_decimal_points(),
    kronor_on_another_sheet(),
    tables_beside_each_other(),
    a_day_above_the_line_of_the_printout(),
    a_part_of_a_year_beside_the_year(),
    quoted_cells_of_a_text(),
    numbered_questions_and_a_count_of_answers(),
)
