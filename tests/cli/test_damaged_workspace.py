"""What is said where a file of the workspace is missing, empty or saved by another program."""

import pytest

from tests.cli.test_validate_workspace import fetched, references

GEOGRAPHY = "data/geography.csv"
BOM = b"\xef\xbb\xbf"
NO_BOM = "filen börjar med ett osynligt tecken (BOM). Spara den som UTF-8 utan BOM."


def _latin(content: bytes) -> bytes:
    return content.decode().encode("cp1252", "replace")


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        (GEOGRAPHY, None, "kan inte läsas (den finns inte). Kontrollera filen."),
        (GEOGRAPHY, lambda _: b"", "filen har inga platser, väntade code, name"),
        (GEOGRAPHY, _latin, "kan inte läsas (filen är inte hel CSV i UTF-8)"),
        (GEOGRAPHY, lambda old: old.replace(b",", b";"), "kolumnerna är code;name;level;county"),
        (GEOGRAPHY, lambda old: old + b"\n0184\n", "raden har 1 fält, väntade 4"),
        (GEOGRAPHY, lambda old: old + b"184,Solna,municipality,01\n", "koden ”184” ska vara två"),
        ("data/peers.csv", lambda _: b"", "kolumnerna är inga, väntade group_id, group_title"),
        ("data/peers.csv", lambda _: b"group_id,group_title,of,member_id\na\n", "member_id är ””"),
        ("data/directions.csv", lambda _: b"", "väntade kolumnerna indicator_id eller kolada_id"),
        ("data/directions.csv", lambda _: b'a,b\n1,2,3\n"', "en rad har fler fält än rubriken"),
        ("data/references/alla.csv", lambda _: b"", "kolumnerna är inga; väntade code, value"),
        ("data/references/alla.csv", lambda _: b"code,value\n\xe5,1\n", "CSV i UTF-8. Spara filen"),
        ("data/sources/prov-2024/source.toml", lambda old: BOM + old, NO_BOM),
        ("data/sources/prov-2024/source.toml", lambda _: b"x = [", "samma nyckel en gång till: ”x"),
        ("data/sources/hamtad/observations.csv", None, "observations.parquet kan inte läsas (den"),
    ],
)
def test_the_file_is_named_with_what_is_wrong(run, root, name, damage, said):
    fetched(root, "2.5")
    references(root, "code,value\n0180,12.5\n")
    path = root / name
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(path.read_bytes() if path.exists() else b""))
    result = run("validate", "-q")
    assert result.exit_code == 6
    faults = [line for line in result.stderr.splitlines() if line.startswith("fel:")]
    named = name.replace("observations.csv", "fetched.toml")
    assert all(named in fault for fault in faults)
    assert any(said in fault for fault in faults)


@pytest.mark.parametrize("name", [GEOGRAPHY, "data/sources/prov-2024/extract.txt"])
@pytest.mark.parametrize("saved", [lambda old: BOM + old, lambda old: old.replace(b"\n", b"\r\n")])
def test_what_notepad_and_a_spreadsheet_save_is_read(run, root, name, saved):
    path = root / name
    path.write_bytes(saved(path.read_bytes()))
    assert run("validate", "-q").exit_code == 0
