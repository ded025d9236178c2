"""Areas against every reference: like with like, or the reason why there is no gap."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app

OWN, OTHER = "6101", "6102"
WRITTEN = 5e-9  # figures are written with nine decimals, and some are added up


@pytest.fixture
def run(made_up_country: Path):
    def _run(*words: str):
        return CliRunner().invoke(app, [*words, "--root", str(made_up_country)])

    return _run


@pytest.fixture
def rows(run):
    def _rows(*words: str) -> pl.DataFrame:
        result = run(*words, "--format", "json", "--quiet")
        assert result.exit_code == 0, result.stderr
        return pl.DataFrame(json.loads(result.stdout), infer_schema_length=None)

    return _rows


@pytest.mark.parametrize("against", ["riket", "62", "liknande", "L6101", OTHER, "mal", "budget"])
def test_every_reference_gives_a_gap_or_the_reason_for_none(rows, against: str) -> None:
    found = rows("areas", "--kommun", OWN, "--against", against)
    assert found.height == 5
    assert (found["green"] + found["yellow"] + found["red"] + found["grey"]).equals(
        found["indicators"].alias("green")
    )
    lacking = found.filter(pl.col("with_gap") < pl.col("indicators"))
    assert (lacking["reason"].str.len_chars() > 3).all()
    assert (lacking["lacking"] + lacking["with_gap"]).equals(lacking["indicators"].alias("lacking"))
    compared = found.drop_nulls("gap")
    assert compared.height == (0 if against in ("mal", "budget") else 5)
    assert (
        compared["share_yes"] - compared["reference_share_yes"] - compared["gap"]
    ).abs().sum() < 1


def test_another_municipality_counts_ja_alone_over_what_both_have_answered(
    rows, made_up_country: Path
) -> None:
    said = rows("status", "--kommun", OWN, "--against", OTHER).drop_nulls("gap")
    assert "DELVIS" in [*said["own_answer"], *said["reference_answer"]]
    found = rows("areas", "--kommun", OWN, "--against", OTHER)
    for area in found.iter_rows(named=True):
        both = said.filter(area_id=area["area_id"])
        shares = [
            100 * sum(answer == "JA" for answer in both[side]) / both.height
            for side in ("own_answer", "reference_answer")
        ]
        told = [area["share_yes"], area["reference_share_yes"]]
        assert told == pytest.approx(shares)
        assert area["gap"] == pytest.approx(shares[0] - shares[1])
    carried = rows("areas", "--kommun", OWN, "--against", OTHER, "--carriers")
    sums = carried.group_by("area_id").agg(pl.col("contribution").sum())
    beside = sums.join(found, on="area_id")
    assert (beside["contribution"] - beside["gap"]).abs().max() < WRITTEN


def test_over_a_country_the_gaps_to_it_cancel_out_where_shares_are_computed(rows) -> None:
    found = rows("areas", "--kommun", "alla", "--against", "riket", "--period", "2024")
    means = found.group_by("area_id").agg(pl.col("gap").mean())
    assert means.height == 5
    assert means["gap"].abs().max() < 1e-9


def test_a_period_that_has_none_before_it_says_so(run, rows) -> None:
    words = ("areas", "--kommun", OWN, "--against", "fjolaret", "--every-period")
    first = rows(*words).filter(pl.col("period_end") == "2023-12-31")
    assert first["gap"].is_null().all()
    assert set(first["reason"]) == {"ingen uppgift för en tidigare period av samma slag"}
    assert "tidigare period av samma" in run(*words).stdout


def test_the_name_of_one_municipality_heads_what_several_are_compared_with(run) -> None:
    heading = run("areas", "--kommun", "61", "--against", OWN).stdout
    assert "Sagoköping" in heading
    assert "Länet" not in heading


@pytest.fixture
def lacking(rows) -> str:
    """A municipality without the latest value of a figure."""
    found = rows("areas", "--kommun", "alla", "--area", "pahittade-matt", "--all-methods")
    return str(found.filter(pl.col("missing") > 0).sort("missing")["geo"][-1])


def test_a_missing_latest_value_is_counted_wherever_the_others_are(
    run, rows, lacking: str, tmp_path: Path, made_up_country: Path
) -> None:
    asked = ("--kommun", lacking, "--area", "pahittade-matt", "--all-methods")
    missing = rows("status", *asked).filter(pl.col("own").is_null(), pl.col("gap").is_null())
    area = rows("areas", *asked).row(0, named=True)
    without = ("missing", "unreadable", "withheld", "contradicted")
    assert area["missing"] > 0 < area["withheld"]
    assert sum(area[name] for name in without) == missing.height
    assert area["lacking"] >= missing.height
    assert area["reason"]
    told = run("gaps", *asked).stderr
    no_gap = rows("status", *asked)["gap"].null_count()
    assert f"{no_gap} av {rows('status', *asked).height} rader har ingen skillnad" in told
    table = tmp_path / "t.md"
    assert run("table", *asked, "-o", str(table)).exit_code == 0
    said = f"{area['missing']} saknas, {area['withheld']} visas inte"
    assert said in table.read_text("utf-8")
    assert run("export", "-o", str(tmp_path / "x")).exit_code == 0
    with (tmp_path / "x/data/areas.csv").open(encoding="utf-8") as file:
        exported = [one for one in csv.DictReader(file) if one["geo"] == lacking]
    figures = {one["area_id"]: one for one in exported if one["content"] == "figures"}
    assert int(figures["pahittade-matt"]["missing"]) == area["missing"]
    assert {one["content"] for one in exported} == {"answers", "figures"}


def test_persons_are_counted_in_whole_numbers(run) -> None:
    told = run("status", "--kommun", OWN, "--area", "pahittade-matt", "--all-methods").stdout
    people = [part for part in told.split("Eget")[1:] if "personer" in part[:120]]
    assert people
    assert not any("," in part.split("\n")[0] for part in people)


def test_what_has_changed_is_explained(run) -> None:
    words = ("gaps", "--kommun", OWN, "--against", "fjolaret", "--explain", "-f", "json")
    told = json.loads(run(*words, "--quiet").stdout)
    assert all(row["explanation"] for row in told if row["gap"] is not None)


DATA = ("csv", "json", "md", "ndjson", "parquet", "tsv", "xlsx")


@pytest.mark.parametrize("suffix", DATA)
def test_a_table_of_data_is_replaced_until_somebody_edits_it(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setenv("OJMF_CACHE", str(tmp_path / "cache"))
    output = tmp_path / f"t.{suffix}"
    words = ("table", "--kommun", OWN, "--every-period", "--area", "oj-missbruk", "-o", str(output))
    assert run(*words).exit_code == 0
    made = output.read_bytes()
    assert run(*words).exit_code == 0
    assert output.read_bytes() == made
    output.write_bytes(made + b" ")
    refused = run(*words)
    assert refused.exit_code == 8
    assert "ändrad utanför det" in refused.stderr
    assert output.read_bytes() == made + b" "
    assert run(*words, "--force").exit_code == 0
    assert run(*words).exit_code == 0


def test_a_report_counts_what_its_reference_makes_comparable(tmp_path: Path) -> None:
    """A budget that is asked for is compared with in the summary as in the title."""
    runner, root, told = CliRunner(), tmp_path / "ws", tmp_path / "ek.csv"
    told.write_text(
        "kommun;period;mått;enhet;utfall;budget\n"
        "Enköping;2024;Placerade barn;personer;31;28\n"
        "Enköping;2024;Placerade vuxna;personer;12;15\n"
        "Enköping;2024;Ekonomiskt bistånd;mnkr;-31,5;-28,2\n",
        encoding="utf-8",
    )
    assert runner.invoke(app, ["init", str(root), "--kommun", "Enköping"]).exit_code == 0
    given = ["--yes", "--accept-all", "--kommun", "Enköping", "--period", "2024"]
    taken = ["import", str(told), *given, "--date", "2025-01-31", "--root", str(root)]
    assert runner.invoke(app, taken).exit_code == 0
    words = ["table", "--kommun", "Enköping", "--root", str(root), "-o"]
    table = tmp_path / "t.md"
    assert runner.invoke(app, [*words, str(table), "--against", "budget"]).exit_code == 0
    text = table.read_text("utf-8")
    assert "jämförda med budgeten" in text
    assert "3 uppgifter, 3 som kan jämföras" in text
    assert runner.invoke(app, [*words, str(table)]).exit_code == 0
    assert "inget av kommunens värden har något att jämföras med" in table.read_text("utf-8")


def test_an_indicator_is_near_once(run) -> None:
    twice = "pahittade-matt.bistand-andel,pahittade-matt.bistand-andel"
    refused = run("peers", "--kommun", OWN, "--similar", "--by", twice)
    assert refused.exit_code == 9
    assert "står flera gånger" in refused.stderr


def test_a_strange_period_is_told_under_the_option_that_has_it(run) -> None:
    refused = run("gaps", "--kommun", OWN, "--against", "fjolaret", "--since", "abc")
    assert refused.exit_code == 2
    assert "--since: ”abc” är ingen period" in refused.stderr


def test_a_word_that_names_nothing_brings_what_holds_it_and_has_a_figure(run) -> None:
    refused = run("cite", "mottagare", "--kommun", OWN)
    assert refused.exit_code == 9
    assert "Menade du Mottagare av ekonomiskt bistånd" in refused.stderr


def test_a_slip_in_a_checksum_is_not_told_as_a_revision(run) -> None:
    cited = run("cite", "pahittade-matt.bistand-andel", "--kommun", OWN).stdout
    identity = cited.rpartition("[")[2].rstrip("]\n")
    slip = identity[:-1] + ("0" if identity[-1] != "0" else "1")
    told = run("verify-citation", slip)
    assert told.exit_code == 1
    assert "reviderad" not in told.stdout
    assert "Id:t är felskrivet, eller" in told.stdout
    assert f"[{identity}]" in told.stdout


def test_the_country_asked_for_alone_stands_in_for_nothing(run, rows, lacking: str) -> None:
    asked = ("areas", "--kommun", lacking, "--area", "pahittade-matt", "--all-methods")
    assert rows(*asked, "--against", "riket")["with_country"].to_list() == [0]
    assert "varav mot" not in run(*asked, "--against", "riket", "-f", "md").stdout


def test_an_older_figure_does_not_stand_for_a_missing_one_beside_a_target(
    rows, lacking: str
) -> None:
    asked = ("--kommun", lacking, "--area", "pahittade-matt", "--all-methods", "--against")
    beside_place, beside_target = (rows("status", *asked, word) for word in ("riket", "mal"))
    missing = beside_place.filter(pl.col("own").is_null(), pl.col("gap").is_null())
    told = beside_target.join(missing, on=["indicator_id", "sex"], how="semi")
    assert told.height == missing.height > 0
    assert told["own"].is_null().all()
    assert set(told["reason"]) == set(missing["reason"])
