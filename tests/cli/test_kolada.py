"""The commands that ask Kolada, run against a server on this machine."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from typer.testing import Result

from ojmf.compare.frame import Selection
from ojmf.kolada import client
from ojmf.network import transport
from ojmf.workspace import Workspace
from tests.unit.kolada.conftest import NOW
from tests.unit.kolada.server import Kolada, Reply, kpi, row, serving, value

Run = Callable[..., Result]


@pytest.fixture
def kolada() -> Iterator[Kolada]:
    known = Kolada(
        kpis=[
            kpi("N00001", "Andel som får stöd, andel (%)"),
            kpi("N00002", "Kostnad för stöd, kr/inv (-2023)"),
            kpi("N00003", "Har rutin, (Ja=1, Nej=2)", is_divided_by_gender=False),
            kpi("N00004", "Invånare, antal", municipality_type="A"),
        ],
        rows=[
            row("N00001", "0184", 2023, value("T", 40.5), value("K", 42.0), value("M", 39.0)),
            row("N00001", "0184", 2024, value("T", 41.0), value("K", None), value("M", None)),
            row("N00001", "0180", 2024, value("T", None, "Privacy")),
            row("N00001", "0000", 2024, 38.2),
            row("N00002", "0184", 2023, value("T", 1200.0), value("K", 1.0, "", True)),
            row("N00003", "0184", 2024, 2),
            row("N00003", "0000", 2024, 1.25),
            row("N00004", "0001", 2024, 2473307),
            row("N00001", "G92786", 2024, 37.0),
        ],
        municipalities=[
            {"id": "0000", "title": "Riket", "type": "L"},
            {"id": "0001", "title": "Region Stockholm", "type": "L"},
            {"id": "0184", "title": "Solna", "type": "K"},
        ],
        groups=[
            {
                "id": "G92786",
                "title": "Pendlingskommun (ovägt medel)",
                "members": [
                    {"member_id": "0184", "member_title": "Solna"},
                    {"member_id": "0180", "member_title": "Stockholm"},
                ],
            }
        ],
    )
    with serving(known):
        yield known


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited; the clock stands still an hour after the answers."""
    seconds: list[float] = []
    quick = functools.partial(transport.Transport, wait=seconds.append)
    monkeypatch.setattr(transport, "Transport", quick)
    monkeypatch.setattr(client, "Client", functools.partial(client.Client, now=lambda: NOW))
    return seconds


