"""Streams of a PDF that can't be unpacked whole: pdfminer goes on with what it gets, in silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pdfminer import pdftypes


class Damage:
    """How many streams were not whole, and the pages that were read when they were met."""

    def __init__(self) -> None:
        self.streams = 0
        self.page: int | None = None
        self.pages: list[int] = []

    def met(self) -> None:
        """Count one more stream, on the page that is being read."""
        self.streams += 1
        if self.page is not None and self.page not in self.pages:
            self.pages.append(self.page)

    def remark(self) -> str | None:
        """What a person should know; None where every stream was whole."""
        if not self.streams:
            return None
        where = f" (sida {', '.join(map(str, self.pages))})" if self.pages else ""
        return (
            f"filen är skadad{where}: delar av den kan inte packas upp hela, så text och tal kan "
            "saknas eller vara fel. Be om originalfilen."
        )


@contextmanager
def noted_damage() -> Iterator[Damage]:
    """Note the streams that are not whole, for as long as the block runs."""
    damage = Damage()
    rescue = pdftypes.decompress_corrupted

    def noted(data: bytes) -> bytes:
        damage.met()
        return rescue(data)

    pdftypes.decompress_corrupted = noted
    try:
        yield damage
    finally:
        pdftypes.decompress_corrupted = rescue
