"""A report of an export that has a row per measure and place, a column per year."""

from __future__ import annotations

from collections.abc import Callable

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
Report = Callable[..., Document]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("export")
    root, file = folder / "arbetsyta", folder / "export.csv"
    file.write_text(EXPORT, encoding="utf-8")

    def run(*words: str) -> None:
        result = CliRunner().invoke(app, [*words, "--quiet"])
        assert result.exit_code == 0, result.output

    def made(*words: str) -> Document:
        path = folder / "rapport.docx"
        run("report", "--kommun", "Kinda", "--output", str(path), "--root", str(root), *words)
        return docx.Document(str(path))

    run("init", str(root), "--kommun", "Kinda")
    taken = ("--kommun", "Kinda", "--id", "kinda-export", "--accept-all", "--yes")
    run("import", str(file), *taken, "--root", str(root))
    return made


def column(document: Document, table: int, heading: str) -> list[str]:
    (found,) = (c for c in document.tables[table].columns if c.cells[0].text == heading)
    return [cell.text for cell in found.cells[1:]]


def test_each_figure_says_where_it_is_printed(report: Report) -> None:
    document = report("--against", "fjolaret")
    assert column(document, -1, "Står på") == [
        "källa 1, rad 2; länet rad 3; riket rad 4",  # the year before is on the own row
        "källa 1, rad 6; länet rad 7; riket rad 8",
    ]
    assert column(document, -2, "Stod på") == ["källa 1, rad 2", "källa 1, rad 6"]
