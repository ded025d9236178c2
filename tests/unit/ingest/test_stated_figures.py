"""Figures that a check takes from the text, in the declared document and in other editions."""

import pytest

from ojmf.errors import TableError
from ojmf.ingest.stated_figures import states
from ojmf.validate import consistency
from tests.unit.ingest.builder import MONTHS, ingest

TITLE = "I augusti var de 12.\n\nAntal per månad\n"
HEADER = "\tjan\tfeb\tmar\tapr\tmaj\tjun\tjul\taug\tsep\tokt\tnov\tdec"
TEXT = (
    f"I augusti var de 12.\n\nAntal per månad\n{HEADER}\n2023{{}}\n2024\t1\t2\t3\t4\t5\t6\t7\t{{}}"
)
DECLARED = f"""{MONTHS}
[[identity]]
id = "text-augusti"
form = "equal"
cells = [{{ table = "manader", row = "2024", column = "aug" }}]
stated = [{{ line = 1, raw = "12", what = "antal enligt texten" }}]
"""


def document(august: str, said: str = "12") -> str:
    return TEXT.format("\t1" * 12, august).replace("de 12", f"de {said}")


def told(text: str, sha256: str) -> list[tuple[str, str]]:
    ingested = ingest(DECLARED, text, sha256)
    found = [*ingested.findings.rows(named=True), *consistency.findings(ingested).to_dicts()]
    return [(row["severity"], row["check"]) for row in found if row["check"] != "document-hash"]


@pytest.mark.parametrize("sha256", ["0" * 64, "1" * 64])
def test_a_figure_is_held_against_the_text(sha256):
    assert told(document("12"), sha256) == []
    assert told(document("21"), sha256) == [("critical", "identity")]


def test_the_declared_document_must_state_it():
    with pytest.raises(TableError, match=r"väntade talet 12 i texten \(antal enligt texten"):
        ingest(DECLARED, document("12", said="21"), "0" * 64)


def test_another_edition_is_read_and_what_it_does_not_state_is_told():
    assert told(document("12", said="21"), "1" * 64) == [("warning", "not-stated")]
    assert told("En rad till.\n" + document("21"), "1" * 64) == [("warning", "not-stated")]


@pytest.mark.parametrize(
    ("text", "raw", "there"),
    [
        ("det var 12 barn", "12", True),
        ("det var 12.", "12", True),
        ("det var 12,5 barn", "12", False),
        ("det var 112 barn", "12", False),
        ("det var 3,12 barn", "12", False),
    ],
)
def test_a_figure_is_stated_whole(text, raw, there):
    assert states(text, raw) is there
