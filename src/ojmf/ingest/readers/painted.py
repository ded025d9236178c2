"""Which characters of a PDF page one can see: pdfium draws the page with and without its text.

Where the two pictures are alike nothing of a character shows, whatever the reason: painted in the
colour of its ground or not at all, transparent, covered, clipped, in a hidden layer, off the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on the page as it is shown, in points."""

_SCALE = 2.0
_LONGEST_SIDE = 4_000
_CONTRAST = 28
"""So much must the strongest colour of a character differ from its ground, of 255."""
_DEPTH = 15
_OVERLAP = 0.4
_STRIP = 12.0
_EDGE = 0.15


class Painter:
    """Draws the pages of a file; a context manager, since pdfium holds the file open."""

    def __init__(self, path: Path) -> None:
        self._pdf = pdfium.PdfDocument(path)

    def __enter__(self) -> Self:
        """The painter itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._pdf.close()

    def seen(
        self, number: int, turn: int, size: Box, letters: Sequence[tuple[str, Box]]
    ) -> list[bool]:
        """Whether each letter of page ``number`` (from 1) can be seen.

        ``turn`` is the page's rotation in degrees, ``size`` the box that is shown of it. Letters
        that lie on others are judged by the pieces of text that they belong to.
        """
        page = self._pdf[number - 1]
        page.set_rotation(turn)
        picture = _Picture(page, size)
        pieces = list(page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_TEXT,), max_depth=_DEPTH))
        reader = page.get_textpage()  # it holds what can be seen now
        full = picture.draw()
        _show(pieces, shown=False)
        bare = picture.draw()
        ink = _ink(full, bare)
        found = [text.isspace() or picture.marked(ink, box) for text, box in letters]
        covering = [at for at in overlapping([box for _, box in letters]) if found[at]]
        if covering:
            texts = [_text(piece, reader) for piece in pieces]
            own = _Pieces(list(zip(pieces, texts, strict=True)), picture, bare)
            for at in covering:
                found[at] = own.show(*letters[at])
        page.close()
        return found


class _Picture:
    """A page's picture, addressed in points."""

    def __init__(self, page: pdfium.PdfPage, size: Box) -> None:
        self.page = page
        self.size = size
        self.scale = min(_SCALE, _LONGEST_SIDE / max(page.get_size()))

    def draw(self) -> npt.NDArray[np.uint8]:
        picture: npt.NDArray[np.uint8] = self.page.render(scale=self.scale).to_numpy()
        return np.ascontiguousarray(picture[:, :, :3])

    def marked(self, ink: npt.NDArray[np.bool_], box: Box) -> bool:
        """Whether there is ink in a box, but for its edges, where a neighbour's may be."""
        height, width = ink.shape
        left, top, right, bottom = self.size
        across, down = width / (right - left), height / (bottom - top)
        edge, rim = _EDGE * (box[2] - box[0]), _EDGE * (box[3] - box[1])
        x0, x1 = (box[0] + edge - left) * across, (box[2] - edge - left) * across
        y0, y1 = (box[1] + rim - top) * down, (box[3] - top) * down
        rows = slice(max(0, int(y0)), max(0, int(np.ceil(y1))))
        columns = slice(max(0, int(x0)), max(0, int(np.ceil(x1))))
        return bool(ink[rows, columns].any())


class _Pieces:
    """The page's pieces of text, each with the ink that it alone brings."""

    def __init__(
        self,
        pieces: Sequence[tuple[pdfium.PdfObject, str]],
        picture: _Picture,
        bare: npt.NDArray[np.uint8],
    ) -> None:
        self.pieces = pieces
        self.picture = picture
        self.bare = bare
        self.inks: dict[int, npt.NDArray[np.bool_]] = {}

    def show(self, letter: str, box: Box) -> bool:
        """Whether a piece that holds the letter shows in its box."""
        holding = [at for at, (_, text) in enumerate(self.pieces) if letter in text]
        for at in holding:
            piece = self.pieces[at][0]
            if at not in self.inks:
                _show([piece], shown=True)
                self.inks[at] = _ink(self.picture.draw(), self.bare)
                _show([piece], shown=False)
            if self.picture.marked(self.inks[at], box):
                return True
        return not holding


def _ink(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Where two pictures differ; a piece of text changes few rows, and only those are weighed."""
    found = np.zeros(one.shape[:2], dtype=np.bool_)
    changed = np.flatnonzero((one != other).reshape(len(one), -1).any(axis=1))
    if changed.size:
        rows = slice(changed[0], changed[-1] + 1)
        apart = np.abs(one[rows].astype(np.int16) - other[rows])
        found[rows] = np.maximum.reduce([apart[:, :, i] for i in range(3)]) >= _CONTRAST
    return found


def _show(pieces: Iterable[pdfium.PdfObject], *, shown: bool) -> None:
    for piece in pieces:
        pdfium_c.FPDFPageObj_SetIsActive(piece, shown)


def _text(piece: pdfium.PdfObject, reader: Any) -> str:
    length = pdfium_c.FPDFTextObj_GetText(piece, reader, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFTextObj_GetText(
        piece, reader, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw.decode("utf-16-le", errors="replace")


def overlapping(boxes: Sequence[Box]) -> set[int]:
    """The boxes that lie on another one by a good part of the smaller."""
    bands: dict[int, list[int]] = {}
    for at in sorted(range(len(boxes)), key=lambda at: boxes[at][0]):
        _, top, _, bottom = boxes[at]
        for band in range(_band(top), _band(bottom) + 1):
            bands.setdefault(band, []).append(at)
    found: set[int] = set()
    for order in bands.values():
        for place, one in enumerate(order):
            x0, top, x1, bottom = boxes[one]
            own = _OVERLAP * max(0.0, x1 - x0) * max(0.0, bottom - top)
            for other in order[place + 1 :]:
                left, above, right, below = boxes[other]
                if left >= x1:
                    break
                wide = min(x1, right) - left
                high = min(bottom, below) - max(top, above)
                if high > 0 and wide * high > min(own, _OVERLAP * area(boxes[other])):
                    found |= {one, other}
    return found


def _band(y: float) -> int:
    """The strip of the page, about a line high, that a height lies in."""
    return int(max(-_LONGEST_SIDE, min(y, _LONGEST_SIDE)) // _STRIP)


def area(box: Box) -> float:
    """The area of a box."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
