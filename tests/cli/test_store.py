"""``ojmf publish``, ``ojmf store``, ``ojmf history``, and the comparisons of what is in a store."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("deltalake", reason="the extra store is not installed")

from tests.cli.conftest import write

LIMIT = "[publish]\nsmallest = 5\n"


@pytest.fixture
def published(run, root: Path) -> Path:
    """The workspace published by someone."""
    result = run("publish", "--store", "lager", "--by", "Ada", "-q")
    assert result.exit_code == 0, result.output
    return root / "lager"


def test_a_workspace_is_published_once(run, published):
    again = run("publish", "--store", published, "-q")
    assert again.exit_code == 0
    assert "finns redan" in again.stdout
    log = json.loads(run("store", "log", "--store", published, "-f", "json", "-q").stdout)
    assert [(one["version"], one["source_id"], one["by"]) for one in log] == [
        (1, "prov-2024", "Ada"),
        (0, None, None),
    ]
    assert all(len(log[0][name]) == 64 for name in ("sha256", "suites"))
    assert "prov-2024" in run("store", "show", "--store", published).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--kommun", "Solna"),
        ("gaps", "--kommun", "Solna", "--against", "riket"),
        ("areas", "--kommun", "Solna"),
        ("observations",),
        ("cite", "oj-prov.fraga-0", "--kommun", "Solna"),
        ("table", "--kommun", "Solna", "--output", "t.csv"),
    ],
    ids=lambda words: words[0],
)
def test_what_is_in_a_store_compares_as_the_documents_did(run, root, published, words):
    def told(*more: str) -> list[str]:
        result = run(*words, "-q", *more)
        assert result.exit_code == 0, result.output
        file = root / "t.csv"
        return sorted((file.read_text() if file.exists() else result.stdout).splitlines())

    own = told()
    shutil.rmtree(root / "data/sources/prov-2024")
    assert told("--store", str(published)) == own


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "words",
    [
        ("site", "--output", "out"),
        ("export", "--output", "out"),
        ("export", "--output", "out", "--format", "json-stat2"),
    ],
    ids=" ".join,
)
def test_what_is_written_of_a_store_is_what_is_written_of_the_documents(
    run, root, published, words
):
    def told(*more: str) -> dict[str, bytes]:
        shutil.rmtree(root / "out", ignore_errors=True)
        result = run(*words, "-q", *more)
        assert result.exit_code == 0, result.output
        return files(root / "out")

    own = told()
    shutil.rmtree(root / "data/sources/prov-2024")
    of_store = told("--store", str(published))
    assert own.keys() == of_store.keys()
    differing = {name for name in own if own[name] != of_store[name]}
    # The store does not know a document's licence, nor whose it is where it has several places.
    assert differing <= {"data/sources.csv", "data/sources.parquet", "datapackage.json"}
    if differing:
        assert b"prov-2024" in of_store["data/sources.csv"]
        titles = [json.loads(one["datapackage.json"])["sources"] for one in (own, of_store)]
        assert titles[0] == titles[1] != []


def test_a_report_of_a_store_says_what_one_of_the_documents_says(run, root, published):
    from docx import Document

    def told(*more: str) -> list[str]:
        words = ("report", "--kommun", "Solna", "--date", "2025-01-31", "-o", "r.docx", "-q")
        result = run(*words, "--force", *more)
        assert result.exit_code == 0, result.output
        return [part.text for part in Document(str(root / "r.docx")).paragraphs]

    own = told()
    shutil.rmtree(root / "data/sources/prov-2024")
    assert told("--store", str(published)) == own


def test_figures_that_another_has_corrected_or_declared_are_told_of(run, root, published):
    """A store has figures whose corrections and indicators this workspace does not have."""
    import frictionless
    import polars as pl

    from ojmf.store.publishing import content_of, publish
    from ojmf.store.table import Store

    shutil.rmtree(root / "data/sources/prov-2024")
    store = Store.open(str(published))
    first = pl.int_range(pl.len()) == 0
    rows = store.read().with_columns(
        correction_id=pl.when(pl.col("value").is_not_null()).then(pl.lit("rattat")),
        indicator_id=pl.when(first).then(pl.lit("okand.fraga")).otherwise("indicator_id"),
    )
    other = replace(store.imports["prov-2024"], content=content_of(rows))
    publish(str(published), other, rows, replace=True)
    for words in (("site", "-o", "site"), ("export", "-o", "package")):
        result = run(*words, "-q", "--store", published)
        assert result.exit_code == 0, result.output
    assert "Talet är rättat. Skälet står hos" in (root / "site/kallor.html").read_text("utf-8")
    frame = pl.read_parquet(root / "package/data/observations.parquet")
    assert frame.height == rows.height
    package = frictionless.Package(str(root / "package/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])


def test_a_revision_is_seen_and_the_old_version_is_found(run, root, published):
    cited = run("cite", "oj-prov.fraga-0", "--kommun", "Solna", "-q").stdout
    folder = root / "data/sources/prov-2024"
    extract = (folder / "extract.txt").read_text(encoding="utf-8")
    write(folder / "extract.txt", extract.replace("Har rutin\tJA", "Har rutin\tNEJ"))
    result = run("publish", "--store", published, "--by", "Bo", "-q")
    assert "ersätter version 1" in result.stdout, result.output
    assert run("verify-citation", cited, "-q", "--store", published).exit_code == 1
    assert run("verify-citation", cited, "-q", "--store", published, "--as-of", "1").exit_code == 0
    values = json.loads(
        run(
            *("history", "oj-prov.fraga-0", "--kommun", "Solna"),
            *("--store", published, "-f", "json", "-q"),
        ).stdout
    )
    assert [(one["version"], one["answer"], one["by"], one["place"]) for one in values] == [
        (1, "JA", "Ada", "rad 5"),
        (2, "NEJ", "Bo", "rad 5"),
    ]
    changed = run("store", "diff", "1", "2", "--store", published, "-f", "csv", "-q")
    assert changed.exit_code == 1
    assert ",JA,NEJ," in changed.stdout
    assert run("store", "diff", "2", "2", "--store", published, "-q").exit_code == 0


def test_what_does_not_pass_validation_is_not_published(run, root):
    folder = root / "data/sources/prov-2024"
    extract = (folder / "extract.txt").read_text(encoding="utf-8")
    write(folder / "extract.txt", extract.replace("JA\t40", "JA\t140"))
    result = run("publish", "--store", "lager")
    assert result.exit_code == 1, result.output
    assert "Inget är publicerat" in result.stderr
    assert not (root / "lager").exists()


def test_small_numbers_are_held_back_in_what_is_published(run, root):
    area = root / "data/indicators/kostnader.toml"
    declared = area.read_text(encoding="utf-8").replace('unit = "MSEK"', 'unit = "persons"')
    write(area, declared.replace('kind = "amount"', 'kind = "count"'))
    source = root / "data/sources/prov-2024/source.toml"
    write(source, source.read_text(encoding="utf-8").replace('unit = "MSEK"', 'unit = "persons"'))
    extract = root / "data/sources/prov-2024/extract.txt"
    text = extract.read_text(encoding="utf-8").replace("1 234,5", "3").replace("-17,25", "140")
    write(extract, text)
    write(root / "data/publish.toml", LIMIT)
    result = run("publish", "--store", "lager", "-q")
    assert result.exit_code == 0, result.output
    figures = json.loads(run("observations", "--store", "lager", "-f", "json", "-q").stdout)
    small = [one for one in figures if one["indicator_id"] == "kostnader.post-0"]
    assert [(one["value"], one["raw"]) for one in small] == [(None, "färre än 5")]
    held = b"".join(path.read_bytes() for path in (root / "lager").rglob("*.parquet"))
    assert b"f\xc3\xa4rre \xc3\xa4n 5" in held


def test_two_sources_that_contradict_each_other_are_not_compared(run, published):
    import polars as pl

    from ojmf.store.publishing import content_of, publish
    from ojmf.store.table import Store

    store = Store.open(str(published))
    one = store.imports["prov-2024"]
    asked = pl.col("indicator_id") == "oj-prov.fraga-0"
    rows = store.read(asked, pl.col("geo") == "0184").with_columns(
        source_id=pl.lit("annan"), answer=pl.lit("NEJ"), value=pl.lit(0.0), raw=pl.lit("NEJ")
    )
    assert rows.height == 1
    other = replace(one, source_id="annan", content=content_of(rows), figures=1)
    publish(str(published), other, rows)

    def reason(*more: str) -> tuple[str | None, str | None]:
        words = ("status", "--kommun", "Solna", "-f", "json", "-q", "--store", str(published))
        rows = json.loads(run(*words, *more).stdout)
        (row,) = [row for row in rows if row["indicator_id"] == "oj-prov.fraga-0"]
        return row["reason_code"], row["own"] and row["status"]

    assert reason()[0] == "conflict"
    assert reason("--as-of", "1")[0] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("status", "--kommun", "Solna", "--store", "ingen"), 3, "här finns inget lager"),
        (("status", "--kommun", "Solna", "--as-of", "1"), 2, "ange det med --store"),
        (("status", "--kommun", "Solna", "--store", "lager", "--as-of", "7"), 9, "ingen version 7"),
        (("observations", "--store", "lager", "--source", "prov"), 9, "Menade du prov-2024"),
        (("history", "x.y", "--kommun", "Solna", "--store", "lager"), 9, "inte haft något värde"),
    ],
)
def test_what_is_not_there_is_told(run, published, words, code, said):
    result = run(*words)
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("publish", "--store", "lager"),
        ("store", "log", "--store", "lager"),
        ("status", "--kommun", "Solna", "--store", "lager"),
    ],
)
def test_without_the_extra_it_says_what_to_install(run, monkeypatch, words):
    monkeypatch.setattr("ojmf.cli.stored.find_spec", lambda name: None)
    result = run(*words)
    assert result.exit_code == 2
    assert 'pip install "ojmf[store]"' in result.stderr


def test_cleaning_is_told_before_it_is_done(run, published):
    told = run("store", "vacuum", "--store", published, "--older-than", "0")
    assert told.exit_code == 0
    assert told.stdout == "0 filer kan tas bort.\n"
