"""What a reader saw of a cell reaches the observation, or refuses the cell by its place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ojmf.errors import InputError
from ojmf.ingest.document import CellFact, Document, read_extract, write_extract
from ojmf.ingest.readers.lines import CellText, Lines
from ojmf.ingest.reading import extract_text, read
from ojmf.ingest.source import resolve
from tests.unit.ingest.builder import source, workspace

VOLUMES = """
[[table]]
id = "volymer"
layout = "grid"
kind = "monthly"
title = "Volymer"
area = "a"
header = ["Post", "2024"]
columns = [
  { label = "Post", content = "label" },
  { label = "2024", period = "2024" },
]
"""


def collected(tmp_path, *rows, title="", footer=()):
    path = tmp_path / "fil.docx"
    path.write_bytes(b"x")
    lines = Lines(path)
    lines.paragraph(title, "stycke 0")
    lines.table([(f"tabell 1, rad {n}", list(cells)) for n, cells in enumerate(rows, start=1)])
    lines.blank()
    for number, text in enumerate(footer, start=1):
        lines.paragraph(text, f"stycke {number}")
    return lines.document()


def test_a_mark_becomes_a_note_with_the_line_of_its_footnote(tmp_path):
    rows = (["Post", "2024"], ["Hyror", CellText("125", marks=["1"])], ["El", "7"])
    document = collected(tmp_path, *rows, footer=["11 nya", "1) Preliminär siffra"])
    assert document.lines[1] == "Hyror\t125"
    assert document.facts == {
        (2, 1): CellFact(("fotnot 1 (stycke 2): ”1) Preliminär siffra”",)),
    }


def test_a_mark_without_a_footnote_is_a_note_of_its_own(tmp_path):
    document = collected(tmp_path, ["Post", "2024"], ["Hyror", CellText("125", marks=["*"])])
    assert document.facts[2, 1].notes == ("fotnot *",)


def test_notes_of_a_figure_its_label_and_its_header_reach_the_observation(tmp_path):
    document = collected(
        tmp_path,
        ["Post", CellText("2024", notes=["om rubriken"])],
        [CellText("Antal", notes=["om etiketten"]), CellText("125", notes=["om talet"])],
        title="Volymer",
    )
    declared = source(VOLUMES)
    whole = read(workspace(declared), declared, document)
    note, place = resolve(whole).observations.select("note", "place").row(0)
    assert note == "om talet; om etiketten; om rubriken"
    assert place == "tabell 1, rad 2"
    path = tmp_path / "extract.txt"
    path.write_text(extract_text(whole), encoding="utf-8")
    again = read(workspace(declared), declared, read_extract(path, "fil.docx"))
    assert resolve(again).observations["note"][0] == note


def test_a_refused_cell_has_no_value_and_is_named_while_the_others_are_read(tmp_path):
    rows = (["Post", "2024"], ["Antal", CellText("107", refused="”10” är struket")], ["El", "7"])
    document = collected(tmp_path, *rows, title="Volymer")
    declared = source(VOLUMES + 'indicators = { El = "a.belopp" }\n')
    got = resolve(read(workspace(declared), declared, document))
    found = got.observations.select("raw", "value", "obs_status", "note").rows()
    assert found[0] == ("107", None, "U", "oläslig: ”10” är struket")
    assert found[1][1] == 7
    told = got.findings.filter(check="refused-cell").row(0, named=True)
    assert told["severity"] == "critical"
    assert told["message"].startswith(
        f"{document.name} tabell 1, rad 2: rad ”Antal”, kolumn ”2024” läses inte, för ”10” är "
        "struket"
    )


def test_a_refused_cell_is_refused_in_the_extract_of_its_document_too(tmp_path):
    cells = [
        CellText("53", refused="”3” är nedsänkt"),
        CellText("107", marks=["1"], refused="”10” är struket"),
        CellText("", refused="en textruta står i cellen"),
        CellText("125", marks=["1"]),
    ]
    rows = [["Post", "2024"], *([f"Rad {n}", cell] for n, cell in enumerate(cells))]
    labels = ", ".join(f'"Rad {n}" = "a.belopp"' for n in range(len(cells)))
    declared = source(f"{VOLUMES}indicators = {{ {labels} }}\n")
    whole = read(workspace(declared), declared, collected(tmp_path, *rows, title="Volymer"))
    path = tmp_path / "extract.txt"
    path.write_text(extract_text(whole), encoding="utf-8")
    again = read(workspace(declared), declared, read_extract(path, whole.document.name))
    columns = ["raw", "value", "obs_status", "note", "place"]
    found = resolve(again).observations.select(columns)
    assert found.equals(resolve(whole).observations.select(columns))
    assert found["value"].to_list() == [None, None, None, 125.0]


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@example({(2, 1): CellFact(("\N{LATIN CAPITAL LETTER A WITH TILDE}\N{YEN SIGN}",))})
@example({(2, 1): CellFact(("a\x85b", "\x7f"), "\N{LINE SEPARATOR}")})
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 4), st.integers(0, 3)),
        st.builds(CellFact, st.lists(WORDS, max_size=2).map(tuple), st.none() | WORDS).filter(
            lambda fact: fact != CellFact()
        ),
    )
)
def test_all_that_is_known_of_cells_survives_the_extract(tmp_path_factory, facts):
    lines = dict.fromkeys(range(1, 5), "a\tb\tc\td")
    path = tmp_path_factory.mktemp("facts") / "extract.txt"
    document = Document("fil", list(lines.values()), None, facts=facts)
    path.write_bytes(write_extract(lines, document).encode())
    assert read_extract(path, "fil").facts == facts


def test_a_refused_blank_is_not_told_as_blank(tmp_path):
    rows = (["Post", "2024"], ["Antal", CellText("", refused="en textruta står i cellen")])
    declared = source(VOLUMES)
    got = resolve(read(workspace(declared), declared, collected(tmp_path, *rows, title="Volymer")))
    assert got.observations["obs_status"].to_list() == ["U"]


def test_a_refused_text_that_is_no_figure_is_left_alone(tmp_path):
    rows = ([CellText("Post", refused="delvis struken"), "2024"], ["Antal", "107"])
    declared = source(VOLUMES)
    got = resolve(read(workspace(declared), declared, collected(tmp_path, *rows, title="Volymer")))
    assert got.observations["value"].to_list() == [107]


def test_notes_stand_in_the_extract_and_are_read_back(tmp_path):
    rows = (["Post", "2024"], ["Hyror", CellText("125", notes=["rad\t”dold” [x]"])])
    document = collected(tmp_path, *rows)
    path = tmp_path / "extract.txt"
    path.write_text(write_extract({1: "Post\t2024", 2: "Hyror\t125"}, document), encoding="utf-8")
    again = read_extract(path, "fil.docx")
    assert again.facts == document.facts
    assert again.lines == list(document.lines)[:2]
    assert again.places == document.places


def test_notes_of_an_extract_that_are_broken_are_told(tmp_path):
    path = tmp_path / "extract.txt"
    path.write_text('2 {"x": 1}\tHyror\t125\n', encoding="utf-8")
    with pytest.raises(InputError, match="rad 1: anteckningarna"):
        read_extract(path, "fil.docx")
