"""A profile of KPIs from a server on this machine to a comparison, and directions in bulk."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from typer.testing import Result

from ojmf.authoring.starter import starter
from ojmf.declarations.inhabitants import EVERYONE, indicator_id
from ojmf.declarations.loading import embedded_root
from ojmf.declarations.profiles import load_profile
from ojmf.errors import DeclarationError, SelectionError
from ojmf.kolada.metadata import Kpi
from ojmf.output import write_folder
from ojmf.scb.population import AGES
from ojmf.workspace import Workspace
from tests.cli.test_scb import PLACES, cube
from tests.unit.kolada.server import Kolada, kpi, row, serving, value

Run = Callable[..., Result]
PROFILES = embedded_root() / "data/profiles"
RECIPIENTS, COST, GONE = "N31807", "N30101", "U31462"


def titles() -> dict[str, str]:
    raw = tomllib.loads((PROFILES / "ifo.toml").read_text(encoding="utf-8"))
    return {name: title for theme in raw["theme"] for name, title in theme["kpi"].items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new workspace, with all municipalities and groups."""
    folder = tmp_path / "ny"
    geography = Workspace.open(embedded_root()).geography
    write_folder(folder, {str(path): text for path, text in starter(None, geography).items()})
    return folder


@pytest.fixture
def kolada() -> Iterator[Kolada]:
    """All KPIs of the profile but one; figures of two for a county, some peers and the country."""
    geography = Workspace.open(embedded_root()).geography
    county = geography.filter(level="municipality", county_code="01")["code"].to_list()
    known = Kolada(
        kpis=[kpi(name, title) for name, title in titles().items() if name != GONE],
        rows=[
            row(name, place, 2024, value("T", base + at), value("K", base + at + 1))
            for name, base in ((RECIPIENTS, 1.5), (COST, 4000.0))
            for at, place in enumerate([*county, "1480", "0000"])
        ],
    )
    with serving(known):
        yield known


