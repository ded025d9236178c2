"""How a document prints its figures: symbols, signs, marks, the mark before decimals, codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ojmf.authoring.blocks import ANSWERS, is_few, is_suppressed, kind
from ojmf.authoring.coded_answers import legend_of
from ojmf.authoring.evidence import scenario_alone
from ojmf.authoring.figure_forms import Form, form, form_of_goal, is_like_a_figure, is_limit
from ojmf.authoring.forms import Proposal, slug
from ojmf.authoring.thousands import SURE_THOUSANDS
from ojmf.declarations import toml
from ojmf.declarations.drafts import TODO, Question
from ojmf.declarations.notation import limit_before
from ojmf.ingest.document import Document
from ojmf.unit_words import unit_in_cell

_LEGEND = re.compile(r"(?:(ja|nej|delvis)\s*=\s*(\d)|(\d)\s*=\s*(ja|nej|delvis))\b", re.IGNORECASE)
_KNOWN = {"..": "O", ".": "M", "x": "Q", "…": "O"}
"""SCB's two points are a figure that is not at hand or too uncertain: no more is said of why."""
_MEANINGS = (
    ("Q", re.compile(r"sekretess|skydd|undertryck|för få|färre än|osäker", re.I)),
    ("M", re.compile(r"ej (aktuell|tillämplig|relevant)|inte (aktuell|tillämplig|relevant)", re.I)),
    ("O", re.compile(r"saknas|ingen uppgift|uppgift|ej svar|inget svar|bortfall|vet ej", re.I)),
)
_NONE = re.compile(r"[-–—−‐‑]{1,3}|n/?a", re.I)
"""What stands for that there is nothing to tell, as in SCB's tables: SDMX M, not applicable."""
_POINT_THOUSANDS = re.compile(r"[-−–+]?\d{1,3}(\.\d{3})+(,\d+)?[ \u00a0]?%?")


def marks(
    document: Document, tables: Sequence[Proposal], *, commas: bool
) -> tuple[str, list[Question]]:
    """The entries of all tables' symbols, signs and marks, and the questions about them.

    ``commas``: those of the document set off thousands.
    """
    rows = [row for table in tables for row in _printed_rows(table)]
    texts = dict.fromkeys(text for row in rows for text in row)
    goals = _of_goals(tables)
    limits = {*filter(is_limit, texts)} & goals
    forms = [[form_of_goal(t) if t in limits else form(t) for t in row] for row in rows]
    known = [found for row in forms for found in row if found]
    entries: dict[str, object] = {}
    if any(document.scanned.intersection(table.block.rows) for table in tables):
        entries["scanned"] = True
    points = [found.digits for found in known if "." in found.digits]
    if commas:
        entries |= {"decimal": ".", "thousands": ","}
    elif any(map(SURE_THOUSANDS.fullmatch, points)):
        entries["thousands"] = "."
    elif any(not _POINT_THOUSANDS.fullmatch(digits) for digits in points):
        entries["decimal"] = "."
    signs, questions = _signs(forms)
    entries |= {"sign_styles": signs} if signs else {}
    furniture = Counter(line for table in tables for line in table.block.furniture)
    patterns = [r"\d{1,3}" if line.isdigit() else re.escape(line) for line in furniture]
    entries |= {"furniture": list(dict.fromkeys(patterns))} if patterns else {}
    symbols: dict[str, dict[str, str]] = {}
    # What looks like a figure is no symbol: it keeps its table from being read.
    odd = {text for text in texts if kind(text) == "text" and is_like_a_figure(text)}
    # A goal in words, or from one figure to another, is no figure and nothing that is missing.
    worded = {t for t in goals - limits - odd if kind(t) == "text"}
    symbols |= {t: {"status": "O", "note": f"målet är {t[:60]}"} for t in sorted(worded)}
    odd |= limits | worded
    zeros = []
    for text in (text for text in texts if kind(text) in {"symbol", "text"} and text not in odd):
        first = (re.split("[,;]", said)[0].strip() for said in _meanings(text, document))
        if any(map(_NOUGHT.fullmatch, first)):
            zeros.append(text)
            continue
        meaning = _symbol(text, document)
        asked = [meaning] if isinstance(meaning, Question) else []
        status = asked[0].mark if asked else str(meaning)
        note = (
            f"{text}: skyddad av sekretess, för få"
            if is_suppressed(text)
            else f"tecknet {text[:40]}"
        )
        symbols[text] = {"status": status, "note": note}
        questions += asked
    entries |= {"zeros": zeros} if zeros else {}
    entries |= {"symbols": symbols} if symbols else {}
    about = {found.approximation for found in known if found.approximation}
    said = {"status": "U", "note": "ungefärligt"}
    bounds = dict.fromkeys(sorted(map(limit_before, limits)))
    entries |= {"limits": list(bounds)} if bounds else {}
    entries |= {"approximations": dict.fromkeys(sorted(about), said)} if about else {}
    beside = {mark: _mark(mark) for found in known for mark in found.marks}
    entries |= {"marks": beside} if beside else {}
    if coded := sorted({text for table in tables for text in table.answers}):
        entries["answers"], more = _answers(document, coded)
        questions += more
    return toml.entries(entries), questions


