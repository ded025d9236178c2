"""Repairs: what a damaged text may have been, what identities prove, and what they must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import dedent

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojmf.ingest.document import read_extract
from ojmf.ingest.harmonise import literal
from ojmf.ingest.identities import judge
from ojmf.ingest.reading import EXTRACT, ReadDocument, read
from ojmf.printed import figure
from ojmf.repair import AMBIGUOUS, NOT_REPAIRABLE, PROPOSALS, PROVABLE, propose
from ojmf.repair.candidates import SCALE, Form, candidates, printed
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
TABLE = "resultatrakning"
ALIKE = ("09", "17", "38", "56")


# --- what a printed text may have been ------------------------------------------------------------

READINGS = """
    printed   decimals  meant    faults
    5,4       1         5,4
    5,4       1         -5,4     minustecken förlorat
    -5,4      1         5,4      minustecken tillagt
    54        1         5,4      decimalkomma förlorat
    5.4       1         5,4      decimalkomma läst som punkt
    03        1         0,3      decimalkomma förlorat
    3,60      1         3,6      siffra tillagd
    -1,9      1         -11,9    siffra förlorad
    -77       1         -77,1    decimaler förlorade
    -3        1         -11,3    heltalsdel förlorad
    27477     1         -274,7   minustecken förlorat, siffra dubblerad, decimalkomma förlorat
    -206,5    1         -296,5   siffra feltolkad
    0,4       1         -9,4     minustecken förlorat, siffra feltolkad
    05        1         0,2      siffra utbytt, decimalkomma förlorat
    o         0         0        siffra läst som bokstav
    n         0         11       siffra läst som bokstav
    )         0         17       texten är oläslig
    71%       1         7,1      decimalkomma förlorat
