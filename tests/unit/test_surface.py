"""The surface for Python: a workspace and frames of one's own have the same comparisons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import ojmf
from ojmf import compare, schema
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
        ({"kommun": "Solna", "sex": "K"}, "väntade kvinnor, män, totalt"),
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
    cited = WORKSPACE.cite(indicator, "Solna")
    assert "[oj:0184:" in cited
    assert OWN.cite(indicator, "Solna").rpartition("[")[2] == cited.rpartition("[")[2]
    assert ":solna-oj-2024@2024:" in WORKSPACE.cite(indicator, "Solna", period="2024")
    with pytest.raises(ojmf.SelectionError, match="bara för"):
        WORKSPACE.cite(indicator, "Solna", period="2019")


def test_a_citation_holds_until_what_it_stands_for_is_another():
    cited = WORKSPACE.cite(WORKSPACE.status("Solna")["indicator_id"][0], "Solna")
    name, _, checksum = cited.rpartition("[")[2].rstrip("].").rpartition(":")
    of = ojmf.Data(
        WORKSPACE.observations().with_columns(
            answer=pl.col("answer").replace({"JA": "NEJ", "NEJ": "JA"})
        ),
        WORKSPACE.indicators,
    )
    gone = name.replace("solna-oj-2024", "solna-oj-2042")
    never = "000000" if checksum != "000000" else "000001"
    codes = {
        "holds": [WORKSPACE.verify_citation(cited), OWN.verify_citation(cited)],
        "revised": [of.verify_citation(cited)],
        "gone": [WORKSPACE.verify_citation(f"{gone}:{checksum}")],
        "unmatched": [WORKSPACE.verify_citation(f"{name}:{never}")],
    }
    for code, verdicts in codes.items():
        assert {verdict.code for verdict in verdicts} == {code}
        assert {verdict.holds for verdict in verdicts} == {code == "holds"}
    assert "källan solna-oj-2042 finns inte. Menade du solna-oj-2024?" in codes["gone"][0].message
    assert isinstance(codes["holds"][0], ojmf.CitationVerdict)
    with pytest.raises(ojmf.SelectionError, match="inget hänvisnings-id"):
        WORKSPACE.verify_citation("oj:x")


def test_a_workspace_says_what_it_is_on_one_line():
    assert len(repr(WORKSPACE)) < 300


GROUP = WORKSPACE.peers("Solna")["group_id"][0]
RESULTS = {
    "status": (lambda data: data.status("Solna"), schema.STATUS),
    "status of figures": (lambda data: data.status("Enköping"), schema.STATUS),
    "gaps": (lambda data: data.gaps("Solna", against="riket"), schema.STATUS),
    "areas": (lambda data: data.areas("Solna"), schema.AREAS),
    "areas of figures": (lambda data: data.areas("Enköping"), schema.FIGURE_AREAS),
    "compare": (lambda data: data.compare("Solna", "Enköping"), schema.SIDE_BY_SIDE),
    "groups": (lambda data: data.peers("Solna"), schema.PEER_GROUPS),
    "trends": (lambda data: data.trends("Enköping"), schema.TRENDS),
    "points": (lambda data: data.trends("Enköping", points=True), schema.POINTS),
}


@pytest.mark.parametrize("data", [WORKSPACE, OWN], ids=["folder", "frames"])
@pytest.mark.parametrize("name", RESULTS)
def test_a_result_has_the_schema_that_is_written_for_it(name, data):
    call, written = RESULTS[name]
    result = call(data)
    assert result.height > 0
    assert dict(result.schema) == dict(written)
    assert result.columns == written.names()


def test_places_among_peers_have_their_schema_and_the_sub_groups():
    result = WORKSPACE.peers("Solna", GROUP)
    assert dict(result.schema) == {**schema.PEER_PLACES, "sex": pl.String()}


def test_what_a_country_gives_has_its_schema(made_up_country):
    workspace = ojmf.Workspace.open(made_up_country)
    near = workspace.similar("Drömvik", ["pahittade-matt.bistand-andel"], top=3)
    assert (near.schema, near.height) == (schema.SIMILAR, 3)
    worth = workspace.worth("Drömvik", against="riket")
    assert worth.schema == schema.WORTH
    assert "procentenheter av" in worth._repr_html_()


def test_what_ingest_and_validate_give_has_its_schema():
    source_id = next(iter(WORKSPACE.sources))
    rows = WORKSPACE.ingest(source_id)
    assert rows.schema == schema.OBSERVATIONS
    for found in (WORKSPACE.validate(source_id), WORKSPACE.validate(rows), OWN.validate()):
        assert found.schema == schema.VALIDATED


def changed(name, value, which):
    """The frame with another value in the first row that a condition holds for."""
    first = ROWS.with_row_index().filter(which)["index"][0]
    own = pl.when(pl.int_range(pl.len()) == first).then(pl.lit(value)).otherwise(name)
    return ROWS.with_columns(own.alias(name)), first


SHARE, ANSWERED = pl.col("value").is_not_null(), pl.col("answer").is_not_null()


@pytest.mark.parametrize(
    ("name", "value", "which", "check"),
    [
        ("value", 1000.0, SHARE, "share-range"),
        ("value", -5.0, SHARE, "share-range"),
        ("value", float("inf"), SHARE, "not-finite"),
        ("value", float("nan"), SHARE, "not-finite"),
        ("value", 3.0, ANSWERED, "answer-value"),
        ("geo", "9999", SHARE, "geo-unknown"),
        ("geo", "99", SHARE, "geo-unknown"),
        ("indicator_id", "a.q9", SHARE, "indicator-unknown"),
        ("area_id", "b", SHARE, "indicator-area"),
        ("unit", "percent", ANSWERED, "unit-catalogue"),
        ("period_end", date(2024, 11, 30), SHARE, "period-fits-kind"),
        ("answer", None, ANSWERED, "status-fits-value"),
    ],
)
def test_a_fault_in_a_frame_of_one_s_own_is_found_with_its_row(name, value, which, check):
    broken, row = changed(name, value, which)
    found = ojmf.Data(ROWS, QUESTIONS).validate(broken)
    assert (check, row) in found.select("check", "row").rows()
    assert found.filter(check=check)["message"][0].startswith(f"rad {row}: ")


def test_rows_that_contradict_or_repeat_each_other_are_found():
    data = ojmf.Data(ROWS, QUESTIONS)
    assert data.validate().is_empty()
    assert ojmf.Data(ROWS, data.catalogue).indicators.equals(data.indicators)
    again = ROWS.filter(SHARE).head(1)
    repeated = data.validate(pl.concat([ROWS, again]))
    assert set(repeated["check"]) == {"key-unique"}
    assert set(repeated["severity"]) == {"warning"}
    against = again.with_columns(pl.col("value") + 5)
    found = data.validate(pl.concat([ROWS, against]))
    assert set(found["check"]) == {"contradiction"}
    assert set(found["severity"]) == {"critical"}
    printed = again.with_columns(decimals=pl.lit(0, pl.Int8))
    near = printed.with_columns(pl.col("value") + 0.4, decimals=pl.lit(1, pl.Int8))
    assert set(data.validate(pl.concat([printed, near]))["check"]) == {"key-unique"}
    no = ROWS.filter(answer="JA").head(1).with_columns(answer=pl.lit("NEJ"))
    assert set(data.validate(pl.concat([ROWS, no]))["check"]) == {"contradiction"}
    aged = ROWS.with_columns(age=pl.lit("18-24"))
    other = aged.filter(SHARE).head(1).with_columns(pl.col("value") + 5, age=pl.lit("25-64"))
    assert data.validate(pl.concat([aged, other])).is_empty()


def test_an_unknown_place_is_told_and_counts_as_no_municipality():
    asked = frames.indicators(
        [{"area_id": "a", "indicator_id": "a.n", "unit": "percent", "kind": "share"}]
    ).with_columns(method=pl.lit("quartile"), polarity=pl.lit("higher"))
    known = WORKSPACE.geography.filter(level="municipality")["code"].head(20)
    figure = {"area_id": "a", "indicator_id": "a.n", "unit": "percent"}
    rows = frames.observations(
        {**figure, "geo": geo, "value": 5.0 + n} for n, geo in enumerate([*known, "9999"])
    )
    data = ojmf.Data(rows, asked)
    found = compare.by_method(rows, asked, known[0], geography=WORKSPACE.geography)
    assert found["compared"].to_list() == [20]
    assert "bara 20 av 290" in data.status(known[0], against="riket")["reason"][0]
    assert data.validate().select("check", "row").rows() == [("geo-unknown", 20)]


def test_shares_that_all_lie_below_one_percent_are_told_once():
    asked = frames.indicators(
        {"area_id": "a", "indicator_id": name, "unit": "percent", "kind": "share"}
        for name in ("a.n", "a.m")
    ).with_columns(method=pl.lit("neutral"), polarity=pl.lit("neutral"))
    rows = frames.observations(
        {"area_id": "a", "indicator_id": name, "unit": "percent", "geo": geo, "value": n / whole}
        for name, whole in (("a.m", 2), ("a.n", 6))
        for n, geo in enumerate(WORKSPACE.geography.filter(level="municipality")["code"].head(6))
    )
    found = ojmf.Data(rows, asked).validate()
    assert found.select("check", "severity", "row").rows() == [("share-fraction", "warning", 6)]


def test_a_figure_that_leaps_out_of_its_series_is_found():
    asked = frames.indicators(
        [{"area_id": "a", "indicator_id": "a.n", "name": "N", "unit": "SEK", "kind": "amount"}]
    ).with_columns(method=pl.lit("neutral"), polarity=pl.lit("neutral"))
    cells = [
        {
            "area_id": "a",
            "indicator_id": "a.n",
            "geo": "0184",
            "unit": "SEK",
            "value": 4000.0 * (1000 if year == 2021 else 1),
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
        }
        for year in range(2018, 2025)
    ]
    found = ojmf.Data(frames.observations(cells), asked).validate()
    assert found.select("check", "row").rows() == [("implausible-change", 3)]


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
