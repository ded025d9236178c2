"""Frames and arguments that are not what a function reads, over all public functions.

Each is refused with what was found and expected, in Swedish. None gives an answer that looks
sound, and none ends in the words of Polars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

import ojmf
from ojmf import compare
from ojmf.compare import Basis
from ojmf.declarations.concepts import Concept, Formula, Term
from ojmf.model import UNITS, Grade
from ojmf.present.words import UNIT_WORDS
from tests.unit.compare import frames

QUESTIONS = frames.indicators(
    [
        *({"area_id": "a", "indicator_id": f"a.q{n}", "name": f"Fråga {n}"} for n in range(6)),
        {
            "area_id": "b",
            "indicator_id": "b.cost",
            "name": "Kostnad",
            "unit": "SEK",
            "kind": "amount",
            "method": "neutral",
            "polarity": "neutral",
        },
    ]
)
MONTHS = [
    {
        "area_id": "b",
        "indicator_id": "b.cost",
        "geo": "0184",
        "line": 20 + number,
        "value": float(number),
        "unit": "SEK",
        "period_start": date(2024, number, 1),
        "period_end": date(2024, number, 28),
        "period_kind": "month",
    }
    for number in range(1, 13)
]
ROWS = frames.observations(
    [
        cell
        for n in range(6)
        for cell in frames.question(
            "a", f"a.q{n}", n + 1, {"01": 40.0, "00": 55.5}, g0184="NEJ", g0381="JA", g0180="JA"
        )
    ]
    + MONTHS
)
PEOPLE = pl.DataFrame({"geo": ["0184"], "date": [date(2024, 12, 31)], "population": [80_000]})
PEERS = pl.DataFrame(
    {"group_id": ["g", "g"], "group_title": ["G", "G"], "of": ["0184"] * 2}
    | {"member_id": ["0381", "0180"]}
)
CONCEPT = Concept(
    id="kostnad",
    name="Kostnad",
    area="b",
    unit="SEK",
    grade=Grade.COMPARABLE,
    reason="samma",
    formula=tuple(
        Formula(geo=geo, terms=(Term(indicator="b.cost", over="sum"),)) for geo in ("0184", "0381")
    ),
)
COUNTRY = pl.DataFrame(
    {"indicator_id": "a.q0", "geo": [f"01{n:02d}" for n in range(30)], "value": range(30)},
    schema_overrides={"value": pl.Float64},
)

Call = Callable[[], Any]


def calls(
    rows: Any = ROWS,
    asked: Any = QUESTIONS,
    places: Any = frames.GEOGRAPHY,
    geo: Any = "0184",
    **given: Any,
) -> Mapping[str, Call]:
    """Every function that reads these frames; ``given`` is ``against`` where there is one."""
    own: dict[str, Any] = {"geography": places}
    own_data = {"population": PEOPLE, "groups": PEERS, "concepts": [CONCEPT], **own}
    return {
        "status": lambda: ojmf.status(rows, asked, geo, **own, **given),
        "gaps": lambda: ojmf.gaps(rows, asked, geo, **own, **given),
        "areas": lambda: ojmf.areas(rows, asked, geo, **own),
        "by_method": lambda: compare.by_method(rows, asked, geo, **own, **given),
        "priorities": lambda: compare.priorities(rows, asked, geo, **own),
        "contributions": lambda: compare.contributions(rows, asked, geo, **own, **given),
        "shared_questions": lambda: compare.shared_questions(rows, asked, geo, **own, **given),
        "trends": lambda: compare.trends(rows, asked, geo, **own),
        "control_charts": lambda: compare.control_charts(rows, asked, geo, **own),
        "peer_places": lambda: compare.peer_places(rows, asked, PEERS, geo, "g", **own),
        "similar": lambda: compare.similar(rows, asked, geo, ["a.q0"], **own),
        "worth": lambda: compare.worth(rows, asked, geo, **own, **given),
        "Data.status": lambda: ojmf.Data(rows, asked, **own_data).status(geo, **given),
        "Data.gaps": lambda: ojmf.Data(rows, asked, **own_data).gaps(geo, **given),
        "Data.areas": lambda: ojmf.Data(rows, asked, **own_data).areas(geo),
        "Data.trends": lambda: ojmf.Data(rows, asked, **own_data).trends(geo),
        "Data.compare": lambda: ojmf.Data(rows, asked, **own_data).compare(geo, "0381"),
        "Data.peers": lambda: ojmf.Data(rows, asked, **own_data).peers(geo, "g"),
        "Data.similar": lambda: ojmf.Data(rows, asked, **own_data).similar(geo, ["a.q0"]),
        "Data.validate": lambda: ojmf.Data(rows, asked, **own_data).validate(),
    }


def written(geo: Any = "0184", **given: Any) -> Mapping[str, Call]:
    """Those that write files, or answer with a reason where there is nothing to tell."""
    data = ojmf.Data(ROWS, QUESTIONS, population=PEOPLE, geography=frames.GEOGRAPHY)
    return {
        "Data.worth": lambda: data.worth(geo, **given),
        "Data.cite": lambda: data.cite("a.q0", geo, **given),
        "Data.chart": lambda: data.chart("gaps", geo, **given),
        "Data.table": lambda: data.table(geo, "finns/inte.docx", **given),
        "Data.report": lambda: data.report(geo, "finns/inte.docx", **given),
        "Data.site": lambda: data.site("finns/inte", kommuner=geo),
    }


def of_rows(rows: Any) -> Mapping[str, Call]:
    """Those that read observations without a catalogue, too."""
    return {
        **calls(rows=rows),
        "compare": lambda: compare.compare(rows, [CONCEPT], PEOPLE, "0184", "0381"),
        "year_to_date": lambda: compare.year_to_date(rows, "0184", 8),
    }


def refused(call: Call, message: str) -> str | None:
    """What is wrong with how a call ends; None where it is refused with the message."""
    try:
        given = call()
    except (ojmf.FrameError, ojmf.SelectionError, ojmf.UsageError) as error:
        return None if re.search(message, str(error)) else f"{type(error).__name__}: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"gave {type(given).__name__}"


def held(functions: Mapping[str, Call], message: str) -> None:
    wrong = {name: refused(call, message) for name, call in functions.items()}
    assert {name: told for name, told in wrong.items() if told is not None} == {}


def column(name: str, value: Any, dtype: Any = pl.String) -> Callable[[pl.DataFrame], Any]:
    return lambda frame: frame.with_columns(pl.lit(value, dtype).alias(name))


def mapped(name: str, change: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.DataFrame], Any]:
    return lambda frame: frame.with_columns(change(pl.col(name)).alias(name))


def swapped(name: str, old: str, new: str) -> Callable[[pl.DataFrame], Any]:
    return mapped(name, lambda values: values.replace({old: new}))


def aware(values: pl.Expr) -> pl.Expr:
    midnight = values.cast(pl.Datetime).dt.replace_time_zone("Europe/Stockholm")
    return midnight.dt.convert_time_zone("UTC")


OBSERVATIONS: Mapping[str, tuple[Callable[[pl.DataFrame], Any], str]] = {
    "codes as numbers": (mapped("geo", lambda geo: geo.cast(pl.Int64)), "inledande nollor"),
    "codes as floats": (mapped("geo", lambda geo: geo.cast(pl.Float64)), "väntade text"),
    "the country as 0000": (swapped("geo", "00", "0000"), "skriv 00 för riket"),
    "a region as 0001": (swapped("geo", "01", "0001"), "ingen kommuns"),
    "names for codes": (column("geo", "Solna"), "SCB:s kod som text"),
    "codes with a space": (mapped("geo", lambda geo: geo + " "), "SCB:s kod som text"),
    "codes without their zero": (swapped("geo", "0184", "184"), "SCB:s kod som text"),
    "shares from 0 to 1": (mapped("value", lambda value: value / 100), "multiplicera med 100"),
    "dates with a time zone": (mapped("period_end", aware), "tidszon"),
    "times of day": (
        mapped("period_end", lambda end: end.cast(pl.Datetime).dt.offset_by("9h")),
        "har klockslag",
    ),
    "dates as text": (mapped("period_start", lambda day: day.cast(pl.String)), "väntade datum"),
    "years for dates": (mapped("period_start", lambda day: day.dt.year()), "väntade datum"),
    "periods backwards": (
        lambda frame: frame.rename({"period_start": "period_end", "period_end": "period_start"}),
        "slutar innan den börjar",
    ),
    "periods to the first day after them": (
        mapped("period_end", lambda end: end.dt.offset_by("1mo").dt.month_start()),
        "periodens sista dag",
    ),
    "ids with a space": (mapped("indicator_id", lambda name: name + " "), "blanksteget"),
    "answers in small letters": (
        mapped("answer", lambda answer: answer.str.to_lowercase()),
        "väntade JA, DELVIS eller NEJ",
    ),
    "answers as booleans": (mapped("answer", lambda answer: answer == "JA"), "väntade text"),
    "a Swedish scenario": (column("scenario", "utfall"), "väntade outcome, budget"),
    "no scenario": (column("scenario", None), "väntade ett värde"),
    "figures as text": (
        mapped("value", lambda value: value.cast(pl.String)),
        "väntade Float64, inte String",
    ),
    "a column that is missing": (lambda frame: frame.drop("geo"), "kolumnen geo saknas"),
    "a column by another name": (
        lambda frame: frame.rename({"indicator_id": "indicator"}),
        "kolumnen indicator_id saknas",
    ),
    "a Swedish unit": (swapped("unit", "SEK", "kronor"), "unit|kronor|enhet"),
    "no unit": (column("unit", None), "kolumnen unit: rad 0 har inget värde"),
    "a Swedish sex": (column("sex", "K"), "väntade _T, F eller M"),
    "a status of no list": (column("obs_status", "x"), "väntade A, I"),
    "a Swedish kind of period": (column("period_kind", "år"), "väntade month, quarter"),
    "no period": (column("period_end", None, pl.Date), "väntade ett värde"),
    "no indicator": (column("indicator_id", None), "väntade ett värde"),
    "a list of dicts": (lambda frame: frame.to_dicts(), "anges som en DataFrame eller LazyFrame"),
    "nothing": (lambda frame: None, "anges som en DataFrame eller LazyFrame"),
}
ONLY_WITH_CATALOGUE = {
    "a figure beside every answer": (
        lambda frame: frame.with_columns(
            value=pl.when(pl.col("answer") == "JA").then(100.0).otherwise("value")
        ),
        "raden har också ett tal i value",
    ),
    "an answer beside every figure": (column("answer", "JA"), "raden har också ett tal i value"),
    "kronor in millions": (swapped("unit", "SEK", "MSEK"), "men katalogen har ”SEK” för b.cost"),
    "shares of JA as outcomes": (
        mapped("scenario", lambda scenario: scenario.replace({"share": "outcome"})),
        "men katalogen har ”answer” för a.q0; en andel av JA har scenariot share",
    ),
    "indicators in capitals": (
        mapped("indicator_id", lambda name: name.str.to_uppercase()),
        "”A.Q0” i området ”a” står i katalogen som ”a.q0” i området ”a”",
    ),
    "areas of another catalogue": (
        column("area_id", "c"),
        "”a.q0” i området ”c” står i katalogen som ”a.q0” i området ”a”",
    ),
    "indicators of another catalogue": (
        mapped("indicator_id", lambda name: "z" + name.str.slice(3)),
        "ingen rad gäller en indikator i katalogen",
    ),
    "answers as figures": (
        lambda frame: frame.with_columns(
            value=pl.when(pl.col("unit") == "answer").then(1.0).otherwise("value"),
            answer=pl.lit(None, pl.String),
        ),
        "skriv svaret som JA, DELVIS eller NEJ",
    ),
    "figures that are withheld": (column("obs_status", "Q"), "saknas eller är skyddad"),
}
CATALOGUE: Mapping[str, tuple[Callable[[pl.DataFrame], Any], str]] = {
    "no direction": (column("polarity", None), "polarity: rad 0 har inget värde"),
    "a direction with a capital": (column("polarity", "Higher"), "väntade higher, lower"),
    "a Swedish direction": (column("polarity", "högre"), "väntade higher, lower"),
    "a direction as a number": (column("polarity", 1, pl.Int64), "väntade text"),
    "every row twice": (lambda frame: pl.concat([frame, frame]), "en rad för varje indicator_id"),
    "no method": (column("method", None), "method: rad 0 har inget värde"),
    "figures judged as answers": (column("method", "answer"), "hör till enheten answer"),
    "answers judged as figures": (column("method", "neutral"), "hör till enheten answer"),
    "an indicator in two areas": (
        lambda frame: pl.concat([frame, column("area_id", "c")(frame)]),
        "en rad för varje indicator_id",
    ),
    "a Swedish method": (column("method", "kvartil"), "väntade answer, quartile"),
    "no column for the direction": (lambda frame: frame.drop("polarity"), "polarity saknas"),
    "a tolerance below 0": (column("tolerance", -1.0, pl.Float64), "väntade 0 eller mer"),
    "an endless tolerance": (column("tolerance", float("inf"), pl.Float64), "ändligt tal"),
    "a tolerance as text": (column("tolerance", "0,5"), "väntade Float64"),
    "a statistic of no list": (column("statistic", "medel"), "väntade median, mean"),
    "no unit": (column("unit", None), "unit: rad 0 har inget värde"),
    "no rows": (lambda frame: frame.clear(), "katalogen har inga rader"),
    "the observations": (lambda frame: ROWS, "katalogen: kolumnen kind saknas"),
    "nothing": (lambda frame: None, "indicators anges som en DataFrame"),
}
PLACES: Mapping[str, tuple[Callable[[pl.DataFrame], Any], str]] = {
    "codes as numbers": (mapped("code", lambda code: code.cast(pl.Int64)), "inledande nollor"),
    "every row twice": (lambda frame: pl.concat([frame, frame]), "en rad för varje code"),
    "Swedish levels": (column("level", "kommun"), "väntade country, county"),
    "no names": (lambda frame: frame.drop("name"), "kolumnen name saknas"),
    "empty names": (column("name", None), "name: rad 0 har inget värde"),
    "no rows": (lambda frame: frame.clear(), "geografin har inga rader"),
}


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_unsound_observations_are_refused_everywhere(name: str) -> None:
    change, message = OBSERVATIONS[name]
    functions = of_rows(change(ROWS))
    if name == "a Swedish unit":  # it takes a catalogue to tell that it is none
        functions = calls(rows=change(ROWS))
    held(functions, message)


@pytest.mark.parametrize("name", ONLY_WITH_CATALOGUE)
def test_observations_beside_the_catalogue_are_refused_everywhere(name: str) -> None:
    change, message = ONLY_WITH_CATALOGUE[name]
    held(calls(rows=change(ROWS)), message)


def failing(frame: pl.DataFrame) -> pl.LazyFrame:
    return frame.lazy().select("indicator_id", "area_id", "finns_inte")


def test_a_lazy_frame_that_cannot_be_run_is_refused_everywhere() -> None:
    told = "går inte att köra. Polars säger: .*finns_inte"
    held(of_rows(failing(ROWS)), told)
    held(calls(asked=failing(QUESTIONS)), told)
    lost = pl.scan_parquet("finns_inte.parquet")
    held({**of_rows(lost), "national_gaps": lambda: ojmf.national_gaps(lost, DIRECTIONS)}, told)


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_unsound_catalogue_is_refused_everywhere(name: str) -> None:
    change, message = CATALOGUE[name]
    held(calls(asked=change(QUESTIONS)), message)


@pytest.mark.parametrize("name", PLACES)
def test_unsound_places_are_refused_everywhere(name: str) -> None:
    change, message = PLACES[name]
    held(calls(places=change(frames.GEOGRAPHY)), message)


WITH_AGAINST = (
    *("status", "gaps", "by_method", "contributions", "shared_questions"),
    *("Data.cite", "Data.worth"),
)
WITHOUT_TOO = ("Data.chart", "Data.table", "Data.report")


@pytest.mark.parametrize("places", [frames.GEOGRAPHY, None], ids=["places", "no places"])
@pytest.mark.parametrize(
    "against",
    ["county", "Norge", "", "0000", "0001", "1", "184", "0184", None, 1, ["lan"], b"lan"],
    ids=repr,
)
def test_what_is_no_reference_is_refused_everywhere(against: Any, places: Any) -> None:
    functions = {**calls(places=places, against=against), **written(against=against)}
    names = WITH_AGAINST if against is None else (*WITH_AGAINST, *WITHOUT_TOO)
    meant = {name: functions[name] for name in names}
    held(meant, "ingen kod som heter|är ingen kod|med sig självt|anges som text")


@pytest.mark.parametrize("against", ["riket ", " Riket", "00", "  00"])
def test_spaces_and_case_do_not_change_a_reference(against: str) -> None:
    plain = ojmf.gaps(ROWS, QUESTIONS, "0184", against="riket")
    assert plain["gap"].to_list() == [-55.5] * 6
    assert ojmf.gaps(ROWS, QUESTIONS, "0184", against=against).equals(plain)
    assert ojmf.Data(ROWS, QUESTIONS).gaps("0184", against=against)["gap"].equals(plain["gap"])


@pytest.mark.parametrize("geo", ["Sålna", "0000", "0001", "184", "00", "", 184, None], ids=repr)
def test_what_is_no_municipality_is_refused_everywhere(geo: Any) -> None:
    functions = {**calls(geo=geo), **written(geo=geo)}
    functions |= {
        "year_to_date": lambda: compare.year_to_date(ROWS, geo, 8),
        "compare": lambda: compare.compare(ROWS, [CONCEPT], PEOPLE, geo, "0381"),
        "peer_groups": lambda: compare.peer_groups(PEERS, geo),
    }
    del functions["Data.validate"]
    held(functions, "ingen kod som heter|ingen kommun|är ingen kod|anges som text|Ange kommun= ")


JUDGED = compare.by_method(ROWS, QUESTIONS, "0184")
FIGURES = COUNTRY.with_columns(polarity=pl.lit("higher"))
DIRECTIONS = pl.DataFrame({"indicator_id": ["a.q0"], "polarity": ["higher"]})
OTHERS: Mapping[str, tuple[Call, str]] = {
    "the population of places of another geography": (
        lambda: ojmf.Data(
            ROWS, QUESTIONS, geography=frames.GEOGRAPHY, population=column("geo", "1480")(PEOPLE)
        ),
        "ingen rad gäller en plats i geografin; den första är ”1480”",
    ),
    "distances of another result": (
        lambda: compare.distances(ojmf.status(ROWS, QUESTIONS, "0184"), QUESTIONS),
        "kolumnen unit saknas",
    ),
    "distances with a direction of no list": (
        lambda: compare.distances(JUDGED, column("polarity", "Higher")(QUESTIONS)),
        "väntade higher",
    ),
    "distances with a doubled catalogue": (
        lambda: compare.distances(JUDGED, pl.concat([QUESTIONS, QUESTIONS])),
        "en rad för varje",
    ),
    "distances with other denominators": (
        lambda: compare.distances(JUDGED, QUESTIONS, PEOPLE),
        "kolumnen denominator saknas",
    ),
    "quartiles with a direction of no list": (
        lambda: compare.quartiles(column("polarity", "Higher")(FIGURES), "indicator_id"),
        "väntade higher",
    ),
    "quartiles without a direction": (
        lambda: compare.quartiles(column("polarity", None)(FIGURES), "indicator_id"),
        "polarity: rad 0 har inget värde",
    ),
    "quartiles with two directions": (
        lambda: compare.quartiles(
            pl.concat([FIGURES.head(20), column("polarity", "lower")(FIGURES.tail(10))]),
            "indicator_id",
        ),
        "en riktning för varje grupp",
    ),
    "quartiles of doubled rows": (
        lambda: compare.quartiles(pl.concat([FIGURES, FIGURES]), "indicator_id"),
        "en rad för varje indicator_id och geo",
    ),
    "quartiles with the country": (
        lambda: compare.quartiles(swapped("geo", "0100", "00")(FIGURES), "indicator_id"),
        "väntade en kommuns kod",
    ),
    "quartiles with the country as 0000": (
        lambda: compare.quartiles(swapped("geo", "0100", "0000")(FIGURES), "indicator_id"),
        "väntade en kommuns kod",
    ),
    "quartiles by what is no column": (
        lambda: compare.quartiles(FIGURES, ["sex"]),
        "kolumnen sex saknas",
    ),
    "the country's gaps with 0000": (
        lambda: ojmf.national_gaps(
            swapped("geo", "0100", "0000")(COUNTRY), DIRECTIONS, by="indicator_id"
        ),
        "är ingen kommun",
    ),
    "the country's gaps with a direction of no list": (
        lambda: ojmf.national_gaps(
            COUNTRY, column("polarity", "Higher")(DIRECTIONS), by="indicator_id"
        ),
        "väntade higher",
    ),
    "the country's gaps with two directions": (
        lambda: ojmf.national_gaps(
            COUNTRY,
            pl.concat([DIRECTIONS, column("polarity", "lower")(DIRECTIONS)]),
            by="indicator_id",
        ),
        "en riktning för varje indikator",
    ),
    "the country's gaps of text": (
        lambda: ojmf.national_gaps(column("value", "1,5")(COUNTRY), DIRECTIONS, by="indicator_id"),
        "väntade tal",
    ),
    "the country's gaps of a list": (
        lambda: ojmf.national_gaps([1.0], DIRECTIONS),  # type: ignore[call-overload]
        "values anges som en DataFrame",
    ),
    "groups without members": (
        lambda: compare.peer_groups(PEERS.drop("member_id"), "0184"),
        "kolumnen member_id saknas",
    ),
    "groups of names": (
        lambda: compare.peer_places(
            ROWS, QUESTIONS, column("member_id", "Solna")(PEERS), "0184", "g"
        ),
        "väntade en kommuns kod",
    ),
    "a tolerance below 0": (
        lambda: compare.by_method(
            ROWS, QUESTIONS, "0184", basis=Basis(tolerances={"b.cost": -1.0})
        ),
        "toleranserna: b.cost har -1",
    ),
    "denominators of another form": (
        lambda: compare.by_method(ROWS, QUESTIONS, "0184", basis=Basis(denominators=PEOPLE)),
        "nämnarna: kolumnen indicator_id saknas",
    ),
    "targets of another form": (
        lambda: compare.by_method(ROWS, QUESTIONS, "0184", basis=Basis(targets=PEOPLE)),
        "målen: kolumnen indicator_id saknas",
    ),
    "a basis of another type": (
        lambda: compare.by_method(
            ROWS,
            QUESTIONS,
            "0184",
            basis={},  # type: ignore[arg-type]
        ),
        "basis anges som Basis",
    ),
    "a baseline of no kind": (
        lambda: compare.trends(
            ROWS,
            QUESTIONS,
            "0184",
            charts=pl.DataFrame(
                {"indicator_id": "b.cost", "geo": "0184", "kind": "x", "date": [date(2024, 1, 1)]}
            ),
        ),
        "väntade rebase eller baseline",
    ),
    "concepts of another type": (
        lambda: compare.compare(ROWS, [{}], PEOPLE, "0184", "0381"),  # type: ignore[list-item]
        "concepts anges som en lista av Concept",
    ),
    "a population of none": (
        lambda: compare.compare(
            ROWS, [CONCEPT], column("population", 0, pl.Int64)(PEOPLE), "0184", "0381"
        ),
        "större än 0",
    ),
    "a month of no year": (lambda: compare.year_to_date(ROWS, "0184", 13), "från 1 till 12"),
    "an area of none": (lambda: compare.year_to_date(ROWS, "0184", 8, area="c"), "Okänt område"),
    "an area as a number": (
        lambda: ojmf.status(ROWS, QUESTIONS, "0184", area=3),  # type: ignore[arg-type]
        "area anges som text",
    ),
    "no rows at all": (lambda: ojmf.gaps(ROWS, QUESTIONS, "0184", top=0), "minst 1"),
    "a period as a number": (
        lambda: ojmf.Data(ROWS, QUESTIONS).status("0184", period=2024),  # type: ignore[arg-type]
        "period anges som text",
    ),
    "no reference at all": (
        lambda: ojmf.Data(ROWS, QUESTIONS).status("0184", against=[]),
        "minst en jämförelse",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_unsound_frames_and_arguments_are_refused(name: str) -> None:
    call, message = OTHERS[name]
    assert refused(call, message) is None


ANSWERED = [
    ojmf.status,
    ojmf.gaps,
    compare.priorities,
    compare.contributions,
    compare.shared_questions,
]


@pytest.mark.parametrize("function", [*ANSWERED, ojmf.areas])
def test_answers_that_contradict_each_other_are_refused(function: Callable[..., Any]) -> None:
    """The results have no column for a reason: a grey or lost row would stand for two answers."""
    answered = pl.col("indicator_id") == "a.q1"
    other = ROWS.filter(answered & (pl.col("geo") == "0184")).with_columns(answer=pl.lit("JA"))
    with pytest.raises(ojmf.FrameError, match=r"0184, a\.q1: flera olika svar") as refused:
        function(pl.concat([ROWS, other]), QUESTIONS, "0184")
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize("against", ["9999", "03", "0382"])
@pytest.mark.parametrize(
    "function", [ojmf.status, ojmf.gaps, compare.contributions, compare.shared_questions]
)
def test_a_reference_without_any_figure_is_refused(
    function: Callable[..., Any], against: str
) -> None:
    rows = ROWS.filter(pl.col("geo") != "0381")
    with pytest.raises(ojmf.SelectionError, match=f"Inga uppgifter finns för {against}"):
        function(rows, QUESTIONS, "0184", against=against)


def test_what_the_catalogue_lacks_has_gaps_and_no_colour() -> None:
    other = pl.DataFrame({"indicator_id": ["a.q9"], "polarity": ["higher"]})
    found = ojmf.national_gaps(COUNTRY, other, by="indicator_id")
    assert found["gap_national"].to_list() == [n - 14.5 for n in range(30)]
    assert found["status"].unique().to_list() == ["grey"]


@pytest.mark.parametrize("path", ["x\0y", "å" * 300])
@pytest.mark.parametrize(
    "function",
    [ojmf.Workspace.open, compare.load_population, compare.load_peers, compare.load_concepts],
)
def test_what_no_file_can_be_called_is_refused(function: Callable[..., Any], path: str) -> None:
    assert refused(lambda: function(path), "tecken som ingen fil kan heta") is None


def test_people_of_further_places_are_passed_over() -> None:
    people = pl.concat([PEOPLE, column("geo", "1480")(PEOPLE)])
    data = ojmf.Data(ROWS, QUESTIONS, geography=frames.GEOGRAPHY, population=people)
    assert data.status("0184").equals(ojmf.Data(ROWS, QUESTIONS).status("0184"))


def test_sound_frames_are_taken_everywhere() -> None:
    for name, call in of_rows(ROWS).items():
        assert isinstance(call(), pl.DataFrame), name


def test_categorical_and_doubled_rows_change_nothing() -> None:
    names = ("area_id", "indicator_id", "geo", "answer", "unit", "scenario")
    for rows in (ROWS.with_columns(pl.col(names).cast(pl.Categorical)), pl.concat([ROWS, ROWS])):
        again = of_rows(rows)
        for name, call in of_rows(ROWS).items():
            if name != "Data.validate":
                assert pl.DataFrame(again[name]()).equals(pl.DataFrame(call())), name


def test_every_unit_has_a_word() -> None:
    assert set(UNITS) == set(UNIT_WORDS)
