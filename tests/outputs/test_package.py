"""The open data: valid by Frictionless, in both formats the same, under a licence."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import polars as pl
import pytest

from ojmf import Workspace
from ojmf.present.package import package_files
from tests.outputs.workspaces import ROOT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paket")
    for name, content in package_files(Workspace.open(ROOT)).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return folder


def _faults(folder: Path) -> list[str]:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return [error.type for task in report.tasks for error in task.errors] + [
        error.type for error in report.errors
    ]


def test_frictionless_finds_it_valid(folder: Path) -> None:
    package = frictionless.Package(str(folder / "datapackage.json"))
    assert [r.name for r in package.resources if r.type == "table"] == [
        "sources",
        "geography",
        "indicators",
        "observations",
        "status",
        "areas",
    ]
    assert _faults(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("status.csv", ",red,", ",lila,", "constraint-error"),
        ("observations.csv", ",0184,", ",9999,", "foreign-key"),
        ("areas.csv", ",25,", ",tjugofem,", "type-error"),
    ],
)
def test_frictionless_would_find_a_fault(
    folder: Path, tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    for path in folder.rglob("*.*"):
        copy = tmp_path / path.relative_to(folder)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    damaged = tmp_path / "data" / file
    text = damaged.read_text(encoding="utf-8")
    assert old in text
    damaged.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    assert fault in _faults(tmp_path)


def test_parquet_holds_what_csv_holds(folder: Path) -> None:
    for path in sorted(folder.glob("data/*.parquet")):
        binary = pl.read_parquet(path)
        lists = pl.selectors.by_dtype(pl.List(pl.String))
        flat = binary.with_columns(lists.list.join("; "))
        text = pl.read_csv(path.with_suffix(".csv"), schema=flat.schema)
        texts = pl.selectors.string().fill_null("")
        assert text.with_columns(texts).equals(flat.with_columns(texts)), path.name


def test_the_descriptor_says_who_what_and_under_which_licence(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["licenses"][0]["name"] == "CC0-1.0"
    assert len(descriptor["sources"]) == 4
    assert descriptor["generator"]["name"] == "ojmf"
    for resource in descriptor["resources"]:
        assert resource["bytes"] == (folder / resource["path"]).stat().st_size
        for field in resource.get("schema", {}).get("fields", []):
            assert field["title"]
            assert field["description"].endswith(".")