def _of_goals(tables: Sequence[Proposal]) -> set[str]:
    """The texts that stand in columns of goals, and in no other column that is read."""
    columns = [
        (column.scenario == "target", {*table.block.column(i)})
        for table in tables
        for i, column in enumerate(table.columns)
        if column.is_value
    ]
    goals, others = (
        set().union(*(texts for goal, texts in columns if goal is wanted))
        for wanted in (True, False)
    )
    return goals - others


_FIGURES = re.compile(r"\d\s+[-−–+]\d")


def _mark(mark: str) -> dict[str, object]:
    """What a mark beside a figure says: its unit, where it is one."""
    meant = unit_in_cell(mark)
    if meant is None or meant[0] == "count":
        return {}
    return {"unit": meant[0], "shift": meant[1] or 0}


def _signs(forms: list[list[Form | None]]) -> tuple[object, list[Question]]:
    """How signs are printed; parentheses are asked, unless a row has them beside a minus."""
    found = [[known for known in row if known] for row in forms]
    styles = list(dict.fromkeys(known.style for row in found for known in row if known.style))
    sure = any(
        any(known.style == "(5)" for known in row) and any(known.minus for known in row)
        for row in found
    )
    if "(5)" not in styles or sure:
        return styles, []
    question = Question(
        key="sign",
        question=f"Betyder tal skrivna som {', '.join(styles)} minus?",
        kind="sign",
        where="dokumentet",
        proposal=", ".join(styles),
        score=90,
    )
    return f"{TODO}sign", [question]


def ask_of_thousands(tables: Sequence[Proposal]) -> None:
    """Withhold a table whose commas or points may all set off thousands: 1,234.

    A point does where one of its figures has a comma behind it, or two points: 1.650,2.
    """
    for table in tables:
        printed = [text for row in _printed_rows(table) for text in row]
        figures = [text for text in printed if kind(text) == "figure"]
        sure = any(map(SURE_THOUSANDS.fullmatch, figures))
        for mark in "," if sure else ",.":
            parted = [text for text in figures if mark in text]
            thousands = [
                t for t in parted if re.fullmatch(rf"-?[1-9]\d{{0,2}}(\{mark}\d{{3}})+", t)
            ]
            fewest = 2 if mark == "," else 1
            if len(parted) == len(thousands) >= fewest and table.unsure is None:
                table.unsure = Question(
                    key=f"table.{slug(table.block.title) or 'tabell'}-{table.block.first}",
                    question=f"Är ”{mark}” i {parted[0]} decimaltecken eller tusental?",
                    kind="table",
                )


def ask_of_run_on(tables: Sequence[Proposal]) -> None:
    """Withhold a table with cells of several figures, or of the words of a header."""
    for table in tables:
        printed = [text for row in _printed_rows(table) for text in row if kind(text) == "text"]
        odd = next((t for t in printed if _FIGURES.search(t) or scenario_alone(t)), None)
        if odd is not None and table.unsure is None:
            table.unsure = Question(
                key=f"table.{slug(table.block.title) or 'tabell'}-{table.block.first}",
                question=f"Är ”{odd[:40]}” i tabellen ”{table.block.title[:60]}” flera celler, "
                "eller en rubrik? Sätt isär dem i filen, eller be om den i Excel eller Word.",
                kind="table",
            )


def _printed_rows(table: Proposal) -> list[list[str]]:
    """The texts of the cells that are read as figures or answers, by row."""
    columns = (
        list(range(1, table.block.width))
        if table.layout == "months"
        else [i for i, column in enumerate(table.columns) if column.is_value]
    )
    rows = (
        cells
        for cells in table.block.rows.values()
        if not any(cell in table.ignore for cell in cells if cell)
    )
    return [[cells[i] for i in columns if i < len(cells) and cells[i]] for cells in rows]


