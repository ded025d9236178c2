"""Arguments of another type than a function reads: refused in Swedish, with faults and a code."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pytest

import ojmf
from ojmf.arguments import as_annotated
from tests.unit.compare import frames
from tests.unit.test_misuses import (
    COUNTRY,
    DIRECTIONS,
    FIGURES,
    PEOPLE,
    QUESTIONS,
    ROWS,
    Call,
    column,
)

OJMF: Any = ojmf
"""Without its types, which a type checker would hold the calls against."""
DATA: Any = ojmf.Data(ROWS, QUESTIONS)
MONTHLY = ROWS.filter(unit="SEK")
LAST = MONTHLY.tail(1)
ARGUMENTS: dict[str, tuple[Call, str]] = {
    "half a row": (
        lambda: DATA.gaps("0184", top=2.5),
        "inte som float: 2.5",
    ),
    "rows as text": (lambda: OJMF.gaps(ROWS, QUESTIONS, "0184", top="3"), "ett heltal"),
    "a sex of none": (lambda: DATA.status("0184", sex=1), "sex anges som ett av orden kvinnor"),
    "a switch for a column": (lambda: DATA.status("alla", wide=True), "wide anges som text"),
    "several municipalities in a list": (lambda: DATA.status(["0184"]), "kommun anges som text"),
    "a set of references": (lambda: DATA.status("0184", against={"lan"}), "en lista av text"),
    "a path as a number": (lambda: DATA.table("0184", 3), "anges som text .* eller en sökväg"),
    "a folder as a number": (lambda: OJMF.Workspace.open(3), "anges som text .* eller en sökväg"),
    "a day as text": (lambda: DATA.report("0184", "x.docx", day="2024-01-01"), "datetime.date"),
    "an indicator as a number": (lambda: DATA.cite(3, "0184"), "indicator anges som text"),
    "a group as a number": (lambda: DATA.peers("0184", 3), "group anges som text"),
    "a frame of another library": (
        lambda: OJMF.Workspace.open().validate([1]),
        "en DataFrame .* inte som list",
    ),
    "no columns": (lambda: OJMF.compare.quartiles(FIGURES, None), "by anges som text"),
    "no concepts": (lambda: OJMF.Data(ROWS, QUESTIONS, concepts=None), "en lista av Concept"),
    "half a month": (
        lambda: OJMF.compare.year_to_date(ROWS, "0184", 8.0),
        "last_month anges som ett heltal",
    ),
    "no indicator": (
        lambda: OJMF.national_gaps(
            column("indicator_id", None)(COUNTRY), DIRECTIONS, by="indicator_id"
        ),
        "saknar indikator",
    ),
}


TARGET = pl.DataFrame(
    {"indicator_id": ["b.cost"], "geo": ["0184"], "target": [3.0]}
    | {"period_start": [date(2024, 1, 1)], "period_end": [date(2024, 12, 31)]}
)
AIMED = QUESTIONS.with_columns(
    method=pl.when(pl.col("indicator_id") == "b.cost").then(pl.lit("target")).otherwise("method")
)


def data(**given: Any) -> Any:
    return ojmf.Data(ROWS, AIMED, geography=frames.GEOGRAPHY, **given)


ARGUMENTS |= {
    "a width in words": (lambda: DATA.chart("gaps", "0184", width="wide"), "width anges som"),
    "a switch for a width": (lambda: DATA.chart("gaps", "0184", width=True), "ett heltal"),
    "a chart of no width": (lambda: DATA.chart("gaps", "0184", width=0), "minst 100"),
    "a weight in words": (lambda: DATA.similar("0184", "a.q0", weights="1"), "en lista av tal"),
    "weights as texts": (lambda: DATA.similar("0184", "a.q0", weights=["1"]), "en lista av tal"),
    "no municipality at all": (lambda: DATA.similar("0184", "a.q0", top=0), "minst 1"),
    "likeness by nothing": (lambda: DATA.similar("0184", []), "by är tom"),
    "a word for a switch": (lambda: DATA.status("0184", all_methods="nej"), "True eller False"),
    "a number for a switch": (lambda: DATA.areas("0184", carriers=0), "True eller False"),
    "a word for cast": (lambda: OJMF.Data(ROWS, QUESTIONS, cast="ja"), "True eller False"),
    "a moment for a day": (
        lambda: DATA.report("0184", "x.docx", day=datetime(2024, 1, 1, 9, tzinfo=UTC)),
        "inte som datetime",
    ),
    "one of two sexes": (lambda: DATA.status("0184", sex=["kvinnor", "x"]), "sex är ”x”; väntade"),
    "a name that is none": (lambda: DATA.status("0184", agains="lan"), "'agains'.*den läser"),
    "a place too few": (lambda: DATA.compare("0184"), "argumenten passar inte"),
    "a catalogue of a frame": (lambda: OJMF.Catalogue(QUESTIONS), "from_frame"),
    "a catalogue of areas by name": (lambda: OJMF.Catalogue(["a"]), "from_frame"),
    "a catalogue of nothing": (OJMF.Catalogue, "argumenten passar inte"),
    "a folder of frames": (lambda: OJMF.Data.open("."), "öppnas med ojmf.Workspace.open"),
    "a version of no store": (lambda: OJMF.Workspace.open(as_of="3"), "as_of gäller ett lager"),
    "a folder that is not there": (lambda: OJMF.compare.load_concepts("nix"), "ingen sådan mapp"),
    "a number for an expression": (lambda: OJMF.compare.wilson(3, 10, 0.95), "pl.Expr"),
    "confidence in percent": (lambda: OJMF.compare.poisson(pl.lit(3), 95), "mellan 0 och 1"),
    "places that are none": (lambda: OJMF.compare.resolve_geo("Solna", None), "en DataFrame"),
    "areas of places": (
        lambda: OJMF.compare.resolve_area("a", frames.GEOGRAPHY),
        "kolumnen area_id saknas",
    ),
    "tolerances in a list": (
        lambda: OJMF.compare.by_method(
            ROWS, QUESTIONS, "0184", basis=OJMF.compare.Basis(tolerances=[1])
        ),
        "toleranserna: väntade dict",
    ),
    "a period in words": (
        lambda: OJMF.Workspace.open().import_file("x.csv", period="år 2024"),
        "period: ”år 2024” är ingen period",
    ),
    "a target of an unknown indicator": (
        lambda: data(targets=column("indicator_id", "b.x")(TARGET)),
        "ingen indikator ”b.x”",
    ),
    "a target of what no target judges": (
        lambda: OJMF.Data(ROWS, QUESTIONS, targets=TARGET),
        "”b.cost” med metoden target",
    ),
    "two targets of one": (lambda: data(targets=pl.concat([TARGET, TARGET])), "en rad för varje"),
    "half a person": (
        lambda: data(population=column("population", 80.5, pl.Float64)(PEOPLE)),
        "talen ryms inte",
    ),
    "months as years": (
        lambda: OJMF.Observations.validate(column("period_kind", "year")(MONTHLY)),
        "period_kind: rad 0 har ”year”.*perioden har en annan längd",
    ),
    "a day of two months": (
        lambda: OJMF.Observations.validate(
            column("period_start", date(2024, 1, 1), pl.Date)(column("period_kind", "point")(LAST))
        ),
        "annan längd",
    ),
    "a year in two digits": (
        lambda: OJMF.Observations.validate(column("period_start", date(24, 1, 1), pl.Date)(LAST)),
        "ett år har fyra siffror",
    ),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_an_argument_of_another_type_is_refused_with_faults_and_a_code(name: str) -> None:
    call, message = ARGUMENTS[name]
    with pytest.raises(ojmf.OjmfError, match=message) as refused:
        call()
    assert refused.value.faults
    assert refused.value.code in ("type", "selection", "usage", "frame", "input")


SURFACE = {
    **{f"compare.{name}": getattr(ojmf.compare, name) for name in ojmf.compare.__all__},
    "national_gaps": ojmf.national_gaps,
    "Observations.validate": ojmf.Observations.validate,
    "Catalogue.from_frame": ojmf.Catalogue.from_frame,
    "Data": ojmf.Data.__init__,
    **{
        f"{kind.__name__}.{name}": getattr(kind, name)
        for kind in (ojmf.Workspace, ojmf.Data)
        for home in kind.__mro__
        if home.__module__.startswith("ojmf.surface")
        for name in vars(home)
        if not name.startswith("_") and inspect.isroutine(vars(home)[name])
    },
}


@pytest.mark.parametrize("name", sorted(SURFACE))
def test_every_public_function_holds_its_arguments_against_their_annotations(name: str) -> None:
    function = SURFACE[name]
    if not inspect.isroutine(function) or name == "Data.open":  # refuses all
        return
    read = inspect.unwrap(function)
    assert read is not function
    for parameter in inspect.signature(function).parameters.values():
        if parameter.annotation is not inspect.Parameter.empty:
            eval(parameter.annotation, read.__globals__)  # or nothing would be held


@as_annotated
def example(
    text: str = "",
    several: str | Sequence[str] = (),
    word: Literal["a", "b"] | None = None,
    number: float = 0,
    path: str | PathLike[str] = "",
    day: date | None = None,
    pairs: Mapping[str, int] | None = None,
) -> str:
    return f"{text}{several}{word}{number}{path}{day}{pairs}"


SOUND: list[dict[str, Any]] = [
    {"several": "x"},
    {"several": ["x"]},
    {"word": "a"},
    {"word": None},
    {"number": 1},
    {"path": Path("x")},
    {"day": date(2024, 1, 1)},
    {"pairs": {"x": 1}},
]
UNSOUND: list[dict[str, Any]] = [
    {"text": None},
    {"text": Path("x")},
    {"several": {"x"}},
    {"several": [1]},
    {"several": b"x"},
    {"word": "c"},
    {"word": 1},
    {"number": True},
    {"number": "1"},
    {"path": 1},
    {"day": datetime(2024, 1, 1, tzinfo=UTC)},
    {"pairs": {"x": "1"}},
    {"pairs": {"x": True}},
    {"other": 1},
]


@pytest.mark.parametrize("given", SOUND, ids=repr)
def test_what_is_annotated_is_taken(given: dict[str, Any]) -> None:
    assert example(**given)


@pytest.mark.parametrize("given", UNSOUND, ids=repr)
def test_what_is_not_annotated_is_refused_by_its_name(given: dict[str, Any]) -> None:
    with pytest.raises(ojmf.OjmfError, match=next(iter(given))):
        example(**given)


def test_a_sex_without_figures_is_said_and_no_other_place_named() -> None:
    with pytest.raises(ojmf.SelectionError, match=r"inga uppgifter om kvinnor att bedöma\.$"):
        DATA.status("0184", sex="kvinnor")


def test_a_frame_of_another_library_is_both_a_type_error_and_one_of_ours() -> None:
    for wrong in (TypeError, ojmf.ArgumentError, ojmf.UsageError, ojmf.OjmfError):
        with pytest.raises(wrong, match="observations anges som en DataFrame"):
            OJMF.Data(ROWS.to_dicts(), QUESTIONS)
