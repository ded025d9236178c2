"""``ojmf source new``: a draft is written, keeps its source shut, and opens it when answered."""

import pytest

SOURCE = "data/sources/ny-2025/source.toml"
REPORT = """\
Öppna jämförelser 2025

Svar
Riket\tFråga\tSolna\tLänet
30\tHar rutin\tja\t40
80\tHar plan\tnej\t75
20\tHar stöd\tnej\t-

Kostnader
Post\tUtfall 2025
=SUM(A1)\t1 234,5
Hyran\t-17,25
"""


@pytest.fixture
def report(root):
    path = root / "ny.txt"
    path.write_text(REPORT, encoding="utf-8", newline="\n")
    return path


def new(run, report, *options):
    return run("source", "new", report, "--kommun", "Solna", "--id", "ny-2025", *options)


def test_a_draft_is_written_and_told(run, root, report):
    result = new(run, report)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "2 tabeller, 0 avsnitt som inte läses, 4 frågor (TODO)" in result.stderr
    assert (root / SOURCE).is_file()


def test_the_open_questions_keep_the_source_shut_and_no_other(run, root, report):
    new(run, report)
    for command in (("check",), ("ingest", report), ("ingest", "ny-2025")):
        result = run(*command)
        assert result.exit_code == 6
        assert result.stderr.count("fråga kvar att besvara") == 4
        assert "symbols, -, status" in result.stderr
        assert "Hyran: närmast är kostnader.post-1 (" in result.stderr
    assert run("ingest", "prov-2024").exit_code == 0


def test_when_the_questions_are_answered_the_report_is_read(run, root, report):
    new(run, report, "--date", "2025-10-01", "--period", "2025")
    draft = (root / SOURCE).read_text(encoding="utf-8")
    lines = []
    for line in draft.splitlines():
        if line.startswith("symbols"):
            lines.append('symbols = { "-" = { status = "O" } }')
        elif line.startswith("Hyran"):
            lines.append('Hyran = "kostnader.post-1"')
        else:
            lines.append(line)
    text = "\n".join(lines).replace('"TODO: MSEK; tkr är MSEK med shift = -3"', '"MSEK"')
    assert "TODO:" not in text
    (root / SOURCE).write_text(text, encoding="utf-8", newline="\n")
    assert run("check").exit_code == 0
    result = run("ingest", report, "--audit")
    assert result.exit_code == 0
    assert "11 celler: 10 lästa" in result.stderr
    missing = run("ingest", "ny-2025")
    assert missing.exit_code == 3
    assert "ojmf extract FIL --source ny-2025" in missing.stderr
    run("extract", report, "--output", root / "data/sources/ny-2025/extract.txt")
    assert run("ingest", "ny-2025").exit_code == 0


def test_a_declaration_is_never_written_over(run, root, report):
    new(run, report)
    before = (root / SOURCE).read_bytes()
    result = new(run, report)
    assert result.exit_code == 2
    assert "finns redan" in result.stderr
    assert (root / SOURCE).read_bytes() == before


def test_another_folder(run, root, report, tmp_path):
    assert new(run, report, "--output", tmp_path / "utkast").exit_code == 0
    assert (tmp_path / "utkast/ny-2025/source.toml").is_file()
    assert not (root / SOURCE).exists()


@pytest.mark.parametrize(
    ("options", "code", "wanted"),
    [
        (("--kommun", "Solna", "--id", "../ut"), 2, "--id ../ut"),
        (("--kommun", "Solna", "--id", "ny", "--period", "2025-13"), 2, "--period"),
        (("--kommun", "Länet", "--id", "ny"), 9, "Länet"),
        (("--kommun", "01", "--id", "ny"), 9, "ingen kommun"),
    ],
)
def test_bad_options_write_nothing(run, root, report, options, code, wanted):
    result = run("source", "new", report, *options)
    assert result.exit_code == code
    assert wanted in result.stderr
    assert len(list((root / "data/sources").iterdir())) == 1


def test_a_file_that_cannot_be_read_leaves_no_draft(run, root):
    (root / "fel.pdf").write_bytes(b"%PDF-1.7 avbruten")
    result = run("source", "new", root / "fel.pdf", "--kommun", "Solna", "--id", "ny")
    assert result.exit_code == 3
    assert "skadad" in result.stderr
    assert not (root / "data/sources/ny").exists()
