"""The server for assistants, asked by the SDK's own client over stdin and stdout."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ojmf
from ojmf.cli import app
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.annex.verifying import verify

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {
    "find_indicators",
    "status",
    "gaps",
    "compare",
    "trends",
    "cite",
    "verify_citation",
    "show_printed_place",
}
MISSING = importlib.util.find_spec("mcp") is None
needs_sdk = pytest.mark.skipif(MISSING, reason="the extra mcp is not installed")
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("find_indicators", {"words": "stödprogram närstående"}),
    ("find_indicators", {"words": "rymdfart"}),
    ("status", {"kommun": "Solna", "indicator": "oj-missbruk.stodprogram-narstaende"}),
    ("status", {"kommun": "Solna", "limit": 500}),
    ("gaps", {"kommun": "0184", "against": "riket", "limit": 3}),
    ("compare", {"kommun": "Solna", "other": "Enköping"}),
    ("trends", {"kommun": "Solna", "limit": 5}),
    ("cite", {"indicator": "oj-missbruk.stodprogram-narstaende", "kommun": "Solna"}),
    ("verify_citation", {"citation": "oj:0184:oj-vald.samverkan-polisen:01:solna-oj-2024:000000"}),
    ("status", {"kommun": "Sollna"}),
    ("status", {"kommun": "Danderyd"}),
    ("status", {"kommun": "Solna", "indicator": "oj-missbruk.finns-inte"}),
    ("status", {"kommun": "Enköping", "against": "budget", "limit": 500}),
    ("show_printed_place", {"source_id": "solna-oj-2024", "place": "rad 99999"}),
]
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("gaps", {"kommun": "Solna", "top": 3}, "gaps har inget argument ”top”."),
    ("gaps", {"kommun": "Solna", "limits": 3}, "Menade du limit?"),
    ("gaps", {"kommun": "Solna", "limit": 10**9}, "limit är 1000000000, väntade högst 500"),
    ("gaps", {"kommun": 184}, "kommun är 184, väntade en text"),
    ("gaps", {}, "kommun saknas"),
    ("gaps", {"kommun": "Solna\0"}, "kommun är för lång eller har ett tecken"),
    ("gap", {"kommun": "Solna"}, "Det finns inget verktyg ”gap”. Menade du gaps?"),
    ("compare", {"kommun": "Solna", "other": "../../Solna"}, "Det finns ingen kommun"),
    (
        "show_printed_place",
        {"source_id": "../solna-oj-2024", "place": "rad 86"},
        "Menade du solna-",
    ),
    (
        "show_printed_place",
        {"source_id": "solna-oj-2024", "place": "rad 9217"},
        "Menade du rad 217",
    ),
    ("show_printed_place", {"source_id": "solna-oj-2024", "place": ""}, "Ange citation, eller"),
]


def server(root: Path) -> Any:
    from mcp import StdioServerParameters

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = ["-m", "ojmf", "mcp", "--quiet", "--root", str(root)]
    return StdioServerParameters(command=sys.executable, args=command, env=environment)


async def ask(root: Path, calls: list[tuple[str, dict[str, Any]]]) -> tuple[list[Any], list[Any]]:
    from mcp import Client

    async with Client(server(root), read_timeout_seconds=120) as client:
        tools = (await client.list_tools()).tools
        answers = [await client.call_tool(name, given) for name, given in calls]
        # An answer is followed to the printed place.
        for answer in [*answers]:
            for figure in (answer.structured_content or {}).get("figures", [])[:1]:
                given = {"citation": figure["printed"]["citation"]}
                answers += [
                    await client.call_tool("verify_citation", given),
                    await client.call_tool("show_printed_place", given),
                ]
        return tools, answers


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[Any]]:
    if MISSING:
        pytest.skip("the extra mcp is not installed")
    return asyncio.run(ask(ROOT, [*CALLS, *((name, given) for name, given, _ in REFUSED)]))


def content(asked: tuple[list[Any], list[Any]], place: int) -> Any:
    answer = asked[1][place]
    assert not answer.is_error, answer.content
    return answer.structured_content


def told(asked: tuple[list[Any], list[Any]], place: int) -> str:
    answer = asked[1][place]
    assert answer.is_error
    return str(answer.content[0].text)


def test_the_tools_are_those_promised_and_only_read(asked):
    tools = asked[0]
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    described = [
        schema.get("description") or schema.get("title")
        for tool in tools
        for schema in tool.input_schema["properties"].values()
    ]
    assert all(described)


def test_indicators_are_found_by_words_and_say_who_has_figures(asked):
    found = content(asked, 0)
    one = next(
        item
        for item in found["indicators"]
        if item["indicator_id"] == "oj-missbruk.stodprogram-narstaende"
    )
    assert one["municipalities"] == ["Solna"]
    assert one["documents"] == ["SN/2024:81 Öppna jämförelser 2024"]


def test_words_that_no_indicator_has_are_said_to_be_so(asked):
    found = content(asked, 1)
    assert (found["total"], found["indicators"]) == (0, [])
    assert "rymdfart" in found["note"]


def test_a_figure_carries_its_document_place_and_citation(asked):
    (figure,) = content(asked, 2)["figures"]
    assert (figure["shown"], figure["reference"], figure["gap"]) == ("NEJ", 86.0, -86.0)
    assert figure["judgement"] == "■\N{NO-BREAK SPACE}Röd"
    assert figure["printed"]["document"].endswith("dnr SN/2024:81")
    assert figure["printed"]["place"] == "rad 217 i textversionen"
    assert figure["printed"]["citation"] in content(asked, 7)["result"]


def test_every_figure_can_be_looked_up_or_has_a_reason(asked):
    answer = content(asked, 3)
    assert answer["total"] == len(answer["figures"]) > 200
    for figure in answer["figures"]:
        assert figure["printed"]["document"], figure
        assert figure["printed"]["place"], figure
        assert figure["printed"]["citation"], figure
        assert figure["gap"] is not None or figure["reason"], figure
    without = sum(figure["gap"] is None for figure in answer["figures"])
    assert f"{without} av {answer['total']} rader saknar skillnad" in answer["note"]


def test_the_gaps_are_those_of_the_command_line(asked):
    given = ["gaps", "--kommun", "0184", "--against", "riket", "--top", "3", "--format", "json"]
    shown = json.loads(CliRunner().invoke(app, [*given, "--root", str(ROOT)]).stdout)
    answer = content(asked, 4)
    assert [(f["indicator_id"], f["gap"]) for f in answer["figures"]] == [
        (row["indicator_id"], row["gap"]) for row in shown
    ]
    assert answer["total"] > 3


def test_a_comparison_says_how_far_it_holds_and_names_every_figure(asked):
    rows = content(asked, 5)["pairs"]
    assert len(rows) == 29
    for row in rows:
        assert row["grade"]
        assert row["reason"] or row["difference"] is not None
        for side in (row["first"], row["second"]):
            assert side["printed"] or side["value"] is None
            assert all(cell["document"] and cell["place"] for cell in side["printed"])
    cited = [cell for row in rows for cell in row["second"]["printed"] if cell["citation"]]
    assert cited


def test_a_series_says_what_it_shows_and_where_its_latest_point_stands(asked):
    answer = content(asked, 6)
    assert answer["total"] > len(answer["series"]) == 5
    for series in answer["series"]:
        assert series["verdict"]
        assert series["printed"]["place"]
        assert series["printed"]["citation"]


def test_a_citation_that_does_not_hold_is_told_with_what_does(asked):
    answer = content(asked, 8)
    assert answer["holds"] is False
    assert "Hänvisningen gäller inte: kontrollsumman 000000 hör inte" in answer["message"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (9, "Menade du Solna"),
        (10, "Danderyd"),
        (11, "Det finns ingen indikator"),
        (13, "rad 99999"),
    ],
)
def test_where_there_is_no_figure_the_reason_is_told(asked, place, words):
    assert words in told(asked, place)


@pytest.mark.parametrize(
    ("place", "words"), [*enumerate((words for *_, words in REFUSED), len(CALLS))]
)
def test_a_call_that_is_wrong_is_refused_in_swedish(asked, place, words):
    said = told(asked, place)
    assert words in said
    assert "Error" not in said
    assert "http" not in said


def test_only_what_can_be_verified_has_an_id(asked):
    figures = content(asked, 12)["figures"]
    ids = {figure["printed"]["citation"] is None for figure in figures}
    assert ids == {True, False}  # a forecast beside a budget alone is in no table to be cited from


def test_a_figure_is_what_its_line_has_or_says_what_is_corrected(asked):
    text = (ROOT / "data/sources/enkoping-delarsrapport-2024-08/extract.txt").read_text("utf-8")
    lines = dict(line.partition("\t")[::2] for line in text.splitlines())
    figures = content(asked, 12)["figures"]
    assert len(figures) > 50
    marks = []
    for figure in figures:
        place = figure["printed"]["place"].removeprefix("rad ").partition(" ")[0]
        shown = re.sub(r"\s", "", figure["shown"]).replace("\N{MINUS SIGN}", "-")
        read = re.findall(r"-?\d+(?: \d{3})*(?:,\d+)?", lines[place])
        read += re.findall(r"-?\d+(?:,\d+)?", lines[place])
        read += [number.replace(".", ",") for number in re.findall(r"-?\d+\.\d+", lines[place])]
        numbers = {number.replace(" ", "").removesuffix(",0") for number in read}
        alike = shown.removesuffix(",0") in numbers
        mark = figure["printed"]["mark"] or ""
        marks.append(mark)
        assert alike or "rättad från" in mark or figure["value"] is None, (figure, lines[place])
    assert any(mark == "" for mark in marks)
    assert any("rättad från" in mark for mark in marks)


def test_an_answer_is_followed_to_the_printed_line(asked):
    followed = asked[1][len(CALLS) + len(REFUSED) :]
    assert len(followed) >= 6
    for verified, shown in zip(followed[::2], followed[1::2], strict=True):
        assert verified.structured_content["holds"], verified.structured_content
        places = shown.structured_content["result"]
        assert places
        for place in places:
            number = place["place"].removeprefix("rad ").partition(" ")[0]
            line = next(text for text in place["lines"] if text.startswith(f"{number}\t"))
            assert all(cell["raw"] in line for cell in place["cells"])


@needs_sdk
@pytest.mark.parametrize("kommun", ["Solna", "Enköping"])
def test_the_ids_are_those_of_the_table_and_hold(kommun):
    from ojmf.mcp.figures import figures

    workspace = ojmf.Workspace.open(ROOT)
    table = compare_rows(workspace, kommun, asked=Asked(methods=())).rows
    made = figures(workspace, workspace.status(kommun, all_methods=True))
    ids = {figure.printed.citation for figure in made if figure.printed}
    assert ids == set(table["citation"].drop_nulls())
    beside = figures(workspace, workspace.status(kommun, against="riket", all_methods=True))
    for figure in beside[::60]:
        assert figure.printed
        verdict = verify(workspace, figure.printed.citation or "")
        assert verdict.holds, (figure, verdict.message)


@needs_sdk
def test_nothing_in_the_workspace_is_written(made_up_country):
    def contents() -> dict[Path, bytes]:
        files = (path for path in made_up_country.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in files}

    before = contents()
    calls = [
        ("cite", {"indicator": "oj-vald.samverkan-polisen", "kommun": "Sagoköping"}),
        ("gaps", {"kommun": "Sagoköping"}),
        ("status", {"kommun": "Sagoköping"}),
    ]
    _, answers = asyncio.run(ask(made_up_country, calls))
    assert not any(answer.is_error for answer in answers), answers
    assert contents() == before
    shown = answers[2].structured_content["figures"]
    found = {figure["reference_computed"] for figure in shown if not figure["reference_printed"]}
    assert any(
        re.fullmatch(r"beräknad: median av \d+ (av \d+ )?kommuner", how or "") for how in found
    )


@needs_sdk
def test_a_workspace_that_is_wrong_is_told_before_anyone_asks(tmp_path):
    (tmp_path / "data").mkdir()
    command = [sys.executable, "-m", "ojmf", "mcp", "--root", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, env=environment, check=False
    )
    assert done.returncode == 6
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("ojmf.cli.mcp.find_spec", lambda name: None)
    result = CliRunner().invoke(app, ["mcp"])
    assert result.exit_code == 2
    assert 'pip install "ojmf[mcp]"' in result.stderr
