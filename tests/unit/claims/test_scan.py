"""Damaged words of scans are mended; whole ones are left as they stand."""

import polars as pl
import pytest

from ojmf.claims import audit_lines
from ojmf.claims.lexicon import load_language
from ojmf.claims.scan import mender
from ojmf.ingest.document import Document
from tests.unit.claims.workspace import ROOT, make, report

MEND = mender(load_language(ROOT), ["Institutionsvård barn", "Köp av tjänster"])
LINES = {
    "Institution väntas landa på samma nivå vid årets slut": None,
    "Det kostade mer än samma period förra året": None,
    "Flest utförare anlitades inom köpen av lägsta pris": None,
    "Helårsprognosen visar ett överskatt": "Helårsprognosen visar ett överskott",
    "Institutionsvérd barn mot budgeterod nivå": "Institutionsvård barn mot budgeterad nivå",
}


@pytest.mark.parametrize("line", LINES)
def test_only_what_is_damaged_is_read_as_another_word(line):
    assert MEND(line) == (LINES[line] or line)


@pytest.mark.parametrize(("figure", "wrong"), [("18,5", True), ("12,3", False), ("17,5", False)])
def test_a_damaged_sentence_is_wrong_only_where_one_digit_is(tmp_path, figure, wrong):
    workspace = make(tmp_path)
    scanned = workspace.source("prov").model_copy(update={"scanned": True})
    lines = report(ekonomi=f"Prognosen ﬁr avgifter ér {figure} mkr.")
    frame = audit_lines(workspace, scanned, Document("prov.txt", lines, None))
    assert ("contradicts" in frame["verdict"].to_list()) is wrong


@pytest.mark.parametrize(("word", "begins"), [("Avgifterna", True), ("Ridhallen", False)])
def test_a_line_begins_a_sentence_where_the_scan_lost_the_stop(tmp_path, word, begins):
    workspace = make(tmp_path)
    scanned = workspace.source("prov").model_copy(update={"scanned": True})
    prose = f"Det är i Ridhallen som avgifterna är högst\n{word} uppgår till 12,0 mkr."
    frame = audit_lines(workspace, scanned, Document("prov.txt", report(ekonomi=prose), None))
    level = frame.filter(pl.col("kind") == "level").row(0, named=True)
    assert level["quote"].startswith(word) is begins
