"""Files of many forms, made for the purpose, and what every figure in them is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

Rows = Sequence[Sequence[Any]]
COUNTRY, STOCKHOLM, BLEKINGE = "00", "01", "10"
ALE, KIL, ARVIKA, SOLNA = "1440", "1715", "1784", "0184"


class Figure(NamedTuple):
    """A figure as it is to be read: ``value`` in ``unit``, or an answer."""

    geo: str
    period: str
    unit: str
    value: float | str
    scenario: str = "outcome"
    sex: str = "_T"


@dataclass(frozen=True)
class Form:
    """A file and its figures; ``kommun`` is what the person says, ``open`` what stays open."""

    name: str
    write: Callable[[Path], None]
    figures: tuple[Figure, ...]
    kommun: str | None = KIL
    questions: int = 1
    open: tuple[str, ...] = ()


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content.encode(encoding))

    return write


def workbook(
    sheets: Mapping[str, Rows], merged: Sequence[tuple[int, int, int, int, str]] = ()
) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        book = xlsxwriter.Workbook(path)
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell not in {"", None}:
                        sheet.write(number, column, cell)
            for region in merged:
                sheet.merge_range(*region)
        book.close()

    return write


def grid(
    periods: Iterable[str], unit: str, values: Iterable[Any], geo: str = KIL, **more: str
) -> list[Figure]:
    """Figures of one row, one for each period."""
    return [Figure(geo, p, unit, v, **more) for p, v in zip(periods, values, strict=True)]


def kolada() -> Form:
    share, cost = "Unga med bistånd, andel (%)", "Kostnad individ- och familjeomsorg, kr/inv"
    group = "Västra Götalands läns kommuner (ovägt medel)"
    mean = "G-1440-vastra-gotalands-lans-kommuner-ovagt-medel"
    years = ("2021", "2022", "2023")
    rows: list[list[Any]] = [
        ["Kolada nyckeltal"],
        ["", "", *years],
        [share, "Ale", "3.1", "2.9", "3.05"],
        [share, "Riket", "4.2", "4", "3.9"],
        [share, group, "4.0", "3.8", "3.7"],
        [cost, "Ale", "4070.5", "4353", "4401"],
        [cost, "Riket", "4500", "4620", "4700.25"],
        [cost, group, "4400", "", ""],
    ]
    figures = [
        *grid(years, "percent", (3.1, 2.9, 3.05), ALE),
        *grid(years, "percent", (4.2, 4, 3.9), COUNTRY),
        *grid(years, "SEK_per_inhabitant", (4070.5, 4353, 4401), ALE),
        *grid(years, "SEK_per_inhabitant", (4500, 4620, 4700.25), COUNTRY),
        *grid(years, "percent", (4, 3.8, 3.7), mean),
        *grid(years, "SEK_per_inhabitant", (4400, "", ""), mean),
    ]
    return Form(
        "kolada.xlsx", workbook({"Kolada nyckeltal": rows}), tuple(figures), ALE, questions=2
    )


def kolada_one_year() -> Form:
    name = "Anmälda våldsbrott, antal/100 000 inv"
    places = {"Kil": KIL, "Arvika": ARVIKA, "Riket": COUNTRY}
    rows: list[list[Any]] = [["Kolada nyckeltal"], ["", "", 2023]]
    rows += [[name, place, 800 + n] for n, place in enumerate(places)]
    figures = [Figure(geo, "2023", "per_100000", 800 + n) for n, geo in enumerate(places.values())]
    return Form("kolada-ett-ar.xlsx", workbook({"Kolada nyckeltal": rows}), tuple(figures))


def insurance() -> Form:
    rows: list[list[Any]] = [["År", "Månad", "Län", "Kommun", "Ålder", "Kön", "Antal mottagare"]]
    figures = []
    for month in (1, 2):
        for geo, county, place in (
            (COUNTRY, "Riket", "Riket"),
            ("17", "17 Värmlands län", "17 Värmlands län"),
            (KIL, "17 Värmlands län", "1715 Kil"),
        ):
            for age in ("Samtliga", "16-19 år"):
                for sex, word in (("_T", "Kvinnor och män"), ("F", "Kvinnor"), ("M", "Män")):
                    value = 100.5 + len(rows)
                    rows.append([2024, month, county, place, age, word, str(value)])
                    figures.append(Figure(geo, f"2024-0{month}", "count", value, sex=sex))
    return Form("mottagare.xlsx", workbook({"Data": rows}), tuple(figures), None, questions=2)


def pxweb_long() -> Form:
    lines, figures = ['"region","kön","ålder","2023"'], []
    for name, geo in (
        ("00 Riket", COUNTRY),
        ("01 Stockholms län", STOCKHOLM),
        ("0184 Solna", SOLNA),
    ):
        for word, sex in (("män", "M"), ("kvinnor", "F")):
            for age in ("totalt ålder", "20-24 år"):
                value = 10 + len(lines)
                lines.append(f'"{name}","{word}","{age}",{value}')
                figures.append(Figure(geo, "2023", "count", value, sex=sex))
    content = "\n".join(lines) + "\n"
    return Form("lang.csv", text(content, "cp1252"), tuple(figures), SOLNA, questions=2)


def pxweb_wide() -> Form:
    content = (
        '"Folkmängd efter region och år"\n\n"region","2022","2023"\n'
        '"00 Riket",10521556,10551707\n"01 Stockholms län",2440027,2454821\n'
        '"0184 Solna",85450,86187\n'
    )
    values = {COUNTRY: (10521556, 10551707), STOCKHOLM: (2440027, 2454821), SOLNA: (85450, 86187)}
    figures = [f for geo, v in values.items() for f in grid(("2022", "2023"), "persons", v, geo)]
    return Form("bred.csv", text(content), tuple(figures), SOLNA, questions=2)


def json_stat() -> Form:
    content = """{"version": "2.0", "class": "dataset",
      "label": "Antal hushåll efter region och år",
      "id": ["Region", "Kon", "Tid"], "size": [2, 2, 2], "dimension": {
      "Region": {"label": "region", "category": {"index": {"00": 0, "0184": 1},
        "label": {"00": "Riket", "0184": "Solna"}}},
      "Kon": {"label": "kön", "category": {"index": ["1", "2"],
        "label": {"1": "män", "2": "kvinnor"}}},
      "Tid": {"label": "år", "category": {"index": {"2022": 0, "2023": 1}}}},
      "value": [100, 110, 120, null, 1.5, 6, 7, 8], "status": {"3": ".."}}"""
    values: tuple[Any, ...] = (100, 110, 120, "", 1.5, 6, 7, 8)
    keys = [(g, s, y) for g in (COUNTRY, SOLNA) for s in "MF" for y in ("2022", "2023")]
    figures = [
        Figure(g, y, "households", v, sex=s) for (g, s, y), v in zip(keys, values, strict=True)
    ]
    return Form("kub.json", text(content), tuple(figures), SOLNA, questions=2)


def px() -> Form:
    content = (
        'CHARSET="ANSI";\nTITLE="Folkmängd efter region och år";\nCONTENTS="Folkmängd";\n'
        'STUB="region";\nHEADING="år";\nVALUES("region")="Riket","Upplands Väsby","Göteborg";\n'
        'VALUES("år")="2022","2023";\nCODES("region")="00","0114","1480";\n'
        'DATA=\n10521556 10551707\n48000 ".."\n600000 604000;\n'
    )
    values = {COUNTRY: (10521556, 10551707), "0114": (48000, ""), "1480": (600000, 604000)}
    figures = [f for geo, v in values.items() for f in grid(("2022", "2023"), "persons", v, geo)]
    return Form("kub.px", text(content, "cp1252"), tuple(figures), "0114", questions=2)


def index_series() -> Form:
    header = [
        "Konsumentprisindex (1980=100)",
        "",
        "\t".join(["År", *map(str, range(1, 13)), "Medel"]),
    ]
    first = [f"1 0{12 + n},5" for n in range(12)]
    content = "\n".join(
        [*header, "\t".join(["2022", *first, "1 018,0"]), "\t".join(["2023", "1 112,5", "1 113"])]
    )
    months = [f"2022-{n:02d}" for n in range(1, 13)]
    figures = [
        *grid(months, "index", [1012.5 + n for n in range(12)], COUNTRY),
        Figure(COUNTRY, "2022", "index", 1018),
        *grid(("2023-01", "2023-02"), "index", (1112.5, 1113), COUNTRY),
        *grid([f"2023-{n:02d}" for n in range(3, 13)], "index", [""] * 10, COUNTRY),
        Figure(COUNTRY, "2023", "index", ""),
    ]
    return Form("index.txt", text(content + "\t" * 11 + "\n"), tuple(figures), KIL, questions=2)


def national_answers() -> Form:
    questions = ("Har rutin vid indikation på våld", "Erbjuder skyddat boende till barn")
    rows: list[list[Any]] = [
        ["Öppna jämförelser 2025 – Våld i nära relationer"],
        ["Källa: Socialstyrelsen"],
        [],
        ["Kod", "Kommun", "Län", *questions],
    ]
    figures = []
    places = [
        (114, "Upplands Väsby"),
        (184, "Solna"),
        (1440, "Ale"),
        (1715, "Kil"),
        (1784, "Arvika"),
    ]
    for number, (code, name) in enumerate(places):
        first, second = number % 2, "X" if number == 1 else (number + 1) % 2
        rows.append([code, name, "Stockholms län" if code < 200 else "", first, second])
        geo = f"{code:04d}"
        figures.append(Figure(geo, "2025", "answer", ("NEJ", "JA")[first]))
        said = "" if isinstance(second, str) else ("NEJ", "JA")[second]
        figures.append(Figure(geo, "2025", "answer", said))
    for code, name, shares in ((0, "Riket", (48, 52.5)), (1, "Stockholms län", (50, 51))):
        rows.append([code, name, "", *shares])
        geo = f"{code:02d}"
        figures += [Figure(geo, "2025", "percent", v, "share") for v in shares]
    legend = [["1 = Ja"], ["0 = Nej"], ["X = skyddad uppgift"]]
    sheets = {"Resultat": rows, "Teckenförklaring": legend}
    return Form("nationell.xlsx", workbook(sheets), tuple(figures), None)


def quality_in_brief() -> Form:
    rows: Rows = [
        ["Kommunens kvalitet i korthet, Kils kommun"],
        [],
        ["Nyckeltal", "2020", "2021", "Riket 2021"],
        ["Andel som får svar inom två dagar (%)", 91, 84, 85],
        ["Väntetid till särskilt boende, antal dagar", 51, 39, 67],
        ["Kostnad per inskrivet barn i förskola, kr", 155100, 160250, 158900],
    ]
    figures = []
    for unit, values in (
        ("percent", (91, 84, 85)),
        ("days", (51, 39, 67)),
        ("SEK_per_unit", (155100, 160250, 158900)),
    ):
        figures += [
            *grid(("2020", "2021"), unit, values[:2]),
            Figure(COUNTRY, "2021", unit, values[2]),
        ]
    return Form("kkik.xlsx", workbook({"KKiK": rows}), tuple(figures), questions=2)


def annual_report() -> Form:
    content = (
        "Årsredovisning 2023, Kils kommun\n\nDrift per verksamhet, tkr\n\n"
        "Verksamhet\tIntäkter 2023\tKostnader 2023\tNetto 2023\tIntäkter 2022\tKostnader 2022\t"
        "Netto 2022\nPolitisk verksamhet\t120\t–~6~540\t–~6~420\t110\t–~6~300\t–~6~190\n"
        "Summa\t9~996\t–~94~194\t–~84~198\t9~111\t–~91~300\t–~82~189\n\n"
        "Resultaträkning (mkr)\n\nPost\t2022\t2023\tFörändring\tFörändring %\n"
        "Skatteintäkter\t610,5\t640,2\t29,7\t4,9\nNettokostnad\t-800,1\t-841,3\t-41,2\t5,1\n"
    ).replace("~", "\u00a0")
    figures = []
    for values in (
        (0.12, -6.54, -6.42, 0.11, -6.3, -6.19),
        (9.996, -94.194, -84.198, 9.111, -91.3, -82.189),
    ):
        figures += grid(("2023",) * 3 + ("2022",) * 3, "MSEK", values)
    for before, now, change, percent in ((610.5, 640.2, 29.7, 4.9), (-800.1, -841.3, -41.2, 5.1)):
        figures += grid(("2022", "2023"), "MSEK", (before, now))
        figures.append(Figure(KIL, "2023", "MSEK", change, "change"))
        figures.append(Figure(KIL, "2023", "percent", percent, "change"))
    return Form("arsredovisning.txt", text(content), tuple(figures))


def part_year() -> Form:
    content = (
        "Delårsrapport januari–augusti 2024\n\nKils kommun\n\nDriftredovisning (tkr)\n\n"
        "Nämnd\tUtfall period\tPeriodens budget\tAvvikelse\tBudget helår\tPrognos helår\t"
        "Avvikelse helår\n"
        "Socialnämnden\t-120 500\t-118 000\t-2 500\t-177 000\t-181 000\t-4 000\n"
        "Barnnämnden\t-210 000\t-211 500\t1 500\t-317 000\t-315 500\t1 500\n\n"
        "Investeringar, mkr\n\nPost\tUtfall jan-aug 2024\tUtfall jan-aug 2023\tHelår 2023\n"
        "Inköp\t12,5\t10,1\t20,4\n"
    )
    part, year = "2024-01/2024-08", "2024"
    meanings = (
        (part, "outcome"),
        (part, "budget"),
        (part, "deviation"),
        (year, "budget"),
        (year, "forecast"),
        (year, "deviation"),
    )
    figures = [
        Figure(KIL, period, "MSEK", value, scenario)
        for values in ((-120.5, -118, -2.5, -177, -181, -4), (-210, -211.5, 1.5, -317, -315.5, 1.5))
        for (period, scenario), value in zip(meanings, values, strict=True)
    ]
    figures += grid((part, "2023-01/2023-08", "2023"), "MSEK", (12.5, 10.1, 20.4))
    return Form("delar.txt", text(content), tuple(figures))


def two_header_rows() -> Form:
    rows: Rows = [
        ["Delårsrapport augusti 2024, Kils kommun"],
        [],
        ["mkr", "Utfall", "", "Budget", "Prognos", "Avvikelse"],
        ["", "jan-aug 2024", "jan-aug 2023", "2024", "2024", "helår"],
        ["Personalkostnader", -45.2, -43.1, -70.5, -71.5, -1],
        ["Intäkter", 10.2, 9.9, 15.5, 16, 0.5],
    ]
    part = "2024-01/2024-08"
    meanings = (
        (part, "outcome"),
        ("2023-01/2023-08", "outcome"),
        ("2024", "budget"),
        ("2024", "forecast"),
        ("2024", "deviation"),
    )
    figures = [
        Figure(KIL, period, "MSEK", float(value), scenario)
        for row in rows[4:]
        for (period, scenario), value in zip(meanings, row[1:], strict=True)
    ]
    return Form("drift.xlsx", workbook({"Drift": rows}), tuple(figures))


def counties_in_sheets() -> Form:
    sheets: dict[str, Rows] = {}
    figures = []
    for county, code, add in (("Blekinge", BLEKINGE, 0), ("Kronobergs", "07", 5)):
        values = (320 + add, 410 + add, 43.5, 56.5)
        sheets[f"{county} län"] = [
            [f"Tabell 1. Anmälda brott i {county} län 2023"],
            [],
            ["Brottstyp", "Antal", "", "Andel (%)", ""],
            ["", "Kvinnor", "Män", "Kvinnor", "Män"],
            ["Misshandel", *values],
        ]
        for unit, sex, value in zip(
            ("count", "count", "percent", "percent"), "FMFM", values, strict=True
        ):
            figures.append(Figure(code, "2023", unit, value, sex=sex))
    return Form("lan.xlsx", workbook(sheets), tuple(figures))


def mixed_units() -> Form:
    content = (
        "Socialnämnden i Kil, uppföljning 2024\n\nMått\tUtfall 2023\tUtfall 2024\tMål 2025\n"
        "Kostnad per brukare (kr)\t12 500\t13 000\t12 800\n"
        "Nettokostnad (tkr)\t45 600\t47 100\t46 000\n"
        "Investering (mkr)\t4,5\t4,7\t5\nAndel nöjda (%)\t88\t87,5\t90\n"
        "Antal hushåll med bistånd\t410\t398\t380\nVäntetid, dagar i snitt\t41\t57\t45\n"
        "Kontinuitet, antal personal per brukare 14 dagar\t13\t14\t12\n"
    )
    rows = (
        ("SEK_per_unit", 12500, 13000, 12800),
        ("MSEK", 45.6, 47.1, 46),
        ("MSEK", 4.5, 4.7, 5),
        ("percent", 88, 87.5, 90),
        ("households", 410, 398, 380),
        ("days", 41, 57, 45),
        ("count", 13, 14, 12),
    )
    figures = []
    for unit, before, now, target in rows:
        figures += grid(("2023", "2024"), unit, (before, now))
        figures.append(Figure(KIL, "2025", unit, target, "target"))
    return Form("matt.txt", text(content), tuple(figures))


def schools() -> Form:
    content = (
        "Läsår;Kommun;Kommunkod;Typ av huvudman;Antal elever;Andel behöriga (%)\n"
        "2022/23;Kil;1715;Kommunal;120;88,5\n2022/23;Kil;1715;Enskild;20;90\n"
        "2023/24;Arvika;1784;Kommunal;250;85,1\n"
    )
    rows = (
        (KIL, "2022-07/2023-06", 120, 88.5),
        (KIL, "2022-07/2023-06", 20, 90),
        (ARVIKA, "2023-07/2024-06", 250, 85.1),
    )
    figures = [
        f for g, p, n, s in rows for f in (Figure(g, p, "count", n), Figure(g, p, "percent", s))
    ]
    return Form("skolor.csv", text(content), tuple(figures), questions=2)


def crimes() -> Form:
    content = (
        "År;Kommun;Brottstyp;Antal anmälda brott;Per 100 000 inv\n2022;Kil;Misshandel;45;371\n"
        "2022;Kil;Hot;20;165\n2023;Hela landet;Hot;62000;590\n"
    )
    rows = ((KIL, "2022", 45, 371), (KIL, "2022", 20, 165), (COUNTRY, "2023", 62000, 590))
    figures = [
        f for g, p, n, s in rows for f in (Figure(g, p, "count", n), Figure(g, p, "per_100000", s))
    ]
    return Form("brott.csv", text(content), tuple(figures), questions=2)


def ranked() -> Form:
    content = (
        "Kommunranking 2024\n\nRang\tKommun\tLän\tPoäng\n1\tKil\tVärmland\t88,5\n"
        "2\tLund\tSkåne\t87\n3\tVara\tVästra Götaland\t86,1\n"
    )
    figures = [
        Figure(g, "2024", "index", v) for g, v in ((KIL, 88.5), ("1281", 87), ("1470", 86.1))
    ]
    return Form("rang.txt", text(content), tuple(figures))


def years_down() -> Form:
    content = "Befolkning\n\nÅr\tKil\tRiket\n2022\t12 150\t10 521 556\n2023\t12 090\t10 551 707\n"
    figures = [
        *grid(("2022", "2023"), "persons", (12150, 12090)),
        *grid(("2022", "2023"), "persons", (10521556, 10551707), COUNTRY),
    ]
    return Form("ar.txt", text(content), tuple(figures), questions=2)


def places_across() -> Form:
    content = (
        "Nyckeltal;Ale;Kil;Riket\nAntal barn i familjehem 2023;12;20;18\n"
        "Kostnad per dygn, kr 2023;1250;1310;1290\n"
    )
    figures = []
    for unit, values in (("count", (12, 20, 18)), ("SEK_per_unit", (1250, 1310, 1290))):
        figures += [
            Figure(g, "2023", unit, v) for g, v in zip((ALE, KIL, COUNTRY), values, strict=True)
        ]
    return Form("tvars.csv", text(content), tuple(figures), ALE, questions=2)


def sections() -> Form:
    rows: Rows = [
        ["Uppföljning 2024 Kils kommun"],
        [],
        ["Mått", "2023", "2024"],
        ["Barn"],
        ["Antal placerade", 10, 12],
        ["Vuxna"],
        ["Antal placerade", 20, 22],
    ]
    figures = [
        *grid(("2023", "2024"), "count", (10, 12)),
        *grid(("2023", "2024"), "count", (20, 22)),
    ]
    return Form("avsnitt.xlsx", workbook({"Blad1": rows}), tuple(figures))


def two_tables_without_titles() -> Form:
    content = (
        "Kommun;Antal 2022;Antal 2023\nKil;5;6\nArvika;7;8\n"
        "Nyckeltal;Kil;Riket\nAndel nöjda 2023 (%);55;60\n"
    )
    figures = [
        *grid(("2022", "2023"), "count", (5, 6)),
        *grid(("2022", "2023"), "count", (7, 8), ARVIKA),
        Figure(KIL, "2023", "percent", 55),
        Figure(COUNTRY, "2023", "percent", 60),
    ]
    return Form("tva.csv", text(content), tuple(figures), questions=2)


def fractions() -> Form:
    content = "Kommun;Andel nöjda 2023\nKil;0,43\nArvika;0,5\nSunne;0,61\n"
    figures = [Figure(g, "2023", "percent", v) for g, v in ((KIL, 43), (ARVIKA, 50), ("1766", 61))]
    return Form("andelar.csv", text(content), tuple(figures), questions=3)


def sexes_across() -> Form:
    content = (
        "Ekonomiskt bistånd i Kil 2023\n\nMått\tKvinnor\tMän\tTotalt\n"
        "Antal mottagare\t210\t190\t400\nAndel av befolkningen (%)\t3,5\t3,1\t3,3\n"
    )
    figures = [
        Figure(KIL, "2023", unit, value, sex=sex)
        for unit, values in (("count", (210, 190, 400)), ("percent", (3.5, 3.1, 3.3)))
        for sex, value in zip(("F", "M", "_T"), values, strict=True)
    ]
    return Form("kon.txt", text(content), tuple(figures))


def signs() -> Form:
    content = (
        "Delårsrapport januari–augusti 2024, Kil\n\nEkonomi\n\n"
        "Mkr\tUtfall jan-aug 2024\tÅrsbudget 2024\n"
        "Kostnader\t(20,5)\t- 21,0\nIntäkter\t10,5¹\t11,0*\n"
    )
    part = "2024-01/2024-08"
    figures = [
        Figure(KIL, part, "MSEK", -20.5),
        Figure(KIL, "2024", "MSEK", -21, "budget"),
        Figure(KIL, part, "MSEK", 10.5),
        Figure(KIL, "2024", "MSEK", 11, "budget"),
    ]
    return Form("tecken.txt", text(content), tuple(figures), questions=2)


def balance_sheet() -> Form:
    content = (
        "Delårsrapport per 31 augusti 2024\n\nKils kommun\n\nBalansräkning (mkr)\n\n"
        "Post\t2024-08-31\t2023-12-31\nTillgångar\t100,5\t98,1\n"
    )
    days = ("2024-08-31", "2023-12-31")
    return Form("balans.txt", text(content), tuple(grid(days, "MSEK", (100.5, 98.1))))


def goals() -> Form:
    content = (
        "Uppföljning 2024, Kil\n\nMål\n\nMål\tMålvärde\tUtfall\tUppfyllt\n"
        "Nöjda brukare, %\t90\t88\tDelvis\nVäntetid, dagar\t30\t25\tJa\n"
    )
    figures = []
    for unit, target, outcome in (("percent", 90, 88), ("days", 30, 25)):
        figures.append(Figure(KIL, "2024", unit, target, "target"))
        figures.append(Figure(KIL, "2024", unit, outcome))
    return Form("mal.txt", text(content), tuple(figures))


def sheets_by_place() -> Form:
    sheets = {
        name: [["Mått", 2022, 2023], ["Andel (%)", 1.5 + n, 2.5 + n]]
        for n, name in enumerate(("Arvika", "Kil"))
    }
    figures = [
        *grid(("2022", "2023"), "percent", (1.5, 2.5), ARVIKA),
        *grid(("2022", "2023"), "percent", (2.5, 3.5)),
    ]
    return Form("flikar.xlsx", workbook(sheets), tuple(figures), questions=2)


def figures_like_years() -> Form:
    lines, figures = ["År;Kommun;Kön;Antal"], []
    for year in ("2022", "2023"):
        for geo, place in ((KIL, "1715 Kil"), (ARVIKA, "1784 Arvika")):
            for sex, word in (("F", "Kvinnor"), ("M", "Män")):
                value = 2010 + len(lines)
                said = "saknas" if len(lines) == 5 else str(value)
                figures.append(
                    Figure(geo, year, "count", "" if said == "saknas" else value, sex=sex)
                )
                lines.append(f"{year};{place};{word};{said}")
    return Form("arslika.csv", text("\n".join(lines) + "\n"), tuple(figures), questions=2)


def words_for_figures() -> Form:
    content = "Kommun;Antal 2023\nKil;12\nSunne;13\nArvika;saknas\nLund;14\nMalmö;2015\nVara;15\n"
    places = ((KIL, 12), ("1766", 13), (ARVIKA, ""), ("1281", 14), ("1280", 2015), ("1470", 15))
    figures = [Figure(geo, "2023", "count", value) for geo, value in places]
    return Form("ord.csv", text(content), tuple(figures), questions=2)


def open_thousands() -> Form:
    content = 'Kommun,Antal 2023\nKil,"1,234"\nArvika,"2,345"\n'
    return Form("engelsk.csv", text(content), (), questions=3, open=("table.tabell-1",))


def open_period() -> Form:
    content = "Kil\n\nEnheter\n\nNr\tEnhet\tAntal ärenden\n1\tMottagning\t120\n2\tUtredning\t85\n"
    return Form("utan-ar.txt", text(content), (), questions=2, open=("reporting-period",))


def open_unit() -> Form:
    content = "Kils kommun 2023\n\nVerksamhet\t2022\t2023\nNettokostnad\t1200\t1300\n"
    return Form("utan-enhet.txt", text(content), (), questions=2, open=("unit.nettokostnad",))


def open_parts() -> Form:
    content = (
        "Delårsrapport januari–augusti 2024, Kil\n\nVolymer\n\nMått\tUtfall T2\tFöregående år\n"
        "Antal ärenden\t120\t130\n"
    )
    return Form(
        "tertial.txt",
        text(content),
        (),
        questions=3,
        open=("period.utfall-t2", "period.foregaende-ar"),
    )


FORMS = tuple(
    make()
    for make in (
        kolada,
        kolada_one_year,
        insurance,
        pxweb_long,
        pxweb_wide,
        json_stat,
        px,
        index_series,
        national_answers,
        quality_in_brief,
        annual_report,
        part_year,
        two_header_rows,
        counties_in_sheets,
        mixed_units,
        schools,
        crimes,
        ranked,
        years_down,
        places_across,
        sections,
        two_tables_without_titles,
        fractions,
        sexes_across,
        signs,
        balance_sheet,
        goals,
        sheets_by_place,
        figures_like_years,
        words_for_figures,
        open_thousands,
        open_period,
        open_unit,
        open_parts,
    )
)
