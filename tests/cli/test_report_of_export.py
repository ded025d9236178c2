"""A report of an export that has a row per measure and place, a column per year."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import docx
import pytest
from docx.document import Document
from typer.testing import CliRunner

from ojmf.cli import app

GROUP = "Liknande kommuner IFO, Kinda, 2024"
EXPORT = f"""\
Nyckeltal;Kommun;2022;2023;2024
Väntetid till beslut i antal dagar, medelvärde;Kinda;14;15;16
Väntetid till beslut i antal dagar, medelvärde;Östergötlands län;15;16;18
Väntetid till beslut i antal dagar, medelvärde;Riket;13;12;12
Väntetid till beslut i antal dagar, medelvärde;{GROUP} (ovägt medel);13;14;15
Nöjda brukare, andel (%);Kinda;81;83;86
Nöjda brukare, andel (%);Östergötlands län;80;81;82
Nöjda brukare, andel (%);Riket;79;80;81
Nöjda brukare, andel (%);{GROUP} (ovägt medel);78;79;80
"""


def run(*words: str) -> None:
    result = CliRunner().invoke(app, [*words, "--quiet"])
    assert result.exit_code == 0, result.output


def take_in(root: Path, export: str) -> None:
    file = root.parent / "export.csv"
    file.write_text(export, encoding="utf-8")
    taken = ("--kommun", "Kinda", "--id", "kinda-export", "--accept-all", "--yes")
    run("import", str(file), *taken, "--root", str(root))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export") / "arbetsyta"
    run("init", str(root), "--kommun", "Kinda")
    return root


@pytest.fixture(scope="module")
def root(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("grupp") / "arbetsyta"
    shutil.copytree(begun, root)
    take_in(root, EXPORT)
    return root


def report(root: Path, *words: str) -> Document:
    path = root.parent / "rapport.docx"
    run("report", "--kommun", "Kinda", "--output", str(path), "--root", str(root), *words)
    return docx.Document(str(path))


def column(document: Document, table: int, heading: str) -> list[str]:
    (found,) = (c for c in document.tables[table].columns if c.cells[0].text == heading)
    return [cell.text for cell in found.cells[1:]]


def test_each_figure_says_where_it_is_printed(root: Path) -> None:
    document = report(root, "--against", "fjolaret")
    assert column(document, -1, "Står på") == [
        "källa 1, rad 2; länet rad 3; riket rad 4",  # the year before is on the own row
        "källa 1, rad 6; länet rad 7; riket rad 8",
    ]
    assert column(document, -2, "Stod på") == ["källa 1, rad 2", "källa 1, rad 6"]


def test_an_only_area_without_verdicts_has_no_section_and_no_place_for_an_assessment(
    root: Path,
) -> None:
    texts = [paragraph.text for paragraph in report(root).paragraphs]
    assert "Resultat per område" not in texts
    assert not [text for text in texts if "bedömning av området" in text]
    assert len([text for text in texts if "Båda kan jämföras" in text]) == 1


def test_an_earlier_figure_stands_apart_from_its_year(root: Path, tmp_path: Path) -> None:
    judged = tmp_path / "arbetsyta"
    shutil.copytree(root, judged)
    area = judged / "data" / "indicators" / "kinda-export.toml"
    text = area.read_text(encoding="utf-8").replace('polarity = "neutral"', 'polarity = "higher"')
    text = text.replace('method = "neutral"', 'method = "reference"\ntolerance = 0')
    area.write_text(text, encoding="utf-8")
    document = report(judged, "--against", "fjolaret")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in texts if "; år 2023: 83, skillnad +3" in text]
    assert not [text for text in texts if re.search(r"2023 \d", text)]
    assert "Resultat per område" in texts
    assert [text for text in texts if "bedömning av området" in text]


def test_the_figures_of_a_declared_group_are_its_own(root: Path) -> None:
    assert GROUP in (root / "data" / "peers.csv").read_text(encoding="utf-8")
    document = report(root, "--against", "liknande")
    assert column(document, 1, "Referens") == ["15", "80"]
    assert column(document, -1, "Står på")[0].endswith("; referensen rad 5")


def refused(root: Path, group: str) -> str:
    words = ["report", "--kommun", "Kinda", "--against", group, "--root", str(root)]
    result = CliRunner().invoke(app, [*words, "--output", str(root.parent / "rapport.docx")])
    assert result.exit_code
    return " ".join(result.output.split())


def test_a_group_without_figures_is_refused_with_what_there_is(root: Path) -> None:
    said = refused(root, "Liknande kommuner IFO, Ydre, 2024")
    assert f"Arbetsytan har uppgifter för ”{GROUP}”, som kan anges i stället." in said


def test_a_group_is_refused_with_the_municipalities_that_lack_figures(
    begun: Path, tmp_path: Path
) -> None:
    root = tmp_path / "arbetsyta"
    shutil.copytree(begun, root)
    take_in(root, "".join(line for line in EXPORT.splitlines(True) if "medel)" not in line))
    said = refused(root, "liknande")
    assert re.search(r"Uppgifter saknas från (\w+, )+\w+ och \w+: ta in dem med ojmf import", said)


def test_areas_of_two_files_with_one_title_have_names_of_their_own(begun, tmp_path):
    root = tmp_path / "arbetsyta"
    shutil.copytree(begun, root)
    for name, measure in (("forst", "Antal hembesök"), ("sedan", "Antal lotsar")):
        file = tmp_path / f"{name}.csv"
        text = f"Kolada nyckeltal\n\nNyckeltal;Kommun;2023;2024\n{measure};Kinda;15;16\n"
        file.write_text(text + f"{measure} i snitt;Kinda;3;4\n", encoding="utf-8")
        run("import", str(file), "--kommun", "Kinda", "--accept-all", "--yes", "--root", str(root))
    drafted = ((root / f"data/indicators/{n}.toml").read_text("utf-8") for n in ("forst", "sedan"))
    names = [tomllib.loads(text)["area"]["name"] for text in drafted]
    assert names == ["Kolada nyckeltal", "Kolada nyckeltal (sedan)"]
