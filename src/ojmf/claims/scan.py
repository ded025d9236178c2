"""Reading the words of a scan: damaged words that are like one known word are read as it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from ojmf.claims.language import Language, compiled

_WORD = re.compile(r"[^\W\d_][^\s\d.,;:()]*[^\W\d_]")
_LEAST, _SHORT = 4, 7
_LEAST_BEGUN = 8
_LEAST_STEM = 3
_MORE_OF_SPELLED = 0.1
_ENDING = re.compile(r"(?:[aeo]?r)?(?:na)?s?|[ae]?[nt]s?|[aei]|t[aes]?s?|d[aes]?s?")


def mender(language: Language, names: Iterable[str]) -> Callable[[str], str]:
    """A function that mends the words of a line; figures are left as they are.

    ``names`` are texts whose words are known besides the lexicon's own. Small words and verbs are
    read as they stand.
    """
    known: dict[str, str] = {}
    for text in (*language.scan.words, *names):
        for word in _WORD.findall(text):
            if len(word) >= _LEAST:
                known.setdefault(_folded(word), word)

    scope = language.scope
    small = compiled(rf"{scope.plain}|{scope.verbs}|{scope.prepositions}")
    kept = frozenset(language.subject.stop)

    @lru_cache(maxsize=10_000)
    def mended(word: str) -> str:
        folded = _folded(word)
        if len(folded) < _LEAST or folded in known:
            return known.get(folded, word)
        begun = len(folded) >= _LEAST_BEGUN and any(key.startswith(folded) for key in known)
        spelled = small.fullmatch(word) is not None
        if begun or word.casefold() in kept or (spelled and len(word) <= _SHORT):
            return word
        if any(_inflected(folded, key) for key in known):
            return word
        least = language.scan.likeness + _MORE_OF_SPELLED * spelled
        close = max(
            (
                (likeness, whole)
                for key, whole in known.items()
                if (likeness := _likeness(folded, key, least))
            ),
            default=None,
        )
        return close[1] if close else word

    def mend(line: str) -> str:
        text = line
        for mark, letters in language.scan.letters.items():
            text = text.replace(mark, letters)
        text = _WORD.sub(lambda match: _cased(match[0], mended(match[0])), text)
        for phrase, meant in language.scan.phrases:
            text = compiled(phrase).sub(meant, text)
        return text

    return mend


def _cased(word: str, meant: str) -> str:
    """The word that is meant, with a capital where the damaged one has it."""
    return meant[0].upper() + meant[1:] if word[0].isupper() else meant[0].lower() + meant[1:]


def _inflected(word: str, known: str) -> bool:
    """Whether two words differ in their endings alone, as a scan hardly makes them."""
    common = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), None)
    common = min(len(word), len(known)) if common is None else common
    ends = (word[common:], known[common:])
    return common >= _LEAST_STEM and all(_ENDING.fullmatch(end) for end in ends)


def _folded(word: str) -> str:
    """The word in lower case without accents, so that a lost ring or dot does not count."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _likeness(word: str, known: str, least: float) -> float:
    if abs(len(word) - len(known)) > 2:
        return 0.0
    matcher = SequenceMatcher(None, word, known)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0
