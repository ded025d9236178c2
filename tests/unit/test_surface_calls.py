"""Every comparison of the command line is one call from Python, with the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

import ojmf
from ojmf import schema
from ojmf.cli import app

Call = Callable[[Any], pl.DataFrame]


@pytest.fixture(scope="module")
def country(made_up_country: Path) -> ojmf.Workspace:
    return ojmf.Workspace.open(made_up_country)


PLACE, COUNTY, OTHER = "Sagoköping", "61", "6102"
CALLS: dict[str, Call] = {
    "status --kommun {0}": lambda data: data.status(PLACE),
    "status --kommun {0} --every-period": lambda data: data.status(PLACE, every_period=True),
    "status --kommun {0} --sex women": lambda data: data.status(PLACE, sex="kvinnor"),
    "status --kommun {0} --sex each": lambda data: data.status(PLACE, sex=["kvinnor", "män"]),
    "status --lan {1}": lambda data: data.status(lan=COUNTY),
    "status --lan {1} --against fjolaret": lambda data: data.status(lan=COUNTY, against="fjolaret"),
    "gaps --kommun {0} --against riket --top 3": (
        lambda data: data.gaps(PLACE, against="riket", top=3)
    ),
    "gaps --kommun {0} --against fjolaret": lambda data: data.gaps(PLACE, against="fjolaret"),
    "gaps --kommun {0} --by priority": lambda data: data.gaps(PLACE, by="priority"),
    "gaps --kommun {0} --by label": lambda data: data.gaps(PLACE, by="label"),
    "gaps --kommun {0} --by dimension": lambda data: data.gaps(PLACE, by="dimension"),
    "gaps --kommun {0} --by sex": lambda data: data.gaps(PLACE, by="sex"),
    "gaps --lan {1} --top 4": lambda data: data.gaps(lan=COUNTY, top=4),
    "gaps --kommun {1} --wide gap": lambda data: data.gaps(COUNTY, wide="gap"),
    "areas --kommun {0}": lambda data: data.areas(PLACE),
    "areas --kommun {0} --by dimension": lambda data: data.areas(PLACE, by="dimension"),
    "areas --kommun {0} --carriers": lambda data: data.areas(PLACE, carriers=True),
    "areas --kommun {0} --against fjolaret": lambda data: data.areas(PLACE, against="fjolaret"),
    "areas --kommun {0} --against {2}": lambda data: data.areas(PLACE, against=OTHER),
    "areas --kommun {0} --every-period": lambda data: data.areas(PLACE, every_period=True),
    "areas --kommun {1} --wide share_yes": lambda data: data.areas(COUNTY, wide="share_yes"),
    "areas --lan {1}": lambda data: data.areas(lan=COUNTY),
    "compare {0} {2}": lambda data: data.compare(PLACE, OTHER),
    "peers --kommun {0}": lambda data: data.peers(PLACE),
    "trends --kommun {0} --short": lambda data: data.trends(PLACE),
    "trends --kommun {1} --short --wide latest": lambda data: data.trends(COUNTY, wide="latest"),
}


def rows_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [json.loads(line) for line in frame.write_ndjson().splitlines()]


def _written(value: object) -> object:
    """A figure with the decimals that files write it with."""
    return pytest.approx(value, abs=1e-8) if isinstance(value, float) else value


@pytest.mark.parametrize("words", CALLS)
def test_a_call_gives_the_rows_of_the_command(words: str, country: ojmf.Workspace) -> None:
    given = [word.format(PLACE, COUNTY, OTHER) for word in words.split()]
    told = CliRunner().invoke(app, [*given, "-f", "json", "-q", "--root", str(country.root)])
    assert told.exit_code == 0, told.output
    result = CALLS[words](country)
    shown, own = json.loads(told.stdout), rows_of(result)
    common = [name for name in result.columns if name in shown[0]]
    assert len(common) > min(4, len(result.columns) - 1)
    assert len(own) == len(shown)
    for one, other in zip(own, shown, strict=True):
        assert [one[name] for name in common] == [_written(other[name]) for name in common]


@pytest.mark.parametrize("words", CALLS)
def test_every_result_opens_in_a_notebook_and_fits_the_screen(
    words: str, country: ojmf.Workspace
) -> None:
    result = CALLS[words](country)
    assert '<th scope="col">' in result._repr_html_()
    assert len(repr(result)) < 10_000
    assert "<table" in result.head(1)._repr_html_()


SCHEMAS = {
    "gaps --lan {1} --top 4": (schema.COUNTY, ["reason"]),
    "areas --lan {1}": (schema.COUNTY_AREAS, []),
    "areas --kommun {0} --against fjolaret": (schema.AREA_CHANGES, []),
    "areas --kommun {0} --against {2}": (schema.AREAS_BESIDE, []),
    "gaps --kommun {0} --by sex": (schema.WOMEN_AND_MEN, []),
    "gaps --kommun {0} --by priority": (schema.STATUS, ["national", "priority", "basis"]),
    "areas --kommun {0} --carriers": (schema.STATUS, ["area_gap", "contribution", "counted_as"]),
}


@pytest.mark.parametrize("words", SCHEMAS)
def test_another_order_or_a_county_has_the_schema_that_is_written_for_it(
    words: str, country: ojmf.Workspace
) -> None:
    written, more = SCHEMAS[words]
    result = CALLS[words](country)
    assert result.columns == [*written.names(), *more]
    assert {name: result.schema[name] for name in written} == dict(written)


WRONG: dict[str, tuple[Call, str]] = {
    "no place": (lambda data: data.status(), "Ange kommun= "),
    "two places": (lambda data: data.gaps(PLACE, lan=COUNTY), "lan= .*, inte båda"),
    "a county side by side": (lambda data: data.areas(lan=COUNTY, wide="own"), "Utelämna wide= "),
    "an order of a county": (
        lambda data: data.gaps(lan=COUNTY, by="label"),
        "Utelämna by= .*det gäller kommuner",
    ),
    "a target of a county": (lambda data: data.status(lan=COUNTY, against="mal"), "inget mål"),
    "two references of gaps": (lambda data: data.gaps(PLACE, against=["lan", "riket"]), "inte 2"),
    "since without an earlier year": (
        lambda data: data.status(PLACE, since="2023"),
        "Ange against=fjolaret tillsammans med since=",
    ),
    "an area of groups": (lambda data: data.peers(PLACE, area="a"), "Ange group= "),
    "sexes against a place": (
        lambda data: data.gaps(PLACE, by="sex", against="riket"),
        "Utelämna sex= ",
    ),
    "priorities of several": (lambda data: data.gaps(COUNTY, by="priority"), "visar en i taget"),
    "carriers of several": (
        lambda data: data.areas(COUNTY, carriers=True),
        r"Områdenas skillnader delas upp för en kommun i taget\. Ange en kommun\.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_arguments_that_do_not_go_together_are_refused(name: str, country: ojmf.Workspace) -> None:
    call, message = WRONG[name]
    with pytest.raises(ojmf.UsageError, match=message) as refused:
        call(country)
    assert refused.value.code == "usage"
    told = str(refused.value)
    assert told[0].isupper()
    assert told.endswith(".")
    assert refused.value.faults


def test_an_order_that_is_none_is_refused(country: ojmf.Workspace) -> None:
    with pytest.raises(ojmf.SelectionError, match="väntade gap, priority"):
        country.gaps(PLACE, by="worst")  # type: ignore[arg-type]


def test_workspace_and_frames_have_the_same_comparisons() -> None:
    names = {"status", "gaps", "areas", "compare", "peers", "similar", "worth", "trends", "cite"}
    names |= {"verify_citation", "validate", "table", "report", "chart", "site"}
    for kind in (ojmf.Workspace, ojmf.Data):
        assert names <= set(dir(kind))


def test_charts_have_the_names_of_the_command_s_files(country, tmp_path):
    drawn = country.chart("gaps", PLACE)
    words = ["chart", "gaps", "--kommun", PLACE, "-o", str(tmp_path / "gap.svg"), "-q"]
    assert CliRunner().invoke(app, [*words, "--root", str(country.root)]).exit_code == 0
    assert {f"gap-{name}.svg" for name in drawn} == {path.name for path in tmp_path.iterdir()}
    assert list(country.chart("areas", PLACE)) == ["areas"]
    series = country.trends(PLACE)["indicator_id"][0]
    assert list(country.chart("trend", PLACE, indicator=series)) == ["trend"]
    with pytest.raises(ojmf.UsageError, match="Ange indicator= "):
        country.chart("trend", PLACE)
    with pytest.raises(ojmf.SelectionError, match="väntade gaps, areas, trend"):
        country.chart("lines", PLACE)


def test_an_export_does_not_replace_what_others_made(country, tmp_path):
    folder = country.export(tmp_path / "paket")
    assert (folder / "data" / "status.parquet").is_file()
    assert country.export(str(folder), licence="CC-BY-4.0") == folder
    (tmp_path / "annat" / "data").mkdir(parents=True)
    (tmp_path / "annat" / "data" / "status.csv").write_text("mitt", encoding="utf-8")
    with pytest.raises(ojmf.OutputError):
        country.export(tmp_path / "annat")


TABLES: dict[str, tuple[str, dict[str, Any]]] = {
    "--kommun {0}": (PLACE, {}),
    "--kommun {0} --against {2}": (PLACE, {"against": OTHER}),
    "--kommun {1} --wide gap_county": (COUNTY, {"wide": "gap_county"}),
    "--kommun {0} --by type": (PLACE, {"by": "type"}),
    "--kommun {0} --every-period --all-methods": (
        PLACE,
        {"every_period": True, "all_methods": True},
    ),
}


@pytest.mark.parametrize("words", TABLES)
def test_a_table_is_the_file_of_the_command(
    words: str, country: ojmf.Workspace, tmp_path: Path
) -> None:
    given = [word.format(PLACE, COUNTY, OTHER) for word in words.split()]
    told, own = tmp_path / "told.md", tmp_path / "own.md"
    command = ["table", *given, "-o", str(told), "-q", "--root", str(country.root)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    place, more = TABLES[words]
    assert country.table(place, own, **more) == own
    assert own.read_bytes() == told.read_bytes()


def test_a_report_is_the_file_of_the_command(country: ojmf.Workspace, tmp_path: Path) -> None:
    told, own = tmp_path / "told.docx", tmp_path / "own.docx"
    words = ["report", "--kommun", PLACE, "--against", OTHER, "--date", "2025-03-01"]
    words += ["--diary-number", "SN 1", "--signature", "Chef", "-o", str(told), "-q"]
    done = CliRunner().invoke(app, [*words, "--root", str(country.root)])
    assert done.exit_code == 0, done.output
    day = date(2025, 3, 1)
    country.report(
        PLACE, own, against=OTHER, day=day, diary_number="SN 1", signatures=["Chef"], force=True
    )
    assert own.read_bytes() == told.read_bytes()
    with pytest.raises(ojmf.UsageError, match="står redan i rapporten"):
        country.report(PLACE, own, against="riket", force=True)
    with pytest.raises(ojmf.SelectionError, match="väntade dimension, type"):
        country.table(PLACE, tmp_path / "x.csv", by="worst")  # type: ignore[arg-type]


def test_a_table_and_a_site_do_not_pass_over_what_is_asked(
    country: ojmf.Workspace, tmp_path: Path
) -> None:
    embedded = ojmf.Workspace.open()
    answering = embedded.status("alla")["geo"][0]
    with pytest.raises(ojmf.SelectionError, match="kan ställas mot målet"):
        embedded.table(answering, tmp_path / "a.csv", against="mal")
    site = country.site(tmp_path / "webb", kommuner=PLACE)
    assert (site / "index.html").is_file()
