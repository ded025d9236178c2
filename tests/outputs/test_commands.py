"""The commands: files that are replaced or kept, citations, and what goes wrong."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from ojmf.cli import app
from tests.outputs import workspaces

ROWS = [
    ("Har rutin", "JA", "40", "30", ""),
    ("Har plan", "DELVIS", "75", "80", "Under arbete"),
    ("Har stöd", "NEJ", "89", "20", ""),
    ("Har råd", "", "10", "10", ""),
]
OTHER = [("Har rutin", "NEJ", "60", "61", "")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspaces.make(tmp_path / "yta", {2024: {"oj-a": ROWS, "oj-b": OTHER}})


@pytest.fixture
def run(root: Path):
    def _run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--root", str(root)])

    return _run


SUFFIXES = ["xlsx", "html", "md", "csv", "docx"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_is_replaced_by_ojmf_but_never_a_file_of_others(run, tmp_path: Path, suffix: str):
    path = tmp_path / "ny mapp" / f"tabell.{suffix}"
    command = ("table", "--kommun", "Solna", "--output", path)
    assert run(*command).exit_code == 0
    first = path.read_bytes()
    assert run(*command).exit_code == 0
    assert path.read_bytes() == first
    path.write_bytes(b"skriven av en person")
    refused = run(*command)
    assert refused.exit_code == 8
    assert "inte gjord av ojmf" in refused.stderr
    assert path.read_bytes() == b"skriven av en person"
    assert run(*command, "--force").exit_code == 0
    assert path.read_bytes() == first


def test_a_report_saved_by_a_person_is_theirs(run, tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    command = ("report", "--kommun", "Solna", "--date", "2025-10-06", "--output", path)
    assert run(*command).exit_code == 0
    assert run(*command).exit_code == 0
    document = docx.Document(str(path))
    document.core_properties.last_modified_by = "Någon"
    document.save(str(path))
    assert run(*command).exit_code == 8


def _cells(column):
    return list(column.cells)


def test_a_starter_template_gives_the_report_with_every_column(run, tmp_path: Path) -> None:
    """The report itself leaves out the columns in which nothing stands."""
    template, with_it, without = (tmp_path / f"{name}.docx" for name in ("mall", "a", "b"))
    assert run("report", "--init-template", template).exit_code == 0
    common = ("report", "--kommun", "Solna", "--date", "2025-10-06", "--output")
    assert run(*common, with_it, "--template", template).exit_code == 0
    assert run(*common, without).exit_code == 0
    full, own = docx.Document(str(with_it)), docx.Document(str(without))
    assert [p.text for p in full.paragraphs] == [p.text for p in own.paragraphs]
    assert len(full.tables) == len(own.tables)
    for every, some in zip(full.tables, own.tables, strict=True):
        kept = [cell.text for cell in some.rows[0].cells]
        columns = {cells[0].text: [c.text for c in cells] for cells in map(_cells, every.columns)}
        shown = {cells[0].text: [c.text for c in cells] for cells in map(_cells, some.columns)}
        assert {heading: columns[heading] for heading in kept} == shown
        left_out = set(columns) - set(kept)
        assert {text for name in left_out for text in columns[name][1:]} <= {"", "–"}


def test_export_replaces_its_own_package_only(run, tmp_path: Path) -> None:
    folder = tmp_path / "paket"
    assert run("export", "--output", folder).exit_code == 0
    assert run("export", "--output", folder, "--licence", "cc-by-4.0").exit_code == 0
    (folder / "datapackage.json").write_text("{}", encoding="utf-8")
    assert run("export", "--output", folder).exit_code == 8
    assert run("export", "--output", folder, "--force").exit_code == 0


def test_comments_of_the_user_come_before_those_of_the_document(run, root, tmp_path: Path) -> None:
    comments = tmp_path / "kommentarer.csv"
    comments.write_text(
        "\ufeffarea_id;indicator_id;kommentar\noj-a;oj-a.fraga-2;Egen kommentar\n", encoding="utf-8"
    )
    output = tmp_path / "t.md"
    given = ("--comments", comments, "--document", root / "2024.txt")
    assert run("table", "--kommun", "Solna", *given, "--output", output).exit_code == 0
    text = output.read_text(encoding="utf-8")
    assert "| 20 | Egen kommentar |" in text
    assert "| 80 | Under arbete |" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("område,kommentar\n", "kolumnerna area_id och indicator_id saknas"),
        ("area_id,indicator_id,kommentar\noj-a,oj-a.fraga-22,x\n", "Menade du oj-a.fraga-2?"),
        ("area_id,indicator_id,kommentar\n" + "oj-a,oj-a.fraga-2,x\n" * 2, "redan en kommentar"),
        (f"area_id,indicator_id,kommentar\noj-a,oj-a.fraga-2,{'x' * 10_001}\n", "10001 tecken"),
        ("", "filen är tom"),
    ],
)
def test_faults_of_a_comment_file_are_told(run, tmp_path: Path, text: str, message: str) -> None:
    comments = tmp_path / "kommentarer.csv"
    comments.write_text(text, encoding="utf-8")
    output = tmp_path / "t.md"
    result = run("table", "--kommun", "Solna", "--comments", comments, "--output", output)
    assert result.exit_code == 3
    assert message in result.stderr
    assert not output.exists()


def test_a_citation_is_one_sentence_and_can_be_verified(run) -> None:
    result = run("cite", "oj-a.fraga-2", "--kommun", "Solna")
    assert result.stdout == (
        "Solna svarade NEJ på frågan ”Har stöd” (Oj-A, 2024). I Stockholms län svarade 89 procent "
        "av kommunerna JA. (Källa: Provkommunen, provnämnden: Öppna jämförelser 2024, "
        "dnr PN/2024:1, Bilaga oj-a, rad 7 i textversionen.) "
        "[oj:0184:oj-a.fraga-2:01:prov-2024:71652d]\n"
    )
    citation = "oj:0184:oj-a.fraga-2:01:prov-2024:71652d"
    for given in (citation, f"[{citation}]", result.stdout):
        held = run("verify-citation", given)
        assert held.exit_code == 0
        assert held.stdout.startswith("Hänvisningen gäller: Solna svarade NEJ")
    mistyped = run("verify-citation", citation.replace(":01:", ":00:"))
    assert mistyped.exit_code == 1
    assert f"kontrollsumman hör till {citation}." in mistyped.stdout


def test_what_is_more_or_less_than_an_id_is_none(run) -> None:
    citation = "oj:0184:oj-a.fraga-2:01:prov-2024:71652d"
    for given in (f"{citation}a", f"x{citation}", citation[:-1]):
        assert "är inget hänvisnings-id" in run("verify-citation", given).stderr
    text = run("verify-citation", "skrivelse.docx")
    assert text.exit_code == 9
    assert "är en fil, och här prövas ett hänvisnings-id i taget" in text.stderr
    assert "ojmf claims" in text.stderr
    two = run("verify-citation", f"{citation} {citation.replace('71652d', '71652e')}")
    assert two.exit_code == 9
    assert "Ange ett i taget" in two.stderr


def test_the_name_and_the_printed_label_and_the_id_cite_the_same(run, root: Path) -> None:
    catalogue = root / "data/indicators/oj-a.toml"
    text = catalogue.read_text(encoding="utf-8")
    named = text.replace('"Har stöd"', '"Erbjuder stöd"\nsynonyms = ["Har stöd"]')
    catalogue.write_text(named, encoding="utf-8", newline="\n")
    said = {
        run("cite", name, "--kommun", "Solna").stdout
        for name in ("oj-a.fraga-2", "Har stöd", "erbjuder STÖD")
    }
    assert len(said) == 1
    assert "[oj:0184:oj-a.fraga-2:" in said.pop()


def test_a_citation_names_the_country_and_the_missing_answer(run) -> None:
    country = run("cite", "har plan", "--kommun", "0184", "--against", "riket").stdout
    assert "I riket svarade 80 procent av kommunerna JA." in country
    assert ":00:prov-2024:" in country
    missing = run("cite", "Har råd", "--kommun", "Solna").stdout
    assert missing.startswith("Solna har inte svarat på frågan ”Har råd” (Oj-A, 2024). I Stock")


def test_a_changed_figure_is_noticed_and_said(run, root: Path) -> None:
    sentence = run("cite", "oj-a.fraga-2", "--kommun", "Solna").stdout
    citation = re.search(r"\[(.*)\]", sentence)
    assert citation is not None
    extract = root / "data/sources/prov-2024/extract.txt"
    text = extract.read_text(encoding="utf-8")
    extract.write_text(text.replace("NEJ\t89", "DELVIS\t89"), encoding="utf-8", newline="\n")
    result = run("verify-citation", citation[1])
    assert result.exit_code == 1
    assert "den gjordes med NEJ mot 89 procent, nu gäller DELVIS mot 89 procent" in result.stdout


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        ("oj:0184:oj-a.fraga-2:01:prov-2023:71652d", "källan prov-2023 finns inte"),
        ("oj:0184:oj-a.fraga-9:01:prov-2024:71652d", "ingen uppgift om oj-a.fraga-9"),
        ("oj:0184:oj-a.fraga-9:01:prov-2024:71652d", "eller Har stöd (oj-a.fraga-2)?"),
        ("oj:0184:oj-a.fraga-9:01:prov-2024:71652d", "ges av ojmf cite INDIKATOR --kommun 0184."),
        ("oj:0184:zzz.qqq:01:prov-2024:71652d", "Alla frågor och mått visas av ojmf indicators."),
        ("oj:0184:oj-a.fraga-2:03:prov-2024:71652d", "Det finns ingen kommun, inget län"),
        ("oj:0180:oj-a.fraga-2:01:prov-2024:71652d", "inga uppgifter"),
    ],
)
def test_a_citation_that_cannot_be_derived_does_not_hold(run, citation: str, message: str) -> None:
    result = run("verify-citation", citation)
    assert result.exit_code == 1
    assert message in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("cite", "oj-a.fraga-22", "--kommun", "Solna"), 9, "Menade du oj-a.fraga-2"),
        (("cite", "Har rutin", "--kommun", "Solna"), 9, "--area oj-b (oj-b.fraga-0)"),
        (
            ("cite", "Har stöd", "--kommun", "Solna", "--against", "Stokholm"),
            9,
            "Menade du Stockholm",
        ),
        (("verify-citation", "oj:x"), 9, "inget hänvisnings-id"),
        (("table", "--kommun", "Stockholm", "--output", "x.md"), 9, "Uppgifter finns för Solna"),
        (("report", "--kommun", "Stockholm", "--output", "x.docx"), 9, "Uppgifter finns för Solna"),
        (("table", "--kommun", "Solna", "--output", "x.pdf"), 2, "okänd filändelse ”.pdf”"),
        (("report", "--kommun", "Solna", "--output", "x.odt"), 2, "ska sluta på .docx"),
        (("report", "--kommun", "Solna"), 2, "Ange både --kommun och --output"),
        (
            ("report", "--kommun", "Solna", "--output", "x.docx", "--template", "y.docx"),
            3,
            "y.docx",
        ),
        (("table", "--kommun", "Solna", "--output", "x.md", "--document", "y.txt"), 3, "y.txt"),
    ],
)
def test_what_goes_wrong_is_said(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments, code: int, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert not list(tmp_path.glob("x.*"))


def test_a_label_of_several_areas_is_found_with_the_area(run) -> None:
    result = run("cite", "Har rutin", "--kommun", "Solna", "--area", "oj-b")
    assert "[oj:0184:oj-b.fraga-0:01:prov-2024:" in result.stdout


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="permissions do not bind this user",
)
def test_a_folder_without_rights_is_said(run, tmp_path: Path) -> None:
    locked = tmp_path / "låst"
    locked.mkdir(mode=0o500)
    for command in (
        ("table", "--kommun", "Solna", "--output", locked / "t.xlsx"),
        ("report", "--kommun", "Solna", "--output", locked / "r.docx"),
        ("export", "--output", locked / "paket"),
    ):
        result = run(*command)
        assert result.exit_code == 8
        assert "får inte skrivas" in result.stderr


def test_a_file_in_the_way_of_the_folder_is_said(run, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    for command in (
        ("table", "--kommun", "Solna", "--output", tmp_path / "fil" / "t.xlsx"),
        ("export", "--output", tmp_path / "fil"),
    ):
        result = run(*command)
        assert result.exit_code == 8
        assert "är en fil, inte en mapp" in result.stderr


def test_sheets_have_names_that_a_workbook_allows(run, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert run("table", "--kommun", "Solna", "--output", path).exit_code == 0
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["Alla rader", "Sammanfattning", "Oj-A", "Oj-B", "Källor"]


def test_an_extract_made_with_comments_shows_them_everywhere(run, root: Path, tmp_path: Path):
    extract = root / "data/sources/prov-2024/extract.txt"
    made = run("extract", root / "2024.txt", "--output", extract)
    assert made.exit_code == 0, made.stderr
    assert "Under arbete" not in extract.read_text(encoding="utf-8")
    for comments in (False, True):
        if comments:
            again = run("extract", root / "2024.txt", "--with-comments", "--output", extract)
            assert again.exit_code == 0, again.stderr
        page, site = tmp_path / "t.html", tmp_path / "sidor"
        assert run("table", "--kommun", "Solna", "--output", page).exit_code == 0
        assert run("site", "--kommun", "Solna", "--output", site).exit_code == 0
        shown = [page, site / "solna-0184" / "oj-a.html"]
        assert all(("Under arbete" in p.read_text("utf-8")) == comments for p in shown)


def test_a_report_in_which_somebody_has_written_is_not_overwritten(run, tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    command = ("report", "--kommun", "Solna", "--output", path)
    assert [run(*command).exit_code for _ in range(2)] == [0, 0]
    report = docx.Document(str(path))
    report.add_paragraph("Förvaltningen bedömer att läget är gott.")
    report.save(str(path))
    refused = run(*command)
    assert (refused.exit_code, "ändrad utanför" in refused.stderr) == (8, True)
    assert "bedömer att läget" in docx.Document(str(path)).paragraphs[-1].text
    assert run(*command, "--force").exit_code == 0


def test_a_data_package_in_which_somebody_has_written_is_not_overwritten(
    run, tmp_path: Path
) -> None:
    folder = tmp_path / "paket"
    command = ("export", "--output", folder)
    assert [run(*command).exit_code for _ in range(2)] == [0, 0]
    path = folder / "data" / "status.csv"
    path.write_bytes(path.read_bytes() + b"egen,rad\n")
    assert run(*command).exit_code == 8
    assert path.read_bytes().endswith(b"egen,rad\n")
