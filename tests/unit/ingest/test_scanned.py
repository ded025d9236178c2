"""Scanned tables: wrapped labels, damaged figures, corrections with proof, and doubt."""

import pytest

from ojmf.errors import CorrectionError, TableError
from tests.unit.ingest.builder import ingest, rows

SCAN = """
scanned = true

[[table]]
id = "tabell"
layout = "tail"
kind = "income-statement"
title = "Tabell"
area = "a"
rows = 3
wrap = 1
damaged = ["o"]
header = ["Vad Budget Prognos", "Avvikelse"]
ignore = { "Vad Budget" = "upprepad rubrik" }
columns = [
  { label = "Budget", scenario = "budget", unit = "MSEK", decimals = 1, period = "2024" },
  { label = "Prognos", scenario = "forecast", unit = "MSEK", decimals = 1, period = "2024" },
  { label = "Avvikelse", scenario = "deviation", unit = "MSEK", decimals = 1, period = "2024" },
]

[table.labels]
"Anta1 personer" = "Antal"
"Be[opp" = "Belopp"
"Surnrna" = "Summa"

[[identity]]
id = "avvikelse"
table = "tabell"
terms = ["Prognos"]
minus = ["Budget"]
equals = "Avvikelse"

[[identity]]
id = "summa"
table = "tabell"
over = "rows"
terms = ["Antal", "Belopp"]
equals = "Summa"
"""

FIX = """
[[correction]]
id = "minus"
table = "tabell"
row = "{row}"
column = "{column}"
expect = "{expect}"
value = "{value}"
reason = "minustecken förlorat"
proof = ["{proof}"]
"""

CLEAN = ("-10,0 -8,0 2,0", "-5,0 -4,0 1,0", "-15,0 -12,0 3,0")


def scan(*figures: str) -> str:
    one, two, three = figures
    return (
        "Tabell\n\nVad  Budget Prognos\nAvvikelse\n\nAnta1\n"
        f"personer {one}\nVad Budget\n\nBe[opp {two}\nSurnrna {three}\nText efter 12 rader.\n"
    )


def fix(row="Belopp", column="Budget", expect="5,0", value="-5,0", proof="avvikelse") -> str:
    return FIX.format(row=row, column=column, expect=expect, value=value, proof=proof)


def test_labels_wrap_around_their_figures():
    got = ingest(SCAN, scan(*CLEAN))
    assert [r for r in rows(got, "line", "row_label") if r[0]][::3] == [
        (7, "Antal"),
        (10, "Belopp"),
        (11, "Summa"),
    ]
    assert set(got.observations["obs_status"]) == {"A"}


def test_a_contradicted_cell_loses_its_value_and_keeps_its_print():
    damaged = scan("-10,0 -8,0 2,0", "5,0 -4,0 1,0", "-15,0 -12,0 3,0")
    budget = ingest(SCAN, damaged).observations.filter(row_label="Belopp", column_label="Budget")
    assert budget.select("raw", "value", "decimals", "obs_status", "note").row(0) == (
        "5,0",
        None,
        None,
        "U",
        "motsägs av ett räknesamband",
    )


def test_what_another_relation_confirms_keeps_its_value():
    damaged = scan("-10,0 -8,0 2,0", "5,0 -4,0 1,0", "-15,0 -12,0 3,0")
    got = ingest(SCAN, damaged).observations.filter(row_label="Summa")
    assert got["obs_status"].to_list() == ["A", "A", "A"]


def test_a_proved_correction_gives_the_value_its_id_and_reason():
    damaged = scan("-10,0 -8,0 2,0", "5,0 -4,0 1,0", "-15,0 -12,0 3,0")
    got = ingest(SCAN + fix(), damaged).observations.filter(row_label="Belopp")
    assert got.select("raw", "value", "correction_id", "obs_status", "note").row(0) == (
        "5,0",
        -5.0,
        "minus",
        "A",
        "rättad: minustecken förlorat",
    )


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        (fix(row="Annan"), "träffar ingen cell"),
        (fix(expect="50"), "väntade ”50”, dokumentet har ”5,0”"),
        (fix(value="-6,0"), "håller inte med värdet -6,0"),
        (fix(value="fem"), "inte är ett tal"),
        (fix(proof="okänd"), "beviset okänd gäller inte cellen"),
        (fix() + fix().replace('"minus"', '"minus-2"'), "rättas mer än en gång"),
    ],
)
def test_a_correction_without_proof_is_refused(declared, words):
    damaged = scan("-10,0 -8,0 2,0", "5,0 -4,0 1,0", "-15,0 -12,0 3,0")
    with pytest.raises(CorrectionError, match=words):
        ingest(SCAN + declared, damaged)


