"""Forms whose units, periods or places are only likely: proposals, where nothing speaks against."""

from __future__ import annotations

from tests.unit.authoring.forms import COUNTRY, Figure, Form, Rows, grid, text, workbook

ALE, HABO, KIL, ORUST, VARMLAND = "1440", "0643", "1715", "1421", "17"


def a_file_that_says_what_it_counts() -> Form:
    content = "kommun;ar_1990;ar_1991\nAle;24300;24500\nKil;11900;11950\n"
    figures = [
        *grid(("1990", "1991"), "count", (24300, 24500), ALE),
        *grid(("1990", "1991"), "count", (11900, 11950), KIL),
    ]
    return Form("folkmangd-fore.csv", text(content), tuple(figures), questions=3)


def a_file_that_counts_amounts() -> Form:
    content = "kommun;ar_1990;ar_1991\nAle;24300;24500\nKil;11900;11950\n"
    return Form("folkmangd-kostnader.csv", text(content), (), questions=3, open=("unit.prov",))


def a_name_that_two_places_have_without_their_dots() -> Form:
    places = ("Ale", "Kil", "Orust", *["Eda", "Grums", "Arvika", "Forshaga", "Hagfors", "Munkfors"])
    codes = ("1440", "1715", "1421", "1730", "1764", "1784", "1763", "1783", "1762")
    more = {"Sunne": "1766", "Torsby": "1737", "Karlstad": "1780", "Kristinehamn": "1781"}
    more |= {"Filipstad": "1782", "Storfors": "1760", "Lerum": "1441", "Partille": "1402"}
    more |= {"Lysekil": "1484", "Tanum": "1435", "Munkedal": "1430", "Tjorn": "1419"}
    named = dict(zip(places, codes, strict=True)) | more
    rows = [f"{name};{100 + i}" for i, name in enumerate(named)]
    content = "\n".join(["Kommun;Antal 2020", *rows, "Habo;900", "Habo;901", ""])
    figures = [Figure(code, "2020", "count", 100 + i) for i, code in enumerate(named.values())]
    return Form("utan-prickar.csv", text(content), tuple(figures), questions=2)


def numbers_that_sort_the_rows() -> Form:
    rows: Rows = [
        ["Region", "Tid", "Konkurser", "sort"],
        ["Värmlands län", "2023-01", 3, 1],
        ["Värmlands län", "2023-02", 0, 2],
    ]
    figures = grid(("2023-01", "2023-02"), "count", (3, 0), VARMLAND)
    return Form("sort.xlsx", workbook({"Antal konkurser": rows}), tuple(figures), questions=2)


def kinds_of_companies() -> Form:
    content = (
        "År;Månad;Län;Aktiebolag;Ideell förening;Filial;Sparbank\n"
        "2023;1;17;37;4;0;1\n2023;2;17;121;2;1;0\n"
    )
    figures = [
        Figure(VARMLAND, month, "count", value)
        for month, values in (("2023-01", (37, 4, 0, 1)), ("2023-02", (121, 2, 1, 0)))
        for value in values
    ]
    return Form("bolag.csv", text(content), tuple(figures), questions=3)


def kinds_of_houses_in_amounts() -> Form:
    content = "Kommun;Hustyp;Pris 2015\nAle;småhus;2450\nAle;radhus;1900\nKil;småhus;1100\n"
    return Form(
        "hus.csv",
        text(content),
        (),
        questions=4,
        open=("unit.pris-2015-smahus", "unit.pris-2015-radhus"),
    )


def counts_beside_their_shares() -> Form:
    content = "Kommun;Mtal;Mproc;Stal;Sproc;VDT\nAle;392;18,7;811;38,6;85,9\nKil;88;20,1;99;41;87\n"
    figures = [
        Figure(geo, "2014", unit, value)
        for geo, values in ((ALE, (392, 18.7, 811, 38.6)), (KIL, (88, 20.1, 99, 41)))
        for unit, value in zip(("count", "percent") * 2, values, strict=True)
    ]
    return Form("val_2014.csv", text(content), tuple(figures), questions=3, open=("unit.vdt",))


def a_day_in_the_name_of_a_file() -> Form:
    content = "Kommun;Antal\nAle;392\nKil;88\n"
    name = "uppgifter_2024-05-08.csv"
    return Form(name, text(content), (), questions=2, open=("reporting-period",))


def a_year_in_the_name_of_a_plan() -> Form:
    content = "Mått;Utfall\nAndel ekologiskt (%);41\nAndel fossilfria fordon (%);63\n"
    return Form("mal-2030.csv", text(content), (), questions=2, open=("reporting-period",))


def weights_in_a_column_by_year() -> Form:
    content = "År;Avfall (ton)\n2023;10450\n2024;10120\n"
    figures = grid(("2023", "2024"), "ton", (10450, 10120))
    return Form("avfall-ar.csv", text(content), tuple(figures), questions=3)


def a_year_grown_together_with_a_word() -> Form:
    content = "name;unemployment2010;unemployment2013\nAle;6,5;7\nKil;8,5;9\n"
    figures = [
        *grid(("2010", "2013"), "percent", (6.5, 7), ALE),
        *grid(("2010", "2013"), "percent", (8.5, 9), KIL),
    ]
    return Form("variabler.csv", text(content), tuple(figures), questions=2)


