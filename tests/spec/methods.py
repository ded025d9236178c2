"""How each table of docs/metoder.md is run."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from ojmf import compare
from ojmf.compare.frame import Known
from ojmf.compare.limits import with_limits
from ojmf.compare.methods import compared
from ojmf.compare.national import national_gaps
from ojmf.compare.over_time import control_charts
from ojmf.compare.reference import poisson, wilson
from ojmf.compare.valuing import worth_of
from ojmf.compare.women_and_men import women_and_men
from ojmf.declarations.concepts import Concept
from ojmf.declarations.registers import POPULATION
from ojmf.errors import OjmfError
from ojmf.periods import parse_period
from ojmf.schema import WORTH
from tests.spec.tables import Row, Runner, number
from tests.unit.compare import frames

OWN, OTHER, COUNTY = "0184", "0381", "01"
YEAR_END = date(2024, 12, 31)


def figure(geo: str, value: float | None, **more: Any) -> dict[str, Any]:
    """A cell of the indicator ``x`` of the area ``a``."""
    return {"area_id": "a", "indicator_id": "x", "geo": geo, "value": value, "line": 1, **more}


def catalogue(method: str, polarity: str, unit: str) -> pl.DataFrame:
    """A catalogue of the one indicator ``x``."""
    return frames.indicators(
        [
            {
                "area_id": "a",
                "indicator_id": "x",
                "name": "X",
                "method": method,
                "polarity": polarity,
                "unit": unit,
            }
        ]
    )


def plain(cell: str) -> float | None:
    """A number that may be NaN."""
    return float("nan") if cell == "NaN" else number(cell)


def answered(rows: list[Row]) -> pl.DataFrame:
    """Each row is a question of its own."""
    ids = [f"q{i:02d}" for i in range(len(rows))]
    asked = frames.indicators({"area_id": "a", "indicator_id": name, "name": name} for name in ids)
    cells = [
        cell
        for i, (name, row) in enumerate(zip(ids, rows, strict=True), start=1)
        for cell in frames.question("a", name, i, {COUNTY: plain(row["länet"])}, g0184=row["svar"])
    ]
    return compare.status(frames.observations(cells), asked, OWN)


def summed_area(rows: list[Row]) -> pl.DataFrame:
    """Each row is an area; its questions are written ``JA/40`` (answer/county)."""
    results = []
    for row in rows:
        pairs = [pair.partition("/") for pair in row["svar/länet"].split()]
        ids = [f"q{i:02d}" for i in range(len(pairs))]
        cells = [
            cell
            for i, (name, (answer, _, share)) in enumerate(zip(ids, pairs, strict=True))
            for cell in frames.question(
                "a", name, i + 1, {COUNTY: number(share)}, g0184=answer.replace("–", "")
            )
        ]
        asked = frames.indicators(
            {"area_id": "a", "indicator_id": name, "name": name} for name in ids
        )
        results.append(compare.areas(frames.observations(cells), asked, OWN))
    return pl.concat(results, how="vertical_relaxed")


def prioritised(rows: list[Row]) -> pl.DataFrame:
    """The questions of one municipality, ranked; given back in the order of the table."""
    ids = [f"q{i:02d}" for i in range(len(rows))]
    cells = [
        cell
        for i, (name, row) in enumerate(zip(ids, rows, strict=True), start=1)
        for cell in frames.question(
            "a",
            name,
            i,
            {COUNTY: number(row["länet"]), "00": number(row["riket"])},
            g0184=row["svar"],
        )
    ]
    asked = frames.indicators({"area_id": "a", "indicator_id": name, "name": name} for name in ids)
    ranked = compare.priorities(frames.observations(cells), asked, OWN).with_row_index(
        "place", offset=1
    )
    return pl.DataFrame({"indicator_id": ids}).join(
        ranked, on="indicator_id", how="left", maintain_order="left"
    )


def valued(rows: list[Row]) -> pl.DataFrame:
    """Each row is a gap of an indicator of its own."""
    names = [f"x{i:02d}" for i in range(len(rows))]
    gaps = [
        {
            **dict.fromkeys(WORTH),
            "indicator_id": name,
            "geo": OWN,
            "period_end": YEAR_END,
            "unit": row["enhet"],
            "own": number(row["eget"]),
            "reference": number(row["referens"]),
        }
        for name, row in zip(names, rows, strict=True)
    ]
    counted = pl.DataFrame(
        {
            "indicator_id": names,
            "geo": OWN,
            "period_end": YEAR_END,
            "denominator": [number(row["nämnare"]) for row in rows],
        }
    )
    frame = pl.DataFrame(gaps, schema=WORTH).with_columns(gap=pl.col("own") - pl.col("reference"))
    return worth_of(frame, counted).sort("indicator_id")


def several(cell: str) -> list[float | None]:
    """The figures of municipalities: ``20×5 10×7`` is 20 of them with 5 and 10 with 7."""
    values: list[float | None] = []
    for group in cell.split():
        count, _, value = group.partition("×")
        values += [plain(value)] * int(count)
    return values


def nationwide(rows: list[Row]) -> pl.DataFrame:
    """Each row is an indicator, the first municipality's figure beside those of all others."""
    cells = [
        (f"i{number}", f"{county}{place:02d}", value, row["bra är"], row["statistik"] or None)
        for number, row in enumerate(rows)
        for county, values in (
            ("01", [plain(row["egen"]), *several(row["övriga i länet"])]),
            ("03", several(row["övriga län"])),
        )
        for place, value in enumerate(values)
    ]
    frame = pl.DataFrame(
        cells,
        schema={
            "indicator_id": pl.String,
            "geo": pl.String,
            "value": pl.Float64,
            "polarity": pl.String,
            "statistic": pl.String,
        },
        orient="row",
    )
    rules = frame.select("indicator_id", "polarity", "statistic").unique()
    done = national_gaps(frame, rules, by=["indicator_id"])
    return done.filter(pl.col("geo") == "0100")


