"""Columns of quarters, months, tertials and half-years beside one of years, in every file form."""

from __future__ import annotations

import csv
import io
import json
from itertools import product
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from ojmf.authoring import draft_source
from tests.unit.authoring.reports import WORKSPACE
from tests.unit.authoring.test_forms import read_with_proposals

YEARS = ("2023", "2024")
QUARTERS = ("01/03", "04/06", "07/09", "10/12")
MONTHS = [f"{n:02d}" for n in range(1, 13)]


def values(words: list[str]) -> list[tuple[str, str, int]]:
    """A figure for every part of both years."""
    return [(y, w, 100 + n) for n, (y, w) in enumerate(product(YEARS, words))]


def as_csv(header: str, words: list[str]) -> tuple[str, bytes]:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerow(["Kommun", "År", header, "Antal besök"])
    rows.writerows(["Kil", year, word, value] for year, word, value in values(words))
    return "besok.csv", out.getvalue().encode()


def as_xlsx(header: str, words: list[str]) -> tuple[str, bytes]:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Besök i Kils kommun"])
    sheet.append([header, "År", "Antal besök"])
    for year, word, value in values(words):
        sheet.append([int(word) if word.isdigit() else word, int(year), value])
    book.save(out)
    return "besok.xlsx", out.getvalue()


def as_json_stat(header: str, words: list[str]) -> tuple[str, bytes]:
    names = {"region": ["1715 Kil"], "år": [*YEARS], header: words, "innehåll": ["Antal besök"]}
    cube = {
        "class": "dataset",
        "label": "Besök",
        "id": list(names),
        "size": [len(labels) for labels in names.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {"index": labels, "label": dict(zip(labels, labels, strict=True))},
            }
            for name, labels in names.items()
        },
        "value": [value for *_, value in values(words)],
    }
    return "besok.json", json.dumps(cube).encode()


def as_px(header: str, words: list[str]) -> tuple[str, bytes]:
    def listed(texts: list[str]) -> str:
        return ",".join(f'"{text}"' for text in texts)

    entries = {
        "CODEPAGE": '"utf-8"',
        "LANGUAGE": '"sv"',
        "TITLE": '"Antal besök"',
        "CONTENTS": '"Antal besök"',
        "UNITS": '"antal"',
        "STUB": listed(["region", "år"]),
        "HEADING": listed([header]),
        'VALUES("region")': '"Kil"',
        'CODES("region")': '"1715"',
        'VALUES("år")': listed([*YEARS]),
        f'VALUES("{header}")': listed(words),
        "DATA": "\n" + " ".join(str(value) for *_, value in values(words)),
    }
    return "besok.px", "".join(f"{key}={value};\n" for key, value in entries.items()).encode()


FILES = {"csv": as_csv, "xlsx": as_xlsx, "json-stat": as_json_stat, "px": as_px}
COLUMNS = {
    "numbers of quarters": ("Kvartal", ["1", "2", "3", "4"], QUARTERS),
    "short quarters": ("Kvartal", ["Q1", "Q2", "Q3", "Q4"], QUARTERS),
    "quarters in words": ("Period", ["Kvartal 1", "Kvartal 2", "Kvartal 3", "Kvartal 4"], QUARTERS),
    "quarters by ordinals": ("Kvartal", ["1:a kvartalet", "Andra kvartalet"], QUARTERS[:2]),
    "kv": ("kvartal", ["kv 1", "kv 2", "kv. 3"], QUARTERS[:3]),
    "roman": ("Kvartal", ["I", "II", "III", "IV"], QUARTERS),
    "numbers of months": ("Månad", [str(n) for n in range(1, 13)], MONTHS),
    "names of months": ("Månad", ["januari", "februari", "mars"], MONTHS[:3]),
    "tertials": ("Tertial", ["1", "2", "3"], ("01/04", "05/08", "09/12")),
    "tertials in words": ("Period", ["Tertial 1", "Tertial 2"], ("01/04", "05/08")),
    "half-years": ("Halvår", ["1", "2"], ("01/06", "07/12")),
    "half-years in words": ("Period", ["första halvåret", "andra halvåret"], ("01/06", "07/12")),
    "terms": ("Termin", ["VT", "HT"], ("01/06", "07/12")),
}


def read(tmp_path: Path, file: tuple[str, bytes]) -> tuple[pl.DataFrame, str]:
    name, content = file
    path = tmp_path / name
    path.write_bytes(content)
    draft = draft_source(WORKSPACE, path, "prov", None)
    found, _ = read_with_proposals(path, draft)
    told = draft.text + "".join(question.question for question in draft.questions)
    return (pl.DataFrame() if found is None else found), told


