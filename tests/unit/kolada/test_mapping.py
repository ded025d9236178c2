"""What a figure means: places, answers in figures, missing values, women and men."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ojmf.declarations.fetched import STORED
from ojmf.errors import FetchError
from ojmf.kolada.mapping import observations
from ojmf.kolada.metadata import Group, Kpi, kpis_frame, places, read_kpis, to_kolada
from tests.unit.kolada.server import kpi, row, value
from tests.unit.kolada.test_data_rows import read

GEOGRAPHY = pl.DataFrame(
    [
        ("00", "Riket", "country", ""),
        ("01", "Stockholms län", "county", "01"),
        ("03", "Uppsala län", "county", "03"),
        ("0184", "Solna", "municipality", "01"),
    ],
    schema=["code", "name", "level", "county_code"],
    orient="row",
)
TITLES = {"0003": "Region Uppsala", "0001": "Stockholms län", "0099": "Region Utan län"}
GROUPS = {
    "G92786": Group("G92786", "Lågpendlingskommun (ovägt medel)", ("0184",)),
    "G36449": Group("G36449", "Liknande kommuner IFO, Ale, 2024", ("0184",)),
}
IDS = ["0184", "0000", "0001", "0003", "0004", "0099", *GROUPS]


def described(title: str, **facts: Any) -> Kpi:
    (found,) = read_kpis([kpi("N00001", title, **facts)], "prov")
    return found


def mapped(
    *values: Any, title: str = "Mått, andel (%)", place: str = "0184", **options: Any
) -> pl.DataFrame:
    facts = options.pop("facts", {})
    figures = read(row("N00001", place, 2024, *values))
    where = places(IDS, GEOGRAPHY, TITLES, GROUPS)
    known = options.pop("known", {})
    return observations(figures, {"N00001": described(title, **facts)}, where, known, **options)


def only(frame: pl.DataFrame, *columns: str) -> tuple[Any, ...]:
    return frame.select(columns).row(0)


def test_a_figure_is_an_observation_of_a_year() -> None:
    frame = mapped(12.5)
    assert frame.schema == STORED
    assert only(frame, "indicator_id", "area_id", "geo", "value", "decimals", "raw", "unit") == (
        "kolada.n00001",
        "kolada",
        "0184",
        12.5,
        1,
        "12.5",
        "percent",
    )
    assert [str(day) for day in only(frame, "period_start", "period_end")] == [
        "2024-01-01",
        "2024-12-31",
    ]
    assert only(frame, "scenario", "period_kind", "obs_status", "note", "column_label") == (
        "outcome",
        "year",
        "A",
        None,
        "Solna 2024",
    )


@pytest.mark.parametrize(
    ("number", "decimals"), [(85789.0, 0), (85789, 0), (0.05, 2), (-1.5, 1), (0, 0)]
)
def test_decimals_are_those_of_the_answer(number: float, decimals: int) -> None:
    assert only(mapped(number), "value", "decimals") == (number, decimals)


@pytest.mark.parametrize(
    ("place", "kind", "as_counties", "geo", "note"),
    [
        ("0184", "K", False, "0184", None),
        ("0000", "K", False, "00", None),
        ("0000", "L", False, "00", None),
        ("0001", "K", False, "01", None),
        ("0001", "A", False, "01", None),
        ("0001", "L", False, "R01", "nyckeltalet gäller regionen, inte länet"),
        ("0001", "L", True, "R01", "nyckeltalet gäller regionen, inte länet"),
        ("0003", "K", False, "R03", "regionens eget värde, inte länets"),
        ("0003", "A", False, "R03", "regionens eget värde, inte länets"),
        ("0003", "L", False, "R03", "regionens eget värde, inte länets"),
        ("0003", "A", True, "03", "Kolada anger Region Uppsala; läst som länet på begäran"),
        ("0003", "L", True, "R03", "regionens eget värde, inte länets"),
        ("0004", "A", False, "R04", "regionens eget värde, inte länets"),
        ("0099", "A", True, "R99", "regionens eget värde, inte länets"),
        ("G92786", "K", False, "G92786", "ovägt medel för kommungruppen"),
        (
            "G36449",
            "K",
            False,
            "G36449",
            "värde för en kommungrupp; Kolada anger inte hur medlet är vägt",
        ),
    ],
)
def test_places(place: str, kind: str, as_counties: bool, geo: str, note: str | None) -> None:
    frame = mapped(
        1.0, place=place, facts={"municipality_type": kind}, regions_as_counties=as_counties
    )
    assert only(frame, "geo", "note") == (geo, note)


@pytest.mark.parametrize(("code", "expected"), [("00", "0000"), ("03", "0003"), ("0184", "0184")])
def test_our_codes_are_asked_for_by_their_ids(code: str, expected: str) -> None:
    assert to_kolada(code) == expected


@pytest.mark.parametrize("name", ["9999", "G99999"])
def test_an_unknown_place_is_refused(name: str) -> None:
    with pytest.raises(FetchError, match=name):
        places(["0184", name], GEOGRAPHY, TITLES, GROUPS)


@pytest.mark.parametrize(
    ("title", "number", "answer", "status"),
    [
        ("Fråga, (Ja=1, Nej=0)", 1.0, "JA", "A"),
        ("Fråga, (Ja=1, Nej=0)", 0, "NEJ", "A"),
        ("Fråga (Ja=1, Nej=2)", 2, "NEJ", "A"),
        ("Fråga (Ja=1, Nej=2)", 0, None, "U"),
        ("Fråga (Ja=2, Delvis=1, Nej=0)", 1, "DELVIS", "A"),
        ("Fråga (Ja=1, Nej=0)", 0.5, None, "U"),
        ("Fråga (Ja=1, Nej=0)", None, None, "O"),
    ],
)
def test_answers_in_figures(
    title: str, number: float | None, answer: str | None, status: str
) -> None:
    frame = mapped(value("T", number), title=title)
    assert only(frame, "answer", "value", "unit", "scenario", "obs_status") == (
        answer,
        None,
        "answer",
        "outcome",
        status,
    )


def test_a_strange_answer_says_why() -> None:
    assert only(mapped(0.5, title="Fråga (Ja=1, Nej=2)"), "note") == (
        "”0.5” är inget av Ja=1, Nej=2",
    )


@pytest.mark.parametrize(
    ("title", "mean", "share", "status"),
    [
        ("Fråga (Ja=1, Nej=0)", 0.63, 63.0, "A"),
        ("Fråga (Ja=1, Nej=2)", 1.37, 63.0, "A"),
        ("Fråga (Ja=1, Nej=2)", 2, 0.0, "A"),
        ("Fråga (Ja=1, Nej=2)", 0.5, None, "U"),
    ],
)
def test_the_mean_of_answers_is_a_share(
    title: str, mean: float, share: float | None, status: str
) -> None:
    frame = mapped(mean, title=title, place="0000")
    assert only(frame, "answer", "value", "unit", "scenario", "obs_status") == (
        None,
        share,
        "percent",
        "share",
        status,
    )


@pytest.mark.parametrize(
    ("cell", "status", "note"),
    [
        (value("T", None, ""), "O", "värde saknas i Kolada"),
        (value("T", None, None), "O", "värde saknas i Kolada"),
        (value("T", None, "Missing"), "O", "värde saknas i Kolada; Koladas status ”Missing”"),
        (
            value("T", None, "Privacy"),
            "Q",
            "skyddad av sekretess i Kolada; Koladas status ”Privacy”",
        ),
        (
            value("T", 3.0, "Privacy"),
            "Q",
            "skyddad av sekretess i Kolada; Koladas status ”Privacy”",
        ),
        (value("T", float("nan")), "O", "”NaN” i svaret är inget tal"),
        (
            value("T", None, "Undefined"),
            "M",
            "värde saknas i Kolada; Koladas status ”Undefined”",
        ),
    ],
)
def test_missing_values_have_a_reason(cell: dict[str, Any], status: str, note: str) -> None:
    frame = mapped(cell)
    assert only(frame, "value", "decimals", "obs_status", "note") == (None, None, status, note)


def test_a_status_beside_a_figure_is_noted() -> None:
    assert only(mapped(value("T", 1.0, "Prel")), "value", "obs_status", "note") == (
        1.0,
        "A",
        "Koladas status ”Prel”",
    )


def test_a_discontinued_kpi_is_marked() -> None:
    assert only(mapped(1.0, title="Mått, antal (-2023)"), "note") == (
        "nyckeltalet är avslutat efter 2023",
    )


def test_deleted_figures_are_left_out() -> None:
    assert mapped(value("T", 1.0, deleted=True)).is_empty()


def test_women_and_men_are_told_apart_by_sex() -> None:
    frame = mapped(value("T", 1.0), value("K", 2.0), value("M", 3.0))
    assert set(frame["indicator_id"]) == {"kolada.n00001"}
    assert frame.select("sex", "value", "column_label").sort("value").rows() == [
        ("_T", 1.0, "Solna 2024"),
        ("F", 2.0, "Solna 2024, kvinnor"),
        ("M", 3.0, "Solna 2024, män"),
    ]


def test_a_kpi_of_the_catalogue_has_its_indicator_for_each_sex() -> None:
    frame = mapped(value("T", 1.0), value("K", 2.0), known={"N00001": ("egna.matt", "egna")})
    assert frame.select("indicator_id", "area_id", "sex").sort("sex").rows() == [
        ("egna.matt", "egna", "F"),
        ("egna.matt", "egna", "_T"),
    ]


@pytest.mark.parametrize(
    ("title", "unit", "kind"),
    [
        ("Fråga, (Ja=1, Nej=0)", "answer", "answer"),
        ("Läge, (Överskott=2, Balans=1, Underskott=0)", "index", "index"),
        ("Brukarbedömning, andel (%)", "percent", "share"),
        ("Avvikelse, procentenheter", "percentage_points", "share"),
        ("Kostnad, kr/inv", "SEK_per_inhabitant", "index"),
        ("Kostnad grundskola, kr/elev", "SEK_per_unit", "index"),
        ("Kostnad, kronor", "SEK", "amount"),
        ("Kostnad per brukare, tkr", "index", "index"),
        ("Väntetid i antal dagar, medelvärde", "days", "index"),
        ("Vårddagar, antal dagar", "days", "count"),
        ("Nettokostnadsavvikelse, (%)", "percent", "index"),
        ("Personer med ekonomiskt bistånd, antal", "persons", "count"),
        ("Barn i familjehem, antal/1 000 inv 0-20 år", "per_1000", "index"),
        ("Avvikelse, miljoner kronor", "MSEK", "amount"),
        ("Invånare 20-64 år, antal", "persons", "count"),
        ("Invånare 13-15 år, antal (-2023)", "persons", "count"),
        ("Födda, antal", "count", "count"),
        ("Anmälda bilbrott, antal/100 000 inv", "per_100000", "index"),
        ("Ekonomisk hållbarhet - Kommunindex", "index", "index"),
    ],
)
def test_the_title_tells_the_unit(title: str, unit: str, kind: str) -> None:
    assert (described(title).unit, described(title).kind) == (unit, kind)


def test_metadata_is_a_frame() -> None:
    frame = kpis_frame([described("Mått (-2023)", is_divided_by_gender=1, description="a\n b")])
    assert only(frame, "discontinued_after", "is_divided_by_gender", "description") == (
        2023,
        True,
        "a b",
    )


@pytest.mark.parametrize("broken", [None, {}, {"id": 3}, "N00001"])
def test_a_row_that_is_no_kpi_is_refused(broken: Any) -> None:
    with pytest.raises(FetchError, match="väntade nyckeltal"):
        list(read_kpis([broken], "prov"))