def coloured(rows: list[Row]) -> pl.DataFrame:
    """Each row is a country of its own."""
    results = []
    for row in rows:
        values = [plain(row["egen"]), *several(row["övriga kommuner"])]
        frame = pl.DataFrame(
            {"geo": [f"{2000 + i}" for i in range(len(values))], "value": values},
            schema={"geo": pl.String, "value": pl.Float64},
        ).with_columns(pl.lit("x").alias("indicator_id"), pl.lit(row["bra är"]).alias("polarity"))
        done = compare.quartiles(frame, ["indicator_id"]).collect()
        results.append(done.filter(pl.col("geo") == "2000"))
    return pl.concat(results)


def together(rows: list[Row]) -> pl.DataFrame:
    """Each row is a county and the figures of its municipalities, ``–`` where one is missing."""
    results = []
    for row in rows:
        places = [f"99{i:02d}" for i, _ in enumerate(row["värden"].split())]
        values = dict(zip(places, row["värden"].split(), strict=True))
        weights = dict(zip(places, row["nämnare"].split(), strict=False))
        geography = pl.DataFrame(
            [(geo, geo, "municipality", "99") for geo in places],
            schema=["code", "name", "level", "county_code"],
            orient="row",
        )
        indicators = catalogue("neutral", "neutral", "percent").with_columns(
            pl.lit(row["statistik"] or None, pl.String).alias("statistic"),
            pl.lit(number(row["minst"]), pl.Int64).alias("fewest"),
        )
        cells = [
            figure(geo, number(value), unit="percent", sex="_T")
            for geo, value in values.items()
            if value != "–"
        ]
        denominators = pl.DataFrame(
            [("x", geo, YEAR_END, number(value)) for geo, value in weights.items() if value != "–"],
            schema=["indicator_id", "geo", "period_end", "denominator"],
            orient="row",
        )
        results.append(
            compared(
                frames.observations(cells),
                indicators,
                places[0],
                known=Known(geography, basis=compare.Basis(denominators=denominators)),
            )
        )
    return pl.concat(results)


