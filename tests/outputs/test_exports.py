"""The exports for others' systems: read back they give the same figures, and keep the rules."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from ojmf import Workspace
from ojmf.cli import app
from ojmf.compare.questions import POINTS
from ojmf.ingest.readers import pxweb
from ojmf.present.exports import json_stat
from ojmf.present.exports.time_keys import iso_period
from ojmf.present.package import DESCRIPTOR, package_files
from ojmf.present.words import SCENARIO_WORDS
from tests.outputs import workspaces

ROWS = [
    ("Har rutin", "JA", "40", "30", ""),
    ("Har plan", "DELVIS", "75", "80", "Under arbete"),
    ("Har råd", "", "10", "10", ""),
]
PUBLISH = """\
[publish]
publisher = "Provkommunen"
url = "https://data.example.se/oj/"
contact = "Kvalitetsenheten"
email = "kvalitet@example.se"
"""
MAPPING = "indicator_id;measure;unit\noj-a.fraga-0;Rutin finns;Socialförvaltningen\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = workspaces.make(tmp_path / "yta", {2024: {"oj-a": ROWS}, 2023: {"oj-a": ROWS[:1]}})
    workspaces.write(root / "data/publish.toml", PUBLISH)
    return root


@pytest.fixture
def run(root: Path):
    def _run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--root", str(root)])

    return _run


def test_a_cube_read_back_gives_the_same_figures(tmp_path: Path) -> None:
    """Every figure of the embedded reports that no other one contradicts, area by area."""
    workspace = Workspace.open(workspaces.ROOT)
    made = json_stat.cubes(workspace)
    points = pl.col("answer").replace_strict(POINTS, default=None, return_dtype=pl.Float64)
    places = dict(workspace.geography.select("code", "name").iter_rows())
    known = workspace.observations().with_columns(
        period=iso_period().fill_null(json_stat.UNDATED), value=pl.coalesce(points, "value")
    )
    contradicted = 0
    for area in ("ekonomi", "oj-vald", "namndmal"):
        path = tmp_path / f"{area}.json"
        path.write_bytes(made.files[path.name])
        lines = pxweb.read(path).lines
        by_id = json.loads(path.read_text("utf-8"))["dimension"]["indicator_id"]["category"][
            "label"
        ]
        assert len(set(by_id.values())) == len(by_id)
        read: dict[tuple[str, str, str], set[float]] = {}
        for line in lines[3:]:
            indicator, geo, scenario, _, period, value = line.split("\t")
            if re.fullmatch(r"-?\d+(\.\d+)?", value):
                key = (indicator, f"{geo} {scenario}", period)
                read.setdefault(key, set()).add(float(value))
        wanted: dict[tuple[str, str, str], set[float]] = {}
        for row in known.filter(area_id=area).drop_nulls("value").iter_rows(named=True):
            word = SCENARIO_WORDS[row["scenario"]]
            place = f"{places[row['geo']]} {word}"
            key = (by_id[row["indicator_id"]], place, row["period"])
            wanted.setdefault(key, set()).add(row["value"])
        contradicted += sum(len(values) > 1 for values in wanted.values())
        assert read == {key: values for key, values in wanted.items() if len(values) == 1}
    assert contradicted == len(made.contradicted)


def test_figures_that_documents_contradict_are_named_and_left_out(tmp_path: Path) -> None:
    words = ["export", "-f", "json-stat2", "-o", str(tmp_path / "kuber")]
    told = CliRunner().invoke(app, [*words, "--root", str(workspaces.ROOT)]).stderr
    assert (
        "2 uppgifter har olika värden i dokumenten och är inte med: Verksamhetens nettokostnader, "
        "Enköping, utfall, januari–augusti 2023; Verksamhetens nettokostnader, Solna, förändring, "
        "januari–augusti 2025."
    ) in told


def test_a_missing_figure_has_its_status(run, tmp_path: Path) -> None:
    assert run("export", "-f", "json-stat2", "-o", tmp_path / "kuber").exit_code == 0
    cube = json.loads((tmp_path / "kuber/oj-a.json").read_text(encoding="utf-8"))
    assert cube["class"] == "dataset"
    assert len(cube["status"]) == 1
    assert not set(cube["status"]) & set(cube["value"])
    size = 1
    for name, length in zip(cube["id"], cube["size"], strict=True):
        assert len(cube["dimension"][name]["category"]["index"]) == length
        size *= length
    assert all(0 <= int(place) < size for place in (*cube["value"], *cube["status"]))


def test_stratsys_gets_unit_period_measure_and_value_by_the_mapping(run, tmp_path: Path) -> None:
    mapping = tmp_path / "mappning.csv"
    mapping.write_text(
        MAPPING + "oj-a.fraga-2;Råd;Socialförvaltningen\n", encoding="utf-8", newline="\n"
    )
    output = tmp_path / "import.tsv"
    command = ("export", "-f", "stratsys", "--mapping", mapping, "-o", output)
    result = run(*command)
    assert result.exit_code == 0, result.stderr
    rows = list(csv.reader(io.StringIO(output.read_text("utf-8-sig")), delimiter="\t"))
    assert rows == [
        ["Enhet", "Period", "Mått", "Värde"],
        ["Socialförvaltningen", "2023", "Rutin finns", "JA"],
        ["Socialförvaltningen", "2024", "Rutin finns", "JA"],
    ]
    assert "Måttet ”Råd” har inga uppgifter" in result.stderr
    assert run(*command).exit_code == 0
    output.write_text("min egen\tfil\n", encoding="utf-8")
    assert run(*command).exit_code == 8


def test_stratsys_figures_read_back_are_the_printed_ones(tmp_path: Path) -> None:
    mapping, output = tmp_path / "m.csv", tmp_path / "import.tsv"
    workspace = Workspace.open(workspaces.ROOT)
    ids = workspace.indicators.filter(area_id="verksamhetsmatt")["indicator_id"].to_list()[:12]
    text = "".join(f"{one},{one},Nämnden\n" for one in ids)
    mapping.write_text(f"indicator_id,measure,unit\n{text}", encoding="utf-8")
    arguments = ["export", "-f", "stratsys", "--mapping", str(mapping), "-o", str(output)]
    place = ["--kommun", "Solna", "--root", str(workspaces.ROOT)]
    result = CliRunner().invoke(app, [*arguments, *place])
    assert result.exit_code == 0, result.stderr
    rows = csv.reader(io.StringIO(output.read_text("utf-8-sig")), delimiter="\t")
    read = {
        (measure, period): float(value.replace(",", "."))
        for _, period, measure, value in [*rows][1:]
    }
    cells = workspace.observations().filter(
        pl.col("indicator_id").is_in(ids), geo="0184", scenario="outcome", sex="_T"
    )
    known = cells.drop_nulls("value").select("indicator_id", iso_period().alias("p"), "value")
    assert read == {(name, period): value for name, period, value in known.iter_rows()}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("indicator_id;measure\nx;y\n", "kolumnen unit saknas"),
        (MAPPING.replace("fraga-0", "fraga-9"), "rad 2: indikatorn ”oj-a.fraga-9” finns inte"),
        (MAPPING.replace("Rutin finns", ""), "rad 2: measure saknas"),
        ("indicator_id;measure;unit;geo\noj-a.fraga-0;Rutin;Enhet;9999\n", "koden ”9999”"),
        ("indicator_id;measure;unit;scenario\noj-a.fraga-0;Rutin;Enhet;hopp\n", "”hopp” är inget"),
    ],
)
def test_faults_of_a_mapping_are_told(run, tmp_path: Path, text: str, message: str) -> None:
    mapping = tmp_path / "m.csv"
    mapping.write_text(text, encoding="utf-8")
    result = run("export", "-f", "stratsys", "--mapping", mapping, "-o", tmp_path / "x.tsv")
    assert result.exit_code == 3
    assert message in result.stderr
    assert not (tmp_path / "x.tsv").exists()


MANDATORY = {
    "dcat:Catalog": {
        "dcterms:title",
        "dcterms:description",
        "dcterms:publisher",
        "dcterms:license",
        "dcat:dataset",
    },
    "dcat:Dataset": {"dcterms:title", "dcterms:description", "dcterms:publisher"},
    "dcat:Distribution": {"dcat:accessURL", "dcterms:format"},
    "foaf:Agent": {"foaf:name", "dcterms:type"},
    "dcterms:PeriodOfTime": set(),
    "vcard:Organization": {"vcard:fn", "vcard:hasEmail"},
}
"""What DCAT-AP-SE 3.0.1 requires of each class."""
RECOMMENDED = {
    "dcat:Catalog": {
        "dcat:themeTaxonomy",
        "dcterms:language",
        "dcterms:modified",
        "dcterms:spatial",
    },
    "dcterms:PeriodOfTime": {"dcat:startDate", "dcat:endDate"},
    "dcat:Dataset": {
        "dcat:contactPoint",
        "dcat:distribution",
        "dcat:keyword",
        "dcat:theme",
        "dcterms:accessRights",
        "dcterms:accrualPeriodicity",
        "dcterms:spatial",
        "dcterms:temporal",
    },
    "dcat:Distribution": {"dcterms:license"},
}
LANGUAGE_TAGGED = {"dcterms:title", "dcterms:description", "dcat:keyword", "foaf:name"}
ADDRESSES = {
    "dcterms:publisher",
    "dcat:dataset",
    "dcat:distribution",
    "dcat:contactPoint",
    "dcat:accessURL",
    "dcat:downloadURL",
    "dcat:theme",
    "dcterms:license",
    "dcterms:language",
    "dcterms:accessRights",
    "dcterms:accrualPeriodicity",
    "dcterms:spatial",
    "dcterms:temporal",
    "dcat:themeTaxonomy",
    "dcterms:type",
    "vcard:hasEmail",
    "foaf:homepage",
    "dcat:landingPage",
}


def faults(entry: dict[str, Any]) -> list[str]:
    """Where a JSON-LD graph breaks the rules of the profile above."""
    found = []
    nodes = {node["@id"] for node in entry["@graph"]}
    for node in entry["@graph"]:
        wanted = MANDATORY[node["@type"]] | RECOMMENDED.get(node["@type"], set())
        found += [f"{node['@id']} lacks {name}" for name in sorted(wanted - set(node))]
        for name, values in node.items():
            for value in values if isinstance(values, list) else [values]:
                if name in LANGUAGE_TAGGED and (
                    value.get("@language") != "sv" or not value["@value"].strip()
                ):
                    found.append(f"{name} has no language")
                if name in ADDRESSES:
                    target = value.get("@id", "")
                    if not re.fullmatch(r"(https?://|mailto:)\S+", target):
                        found.append(f"{name} is no address: {target}")
                    if "#" in target and "example" in target and target not in nodes:
                        found.append(f"{name} leads to nothing: {target}")
    return found


def test_the_catalogue_entry_keeps_the_rules_of_the_profile(run, root, tmp_path: Path) -> None:
    output = tmp_path / "katalog.jsonld"
    for _ in range(2):
        result = run("export", "-f", "dcat-ap-se", "--licence", "cc-by-4.0", "-o", output)
        assert result.exit_code == 0, result.stderr
    entry = json.loads(output.read_text(encoding="utf-8"))
    assert faults(entry) == []
    addresses = {
        node["dcat:accessURL"]["@id"].removeprefix("https://data.example.se/oj/")
        for node in entry["@graph"]
        if node["@type"] == "dcat:Distribution"
    }
    files = package_files(Workspace.open(root))
    assert addresses == set(files) - {DESCRIPTOR}
    dataset = next(node for node in entry["@graph"] if node["@type"] == "dcat:Dataset")
    days = Workspace.open(root).observations()
    (span,) = (node for node in entry["@graph"] if node["@type"] == "dcterms:PeriodOfTime")
    assert span["dcat:startDate"]["@value"] == str(days["period_start"].min())
    assert span["dcat:endDate"]["@value"] == str(days["period_end"].max())
    del dataset["dcterms:title"]
    dataset["dcat:theme"] = [{"@id": "SOCI"}]
    assert len(faults(entry)) == 2


@pytest.mark.parametrize(
    ("years", "frequency"),
    [([2023, 2024], "ANNUAL"), ([2020, 2022, 2023], "ANNUAL"), ([2022, 2024], "BIENNIAL")],
)
def test_how_often_figures_come_is_told_by_their_periods(
    tmp_path: Path, years: list[int], frequency: str
) -> None:
    root = workspaces.make(tmp_path / "yta", {year: {"oj-a": ROWS[:1]} for year in years})
    assert how_often(root, tmp_path) == {
        "@id": f"http://publications.europa.eu/resource/authority/frequency/{frequency}"
    }


def test_of_one_period_it_is_not_told_how_often_figures_come(tmp_path: Path) -> None:
    root = workspaces.make(tmp_path / "yta", {2024: {"oj-a": ROWS[:1]}})
    assert how_often(root, tmp_path) is None


def how_often(root: Path, folder: Path) -> dict[str, str] | None:
    workspaces.write(root / "data/publish.toml", PUBLISH)
    output = folder / "katalog.jsonld"
    asked = ["export", "-f", "dcat-ap-se", "-o", str(output), "--root", str(root)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    entry = json.loads(output.read_text(encoding="utf-8"))
    dataset = next(node for node in entry["@graph"] if node["@type"] == "dcat:Dataset")
    told: dict[str, str] | None = dataset.get("dcterms:accrualPeriodicity")
    return told


def test_the_page_of_the_data_is_told_where_it_is_declared(run, root, tmp_path: Path) -> None:
    told = root / "data/publish.toml"
    page = "https://www.example.se/oj"
    told.write_text(f'{told.read_text("utf-8")}homepage = "{page}"\n', encoding="utf-8")
    output = tmp_path / "katalog.jsonld"
    assert run("export", "-f", "dcat-ap-se", "-o", output).exit_code == 0
    entry = json.loads(output.read_text(encoding="utf-8"))
    assert faults(entry) == []
    by_kind = {node["@type"]: node for node in entry["@graph"]}
    assert by_kind["dcat:Catalog"]["foaf:homepage"] == {"@id": page}
    assert by_kind["dcat:Dataset"]["dcat:landingPage"] == {"@id": page}


def test_the_portal_reads_the_entry_as_rdf_xml(run, tmp_path: Path) -> None:
    """Every statement of the JSON-LD, and no other, with the values' languages and types."""
    written = {}
    for suffix in ("rdf", "jsonld"):
        output = tmp_path / f"katalog.{suffix}"
        for _ in range(2):
            assert run("export", "-f", "dcat-ap-se", "-o", output).exit_code == 0
        written[suffix] = output.read_bytes()
    entry = json.loads(written["jsonld"])
    spaces = entry["@context"] | {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}

    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{spaces[prefix]}{local}"

    told = set()
    for node in entry["@graph"]:
        for name, values in node.items():
            for value in values if isinstance(values, list) else [values]:
                if not name.startswith("@"):
                    one = value if isinstance(value, dict) else {"@value": value}
                    kind = full(one["@type"]) if "@type" in one else None
                    text = one.get("@id", one.get("@value"))
                    at = (node["@id"], full(node["@type"]))
                    told.add((*at, full(name), text, "@id" in one, one.get("@language"), kind))
    rdf = f"{{{spaces['rdf']}}}"
    read = {
        (
            node.attrib[f"{rdf}about"],
            node.tag[1:].replace("}", ""),
            one.tag[1:].replace("}", ""),
            one.get(f"{rdf}resource", one.text),
            f"{rdf}resource" in one.attrib,
            one.get("{http://www.w3.org/XML/1998/namespace}lang"),
            one.get(f"{rdf}datatype"),
        )
        for node in Xml.fromstring(written["rdf"])
        for one in node
    }
    assert read == told


