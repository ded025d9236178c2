"""A table that a person has said is not to be read: nobody is asked about it again."""

import json

import pytest

TABLE = "Sjukfrånvaro, procent"


def report(root, year, now, before):
    path = root / f"uppfoljning-{year}.txt"
    path.write_text(
        f"Solna, uppföljning {year}\n\nKostnader {year}, tkr\n\nVerksamhet\tUtfall {year}\t"
        f"Utfall {year - 1}\nIndivid- och familjeomsorg\t{now}\t{before}\nFunktionsstöd\t4 100\t"
        f"4 000\n\n{TABLE}\n\nMånad\tUtfall {year}\nJanuari\t5,1\nJanuari\t5,3\nMars\t5,2\n",
        encoding="utf-8",
    )
    return path


def options(year):
    return ("--kommun", "Solna", "--date", f"{year + 1}-01-31", "--period", str(year))


@pytest.fixture
def declined(run, root):
    path = report(root, 2023, "9 200", "9 000")
    asked = run("import", path, *options(2023), "--accept-all", "--format", "json", input="")
    keys = [q["key"] for q in json.loads(asked.stdout)["questions"]]
    assert len(keys) == 1, asked.stdout
    taken = run(
        *("import", path, *options(2023), "--accept-all", "--yes"),
        *("--answer", f"{keys[0]}=läs inte"),
    )
    assert taken.exit_code == 0, taken.output
    return path, taken


@pytest.mark.usefixtures("root")
def test_a_declined_table_is_no_warning_and_has_no_questions(run, declined):
    path, taken = declined
    told = [taken, run("import", path, "--yes"), run("validate", "uppfoljning-2023")]
    assert all("frågorna" not in one.output for one in told)
    read = run("ingest", path)
    assert f"tabellen ”{TABLE}” läses inte, enligt ditt svar" in read.stderr
    left = run("source", "questions", "uppfoljning-2023")
    assert (left.stdout, left.exit_code) == ("", 0)
    assert "Inga frågor är kvar" in left.stderr


@pytest.mark.usefixtures("declined")
def test_next_years_document_takes_the_answer_over(run, root):
    path = report(root, 2024, "9 400", "9 200")
    taken = run("import", path, *options(2024), "--accept-all", "--yes", "--fail-on", "never")
    assert taken.exit_code == 0, taken.output
    assert "nästa dokument efter uppfoljning-2023" in taken.stdout
    declaration = (root / "data/sources/uppfoljning-2024/source.toml").read_text("utf-8")
    assert "withheld = true" in declaration
    assert f"tabellen ”{TABLE}” läses inte, enligt ditt svar" in run("ingest", path).stderr
