"""Tables of a sheet that stand beside each other, with blank columns between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ojmf.ingest.readers.lines import FIGURE, Row, blocks

_FEWEST_ROWS = 2


def apart(block: Sequence[Row]) -> Iterator[list[Row]]:
    """The tables of a block of rows from left to right; the block itself where it is one.

    Another begins behind blank columns with labels of its own, each once, and with figures: under
    the header that the first table's labels have, with the same labels, or under its own title.
    """
    width = max((len(cells) for _, cells in block), default=0)
    used = [any(cells[i : i + 1] != [""] and cells[i:] for _, cells in block) for i in range(width)]
    for gap in range(1, width):
        start = next((i for i in range(gap, width) if used[i]), width)
        if used[gap] or not used[gap - 1] or start == width:
            continue
        left = [(number, cells[:gap]) for number, cells in block]
        right = [(number, [*[""] * start, *cells[start:]]) for number, cells in block]
        if _are_two(left, right, start):
            yield from blocks(left, lambda row: row[1])
            for rest in blocks(right, lambda row: row[1]):
                yield from apart(rest)
            return
    yield list(block)


def _are_two(left: Sequence[Row], right: Sequence[Row], start: int) -> bool:
    first = next(i for i in range(start) if any(cells[i : i + 1] != [""] for _, cells in left))
    parts = [[cells[at:] for _, cells in part] for part, at in ((left, first), (right, start))]
    own, other = (_labels(rows) for rows in parts)
    if min(len(own), len(other)) < _FEWEST_ROWS or len({*other}) < len(other):
        return False
    headed = [next((r[0] for r in rows if len([*filter(None, r)]) > 1), "") for rows in parts]
    titled = all(len([*filter(None, rows[0])]) == 1 and rows[0][:1] != [""] for rows in parts)
    return headed[0] == headed[1] != "" or {*own} == {*other} or titled


def _labels(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first cells of rows that have figures behind them; none where these are figures."""
    found = [row[0] for row in rows if row and row[0] and any(map(FIGURE.fullmatch, row[1:]))]
    return [] if any(map(FIGURE.fullmatch, found)) else found
