"""Which observations are held back in a workspace, and why."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ojmf import Workspace
from ojmf.declarations.loading import embedded_root
from ojmf.disclosure.concerned import concerned
from ojmf.disclosure.holding import guarded, held_figures
from ojmf.mcp.lookup import printed_place
from tests.unit.disclosure.workspace import Row, make, row


def told(root: Path) -> dict[tuple[str, str, str], str | None]:
    """What stands for each figure: its indicator, place and sex, and the text."""
    rows = Workspace.open(root).observations()
    names = rows.select(pl.col("indicator_id").str.slice(5), "geo", "sex", "raw")
    return {(indicator, geo, sex): raw for indicator, geo, sex, raw in names.iter_rows()}


def shows_the_same_whatever_is_read(workspace: Workspace) -> None:
    """What no small number can be in is left unread, by a scan in its figures too."""
    limit, recorded = workspace.publishing.smallest, workspace.recorded()
    assert limit is not None
    whole = guarded(recorded, held_figures(workspace, recorded, limit), limit)
    assert_frame_equal(workspace.observations(), whole.observations)
    held = workspace.held_back()
    assert held is not None
    assert_frame_equal(held, whole.held)
    alone = Workspace.open(workspace.root).scan().collect()
    assert_frame_equal(alone, whole.observations, check_row_order=False)


def held(root: Path) -> set[tuple[str | None, str, str]]:
    workspace = Workspace.open(root)
    frame = workspace.held_back()
    assert frame is not None
    shows_the_same_whatever_is_read(workspace)
    return {
        (indicator and indicator.partition(".")[2], geo, why)
        for indicator, geo, why in frame.select("indicator_id", "geo", "why").iter_rows()
    }


def test_nothing_is_held_back_without_a_limit(tmp_path: Path) -> None:
    workspace = Workspace.open(make(tmp_path, [row("placerade", "0184", 1)], smallest=None))
    assert workspace.held_back() is None
    assert workspace.observations()["value"].to_list() == [1.0]


@pytest.mark.parametrize(("value", "shown"), [(0, False), (1, False), (4, False), (5, True)])
def test_the_limit_is_the_least_that_is_shown(tmp_path: Path, value: int, shown: bool) -> None:
    rows = Workspace.open(make(tmp_path, [row("placerade", "0184", value)])).observations()
    one = rows.row(0, named=True)
    if shown:
        assert (one["value"], one["raw"], one["obs_status"]) == (value, str(value), "A")
    else:
        assert (one["value"], one["raw"], one["obs_status"]) == (None, "färre än 5", "Q")


def test_the_recorded_figures_stay_whole(tmp_path: Path) -> None:
    workspace = Workspace.open(make(tmp_path, [row("placerade", "0184", 3)]))
    assert workspace.recorded()["value"].to_list() == [3.0]
    assert workspace.scan().collect().equals(workspace.observations())


def test_a_scan_reads_only_what_small_numbers_can_be_in(tmp_path: Path) -> None:
    rows = [
        row("placerade", "0184", 3),
        row("andel", "0184", 0.75, unit="percent"),
        row("lokaler", "0184", 2, unit="count"),
    ]
    workspace = Workspace.open(make(tmp_path, rows))
    read = concerned(workspace.scan_recorded(), workspace.catalogue.composition(), 5)
    tied = {"placerade", "invanare", "andel", "utredda", "alla", "vuxna", "dygn"}
    assert {name.partition(".")[2] for name in read} == tied


def test_a_figure_without_an_indicator_is_a_scan_s_too(tmp_path: Path) -> None:
    nameless = {"indicator_id": None, "area_id": None}
    rows = [row("placerade", "0184", value, **nameless) for value in (3, 30, 3)]
    assert held(make(tmp_path, [*rows, row("placerade", "0184", 40)])) == {
        (None, "0184", "few"),
    }


def test_what_is_held_back_is_remembered_until_something_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sexes = {"_T": 53, "F": 3, "M": 50}
    root = make(tmp_path, [row("placerade", "0184", v, sex=sex) for sex, v in sexes.items()])

    def shown() -> list[float | None]:
        return Workspace.open(root).scan().sort("sex").collect()["value"].to_list()

    assert shown() == [None, None, 53]
    decided = Workspace._decide
    monkeypatch.setattr(Workspace, "_decide", None)
    assert shown() == [None, None, 53]
    monkeypatch.setattr(Workspace, "_decide", decided)
    for limit, expected in ((3, [3, 50, 53]), (51, [None, None, 53]), (54, [None] * 3)):
        (root / "data/publish.toml").write_text(f"[publish]\nsmallest = {limit}\n", "utf-8")
        assert shown() == expected
    declaration = root / "data/sources/skickat-0/imported.toml"
    text = declaration.read_text("utf-8")
    declaration.write_text(text.replace("public = false", "public = true"), "utf-8")
    assert shown() == [3, 50, 53]
    make(root, [row("placerade", "0184", v, sex=sex) for sex, v in sexes.items()])
    assert shown() == [None, None, 53]


def test_women_and_men_do_not_tell_each_other(tmp_path: Path) -> None:
    sexes = {"_T": 53, "F": 3, "M": 50}
    rows = [row("placerade", "0184", value, sex=sex) for sex, value in sexes.items()]
    found = told(make(tmp_path, rows))
    assert found["placerade", "0184", "F"] == "färre än 5"
    assert found["placerade", "0184", "M"] == "visas inte"
    assert found["placerade", "0184", "_T"] == "53"


def test_a_share_does_not_tell_its_numerator(tmp_path: Path) -> None:
    percent = {"unit": "percent"}
    rows = [
        row("placerade", "0184", 3),
        row("invanare", "0184", 400),
        row("andel", "0184", 0.75, **percent),
        row("placerade", "0180", 30),
        row("invanare", "0180", 400),
        row("andel", "0180", 7.5, **percent),
    ]
    assert held(make(tmp_path, rows)) == {
        ("placerade", "0184", "few"),
        ("andel", "0184", "made_of"),
    }


@pytest.mark.parametrize(
    ("share", "shown"),
    # Of 400: 0.75 % is 3, 2 % is 8; 0 % in whole percent may be 0, 1 or 2 of them.
    [(0.75, False), (2.0, True), (0, False)],
)
def test_a_share_tells_a_count_that_nobody_prints(
    tmp_path: Path, share: float, shown: bool
) -> None:
    rows = [row("invanare", "0184", 400), row("utredda", "0184", share, unit="percent")]
    assert (held(make(tmp_path, rows)) == set()) is shown


def test_a_coarse_share_of_many_tells_no_count(tmp_path: Path) -> None:
    """Zero percent of 90,000 may be 400 persons."""
    rows = [row("invanare", "0184", 90_000), row("utredda", "0184", 0, unit="percent")]
    assert held(make(tmp_path, rows)) == set()


def test_shares_of_women_and_men_do_not_tell_each_other(tmp_path: Path) -> None:
    whole, part = {"_T": 400, "F": 200, "M": 200}, {"_T": 10.75, "F": 1.5, "M": 20.0}
    rows = [row("invanare", "0184", value, sex=sex) for sex, value in whole.items()]
    rows += [row("utredda", "0184", v, sex=sex, unit="percent") for sex, v in part.items()]
    found = told(make(tmp_path, rows))
    shown = {sex for sex in part if found["utredda", "0184", sex] != "visas inte"}
    assert shown in ({"_T"}, {"M"})


def test_parts_and_the_whole_do_not_tell_each_other(tmp_path: Path) -> None:
    rows = [row("placerade", "0184", 2), row("vuxna", "0184", 20), row("alla", "0184", 22)]
    assert held(make(tmp_path, rows)) == {
        ("placerade", "0184", "few"),
        ("vuxna", "0184", "told_from"),
    }


def test_a_county_does_not_tell_its_municipality(tmp_path: Path) -> None:
    rows = [row("placerade", geo, v) for geo, v in {"0184": 2, "0180": 90, "0183": 30}.items()]
    found = held(make(tmp_path, [*rows, row("placerade", "01", 122)]))
    assert found == {("placerade", "0184", "few"), ("placerade", "0183", "told_from")}


def test_a_county_with_less_than_its_municipalities_is_no_sum(tmp_path: Path) -> None:
    rows = [row("placerade", geo, v) for geo, v in {"0184": 2, "0180": 90, "0183": 30}.items()]
    assert held(make(tmp_path, [*rows, row("placerade", "01", 41)])) == {
        ("placerade", "0184", "few")
    }


@pytest.mark.parametrize(("men", "shown"), [(50, False), (53, False), (40, True)])
def test_a_sex_that_nobody_prints_is_not_told(tmp_path: Path, men: int, shown: bool) -> None:
    rows = [row("placerade", "0184", 53), row("placerade", "0184", men, sex="M")]
    assert (held(make(tmp_path, rows)) == set()) is shown
    assert (held(make(tmp_path, rows[:1], rows[1:], public=1)) == set()) is shown


@pytest.mark.parametrize(("stockholm", "shown"), [(118, False), (100, True)])
def test_a_county_does_not_tell_the_one_that_is_left_out(
    tmp_path: Path, stockholm: int, shown: bool
) -> None:
    rows = [row("placerade", geo, v) for geo, v in (("01", 150), ("0180", stockholm), ("0183", 30))]
    assert (held(make(tmp_path, rows)) == set()) is shown


@pytest.mark.parametrize(("adults", "shown"), [(20, False), (12, True)])
def test_a_whole_does_not_tell_the_part_that_is_left_out(
    tmp_path: Path, adults: int, shown: bool
) -> None:
    rows = [row("vuxna", "0184", adults), row("alla", "0184", 22)]
    assert (held(make(tmp_path, rows)) == set()) is shown


@pytest.mark.parametrize(("autumn", "shown"), [(20, False), (12, True)])
def test_a_year_does_not_tell_the_months_that_are_left_out(
    tmp_path: Path, autumn: int, shown: bool
) -> None:
    later = {"period_start": "2024-07-01", "period_end": "2024-12-31", "period_kind": "half_year"}
    rows = [row("nya", "0184", 22), row("nya", "0184", autumn, **later)]
    assert (held(make(tmp_path, rows)) == set()) is shown


def test_days_and_changes_of_few_persons_are_held_back(tmp_path: Path) -> None:
    rows = [
        row("placerade", "0184", 3),
        row("dygn", "0184", 1096, unit="days"),
        row("placerade", "0184", 4, scenario="budget"),
        row("placerade", "0184", -1, scenario="deviation"),
        row("placerade", "0184", 2, scenario="change", year=2025),
    ]
    assert held(make(tmp_path, rows)) == {
        ("placerade", "0184", "few"),
        ("dygn", "0184", "made_of"),
        ("placerade", "0184", "made_of"),
    }


def test_the_same_figure_in_two_documents_is_held_back_in_both(tmp_path: Path) -> None:
    rows = [row("placerade", "0184", 3)]
    observations = Workspace.open(make(tmp_path, rows, rows)).observations()
    assert observations["value"].to_list() == [None, None]


def test_what_is_public_is_shown_as_it_is(tmp_path: Path) -> None:
    rows = [row("placerade", "0184", 3)]
    assert held(make(tmp_path, rows, rows, public=1)) == set()


def test_what_public_sources_tell_is_a_warning(tmp_path: Path) -> None:
    sexes: dict[str, Row] = {
        sex: row("placerade", "0184", value, sex=sex)
        for sex, value in {"_T": 53, "F": 3, "M": 50}.items()
    }
    root = make(tmp_path, [sexes["F"]], [sexes["_T"], sexes["M"]], public=1)
    workspace = Workspace.open(root)
    frame = workspace.held_back()
    assert frame is not None
    shows_the_same_whatever_is_read(workspace)
    assert frame["exposed"].to_list() == [True]


def test_of_larger_counts_alone_there_is_no_median_and_no_colour(tmp_path: Path) -> None:
    """Those that are held back are small: a median and ranks of the others would be too high."""
    rows = [row("placerade", "0184", 2), row("placerade", "0180", 20), row("placerade", "0183", 30)]
    group = "group_id,group_title,of,member_id\n"
    group += "".join(f"G1,Prov,,{geo}\n" for geo in ("0180", "0183", "0184"))

    def seen(smallest: int | None) -> tuple[dict[str, object], dict[str, object]]:
        root = make(tmp_path / str(smallest), rows, smallest=smallest)
        (root / "data/peers.csv").write_text(group, encoding="utf-8")
        workspace = Workspace.open(root)
        names = ("reference", "rank", "reason_code", "reference_counted")
        against = workspace.status("0180").select(*names).row(0, named=True)
        peers = workspace.peers("0180", "G1").select("median", "rank", "compared", "reason")
        return against, peers.row(0, named=True)

    against, peers = seen(5)
    assert against == {
        "reference": None,
        "rank": None,
        "reason_code": "small_left_out",
        "reference_counted": 2,
    }
    assert (peers["median"], peers["rank"], peers["compared"]) == (None, None, 2)
    assert str(peers["reason"]).startswith("små antal visas inte")
    against, peers = seen(None)
    assert (against["reference"], against["rank"], against["reference_counted"]) == (20, 2, 3)
    assert (peers["median"], peers["rank"], peers["reason"]) == (16, 2, None)


def test_what_is_no_person_is_shown(tmp_path: Path) -> None:
    assert held(make(tmp_path, [row("lokaler", "0184", 2, unit="count")])) == set()


def test_budgets_are_of_nobody(tmp_path: Path) -> None:
    assert held(make(tmp_path, [row("placerade", "0184", 2, scenario="budget")])) == set()


@pytest.fixture
def reports(tmp_path: Path) -> Workspace:
    """The embedded reports as if they were not public."""
    for name in ("data", "expectations"):
        shutil.copytree(embedded_root() / name, tmp_path / name)
    for path in tmp_path.glob("data/sources/*/source.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("public = true", "public = false"), encoding="utf-8")
    (tmp_path / "data/publish.toml").write_text("[publish]\nsmallest = 5\n", encoding="utf-8")
    return Workspace.open(tmp_path)


def test_no_printed_line_tells_what_is_held_back(reports: Workspace) -> None:
    held = reports.held_back()
    assert held is not None
    source, line, place = held.select("source_id", "line", "place").row(0)
    (shown,) = printed_place(reports, None, source, place)
    assert {cell.raw for cell in shown.cells} & {"färre än 5", "visas inte"}
    assert not [text for text in shown.lines if text.startswith(f"{line}\t")]
    read = {*reports.scan().filter(pl.col("source_id") == source).collect()["line"]}
    unread = [text for text in shown.lines if int(text.partition("\t")[0]) not in read]
    assert not [text for text in unread if any(map(str.isdigit, text.partition("\t")[2]))]


def test_a_citation_says_that_a_figure_is_not_shown(tmp_path: Path) -> None:
    values = {"alla": 53, "placerade": 3, "vuxna": 50}
    rows = [row(name, "0184", value) for name, value in values.items()]
    workspace = Workspace.open(make(tmp_path, rows))
    said = [workspace.cite(f"prov.{name}", "Solna") for name in ("placerade", "vuxna")]
    assert said[0].startswith("Solna har färre än 5 personer för ”Placerade barn”")
    assert said[1].startswith("Solna har en uppgift som inte visas för ”Placerade vuxna”")


def test_a_declared_sum_of_a_report_does_not_tell_its_terms(reports: Workspace) -> None:
    held = reports.held_back()
    assert held is not None
    assert {"few", "told_from"} <= set(held.filter(table="Uppföljning volymer")["why"])
    assert not held["exposed"].any()


def test_the_embedded_reports_are_public() -> None:
    workspace = Workspace.open(embedded_root())
    assert set(workspace.sources) <= workspace.public_sources
