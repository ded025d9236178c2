"""Tables of which some columns or rows wait for an answer: the rest of them is read."""

import json


def take_in(run, root, content, *answers):
    path = root / "prov.txt"
    path.write_text(content, encoding="utf-8")
    said = ("--kommun", "Solna", "--id", "prov-2023", "--date", "2024-01-31")
    assert run("source", "new", path, *said[:4], *said[4:]).exit_code == 0
    assert run("source", "answer", "prov-2023", "--accept-all").exit_code == 0
    assert run("ingest", path, "--format", "json").exit_code == 0
    return path


def figures(run, path):
    result = run("ingest", path, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return [(row["row_label"], row["value"]) for row in json.loads(result.stdout)], result.stderr


GROUPS = (
    "Jämförelse 2023\n\nMått\tSolna\tGR\tRiket\nVäntetid, dagar\t5\t6\t7\n"
    "Andel nöjda (%)\t50\t60\t70\n"
)
UNITS = "Personal 2023\n\nMått\t2022\t2023\nAntal tjänster\t2 450\t2 512\nMåttlighet\t45,2\t45,0\n"


def test_a_column_without_answer_is_withheld_and_the_others_read(run, root):
    path = take_in(run, root, GROUPS)
    read, told = figures(run, path)
    assert [value for _, value in read] == [5, 7, 50, 70]
    assert "kolumnen ”GR” i tabellen ”Jämförelse 2023” läses inte förrän frågorna om det är" in told
    assert run("source", "answer", "prov-2023", "place.gr=Stockholm").exit_code == 0
    assert [value for _, value in figures(run, path)[0]] == [5, 6, 7, 50, 60, 70]


def test_a_row_without_unit_is_withheld_and_the_others_read(run, root):
    path = take_in(run, root, UNITS)
    read, told = figures(run, path)
    assert read == [("Antal tjänster", 2450), ("Antal tjänster", 2512)]
    assert "raden ”Måttlighet” i tabellen" in told
    assert run("source", "answer", "prov-2023", "unit.mattlighet=index").exit_code == 0
    assert [value for _, value in figures(run, path)[0]] == [2450, 2512, 45.2, 45]


def test_the_text_of_a_withheld_column_is_kept_to_be_read_again(run, root):
    path = root / "prov.txt"
    path.write_text(GROUPS, encoding="utf-8")
    said = ("--kommun", "Solna", "--id", "prov-2023", "--date", "2024-01-31", "--accept-all")
    result = run("import", path, *said, input="j\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert run("source", "answer", "prov-2023", "place.gr=Stockholm").exit_code == 0
    assert [value for _, value in figures(run, "prov-2023")[0]] == [5, 6, 7, 50, 60, 70]


PROJECTS = (
    "Solna, projekt 2023 (mnkr)\n\nProjekt   Total budget   Budget 2023   Utfall 2023\n"
    "Ny skola          84,0          40,0          38,5\n"
    "Ny väg            22,5           9,0           7,5\n"
    "Summa            106,5          49,0          46,0\n"
)
LINES = (
    "Personal 2023\n\nMått   2022   2023\nAntal tjänster   245   251\n"
    "Måttlighet   45,2   45,0\nAntal chefer   21   22\n"
)


def test_an_open_column_of_page_text_is_withheld_alone(run, root):
    path = take_in(run, root, PROJECTS)
    read, told = figures(run, path)
    assert [value for _, value in read] == [40, 38.5, 9, 7.5, 49, 46]
    assert "kolumnen ”Total budget” i tabellen" in told
    assert run("source", "answer", "prov-2023", "period.total-budget=2023").exit_code == 0
    assert [value for _, value in figures(run, path)[0]][:3] == [84, 40, 38.5]


def test_an_open_row_of_page_text_is_withheld_alone(run, root):
    path = take_in(run, root, LINES)
    read, told = figures(run, path)
    assert [value for _, value in read] == [245, 251, 21, 22]
    assert "raden ”Måttlighet” i tabellen" in told


def test_tables_that_have_changed_places_next_year_are_the_same(run, root):
    def report(year, *tables):
        path = root / f"redovisning-{year}.txt"
        path.write_text("\n".join([f"Årsredovisning {year}", "", *tables]), encoding="utf-8")
        said = ("--kommun", "Solna", "--date", f"{year + 1}-02-01", "--accept-all", "--yes")
        result = run("import", path, *said)
        assert result.exit_code == 0, result.stdout + result.stderr
        return result.stdout

    def table(title, year, *figures):
        rows = "\n".join(f"Antal {name}\t{figure}" for name, figure in figures)
        return f"{title}\n\nMått\tUtfall {year}\n{rows}\n"

    staff = "Tabell 1. Personal", (("tjänster", 245), ("chefer", 21))
    homes = "Tabell 2. Boende", (("platser", 95), ("köande", 12))
    report(2023, *(table(title, 2023, *rows) for title, rows in (staff, homes)))
    told = report(
        2024,
        table(homes[0], 2024, ("platser", 97), ("köande", 14)),
        table(staff[0], 2024, ("tjänster", 251), ("chefer", 22)),
    )
    assert "samma tabeller och rader" in told
