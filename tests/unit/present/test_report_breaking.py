"""Where the annexes of a report begin: together while there is room, and never after a few rows."""

from __future__ import annotations

import pytest

from ojmf.present.report.breaking import begin_pages


def annex(rows: int, label: str = "Har rutin", comment: str = "") -> list[tuple[str, str]]:
    return [(label, comment)] * rows


@pytest.mark.parametrize(
    ("annexes", "expected"),
    [
        ([annex(25)], [True]),
        ([annex(25), annex(25)], [True, True]),
        ([annex(8), annex(20)], [True, False]),
        # Two rows on a second page are followed by the next annex, not by an empty page.
        ([annex(41), annex(60)], [True, False]),
        ([annex(15, "lång fråga " * 12), annex(8)], [True, True]),
        ([annex(12, comment="kommentar " * 12), annex(8)], [True, True]),
        ([], []),
    ],
)
def test_an_annex_begins_a_page_unless_it_has_room_or_the_page_is_nearly_empty(
    annexes: list[list[tuple[str, str]]], expected: list[bool]
) -> None:
    assert begin_pages(annexes) == expected