@pytest.fixture
def fetch(
    run: Run, kolada: Kolada, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    monkeypatch.setenv("OJMF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "*")
    words = ("fetch", "kolada", "--profile", "ifo", "--base-url", kolada.base)
    return lambda *more: run(*words, *more)


def test_the_profile_has_a_direction_and_a_reason_for_every_kpi() -> None:
    profile = load_profile("ifo", (PROFILES,))
    assert 55 <= len(profile.directions) <= 75
    for name, direction in profile.directions.items():
        assert len(direction.polarity_reason) > 20, name
        assert (direction.method == "neutral") == (direction.polarity == "neutral"), name
    read = {name: Kpi(name, title) for name, title in titles().items()}
    assert read[RECIPIENTS].unit == "percent"
    assert read[COST].unit == "SEK_per_inhabitant"


def test_a_profile_becomes_figures_of_the_county_the_peers_and_the_country(
    fetch: Callable[..., Result], root: Path, run: Run
) -> None:
    result = fetch("--kommun", "Solna")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Skrev källan kolada-ifo-0184:")
    assert f"1 av profilens nyckeltal finns inte i Kolada: {GONE}" in result.stderr
    workspace = Workspace.open(root)
    cells = workspace.observations().filter(source_id="kolada-ifo-0184")
    peers = workspace.groups.filter(of="0184")["member_id"].to_list()
    assert len(cells["geo"].unique()) == 27  # the county's 26 and the country
    assert peers
    asked = tomllib.loads(
        (root / "data/sources/kolada-ifo-0184/fetched.toml").read_text(encoding="utf-8")
    )["request"]
    assert {*peers, "0184", "0000"} <= set(asked["place"])
    assert asked["year"] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert GONE not in asked["kpi"]
    declared = workspace.indicators.filter(kolada_id=RECIPIENTS).row(0, named=True)
    assert (declared["polarity"], declared["method"]) == ("lower", "quartile")
    judged = run("status", "--kommun", "Solna", "--all-methods", "--format", "csv").stdout
    mine = next(line for line in judged.splitlines() if "kolada.n31807," in line)
    assert ",quartile," in mine
    assert run("run", "--kommun", "Solna").exit_code == 0


@pytest.mark.parametrize(
    ("places", "source"),
    [
        ("alla", "kolada-ifo-alla"),
        ("Solna,Uppsala", "kolada-ifo-0184-0380"),
        ("0180,0184,0380,0381,0580,0880,1280,1480,1880,2180,2480,2580", "kolada-e10c9173966f"),
    ],
)  # fmt: skip
def test_the_source_of_a_profile_is_called_after_those_asked_for(
    fetch: Callable[..., Result], root: Path, places: str, source: str
) -> None:
    result = fetch("--kommun", places, "--year", "2024")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"Skrev källan {source}:")


def test_gaps_are_worth_something_with_fetched_inhabitants_and_nothing_declared(
    fetch: Callable[..., Result], root: Path, run: Run, tmp_path: Path
) -> None:
    assert fetch("--kommun", "Solna", "--year", "2024").exit_code == 0
    before = run("worth", "--kommun", "Solna")
    assert before.exit_code == 9
    assert "Nämnarens tal saknas" in before.stderr
    assert "ojmf fetch scb" in before.stderr
    answer = tmp_path / "2024.json"
    answer.write_text(json.dumps(cube("2024")), encoding="utf-8")
    assert run("fetch", "scb", "--answers", str(answer)).exit_code == 0
    told = run("worth", "--kommun", "Solna", "--format", "json")
    assert "är inte med: ingen nämnare är angiven" not in told.stderr
    found = json.loads(told.stdout)
    by_id = {(row["indicator_id"], row["sex"]): row for row in found}
    men, women = (101 * (PLACES["0184"] - less) for less in (1, 0))
    cost = by_id[f"kolada.{COST.lower()}", "_T"]
    assert (cost["denominator"], cost["worth_unit"]) == (women + men, "SEK")
    assert cost["worth"] == pytest.approx(cost["gap"] * (women + men))
    share = by_id[f"kolada.{RECIPIENTS.lower()}", "F"]
    assert (share["denominator"], share["worth_unit"]) == (women, "persons")


def test_the_denominators_of_the_profile_are_fetched_with_it_or_from_scb(tmp_path: Path) -> None:
    profile = load_profile("ifo", (PROFILES,))
    known = {indicator_id(group) for group in (EVERYONE, *AGES)}
    known |= {f"kolada.{name.lower()}" for name in profile.directions}
    assert len(profile.denominators) > 20
    assert set(profile.denominators.values()) <= known
    text = (PROFILES / "ifo.toml").read_text(encoding="utf-8")
    wrong = text.replace('= ["U31804"]', '= ["U31804", "N35805", "N99999"]')
    (tmp_path / "ifo.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        load_profile("ifo", (tmp_path,))
    assert "N99999 står i denominator men inget tema" in str(told.value)
    assert "N35805 står i två nämnare" in str(told.value)


def test_what_the_catalogue_says_already_is_kept_and_told(
    fetch: Callable[..., Result], root: Path
) -> None:
    assert fetch("--kommun", "Solna", "--year", "2024").exit_code == 0
    path = root / "data/indicators/kolada.toml"
    changed = path.read_text("utf-8").replace('polarity = "lower"', 'polarity = "neutral"')
    path.write_text(changed.replace('method = "quartile"', 'method = "neutral"'), "utf-8")
    again = fetch("--kommun", "Solna", "--year", "2024")
    assert f"riktning än profilens i katalogen, och den gäller: {RECIPIENTS}" in again.stderr
    assert 'polarity = "lower"' not in path.read_text("utf-8")
    # The table directs many at once, without a word changed in the file.
    (root / "data/directions.csv").write_text(
        "kolada_id;name;polarity;polarity_reason;method\n"
        f"{RECIPIENTS};Vad som helst;lower;Målet är egen försörjning.;quartile\n"
        "N99999;;;;\n",
        encoding="utf-8",
    )
    row = Workspace.open(root).indicators.filter(kolada_id=RECIPIENTS).row(0, named=True)
    assert (row["polarity"], row["method"]) == ("lower", "quartile")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("N99999,lower,skäl,quartile", "rad 2: ”N99999” är ingen indikator"),
        ("oj-vald.samverkan-polisen,uppåt,skäl,answer", "polarity är ”uppåt”"),
        ("oj-vald.samverkan-polisen,higher,,answer", "polarity_reason saknas"),
        ("oj-vald.samverkan-polisen,higher,skäl,gissning", "method är ”gissning”"),
        (",higher,skäl,answer", "säger inte vilken indikator"),
        (
            "oj-vald.samverkan-polisen,higher,a,answer\noj-vald.samverkan-polisen,higher,b,answer",
            "står redan på rad 2",
        ),
    ],
)
def test_a_table_of_directions_that_cannot_hold_is_told(root: Path, line: str, fault: str) -> None:
    path = root / "data/directions.csv"
    path.write_text(f"indicator_id,polarity,polarity_reason,method\n{line}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=fault):
        Workspace.open(root)


def test_the_list_of_indicators_is_a_table_of_directions(root: Path, run: Run) -> None:
    path = root / "data/directions.csv"
    assert run("indicators", "--output", str(path)).exit_code == 0
    before = Workspace.open(root).indicators
    path.unlink()
    assert before.equals(Workspace.open(root).indicators)


def test_an_unknown_profile_is_told_with_the_known_ones(
    fetch: Callable[..., Result], run: Run, tmp_path: Path
) -> None:
    with pytest.raises(SelectionError, match="Menade du ifo"):
        load_profile("if0", (PROFILES,))
    (tmp_path / "x.toml").write_text('id = "y"\n', encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"x\.toml: name"):
        load_profile("x", (tmp_path,))
    assert "Ange --kpi eller --profile" in run("fetch", "kolada", "--kommun", "Solna").stderr


def test_a_workspaces_own_profile_goes_first(tmp_path: Path) -> None:
    text = (PROFILES / "ifo.toml").read_text(encoding="utf-8").replace('"2020-2025"', '"2024"')
    (tmp_path / "ifo.toml").write_text(text, encoding="utf-8")
    assert load_profile("ifo", (tmp_path, PROFILES)).years == "2024"
    assert pl.Series(list(load_profile("ifo", (PROFILES,)).directions)).is_unique().all()