def between_sexes(rows: list[Row]) -> pl.DataFrame:
    """Each row is the figure of so many women beside that of the men."""
    results = []
    for row in rows:
        sides = (("F", row["kvinnor"], row["av"]), ("M", row["män"], row["av män"]))
        unit = row["enhet"]
        cells = [figure(OWN, number(value), unit=unit, sex=sex) for sex, value, _ in sides]
        asked = [("x", OWN, sex, YEAR_END, number(n)) for sex, _, n in sides if n]
        denominators = pl.DataFrame(
            asked,
            schema={
                "indicator_id": pl.String,
                "geo": pl.String,
                "sex": pl.String,
                "period_end": pl.Date,
                "denominator": pl.Float64,
            },
            orient="row",
        )
        indicators = catalogue("neutral", "neutral", unit)
        compared_rows = compared(frames.observations(cells), indicators, OWN)
        results.append(women_and_men(compared_rows, indicators, denominators))
    return pl.concat(results)


def intervals(rows: list[Row]) -> pl.DataFrame:
    """Wilson where there is a denominator, Byar where there is none."""
    results = []
    for row in rows:
        frame = pl.DataFrame(
            {"x": number(row["x"]), "n": number(row["n"])},
            schema={"x": pl.Float64, "n": pl.Float64},
        )
        level = (number(row["nivå %"]) or 0) / 100
        share = row["metod"] == "Wilson"
        limits = wilson(pl.col("x"), pl.col("n"), level) if share else poisson(pl.col("x"), level)
        results.append(frame.select(limits[0].alias("lower"), limits[1].alias("upper")))
    return pl.concat(results)


def by_reference(rows: list[Row]) -> pl.DataFrame:
    """Each row is one indicator of one municipality against its county."""
    results = []
    for row in rows:
        unit = {"%": "percent", "antal": "count"}[row["enhet"]]
        cells = [figure(OWN, plain(row["egen"]), unit=unit)]
        cells += [figure(COUNTY, plain(row["länet"]), unit=unit)] if row["länet"] else []
        known = [
            ("x", geo, YEAR_END, number(row[column]))
            for geo, column in ((OWN, "nämnare"), (COUNTY, "länets nämnare"))
            if row[column]
        ]
        schema = {
            "indicator_id": pl.String,
            "geo": pl.String,
            "period_end": pl.Date,
            "denominator": pl.Float64,
        }
        tolerance = number(row["tolerans"])
        basis = compare.Basis(
            denominators=pl.DataFrame(known, schema=schema, orient="row"),
            tolerances={} if tolerance is None else {"x": tolerance},
        )
        indicators = catalogue("reference", row["bra är"], unit)
        results.append(compare.by_method(frames.observations(cells), indicators, OWN, basis=basis))
    return pl.concat(results)


def by_target(rows: list[Row]) -> pl.DataFrame:
    """Each row is one indicator with the figures that are printed for the year."""
    results = []
    for row in rows:
        printed = (
            ("utfall", "outcome"),
            ("prognos", "forecast"),
            ("budget", "budget"),
            ("avvikelse", "deviation"),
        )
        cells = [
            figure(OWN, number(row[column]), unit="MSEK", scenario=scenario)
            for column, scenario in printed
            if row[column]
        ]
        indicators = catalogue("target", row["bra är"], "MSEK")
        results.append(compare.by_method(frames.observations(cells), indicators, OWN))
    return pl.concat(results)


def by_direction(rows: list[Row]) -> pl.DataFrame:
    """Each row is one neutral indicator against the county."""
    results = []
    for row in rows:
        cells = [figure(OWN, plain(row["egen"]), unit="persons")]
        cells.append(figure(COUNTY, plain(row["länet"]), unit="persons"))
        indicators = catalogue("neutral", "neutral", "persons")
        results.append(compare.by_method(frames.observations(cells), indicators, OWN))
    return pl.concat(results)