OTHER_FILES = product(["xlsx", "json-stat", "px"], ["numbers of quarters", "names of months"])


@pytest.mark.parametrize(
    ("form", "column"), [*(("csv", column) for column in COLUMNS), *OTHER_FILES]
)
def test_a_part_of_the_year_goes_with_the_year(tmp_path, form, column):
    header, words, parts = COLUMNS[column]
    found, told = read(tmp_path, FILES[form](header, words))
    assert not found.is_empty(), told
    ends = pl.format(
        "{}/{}", pl.col("period_start").dt.to_string("%m"), pl.col("period_end").dt.to_string("%m")
    )
    years, ended = found["period_end"].dt.year(), found.select(ends).to_series()
    expected = [(y, p if "/" in p else f"{p}/{p}", v) for y, p, v in values([*parts])]
    given = zip(years.cast(pl.String), ended, found["value"].cast(pl.Int64), strict=True)
    assert sorted(given) == sorted(expected)
    assert found["indicator_id"].n_unique() == 1


@pytest.mark.parametrize(
    ("header", "words", "why"),
    [
        ("Kvartal", ["1", "2", "3", "4", "5"], "”5” är inget kvartal (väntade 1–4)"),
        ("Tertial", ["1", "2", "3", "4"], "”4” är inget tertial (väntade 1–3)"),
        ("Halvår", ["0", "1", "2"], "”0” är inget halvår (väntade 1–2)"),
        ("Vecka", ["1", "2", "3"], "har veckor, som inte är några perioder"),
        ("Termin", ["1", "2"], "har nummer på terminer, som inte är några perioder"),
    ],
)
def test_what_is_no_part_of_a_year_is_told(tmp_path, header, words, why):
    found, told = read(tmp_path, as_csv(header, words))
    assert found.is_empty()
    assert why in told


def test_all_of_the_year_stands_beside_its_quarters(tmp_path):
    found, _ = read(tmp_path, as_csv("Kvartal", ["1", "2", "3", "4", "Totalt"]))
    kinds = found.group_by("period_kind").len().sort("period_kind")
    assert kinds.rows() == [("quarter", 8), ("year", 2)]


def test_a_quarter_beside_months_says_the_same_again(tmp_path):
    rows = [f"Kil;2024;{(n + 2) // 3};{n};{100 + n}\n" for n in range(1, 13)]
    content = "Kommun;År;Kvartal;Månad;Antal besök\n" + "".join(rows)
    found, _ = read(tmp_path, ("besok.csv", content.encode()))
    assert found["period_kind"].to_list() == ["month"] * 12


def test_a_part_of_what_is_no_year_is_refused(tmp_path):
    content = "Kommun;Läsår;Kvartal;Antal besök\n" + "".join(
        f"Kil;2023/24;{n};{100 + n}\n" for n in range(1, 5)
    )
    found, told = read(tmp_path, ("besok.csv", content.encode()))
    assert found.is_empty()
    assert "är inget år som raden säger en del av" in told


@pytest.mark.parametrize(
    "rows",
    [
        ["Kommun;Kvartal;2023;2024", "Kil;1;10;20", "Kil;2;11;21"],
        ["Besök i Kils kommun", "", "Kvartal;2023;2024", "1;10;20", "2;11;21"],
    ],
)
def test_quarters_down_and_years_across(tmp_path, rows):
    content = "Antal besök\n\n" + "\n".join(rows) + "\n"
    found, told = read(tmp_path, ("besok.csv", content.encode()))
    assert not found.is_empty(), told
    said = found.select(pl.col("period_start").cast(pl.String), "period_kind", "value")
    assert sorted(said.rows()) == [
        ("2023-01-01", "quarter", 10),
        ("2023-04-01", "quarter", 11),
        ("2024-01-01", "quarter", 20),
        ("2024-04-01", "quarter", 21),
    ]


@pytest.mark.parametrize("total", ["Summa jan–mars", "Totalt januari - mars"])
def test_a_sum_of_some_months_is_neither_a_month_nor_the_year(total: str, tmp_path: Path) -> None:
    path = tmp_path / "besok.csv"
    months = ("Jan", "Feb", "Mars", "April", "Maj", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov")
    rows = "".join(f"{month};{n};{n + 20}\n" for n, month in enumerate((*months, "Dec"), 30))
    path.write_text(f"Besök i Kils kommun\n\nMånad;Antal 2023;Antal 2024\n{rows}{total};93;153\n")
    found, _ = read_with_proposals(path, draft_source(WORKSPACE, path, "prov", "1715"))
    assert found is not None
    assert found.height == 24
    assert not {93.0, 153.0} & {*found["value"]}
