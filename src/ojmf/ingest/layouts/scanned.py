"""Layouts of scanned text: figures at the end of lines, labels that wrap, cells torn apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ojmf.declarations import Table
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import REDACTED, Cell, Reading, Window
from ojmf.printed import folded, squeeze

_FIGURE = re.compile(r"[-−–]?\d[\d.,]*%?")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    label: str
    raws: tuple[str, ...]


def _figure_row(number: int, line: str, width: int, damaged: tuple[str, ...]) -> _Row | None:
    """The row that ends in ``width`` figures or damaged tokens, where the line is one."""
    tokens: list[str] = []
    for word in line.split():
        if word == "%" and tokens and _FIGURE.fullmatch(tokens[-1]):
            tokens[-1] += " %"
        else:
            tokens.append(word)
    if len(tokens) < width:
        return None
    tail = tokens[-width:]
    if all(_FIGURE.fullmatch(t.removesuffix(" %")) or t in damaged for t in tail):
        return _Row(number, " ".join(tokens[:-width]), tuple(tail))
    return None


def _assign(
    rows: list[_Row], gaps: list[list[str]], labels: dict[str, str]
) -> tuple[list[str], int]:
    """Give each row the lines around it that make its label a declared one.

    ``gaps[k]`` are the label lines before row k (the last: behind the last row). Returns the
    labels found, in order, and how many rows could be labelled at most.
    """
    best: list[str] = []

    def search(index: int, before: list[str], chosen: list[str]) -> list[str] | None:
        nonlocal best
        if len(chosen) > len(best):
            best = chosen
        if index == len(rows):
            return chosen
        after = gaps[index + 1]
        for taken in range(len(after) + 1):
            label = folded(" ".join([*before, rows[index].label, *after[:taken]]))
            if label in labels:
                rest = after[taken:] if index + 1 < len(rows) else []
                found = search(index + 1, rest, [*chosen, labels[label]])
                if found is not None:
                    return found
        return None

    result = search(0, gaps[0], [])
    return (result, len(rows)) if result is not None else (best, len(best))


def _header_end(document: Document, window: Window, reading: Reading) -> int | None:
    """The line behind the header, whose lines must stand there just as declared."""
    header = [squeeze(line) for line in window.table.header]
    begins = header[0].casefold()
    lines = [n for n in range(window.anchor + 1, window.stop) if document.line(n).strip()]
    start = next((i for i, n in enumerate(lines) if folded(document.line(n)) == begins), None)
    if start is None:
        reading.fault(
            document.name,
            window.anchor,
            f"rubriken ”{header[0]}” saknas efter den här raden. Rätta header i source.toml.",
        )
        return None
    for wanted, number in zip(header, lines[start:], strict=False):
        found = squeeze(document.line(number))
        if found.casefold() != wanted.casefold():
            reading.fault(
                document.name,
                number,
                f"rubriken har ändrats: fann ”{found}”, väntade ”{wanted}”.",
            )
            return None
        reading.kept[number] = document.line(number)
    return lines[start : start + len(header)][-1] + 1


def read_tail(document: Document, window: Window) -> Reading:
    """Read a table whose rows end in one figure per column, labels wrapping around them.

    A row is any line that ends in as many figures (or declared damaged tokens) as there are
    columns. Label lines before and behind it belong to it where that makes a declared label.
    """
    table = window.table
    reading = Reading(table)
    start = _header_end(document, window, reading)
    if start is None:
        return reading
    columns = table.printed_columns()
    rows: list[_Row] = []
    gaps: list[list[tuple[int, str]]] = [[]]
    for number in range(start, window.stop):
        text = squeeze(document.line(number))
        if not text:
            continue
        if text in table.ignore:
            reading.kept[number] = document.line(number)
            reading.ignored.append((number, text))
        elif text in table.blank_rows:
            rows.append(_Row(number, text, ("",) * len(columns)))
            gaps.append([])
        elif row := _figure_row(number, text, len(columns), table.damaged):
            rows.append(row)
            gaps.append([])
        else:
            gaps[-1].append((number, text))
        if len(rows) == table.rows and len(gaps[-1]) >= table.wrap:
            break
    _finish(document, table, reading, rows, gaps)
    reading.kept[window.anchor] = document.line(window.anchor)
    return reading


def _finish(
    document: Document,
    table: Table,
    reading: Reading,
    rows: list[_Row],
    gaps: list[list[tuple[int, str]]],
) -> None:
    texts = [[text for _, text in gap] for gap in gaps]
    right = {folded(label): text for label, text in table.labels.items()}
    labels, done = _assign(rows, texts, right)
    if done < len(rows):
        row = rows[done]
        around = squeeze(" ".join([*texts[done], row.label, *texts[done + 1]]))
        reading.fault(
            document.name,
            row.line,
            f"”{around[:80]}” finns inte bland tabellens radrubriker. Lägg till den under labels i "
            "source.toml, "
            "eller kontrollera att raden har ett värde per kolumn.",
        )
        return
    for row, label in zip(rows, labels, strict=True):
        reading.kept[row.line] = document.line(row.line)
        for column, raw in zip(table.printed_columns(), row.raws, strict=True):
            reading.add(Cell(row.line, label, column, raw))
    last = rows[-1].line if rows else 0
    printed = {folded(label) for label in table.labels}
    for gap in gaps:
        for number, text in gap:
            if number < last or any(label.endswith(folded(text)) for label in printed):
                reading.kept[number] = document.line(number)


def read_pinned(document: Document, window: Window) -> Reading:
    """Read cells that are given by line, each piece of which must stand on its line."""
    table = window.table
    reading = Reading(table)
    columns = {column.label: column for column in table.columns}
    reading.kept[window.anchor] = document.line(window.anchor)
    for pinned in table.cells:
        for piece in pinned.pieces:
            if piece.text not in document.line(piece.line):
                reading.fault(
                    document.name,
                    piece.line,
                    f"väntade ”{piece.text}”, fann ”{squeeze(document.line(piece.line))[:80]}”.",
                )
            kept = reading.kept.get(piece.line, "")
            reading.kept[piece.line] = f"{kept} {piece.text}".strip()
        raw = " ".join(piece.text for piece in pinned.pieces)
        reading.add(Cell(pinned.pieces[0].line, pinned.row, columns[pinned.column], raw))
    for number in range(min(reading.kept), max(reading.kept) + 1):
        text = document.line(number)
        if number not in reading.kept and text.strip() and text != REDACTED:
            reading.ignored.append((number, text))
    return reading
