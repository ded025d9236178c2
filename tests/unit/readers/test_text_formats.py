"""Word, delimited text and Markdown: what their tables and paragraphs become."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ojmf.ingest.readers import read_file
from ojmf.ingest.readers.whitespace import Word, lines_of, rows_of, runs


def lines(path):
    return [line for line in read_file(path).lines if line]


def test_word_merged_cells_nested_paragraphs_and_order(tmp_path):
    path = tmp_path / "fil.docx"
    document = docx.Document()
    document.add_paragraph("Första titeln")
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Fråga"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2024"
    table.cell(1, 1).text, table.cell(1, 2).text = "Kommunen", "Länet"
    table.cell(2, 0).text = "Har"
    table.cell(2, 0).add_paragraph("rutin")
    table.cell(2, 1).text, table.cell(2, 2).text = "JA", "43"
    table.cell(3, 0).text = "Har plan"
    table.cell(3, 1).merge(table.cell(3, 2)).text = "NEJ"
    document.add_paragraph("Andra titeln")
    document.save(str(path))
    assert lines(path) == [
        "Första titeln",
        "Fråga\t2024\t2024",
        "Fråga\tKommunen\tLänet",
        "Har rutin\tJA\t43",
        "Har plan\tNEJ\t",
        "Andra titeln",
    ]


def test_word_tracked_changes_are_read_as_accepted_and_content_controls_seen(tmp_path):
    path = tmp_path / "fil.docx"
    document = docx.Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Titel i kontroll</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    body.insert(
        1,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>Svar: </w:t></w:r><w:ins><w:r><w:t>JA</w:t></w:r>"
            "</w:ins><w:del><w:r><w:delText>NEJ</w:delText></w:r></w:del></w:p>"
        ),
    )
    document.save(str(path))
    assert lines(path) == ["Titel i kontroll", "Svar: JA"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Post;2024\nNetto;-138,2\n", "Netto\t-138,2"),
        ("Post\t2024\nNetto\t-138,2\n", "Netto\t-138,2"),
        ('Post,2024\nNetto,"-138,2"\n', "Netto\t-138,2"),
        ("Post|2024\nNetto|-138,2\n", "Netto\t-138,2"),
        ("Post;2024;2023\nA, B;1,5;2,5\nC, D;3,5;4,5\n", "C, D\t3,5\t4,5"),
    ],
)
def test_the_delimiter_is_found(tmp_path, text, expected):
    path = tmp_path / "fil.csv"
    path.write_text(text, encoding="utf-8")
    assert lines(path)[-1] == expected


def test_utf16_and_line_breaks_in_cells(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(
        'Fråga;Svar\r\n"Har\r\nrutin";JA\r\nHar plan;\r\nHar råd;NEJ\r\n'.encode("utf-16")
    )
    document = read_file(path)
    assert list(document.lines) == [
        "Fråga\tSvar",
        "Har rutin\tJA",
        "",
        "Har plan\t",
        "Har råd\tNEJ",
    ]


def test_padded_titles_of_a_delimited_file_are_paragraphs(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_text("Titel;;\n;;\nPost;2024;2023\nHyror;17;18\nKälla: SCB;;\n", encoding="utf-8")
    assert lines(path) == ["Titel", "Post\t2024\t2023", "Hyror\t17\t18", "Källa: SCB"]


def test_markdown_tables(tmp_path):
    path = tmp_path / "fil.md"
    path.write_text(
        "# Titel\n\n| Fråga | Svar |\n|:--|--:|\n| **Har \\| rutin** | JA |\n", encoding="utf-8"
    )
    assert list(read_file(path).lines) == ["# Titel", "", "Fråga\tSvar", "", "Har | rutin\tJA", ""]


def words(*rows):
    """Words of ten points in height at (x, y), ten points wide per letter pair."""
    return [Word(text, x, x + 5.0 * len(text), y, y + 10) for y, row in rows for x, text in row]


def test_wrapped_labels_are_joined_only_where_rows_stand_apart():
    header = (0, [(0, "Fråga"), (200, "Svar")])
    apart = [
        header,
        (18, [(0, "Har")]),
        (30, [(0, "rutin"), (200, "JA")]),
        (48, [(0, "Plan"), (200, "NEJ")]),
    ]
    alike = [header, (12, [(0, "Har")]), (24, [(0, "Rutin"), (200, "JA")])]
    assert rows_of(lines_of(words(*apart))) == [
        ["Fråga", "Svar"],
        ["Har rutin", "JA"],
        ["Plan", "NEJ"],
    ]
    assert rows_of(lines_of(words(*alike))) == [["Fråga", "Svar"], ["Har", ""], ["Rutin", "JA"]]


def test_a_heading_ends_a_table_before_the_next_header():
    page = lines_of(
        words(
            (0, [(0, "Fråga"), (200, "Svar")]),
            (18, [(0, "Plan"), (200, "NEJ")]),
            (36, [(0, "Resultat")]),
            (54, [(0, "Post"), (200, "2024")]),
            (72, [(0, "Hyror"), (200, "17")]),
        )
    )
    assert [(len(run), is_table) for run, is_table in runs(page, [])] == [
        (2, True),
        (1, False),
        (2, True),
    ]