@pytest.fixture
def ask(
    run: Run, kolada: Kolada, waits: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.setenv("OJMF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "*")
    return lambda *words: run(*words, "--base-url", kolada.base)


def fetch(ask: Run, kpis: str = "N00001", *words: str, year: str = "2023-2024") -> Result:
    return ask("fetch", "kolada", "--kpi", kpis, "--year", year, *words)


def rows(root: Path, *columns: str) -> list[tuple[object, ...]]:
    frame = Workspace.open(root).observations()
    return frame.filter(pl.col("source_id").str.starts_with("kolada")).select(columns).rows()


def files(root: Path) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_fetch_becomes_a_source_with_its_provenance(ask: Run, root: Path, kolada: Kolada) -> None:
    result = fetch(ask, "N00001", "--kommun", "Solna,0180,riket")
    assert result.exit_code == 0, result.stderr
    name = "kolada-n00001-0184-0180-0000-2023-2024"
    assert result.stdout == (
        f"Skrev källan {name}: 8 värden (5 med uppgift, 3 saknade) ur 1 svar från Kolada. "
        "2 värden som frågades efter kom inte.\n"
    )
    written = tomllib.loads(
        (root / "data/sources" / name / "fetched.toml").read_text(encoding="utf-8")
    )
    assert written["publisher"] == "Källa: Kolada"
    assert str(written["date"]) == "2026-03-23"
    assert written["request"]["year"] == ["2023", "2024"]
    (answer,) = written["answer"]
    assert answer["url"].startswith(f"{kolada.base}/data/kpi/N00001/municipality/0184,0180,0000")
    assert (answer["clock"], len(answer["sha256"])) == ("server", 64)
    names = ("document", "place", "geo", "value", "obs_status", "indicator_id", "sex")
    assert rows(root, *names)[:4] == [
        ("Kolada, hämtat 2026-03-23", "post 1", "00", 38.2, "A", "kolada.n00001", "_T"),
        ("Kolada, hämtat 2026-03-23", "post 2", "0180", None, "Q", "kolada.n00001", "_T"),
        ("Kolada, hämtat 2026-03-23", "post 3", "0184", 42.0, "A", "kolada.n00001", "F"),
        ("Kolada, hämtat 2026-03-23", "post 4", "0184", 39.0, "A", "kolada.n00001", "M"),
    ]


def test_what_is_fetched_is_seen_by_the_other_commands(ask: Run, run: Run, root: Path) -> None:
    fetch(ask, "N00001", "--kommun", "Solna,riket", "--id", "kolada-prov")
    assert "i 2 källor" in run("check").stdout
    assert "Kolada: 1 nyckeltal, 2 platser, 2023–2024" in run("sources").stdout
    assert run("observations", "--source", "kolada-prov").exit_code == 0
    assert "är inte en rapport" in run("ingest", "kolada-prov").stderr
    run("run", "--output", "ut")
    everything = pl.read_parquet(root / "ut/observations.parquet")
    assert "kolada-prov" in set(everything["source_id"])
    shown = json.loads(run("observations", "--area", "kolada", "-f", "json").stdout)
    assert {entry["source_id"] for entry in shown} == {"kolada-prov"}


def test_new_indicators_take_no_side_until_someone_does(ask: Run, root: Path) -> None:
    fetch(ask, "N00001,N00002,N00003", "--kommun", "Solna")
    added = Workspace.open(root).indicators.filter(area_id="kolada")
    assert set(added["polarity"]) == set(added["method"]) == {"neutral"}
    assert added.select("indicator_id", "name", "unit", "kind").rows() == [
        ("kolada.n00001", "Andel som får stöd, andel (%)", "percent", "share"),
        ("kolada.n00002", "Kostnad för stöd, kr/inv (-2023)", "SEK_per_inhabitant", "index"),
        ("kolada.n00003", "Har rutin, (Ja=1, Nej=2)", "answer", "answer"),
    ]


def test_what_someone_wrote_about_an_indicator_stays(ask: Run, root: Path) -> None:
    fetch(ask, "N00001", "--kommun", "Solna")
    path = root / "data/indicators/kolada.toml"
    edited = path.read_text(encoding="utf-8").replace('"neutral"', '"higher"', 1)
    path.write_text(edited, encoding="utf-8", newline="\n")
    fetch(ask, "N00001,N00002", "--kommun", "Solna")
    assert path.read_text(encoding="utf-8").startswith(edited)
    assert "kolada.n00002" in path.read_text(encoding="utf-8")


def test_a_kpi_of_the_catalogue_keeps_its_indicator(ask: Run, root: Path) -> None:
    path = root / "data/indicators/oj-prov.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('name = "Har rutin"', 'name = "Har rutin"\nkolada = "N00003"'),
        encoding="utf-8",
    )
    fetch(ask, "N00003", "--kommun", "Solna,riket")
    assert rows(root, "indicator_id", "area_id", "geo", "answer", "value", "unit") == [
        ("oj-prov.fraga-0", "oj-prov", "00", None, 75.0, "percent"),
        ("oj-prov.fraga-0", "oj-prov", "0184", "NEJ", None, "answer"),
    ]


def test_a_kpi_in_another_unit_than_the_catalogue_is_kept_apart(ask: Run, root: Path) -> None:
    path = root / "data/indicators/oj-prov.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('name = "Har rutin"', 'name = "Har rutin"\nkolada = "N00001"'),
        encoding="utf-8",
    )
    result = fetch(ask, "N00001", "--kommun", "Solna")
    assert "har enheten percent men oj-prov.fraga-0 i katalogen answer" in result.stderr
    assert {area for (area,) in rows(root, "area_id")} == {"kolada"}


def test_a_group_gives_its_members_and_its_own_mean(ask: Run, root: Path) -> None:
    assert fetch(ask, "N00001", "--group", "G92786", year="2024").exit_code == 0
    found = {(geo, note) for geo, note in rows(root, "geo", "note")}
    assert ("G92786", "ovägt medel för kommungruppen") in found
    assert {geo for geo, _ in found} == {"0184", "0180", "G92786"}


def test_everyone_is_every_municipality_of_the_geography(ask: Run, kolada: Kolada) -> None:
    assert fetch(ask, "N00001", "--kommun", "alla,riket", year="2024").exit_code == 0
    assert kolada.asked[-1].endswith("/municipality/0184,0180,0000/year/2024")


