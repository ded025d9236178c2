"""``ojmf import`` and ``source next``: nothing lands before a look at what it would change."""

import hashlib
import io
import json
import re
from types import SimpleNamespace

import openpyxl
import pytest

from ojmf.workspace import Workspace
from tests.cli.conftest import DOCUMENT
from tests.cli.test_source_new import REPORT, SOURCE

NEXT = (
    DOCUMENT.replace("Öppna jämförelser", "Öppna jämförelser 2025")
    .replace("Har plan", "Har en plan")
    .replace("Har råd\t\t10\t10", "Har tolk\tJA\t5\t6")
    .replace("Har rutin\tJA", "Har rutin\tNEJ")
)
FIGURES = """\
indicator_id;geo;period;value;answer
oj-prov.fraga-0;Solna;2023;;ja
oj-prov.fraga-0;01;2023;41,5;
kostnader.post-1;0184;2023-01/2023-08;-16,5;
"""


class Terminal(io.StringIO):
    """A stdin that a person sits at."""

    def isatty(self):
        return True


@pytest.fixture
def write(root):
    def written(name, text):
        path = root / name
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return written


def test_a_new_document_is_drafted_asked_about_and_checked(run, root, write):
    report = write("ny.txt", REPORT)
    options = ("--kommun", "Solna", "--id", "ny-2025")
    refused = run("import", report, *options, "--yes")
    assert refused.exit_code == 9
    assert "4 frågor är inte besvarade" in refused.stderr
    declined = run("import", report, *options, input="n\n")
    assert "Inget har skrivits" in declined.stderr
    assert not (root / SOURCE).exists()
    assert "Källan ny-2025, ett nytt dokument." in declined.stdout
    assert "unit.hyran: I vilken enhet är ”Hyran”? (rad 10–12)" in declined.stdout
    assert "Ändrar i arbetsytan: värden 9 nya." in declined.stdout
    assert "kontroller" in declined.stdout
    answers = ("symbol.2d=O", "unit.hyran=tkr", "unit.sum-a1=mkr", "date=2025-10-01")
    given = [part for answer in answers for part in ("--answer", answer)]
    taken = run("import", report, *options, *given, "--yes", "--fail-on", "never")
    assert taken.exit_code == 0, taken.stderr
    assert run("check").exit_code == 0
    again = run("import", report, "--yes", "--fail-on", "never")
    assert "Inget att skriva" in again.stderr
    assert "Ändrar i arbetsytan: inga värden." in again.stdout
    assert run("observations", "--source", "ny-2025").exit_code == 0


def test_findings_keep_a_file_out_where_nobody_is_asked(run, root, write):
    report = write(
        "vald.txt", "Solna 2025\n\nSvar\nFråga\tSolna\tLänet\nHar rutin\tJA\t140\nNy fråga\tJA\t5\n"
    )
    options = ("--kommun", "Solna", "--period", "2025", "--date", "2025-10-01", "--accept-all")
    stopped = run("import", report, *options, "--yes", "--format", "json")
    assert stopped.exit_code == 1
    assert "stoppar filen" in stopped.stderr
    assert not (root / "data/sources/vald").exists()
    told = json.loads(stopped.stdout)
    assert told["kind"] == "new"
    assert any(row["fails"] and "140" in row["message"] for row in told["findings"])
    # A row that the catalogue lacks is an indicator of the draft's own area.
    assert not any("hör till området" in row["message"] for row in told["findings"])