"""


def spec(text: str) -> list[list[str]]:
    return [line.split(maxsplit=3) for line in dedent(text).strip().splitlines()[1:]]


@pytest.mark.parametrize("row", spec(READINGS), ids=lambda row: f"{row[0]}={row[2]}")
def test_the_faults_that_turn_a_figure_into_a_printed_text(row: list[str]) -> None:
    raw, decimals, meant, *faults = row
    value = round(float(meant.replace(",", ".")) * SCALE)
    found = {c.value: c for c in candidates(raw, Form(int(decimals)), 8)}
    assert ", ".join(found[value].faults) == "".join(faults)


def test_the_cheapest_readings_come_first_and_none_above_the_limit() -> None:
    costs = [c.cost for c in candidates("-77", Form(1), 6)]
    assert costs == sorted(costs)
    assert costs[-1] <= 6


def test_a_figure_unlike_its_row_costs_more() -> None:
    def cost(form: Form) -> int:
        return next(c.cost for c in candidates("7,2", form, 8) if c.value == 7_200_000)

    assert cost(Form(1)) == 0
    assert cost(Form(1, sign=-1)) > cost(Form(1, size=70_000_000)) > 0
    assert cost(Form(1, sign=1, size=7_000_000)) == 0


def test_a_value_is_printed_as_its_column_prints_it() -> None:
    assert printed(-7_000_000, Form(1), "-7") == "-7,0"
    assert printed(7_100_000, Form(1), "71%") == "7,1 %"
    assert printed(0, Form(0), "o") == "0"


# --- what identities prove ------------------------------------------------------------------------


@cache
def whole() -> ReadDocument:
    workspace = Workspace.open(ROOT)
    source = workspace.source("solna-delarsrapport-2025-08")
    return read(
        workspace,
        source,
        read_extract(workspace.source_folder(source.id) / EXTRACT, source.document),
    )


def damaged(cell: int, text: str) -> ReadDocument:
    raw = pl.when(pl.col("cell") == cell).then(pl.lit(text)).otherwise("raw")
    return replace(whole(), cells=literal(whole().cells.with_columns(raw=raw)))


def at(row: str, column: str) -> int:
    cell: int = (
        whole()
        .cells.filter(
            pl.col("table_id") == TABLE,
            pl.col("row_label") == row,
            pl.col("column_label") == column,
        )["cell"]
        .item()
    )
    return cell


def figures() -> list[tuple[int, str]]:
    own = whole().cells.filter(pl.col("table_id") == TABLE, pl.col("missing_status").is_null())
    return list(own.select("cell", "raw").iter_rows())


def edits(raw: str) -> Iterator[str]:
    """All that one fault of scanning makes of a printed figure."""
    yield raw.removeprefix("-") if raw.startswith("-") else f"-{raw}"
    yield raw.replace(",", "")
    yield raw.replace(",", ".")
    for place, character in enumerate(raw):
        if not character.isdigit():
            continue
        before, after = raw[:place], raw[place + 1 :]
        yield before + after
        yield before + 2 * character + after
        yield from (
            before + pair.replace(character, "") + after for pair in ALIKE if character in pair
        )
        yield from (
            before + letter + after for letter, d in zip("ol", "01", strict=True) if d == character
        )


def numeric(text: str) -> float | None:
    value: float | None = pl.select(figure(pl.lit(text))).item()
    return value


@settings(max_examples=60)
@given(
    st.sampled_from(figures()).flatmap(
        lambda cell: st.tuples(st.just(cell), st.sampled_from([*dict.fromkeys(edits(cell[1]))]))
    )
)
def test_one_fault_in_a_clean_table_is_found_again_and_never_mended_wrongly(
    case: tuple[tuple[int, str], str],
) -> None:
    (cell, original), text = case
    if numeric(text) == numeric(original):
        return
    document = damaged(cell, text)
    line, column = (
        document.cells.filter(pl.col("cell") == cell).select("line", "column_label").row(0)
    )
    proposals = propose(document)
    own = proposals.filter(
        pl.col("table_id") == TABLE, pl.col("line") == line, pl.col("column_label") == column
    )
    others = proposals.join(own, on=["table_id", "line", "column_label"], how="anti")
    assert PROVABLE not in others["verdict"].to_list()
    if own.is_empty():
        # A change within rounding, in a text of the right form, breaks nothing.
        verdicts = judge(document.terms, document.cells)
        involved = document.terms.filter(pl.col("cell") == cell)["instance"].to_list()
        assert numeric(text) is not None
        assert not verdicts.filter(
            pl.col("instance").is_in(involved) & (pl.col("verdict") == "violated")
        ).height
        return
    readings = [numeric(candidate) for candidate in own["candidates"].item()]
    if own["verdict"].item() == PROVABLE:
        assert readings == [numeric(original)]
    else:
        assert own["verdict"].item() == AMBIGUOUS
        assert numeric(original) in readings


def test_a_proof_names_the_identities_and_what_is_left_with_either_text() -> None:
    proposal = propose(damaged(at("Personalkostnader", "2025"), "109,5")).to_dicts()[0]
    assert proposal["verdict"] == PROVABLE
    assert proposal["value"] == -109.5
    assert proposal["candidates"] == ["-109,5"]
    assert proposal["faults"] == ["minustecken förlorat"]
    assert proposal["identities"] == ["resultat-kostnader"]
    assert "resultat-kostnader | 2025: rest 0, tolerans 0,3" in proposal["proof"]
    assert "med texten i dokumentet är resten 219" in proposal["proof"]


def test_readings_that_rounding_cannot_tell_apart_are_ambiguous() -> None:
    proposal = propose(damaged(at("Köp av verksamhet/tjänster", "2025"), "-35")).to_dicts()[0]
    assert proposal["verdict"] == AMBIGUOUS
    assert proposal["value"] is None
    assert "-35,7" in proposal["candidates"]
    assert len(proposal["candidates"]) > 1


def test_a_clean_document_needs_no_repair_where_its_contradictions_are_acknowledged() -> None:
    assert propose(whole()).is_empty()
    assert propose(whole()).schema == PROPOSALS


def test_a_true_contradiction_is_told_and_not_mended() -> None:
    proposals = propose(whole(), ignore_corrections=True)
    assert proposals["verdict"].unique().to_list() == [NOT_REPAIRABLE]
    assert proposals["line"].to_list() == [385, 396]
    assert all("netto-lika-procent håller inte" in proof for proof in proposals["proof"])


def test_a_broken_figure_that_no_identity_knows_is_not_repairable() -> None:
    cells = whole().cells.filter(pl.col("table_id") == "periodutfall")
    lonely = cells.filter(pl.col("row_label").str.starts_with("Hållbart"), pl.col("raw") != "")
    proposal = propose(damaged(lonely["cell"][0], "8l,7")).to_dicts()
    assert [row["verdict"] for row in proposal] == [NOT_REPAIRABLE]
    assert "inget räknesamband omfattar cellen" in proposal[0]["proof"]
    assert "81,7" in proposal[0]["candidates"]


def test_a_text_that_no_few_faults_explain_is_not_repairable() -> None:
    proposals = propose(damaged(at("Personalkostnader", "2025"), "8 888 888,8"))
    assert proposals["verdict"].unique().to_list() == [NOT_REPAIRABLE]
    assert "8 888 888,8" in proposals["raw"].to_list()
    assert all("inom ett rimligt antal skanningsfel" in proof for proof in proposals["proof"])
