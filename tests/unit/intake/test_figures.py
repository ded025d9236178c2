"""Files of figures: what is left out is filled in, and nothing is guessed."""

import pytest

from ojmf.errors import TableError
from ojmf.ingest.document import Document
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
