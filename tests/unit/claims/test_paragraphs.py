"""Files whose lines are paragraphs, as those of Word are: a heading is no part of what follows."""

from ojmf.claims.lexicon import load_language
from ojmf.claims.sentences import sentences
from ojmf.ingest.document import Document
from tests.golden.test_sources import ROOT

LINES = ["Boende", "Antalet platser är 25", "Arbete", "Antalet platser är 12"]


def read(*, wrapped: bool) -> list[tuple[str, str]]:
    document = Document("utkast", LINES, None, wrapped=wrapped)
    found = sentences(document, load_language(ROOT), figures={})
    return [(sentence.heading, sentence.text) for sentence in found]


def test_every_line_is_a_paragraph_where_lines_do_not_wrap():
    assert read(wrapped=False) == [
        ("Boende", "Antalet platser är 25"),
        ("Arbete", "Antalet platser är 12"),
    ]


def test_lines_go_on_where_they_wrap():
    assert read(wrapped=True) != read(wrapped=False)


def test_what_a_row_is_about_is_no_sentence():
    row = "0184\tAntalet platser ökade under året\tAntalet platser är nu högre än förr\t5"
    document = Document("utkast", [row], None)
    found = sentences(document, load_language(ROOT), figures={1: ""}, named={1: {0, 1}})
    assert [sentence.text for sentence in found] == ["Antalet platser är nu högre än förr"]
