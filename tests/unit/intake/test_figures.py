"""Files of figures: what is left out is filled in, and nothing is guessed."""

from datetime import datetime

import openpyxl
import pytest

from ojmf.errors import TableError
from ojmf.ingest.document import Document
from ojmf.ingest.readers.xlsx import read as read_xlsx
from ojmf.intake.figure_files import figures, header_of
from tests.unit.authoring.reports import WORKSPACE

ASKED, MEASURED = "oj-vald.samverkan-polisen", "ekonomi.summa-kostnader"
HEADER = "indicator_id\tgeo\tperiod\tvalue\tanswer"


def read(*rows, header=HEADER):
    document = Document("egna.csv", [header, *rows], None)
    line = header_of(document)
    assert line == 1
    return figures(WORKSPACE, document, line, "Egna värden")


def faults(*rows, header=HEADER):
    with pytest.raises(TableError) as caught:
        read(*rows, header=header)
    return "\n".join(caught.value.faults)


def test_what_is_left_out_is_filled_in():
    found = read(f"{ASKED}\tSolna\t2024\t\tja", f"{ASKED}\triket\t2024\t56,5\t").to_dicts()
    first, second = found
    assert (first["geo"], first["answer"], first["unit"]) == ("0184", "JA", "answer")
    assert (first["area_id"], first["scenario"], first["sex"]) == ("oj-vald", "outcome", "_T")
    assert (first["table"], first["column_label"]) == ("Egna värden", "Solna 2024")
    assert (second["geo"], second["value"], second["decimals"]) == ("00", 56.5, 1)
    assert (second["scenario"], second["unit"]) == ("share", "percent")


def test_shares_of_yes_from_0_to_1_are_refused():
    asked = WORKSPACE.indicators.filter(area_id="oj-vald")["indicator_id"].head(6)
    rows = [f"{one}\triket\t2024\t0.{n}5\t" for n, one in enumerate(asked)]
    assert "alla 6 andelar av JA ligger mellan 0 och 1" in faults(*rows)
    assert len(read(*rows[:-1], f"{asked[5]}\triket\t2024\t55\t")) == 6


