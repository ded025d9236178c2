"""``ojmf source new``: a draft is written, keeps its source shut, and opens it when answered."""

import json
import tomllib

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
    assert "2 tabeller, 4 frågor." in result.stderr
    assert "ojmf source questions ny-2025" in result.stderr
    assert (root / SOURCE).is_file()
    assert (root / "data/indicators/ny-2025.toml").is_file()


def test_a_source_is_named_after_its_file_and_a_draft_says_what_it_was_read_from(run, root):
    report = root / "Bistånd per mått.csv"
    report.write_text("Mått;2023;2024\nAntal hushåll;41;39\nAntal barn;12;10\n", encoding="utf-8")
    made = run("source", "new", report, "--kommun", "Solna")
    assert made.exit_code == 0, made.stderr
    drafted = root / "data/sources/bistand-per-matt/source.toml"
    assert "Titeln är filens namn, utgivaren är kommunen" in drafted.read_text(encoding="utf-8")
    answered = run("source", "answer", "bistand-per-matt", "reporting-period=2024")
    assert "ojmf import" not in answered.stderr
    anew = run("source", "answer", "bistand-per-matt", "reporting-period=2023")
    assert 'ojmf import "Bistånd per mått.csv"' in anew.stderr


@pytest.mark.parametrize("title", ["Solna, öppna jämförelser 2025", "Öppna jämförelser 2025"])
def test_a_document_is_cited_with_its_publisher_once(run, root, report, title):
    text = REPORT.replace("Öppna jämförelser 2025", title)
    report.write_text(text, encoding="utf-8", newline="\n")
    new(run, report)
    drafted = tomllib.loads((root / SOURCE).read_text(encoding="utf-8"))
    assert drafted["title"] == title
    assert drafted["document"].lower() == "solna, öppna jämförelser 2025"


def test_the_open_questions_keep_the_source_shut_and_no_other(run, root, report):
    new(run, report)
    for command in (("check",), ("ingest", report), ("ingest", "ny-2025")):
        result = run(*command)
        assert result.exit_code == 6
        assert result.stderr.count("fråga att besvara") == 4
        assert "Vad betyder ”-” i stället för ett tal?" in result.stderr
        assert "I vilken enhet är ”Hyran”? (rad 10–12)" in result.stderr
    assert run("ingest", "prov-2024").exit_code == 0


def test_questions_are_data(run, root, report):
    new(run, report)
    result = run("source", "questions", "ny-2025", "--format", "json")
    rows = json.loads(result.stdout)
    assert [row["key"] for row in rows] == ["date", "symbol.2d", "unit.sum-a1", "unit.hyran"]
    assert list(rows[0]) == ["key", "question", "kind", "where", "proposal", "score", "options"]
    symbol = next(row for row in rows if row["kind"] == "symbol")
    assert (symbol["proposal"], symbol["options"]) == ("M", ["M", "O", "L", "Q"])
    assert "Nyckel" in run("source", "questions", "ny-2025").stdout
    assert json.loads(run("source", "questions", "prov-2024", "--format", "json").stdout) == []


def test_likely_answers_open_the_tables_without_other_questions(run, root, report):
    new(run, report)
    (root / SOURCE).write_text(
        (root / SOURCE).read_text(encoding="utf-8") + "\n# En kommentar\n", encoding="utf-8"
    )
    result = run("source", "answer", "ny-2025", "--accept-all")
    assert result.exit_code == 0
    assert "2 frågor kvar om ny-2025" in result.stderr
    draft = (root / SOURCE).read_text(encoding="utf-8")
    assert "# En kommentar" in draft
    assert "symbol.2d" not in draft
    read = run("ingest", report, "--format", "json")
    assert read.exit_code == 0, read.stderr
    assert {row["table"] for row in json.loads(read.stdout)} == {"Svar"}
    assert "tabellen ”Kostnader” läses inte förrän frågorna om den är besvarade" in read.stderr
    assert run("ingest", "ny-2025").exit_code == 0
    assert run("check").exit_code == 6


def test_when_the_questions_are_answered_the_report_is_read(run, root, report):
    new(run, report, "--date", "2025-10-01", "--period", "2025")
    result = run(
        *("source", "answer", "ny-2025", "symbol.2d=O", "unit.hyran=tkr", "unit.sum-a1=mkr")
    )
    assert result.exit_code == 0, result.stderr
    assert "Inga frågor är kvar" in result.stderr
    assert "TODO" not in (root / SOURCE).read_text(encoding="utf-8")
    assert run("check").exit_code == 0
    result = run("ingest", report, "--audit")
    assert result.exit_code == 0, result.stderr
    assert "11 celler: 10 lästa" in result.stderr
    rows = json.loads(run("ingest", report, "--format", "json").stdout)
    rent = next(row for row in rows if row["row_label"] == "Hyran")
    assert (rent["value"], rent["unit"]) == (-0.01725, "MSEK")
    assert run("ingest", "ny-2025").exit_code == 0
    indicators = (root / "data/indicators/ny-2025.toml").read_text(encoding="utf-8")
    assert 'unit = "MSEK"\nkind = "amount"' in indicators
    assert 'unit = "count"' not in indicators