def test_kolada_s_own_ids_will_do(ask: Run, kolada: Kolada) -> None:
    assert fetch(ask, "N00001,N00004", "--kommun", "0000,0001", year="2024").exit_code == 0
    assert "/municipality/0000,0001/year/2024" in kolada.asked[1]


def test_a_region_is_no_county(ask: Run, root: Path) -> None:
    result = fetch(ask, "N00004", "--kommun", "Stockholms län")
    assert "1 värde är regioners egna" in result.stderr
    assert rows(root, "geo", "column_label") == [("R01", "Region Stockholm 2024")]


def test_a_region_is_a_county_for_those_who_vouch_for_it(ask: Run, root: Path) -> None:
    fetch(ask, "N00004", "--kommun", "01", "--regions-as-counties")
    assert rows(root, "geo", "value") == [("01", 2473307.0)]


def test_what_a_person_should_know_is_said(ask: Run) -> None:
    result = fetch(ask, "N00002,N00003", "--kommun", "Solna", year="2023")
    assert result.stderr.splitlines() == [
        "N00002: nyckeltalet är avslutat efter 2023.",
        "N00003: inga värden för de platser och år som frågades efter.",
        "1 värde är borttagna i Kolada och läses inte.",
    ]


def test_what_was_asked_for_and_did_not_come_is_named(ask: Run, kolada: Kolada) -> None:
    kolada.rows = [
        row("N00001", place, year, 1.0)
        for place, years in (("0184", (2022, 2023)), ("0180", (2022,)), ("0000", (2022, 2023)))
        for year in years
    ]
    result = fetch(ask, "N00001", "--kommun", "Solna,Stockholm,riket,01", year="2020-2023")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "N00001 2020, 2021: 4 av 4 platser som frågades efter kom inte: Solna, Stockholm, Riket, "
        "Stockholms län.",
        "N00001 2022: 1 av 4 platser som frågades efter kom inte: Stockholms län.",
        "N00001 2023: 2 av 4 platser som frågades efter kom inte: Stockholm, Stockholms län.",
    ]
    assert "11 värden som frågades efter kom inte" in result.stdout


