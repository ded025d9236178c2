"""Tables as text: nothing is cut, figures stand whole, colour only paints."""

from __future__ import annotations

import html
import re
from collections import Counter

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
    whole = re.split(r"[\s─]+", shown)
    for text in [text for row in rows for text in row]:
        assert all(word in whole for word in text.split() if len(word) <= width // 2)
    letters = Counter("".join(whole))
    assert letters >= Counter("".join(map("".join, rows)).replace(" ", ""))


def test_a_row_is_a_record_where_a_word_would_have_to_be_broken() -> None:
    frame = FRAME.with_columns(label=pl.lit("Individbaserad systematikuppföljning, äldre"))
    assert to_text(frame.head(2), VIEW, width=38).splitlines() == [
        "Etikett       Individbaserad",
        "              systematikuppföljning,",
        "              äldre",
        "Andel på      1 234,5",
        "plats (%)",
        "Status        ● Grön",
        "──────────────────────────────────────",
        "Etikett       Individbaserad",
        "              systematikuppföljning,",
        "              äldre",
        "Andel på      −7,0",
        "plats (%)",
        "Status        ○ Ej svar",
    ]


def test_a_row_is_a_record_where_a_text_would_be_a_column_of_lines() -> None:
    view = [Column(f"Rubrik {place}", pl.lit("ord " * 20 + "slut")) for place in range(6)]
    frame = pl.DataFrame({"x": [1]})
    assert to_text(frame, view, width=90).startswith("Rubrik 0  ord ord ord")
    assert to_text(frame, view, width=130).splitlines()[0].count("Rubrik") == 6


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