def test_next_years_document_is_known_by_its_form(run, root, write):
    report = write("ny.txt", NEXT)
    shown = run("import", report, input="")
    assert shown.exit_code == 9, shown.stderr
    assert "frågor är inte besvarade. Inget har skrivits. Svara med --answer" in shown.stderr
    assert "Källan prov-2025, nästa dokument efter prov-2024." in shown.stdout
    assert "1 ny fråga, 1 fråga borta, 1 fråga med annan lydelse" in shown.stdout
    assert "”Har en plan”, förut ”Har plan” (tabellen ”Svar”)" in shown.stdout
    assert "Har rutin, Solna: JA → NEJ" in shown.stdout
    asked = "indicator.har-en-plan"
    options = ("--answer", f"{asked}=ny", "--answer", "date=2025-10-11", "--retire")
    taken = run("source", "next", "prov-2024", report, *options, "--yes", "--fail-on", "never")
    assert taken.exit_code == 0, taken.stderr
    workspace = Workspace.open(root)
    source = workspace.source("prov-2025")
    assert (source.reporting_period, source.date.isoformat()) == ("2025", "2025-10-11")
    assert source.table[0].indicators == {"Har en plan": "oj-prov.har-en-plan"}
    asked_years = {row[0]: row[1:] for row in workspace.catalogue.asked().iter_rows()}
    assert asked_years["oj-prov.har-tolk"] == (2025, None)
    assert asked_years["oj-prov.har-en-plan"] == (2025, None)
    assert asked_years["oj-prov.fraga-3"] == (None, 2024)
    rows = json.loads(run("observations", "--source", "prov-2025", "--format", "json").stdout)
    assert {row["period_start"][:4] for row in rows} == {"2025"}
    compared = run("diff", "prov-2024", "prov-2025", "--format", "json")
    assert "observationer av olika perioder" in compared.stderr
    told = {
        (row["change"], row["row_label"], row["column_label"])
        for row in json.loads(compared.stdout)
    }
    assert {("changed", "Har rutin", "Solna"), ("added", "Har tolk", "Solna")} <= told
    assert ("changed", "Har plan", "Länet") not in told
    assert "2025" in (root / "data/sources/prov-2025/source.toml").read_text(encoding="utf-8")


def test_the_same_document_or_part_of_the_year_is_no_next_one(run, write):
    for period, wanted in (
        ("2024", "samma del"),
        ("2025-01/2025-04", "samma del"),
        (None, "vilket"),
    ):
        report = write("ny.txt", DOCUMENT + "Tillägg.\n")
        options = () if period is None else ("--period", period)
        refused = run("source", "next", "prov-2024", report, *options)
        assert refused.exit_code == 9
        assert wanted in refused.stderr


def test_a_file_of_figures_is_taken_as_it_is(run, root, write):
    taken = run("import", write("egna.csv", FIGURES), "--yes", "--date", "2024-02-01")
    assert taken.exit_code == 0, taken.stderr
    rows = json.loads(run("observations", "--source", "egna", "--format", "json").stdout)
    found = [
        (row["geo"], row["scenario"], row["unit"], row["value"], row["answer"]) for row in rows
    ]
    assert found == [
        ("0184", "outcome", "answer", None, "JA"),
        ("01", "share", "percent", 41.5, None),
        ("0184", "outcome", "MSEK", -16.5, None),
    ]
    assert run("check").exit_code == 0
    shown = run("import", write("egna.csv", FIGURES.replace("41,5", "42,5")), input="")
    assert "Ändrar i arbetsytan: värden 1 ändrade." in shown.stdout
    assert "41,5 → 42,5" in shown.stdout
    path = root / "data/sources/egna/observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("41.5", "43.5"), encoding="utf-8")
    told = run("check")
    assert told.exit_code == 6
    assert "importera filen igen" in told.stderr


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_template_is_filled_in_and_taken(run, root, suffix):
    path = root / f"mall{suffix}"
    assert run("import", "--template", path).exit_code == 0
    assert run("import", "--template", path).exit_code == 2
    empty = run("import", path)
    assert empty.exit_code == 5
    assert "inga rader" in empty.stderr
    row = ["oj-prov.fraga-1", "Solna", "2023", "", "NEJ"]
    if suffix == ".csv":
        path.write_text(path.read_text(encoding="utf-8-sig") + ";".join(row) + ";" * 5 + "\n")
    else:
        book = openpyxl.load_workbook(path)
        book["Värden"].append(row)
        book.save(path)
    assert "Läst: 1 värde." in run("import", path, input="").stdout


