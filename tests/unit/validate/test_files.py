"""Files of observations that are not as they should be are told of, never read as if they were."""

from pathlib import Path

import polars as pl
import pytest

from ojmf.errors import InputError
from ojmf.schema import OBSERVATIONS
from ojmf.validate.observation_files import read_file
from tests.unit.validate.observed import SOUND, frame

CSV = frame(*SOUND).write_csv()
HEADER, FIRST, *REST = CSV.splitlines()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def checks(path: Path) -> list[str]:
    return [row.check for row in read_file(path).findings]


def test_a_sound_file_is_read_as_it_was_written(tmp_path):
    for path in (write(tmp_path / "a.csv", CSV), tmp_path / "a.parquet"):
        if path.suffix == ".parquet":
            frame(*SOUND).write_parquet(path)
        read = read_file(path)
        assert read.findings == []
        assert read.frame is not None
        assert read.frame.equals(frame(*SOUND))
        assert read.frame.schema == OBSERVATIONS


def test_rows_know_their_line_of_the_file(tmp_path):
    assert list(read_file(write(tmp_path / "a.csv", CSV)).lines) == [2, 3, 4]


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path):
    assert checks(write(tmp_path / "a.csv", "\ufeff" + CSV)) == []


def test_a_missing_column_stops_the_suites_and_says_so(tmp_path):
    frame(*SOUND).drop("answer").write_csv(tmp_path / "a.csv")
    read = read_file(tmp_path / "a.csv")
    assert read.frame is None
    assert [(row.check, row.raw, row.severity) for row in read.findings] == [
        ("column-missing", "answer", "critical"),
        ("not-run", "a.csv: sviterna", "critical"),
    ]


def test_an_extra_column_is_left_out_with_a_warning(tmp_path):
    frame(*SOUND).with_columns(extra=1).write_csv(tmp_path / "a.csv")
    read = read_file(tmp_path / "a.csv")
    assert read.frame is not None
    assert [(row.check, row.severity) for row in read.findings] == [("column-extra", "warning")]


def test_semicolons_are_recognised(tmp_path):
    read = read_file(write(tmp_path / "a.csv", CSV.replace(",", ";")))
    assert "semikolon" in read.findings[0].message
    assert read.frame is None


@pytest.mark.parametrize("cut", [20, 60, 90])
def test_a_file_cut_in_the_middle_of_a_row_is_found_at_its_line(tmp_path, cut):
    text = "\n".join([HEADER, FIRST, REST[0][:cut]])
    found = read_file(write(tmp_path / "a.csv", text)).findings
    assert ("row-length", 1) in [(row.check, row.row) for row in found]
    assert "filens rad 3" in found[0].message


def test_a_quote_that_is_never_closed_is_no_whole_file(tmp_path):
    with pytest.raises(InputError, match=r"a\.csv"):
        read_file(write(tmp_path / "a.csv", f'{HEADER}\n"{FIRST}\n'))


def test_cells_of_the_wrong_type_are_found_one_by_one(tmp_path):
    text = CSV.replace(",40.0,", ",fyrtio,").replace("2024-01-01", "1 jan 2024", 1)
    read = read_file(write(tmp_path / "a.csv", text))
    assert [(row.check, row.column_label, row.row) for row in read.findings] == [
        ("cell-type", "value", 1),
        ("cell-type", "value", 2),
        ("cell-type", "period_start", 0),
    ]


@pytest.mark.parametrize(
    ("column", "kind"), [("value", pl.String), ("geo", pl.Int64), ("period_start", pl.String)]
)
def test_a_parquet_file_with_wrong_types_stops_the_suites(tmp_path, column, kind):
    changed = frame(*SOUND).with_columns(pl.lit(None).cast(kind).alias(column))
    changed.write_parquet(tmp_path / "a.parquet")
    read = read_file(tmp_path / "a.parquet")
    assert read.frame is None
    assert (read.findings[0].check, read.findings[0].raw) == ("column-type", column)


def test_wider_integers_are_no_fault(tmp_path):
    frame(*SOUND).cast({"line": pl.Int64, "decimals": pl.Int32}).write_parquet(
        tmp_path / "a.parquet"
    )
    assert checks(tmp_path / "a.parquet") == []


@pytest.mark.parametrize("content", [b"", b"PAR1", b"\xff\xfe\x00a"])
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_what_is_no_such_file_is_an_error(tmp_path, content, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    if suffix == ".csv" and content == b"PAR1":
        assert checks(path)[-1] == "not-run"
    else:
        with pytest.raises(InputError, match="a"):
            read_file(path)


def test_a_damaged_parquet_file_is_an_error(tmp_path):
    path = tmp_path / "a.parquet"
    frame(*SOUND).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match=r"a\.parquet"):
        read_file(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError):
        read_file(tmp_path / "a.csv")
