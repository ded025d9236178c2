"""The real reports: reviewed goldens, and the figures that a person has looked up by hand."""

import io
import os
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ojmf.errors import TableError
from ojmf.ingest.document import Document, file_sha256, read_extract
from ojmf.ingest.reading import extract_text, read, read_whole
from ojmf.ingest.source import ingest_source, resolve
from ojmf.schema import OBSERVATIONS, complete
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("OJMF_SEEDS", ROOT.parent / "shared" / "seeds"))
WORKSPACE = Workspace.open(ROOT)
SOURCES = sorted(WORKSPACE.sources)


def whole(source_id: str) -> Path:
    """The whole document of a source, found by its hash; skips where it is not at hand."""
    wanted = WORKSPACE.source(source_id).sha256
    for path in sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else ():
        if file_sha256(path) == wanted:
            return path
    pytest.skip(f"det hela dokumentet för {source_id} finns inte i {SEEDS.name}")


def observations(source_id: str) -> pl.DataFrame:
    return ingest_source(WORKSPACE, source_id).observations


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_extract_gives_the_reviewed_golden(source_id):
    # The goldens were reviewed before place and sex were columns; what they lack follows from line.
    reviewed = pl.read_csv(
        WORKSPACE.source_folder(source_id) / "expected.csv", schema_overrides=OBSERVATIONS
    )
    expected = complete(reviewed).select(OBSERVATIONS.names())
    written = io.BytesIO()
    observations(source_id).write_csv(written)
    got = pl.read_csv(written.getvalue(), schema=OBSERVATIONS)
    assert_frame_equal(got, expected)


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_whole_document_and_the_extract_agree(source_id):
    document = resolve(read_whole(WORKSPACE, whole(source_id)))
    assert_frame_equal(document.observations, observations(source_id))
    assert "document-hash" not in document.findings["check"]


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_extract_is_what_the_document_gives(source_id):
    read = read_whole(WORKSPACE, whole(source_id))
    written = (WORKSPACE.source_folder(source_id) / "extract.txt").read_text(encoding="utf-8")
    assert extract_text(read) == written


@pytest.mark.parametrize("source_id", SOURCES)
def test_nothing_is_unexplained(source_id):
    account = ingest_source(WORKSPACE, source_id).account
    assert account["unexplained"].sum() == 0
    total = pl.col("mapped") + pl.col("unreliable") + pl.col("blank")
    assert account.filter(pl.col("cells") != total).is_empty()


@pytest.mark.parametrize("source_id", SOURCES)
def test_every_raw_text_stands_on_its_line(source_id):
    document = read_extract(WORKSPACE.source_folder(source_id) / "extract.txt", source_id)
    for line, raw in observations(source_id).select("line", "raw").iter_rows():
        words = raw.split()
        first = words[0] if words else ""
        assert first in document.line(line), (line, raw)


@pytest.mark.parametrize("source_id", [s for s in SOURCES if not WORKSPACE.source(s).scanned])
def test_every_figure_of_the_extract_is_an_observation(source_id):
    """Counted by other means: every tab-delimited cell that is a figure and nothing else."""
    document = read_extract(WORKSPACE.source_folder(source_id) / "extract.txt", source_id)
    year_or_code = re.compile(r"(19|20)\d\d")
    printed = [
        (number, cell)
        for number, line in enumerate(document.lines, start=1)
        for position, cell in enumerate(re.sub(r"<[^>]*>", "", line).split("\t"))
        if re.fullmatch(r"[-−]?\d[\d ]*(,\d+)?( ?%)?", cell.strip())
        and "\t" in line
        and not (position == 0 and year_or_code.fullmatch(cell))
        and not all(year_or_code.fullmatch(c) or not c for c in line.split("\t")[1:3])
    ]
    got = observations(source_id).filter(pl.col("value").is_not_null())
    assert set(printed) <= {(line, raw) for line, raw in got.select("line", "raw").iter_rows()}
    assert len(printed) > 20