def distanced(rows: list[Row]) -> pl.DataFrame:
    """Each row is a judged figure with the limits of the best quarter."""
    results = []
    for row in rows:
        unit = {"%": "percent", "antal": "count"}[row["enhet"]]
        judged = pl.DataFrame(
            {
                "area_id": "a",
                "indicator_id": "x",
                "geo": OWN,
                "period_end": YEAR_END,
                "method": "quartile",
                "unit": unit,
                "own": number(row["egen"]),
                "reference": number(row["länet"]),
                "lower": number(row["undre"]),
                "upper": number(row["övre"]),
                "verdict": None,
            },
            schema_overrides={"reference": pl.Float64},
        ).with_columns((pl.col("own") - pl.col("reference")).alias("gap"))
        denominators = pl.DataFrame(
            {
                "indicator_id": "x",
                "geo": OWN,
                "period_end": YEAR_END,
                "denominator": number(row["nämnare"]),
            },
            schema_overrides={"denominator": pl.Float64},
        )
        indicators = catalogue("quartile", row["bra är"], unit)
        results.append(compare.distances(judged, indicators, denominators))
    return pl.concat(results)


def to_date(rows: list[Row]) -> pl.DataFrame:
    """Each row is a series from January, ``–`` where a month is missing."""
    results = []
    for row in rows:
        cells = [
            figure(
                OWN,
                number(value),
                unit=row["enhet"],
                period_kind="month",
                period_start=date(2024, month, 1),
                period_end=date(2024, month, 28),
            )
            for month, value in enumerate(row["månader"].split(), start=1)
            if value != "–"
        ]
        last = int(row["till och med"])
        results.append(compare.year_to_date(frames.observations(cells), OWN, last))
    return pl.concat(results)


def side_by_side(rows: list[Row]) -> pl.DataFrame:
    """Each row is a concept; a figure is written ``value period`` and several with a comma."""
    results = []
    for row in rows:
        cells = [
            figure(
                geo,
                number(value),
                unit="MSEK",
                period_start=period.start,
                period_end=period.end,
                period_kind=period.kind.value,
            )
            for geo, column in ((OWN, "A"), (OTHER, "B"))
            for value, _, span in (part.partition(" ") for part in row[column].split("; ") if part)
            for period in [parse_period(span)]
        ]
        concept = Concept.model_validate(
            {
                "id": "x",
                "name": "X",
                "area": "a",
                "unit": "MSEK",
                "grade": "partly",
                "reason": "skäl",
                "denominator": "population",
                "period_conversion": row["omräkning"] or None,
                "formula": [{"geo": geo, "terms": [{"indicator": "x"}]} for geo in (OWN, OTHER)],
            }
        )
        people = [(OTHER, date(2024, 9, 30), 50_000, "test")]
        if row["folkmängd A"]:
            counted, _, day = row["folkmängd A"].partition(" ")
            people.append((OWN, date.fromisoformat(day), int(counted), "test"))
        population = pl.DataFrame(people, schema=POPULATION, orient="row")
        results.append(
            compare.compare(frames.observations(cells), [concept], population, OWN, OTHER)
        )
    return pl.concat(results)


def among_peers(rows: list[Row]) -> pl.DataFrame:
    """Each row is a group of peers with their figures, ``–`` where one is missing."""
    results = []
    for row in rows:
        others = row["gruppen"].split()
        members = [f"9{i:03d}" for i in range(len(others))]
        groups = pl.DataFrame(
            [("G1", "Grupp", member) for member in members],
            schema=["group_id", "group_title", "member_id"],
            orient="row",
        )
        cells = [figure(OWN, number(row["egen"]), unit="percent")]
        cells += [
            figure(member, number(value), unit="percent")
            for member, value in zip(members, others, strict=True)
            if value != "–"
        ]
        indicators = catalogue("reference", row["bra är"], "percent")
        results.append(
            compare.peer_places(frames.observations(cells), indicators, groups, OWN, "G1")
        )
    return pl.concat(results)


