"""A wrong command line, and faulty files, are told in Swedish, with what to do."""

import re

import pytest

from tests.cli.test_source_new import REPORT

SOURCE = "data/sources/prov-2024/source.toml"
ENGLISH = re.compile(
    r"\b(error|missing|invalid|value|should|expected|input|unable|no such|or|requires|file)\b", re.I
)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["gapz"], "kommandot ”gapz” finns inte. Menade du gaps? Se ojmf --help."),
        (["source", "neww"], "kommandot ”neww” finns inte. Menade du new?"),
        (["chart", "zzzzzz"], "kommandot ”zzzzzz” finns inte. Det finns gaps, areas, trend."),
        (["gaps"], "--kommun saknas. Ange --kommun NAMN|KOD|LÄN|GRUPP|alla (var och en för sig)"),
        (["verify-citation"], "ID saknas. Ange ID."),
        (["gaps", "--komun", "Solna"], "flaggan --komun finns inte. Menade du --kommun?"),
        (["gaps", "-z"], "flaggan -z finns inte."),
        (["gaps", "--mot", "lan"], "flaggan --mot finns inte. Menade du --against?"),
        (["indicators", "--mot", "lan"], "flaggan --mot finns inte. Se ojmf indicators"),
        (["gaps", "--år", "2024"], "flaggan --år finns inte. Menade du --period?"),
        (["--rot", "x"], "flaggan --rot finns inte. Skriv flaggor efter kommandot."),
        (["gaps", "--kommun"], "--kommun saknar sitt värde."),
        (["gaps", "--quiet=ja"], "--quiet tar inget värde."),
        (["gaps", "--kommun", "Solna", "stad"], "”stad” är ett argument för mycket."),
        (["gaps", "--kommun", "Solna", "--top", "x"], "--top är ”x”, väntade ett heltal."),
        (["gaps", "--kommun", "Solna", "--top", "0"], "--top är ”0”, väntade minst 1."),
        (
            ["gaps", "--kommun", "Solna", "-f", "jsn"],
            "--format är ”jsn”, väntade någon av table, csv, json, ndjson, md. Menade du json?",
        ),
        (["report", "--date", "2024-13-01"], "”2024-13-01”, väntade ett datum som 2024-08-31."),
        (["source", "answer", "x", "--accept", "200"], "--accept är ”200”, väntade högst 100."),
    ],
)
def test_a_wrong_command_line_is_told_in_swedish(run, arguments, wanted):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("fel: ")
    assert wanted in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_is_asked_and_not_answered_is_broken_off(run, root):
    (root / "ny.txt").write_text(REPORT, encoding="utf-8")
    assert run("source", "new", "ny.txt", "--kommun", "Solna", "--id", "ny").exit_code == 0
    result = run("source", "answer", "ny", "--interactive", input="")
    assert result.exit_code == 130
    assert result.stderr.endswith("Avbrutet.\n")


def faults(run, root, *changes, name=SOURCE):
    path = root / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    result = run("check")
    assert result.exit_code == 6
    told = result.stderr.replace(str(root), "")
    assert ENGLISH.findall(told.replace("source.toml", "")) == []
    return told


def test_all_faults_of_a_declaration_are_told_at_once(run, root):
    told = faults(
        *(run, root),
        ("date = 2024-10-11", 'date = "i går"'),
        ("rows = 4", 'rows = "fyra"'),
        ('area = "kostnader"', 'area = "kostnad"'),
        ('id = "prov-2024"', 'id = "prov"'),
        ('scenario = "share"', 'scenario = "andel"'),
    )
    for wanted in (
        "date är ”i går”, väntade ett datum som 2024-08-31",
        "table ”svar”, rows är ”fyra”, väntade ett heltal",
        "table ”svar”, columns ”Länet”, scenario är ”andel”, väntade ”outcome”, ",
        "tabellen kostnader: området ”kostnad” finns inte i data/indicators",
        "id är ”prov”, väntade mappens namn ”prov-2024”",
    ):
        assert wanted in told


