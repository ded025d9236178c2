"""What a page shows beside its plain characters, written as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf import typography
from ojmf.typography import (
    STROKE,
    off_line,
    plain_mark,
    raised,
    visible,
    without_struck,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "¹"),
        ("1)", "¹⁾"),
        ("a", "ᵃ"),
        ("¹", "¹"),
        ("*", "^(*)"),
        ("1,2", "^(1,2)"),
        (" 2 ", " ² "),
        ("", ""),
        (" ", " "),
    ],
)
def test_raised_text(text, expected):
    assert raised(text) == expected


@given(st.text("0123456789abc()*§,", min_size=1, max_size=4))
def test_a_raised_text_is_one_mark_behind_a_figure_and_holds_no_digit(text):
    mark = raised(text)
    assert off_line(f"125{mark}") == mark
    if "^" not in mark:
        assert plain_mark(mark) == text
        assert not set(mark) & set("0123456789")


@pytest.mark.parametrize("text", ["5⁻", "⁻5", "5", "5²3"])
def test_a_raised_sign_and_what_stands_inside_is_no_mark(text):
    assert off_line(text) is None


def struck(text):
    return "".join(letter if letter.isspace() else letter + STROKE for letter in text)


@given(st.text("0123456789 ,-", max_size=8), st.text("0123456789 ,-", max_size=8))
def test_struck_text_is_told_from_the_rest(gone, left):
    text, found = without_struck(struck(gone) + left)
    assert found == gone.replace(" ", "")
    assert text.replace(" ", "") == left.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5\u200b123", "5123"), ("\ufeff5", "5"), ("5\u2007123", "5\u00a0123"), ("ö\u00ad", "ö")],
)
def test_what_prints_nothing_is_gone_and_narrow_spaces_are_spaces(text, expected):
    assert visible(text) == expected


def test_marks_that_turn_the_direction_stay():
    assert visible("\u202e123") == "\u202e123"


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Budget- avvikelse", "Budgetavvikelse"),
        ("Kost- och", "Kost- och"),
        ("Nord- Väst", "Nord- Väst"),
        ("Budget- avvikelse 2025", "Budget- avvikelse 2025"),
        ("Budget-avvikelse", "Budget-avvikelse"),
        ("Prognos 2025", "Prognos 2025"),
    ],
)
def test_a_word_broken_between_lines_is_one_word(label: str, word: str) -> None:
    assert typography.unbroken(label) == word