def test_a_unit_that_is_none_is_refused_with_those_that_are(run, root, report):
    new(run, report)
    before = (root / SOURCE).read_bytes()
    result = run("source", "answer", "ny-2025", "unit.hyran=flaskor")
    assert result.exit_code == 9
    assert "”flaskor” är inget svar; väntade tkr, mkr, kr" in result.stderr
    assert (root / SOURCE).read_bytes() == before


def test_a_unit_that_ojmf_lacks_is_declared_with_the_answer(run, root, report):
    new(run, report)
    assert run("source", "answer", "ny-2025", "unit.hyran=kilogram", "--accept-all").exit_code == 0
    area = (root / "data" / "indicators" / "ny-2025.toml").read_text(encoding="utf-8")
    assert tomllib.loads(area)["area"]["units"] == ["kg"]
    assert "”kg” är okänd" not in run("ingest", "ny-2025").stderr


def test_a_draft_is_made_anew_to_answer_again(run, root, report):
    new(run, report)
    before = (root / SOURCE).read_bytes()
    run("source", "answer", "ny-2025", "unit.hyran=tkr", "symbol.2d=O")
    assert new(run, report).exit_code == 2
    assert new(run, report, "--again").exit_code == 0
    assert (root / SOURCE).read_bytes() == before


def test_a_reviewed_draft_or_another_document_is_not_drafted_over(run, root, report):
    new(run, report)
    path = root / "data/indicators/ny-2025.toml"
    text = path.read_text(encoding="utf-8")
    reviewed = text.replace("Utkast: ingen riktning är angiven.", "Ingen riktning är bra.", 1)
    path.write_text(reviewed, encoding="utf-8", newline="\n")
    result = new(run, report, "--again")
    assert (result.exit_code, "är granskade" in result.stderr) == (9, True)
    path.write_text(text, encoding="utf-8", newline="\n")
    report.write_text(REPORT.replace("80", "81"), encoding="utf-8", newline="\n")
    result = new(run, report, "--again")
    assert (result.exit_code, "ett annat dokument" in result.stderr) == (9, True)


@pytest.mark.parametrize(
    ("answers", "code", "wanted"),
    [
        (("finns-inte=1",), 9, "Ingen fråga har nyckeln finns-inte"),
        (("date=i går",), 9, "date: ”i går” är inget svar; väntade en dag som 2025-03-31"),
        (("symbol.2d=noll",), 9, "väntade M, O, L, Q"),
        (("date",), 2, "NYCKEL=SVAR"),
        ((), 2, "--accept-all"),
    ],
)
def test_what_is_no_answer_changes_nothing(run, root, report, answers, code, wanted):
    new(run, report)
    before = (root / SOURCE).read_bytes()
    result = run("source", "answer", "ny-2025", *answers)
    assert result.exit_code == code
    assert wanted in result.stderr
    assert (root / SOURCE).read_bytes() == before


def test_only_sure_enough_proposals_are_taken(run, root, report):
    new(run, report)
    run("source", "answer", "ny-2025", "--accept", "55")
    left = json.loads(run("source", "questions", "ny-2025", "--format", "json").stdout)
    assert [row["key"] for row in left] == ["date", "unit.sum-a1", "unit.hyran"]


def test_each_question_can_be_asked_in_turn(run, root, report):
    new(run, report)
    said = "\n".join(["2025-10-01", "", "mkr", "tkr", ""])
    result = run("source", "answer", "ny-2025", "--interactive", input=said)
    assert result.exit_code == 0, result.stderr
    assert "Inga frågor är kvar" in result.stderr
    assert "date = 2025-10-01" in (root / SOURCE).read_text(encoding="utf-8")


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


def test_what_one_draft_calls_a_measure_is_nothing_to_the_next(run, root, report):
    for number, unit in enumerate(("tkr", "kr")):
        text = f"Solna 2024\n\nKostnader, {unit}\n\nPost\t2023\t2024\nMöten\t1\t{number + 1}5\n"
        path = root / f"rapport-{number}.txt"
        path.write_text(text, encoding="utf-8")
        name = f"rapport-{number}"
        assert run("source", "new", path, "--kommun", "Solna", "--id", name).exit_code == 0
        assert run("source", "answer", name, "--accept-all").exit_code == 0
        rows = json.loads(run("ingest", name, "--format", "json").stdout)
        assert {row["indicator_id"] for row in rows} == {f"{name}.moten"}
    assert run("check").exit_code == 0