def test_what_the_profile_requires_is_asked_for(run, root: Path, tmp_path: Path) -> None:
    (root / "data/publish.toml").write_text('[publish]\ncontact = "Enheten"\n', encoding="utf-8")
    result = run("export", "-f", "dcat-ap-se", "-o", tmp_path / "k.jsonld")
    assert result.exit_code == 6
    for name in ("publisher", "url", "email"):
        assert f"DCAT-AP-SE kräver {name}" in result.stderr


def test_a_query_reads_every_column_of_every_table_with_its_type(
    run, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "fragor.pq"
    for _ in range(2):
        assert run("export", "-f", "power-query", "-o", output).exit_code == 0
    text = output.read_text(encoding="utf-8")
    files = package_files(Workspace.open(root))
    types = {"text": pl.String, "number": pl.Float64, "Int64": pl.Int64, "date": pl.Date}
    queries = re.findall(r'RelativePath = "(.*?)".*?\{\n(.*?)\n\s+\},', text, flags=re.DOTALL)
    assert {path for path, _ in queries} == {name for name in files if name.endswith(".csv")}
    for path, columns in queries:
        told = re.findall(r'\{"(\w+)", (?:type )?(\w+)', columns)
        frame = pl.read_csv(
            files[path], schema_overrides={name: types[kind] for name, kind in told}
        )
        assert frame.columns == [name for name, _ in told]
    assert text.count("let\n") == text.count("\nin\n") == len(queries)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-f", "stratsys", "-o", "x.tsv"), "--mapping"),
        (("-f", "dcat-ap-se", "-o", "x.xml"), ".rdf, .jsonld"),
        (("--mapping", "m.csv", "-o", "x"), "--mapping"),
    ],
)
def test_what_does_not_go_together_is_told(run, arguments, message: str) -> None:
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_tables_are_written_with_tabs(run, tmp_path: Path) -> None:
    output = tmp_path / "status.tsv"
    assert run("status", "--kommun", "Solna", "--output", output).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(output.read_text("utf-8")), delimiter="\t"))
    assert [row["label"] for row in rows] == [row[0] for row in ROWS]
