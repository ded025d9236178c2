"""The rows and columns with figures that a declaration passes over, for who takes a file in."""

from __future__ import annotations

import re
from collections import Counter

from ojmf.authoring.blocks import kind
from ojmf.ingest.reading import ReadDocument

_DIGIT = re.compile(r"\d")


def passed_over(read: ReadDocument) -> tuple[tuple[str, str, int], ...]:
    """What rows with figures are passed over by a label: the label, the reason and how many."""
    reasons = {label: why for table in read.source.table for label, why in table.ignore.items()}
    rows = [text for reading in read.readings for _, text in reading.ignored]
    found = (
        (
            label,
            why,
            sum(
                label in text and _DIGIT.search(text.replace(label, "")) is not None
                for text in rows
            ),
        )
        for label, why in reasons.items()
        if label
    )
    return tuple(one for one in found if one[2])


def columns_passed_over(read: ReadDocument) -> tuple[tuple[str, str, int], ...]:
    """What columns with figures are passed over: the label, the reason and how many figures."""
    found = Counter(
        (column.label, column.ignore or "")
        for reading in read.readings
        for column, text in reading.left_out
        if kind(text) == "figure"
    )
    return tuple((label, why, figures) for (label, why), figures in found.items())