def test_a_correction_that_nothing_calls_for_is_refused():
    needless = fix(expect="-5,0", value="-5,1", proof="avvikelse")
    with pytest.raises(CorrectionError, match="motsägs inte av beviset"):
        ingest(SCAN + needless, scan(*CLEAN))


def test_in_another_edition_a_correction_that_no_longer_fits_is_a_finding():
    corrected = scan("-10,0 -8,0 2,0", "-5,0 -4,0 1,0", "-15,0 -12,0 3,0")
    got = ingest(SCAN + fix(), corrected, sha256="1" * 64)
    assert got.findings.select("severity", "check", "line").rows() == [
        ("warning", "document-hash", None),
        ("critical", "correction", 10),
    ]
    assert got.observations.filter(row_label="Belopp")["value"].to_list() == [-5.0, -4.0, 1.0]
    assert got.observations["correction_id"].drop_nulls().is_empty()


def test_in_another_edition_a_proof_that_fails_takes_the_value():
    changed = scan("-10,0 -8,0 2,0", "5,0 -4,0 1,9", "-15,0 -12,0 3,0")
    got = ingest(SCAN + fix(), changed, sha256="1" * 64)
    assert "håller inte" in got.findings.filter(check="correction")["message"].item()
    deviation = got.observations.filter(row_label="Belopp", column_label="Avvikelse")
    assert deviation.select("value", "obs_status").row(0) == (None, "U")


def test_a_broken_form_is_no_figure():
    damaged = scan("-10,0 -8,0 2,0", "-5,0 -40 1,0", "-15,0 -12,0 3,0")
    forecast = ingest(SCAN, damaged).observations.filter(row_label="Belopp", column_label="Prognos")
    assert forecast.select("value", "obs_status").row(0) == (None, "U")
    assert "formen" in forecast["note"].item()


def test_a_damaged_token_is_a_cell_without_a_value():
    got = ingest(SCAN, scan("-10,0 -8,0 2,0", "-5,0 o 1,0", "-15,0 -12,0 3,0")).observations
    assert got.filter(raw="o")["obs_status"].to_list() == ["U"]


def test_what_no_relation_knows_is_unvalidated():
    alone = SCAN[: SCAN.index("[[identity]]")]
    assert set(ingest(alone, scan(*CLEAN)).observations["obs_status"]) == {"V"}


def test_bounds_of_an_unreadable_cell_serve_the_relations():
    bounds = (
        '[[unreadable]]\ntable = "tabell"\nrow = "Belopp"\ncolumn = "Budget"\nexpect = "5,0"\n'
        'reason = "tecknet är oläsligt"\nbetween = [-5.2, -4.8]\n'
    )
    damaged = scan("-10,0 -8,0 2,0", "5,0 -4,0 1,0", "-15,0 -12,0 3,0")
    got = ingest(SCAN + bounds, damaged).observations.filter(row_label="Belopp")
    assert got.select("value", "obs_status", "note").row(0) == (
        None,
        "U",
        "oläslig: tecknet är oläsligt",
    )
    assert got["obs_status"].to_list()[1:] == ["A", "A"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("Be[opp", "Be1opp"), "bland tabellens radrubriker"),
        (("-5,0 -4,0 1,0", "-5,0 -4,0 1,0 9,9"), "bland tabellens radrubriker"),
        (("-5,0 -4,0 1,0", "-5,0 -4,0"), "bland tabellens radrubriker|fann 2 rader"),
        (("Vad  Budget Prognos", "Vad Budget Utfall"), "rubriken"),
        (("Prognos\nAvvikelse", "Prognos\nSkillnad"), "fann ”Skillnad”, väntade ”Avvikelse”"),
    ],
)
def test_a_scan_that_looks_otherwise_is_refused(change, words):
    with pytest.raises(TableError, match=words):
        ingest(SCAN, scan(*CLEAN).replace(*change))


PINNED = """
scanned = true

[[table]]
id = "kontroll"
layout = "pinned"
kind = "internal-control"
title = "Kontroll"
area = "a"
columns = [{ label = "Resultat", content = "category", unit = "category", period = "2024" }]

[[table.cells]]
row = "Antal"
column = "Resultat"
pieces = [{ line = 2, text = "utan" }, { line = 4, text = "avvike1se" }]

[table.category_spelling]
"utan avvike1se" = "Utan avvikelse"
"""


def test_a_cell_torn_apart_is_put_together_from_its_lines():
    got = ingest(PINNED, "Kontroll\nrisk utan text\nmer\nslut avvike1se text")
    assert rows(got, "line", "raw", "note") == [(2, "utan avvike1se", "läses ”Utan avvikelse”")]


def test_a_piece_that_is_not_on_its_line_is_refused():
    with pytest.raises(TableError, match=r"rad 4.*väntade ”avvike1se”, fann ”slut text”"):
        ingest(PINNED, "Kontroll\nrisk utan text\nmer\nslut text")
