"""Rules that every part of the repository keeps, checked by reading the repository itself."""

from __future__ import annotations

import ast
import csv
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from inspect import ismodule
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PACKAGE = SRC / "ojmf"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 400

# Where a library may be imported, as paths below src/ojmf; nowhere when there is none.
HOMES = {
    "typer": ("cli/",),
    "great_expectations": ("validate/suites.py", "validate/gx_polars/"),
    "deltalake": ("store/",),
    "httpx": ("network/",),
    "mcp": ("mcp/",),
    "pyspark": ("distributed/",),
    "pandas": (),
}
HEAVY = (
    *("deltalake", "great_expectations", "pandas", "polars", "pyarrow", "pydantic", "pyspark"),
    "typer",
)

# The floors of the house, from the ground up. A room imports those below it, never its neighbours.
FLOORS = (
    ("typography", "lazy", "errors"),
    ("schema", "arguments", "model", "printed", "suggestions"),
    ("periods", "geography", "output", "caches", "unit_words"),
    ("declarations", "network", "store"),
    ("frames",),
    ("findings", "compare", "kolada", "scb"),
    ("ingest", "distributed"),
    ("disclosure",),
    ("workspace",),
    ("claims", "validate", "authoring"),
    ("repair", "intake"),
    ("present",),
    ("surface",),
    ("mcp",),
    ("cli",),
)

# Municipalities whose name is also a word that may begin an English or a Swedish sentence.
ALSO_WORDS = {"Mark", "Vara"}

MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|\b[A-Za-z]:\\Users\\", re.IGNORECASE
)
REGISTRY_HOST = re.compile(
    r"\b(?:pypi|npmjs|pythonhosted|anaconda)\.(?:org|com)\b|\bdeb\.debian\.", re.IGNORECASE
)


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imported(source: str) -> set[str]:
    """The top-level names of all that a module imports, at any depth and by name as well."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                names.update(alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                names.add(module)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                names.add(module)
    return {name.partition(".")[0] for name in names}


def homeless(path: str, source: str) -> set[str]:
    """The libraries that a module imports although it is not their home."""
    return {name for name in imported(source) & set(HOMES) if not path.startswith(HOMES[name])}


def climbs(path: str, source: str) -> set[str]:
    """The rooms that a module imports although they are not below its own."""
    height = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
    own = path.partition("/")[0].removesuffix(".py")
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(module=str(module), level=0):
                names = [f"{module}.{alias.name}" for alias in node.names]
            case _:
                continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("ojmf.")}
    return {
        room for room in rooms & set(height) - {own} if height[room] >= height.get(own, len(FLOORS))
    }


def files_imported(source: str, known: set[str]) -> set[str]:
    """The modules of ``known`` that a module imports at any depth, but for types alone."""
    tree = ast.parse(source)
    typing_only = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case _ if id(node) in typing_only:
                continue
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(module), level=0):
                names |= {f"{module}.{alias.name}" for alias in node.names}
            case _:
                continue
    parents = (
        {".".join(name.split(".")[:depth]) for depth in range(name.count(".") + 2)}
        for name in names
    )
    return {max(held, key=len) for name in parents if (held := name & known)}


def whole_words(words: set[str], text: str) -> set[str]:
    """The words that a text holds, in that case, with or without a genitive s."""
    if not words:
        return set()
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(longest_first)})(?=s?(?!\w))"
    return set(re.findall(pattern, text))


def literals(source: str) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def codes_named(codes: set[str], source: str) -> set[str]:
    """The municipality codes in a module.

    A code that begins with 0 counts wherever it stands. The others can be years, so they count
    only as a string of their own.
    """
    zero_led = {code for code in codes if code.startswith("0")}
    return whole_words(zero_led, source) | (codes & literals(source))


def municipalities() -> list[dict[str, str]]:
    with (ROOT / "data" / "geography.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["level"] == "municipality"]


def source_ids() -> set[str]:
    return {path.parent.name for path in (ROOT / "data" / "sources").glob("*/source.toml")}


def tracked_texts() -> Iterator[tuple[str, str]]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    for name in filter(None, listing.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("cli/run.py", "import typer", set()),
        ("compare/gaps.py", "import typer", {"typer"}),
        ("compare/gaps.py", "def f():\n    from typer.testing import CliRunner", {"typer"}),
        ("validate/suites.py", "import great_expectations as gx", set()),
        ("validate/gx_polars/engine.py", "from great_expectations.core import x", set()),
        ("validate/validation.py", "import great_expectations.core", {"great_expectations"}),
        ("validate/validation.py", "import_module('great_expectations')", {"great_expectations"}),
        ("validate/validation.py", "importlib.import_module('pandas.api')", {"pandas"}),
        ("validate/gx_polars/engine.py", "import pandas", {"pandas"}),
        ("compare/gaps.py", "from . import typer\nimport polars", set()),
    ],
)
def test_an_import_away_from_home_is_seen(path: str, source: str, expected: set[str]) -> None:
    assert homeless(path, source) == expected


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_library_is_imported_only_where_it_belongs(module: Path) -> None:
    assert homeless(relative(module), module.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("ingest/source.py", "from ojmf.declarations.loading import Declarations", set()),
        ("ingest/source.py", "from ojmf.ingest.reading import read", set()),
        ("ingest/source.py", "from ojmf.workspace import Workspace", {"workspace"}),
        ("ingest/source.py", "def f():\n    from ojmf import present", {"present"}),
        ("claims/audit.py", "import ojmf.validate.context", {"validate"}),
        ("printed.py", "from ojmf.model import COUNTRY", {"model"}),
    ],
)
def test_an_import_that_climbs_is_seen(path: str, source: str, expected: set[str]) -> None:
    assert climbs(path, source) == expected


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_imports_go_down_the_floors(module: Path) -> None:
    assert climbs(relative(module), module.read_text(encoding="utf-8")) == set()


def test_the_polars_engine_imports_nothing_else_of_ours() -> None:
    folder = PACKAGE / "validate" / "gx_polars"
    own = "ojmf.validate.gx_polars"
    others = {
        name
        for module in folder.glob("*.py")
        for name in re.findall(r"ojmf[.\w]*", module.read_text(encoding="utf-8"))
        if not f"{name}.".startswith(f"{own}.")
    }
    assert others == set()


def test_every_room_has_a_floor() -> None:
    rooms = {relative(module).partition("/")[0].removesuffix(".py") for module in MODULES}
    assert rooms - {"__init__", "__main__"} == {room for floor in FLOORS for room in floor}


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_no_frame_becomes_a_pandas_frame(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "to_pandas"
    ]
    assert lines == []


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_module_is_short_enough_to_read(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Askeby kommun", {"Askeby"}),
        ("Askebys andel", {"Askeby"}),
        ("askeby", set()),
        ("Askebybor", set()),
        ("Östra Askeby", {"Östra Askeby"}),
    ],
)
def test_a_name_is_seen_as_a_whole_word(text: str, expected: set[str]) -> None:
    assert whole_words({"Askeby", "Östra Askeby"}, text) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# as in 0999", {"0999"}),
        ("x = '0999'", {"0999"}),
        ("x = '2999'", {"2999"}),
        ("x = 2999  # a year", set()),
        ("x = '2999-01-01'", set()),
        ("x = '10999'", set()),
    ],
)
def test_a_code_is_told_from_a_year(source: str, expected: set[str]) -> None:
    assert codes_named({"0999", "2999"}, source) == expected


def test_the_framework_holds_no_municipality_and_no_source() -> None:
    rows = municipalities()
    names = {row["name"] for row in rows} - ALSO_WORDS
    codes = {row["code"] for row in rows}
    sources = source_ids()
    assert names
    assert codes
    assert sources
    found = {}
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        held = whole_words(names | sources, source) | codes_named(codes, source)
        if held:
            found[relative(module)] = sorted(held)
    assert found == {}


def test_every_command_has_help_and_an_example() -> None:
    from ojmf.cli import app

    faults = []
    pending: list[tuple[str, Any]] = [("ojmf", get_command(app))]
    while pending:
        words, command = pending.pop()
        children = getattr(command, "commands", {})  # made when one is asked for by name
        pending += [(f"{words} {name}", command.get_command(None, name)) for name in children]
        text = f"{command.help or ''}\n{command.epilog or ''}"
        if not (command.help or "").strip():
            faults.append(f"{words}: no help text")
        if not children and words not in text:
            faults.append(f"{words}: no example")
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "work/main",
        "'/" + "root/.cache'",
        "/" + "home/someone/x",
        "C:" + "\\Users\\someone",
        "https://" + "pypi." + "org/simple",
        "registry." + "npmjs." + "org",
    ],
)
def test_a_path_or_host_of_one_machine_is_seen(text: str) -> None:
    assert MACHINE_PATH.search(text) or REGISTRY_HOST.search(text)


@pytest.mark.parametrize("text", ["src/home/bo/x", "a/root/b", "https://example.se/home/"])
def test_an_ordinary_path_is_not_taken_for_one(text: str) -> None:
    assert not MACHINE_PATH.search(text)


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git checkout"
)
def test_no_file_names_a_path_or_a_host_of_one_machine() -> None:
    found = [
        f"{name}:{number}"
        for name, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line) or REGISTRY_HOST.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("program", "heavy"),
    [
        ("import ojmf", set(HEAVY)),
        # Typer brings Pydantic along; all commands are loaded to be listed.
        (
            "from ojmf.cli import app\ntry: app(['--help'])\nexcept SystemExit: pass",
            set(HEAVY) - {"typer", "pydantic"},
        ),
    ],
    ids=["the package", "the help"],
)
def test_what_starts_quickly_imports_nothing_heavy(program: str, heavy: set[str]) -> None:
    found = f"import sys\n{program}\nprint(*sorted({heavy!r} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", found],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    assert result.stdout.splitlines()[-1] == ""


def test_every_public_name_of_the_package_can_be_used() -> None:
    import ojmf

    assert set(ojmf.__all__) <= set(dir(ojmf))
    assert all(getattr(ojmf, name) is not None for name in ojmf.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(ojmf, "nothing")  # noqa: B009 - type checkers know that it is not there


PACKAGES = [module.parent for module in MODULES if module.name == "__init__.py"]


@pytest.mark.parametrize("package", PACKAGES, ids=relative)
def test_no_public_name_is_that_of_a_module_too(package: Path) -> None:
    name = ".".join(package.relative_to(SRC).parts)
    home = import_module(name)
    public = {one for one in getattr(home, "__all__", ()) if not ismodule(getattr(home, one))}
    modules = {path.stem for path in package.glob("*.py")}
    assert (
        public & (modules | {path.parent.name for path in package.glob("*/__init__.py")}) == set()
    )


def test_the_version_stands_in_one_way_everywhere() -> None:
    import ojmf

    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {ojmf.__version__}\n" in cited
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(.+?)\]", changes, re.MULTILINE)
    assert released[0] == "Unreleased"
    assert released[1] == ojmf.__version__


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git checkout"
)
def test_a_tagged_commit_has_the_version_of_its_tag() -> None:
    import ojmf

    tags = subprocess.run(
        ["git", "tag", "--points-at", "HEAD", "--list", "v*"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert set(tags.stdout.split()) <= {f"v{ojmf.__version__}"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    paths = {
        ".".join(("ojmf", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    graph = {
        name: files_imported(path.read_text(encoding="utf-8"), set(paths)) - {name}
        for name, path in paths.items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(paths)


def test_a_circle_of_imports_is_seen() -> None:
    lazy = "def f():\n    from ojmf.b import g\n"
    typed = "if TYPE_CHECKING:\n    from ojmf.b import g\n"
    assert files_imported(lazy, {"ojmf.a", "ojmf.b"}) == {"ojmf.b"}
    assert files_imported(typed, {"ojmf.a", "ojmf.b"}) == set()


def test_what_is_imported_is_installed_with_the_package() -> None:
    """Declared, or required by what is declared: another's own copy of a library is neither."""

    def names(requirements: Iterable[str]) -> set[str]:
        plain = (one for one in requirements if "extra ==" not in one)
        return {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-") for one in plain}

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        one for name, of in project["optional-dependencies"].items() if name != "dev" for one in of
    ]
    declared = names([*project["dependencies"], *extras])
    known = dict(importlib.metadata.packages_distributions())
    here = declared & {name.lower().replace("_", "-") for of in known.values() for name in of}
    installed = declared.union(*(names(importlib.metadata.requires(one) or ()) for one in here))
    # It does not go with what the tests need, and is not installed beside it.
    known["pyspark"] = ["pyspark-client"]
    imported = {
        name.split(".")[0]
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "ojmf"]
        )
    } - {*sys.stdlib_module_names, "_typeshed", "ojmf"}
    given = {name: names(known.get(name, [name])) for name in imported}
    assert {name for name, packages in given.items() if not packages & installed} == set()