def _symbol(text: str, document: Document) -> str | Question:
    """The status of a mark for a missing figure, or the question what it means."""
    if is_suppressed(text):
        return "Q"
    for said in _meanings(text, document):
        if found := next((s for s, words in _MEANINGS if words.search(said)), None):
            return found
    if found := next((s for s, words in _MEANINGS if words.search(text)), None):
        return found
    if text.casefold() in _KNOWN:
        return _KNOWN[text.casefold()]
    likely, score = ("M", 60) if _NONE.fullmatch(text) else ("O", 60)
    if is_few(text):
        likely, score = "Q", 85
    return Question(
        key=f"symbol.{slug(text) or '-'.join(f'{ord(c):x}' for c in text[:8])}",
        question=f"Vad betyder ”{text[:40]}” i stället för ett tal? M: finns inte, O: saknas, "
        "L: inte insamlad, Q: skyddad av sekretess.",
        kind="symbol",
        where="dokumentet",
        proposal=likely,
        score=score,
        options=("M", "O", "L", "Q"),
    )


_NOUGHT = re.compile(r"(?!.*(?:eller|mindre|avrund|under))(?:.*\b)?noll\b.*|0", re.I)
"""The meaning of a mark for that there is none of what is counted."""
_LEGEND_OF_MARKS = re.compile(r"tecken|symbol|förklaring|beteckning", re.I)
_LONGEST_MARK = 4
_NOTED = (
    r"(?:uppgift|värde|data|tal|siffra|ingen|inga|ej|inte|skydd|sekretess|färre|för få|noll|saknas|"
    r"redovisas)"
)
"""How a note begins that has the mark that it explains before it: ``– Uppgift saknas``."""


def _meanings(text: str, document: Document) -> Iterator[str]:
    """What the document's lines say that a short mark means.

    Behind a sign (``.. = saknas``, ``–, n/a: saknas``), in a list of marks (``Teckenförklaring: –
    Noll, X Skyddad``), in a note of its own (``– Uppgift saknas``), or before it: ``markeras med
    *``.
    """
    if len(text) > _LONGEST_MARK:
        return
    mark = rf"[”\"']?{re.escape(text)}[”\"']?"
    others = r"(?:(?:, ?|\s?/\s?| och | eller )\S{1,4}?)*"
    behind = re.compile(rf"(?<!\S){mark}{others}\s*(?:[=:–-]|betyder)\s*(.+)", re.I)
    listed = re.compile(rf"(?:^|[,;:])\s*{mark}\s+([^,;=]+)", re.I)
    noted = re.compile(rf"{mark}\s+({_NOTED}.*)", re.I)
    before = re.compile(rf"(.*)\b(?:markera|ange|visa)s med {mark}(?!\w)", re.I)
    for line in document.lines:
        forms = (behind, before, listed) if _LEGEND_OF_MARKS.search(line) else (behind, before)
        yield from (said[1].strip() for form in forms if (said := form.search(line)))
        if note := noted.fullmatch(line.strip()):
            yield note[1]


def explains_codes(document: Document) -> bool:
    """Whether a document says which answers its codes are: ``1 = Ja``."""
    return any(map(_LEGEND.search, document.lines))


def _answers(document: Document, printed: list[str]) -> tuple[dict[str, str], list[Question]]:
    """What coded answers mean, by the document's own legend where it has one."""
    said = [
        ((digit or digit_first), (word or word_last))
        for line in document.lines
        for word, digit, digit_first, word_last in _LEGEND.findall(line)
    ]
    cells = dict.fromkeys(cell for line in document.lines for cell in line.split("\t"))
    said += [pair for cell in cells for pair in legend_of(cell).items()]
    legend = {code: _answer(words) for code, words in said if _answer(words)}
    unsure = {code for code, words in said if _answer(words) != legend.get(code)}
    likely = {"1": "JA", "0": "NEJ"} if "2" not in printed else {}
    found: dict[str, str] = {}
    questions = []
    for text in printed:
        if text in legend.keys() - unsure:
            found[text] = legend[text]
            continue
        key = f"answer.{text}"
        found[text] = f"{TODO}{key}"
        questions.append(
            Question(
                key=key,
                question=f"Vilket svar står koden {text} för?",
                kind="answer",
                where="dokumentet",
                proposal=None if text in unsure else likely.get(text),
                score=85 if text in likely and text not in unsure else 0,
                options=("JA", "NEJ", "DELVIS"),
            )
        )
    return found, questions


def _answer(words: str) -> str:
    """The answer that words of a legend stand for, or the status of none; empty for others."""
    if words.casefold() in ANSWERS:
        return words.upper()
    return next((status for status, form in _MEANINGS if form.search(words)), "")
