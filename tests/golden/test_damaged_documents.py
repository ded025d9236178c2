"""Damaged copies of the real extracts: refused with a message, or read; never a crash."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ojmf.errors import OjmfError
from ojmf.ingest.document import Document, read_extract
from ojmf.ingest.reading import EXTRACT, read
from ojmf.ingest.source import resolve
from tests.golden.test_sources import SOURCES, WORKSPACE

DOCUMENTS = {
    source_id: read_extract(WORKSPACE.source_folder(source_id) / EXTRACT, source_id)
    for source_id in SOURCES
}
CHARACTERS = "0123456789,-−. \t%|abcåäöÅ<>*()/\u00a0\u2028\x0c"


def damage(lines: list[str], kind: str, where: int, at: int, what: str) -> list[str]:
    """One kind of damage to one line that is not blank."""
    filled = [n for n, line in enumerate(lines) if line]
    n = filled[where % len(filled)]
    line = lines[n]
    at %= len(line) + 1
    before, after = lines[:n], lines[n + 1 :]
    return {
        "delete line": [*before, *after],
        "blank line": [*before, "", *after],
        "double line": [*before, line, line, *after],
        "swap lines": [*before, *lines[n : n + 2][::-1], *lines[n + 2 :]],
        "cut here": [*before, line[:at]],
        "delete character": [*before, line[:at] + line[at + 1 :], *after],
        "insert": [*before, line[:at] + what + line[at:], *after],
    }[kind]


KINDS = [
    "delete line",
    "blank line",
    "double line",
    "swap lines",
    "cut here",
    "delete character",
    "insert",
]


@settings(max_examples=150)
@given(
    st.sampled_from(SOURCES),
    st.sampled_from(KINDS),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.text(CHARACTERS, min_size=1, max_size=3),
)
def test_damage_is_refused_or_read(source_id, kind, where, at, what):
    lines = damage(list(DOCUMENTS[source_id].lines), kind, where, at, what)
    try:
        got = resolve(
            read(WORKSPACE, WORKSPACE.source(source_id), Document("skadad.txt", lines, None))
        )
    except OjmfError as error:
        message = str(error)
    else:
        message = "read"
        assert got.account["unexplained"].sum() == 0
        assert max(got.observations["line"].to_list()) <= len(lines)
    assert message.strip()
