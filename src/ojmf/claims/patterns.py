"""Patterns of a lexicon, held to be regular expressions when it is read."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_FIGURE = re.compile(r"(?<!P)<(\w+)>")


def _compiles(text: str) -> str:
    try:
        return re.compile(text).pattern
    except re.error as error:
        raise ValueError(f"mönstret ”{text}” är fel: {error}") from None


def _with_figures(text: str) -> str:
    """A pattern over a text whose figures are ``#``; a figure may have one in brackets behind."""
    return _compiles(_FIGURE.sub(r"(?P<\1>(?<!#)#+(?!#))(?:\\s*\\(#+\\))?", text))


Pattern = Annotated[str, AfterValidator(_compiles)]
FormPattern = Annotated[str, AfterValidator(_with_figures)]
