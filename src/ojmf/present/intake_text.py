"""What a file would become, for the person who decides: rows, questions, account, changes, checks.

Nothing of it is read back; a program gets the same as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations.drafts import Question
from ojmf.model import Scenario
from ojmf.present.findings import Report, summary, table
from ojmf.present.words import counted
from ojmf.printed import swedish
from ojmf.schema import FINDINGS
from ojmf.validate import diff

if TYPE_CHECKING:
    from ojmf.intake.proposed import Import

_CARRIED = {
    "added": ("ny fråga", "nya frågor"),
    "gone": ("fråga borta", "frågor borta"),
    "reworded": ("fråga med annan lydelse", "frågor med annan lydelse"),
    "table-new": ("ny tabell", "nya tabeller"),
    "table-gone": ("tabell borta", "tabeller borta"),
    "period": ("ny period", "nya perioder"),
    "table-redrafted": ("tabell i ny form", "tabeller i ny form"),
    "identity-gone": ("räknesamband borta", "räknesamband borta"),
}
_CHANGES = {"added": "nya", "removed": "borta", "changed": "ändrade"}
_SIGNS = {"added": "+", "removed": "−", "changed": "→"}
_WEIGHT = {"value": 3, "answer": 3, "unit": 2, "obs_status": 1}
_SHOWN = 40
_CITED = 5
_NAMED = 10


def to_text(found: Import, report: Report) -> str:
    """The report of an import, in sections with a heading each."""
    parts = (
        *(_what(found), _carried(found), _questions(found), _read(found)),
        *(_directions(found), _changes(found)),
    )
    lines = [line for part in parts for line in part]
    if found.validation is not None:
        lines += ["Kontroller", f"  {summary(found.validation)}"]
        lines += [f"  {line}" for line in table(report).splitlines() if line]
    return "\n".join(lines) + "\n"


def to_json(found: Import, report: Report) -> str:
    """The same for a program: ids, counts and rows, with the findings that stop it marked."""
    told = {
        "source_id": found.source_id,
        "kind": found.kind,
        "earlier_id": found.earlier_id,
        "files": sorted(str(path) for path in found.files),
        "questions": [question.model_dump() for question in found.left],
        "withheld": list(found.withheld),
        "carried": found.carried.to_dicts(),
        "account": found.account.sum().select("cells", "mapped", "unexplained").row(0, named=True)
        if not found.account.is_empty()
        else None,
        "values": found.observations.height,
        "changes": _counts(found.changes),
        "since": _counts(found.since),
        "revised": found.revised.to_dicts(),
        "cited": found.cited.to_dicts(),
        "findings": report.found.select(FINDINGS.names())
        .with_columns(fails=report.fails())
        .to_dicts(),
        "undirected": len(found.undirected),
        "undirected_names": list(found.undirected),
        "groups": list(found.groups),
        "unread": list(found.unread),
        "passed": [
            {"label": label, "reason": why, "rows": rows} for label, why, rows in found.passed
        ],
        "unread_columns": [
            {"label": label, "reason": why, "figures": figures}
            for label, why, figures in found.unread_columns
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"


def _what(found: Import) -> Iterator[str]:
    match found.kind:
        case "known":
            yield f"Källan {found.source_id} är deklarerad."
        case "edition":
            yield f"Källan {found.source_id}, en ny utgåva av dess dokument: en revidering."
        case "next":
            yield f"Källan {found.source_id}, nästa dokument efter {found.earlier_id}."
        case "figures":
            yield f"Källan {found.source_id}, en fil med färdiga värden."
        case "new":
            yield f"Källan {found.source_id}, ett nytt dokument."


def _carried(found: Import) -> Iterator[str]:
    rows = found.carried.to_dicts()
    if found.kind not in {"next", "edition"}:
        return
    counts = {name: sum(row["change"] == name for row in rows) for name in _CARRIED}
    told = ", ".join(counted(n, *_CARRIED[name]) for name, n in counts.items() if n)
    before = found.earlier_id or "den förra utgåvan"
    yield f"Jämfört med {before}: {told or 'samma tabeller och rader'}."
    for row in rows:
        yield f"  {_CARRIED[row['change']][0]}: {_row(row)}"


def _row(row: dict[str, str]) -> str:
    where = f" (tabellen ”{row['table']}”)" if row["table"] else ""
    match row["change"]:
        case "added":
            drafted = (
                f" blir {row['indicator_id']}, utan riktning än" if row["indicator_id"] else ""
            )
            return f"”{row['label']}”{drafted}{where}"
        case "gone":
            area = (row["indicator_id"] or "").partition(".")[0]
            return (
                f"”{row['before']}”{where}. Har frågan utgått: skriv asked_to i "
                f"data/indicators/{area}.toml, eller kör med --retire. Har den fått en ny lydelse: "
                "skriv den under synonyms där."
            )
        case "reworded" | "period":
            return f"”{row['label']}”, förut ”{row['before']}”{where}"
        case "identity-gone":
            return f"{row['label']}: {row['before']}"
        case "table-redrafted":
            return f"”{row['table']}”: {row['before']}"
        case _:
            return f"”{row['table']}”" + (f": {row['before']}" if row["before"] else "")


def _questions(found: Import) -> Iterator[str]:
    if not found.left:
        return
    yield f"Frågor kvar att besvara: {len(found.left)}"
    for question in found.left:
        yield f"  {asked(question)}"
    if units := next((q.options for q in found.left if q.kind == "unit"), ()):
        yield f"  Enheter att svara med: {', '.join(units)}."


def asked(question: Question) -> str:
    """A question on a line, with its key, place and likely answer."""
    where = f" ({question.where})" if question.where else ""
    if question.proposal is None:
        return f"{question.key}: {question.question}{where}"
    likely = f" Förslag: {question.proposal} ({question.score} %)."
    return f"{question.key}: {question.question}{where}{likely}"


def _read(found: Import) -> Iterator[str]:
    if found.observations.is_empty() and found.account.is_empty():
        yield "Inget kan läsas förrän frågorna är besvarade." if found.left else "Inget är läst."
        return
    told = counted(found.observations.height, "värde", "värden")
    if not found.account.is_empty():
        total = found.account.sum().row(0, named=True)
        told = (
            f"{counted(found.account.height, 'tabell', 'tabeller')}, {total['cells']} celler: "
            f"{total['mapped']} lästa, {total['blank']} tomma, {total['unreliable']} osäkra; "
            f"{total['unexplained']} tal utan förklaring"
        )
    yield f"Läst: {told}."
    for label, why, rows in found.passed:
        yield f"  {counted(rows, 'rad', 'rader')} läses inte: ”{label}” ({why})"
    for label, why, figures in found.unread_columns:
        yield f"  Läses inte: kolumnen ”{label}” ({figures} tal; {why})"
    if found.groups:
        names = "”, ”".join(found.groups)
        yield f"  Grupper av kommuner, som blir platser för sig: ”{names}”"
    if found.withheld:
        names = "”, ”".join(found.withheld)
        yield f"  Så om förslagen stämmer; läses inte förrän frågorna är besvarade: ”{names}”."


def _directions(found: Import) -> Iterator[str]:
    """Where the direction of drafted indicators is set, which decides what gets a colour."""
    if found.undirected:
        yield (
            f"{counted(len(found.undirected), 'nytt mått', 'nya mått')} utan riktning får ingen "
            f"färg. Ange polarity och method i data/indicators/{found.source_id}.toml eller i "
            "data/directions.csv."
        )
        yield from (f"  ”{name}”" for name in found.undirected[:_NAMED])
        if len(found.undirected) > _NAMED:
            yield f"  … och {len(found.undirected) - _NAMED} till"


def _by_figure(changes: pl.DataFrame) -> pl.DataFrame:
    """One change for each figure: what it says where that is another, else its unit or status."""
    order = pl.col("field").replace_strict(_WEIGHT, default=0, return_dtype=pl.Int64)
    figure = [name for name in diff.DIFF if name not in {"field", "old", "new"}]
    return (
        changes.with_row_index("order")
        .sort(order, descending=True, maintain_order=True)
        .unique(figure, keep="first", maintain_order=True)
        .sort("order")
        .drop("order")
    )


def _counts(changes: pl.DataFrame) -> dict[str, int]:
    figures = _by_figure(changes)
    return {name: figures.filter(change=name).height for name in _CHANGES}


def _changes(found: Import) -> Iterator[str]:
    told = ", ".join(f"{n} {_CHANGES[name]}" for name, n in _counts(found.changes).items() if n)
    yield f"Ändrar i arbetsytan: {f'värden {told}' if told else 'inga värden'}."
    yield from _rows(_by_figure(found.changes).filter(pl.col("change") != "added"))
    if found.earlier_id is not None and not found.since.is_empty():
        told = ", ".join(f"{n} {_CHANGES[name]}" for name, n in _counts(found.since).items() if n)
        yield f"Värdena jämfört med {found.earlier_id}: {told}."
        # What the municipality itself answers and has; how many others do is in the table.
        own = pl.col("scenario") != Scenario.SHARE.value
        yield from _rows(_by_figure(found.since).filter(own, change="changed"))
    yield from revision_lines(found.revised, found.cited)
    for text in found.unread:
        yield f"  Går inte att jämföra med: {text}"


def revision_lines(revised: pl.DataFrame, cited: pl.DataFrame) -> Iterator[str]:
    """How many figures are others than before, which, and what was built on them."""
    if revised.is_empty():
        return
    many = counted(revised.height, "värde är ett annat", "värden är andra")
    yield f"{many} än förut i samma källa; de gamla står i revisions.csv:"
    for row in revised.head(_SHOWN).to_dicts():
        before, after = _said(row["old"], "inget"), _said(row["new"], "borta")
        yield f"  {row['row_label']}, {row['column_label']}: {before} → {after}"
    if revised.height > _SHOWN:
        yield f"  … och {revised.height - _SHOWN} till"
    if not cited.is_empty():
        yield "På dem vilar:"
        for used, names in (
            cited.group_by("used_in", maintain_order=True).agg("citation").iter_rows()
        ):
            where = f"rapporten {used}" if used else "hänvisningar"
            shown = ", ".join(names[:_CITED]) + (" …" if len(names) > _CITED else "")
            yield f"  {where}: {shown}"


def _said(text: str | None, nothing: str) -> str:
    """A value as it is written in Swedish, or what is said where there is none."""
    if text is None:
        return nothing
    try:
        return swedish(float(text), most=4)
    except ValueError:
        return text


def _rows(changes: pl.DataFrame) -> Iterator[str]:
    for row in changes.head(_SHOWN).to_dicts():
        before, after = (_said(row[side], "inget") for side in ("old", "new"))
        what = f"{row['row_label']}, {row['column_label']}"
        yield f"  {_SIGNS[row['change']]} {what}: {before} → {after}"
    if changes.height > _SHOWN:
        yield f"  … och {changes.height - _SHOWN} till"
