"""What each command prints, and in which formats."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl
import pytest

from ojmf.compare.frame import FRAME
from ojmf.ingest.source import ACCOUNT
from ojmf.schema import COMPARISONS, OBSERVATIONS

SPACE = "\u00a0"
CODES = {"geo": pl.String, "reference_geo": pl.String, "raw": pl.String, "area_id": pl.String}


def lines(text: str) -> list[list[str]]:
    """The cells of a printed table, row by row."""
    return [
        [cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.split("\n")
    ]


def test_areas_are_shown_in_swedish(run) -> None:
    heading, _, row, *_ = lines(run("areas", "--kommun", "Solna").stdout)
    expected = {
        "Område": "Prov av svar",
        "Indikatorer": "4",
        f"●{SPACE}Grön": "1",
        f"◐{SPACE}Gul": "1",
        f"■{SPACE}Röd": "1",
        f"○{SPACE}Inget svar": "1",
        "Andel JA (%)": "33,3",
        "Länet (%)": "68,0",
        "Riket (%)": "43,3",
        "Skillnad mot länet": "−34,7",
        "Skillnad mot riket": "−10,0",
        "Medelvärde av svaren": "50,0",
    }
    assert dict(zip(heading, row, strict=True)) == expected


def test_gaps_are_shown_with_the_most_negative_first_and_their_place(run) -> None:
    title, _, heading, _, *rows = lines(run("gaps", "--kommun", "0184").stdout)
    assert title == ["Solna mot Stockholms län, skillnad i procentenheter"]
    assert heading[-3:] == ["Skillnad", "Dokument", "Rad"]
    assert [row[-3:] for row in rows if row] == [
        ["−89", "Prov 2024", "7"],
        ["−25", "Prov 2024", "6"],
        ["+60", "Prov 2024", "5"],
    ]


def test_gaps_can_be_cut_and_taken_against_the_country(run) -> None:
    result = run("gaps", "--kommun", "solna", "--against", "riket", "--top", 1, "-f", "json")
    (row,) = json.loads(result.stdout)
    assert (row["label"], row["reference_geo"], row["gap"]) == ("Har plan", "00", -30.0)


def test_status_is_a_word_and_a_symbol(run) -> None:
    shown = run("status", "--kommun", "Solna").stdout
    assert [
        label in shown
        for label in (f"●{SPACE}Grön", f"◐{SPACE}Gul", f"■{SPACE}Röd", f"○{SPACE}Inget svar")
    ] == [True] * 4


TRACED = [
    *("reason", "place", "reference_place"),
    *("reference_origin", "reference_counted", "reference_members"),
    *("mark", "reference_mark"),
]
"""Why a figure is missing, where both are printed and how they are marked."""


@pytest.mark.parametrize("command", ["status", "gaps"])
def test_comparisons_have_the_columns_of_the_schema_in_csv(run, command: str) -> None:
    text = run(command, "--kommun", "Solna", "--format", "csv").stdout
    frame = pl.read_csv(io.StringIO(text), schema_overrides=CODES)
    first = [*COMPARISONS.names(), *TRACED]
    assert frame.columns[: len(first)] == first
    assert set(FRAME) <= set(frame.columns)
    assert set(frame["geo"]) == {"0184"}


def test_observations_survive_csv(run) -> None:
    """CSV read back by the schema is what JSON says, codes, dates and blanks included."""
    text = run("observations", "--format", "csv").stdout
    assert "\r" not in text
    frame = pl.read_csv(io.StringIO(text), schema=OBSERVATIONS)
    assert json.loads(frame.write_json()) == json.loads(
        run("observations", "--format", "json").stdout
    )
    blank = frame.filter(pl.col("raw") == "")
    assert blank["answer"].to_list() == [None]
    assert blank["note"].to_list() == ["ej svar"]
    assert text.split("\n")[12].startswith("prov-2024,Prov 2024,8,Svar")


def test_ndjson_is_one_object_per_line(run) -> None:
    rows = [json.loads(line) for line in run("ingest", "-f", "ndjson").stdout.splitlines()]
    assert len(rows) == 14
    assert list(rows[0]) == OBSERVATIONS.names()
    assert (rows[0]["answer"], rows[0]["value"], rows[0]["period_start"]) == (
        "JA",
        None,
        "2024-01-01",
    )


def test_markdown_is_swedish_with_figures_to_the_right(run) -> None:
    heading, rule, *rows = run(
        "observations", "--area", "kostnader", "-f", "md"
    ).stdout.splitlines()
    assert heading.startswith("| Källa | Rad | Etikett | Kolumn | Värde |")
    assert rule.startswith("| --- | ---: | --- | --- | ---: |")
    assert f"| 1{SPACE}234,5 | mnkr | Solna | utfall | 2024-01–2024-08 |  |" in rows[0]
    assert "| −17,25 | mnkr |" in rows[1]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kommun", "Solna"], 6),
        (["--kommun", "riket"], 4),
        (["--area", "Prov av svar"], 12),
        (["--source", "prov-2024", "--area", "kostnader"], 2),
        (["--indicator", "oj-prov.fraga-2"], 3),
        (["--period", "2024"], 14),
        (["--period", "2024-01/2024-08"], 2),
    ],
)
def test_observations_are_narrowed(run, options: list[str], expected: int) -> None:
    assert len(json.loads(run("observations", *options, "-f", "json").stdout)) == expected


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--kommun", "Sollna"], 9, "Solna"),
        (["--source", "prov-2025"], 9, "prov-2024"),
        (["--area", "kostnad"], 9, "kostnader"),
        (["--indicator", "oj-prov.frga-0"], 9, "oj-prov.fraga-0"),
        (["--period", "1999"], 9, "Inga uppgifter stämmer"),
        (["--period", "igår"], 2, "”igår” är ingen period"),
    ],
)
def test_a_selection_without_match_is_explained(
    run, options: list[str], code: int, message: str
) -> None:
    result = run("observations", *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("fel: ")
    assert message in result.stderr


def test_the_account_of_every_table(run) -> None:
    result = run("ingest", "--audit", "-f", "json")
    rows = json.loads(result.stdout)
    assert list(rows[0]) == ACCOUNT.names()
    assert [(row["table"], row["cells"], row["blank"]) for row in rows] == [
        ("Svar", 12, 1),
        ("Kostnader", 2, 0),
    ]
    assert "2 tabeller med 14 celler: 13 lästa" in result.stderr
    assert result.exit_code == 0


def test_a_figure_that_nothing_claims_fails_the_audit(run, monkeypatch) -> None:
    """The account comes out whole, then the exit code tells."""
    from ojmf.ingest.source import Ingested, resolve

    def leaky(read) -> Ingested:
        whole = resolve(read)
        account = whole.account.with_columns(
            unexplained=pl.Series([3, 0], dtype=ACCOUNT["unexplained"])
        )
        return Ingested(whole.observations, whole.findings, account)

    monkeypatch.setattr("ojmf.ingest.source.resolve", leaky)
    result = run("ingest", "--audit", "-f", "csv")
    assert result.exit_code == 5
    assert len(result.stdout.splitlines()) == 3
    assert "fel: prov-2024: tabellen ”Svar” (rad 3–8) har 3 tal" in result.stderr


def test_a_whole_document_gives_the_same_observations_as_its_extract(run) -> None:
    of_source = run("ingest", "prov-2024", "-f", "csv")
    of_file = run("ingest", "report.txt", "-f", "csv")
    assert of_file.stdout == of_source.stdout
    assert of_file.stderr == ""


def test_a_new_edition_needs_its_source_and_is_told(run, root: Path) -> None:
    later = root / "later.txt"
    text = (root / "report.txt").read_text(encoding="utf-8")
    later.write_text(text + "Tillägg.\n", encoding="utf-8")
    unknown = run("ingest", later)
    assert unknown.exit_code == 4
    assert "--source" in unknown.stderr
    known = run("ingest", later, "--source", "prov-2024", "--quiet", "-f", "csv")
    assert known.exit_code == 0
    assert known.stdout == run("ingest", "-f", "csv").stdout
    assert known.stderr.startswith("varning: prov-2024: ")
    assert len(known.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["prov-2025"], 9, "Källan ”prov-2025” finns inte"),
        (["missing.txt"], 3, "missing.txt: filen kan inte läsas"),
        (["prov-2024", "--source", "prov-2024"], 2, "--source gäller filer"),
        (["report.txt", "--source", "nothing"], 9, "Källan ”nothing” finns inte"),
    ],
)
def test_what_cannot_be_ingested(run, arguments: list[str], code: int, message: str) -> None:
    result = run("ingest", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_an_extract_goes_to_stdout_or_a_file(run, root: Path) -> None:
    shown = run("extract", "report.txt").stdout
    assert shown == (root / "data/sources/prov-2024/extract.txt").read_text(
        encoding="utf-8"
    ).replace("1\tProv av Öppna jämförelser\n", "", 1).replace("15\tSlut.\n", "")
    assert run("extract", "report.txt", "-o", "new/extract.txt").stdout == ""
    assert (root / "new/extract.txt").read_bytes() == shown.encode()


def test_sources_and_indicators_are_listed(run) -> None:
    (source,) = json.loads(run("sources", "-f", "json").stdout)
    assert (source["source_id"], source["geo"], source["date"], source["tables"]) == (
        "prov-2024",
        "0184",
        "2024-10-11",
        2,
    )
    assert len(json.loads(run("indicators", "-f", "json").stdout)) == 6
    narrowed = json.loads(run("indicators", "--area", "kostnader", "-f", "json").stdout)
    assert [row["name"] for row in narrowed] == ["=SUM(A1)", "Hyror"]
    assert narrowed[0]["synonyms"] == []


def test_check_tells_every_fault(run, root: Path) -> None:
    assert run("check").stdout == "Inga fel i 1 källa, 2 områden och 6 indikatorer.\n"
    declaration = root / "data/sources/prov-2024/source.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(
        text.replace('"oj-prov"', '"oj-annat"').replace('geo = "01"', 'geo = "99"'),
        encoding="utf-8",
    )
    result = run("check")
    assert (result.exit_code, result.stdout) == (6, "")
    faults = result.stderr.splitlines()
    assert len(faults) == 2
    assert all(fault.startswith("fel: ") and "source.toml" in fault for fault in faults)


def test_a_folder_that_is_no_workspace_is_a_fault(run, tmp_path: Path) -> None:
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 6
    assert "ingen arbetsyta" in result.stderr


def test_the_embedded_data_is_told_of_unless_quiet(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check").stderr.startswith("Använder de inbyggda uppgifterna (")
    assert run("check", "--quiet").stderr == ""