def test_a_figure_that_is_missing_has_a_status_and_a_reason():
    header = f"{HEADER}\tobs_status\tnote"
    blank, secret = read(
        f"{MEASURED}\t0184\t2024", f"{MEASURED}\t0184\t2023\t\t\tQ\tfå personer", header=header
    ).to_dicts()
    assert (blank["obs_status"], blank["note"]) == ("O", "uppgift saknas i filen")
    assert (secret["obs_status"], secret["note"]) == ("Q", "få personer")


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["1234,5", "1,234"], [1234.5, 1.234]),
        (["1234.5", "1.234"], [1234.5, 1.234]),
        (["1 234", "-5", "−5,5"], [1234.0, -5.0, -5.5]),
        (["0,125", "0.5"], None),
        (["1,234", "12"], None),
        (["1.234,5"], None),
        (["12 %", "x"], None),
    ],
)
def test_the_mark_of_decimals_is_the_files_own_or_is_asked_for(values, numbers):
    rows = [f"{MEASURED}\t0184\t{2000 + n}\t{value}" for n, value in enumerate(values)]
    if numbers is None:
        assert "egna.csv rad" in faults(*rows)
    else:
        assert read(*rows)["value"].to_list() == numbers


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("oj-vald.samverkan-polis\tSolna\t2024\t\tJA", "Menade du oj-vald.samverkan-polisen"),
        (f"{ASKED}\tSlona\t2024\t\tJA", "Menade du Solna"),
        (f"{ASKED}\tSolna\t2024-13\t\tJA", "är ingen period"),
        (f"{ASKED}\tSolna\t2024\tja\t", "svaret ”ja” står i value. Skriv det i answer"),
        (f"{ASKED}\tSolna\t2024\t\tkanske", "väntade JA, NEJ eller DELVIS"),
        (f"{ASKED}\tSolna\t2024\t5\tJA", "både value och answer"),
        (f"{MEASURED}\tSolna\t2024\t\tJA", "skriv talet i value"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_row(row, wanted):
    told = faults(f"{ASKED}\tNacka\t2024\t\tJA", row)
    assert told.startswith("egna.csv rad 3: ")
    assert wanted in told


def test_doubles_units_and_columns():
    assert "står på rad 2" in faults(*[f"{ASKED}\tSolna\t2024\t\tJA"] * 2)
    unit = f"{HEADER}\tunit"
    assert "väntade MSEK" in faults(f"{MEASURED}\tSolna\t2024\t5\t\tSEK", header=unit)
    assert "Menade du unit" in faults(f"{MEASURED}\tSolna\t2024\t5\t\tx", header=f"{HEADER}\tuint")
    assert "två gånger" in faults(f"{MEASURED}\tSolna\t2024\t5", header=f"{HEADER}\tgeo")


@pytest.mark.parametrize(
    "header", ["Fråga\tSolna", "indicator_id\tgeo\tperiod", "geo\tperiod\tvalue", "indicator_id"]
)
def test_another_table_is_no_file_of_figures(header):
    assert header_of(Document("d", [header, "a\tb\tc"], None)) is None


COLUMNS = [*HEADER.split("\t"), "unit"]


def in_a_workbook(path, row, form="General", header=()):
    """The faults of a workbook with one row under the header; ``form`` is that of the value."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Värden"
    sheet.append([*COLUMNS, *header])
    sheet.append(row)
    sheet["D2"].number_format = form
    book.save(path / "egna.xlsx")
    document = read_xlsx(path / "egna.xlsx")
    line = header_of(document)
    assert line is not None
    try:
        return figures(WORKSPACE, document, line, "Egna värden")
    except TableError as error:
        (told,) = error.faults
        return told.partition("blad Värden, ")[2]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ([MEASURED, "Solna", datetime(2024, 1, 1), 5], "cell C2: period: ”2024-01-01 0:00:00”"),  # noqa: DTZ001
        ([MEASURED, "Slona", "2024", 5], "cell B2: "),
        ([MEASURED, "Solna", "2024", "1.234,5"], "cell D2: ”1.234,5” är inget tal"),
        ([ASKED, "Solna", "2024", 5, "JA"], "cell E2: raden har både value och answer"),
        ([MEASURED, "Solna", "2024", 5, "JA"], "cell E2: raden har både value och answer"),
        ([ASKED, "Solna", "2024", 5, None, "procent"], "cell F2: enheten är ”procent”, väntade pe"),
        (["Totalt", None, None, 12], "cell A2: ”Totalt”: rader med summor läses inte"),
        ([MEASURED, "Summa", "2024", 12], "cell B2: ”Summa”: rader med summor läses inte"),
        ([None, "Solna", None, 12], "cell A2: raden saknar indicator_id, period"),
        ([ASKED, "Solna", "2024", 12, None, None, "hej"], "cell G2: ”hej” står utanför kolumnerna"),
    ],
)
def test_each_fault_of_a_workbook_is_told_once_by_its_own_cell(tmp_path, row, wanted):
    assert str(in_a_workbook(tmp_path, row)).startswith(wanted)


def test_a_column_of_its_own_is_told_by_its_cell(tmp_path):
    told = in_a_workbook(tmp_path, [ASKED, "Solna", "2024", 5], header=["kommentar"])
    assert told.startswith("cell G1: kolumnen ”kommentar” är okänd")


def test_what_is_shown_in_percent_is_percent_and_nothing_else(tmp_path):
    share = in_a_workbook(tmp_path, [ASKED, "Solna", "2024", 0.415], "0.0%")
    assert share["value"].to_list() == [41.5]
    told = in_a_workbook(tmp_path, [MEASURED, "Solna", "2024", 0.415], "0.0%")
    assert told.startswith(f"cell D2: ”41,5 %” är i procent, men {MEASURED} är ett mått i MSEK")


def test_a_unit_in_another_word_is_asked_about_and_another_unit_recomputed():
    unit = f"{HEADER}\tunit"
    assert "Menas percent? Skriv det" in faults(f"{ASKED}\triket\t2024\t5\t\t%", header=unit)
    assert "Räkna om talet till MSEK" in faults(f"{MEASURED}\t01\t2024\t5\t\ttkr", header=unit)
