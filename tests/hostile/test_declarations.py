"""Whatever stands in a file of ``data/``, it is read or it is a fault that names the file."""

from __future__ import annotations

import copy
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojmf.declarations import toml
from ojmf.errors import DeclarationError
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "data/sources/solna-oj-2024/source.toml",
    "data/sources/enkoping-delarsrapport-2024-08/source.toml",
    "data/indicators/oj-vald.toml",
    "data/concepts",
)
WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["2024-13", "1e999", "..", "a/b", "\x00", "(", "0" * 5000]),
    st.lists(st.one_of(st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just([{}]),
)


def paths(thing: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a TOML document, tables and their entries alike."""
    entries = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in entries:
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from paths(value, (*path, key))


def with_value(thing: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy in which one place holds another value; None takes the entry away."""
    changed = copy.deepcopy(thing)
    *way, last = path
    inner = changed
    for key in way:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return changed


def written(document: dict[str, Any]) -> str:
    """A document as TOML, every table on one line."""
    return "".join(f"{toml.key(name)} = {toml.value(thing)}\n" for name, thing in document.items())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("arbetsyta")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("references"))
    return root


def check(root: Path) -> None:
    """Open a workspace; what is wrong with it must name a file of it."""
    try:
        Workspace.open(root)
        return
    except DeclarationError as error:
        faults = error.faults
    assert faults
    assert [fault for fault in faults if str(root) not in fault] == []


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_value_of_any_kind_in_any_place_is_read_or_told(workspace: Path, name: str, data) -> None:
    path = workspace / name
    path = path if path.is_file() else sorted(path.glob("*.toml"))[0]
    before = path.read_bytes()
    document = tomllib.loads(before.decode())
    place = data.draw(st.sampled_from(list(paths(document))))
    changed = with_value(document, place, data.draw(WRONG))
    path.write_text(written(changed), encoding="utf-8")
    try:
        check(workspace)
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[table]\nid = 1\n",
        b"defaults = 3\n",
        b"table = 3\n",
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"a = " + b"9" * 5000,
        b"[a" + b".a" * 5000 + b"]\n",
        b"a = 1\na = 2\n",
        b"id = '\x00'\n",
    ],
    ids=range(10),
)
@pytest.mark.parametrize("name", FILES[:3])
def test_a_file_that_is_no_declaration_is_told(workspace: Path, name: str, text: bytes) -> None:
    path = workspace / name
    before = path.read_bytes()
    path.write_bytes(text)
    try:
        with pytest.raises(DeclarationError) as error:
            Workspace.open(workspace)
        assert str(path) in str(error.value)
    finally:
        path.write_bytes(before)
