"""Tables with one municipality per row, the symbols of official tables, and sheets."""

from collections.abc import Mapping

import polars as pl
import pytest

from ojmf.declarations import Attributes
from ojmf.errors import CorrectionError, TableError
from ojmf.geography import GEOGRAPHY
from ojmf.ingest.document import Document, sheet_place
from ojmf.ingest.reading import read
from ojmf.ingest.source import IngestedDocument, resolve
from ojmf.model import ObsStatus
from ojmf.workspace import Workspace
from tests.unit.ingest.builder import source, workspace

PLACES = pl.DataFrame(
    [
        ("00", "Riket", "country", None),
        ("88", "Provlän", "county", "88"),
        ("0188", "Askeby", "municipality", "88"),
        ("8802", "Björkby", "municipality", "88"),
    ],
    schema=GEOGRAPHY,
    orient="row",
)
NATIONAL = """
[[table]]
id = "alla"
layout = "places"
kind = "places"
title = "Alla kommuner"
area = "a"
header = ["Kod", "Kommun", "Första frågan", "Antal"]
ignore = { "Antal ja" = "summarad" }
columns = [
  { label = "Kod", content = "code" },
  { label = "Kommun", content = "label" },
  { label = "Första frågan", content = "answer", unit = "answer", period = "2024" },
  { label = "Antal", scenario = "outcome", period = "2024" },
]
levels = { county = { content = "figure", scenario = "share", unit = "percent" } }
"""
GRID = """
[[table]]
id = "volymer"
layout = "grid"
kind = "measures"
title = "Volymer"
area = "a"
header = ["Mått", "2024"]
columns = [
  { label = "Mått", content = "label" },
  { label = "2024", scenario = "outcome", period = "2024" },
]
"""


def ingest(
    declaration: str, text: str, marks: str = "", places: Mapping[int, str] | None = None
) -> IngestedDocument:
    """``marks`` are keys of the source's head, before its tables."""
    declared = source(marks + declaration)
    base = workspace(declared)
    held = Workspace(base.root, "argument", base.catalogue, PLACES, base.sources)
    document = Document("prov.txt", text.split("\n"), None, places or {})
    return resolve(read(held, declared, document))


def table(*rows: str) -> str:
    return "\n".join(["Alla kommuner", "", "Kod\tKommun\tFörsta frågan\tAntal", *rows])


def test_a_row_is_known_by_code_that_lost_its_zeros_or_by_name():
    got = ingest(NATIONAL, table("188\tAskeby kommun\tJa\t1 093", "8802\tBjörkby\tnej\t5"))
    cells = got.observations.select("geo", "row_label", "column_label", "answer", "value")
    assert cells.rows() == [
        ("0188", "Första frågan", "Askeby", "JA", None),
        ("0188", "Antal", "Askeby", None, 1093.0),
        ("8802", "Första frågan", "Björkby", "NEJ", None),
        ("8802", "Antal", "Björkby", None, 5.0),
    ]


def test_two_digits_are_a_county_and_four_a_municipality():
    got = ingest(NATIONAL, table("0188\tAskeby\tJA\t1", "88\tProvlän\t43 %\t7", "Antal ja\t\t1\t"))
    county = got.observations.filter(geo="88")
    assert county.select("scenario", "unit", "value").rows() == [
        ("share", "percent", 43.0),
        ("outcome", "persons", 7.0),  # what is no answer is no share of answers
    ]
    assert got.account.select("ignored", "unexplained").row(0) == (1, 0)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("8802\tAskeby\tJA\t1", "koden 8802 är Björkby men raden heter ”Askeby”"),
        ("88\tRegion Prov\tJA\t1", "koden 88 är Provlän, men raden heter ”Region Prov”"),
        ("0188\tBjörkby*\tJA\t1", "koden 0188 är Askeby men raden heter ”Björkby*”"),
        ("0188\tNågon annan\tJA\t1", "inte är känt som ett namn på den platsen"),
        ("²\tAskeby\tJA\t1", "okänd plats ”² Askeby”"),
        ("٠١٨٨\tAskeby\tJA\t1", "okänd plats"),
        ("0188\tАskeby\tJA\t1", "U+0410 (CYRILLIC CAPITAL LETTER A)"),
        ("0001\tRegion Prov\tJA\t1", "okänd plats ”0001 Region Prov”"),
        ("7777\tOkänd\tJA\t1", "okänd plats ”7777 Okänd”"),
        ("\tAskebi\tJA\t1", "Menade du Askeby?"),
        ("\tMedelvärde\t\t12", "under ignore"),
        ("8802\tBjörkby\tJA\t1\t9", "har 5 celler"),
    ],
)
def test_a_row_about_no_place_is_a_fault(row, wanted):
    with pytest.raises(TableError, match=r"prov\.txt rad") as caught:
        ingest(NATIONAL, table(row))
    assert wanted in str(caught.value)


