"""A municipality that has figures and no answers: the same commands, the same frame."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import polars as pl
import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from ojmf.cli import app
from tests.golden.test_sources import ROOT


@pytest.fixture(scope="module", autouse=True)
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A copy of the embedded workspace: what is cited is noted in it."""
    root = tmp_path_factory.mktemp("arbetsyta")
    for name in ("data", "expectations"):
        shutil.copytree(ROOT / name, root / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OJMF_ROOT", str(root))
        yield


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def rows(*words: str) -> list[dict[str, str]]:
    result = run(*words, "-f", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_every_row_without_a_gap_says_why() -> None:
    found = rows("status", "--kommun", "Enköping")
    lacking = [row for row in found if not row["gap"]]
    assert lacking
    assert all(row["reason"] and row["reason_code"] for row in lacking)
    assert "ingen uppgift för Uppsala län" in " ".join(row["reason"] for row in lacking)


def test_the_gaps_of_figures_come_worst_first() -> None:
    found = rows("gaps", "--kommun", "Enköping", "--against", "budget")
    relative = [float(row["gap_relative"]) for row in found if row["gap_relative"]]
    assert {row["reference_kind"] for row in found} == {"budget"}
    assert float(found[0]["gap"]) < 0 < float(found[-1]["gap"])
    assert relative[0] < relative[-1]


def test_an_area_without_colours_shows_how_its_figures_stand() -> None:
    area = rows("areas", "--kommun", "Enköping", "--area", "ekonomi")[0]
    counted = [area[name] for name in ("better", "similar", "equal", "worse")]
    assert counted == ["16", "0", "5", "11"]
    assert (area["largest_label"], area["unit"]) == ("Bidrag (kostnader)", "MSEK")


def test_a_reason_counts_the_figures_that_have_it_and_no_word_means_two_things(
    tmp_path: Path,
) -> None:
    area = rows("areas", "--kommun", "Enköping", "--area", "ekonomi")[0]
    assert int(area["of_reason"]) == int(area["lacking"]) - int(area["missing"]) - 1 > 1
    path = tmp_path / "tabell.md"
    run("table", "--kommun", "Enköping", "--output", str(path))
    told = path.read_text(encoding="utf-8")
    assert f"(gäller {area['of_reason']}); andra skäl (gäller {int(area['missing']) + 1})" in told
    assert ("=\u00a0Lika" in told, "= lika" in told) == (True, True)
    assert "ingen säker skillnad" not in told.lower()


def test_a_deviation_in_two_tables_is_counted_once_in_all(tmp_path: Path) -> None:
    """An identity of the source says that the deviations of volumes are those of the operations."""
    path = tmp_path / "rapport.docx"
    made = run("report", "--kommun", "Enköping", "--output", str(path))
    assert re.search("Antecknade hänvisningarna i .*citations.csv", made.stderr)
    told = " ".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    of_areas = sum(int(row["with_gap"]) for row in rows("areas", "--kommun", "Enköping"))
    assert f" {of_areas - 9} kan jämföras, varav 24 bättre, 6 lika och 14 sämre." in told
    assert "Nio uppgifter står i två områden och räknas en gång." in told
    assert "Området har 21 uppgifter. Alla kan jämföras: 12 bättre" in told


def test_a_heading_has_the_years_of_what_it_is_of(tmp_path: Path) -> None:
    path = tmp_path / "tabell.md"
    run("table", "--kommun", "Solna", "--all-methods", "--output", str(path))
    heading = path.read_text(encoding="utf-8").splitlines()[1]
    assert heading.startswith("# Öppna jämförelser 2024 och mått 2023–2025: Solna")


def test_a_figure_is_cited_and_the_citation_holds() -> None:
    told = run("cite", "ekonomi.personalkostnader", "--kommun", "Enköping").stdout
    assert "−128,3 mnkr" in told
    assert "Budgeten är −126,8 mnkr. Avvikelsen mot budgeten är −1,6 mnkr, som den" in told
    citation = re.search(r"\[(oj:.*)\]", told)
    assert citation is not None
    held = run("verify-citation", citation[1]).stdout
    assert held.startswith("Hänvisningen gäller: ")
    sentence = held.removeprefix("Hänvisningen gäller: ").strip()
    assert "orden runt det" not in run("verify-citation", sentence).stdout
    assert (
        "orden runt det är andra" in run("verify-citation", f"Inget är så. [{citation[1]}]").stdout
    )
    other = re.sub(r"[0-9a-f]{6}$", "000000", citation[1])
    assert run("verify-citation", other).exit_code == 1


@pytest.mark.parametrize("suffix", [".md", ".csv", ".html", ".xlsx", ".docx"])
def test_the_table_has_the_figures_and_what_they_stand_against(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"tabell{suffix}"
    result = run("table", "--kommun", "Enköping", "--area", "ekonomi", "--output", str(path))
    assert result.exit_code == 0, result.stderr
    if suffix in {".md", ".csv", ".html"}:
        text = path.read_text(encoding="utf-8")
        assert all(part in text for part in ("Jämfört med", "budgeten", "128,3", "126,8"))
    if suffix == ".xlsx":
        sheet = pl.read_excel(path, sheet_name="Ekonomi", read_options={"header_row": 3})
        own = sheet.filter(pl.col("Mått") == "Personalkostnader")["Enköping"]
        assert own.to_list() == [-128.3, -83.2]


def test_the_workbook_colours_a_gap_by_its_verdict_and_shows_figures_as_printed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tabell.xlsx"
    run("table", "--kommun", "Enköping", "--output", str(path))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = [cell.value for cell in sheet[3]]
    status, gap, own = (head.index(name) for name in ("Status", "Skillnad", "Enköping"))
    red: dict[bool, set[str]] = {True: set(), False: set()}
    for row in sheet.iter_rows(min_row=4):
        if isinstance(row[gap].value, int | float):
            red[row[gap].font.bold].add(row[status].value.split("\u00a0")[-1])
    assert red[True] == {"Sämre"}
    assert "Sämre" not in red[False]
    assert len(red[False]) > 1
    forms = {row[own].number_format for row in sheet.iter_rows(min_row=4)}
    assert {'#,##0;"−"#,##0', '#,##0.0;"−"#,##0.0'} <= forms


def test_a_report_is_written_of_figures_alone(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "rapport.docx"
    result = run("report", "--kommun", "Enköping", "--output", str(path), "--date", "2024-10-01")
    assert result.exit_code == 0, result.stderr
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    said = (
        "Området har 63 uppgifter. Tre uppgifter till har inget tal: två saknas och en går inte "
        "att läsa säkert. 32 kan jämföras, varav 16 "
    )
    assert f"{said}bättre" in text


def test_everything_is_computed_for_it(tmp_path: Path) -> None:
    result = run("run", "--kommun", "Enköping", "--output", str(tmp_path / "ut"))
    assert result.exit_code == 0, result.stderr
    gaps = pl.read_parquet(tmp_path / "ut" / "gaps.parquet")
    assert gaps.height == 53
    assert set(gaps["geo"]) == {"0381"}


def test_an_option_that_is_given_twice_is_refused_and_not_half_ignored() -> None:
    result = run("gaps", "--kommun", "Solna", "--kommun", "Nacka")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--kommun är angiven 2 gånger" in result.stderr
    assert run("chart", "gaps", "--kommun", "Solna", "--kommun", "Nacka", "-o", "x").exit_code == 2
    assert run("sources", "--quiet", "--quiet").exit_code == 0


def test_a_group_may_be_named_in_the_place_of_a_municipality() -> None:
    result = run("status", "--kommun", "G36449", "--quiet")
    assert result.exit_code == 9
    assert "Värnamo" in result.stderr


def test_women_beside_men_say_where_no_figure_is_about_both() -> None:
    result = run("gaps", "--kommun", "Enköping", "--by", "sex")
    assert result.exit_code == 9
    assert "både kvinnor och män" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "sex", "--sex", "women"], "--by sex ställer kvinnor mot män"),
        (["--by", "sex", "--against", "fjolaret"], "--by sex ställer kvinnor mot män"),
        (["--against", "riket", "--since", "2023"], "--since gäller tillsammans med --against"),
        (["--since", "2023"], "--since gäller tillsammans med --against fjolaret"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(options: list[str], message: str) -> None:
    result = run("gaps", "--kommun", "Enköping", *options)
    assert result.exit_code == 2
    assert message in result.stderr


def commands() -> list[tuple[list[str], Any]]:
    """Every command of the command line with its words."""

    def under(words: list[str], command: Any) -> Iterator[tuple[list[str], Any]]:
        names = command.list_commands(None) if hasattr(command, "list_commands") else []
        for name in names:
            yield from under([*words, name], command.get_command(None, name))
        if not names:
            yield words, command

    return list(under([], get_command(app)))


@pytest.mark.parametrize(("words", "command"), commands(), ids=lambda part: str(part)[:40])
def test_every_option_of_every_command_is_refused_when_it_is_given_again(
    words: list[str], command: Any
) -> None:
    for option in command.params:
        if option.param_type_name != "option" or option.multiple or option.name == "help":
            continue
        name = option.opts[0]
        if option.is_flag:
            if option.secondary_opts:
                both = run(*words, name, option.secondary_opts[0])
                assert (both.exit_code, both.stdout) == (2, ""), name
                assert "säger olika" in both.stderr
            continue
        again = run(*words, name, "1", name, "2")
        assert (again.exit_code, again.stdout) == (2, ""), name
        assert f"{name} är angiven 2 gånger" in again.stderr, name


def test_only_what_gives_a_gap_is_suggested() -> None:
    told = run("gaps", "--kommun", "Enköping", "--area", "externa-utforare", "--against", "riket")
    assert told.exit_code == 9
    suggested = (
        told.stderr.partition("jämföra med: ")[2]
        .partition(".")[0]
        .replace(" eller ", ", ")
        .split(", ")
    )
    assert "lan" not in suggested
    for word in filter(None, suggested):
        again = run("gaps", "--kommun", "Enköping", "--area", "externa-utforare", "--against", word)
        assert again.exit_code == 0, word
