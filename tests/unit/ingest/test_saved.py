"""The day that a file says that it was saved: never that of the template it was made of."""

import zipfile
from datetime import UTC, date, datetime

import docx
import openpyxl
import pytest

from ojmf.ingest.readers.saved import saved_by_program

CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d"><dcterms:created>{created}'
    "</dcterms:created><dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
)
TODAY = datetime.now(UTC).date()


def archive(path, text, written=(1980, 1, 1), part="docProps/core.xml"):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(zipfile.ZipInfo(part, (*written, 0, 0, 0)), text)
    return path


@pytest.mark.parametrize(
    ("created", "modified", "written", "day"),
    [
        # by Word and Excel, which tell no time of writing
        ("2024-02-01T08:00:00Z", "2024-03-05T08:00:00Z", (1980, 1, 1), date(2024, 3, 5)),
        ("2024-03-05T08:00:00Z", "2024-03-05T08:00:00Z", (1980, 1, 1), date(2024, 3, 5)),
        # by a library that tells both
        ("2024-03-05T08:00:00Z", "2024-03-05T08:00:00Z", (2024, 3, 5), date(2024, 3, 5)),
        ("2024-03-05T23:59:59Z", "2024-03-05T23:59:59Z", (2024, 3, 6), date(2024, 3, 5)),
        # changed by a person, and put in another archive later
        ("2024-02-01T08:00:00Z", "2024-03-05T08:00:00Z", (2025, 1, 9), date(2024, 3, 5)),
        # a template that nobody has changed
        ("2021-03-05T08:00:00Z", "2021-03-05T08:00:00Z", (2025, 1, 9), None),
        ("2013-12-23T23:15:00Z", "2013-12-23T23:15:00Z", (1980, 1, 1), None),
        ("2006-09-16T00:00:00Z", "2006-09-16T00:00:00Z", (1980, 1, 1), None),
        # days that cannot be
        ("2024-02-01T08:00:00Z", "2199-01-01T08:00:00Z", (1980, 1, 1), None),
        ("2024-02-01T08:00:00Z", "2024-02-31T08:00:00Z", (1980, 1, 1), None),
    ],
)
def test_properties_of_an_archive(tmp_path, created, modified, written, day):
    text = CORE.format(created=created, modified=modified)
    assert saved_by_program(archive(tmp_path / "a.docx", text, written)) == day


def test_a_day_of_making_alone_is_no_day_of_saving(tmp_path):
    text = "<a><dcterms:created>2024-03-05T08:00:00Z</dcterms:created></a>"
    assert saved_by_program(archive(tmp_path / "a.xlsx", text)) is None


def test_what_libraries_write(tmp_path):
    word, excel = tmp_path / "a.docx", tmp_path / "a.xlsx"
    docx.Document().save(word)
    openpyxl.Workbook().save(excel)
    assert saved_by_program(word) is None
    assert saved_by_program(excel) == TODAY
    told = docx.Document()
    told.core_properties.modified = datetime(2024, 3, 5, tzinfo=UTC)
    told.save(word)
    assert saved_by_program(word) == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("info", "day"),
    [
        ("/CreationDate (D:20240305120000Z)", date(2024, 3, 5)),
        ("/CreationDate (D:20240101)\n/ModDate (D:20240305)", date(2024, 3, 5)),
        ("/CreationDate (D:20000101000000Z)", None),  # of a document that is always the same
        ("/CreationDate (D:19700101000000Z)\n/ModDate (D:20240305)", date(2024, 3, 5)),
    ],
)
def test_properties_of_a_page_file(tmp_path, info, day):
    path = tmp_path / "a.pdf"
    path.write_bytes(f"%PDF-1.7\n1 0 obj <<{info}>> endobj".encode())
    assert saved_by_program(path) == day
