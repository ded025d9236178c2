"""The groups of municipalities that a workspace declares."""

from pathlib import Path

import polars as pl
import pytest

from ojmf.declarations.registers import load_peers
from ojmf.errors import DeclarationError

HEAD = "group_id,group_title,of,member_id\n"
PLACES = pl.DataFrame(
    [("00", "country"), ("99", "county"), ("9901", "municipality"), ("9902", "municipality")],
    schema=["code", "level"],
    orient="row",
)


def write(folder: Path, rows: str) -> Path:
    path = folder / "peers.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_sound_groups_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "g,Grupp,,9901\ng,Grupp,,9902\nlik,Lika,9901,9902\n")
    assert load_peers(path, PLACES).height == load_peers(path).height == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("g,Grupp,,9903", "member_id är ”9903”, som inte är någon kommun"),
        ("g,Grupp,,99", "member_id är ”99”, som inte är någon kommun"),
        ("g,Grupp,,", "member_id är ””, som inte är någon kommun"),
        ("g,Grupp,9904,9902", "of är ”9904”, som inte är någon kommun"),
        ("g,Grupp,,9901", "9901 är redan med i gruppen g"),
        (",Grupp,,9902", "group_id saknas"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    path = write(tmp_path, f"g,Grupp,,9901\n{row}\n")
    with pytest.raises(DeclarationError) as refused:
        load_peers(path, PLACES)
    (fault,) = refused.value.faults
    assert fault.startswith(f"{path} rad 3: {said}")
