"""``ojmf cite --period``: an earlier year of a source is cited, and its id stands by itself."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf.cli import app

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCE = "solna-delarsrapport-2025-08"
MEASURE = "namndmal.erbjudna-hembesok"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one report, which prints a measure for three years: 40, 41 and 40."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("sources"))
    shutil.copytree(DATA / "sources" / SOURCE, tmp_path / "data" / "sources" / SOURCE)
    return tmp_path


def ojmf(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words, "--root", str(root), "--quiet"])
    return result.exit_code, result.output


def cited(root: Path, *words: str) -> tuple[str, str]:
    """The sentence and the id."""
    code, said = ojmf(root, "cite", MEASURE, "--kommun", "Solna", *words)
    assert code == 0, said
    found = re.search(r"\[(.*)\]", said)
    assert found is not None
    return said, found[1]


def test_an_earlier_year_is_cited_and_verified(root: Path) -> None:
    _, latest = cited(root)
    for year, figure in (("2023", "40 st"), ("2024", "41 st")):
        said, citation = cited(root, "--period", year)
        assert f"har {figure} " in said
        assert f"mått, {year})" in said
        assert f":{SOURCE}@{year}:" in citation
        code, verdict = ojmf(root, "verify-citation", f"Det var så [{citation}].")
        assert (code, f"har {figure} " in verdict) == (0, True)
    said, citation = cited(root, "--period", "2024", "--against", "fjolaret")
    assert "Tidigare (2023) var det 40 st. Skillnaden är +1 st." in said
    assert ojmf(root, "verify-citation", citation)[0] == 0
    assert "@" not in latest


def test_a_figure_of_another_year_does_not_stand_for_a_revised_one(root: Path) -> None:
    """The latest figure is revised; two years earlier it was what was cited."""
    latest, first = cited(root)[1], cited(root, "--period", "2023")[1]
    extract = root / "data" / "sources" / SOURCE / "extract.txt"
    text = extract.read_text(encoding="utf-8")
    assert "hembesök\t40\t41\t40" in text
    changed = text.replace("hembesök\t40\t41\t40", "hembesök\t44\t41\t40")
    extract.write_text(changed, encoding="utf-8", newline="\n")
    assert ojmf(root, "verify-citation", latest)[0] == 1
    assert ojmf(root, "verify-citation", first)[0] == 0


def test_a_reference_that_was_asked_for_and_is_missing_is_an_error(root: Path) -> None:
    cite = ("cite", MEASURE, "--kommun", "Solna", "--period", "2023")
    assert ojmf(root, *cite)[0] == 0
    code, said = ojmf(root, *cite, "--against", "fjolaret")
    assert (code, "ingen uppgift för en tidigare period att ställa" in said) == (9, True)


def test_what_there_is_no_figure_for_cannot_be_cited(root: Path) -> None:
    cite = ("cite", MEASURE, "--kommun", "Solna", "--period")
    assert "inga uppgifter för den perioden" in ojmf(root, *cite, "2019")[1]
    assert "”förra” är ingen period" in ojmf(root, *cite, "förra")[1]
    code, said = ojmf(root, "cite", "Sjukfrånvaro", "--kommun", "Solna", "--period", "2024")
    assert (code, "har ingen uppgift för Solna inom 2024." in said) == (9, True)


def test_a_period_without_a_figure_is_answered_with_a_command_that_cites_one() -> None:
    refused = CliRunner().invoke(
        app, ["cite", "Personalkostnader", "--kommun", "Enköping", "--period", "2024-08"]
    )
    assert refused.exit_code == 9
    assert "Uppgifter finns för januari–augusti 2024, 2024, 2023" in refused.stderr
    told = refused.stderr.rpartition("ojmf ")[2].strip().removesuffix(".").split()
    given = CliRunner().invoke(app, told)
    assert given.exit_code == 0
    assert "januari–augusti 2024" in given.stdout
