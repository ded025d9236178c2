"""What is public from Python: each name says what it does, with an example that runs."""

from __future__ import annotations

import doctest
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import ojmf

ROOT = Path(__file__).resolve().parents[2]
# What only a folder of one's own shows is shown by a test: it takes files to be imported.
WITHOUT_EXAMPLE = {"import_file"}


def functions() -> dict[str, Callable[..., object]]:
    """Every public function, and every class that takes arguments of its own."""
    return {
        f"{home.__name__}.{name}": value
        for home in (ojmf, ojmf.compare)
        for name in home.__all__
        if callable(value := getattr(home, name))
        and not (isinstance(value, type) and issubclass(value, Exception))
    }


def methods(kind: type) -> dict[str, Callable[..., object]]:
    return {
        name: member
        for base in kind.__mro__
        if base.__module__.startswith("ojmf.surface")
        for name, member in vars(base).items()
        if not name.startswith("_") and callable(member)
    }


def homes() -> list[ModuleType]:
    """The modules that the public functions and the methods of the surface are written in."""
    written = {value.__module__ for value in functions().values()}
    of_methods = {one.__module__ for kind in (ojmf.Workspace, ojmf.Data) for one in kind.__mro__}
    of_surface = {name for name in of_methods if name.startswith("ojmf.surface")}
    return [ojmf, *(sys.modules[name] for name in sorted(written | of_surface))]


@pytest.mark.parametrize("module", homes(), ids=lambda module: module.__name__)
def test_the_examples_of_the_docstrings_run(module, monkeypatch):
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted > 0


@pytest.mark.parametrize("name", functions())
def test_every_public_function_has_an_example(name):
    value = functions()[name]
    written = [value, *(vars(value).values() if isinstance(value, type) else ())]
    assert any(">>> " in (inspect.getdoc(one) or "") for one in written)


@pytest.mark.parametrize("kind", [ojmf.Workspace, ojmf.Data])
def test_every_method_of_the_surface_has_an_example(kind):
    own = methods(kind)
    assert {"status", "gaps", "compare", "validate"} <= own.keys()
    without = {name for name, member in own.items() if ">>>" not in (member.__doc__ or "")}
    assert without - WITHOUT_EXAMPLE == set()


def test_a_module_that_is_public_is_there_after_the_import_of_the_package():
    assert inspect.ismodule(ojmf.compare)
    assert ojmf.schema.STATUS.names()[0] == "area_id"


METHODS = (ROOT / "docs" / "metoder.md").read_text(encoding="utf-8")
NAMED = re.findall(r"Funktion(?:er)?:((?:,?\s*`[\w.]+`)+)", METHODS)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w.]+)`", " ".join(NAMED)))))
def test_a_function_that_the_methods_name_is_public(name):
    kind, _, own = name.rpartition(".")
    if kind:
        assert callable(getattr(getattr(ojmf, kind), own))
    else:
        assert own in {*ojmf.__all__, *ojmf.compare.__all__}


def test_the_methods_name_their_functions():
    assert len(NAMED) > 15
