"""Word, delimited text and Markdown: what their tables and paragraphs become."""

import csv

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from ojmf.declarations.notation import Notation
from ojmf.errors import InputError
from ojmf.ingest.readers import read_file
from ojmf.ingest.readers.whitespace import Word, lines_of, rows_of, runs
from ojmf.printed import squeeze

PLAIN = Notation()


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


TEXT = "Tabell\n\nMått\t2024\nHushåll – några\t5\n"
ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "utf-16 with mark": TEXT.encode("utf-16"),
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "utf-16-be with mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "windows-1252": TEXT.encode("cp1252"),
    "cr": TEXT.replace("\n", "\r").encode(),
    "crlf": TEXT.replace("\n", "\r\n").encode("cp1252"),
    "utf-16 cr": TEXT.replace("\n", "\r").encode("utf-16"),
    "form feed": TEXT.replace("Mått", "\fMått").encode(),
}


@pytest.mark.parametrize("suffix", ["txt", "md", "csv", "tsv"])
@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_every_text_is_decoded_alike(tmp_path, encoding, suffix):
    path = tmp_path / f"fil.{suffix}"
    path.write_bytes(ENCODINGS[encoding])
    document = read_file(path)
    lines = [squeeze(line.replace("\t", "|")) for line in document.lines]
    assert lines[:4] == ["Tabell", "", "Mått|2024", "Hushåll – några|5"]
    assert any("Windows-1252" in remark for remark in document.remarks) == (
        encoding in {"windows-1252", "crlf"}
    )


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("sign", ["\f", "\v", "\x85", "\u2028", "\u2029", "\x1b", "\x1d"])
def test_only_the_ends_of_lines_end_a_line_and_nothing_joins_two_figures(tmp_path, sign, suffix):
    path = tmp_path / f"fil.{suffix}"
    path.write_text(f"Titel{sign}två\nRad\t5{sign}123\n", encoding="utf-8", newline="")
    document = read_file(path)
    assert len(document.lines) == 3
    assert not any(sign in line for line in document.lines)
    assert PLAIN.read(document.line(2).split("\t")[1]).text == "5  123"


@pytest.mark.parametrize("suffix", ["txt", "md", "csv"])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"rad\nbin\0\x01\x02", "rad 2: filen är binär"),
        (b"\xff\xfea\x00b", "inte hel UTF-16"),
        ("Län\n".encode() + "Kön\n".encode("cp1252"), "teckenkodningen är blandad: rad 1"),
        (b"rad\r\nv\x81", "rad 2: byte 0x81 är varken UTF-8 eller Windows-1252"),
    ],
)
def test_what_cannot_be_decoded_is_named(tmp_path, data, message, suffix):
    path = tmp_path / f"fil.{suffix}"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_file(path)


def test_two_lines_in_a_cell_of_a_csv_are_no_figure(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_text('Post;2024\nHyror;"5\n123"\nEl;7\n', encoding="utf-8")
    document = read_file(path)
    assert document.facts[2, 1].refused == "cellen har 2 rader: ”5”, ”123”"


@pytest.mark.parametrize("limit", [131_072, 2**31 - 1])
def test_a_field_that_is_too_long_is_named_as_that(tmp_path, limit):
    path = tmp_path / "fil.csv"
    path.write_text(f"Post;2024\nHyror;{'5' * 140_000}\n", encoding="utf-8")
    before = csv.field_size_limit(limit)
    try:
        with pytest.raises(InputError, match="rad 2: ett fält är längre än 131072 tecken"):
            read_file(path)
    finally:
        csv.field_size_limit(before)


def markdown(tmp_path, cell, *, behind=""):
    path = tmp_path / "fil.md"
    path.write_text(f"| Post | 2024 |\n|---|---|\n| Hyror | {cell} |\n{behind}", encoding="utf-8")
    document = read_file(path)
    label, text = document.line(3).split("\t")
    assert label == "Hyror"
    return text, document.facts.get((3, 1))


@pytest.mark.parametrize(
    ("cell", "shown", "notes"),
    [
        ("125<sup>1</sup>", "125", ("fotnot 1",)),
        ("125^1^", "125", ("fotnot 1",)),
        ("125[^1]", "125", ("fotnot 1",)),
        ("125[^källa]", "125", ("fotnot *",)),
        ('125<span style="vertical-align: super">1</span>', "125", ("fotnot 1",)),
        ('5<span style="display:none">9</span>', "5", ("dold text i cellen läses inte",)),
        ('5<font color="white">9</font>', "5", ("dold text i cellen läses inte",)),
        ("5<span hidden>9</span>", "5", ("dold text i cellen läses inte",)),
        ('5<i style="font-size: 1px">9</i>', "5", ("dold text i cellen läses inte",)),
    ],
)
def test_markdown_reads_what_is_rendered(tmp_path, cell, shown, notes):
    text, fact = markdown(tmp_path, cell)
    assert text == shown
    assert fact.notes == notes
    assert fact.refused is None


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("**125**", "125"),
        ("*125*", "125"),
        ("__125__", "125"),
        ("`125`", "125"),
        ("<b>12</b>5", "125"),
        ("[125](fil.md)", "125"),
        (r"\-125", "-125"),
        ("&minus;125", "−125"),
        ("1&nbsp;250", "1\u00a0250"),
        ("5*", "5*"),
        ("~100", "~100"),
        ("a_b_c", "a_b_c"),
        ("5<!-- 9 -->", "5"),
    ],
)
def test_markdown_emphasis_and_entities(tmp_path, cell, shown):
    text, fact = markdown(tmp_path, cell)
    assert text == shown
    assert fact is None


@pytest.mark.parametrize(
    "cell",
    [
        "~~10~~7",
        "~~10~~ 7",
        "~10~ 7",
        "<s>10</s>7",
        "<del>10</del> 7",
        '<span style="text-decoration: line-through">10</span>7',
        "5<br>123",
        "5<br/>123",
        "<p>5</p><p>123</p>",
        "125<sub>1</sub>",
        "10<sup>6</sup>",
    ],
)
def test_markdown_that_shows_no_one_figure_is_refused(tmp_path, cell):
    assert markdown(tmp_path, cell)[1].refused


def test_a_markdown_mark_finds_its_footnote(tmp_path):
    _, fact = markdown(tmp_path, "125[^1]", behind="\n[^1]: Preliminär siffra\n")
    assert fact.notes == ("fotnot 1 (rad 5): ”[^1]: Preliminär siffra”",)


TAGS = ["sup", "sub", "s", "del", 'span style="display:none"', "b", "i"]


@given(
    number=st.integers(0, 99_999),
    tag=st.sampled_from(TAGS),
    inner=st.sampled_from(["1", "2)", "*", "10", "a"]),
    before=st.booleans(),
    hidden=st.sampled_from(["", "&shy;", "&#8203;", "<!-- 1 -->"]),
)
def test_a_figure_in_markdown_reads_back_or_is_refused(
    tmp_path_factory, number, tag, inner, before, hidden
):
    marked = f"<{tag}>{inner}</{tag.split()[0]}>"
    cell = f"{marked} {number}{hidden}" if before else f"{number}{hidden}{marked}"
    text, fact = markdown(tmp_path_factory.mktemp("md"), cell)
    refused = fact is not None and fact.refused is not None
    value = PLAIN.read(text).text
    shown = str(number) if tag not in {"b", "i"} else f"{number}{inner}"
    assert refused or not value.isdigit() or value == shown
