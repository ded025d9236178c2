"""A store: imports replaced as a whole, versions as they were, and the values of a figure."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from pyarrow.parquet import ParquetFile

pytest.importorskip("deltalake", reason="the extra store is not installed")

from deltalake import DeltaTable, write_deltalake

from ojmf.errors import InputError, OutputError, SelectionError
from ojmf.schema import OBSERVATIONS
from ojmf.store import publishing
from ojmf.store.commits import commits_of, standing
from ojmf.store.history import clean, history
from ojmf.store.publishing import content_of, publish
from ojmf.store.table import Store, imports_of
from ojmf.workspace import Workspace
from tests.unit.disclosure.workspace import make
from tests.unit.store.frames import figures, imported


def put(uri: Path, source_id: str, values: dict[int, float | None], by="", **more) -> int | None:
    rows = figures(source_id, values)
    return publish(str(uri), imported(rows, source_id, by), rows, **more).version


@pytest.fixture
def uri(tmp_path: Path) -> Path:
    """A store in which a was published, then b, and then a again with one figure revised."""
    uri = tmp_path / "lager"
    assert put(uri, "a", {2023: 10.0, 2024: 20.0}, by="Ada") == 1
    assert put(uri, "b", {2024: 7.0}) == 2
    assert put(uri, "a", {2023: 10.0, 2024: 21.0}, by="Bo") == 3
    return uri


def values(store: Store) -> list[tuple]:
    return store.read().select("source_id", "value").rows()


def test_an_import_is_replaced_as_a_whole_and_the_others_stay(uri):
    assert values(Store.open(str(uri))) == [("a", 10.0), ("a", 21.0), ("b", 7.0)]
    assert values(Store.open(str(uri), "2")) == [("a", 10.0), ("a", 20.0), ("b", 7.0)]
    assert values(Store.open(str(uri), "1")) == [("a", 10.0), ("a", 20.0)]
    assert values(Store.open(str(uri), "0")) == []


def test_what_is_published_comes_back_as_it_was(tmp_path):
    rows = figures("a", {2024: 1.5, 2023: None}).with_columns(
        period_end=pl.when(pl.col("line") == 1).then("period_end"),
        decimals=pl.lit(1, pl.Int8),
        note=pl.lit("å'\"\n, tecken"),
    )
    publish(str(tmp_path / "l"), imported(rows, "a"), rows)
    back = Store.open(str(tmp_path / "l")).read()
    assert back.schema == OBSERVATIONS
    assert_frame_equal(back, rows)


def test_the_same_figures_again_make_no_version(uri):
    assert put(uri, "b", {2024: 7.0}) is None
    assert Store.open(str(uri)).version == 3


def test_a_source_may_have_any_id(tmp_path):
    assert put(tmp_path / "l", "o'brien", {2024: 1.0}) == 1
    assert put(tmp_path / "l", "o'brien", {2024: 2.0}) == 2
    assert values(Store.open(str(tmp_path / "l"))) == [("o'brien", 2.0)]


def test_figures_that_would_be_gone_are_not_replaced_silently(uri):
    with pytest.raises(SelectionError, match=r"1 av 2 uppgifter i a skulle försvinna.*--replace"):
        put(uri, "a", {2024: 21.0})
    assert Store.open(str(uri)).version == 3
    # A figure that stands in what is published beside it is not gone.
    assert put(uri, "a", {2024: 21.0}, elsewhere=figures("c", {2023: 10.0})) == 4
    assert put(uri, "a", {}, replace=True) == 5
    store = Store.open(str(uri))
    assert values(store) == [("b", 7.0)]
    assert list(store.imports) == ["b"]


def test_every_commit_says_what_it_published(uri):
    store = Store.open(str(uri))
    told = [(one.version, one.imported and one.imported.by) for one in store.commits]
    assert told == [(3, "Bo"), (2, ""), (1, "Ada"), (0, None)]
    rows = figures("a", {2023: 10.0, 2024: 21.0})
    assert store.imports["a"] == imported(rows, "a", "Bo")
    assert {name: one.version for name, one in standing(store.commits, 2).items()} == {
        "a": 1,
        "b": 2,
    }
    shown = imports_of(store).select("source_id", "figures", "places", "version", "by")
    assert shown.rows() == [("a", 2, 1, 3, "Bo"), ("b", 1, 1, 2, "")]


def test_versions_are_numbered_right_when_one_is_made_meanwhile(uri):
    opened = DeltaTable(str(uri))
    put(uri, "c", {2024: 1.0})
    numbers = [one.version for one in commits_of(opened.history())]
    assert numbers == [4, 3, 2, 1, 0]


def test_a_day_means_its_end(uri, monkeypatch):
    commits = Store.open(str(uri)).commits
    last = max(one.at for one in commits).astimezone()
    assert Store.open(str(uri), f"{last:%Y-%m-%d}").version == 3
    assert Store.open(str(uri), commits[1].at.isoformat()).version == 2
    with pytest.raises(SelectionError, match="fanns inte 2001-01-01"):
        Store.open(str(uri), "2001-01-01")


@pytest.mark.parametrize(
    ("as_of", "said"), [("9", "ingen version 9; det har 0–3"), ("x", "väntade")]
)
def test_a_wrong_version_is_told(uri, as_of, said):
    with pytest.raises(SelectionError, match=said):
        Store.open(str(uri), as_of)


def test_what_is_no_store_is_told(tmp_path):
    with pytest.raises(InputError, match="här finns inget lager"):
        Store.open(str(tmp_path / "ingen"))
    write_deltalake(tmp_path / "annat", pl.DataFrame({"a": [1]}).to_arrow())
    with pytest.raises(InputError, match="kolumner saknas: answer, area_id"):
        Store.open(str(tmp_path / "annat"))


def test_a_file_in_the_place_of_a_store_is_told(tmp_path):
    (tmp_path / "fil").write_text("")
    with pytest.raises(OutputError, match="en fil, inte en mapp"):
        put(tmp_path / "fil", "a", {2024: 1.0})


def test_the_history_of_a_figure_has_every_value_and_its_place(uri):
    put(uri, "a", {2024: 21.0}, replace=True)
    found, cleaned = history(Store.open(str(uri)), "prov.antal", "0184")
    year = pl.col("period_end").dt.year()
    told = found.select("version", "event", "source_id", year, "value", "place", "by").rows()
    assert cleaned == []
    assert told == [
        (1, "new", "a", 2023, 10.0, "rad 1", "Ada"),
        (1, "new", "a", 2024, 20.0, "rad 2", "Ada"),
        (2, "new", "b", 2024, 7.0, "rad 1", ""),
        (3, "changed", "a", 2024, 21.0, "rad 2", "Bo"),
        (4, "changed", "a", 2024, 21.0, "rad 1", ""),
        (4, "removed", "a", 2023, 10.0, "rad 1", ""),
    ]
    assert history(Store.open(str(uri), "2"), "prov.antal", "0184")[0].height == 3
    assert history(Store.open(str(uri)), "prov.annat", "0184")[0].is_empty()
    assert history(Store.open(str(uri)), "prov.antal", "0180")[0].is_empty()


def test_cleaning_takes_what_only_old_versions_need_and_says_which(uri):
    files, versions = clean(Store.open(str(uri)), 1, write=True)
    assert (files, versions) == ([], [])
    would, versions = clean(Store.open(str(uri)), 0, write=False)
    assert len(would) == 2
    assert versions == [0, 1, 2]
    assert len(values(Store.open(str(uri), "2"))) == 3
    clean(Store.open(str(uri)), 0, write=True)
    assert values(Store.open(str(uri))) == [("a", 10.0), ("a", 21.0), ("b", 7.0)]
    with pytest.raises(SelectionError, match="version 2 är utrensad"):
        Store.open(str(uri), "2")
    found, cleaned = history(Store.open(str(uri)), "prov.antal", "0184")
    assert cleaned == [1, 2]
    assert found.height == 3


def test_a_lost_race_for_another_import_is_run_again(uri, monkeypatch):
    write, others = publishing._write, iter(["c", "d"])

    def raced(*given):
        if (other := next(others, None)) is not None:
            rows = figures(other, {2024: 1.0})
            write(fresh := Store.open(str(uri)), imported(rows, other), rows, fresh.version + 1)
        write(*given)

    monkeypatch.setattr(publishing, "_write", raced)
    assert put(uri, "a", {2023: 10.0, 2024: 22.0}) == 6
    assert [one[1] for one in values(Store.open(str(uri)))] == [10.0, 22.0, 7.0, 1.0, 1.0]


def test_a_lost_race_for_the_same_import_is_told(uri, monkeypatch):
    write = publishing._write

    def raced(*given):
        rows = figures("a", {2023: 10.0, 2024: 99.0})
        write(fresh := Store.open(str(uri)), imported(rows, "a", "Cia"), rows, fresh.version + 1)
        write(*given)

    monkeypatch.setattr(publishing, "_write", raced)
    with pytest.raises(OutputError, match=r"a publicerades samtidigt av Cia \(version 4\)"):
        put(uri, "a", {2023: 10.0, 2024: 22.0})
    assert [one[1] for one in values(Store.open(str(uri)))] == [10.0, 99.0, 7.0]


def test_figures_in_another_order_are_the_same_figures():
    rows = figures("a", {2023: 1.0, 2024: 2.0})
    assert content_of(rows) == content_of(rows.reverse())
    assert content_of(rows) != content_of(rows.with_columns(value=pl.lit(2.0)))


def test_one_municipality_is_found_without_reading_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "_ROWS_TOGETHER", 4)
    geos = [f"01{number:02d}" for number in range(10, 30)]
    rows = pl.concat(
        figures("a", {year: float(year) for year in (2023, 2024)}, geo) for geo in reversed(geos)
    )
    publish(str(tmp_path / "lager"), imported(rows, "a"), rows)
    for path in (tmp_path / "lager").glob("year=*/*.parquet"):
        metadata = ParquetFile(path).metadata
        column = metadata.schema.names.index("geo")
        groups = [metadata.row_group(n).column(column) for n in range(metadata.num_row_groups)]
        held = [one for one in groups if one.statistics.min <= "0115" <= one.statistics.max]
        assert (len(groups), len(held)) == (5, 1)
    found = Store.open(str(tmp_path / "lager")).read(pl.col("geo") == "0115")
    assert found["value"].to_list() == [2023.0, 2024.0]


def test_small_numbers_of_a_version_are_decided_once(tmp_path, monkeypatch):
    decided = list[int]()
    decide = Workspace._decide

    def counted(self, rows, limit):
        decided.append(self.stored.version)
        return decide(self, rows, limit)

    monkeypatch.setattr(Workspace, "_decide", counted)
    root, uri = make(tmp_path / "arbetsyta"), tmp_path / "lager"

    def shown(as_of: str | None = None) -> list[float | None]:
        found = Workspace.open(root, store=str(uri), as_of=as_of).scan().collect()
        return found.sort("period_end")["value"].to_list()

    put(uri, "a", {2023: 3.0, 2024: 8.0})
    assert shown() == shown() == [None, 8.0]
    put(uri, "a", {2023: 8.0, 2024: 3.0})
    assert shown() == shown() == [8.0, None]
    assert shown("1") == [None, 8.0]
    assert decided == [1, 2, 1]


def test_a_store_is_plain_parquet_by_year_and_a_log(uri):
    log = sorted((uri / "_delta_log").glob("*.json"))
    assert [path.name for path in log] == [f"{number:020}.json" for number in range(4)]
    entries = [json.loads(line) for line in log[-1].read_text(encoding="utf-8").splitlines()]
    (added,) = [
        one["add"] for one in entries if "add" in one and one["add"]["path"].startswith("year=2024")
    ]
    read = pl.read_parquet(uri / added["path"])
    assert read["value"].to_list() == [21.0]
    assert set(read.columns) >= set(OBSERVATIONS)
