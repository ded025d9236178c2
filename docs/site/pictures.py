"""Draw the pictures of the README anew: ``python docs/site/pictures.py``.

Each is of an output as the tool writes it, opened by the program that a reader has. Needs
LibreOffice, pdftoppm and Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).resolve().parents[1] / "bilder"
PLACE = "Solna"
DAY = "2024-10-31"
"""The date of the report, so that it is the same whenever it is drawn."""
_COLOURS = 32
_WIDTH, _HEIGHT = 480, 340
_MOST = 900  # dots of a page that are shown, so that its text can be read


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _ojmf("chart areas", "--output", str(PICTURES / "diagram.svg"), "--force")
        _ojmf("table", "--output", str(folder / "tabell.xlsx"))
        _ojmf("report", "--date", DAY, "--output", str(folder / "rapport.docx"))
        _ojmf("site", "--output", str(folder / "site"))
        _paper(folder / "tabell.xlsx", page=1, dots=130)
        _paper(folder / "rapport.docx", page=1, dots=90)
        _screen(next((folder / "site").glob("*/index.html")), folder)


def _ojmf(command: str, *arguments: str) -> None:
    words = [sys.executable, "-m", "ojmf", *command.split(), "--kommun", PLACE, "--quiet"]
    subprocess.run([*words, *arguments], check=True)


def _paper(document: Path, *, page: int, dots: int) -> None:
    """The upper left corner of a page of a document, with so many dots per inch."""
    run = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(document.parent)]
    subprocess.run([*run, str(document)], check=True, capture_output=True)
    pdf, shot = document.with_suffix(".pdf"), document.with_suffix("")
    wanted = ["-png", "-r", str(dots), "-f", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", *wanted, str(pdf), str(shot)], check=True)
    _save(shot.with_suffix(".png"), document.stem)


def _screen(page: Path, folder: Path) -> None:
    """The top of a page of the web site."""
    shot = folder / "site.png"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    size = [f"--window-size=900,{round(900 * _HEIGHT / _WIDTH)}", f"--screenshot={shot}"]
    browser = shutil.which("chromium") or "chrome"
    subprocess.run([browser, *flags, *size, page.as_uri()], check=True, capture_output=True)
    _save(shot, "webbplats")


def _save(shot: Path, name: str) -> None:
    """A picture cut to one shape and made small."""
    picture = Image.open(shot).convert("RGB")
    wide = min(picture.width, _MOST)
    high = min(picture.height, round(wide * _HEIGHT / _WIDTH))
    small = picture.crop((0, 0, wide, high)).resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
