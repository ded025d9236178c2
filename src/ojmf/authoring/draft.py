"""A draft declaration of a document: what its form says, and the questions that are left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from ojmf.authoring.accounting import account
from ojmf.authoring.answering import answered
from ojmf.authoring.elsewhere import AGENCY, ask_elsewhere, own_place, refuse_another, service_of
from ojmf.authoring.evidence import names_part_of_year
from ojmf.authoring.forms import Context, Passed, Proposal, ask_apart_what_differs
from ojmf.authoring.found_blocks import find_blocks
from ojmf.authoring.groups import groups_text, of_nobody, report_on
from ojmf.authoring.header_periods import ask_apart, reporting_question
from ojmf.authoring.labels import Labels
from ojmf.authoring.marks import ask_of_run_on, ask_of_thousands, explains_codes, marks
from ojmf.authoring.modelled import explained_letters
from ojmf.authoring.newest_period import newest_period
from ojmf.authoring.page_text import find_page_tables
from ojmf.authoring.recognise import recognise
from ojmf.authoring.said_periods import Said, names_a_part
from ojmf.authoring.thousands import commas_part_thousands, with_spaces
from ojmf.authoring.titled_times import lines_of_titles, said_by_titles
from ojmf.authoring.titles import named_by, title_of
from ojmf.authoring.trial import Trial
from ojmf.authoring.writing import (
    TableWriter,
    indicators_text,
    lasting,
    not_read_text,
    questions_text,
)
from ojmf.declarations import toml
from ojmf.declarations.drafts import TODO, Question
from ojmf.errors import InputError
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document
from ojmf.ingest.readers import opened
from ojmf.ingest.readers.saved import saved_by_program
from ojmf.ingest.reading import ReadDocument
from ojmf.model import COUNTRY
from ojmf.periods import in_digits, parse_period
from ojmf.printed import squeeze
from ojmf.unit_words import MILLIONS, OF_MONEY, THOUSANDS, scales_of
from ojmf.workspace import Workspace

_ISO = re.compile(r"\b(20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b")
_YEAR = re.compile(r"(?<!\d)20\d\d(?![\d:])")
_LONE_YEAR = re.compile(r"(?<!\d)(?<!\d[._-])(?:19|20)\d\d(?!\d|[._:-]\d)")
_COMES_OUT = re.compile(
    r"öppna.?jämförelser|(?<![a-z])oj(?![a-z])|rapport|hämta|uttag|export|version|publicer|"
    r"(?<![a-zåäö])m[åa]l(?![a-zåäö])|målvärde|budget|plan(?:er|en)?(?![a-zåäö])|prognos|strategi|"
    r"vision|agenda|program",
    re.I,
)
_IN_KRONOR = re.compile(
    r"\b(?:belopp|summor|siffror|tal|värden|uppgifter)\w*(?: \w+)? i (?:hela )?(?:kr|kronor|SEK)\b",
    re.I,
)
_DIARY = re.compile(r"\b[A-ZÅÄÖ]{2,5}[ /-]?20\d\d[:/]\d+\b")
_HEAD_LINES, _FEW, _TWO_CELLS = 60, 3, 2
_MOST_TRIALS = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a ``source.toml``, and what comes with it.

    ``indicators`` is the text of an indicator file for what the catalogue lacks, empty where it
    lacks nothing; ``extract`` the text that the tables are read from again, ``document`` the name
    of the file, ``read`` what its tables give with all proposals taken, where they can be read so.
    """

    text: str
    indicators: str
    extract: str
    tables: int
    passed: int
    questions: tuple[Question, ...]
    document: str = ""
    read: ReadDocument | None = field(default=None, compare=False, repr=False)


