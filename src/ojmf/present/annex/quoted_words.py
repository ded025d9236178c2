"""The words around a citation's id: whether they contradict what is cited.

Somebody may have written them anew, so that only what plainly is another answer, figure, question,
municipality or year is told of; words that say more than the citation does are not tested.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from ojmf.present.annex.quoted_sources import (
    COUNTY,
    QUOTED,
    SOURCE,
    YEAR,
    other_sources,
    with_the_id,
)
from ojmf.present.words import listed
from ojmf.printed import as_float, folded

_BRACKETS = re.compile(r"\[[^\]]*\]")
_ANSWER = re.compile(r"\bsvar(?:ade|at|ar)\s+(ja|nej|delvis)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w,.])([+\-−–]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:,\d+)?)(?![\w])")
_YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d(?= \d)")
"""A year that is no thousands of the figure behind it."""
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_CLAUSE = re.compile(r"[.;:]")
_OF_OTHERS = re.compile(r"procent|%|\bandel")
_SLACK = 1e-9
_SAME_WORDS = 0.85
_UNIT = r"[ \u00a0\u202f]*"
_SHARE = ("procent", "%", "procentenheter")
_REFERENCES = (
    (r"\bbudgeten\b", r"budget(?:en)?"),
    (r"\bmålet\b", r"mål(?:et)?"),
    (r"\blän\b", r"länet|[\wåäö]+ län"),
    (r"\briket\b", "riket"),
)
"""What a citation may name beside its figure, and the words for it."""
_IS = r"(?:,? (?:är|var|på|om|har|hade|svarade))?[ :(]*"
_APART = re.compile(
    r"skillnad|differens|avvik|över|under|mer|mindre|högre|lägre|fler|färre|men|och", re.IGNORECASE
)
"""Between a reference and a figure that need not be its."""
_SHARE_OF = r" ?(?:procent|%) (?:av kommunerna )?i "


def contradictions(
    said: str,
    cited: str,
    *,
    answered: bool,
    unit: str,
    figures: Sequence[float],
    places: set[str],
    documents: Mapping[str, Collection[str]],
) -> list[str]:
    """What the words contradict of a sentence of ``ojmf cite``, each in a few words.

    ``figures`` are those that it stands for, in ``unit``, ``places`` the municipalities that there
    are, and ``documents`` the tables of each document by its title.
    """
    found = [
        _other_question(said, cited),
        _other_place(said, cited, places),
        _other_answer(said, cited) if answered else None,
        _other_figure(said, cited, _SHARE if answered else (unit,), figures)
        or _other_reference(said, cited, _SHARE if answered else (unit,), figures),
        _other_year(said, cited),
        *other_sources(said, cited, places=places, documents=documents),
    ]
    return list(dict.fromkeys(told for told in found if told))


def _bare(text: str) -> str:
    """A text without sources, ids, quotations and counties."""
    for part in (SOURCE, _BRACKETS, QUOTED, COUNTY):
        text = part.sub(" ", text)
    return text


def _other_question(said: str, cited: str) -> str | None:
    quoted = [folded(text) for text in QUOTED.findall(SOURCE.sub(" ", said))]
    label = QUOTED.search(cited)
    if not quoted or label is None:
        return None
    meant = folded(label[1])
    if any(text in meant or meant in text for text in quoted):
        return None
    return f"det gäller ”{label[1]}”"


def _other_place(said: str, cited: str, places: set[str]) -> str | None:
    """The municipality that a sentence is about stands before its verb."""
    about = [name for name in places if _subject(name, cited)]
    named = [name for name in places if _subject(name, said)]
    if not about or not named or set(about) & set(named):
        return None
    return f"det gäller {about[0]} och inte {listed(sorted(named))}"


def _subject(name: str, text: str) -> bool:
    verb = r"(?: kommun| stad)? (?:har|svar(?:ade|ar)|redovisar|ligger)\b"
    return re.search(rf"\b{re.escape(name)}{verb}", _bare(text)) is not None


def _other_answer(said: str, cited: str) -> str | None:
    # Of a clause with a share it is that of others.
    own = [clause for clause in _CLAUSE.split(_bare(said)) if not _OF_OTHERS.search(clause)]
    given = [answer.upper() for clause in own for answer in _ANSWER.findall(clause)]
    true = _ANSWER.search(_bare(cited))
    if not given or true is None or true[1].upper() in given:
        return None
    return f"svaret är {true[1].upper()}"


def _other_figure(
    said: str, cited: str, units: Sequence[str], figures: Sequence[float]
) -> str | None:
    """A figure in the unit that the citation has none of, in the place of one of its own.

    In a sentence of other words it may be anything, unless none of the citation's own is said.
    """
    known = [as_float(text) for text in _NUMBER.findall(_bare(cited))]
    allowed = [*known, *(100 - figure for figure in figures if units is _SHARE), *figures]
    numbers = [(match[1], _with_unit(said, match.end(), units)) for match in _found(said)]
    strange = [
        text for text, of_unit in numbers if of_unit and not any(_same(text, n) for n in allowed)
    ]
    unsaid = [n for n in figures if not any(_same(text, n) for text, _ in numbers)]
    enough = 1 if _alike(said, cited) else max(len(figures), 1)
    if not strange or len(unsaid) < enough:
        return None
    return f"hänvisningen har inte {listed(strange)} {units[0]}".rstrip()


def _other_reference(
    said: str, cited: str, units: Sequence[str], figures: Sequence[float]
) -> str | None:
    """Another figure for what the citation's own stands beside, in a sentence that has the latter.

    It is told of close to the word for it: ``budgeten på 106,8``, ``45 procent i länet``; further
    from it where the sentence with the id has that word once, and behind it only that figure.
    """
    own = _NUMBER.search(_bare(cited))
    numbers = _found(said)
    share = units is _SHARE
    if not share and (own is None or not any(_same(m[1], as_float(own[1])) for m in numbers)):
        return None
    beside = _bare(cited).lower() if not share else cited.lower()
    words = [word for known, word in _REFERENCES if re.search(known, beside)]
    if not words:
        return None
    word = "|".join(words)
    allowed = [as_float(text) for text in _NUMBER.findall(_bare(cited))] + [*figures]
    allowed += [100 - figure for figure in figures if share]
    strange = []
    for match in numbers:
        before, behind = said[: match.start()], said[match.end() :]
        named = re.search(rf"\b(?:{word}){_IS}$", before, re.IGNORECASE) or (
            share and re.match(rf"{_SHARE_OF}(?:{word})\b", behind, re.IGNORECASE)
        )
        of_unit = _with_unit(said, match.end(), units)
        if named and of_unit and not any(_same(match[1], figure) for figure in allowed):
            strange.append(match[1])
    strange = strange or _further_on(said, word, units, allowed)
    return f"hänvisningen har inte {listed(strange)} {units[0]}".rstrip() if strange else None


def _further_on(said: str, word: str, units: Sequence[str], allowed: Sequence[float]) -> list[str]:
    """The one figure behind the one word for a reference in the sentence with the id, if strange.

    Not one of another year, or that says how far apart two are.
    """
    sentence = SOURCE.sub(" ", with_the_id(said))
    words = [*re.finditer(rf"\b(?:{word})\b", sentence, re.IGNORECASE)]
    if len(words) != 1:
        return []
    rest = sentence[words[0].end() :]
    found = [one for one in _found(rest) if _with_unit(rest, one.end(), units)]
    if len(found) != 1 or any(_same(found[0][1], figure) for figure in allowed):
        return []
    between = rest[: found[0].start()]
    return [] if YEAR.search(between) or _APART.search(between) else [found[0][1]]


def _alike(said: str, cited: str) -> bool:
    """Whether two sentences are of the same words, whatever their figures."""
    one, other = (" ".join(_NUMBER.sub("#", _bare(text)).split()) for text in (said, cited))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > _SAME_WORDS


def _found(said: str) -> list[re.Match[str]]:
    # What is cut out leaves its room, so that places in the text stay.
    masked = said
    for part in (SOURCE, _BRACKETS, QUOTED, _YEAR_BEFORE):
        masked = part.sub(lambda match: " " * len(match[0]), masked)
    return [match for match in _NUMBER.finditer(masked) if not YEAR.fullmatch(match[1])]


def _with_unit(said: str, end: int, units: Sequence[str]) -> bool:
    rest = said[end : end + 30]
    return any(
        re.match(rf"{_UNIT}{re.escape(unit)}(?!\w)" if unit else r"\W", rest) for unit in units
    )


def _same(text: str, figure: float) -> bool:
    """Whether a figure is told so, with its sign or without, or rounded."""
    half_a_step: float = 0.5 * 10.0 ** -len(text.partition(",")[2])
    return abs(abs(as_float(text)) - abs(figure)) <= half_a_step + _SLACK


def _other_year(said: str, cited: str) -> str | None:
    """Another year in the brackets that say what a figure is of."""
    there = set(YEAR.findall(cited))
    texts = _IN_BRACKETS.findall(SOURCE.sub(" ", said))
    given = {year for text in texts for year in YEAR.findall(text)}
    if not given or not there or given & there:
        return None
    return f"det gäller {listed(sorted(there))}"
