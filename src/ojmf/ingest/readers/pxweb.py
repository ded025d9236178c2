"""Statistical cubes as PxWeb exports them: json-stat2 and px, as a row per figure."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import product
from math import prod
from pathlib import Path

from ojmf.errors import InputError, why_no_json
from ojmf.ingest.document import CellFact, Document
from ojmf.ingest.readers.lines import MAX_LINES, clean

_ENTRY = re.compile(r'([A-Z-]+)(\[\w+\])?((?:\("[^"]*"\))?)=((?:"[^"]*"|[^";])*);')
_UNITS = re.compile(r'UNITS(?:\("([^"]*)"\))?')
_TEXT = re.compile(r'"([^"]*)"')
_VALUE = re.compile(r'"([^"]*)"|([^\s";]+)')
PLACES = {"region", "kommun", "län", "lan"}
_FIGURE = "Värde"

Cube = tuple[str, dict[str, str], str, list[str], list[list[str]], list[str]]
"""Title, units by the category that is measured in each, source, names of the dimensions, the
categories of each, and the figures as printed. A unit of no category is of the whole cube."""


def read(path: Path) -> Document:
    """Read a cube: title, unit, a header with the dimensions, a line per figure, and its source.

    Raises ``InputError`` for a file that is no cube, or one with more figures than can be read.
    """
    data = path.read_bytes()
    reader = _json_stat if path.suffix.lower() == ".json" else _px
    title, units, source, names, categories, values = reader(path, data)
    cells = prod(map(len, categories))
    if cells > MAX_LINES:
        raise InputError(f"{path}: mer än {MAX_LINES} tal. Hämta färre i taget.")
    if cells != len(values) or not names:
        raise InputError(f"{path}: {len(values)} tal, väntade {cells}. Hämta filen på nytt.")
    whole = set(units.values()).pop() if len({*units.values()}) == 1 else ""
    lines = [title, f"Enhet: {whole}" if whole else "", "\t".join([*names, _FIGURE])]
    facts: dict[tuple[int, int], CellFact] = {}
    for key, value in zip(product(*categories), values, strict=True):
        lines.append("\t".join([*key, clean(value)]))
        if not whole and (unit := next((units[one] for one in key if one in units), None)):
            facts[len(lines), len(key)] = CellFact(unit=unit)
    lines += ["", f"Källa: {source}"] if source else []
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(str(path), lines, sha256, wrapped=False, facts=facts)


def _json_stat(path: Path, data: bytes) -> Cube:
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        names, categories, units = [], [], dict[str, str]()
        for name in raw["id"]:
            dimension = raw["dimension"][name]
            index = dimension["category"].get("index") or dimension["category"]["label"]
            codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
            labels = dimension["category"].get("label", {})
            names.append(clean(str(dimension.get("label") or name)))
            measured = dimension["category"].get("unit") or {}
            units |= {
                _label(name, code, str(labels.get(code, code))): clean(str(one["base"]))
                for code, one in measured.items()
                if one.get("base")
            }
            categories.append([_label(name, code, str(labels.get(code, code))) for code in codes])
        values, marks = raw["value"], raw.get("status") or {}
        if isinstance(values, dict):
            values = [values.get(str(n)) for n in range(min(prod(raw["size"]), MAX_LINES + 1))]
        if isinstance(marks, list):
            marks = {str(n): mark for n, mark in enumerate(marks)}
        texts = [
            str(marks.get(str(n)) or "..") if value is None else plain(value)
            for n, value in enumerate(values)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path}: är inte json-stat2 ({why_no_json(error)}). Välj formatet json-stat2, eller "
            "hämta tabellen som CSV."
        ) from error
    head = [clean(str(raw.get(key) or "")) for key in ("label", "source")]
    return head[0], units, head[1], names, categories, texts


def plain(value: object) -> str:
    """A number without exponent."""
    if isinstance(value, float):
        return format(value, ".10f").rstrip("0").rstrip(".")
    return str(value)


def _label(dimension: str, code: str, label: str) -> str:
    """The name of a category; a place keeps its code, which tells places of one name apart."""
    known = dimension.casefold() in PLACES and code.isdigit() and not label.startswith(code)
    return clean(f"{code} {label}" if known else label)


def _px(path: Path, data: bytes) -> Cube:
    utf8 = (
        re.search(rb'CODEPAGE="utf-?8"', data[:2000], re.IGNORECASE) or data[:3] == b"\xef\xbb\xbf"
    )
    text = data.decode("utf-8-sig" if utf8 else "cp1252", errors="replace")
    head, found, figures = text.partition("DATA=")
    if not found:
        raise InputError(f"{path}: är ingen px-fil (DATA saknas). Hämta filen på nytt.")
    said = [(key + of, lang, _TEXT.findall(value)) for key, lang, of, value in _ENTRY.findall(head)]
    entries = {key: texts for key, language, texts in said if not language}
    if entries.get("LANGUAGE") != ["sv"]:
        # What is not there in Swedish, as codes of places may be, is as in the main language.
        entries |= {key: texts for key, language, texts in said if language == "[sv]"}
    names = [*entries.get("STUB", ()), *entries.get("HEADING", ())]
    categories = []
    for name in names:
        labels = entries.get(f'VALUES("{name}")', [])
        codes = entries.get(f'CODES("{name}")', [])
        if len(codes) != len(labels):
            codes = labels
        categories.append([_label(name, c, text) for c, text in zip(codes, labels, strict=True)])
    title = "".join(entries.get("TITLE") or entries.get("CONTENTS") or ())
    values = [quoted or bare for quoted, bare in _VALUE.findall(figures)]
    units = {
        clean(of[1] or ""): clean("".join(said))
        for key, said in entries.items()
        if (of := _UNITS.fullmatch(key)) and said
    }
    source = clean("".join(entries.get("SOURCE", ())))
    return clean(title), units, source, list(map(clean, names)), categories, values
