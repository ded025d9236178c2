"""Damaged words of scans are mended; whole ones are left as they stand."""

import pytest

from ojmf.claims.language import load_language
from ojmf.claims.scan import mender
from tests.unit.claims.workspace import ROOT

MEND = mender(load_language(ROOT), ["Institutionsvård barn", "Köp av tjänster"])
LINES = {
    "Institution väntas landa på samma nivå vid årets slut": None,
    "Det kostade mer än samma period förra året": None,
    "Helårsprognosen visar ett överskatt": "Helårsprognosen visar ett överskott",
    "Institutionsvérd barn mot budgeterod nivå": "Institutionsvård barn mot budgeterad nivå",
}


@pytest.mark.parametrize("line", LINES)
def test_only_what_is_damaged_is_read_as_another_word(line):
    assert MEND(line) == (LINES[line] or line)