def test_an_entry_of_a_list_is_named(run, root):
    told = faults(
        *(run, root, ('method = "answer"', 'method = "answer"\ntolerance = -2')),
        name="data/indicators/oj-prov.toml",
    )
    assert "indicator ”oj-prov.fraga-0”, tolerance är -2, väntade minst 0" in told


def test_toml_that_cannot_be_read_is_told_by_its_line(run, root):
    told = faults(run, root, ('title = "Prov 2024"', 'title = "Prov 2024'))
    assert "source.toml rad 2, tecken 19: inte giltig TOML" in told


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("indicator_id;geo\n", "kolumnerna är indicator_id;geo, väntade indicator_id, geo, period"),
        ("a,b\n1,2,3\n", "en rad har fler fält än rubriken"),
        ("", "kolumnerna är inga, väntade indicator_id"),
        (
            "indicator_id,geo,period,target,source\nx,0184,2024,en,y\n",
            "targets.csv rad 2: target är ”en”, väntade ett tal med decimalpunkt",
        ),
    ],
)
def test_a_register_that_cannot_be_read(run, root, content, wanted):
    (root / "data/targets.csv").write_text(content, encoding="utf-8")
    assert wanted in faults(run, root, name="data/targets.csv")


@pytest.mark.parametrize("command", ["status", "areas", "worth", "cite oj-missbruk.ips"])
def test_a_code_that_is_meant_as_a_year_says_which_years_there_are(
    run, tmp_path, monkeypatch, command
):
    monkeypatch.chdir(tmp_path)
    told = run(*command.split(), "--kommun", "Solna", "--against", "2031")
    assert told.exit_code == (0 if command in {"status", "areas"} else 9)
    assert "jämförs med --against fjolaret --since 2031; uppgifter finns för 2" in told.stderr
    assert "--since" not in run(*command.split(), "--kommun", "Solna", "--against", "riket").stderr


def test_indicators_are_listed_whatever_is_wrong_beside_them(run, root):
    (root / SOURCE).write_text("trasig =", encoding="utf-8")
    listed = run("indicators", "--format", "csv")
    assert listed.exit_code == 0
    assert "oj-prov.fraga-0" in listed.stdout
    assert run("sources").exit_code == 6


@pytest.mark.parametrize(
    ("command", "against", "wanted"),
    [
        ("gaps", "2019", "”2019” är ett år och ingen plats. Ett tidigare år jämförs med"),
        ("status", "2019", "uppgifter finns för 2024."),
        ("chart gaps --output a.svg", "2019", "--against fjolaret --since 2019; uppgifter finns"),
        ("chart gaps --output a.svg", "2031", "både Solna och Rättvik. Ett tidigare år jämförs"),
        ("chart gaps --output a.svg", "2031", "--since 2031; uppgifter finns för 2024. Välj"),
        ("table --output a.md", "2031", "Inget som Solna har uppgifter om kan ställas mot Rättvik"),
        ("table --output a.md", "2031", "uppgifter finns för 2022, 2023, 2024, 2025. Utelämna"),
        ("cite oj-missbruk.ips", "2019", "”2019” är ett år och ingen plats. Ett tidigare år"),
        ("gaps", "Sålna", "Menade du Solna eller Sala? Att jämföra med finns lan, riket, fjolaret"),
        ("gaps", "0184", "Solna kan inte jämföras med sig självt. Välj ”lan”, ”riket” eller en"),
    ],
)
def test_a_reference_that_is_none_says_what_can_be_chosen(
    run, tmp_path, monkeypatch, command, against, wanted
):
    monkeypatch.chdir(tmp_path)
    result = run(*command.split(), "--kommun", "Solna", "--against", against)
    assert result.exit_code == 9
    assert wanted in result.stderr
    assert "(0139)" not in result.stderr