def test_much_that_did_not_come_is_told_a_line_a_year(
    ask: Run, kolada: Kolada, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ojmf.kolada.harvest._SHOWN_ABSENCES", 2)
    kolada.rows = [row(kpi, "0184", 2021, 1.0) for kpi in ("N00001", "N00002")]
    kolada.rows += [row("N00001", place, 2022, 1.0) for place in ("0184", "0180")]
    asked = ("N00001,N00002,N00003", "--kommun", "Solna,Stockholm")
    assert fetch(ask, *asked, year="2020-2022").stderr.splitlines()[-3:] == [
        "2020: inga värden kom för 2 av 2 nyckeltal.",
        "2021: 2 av 4 värden som frågades efter kom inte, ur 2 av 2 nyckeltal och 1 av 2 platser.",
        "2022: inga värden kom för 1 av 2 nyckeltal.",
    ]


def test_many_places_that_did_not_come_are_counted(ask: Run, kolada: Kolada) -> None:
    kolada.groups[0]["members"] += [{"member_id": str(name)} for name in range(2001, 2041)]
    result = fetch(ask, "N00001", "--group", "G92786", year="2024")
    line = next(line for line in result.stderr.splitlines() if line.startswith("N00001 2024"))
    assert line.startswith("N00001 2024: 40 av 42 platser som frågades efter kom inte: 2001, 2002,")
    assert line.endswith("2030 … och 10 till.")


def test_what_the_server_says_is_no_command_of_the_terminal(
    ask: Run, kolada: Kolada, root: Path
) -> None:
    kolada.kpis = [kpi("N00001", "Andel\x1b[31m som\x07 får\u202estöd (-2023), andel (%)")]
    kolada.next.append(Reply(b'{"detail": "\x1b[2J"}', 400))
    refused = fetch(ask, "N00001", "--kommun", "Solna")
    found = ask("kolada", "search", "Andel")
    fetched = fetch(ask, "N00001", "--kommun", "Solna")
    assert fetched.exit_code == 0
    for result in (refused, found, fetched):
        shown = result.stdout + result.stderr
        assert all(letter.isprintable() or letter in "\n\u00a0" for letter in shown)
    written = (root / "data/indicators/kolada.toml").read_text(encoding="utf-8")
    assert "\x1b" not in written
    assert "u001b" not in written


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["--kpi", "N00001", "--kommun", "Solna", "--year", "1999"], 9, "utan några värden"),
        (["--kpi", "N99999", "--kommun", "Solna", "--year", "2024"], 9, "N99999"),
        (["--kpi", "stöd", "--kommun", "Solna", "--year", "2024"], 9, "inget id"),
        (["--kpi", "N00001", "--kommun", "Sollna", "--year", "2024"], 9, "Menade du Solna"),
        (["--kpi", "N00001", "--kommun", "Solna", "--year", "24"], 9, "inga år"),
        (["--kpi", "N00001", "--kommun", "Solna", "--year", "2024-2019"], 9, "inga år"),
        (["--kpi", "N00001", "--group", "G99999", "--year", "2024"], 9, "G99999"),
        (["--kpi", "N00001", "--year", "2024"], 2, "--kommun, --group"),
        (
            ["--kpi", "N00001", "--kommun", "Solna", "--year", "2024", "--id", "../x"],
            2,
            "källas id",
        ),
        (
            ["--kpi", "N00001", "--kommun", "Solna", "--year", "2024", "--id", "prov-2024"],
            9,
            "redan en källa",
        ),
    ],
)
def test_what_cannot_be_fetched_leaves_nothing(
    ask: Run, root: Path, words: list[str], code: int, expected: str
) -> None:
    before = files(root)
    result = ask("fetch", "kolada", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert expected in result.stderr
    assert files(root) == before


def test_only_deleted_values_are_no_values(ask: Run, kolada: Kolada) -> None:
    kolada.rows = [row("N00001", "0184", 2024, value("T", 1.0, deleted=True))]
    result = fetch(ask, "N00001", "--kommun", "Solna")
    assert result.exit_code == 9
    assert "bara borttagna värden" in result.stderr


def test_nan_is_missing_and_told_of(ask: Run, kolada: Kolada, root: Path) -> None:
    kolada.rows = [row("N00001", "0184", 2024, float("nan"))]
    result = fetch(ask, "N00001", "--kommun", "Solna")
    assert "1 värde är NaN eller oändliga" in result.stderr
    assert rows(root, "value", "obs_status", "note") == [(None, "O", "”NaN” i svaret är inget tal")]


def test_values_that_were_not_asked_for_are_refused(ask: Run, kolada: Kolada, root: Path) -> None:
    other = {"values": [row("N00001", "0114", 2024, 1.0)], "next_url": None}
    kolada.next.append(Reply(json.dumps(other).encode()))
    before = files(root)
    result = fetch(ask, "N00001", "--kommun", "Solna")
    assert result.exit_code == 3
    assert "inte har frågats efter" in result.stderr
    assert files(root) == before


def test_a_busy_service_is_waited_for(ask: Run, kolada: Kolada, waits: list[float]) -> None:
    kolada.next.append(Reply(status=429, headers={"Retry-After": "9"}))
    result = fetch(ask, "N00001", "--kommun", "Solna")
    assert result.exit_code == 0
    assert waits == [9.0]
    assert "svarade 429; försöker igen om 9 s" in result.stderr


def test_an_interrupted_fetch_goes_on_where_it_stopped(
    ask: Run, kolada: Kolada, root: Path
) -> None:
    years = [*range(1990, 2025)]
    kolada.rows = [row("N00001", "0184", year, 1.0) for year in years]
    ask_for = functools.partial(fetch, ask, "N00001", "--kommun", "Solna", year="1990-2024")
    first = Reply(json.dumps({"values": kolada.rows[:25], "next_url": None}).encode())
    kolada.next.extend([first, *(Reply(status=503) for _ in range(5))])
    before = files(root)
    assert ask_for().exit_code == 3
    assert files(root) == before
    kolada.asked.clear()
    kolada.next.clear()
    assert ask_for().exit_code == 0
    assert len([path for path in kolada.asked if "/data/" in path]) == 1
    assert len(rows(root, "value")) == len(years)


def test_fetching_again_replaces_and_changes_nothing_else(ask: Run, root: Path) -> None:
    fetch(ask, "N00001", "--kommun", "Solna")
    before = files(root)
    fetch(ask, "N00001", "--kommun", "Solna")
    assert files(root) == before


def test_a_figure_that_has_been_revised_is_kept_and_told(
    ask: Run, kolada: Kolada, root: Path
) -> None:
    kolada.rows = [row("N00001", "0184", year, 10.0) for year in (2023, 2024)]
    assert "andra" not in fetch(ask, "N00001", "--kommun", "Solna").stderr
    kolada.rows = [row("N00001", "0184", 2023, 14.5), row("N00001", "0184", 2024, 10.0)]
    shutil.rmtree(root.parent / "cache", ignore_errors=True)
    told = fetch(ask, "N00001", "--kommun", "Solna")
    assert "1 värde är ett annat än förut i samma källa" in told.stderr
    assert "Solna 2023: 10 → 14,5" in told.stderr
    (path,) = root.glob("data/sources/*/revisions.csv")
    kept = pl.read_csv(path).select("geo", "period_start", "old", "new", "why").rows()
    assert kept == [(184, "2023-01-01", 10.0, 14.5, "hämtad igen från Kolada")]
    assert fetch(ask, "N00001", "--kommun", "Solna").exit_code == 0
    assert pl.read_csv(path).height == 1


def test_of_two_vintages_the_newest_counts_and_says_so(
    ask: Run, run: Run, kolada: Kolada, root: Path
) -> None:
    about = ("--kommun", "Solna,riket", "--id")
    kolada.rows = [
        row("N00001", "0184", 2023, 9.0),
        row("N00001", "0184", 2024, 10.0),
        row("N00001", "0000", 2024, 20.0),
    ]
    fetch(ask, "N00001", *about, "kolada-i-fjol")
    declared = root / "data/sources/kolada-i-fjol/fetched.toml"
    declared.write_text(declared.read_text().replace("2026-03-23", "2025-03-23"))
    (cited,) = re.findall(r"\[(oj:\S+)\]", run("cite", "kolada.n00001", "--kommun", "Solna").stdout)

    kolada.rows = [row("N00001", "0184", 2024, 33.0), row("N00001", "0000", 2024, 20.0)]
    shutil.rmtree(root.parent / "cache", ignore_errors=True)
    fetch(ask, "N00001", *about, "kolada-i-ar", year="2024")
    held = Workspace.open(root)
    assert sorted(rows(root, "geo", "period_end", "value", "source_id")) == [
        ("00", date(2024, 12, 31), 20.0, "kolada-i-ar"),
        ("0184", date(2023, 12, 31), 9.0, "kolada-i-fjol"),
        ("0184", date(2024, 12, 31), 33.0, "kolada-i-ar"),
    ]
    (judged,) = (
        held.compared("0184", ["riket"], Selection(methods=("neutral",)))
        .filter(indicator_id="kolada.n00001")
        .to_dicts()
    )
    assert (judged["own"], judged["gap"]) == (33.0, 13.0)
    assert judged["replaced"] == "”10.0” i Kolada, hämtat 2025-03-23 (post 3)"
    assert judged["reference_replaced"] is None

    beside = ("--kommun", "Solna", "--against", "riket")
    shown = run("status", *beside, "--format", "md", "--all-methods", "--explain")
    assert "nyare uppgift, ersätter ”10.0” i Kolada" in shown.stdout
    shown = run("cite", "kolada.n00001", *beside)
    assert "nyare uppgift, ersätter ”10.0” i Kolada" in shown.stdout
    old = run("verify-citation", cited)
    assert old.exit_code == 1
    assert "en senare hämtning har ”33.0” i Kolada" in old.stdout

    found = {
        (one["check"], one["severity"], one["source_id"])
        for one in json.loads(run("validate", "--format", "json").stdout)
        if one["check"].startswith("figure-")
    }
    assert found == {("figure-replaced", "info", "kolada-i-fjol")}
    alone = json.loads(run("validate", "kolada-i-fjol", "--format", "json").stdout)
    assert "”10.0” gäller inte längre, för en senare hämtning har ”33.0”" in str(alone)


def test_a_citation_reads_well_without_a_figure_and_with_a_short_unit(
    ask: Run, kolada: Kolada, run: Run
) -> None:
    kolada.rows.append(row("N00002", "0000", 2023, 1300.0))
    fetch(ask, "N00001,N00002", "--kommun", "0184,0180,riket")
    held_back = run("cite", "kolada.n00001", "--kommun", "0180", "--against", "riket").stdout
    assert " har ingen uppgift för ”Andel som får stöd, andel (%)” (Kolada, 2024, " in held_back
    cost = run("cite", "kolada.n00002", "--kommun", "0184", "--against", "riket").stdout
    assert (
        "Riket har 1 300 kr per invånare. Skillnaden är −100 kr per invånare. (Källa: "
        in cost.replace("\xa0", " ")
    )


def test_two_figures_of_one_time_contradict_each_other(
    ask: Run, kolada: Kolada, root: Path
) -> None:
    for name, figure in (("ena", 10.0), ("andra", 33.0)):
        kolada.rows = [row("N00001", "0184", 2024, figure)]
        shutil.rmtree(root.parent / "cache", ignore_errors=True)
        fetch(ask, "N00001", "--kommun", "Solna", "--id", f"kolada-{name}", year="2024")
    (judged,) = (
        Workspace.open(root)
        .compared("0184", ["riket"], Selection(methods=("neutral",)))
        .filter(indicator_id="kolada.n00001")
        .to_dicts()
    )
    assert (judged["own"], judged["reason_code"]) == (None, "conflict")


def test_offline_gives_what_the_cache_holds(ask: Run, run: Run, kolada: Kolada, root: Path) -> None:
    fetch(ask, "N00001", "--kommun", "Solna")
    before = files(root)
    kolada.asked.clear()
    assert fetch(ask, "N00001", "--kommun", "Solna", "--offline").exit_code == 0
    assert files(root) == before
    result = fetch(ask, "N00002", "--kommun", "Solna", "--offline")
    assert result.exit_code == 9
    assert "är sparat av ett tidigare kommando. Kör utan --offline en gång" in result.stderr
    assert kolada.asked == []


def test_a_source_that_someone_edited_is_a_fault(ask: Run, run: Run, root: Path) -> None:
    fetch(ask, "N00001", "--kommun", "Solna", "--id", "kolada-prov")
    path = root / "data/sources/kolada-prov/observations.parquet"
    pl.read_parquet(path).with_columns(value=pl.lit(99.0)).write_parquet(path)
    result = run("check")
    assert result.exit_code == 6
    assert "har ändrats utanför ojmf" in result.stderr


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("observations.parquet", None),
        ("observations.parquet", b""),
        ("observations.parquet", b"table\n1\n"),
        ("fetched.toml", b""),
        ("fetched.toml", b"id = "),
        ("fetched.toml", b'id = "annat"\n'),
        ("../../indicators/kolada.toml", None),
    ],
)
def test_the_same_command_replaces_what_is_broken(
    ask: Run, run: Run, root: Path, file: str, content: bytes | None
) -> None:
    fetch(ask, "N00001", "--kommun", "Solna", "--id", "kolada-prov")
    before = files(root)
    path = root / "data/sources/kolada-prov" / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert run("check").exit_code == 6
    again = fetch(ask, "N00001", "--kommun", "Solna", "--id", "kolada-prov")
    assert again.exit_code == 0, again.stderr
    assert files(root) == before
    assert run("check").exit_code == 0


