"""The same tables in every format give the same observations, each with its place in the file."""

from pathlib import Path

import docx
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ojmf.ingest.document import read_extract
from ojmf.ingest.readers import read_file
from ojmf.ingest.reading import extract_text, read, read_whole
from ojmf.ingest.source import ingest_source, resolve
from ojmf.workspace import Workspace
from tests.unit.readers.writers import WRITERS, Part, write_pdf

ROOT = Path(__file__).resolve().parents[3]
WORKSPACE = Workspace.open(ROOT)
SOURCE = "solna-oj-2024"


def parts() -> list[Part]:
    """The document as its extract has it: titles, and tables with comments left out.

    What page breaks left inside the tables of the text is not a part of other formats.
    """
    titles = {table.anchor for table in WORKSPACE.source(SOURCE).table}
    seen: set[str] = set()
    found: list[Part] = []
    extract = read_extract(WORKSPACE.source_folder(SOURCE) / "extract.txt", SOURCE)
    for line in filter(None, extract.lines):
        if "\t" not in line:
            found += [line] if line in titles - seen else []
            seen.add(line)
            continue
        if isinstance(found[-1], str):
            found.append([])
        table = found[-1]
        assert isinstance(table, list)
        table.append(line.split("\t"))
    return found


PARTS = parts()


def comparable(observations: pl.DataFrame) -> pl.DataFrame:
    """Without what tells where a cell stands."""
    return observations.drop("line", "place").with_columns(
        pl.col("note").str.replace_all(r"(; )?kommentar på rad \d+", "").replace("", None)
    )


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_format_gives_the_observations_of_the_text(tmp_path, suffix):
    path = tmp_path / f"rapport.{suffix}"
    WRITERS[suffix](path, PARTS)
    got = resolve(read_whole(WORKSPACE, path, SOURCE))
    expected = ingest_source(WORKSPACE, SOURCE)
    assert got.observations.height == 318
    assert_frame_equal(comparable(got.observations), comparable(expected.observations))
    assert got.account["unexplained"].sum() == 0


def test_a_pdf_without_rules_gives_them_too(tmp_path):
    path = tmp_path / "rapport.pdf"
    write_pdf(path, PARTS, ruled=False)
    got = resolve(read_whole(WORKSPACE, path, SOURCE)).observations
    expected = ingest_source(WORKSPACE, SOURCE).observations
    assert_frame_equal(comparable(got), comparable(expected))


@pytest.mark.parametrize(
    ("suffix", "place"),
    [
        ("xlsx", "blad Sida 1, cell C4"),
        ("xls", "blad Sida 1, cell C4"),
        ("ods", "blad Sida 1, cell C4"),
        ("docx", "tabell 1, rad 2"),
        ("pdf", "sida 1, tabell 1, rad 2"),
        ("txt", "rad {line}"),
        ("csv", "rad {line}"),
    ],
)
def test_an_observation_has_its_place_in_the_terms_of_the_file(tmp_path, suffix, place):
    path = tmp_path / f"rapport.{suffix}"
    WRITERS[suffix](path, PARTS)
    got = resolve(read_whole(WORKSPACE, path, SOURCE)).observations
    county = got.filter(geo="01").row(0, named=True)
    assert county["place"] == place.format(**county)
    own = got.filter(geo="0184").row(0, named=True)
    assert own["place"] == place.replace("C4", "B4").format(**own)
    assert set(got["sex"]) == {"_T"}


@pytest.mark.parametrize("suffix", ["xlsx", "pdf", "docx", "csv"])
def test_the_extract_of_a_format_keeps_the_places(tmp_path, suffix):
    path = tmp_path / f"rapport.{suffix}"
    WRITERS[suffix](path, PARTS)
    whole = read_whole(WORKSPACE, path, SOURCE)
    (tmp_path / "extract.txt").write_text(extract_text(whole), encoding="utf-8", newline="\n")
    source = WORKSPACE.source(SOURCE)
    again = read(WORKSPACE, source, read_extract(tmp_path / "extract.txt", source.document))
    assert_frame_equal(resolve(again).observations, resolve(whole).observations)


def test_a_pdf_leaves_out_headers_and_footers_and_says_so(tmp_path):
    path = tmp_path / "rapport.pdf"
    write_pdf(path, PARTS)
    document = read_file(path)
    assert not any(line.startswith(("Sida", "Askeby kommun")) for line in document.lines)
    assert document.remarks == ("sidhuvuden och sidfötter läses inte: ”Askeby kommun”, ”Sida #”",)


def test_a_table_in_a_cell_of_a_word_table_is_a_table_of_its_own(tmp_path):
    path = tmp_path / "fil.docx"
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Bild"
    outer.cell(0, 1).text = "Kostnader, tkr"
    within = outer.cell(0, 1).add_table(2, 2)
    for cell, text in zip(within._cells, ["Post", "2024", "Hyror", "1 250"], strict=True):
        cell.text = text
    document.save(str(path))
    lines = [line for line in read_file(path).lines if line]
    assert lines == ["Bild\tKostnader, tkr", "Post\t2024", "Hyror\t1 250"]