def test_a_place_that_comes_twice_is_a_fault():
    with pytest.raises(TableError, match="raden ”Askeby” finns redan på rad 4"):
        ingest(NATIONAL, table("0188\tAskeby\tJA\t1", "0188\tAskeby\tNEJ\t2"))


MARKS = """
answers = { "1" = "JA", "2" = "NEJ", "Ja, delvis" = "DELVIS" }
approximations = { "~" = { note = "ungefär" }, "ca" = { status = "I" } }
zeros = ["–"]
decimal = "."
"""


def volumes(raw: str, marks: str = "") -> tuple:
    got = ingest(GRID, f"Volymer\n\nMått\t2024\nAntal\t{raw}", marks)
    return got.observations.select("raw", "value", "obs_status", "note").row(0)


@pytest.mark.parametrize(
    ("raw", "marks", "expected"),
    [
        ("~100", MARKS, ("~100", 100.0, "U", "ungefär")),
        ("ca 1 093", MARKS, ("ca 1 093", 1093.0, "I", "ungefärligt")),
        ("–", MARKS, ("–", 0.0, "A", None)),
        ("12.5", MARKS, ("12.5", 12.5, "A", None)),
        ("12,5", MARKS, ("12,5", 12.5, "A", None)),
        ("-", "", ("-", None, "M", "streck")),
    ],
)
def test_symbols_have_the_meaning_that_is_declared(raw, marks, expected):
    assert volumes(raw, marks) == expected


@pytest.mark.parametrize("raw", ["~100", "ca 5", "12.5", "X", "<5", ".."])
def test_a_symbol_that_is_not_declared_is_no_figure(raw):
    with pytest.raises(TableError, match="är inget tal"):
        volumes(raw)


def test_answers_by_digit_and_in_any_case():
    rows = table("0188\tAskeby\t1\t3", "8802\tBjörkby\tja, DELVIS\t3")
    got = ingest(NATIONAL, rows, MARKS)
    assert got.observations["answer"].drop_nulls().to_list() == ["JA", "DELVIS"]
    with pytest.raises(TableError, match="inget svar"):
        ingest(NATIONAL, table("0188\tAskeby\t0\t3"), MARKS)


SUPPRESSED = (
    GRID
    + """
[[identity]]
id = "summa"
table = "volymer"
over = "rows"
terms = ["Antal"]
equals = "Summa"
"""
)


def test_a_suppressed_figure_stays_suppressed():
    declared = source(SUPPRESSED)
    text = "Volymer\n\nMått\t2024\nAntal\t<5\nSumma\t4"
    quiet = declared.model_copy(update={"symbols": {"<5": Attributes(status=ObsStatus.SUPPRESSED)}})
    document = Document("prov.txt", text.split("\n"), None)
    got = resolve(read(workspace(quiet), quiet, document)).observations.row(0, named=True)
    assert (got["raw"], got["value"], got["answer"], got["obs_status"]) == ("<5", None, None, "Q")
    fix = {
        "id": "r",
        "table": "volymer",
        "row": "Antal",
        "column": "2024",
        "expect": "<5",
        "value": "4",
        "reason": "ur summan",
        "proof": ["summa"],
    }
    fixed = type(quiet).model_validate(quiet.model_dump() | {"correction": [fix]})
    with pytest.raises(CorrectionError, match="skyddad av sekretess"):
        resolve(read(workspace(fixed), fixed, document))


def test_a_printed_figure_cannot_be_declared_suppressed():
    with pytest.raises(ValueError, match="status Q hör till symbols"):
        source(GRID.replace('scenario = "outcome"', 'scenario = "outcome", status = "Q"'))