def draft_source(
    workspace: Workspace,
    file: Path | Document,
    source_id: str,
    geo: str | None,
    *,
    period: str | None = None,
    published: date | None = None,
) -> Draft:
    """Draft the declaration of a document in any format that can be read, or that has been.

    What is certain from the document's form is written; what is not is a question, which keeps its
    table from being read until it is answered. The draft is read once, with all proposals taken:
    a table that cannot be read so is withheld with the reason. Without ``geo`` the document has to
    name its municipality, or its tables the places of their figures.

    Raises ``InputError`` where the file cannot be read or has nothing that looks like a table,
    ``SelectionError`` where it does not say whose any figure is.
    """
    document = opened(file)
    path = Path(document.name)
    labels = Labels(workspace.catalogue)
    blocks = find_blocks(document, labels.knows) or find_page_tables(document)
    if not blocks:
        raise InputError(
            f"{path}: inga tabeller hittades. I en text skiljs kolumner åt med tabbar, eller med "
            "mellanslag under en rubrik med ett ord eller år för varje kolumn. Är dokumentet "
            "skannat, deklarera tabellerna för hand med layouten tail."
        )
    commas = commas_part_thousands(document, blocks)
    blocks = list(map(with_spaces, blocks)) if commas else blocks
    own = geo or own_place(document, Gazetteer.of(workspace.geography))
    lines = lines_of_titles(document)
    said = said_by_titles(document, blocks, lines)
    likely = period or said.period or said.likely
    of_a_part = likely is None and "-01/" in "".join(said.options[:1])
    ways = said.options if of_a_part else ()
    report = report_on(blocks, own, source_id, workspace, likely, ways)
    title = title_of(document, source_id)
    elsewhere = ask_elsewhere(document, blocks, report, given=geo is not None)
    context = Context(
        report,
        labels,
        source_id,
        _amounts(document),
        title,
        words_of(document),
        elsewhere,
        commas=commas,
        coded=explains_codes(document),
        letters=explained_letters(document.lines),
    )
    found = [recognise(block, context) for block in blocks]
    tables = [f for f in found if isinstance(f, Proposal)]
    passed = [f for f in found if isinstance(f, Passed)]
    if not tables:
        unclear = [
            f"{p.block.first}: {p.what.removeprefix(TODO)}" for p in passed if TODO in p.what
        ]
        why = f"kan läsas: rad {'; rad '.join(unclear)}" if unclear else "har siffror eller svar"
        raise InputError(
            f"{path}: ingen av dokumentets tabeller {why}. Kontrollera att det är rätt fil, eller "
            "deklarera tabellerna för hand; se mallen i data/sources/mall."
        )
    if not own and _needs_its_place(tables, context):
        raise of_nobody(path, report)
    for table in tables:
        _settle_area(table, context)
    partly = next(filter(names_a_part, lines), None)
    newest = None if likely else newest_period(tables, blocks, partly, said if of_a_part else None)
    if newest is not None and newest[:4] in _named_years(document):
        likely, newest = newest, None
    if newest is not None:
        ask_apart(tables)
    account(found, document, context)
    ask_of_thousands(tables)
    ask_of_run_on(tables)
    headers = tuple(text for block in blocks for text in block.header)
    places = report.gazetteer
    named = named_by(document) if title == source_id else title
    head = _Head(document, source_id, own or COUNTRY, places, named, headers, partly is not None)
    asked = [head.period(likely, said, newest), issued(document, published, likely or newest)]
    trial = Trial(workspace, document, source_id, context)
    for _ in range(_MOST_TRIALS):
        text, questions = _whole(head, document, tables, passed, asked, trial)
        if not trial.read(answered(text, questions, {}, accept=1), tables, passed):
            break
    else:
        for table in tables:
            trial.give_up(table, "tabellen går inte att läsa som utkastet säger")
    refuse_another(document, blocks, geo, places, trial.found)
    # Written once more: what was read tells how many rows each table has.
    text, questions = _whole(head, document, tables, passed, asked, trial)
    return Draft(
        text,
        indicators_text(source_id, lasting(named, likely or newest), context, tables),
        trial.extract,
        len(tables),
        len(passed),
        tuple(questions),
        path.name,
        trial.found,
    )


def _settle_area(table: Proposal, context: Context) -> None:
    """Give a table whose indicators are all known an area that there is."""
    used = [table.indicator, *table.indicators.values(), *(c.indicator for c in table.columns)]
    ids = [name for name in used if isinstance(name, str)]
    if table.area in {"", context.area} and ids and not any(name in context.added for name in ids):
        table.area = context.labels.area_of(ids[0]) or context.area


