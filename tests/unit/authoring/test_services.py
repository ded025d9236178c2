"""Who published an export of a service: not the municipality that it has figures of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ojmf.authoring.elsewhere import service_of
from ojmf.ingest.document import read_document

HEAD = "Nyckeltal;Kommun;2023;2024\n"


@pytest.mark.parametrize(
    ("rows", "publisher"),
    [
        ("Andel (N31807);Provby;3,4;3,6\nAndel (N31813);Provby;1,3;1,1\n", "Kolada"),
        ("Andel;Provby;3,4;3,6\nAntal;Provby;13;11\n", None),
        # A report of one's own may have a measure of Kolada's among its others.
        ("Andel (N31807);Provby;3,4;3,6\nAntal;Provby;13;11\nKö;Provby;5;4\n", None),
    ],
)
def test_most_rows_with_an_id_of_the_service_make_it_the_publisher(
    tmp_path: Path, rows: str, publisher: str | None
) -> None:
    path = tmp_path / "tal.txt"
    path.write_text((HEAD + rows).replace(";", "\t"), encoding="utf-8")
    assert service_of(read_document(path)) == publisher