def test_the_embedded_data_is_not_written_to(
    ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = fetch(ask, "N00001", "--kommun", "Solna")
    assert result.exit_code == 2
    assert "ojmf init" in result.stderr


def saved(folder: Path, **contents: object) -> Path:
    folder.mkdir()
    for name, content in contents.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


def test_saved_answers_take_the_place_of_the_service(
    run: Run, root: Path, kolada: Kolada, tmp_path: Path
) -> None:
    folder = saved(
        tmp_path / "svar",
        one={"values": kolada.rows[:3], "count": 3, "next_url": "https://annan.se/2"},
        two=[{"values": kolada.rows[3:5]}, {"values": kolada.rows[6:7]}],
        three=[kolada.rows[7]],
        kpis={"values": kolada.kpis},
    )
    result = run(
        *("fetch", "kolada", "--kpi", "N00001", "--kommun", "0184,riket", "--year", "2023-2024"),
        *("--answers", folder, "--id", "kolada-sparad"),
    )
    assert result.exit_code == 0, result.stderr
    assert "4 rader i filerna är inte bland det som frågades efter" in result.stderr
    assert "Sidan https://annan.se/2 finns inte bland filerna" in result.stderr
    assert {geo for (geo,) in rows(root, "geo")} == {"0184", "00"}
    assert kolada.asked == []


def test_saved_pages_that_lead_to_others_are_followed(
    run: Run, root: Path, kolada: Kolada, tmp_path: Path
) -> None:
    address = "https://api.kolada.se/v3/data?kpi_id=N00001&page="
    folder = saved(
        tmp_path / "svar",
        **{
            f"sida{number}": {
                "values": [row("N00001", "0184", 2020 + number, 1.0)],
                "previous_url": f"{address}{number - 1}" if number > 1 else None,
                "next_url": f"{address}{number + 1}" if number < 4 else None,
            }
            for number in (1, 2, 4)
        },
    )
    result = run(
        *("fetch", "kolada", "--kpi", "N00001", "--kommun", "0184", "--year", "2021-2024"),
        *("--answers", folder, "--id", "kolada-sparad"),
    )
    assert result.exit_code == 0, result.stderr
    missing = [line for line in result.stderr.splitlines() if "finns inte bland filerna" in line]
    assert missing == [f"Sidan {address}3 finns inte bland filerna; spara den också."]
    assert len(rows(root, "value")) == 3


def web_export(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Kolada nyckeltal"
    for cells in [["Kolada nyckeltal"], *rows]:
        book.active.append(cells)
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


SHARE, COST = "Andel som får stöd, andel (%)", "Kostnad för stöd, kr/inv (-2023)"


def test_a_web_export_is_read_by_the_titles_of_saved_metadata(
    run: Run, root: Path, kolada: Kolada, tmp_path: Path
) -> None:
    folder = saved(tmp_path / "svar", kpis={"values": kolada.kpis})
    group = "Stockholms läns kommuner (ovägt medel)"
    rows_: list[list[object]] = [
        ["", "", "2022", "2023"],
        [SHARE, "Solna", "40.5", "1 041"],
        [SHARE, "Riket", "38.2", ""],
        [SHARE, group, "37.0", "38"],
        [COST, "Solna", "1200", "1300"],
    ]
    web_export(folder / "export.xlsx", rows_)
    result = run(
        *("fetch", "kolada", "--kpi", "N00001,N00002", "--kommun", "Solna,riket"),
        *("--year", "2022-2023", "--answers", folder, "--id", "kolada-webb"),
    )
    assert result.exit_code == 0, result.stderr
    assert f"Platserna ”{group}” har inget id" in result.stderr
    found = rows(root, "geo", "indicator_id", "unit", "value", "obs_status")
    assert sorted(found, key=str) == sorted(
        [
            ("0184", "kolada.n00001", "percent", 40.5, "A"),
            ("0184", "kolada.n00001", "percent", 1041.0, "A"),
            ("00", "kolada.n00001", "percent", 38.2, "A"),
            ("00", "kolada.n00001", "percent", None, "O"),
            ("0184", "kolada.n00002", "SEK_per_inhabitant", 1200.0, "A"),
            ("0184", "kolada.n00002", "SEK_per_inhabitant", 1300.0, "A"),
        ],
        key=str,
    )
    assert kolada.asked == []


def test_the_only_title_of_an_export_is_the_only_kpi_asked_for(
    run: Run, root: Path, tmp_path: Path
) -> None:
    sexes = [["", "", "", 2023], [COST, "Solna", "Kvinnor", 7.5], [COST, "Solna", "Män", 8]]
    path = web_export(tmp_path / "svar/ett.xlsx", sexes)
    asked = ("fetch", "kolada", "--kpi", "N00002", "--kommun", "Solna", "--year", "2023")
    result = run(*asked, "--answers", path, "--id", "kolada-webb")
    assert result.exit_code == 0, result.stderr
    assert rows(root, "sex", "value", "unit") == [
        ("F", 7.5, "SEK_per_inhabitant"),
        ("M", 8.0, "SEK_per_inhabitant"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([["", "", "2023"], [SHARE, "Solna", "1"], [COST, "Solna", "2"]], "står utan id"),
        ([["", "", "2023"], [COST, "Solna", "1,234"]], "tusental eller decimaler"),
        ([["", "", "2023"], [COST, "Solna", "tolv"]], "är inget tal"),
        ([["Post", "Utfall"], [COST, "2"]], "inget uttag ur Koladas webb"),
    ],
)
def test_an_export_that_is_unclear_is_refused(
    run: Run, root: Path, tmp_path: Path, cells: list[list[object]], expected: str
) -> None:
    path = web_export(tmp_path / "svar/ett.xlsx", cells)
    asked = ("fetch", "kolada", "--kpi", "N00002", "--kommun", "Solna", "--year", "2023")
    result = run(*asked, "--answers", path)
    assert result.exit_code == 3
    assert expected in result.stderr


def test_saved_answers_without_metadata_say_what_is_unknown(
    run: Run, root: Path, kolada: Kolada, tmp_path: Path
) -> None:
    folder = saved(tmp_path / "svar", one={"values": kolada.rows[:1]})
    result = run(
        *("fetch", "kolada", "--kpi", "N00001", "--kommun", "0184", "--year", "2023"),
        *("--answers", folder / "one.json"),
    )
    assert "N00001: metadata saknas" in result.stderr
    assert {unit for (unit,) in rows(root, "unit")} == {"index"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"values": [', "filen är skadad"),
        ('{"rows": []}', "inget svar från Kolada"),
        ("3", "inget svar från Kolada"),
        ("[3]", "inget objekt"),
        ('{"values": [], "count": 1, "next_url": null}', "säger 1 rader"),
        ("<html>", "filen är skadad"),
        ("", "filen är skadad"),
    ],
)
def test_saved_answers_that_are_none_are_refused(
    run: Run, root: Path, kolada: Kolada, tmp_path: Path, text: str, expected: str
) -> None:
    folder = saved(tmp_path / "svar", good={"values": kolada.rows[:1]}, bad=text)
    before = files(root)
    result = run(
        *("fetch", "kolada", "--kpi", "N00001", "--kommun", "0184", "--year", "2023"),
        *("--answers", folder),
    )
    assert result.exit_code == 3
    assert expected in result.stderr
    assert "bad.json" in result.stderr
    assert files(root) == before


def test_search_lists_what_kolada_finds(ask: Run, run: Run) -> None:
    table = ask("kolada", "search", "stöd").stdout
    assert [line.split()[0] for line in table.splitlines()[2:]] == ["N00001", "N00002"]
    found = json.loads(ask("kolada", "search", "kostnad", "-f", "json").stdout)
    assert [(one["id"], one["unit"], one["discontinued_after"]) for one in found] == [
        ("N00002", "SEK_per_inhabitant", 2023)
    ]


def test_show_tells_what_is_known(ask: Run) -> None:
    shown = ask("kolada", "show", "n00003").stdout
    assert shown.splitlines()[:5] == [
        "Nyckeltal: N00003",
        "Titel: Har rutin, (Ja=1, Nej=2)",
        "Enhet, ur titeln: svar",
        "Gäller: kommuner",
        "Per kön: nej",
    ]
    (fact,) = json.loads(ask("kolada", "show", "N00003", "-f", "json").stdout)
    assert fact["publication_date"] == "2026-06-20"


def test_search_and_show_offline_use_the_cache(ask: Run, kolada: Kolada) -> None:
    ask("kolada", "search", "stöd")
    kolada.asked.clear()
    assert "N00002" in ask("kolada", "search", "STÖD kostnad", "--offline").stdout
    assert "Kostnad" in ask("kolada", "show", "N00002", "--offline").stdout
    assert ask("kolada", "show", "N00003", "--offline").exit_code == 9
    assert ask("kolada", "search", "rutin", "--offline").exit_code == 9
    assert kolada.asked == []


def test_what_kolada_does_not_have_is_said(ask: Run) -> None:
    assert ask("kolada", "search", "finns inte").exit_code == 9
    result = ask("kolada", "show", "N99999")
    assert result.exit_code == 9
    assert "N99999" in result.stderr


@pytest.mark.parametrize("lacking", [(), ("sex",)])
def test_figures_that_were_fetched_by_an_earlier_version_are_read_and_replaced(
    ask: Run, kolada: Kolada, root: Path, lacking: tuple[str, ...]
) -> None:
    fetch(ask, "N00001", "--kommun", "Solna", "--id", "kolada-prov")
    before = files(root)
    folder = root / "data/sources/kolada-prov"
    new, old = folder / "observations.parquet", folder / "observations.csv"
    kept = pl.read_parquet(new).filter(sex="_T").drop(lacking)
    kept.with_columns(value=pl.col("value") + 1).write_csv(old)
    was, now = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (new, old))
    new.unlink()
    declared = (folder / "fetched.toml").read_text(encoding="utf-8").replace(was, now)
    (folder / "fetched.toml").write_text(declared, encoding="utf-8")
    assert rows(root, "place", "sex", "value") == [("rad 2", "_T", 41.5), ("rad 3", "_T", 42.0)]
    again = fetch(ask, "N00001", "--kommun", "Solna", "--id", "kolada-prov")
    assert "2 värden är andra än förut i samma källa" in again.stderr
    (folder / "revisions.csv").unlink()
    assert files(root) == before
