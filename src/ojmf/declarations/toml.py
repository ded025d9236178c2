"""TOML files: reading them with their faults in Swedish, and writing entries as text.

What is written is added to files that people edit, so it is text with one entry a line. A library
that keeps a whole document would write the same lines with more code, and take its time to import.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

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


def describe(error: ValidationError) -> list[str]:
    """The faults of a declaration in Swedish, each naming its entry."""
    faults = []
    for item in error.errors():
        if item["type"] == "too_short" and error.error_count() > 1:
            continue  # its entries are not counted because of their own faults
        entry = ".".join(str(part) for part in item["loc"]) or "filen"
        match item["type"]:
            case "missing":
                text = "saknas"
            case "extra_forbidden":
                text = "är en okänd nyckel"
            case "value_error":
                text = str(item["ctx"]["error"])
            case "enum" | "literal_error":
                text = f"är ”{item['input']}”, väntade {item['ctx']['expected']}"
            case "string_pattern_mismatch":
                text = f"är ”{item['input']}”, väntade formen {item['ctx']['pattern']}"
            case "string_type":
                text = f"är {item['input']}, väntade en text inom citattecken"
            case _:
                text = f"är ”{str(item['input'])[:60]}” ({item['msg']})"
        faults.append(f"{entry} {text}")
    return faults


def read_toml(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Parse a TOML file; the fault names file and place where it is not TOML in UTF-8."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"{path}: inte giltig TOML i UTF-8: {error}"]
    except OSError as error:
        return {}, [f"{path}: kan inte läsas ({error.strerror})"]