@pytest.mark.parametrize(
    ("raw", "shift", "value", "decimals"),
    [("138 235", -3, 138.235, 3), ("1,5", 2, 150.0, -1), ("-17 250 000", -6, -17.25, 6)],
)
def test_a_shift_moves_the_figure_to_its_unit(raw, shift, value, decimals):
    declaration = GRID.replace('scenario = "outcome"', f'scenario = "outcome", shift = {shift}')
    got = ingest(declaration, f"Volymer\n\nMått\t2024\nAntal\t{raw}").observations
    assert got.select("raw", "value", "decimals").row(0) == (raw, value, decimals)


SHEETS = ["Ett", "", "Mått\t2024", "Antal\t5", "Två", "", "Mått\t2024", "Antal\t7"]
PLACES_OF_LINES = {1: sheet_place("Ett"), 5: sheet_place("Två")}


@pytest.mark.parametrize(("pattern", "value"), [("Ett", 5.0), ("två", 7.0), ("T*", 7.0)])
def test_a_table_is_found_by_its_sheet(pattern, value):
    declaration = GRID.replace('title = "Volymer"', f'title = "Volymer"\nsheet = "{pattern}"')
    rest = "not_read = [{ starts = 'Mått', what = 'det andra bladet' }]\n"
    got = ingest(declaration, "\n".join(SHEETS), rest, places=PLACES_OF_LINES).observations
    assert got["value"].to_list() == [value]


@pytest.mark.parametrize(
    ("pattern", "wanted"), [("*t*", "flera blad passar"), ("Tre", "bladen är ”Ett”, ”Två”")]
)
def test_no_sheet_or_two_that_fit_are_faults(pattern, wanted):
    declaration = GRID.replace('title = "Volymer"', f'title = "Volymer"\nsheet = "{pattern}"')
    with pytest.raises(TableError, match=wanted.replace("*", r"\*")):
        ingest(declaration, "\n".join(SHEETS), places=PLACES_OF_LINES)


def test_a_header_of_two_rows_is_read_column_by_column():
    declaration = """
[[table]]
id = "volymer"
layout = "grid"
kind = "measures"
title = "Volymer"
area = "a"
header = ["Mått", "2024 Utfall", "2024 Budget"]
header_rows = 2
columns = [
  { label = "Mått", content = "label" },
  { label = "2024 Utfall", scenario = "outcome", period = "2024" },
  { label = "2024 Budget", scenario = "budget", period = "2024" },
]
"""
    rows = ["Mått\t2024\t2024", "Mått\tUtfall\tBudget"]
    text = "\n".join(["Volymer", *rows, "Antal\t5\t6", "", *rows, "- varav barn\t7\t8"])
    got = ingest(declaration, text)
    assert got.observations["value"].to_list() == [5.0, 6.0, 7.0, 8.0]
    assert got.account["unexplained"].sum() == 0


def test_a_fault_names_the_place_in_the_file():
    places = {4: "sida 3, tabell 1, rad 2"}
    with pytest.raises(TableError, match=r"prov\.txt sida 3, tabell 1, rad 2, tabell ”Volymer”"):
        ingest(GRID, "Volymer\n\nMått\t2024\nAntal\tfem", places=places)


@pytest.mark.parametrize(
    "name", ["Askeby*", "Askeby ¹⁾", "ASKEBY KOMMUN", "Aske\u00adby", "Askebys"]
)
def test_a_name_is_known_in_any_case_with_marks_and_invisible_characters(name):
    got = ingest(NATIONAL, table(f"0188\t{name}\tJA\t1", "\tBjo\u0308rkby\tNEJ\t2"))
    assert got.observations["geo"].to_list() == ["0188", "0188", "8802", "8802"]


def test_a_month_of_another_year_is_never_read_under_the_declared_one():
    declared = """
[[table]]
id = "hushall"
layout = "long"
kind = "measures"
title = "Hushåll"
area = "a"
header = ["Månad", "Antal"]
columns = [
  { label = "Månad", content = "month" },
  { label = "Antal", indicator = "a.antal", scenario = "outcome", period = "2024" },
]
"""
    printed = "Hushåll\nMånad\tAntal\njanuari\t5\nnovember 2023\t6\n"
    with pytest.raises(TableError, match="”november 2023” är ingen månad"):
        ingest(declared, printed)