def test_no_source_keeps_comments_or_names():
    for source_id in SOURCES:
        text = (WORKSPACE.source_folder(source_id) / "extract.txt").read_text(encoding="utf-8")
        for word in ("Signalisten", "Samtliga stickprov", "Instrument X", "Förvaltningschef"):
            assert word not in text


OJ = "solna-oj-2024"


def test_the_questionnaire_has_106_indicators_in_five_areas():
    own = observations(OJ).filter(column_label="Solna")
    assert own.group_by("area_id", maintain_order=True).len()["len"].to_list() == [
        25,
        24,
        23,
        20,
        14,
    ]
    answers = own.group_by("area_id", "answer", maintain_order=True).len()
    red = dict(answers.filter(answer="NEJ").select("area_id", "len").iter_rows())
    assert list(red.values()) == [9, 7, 6, 5, 5]
    assert answers.filter(answer="DELVIS")["len"].to_list() == [3]


def test_a_question_that_is_missing_is_named():
    source = WORKSPACE.source(OJ)
    lines = list(read_extract(WORKSPACE.source_folder(OJ) / "extract.txt", OJ).lines)
    lines[120] = ""
    with pytest.raises(TableError, match=r"Saknas: ”.*kvinnojourer”"):
        read(WORKSPACE, source, Document("kortad.txt", lines, None))


def test_the_wholly_blank_question_counts():
    blank = observations(OJ).filter(line=126)
    assert blank["raw"].to_list() == ["", "", ""]
    assert blank["obs_status"].to_list() == ["O", "O", "O"]


def test_labels_that_repeat_have_their_own_reference_values():
    shared = observations(OJ).filter(
        pl.col("row_label").str.starts_with("Använder AUDIT/DUDIT"), geo="01"
    )
    assert dict(shared.select("area_id", "value").iter_rows()) == {
        "oj-vald": 23.0,
        "oj-ekonomiskt-bistand": 20.0,
        "oj-psykisk-funktionsnedsattning": 26.0,
    }


REPORT = "solna-delarsrapport-2025-08"
CELLS = [
    # line, row, column, raw, value, status, kind, start, end
    (339, "Antal akt", "Utfall 2024", "15", 15.0, "A", "year", "2024-04-01", "2024-12-31"),
    (
        211,
        "Antal hus",
        "Utfall 2025",
        "274",
        274.0,
        "A",
        "rolling_12_months",
        "2024-09-01",
        "2025-08-31",
    ),
    (267, "Antal oro", "Utfall 2024", "1 093", 1093.0, "A", "year", "2024-01-01", "2024-12-31"),
    (
        267,
        "Antal oro",
        "Utfall 2025",
        "818",
        818.0,
        "A",
        "year_to_date",
        "2025-01-01",
        "2025-08-31",
    ),
    (271, "Barn- och", "Utfall 2024", "", None, "L", "year", "2024-01-01", "2024-12-31"),
    (378, "Summa int", "% 25/24", "18,0 %", 18.0, "A", "year_to_date", "2025-01-01", "2025-08-31"),
    (379, "Personalk", "2024", "-97,6", -97.6, "A", "year_to_date", "2024-01-01", "2024-08-31"),
    (379, "Personalk", "Budget", "-162,8", -162.8, "A", "year", "2025-01-01", "2025-12-31"),
    (396, "Verksamhe", "% 25/24", "5,9", 5.9, "A", "year_to_date", "2025-01-01", "2025-08-31"),
    (488, "- varav k", "2025", "180", 180.0, "A", "point", "2025-08-31", "2025-08-31"),
    (491, "Sjukfrånv", "2025", "7,2", 7.2, "A", "year_to_date", "2024-12-01", "2025-07-31"),
    (492, "Hållbart ", "2025", "87,1", 87.1, "I", "point", "2025-08-31", "2025-08-31"),
    (583, "2024", "jul", "9 453", 9453.0, "A", "month", "2024-07-01", "2024-07-31"),
    (625, "2024", "mar", "", None, "L", "month", "2024-03-01", "2024-03-31"),
    (775, "2023", "jan", "-", None, "M", "month", "2023-01-01", "2023-01-31"),
    (777, "2025", "aug", "", None, "O", "month", "2025-08-01", "2025-08-31"),
    (777, "2025", "sep", "", None, "M", "month", "2025-09-01", "2025-09-30"),
    (837, "2025", "maj", "10", 10.0, "A", "month", "2025-05-01", "2025-05-31"),
    (837, "2025", "dec", "", None, "M", "month", "2025-12-01", "2025-12-31"),
]


