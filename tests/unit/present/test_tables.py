"""Tables as text: nothing is cut, figures stand whole, colour only paints."""

from __future__ import annotations

import html
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ojmf.present.tables import Column, to_markdown, to_text

VIEW = (
    Column("Etikett", pl.col("label")),
    Column("Andel på plats (%)", pl.col("figure"), figures=True),
    Column("Status", pl.col("status")),
)
FRAME = pl.DataFrame(
    {
        "label": ["Genomfört individbaserad systematisk uppföljning", "Kort", None],
        "figure": ["1 234,5", "−7,0", None],
        "status": ["● Grön", "○ Ej svar", "övrigt"],
    }
)


def test_a_table_on_a_wide_terminal() -> None:
    assert to_text(FRAME, VIEW, width=100).splitlines() == [
        "Etikett                                           Andel på plats (%)  Status",
        "────────────────────────────────────────────────  ──────────────────  ─────────",
        "Genomfört individbaserad systematisk uppföljning             1 234,5  ● Grön",
        "Kort                                                            −7,0  ○ Ej svar",
        "                                                                      övrigt",
    ]


def test_headings_are_wrapped_before_texts_and_figures_never() -> None:
    assert to_text(FRAME, VIEW, width=45).splitlines() == [
        "Etikett                      Andel  Status",
        "                                på",
        "                             plats",
        "                               (%)",
        "─────────────────────────  ───────  ─────────",
        "Genomfört individbaserad   1 234,5  ● Grön",
        "systematisk uppföljning",
        "Kort                          −7,0  ○ Ej svar",
        "                                    övrigt",
    ]


def test_colour_paints_what_has_the_symbol_of_a_status() -> None:
    painted = to_text(FRAME, VIEW, width=100, colour=True)
    assert "\x1b[32m● Grön" in painted
    assert "\x1b[90m○ Ej svar" in painted
    assert painted.count("\x1b[0m") == 2
    unpainted = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[\d+m", "", painted).splitlines())
    assert f"{unpainted}\n" == to_text(FRAME, VIEW, width=100)


words = st.text(alphabet="abcåäö", min_size=1, max_size=30)
texts = st.lists(words, max_size=12).map(" ".join)
figures = st.integers(min_value=-(10**9), max_value=10**9).map(str)


@given(st.lists(st.tuples(texts, figures, texts), max_size=5), st.integers(40, 200))
def test_nothing_is_cut_and_the_width_is_kept(rows: list[tuple[str, str, str]], width: int) -> None:
    frame = pl.DataFrame(
        rows, schema=dict.fromkeys(("label", "figure", "status"), pl.String), orient="row"
    )
    shown = to_text(frame, VIEW, width=width)
    assert max(map(len, shown.splitlines())) <= width
    letters = "".join(sorted("".join(re.split(r"[\s─]+", shown))))
    headings = "".join(column.heading for column in VIEW)
    expected = "".join(sorted(("".join(map("".join, rows)) + headings).replace(" ", "")))
    assert letters == expected
    assert all(re.search(rf"(?<!\d){figure}(?!\d)", shown) for _, figure, _ in rows)


def test_markdown_escapes_what_would_break_it() -> None:
    frame = pl.DataFrame({"label": ["a|b\nc\\"], "figure": ["1"], "status": [None]})
    assert to_markdown(frame, VIEW).splitlines() == [
        "| Etikett | Andel på plats (%) | Status |",
        "| --- | ---: | --- |",
        "| a\\|b c\\\\ | 1 |  |",
    ]


@pytest.mark.parametrize("text", ["<script>", "*a*", "_a_", "`a`", "[a](b)", "a|b", "a\\b", "&lt;"])
def test_markdown_shows_the_markup_of_a_text_as_it_is(text: str) -> None:
    frame = pl.DataFrame({"x": [text]})
    table = to_markdown(frame, (Column(text, pl.col("x")),))
    rendered = MarkdownIt("js-default").render(table)
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rendered)
    assert [html.unescape(cell) for cell in cells] == [text, text]
