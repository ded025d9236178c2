"""A language's lexicon, read: what comes with the package, and what a workspace says instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ojmf.claims.language import Language
from ojmf.declarations.loading import embedded_root
from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import DeclarationError

_WORD = re.compile(r"\{([a-z_]+)\}")


def load_language(root: Path, code: str = "sv") -> Language:
    """The lexicon that comes with the package, with what a workspace says instead.

    A workspace that was made by an older version has not all words. Raises ``DeclarationError``
    with every fault. ``{name}`` stands for that of ``words``.
    """
    name = f"data/language/{code}.toml"
    path = root / name
    raw, faults = read_toml(embedded_root() / name)
    if path.exists():
        own, faults = read_toml(path)
        raw = _overlaid(raw, own)
    if faults:
        raise DeclarationError(faults)
    words: dict[str, str] = {}
    for word, pattern in (raw.get("words") or {}).items():
        words[word] = str(_filled(pattern, words))
    try:
        return Language.model_validate(_filled({**raw, "words": words}, words))
    except ValidationError as error:
        raise DeclarationError([f"{path}: {fault}" for fault in describe(error)]) from None


def _overlaid(ours: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _overlaid(ours[key], said)
        for key, said in own.items()
        if isinstance(said, dict) and isinstance(ours.get(key), dict)
    }
    return {**ours, **own, **both}


def _filled(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return _WORD.sub(lambda m: f"(?:{words[m[1]]})" if m[1] in words else m[0], value)
    if isinstance(value, list):
        return [_filled(one, words) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, words) for key, one in value.items()}
    return value