@pytest.mark.parametrize(
    ("name", "content", "code", "wanted"),
    [
        (".", b"", 3, "en mapp, inte en fil"),
        ("bild.png", b"\x89PNG\r\n\x1a\n", 3, "filen är en bild"),
        ("fil.pptx", b"PK\x05\x06" + bytes(18), 3, "av typen .pptx läses inte"),
        ("program", b"\x7fELF\0\0\0\0", 3, "utan filändelse läses inte"),
    ],
)
def test_what_is_no_document_is_told_for_what_it_is(run, root, name, content, code, wanted):
    if content:
        (root / name).write_bytes(content)
    result = run("import", name)
    assert result.exit_code == code
    assert wanted in result.stderr


def test_an_area_of_the_catalogue_is_not_written_over(run, root, write):
    report = write("oj-prov.txt", REPORT)
    before = (root / "data/indicators/oj-prov.toml").read_bytes()
    options = ("--kommun", "Solna", "--accept-all", "--yes", "--fail-on", "never")
    refused = run("import", report, *options, "--id", "oj-prov")
    assert refused.exit_code == 9
    assert "är ett område i katalogen; välj ett annat --id" in refused.stderr
    answers = (
        "--answer",
        "unit.hyran=tkr",
        "--answer",
        "unit.sum-a1=mkr",
        "--answer",
        "symbol.2d=O",
    )
    taken = run("import", report, *options, *answers)
    assert taken.exit_code == 0, taken.stderr
    assert (root / "data/sources/oj-prov-2/source.toml").is_file()
    assert (root / "data/indicators/oj-prov.toml").read_bytes() == before


