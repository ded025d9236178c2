"""Key columns whose blank cells mean what stands above them."""

from __future__ import annotations

from dataclasses import replace

from ojmf.authoring.blocks import Block


def is_carried(block: Block, index: int, roles: list[str]) -> bool:
    """Whether a blank cell of a key column means what stands above it.

    A place printed once over its rows is the only place that they can have, and a title before
    the places what they all measure; of other keys it takes rows that nothing else tells apart.
    """
    if all(block.column(index)):
        return False
    keys = [i for i, role in enumerate(roles) if role not in {"figure", "answer", "comment"}]
    rows = [
        [cells[i] if i < len(cells) else "" for i in keys] for cells in block.rows.values() if cells
    ]
    if index not in keys or not rows or not rows[0][keys.index(index)]:
        return False
    at = keys.index(index)
    blank = [row for row in rows if not row[at]]
    others = [role for role in roles if role in {"place", "code"}]
    if not blank or any(not any(row[at + 1 :]) for row in blank):
        return False
    if roles[index] == "place" and others == ["place"]:
        return True
    if roles[index] == "text" and others and keys[0] == index:
        return True  # a title printed once over its places: no row of figures measures nothing
    return len({*map(tuple, rows)}) < len(rows)


def filled_down(block: Block, columns: list[int]) -> Block:
    """The block with what stands above in the blank cells of carried columns."""
    above = dict.fromkeys(columns, "")
    rows: dict[int, list[str]] = {}
    for number, cells in block.rows.items():
        above |= {i: cells[i] for i in columns if i < len(cells) and cells[i]}
        rows[number] = [above.get(i) or cell for i, cell in enumerate(cells)]
    return replace(block, rows=rows)
