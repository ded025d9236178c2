"""Values as TOML text; the standard library reads the format but does not write it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

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
