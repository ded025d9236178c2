"""A document of another period or municipality is never read under the declared one."""

from datetime import date

import pytest

from ojmf.errors import TableError
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document
from ojmf.ingest.other_document import another_place, strange_times
from ojmf.ingest.reading import read
from ojmf.intake.editions import edition_of
from ojmf.workspace import Workspace
from tests.unit.ingest.builder import QUESTIONS, ingest, source

TABLE = """Frågor
Indikator\tKommunen\tLänet\tKommentar
Första frågan\tJA\t40\t
"""
CODES = {"Nacka": "0182", "Borås": "1490"}
OTHER = "1" * 64  # the declared period is January to August 2024, the date 2024-09-01


@pytest.mark.parametrize(
    "opening",
    [
        "Redovisning 2025\nNämnden 2025-09-15\n",
        "Redovisning 2025\nNämnden 2025-09-15, jämfört med 2024\n",
        "Redovisning 2023\n",
        "Redovisning januari–augusti 2025\n",
    ],
)
def test_a_document_that_opens_with_another_year_is_refused(opening):
    with pytest.raises(TableError) as caught:
        ingest(QUESTIONS, opening + TABLE, OTHER)
    (fault,) = caught.value.faults
    year = "2023" if "2023" in opening else "2025"
    assert f"rad 1: dokumentet gäller {year} (”Redovisning" in fault
    assert "deklarerar perioden 2024-01/2024-08" in fault


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "Redovisning\n",
        "Redovisning 2024\nBehandlas 2025-02-10\n",
        "Delårsrapport augusti 2024\nMed budget 2025\n",
        "Redovisning 2024\nEnligt lagen (2001:453)\n",
        "Enligt SFS 2018:1197\n",
        "Dnr 120251\n",
    ],
)
def test_a_later_edition_of_the_same_period_is_read(opening):
    assert ingest(QUESTIONS, opening + TABLE, OTHER).observations.height == 2


def test_what_stands_behind_the_first_table_says_nothing_of_the_period():
    assert ingest(QUESTIONS, f"{TABLE}\nPlan för 2025 och 2026\n", OTHER).observations.height == 2


def test_the_declared_document_and_its_extract_are_not_asked():
    for sha256 in (None, "0" * 64):
        assert ingest(QUESTIONS, "Redovisning 2025\n" + TABLE, sha256).observations.height == 2


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("Provrapport 2025\nNämnden 2024\n", ["Provrapport 2025"]),
        ("# **PROVRAPPORT 2023**\nÅr 2024\n", ["PROVRAPPORT 2023"]),
        ("Provrapport 2024\n2025-09-01\n", ["2025-09-01"]),
        ("Provrapport 2024\n2024-09-02\n", []),
        ("Provrapport 2024\nBehandlas 2025-02-10\nBudget 2025\n", []),
    ],
)
@pytest.mark.parametrize("sha256", [OTHER, "0" * 64])
def test_a_title_or_day_of_another_year_is_told_of_another_edition(opening, told, sha256):
    declared = source(QUESTIONS).model_copy(update={"title": "Provrapport 2024"})
    document = Document("prov.txt", (opening + TABLE).split("\n"), sha256)
    found = strange_times(declared, document, 60)
    assert found["raw"].to_list() == (told if sha256 == OTHER else [])
    assert set(found["severity"]) <= {"warning"}


@pytest.mark.parametrize(
    ("title", "opening", "told"),
    [
        ("Rapport per augusti 2024", "RAPPORT PER APRIL 2024\n", ["RAPPORT PER APRIL 2024"]),
        ("Rapport per augusti 2024", "Rapport per augusti 2024\nRapport per nämnd 2024\n", []),
        ("Tertialrapport 2 2024", "Tertialrapport 1 2024\n", ["Tertialrapport 1 2024"]),
        ("Rapport (T2)", "Rapport (T3)\n", ["Rapport (T3)"]),
        ("Rapport", "Rapport\n", []),
        ("Plan 2023", "Plan 2022\n", ["Plan 2022"]),  # the year that it is dated in
        ("Plan 2024–2026", "Plan 2025–2027\n", ["Plan 2025–2027"]),
        ("Plan 2024–2026", "Plan 2024–2026\n", []),
    ],
)
def test_a_title_of_another_part_of_the_year_is_told(title, opening, told):
    dated = {"date": date(2022, 12, 21)} if "2023" in title else {}
    declared = source(QUESTIONS).model_copy(update={"title": title} | dated)
    document = Document("prov.txt", (opening + TABLE).split("\n"), OTHER)
    assert strange_times(declared, document, 60)["raw"].to_list() == told


@pytest.mark.parametrize(
    ("opening", "other"),
    [
        ("Nacka kommun\nRedovisning från Nacka kommuns nämnd\n", "Nacka"),
        ("Borås stads årsplan\nBorås stad\nTidigare utgåva: Solna\n", "Borås"),
        (
            "NACKA KOMMUN\nKommunens plan. Nacka kommun och Solna kommun samt Nacka kommun\n",
            "Nacka",
        ),
    ],
)
def test_a_document_of_another_municipality_is_refused(opening, other):
    fault = told_place(opening, OTHER)
    assert f"rad 1: dokumentet gäller {other}" in fault
    assert f"ojmf import FIL --kommun {CODES[other]}" in fault


@pytest.mark.parametrize(
    "opening",
    [
        "Nacka kommun\n",
        "Solna stad\nAvtal med Nacka kommun\n",
        "Solna\nNacka kommun och Solnas nämnd, Nacka kommun\n",
        "Nämnden möter Nacka och Sundbyberg, som också Nacka\n",
    ],
)
def test_a_document_that_names_others_is_read(opening):
    assert told_place(opening, OTHER) is None
    for sha256 in (None, "0" * 64):
        assert told_place("Nacka kommun\n" * 3, sha256) is None


def test_a_workspace_reads_no_document_of_another_municipality():
    workspace = Workspace.open()
    declared = next(one for one in workspace.sources.values() if len(one.geo) == 4)
    document = Document("annan.txt", ["Nacka kommun", "Nacka kommuns nämnd"], OTHER)
    with pytest.raises(TableError, match="dokumentet gäller Nacka"):
        read(workspace, declared, document)
    assert edition_of(workspace, document, None, None) is None


def told_place(opening, sha256):
    declared = source(QUESTIONS).model_copy(update={"geo": "0184"})
    document = Document("prov.txt", (opening + TABLE).split("\n"), sha256)
    return another_place(declared, document, Gazetteer.of(Workspace.open().geography))
