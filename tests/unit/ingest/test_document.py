"""Documents: what can't be read says why, and extracts keep the document's line numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.errors import InputError
from ojmf.ingest import document as documents
from ojmf.ingest.document import read_document, read_extract, write_extract


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tom"),
        (b" \n\n", "tom"),
        (b"rad ett\nrad \0 tv\xc3\xa5", "rad 2: filen är binär"),
        (b"rad ett\n\x81", "rad 2: byte 0x81 är varken UTF-8 eller Windows-1252"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, data, words):
    path = tmp_path / "rapport.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words):
        read_document(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="kan inte läsas"):
        read_document(tmp_path / "finns-inte.txt")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    path = tmp_path / "stor.txt"
    path.write_text("x" * 11, encoding="utf-8")
    with pytest.raises(InputError, match="högst"):
        read_document(path)


def test_lines_end_as_in_an_editor_and_other_control_characters_are_gone(tmp_path):
    path = tmp_path / "rapport.txt"
    path.write_bytes("\ufeffett\r\ntvå\x0bhalv\x85\u2028sida\rtre\nfyra".encode())
    assert list(read_document(path).lines) == ["ett", "två  halv    sida", "tre", "fyra"]


LINE = st.text(
    st.characters(exclude_characters="\u2028\u2029", exclude_categories=["Cs", "Cc"]), min_size=1
)


@given(st.dictionaries(st.integers(1, 300), LINE, min_size=1))
def test_an_extract_reads_back(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("extract") / "extract.txt"
    path.write_text(write_extract(lines), encoding="utf-8", newline="\n")
    document = read_extract(path, "prov")
    assert {n: t for n, t in enumerate(document.lines, start=1) if t} == lines
    assert document.line(max(lines) + 1) == ""


@pytest.mark.parametrize("text", ["utan nummer", "2\ta\n1\tb", "1\ta\n1\tb"])
def test_an_extract_without_rising_numbers_is_refused(tmp_path, text):
    path = tmp_path / "extract.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="stigande radnummer"):
        read_extract(path, "prov")
