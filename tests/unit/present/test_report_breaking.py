"""Where the annexes of a report begin: together while there is room, and never after a few rows."""

from __future__ import annotations

from dataclasses import fields

import pytest

from ojmf.present.report.annex_columns import ANNEX, WIDE, fitted
from ojmf.present.report.breaking import begin_pages
from ojmf.present.report.values import ShownRow


def annex(rows: int, label: str = "Har rutin", comment: str = "") -> list[ShownRow]:
    texts = dict.fromkeys((field.name for field in fields(ShownRow)), "")
    return [ShownRow(**{**texts, "indikator": label, "kommentar": comment})] * rows


@pytest.mark.parametrize(
    ("annexes", "expected"),
    [
        ([annex(25)], [True]),
        ([annex(25), annex(25)], [True, True]),
        ([annex(8), annex(20)], [True, False]),
        # Rows on a second page are followed by the next annex, and not by an empty page.
        ([annex(41), annex(60)], [True, False]),
        ([annex(60), annex(20), annex(20)], [True, False, False]),
        ([annex(8, "lång fråga " * 12), annex(8)], [True, True]),
        ([annex(8, comment="kommentar " * 12), annex(8)], [True, True]),
        ([], []),
    ],
)
def test_an_annex_begins_a_page_unless_it_has_room_or_the_page_is_nearly_empty(
    annexes: list[list[ShownRow]], expected: list[bool]
) -> None:
    columns = fitted(ANNEX, {}, WIDE)
    assert begin_pages((columns, rows) for rows in annexes) == expected