def _named_years(document: Document) -> list[str]:
    """The year that the name of a document's file says, alone."""
    years = [*dict.fromkeys(_YEAR.findall(Path(document.name).stem))]
    return years if len(years) == 1 else []


def _year_of_file(document: Document) -> str | None:
    """The one year that a file's name says that its figures are of, if it does.

    A day is when the file was saved or fetched, a report is named by the year it came out, and a
    plan by the year it reaches; a part of a year may be told in many ways.
    """
    stem = Path(document.name).stem
    years = {*_LONE_YEAR.findall(stem)}
    part = names_part_of_year(in_digits(words_of(document)))
    return years.pop() if len(years) == 1 and not (part or _COMES_OUT.search(stem)) else None


def words_of(document: Document) -> str:
    """The words that a document's file is named by: ``AntalPersoner_lan`` has three."""
    stem = Path(document.name).stem
    return squeeze(re.sub(r"[_\W]+|(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", stem))


def _needs_its_place(tables: Sequence[Proposal], context: Context) -> bool:
    """Whether no figure can be read before someone says whose the document is."""
    values = [column for table in tables for column in table.columns if column.is_value]
    return all(table.columns for table in tables) and all(
        column.geo is context.elsewhere for column in values
    )


def _amounts(document: Document) -> tuple[str, int | None] | None:
    """The unit of amounts of the whole document, where it names one and no other."""
    lines = [line for line in map(_of_all, document.lines) if OF_MONEY.search(line)]
    thousands = any(map(THOUSANDS.search, lines))
    millions = any(map(MILLIONS.search, lines))
    mixed = any(scales_of(line) > 1 for line in lines if "\t" not in line.strip())
    if not (thousands or millions) and any(map(_IN_KRONOR.search, lines)):
        return "SEK", None
    if thousands == millions or mixed:
        return None
    return ("MSEK", -3) if thousands else ("MSEK", None)


def _of_all(line: str) -> str:
    """What of a line is about more than one of its columns: ``Utbetalt, tkr`` is not, in a header.

    Its first cell, a cell that stands alone, and all of those that say the same.
    """
    cells = [cell for cell in line.split("\t") if cell.strip()]
    money = sum(OF_MONEY.search(cell) is not None for cell in cells[1:])
    return line if len(cells) < _FEW or money == len(cells) - 1 else cells[0]


@dataclass(frozen=True, slots=True)
class _Head:
    """What a declaration says of the document as a whole."""

    document: Document
    source_id: str
    geo: str
    gazetteer: Gazetteer
    title: str
    headers: tuple[str, ...]
    partly: bool

    def period(self, likely: str | None, said: Said, newest: str | None) -> str | Question:
        """What the document reports on: likely the ``newest`` that its tables have."""
        if likely is not None:
            return likely
        if said.options:
            return reporting_question(said.options, newest)
        named = {year for text in self.headers for year in _YEAR.findall(text)}
        only = next(iter(named)) if len(named) == 1 and not self.partly else None
        of_file = None if newest else _year_of_file(self.document)
        of_file = of_file if not named or of_file in named else None
        asked = reporting_question((), newest or only or of_file)
        why = f"{asked.question} Förslaget är årtalet i filens namn."
        return asked.model_copy(update={"question": why}) if of_file else asked

    def text(self, period: object, when: object) -> str:
        """The first entries of the declaration."""
        texts = _about(self.document)
        name = self.gazetteer.names.get(self.geo, self.geo)
        agency = next((m[1] for line in texts if (m := AGENCY.search(line))), None)
        service = service_of(self.document)
        publisher = service or (name if self.geo != COUNTRY else agency or self.title)
        entries = {
            "id": self.source_id,
            "title": self.title,
            "document": self.title
            if self.title.startswith(publisher)
            else f"{publisher}, {self.title}",
            "publisher": publisher,
            "geo": self.geo,
            "date": _value(when),
            "reporting_period": _value(period),
            "sha256": self.document.sha256,
        }
        if diary := diary_number(self.document):
            entries["diary_number"] = diary
        titled = "filens namn" if self.title == named_by(self.document) else "läst ur dokumentet"
        read = service or (agency and self.geo == COUNTRY)
        whose = "läst ur dokumentet" if read else "kommunen" if self.geo != COUNTRY else "titeln"
        comment = (
            f"# Utkast till deklaration av {Path(self.document.name).name}. Frågorna står sist; "
            f"svara med ojmf source answer {self.source_id}.\n# En tabell läses inte förrän "
            f"frågorna om den är besvarade. Titeln är {titled}, utgivaren är {whose}; se över.\n"
        )
        return comment + toml.entries(entries)


