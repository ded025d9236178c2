"""The population by age and sex from a server on this machine, and from saved answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from typer.testing import Result

from ojmf.authoring.starter import starter
from ojmf.declarations.loading import embedded_root
from ojmf.output import write_folder
from ojmf.workspace import Workspace

Run = Callable[..., Result]
PLACES = {"00": 40, "01": 20, "0180": 12, "0184": 8, "9999": 1}
"""How many women of each age live in each place; there is a man less."""


def cube(year: str, **changes: Any) -> dict[str, Any]:
    """An answer of the service: every age, with the total that it also has."""
    ages = [*map(str, range(100)), "100+", "tot"]
    axes = {"Region": list(PLACES), "Alder": ages, "Kon": ["1", "2"], "Tid": [year]}
    axes |= {"ContentsCode": ["BE0101N1"]}
    order = ["Region", "Alder", "Kon", "ContentsCode", "Tid"]
    values = [
        (women - (sex == "1")) * (101 if age == "tot" else 1)
        for women in PLACES.values()
        for age in ages
        for sex in ("1", "2")
    ]
    answer = {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängd",
        "id": order,
        "size": [len(axes[name]) for name in order],
        "dimension": {
            name: {"category": {"index": {code: at for at, code in enumerate(axes[name])}}}
            for name in order
        },
        "value": values,
    }
    return answer | changes


class Handler(BaseHTTPRequestHandler):
    asked: list[dict[str, list[str]]]

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        self.asked.append(query)
        known = url.path == "/api/v2/tables/TAB638/data"
        body = json.dumps(cube(query["valueCodes[Tid]"][0])).encode() if known else b"{}"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ny"
    geography = Workspace.open(embedded_root()).geography
    write_folder(folder, {str(path): text for path, text in starter(None, geography).items()})
    return folder


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[str, list[Any]]]:
    monkeypatch.setenv("OJMF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "*")
    asked: list[Any] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/v2", asked
    server.shutdown()
    thread.join()
    server.server_close()


def values(root: Path, indicator: str, geo: str, sex: str = "_T") -> list[float]:
    cells = Workspace.open(root).observations()
    return (
        cells.filter(indicator_id=indicator, geo=geo, sex=sex).sort("period_end")["value"].to_list()
    )


def test_the_population_becomes_a_source_and_fills_the_register(
    run: Run, root: Path, service: tuple[str, list[Any]]
) -> None:
    before = pl.read_csv(root / "data/population.csv", infer_schema=False)
    result = run("fetch", "scb", "--year", "2023-2024", "--base-url", service[0])
    assert result.exit_code == 0, result.output
    assert "Skrev källan scb-befolkning: 216 värden för 4 platser, 2023–2024." in result.stdout
    assert [query["valueCodes[Tid]"] for query in service[1]] == [["2023"], ["2024"]]
    assert service[1][0]["valueCodes[ContentsCode]"] == ["BE0101N1"]
    assert values(root, "befolkning.alla", "0184") == [101 * 15] * 2
    assert values(root, "befolkning.0-20", "0184") == [21 * 15] * 2
    assert values(root, "befolkning.0-20", "0184", "F") == [21 * 8] * 2
    assert values(root, "befolkning.65-och-aldre", "00", "M") == [36 * 39] * 2
    after = pl.read_csv(root / "data/population.csv", infer_schema=False)
    assert after.head(before.height).equals(before)  # what stands there is kept
    added = after.slice(before.height)
    assert ("0180", "2024-12-31", str(101 * 23)) in added.select("geo", "date", "population").rows()
    kept = before.filter(geo="0184", date="2024-12-31")
    assert after.filter(geo="0184", date="2024-12-31").equals(kept)
    assert run("check").exit_code == 0


def test_a_group_of_ages_is_a_denominator(
    run: Run, root: Path, service: tuple[str, list[Any]]
) -> None:
    run("fetch", "scb", "--year", "2024", "--ages", "0-17", "--base-url", service[0])
    path = root / "data/indicators/egna-matt.toml"
    text = path.read_text(encoding="utf-8") + 'denominator = "befolkning.0-17"\n'
    path.write_text(text.replace('method = "neutral" ', 'method = "reference" '), "utf-8")
    values_path = root / "data/references/eget"
    values_path.with_suffix(".toml").write_text(
        'indicator = "egna-matt.exempel"\nunit = "percent"\nperiod = "2024"\nsource = "Prov"\n',
        encoding="utf-8",
    )
    values_path.with_suffix(".csv").write_text("code,value\n0184,50\n01,20\n", encoding="utf-8")
    said = run(
        "status", "--kommun", "0184", "--area", "egna-matt", "--all-methods", "--format", "json"
    )
    row = json.loads(said.stdout)[0]
    assert row["interval"] == "confidence"
    assert 40 < row["lower"] < 50 < row["upper"] < 60


def test_saved_answers_give_the_same_and_the_cache_serves_offline(
    run: Run, root: Path, service: tuple[str, list[Any]], tmp_path: Path
) -> None:
    path = tmp_path / "svar" / "2024.json"
    path.parent.mkdir()
    path.write_text(json.dumps(cube("2024")), encoding="utf-8")
    assert run("fetch", "scb", "--answers", str(path.parent)).exit_code == 0
    saved = values(root, "befolkning.18-64", "0180")
    run("fetch", "scb", "--year", "2024", "--base-url", service[0])
    offline = run("fetch", "scb", "--year", "2024", "--base-url", service[0], "--offline")
    assert offline.exit_code == 0
    assert len(service[1]) == 1
    assert values(root, "befolkning.18-64", "0180") == saved


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": [1, 2]}, "har 2 tal, väntade 1020"),
        ({"id": ["Region", "Kon"], "size": [5, 2]}, "saknar Alder"),
        ({"value": [None] * 1020}, "saknas, står två gånger eller är fel"),
        ({"value": [1.5] * 1020}, "saknas, står två gånger eller är fel"),
        ({"value": [1] * 1020}, "tillsammans men totalen är"),
        ({"dimension": {}}, "är inte json-stat2"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(
    run: Run, root: Path, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    path = tmp_path / "svar.json"
    path.write_text(json.dumps(cube("2024", **changes)), encoding="utf-8")
    result = run("fetch", "scb", "--answers", str(path))
    assert (result.exit_code, said in result.stderr) == (3, True), result.stderr
    assert not (root / "data/sources/scb-befolkning").exists()


def test_a_table_that_is_not_there_and_wrong_usage_are_told(
    run: Run, service: tuple[str, list[Any]]
) -> None:
    gone = run("fetch", "scb", "--year", "2024", "--base-url", f"{service[0]}/annan")
    assert gone.exit_code == 3
    assert "404" in gone.stderr
    assert "Ange åren med --year" in run("fetch", "scb").stderr
    assert "är inga åldrar" in run("fetch", "scb", "--year", "2024", "--ages", "20-0").stderr
