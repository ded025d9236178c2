"""Addresses of spreadsheet cells: C12 as column letters and row number, and back."""

from __future__ import annotations

import re


def column_letters(index: int) -> str:
    """The letters of a spreadsheet's column, 0 being A."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shift_column(letters: str, by: int) -> str:
    """The letters of the column that stands ``by`` columns to the right."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return column_letters(number - 1 + by)


def address(row: int, column: int) -> str:
    """The address of a cell, ``B12``, from its row (1-based) and column (0-based)."""
    return f"{column_letters(column)}{row}"


_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def split_address(text: str) -> tuple[int, int]:
    """Row (1-based) and column (0-based) of an address; ``ValueError`` where it is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise ValueError(f"celladressen {text!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1