def _about(document: Document) -> list[str]:
    """The first lines that may be about a document: no rows of its tables, but a name and a value.

    What a row measures may name an agency, and a header the day of its figures.
    """
    return [line for line in document.lines[:_HEAD_LINES] if line.strip().count("\t") < _TWO_CELLS]


def issued(document: Document, published: date | None, likely: str | None) -> date | Question:
    """When a document was decided or published: as said, as it says itself, or a question."""
    texts = _about(document)
    dates = list(dict.fromkeys(d for line in texts for d in _ISO.findall(line)))
    if published is not None:
        return published
    if len(dates) == 1:
        return date.fromisoformat(dates[0])
    path = Path(document.name)
    named = _ISO.search(path.stem)
    known = [(day, 70, "") for day in dates[:1]]
    known += [(named[1], 65, " Förslaget är dagen i filens namn.")] if named else []
    changed = saved_by_program(path)
    if changed is not None and changed >= _first_day(likely):
        known.append((changed.isoformat(), 60, " Förslaget är dagen då dokumentet sparades."))
    last = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    known.append((last.isoformat(), 40, " Förslaget är filens egen dag, som kan vara kopians."))
    proposal, score, whence = known[0]
    return Question(
        key="date",
        question=f"Vilken dag är dokumentet beslutat eller hämtat (ÅÅÅÅ-MM-DD)?{whence}",
        kind="date",
        where="dokumentet",
        proposal=proposal,
        score=score,
        options=tuple(dates[:4]),
        short="när dokumentet beslutades",
    )


def diary_number(document: Document) -> str | None:
    """The diary number that a document names at its top, where it names one only."""
    texts = document.lines[:_HEAD_LINES]
    found = list(dict.fromkeys(d for line in texts for d in _DIARY.findall(line)))
    return found[0] if len(found) == 1 else None


def _first_day(period: str | None) -> date:
    """The first day of a period; the first of all days where it is not known."""
    try:
        return parse_period(period).start if period else date.min
    except ValueError:  # an interval whose kind is not known begins all the same
        year = (period or "")[:4]
        return date(int(year), 1, 1) if year.isdecimal() else date.min


def _value(thing: object) -> object:
    return thing.mark if isinstance(thing, Question) else thing


def _whole(
    head: _Head,
    document: Document,
    tables: Sequence[Proposal],
    passed: Sequence[Passed],
    asked: Sequence[object],
    trial: Trial,
) -> tuple[str, list[Question]]:
    """The text of the declaration, and its questions in order, each with where it is about."""
    ask_apart_what_differs(tables)
    sections = TableWriter(document).sections(tables, trial)
    shown, of_marks = marks(document, tables, commas=trial.context.commas)
    found: dict[str, Question] = {q.key: q for q in asked if isinstance(q, Question)}
    for question in of_marks:
        found.setdefault(question.key, question)
    for table in tables:
        where = document.where(table.block.first, table.block.last)
        for question in dict.fromkeys(table.questions()):
            first = found.setdefault(question.key, question)
            said = where if first is question else f"{first.where}; {where}"
            if not question.where:
                found[question.key] = first.model_copy(update={"where": said})
    shown += groups_text(tables, trial.context.report)
    text = head.text(*asked) + shown + not_read_text(passed, trial.strays) + sections
    return text + questions_text(found.values()), list(found.values())
