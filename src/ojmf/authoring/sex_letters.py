"""Women and men that headers name by letters or in the singular: ``2024 Kv`` beside ``2024 M``."""

from __future__ import annotations

import re

from ojmf.printed import squeeze


def _named(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{words})(?:\.|(?!\w))", re.I)


_PAIRS = (
    (_named("kv|kvi|k|f"), _named("m")),
    (_named("fl|fli|flk|flick"), _named("po|poj|pjk|pojk")),
    (_named("kvinna"), _named("man")),
)
_GIRLS_AND_BOYS = (_named("f"), _named("p"))
"""Letters that stand for a great many things, unless one beside them is of all."""
_ALONE = re.compile(r"\w")
_TOTAL = re.compile(r"tot\.?", re.I)
_ALL = re.compile(r"t|tot\.?|totalt?|alla|samtliga|båda(?: könen)?", re.I)


def with_sexes_in_words(headers: list[str]) -> list[str]:
    """Headers in which the letters of women and men are words, where each has its counterpart.

    >>> with_sexes_in_words(["Mått", "2024 Kv", "2024 M"])
    ['Mått', '2024 kvinnor', '2024 män']
    >>> with_sexes_in_words(["Parti", "K", "M", "S"])
    ['Parti', 'K', 'M', 'S']
    >>> with_sexes_in_words(["Mått", "F", "P", "Alla"]), with_sexes_in_words(["Mått", "F", "P"])
    (['Mått', 'kvinnor', 'män', 'Alla'], ['Mått', 'F', 'P'])
    """
    whole = any(map(_ALL.fullmatch, headers))
    for women, men in (*_PAIRS, _GIRLS_AND_BOYS) if whole else _PAIRS:
        if (said := _in_words(headers, women, men)) is not None:
            return said
    return headers


def _in_words(headers: list[str], women: re.Pattern[str], men: re.Pattern[str]) -> list[str] | None:
    """Headers with words for letters; None where one lacks its counterpart, or is one of others."""
    of_women = {i: women.sub(" ", text) for i, text in enumerate(headers) if women.search(text)}
    of_men = {i: men.sub(" ", text) for i, text in enumerate(headers) if men.search(text)}
    bases = [sorted(map(squeeze, found.values())) for found in (of_women, of_men)]
    others = [text for i, text in enumerate(headers) if i not in of_women | of_men]
    letters = any(_ALONE.fullmatch(text) and text.casefold() != "t" for text in others)
    if not of_women or bases[0] != bases[1] or letters:
        return None
    headers = ["Totalt" if _TOTAL.fullmatch(text) else text for text in headers]
    words = [women.sub("kvinnor", t) if i in of_women else t for i, t in enumerate(headers)]
    return [men.sub("män", t) if i in of_men else t for i, t in enumerate(words)]
