"""A table that has got more or later years: the same rows, places and periods, other columns."""

import json

import openpyxl
import pytest

FIGURES: dict[str, dict[int, float]] = {
    "Nöjda brukare hemtjänst, andel (%)": {2022: 81.5, 2023: 82.5, 2024: 84.1, 2025: 86.2},
    "Väntetid särskilt boende, dagar": {2022: 44, 2023: 45, 2024: 47, 2025: 41},
    "Personalomsättning (%)": {2022: 18.3, 2023: 18.9, 2024: 17.2, 2025: 16.6},
    "Meritvärde åk 9": {2022: 231.5, 2023: 229.1, 2024: 233.4, 2025: 235.2},
}
OPTIONS = ("--accept-all", "--yes")
ALL = (2022, 2023, 2024, 2025)


def workbook(path, years, **rows):
    """A workbook of key figures of Solna and the country, a column for each place and year."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Nyckeltal"
    sheet.append(["Uppföljning av nyckeltal"])
    sheet.append(["Solna stad, uttag ur ledningssystemet"])
    sheet.append([])
    sheet.append(["Nyckeltal", *[f"{who} {year}" for who in ("Solna", "Riket") for year in years]])
    for name, values in (FIGURES | rows).items():
        own = [values[year] for year in years]
        sheet.append([name, *own, *[v if isinstance(v, str) else v + 1 for v in own]])
    book.save(path)
    return path


@pytest.fixture
def first(run, root):
    taken = run("import", workbook(root / "matt-2024.xlsx", ALL[:3]), *OPTIONS)
    assert taken.exit_code == 0, taken.output


def observations(run):
    return json.loads(run("observations", "--source", "matt-2024", "--format", "json").stdout)


@pytest.mark.parametrize("years", [ALL, ALL[1:]])
@pytest.mark.usefixtures("first")
def test_a_table_with_more_or_later_years_is_asked_about(run, root, years):
    shared = len(FIGURES) * 2 * len({*years} - {2025})
    grown = workbook(root / "matt-2025.xlsx", years)
    asked = run("import", grown, *OPTIONS)
    assert asked.exit_code == 9
    assert "liknar matt-2024: 4 av 4 rader heter detsamma" in asked.stderr
    assert f"{shared} av {shared} uppgifter" in asked.stderr
    assert "matt-2025.xlsx --source matt-2024" in asked.stderr
    assert ("8 äldre uppgifter" in asked.stderr) == (2022 not in years)
    assert not (root / "data/sources/matt-2025").exists()
    separate = run("import", grown, *OPTIONS, "--separate")
    assert "Källan matt-2025, ett nytt dokument." in separate.stdout


@pytest.mark.usefixtures("first")
def test_the_same_rows_with_other_figures_are_another_document(run, root):
    other = {name: {y: v / 2 for y, v in values.items()} for name, values in FIGURES.items()}
    taken = run("import", workbook(root / "annan.xlsx", ALL, **other), *OPTIONS)
    assert "Källan annan, ett nytt dokument." in taken.stdout


@pytest.mark.usefixtures("first")
def test_a_grown_table_revises_its_source_and_moves_its_period(run, root):
    catalogue = root / "data/indicators/matt-2024.toml"
    reviewed = catalogue.read_text("utf-8").replace("Utkast: ingen riktning är angiven.", "Ja.")
    catalogue.write_text(reviewed, encoding="utf-8")
    name = "Meritvärde åk 9"
    rows = {name: FIGURES[name] | {2023: 230.4}, "Sjukfrånvaro (%)": dict.fromkeys(ALL, 5)}
    grown = workbook(root / "matt-2025.xlsx", ALL, **rows)
    taken = run("import", grown, *OPTIONS, "--source", "matt-2024")
    assert taken.exit_code == 0, taken.output
    assert "ny period: ”2025”, förut ”2024”" in taken.stdout
    found = {(r["row_label"], r["geo"], r["column_label"]): r["value"] for r in observations(run)}
    assert len(found) == 5 * 2 * 4
    assert found[name, "0184", "Solna 2023"] == 230.4
    assert found[name, "0184", "Solna 2025"] == 235.2
    folder = root / "data/sources/matt-2024"
    assert ",229.1,230.4," in (folder / "revisions.csv").read_text("utf-8")
    assert 'reporting_period = "2025"' in (folder / "source.toml").read_text("utf-8")
    # The indicators are those of the first edition, as they have been reviewed, and the new row's.
    after = catalogue.read_text("utf-8")
    assert after.startswith(reviewed.rstrip())
    assert after.count("[[indicator]]") == 5
    assert run("check").exit_code == 0


def test_the_answers_of_the_first_edition_are_inherited(run, root):
    rows = {"Sjukfrånvaro (%)": {2022: "-", 2023: 5.1, 2024: 5.3, 2025: 5.2}}
    answers = ("--answer", "date=2025-03-01", "--answer", "symbol.2d=O")
    before = workbook(root / "matt-2024.xlsx", ALL[:3], **rows)
    taken = run("import", before, *answers, "--yes")
    assert taken.exit_code == 0, taken.output
    grown = workbook(root / "matt-2025.xlsx", ALL, **rows)
    edition = ("import", grown, "--source", "matt-2024")
    # The day of the new document is the only thing that the old one can't tell.
    told = json.loads(run(*edition, "--format", "json", input="").stdout)
    assert [question["key"] for question in told["questions"]] == ["date"]
    taken = run(*edition, "--date", "2026-03-01", "--yes")
    assert taken.exit_code == 0, taken.output
    assert {row["obs_status"] for row in observations(run) if row["raw"] == "-"} == {"O"}


QUESTIONS = [f"Har kommunen rutin {letter}" for letter in "abcdefghij"]


def answers(path, years, questions=QUESTIONS, turned=()):
    """A workbook of answers alone of Solna, a column for each year."""
    book = openpyxl.Workbook()
    book.active.append(["Öppna jämförelser, egna svar"])
    book.active.append([])
    book.active.append(["Fråga", *[f"Solna {year}" for year in years]])
    for number, question in enumerate(questions):
        yes = (number % 3 == 0) != (number in turned)
        book.active.append([question, *["Ja" if yes else "Nej" for _ in years]])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("years", "questions"),
    [((2023, 2024), QUESTIONS), ((2023,), [*QUESTIONS, *[f"Ny fråga {n}" for n in range(30)]])],
)
@pytest.mark.parametrize("command", ["import", "source"])
def test_a_document_of_answers_alone_that_has_grown_is_asked_about(
    run, root, years, questions, command
):
    said = ("--kommun", "Solna", "--date", "2024-01-31")
    first = run("import", answers(root / "svar-2023.xlsx", (2023,)), *said, *OPTIONS)
    assert first.exit_code == 0, first.output
    grown = answers(root / "svar-nya.xlsx", years, questions)
    words = ("import", grown, *OPTIONS) if command == "import" else ("source", "new", grown)
    asked = run(*words, "--id", "svar-nya", *said)
    assert asked.exit_code == 9
    assert "--source svar-2023" in asked.stderr
    assert not (root / "data/sources/svar-nya").exists()
    assert run(*words, "--id", "svar-nya", *said, "--separate").exit_code == 0


def test_other_answers_to_the_same_questions_are_another_document(run, root):
    said = ("--kommun", "Solna", "--date", "2024-01-31", *OPTIONS)
    assert run("import", answers(root / "svar-2023.xlsx", (2023,)), *said).exit_code == 0
    other = answers(root / "enhet-2023.xlsx", (2023, 2024), turned=range(4))
    assert run("import", other, *said, "--fail-on", "never").exit_code == 0


def test_an_answer_given_again_keeps_the_figures_that_it_changes(run, root):
    book = openpyxl.Workbook()
    for row in (("Mått", "2023"), ("Måttlighet", 45.2), ("Antal tjänster", 2450)):
        book.active.append(row)
    book.save(root / "matt.xlsx")
    said = ("--kommun", "Solna", "--id", "matt-2023", "--period", "2023", "--date", "2024-01-31")
    given = ("--answer", "unit.mattlighet=index", "--yes")
    assert run("import", root / "matt.xlsx", *said, *given).exit_code == 0
    again = run("source", "answer", "matt-2023", "unit.mattlighet=promille")
    assert again.exit_code == 0, again.stderr
    assert "Svaren ändrar värden; de gamla står i" in again.stderr
    kept = (root / "data/sources/matt-2023/revisions.csv").read_text("utf-8")
    assert "Måttlighet,2023,index,permille," in kept
    assert "en fråga är besvarad på nytt" in kept
    assert "Tjänster" not in kept


def test_an_import_says_where_a_direction_is_set(run, root):
    told = run("import", workbook(root / "matt-2024.xlsx", ALL[:3]), *OPTIONS)
    assert "4 nya mått utan riktning får ingen färg. Ange polarity och method" in told.stdout
    assert "data/indicators/matt-2024.toml eller i data/directions.csv" in told.stdout


def exchanged(one, other):
    """The figures with those of two years in each other's place."""
    return {
        name: values | {one: values[other], other: values[one]} for name, values in FIGURES.items()
    }


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (exchanged(2022, 2023), "8 av 24 uppgifter"),
        ({n: v | {2022: v[2022] + 7, 2023: v[2023] + 7} for n, v in FIGURES.items()}, "8 av 24"),
        (
            {
                n: dict(zip(ALL, (v[2023], v[2024], v[2022], 0), strict=True))
                for n, v in FIGURES.items()
            },
            "0 av 24 uppgifter för samma rad, plats och period är desamma; 24 står vid en annan",
        ),
    ],
)
@pytest.mark.usefixtures("first")
def test_the_same_places_and_periods_with_some_figures_else_are_asked_about(
    run, root, rows, wanted
):
    asked = run("import", workbook(root / "matt-igen.xlsx", ALL[:3], **rows), *OPTIONS)
    assert asked.exit_code == 9
    assert "liknar matt-2024: 4 av 4 rader" in asked.stderr
    assert wanted in asked.stderr
    assert "--separate" in asked.stderr
    assert not (root / "data/sources/matt-igen").exists()
