"""A few reports of the made-up country: whole documents with their declarations and extracts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from random import Random

import polars as pl

from ojmf.authoring.demo.asked import shares
from ojmf.authoring.demo.places import MADE_UP, YEARS
from ojmf.declarations.catalogue import AreaFile
from ojmf.declarations.toml import entries
from ojmf.model import COUNTRY, MONTHS
from ojmf.printed import swedish

MONTHLY = "pahittade-manader"
MONEY = "pahittad-ekonomi"
_YEAR = YEARS[-1]
_MONTHLY = (
    ("hushall", "Hushåll med ekonomiskt bistånd", "households", 0.004),
    ("barn", "Barn och unga i familjehem", "persons", 0.0012),
    ("vuxna", "Vuxna i behandlingshem", "persons", 0.0005),
)
_COSTS = ("Personalkostnader", "Köp av verksamhet", "Övriga kostnader")
_NET = "Nettokostnader"
_MONTH_HEADER = ["", *(month[:3] for month in MONTHS)]
_MONEY_HEADER = ["Belopp (mkr)", "Utfall", "Budget", "Avvikelse"]
_LETTERHEAD = "PÅHITTAT DOKUMENT: varken kommunen eller siffrorna finns."


@dataclass(slots=True)
class _Document:
    """The lines of a document, those that its tables keep, and the declarations of these."""

    lines: list[str] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)

    def prose(self, *texts: str) -> None:
        self.lines += [*texts, ""]

    def heading(self, text: str) -> None:
        """A line that a table is found by."""
        self.lines.append(text)
        self.kept[len(self.lines)] = text
        self.lines.append("")

    def table(self, rows: list[list[str]], declaration: dict[str, object]) -> None:
        for cells in rows:
            self.lines.append("\t".join(cells))
            self.kept[len(self.lines)] = self.lines[-1]
        self.lines.append("")
        self.tables.append(f"\n[[table]]\n{entries(declaration)}")


def indicator_files() -> dict[str, str]:
    """The indicator files of what the interim reports print."""
    reason = "Antalet följer behovet; en volym är varken bra eller dålig i sig."
    monthly = [
        {
            "id": f"{MONTHLY}.{name}",
            "name": f"{label} per månad ({MADE_UP})",
            "unit": unit,
            "kind": "count",
            "polarity": "neutral",
            "polarity_reason": reason,
            "method": "neutral",
        }
        for name, label, unit, _ in _MONTHLY
    ]
    money = [
        {
            "id": f"{MONEY}.{number}",
            "name": f"{label} ({MADE_UP})",
            "synonyms": [label],
            "unit": "MSEK",
            "kind": "amount",
            "polarity": "neutral",
            "polarity_reason": "Ett belopp följer uppdraget; avvikelsen är det som bedöms.",
            "method": "neutral",
        }
        for number, label in enumerate((*_COSTS, _NET), start=1)
    ]
    files = {}
    for area, name, rows in (
        (MONTHLY, f"Månad för månad ({MADE_UP})", monthly),
        (MONEY, f"Ekonomi ({MADE_UP})", money),
    ):
        head = "[area]\n" + entries({"id": area, "name": name})
        body = "".join(f"\n[[indicator]]\n{entries(row)}" for row in rows)
        files[f"data/indicators/{area}.toml"] = head + body
    return files


def report_files(
    asked: list[AreaFile], answered: pl.DataFrame, places: pl.DataFrame, people: pl.DataFrame
) -> dict[str, bytes]:
    """Three reports: the documents in ``rapporter/``, their sources and what they are compared by.

    One municipality reports its answers of the last year, and it and another one its months and
    its money of January to August.
    """
    first, second = places.filter(
        pl.col("level") == "municipality", pl.col("code").str.ends_with("01")
    )["code"].to_list()[:2]
    names = dict(places.select("code", "name").iter_rows())
    count = dict(people.sort("date").select("geo", "population").iter_rows())
    files = _files(
        f"{_slug(names[first])}-oj-{_YEAR}",
        f"Öppna jämförelser {_YEAR}",
        first,
        names[first],
        date(_YEAR, 11, 3),
        str(_YEAR),
        _answers_report(asked, answered, first, names),
    )
    for code in (first, second):
        files |= _files(
            f"{_slug(names[code])}-delarsrapport-{_YEAR}-08",
            f"Delårsrapport per augusti {_YEAR}",
            code,
            names[code],
            date(_YEAR, 9, 22),
            f"{_YEAR}-01/{_YEAR}-08",
            _interim_report(code, count[code]),
        )
    for name, label, unit, _ in _MONTHLY:
        files[f"data/concepts/{name}.toml"] = _concept(name, label, unit, (first, second))
    return files


def _files(
    source_id: str,
    title: str,
    geo: str,
    name: str,
    day: date,
    period: str,
    document: _Document,
) -> dict[str, bytes]:
    text = "\n".join(document.lines) + "\n"
    head = {
        "id": source_id,
        "title": f"{title} ({MADE_UP})",
        "document": f"{name}: {title} ({MADE_UP})",
        "publisher": f"{name}, socialnämnden ({MADE_UP})",
        "date": day,
        "geo": geo,
        "reporting_period": period,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    extract = "".join(f"{number}\t{line}\n" for number, line in document.kept.items())
    folder = f"data/sources/{source_id}"
    return {
        f"rapporter/{source_id}.txt": text.encode(),
        f"{folder}/source.toml": (entries(head) + "".join(document.tables)).encode(),
        f"{folder}/extract.txt": extract.encode(),
    }


def _answers_report(
    asked: list[AreaFile], answered: pl.DataFrame, geo: str, names: dict[str, str]
) -> _Document:
    """An annex for each area, with the shares of county and country."""
    document = _Document()
    document.prose(
        _LETTERHEAD, f"{names[geo]} redovisar här sina svar i Öppna jämförelser {_YEAR}."
    )
    newest = answered.filter(pl.col("period_end") == date(_YEAR, 12, 31))
    own = dict(newest.filter(geo=geo).select("indicator_id", "answer").iter_rows())
    known = {
        (indicator, place): str(share)
        for indicator, place, share in shares(answered, _YEAR).iter_rows()
    }
    header = ["Indikator", names[geo], "Länet", "Riket"]
    for number, area in enumerate(asked, start=1):
        rows = [
            [i.name, own[i.id] or "", known[i.id, geo[:2]], known[i.id, COUNTRY]]
            for i in area.indicator
            if i.id in own
        ]
        title = f"Bilaga {number}, {area.area.name}"
        document.heading(title)
        share = {"scenario": "share", "unit": "percent", "period": str(_YEAR)}
        document.table(
            [header, *rows],
            {
                "id": f"bilaga-{number}",
                "layout": "grid",
                "kind": "oj-answers",
                "title": title,
                "area": area.area.id,
                "header": header,
                "rows": len(rows),
                "columns": [
                    {"label": header[0], "content": "label"},
                    {
                        "label": header[1],
                        "content": "answer",
                        "scenario": "outcome",
                        "unit": "answer",
                        "period": str(_YEAR),
                        "blank_note": "inget svar",
                    },
                    {"label": header[2], "geo": geo[:2], **share},
                    {"label": header[3], "geo": COUNTRY, **share},
                ],
            },
        )
    return document


def _interim_report(geo: str, inhabitants: int) -> _Document:
    """Months of three years and the money of January to August, with sentences about them.

    The households rise in the last year by more than chance. The last sentence of the document is
    wrong by ten percent, so that there is something for the audit of prose to find.
    """
    chance = Random(f"rapport {geo}")
    document = _Document()
    document.prose(_LETTERHEAD)
    for number, (name, label, _, rate) in enumerate(_MONTHLY):
        level = inhabitants * rate
        rows = [_MONTH_HEADER]
        for year in YEARS:
            raised = 1.3 if number == 0 and year == _YEAR else 1.0
            values = [round(level * raised * (0.9 + chance.random() * 0.2)) for _ in MONTHS]
            months = 8 if year == _YEAR else 12
            printed = [swedish(value, 0) for value in values[:months]]
            rows.append([str(year), *printed, *[""] * (12 - months)])
        document.heading(label)
        document.prose(f"Antalet i augusti {_YEAR} var {rows[-1][8]}.")
        document.table(
            rows,
            {
                "id": name,
                "layout": "months",
                "kind": "monthly",
                "title": label,
                "area": MONTHLY,
                "indicator": f"{MONTHLY}.{name}",
                "header": _MONTH_HEADER,
                "years": list(YEARS),
            },
        )
    tenths = [
        [round(inhabitants * per_head * (0.9 + chance.random() * 0.2) / 1e5) for _ in range(2)]
        for per_head in (1900, 900, 400)
    ]
    tenths.append([sum(column) for column in zip(*tenths, strict=True)])
    title = "Utfall mot budget"
    document.heading(title)
    rows = [_MONEY_HEADER]
    for label, (outcome, budget) in zip((*_COSTS, _NET), tenths, strict=True):
        deviation = swedish((budget - outcome) / 10, 1)
        rows.append([label, swedish(-outcome / 10, 1), swedish(-budget / 10, 1), deviation])
    so_far = {"unit": "MSEK", "period": f"{_YEAR}-01/{_YEAR}-08"}
    document.table(
        rows,
        {
            "id": "utfall",
            "layout": "grid",
            "kind": "income-statement",
            "title": title,
            "area": MONEY,
            "signs": {"*": "negative"},
            "header": _MONEY_HEADER,
            "rows": len(rows) - 1,
            "columns": [
                {"label": _MONEY_HEADER[0], "content": "label"},
                {"label": "Utfall", "scenario": "outcome", **so_far},
                {"label": "Budget", "scenario": "budget", **so_far},
                {"label": "Avvikelse", "scenario": "deviation", **so_far},
            ],
        },
    )
    document.tables.append(
        "\n[[identity]]\n"
        + entries(
            {
                "id": "kostnader",
                "table": "utfall",
                "over": "rows",
                "terms": list(_COSTS),
                "equals": _NET,
                "columns": _MONEY_HEADER[1:],
            }
        )
    )
    net, planned = tenths[-1]
    document.prose(
        f"Nettokostnaderna uppgår till {swedish(net / 10, 1)} mkr mot en budget på "
        f"{swedish(planned / 10, 1)} mkr.",
        f"Personalkostnaderna uppgår till {swedish(tenths[0][0] * 1.1 / 10, 1)} mkr.",
    )
    return document


def _concept(name: str, label: str, unit: str, geos: tuple[str, str]) -> bytes:
    head = {
        "id": name,
        "name": f"{label}, snitt per månad",
        "area": MONTHLY,
        "unit": unit,
        "grade": "comparable",
        "reason": "Snitt per månad januari–augusti i båda; uppgifterna är påhittade",
        "denominator": "population",
    }
    period = f"{_YEAR}-01/{_YEAR}-08"
    formulas = [
        {
            "geo": geo,
            "period": period,
            "terms": [{"indicator": f"{MONTHLY}.{name}", "over": "mean"}],
        }
        for geo in geos
    ]
    text = entries(head) + "".join(f"\n[[formula]]\n{entries(part)}" for part in formulas)
    return text.encode()


def _slug(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäö", "aao"))