def a_note_on_the_years_since() -> Form:
    content = (
        "Grundskolan\nValt läsår: 2024/25\nUppgifter från och med läsåret 2022/23 är i procent.\n\n"
        "Kommun;Kön;Andel behöriga (%)\nAle;Flickor;83,2\nAle;Pojkar;80,1\nKil;Flickor;79,5\n"
    )
    school_year = "2024-07/2025-06"
    figures = [
        Figure(ALE, school_year, "percent", 83.2, sex="F"),
        Figure(ALE, school_year, "percent", 80.1, sex="M"),
        Figure(KIL, school_year, "percent", 79.5, sex="F"),
    ]
    return Form("behoriga.csv", text(content), tuple(figures), questions=1)


def a_cube_in_number_and_per_cent() -> Form:
    content = (
        'CHARSET="ANSI";\nLANGUAGE="en";\nTITLE="Population by region, measure and period";\n'
        'CONTENTS="Population";\nUNITS="";\nSTUB="region","measure";\nHEADING="period";\n'
        'VALUES("region")="1440 Ale","1715 Kil";\nVALUES("measure")="number","Per cent";\n'
        'VALUES("period")="2007","2008";\nSOURCE="Statistics Sweden";\n'
        "DATA=\n24300 24500\n50.1 49.9\n11900 11950\n49.5 50.5;\n"
    )
    figures = [
        *grid(("2007", "2008"), "count", (24300, 24500), ALE),
        *grid(("2007", "2008"), "percent", (50.1, 49.9), ALE),
        *grid(("2007", "2008"), "count", (11900, 11950), KIL),
        *grid(("2007", "2008"), "percent", (49.5, 50.5), KIL),
    ]
    return Form("number.px", text(content, "cp1252"), tuple(figures), questions=2)


def a_cube_of_an_agency_without_places() -> Form:
    content = (
        'CHARSET="ANSI";\nLANGUAGE="en";\nTITLE="Imports by group and period";\n'
        'CONTENTS="Imports";\nUNITS="SEK thousand";\nSTUB="group";\nHEADING="period";\n'
        'VALUES("group")="Food";\nVALUES("period")="2007","2008";\nSOURCE="Statistics Sweden";\n'
        "DATA=\n145000 146000;\n"
    )
    figures = grid(("2007", "2008"), "MSEK", (145, 146), COUNTRY)
    return Form("imports.px", text(content, "cp1252"), tuple(figures), questions=3)


def energy_by_year() -> Form:
    content = (
        "Byggnad;Förbrukning 2023 (MWh);Förbrukning 2024 (MWh)\n"
        "Simhallen;271;265,5\nSkolan;120,2;118\n"
    )
    figures = [
        *grid(("2023", "2024"), "MWh", (271, 265.5)),
        *grid(("2023", "2024"), "MWh", (120.2, 118)),
    ]
    return Form("energi.csv", text(content), tuple(figures), questions=3)


def units_in_a_column() -> Form:
    content = "Nyckeltal;Enhet;2023\nElanvändning;MWh;271\nLokalyta;kvm;41524\nElever;antal;120\n"
    figures = [
        Figure(KIL, "2023", unit, value)
        for unit, value in (("MWh", 271), ("m²", 41524), ("count", 120))
    ]
    return Form("enheter-i-kolumn.csv", text(content), tuple(figures), questions=4)


def weights_for_each_inhabitant() -> Form:
    content = "Kommun;Restavfall 2023, kg/inv;Hyra 2023, kr/kvm\nAle;115;1200\nKil;120,5;1100\n"
    figures = [
        Figure(geo, "2023", unit, value)
        for geo, values in ((ALE, (115, 1200)), (KIL, (120.5, 1100)))
        for unit, value in zip(("kg/inv.", "SEK_per_unit"), values, strict=True)
    ]
    return Form("avfall.csv", text(content), tuple(figures), questions=3)


def what_one_column_counts() -> Form:
    content = "Bolag;Omsättning 2023;Medelantal anställda 2023\nBygg;22103;41\nEl;18416;12\n"
    figures = [Figure(KIL, "2023", "count", value) for value in (41, 12)]
    asked = ("unit.omsattning-2023",)
    return Form("koncern.csv", text(content), tuple(figures), questions=3, open=asked)


def a_gas_in_the_name_of_a_variable() -> Form:
    content = "ar,kommun,utslapp_ton_co2\n2022,Ale,4100\n2022,Kil,1200\n"
    figures = [Figure(ALE, "2022", "ton CO2e", 4100), Figure(KIL, "2022", "ton CO2e", 1200)]
    return Form("utslapp.csv", text(content), tuple(figures), questions=3)


LIKELY_FORMS = (
    what_one_column_counts(),
    a_gas_in_the_name_of_a_variable(),
    energy_by_year(),
    units_in_a_column(),
    weights_for_each_inhabitant(),
    a_file_that_says_what_it_counts(),
    a_file_that_counts_amounts(),
    a_name_that_two_places_have_without_their_dots(),
    numbers_that_sort_the_rows(),
    kinds_of_companies(),
    kinds_of_houses_in_amounts(),
    counts_beside_their_shares(),
    a_day_in_the_name_of_a_file(),
    a_year_in_the_name_of_a_plan(),
    weights_in_a_column_by_year(),
    a_year_grown_together_with_a_word(),
    a_note_on_the_years_since(),
    a_cube_in_number_and_per_cent(),
    a_cube_of_an_agency_without_places(),
)