def months(row: Row) -> list[dict[str, Any]]:
    """A monthly series from January 2023, ``–`` where a month is missing."""
    return [
        figure(
            OWN,
            number(value),
            unit=row["enhet"],
            period_kind="month",
            period_start=date(2023 + month // 12, month % 12 + 1, 1),
            period_end=date(2023 + month // 12, month % 12 + 1, 28),
        )
        for month, value in enumerate(row["serie"].split())
        if value != "–"
    ]


def limited(rows: list[Row]) -> pl.DataFrame:
    """Each row is a monthly series."""
    series = ["unit", "period_kind"]
    return pl.concat(with_limits(frames.observations(months(row)), series).tail(1) for row in rows)


def over_time(rows: list[Row]) -> pl.DataFrame:
    """Each row is a monthly series."""
    results = []
    for row in rows:
        cells = months(row)
        indicators = catalogue("neutral", row["bra är"], row["enhet"])
        table = frames.observations(cells)
        shown = compare.trends(table, indicators, OWN)
        assert control_charts(table, indicators, OWN).height == len(cells)
        results.append(shown)
    return pl.concat(results)


def borderline(rows: list[Row]) -> pl.DataFrame:
    """Each row is a comparison that is unusual but has a result."""
    asked = frames.indicators([{"area_id": "a", "indicator_id": "x", "name": "X"}])
    answers = frames.observations(
        frames.question("a", "x", 1, {COUNTY: 50, "03": 30}, g0184="JA", g0381="NEJ")
    )

    def against(geo: str) -> pl.DataFrame:
        return compare.status(answers, asked, OWN, against=geo)

    def figures(own: float, other: float, **period: Any) -> pl.DataFrame:
        eight = {"period_end": date(2024, 8, 31), "period_kind": "year_to_date", "unit": "count"}
        cells = [figure(OWN, own, **eight), figure(COUNTY, other, **eight | period)]
        shown = catalogue("neutral", "neutral", "count")
        return compare.by_method(frames.observations(cells), shown, OWN)

    attempts = {
        "ett län som kommunen inte ligger i": lambda: against("03"),
        "en kommun i ett annat län": lambda: against(OTHER),
        "januari–augusti mot januari–juli": lambda: figures(20, 10, period_end=date(2024, 7, 31)),
        "ett helår mot samma tid med annat slag": lambda: figures(20, 10, period_kind="year"),
        "minus noll mot noll": lambda: figures(-0.0, 0.0),
        "oändligt": lambda: figures(20, float("inf")),
    }
    return pl.concat((attempts[row["försök"]]() for row in rows), how="diagonal_relaxed")


def refused(rows: list[Row]) -> pl.DataFrame:
    """Each row is something that cannot be done, and the beginning of the message."""
    table = frames.observations(
        [
            *frames.question("a", "x", 1, {COUNTY: 50}, g0184="JA"),
            *frames.question("a", "y", 2, {COUNTY: 50}, g0180="NEJ"),
        ]
    )
    questions = frames.indicators(
        {"area_id": "a", "indicator_id": name, "name": name} for name in "xy"
    )
    unknown = questions.head(1).with_columns(pl.lit("gissning").alias("method"))
    attempts: dict[str, Any] = {
        "okänd metod": lambda: compare.by_method(table, unknown, OWN),
        "okänd kommun": lambda: compare.status(
            table, questions, "Sålna", geography=frames.GEOGRAPHY
        ),
        "okänt område": lambda: compare.status(table, questions, OWN, area="b"),
        "kommun utan svar": lambda: compare.status(table, questions, OTHER),
        "ett län som kommun": lambda: compare.status(table, questions, COUNTY),
        "kommunen mot sig själv": lambda: compare.status(table, questions, OWN, against=OWN),
        "ett län utan uppgift": lambda: compare.status(table, questions, OWN, against="25"),
        "månad 13": lambda: compare.year_to_date(table, OWN, 13),
        "inga månader": lambda: compare.year_to_date(table, OWN, 8),
    }
    messages = []
    for row in rows:
        try:
            attempts[row["försök"]]()
        except OjmfError as error:
            messages.append((type(error).__name__, str(error).partition(".")[0]))
    return pl.DataFrame(messages, schema=["error", "message"], orient="row")


RUNNERS = {
    "Svar i Öppna jämförelser (`answer`)": Runner(
        answered,
        {
            "eget": "own",
            "status": "status",
            "referens": "reference",
            "gap": "gap",
        },
    ),
    "Områden": Runner(
        summed_area,
        {
            "antal": "indicators",
            "gröna": "green",
            "gula": "yellow",
            "röda": "red",
            "grå": "grey",
            "andel JA": "share_yes",
            "medel": "share_in_place",
            "länet": "county_mean",
            "gap": "gap_county",
        },
    ),
    "Vad ett gap är värt": Runner(
        valued,
        {"värt": "worth", "i": "worth_unit", "lägst": "low", "högst": "high"},
    ),
    "Vad som väger tyngst bland det röda": Runner(
        prioritised,
        {
            "plats": "place",
            "tyngd": "priority",
            "från": "basis",
        },
    ),
    "Kvartil (`quartile`)": Runner(
        coloured,
        {
            "status": "status",
            "rang": "rank",
            "antal": "compared",
            "undre": "lower",
            "övre": "upper",
            "skäl": "reason",
        },
    ),
    "Hela landet på en gång": Runner(
        nationwide,
        {
            "länet": "county_reference",
            "riket": "national_reference",
            "gap länet": "gap_county",
            "gap riket": "gap_national",
            "status": "status",
        },
    ),
    "Länets, rikets och gruppens värde": Runner(
        together,
        {"värde": "reference", "av": "reference_counted", "kommuner": "reference_members"},
    ),
    "Kvinnor och män": Runner(
        between_sexes,
        {"skillnad": "gap", "undre": "lower", "övre": "upper", "mer än slump": "beyond_chance"},
    ),
    "Konfidensintervall": Runner(
        intervals,
        {
            "undre": "lower",
            "övre": "upper",
        },
    ),
    "Mot ett referensvärde (`reference`)": Runner(
        by_reference,
        {
            "omdöme": "verdict",
            "nivå": "confidence",
            "referens": "reference",
            "skäl": "reason",
        },
    ),
    "Mot budget eller mål (`target`)": Runner(
        by_target,
        {
            "eget": "own",
            "mål": "reference",
            "gap": "gap",
            "omdöme": "verdict",
            "skäl": "reason",
        },
    ),
    "Utan riktning (`neutral`)": Runner(
        by_direction,
        {
            "omdöme": "verdict",
            "gap": "gap",
            "status": "status",
        },
    ),
    "Avstånd och vad som krävs": Runner(
        distanced,
        {
            "relativt": "gap_relative",
            "vänt": "gap_adjusted",
            "avstånd": "to_best_quarter",
            "krävs": "needed",
        },
    ),
    "Månader som hittills under året": Runner(
        to_date,
        {
            "värde": "value",
            "månader med uppgift": "months",
            "sätt": "aggregation",
            "skäl": "reason",
        },
    ),
    "Två kommuner bredvid varandra": Runner(
        side_by_side,
        {
            "a": "own",
            "b": "reference",
            "gap": "gap",
            "a per invånare": "own_per_inhabitant",
            "dagar": "own_population_days",
            "skäl": "reason",
        },
    ),
    "Bland jämförbara kommuner": Runner(
        among_peers,
        {
            "rang": "rank",
            "fjärdedel": "quarter",
            "jämförda": "compared",
            "median": "median",
            "gap": "gap",
            "skäl": "reason",
        },
    ),
    "Styrgränser i en serie": Runner(
        limited,
        {
            "diagram": "chart",
            "medel": "mean",
            "spridning": "mean_range",
            "undre": "lower",
            "övre": "upper",
        },
    ),
    "Förändring över tid": Runner(
        over_time,
        {
            "vad": "variation",
            "signal": "signal",
            "medel": "mean",
            "undre": "lower",
            "övre": "upper",
            "diagram": "chart",
            "skäl": "reason",
        },
    ),
    "Mot samma månader året före": Runner(
        over_time,
        {
            "n": "compared_points",
            "nu": "this_year",
            "före": "last_year",
            "förändring": "change",
            "gräns": "change_limit",
            "visar": "since_last_year",
            "skäl": "reason",
        },
    ),
    "Gränsfall": Runner(
        borderline,
        {
            "eget": "own",
            "referens": "reference",
            "referensområde": "reference_geo",
            "gap": "gap",
            "skäl": "reason",
        },
    ),
    "Det som inte går": Runner(
        refused,
        {
            "fel": "error",
            "meddelande": "message",
        },
    ),
}
"""The runner of each section of docs/metoder.md, by its title."""
