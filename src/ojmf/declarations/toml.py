"""TOML files: reading them with their faults in Swedish, and writing entries as text.

What is written is added to files that people edit, so it is text with one entry a line. A library
that keeps a whole document would write the same lines with more code, and take its time to import.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomli  # the same parser as the standard library's, compiled: three times as fast
from pydantic import ValidationError

from ojmf.errors import why
from ojmf.typography import control

_SHOWN = 60
_DEEPEST = 20
_ESCAPED = re.compile(r"\\[befruUx]")
"""How TOML writes a control character, or any other."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(text: str) -> str:
    """A key, quoted where it has to be."""
    return text if _BARE.fullmatch(text) else _string(text)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def value(thing: Any) -> str:
    """A value on one line: text, number, date, truth, list or table."""
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, str):
        return _string(thing)
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, dict):
        return "{ " + ", ".join(f"{key(k)} = {value(v)}" for k, v in thing.items()) + " }"
    if isinstance(thing, (list, tuple)):
        return "[" + ", ".join(map(value, thing)) + "]"
    return str(thing)


def entry(name: str, thing: Any) -> str:
    """A line ``key = value``; a list of tables has one of them per line."""
    if isinstance(thing, list) and thing and isinstance(thing[0], dict):
        inner = "".join(f"  {value(item)},\n" for item in thing)
        return f"{key(name)} = [\n{inner}]\n"
    return f"{key(name)} = {value(thing)}\n"


def entries(fields: Mapping[str, Any]) -> str:
    """A line, or the lines, of each entry in turn."""
    return "".join(entry(name, thing) for name, thing in fields.items())


_EXPECTED: Mapping[str, str] = {
    "bool_type": "true eller false",
    "bool_parsing": "true eller false",
    "date_from_datetime_parsing": "ett datum som 2024-08-31, utan citattecken",
    "date_type": "ett datum som 2024-08-31, utan citattecken",
    "dict_type": "en tabell: [{entry}] eller {{ … }}",
    "datetime_from_date_parsing": "en tidpunkt som 2024-08-31T12:00:00Z",
    "datetime_type": "en tidpunkt som 2024-08-31T12:00:00Z",
    "float_parsing": "ett tal",
    "float_type": "ett tal",
    "greater_than": "mer än {gt}",
    "greater_than_equal": "minst {ge}",
    "int_from_float": "ett heltal",
    "int_parsing": "ett heltal",
    "int_type": "ett heltal",
    "less_than": "mindre än {lt}",
    "less_than_equal": "högst {le}",
    "list_type": "en lista: [ … ]",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "finite_number": "ett ändligt tal",
    "model_type": "en tabell: [{entry}] eller {{ … }}",
    "string_pattern_mismatch": "formen {pattern}",
    "string_too_short": "minst {min_length} tecken",
    "string_type": "en text inom citattecken",
    "too_long": "högst {max_length}",
    "too_short": "minst {min_length}",
    "tuple_type": "en lista: [ … ]",
}
"""What was expected where a value is of the wrong kind, by pydantic's name of the fault."""


def expected(item: Mapping[str, Any], entry: str = "") -> str | None:
    """What was expected in the place of a value, by pydantic's account of it; None if unknown."""
    text = _EXPECTED.get(item.get("type", ""))
    if text is None:
        return None
    said = item.get("ctx", {})
    # Pydantic joins what may stand in a place in English: 'higher', 'lower' or 'neutral'.
    choices = str(said.get("expected", "")).replace(" or ", " eller ").replace("'", "”")
    return text.format(entry=entry, **{**said, "expected": choices})


def _entry(loc: Iterable[int | str], raw: object) -> str:
    """An entry by its place in what a file holds; one of a list by its id, label or number."""
    parts: list[str] = []
    for key in loc:
        inner: Any = None
        if isinstance(raw, dict):
            inner = raw.get(key)
        elif isinstance(raw, (list, tuple)) and isinstance(key, int) and key < len(raw):
            inner = raw[key]
        if isinstance(key, int):
            names = inner if isinstance(inner, dict) else {}
            said = next((names[n] for n in ("id", "label", "title", "key") if n in names), None)
            shown = f" ”{said}”" if isinstance(said, str) else f" {key + 1}"
            parts[-1:] = [f"{parts[-1] if parts else 'nr'}{shown}"]
        else:
            parts.append(str(key))
        raw = inner
    return ", ".join(parts) or "filen"


