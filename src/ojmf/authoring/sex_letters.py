"""Women and men that headers name by letters: ``2024 Kv`` beside ``2024 M``."""

from __future__ import annotations

import re

from ojmf.printed import squeeze

_WOMEN = re.compile(r"(?<![\w.])(?:kv|kvi|k|f)(?:\.|(?!\w))", re.I)
_MEN = re.compile(r"(?<![\w.])m(?:\.|(?!\w))", re.I)
_ALONE = re.compile(r"\w")


def with_sexes_in_words(headers: list[str]) -> list[str]:
    """Headers in which the letters of women and men are words, where each has its counterpart.

    >>> with_sexes_in_words(["Mått", "2024 Kv", "2024 M"])
    ['Mått', '2024 kvinnor', '2024 män']
    >>> with_sexes_in_words(["Parti", "K", "M", "S"])
    ['Parti', 'K', 'M', 'S']
    """
    women = {i: _WOMEN.sub(" ", text) for i, text in enumerate(headers) if _WOMEN.search(text)}
    men = {i: _MEN.sub(" ", text) for i, text in enumerate(headers) if _MEN.search(text)}
    bases = [sorted(map(squeeze, found.values())) for found in (women, men)]
    others = [text for i, text in enumerate(headers) if i not in women | men]
    letters = any(_ALONE.fullmatch(text) and text.casefold() != "t" for text in others)
    if not women or bases[0] != bases[1] or letters:
        return headers
    words = [_WOMEN.sub("kvinnor", t) if i in women else t for i, t in enumerate(headers)]
    return [_MEN.sub("män", t) if i in men else t for i, t in enumerate(words)]
