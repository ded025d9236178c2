"""Declared relations between series, month by month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.relations import SeriesRelation
from ojmf.ingest.document import read_extract
from ojmf.ingest.reading import EXTRACT, ReadDocument, read
from ojmf.validate.judgements import Judgement
from ojmf.validate.monthly import series
from ojmf.workspace import Workspace

SOURCE = "solna-oj-2024"
CELL = {"geo": "0184", "sex": "_T", "scenario": "outcome", "table": "Månader", "decimals": 0}


@cache
def document() -> ReadDocument:
    workspace = Workspace.open(Path(__file__).resolve().parents[3])
    source = workspace.source(SOURCE)
    extract = workspace.source_folder(SOURCE) / EXTRACT
    return read(workspace, source, read_extract(extract, source.document))


def months(name: str, *raws: str, decimals: int = 0, unit: str = "persons") -> list[dict]:
    return [
        CELL
        | {"indicator_id": name, "row_label": "2025", "column_label": f"{n:02}", "raw": raw}
        | {"value": float(raw.replace(",", ".")) if raw else None, "unit": unit}
        | {"period_start": date(2025, n, 1), "period_end": date(2025, n, monthrange(2025, n)[1])}
        | {"period_kind": "month", "decimals": decimals, "line": 10 * n + len(name)}
        for n, raw in enumerate(raws, start=1)
    ]


def judged(form: str, *rows: list[dict], **declared) -> list[Judgement]:
    given = {"id": "prov", "whole": "hel", "reason": "en del är högst det hela", **declared}
    relation = SeriesRelation.model_validate({"form": form, **given})
    area = next(iter(document().catalogue.areas.values()))
    catalogue = Catalogue([area.model_copy(update={"relation": (relation,)})])
    cells = pl.DataFrame([row for own in rows for row in own], infer_schema_length=None)
    return list(series(replace(document(), catalogue=catalogue), cells))


def verdicts(*given, **declared) -> list[str]:
    return [one.verdict for one in judged(*given, **declared)]


def test_a_part_is_at_most_the_whole() -> None:
    whole, part = months("hel", "7", "8", "9", ""), months("del", "7", "11", "3", "4")
    held, broken, less, unknown = judged("at_most", whole, part, terms=["del"])
    assert (held.verdict, less.verdict) == ("exact", "exact")
    assert (unknown.verdict, unknown.reason) == ("not_testable", "en av månadens siffror saknas")
    assert (broken.verdict, broken.severity) == ("violated", "critical")
    assert broken.expected == "minst 11"
    assert broken.message == (
        "2025-02: Månader, 2025 02: 8 (rad 23), men 11 (rad 23) ger minst 11: en del är högst det "
        "hela"
    )
    assert broken.line == 23


def test_several_parts_add_up_within_rounding() -> None:
    whole = months("hel", "3,1", "3,1", decimals=1, unit="MSEK")
    parts = [months(n, "1,5", "1,6", decimals=1, unit="MSEK") for n in ("ett", "annat")]
    found = judged("sum", whole, *parts, terms=["ett", "annat"])
    assert [one.verdict for one in found] == ["within_rounding", "within_rounding"]
    whole = months("hel", "3,2", "2,9", decimals=1, unit="MSEK")
    assert verdicts("sum", whole, *parts, terms=["ett", "annat"]) == ["violated", "violated"]


def test_counts_are_not_rounded() -> None:
    whole, parts = months("hel", "5", "6"), [months("ett", "2", "2"), months("annat", "3", "3")]
    assert verdicts("sum", whole, *parts, terms=["ett", "annat"]) == ["exact", "violated"]


def test_what_is_ongoing_is_that_before_with_the_new_and_without_the_closed() -> None:
    ongoing = months("hel", "10", "12", "11", "11")
    new, closed = months("nya", "1", "3", "2", "2"), months("slut", "0", "1", "2", "2")
    found = judged("balance", ongoing, new, closed, terms=["nya"], minus=["slut"])
    assert [one.verdict for one in found] == ["exact", "violated", "exact"]
    assert "12 (rad 23) + 2 (rad 33) − 2 (rad 34) ger 12" in (found[1].message or "")


def test_cost_per_day_and_days_make_the_cost_within_a_margin() -> None:
    cost = months("hel", "1,0", "1,5", decimals=1, unit="MSEK")
    days, price = (
        months("dygn", "100", "100"),
        months("pris", "0,01", "0,01", decimals=2, unit="SEK"),
    )
    told = {"terms": ["dygn", "pris"], "margin": 5.0}
    assert verdicts("product", cost, days, price, **told) == ["within_rounding", "within_rounding"]
    cost = months("hel", "1,0", "1,8", decimals=1, unit="MSEK")
    assert verdicts("product", cost, days, price, **told) == ["within_rounding", "violated"]


def test_months_add_up_to_the_total() -> None:
    whole = months("hel", *["1"] * 11, "2")
    year = whole[0] | {"period_end": date(2025, 12, 31), "period_kind": "year", "raw": "13"}
    assert verdicts("total", whole, [year | {"value": 13.0}]) == ["exact"]
    assert verdicts("total", whole, [year | {"value": 31.0}]) == ["violated"]
    assert verdicts("total", whole[:11], [year | {"value": 13.0}]) == []


def test_another_place_is_another_series() -> None:
    whole = months("hel", "7")
    part = [{**row, "geo": "0381"} for row in months("del", "9")]
    assert verdicts("at_most", whole, part, terms=["del"]) == ["not_testable"]


@pytest.mark.parametrize(
    "declared",
    [
        {"form": "total", "terms": ["del"]},
        {"form": "sum"},
        {"form": "sum", "terms": ["del"], "minus": ["annat"]},
        {"form": "sum", "terms": ["del"], "margin": 5.0},
    ],
)
def test_a_relation_has_what_its_form_needs(declared) -> None:
    with pytest.raises(ValueError, match="sambandet"):
        SeriesRelation.model_validate({"id": "prov", "whole": "hel", "reason": "x", **declared})