@pytest.mark.parametrize("looked_up", CELLS, ids=lambda c: f"{c[0]}-{c[2]}")
def test_cells_that_were_looked_up(looked_up):
    line, row, column, raw, value, status, kind, start, end = looked_up
    cell = observations(REPORT).filter(
        pl.col("row_label").str.starts_with(row), line=line, column_label=column
    )
    assert cell.select("raw", "value", "obs_status", "period_kind").row(0) == (
        raw,
        value,
        status,
        kind,
    )
    assert cell.select("period_start", "period_end").row(0) == (
        date.fromisoformat(start),
        date.fromisoformat(end),
    )


def test_35_monthly_tables_with_every_month():
    months = observations(REPORT).filter(period_kind="month")
    per_table = months.group_by("heading", "table", maintain_order=True).agg(
        years=pl.col("row_label").n_unique(), cells=pl.len()
    )
    assert per_table.height == 35
    assert per_table.filter(pl.col("cells") != pl.col("years") * 12).is_empty()
    assert months["indicator_id"].n_unique() == 35


def test_opposite_sign_conventions_are_kept_as_printed():
    plan = observations("solna-verksamhetsplan-2023").filter(column_label="Förändring")
    assert plan.filter(line=290)["value"].item() == -1.2  # 44,6 till 45,8
    assert plan.filter(line=310)["value"].item() == -0.1  # 0,2 till 0,1


def test_the_risk_without_its_leading_cell():
    plan = observations("solna-verksamhetsplan-2023").filter(area_id="internkontroll")
    assert plan.select("line", "value").rows() == [
        (line, float(index))
        for line, index in zip(
            [429, 430, *range(434, 440), *range(441, 446)],
            [12, 12, 9, 9, 12, 12, 9, 12, 12, 12, 12, 12, 12],
            strict=True,
        )
    ]


SCAN = "enkoping-delarsrapport-2024-08"


def test_the_scan_carries_no_damaged_figure_as_sound():
    cells = observations(SCAN)
    damaged = cells.filter(pl.col("raw").str.contains(r"^(o|n|A|\)|0\d.*|\d+\.\d.*)$"))
    sound = damaged.filter(pl.col("value").is_not_null() & pl.col("correction_id").is_null())
    assert sound.is_empty()
    assert cells.filter(pl.col("value").is_null() & (pl.col("obs_status") == "A"))[
        "unit"
    ].unique().to_list() == ["category"]


def test_the_net_cost_of_the_scan_is_what_its_text_says():
    net = observations(SCAN).filter(row_label="Summa totalt (mnkr)")
    assert net.select("column_label", "raw", "value").rows()[2:] == [
        ("Utfall jan-aug 2024", "-179,5", -179.5),
        ("Budget 2024", "-279,7", -279.7),
        ("Prognos helår 2024", "-274,7", -274.7),
        ("Avvikelse prognos helår 2024 mot budget", "50", 5.0),
    ]


def test_most_of_the_damage_is_repaired_with_proof():
    cells = observations(SCAN)
    assert cells["correction_id"].drop_nulls().n_unique() == len(WORKSPACE.source(SCAN).correction)
    assert cells.filter(obs_status="U").height < cells["correction_id"].drop_nulls().len() / 6


@pytest.mark.parametrize("source_id", SOURCES)
def test_only_the_net_cost_stands_in_two_tables_of_one_report(source_id):
    key = ["area_id", "indicator_id", "geo", "period_start", "period_end", "scenario"]
    stated = observations(source_id).filter(pl.col("scenario").is_not_null())
    twice = stated.filter(pl.struct(key).is_duplicated())
    assert set(twice["indicator_id"]) <= {"ekonomi.nettokostnad"}