IDENTITIES = {
    "Nyckeltal-id": ("N15428", "N31807"),
    "Nyckeltalsid": ("15428", "31807"),
    "Register": ("U09400", "U09401"),
    "Ruta": ("A12", "B13"),
    "Beteckning": ("SKL-3", "SKL-14"),
    "Objekt": ("550e8400-e29b-41d4-a716-446655440000", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    "Postnummer": ("17154", "16970"),
    "Uttagsdatum": ("20240131", "20240201"),
    "Objektnr": ("00312", "14010"),
}


@pytest.mark.parametrize(("header", "cells"), IDENTITIES.items(), ids=list(IDENTITIES))
def test_a_column_of_identities_beside_the_names_is_ignored_and_no_figure(run, root, header, cells):
    lines = [f"Kommun;Kommun-id;Nyckeltal;{header};Kön;2021;2022"]
    for number, (place, code) in enumerate((("Solna", "0184"), ("Stockholm", "0180"))):
        for name, cell in zip(("Behöriga elever (%)", "Nöjda elever (%)"), cells, strict=True):
            row = f"{place};{code};{name};{cell}"
            lines += [f"{row};{sex};8{number},5;77,{number}" for sex in ("K", "M", "T")]
    (root / "uttag.csv").write_bytes("\r\n".join(lines).encode("cp1252"))
    options = ("--kommun", "Solna", "--period", "2022", "--date", "2023-02-01", "--yes")
    taken = run("import", "uttag.csv", *options)
    assert taken.exit_code == 0, taken.stderr
    rows = json.loads(run("observations", "--source", "uttag", "--format", "json").stdout)
    assert len(rows) == 24
    assert {row["value"] for row in rows} == {80.5, 81.5, 77.0, 77.1}
    assert len({row["indicator_id"] for row in rows}) == 2
    assert {row["column_label"] for row in rows} == {
        f"{place} {sex} {year}"
        for place in ("Solna", "Stockholm")
        for sex in ("kvinnor", "män", "båda könen")
        for year in (2021, 2022)
    }
    source = Workspace.open(root).source("uttag")
    assert source.reporting_period == "2022"
    column = source.table[0].columns[3]
    assert (column.content, column.ignore) == ("text", "löpnummer eller kod")


def test_identities_that_alone_tell_rows_apart_are_their_names(run, root):
    rows = "".join(f"Andel;{name};4{name[-1]}\n" for name in ("U09401", "U09402", "U09403"))
    (root / "uttag.csv").write_text("Nyckeltal;Nyckeltal-id;2022\n" + rows, encoding="utf-8")
    run("import", "uttag.csv", "--kommun", "Solna", "--accept-all", "--yes", "--fail-on", "never")
    shown = json.loads(run("observations", "--source", "uttag", "--format", "json").stdout)
    assert sorted(row["value"] for row in shown) == [41, 42, 43]


def test_nothing_is_written_where_nobody_is_there_to_say_yes(run, root, write):
    options = ("import", write("egna.csv", FIGURES), "--date", "2024-02-01")
    for said in ("", "n\n"):
        told = run(*options, input=said)
        assert told.exit_code == 2
        assert "inget har skrivits" in told.stderr
        assert "[j/N]" not in told.stderr
        assert "Läst: 3 värden." in told.stdout
        assert not (root / "data/sources/egna").exists()
    assert run(*options, input="j\n").exit_code == 0


def test_a_person_is_told_of_open_questions_before_being_asked(run, write, monkeypatch):
    options = ("import", write("ny.txt", REPORT), "--kommun", "Solna", "--id", "ny-2025")
    monkeypatch.setattr("ojmf.cli.import_file.sys", SimpleNamespace(stdin=Terminal()))
    declined = run(*options, input="n\n")
    assert declined.exit_code == 0
    told = declined.stderr
    assert "4 frågor är inte besvarade. Svara i samma kommando med --answer NYCKEL=SVAR" in told
    assert told.index("--answer") < told.index("[j/N]") < told.index("Inget har skrivits.")
    unknown = run("source", "questions", "ny-2025")
    assert unknown.exit_code == 9
    assert "inte skrivit något" in unknown.stderr
    assert "--answer NYCKEL=SVAR, eller gör ett utkast med ojmf source new" in unknown.stderr


def test_a_period_of_several_years_is_refused_with_the_one_to_write(run, write):
    report = write("ny.txt", REPORT)
    refused = run("import", report, "--kommun", "Solna", "--period", "2021/2023")
    assert refused.exit_code == 2
    assert "skriv det sista, 2023" in refused.stderr
    undated = write("tal.csv", "Nyckeltal;Antal\nElever;41\nLärare;7\n")
    said = ("--kommun", "Solna", "--answer", "reporting-period=2021/2023")
    refused = run("import", undated, *said)
    assert refused.exit_code == 9
    assert "är flera år; skriv det sista, 2023" in refused.stderr


def test_the_groups_whose_figures_are_filed_are_named(run, write):
    rows = "Kommun;År;Mått;Värde\nSolna;2024;Nöjda, %;71\nMedel KKiK;2024;Nöjda, %;70\n"
    told = run("import", write("kkik.csv", rows), "--accept-all", input="").stdout
    assert "Grupper av kommuner, som blir platser för sig: ”Medel KKiK”" in told


def test_a_file_or_a_template_is_needed_and_a_workspace(run, tmp_path, monkeypatch):
    assert run("import").exit_code == 2
    monkeypatch.chdir(tmp_path)
    outside = run("import", "egna.csv")
    assert outside.exit_code == 2
    assert "ojmf init" in outside.stderr


def test_what_a_source_gave_before_is_kept_and_what_rests_on_it_is_named(run, root, write):
    cited = run("cite", "oj-prov.fraga-0", "--kommun", "Solna").stdout
    assert run("cite", "oj-prov.fraga-0", "--kommun", "Solna").stdout == cited
    rows = (root / "data/citations.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 2
    identity = rows[1].split(",")[0]
    assert f"[{identity}]" in cited
    assert "gäller:" in run("verify-citation", identity).stdout
    source = root / "data/sources/prov-2024/source.toml"
    report = write("report.txt", DOCUMENT.replace("Har rutin\tJA\t40", "Har rutin\tJA\t43"))
    text = source.read_text(encoding="utf-8")
    digest = hashlib.sha256(report.read_bytes()).hexdigest()
    source.write_text(re.sub(r"[0-9a-f]{64}", digest, text), encoding="utf-8")
    taken = run("import", report, "--yes", "--fail-on", "never")
    assert taken.exit_code == 0, taken.stderr
    assert "1 värde är ett annat än förut i samma källa" in taken.stdout
    assert "Har rutin, Länet: 40 → 43" in taken.stdout
    assert f"hänvisningar: {identity}" in taken.stdout
    told = run("verify-citation", identity)
    assert told.exit_code == 1
    assert "uppgiften är reviderad; den gjordes med JA mot 40 procent" in told.stdout
    assert "Länet: ”40” blev ”43”" in told.stdout
    (root / "data/sources/prov-2024").rename(root / "bort")
    assert "uppgiften är borta" in run("verify-citation", identity).stdout


def test_a_report_leaves_its_citations(run, root):
    made = run("report", "--kommun", "Solna", "--output", "rapport.docx")
    assert made.exit_code == 0, made.stderr
    rows = (root / "data/citations.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) > 1
    assert all(",rapport.docx," in row for row in rows[1:])
    assert run("check").exit_code == 0


def test_a_finding_in_a_workbook_is_cited_by_its_cell(run, root):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Svar"
    for row in (["Solna 2025"], [], ["Fråga", "Solna", "Länet"], ["Har rutin", "JA", 140]):
        sheet.append(row)
    book.save(root / "svar.xlsx")
    options = ("--kommun", "Solna", "--period", "2025", "--date", "2025-10-01", "--accept-all")
    shown = run("import", "svar.xlsx", *options, input="")
    assert "svar blad Svar, cell C4: " in shown.stdout


def test_an_answer_can_be_given_anew(run, root, write):
    answers = ("symbol.2d=O", "unit.hyran=tkr", "unit.sum-a1=mkr", "date=2025-10-01")
    given = [part for answer in answers for part in ("--answer", answer)]
    options = ("--kommun", "Solna", "--id", "ny-2025", *given, "--yes", "--fail-on", "never")
    assert run("import", write("ny.txt", REPORT), *options).exit_code == 0
    told = json.loads(run("source", "questions", "ny-2025", "--answered", "-f", "json").stdout)
    assert {row["key"]: row["answer"] for row in told} == dict(a.split("=") for a in answers)
    before = (root / SOURCE).read_text(encoding="utf-8")
    anew = run("source", "answer", "ny-2025", "unit.hyran=mkr", "date=2025-10-02")
    assert anew.exit_code == 0, anew.stderr
    assert "Läs nu in filen med ojmf import ny.txt" in anew.stderr
    after = (root / SOURCE).read_text(encoding="utf-8")
    changed = list(zip(before.split("\n"), after.split("\n"), strict=True))
    changed = [(was, now) for was, now in changed if was != now]
    assert ("date = 2025-10-01", "date = 2025-10-02") in changed
    assert len(changed) == 2
    assert run("check").exit_code == 0
    refused = run("source", "answer", "ny-2025", "unit.okänd=mkr")
    assert "Ingen fråga har nyckeln unit.okänd" in refused.stderr
    assert "source questions ID --answered" in refused.stderr
    write(SOURCE, after.replace("date = 2025-10-02", "date = 2025-10-03"))
    edited = run("source", "answer", "ny-2025", "date=2025-10-04")
    assert edited.exit_code == 9
    assert "svaret är ändrat för hand" in edited.stderr


def workbook(path, **other):
    """A workbook of costs for 2025, with some of its figures otherwise."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kostnader"
    figures = {"Hemtjänst": 1250, "Särskilt boende": 3475, "Stöd": 870, "Ledning": 312}
    rows = (figures | other).items()
    for row in (["Post", "Utfall 2025, tkr"], *[[name, value] for name, value in rows]):
        sheet.append(row)
    book.save(path)
    return path


def own_workbook(run, root):
    options = ("--kommun", "Solna", "--period", "2025", "--date", "2026-02-01", "--accept-all")
    taken = run("import", workbook(root / "utgifter.xlsx"), *options, "--yes")
    assert taken.exit_code == 0, taken.output
    return len(Workspace.open(root).indicators)


def of_2025(run):
    rows = json.loads(run("observations", "--source", "utgifter", "--format", "json").stdout)
    return {row["row_label"]: row["value"] for row in rows}


def test_a_new_edition_is_a_revision_of_its_source(run, root):
    indicators = own_workbook(run, root)
    path = root / "data/sources/utgifter/source.toml"
    path.write_text("# Granskad.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    edition = workbook(root / "rättad.xlsx", Stöd=871)
    for refused in (
        run("import", edition, "--kommun", "Solna", "--id", "n2"),
        run("source", "new", edition, "--kommun", "Solna", "--id", "n2"),
    ):
        assert refused.exit_code == 9
        assert "en ny utgåva av utgifter: samma tabeller, och 75 procent" in refused.stderr
        assert "rättad.xlsx --source utgifter" in refused.stderr
    told = json.loads(run("import", edition, "--format", "json", input="").stdout)
    assert (told["kind"], told["source_id"], told["questions"]) == ("edition", "utgifter", [])
    assert [(row["old"], row["new"]) for row in told["revised"]] == [("0.87", "0.871")]
    taken = run("import", edition, "--yes", "--fail-on", "never")
    assert taken.exit_code == 0, taken.output
    assert "Stöd, Utfall 2025, tkr: 0,87 → 0,871" in taken.stdout
    assert of_2025(run) == pytest.approx(
        {"Hemtjänst": 1.25, "Särskilt boende": 3.475, "Stöd": 0.871, "Ledning": 0.312}
    )
    assert path.read_text(encoding="utf-8").startswith("# Granskad.\n")
    assert len(Workspace.open(root).indicators) == indicators
    revisions = (path.parent / "revisions.csv").read_text(encoding="utf-8")
    assert ",0.87,0.871," in revisions
    assert revisions.rstrip().endswith(",ny utgåva")
    assert "Inget att skriva" in run("import", edition, "--yes").stderr


def test_a_new_edition_may_have_other_rows(run, root):
    own_workbook(run, root)
    edition = workbook(root / "utgifter.xlsx", Lokaler=99, Ledning=313)
    taken = run("import", edition, "--yes", "--fail-on", "never")
    assert taken.exit_code == 0, taken.output
    assert "Källan utgifter, en ny utgåva av dess dokument" in taken.stdout
    assert "1 ny fråga" in taken.stdout
    assert "”Lokaler” blir utgifter.lokaler" in taken.stdout
    found = of_2025(run)
    assert (found["Lokaler"], found["Ledning"]) == (0.099, 0.313)
    assert "0.312,0.313" in (root / "data/sources/utgifter/revisions.csv").read_text("utf-8")


def test_another_document_of_the_same_form_is_none_of_a_sources_editions(run, root):
    own_workbook(run, root)
    options = ("--kommun", "Solna", "--period", "2025", "--accept-all", "--yes")
    figures = {"Hemtjänst": 1, "Särskilt boende": 2, "Stöd": 3, "Ledning": 4}
    asked = run("import", workbook(root / "utgifter.xlsx", **figures), *options)
    assert asked.exit_code == 9
    assert "samma tabeller som utgifter, men bara 0 procent" in asked.stderr
    other = run("import", workbook(root / "annan.xlsx", **figures), *options)
    assert "Källan annan, ett nytt dokument." in other.stdout
    copied = workbook(root / "kopia.xlsx", Stöd=5)
    separate = run("import", copied, *options, "--separate", "--id", "kopia")
    assert "Källan kopia, ett nytt dokument." in separate.stdout
    later = (*options[:3], "2026", *options[4:])
    assert "en ny utgåva" not in run("import", copied, *later, "--id", "kopia-2").stdout