def describe(error: ValidationError, raw: object = None) -> list[str]:
    """The faults of a declaration in Swedish, each naming its entry.

    ``raw`` is what was judged: with it the entries of a list are named by their ids or labels.
    """
    faults = []
    for item in error.errors():
        if item["type"] == "too_short" and error.error_count() > 1:
            continue  # its entries are not counted because of their own faults
        entry = _entry(item["loc"], raw)
        match item["type"]:
            case "missing":
                text = "saknas; lägg till den"
            case "extra_forbidden":
                text = "är en okänd nyckel; rätta stavningen, eller ta bort den"
            case "value_error":
                text = str(item["ctx"]["error"])
            case _:
                wanted = (
                    expected(item, str(item["loc"][-1]) if item["loc"] else "") or "ett annat värde"
                )
                text = f"är {_shown(item['input'])}, väntade {wanted}"
        faults.append(f"{entry} {text}")
    return faults


def _shown(thing: object) -> str:
    """A value in a message, cut where it is long."""
    text = f"”{thing}”" if isinstance(thing, str) else repr(thing)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def read_toml(
    path: Path, tables: Iterable[str] = (), lists: Iterable[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """Parse a TOML file; returns what it holds, or nothing and the faults with file and place.

    ``tables`` are the entries that must be tables (``[defaults]``) where they stand, ``lists``
    those that must be lists of tables (``[[table]]``).
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        return {}, [f"{path}: kan inte läsas ({why(error)})"]
    return parse_toml(content, path, tables, lists)


def parse_toml(
    content: bytes, path: Path, tables: Iterable[str] = (), lists: Iterable[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """As ``read_toml``, of what the file at ``path`` holds or is going to hold."""
    try:
        written = content.decode().replace("\r\n", "\n").replace("\r", "\n")
        raw = tomli.loads(written)
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            return {}, [f"{path}: filen är inte UTF-8. Spara den på nytt som UTF-8."]
        at = f"rad {error.lineno}, tecken {error.colno}"
        shown = _shown(next(iter(error.doc.splitlines()[error.lineno - 1 :]), ""))
        fault = f" {at}: inte giltig TOML, eller samma nyckel en gång till: {shown}. Rätta raden."
        if written.startswith("\N{BYTE ORDER MARK}"):
            fault = ": filen börjar med ett osynligt tecken (BOM). Spara den som UTF-8 utan BOM."
        return {}, [f"{path}{fault}"]
    except ValueError:  # Python refuses to read numbers of thousands of digits
        return {}, [f"{path}: ett tal har för många siffror. Rätta det."]
    except RecursionError:
        return {}, [f"{path}: listor eller tabeller ligger för djupt i varandra. Förenkla filen."]
    if _depth(raw) > _DEEPEST:
        return {}, [
            f"{path}: listor eller tabeller ligger mer än {_DEEPEST} djupt i varandra. "
            "Förenkla filen."
        ]
    # What is declared is written out again: a terminal must not obey it, nor a chart break on it.
    # A text has such a character only where the file has, or writes it as an escape.
    suspect = _ESCAPED.search(written) or control(written)
    faults = [
        f"{path}: texten {text[:60]!r} har styrtecknet {found}; ta bort det"
        for text in (texts(raw) if suspect else ())
        if (found := control(text))
    ]
    faults += [
        f"{path}: {name} är {_shown(raw[name])}, väntade en tabell [{name}]"
        for name in tables
        if name in raw and not isinstance(raw[name], dict)
    ]
    faults += [
        f"{path}: {name} är {_shown(raw[name])}, väntade tabeller [[{name}]]"
        for name in lists
        if name in raw
        and not (isinstance(raw[name], list) and all(isinstance(one, dict) for one in raw[name]))
    ]
    return ({}, faults) if faults else (raw, [])


def texts(thing: object) -> Iterator[str]:
    """Every key and text of what a file holds, which is not deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, (dict, list)):
        for inner in (*thing, *thing.values()) if isinstance(thing, dict) else thing:
            yield from texts(inner)


def _depth(thing: object) -> int:
    """How deep lists and tables lie in each other; no recursion, for they may lie very deep."""
    depth, level = 0, [thing]
    while level := [
        inner
        for outer in level
        if isinstance(outer, (dict, list))
        for inner in (outer.values() if isinstance(outer, dict) else outer)
    ]:
        depth += 1
    return depth
