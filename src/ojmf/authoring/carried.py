"""An earlier declaration carried over to a new document: its tables, rows and indicators."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ojmf.authoring.answering import NEW, answered
from ojmf.authoring.forms import NewIndicator, slug
from ojmf.authoring.labels import DRAFTED, reworded
from ojmf.authoring.titles import in_printed_order
from ojmf.authoring.writing import declaration_text, indicator_entry, questions_text
from ojmf.authoring.years import ASKED
from ojmf.declarations import Source, Table, toml
from ojmf.declarations.catalogue import AreaFile, Catalogue, Indicator
from ojmf.declarations.drafts import Question, without_questions
from ojmf.declarations.source import with_defaults
from ojmf.errors import Fault, InputError, TableError
from ojmf.ingest.document import Document
from ojmf.ingest.identities import terms
from ojmf.ingest.layouts.locate import Cell, Reading, windows
from ojmf.ingest.reading import extract_text, open_source, read, read_table
from ojmf.model import IndicatorKind, Polarity
from ojmf.periods import parse_period
from ojmf.workspace import Workspace

CHANGES = pl.Schema(
    {
        "change": pl.String(),
        "table": pl.String(),
        "label": pl.String(),
        "before": pl.String(),
        "indicator_id": pl.String(),
    }
)
"""What is another than in the earlier document: a row (``added``, ``gone``, ``reworded``), a whole
table (``table-new``, ``table-gone``, ``table-redrafted``), the ``period`` of the document, or a
relation that can't be made any more (``identity-gone``). ``before`` is the earlier text or what is
wrong, ``indicator_id`` what the row was or is drafted to be."""

_MOST_TRIALS = 8


class Carried:
    """A declaration while it is carried over; ``raw`` is what its file is going to hold."""

    def __init__(
        self,
        workspace: Workspace,
        document: Document,
        raw: dict[str, Any],
        questions: Mapping[str, Question],
    ) -> None:
        self.workspace = workspace
        self.document = document
        self.raw = raw | {"table": in_printed_order(raw["table"], document)}
        self.questions = dict(questions)
        self.added: dict[str, NewIndicator] = {}
        self.drafted: list[dict[str, Any]] = []
        self.redrafted: dict[str, Table] = {}
        self.changes: list[dict[str, str | None]] = []

    def tell(self, change: str, table: str, label: str = "", **said: str | None) -> None:
        """Note a change, in the columns of ``CHANGES``."""
        empty: dict[str, str | None] = dict.fromkeys(CHANGES)
        self.changes.append(empty | {"change": change, "table": table, "label": label, **said})

    def declaration(self, *, closed: bool = False) -> Source:
        """The declaration as it stands; ``closed`` withholds what has open questions."""
        raw = deepcopy(self.raw)
        if not isinstance(raw["date"], date):
            raw["date"] = date.min
        raw = (without_questions(raw) if closed else None) or with_defaults(raw)
        for table in raw["table"]:
            for override in table.get("override", ()):
                override.pop(ASKED, None)
        return Source.model_validate(raw)

    def readings(self) -> dict[str, Reading]:
        """Each declared table that the document has, as it is read, by its id."""
        source = self.declaration()
        scope = self.scope(source)
        found, _ = windows(self.document, source)
        return {w.table.id: read_table(scope, source, self.document, w) for w in found}

    def scope(self, source: Source) -> Workspace:
        """The workspace with that source alone, and the drafted indicators."""
        areas = dict(self.workspace.catalogue.areas)
        for raw in self.drafted:
            more = AreaFile.model_validate(raw)
            own = areas.get(more.area.id)
            known = own.indicator if own else ()
            areas[more.area.id] = AreaFile(area=more.area, indicator=(*known, *more.indicator))
        for new in self.added.values():
            area = areas[new.id.partition(".")[0]]
            drafted = Indicator(
                id=new.id,
                name=new.name,
                unit=new.unit,
                kind=IndicatorKind(new.kind),
                polarity=Polarity.NEUTRAL,
                polarity_reason=DRAFTED,
                method="neutral",
            )
            areas[area.area.id] = AreaFile(area=area.area, indicator=(*area.indicator, drafted))
        return replace(
            self.workspace,
            catalogue=Catalogue(areas.values()),
            sources={source.id: source},
            drafts={},
        )

    def settle(self, earlier: Source) -> None:
        """Keep the tables that the document has in the same form, with its own rows."""
        try:
            before = _rows_before(self.workspace, earlier)
        except (InputError, TableError):  # the earlier document's extract is not at hand
            before = {}
        found = self.readings()
        carried = {table.id: table for table in self.declaration().table}
        declined = {table.id for table in earlier.table if table.withheld and not table.unanswered}
        for table in earlier.table:
            if table.id not in carried:
                self.tell("table-gone", table.title, before="den är deklarerad rad för rad")
        for table in carried.values():
            reading = found.get(table.id)
            if reading is None:
                self._drop(table.id)
                self.tell("table-gone", table.title)
            elif table.id in declined:
                next(t for t in self.raw["table"] if t["id"] == table.id)["withheld"] = True
            elif reading.faults or not reading.cells:
                self.redrafted[table.title] = table
                self._drop(table.id)
                fault = reading.faults[0] if reading.faults else "tabellen har inga rader"
                why = fault.detail if isinstance(fault, Fault) else str(fault)
                self.tell("table-redrafted", table.title, before=why)
            else:
                self._settle_rows(table, reading, before.get(table.id, {}))
        for base in self.raw.get("defaults", {}).values():
            base.pop("override", None)  # every table has its own by now
        self._settle_identities()

    def _drop(self, table_id: str) -> None:
        self.raw["table"] = [table for table in self.raw["table"] if table["id"] != table_id]

    def _settle_rows(self, table: Table, reading: Reading, before: Mapping[str, str]) -> None:
        """Give every row of a table an indicator, a drafted one, or a question."""
        labels = list(dict.fromkeys(cell.row for cell in reading.cells))
        asking = dict.fromkeys(c.row for c in reading.cells if _by_label(table, c))
        known = {
            label: name
            for label in asking
            if (name := _known(table, self.workspace.catalogue, label)) is not None
        }
        lost = {label: name for label, name in before.items() if name not in known.values()}
        new = [label for label in asking if label not in known]
        own = next(raw for raw in self.raw["table"] if raw["id"] == table.id)
        named: dict[str, str] = {}
        for label, was, score in reworded(new, lost):
            named[label] = self._ask_reworded(table, label, was, lost[was], score)
            self.tell("reworded", table.title, label, before=was, indicator_id=lost[was])
            new.remove(label)
            del lost[was]
        for label in new:
            unit = _unit(table)
            if unit is None:
                named[label] = self._ask_indicator(table, label)
                self.tell("added", table.title, label)
                continue
            indicator = self._new_indicator(table.area, label, unit)
            self.tell("added", table.title, label, indicator_id=indicator)
        for label, name in lost.items():
            self.tell("gone", table.title, before=label, indicator_id=name)
        if named:
            own["indicators"] = {**table.indicators, **named}
        base = self.raw.get("defaults", {}).get(own.get("like"), {})
        overrides = own.get("override", base.get("override", []))
        if table.layout == "grid":
            overrides = list(_for_rows(overrides, set(labels)))
        if overrides:
            own["override"] = deepcopy(overrides)
        if table.layout in {"grid", "list"} and reading.table.rows is None:
            own["rows"] = len(labels)

    def ask_periods(self) -> None:
        """Ask about the moved periods of some rows that may have been those of one year only."""
        for table in self.raw["table"]:
            usual = {c["label"]: c.get("period") for c in table.get("columns", ())}
            for override in table.get("override", ()):
                if not override.pop(ASKED, False):
                    continue
                columns = override.get("columns", ())
                named = [*override.get("rows", ()), *columns]
                base = f"period.{slug(' '.join(named)) or table['id']}"
                keys = (base, *(f"{base}-{n}" for n in range(2, len(self.questions) + 3)))
                question = Question(
                    key=next(key for key in keys if key not in self.questions),
                    question=f"Vilken period gäller {_quoted(named)}? Förut var den en annan än "
                    "kolumnens, av ett skäl som kan ha gällt bara då.",
                    kind="period",
                    where=f"tabellen ”{table.get('title', table['id'])}”",
                    proposal=override["period"],
                    score=60,
                    options=(override["period"], *filter(None, map(usual.get, columns))),
                )
                override["period"] = question.mark
                self.questions[question.key] = question

    def _ask_reworded(self, table: Table, label: str, was: str, indicator: str, score: int) -> str:
        question = Question(
            key=f"indicator.{slug(label)}",
            question=f"Är ”{label}” samma fråga som förut hette ”{was}” ({indicator})? Svara med "
            f"id:t, eller {NEW} om den är en annan.",
            kind="indicator",
            where=f"tabellen ”{table.title}”",
            proposal=indicator,
            score=score,
            options=(indicator, NEW),
        )
        self.questions[question.key] = question
        return question.mark

    def _ask_indicator(self, table: Table, label: str) -> str:
        question = Question(
            key=f"indicator.{slug(label)}",
            question=f"Vilken indikator är den nya raden ”{label}”? Lägg till den i "
            f"data/indicators/{table.area}.toml och svara med dess id.",
            kind="indicator",
            where=f"tabellen ”{table.title}”",
        )
        self.questions[question.key] = question
        return question.mark

    def _new_indicator(self, area: str, label: str, unit: str) -> str:
        base = f"{area}.{slug(label) or 'fraga'}"
        taken = {*self.added, *self.workspace.indicators["indicator_id"]}
        numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        name = base if base not in taken else next(n for n in numbered if n not in taken)
        self.added[name] = NewIndicator(name, label, unit)
        return name

    def _settle_identities(self) -> None:
        """Leave out the relations whose tables, rows or columns the document does not have."""
        made: list[dict[str, Any]] = []
        identities = self.raw.pop("identity", [])
        if not identities or not self.raw["table"]:
            return
        source = self.declaration(closed=True)
        try:
            found = read(self.scope(source), source, self.document)
        except TableError:
            return
        for identity in identities:
            whole = source.model_copy(
                update={
                    "identity": Source.model_validate(
                        {**source.model_dump(), "identity": [identity]}
                    ).identity
                }
            )
            broken = _dangling(identity, source) or terms(whole, found.cells)[1]
            if broken:
                self.tell("identity-gone", "", identity["id"], before=broken[0])
            else:
                made.append(identity)
        if made:
            self.raw["identity"] = made

    def read(self) -> str:
        """Read the document with all proposals taken, and give the extract.

        A table that can't be read so is withheld with the reason as a question.
        """
        for _ in range(_MOST_TRIALS):
            text = answered(self.text(""), tuple(self.questions.values()), {}, accept=1)
            raw = tomllib.loads(text)
            raw.pop("question", None)
            closed = without_questions(raw)
            if closed is None:
                return ""
            source = Source.model_validate(closed)
            try:
                return extract_text(read(self.scope(source), source, self.document))
            except TableError as error:
                self._withhold(error.faults)
        return ""

    def _withhold(self, faults: Iterable[str]) -> None:
        for fault in faults:
            title = fault.table if isinstance(fault, Fault) else None
            why = fault.detail if isinstance(fault, Fault) else str(fault)
            named = [t for t in self.raw["table"] if t.get("title") == title] or self.raw["table"]
            for table in named:
                if "withheld" in table:
                    continue
                called = table.get("title", table["id"])[:60]
                question = Question(
                    key=f"table.{table['id']}",
                    question=f"Tabellen ”{called}” läses inte: {why[:300]} "
                    "Rätta den i source.toml, eller svara läs inte.",
                    kind="table",
                )
                table["withheld"] = question.mark
                self.questions[question.key] = question

    def text(self, earlier_id: str) -> str:
        """The text of the declaration, its questions last."""
        comment = (
            f"# Efter {earlier_id}. Det som gällde bara det dokumentet är inte med: rättelser,\n"
            "# kvitteringar, antal i löptexten och anmärkningar på enskilda celler.\n"
        )
        return comment + declaration_text(self.raw) + questions_text(self.questions.values())

    def indicator_files(self) -> dict[Path, bytes]:
        """The indicator files with what the catalogue lacks, by their path."""
        folder = self.workspace.root / "data" / "indicators"
        year = parse_period(self.raw["reporting_period"]).start.year
        files: dict[Path, bytes] = {}
        for new in self.added.values():
            path = folder / f"{new.id.partition('.')[0]}.toml"
            before = files.get(path) or path.read_bytes().rstrip(b"\n") + b"\n"
            entry = f"\n[[indicator]]\n{indicator_entry(new, asked_from=year)}"
            files[path] = before + entry.encode()
        for raw in self.drafted:
            path = folder / f"{raw['area']['id']}.toml"
            before = files.get(path) or (path.read_bytes() if path.is_file() else b"")
            text = before.decode() or "[area]\n" + toml.entries(raw["area"])
            text += "".join("\n[[indicator]]\n" + toml.entries(i) for i in raw["indicator"])
            files[path] = text.encode()
        return files


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"”{name[:60]}”" for name in names) or "tabellen"


def _rows_before(workspace: Workspace, earlier: Source) -> dict[str, dict[str, str]]:
    """The rows of an earlier document that are told by their label: indicators by table."""
    found = read(workspace, *open_source(workspace, earlier.id))
    return {
        reading.table.id: {
            cell.row: name
            for cell in reading.cells
            if _by_label(reading.table, cell)
            and (name := _known(reading.table, workspace.catalogue, cell.row)) is not None
        }
        for reading in found.readings
    }


def _by_label(table: Table, cell: Cell) -> bool:
    """Whether the cell's indicator is told by the label of its row."""
    if table.indicator or cell.column.indicator:
        return False
    return not any(
        override.indicator
        and (not override.rows or cell.row in override.rows)
        and (not override.columns or cell.column.label in override.columns)
        for override in table.override
    )


def _known(table: Table, catalogue: Catalogue, label: str) -> str | None:
    return table.indicators.get(label) or catalogue.by_label(table.area, label)


def _unit(table: Table) -> str | None:
    """The unit of a new row: that of the table's first column of figures or answers."""
    first = next(iter(table.value_columns()), None)
    if first is None:
        return "answer" if table.layout == "list" else None
    if first.unit is None and not any(override.unit for override in table.override):
        return "answer" if first.content == "answer" else None
    whole = [o.unit for o in table.override if o.unit and not o.rows]
    return first.unit or next(iter(whole), None)


def _for_rows(overrides: Iterable[dict[str, Any]], labels: set[str]) -> Iterator[dict[str, Any]]:
    """The overrides for rows that a table has."""
    for override in overrides:
        rows = [row for row in override.get("rows", ()) if row in labels]
        if rows or "rows" not in override:
            yield {**override, "rows": rows} if rows else override


def _dangling(identity: Mapping[str, Any], source: Source) -> list[str]:
    """What an identity names that the declaration does not have."""
    tables = {table.id for table in source.table}
    named = [identity.get("table"), *(cell["table"] for cell in identity.get("cells", ()))]
    return [f"tabellen {name} saknas" for name in named if name and name not in tables]
