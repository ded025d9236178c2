"""The surface for Python: a workspace and frames of one's own have the same comparisons."""

from __future__ import annotations

import doctest
from pathlib import Path

import polars as pl
import pytest

import ojmf
from ojmf import surface
from ojmf.authoring.starter import starter
from ojmf.declarations.catalogue import Catalogue
from ojmf.output import write_folder
from tests.unit.compare import frames

WORKSPACE = ojmf.Workspace.open()
QUESTIONS = frames.indicators(
    {"area_id": "a", "indicator_id": f"a.q{n}", "name": f"Fråga {n}"} for n in range(3)
)
ROWS = frames.observations(
    [
        cell
        for n, answer in enumerate(["JA", "NEJ", "DELVIS"])
        for cell in frames.question(
            "a", f"a.q{n}", n + 1, {"01": 40.0, "00": 55.5}, g0184=answer, g0381="JA"
        )
    ]
)
OWN = ojmf.Data(
    WORKSPACE.observations(),
    WORKSPACE.indicators,
    population=WORKSPACE.population,
    groups=WORKSPACE.groups,
    concepts=WORKSPACE.concepts,
)


@pytest.mark.parametrize("call", ["status", "gaps", "areas", "trends", "peers"])
def test_frames_of_one_s_own_give_what_the_workspace_gives(call):
    name = "Solna"
    assert getattr(OWN, call)(name).equals(getattr(WORKSPACE, call)(name))


def test_two_municipalities_stand_side_by_side_without_a_folder():
    both = OWN.compare("Solna", "Enköping")
    assert both.equals(WORKSPACE.compare("Solna", "Enköping"))
    assert both.height == len(WORKSPACE.concepts)


def test_small_frames_are_enough():
    data = ojmf.Data(ROWS.drop("place", "sex"), QUESTIONS.drop("synonyms", "tolerance"))
    status = data.status("Solna", against=["lan", "riket"])
    assert status.select("geo", "reference_geo", "own_answer", "gap").rows()[:2] == [
        ("0184", "01", "JA", 60.0),
        ("0184", "01", "NEJ", -40.0),
    ]
    assert data.gaps("0184", top=1)["gap"].to_list() == [-40.0]
    assert repr(data) == "<Data 12 observations, 4 places>"


def test_all_municipalities_are_one_frame():
    assert ojmf.Data(ROWS, QUESTIONS).status("alla")["geo"].unique().sort().to_list() == [
        "0184",
        "0381",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kommun": "Sålna"}, "Solna"),
        ({"kommun": "Solna", "against": "Sålna"}, "Solna"),
        ({"kommun": "Solna", "period": "2024-13"}, "period"),
        ({"kommun": "Solna", "sex": "K"}, "väntade kvinnor eller män"),
    ],
)
def test_what_is_not_known_is_refused(arguments, message):
    with pytest.raises(ojmf.SelectionError, match=message):
        OWN.status(**arguments)


def test_a_polarity_that_is_none_never_colours():
    with pytest.raises(ojmf.FrameError, match="kolumnen polarity: rad 0 har inget värde"):
        ojmf.Data(ROWS, QUESTIONS.with_columns(polarity=pl.lit(None, pl.String)))


def test_a_notebook_shows_a_result_as_a_swedish_table():
    shown = ojmf.Data(ROWS, QUESTIONS).status("Solna")
    table = shown._repr_html_()
    assert '<th scope="col">Bedömning</th>' in table
    assert '<td style="text-align:right">−40,0</td>' in table
    assert type(shown.filter(pl.col("gap") < 0)) is pl.DataFrame


def test_a_label_is_escaped_in_a_notebook():
    hostile = QUESTIONS.with_columns(name=pl.lit("<script>"))
    rows = ROWS.with_columns(row_label=pl.lit(None, pl.String))
    assert "<script>" not in ojmf.Data(rows, hostile).status("Solna")._repr_html_()


@pytest.mark.parametrize("suffix", ["xlsx", "html", "md", "csv", "docx"])
def test_a_table_is_written_from_frames(tmp_path, suffix):
    target = OWN.table("Solna", tmp_path / f"solna.{suffix}")
    assert target.stat().st_size > 1000
    with pytest.raises(ojmf.OutputError, match="ska sluta på"):
        OWN.table("Solna", str(tmp_path / "solna.pdf"))


def test_a_report_and_a_site_are_written_from_a_workspace(tmp_path):
    report = WORKSPACE.report("Solna", tmp_path / "rapport.docx")
    assert report.read_bytes().startswith(b"PK")
    with pytest.raises(ojmf.OutputError, match="ska sluta på"):
        WORKSPACE.report("Solna", tmp_path / "rapport.pdf")


def test_a_source_is_ingested_and_its_frame_judged_without_a_file():
    source_id = next(iter(WORKSPACE.sources))
    rows = WORKSPACE.ingest(source_id)
    assert rows.height > 0
    assert WORKSPACE.validate(source_id).filter(severity="critical").is_empty()
    broken = rows.with_columns(pl.lit(-1.0).alias("value").cast(pl.Float64), geo=pl.lit("0184"))
    assert not WORKSPACE.validate(broken).is_empty()


def test_a_citation_names_its_source():
    indicator = WORKSPACE.status("Solna")["indicator_id"][0]
    assert "[oj:0184:" in WORKSPACE.cite(indicator, "Solna")


def test_a_workspace_says_what_it_is_on_one_line():
    assert len(repr(WORKSPACE)) < 300


def test_the_examples_of_the_docstrings_run():
    assert doctest.testmod(surface).failed == 0
    assert doctest.testmod(surface).attempted > 0


def test_a_catalogue_survives_the_way_through_its_frame():
    frame = WORKSPACE.catalogue.frame()
    assert Catalogue.from_frame(frame).frame().equals(frame)


def test_a_file_is_taken_in_from_python(tmp_path: Path) -> None:
    root = tmp_path / "arbetsyta"
    write_folder(root, starter("0184", WORKSPACE.geography))
    path = tmp_path / "egna.csv"
    rows = "indicator_id,geo,period,answer\noj-vald.samverkan-polisen,Solna,2024,JA\n"
    path.write_text(rows, encoding="utf-8")
    found = ojmf.Workspace.open(root).import_file(path)
    assert (found.kind, found.changes["change"].to_list()) == ("figures", ["added"])
    assert found.validation is not None
    assert not (root / "data/sources/egna").exists()
    found.write()
    held = ojmf.Workspace.open(root).observations()
    assert held.select("source_id", "answer").rows() == [("egna", "JA")]
