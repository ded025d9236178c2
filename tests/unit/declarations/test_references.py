"""Reference values from files: what is read, what is refused, and the colours that follow."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from ojmf.cli import app
from ojmf.compare import by_method
from ojmf.errors import DeclarationError
from ojmf.schema import OBSERVATIONS
from ojmf.workspace import Workspace

AREA = """\
[area]
id = "prov"
name = "Prov"

[[indicator]]
id = "prov.andel"
name = "Andel med stöd"
unit = "percent"
kind = "share"
polarity = "higher"
polarity_reason = "Fler får stöd."
method = "quartile"
"""
DECLARATION = 'indicator = "prov.andel"\nunit = "percent"\nsource = "SCB, tabell X"\n'
PERIOD = 'period = "2024"\n'


def everyone() -> list[str]:
    return [f"{100 + number:04}" for number in range(40)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data/sources").mkdir(parents=True)
    (tmp_path / "data/indicators").mkdir()
    (tmp_path / "data/references").mkdir()
    (tmp_path / "data/indicators/prov.toml").write_text(AREA, encoding="utf-8")
    places = [f"{code},Kommun {code},municipality,{code[:2]}" for code in everyone()]
    head = ["code,name,level,county_code", "00,Riket,country,", "01,Första län,county,01"]
    (tmp_path / "data/geography.csv").write_text("\n".join([*head, *places]), encoding="utf-8")
    return tmp_path


def put(root: Path, values: str, declaration: str = DECLARATION + PERIOD) -> Path:
    folder = root / "data/references"
    (folder / "andel.toml").write_text(declaration, encoding="utf-8")
    (folder / "andel.csv").write_text(values, encoding="utf-8", newline="")
    return folder


def faults(root: Path) -> str:
    with pytest.raises(DeclarationError) as error:
        Workspace.open(root)
    return str(error.value)


def table(values: dict[str, object], separator: str = ",") -> str:
    lines = [f"{code}{separator}{number}" for code, number in values.items()]
    return "\n".join([f"code{separator}value", *lines]) + "\n"


def test_values_become_observations_with_their_line(root: Path) -> None:
    put(root, table({"0100": 12.5, "0101": "", "00": 40}))
    frame = Workspace.open(root).observations()
    assert frame.schema == OBSERVATIONS
    columns = ("source_id", "document", "line", "geo", "raw", "value", "decimals", "obs_status")
    assert frame.select(columns).rows() == [
        ("referens.andel", "SCB, tabell X", 2, "0100", "12.5", 12.5, 1, "A"),
        ("referens.andel", "SCB, tabell X", 3, "0101", "", None, None, "O"),
        ("referens.andel", "SCB, tabell X", 4, "00", "40", 40.0, 0, "A"),
    ]
    assert frame.select("row_label", "area_id", "unit", "scenario", "period_kind").row(0) == (
        "Andel med stöd",
        "prov",
        "percent",
        "outcome",
        "year",
    )


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_as_spreadsheets_save_it(root: Path, start: str, ending: str) -> None:
    text = start + table({"0100": "1 234,5", "0101": "−0,5"}, ";").replace("\n", ending)
    put(root, text, DECLARATION + PERIOD + 'separator = ";"\ndecimal = ","\n')
    assert Workspace.open(root).observations()["value"].to_list() == [1234.5, -0.5]


def test_codes_may_be_padded_when_that_is_declared(root: Path) -> None:
    put(
        root,
        table({"100": 1, "101": 2, "1": 3, "0102": 4}),
        DECLARATION + PERIOD + "pad_codes = true",
    )
    geos = Workspace.open(root).observations()["geo"].to_list()
    assert geos == ["0100", "0101", "01", "0102"]


def test_symbols_have_the_status_that_is_declared(root: Path) -> None:
    symbols = 'symbols = { ".." = "Q", "-" = "M" }\n'
    put(root, table({"0100": "..", "0101": "-"}), DECLARATION + PERIOD + symbols)
    frame = Workspace.open(root).observations()
    assert frame.select("value", "obs_status", "note").rows() == [
        (None, "Q", "”..” i filen"),
        (None, "M", "”-” i filen"),
    ]


def test_the_period_may_be_a_column(root: Path) -> None:
    put(root, "code,period,value\n0100,2023,1\n0100,2024,2\n", DECLARATION)
    frame = Workspace.open(root).observations()
    assert frame["period_end"].dt.year().to_list() == [2023, 2024]


def test_municipalities_that_are_missing_are_counted_by_period(root: Path) -> None:
    put(root, table(dict.fromkeys([*everyone()[2:], "00"], 1)))
    (file,) = Workspace.open(root).references.values()
    assert file.missing == {"2024": ("0100", "0101")}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("code,value\n100,1\n", "rad 2: koden ”100” har tappat sin inledande nolla"),
        ("code,value\n0999,1\n", "rad 2: koden ”0999” finns inte"),
        ("code,value\nSolna,1\n", "rad 2: koden ”Solna” finns inte"),
        ("code,value\n../x,1\n", "rad 2: koden ”../x” finns inte"),
        ("code,value\n0100,1\n0101,2\n0100,1\n", "rad 4: koden ”0100” finns redan för 2024"),
        ("code,value\n0100,1,5\n", "rad 2: kan inte läsas som CSV; 3 fält, väntade 2"),
        ('code,value\n0100,"1,5"\n', "rad 2: värdet ”1,5” är inget tal"),
        ("code,value\n0100,NaN\n", "rad 2: värdet ”NaN” är inget tal"),
        ("code,value\n0100,1e5\n", "rad 2: värdet ”1e5” är inget tal"),
        ("code,value\n0100,..\n", "rad 2: värdet ”..” är inget tal"),
        ("kod;värde\n0100;1\n", "kolumnerna är kod;värde; väntade code, value"),
        ("code,value,extra\n0100,1,2\n", "väntade code, value"),
        ("code,value,period\n0100,1,2024\n", "period står både"),
        ("code,value\n", "har inga rader"),
        ("", "kolumnerna är inga; väntade code, value"),
    ],
)
def test_faulty_values_are_refused_with_their_line(root: Path, values: str, expected: str) -> None:
    put(root, values)
    found = faults(root)
    assert expected in found
    assert "andel.csv" in found


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (DECLARATION, "period saknas"),
        (DECLARATION + 'period = "i fjol"', "är ingen period"),
        (DECLARATION.replace("prov.andel", "prov.annat") + PERIOD, "finns inte i katalogen"),
        (DECLARATION.replace("percent", "count") + PERIOD, "värden i olika enheter jämförs inte"),
        (DECLARATION.replace("SCB, tabell X", "") + PERIOD, "source"),
        (DECLARATION + PERIOD + "okand = 1", "okand är en okänd nyckel"),
        (DECLARATION + PERIOD + 'decimal = "x"', "decimal"),
        (DECLARATION + "period = 2024", "period är 2024, väntade en text inom citattecken"),
        (DECLARATION + PERIOD + 'symbols = { ".." = "A" }', "hör till ett värde som finns"),
        ("indicator = ", "inte giltig TOML"),
    ],
)
def test_a_faulty_declaration_is_refused(root: Path, declaration: str, expected: str) -> None:
    put(root, table({"0100": 1}), declaration)
    assert expected in faults(root)


def test_rows_of_nothing_but_separators_are_passed_over(root: Path) -> None:
    put(root, "code,value\n0100,1\n,\n,\n")
    assert Workspace.open(root).observations().height == 1


def test_a_period_that_is_none_is_told_with_its_line(root: Path) -> None:
    put(root, "code,period,value\n0100,2023,1\n0100,i fjol,2\n", DECLARATION)
    assert "rad 3: ”i fjol” är ingen period" in faults(root)


def test_a_fault_in_the_catalogue_is_told_once(root: Path) -> None:
    put(root, table({"0100": 1}))
    path = root / "data/indicators/prov.toml"
    path.write_text(AREA.replace('"quartile"', '"gissning"'), encoding="utf-8")
    assert len(faults(root).splitlines()) == 1


def test_a_value_that_is_missing_is_grey_and_an_explanation_cites_its_own_period(
    root: Path,
) -> None:
    values = [f"{code},2023,{n}\n" for n, code in enumerate(everyone(), start=1)]
    values += [f"{code},2024,{n}\n" for n, code in enumerate(everyone()[1:], start=1)]
    put(
        root,
        "code,period,value\n" + "".join(values) + "0100,2024,\n00,2023,7\n00,2024,9\n",
        DECLARATION,
    )

    def row(geo: str, *more: str) -> dict[str, object]:
        words = ["status", "--kommun", geo, "--against", "riket", "--explain", *more]
        result = CliRunner().invoke(app, [*words, "-f", "json", "--root", str(root)])
        (found,) = json.loads(result.stdout)
        return dict(found)

    missing = row("0100")
    assert (missing["own"], missing["status"], missing["reason"]) == (
        None,
        "grey",
        "uppgift saknas",
    )
    latest, before = row("0139"), row("0139", "--period", "2023")
    assert "referens 9,0 (SCB, tabell X rad 83)" in str(latest["explanation"])
    assert "referens 7,0 (SCB, tabell X rad 82)" in str(before["explanation"])
    assert "plats 1 av 40" in str(before["explanation"])
    assert "procentenheter" in str(before["explanation"])


def test_all_faults_come_at_once(root: Path) -> None:
    put(root, table({"100": 1, "0999": 2, "0101": "x"}))
    assert len(faults(root).splitlines()) == 3


def test_the_same_fault_on_many_rows_is_summed_up(root: Path) -> None:
    put(root, table({str(100 + n): 1 for n in range(40)}))
    found = faults(root).splitlines()
    assert len(found) == 11
    assert found[-1].endswith("har samma slags fel på 30 rader till")


@pytest.mark.parametrize(("kept", "lacking"), [("andel.csv", "andel.toml"), ("andel.toml", "csv")])
def test_values_and_declaration_belong_together(root: Path, kept: str, lacking: str) -> None:
    for path in put(root, table({"0100": 1})).iterdir():
        if path.name != kept:
            path.unlink()
    assert lacking in faults(root)


def test_a_municipality_gets_colour_and_rank_among_all(root: Path) -> None:
    put(root, table({code: number for number, code in enumerate(everyone(), start=1)}))
    workspace = Workspace.open(root)

    def judged(geo: str) -> tuple[object, ...]:
        frame = by_method(
            workspace.observations(),
            workspace.indicators,
            geo,
            against="riket",
            geography=workspace.geography,
        )
        return frame.select("own", "status", "rank", "compared").row(0)

    assert judged("0139") == (40.0, "green", 1, 40)
    assert judged("0120") == (21.0, "yellow", 20, 40)
    assert judged("0100") == (1.0, "red", 40, 40)


def test_status_shows_colour_rank_and_number(root: Path) -> None:
    put(root, table({code: number for number, code in enumerate(everyone(), start=1)}))
    words = ["status", "--kommun", "0138", "--against", "riket", "--root", str(root)]
    shown = CliRunner().invoke(app, words, catch_exceptions=False).stdout
    assert "Grön" in shown
    assert "2 av 40" in shown
    assert "SCB, tabell X" in CliRunner().invoke(app, [*words, "-f", "json"]).stdout


def test_values_are_in_the_workspace_beside_everything_else(root: Path) -> None:
    put(root, table({"0100": 1}))
    workspace = Workspace.open(root)
    assert workspace.source_id("referens.andel") == "referens.andel"
    assert workspace.collected().equals(workspace.observations())
    assert workspace.observations().filter(pl.col("geo") == "0100").height == 1


def test_the_commands_know_reference_values(root: Path) -> None:
    put(root, table({"0100": 1}))

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--root", str(root)], catch_exceptions=False)

    checked = run("check")
    assert "i 1 källa" in checked.stdout
    assert "andel.csv: 39 kommuner saknas för 2024 (0101, 0102," in checked.stderr
    assert "referens.andel" in run("sources").stdout
    assert run("observations", "--source", "referens.andel").exit_code == 0
