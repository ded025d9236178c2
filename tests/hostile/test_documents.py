"""Documents that a library reads in silence, or that ask for more than their size tells."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.errors import InputError
from ojmf.ingest.readers import guard, pdf, read_file

SHOWN = b"BT /F1 12 Tf 50 700 Td (Indikator) Tj 200 0 Td (45) Tj ET "


def write_pdf(path: Path, packed: bytes) -> Path:
    """One page whose content is a packed stream, whole or not."""
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    data = b"%PDF-1.7\n"
    for number, thing in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
            content,
        ),
        start=1,
    ):
        data += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    path.write_bytes(data + b"trailer\n<</Root 1 0 R>>\n%%EOF")
    return path


def test_a_stream_that_does_not_unpack_whole_is_remarked(tmp_path: Path) -> None:
    packed = zlib.compress(SHOWN * 99, 0)
    whole = pdf.read(write_pdf(tmp_path / "hel.pdf", packed))
    assert whole.remarks == ()
    cut = pdf.read(write_pdf(tmp_path / "kapad.pdf", packed[:-200]))
    assert ["skadad (sida 1)" in remark for remark in cut.remarks] == [True]
    changed = packed.replace(b"(45)", b"(54)", 1)
    assert "skadad (sida 1)" in pdf.read(write_pdf(tmp_path / "andrad.pdf", changed)).remarks[0]


def test_a_page_of_which_nothing_unpacks_is_not_taken_for_a_scan(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "trasig.pdf", b"\xff" + zlib.compress(SHOWN))
    with pytest.raises(InputError, match=r"trasig\.pdf: filen är skadad \(sida 1\)"):
        read_file(path)


def test_markup_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(guard.SECONDS_VARIABLE, "2")
    path = tmp_path / "rapport.md"
    path.write_text(f"| Mått | {'a^1^' * 100_000} |\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"rapport\.md: filen har inte lästs efter 2 sekunder"):
        read_file(path)


@pytest.mark.parametrize("figure", ["9" * 5000, "²", "٤٥"])
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_what_looks_like_a_number_to_python_is_no_trap(
    tmp_path: Path, figure: str, suffix: str
) -> None:
    rows = ["Nr\tIndikator\tUppsala\tRiket", *(f"{figure}\tMått {n}\t{n}\t5" for n in range(4))]
    path = tmp_path / f"rapport.{suffix}"
    path.write_text("Uppsala kommun 2024\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
    words = ["source", "new", str(path), "--kommun", "Uppsala", "--id", "x", "-o", str(tmp_path)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code in {0, 3}, result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes among the files")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["validate"], "tal.csv"),
        (["validate"], "tal.parquet"),
        (["claims"], "rapport.txt"),
        (["report", "--kommun", "Solna", "--output", "ut.docx", "--template"], "mall.docx"),
    ],
)
def test_a_pipe_given_to_a_command_is_refused(tmp_path: Path, words: list[str], name: str) -> None:
    os.mkfifo(tmp_path / name)
    result = CliRunner().invoke(app, [*words, str(tmp_path / name)])
    assert (result.exit_code, "ingen vanlig fil" in result.stderr) == (3, True)
