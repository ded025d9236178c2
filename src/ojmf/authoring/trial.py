"""A draft read once before it is handed over, so that it never contradicts the reader."""

from __future__ import annotations

from collections.abc import Sequence

import tomli
from pydantic import ValidationError

from ojmf.authoring.forms import Context, OverrideDraft, Passed, Proposal, slug
from ojmf.declarations.catalogue import AreaFile, AreaHead, Catalogue, Indicator
from ojmf.declarations.drafts import Question, open_entries, without_questions
from ojmf.declarations.source import Source, with_defaults
from ojmf.declarations.toml import describe
from ojmf.errors import Fault, TableError
from ojmf.ingest.document import Document
from ojmf.ingest.reading import ReadDocument, extract_text, read
from ojmf.model import IndicatorKind, Polarity
from ojmf.printed import squeeze
from ojmf.workspace import Workspace


class Trial:
    """Reads a draft with its proposals taken, and withholds the tables that can't be read so.

    ``names`` are the tables by heading and title as written, ``rows`` how many each gave,
    ``strays`` the beginnings of lines that belong to none; ``found`` is what was read at last.
    """

    def __init__(
        self, workspace: Workspace, document: Document, source_id: str, context: Context
    ) -> None:
        self.workspace = workspace
        self.document = document
        self.source_id = source_id
        self.context = context
        self.names: dict[tuple[str, str], Proposal] = {}
        self.rows: dict[int, int] = {}
        self.strays: list[str] = []
        self.extract = ""
        self.found: ReadDocument | None = None

    def give_up(self, table: Proposal, why: str) -> None:
        """Withhold a table, with the reason as a question that only the person can settle."""
        if table.unsure is None:
            base = slug(table.block.title) or "tabell"
            table.unsure = Question(
                key=f"table.{base}-{table.block.first}",
                question=f"Tabellen ”{table.block.title[:60]}” läses inte: {why[:300]} "
                "Rätta den i source.toml, eller svara läs inte.",
                kind="table",
            )

    def read(self, text: str, tables: Sequence[Proposal], passed: Sequence[Passed]) -> bool:  # noqa: ARG002
        """Read the draft; whether something had to be withheld, so that it must be made again."""
        raw = tomli.loads(text)
        asked = any(open_entries({key: value for key, value in raw.items() if key != "question"}))
        left = without_questions(raw) if asked else with_defaults(raw)
        if left is None:
            return False
        raw = left
        try:
            source = Source.model_validate(raw)
        except ValidationError as error:
            return self._misdeclared(error, raw, tables)
        declarations = Workspace(
            self.workspace.root,
            self.workspace.origin,
            self._catalogue(),
            self.workspace.geography,
            {self.source_id: source},
        )
        try:
            found = read(declarations, source, self.document)
        except TableError as error:
            return self._faulty(error.faults, tables)
        self.extract, self.found = extract_text(found), found
        for reading in found.readings:
            table = self.names[reading.table.heading, reading.table.title]
            across = reading.table.layout == "places"
            labels = {c.label if across else c.row for c in reading.cells}
            whole = not reading.table.withheld_rows
            if labels and whole and reading.table.layout in {"grid", "places"}:
                self.rows[id(table)] = len(labels)
        return False

    def _misdeclared(
        self, error: ValidationError, raw: dict[str, object], tables: Sequence[Proposal]
    ) -> bool:
        """Withhold the tables whose declarations are faulty; raises where the head is."""
        places = [item["loc"] for item in error.errors()]
        numbers = {loc[1] for loc in places if loc[0] == "table" and len(loc) > 1}
        written = raw["table"]
        assert isinstance(written, list)
        for number in numbers:
            entry = written[int(number)]
            table = self.names[entry.get("heading", ""), entry["title"]]
            self.give_up(table, "; ".join(describe(error))[:300])
        if not numbers or not tables:
            raise TableError(describe(error))
        return True

    def _faulty(self, faults: Sequence[str], tables: Sequence[Proposal]) -> bool:
        changed = False
        for fault in faults:
            title = fault.table if isinstance(fault, Fault) else None
            named = [t for (_, name), t in self.names.items() if title in {name, t.block.title}]
            detail = fault.detail if isinstance(fault, Fault) else str(fault)
            line = fault.line if isinstance(fault, Fault) else None
            if named:
                inside = [t for t in named if line and t.block.first <= line <= t.block.last]
                for table in inside or named:
                    changed = changed or table.unsure is None
                    if not (line and _ask_of_row(table, line, detail)):
                        self.give_up(table, detail)
            elif line is not None:
                start = squeeze(self.document.line(line))[:80]
                changed = changed or start not in self.strays
                self.strays.append(start)
        related = [table for table in tables if table.related]
        if not changed and related:
            for table in related:  # what no table is to blame for may be a relation of cells
                table.related = False
        elif not changed:
            for table in tables:
                self.give_up(table, str(next(iter(faults), "")))
        return True

    def _catalogue(self) -> Catalogue:
        """The catalogue with the drafted indicators."""
        areas = dict(self.workspace.catalogue.areas)
        new = tuple(
            Indicator(
                id=i.id,
                name=f"{i.name} {number}",
                unit=i.unit,
                kind=IndicatorKind(i.kind),
                polarity=Polarity.NEUTRAL,
                polarity_reason="utkast",
                method="neutral",
            )
            for number, i in enumerate(self.context.added.values())
        )
        if new:
            area = self.context.area
            # A new edition adds to the area that was drafted for the first one.
            before = areas[area].indicator if area in areas else ()
            known = [i for i in before if i.id not in {added.id for added in new}]
            areas[area] = AreaFile(area=AreaHead(id=area, name=area), indicator=(*known, *new))
        return Catalogue(areas.values())


def _ask_of_row(table: Proposal, line: int, why: str) -> bool:
    """Withhold one row that can't be read, and none of the others; whether that can be done.

    Where it was done before and the row is faulty still, or most rows are, the table is.
    """
    row = next((label for label, lines in table.row_labels.items() if line in lines), None)
    if row is None or table.layout not in {"grid", "long"} or table.sections or table.parts:
        return False
    asked = [o.rows[0] for o in table.overrides if isinstance(o.period, Question) and o.rows]
    if row in asked or 2 * len(asked) + 2 > len(table.row_labels):
        return False
    question = Question(
        key=f"period.{slug(row) or 'rad'}-{table.block.first}",
        question=f"Rätta raden ”{row[:60]}”, som inte läses: {why[:250]}",
        kind="period",
    )
    table.overrides.append(OverrideDraft([row], period=question))
    return True
